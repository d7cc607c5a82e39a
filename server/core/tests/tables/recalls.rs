//! Assignments that end before their time: diverted, called back, broken down.

use chiyuan_core::World;
use serde_json::{Value, json};

use crate::{
    cases::{aboard, aboard_infectious, assign, reason, report, sent, tell, with},
    given::{
        self,
        Then::{Changed, Nothing, Refused},
        act_at, judge,
    },
};

#[test]
fn a_unit_is_diverted_to_what_is_more_urgent() {
    let divert = |incident: &str| {
        with(
            reason("divert_assignment", "assignment_id", "asg-1"),
            json!({"incident_id": incident}),
        )
    };
    judge(
        sent,
        vec![
            (
                "dispatcher",
                divert("inc-2"),
                Changed(&[
                    (
                        "asg-1",
                        r#"{"status": "diverted", "diverted_to": "fresh-1", "reason": "说明", "ended_at": "2026-09-21T14:13:30Z"}"#,
                    ),
                    ("inc-2", r#"{"assignment_ids": ["fresh-1"]}"#),
                    (
                        "amb-1",
                        r#"{"status": "assigned", "assignment_id": "fresh-1", "shift_id": "shf-1"}"#,
                    ),
                    (
                        "fresh-1",
                        r#"{"status": "assigned", "incident_id": "inc-2", "need_id": "n1", "acknowledged_at": null}"#,
                    ),
                ]),
            ),
            ("dispatcher", divert("inc-3"), Refused("not_more_urgent")),
            ("dispatcher", divert("inc-1"), Refused("not_more_urgent")),
            (
                "dispatcher",
                divert("inc-closed"),
                Refused("incident_closed"),
            ),
            ("crew:amb-1", divert("inc-2"), Refused("role_forbidden")),
        ],
    );
    judge(
        aboard,
        vec![("dispatcher", divert("inc-2"), Refused("patient_aboard"))],
    );
}

#[test]
fn a_unit_is_called_back() {
    let cancel = reason("cancel_assignment", "assignment_id", "asg-1");
    let stand_down = |incident: &str| reason("stand_down", "incident_id", incident);
    judge(
        sent,
        vec![
            (
                "dispatcher",
                cancel.clone(),
                Changed(&[
                    (
                        "asg-1",
                        r#"{"status": "cancelled", "reason": "说明", "result": null}"#,
                    ),
                    (
                        "amb-1",
                        r#"{"status": "available", "assignment_id": null, "shift_id": "shf-1"}"#,
                    ),
                ]),
            ),
            (
                "dispatcher",
                stand_down("inc-1"),
                Changed(&[
                    ("asg-1", r#"{"status": "cancelled"}"#),
                    ("amb-1", r#"{"status": "available"}"#),
                ]),
            ),
            ("dispatcher", stand_down("inc-2"), Nothing),
            (
                "dispatcher",
                stand_down("inc-closed"),
                Refused("incident_closed"),
            ),
        ],
    );
    judge(
        aboard,
        vec![
            ("dispatcher", cancel, Refused("patient_aboard")),
            // Who has arrived stays.
            ("dispatcher", stand_down("inc-1"), Nothing),
        ],
    );
}

#[test]
fn a_breakdown_ends_the_assignment_and_opens_the_need_again() {
    let broken = reason("report_breakdown", "assignment_id", "asg-1");
    judge(
        sent,
        vec![
            (
                "crew:amb-1",
                broken.clone(),
                Changed(&[
                    (
                        "asg-1",
                        r#"{"status": "closed", "result": "aborted", "reason": "说明"}"#,
                    ),
                    (
                        "amb-1",
                        r#"{"status": "out_of_service", "status_reason": "说明", "assignment_id": null}"#,
                    ),
                ]),
            ),
            ("crew:amb-2", broken.clone(), Refused("not_your_unit")),
        ],
    );
    // Nobody repairs what is not clean.
    judge(
        aboard_infectious,
        vec![(
            "crew:amb-1",
            broken.clone(),
            Changed(&[
                ("asg-1", r#"{"status": "closed", "infectious": true}"#),
                ("amb-1", r#"{"status": "decontaminating"}"#),
            ]),
        )],
    );
    let next_need = |world: &mut World| {
        tell(
            world,
            20,
            "dispatcher",
            "asg-9",
            assign("inc-1", &["amb-2"]),
        );
        serde_json::to_value(world.get(&given::id("asg-9")).unwrap()).unwrap()["need_id"].clone()
    };
    let mut world = sent();
    assert_eq!(next_need(&mut world), Value::Null);
    for ends in [
        broken,
        reason("cancel_assignment", "assignment_id", "asg-1"),
    ] {
        let mut world = sent();
        tell(&mut world, 10, "dispatcher", "fresh", ends);
        assert_eq!(next_need(&mut world), "n1");
    }
}

#[test]
fn one_assignment_leaks_nothing_into_another() {
    let mut world = sent();
    tell(
        &mut world,
        0,
        "dispatcher",
        "asg-2",
        assign("inc-1", &["amb-2"]),
    );
    let before = world.clone();
    let moved = act_at(
        &mut world,
        10,
        "crew:amb-1",
        "fresh",
        report("asg-1", "departed", json!({})),
    );
    assert_eq!(
        moved
            .unwrap()
            .iter()
            .map(|id| id.as_str())
            .collect::<Vec<_>>(),
        ["asg-1", "amb-1"]
    );
    for id in ["asg-2", "amb-2", "inc-1"] {
        assert_eq!(world.get(&given::id(id)), before.get(&given::id(id)));
    }
}
