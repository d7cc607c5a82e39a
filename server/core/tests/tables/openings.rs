//! Incidents are opened: by themselves, from a call, never in a place out of use.

use serde_json::{Value, json};

use crate::{
    cases::{on_duty, open_incident, tell, with},
    given::{
        Then::{Changed, Refused},
        judge,
    },
};

#[test]
fn an_incident_is_opened() {
    let open = |fields: Value| with(open_incident("inc-9", "P1", false), fields);
    judge(
        on_duty,
        vec![
            (
                "user:an@140602",
                open(json!({})),
                Changed(&[(
                    "inc-9",
                    r#"{"number": "0921-0005", "day_count": 5, "centre": "140600", "status": "open", "service": "emergency", "attended_by": "user:an",
                "needs": [{"id": "n1", "kind": "ambulance", "class": null, "capability": null, "count": 1}]}"#,
                )]),
            ),
            (
                "dispatcher",
                open(json!({"infectious": true, "incident_type": "transfer", "patients": 3})),
                Changed(&[(
                    "inc-9",
                    r#"{"service": "non_emergency", "patients": {"red": 0, "yellow": 0, "green": 0, "black": 0, "untriaged": 3},
                "needs": [{"id": "n1", "kind": "ambulance", "class": "C", "capability": null, "count": 1}]}"#,
                )]),
            ),
            // Numbers are of a centre.
            (
                "dispatcher",
                open(json!({"jurisdiction": "140300"})),
                Changed(&[("inc-9", r#"{"number": "0921-0001", "centre": "140300"}"#)]),
            ),
            (
                "dispatcher",
                open(json!({"jurisdiction": null})),
                Changed(&[("inc-9", r#"{"jurisdiction": "140602"}"#)]),
            ),
            (
                "dispatcher",
                open(json!({"jurisdiction": "999999"})),
                Refused("unknown_reference"),
            ),
            (
                "dispatcher",
                open(json!({"lat": 91.0})),
                Refused("out_of_limits"),
            ),
            (
                "dispatcher",
                open(json!({"patients": 100_001})),
                Refused("out_of_limits"),
            ),
            (
                "dispatcher",
                open(json!({"patients": {"black": 100_001}})),
                Refused("out_of_limits"),
            ),
            (
                "dispatcher",
                open(json!({"needs": [{"kind": "station"}]})),
                Refused("out_of_limits"),
            ),
            (
                "dispatcher",
                open(json!({"needs": [{"kind": "team", "class": "A"}]})),
                Refused("out_of_limits"),
            ),
            (
                "dispatcher",
                open(json!({"needs": [{"kind": "team", "count": 0}]})),
                Refused("out_of_limits"),
            ),
            (
                "dispatcher",
                open(json!({"needs": [{"kind": "team", "count": 100_001}]})),
                Refused("out_of_limits"),
            ),
            (
                "dispatcher",
                open(json!({"needs": vec![json!({"kind": "team"}); 51]})),
                Refused("out_of_limits"),
            ),
            (
                "dispatcher",
                open(json!({"incident_id": "inc-1"})),
                Refused("id_taken"),
            ),
            (
                "dispatcher",
                open(json!({"incident_id": "clock"})),
                Refused("out_of_limits"),
            ),
            (
                "dispatcher",
                open(json!({"call_id": "cal-9"})),
                Refused("not_found"),
            ),
            (
                "dispatcher@140300",
                open(json!({})),
                Refused("outside_jurisdiction"),
            ),
            ("crew:amb-1", open(json!({})), Refused("role_forbidden")),
        ],
    );
}

#[test]
fn an_incident_is_not_opened_in_a_place_out_of_use() {
    let retired = || {
        let mut world = on_duty();
        let retire = json!({"type": "retire_resource", "id": "jur-140300", "reason": ""});
        tell(&mut world, 0, "administrator", "fresh", retire);
        world
    };
    let open = with(
        open_incident("inc-9", "P1", false),
        json!({"jurisdiction": "140300"}),
    );
    let nowhere = with(open.clone(), json!({"jurisdiction": null}));
    judge(
        retired,
        vec![
            ("dispatcher", open, Refused("unknown_reference")),
            // Whoever is of a place that is not registered opens nothing, and nothing for everybody.
            (
                "dispatcher@999999",
                nowhere,
                Refused("outside_jurisdiction"),
            ),
        ],
    );
}

#[test]
fn a_call_becomes_an_incident() {
    let taken = || {
        let mut world = on_duty();
        let receive =
            |id: &str| json!({"type": "receive_call", "call_id": id, "jurisdiction": "140602"});
        tell(&mut world, -5, "device", "fresh", receive("cal-1"));
        tell(&mut world, -5, "device", "fresh", receive("cal-2"));
        tell(
            &mut world,
            -4,
            "dispatcher",
            "fresh",
            json!({"type": "answer_call", "call_id": "cal-1"}),
        );
        world
    };
    let open = |call: &str| {
        with(
            open_incident("inc-9", "P1", false),
            json!({"call_id": call}),
        )
    };
    judge(
        taken,
        vec![
            (
                "dispatcher",
                open("cal-1"),
                Changed(&[
                    ("inc-9", r#"{"call_ids": ["cal-1"]}"#),
                    ("cal-1", r#"{"incident_id": "inc-9"}"#),
                ]),
            ),
            ("dispatcher", open("cal-2"), Refused("call_stage")),
            ("dispatcher", open("inc-1"), Refused("wrong_kind")),
        ],
    );
}
