//! Incidents: opened, changed, held, resumed, reinforced, merged, closed.

use serde_json::{Value, json};

use crate::{
    cases::{on_duty, reason, sent, tell, with},
    given::{
        Then::{Changed, Nothing, Refused},
        judge,
    },
};

#[test]
fn an_incident_is_updated() {
    let update = |fields: Value| {
        with(
            json!({"type": "update_incident", "incident_id": "inc-1"}),
            fields,
        )
    };
    judge(
        on_duty,
        vec![
            (
                "dispatcher",
                update(json!({"priority": "P1", "based_on_version": 1})),
                Changed(&[("inc-1", r#"{"priority": "P1", "version": 2}"#)]),
            ),
            ("dispatcher", update(json!({"priority": "P2"})), Nothing),
            (
                "dispatcher",
                update(json!({"needs": [{"kind": "team"}, {"kind": "ambulance", "count": 2}]})),
                Changed(&[(
                    "inc-1",
                    r#"{"needs": [{"id": "n2", "kind": "team", "class": null, "capability": null, "count": 1},
                    {"id": "n1", "kind": "ambulance", "class": null, "capability": null, "count": 2}]}"#,
                )]),
            ),
            (
                "dispatcher",
                update(json!({"based_on_version": 2})),
                Refused("version_changed"),
            ),
            (
                "dispatcher",
                update(json!({"lon": 112.0})),
                Refused("out_of_limits"),
            ),
            (
                "dispatcher",
                update(json!({"patients": 100_001})),
                Refused("out_of_limits"),
            ),
            (
                "dispatcher",
                update(json!({"incident_id": "inc-closed"})),
                Refused("incident_closed"),
            ),
            (
                "dispatcher",
                update(json!({"incident_id": "amb-1"})),
                Refused("wrong_kind"),
            ),
            (
                "commander@140300",
                update(json!({"priority": "P1"})),
                Refused("not_found"),
            ),
        ],
    );
}

#[test]
fn an_incident_waits_and_wakes() {
    let hold = |incident: &str, until: Value| {
        with(
            reason("hold_incident", "incident_id", incident),
            json!({"until": until}),
        )
    };
    let resume = |incident: &str| json!({"type": "resume_incident", "incident_id": incident});
    let held = || {
        let mut world = sent();
        tell(
            &mut world,
            0,
            "dispatcher",
            "fresh",
            reason("hold_incident", "incident_id", "inc-2"),
        );
        world
    };
    judge(
        held,
        vec![
            (
                "dispatcher",
                hold("inc-3", "2026-09-21T14:30:00Z".into()),
                Changed(&[(
                    "inc-3",
                    r#"{"status": "held", "held_at": "2026-09-21T14:13:30Z", "held_until": "2026-09-21T14:30:00Z", "acceptance": "held"}"#,
                )]),
            ),
            // Held longer: since when stays.
            (
                "dispatcher",
                hold("inc-2", Value::Null),
                Changed(&[("inc-2", r#"{"held_at": "2026-09-21T14:13:20Z"}"#)]),
            ),
            (
                "dispatcher",
                hold("inc-3", "2026-09-21T14:13:30Z".into()),
                Refused("time_out_of_order"),
            ),
            (
                "dispatcher",
                hold("inc-1", Value::Null),
                Refused("assignments_open"),
            ),
            (
                "dispatcher",
                hold("inc-closed", Value::Null),
                Refused("incident_closed"),
            ),
            (
                "dispatcher",
                resume("inc-2"),
                Changed(&[(
                    "inc-2",
                    r#"{"status": "open", "held_at": null, "held_reason": null, "held_s": 10}"#,
                )]),
            ),
            ("dispatcher", resume("inc-3"), Nothing),
        ],
    );
}

#[test]
fn more_is_wanted() {
    let reinforce = |needs: Value| {
        with(
            reason("reinforce_incident", "incident_id", "inc-1"),
            json!({"needs": needs}),
        )
    };
    judge(
        on_duty,
        vec![
            (
                "dispatcher",
                reinforce(json!([{"kind": "team", "count": 2}])),
                Changed(&[(
                    "inc-1",
                    r#"{"acceptance": "reinforcement", "needs": [{"id": "n1", "kind": "ambulance", "class": null, "capability": null, "count": 1},
                    {"id": "n2", "kind": "team", "class": null, "capability": null, "count": 2}]}"#,
                )]),
            ),
            ("dispatcher", reinforce(json!([])), Refused("out_of_limits")),
            (
                "dispatcher",
                reinforce(json!([{"kind": "item"}])),
                Refused("out_of_limits"),
            ),
        ],
    );
}

#[test]
fn an_incident_is_merged_and_closed() {
    let merge = |from: &str, into: &str| {
        with(
            reason("merge_incidents", "incident_id", from),
            json!({"into_incident_id": into}),
        )
    };
    let close = |incident: &str| json!({"type": "close_incident", "incident_id": incident, "outcome": "completed"});
    let reserved = || {
        let mut world = sent();
        let reserve = json!({"type": "reserve_unit", "unit_id": "amb-2", "incident_id": "inc-3"});
        tell(&mut world, 0, "dispatcher", "fresh", reserve);
        world
    };
    judge(
        reserved,
        vec![
            (
                "dispatcher",
                merge("inc-3", "inc-1"),
                Changed(&[
                    (
                        "inc-3",
                        r#"{"status": "closed", "outcome": "merged", "merged_into": "inc-1", "merge_reason": "说明", "held_reason": null}"#,
                    ),
                    ("inc-1", r#"{"status": "open"}"#),
                    ("amb-2", r#"{"reserved_for": null, "reserved_until": null}"#),
                ]),
            ),
            (
                "dispatcher",
                merge("inc-3", "inc-3"),
                Refused("out_of_limits"),
            ),
            (
                "dispatcher",
                merge("inc-1", "inc-3"),
                Refused("assignments_open"),
            ),
            (
                "dispatcher",
                merge("inc-closed", "inc-1"),
                Refused("incident_closed"),
            ),
            (
                "dispatcher",
                merge("inc-3", "inc-closed"),
                Refused("incident_closed"),
            ),
            (
                "dispatcher",
                close("inc-3"),
                Changed(&[
                    (
                        "inc-3",
                        r#"{"status": "closed", "closed_at": "2026-09-21T14:13:30Z", "closed_by": "dispatcher", "outcome": "completed"}"#,
                    ),
                    ("amb-2", r#"{"reserved_for": null}"#),
                ]),
            ),
            ("dispatcher", close("inc-1"), Refused("assignments_open")),
            (
                "dispatcher",
                close("inc-closed"),
                Refused("incident_closed"),
            ),
            ("crew:amb-1", close("inc-3"), Refused("role_forbidden")),
        ],
    );
}

#[test]
fn an_incident_lies_on_a_desk_and_has_notes() {
    let attend =
        |leave: bool| json!({"type": "attend_incident", "incident_id": "inc-1", "leave": leave});
    let full = || {
        let mut world = on_duty();
        let note = json!({"type": "add_note", "incident_id": "inc-3"});
        for _ in 0..500 {
            tell(&mut world, 0, "dispatcher", "fresh", note.clone());
        }
        world
    };
    let note =
        |incident: &str| json!({"type": "add_note", "incident_id": incident, "text": "围观者多"});
    judge(
        full,
        vec![
            (
                "user:bo",
                attend(false),
                Changed(&[("inc-1", r#"{"attended_by": "user:bo"}"#)]),
            ),
            ("dispatcher", attend(false), Nothing),
            (
                "dispatcher",
                attend(true),
                Changed(&[("inc-1", r#"{"attended_by": null}"#)]),
            ),
            ("user:bo", attend(true), Nothing),
            // Also afterwards something may be worth a note.
            (
                "dispatcher",
                note("inc-closed"),
                Changed(&[("inc-closed", r#"{"version": 3}"#)]),
            ),
            ("dispatcher", note("inc-3"), Refused("out_of_limits")),
        ],
    );
}
