//! Progress of an assignment: stages, undone stages, destinations, results.

use serde_json::{Value, json};

use crate::{
    cases::{aboard, aboard_infectious, assign, on_duty, reason, report, sent, tell, transporting},
    given::{
        Then::{Changed, Nothing, Refused},
        judge,
    },
};

fn stage(stage: &str, more: Value) -> Value {
    report("asg-1", stage, more)
}

#[test]
fn stages_follow_the_table() {
    judge(
        sent,
        vec![
            (
                "crew:amb-1",
                json!({"type": "acknowledge_assignment", "assignment_id": "asg-1"}),
                Changed(&[(
                    "asg-1",
                    r#"{"status": "acknowledged", "acknowledged_at": "2026-09-21T14:13:30Z"}"#,
                )]),
            ),
            // A button that was not pressed is skipped.
            (
                "crew:amb-1",
                stage("departed", json!({"at": "2026-09-21T14:13:00Z"})),
                Changed(&[
                    (
                        "asg-1",
                        r#"{"status": "departed", "departed_at": "2026-09-21T14:13:00Z", "acknowledged_at": null}"#,
                    ),
                    (
                        "amb-1",
                        r#"{"status": "en_route", "status_since": "2026-09-21T14:13:30Z"}"#,
                    ),
                ]),
            ),
            (
                "crew:amb-1",
                stage("departed", json!({"at": "2026-09-21T14:11:19Z"})),
                Refused("time_out_of_order"),
            ),
            (
                "crew:amb-1",
                stage("departed", json!({"at": "2026-09-21T14:13:31Z"})),
                Refused("time_out_of_order"),
            ),
            (
                "crew:amb-1",
                stage("departed", json!({"result": "completed"})),
                Refused("out_of_limits"),
            ),
            (
                "crew:amb-1",
                stage("arrived", json!({})),
                Refused("stage_not_next"),
            ),
            (
                "crew:amb-1",
                stage("assigned", json!({})),
                Refused("stage_not_next"),
            ),
            (
                "crew:amb-1",
                stage("cancelled", json!({})),
                Refused("stage_not_next"),
            ),
            (
                "crew:amb-1",
                stage("closed", json!({"result": "aborted"})),
                Refused("stage_not_next"),
            ),
            (
                "crew:amb-2",
                stage("departed", json!({})),
                Refused("not_your_unit"),
            ),
            (
                "dispatcher@140600",
                stage("departed", json!({})),
                Changed(&[("asg-1", r#"{}"#), ("amb-1", r#"{}"#)]),
            ),
            (
                "dispatcher@140300",
                stage("departed", json!({})),
                Refused("not_found"),
            ),
            (
                "observer",
                stage("departed", json!({})),
                Refused("role_forbidden"),
            ),
            (
                "crew:amb-1",
                report("inc-1", "departed", json!({})),
                Refused("wrong_kind"),
            ),
            // While assigned, a unit follows its assignment.
            (
                "dispatcher",
                json!({"type": "set_unit_status", "unit_id": "amb-1", "status": "available", "reason": ""}),
                Refused("unit_assigned"),
            ),
            (
                "administrator",
                json!({"type": "retire_resource", "id": "amb-1", "reason": ""}),
                Refused("still_referenced"),
            ),
        ],
    );
}

#[test]
fn leaving_with_a_patient_needs_a_destination() {
    judge(
        aboard,
        vec![
            (
                "crew:amb-1",
                stage("left_scene", json!({})),
                Refused("destination_needed"),
            ),
            (
                "crew:amb-1",
                stage("at_hospital", json!({})),
                Refused("destination_needed"),
            ),
            (
                "crew:amb-1",
                stage("left_scene", json!({"destination_id": "fac-1"})),
                Changed(&[
                    (
                        "asg-1",
                        r#"{"status": "left_scene", "destination_id": "fac-1"}"#,
                    ),
                    ("amb-1", r#"{"status": "transporting"}"#),
                ]),
            ),
            (
                "crew:amb-1",
                stage("at_hospital", json!({"destination_id": "fac-1"})),
                Changed(&[
                    ("asg-1", r#"{"left_scene_at": null}"#),
                    ("amb-1", r#"{"status": "at_hospital"}"#),
                ]),
            ),
            (
                "crew:amb-1",
                stage("left_scene", json!({"destination_id": "sta-1"})),
                Refused("wrong_kind"),
            ),
            (
                "crew:amb-1",
                stage("left_scene", json!({"destination_id": "fac-9"})),
                Refused("not_found"),
            ),
            (
                "crew:amb-1",
                stage("handed_over", json!({})),
                Refused("stage_not_next"),
            ),
        ],
    );
}

#[test]
fn a_destination_is_told_until_the_patient_has_arrived() {
    let to = |facility: &str| json!({"type": "set_destination", "assignment_id": "asg-1", "facility_id": facility});
    judge(
        transporting,
        vec![
            ("crew:amb-1", to("fac-1"), Nothing),
            ("crew:amb-1", to("amb-1"), Refused("wrong_kind")),
            ("dispatcher", to("fac-9"), Refused("not_found")),
        ],
    );
    judge(
        sent,
        vec![(
            "dispatcher",
            to("fac-1"),
            Changed(&[(
                "asg-1",
                r#"{"destination_id": "fac-1", "status": "assigned"}"#,
            )]),
        )],
    );
    let arrived = || {
        let mut world = transporting();
        tell(
            &mut world,
            5,
            "crew:amb-1",
            "fresh",
            stage("at_hospital", json!({})),
        );
        world
    };
    judge(
        arrived,
        vec![
            ("dispatcher", to("fac-1"), Refused("stage_not_next")),
            (
                "crew:amb-1",
                stage("handed_over", json!({"destination_id": "fac-1"})),
                Refused("stage_not_next"),
            ),
            (
                "crew:amb-1",
                stage("handed_over", json!({})),
                Changed(&[("asg-1", r#"{"status": "handed_over"}"#)]),
            ),
        ],
    );
    let team = || {
        let mut world = on_duty();
        tell(
            &mut world,
            -120,
            "dispatcher",
            "asg-1",
            assign("inc-1", &["tea-1"]),
        );
        world
    };
    judge(
        team,
        vec![
            ("dispatcher", to("fac-1"), Refused("stage_not_next")),
            (
                "dispatcher",
                stage("acknowledged", json!({"destination_id": "fac-1"})),
                Refused("stage_not_next"),
            ),
        ],
    );
}

#[test]
fn closing_before_the_end_needs_a_result() {
    judge(
        aboard,
        vec![
            (
                "crew:amb-1",
                stage("closed", json!({})),
                Refused("result_needed"),
            ),
            (
                "crew:amb-1",
                stage("closed", json!({"result": "died_on_scene"})),
                Changed(&[
                    (
                        "asg-1",
                        r#"{"status": "closed", "result": "died_on_scene", "ended_at": "2026-09-21T14:13:30Z"}"#,
                    ),
                    ("amb-1", r#"{"status": "available", "assignment_id": null}"#),
                ]),
            ),
        ],
    );
    let done = || {
        let mut world = transporting();
        tell(
            &mut world,
            5,
            "crew:amb-1",
            "fresh",
            stage("at_hospital", json!({})),
        );
        tell(
            &mut world,
            6,
            "crew:amb-1",
            "fresh",
            stage("handed_over", json!({})),
        );
        world
    };
    judge(
        done,
        vec![(
            "crew:amb-1",
            stage("closed", json!({})),
            Changed(&[
                ("asg-1", r#"{"result": "completed"}"#),
                ("amb-1", r#"{"status": "available"}"#),
            ]),
        )],
    );
    // An ambulance that leaves without a patient says why.
    let left = || {
        let mut world = sent();
        for (second, step) in ["departed", "arrived", "left_scene"]
            .into_iter()
            .enumerate()
        {
            let second = i64::try_from(second).unwrap();
            tell(
                &mut world,
                second,
                "crew:amb-1",
                "fresh",
                stage(step, json!({})),
            );
        }
        world
    };
    judge(
        left,
        vec![
            (
                "crew:amb-1",
                stage("closed", json!({})),
                Refused("result_needed"),
            ),
            (
                "crew:amb-1",
                stage("closed", json!({"result": "empty_run"})),
                Changed(&[
                    ("asg-1", r#"{"result": "empty_run"}"#),
                    ("amb-1", r#"{"status": "available"}"#),
                ]),
            ),
        ],
    );
    let over = move || {
        let mut world = aboard();
        tell(
            &mut world,
            5,
            "crew:amb-1",
            "fresh",
            stage("closed", json!({"result": "refused"})),
        );
        world
    };
    judge(
        over,
        vec![
            (
                "crew:amb-1",
                stage("closed", json!({"result": "refused"})),
                Refused("assignment_ended"),
            ),
            (
                "dispatcher",
                reason("cancel_assignment", "assignment_id", "asg-1"),
                Refused("assignment_ended"),
            ),
            (
                "dispatcher",
                reason("undo_stage", "assignment_id", "asg-1"),
                Refused("assignment_ended"),
            ),
        ],
    );
}

#[test]
fn who_carried_an_infectious_patient_is_decontaminated() {
    judge(
        aboard_infectious,
        vec![(
            "crew:amb-1",
            stage("closed", json!({"result": "completed"})),
            Changed(&[
                ("asg-1", r#"{"infectious": true}"#),
                ("amb-1", r#"{"status": "decontaminating"}"#),
            ]),
        )],
    );
    // The suspicion may come while the patient is aboard.
    let suspected = || {
        let mut world = transporting();
        let update = json!({"type": "update_incident", "incident_id": "inc-1", "infectious": true});
        tell(&mut world, 5, "dispatcher", "fresh", update);
        world
    };
    judge(
        suspected,
        vec![
            (
                "crew:amb-1",
                stage("closed", json!({"result": "completed"})),
                Changed(&[
                    ("asg-1", r#"{"infectious": true}"#),
                    ("amb-1", r#"{"status": "decontaminating"}"#),
                ]),
            ),
            (
                "crew:amb-1",
                reason("report_breakdown", "assignment_id", "asg-1"),
                Changed(&[
                    ("asg-1", r#"{"infectious": true}"#),
                    ("amb-1", r#"{"status": "decontaminating"}"#),
                ]),
            ),
        ],
    );
}
