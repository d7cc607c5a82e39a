//! Care records: one for each assignment with patient contact.

use serde_json::{Value, json};

use crate::{
    cases::{aboard, sent, tell},
    given::{
        Then::{Changed, Refused},
        judge,
    },
};

fn write(assignment: &str, more: Value) -> Value {
    let mut record = json!({"type": "write_care_record", "assignment_id": assignment, "severity": "critical", "measures": ["cpr", "ecg"]});
    for (field, value) in more.as_object().unwrap() {
        record[field] = value.clone();
    }
    record
}

#[test]
fn a_record_is_written_and_written_anew() {
    judge(
        aboard,
        vec![
            (
                "crew:amb-1",
                write("asg-1", json!({})),
                Changed(&[
                    ("asg-1", r#"{"care_record_id": "fresh-1"}"#),
                    (
                        "fresh-1",
                        r#"{"version": 1, "severity": "critical", "measures": ["cpr", "ecg"], "incident_id": "inc-1", "unit_id": "amb-1",
                    "assignment_id": "asg-1", "written_by": "crew", "written_at": "2026-09-21T14:13:30Z", "private": null}"#,
                    ),
                ]),
            ),
            (
                "crew:amb-1",
                write("asg-1", json!({"measures": vec!["ecg"; 65]})),
                Refused("out_of_limits"),
            ),
            (
                "crew:amb-2",
                write("asg-1", json!({})),
                Refused("not_your_unit"),
            ),
            (
                "crew:amb-1",
                write("inc-1", json!({})),
                Refused("wrong_kind"),
            ),
            (
                "dispatcher@140300",
                write("asg-1", json!({})),
                Refused("not_found"),
            ),
            (
                "bed_desk",
                write("asg-1", json!({})),
                Refused("role_forbidden"),
            ),
        ],
    );
    judge(
        sent,
        vec![(
            "crew:amb-1",
            write("asg-1", json!({})),
            Refused("stage_not_next"),
        )],
    );
    let written = || {
        let mut world = aboard();
        let private = json!({"private": {"id": "prv-1", "commitment": "c0ffee"}});
        tell(
            &mut world,
            0,
            "crew:amb-1",
            "rec-1",
            write("asg-1", private),
        );
        let closed = crate::cases::report("asg-1", "closed", json!({"result": "completed"}));
        tell(&mut world, 5, "crew:amb-1", "fresh", closed);
        world
    };
    // Also after the end; what is personal stays unless it is written anew.
    judge(
        written,
        vec![(
            "crew:amb-1",
            write(
                "asg-1",
                json!({"severity": "mild", "patient_outcome": "transported"}),
            ),
            Changed(&[(
                "rec-1",
                r#"{"version": 2, "severity": "mild", "patient_outcome": "transported", "private": {"id": "prv-1", "commitment": "c0ffee"}}"#,
            )]),
        )],
    );
}
