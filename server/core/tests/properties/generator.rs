//! Random actors and commands over a small pool of names, so that they meet often; mostly sensible, sometimes spoilt.

use chiyuan_core::{Actor, DivisionCode, EntityId, Role, text::Name};
use serde_json::{Map, Value, json};

/// A xorshift generator: the same seed gives the same run everywhere.
pub struct Rng(u64);

impl Rng {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    pub fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    /// Below `n`.
    pub fn below(&mut self, n: u64) -> u64 {
        (self.next() >> 16) % n
    }

    /// True `percent` times in a hundred.
    pub fn chance(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }

    pub fn of<'a, T: ?Sized>(&mut self, list: &[&'a T]) -> &'a T {
        list[usize::try_from(self.below(list.len() as u64)).unwrap()]
    }

    fn float(&mut self, bound: f64) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "any number will do")]
        let part = self.next() as f64 / u64::MAX as f64;
        (part * 2.0 - 1.0) * bound
    }
}

/// Two cities with counties, a county that stands alone, one that may be registered on the way, and two bad codes.
pub const CODES: [&str; 9] = [
    "140600", "140602", "140603", "140300", "140302", "640221", "653130", "000000", "999999",
];
/// The divisions that every world starts with, and their cities.
pub const DIVISIONS: [(&str, Option<&str>); 6] = [
    ("140600", None),
    ("140602", Some("140600")),
    ("140603", Some("140600")),
    ("140300", None),
    ("140302", Some("140300")),
    ("640221", None),
];
const KINDS: [&str; 10] = [
    "jurisdiction",
    "facility",
    "station",
    "ambulance",
    "team",
    "special_vehicle",
    "bed_pool",
    "stockpile",
    "item",
    "norm",
];
const STATUSES: [&str; 11] = [
    "off_duty",
    "available",
    "assigned",
    "en_route",
    "on_scene",
    "transporting",
    "at_hospital",
    "returning",
    "decontaminating",
    "suspended",
    "out_of_service",
];
const UNITS: [&str; 2] = ["只", "箱"];

pub fn actor(rng: &mut Rng) -> Actor {
    let role = match rng.below(20) {
        0..=11 => Role::Administrator,
        12..=14 => Role::System,
        _ => Role::ASSIGNABLE[usize::try_from(rng.below(11)).unwrap()],
    };
    let scope = rng
        .chance(50)
        .then(|| DivisionCode::new(rng.of(&CODES)).unwrap());
    Actor {
        name: Name::new(role.as_str()).unwrap(),
        role,
        jurisdiction: if role == Role::System { None } else { scope },
        unit: (role == Role::Crew).then(|| EntityId::new(&any_id(rng)).unwrap()),
    }
}

fn id_of(rng: &mut Rng, kind: &str) -> String {
    let short = match kind {
        "jurisdiction" => return format!("jur-{}", rng.of(&CODES)),
        "special_vehicle" => "veh",
        "bed_pool" => "bed",
        "ambulance" => "amb",
        "stockpile" => "stk",
        kind => &kind[..3],
    };
    format!("{short}-{}", rng.below(5))
}

fn any_id(rng: &mut Rng) -> String {
    if rng.chance(2) {
        return "clock".to_owned();
    }
    let kind = rng.of(&KINDS);
    id_of(rng, kind)
}

/// An id of one of these kinds, seldom of any other.
fn id_among(rng: &mut Rng, kinds: &[&str]) -> String {
    if rng.chance(4) {
        return any_id(rng);
    }
    let kind = rng.of(kinds);
    id_of(rng, kind)
}

/// A command as somebody might send it; it may not even parse.
pub fn command(rng: &mut Rng) -> Value {
    let mut command = match rng.below(100) {
        0..=33 => register(rng),
        34..=58 => update(rng),
        59..=61 => json!({"type": "retire_resource", "id": any_id(rng), "reason": "换新"}),
        62..=75 => {
            json!({"type": "set_unit_status", "unit_id": id_among(rng, &["ambulance", "team", "special_vehicle"]),
            "status": rng.of(&STATUSES), "reason": rng.of(&["", "加油", "检修"])})
        }
        76..=86 => beds(rng),
        87..=94 => {
            json!({"type": "count_stock", "stockpile_id": id_among(rng, &["stockpile"]), "lots": lots(rng)})
        }
        95..=98 => clock(rng),
        _ => json!({"type": "copy_registry", "from": "live", "from_seq": 1, "part": 1, "parts": 1}),
    };
    if rng.chance(10) {
        spoil(rng, &mut command);
    }
    command
}

/// A command that registers the division with this code.
pub fn division(code: &str, parent: Option<&str>) -> Value {
    json!({"type": "register_resource", "resource": {"kind": "jurisdiction", "id": format!("jur-{code}"), "code": code,
        "name": code, "name_en": code, "parent": parent, "tier": "county", "zone": "rural", "population": 9,
        "lon": 112.0, "lat": 39.0, "source": "demo"}})
}

fn register(rng: &mut Rng) -> Value {
    let mut resource = resource(rng);
    if rng.chance(5) {
        resource.remove("id");
    }
    if rng.chance(60) {
        first_state(rng, &mut resource);
    }
    json!({"type": "register_resource", "resource": resource})
}

fn update(rng: &mut Rng) -> Value {
    let mut resource = resource(rng);
    if rng.chance(3) {
        first_state(rng, &mut resource);
    }
    let mut command = json!({"type": "update_resource", "resource": resource});
    if rng.chance(15) {
        command["based_on_version"] = (1 + rng.below(4)).into();
    }
    command
}

fn resource(rng: &mut Rng) -> Map<String, Value> {
    let kind = rng.of(&KINDS);
    let mut fields = specification(rng, kind);
    let id = if rng.chance(96) {
        id_of(rng, kind)
    } else {
        any_id(rng)
    };
    fields.insert("kind".into(), kind.into());
    fields.insert("id".into(), id.into());
    fields.insert("source".into(), rng.of(&["demo", "SZ-26"]).into());
    if !matches!(kind, "item" | "norm")
        && (rng.chance(40) || matches!(kind, "jurisdiction" | "facility" | "station"))
    {
        let at = if rng.chance(2) {
            (0.0, 0.0)
        } else {
            (112.0 + rng.float(0.01), 39.0)
        };
        fields.insert("lon".into(), at.0.into());
        fields.insert("lat".into(), at.1.into());
    }
    if rng.chance(15) {
        let centres: Vec<Value> = (0..rng.below(4)).map(|_| rng.of(&CODES).into()).collect();
        fields.insert("visible_to".into(), centres.into());
    }
    fields
}

fn specification(rng: &mut Rng, kind: &str) -> Map<String, Value> {
    let code = rng.of(&CODES[..7]);
    let spec = match kind {
        "jurisdiction" => {
            let code = rng.of(&CODES);
            json!({"code": code, "name": "县", "name_en": "X", "tier": "county", "zone": "rural", "population": rng.below(9),
                "parent": rng.chance(60).then(|| rng.of(&CODES)), "area_km2": rng.chance(50).then(|| rng.float(1e5))})
        }
        "facility" => {
            json!({"name": "医院", "jurisdiction": code, "facility_type": "hospital", "level": "tertiary_a",
            "ownership": "public", "roles": ["general"], "authorised_beds": rng.below(100)})
        }
        "station" => json!({"name": "站", "jurisdiction": code, "tier": "centre", "zone": "urban",
            "service_radius_m": rng.of(&[&5000, &20000, &0]),
            "facility_id": rng.chance(50).then(|| id_among(rng, &["facility"])),
            "parent_id": rng.chance(50).then(|| id_among(rng, &["station"]))}),
        "ambulance" => {
            json!({"name": "车", "plate": "晋F", "jurisdiction": code, "class": rng.of(&["A", "B", "C", "D"]),
            "home_id": id_among(rng, &["station", "facility"]), "capabilities": ["transport"]})
        }
        "team" => {
            json!({"name": "队", "jurisdiction": code, "tier": "city", "category": "medical", "members": rng.below(41),
            "home_id": id_among(rng, &["facility"])})
        }
        "special_vehicle" => {
            json!({"name": "车", "plate": "晋F", "jurisdiction": code, "vehicle_type": "mobile_ct",
            "home_id": id_among(rng, &["facility"])})
        }
        "bed_pool" => {
            json!({"name": "床", "jurisdiction": code, "ward": "感染科", "properties": ["icu"],
            "facility_id": id_among(rng, &["facility"])})
        }
        "stockpile" => json!({"name": "库", "jurisdiction": code, "reserve_kind": "physical",
            "facility_id": id_among(rng, &["facility"])}),
        "item" => {
            json!({"name": "口罩", "name_en": "mask", "category": "protective", "unit": rng.of(&UNITS)})
        }
        _ => {
            json!({"key": "k", "place": code, "value": rng.float(100.0), "operator": ">=", "unit": "count", "base": "b",
            "source_row": "SZ-26", "doc": "001", "doc_status": "in_force", "valid_from": "2023-10-01", "text": "句"})
        }
    };
    match spec {
        Value::Object(fields) => fields,
        _ => Map::new(),
    }
}

fn first_state(rng: &mut Rng, fields: &mut Map<String, Value>) {
    match fields["kind"].as_str() {
        Some("ambulance" | "team" | "special_vehicle") => {
            fields.insert("status".into(), rng.of(&STATUSES).into());
        }
        Some("bed_pool") => {
            for name in ["physical", "staffed", "occupied"] {
                let least = if name == "physical" { 4 } else { 0 };
                fields.insert(name.into(), (least + rng.below(5)).into());
            }
        }
        Some("stockpile") => {
            fields.insert("lots".into(), lots(rng));
        }
        _ => {}
    }
}

fn lots(rng: &mut Rng) -> Value {
    (0..rng.below(4))
        .map(|_| {
            json!({"id": format!("lot-{}", rng.below(9)), "item_id": id_among(rng, &["item"]), "quantity": rng.below(50),
                "unit": rng.of(&UNITS), "expiry": rng.chance(50).then_some("2027-12-31"), "per_day": rng.chance(20)})
        })
        .collect()
}

fn beds(rng: &mut Rng) -> Value {
    let mut report = json!({"type": "report_beds", "bed_pool_id": id_among(rng, &["bed_pool"]), "staffed": rng.below(8),
        "occupied": rng.below(6)});
    if rng.chance(40) {
        report["physical"] = rng.below(12).into();
    }
    report
}

fn clock(rng: &mut Rng) -> Value {
    let mut set = json!({"type": "set_clock"});
    if rng.chance(30) {
        set["running"] = rng.chance(50).into();
    }
    if rng.chance(30) {
        set["speed"] = rng
            .of(&[&0.5, &1.0, &60.0, &600.0, &601.0, &0.0, &-1.0])
            .to_owned()
            .into();
    }
    if rng.chance(40) {
        set["step_s"] = rng.of(&[&1_u32, &3600, &u32::MAX]).to_owned().into();
    }
    if rng.chance(1) {
        set["finish"] = true.into();
    }
    set
}

/// A value that a program or a person might send by mistake.
pub fn odd(rng: &mut Rng) -> Value {
    match rng.below(14) {
        0 => Value::Null,
        1 => true.into(),
        2 => (-1).into(),
        3 => u64::MAX.into(),
        4 => u32::MAX.into(),
        5 => rng.float(1e300).into(),
        6 => 1e-310.into(),
        7 => "".into(),
        8 => "x".repeat(400).into(),
        9 => "\u{202e}\u{0}".into(),
        10 => json!([{"id": "a"}]),
        11 => json!({"a": {"b": []}}),
        12 => any_id(rng).into(),
        _ => rng.of(&CODES).into(),
    }
}

/// Replaces, removes or adds a field somewhere.
pub fn spoil(rng: &mut Rng, value: &mut Value) {
    let Value::Object(fields) = value else {
        *value = odd(rng);
        return;
    };
    if let Some(inner) = fields.get_mut("resource").filter(|_| rng.chance(80)) {
        return spoil(rng, inner);
    }
    let names: Vec<String> = fields
        .keys()
        .filter(|name| *name != "type")
        .cloned()
        .collect();
    let Some(name) = names.get(usize::try_from(rng.below(names.len().max(1) as u64)).unwrap())
    else {
        return;
    };
    match rng.below(4) {
        0 => {
            fields.remove(name);
        }
        1 => {
            fields.insert("colour".into(), odd(rng));
        }
        _ => {
            fields.insert(name.clone(), odd(rng));
        }
    }
}
