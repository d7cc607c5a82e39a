//! A day of a small centre: every kind and every command word of format 2, told so that its bytes are always the same.

use chiyuan_core::{
    Actor, Command, Context, DivisionCode, EntityId, Role, Timestamp, World,
    deadline::MeetDeadline,
    decide,
    journal::{Envelope, request_hash},
    text::Name,
};
use serde_json::{Value, json};

fn at(second: i64) -> Timestamp {
    Timestamp::from_timestamp_millis(1_790_000_000_000 + second * 1_000 + second % 7).unwrap()
}

/// `an` is a dispatcher, `crew` that of amb-1, `switch` the telephone, `system` the program.
fn actor(who: &str) -> Actor {
    let (role, unit) = match who {
        "system" => return Actor::system(),
        "crew" => (Role::Crew, EntityId::new("amb-1").ok()),
        "switch" => (Role::Device, None),
        _ => (Role::Dispatcher, None),
    };
    Actor {
        name: Name::new(&format!("user:{who}")).unwrap(),
        role,
        jurisdiction: (role == Role::Dispatcher).then(|| DivisionCode::new("140602").unwrap()),
        unit,
    }
}

/// Who gives which command.
fn told() -> Vec<(&'static str, Value)> {
    let private = json!({"id": "prv-1", "commitment": "c0ffee"});
    let on = |verb: &str, field: &str, id: &str, more: Value| {
        let mut command = json!({"type": verb, field: id});
        for (name, value) in more.as_object().into_iter().flatten() {
            command[name] = value.clone();
        }
        command
    };
    let run = |verb: &str, id: &str, more: Value| on(verb, "assignment_id", id, more);
    let case = |verb: &str, id: &str, more: Value| on(verb, "incident_id", id, more);
    let open = |id: &str, priority: &str, more: Value| {
        let mut opened = case("open_incident", id, more);
        (opened["incident_type"], opened["priority"]) = ("medical".into(), priority.into());
        (opened["lon"], opened["lat"]) = (112.4321234.into(), 39.3312345.into());
        opened
    };
    let stage = |id: &str, stage: &str, more: Value| {
        let mut report = run("report_stage", id, more);
        report["stage"] = stage.into();
        report
    };
    let reason = || json!({"reason": "说明"});
    let mut told: Vec<(&str, Value)> = registry().into_iter().map(|r| ("system", r)).collect();
    told.extend([
        ("an", on("begin_shift", "unit_id", "amb-2", json!({"crew": [{"role": "driver", "staff": "d2"}], "ends_at": "2026-09-21T22:00:00Z"}))),
        ("switch", on("receive_call", "call_id", "cal-1", json!({"lon": 112.4, "lat": 39.3, "reference": "PBX-7", "private": private}))),
        ("an", on("answer_call", "call_id", "cal-1", Value::Null)),
        ("an", on("begin_call_taking", "call_id", "cal-1", Value::Null)),
        ("an", open("inc-1", "P2", json!({"call_id": "cal-1", "grade": "IV", "patients": {"red": 1}, "private": private, "infectious": true}))),
        ("an", open("inc-2", "P1", json!({"needs": [{"kind": "team", "capability": "cdc"}]}))),
        ("an", open("inc-3", "P3", Value::Null)),
        ("an", on("end_call_taking", "call_id", "cal-1", Value::Null)),
        ("an", on("unlink_call", "call_id", "cal-1", Value::Null)),
        ("an", on("link_call", "call_id", "cal-1", json!({"incident_id": "inc-1"}))),
        ("switch", on("receive_call", "call_id", "cal-2", Value::Null)),
        ("switch", on("abandon_call", "call_id", "cal-2", Value::Null)),
        ("an", case("update_incident", "inc-3", json!({"priority": "P4", "based_on_version": 1}))),
        ("an", case("reinforce_incident", "inc-1", json!({"needs": [{"kind": "team"}], "reason": "伤员多"}))),
        ("an", case("add_note", "inc-1", json!({"private": private}))),
        ("bo", case("attend_incident", "inc-3", Value::Null)),
        ("an", case("hold_incident", "inc-3", json!({"reason": "无车", "until": "2026-09-21T16:00:00.5Z"}))),
        ("an", case("resume_incident", "inc-3", Value::Null)),
        ("an", on("reserve_unit", "unit_id", "amb-2", json!({"incident_id": "inc-1"}))),
        ("an", case("assign_units", "inc-1", json!({"unit_ids": ["amb-1", "amb-2"], "choice": {"at": "2026-09-21T14:13:50Z",
            "eta_basis": "road", "shown": [{"unit_id": "amb-1", "distance_m": 812.25, "eta_s": 95, "fix_age_s": 3}]}}))),
        ("crew", run("acknowledge_assignment", "new-24", Value::Null)),
        ("system", run("propose_stage", "new-24", json!({"proposal": {"stage": "departed", "at": "2026-09-21T14:13:45Z", "lon": 112.4, "lat": 39.3}}))),
        ("crew", stage("new-24", "departed", Value::Null)),
        ("crew", stage("new-24", "arrived", Value::Null)),
        ("crew", run("undo_stage", "new-24", reason())),
        ("crew", stage("new-24", "arrived", Value::Null)),
        ("crew", run("set_destination", "new-24", json!({"facility_id": "fac-1"}))),
        ("crew", stage("new-24", "patient_aboard", Value::Null)),
        ("crew", run("write_care_record", "new-24", json!({"severity": "critical", "measures": ["cpr"], "private": private}))),
        ("an", run("divert_assignment", "new-24-2", json!({"incident_id": "inc-2", "reason": "更急"}))),
        ("an", case("stand_down", "inc-2", reason())),
        ("an", case("assign_units", "inc-2", json!({"unit_ids": ["amb-2"]}))),
        ("an", run("cancel_assignment", "new-36", reason())),
        ("an", case("assign_units", "inc-2", json!({"unit_ids": ["amb-2"]}))),
        ("an", run("report_breakdown", "new-38", reason())),
        ("crew", stage("new-24", "closed", json!({"result": "died_on_scene"}))),
        ("an", case("merge_incidents", "inc-3", json!({"into_incident_id": "inc-1", "reason": "重复"}))),
        ("an", case("close_incident", "inc-1", json!({"outcome": "completed"}))),
        ("an", on("set_unit_status", "unit_id", "amb-1", json!({"status": "available", "reason": "洗消完毕"}))),
        ("an", on("end_shift", "unit_id", "amb-1", Value::Null)),
        ("an", on("hand_over", "to", "bo", json!({"note": "平稳"}))),
        ("bo", on("accept_handover", "handover_id", "new-45", Value::Null)),
    ]);
    told
}

pub fn registry() -> Vec<Value> {
    let unit = |id: &str, more: Value| {
        let mut unit = json!({"kind": "ambulance", "id": id, "name": id, "plate": "晋F120", "jurisdiction": "140602", "home_id": "fac-1",
            "class": "C", "status": "available"});
        for (name, value) in more.as_object().into_iter().flatten() {
            unit[name] = value.clone();
        }
        unit
    };
    let resources = [
        json!({"kind": "jurisdiction", "id": "jur-1", "code": "140602", "name": "朔城区", "name_en": "Shuocheng", "parent": null,
            "tier": "county", "zone": "urban", "population": 9, "lon": 112.4, "lat": 39.3}),
        json!({"kind": "facility", "id": "fac-1", "name": "医院", "jurisdiction": "140602", "facility_type": "hospital",
            "level": "tertiary_a", "ownership": "public", "lon": 112.4, "lat": 39.3}),
        unit(
            "amb-1",
            json!({"crew": [{"role": "driver", "staff": "d1"}]}),
        ),
        unit("amb-2", Value::Null),
    ];
    let register = |resource| json!({"type": "register_resource", "resource": resource});
    resources.into_iter().map(register).collect()
}

/// The envelopes of the story, and at the end of what became due within two days.
pub fn envelopes() -> Vec<Envelope> {
    tell_all(2, told())
}

/// Every command in turn, then whatever becomes due, as a format writes it.
pub fn tell_all(v: u32, told: Vec<(&'static str, Value)>) -> Vec<Envelope> {
    let mut world = World::new(EntityId::new("live").unwrap());
    let mut envelopes = Vec::new();
    for (second, (who, body)) in (0..).zip(told) {
        let command = serde_json::from_value(body.clone()).unwrap();
        tell(&mut world, &mut envelopes, at(second), who, &command, body);
    }
    while let Some((due, entity_id)) = world.next_deadline().cloned() {
        let command = Command::MeetDeadline(MeetDeadline { entity_id, due });
        let body = serde_json::to_value(&command).unwrap();
        let at = due.max(world.at());
        tell(&mut world, &mut envelopes, at, "system", &command, body);
    }
    for envelope in &mut envelopes {
        envelope.v = v;
    }
    envelopes
}

fn tell(
    world: &mut World,
    told: &mut Vec<Envelope>,
    at: Timestamp,
    who: &str,
    command: &Command,
    body: Value,
) {
    let seq = world.seq() + 1;
    let context = Context {
        at,
        real_at: at,
        actor: actor(who),
        fresh_id: EntityId::new(&format!("new-{seq}")).unwrap(),
    };
    let changes =
        decide(world, command, &context).unwrap_or_else(|r| panic!("{seq} {body}: {r:?}"));
    assert!(!changes.is_empty(), "{seq} {body} changes nothing");
    world.apply(seq, at, &changes);
    told.push(Envelope {
        v: 0,
        world: world.id().clone(),
        epoch: "00112233aabbccdd".to_owned(),
        seq,
        at,
        recorded_at: at,
        actor: context.actor.name.to_string(),
        request_hash: request_hash(&body),
        command: body,
        key: format!("golden-{seq}"),
        changes,
    });
}
