//! Stages taken back within a minute, and stages that a geofence proposes.

use serde_json::{Value, json};

use crate::{
    cases::{aboard_infectious, reason, report, sent, tell, transporting},
    given::{
        Then::{Changed, Nothing, Refused},
        judge,
    },
};

fn stage(stage: &str, more: Value) -> Value {
    report("asg-1", stage, more)
}

#[test]
fn a_stage_is_taken_back_within_a_minute() {
    let undo = reason("undo_stage", "assignment_id", "asg-1");
    judge(
        aboard_infectious,
        vec![(
            "crew:amb-1",
            undo.clone(),
            Changed(&[(
                "asg-1",
                r#"{"status": "arrived", "patient_aboard_at": null, "infectious": false}"#,
            )]),
        )],
    );
    judge(
        transporting,
        vec![(
            "dispatcher",
            undo.clone(),
            Changed(&[
                (
                    "asg-1",
                    r#"{"status": "patient_aboard", "left_scene_at": null}"#,
                ),
                ("amb-1", r#"{"status": "on_scene"}"#),
            ]),
        )],
    );
    judge(
        sent,
        vec![("crew:amb-1", undo.clone(), Refused("nothing_to_undo"))],
    );
    let acknowledged = |before: i64| {
        let mut world = sent();
        tell(
            &mut world,
            10 - before,
            "crew:amb-1",
            "fresh",
            stage("acknowledged", json!({})),
        );
        crate::given::act(&mut world, "crew:amb-1", undo.clone()).map(|changes| changes.len())
    };
    assert_eq!(acknowledged(60), Ok(1));
    assert_eq!(acknowledged(61), Err("too_late_to_undo".to_owned()));
}

#[test]
fn a_geofence_proposes_and_a_person_confirms() {
    let propose = |stage: &str, at: &str| json!({"type": "propose_stage", "assignment_id": "asg-1", "proposal": {"stage": stage, "at": at, "lon": 112.0, "lat": 39.0}});
    let mut nowhere = propose("acknowledged", "2026-09-21T14:13:10Z");
    (nowhere["proposal"]["lon"], nowhere["proposal"]["lat"]) = (0.into(), 0.into());
    let proposed = move || {
        let mut world = sent();
        tell(
            &mut world,
            0,
            "system",
            "fresh",
            propose("departed", "2026-09-21T14:13:00Z"),
        );
        world
    };
    judge(
        proposed,
        vec![
            (
                "system",
                propose("departed", "2026-09-21T14:13:10Z"),
                Nothing,
            ),
            ("system", propose("closed", "2026-09-21T14:13:10Z"), Nothing),
            (
                "system",
                propose("arrived", "2026-09-21T14:13:10Z"),
                Nothing,
            ),
            (
                "system",
                propose("acknowledged", "2026-09-21T14:13:31Z"),
                Nothing,
            ),
            (
                "system",
                propose("acknowledged", "2026-09-21T14:11:19Z"),
                Nothing,
            ),
            (
                "dispatcher",
                propose("departed", "2026-09-21T14:13:10Z"),
                Refused("role_forbidden"),
            ),
            ("system", nowhere, Refused("out_of_limits")),
            (
                "crew:amb-1",
                stage("departed", json!({"at": "2026-09-21T14:13:00Z"})),
                Changed(&[
                    (
                        "asg-1",
                        r#"{"proposal": null, "departed_at": "2026-09-21T14:13:00Z"}"#,
                    ),
                    ("amb-1", r#"{}"#),
                ]),
            ),
        ],
    );
    let source = |at: &str| {
        let mut world = proposed();
        tell(
            &mut world,
            10,
            "crew:amb-1",
            "fresh",
            stage("departed", json!({"at": at})),
        );
        let assignment =
            serde_json::to_value(world.get(&crate::given::id("asg-1")).unwrap()).unwrap();
        assignment["stamps"][1]["source"].clone()
    };
    assert_eq!(source("2026-09-21T14:13:00Z"), "automatic");
    assert_eq!(source("2026-09-21T14:13:05Z"), "manual");
    // What is undone takes the proposal of the next stage with it.
    let moved_on = || {
        let mut world = sent();
        tell(
            &mut world,
            0,
            "crew:amb-1",
            "fresh",
            stage("departed", json!({})),
        );
        let arrived = json!({"type": "propose_stage", "assignment_id": "asg-1",
            "proposal": {"stage": "arrived", "at": "2026-09-21T14:13:25Z", "lon": 112.0, "lat": 39.0}});
        tell(&mut world, 6, "system", "fresh", arrived);
        world
    };
    judge(
        moved_on,
        vec![(
            "crew:amb-1",
            reason("undo_stage", "assignment_id", "asg-1"),
            Changed(&[
                ("asg-1", r#"{"status": "assigned", "proposal": null}"#),
                ("amb-1", r#"{"status": "assigned"}"#),
            ]),
        )],
    );
}
