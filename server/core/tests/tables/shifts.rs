//! Shifts: a crew takes over a unit and leaves it.

use serde_json::{Value, json};

use crate::{
    cases::{begin_shift, on_duty, sent, tell, with},
    given::{
        Then::{Changed, Nothing, Refused},
        judge,
    },
};

#[test]
fn a_crew_goes_on_duty() {
    let begin = |crew: usize, ends: Value| json!({"type": "begin_shift", "unit_id": "amb-3", "crew": vec![json!({"role": "driver", "staff": "d1"}); crew], "ends_at": ends});
    let set = |status: &str| json!({"type": "set_unit_status", "unit_id": "amb-3", "status": status, "reason": ""});
    let off = move || {
        let mut world = on_duty();
        tell(&mut world, 0, "dispatcher", "fresh", set("off_duty"));
        world
    };
    judge(
        off,
        vec![
            (
                "crew:amb-3",
                begin(2, Value::Null),
                Changed(&[
                    ("amb-3", r#"{"status": "available", "shift_id": "fresh-1"}"#),
                    (
                        "fresh-1",
                        r#"{"unit_id": "amb-3", "began_at": "2026-09-21T14:13:30Z", "overtime": false, "ended_at": null, "centre": "140600"}"#,
                    ),
                ]),
            ),
            (
                "crew:amb-3",
                begin(1, "2026-09-24T14:13:30Z".into()),
                Changed(&[
                    ("amb-3", r#"{}"#),
                    ("fresh-1", r#"{"ends_at": "2026-09-24T14:13:30Z"}"#),
                ]),
            ),
            // A phone that was offline tells it late.
            (
                "crew:amb-3",
                with(begin(1, Value::Null), json!({"at": "2026-09-21T14:13:25Z"})),
                Changed(&[
                    ("amb-3", r#"{"status_since": "2026-09-21T14:13:25Z"}"#),
                    ("fresh-1", r#"{"began_at": "2026-09-21T14:13:25Z"}"#),
                ]),
            ),
            (
                "crew:amb-3",
                with(begin(1, Value::Null), json!({"at": "2026-09-21T14:13:31Z"})),
                Refused("time_out_of_order"),
            ),
            (
                "crew:amb-3",
                with(begin(1, Value::Null), json!({"at": "2026-09-21T14:00:00Z"})),
                Changed(&[
                    ("amb-3", r#"{"status_since": "2026-09-21T14:13:20Z"}"#),
                    ("fresh-1", r#"{"began_at": "2026-09-21T14:13:20Z"}"#),
                ]),
            ),
            (
                "crew:amb-3",
                begin(1, "2026-09-24T14:13:31Z".into()),
                Refused("time_out_of_order"),
            ),
            (
                "crew:amb-3",
                begin(1, "2026-09-21T14:13:30Z".into()),
                Refused("time_out_of_order"),
            ),
            (
                "crew:amb-3",
                begin(0, Value::Null),
                Refused("out_of_limits"),
            ),
            (
                "crew:amb-3",
                begin(61, Value::Null),
                Refused("out_of_limits"),
            ),
            ("crew:amb-3", begin_shift("amb-1"), Refused("not_your_unit")),
            ("dispatcher", begin_shift("amb-1"), Refused("shift_open")),
            ("dispatcher", begin_shift("bed-1"), Refused("wrong_kind")),
            (
                "dispatcher@140300",
                begin(1, Value::Null),
                Refused("not_found"),
            ),
            ("bed_desk", begin(1, Value::Null), Refused("role_forbidden")),
        ],
    );
    let suspended = move || {
        let mut world = on_duty();
        tell(&mut world, 0, "dispatcher", "fresh", set("suspended"));
        world
    };
    judge(
        suspended,
        vec![(
            "crew:amb-3",
            begin(1, Value::Null),
            Changed(&[
                ("amb-3", r#"{"status": "suspended", "shift_id": "fresh-1"}"#),
                ("fresh-1", r#"{}"#),
            ]),
        )],
    );
}

#[test]
fn a_crew_goes_off_duty() {
    let end = |unit: &str| json!({"type": "end_shift", "unit_id": unit});
    judge(
        sent,
        vec![
            (
                "crew:amb-2",
                end("amb-2"),
                Changed(&[
                    ("amb-2", r#"{"status": "off_duty", "shift_id": null}"#),
                    (
                        "shf-2",
                        r#"{"ended_at": "2026-09-21T14:13:30Z", "ended_by": "crew"}"#,
                    ),
                ]),
            ),
            ("dispatcher", end("amb-1"), Refused("unit_assigned")),
            ("dispatcher", end("amb-3"), Nothing),
            ("dispatcher", end("inc-1"), Refused("wrong_kind")),
            ("crew:amb-2", end("amb-1"), Refused("not_your_unit")),
            // Who is set off duty has no crew either.
            (
                "dispatcher",
                json!({"type": "set_unit_status", "unit_id": "amb-2", "status": "off_duty", "reason": ""}),
                Changed(&[
                    ("amb-2", r#"{"shift_id": null}"#),
                    ("shf-2", r#"{"ended_by": "dispatcher"}"#),
                ]),
            ),
            (
                "administrator",
                json!({"type": "retire_resource", "id": "amb-2", "reason": ""}),
                Changed(&[
                    ("amb-2", r#"{"retired": true, "shift_id": null}"#),
                    ("shf-2", r#"{"ended_by": "administrator"}"#),
                ]),
            ),
        ],
    );
    let dirty = move || {
        let mut world = sent();
        let set = json!({"type": "set_unit_status", "unit_id": "amb-2", "status": "decontaminating", "reason": ""});
        tell(&mut world, 0, "dispatcher", "fresh", set);
        world
    };
    judge(
        dirty,
        vec![(
            "crew:amb-2",
            end("amb-2"),
            Changed(&[
                (
                    "amb-2",
                    r#"{"status": "decontaminating", "shift_id": null}"#,
                ),
                ("shf-2", r#"{}"#),
            ]),
        )],
    );
}

#[test]
fn a_unit_is_registered_with_its_crew() {
    let register = |crew: Value| {
        json!({"type": "register_resource", "resource": {"kind": "ambulance", "id": "amb-7", "name": "车", "plate": "7", "jurisdiction": "140602",
            "home_id": "sta-1", "class": "A", "crew": crew}})
    };
    judge(
        on_duty,
        vec![
            (
                "administrator",
                register(json!([{"role": "driver", "staff": "d7"}])),
                Changed(&[
                    (
                        "amb-7",
                        r#"{"version": 1, "status": "available", "shift_id": "fresh-1"}"#,
                    ),
                    ("fresh-1", r#"{"unit_id": "amb-7"}"#),
                ]),
            ),
            (
                "administrator",
                register(json!([])),
                Refused("out_of_limits"),
            ),
            (
                "administrator",
                json!({"type": "retire_resource", "id": "shf-1", "reason": ""}),
                Refused("wrong_kind"),
            ),
        ],
    );
}
