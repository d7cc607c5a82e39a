//! Deadlines: what happens by itself when its time has come, and nothing before.

use chiyuan_core::{Actor, Command, Context, World, deadline::MeetDeadline, decide};
use serde_json::{Value, json};

use crate::{
    cases::{assign, on_duty, reason, report, sent, tell},
    given::{at, id},
};

/// Meets what is due until a second; `id@second` of each.
fn until(world: &mut World, second: i64) -> Vec<String> {
    let mut met = Vec::new();
    while let Some((due, entity_id)) = world
        .next_deadline()
        .cloned()
        .filter(|(due, _)| *due <= at(second))
    {
        let command = Command::MeetDeadline(MeetDeadline {
            entity_id: entity_id.clone(),
            due,
        });
        let context = Context {
            at: due.max(world.at()),
            real_at: at(second),
            actor: Actor::system(),
            fresh_id: id("unused"),
        };
        let changes = decide(world, &command, &context).unwrap();
        world.apply(world.seq() + 1, context.at, &changes);
        met.push(format!(
            "{entity_id}@{}",
            (context.at - at(0)).num_seconds()
        ));
    }
    met
}

fn entity(world: &World, name: &str) -> Value {
    world
        .get(&id(name))
        .map_or(Value::Null, |entity| serde_json::to_value(entity).unwrap())
}

#[test]
fn an_order_that_nobody_received_is_escalated() {
    let mut world = sent();
    // It was due a minute after the order, long before the last command.
    assert_eq!(until(&mut world, 10), ["asg-1@-60"]);
    assert_eq!(
        entity(&world, "asg-1")["escalated_at"],
        "2026-09-21T14:12:20Z"
    );
    assert_eq!(entity(&world, "asg-1")["status"], "assigned");
    let mut world = sent();
    tell(
        &mut world,
        -70,
        "crew:amb-1",
        "fresh",
        report("asg-1", "acknowledged", json!({})),
    );
    assert!(until(&mut world, 10).is_empty());
    // Taken back too late for the minute, it is escalated at once.
    tell(
        &mut world,
        -20,
        "crew:amb-1",
        "fresh",
        reason("undo_stage", "assignment_id", "asg-1"),
    );
    assert_eq!(until(&mut world, 10), ["asg-1@-20"]);
}

#[test]
fn what_is_held_wakes_and_what_is_kept_is_let_go() {
    let mut world = on_duty();
    let mut hold = reason("hold_incident", "incident_id", "inc-1");
    hold["until"] = "2026-09-21T14:23:20Z".into();
    tell(&mut world, 0, "dispatcher", "fresh", hold);
    let reserve = json!({"type": "reserve_unit", "unit_id": "amb-1", "incident_id": "inc-2", "until": "2026-09-21T14:23:20Z"});
    tell(&mut world, 0, "dispatcher", "fresh", reserve);
    assert!(until(&mut world, 599).is_empty());
    // In the order of due time, then id.
    assert_eq!(until(&mut world, 600), ["amb-1@600", "inc-1@600"]);
    assert_eq!(entity(&world, "inc-1")["status"], "open");
    assert_eq!(entity(&world, "inc-1")["held_until"], Value::Null);
    assert_eq!(entity(&world, "amb-1")["reserved_for"], Value::Null);
}

#[test]
fn a_shift_ends_but_not_while_its_unit_is_assigned() {
    let mut world = sent();
    until(&mut world, 0);
    // 15:00:00 is second 2 800.
    assert_eq!(until(&mut world, 2_800), ["shf-1@2800", "shf-2@2800"]);
    assert_eq!(
        (
            &entity(&world, "shf-1")["overtime"],
            &entity(&world, "shf-1")["ended_at"]
        ),
        (&true.into(), &Value::Null)
    );
    assert_eq!(entity(&world, "amb-1")["shift_id"], "shf-1");
    assert_eq!(entity(&world, "shf-2")["ended_by"], "system");
    assert_eq!(entity(&world, "amb-2")["status"], "off_duty");
}

#[test]
fn an_ended_case_leaves_as_a_whole_a_day_later() {
    let mut world = on_duty();
    let day = 86_400;
    for (second, fresh, who, command) in [
        (
            0,
            "fresh",
            "device",
            json!({"type": "receive_call", "call_id": "cal-1", "jurisdiction": "140602"}),
        ),
        (
            0,
            "fresh",
            "device",
            json!({"type": "receive_call", "call_id": "cal-2", "jurisdiction": "140602"}),
        ),
        (
            1,
            "fresh",
            "dispatcher",
            json!({"type": "answer_call", "call_id": "cal-1"}),
        ),
        (
            2,
            "fresh",
            "dispatcher",
            json!({"type": "abandon_call", "call_id": "cal-2"}),
        ),
        (
            3,
            "fresh",
            "dispatcher",
            json!({"type": "link_call", "call_id": "cal-1", "incident_id": "inc-1"}),
        ),
        (4, "asg-1", "dispatcher", assign("inc-1", &["amb-1"])),
        (
            5,
            "fresh",
            "dispatcher",
            report("asg-1", "departed", json!({})),
        ),
        (
            6,
            "fresh",
            "dispatcher",
            report("asg-1", "arrived", json!({})),
        ),
        (
            7,
            "rec-1",
            "dispatcher",
            json!({"type": "write_care_record", "assignment_id": "asg-1", "severity": "mild"}),
        ),
        (
            8,
            "fresh",
            "dispatcher",
            report("asg-1", "closed", json!({"result": "treated_on_scene"})),
        ),
        (
            9,
            "fresh",
            "dispatcher",
            json!({"type": "close_incident", "incident_id": "inc-1", "outcome": "completed"}),
        ),
        (
            10,
            "han-1",
            "user:an",
            json!({"type": "hand_over", "to": "bo"}),
        ),
    ] {
        tell(&mut world, second, who, fresh, command);
    }
    assert_eq!(
        until(&mut world, day + 1),
        ["shf-1@2800", "shf-2@2800", "inc-closed@86110"]
    );
    assert_eq!(until(&mut world, day + 8), ["cal-2@86402"]);
    let before = world.len();
    assert_eq!(until(&mut world, day + 9), ["inc-1@86409"]);
    for gone in ["inc-1", "cal-1", "asg-1", "rec-1"] {
        assert_eq!(entity(&world, gone), Value::Null, "{gone}");
    }
    assert_eq!(world.len(), before - 4);
    assert_eq!(until(&mut world, day + 10), ["han-1@86410"]);
    assert_eq!(until(&mut world, 2 * day), ["shf-1@89200", "shf-2@89200"]);
}

#[test]
fn nothing_is_met_before_its_time_or_twice() {
    let mut world = sent();
    let mut meet = |second: i64, name: &str| {
        let meet =
            json!({"type": "meet_deadline", "entity_id": name, "due": "2026-09-21T14:12:20Z"});
        crate::given::act_at(&mut world, second, "system", "fresh", meet)
            .map(|changes| changes.len())
    };
    assert_eq!(meet(-61, "asg-1"), Ok(0));
    assert_eq!(meet(-60, "asg-1"), Ok(1));
    assert_eq!(meet(-59, "asg-1"), Ok(0));
    assert_eq!(meet(-59, "asg-9"), Ok(0));
    assert_eq!(meet(-59, "inc-1"), Ok(0));
    let meet =
        json!({"type": "meet_deadline", "entity_id": "asg-1", "due": "2026-09-21T14:12:20Z"});
    let by_hand = crate::given::act(&mut world, "dispatcher", meet);
    assert_eq!(by_hand, Err("role_forbidden".to_owned()));
}

#[test]
fn a_finished_drill_waits_for_nothing() {
    let mut world = crate::given::given_a_drill();
    let begin = crate::cases::begin_shift("amb-1");
    crate::given::act_at(&mut world, 0, "dispatcher", "shf-1", begin).unwrap();
    assert!(world.next_deadline().is_some());
    crate::given::act(
        &mut world,
        "exercise_director",
        json!({"type": "set_clock", "step_s": 90_000, "finish": true}),
    )
    .unwrap();
    assert_eq!(world.next_deadline(), None);
}
