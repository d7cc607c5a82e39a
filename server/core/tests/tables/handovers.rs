//! Handovers: a desk with everything that is open on it.

use serde_json::{Value, json};

use crate::{
    cases::{on_duty, open_incident, tell},
    given::{
        Then::{Changed, Nothing, Refused},
        judge,
    },
};

fn hand_over(to: &str) -> Value {
    json!({"type": "hand_over", "to": to, "note": "平稳"})
}

#[test]
fn a_desk_is_handed_over() {
    let accept = |handover: &str| json!({"type": "accept_handover", "handover_id": handover});
    let offered = || {
        let mut world = on_duty();
        tell(
            &mut world,
            -20,
            "user:an",
            "fresh",
            open_incident("inc-a", "P3", false),
        );
        tell(&mut world, -10, "user:an", "han-1", hand_over("bo"));
        // What comes between offer and acceptance is taken over as well.
        tell(
            &mut world,
            -5,
            "user:an",
            "fresh",
            open_incident("inc-b", "P3", false),
        );
        world
    };
    judge(
        offered,
        vec![
            (
                "user:an",
                hand_over("user:bo"),
                Changed(&[(
                    "fresh-1",
                    r#"{"from": "user:an", "to": "user:bo", "incident_ids": ["inc-a", "inc-b"], "offered_at": "2026-09-21T14:13:30Z", "accepted_at": null}"#,
                )]),
            ),
            ("user:an", hand_over("an"), Refused("out_of_limits")),
            ("user:an", hand_over("user:an"), Refused("out_of_limits")),
            (
                "user:bo",
                accept("han-1"),
                Changed(&[
                    ("han-1", r#"{"accepted_at": "2026-09-21T14:13:30Z"}"#),
                    ("inc-a", r#"{"attended_by": "user:bo"}"#),
                    ("inc-b", r#"{"attended_by": "user:bo"}"#),
                ]),
            ),
            // What lies outside stays where it is.
            (
                "user:bo@140300",
                accept("han-1"),
                Changed(&[("han-1", r#"{}"#)]),
            ),
            ("user:chen", accept("han-1"), Refused("not_your_desk")),
            ("user:bo", accept("inc-a"), Refused("wrong_kind")),
            ("user:bo", accept("han-9"), Refused("not_found")),
            ("crew:amb-1", accept("han-1"), Refused("role_forbidden")),
        ],
    );
    let accepted = move || {
        let mut world = offered();
        tell(&mut world, 0, "user:bo", "fresh", accept("han-1"));
        world
    };
    judge(accepted, vec![("user:bo", accept("han-1"), Nothing)]);
}

#[test]
fn a_desk_has_its_limit() {
    let full = || {
        let mut world = on_duty();
        for number in 0..1_001 {
            tell(
                &mut world,
                0,
                "user:an",
                "fresh",
                open_incident(&format!("inc-x{number}"), "P4", false),
            );
        }
        world
    };
    judge(
        full,
        vec![("user:an", hand_over("bo"), Refused("out_of_limits"))],
    );
}
