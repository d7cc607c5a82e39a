//! One story in which every command of the dispatch desk is given once, and accepted.

use chiyuan_tests::{Client, Server};
use serde_json::{Value, json};

use super::{OTHER, PLACE, UNIT};

/// What may stand for an id that an earlier command of the story gave.
type Step = (&'static str, Value, Option<(&'static str, &'static str)>);

/// Who, what, and the kind of new entity that is remembered under a name.
fn steps() -> Vec<Step> {
    let incident = |priority: &str| {
        json!({"type": "open_incident", "incident_type": "medical", "priority": priority,
            "lon": PLACE.0, "lat": PLACE.1, "description": "胸痛"})
    };
    let ring = || json!({"type": "receive_call", "lon": PLACE.0, "lat": PLACE.1, "caller_number": "13500000926"});
    let reason = "原因";
    vec![
        ("dispatcher", ring(), Some(("call", "$call"))),
        (
            "dispatcher",
            json!({"type": "answer_call", "call_id": "$call"}),
            None,
        ),
        (
            "dispatcher",
            json!({"type": "begin_call_taking", "call_id": "$call"}),
            None,
        ),
        ("dispatcher", incident("P2"), Some(("incident", "$one"))),
        (
            "dispatcher",
            json!({"type": "link_call", "call_id": "$call", "incident_id": "$one"}),
            None,
        ),
        (
            "dispatcher",
            json!({"type": "unlink_call", "call_id": "$call"}),
            None,
        ),
        (
            "dispatcher",
            json!({"type": "end_call_taking", "call_id": "$call", "acceptance": "normal"}),
            None,
        ),
        ("dispatcher", ring(), Some(("call", "$second"))),
        (
            "dispatcher",
            json!({"type": "abandon_call", "call_id": "$second"}),
            None,
        ),
        (
            "dispatcher",
            json!({"type": "update_incident", "incident_id": "$one", "priority": "P3"}),
            None,
        ),
        (
            "dispatcher",
            json!({"type": "add_note", "incident_id": "$one", "text": "记事"}),
            None,
        ),
        (
            "dispatcher",
            json!({"type": "hold_incident", "incident_id": "$one", "reason": reason}),
            None,
        ),
        (
            "dispatcher",
            json!({"type": "resume_incident", "incident_id": "$one"}),
            None,
        ),
        (
            "commander",
            json!({"type": "attend_incident", "incident_id": "$one"}),
            None,
        ),
        (
            "dispatcher",
            json!({"type": "reinforce_incident", "incident_id": "$one", "needs": [{"kind": "ambulance"}], "reason": reason}),
            None,
        ),
        (
            "dispatcher",
            json!({"type": "end_shift", "unit_id": OTHER}),
            None,
        ),
        (
            "dispatcher",
            json!({"type": "begin_shift", "unit_id": OTHER, "crew": [{"role": "driver", "staff": "1"}]}),
            None,
        ),
        (
            "dispatcher",
            json!({"type": "reserve_unit", "unit_id": OTHER, "incident_id": "$one"}),
            None,
        ),
        (
            "dispatcher",
            json!({"type": "assign_units", "incident_id": "$one", "unit_ids": [UNIT, OTHER]}),
            Some(("assignment", "$run")),
        ),
        (
            "dispatcher",
            json!({"type": "acknowledge_assignment", "assignment_id": "$run"}),
            None,
        ),
        (
            "dispatcher",
            json!({"type": "report_stage", "assignment_id": "$run", "stage": "departed"}),
            None,
        ),
        (
            "dispatcher",
            json!({"type": "undo_stage", "assignment_id": "$run", "reason": reason}),
            None,
        ),
        ("dispatcher", incident("P1"), Some(("incident", "$two"))),
        (
            "dispatcher",
            json!({"type": "divert_assignment", "assignment_id": "$run", "incident_id": "$two", "reason": reason}),
            Some(("assignment", "$run")),
        ),
        (
            "dispatcher",
            json!({"type": "stand_down", "incident_id": "$one", "reason": reason}),
            None,
        ),
        (
            "dispatcher",
            json!({"type": "report_stage", "assignment_id": "$run", "stage": "departed"}),
            None,
        ),
        (
            "dispatcher",
            json!({"type": "report_stage", "assignment_id": "$run", "stage": "arrived"}),
            None,
        ),
        (
            "dispatcher",
            json!({"type": "set_destination", "assignment_id": "$run", "facility_id": "fac-140602-01"}),
            None,
        ),
        (
            "dispatcher",
            json!({"type": "write_care_record", "assignment_id": "$run", "severity": "mild"}),
            None,
        ),
        (
            "dispatcher",
            json!({"type": "report_breakdown", "assignment_id": "$run", "reason": reason}),
            None,
        ),
        (
            "dispatcher",
            json!({"type": "assign_units", "incident_id": "$two", "unit_ids": [OTHER]}),
            Some(("assignment", "$run")),
        ),
        (
            "dispatcher",
            json!({"type": "cancel_assignment", "assignment_id": "$run", "reason": reason}),
            None,
        ),
        (
            "dispatcher",
            json!({"type": "merge_incidents", "incident_id": "$one", "into_incident_id": "$two", "reason": reason}),
            None,
        ),
        (
            "dispatcher",
            json!({"type": "draw_mark", "mark_type": "staging_point", "geometry": {"type": "Point", "coordinates": [PLACE.0, PLACE.1]}}),
            Some(("mark", "$mark")),
        ),
        (
            "commander",
            json!({"type": "change_mark", "mark_id": "$mark", "title": "南门"}),
            None,
        ),
        (
            "dispatcher",
            json!({"type": "remove_mark", "mark_id": "$mark"}),
            None,
        ),
        (
            "dispatcher",
            json!({"type": "hand_over", "to": "user:commander"}),
            Some(("handover", "$desk")),
        ),
        (
            "commander",
            json!({"type": "accept_handover", "handover_id": "$desk"}),
            None,
        ),
        (
            "dispatcher",
            json!({"type": "close_incident", "incident_id": "$two", "outcome": "completed"}),
            None,
        ),
    ]
}

/// The words of its commands.
pub fn words() -> Vec<String> {
    let words = steps()
        .into_iter()
        .map(|(_, body, _)| body["type"].as_str().unwrap().to_owned());
    words.collect()
}

/// Tells the story in a world; returns the seq of its last command.
pub async fn tell(server: &Server, world: &str) -> u64 {
    let (dispatcher, commander) = (
        server.login("dispatcher").await,
        server.login("commander").await,
    );
    let mut names: Vec<(&str, String)> = Vec::new();
    let mut last = 0;
    for (who, body, remembered) in steps() {
        let client: &Client = if who == "commander" {
            &commander
        } else {
            &dispatcher
        };
        let mut text = body.to_string();
        for (name, id) in names.iter().rev() {
            text = text.replace(&format!("\"{name}\""), &format!("\"{id}\""));
        }
        let answer = client
            .command(world, &serde_json::from_str(&text).unwrap())
            .await;
        assert_eq!(answer.status, 200, "{text}: {}", answer.body);
        let changes = answer.body["changes"].as_array().unwrap();
        assert!(!changes.is_empty(), "{text} changes nothing");
        last = answer.body["seq"].as_u64().unwrap();
        if let Some((kind, name)) = remembered {
            let new = changes
                .iter()
                .find(|change| change["kind"] == kind && change["entity"]["version"] == 1);
            names.push((
                name,
                new.unwrap_or_else(|| panic!("no new {kind}: {text}"))["id"]
                    .as_str()
                    .unwrap()
                    .to_owned(),
            ));
        }
    }
    last
}
