//! Commands of the registry, the watch and the clock.

use serde_json::{Map, Value, json};

use super::{CODES, KINDS, Rng, STATUSES, any_id, id_among, id_of, staff};

const UNITS: [&str; 2] = ["只", "箱"];

/// A command on resources, their state, or the clock.
pub fn command(rng: &mut Rng) -> Value {
    match rng.below(100) {
        0..=39 => register(rng),
        40..=53 => update(rng),
        54..=57 => json!({"type": "retire_resource", "id": any_id(rng), "reason": "换新"}),
        58..=76 => {
            json!({"type": "set_unit_status", "unit_id": id_among(rng, &["ambulance", "team", "special_vehicle"]),
            "status": rng.of(&STATUSES), "reason": rng.of(&["", "加油", "检修"])})
        }
        77..=86 => beds(rng),
        87..=93 => {
            json!({"type": "count_stock", "stockpile_id": id_among(rng, &["stockpile"]), "lots": lots(rng)})
        }
        94..=98 => clock(rng),
        _ => json!({"type": "copy_registry", "from": "live", "from_seq": 1, "part": 1, "parts": 1}),
    }
}

/// A command that registers the division with this code.
pub fn division(code: &str, parent: Option<&str>) -> Value {
    json!({"type": "register_resource", "resource": {"kind": "jurisdiction", "id": format!("jur-{code}"), "code": code,
        "name": code, "name_en": code, "parent": parent, "tier": "county", "zone": "rural", "population": 9,
        "lon": 112.0, "lat": 39.0, "source": "demo"}})
}

/// Commands that register a hospital in two places, and what can be sent from there with its crews.
pub fn first() -> Vec<Value> {
    let crew = json!([{"role": "driver", "staff": "d1"}]);
    let hospital = |id: &str, code: &str| {
        json!({"kind": "facility", "id": id, "name": "医院", "jurisdiction": code, "facility_type": "hospital",
            "level": "tertiary_a", "ownership": "public", "lon": 112.0, "lat": 39.0})
    };
    let unit = |kind: &str, id: &str, home: &str, code: &str| json!({"kind": kind, "id": id, "name": id, "jurisdiction": code, "home_id": home, "crew": crew.clone()});
    let mut units = [
        unit("ambulance", "amb-0", "fac-0", "140602"),
        unit("ambulance", "amb-1", "fac-0", "140603"),
        unit("ambulance", "amb-2", "fac-1", "140302"),
        unit("special_vehicle", "veh-0", "fac-0", "140602"),
        unit("special_vehicle", "veh-1", "fac-1", "140302"),
        unit("team", "tea-0", "fac-0", "140600"),
    ];
    for unit in &mut units[..3] {
        (unit["plate"], unit["class"]) = ("晋F".into(), "C".into());
    }
    for (unit, kind) in units[3..5].iter_mut().zip(["referral", "mobile_ct"]) {
        (unit["plate"], unit["vehicle_type"]) = ("晋F".into(), kind.into());
    }
    let team = &mut units[5];
    (team["tier"], team["category"], team["members"]) =
        ("city".into(), "medical".into(), 40.into());
    let hospitals = [hospital("fac-0", "140602"), hospital("fac-1", "140302")];
    let all = hospitals.into_iter().chain(units);
    all.map(|resource| json!({"type": "register_resource", "resource": resource}))
        .collect()
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
            json!({"name": "车", "plate": "晋F", "jurisdiction": code, "vehicle_type": rng.of(&["mobile_ct", "referral"]),
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
            if rng.chance(40) {
                fields.insert("crew".into(), staff(rng));
            }
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
