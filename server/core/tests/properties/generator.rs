//! Random actors and commands over a small pool of names, so that they meet often; mostly sensible, sometimes spoilt.

mod cases;
mod marks;
mod registry;

use chiyuan_core::{Actor, DivisionCode, Entity, EntityId, Role, World, authority, text::Name};
pub use registry::{division, first};
use serde_json::{Value, json};

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

    pub fn float(&mut self, bound: f64) -> f64 {
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
/// Who sits where.
pub const DESKS: [&str; 3] = ["user:an", "user:bo", "user:chen"];
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
pub fn command(rng: &mut Rng, world: &World) -> Value {
    let mut command = if rng.chance(30) {
        registry::command(rng)
    } else if rng.chance(5) {
        marks::command(rng, world)
    } else {
        cases::command(rng, world)
    };
    if rng.chance(8) {
        spoil(rng, &mut command);
    }
    command
}

/// Somebody who might give it: mostly of a role that may, sometimes of any.
pub fn actor(rng: &mut Rng, command: &Value, world: &World) -> Actor {
    let fitting = authority::roles_for(command["type"].as_str().unwrap_or_default());
    let role = match rng.below(20) {
        0..=13 if !fitting.is_empty() => fitting[index(rng, fitting.len())],
        0..=16 => Role::System,
        _ => Role::ASSIGNABLE[index(rng, Role::ASSIGNABLE.len())],
    };
    let scope = rng.chance(35).then(|| {
        let known = if rng.chance(80) { 6 } else { CODES.len() };
        DivisionCode::new(rng.of(&CODES[..known])).unwrap()
    });
    let desk = rng.of(&DESKS);
    Actor {
        name: Name::new(if role == Role::System { "system" } else { desk }).unwrap(),
        role,
        jurisdiction: if role == Role::System { None } else { scope },
        unit: (role == Role::Crew).then(|| unit_of(rng, command, world)),
    }
}

/// The unit that a command is about, sometimes another.
fn unit_of(rng: &mut Rng, command: &Value, world: &World) -> EntityId {
    let id = |field: &str| EntityId::new(command[field].as_str()?).ok();
    let assigned = id("assignment_id").and_then(|id| match world.get(&id) {
        Some(Entity::Assignment(assignment)) => Some(assignment.unit_id.clone()),
        _ => None,
    });
    let own = id("unit_id").or(assigned).filter(|_| rng.chance(85));
    own.unwrap_or_else(|| EntityId::new(&any_id(rng)).unwrap())
}

fn index(rng: &mut Rng, length: usize) -> usize {
    usize::try_from(rng.below(length as u64)).unwrap()
}

/// A crew, seldom of nobody.
fn staff(rng: &mut Rng) -> Value {
    let people = [
        json!({"role": "driver", "staff": "d1"}),
        json!({"role": "doctor", "staff": "m1"}),
    ];
    let count = if rng.chance(3) { 0 } else { 1 + index(rng, 2) };
    people.into_iter().take(count).collect()
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
