//! Assignments: units are sent, diverted, called back, break down.

use serde_json::{Value, json};

use crate::{
    cases::{assign, on_duty, sent, tell, with},
    given::{
        self,
        Then::{Changed, Nothing, Refused},
        act_at, judge,
    },
};

#[test]
fn units_are_sent_all_or_none() {
    judge(
        on_duty,
        vec![
            (
                "user:an@140602",
                assign("inc-1", &["amb-1"]),
                Changed(&[
                    ("inc-1", r#"{"assignment_ids": ["fresh-1"], "version": 2}"#),
                    (
                        "amb-1",
                        r#"{"status": "assigned", "assignment_id": "fresh-1", "status_since": "2026-09-21T14:13:30Z"}"#,
                    ),
                    (
                        "fresh-1",
                        r#"{"status": "assigned", "unit_id": "amb-1", "incident_id": "inc-1", "need_id": "n1", "shift_id": "shf-1",
                    "assigned_by": "user:an", "assigned_at": "2026-09-21T14:13:30Z", "carries_patients": true, "infectious": false}"#,
                    ),
                ]),
            ),
            // Several at once; the second fits no need that is open.
            (
                "dispatcher",
                assign("inc-1", &["amb-2", "amb-1"]),
                Changed(&[
                    ("inc-1", r#"{"assignment_ids": ["fresh-1", "fresh-1-2"]}"#),
                    ("amb-2", r#"{"assignment_id": "fresh-1"}"#),
                    ("fresh-1", r#"{"need_id": "n1"}"#),
                    ("amb-1", r#"{"assignment_id": "fresh-1-2"}"#),
                    ("fresh-1-2", r#"{"need_id": null}"#),
                ]),
            ),
            // A team is its own crew and carries nobody.
            (
                "dispatcher",
                assign("inc-1", &["tea-1"]),
                Changed(&[
                    ("inc-1", r#"{}"#),
                    ("tea-1", r#"{"status": "assigned", "shift_id": null}"#),
                    ("fresh-1", r#"{"carries_patients": false}"#),
                ]),
            ),
            (
                "dispatcher",
                with(
                    assign("inc-1", &["amb-1"]),
                    json!({"based_on_version": 1, "need_id": "n1"}),
                ),
                Changed(&[
                    ("inc-1", r#"{}"#),
                    ("amb-1", r#"{}"#),
                    ("fresh-1", r#"{"need_id": "n1"}"#),
                ]),
            ),
            (
                "dispatcher",
                with(assign("inc-1", &["amb-1"]), json!({"based_on_version": 2})),
                Refused("version_changed"),
            ),
            (
                "dispatcher",
                with(assign("inc-1", &["amb-1"]), json!({"need_id": "n2"})),
                Refused("unknown_reference"),
            ),
            (
                "dispatcher",
                assign("inc-1", &["amb-1", "amb-3"]),
                Refused("no_crew"),
            ),
            (
                "dispatcher",
                assign("inc-1", &["amb-1", "amb-9"]),
                Refused("not_found"),
            ),
            (
                "dispatcher",
                assign("inc-1", &["amb-1", "amb-retired"]),
                Refused("retired"),
            ),
            (
                "dispatcher",
                assign("inc-1", &["amb-1", "amb-1"]),
                Refused("out_of_limits"),
            ),
            ("dispatcher", assign("inc-1", &[]), Refused("out_of_limits")),
            (
                "dispatcher",
                json!({"type": "assign_units", "incident_id": "inc-1", "unit_ids": vec!["amb-1"; 51]}),
                Refused("out_of_limits"),
            ),
            (
                "dispatcher",
                assign("inc-1", &["veh-1"]),
                Refused("no_crew"),
            ),
            (
                "dispatcher",
                assign("inc-1", &["bed-1"]),
                Refused("wrong_kind"),
            ),
            (
                "dispatcher",
                assign("amb-1", &["amb-1"]),
                Refused("wrong_kind"),
            ),
            (
                "dispatcher",
                assign("inc-closed", &["amb-1"]),
                Refused("incident_closed"),
            ),
            (
                "dispatcher@140300",
                assign("inc-1", &["amb-1"]),
                Refused("not_found"),
            ),
            (
                "crew:amb-1",
                assign("inc-1", &["amb-1"]),
                Refused("role_forbidden"),
            ),
        ],
    );
}

#[test]
fn a_choice_is_kept_as_it_was_shown() {
    let shown = |candidates: usize, distance: Value| {
        let candidate =
            json!({"unit_id": "amb-1", "distance_m": distance, "eta_s": 300, "fix_age_s": 4});
        let choice = json!({"at": "2026-09-21T14:13:28Z", "eta_basis": "straight_line", "shown": vec![candidate; candidates]});
        with(assign("inc-1", &["amb-1"]), json!({"choice": choice}))
    };
    judge(
        on_duty,
        vec![
            (
                "dispatcher",
                shown(1, 1200.5.into()),
                Changed(&[
                    ("inc-1", r#"{}"#),
                    ("amb-1", r#"{}"#),
                    (
                        "fresh-1",
                        r#"{"choice": {"at": "2026-09-21T14:13:28Z", "eta_basis": "straight_line", "shown": [{"unit_id": "amb-1", "distance_m": 1200.5, "eta_s": 300, "fix_age_s": 4}]}}"#,
                    ),
                ]),
            ),
            ("dispatcher", shown(21, 1.into()), Refused("out_of_limits")),
            (
                "dispatcher",
                shown(1, (-1).into()),
                Refused("out_of_limits"),
            ),
        ],
    );
}

#[test]
fn whoever_comes_second_learns_who_took_the_unit_and_when() {
    let mut world = sent();
    let late = with(assign("inc-1", &["amb-1"]), json!({"based_on_version": 1}));
    let late = serde_json::from_value(late).unwrap();
    let context = chiyuan_core::Context {
        at: given::at(10),
        real_at: given::at(10),
        actor: chiyuan_core::Actor::system(),
        fresh_id: given::id("fresh-1"),
    };
    let refusal = chiyuan_core::decide(&world, &late, &context).unwrap_err();
    assert_eq!(refusal.code.as_str(), "unit_not_available");
    assert_eq!(
        refusal.detail,
        "amb-1 was assigned by user:an at 2026-09-21T14:11:20Z to inc-1"
    );
    assert_eq!(refusal.blocked_by.unwrap().id, "asg-1");
    // Nor is the unit free once it is away for another reason.
    let mut gone = |status: &str| {
        let set =
            json!({"type": "set_unit_status", "unit_id": "amb-2", "status": status, "reason": ""});
        tell(&mut world, 5, "dispatcher", "fresh", set);
        act_at(
            &mut world,
            6,
            "dispatcher",
            "fresh-1",
            assign("inc-1", &["amb-2"]),
        )
    };
    for status in [
        "suspended",
        "out_of_service",
        "decontaminating",
        "returning",
        "off_duty",
    ] {
        assert_eq!(
            gone(status),
            Err("unit_not_available".to_owned()),
            "{status}"
        );
    }
}

#[test]
fn an_order_needs_the_incident_and_every_unit_inside() {
    let elsewhere = || {
        let mut world = on_duty();
        let home = json!({"kind": "station", "id": "sta-2", "name": "站", "jurisdiction": "140300", "tier": "centre", "zone": "urban",
            "service_radius_m": 5000, "lon": 112.2, "lat": 39.2, "visible_to": ["140600"]});
        let lent = json!({"kind": "ambulance", "id": "amb-4", "name": "车", "plate": "5", "jurisdiction": "140300", "home_id": "sta-2",
            "class": "A", "status": "off_duty", "visible_to": ["140600"], "crew": [{"role": "driver", "staff": "d9"}]});
        for (id, resource) in [("fresh", home), ("shf-4", lent)] {
            tell(
                &mut world,
                0,
                "system",
                id,
                json!({"type": "register_resource", "resource": resource}),
            );
        }
        world
    };
    judge(
        elsewhere,
        vec![
            (
                "commander@140600",
                assign("inc-1", &["amb-4"]),
                Refused("outside_jurisdiction"),
            ),
            // Where both are inside, the unit's own centre sees what it does.
            (
                "commander",
                assign("inc-1", &["amb-4"]),
                Changed(&[
                    ("inc-1", r#"{}"#),
                    ("amb-4", r#"{}"#),
                    (
                        "fresh-1",
                        r#"{"centre": "140600", "visible_to": ["140300"]}"#,
                    ),
                ]),
            ),
        ],
    );
}

#[test]
fn a_unit_is_kept_for_later() {
    let reserve = |unit: &str, incident: Value, until: Value| json!({"type": "reserve_unit", "unit_id": unit, "incident_id": incident, "until": until});
    let kept = || {
        let mut world = sent();
        tell(
            &mut world,
            0,
            "dispatcher",
            "fresh",
            reserve("amb-2", "inc-2".into(), Value::Null),
        );
        world
    };
    judge(
        kept,
        vec![
            (
                "dispatcher",
                assign("inc-1", &["amb-2"]),
                Refused("unit_reserved"),
            ),
            (
                "dispatcher",
                assign("inc-2", &["amb-2"]),
                Changed(&[
                    ("inc-2", r#"{}"#),
                    (
                        "amb-2",
                        r#"{"reserved_for": null, "reserved_until": null, "status": "assigned"}"#,
                    ),
                    ("fresh-1", r#"{}"#),
                ]),
            ),
            (
                "dispatcher",
                reserve("amb-2", "inc-1".into(), Value::Null),
                Refused("unit_reserved"),
            ),
            (
                "dispatcher",
                reserve("amb-2", "inc-2".into(), "2026-09-21T14:23:20Z".into()),
                Nothing,
            ),
            (
                "dispatcher",
                reserve("amb-2", "inc-2".into(), Value::Null),
                Changed(&[("amb-2", r#"{"reserved_until": "2026-09-21T14:23:30Z"}"#)]),
            ),
            (
                "dispatcher",
                reserve("amb-2", Value::Null, Value::Null),
                Changed(&[("amb-2", r#"{"reserved_for": null, "reserved_until": null}"#)]),
            ),
            (
                "dispatcher",
                reserve("tea-1", Value::Null, Value::Null),
                Nothing,
            ),
            (
                "dispatcher",
                reserve("tea-1", "inc-1".into(), "2026-09-21T14:13:30Z".into()),
                Refused("time_out_of_order"),
            ),
            (
                "dispatcher",
                reserve("tea-1", "inc-1".into(), "2026-09-22T14:13:31Z".into()),
                Refused("time_out_of_order"),
            ),
            (
                "dispatcher",
                reserve("tea-1", "inc-closed".into(), Value::Null),
                Refused("incident_closed"),
            ),
            (
                "dispatcher",
                reserve("amb-1", "inc-2".into(), Value::Null),
                Refused("unit_not_available"),
            ),
            (
                "dispatcher",
                reserve("amb-3", "inc-2".into(), Value::Null),
                Refused("no_crew"),
            ),
            // Away for another reason, it is kept for nobody.
            (
                "dispatcher",
                json!({"type": "set_unit_status", "unit_id": "amb-2", "status": "suspended", "reason": ""}),
                Changed(&[("amb-2", r#"{"reserved_for": null, "status": "suspended"}"#)]),
            ),
        ],
    );
}
