//! Given a small world, when somebody gives a command, then this: the rules in rows that people can read.
#![expect(clippy::unwrap_used, reason = "a test fails loudly")]

mod assignments;
mod calls;
mod care_records;
mod cases;
mod codes;
mod deadlines;
mod given;
mod handovers;
mod incidents;
mod limits;
mod marks;
mod openings;
mod private;
mod progress;
mod recalls;
mod registry;
mod shifts;
mod stages_back;

use chiyuan_core::{Actor, Command, Context, Entity, RejectionCode, World, copy, decide};
use given::{
    Then::{Changed, Nothing, Refused},
    given, given_a_drill, judge,
};
use serde_json::{Value, json};

#[test]
fn set_unit_status() {
    let set = |unit: &str, status: &str| json!({"type": "set_unit_status", "unit_id": unit, "status": status, "reason": ""});
    judge(
        given,
        vec![
            (
                "dispatcher",
                set("amb-1", "suspended"),
                Changed(&[(
                    "amb-1",
                    r#"{"status": "suspended", "version": 2, "status_since": "2026-09-21T14:13:30Z"}"#,
                )]),
            ),
            (
                "crew:amb-1",
                set("amb-1", "off_duty"),
                Changed(&[("amb-1", r#"{"status": "off_duty"}"#)]),
            ),
            (
                "commander@140600",
                set("amb-1", "out_of_service"),
                Changed(&[("amb-1", r#"{"status": "out_of_service"}"#)]),
            ),
            (
                "commander@140602",
                set("amb-1", "returning"),
                Changed(&[("amb-1", r#"{"status": "returning"}"#)]),
            ),
            ("dispatcher", set("amb-1", "available"), Nothing),
            (
                "dispatcher",
                set("amb-1", "en_route"),
                Refused("status_is_derived"),
            ),
            (
                "dispatcher",
                set("bed-1", "available"),
                Refused("wrong_kind"),
            ),
            (
                "dispatcher",
                set("amb-9", "available"),
                Refused("not_found"),
            ),
            (
                "dispatcher",
                set("amb-retired", "available"),
                Refused("retired"),
            ),
            (
                "dispatcher@140300",
                set("amb-1", "suspended"),
                Refused("not_found"),
            ),
            (
                "crew:amb-9",
                set("amb-1", "suspended"),
                Refused("not_your_unit"),
            ),
            (
                "observer",
                set("amb-1", "suspended"),
                Refused("role_forbidden"),
            ),
            (
                "bed_desk",
                set("amb-1", "suspended"),
                Refused("role_forbidden"),
            ),
        ],
    );
}

#[test]
fn report_beds() {
    let report = |physical: Option<u32>, staffed: u32, occupied: u32| json!({"type": "report_beds", "bed_pool_id": "bed-1", "physical": physical, "staffed": staffed, "occupied": occupied});
    judge(
        given,
        vec![
            (
                "bed_desk@140602",
                report(None, 9, 5),
                Changed(&[(
                    "bed-1",
                    r#"{"physical": 10, "staffed": 9, "occupied": 5, "held": 0, "reported_by": "bed_desk@140602", "reported_at": "2026-09-21T14:13:30Z"}"#,
                )]),
            ),
            (
                "bed_desk",
                report(Some(20), 20, 20),
                Changed(&[(
                    "bed-1",
                    r#"{"physical": 20, "staffed": 20, "occupied": 20}"#,
                )]),
            ),
            // The same counts are a report all the same: the pool is fresh again.
            (
                "bed_desk",
                report(None, 8, 4),
                Changed(&[("bed-1", r#"{"version": 2}"#)]),
            ),
            ("bed_desk", report(None, 8, 9), Refused("counts_impossible")),
            (
                "bed_desk",
                report(Some(7), 8, 1),
                Refused("counts_impossible"),
            ),
            (
                "bed_desk",
                report(None, 11, 1),
                Refused("counts_contradict"),
            ),
            (
                "bed_desk",
                report(Some(10_001), 1, 1),
                Refused("out_of_limits"),
            ),
            ("bed_desk@140300", report(None, 9, 5), Refused("not_found")),
            (
                "store_keeper",
                report(None, 9, 5),
                Refused("role_forbidden"),
            ),
            (
                "bed_desk",
                json!({"type": "report_beds", "bed_pool_id": "amb-1", "staffed": 1, "occupied": 1}),
                Refused("wrong_kind"),
            ),
        ],
    );
}

#[test]
fn count_stock() {
    let lot = |id: &str, item: &str, quantity: u64, unit: &str| json!({"id": id, "item_id": item, "quantity": quantity, "unit": unit});
    let count = |lots: Value| json!({"type": "count_stock", "stockpile_id": "stk-1", "lots": lots});
    judge(
        given,
        vec![
            (
                "store_keeper",
                count(json!([lot("lot-9", "item-1", 7, "只")])),
                Changed(&[(
                    "stk-1",
                    r#"{"version": 2, "counted_by": "store_keeper",
            "lots": [{"id": "lot-9", "item_id": "item-1", "quantity": 7, "unit": "只", "expiry": null, "per_day": false}]}"#,
                )]),
            ),
            (
                "store_keeper",
                count(json!([])),
                Changed(&[("stk-1", r#"{"lots": []}"#)]),
            ),
            (
                "store_keeper",
                count(json!([lot("l", "item-1", 1, "箱")])),
                Refused("counts_contradict"),
            ),
            (
                "store_keeper",
                count(json!([lot("l", "item-9", 1, "只")])),
                Refused("unknown_reference"),
            ),
            (
                "store_keeper",
                count(json!([lot("l", "amb-1", 1, "只")])),
                Refused("unknown_reference"),
            ),
            (
                "store_keeper",
                count(json!([
                    lot("l", "item-1", 1, "只"),
                    lot("l", "item-1", 2, "只")
                ])),
                Refused("counts_impossible"),
            ),
            (
                "store_keeper",
                count(json!([lot("l", "item-1", 1_000_000_001, "只")])),
                Refused("out_of_limits"),
            ),
            (
                "store_keeper",
                count(
                    (0..501)
                        .map(|n| lot(&format!("l{n}"), "item-1", 1, "只"))
                        .collect(),
                ),
                Refused("out_of_limits"),
            ),
            ("bed_desk", count(json!([])), Refused("role_forbidden")),
        ],
    );
}

#[test]
fn set_clock() {
    let set = |fields: Value| {
        let mut command = json!({"type": "set_clock"});
        for (name, value) in fields.as_object().unwrap() {
            command[name] = value.clone();
        }
        command
    };
    judge(
        given_a_drill,
        vec![
            (
                "exercise_director",
                set(json!({"running": true})),
                Changed(&[(
                    "clock",
                    r#"{"running": true, "world_at": "2026-09-21T14:30:00Z", "real_at": "2026-09-21T14:13:30Z"}"#,
                )]),
            ),
            (
                "exercise_director",
                set(json!({"step_s": 60})),
                Changed(&[(
                    "clock",
                    r#"{"running": false, "world_at": "2026-09-21T14:31:00Z"}"#,
                )]),
            ),
            (
                "exercise_director",
                set(json!({"speed": 600.0})),
                Changed(&[("clock", r#"{"speed": 600.0}"#)]),
            ),
            (
                "exercise_director",
                set(json!({"running": true, "finish": true})),
                Changed(&[("clock", r#"{"running": false, "finished": true}"#)]),
            ),
            (
                "exercise_director",
                set(json!({"speed": 0.0})),
                Refused("out_of_limits"),
            ),
            (
                "exercise_director",
                set(json!({"speed": 600.1})),
                Refused("out_of_limits"),
            ),
            (
                "commander",
                set(json!({"running": true})),
                Refused("role_forbidden"),
            ),
            (
                "administrator",
                json!({"type": "retire_resource", "id": "clock", "reason": ""}),
                Refused("wrong_kind"),
            ),
        ],
    );
    judge(
        given,
        vec![(
            "exercise_director",
            set(json!({"running": true})),
            Refused("not_a_drill"),
        )],
    );
}

#[test]
fn a_finished_drill_takes_no_more_commands() {
    let finished = || {
        let mut world = given_a_drill();
        given::act(
            &mut world,
            "system",
            json!({"type": "set_clock", "finish": true}),
        )
        .unwrap();
        world
    };
    judge(
        finished,
        vec![
            (
                "dispatcher",
                json!({"type": "set_unit_status", "unit_id": "amb-1", "status": "off_duty", "reason": ""}),
                Refused("world_finished"),
            ),
            (
                "exercise_director",
                json!({"type": "set_clock", "running": true}),
                Refused("world_finished"),
            ),
        ],
    );
}

#[test]
fn a_clock_stops_before_years_have_five_digits() {
    let mut world = given_a_drill();
    let step = json!({"type": "set_clock", "step_s": u32::MAX});
    let refused = (0..100).find_map(|_| given::act(&mut world, "system", step.clone()).err());
    assert_eq!(refused.as_deref(), Some("out_of_limits"));
}

#[test]
fn a_copy_enters_and_never_replaces() {
    let world = given_a_drill();
    let Some(Entity::Clock(clock)) = world.clock() else {
        unreachable!()
    };
    let parts = copy::parts_of(world.id(), 1, world.entities(), clock.clone());
    let context = Context {
        at: given::at(10),
        real_at: given::at(10),
        actor: Actor::system(),
        fresh_id: given::id("fresh-1"),
    };
    let command = Command::CopyRegistry(parts[0].clone());
    let into_itself = decide(&world, &command, &context).map_err(|rejection| rejection.code);
    assert_eq!(into_itself, Err(RejectionCode::IdTaken));
    let empty = World::new(given::id("drill-2"));
    let copied = decide(&empty, &command, &context).unwrap();
    // Everything that is not retired, and the clock once.
    assert_eq!(copied.len(), world.len() - 1);
}

#[test]
fn a_copy_leaves_cases_behind_and_what_was_idle_as_it_is() {
    let live = cases::sent();
    let Some(Entity::Clock(clock)) = given_a_drill().clock().cloned() else {
        unreachable!()
    };
    let parts = copy::parts_of(live.id(), 1, live.entities(), clock);
    let drill = World::load(
        given::id("drill-9"),
        1,
        given::at(0),
        parts.into_iter().flat_map(|part| part.entities),
    );
    let of = |world: &World, id: &str| serde_json::to_value(world.get(&given::id(id))).unwrap();
    assert_eq!(of(&drill, "amb-2"), of(&live, "amb-2"));
    assert_eq!(of(&drill, "shf-1"), of(&live, "shf-1"));
    let freed = of(&drill, "amb-1");
    assert_eq!(
        (&freed["status"], &freed["shift_id"]),
        (&"available".into(), &"shf-1".into())
    );
    assert_eq!(freed["assignment_id"], Value::Null);
    for gone in ["asg-1", "inc-1", "amb-retired"] {
        assert_eq!(of(&drill, gone), Value::Null, "{gone}");
    }
}
