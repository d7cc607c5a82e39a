//! The world that the model is held against, and the comparison of the two.

use std::sync::OnceLock;

use chiyuan_core::{
    Actor, Change, Command, Context, Entity, EntityId, Role, Timestamp, World,
    assignment::{Assignment, Stage},
    decide,
    incident::IncidentStatus,
    text::Name,
    unit::Duty,
};
use serde_json::{Value, json};

use crate::model::{Incident, Model, Ms, Run, Shift, State, Unit, Who};

pub const HOSPITALS: [&str; 2] = ["fac-1", "fac-2"];
pub const STATION: &str = "sta-1";
pub const START: Ms = 1_790_000_000_000;
/// Units of all kinds: kind, id, fields of its own, whether it carries patients.
const UNITS: [(&str, &str, &str, bool); 6] = [
    (
        "ambulance",
        "amb-1",
        r#"{"plate": "1", "class": "B"}"#,
        true,
    ),
    (
        "ambulance",
        "amb-2",
        r#"{"plate": "2", "class": "C"}"#,
        true,
    ),
    (
        "special_vehicle",
        "veh-1",
        r#"{"plate": "3", "vehicle_type": "referral"}"#,
        true,
    ),
    (
        "special_vehicle",
        "veh-2",
        r#"{"plate": "4", "vehicle_type": "mobile_ct"}"#,
        false,
    ),
    (
        "team",
        "tea-1",
        r#"{"tier": "city", "category": "medical", "members": 40}"#,
        false,
    ),
    (
        "team",
        "tea-2",
        r#"{"tier": "county", "category": "cdc", "members": 5}"#,
        false,
    ),
];

pub fn id(name: &str) -> EntityId {
    EntityId::new(name).unwrap()
}

pub fn ms(at: Timestamp) -> Ms {
    at.timestamp_millis()
}

pub fn moment(at: Ms) -> Timestamp {
    Timestamp::from_timestamp_millis(at).unwrap()
}

pub fn context(who: &Who, at: Ms, fresh_id: EntityId) -> Context {
    let (name, role, unit) = match who {
        Who::Desk => ("user:desk", Role::Dispatcher, None),
        Who::Crew(unit) => ("token:crew", Role::Crew, Some(unit.clone())),
    };
    Context {
        at: moment(at),
        real_at: moment(at),
        actor: Actor {
            name: Name::new(name).unwrap(),
            role,
            jurisdiction: None,
            unit,
        },
        fresh_id,
    }
}

fn resources() -> Vec<Value> {
    let place = json!({"kind": "jurisdiction", "id": "jur-1", "code": "140602", "name": "县", "name_en": "X", "parent": null,
        "tier": "county", "zone": "rural", "population": 9, "lon": 112.0, "lat": 39.0});
    let hospital = |id: &str| {
        json!({"kind": "facility", "id": id, "name": "医院", "jurisdiction": "140602", "facility_type": "hospital",
            "level": "tertiary_a", "ownership": "public", "lon": 112.1, "lat": 39.1})
    };
    let station = json!({"kind": "station", "id": STATION, "name": "站", "jurisdiction": "140602", "tier": "centre",
        "zone": "urban", "service_radius_m": 5000, "lon": 112.2, "lat": 39.2});
    let units = UNITS.iter().map(|(kind, id, own, _)| {
        let mut unit: Value = serde_json::from_str(own).unwrap();
        for (field, value) in [
            ("kind", *kind),
            ("id", *id),
            ("name", *id),
            ("jurisdiction", "140602"),
            ("home_id", STATION),
        ] {
            unit[field] = value.into();
        }
        unit
    });
    let places = std::iter::once(place)
        .chain(HOSPITALS.map(hospital))
        .chain([station]);
    places.chain(units).collect()
}

/// The world at its beginning, built once and shared.
pub fn start() -> World {
    static START_WORLD: OnceLock<World> = OnceLock::new();
    let built = || {
        let mut world = World::new(id("live"));
        for resource in resources() {
            let body = json!({"type": "register_resource", "resource": resource});
            let command: Command = serde_json::from_value(body).unwrap();
            let mut context = context(&Who::Desk, START, id("f"));
            context.actor = Actor::system();
            let changes = decide(&world, &command, &context).unwrap();
            world.apply(world.seq() + 1, moment(START), &changes);
        }
        world
    };
    START_WORLD.get_or_init(built).clone()
}

/// The model at its beginning.
pub fn model() -> Model {
    let mut model = Model {
        now: START,
        ..Model::default()
    };
    for (kind, name, _, patients) in UNITS {
        let unit = Unit {
            patients,
            team: kind == "team",
            status: chiyuan_core::unit::UnitStatus::OffDuty,
            since: START,
            reason: String::new(),
            run: None,
            shift: None,
            reserved: None,
        };
        model.units.insert(id(name), unit);
        model.versions.insert(id(name), 1);
    }
    model
}

/// The changes are those of the model: these entities, in these versions, with this content.
pub fn agree(model: &Model, changes: &[Change]) {
    for change in changes {
        assert!(
            model.touched.contains(&change.id),
            "{} is not concerned",
            change.id
        );
        let version = change
            .entity
            .as_deref()
            .map(|entity| entity.header().version);
        assert_eq!(
            version,
            model.versions.get(&change.id).copied(),
            "{}",
            change.id
        );
        if let Some(entity) = change.entity.as_deref() {
            same(model, entity);
        }
    }
    assert_eq!(
        changes.len(),
        model.touched.len(),
        "{changes:?} against {:?}",
        model.touched
    );
}

/// Everything there is agrees.
pub fn agree_wholly(model: &Model, world: &World) {
    let named = model.units.keys().chain(model.runs.keys());
    for id in named
        .chain(model.incidents.keys())
        .chain(model.shifts.keys())
    {
        let entity = world.get(id).unwrap_or_else(|| panic!("{id} is missing"));
        assert_eq!(entity.header().version, model.versions[id], "{id}");
        same(model, entity);
    }
    // The place, the hospitals and the station are in no map of the model.
    let registry = 2 + HOSPITALS.len();
    assert_eq!(world.len(), model.versions.len() + registry);
}

fn same(model: &Model, entity: &Entity) {
    let id = entity.id();
    match entity {
        Entity::Assignment(a) => same_run(&model.runs[id], a),
        Entity::Incident(i) => same_incident(&model.incidents[id], i),
        Entity::Shift(s) => {
            let Shift {
                unit,
                ends,
                overtime,
                ended,
            } = &model.shifts[id];
            assert_eq!(
                (&s.unit_id, s.ends_at.map(ms), s.overtime),
                (unit, *ends, *overtime),
                "{id}"
            );
            assert_eq!(s.ended_at.map(ms), *ended, "{id}");
        }
        other => same_unit(&model.units[id], other.duty().unwrap(), id),
    }
}

fn same_unit(unit: &Unit, duty: &Duty, id: &EntityId) {
    assert_eq!(
        (duty.status, ms(duty.status_since)),
        (unit.status, unit.since),
        "{id}"
    );
    assert_eq!(duty.status_reason.as_str(), unit.reason, "{id}");
    assert_eq!(
        (&duty.assignment_id, &duty.shift_id),
        (&unit.run, &unit.shift),
        "{id}"
    );
    let reserved = duty.reserved_for.clone().zip(duty.reserved_until.map(ms));
    assert_eq!(reserved, unit.reserved, "{id}");
    assert_eq!(
        duty.reserved_for.is_some(),
        duty.reserved_until.is_some(),
        "{id}"
    );
}

fn same_run(run: &Run, a: &Assignment) {
    let id = &a.header.id;
    let place = run.place();
    assert_eq!(
        (a.status, a.carries_patients),
        (place.stage, place.patients),
        "{id}"
    );
    assert_eq!(
        (&a.unit_id, &a.incident_id),
        (&run.unit, &run.incident),
        "{id}"
    );
    assert_eq!(
        (&a.shift_id, &a.destination_id),
        (&run.shift, &run.destination),
        "{id}"
    );
    assert_eq!(
        (a.infectious, a.result),
        (run.infectious, run.result),
        "{id}"
    );
    assert_eq!(
        a.reason.as_ref().map(|reason| reason.as_str()),
        run.reason.as_deref(),
        "{id}"
    );
    assert_eq!(
        (&a.diverted_to, a.escalated_at.map(ms)),
        (&run.diverted_to, run.escalated),
        "{id}"
    );
    let ended = place.is_over().then(|| run.time(place.stage)).flatten();
    assert_eq!(a.ended_at.map(ms), ended, "{id}");
    let times = [
        (Some(a.assigned_at), Stage::Assigned),
        (a.acknowledged_at, Stage::Acknowledged),
        (a.departed_at, Stage::Departed),
        (a.arrived_at, Stage::Arrived),
        (a.patient_aboard_at, Stage::PatientAboard),
        (a.left_scene_at, Stage::LeftScene),
        (a.at_hospital_at, Stage::AtHospital),
        (a.handed_over_at, Stage::HandedOver),
    ];
    for (told, stage) in times {
        assert_eq!(told.map(ms), run.time(stage), "{stage:?} of {id}");
    }
    assert_eq!(a.stamps.len(), run.marks.len(), "{id}");
    for (stamp, mark) in a.stamps.iter().zip(&run.marks) {
        let told = (stamp.stage, ms(stamp.at), ms(stamp.recorded_at));
        assert_eq!(told, (mark.stage, mark.at, mark.recorded), "{id}");
        assert_eq!(
            stamp.undone.as_ref().map(|undone| ms(undone.at)),
            mark.undone,
            "{id}"
        );
    }
}

fn same_incident(incident: &Incident, i: &chiyuan_core::incident::Incident) {
    let id = &i.header.id;
    let (status, since, until, closed) = match incident.state {
        State::Open => (IncidentStatus::Open, None, None, None),
        State::Held { since, until } => (IncidentStatus::Held, Some(since), until, None),
        State::Closed { at } => (IncidentStatus::Closed, None, None, Some(at)),
    };
    assert_eq!(
        (i.status, i.held_at.map(ms), i.held_until.map(ms)),
        (status, since, until),
        "{id}"
    );
    assert_eq!(
        (i.closed_at.map(ms), &i.merged_into),
        (closed, &incident.merged_into),
        "{id}"
    );
    assert_eq!(
        (i.priority as u8 + 1, i.infectious),
        (incident.priority, incident.infectious),
        "{id}"
    );
    assert_eq!(i.assignment_ids, incident.runs, "{id}");
}
