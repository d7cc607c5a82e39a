//! A limit on everything that grows, and that none of them locks anybody in.

use chiyuan_core::World;
use serde_json::{Value, json};

use crate::{
    cases::{assign, on_duty, reason, report, sent, tell, with},
    given::{
        self,
        Then::{Changed, Refused},
        judge,
    },
};

fn link(call: &str, incident: &str) -> Value {
    json!({"type": "link_call", "call_id": call, "incident_id": incident})
}

/// A thousand calls tell of inc-1, one of inc-2; cal-x tells of nothing yet.
fn a_thousand_calls() -> World {
    let mut world = on_duty();
    let names = (0..1_000).map(|number| (format!("cal-{number}"), "inc-1"));
    let others = [("cal-2x".to_owned(), "inc-2"), ("cal-x".to_owned(), "")];
    for (call, incident) in names.chain(others) {
        let step = |verb: &str| json!({"type": verb, "call_id": call, "jurisdiction": "140602"});
        tell(&mut world, 0, "device", "fresh", step("receive_call"));
        let answer = json!({"type": "answer_call", "call_id": call});
        tell(&mut world, 0, "device", "fresh", answer);
        if !incident.is_empty() {
            tell(&mut world, 0, "dispatcher", "fresh", link(&call, incident));
        }
    }
    world
}

#[test]
fn an_incident_has_a_thousand_calls() {
    let merge = with(
        reason("merge_incidents", "incident_id", "inc-2"),
        json!({"into_incident_id": "inc-1"}),
    );
    judge(
        a_thousand_calls,
        vec![
            (
                "dispatcher",
                link("cal-x", "inc-1"),
                Refused("out_of_limits"),
            ),
            ("dispatcher", merge, Refused("out_of_limits")),
            (
                "dispatcher",
                link("cal-x", "inc-2"),
                Changed(&[("inc-2", "{}"), ("cal-x", "{}")]),
            ),
        ],
    );
}

#[test]
fn an_incident_has_two_thousand_assignments() {
    let full = || {
        let mut world = on_duty();
        for number in 0..2_000 {
            let id = format!("asg-{number}");
            tell(
                &mut world,
                0,
                "dispatcher",
                &id,
                assign("inc-1", &["amb-1"]),
            );
            tell(
                &mut world,
                0,
                "dispatcher",
                "fresh",
                reason("cancel_assignment", "assignment_id", &id),
            );
        }
        tell(
            &mut world,
            0,
            "dispatcher",
            "asg-3x",
            assign("inc-3", &["amb-1"]),
        );
        world
    };
    let divert = with(
        reason("divert_assignment", "assignment_id", "asg-3x"),
        json!({"incident_id": "inc-1"}),
    );
    judge(
        full,
        vec![
            (
                "dispatcher",
                assign("inc-1", &["amb-2"]),
                Refused("out_of_limits"),
            ),
            ("dispatcher", divert, Refused("out_of_limits")),
        ],
    );
}

#[test]
fn an_assignment_can_always_go_on_and_end() {
    let mut world = sent();
    let acknowledge = report("asg-1", "acknowledged", json!({}));
    let undo = reason("undo_stage", "assignment_id", "asg-1");
    let undone = (0..300).take_while(|_| {
        tell(&mut world, 0, "crew:amb-1", "fresh", acknowledge.clone());
        given::act_at(&mut world, 0, "crew:amb-1", "fresh", undo.clone()).is_ok()
    });
    assert_eq!(undone.count(), 198);
    judge(
        move || world.clone(),
        vec![
            ("crew:amb-1", undo, Refused("out_of_limits")),
            (
                "crew:amb-1",
                report("asg-1", "departed", json!({})),
                Changed(&[("asg-1", r#"{"status": "departed"}"#), ("amb-1", "{}")]),
            ),
            (
                "dispatcher",
                reason("cancel_assignment", "assignment_id", "asg-1"),
                Changed(&[("asg-1", r#"{"status": "cancelled"}"#), ("amb-1", "{}")]),
            ),
        ],
    );
}

#[test]
fn the_id_of_a_need_is_never_given_twice() {
    let mut world = on_duty();
    let update =
        |needs: Value| json!({"type": "update_incident", "incident_id": "inc-1", "needs": needs});
    tell(
        &mut world,
        0,
        "dispatcher",
        "fresh",
        update(json!([{"kind": "ambulance"}, {"kind": "team"}])),
    );
    tell(
        &mut world,
        0,
        "dispatcher",
        "asg-1",
        assign("inc-1", &["tea-1"]),
    );
    tell(
        &mut world,
        0,
        "dispatcher",
        "fresh",
        update(json!([{"kind": "ambulance"}])),
    );
    // n2 was the team's, which is still on its way.
    judge(
        move || world.clone(),
        vec![(
            "dispatcher",
            update(json!([{"kind": "ambulance"}, {"kind": "special_vehicle"}])),
            Changed(&[(
                "inc-1",
                r#"{"needs": [{"id": "n1", "kind": "ambulance", "class": null, "capability": null, "count": 1},
                {"id": "n3", "kind": "special_vehicle", "class": null, "capability": null, "count": 1}]}"#,
            )]),
        )],
    );
}
