//! The worlds that the tables of cases start from. Rows are judged at second 10.

use chiyuan_core::World;
use serde_json::{Value, json};

use crate::given::{act_at, given};

/// Tells what happened before: at a second, who, the id of what is new, what.
pub fn tell(world: &mut World, second: i64, who: &str, fresh: &str, command: Value) {
    let clue = format!("{who} gave {command}");
    act_at(world, second, who, fresh, command).unwrap_or_else(|code| panic!("{clue}: {code}"));
}

pub fn begin_shift(unit: &str) -> Value {
    json!({"type": "begin_shift", "unit_id": unit, "crew": [{"role": "driver", "staff": "d1"}], "ends_at": "2026-09-21T15:00:00Z"})
}

pub fn open_incident(id: &str, priority: &str, infectious: bool) -> Value {
    json!({"type": "open_incident", "incident_id": id, "incident_type": "medical", "priority": priority, "lon": 112.0,
        "lat": 39.0, "jurisdiction": "140602", "infectious": infectious})
}

pub fn assign(incident: &str, units: &[&str]) -> Value {
    json!({"type": "assign_units", "incident_id": incident, "unit_ids": units})
}

pub fn report(assignment: &str, stage: &str, more: Value) -> Value {
    let mut report = json!({"type": "report_stage", "assignment_id": assignment, "stage": stage});
    for (field, value) in more.as_object().into_iter().flatten() {
        report[field] = value.clone();
    }
    report
}

/// A command with further fields.
pub fn with(mut command: Value, fields: Value) -> Value {
    for (field, value) in fields.as_object().unwrap() {
        command[field] = value.clone();
    }
    command
}

pub fn reason(verb: &str, field: &str, id: &str) -> Value {
    json!({"type": verb, field: id, "reason": "说明"})
}

/// The small world with crews on amb-1 and amb-2 until 15:00, none on amb-3; a team, a laboratory, a referral vehicle;
/// the incidents inc-1 (P2), inc-2 (P1, infectious), inc-3 (P3) and inc-closed.
pub fn on_duty() -> World {
    let mut world = given();
    let register = |resource: Value| json!({"type": "register_resource", "resource": resource});
    let unit = |kind: &str, id: &str, more: Value| {
        let mut unit = json!({"kind": kind, "id": id, "name": id, "jurisdiction": "140602", "home_id": "sta-1",
            "status": "available"});
        for (field, value) in more.as_object().into_iter().flatten() {
            unit[field] = value.clone();
        }
        register(unit)
    };
    for resource in [
        unit("ambulance", "amb-2", json!({"plate": "2", "class": "B"})),
        unit("ambulance", "amb-3", json!({"plate": "3", "class": "A"})),
        unit(
            "team",
            "tea-1",
            json!({"tier": "county", "category": "cdc", "members": 20}),
        ),
        unit(
            "special_vehicle",
            "veh-1",
            json!({"plate": "4", "vehicle_type": "mobile_p2"}),
        ),
    ] {
        tell(&mut world, -900, "system", "fresh", resource);
    }
    tell(
        &mut world,
        -600,
        "dispatcher",
        "shf-1",
        begin_shift("amb-1"),
    );
    tell(
        &mut world,
        -600,
        "dispatcher",
        "shf-2",
        begin_shift("amb-2"),
    );
    for (id, priority, infectious) in [
        ("inc-1", "P2", false),
        ("inc-2", "P1", true),
        ("inc-3", "P3", false),
        ("inc-closed", "P4", false),
    ] {
        tell(
            &mut world,
            -300,
            "dispatcher",
            "fresh",
            open_incident(id, priority, infectious),
        );
    }
    let close =
        json!({"type": "close_incident", "incident_id": "inc-closed", "outcome": "false_alarm"});
    tell(&mut world, -290, "dispatcher", "fresh", close);
    world
}

/// amb-1 was sent to inc-1 two minutes ago (asg-1).
pub fn sent() -> World {
    let mut world = on_duty();
    tell(
        &mut world,
        -120,
        "user:an@140602",
        "asg-1",
        assign("inc-1", &["amb-1"]),
    );
    world
}

/// The same, arrived, a patient aboard for twenty seconds.
pub fn aboard() -> World {
    aboard_from("inc-1")
}

/// The same at the infectious incident.
pub fn aboard_infectious() -> World {
    aboard_from("inc-2")
}

fn aboard_from(incident: &str) -> World {
    let mut world = on_duty();
    tell(
        &mut world,
        -120,
        "dispatcher",
        "asg-1",
        assign(incident, &["amb-1"]),
    );
    for (second, stage) in [
        (-110, "acknowledged"),
        (-100, "departed"),
        (-60, "arrived"),
        (-10, "patient_aboard"),
    ] {
        tell(
            &mut world,
            second,
            "crew:amb-1",
            "fresh",
            report("asg-1", stage, json!({})),
        );
    }
    world
}

/// The same on the way to the hospital fac-1, long since.
pub fn transporting() -> World {
    let mut world = aboard();
    let report = report("asg-1", "left_scene", json!({"destination_id": "fac-1"}));
    tell(&mut world, -60 + 52, "crew:amb-1", "fresh", report);
    world
}
