//! Commands on calls, incidents, assignments, shifts and desks; mostly about what is there.

use chiyuan_core::{Entity, Kind, Timestamp, World, assignment::Stage, incident::IncidentStatus};
use serde_json::{Value, json};

use super::{CODES, DESKS, Rng, any_id, id_among, index, staff};

const UNIT_KINDS: [Kind; 3] = [Kind::Ambulance, Kind::Team, Kind::SpecialVehicle];
const RESULTS: [&str; 6] = [
    "completed",
    "empty_run",
    "treated_on_scene",
    "died_on_scene",
    "refused",
    "aborted",
];

/// A command on a case.
pub fn command(rng: &mut Rng, world: &World) -> Value {
    match rng.below(100) {
        0..=17 => call(rng, world),
        18..=43 => incident(rng, world),
        44..=59 => assign(rng, world),
        60..=84 => progress(rng, world),
        85..=91 => shift(rng, world),
        92..=96 => desk(rng, world),
        _ => internal(rng, world),
    }
}

/// One of the world that passes, else any of its kinds, else any name.
pub fn one(
    rng: &mut Rng,
    world: &World,
    kinds: &[Kind],
    wanted: impl Fn(&Entity) -> bool,
) -> String {
    let all: Vec<&Entity> = kinds.iter().flat_map(|kind| world.of_kind(*kind)).collect();
    let fitting: Vec<&Entity> = all.iter().copied().filter(|e| wanted(e)).collect();
    let list = if fitting.is_empty() || rng.chance(8) {
        &all
    } else {
        &fitting
    };
    if list.is_empty() || rng.chance(2) {
        return any_id(rng);
    }
    list[index(rng, list.len())].id().to_string()
}

fn unit(rng: &mut Rng, world: &World, wanted: impl Fn(&Entity) -> bool) -> String {
    one(rng, world, &UNIT_KINDS, |e| {
        !e.header().retired && wanted(e)
    })
}

pub fn open_incident(rng: &mut Rng, world: &World) -> String {
    let open = |e: &Entity| matches!(e, Entity::Incident(i) if i.status != IncidentStatus::Closed);
    one(rng, world, &[Kind::Incident], open)
}

fn assignment(rng: &mut Rng, world: &World) -> String {
    let open = |e: &Entity| matches!(e, Entity::Assignment(a) if a.is_open());
    one(rng, world, &[Kind::Assignment], open)
}

/// Some seconds before or after the world's time.
pub fn time(rng: &mut Rng, world: &World, before: u64, after: u64) -> Timestamp {
    let offset = i64::try_from(rng.below(before + after)).unwrap() - i64::try_from(before).unwrap();
    world.at() + chrono::Duration::seconds(offset)
}

pub fn sometimes<T>(rng: &mut Rng, percent: u64, value: impl FnOnce(&mut Rng) -> T) -> Option<T> {
    rng.chance(percent).then(|| value(rng))
}

fn point(rng: &mut Rng) -> Value {
    (112.0 + rng.float(0.01)).into()
}

fn call(rng: &mut Rng, world: &World) -> Value {
    let at = |status: &'static str| move |e: &Entity| matches!(e, Entity::Call(call) if format!("{:?}", call.status) == status);
    let step = |rng: &mut Rng, verb: &str, status| json!({"type": verb, "call_id": one(rng, world, &[Kind::Call], at(status))});
    match rng.below(20) {
        0..=5 => receive(rng, world),
        6..=9 => step(rng, "answer_call", "Ringing"),
        10..=12 => step(rng, "begin_call_taking", "Answered"),
        13..=15 => {
            let mut ended = step(rng, "end_call_taking", "CallTaking");
            ended["acceptance"] = json!(sometimes(rng, 40, |rng| {
                rng.of(&["normal", "held", "no_vehicle", "transferred"])
                    .to_owned()
            }));
            ended
        }
        16 => step(rng, "abandon_call", "Ringing"),
        17 | 18 => {
            let free = |e: &Entity| matches!(e, Entity::Call(c) if c.incident_id.is_none());
            let call = one(rng, world, &[Kind::Call], free);
            json!({"type": "link_call", "call_id": call, "incident_id": open_incident(rng, world)})
        }
        _ => {
            let linked = |e: &Entity| matches!(e, Entity::Call(c) if c.incident_id.is_some());
            json!({"type": "unlink_call", "call_id": one(rng, world, &[Kind::Call], linked)})
        }
    }
}

fn receive(rng: &mut Rng, world: &World) -> Value {
    let mut call = json!({"type": "receive_call"});
    if rng.chance(60) {
        call["call_id"] = format!("cal-{}", rng.below(20)).into();
    }
    if rng.chance(30) {
        call["jurisdiction"] = rng.of(&CODES).into();
    }
    if rng.chance(60) {
        (call["lon"], call["lat"]) = (point(rng), 39.0.into());
    }
    if rng.chance(30) {
        call["at"] = json!(time(rng, world, 300, 10));
    }
    call
}

fn incident(rng: &mut Rng, world: &World) -> Value {
    let priority = rng.of(&["P1", "P2", "P3", "P4"]).to_owned();
    let id = open_incident(rng, world);
    match rng.below(26) {
        0..=7 => opened(rng, world, &priority),
        8..=10 => json!({"type": "update_incident", "incident_id": id,
            "based_on_version": sometimes(rng, 20, |rng| 1 + rng.below(6)),
            "priority": sometimes(rng, 50, |_| priority), "infectious": sometimes(rng, 40, |rng| rng.chance(50)),
            "needs": sometimes(rng, 20, needs), "patients": sometimes(rng, 20, |rng| rng.below(100_010))}),
        11 | 12 => json!({"type": "attend_incident", "incident_id": id, "leave": rng.chance(40)}),
        13 | 14 => json!({"type": "hold_incident", "incident_id": id, "reason": "无车",
            "until": sometimes(rng, 60, |rng| time(rng, world, 2, 600))}),
        15 => json!({"type": "resume_incident", "incident_id": id}),
        16 => {
            json!({"type": "reinforce_incident", "incident_id": id, "needs": needs(rng), "reason": "伤员多"})
        }
        17 => json!({"type": "add_note", "incident_id": id}),
        18 => {
            json!({"type": "merge_incidents", "incident_id": id, "into_incident_id": open_incident(rng, world),
            "reason": "重复"})
        }
        19 => json!({"type": "stand_down", "incident_id": id, "reason": "误报"}),
        20..=22 => {
            let until = sometimes(rng, 40, |rng| time(rng, world, 2, 900));
            let incident_id = sometimes(rng, 85, |_| id);
            let idle = |e: &Entity| e.duty().is_some_and(|d| d.assignment_id.is_none());
            json!({"type": "reserve_unit", "unit_id": unit(rng, world, idle), "incident_id": incident_id,
                "until": until})
        }
        _ => json!({"type": "close_incident", "incident_id": id, "outcome": "completed"}),
    }
}

fn opened(rng: &mut Rng, world: &World, priority: &str) -> Value {
    let mut opened = json!({"type": "open_incident", "incident_type": rng.of(&["medical", "transfer"]),
        "priority": priority, "lon": point(rng), "lat": 39.0, "infectious": rng.chance(40)});
    if rng.chance(60) {
        opened["incident_id"] = format!("inc-{}", rng.below(12)).into();
    }
    if rng.chance(60) {
        opened["jurisdiction"] = rng.of(&CODES[..7]).into();
    }
    if rng.chance(30) {
        let free = |e: &Entity| matches!(e, Entity::Call(c) if c.incident_id.is_none());
        opened["call_id"] = one(rng, world, &[Kind::Call], free).into();
    }
    if rng.chance(40) {
        opened["needs"] = needs(rng);
    }
    if rng.chance(20) {
        opened["patients"] = json!({"red": rng.below(3), "green": rng.below(9)});
    }
    opened
}

fn needs(rng: &mut Rng) -> Value {
    let need = |rng: &mut Rng| {
        let kind = rng.of(&[
            "ambulance",
            "ambulance",
            "team",
            "special_vehicle",
            "station",
        ]);
        let class = sometimes(rng, 25, |rng| rng.of(&["A", "C"]).to_owned());
        json!({"kind": kind, "class": class, "count": rng.below(4)})
    };
    (0..rng.below(4)).map(|_| need(rng)).collect()
}

fn assign(rng: &mut Rng, world: &World) -> Value {
    let ready = |e: &Entity| {
        e.duty()
            .is_some_and(|d| d.status.as_str() == "available" && d.shift_id.is_some())
    };
    let units: Vec<String> = (0..1 + rng.below(4) / 3 + u64::from(rng.chance(3)))
        .map(|_| unit(rng, world, ready))
        .collect();
    json!({"type": "assign_units", "incident_id": open_incident(rng, world), "unit_ids": units,
        "need_id": sometimes(rng, 10, |rng| rng.of(&["n1", "n2", "n9"]).to_owned()),
        "based_on_version": sometimes(rng, 15, |rng| 1 + rng.below(5))})
}

/// What usually comes after a stage.
fn usually(stage: Stage) -> &'static [&'static str] {
    match stage {
        Stage::Assigned => &["acknowledged", "departed"],
        Stage::Acknowledged => &["departed", "departed", "closed"],
        Stage::Departed => &["arrived", "arrived", "arrived", "closed"],
        Stage::Arrived => &["patient_aboard", "patient_aboard", "left_scene", "closed"],
        Stage::PatientAboard => &["left_scene", "left_scene", "at_hospital", "closed"],
        Stage::LeftScene => &["at_hospital", "at_hospital", "closed"],
        Stage::AtHospital => &["handed_over", "handed_over", "closed"],
        _ => &["closed"],
    }
}

fn progress(rng: &mut Rng, world: &World) -> Value {
    let id = assignment(rng, world);
    match rng.below(30) {
        0..=12 => report(rng, world, &id),
        13..=15 => json!({"type": "acknowledge_assignment", "assignment_id": id,
            "at": sometimes(rng, 20, |rng| time(rng, world, 30, 3))}),
        16..=18 => json!({"type": "undo_stage", "assignment_id": id, "reason": "误按"}),
        19 | 20 => {
            json!({"type": "set_destination", "assignment_id": id, "facility_id": id_among(rng, &["facility"])})
        }
        21 => json!({"type": "report_breakdown", "assignment_id": id, "reason": "爆胎"}),
        22..=24 => {
            json!({"type": "divert_assignment", "assignment_id": id, "incident_id": open_incident(rng, world),
            "reason": "更急"})
        }
        25 | 26 => json!({"type": "cancel_assignment", "assignment_id": id, "reason": "误报"}),
        _ => {
            json!({"type": "write_care_record", "assignment_id": one(rng, world, &[Kind::Assignment], |_| true),
            "severity": rng.of(&["critical", "mild"]), "measures": ["ecg"],
            "patient_outcome": sometimes(rng, 50, |_| "transported")})
        }
    }
}

fn report(rng: &mut Rng, world: &World, id: &str) -> Value {
    let standing = world.entities().find_map(|e| match e.as_ref() {
        Entity::Assignment(a) if a.header.id.as_str() == id => Some(a.status),
        _ => None,
    });
    let likely = usually(standing.unwrap_or(Stage::Closed));
    let stage = if rng.chance(85) {
        rng.of(likely)
    } else {
        Stage::ALL[index(rng, 11)].as_str()
    };
    let mut report = json!({"type": "report_stage", "assignment_id": id, "stage": stage});
    if rng.chance(25) {
        report["at"] = json!(time(rng, world, 60, 4));
    }
    if rng.chance(if stage == "closed" { 85 } else { 2 }) {
        report["result"] = rng.of(&RESULTS).into();
    }
    if rng.chance(50) && ["patient_aboard", "left_scene", "at_hospital"].contains(&stage) {
        report["destination_id"] = id_among(rng, &["facility"]).into();
    }
    report
}

fn shift(rng: &mut Rng, world: &World) -> Value {
    let on = |e: &Entity| e.duty().is_some_and(|d| d.shift_id.is_some());
    if rng.chance(75) {
        return json!({"type": "begin_shift", "unit_id": unit(rng, world, |e| !on(e)), "crew": staff(rng),
            "ends_at": sometimes(rng, 60, |rng| time(rng, world, 60, 36_000))});
    }
    json!({"type": "end_shift", "unit_id": unit(rng, world, on)})
}

fn desk(rng: &mut Rng, world: &World) -> Value {
    if rng.chance(50) {
        let to = rng.of(&DESKS);
        let to = if rng.chance(50) { &to[5..] } else { to };
        return json!({"type": "hand_over", "to": to, "note": "平稳"});
    }
    json!({"type": "accept_handover", "handover_id": one(rng, world, &[Kind::Handover], |_| true)})
}

/// What only the program gives; somebody may try.
fn internal(rng: &mut Rng, world: &World) -> Value {
    if rng.chance(30) {
        let due = world.with_deadline().next();
        let id = due.map_or_else(|| any_id(rng), |e| e.id().to_string());
        return json!({"type": "meet_deadline", "entity_id": id, "due": world.at()});
    }
    json!({"type": "propose_stage", "assignment_id": assignment(rng, world), "proposal": {
        "stage": rng.of(&["departed", "arrived", "left_scene", "at_hospital", "closed"]),
        "at": time(rng, world, 20, 4), "lon": point(rng), "lat": 39.0}})
}
