//! The world that every table starts from, the people who act in it, and how a row of a table is judged.

use chiyuan_core::{
    Actor, Centre, Command, Context, DivisionCode, Entity, EntityId, Header, Role, Timestamp,
    World,
    clock::Clock,
    copy, decide,
    text::{Name, Note},
};
use serde_json::{Value, json};

pub fn id(name: &str) -> EntityId {
    EntityId::new(name).unwrap()
}

pub fn at(seconds: i64) -> Timestamp {
    Timestamp::from_timestamp(1_790_000_000 + seconds, 0).unwrap()
}

/// `role`, `role@jurisdiction`, `crew:unit`; `user:name` and `user:name@jurisdiction` are dispatchers.
fn actor(who: &str) -> Actor {
    if who.starts_with("user:") {
        let (name, place) = who.split_once('@').unzip();
        return Actor {
            name: Name::new(name.unwrap_or(who)).unwrap(),
            role: Role::Dispatcher,
            jurisdiction: place.map(|code| DivisionCode::new(code).unwrap()),
            unit: None,
        };
    }
    let (who, unit) = who
        .split_once(':')
        .map_or((who, None), |(who, unit)| (who, Some(id(unit))));
    let (role, place) = who
        .split_once('@')
        .map_or((who, None), |(who, place)| (who, Some(place)));
    Actor {
        name: Name::new(who).unwrap(),
        role: if role == "system" {
            Role::System
        } else {
            Role::parse(role).unwrap()
        },
        jurisdiction: place.map(|code| DivisionCode::new(code).unwrap()),
        unit,
    }
}

/// Two cities, 140600 with the county 140602 and 140300; in the county a hospital, a station, an ambulance that is
/// available, a retired one, ten beds of which four are taken, masks in boxes.
pub fn given() -> World {
    let place = |code: &str, parent: Option<&str>| {
        json!({"kind": "jurisdiction", "id": format!("jur-{code}"), "code": code, "name": code, "name_en": code,
            "parent": parent, "tier": "county", "zone": "rural", "population": 9, "lon": 112.0, "lat": 39.0})
    };
    let unit = |id: &str| {
        json!({"kind": "ambulance", "id": id, "name": id, "plate": "晋F", "jurisdiction": "140602", "home_id": "sta-1",
            "class": "C", "status": "available"})
    };
    let resources = [
        place("140600", None),
        place("140602", Some("140600")),
        place("140300", None),
        json!({"kind": "item", "id": "item-1", "name": "口罩", "name_en": "mask", "category": "protective", "unit": "只"}),
        json!({"kind": "facility", "id": "fac-1", "name": "医院", "jurisdiction": "140602", "facility_type": "hospital",
            "level": "tertiary_a", "ownership": "public", "lon": 112.1, "lat": 39.1}),
        json!({"kind": "station", "id": "sta-1", "name": "站", "jurisdiction": "140602", "tier": "centre", "zone": "urban",
            "service_radius_m": 5000, "facility_id": "fac-1", "lon": 112.2, "lat": 39.2}),
        unit("amb-1"),
        unit("amb-retired"),
        json!({"kind": "bed_pool", "id": "bed-1", "name": "床", "facility_id": "fac-1", "jurisdiction": "140602",
            "ward": "感染科", "physical": 10, "staffed": 8, "occupied": 4}),
        json!({"kind": "stockpile", "id": "stk-1", "name": "库", "facility_id": "fac-1", "jurisdiction": "140602",
            "reserve_kind": "physical", "lots": [{"id": "lot-1", "item_id": "item-1", "quantity": 5, "unit": "只"}]}),
    ];
    let mut world = World::new(id("live"));
    for resource in resources {
        act(
            &mut world,
            "system",
            json!({"type": "register_resource", "resource": resource}),
        )
        .unwrap();
    }
    act(
        &mut world,
        "system",
        json!({"type": "retire_resource", "id": "amb-retired", "reason": "报废"}),
    )
    .unwrap();
    world
}

/// A drill of the same world; its clock stands still at second 1 000.
pub fn given_a_drill() -> World {
    let live = given();
    let clock = Clock {
        header: Header {
            id: copy::clock_id(),
            version: 1,
            centre: Centre::SHARED,
            visible_to: Vec::new(),
            retired: false,
            source: Note::default(),
        },
        world_at: at(1_000),
        real_at: at(0),
        running: false,
        speed: 1.0,
        finished: false,
    };
    let entities = live
        .entities()
        .cloned()
        .chain([std::sync::Arc::new(Entity::Clock(clock))]);
    World::load(id("drill-1"), 1, at(1_000), entities)
}

/// Gives a command; ten seconds after the last one, in a drill at its clock's time.
pub fn act(world: &mut World, who: &str, command: Value) -> Result<Vec<EntityId>, String> {
    act_at(world, 10, who, "fresh-1", command)
}

/// Gives a command at a second; what is new gets this id.
pub fn act_at(
    world: &mut World,
    second: i64,
    who: &str,
    fresh: &str,
    command: Value,
) -> Result<Vec<EntityId>, String> {
    let command: Command =
        serde_json::from_value(command).map_err(|error| format!("malformed: {error}"))?;
    let real_at = at(second);
    let context = Context {
        at: match world.clock() {
            Some(Entity::Clock(clock)) => clock.at(real_at),
            _ => real_at,
        },
        real_at,
        actor: actor(who),
        fresh_id: id(fresh),
    };
    let changes = decide(world, &command, &context)
        .map_err(|rejection| rejection.code.as_str().to_owned())?;
    if !changes.is_empty() {
        world.apply(world.seq() + 1, context.at, &changes);
    }
    Ok(changes.into_iter().map(|change| change.id).collect())
}

/// What a row of a table expects.
pub enum Then {
    /// These fields of these entities afterwards, in the order of the changes.
    Changed(&'static [(&'static str, &'static str)]),
    /// Accepted, and nothing to change.
    Nothing,
    Refused(&'static str),
}

/// One row: who, what, then.
pub type Row = (&'static str, Value, Then);

/// Judges every row on a fresh world.
pub fn judge(given: impl Fn() -> World, rows: Vec<Row>) {
    let start = given();
    for (who, when, then) in rows {
        let mut world = start.clone();
        let before = world.clone();
        let outcome = act(&mut world, who, when.clone());
        let clue = format!("{who} gave {when}: {outcome:?}");
        match then {
            Then::Refused(code) => {
                assert_eq!(
                    outcome.as_ref().map_err(String::as_str),
                    Err(code),
                    "{clue}"
                );
                assert_eq!(world, before, "{clue}");
            }
            Then::Nothing => assert_eq!(outcome.map(|changed| changed.len()), Ok(0), "{clue}"),
            Then::Changed(expected) => {
                let changed = outcome.unwrap_or_else(|_| panic!("{clue}"));
                let told: Vec<String> = changed.iter().map(ToString::to_string).collect();
                let wanted: Vec<&str> = expected.iter().map(|(id, _)| *id).collect();
                assert_eq!(told, wanted, "{clue}");
                for (name, fields) in expected {
                    let entity = serde_json::to_value(world.get(&id(name)).unwrap()).unwrap();
                    let fields: Value = serde_json::from_str(fields).unwrap();
                    for (field, value) in fields.as_object().unwrap() {
                        assert_eq!(entity[field], *value, "{field} of {name}: {clue}");
                    }
                }
            }
        }
    }
}
