//! Calls: from ring to the end of call-taking, abandoned, linked.

use chiyuan_core::World;
use serde_json::{Value, json};

use crate::{
    cases::{on_duty, tell},
    given::{
        Then::{Changed, Nothing, Refused},
        judge,
    },
};

fn step(verb: &str, call: &str) -> Value {
    json!({"type": verb, "call_id": call})
}

/// cal-ring rings, cal-taken is being taken and tells of nothing yet, cal-1 tells of inc-1, cal-far rings in 140300,
/// cal-nowhere nobody knows where.
fn calls() -> World {
    let mut world = on_duty();
    for (id, place) in [
        ("cal-ring", "140602"),
        ("cal-taken", "140602"),
        ("cal-1", "140602"),
        ("cal-far", "140300"),
    ] {
        let receive = json!({"type": "receive_call", "call_id": id, "jurisdiction": place});
        tell(&mut world, -30, "device", "fresh", receive);
    }
    let nowhere = json!({"type": "receive_call", "call_id": "cal-nowhere"});
    tell(&mut world, -30, "device", "fresh", nowhere);
    for id in ["cal-taken", "cal-1"] {
        tell(
            &mut world,
            -25,
            "user:an@140602",
            "fresh",
            step("answer_call", id),
        );
        tell(
            &mut world,
            -20,
            "user:an@140602",
            "fresh",
            step("begin_call_taking", id),
        );
    }
    let link = json!({"type": "link_call", "call_id": "cal-1", "incident_id": "inc-1"});
    tell(&mut world, -10, "dispatcher", "fresh", link);
    world
}

#[test]
fn a_call_is_received() {
    let receive = |fields: Value| {
        let mut command = json!({"type": "receive_call"});
        for (field, value) in fields.as_object().unwrap() {
            command[field] = value.clone();
        }
        command
    };
    judge(
        calls,
        vec![
            (
                "device",
                receive(json!({})),
                Changed(&[(
                    "fresh-1",
                    r#"{"status": "ringing", "line": "120", "received_at": "2026-09-21T14:13:30Z", "centre": "000000", "jurisdiction": null}"#,
                )]),
            ),
            (
                "dispatcher",
                receive(json!({"lon": 112.2, "lat": 39.2})),
                Changed(&[(
                    "fresh-1",
                    r#"{"jurisdiction": "140602", "centre": "140600"}"#,
                )]),
            ),
            (
                "device",
                receive(json!({"at": "2026-09-21T14:03:30Z"})),
                Changed(&[("fresh-1", r#"{"received_at": "2026-09-21T14:03:30Z"}"#)]),
            ),
            (
                "device",
                receive(json!({"at": "2026-09-21T14:03:29.999Z"})),
                Refused("time_out_of_order"),
            ),
            (
                "device",
                receive(json!({"at": "2026-09-21T14:13:30.001Z"})),
                Refused("time_out_of_order"),
            ),
            (
                "device",
                receive(json!({"lon": 112.2})),
                Refused("out_of_limits"),
            ),
            (
                "device",
                receive(json!({"lon": 0.0, "lat": 0.0})),
                Refused("out_of_limits"),
            ),
            (
                "device",
                receive(json!({"jurisdiction": "999999"})),
                Refused("unknown_reference"),
            ),
            (
                "device",
                receive(json!({"call_id": "cal-1"})),
                Refused("id_taken"),
            ),
            (
                "device",
                receive(json!({"call_id": "clock"})),
                Refused("out_of_limits"),
            ),
            (
                "dispatcher@140300",
                receive(json!({"jurisdiction": "140602"})),
                Refused("outside_jurisdiction"),
            ),
            ("crew:amb-1", receive(json!({})), Refused("role_forbidden")),
        ],
    );
}

#[test]
fn a_call_goes_step_by_step() {
    let ended = |call: &str, acceptance: Value| json!({"type": "end_call_taking", "call_id": call, "acceptance": acceptance});
    judge(
        calls,
        vec![
            // What lies nowhere yet is everybody's.
            (
                "user:bo@140300",
                step("answer_call", "cal-nowhere"),
                Changed(&[(
                    "cal-nowhere",
                    r#"{"answered_by": "user:bo", "centre": "000000"}"#,
                )]),
            ),
            (
                "user:bo@140602",
                step("answer_call", "cal-ring"),
                Changed(&[(
                    "cal-ring",
                    r#"{"status": "answered", "answered_at": "2026-09-21T14:13:30Z", "answered_by": "user:bo"}"#,
                )]),
            ),
            (
                "dispatcher",
                step("answer_call", "cal-taken"),
                Refused("call_stage"),
            ),
            (
                "dispatcher",
                step("begin_call_taking", "cal-ring"),
                Refused("call_stage"),
            ),
            (
                "dispatcher",
                step("abandon_call", "cal-ring"),
                Changed(&[("cal-ring", r#"{"status": "abandoned"}"#)]),
            ),
            (
                "dispatcher",
                step("abandon_call", "cal-taken"),
                Refused("call_stage"),
            ),
            (
                "dispatcher",
                ended("cal-taken", Value::Null),
                Changed(&[(
                    "cal-taken",
                    r#"{"status": "ended", "acceptance": "refused", "call_taking_ended_at": "2026-09-21T14:13:30Z"}"#,
                )]),
            ),
            (
                "dispatcher",
                ended("cal-1", Value::Null),
                Changed(&[("cal-1", r#"{"acceptance": "normal"}"#)]),
            ),
            (
                "dispatcher",
                ended("cal-1", "no_vehicle".into()),
                Changed(&[("cal-1", r#"{"acceptance": "no_vehicle"}"#)]),
            ),
            (
                "dispatcher",
                ended("cal-ring", Value::Null),
                Refused("call_stage"),
            ),
            (
                "dispatcher",
                step("answer_call", "inc-1"),
                Refused("wrong_kind"),
            ),
            (
                "dispatcher@140300",
                step("answer_call", "cal-ring"),
                Refused("not_found"),
            ),
            (
                "dispatcher@140600",
                step("answer_call", "cal-far"),
                Refused("not_found"),
            ),
            (
                "device",
                step("begin_call_taking", "cal-ring"),
                Refused("role_forbidden"),
            ),
        ],
    );
}

#[test]
fn a_call_tells_of_an_incident() {
    let link = |call: &str, incident: &str| json!({"type": "link_call", "call_id": call, "incident_id": incident});
    judge(
        calls,
        vec![
            (
                "dispatcher",
                link("cal-taken", "inc-1"),
                Changed(&[
                    ("inc-1", r#"{"call_ids": ["cal-1", "cal-taken"]}"#),
                    ("cal-taken", r#"{"incident_id": "inc-1"}"#),
                ]),
            ),
            ("dispatcher", link("cal-1", "inc-1"), Nothing),
            ("dispatcher", link("cal-1", "inc-2"), Refused("call_linked")),
            (
                "dispatcher",
                link("cal-ring", "inc-1"),
                Refused("call_stage"),
            ),
            (
                "dispatcher",
                link("cal-taken", "inc-closed"),
                Refused("incident_closed"),
            ),
            ("dispatcher", link("inc-1", "inc-2"), Refused("wrong_kind")),
            (
                "dispatcher",
                link("cal-taken", "cal-1"),
                Refused("wrong_kind"),
            ),
            (
                "dispatcher",
                step("unlink_call", "cal-1"),
                Changed(&[
                    ("inc-1", r#"{"call_ids": []}"#),
                    ("cal-1", r#"{"incident_id": null}"#),
                ]),
            ),
            ("dispatcher", step("unlink_call", "cal-taken"), Nothing),
        ],
    );
}
