//! What is personal is taken out of a command before it is stored.

use chiyuan_core::Command;
use serde_json::{Value, json};

fn taken(command: Value) -> (Vec<(&'static str, String)>, Value, bool) {
    let mut command: Command = serde_json::from_value(command).unwrap();
    let part = command.take_private();
    let refers = command.private_mut().is_some();
    (
        part.into_iter().collect(),
        serde_json::to_value(&command).unwrap(),
        refers,
    )
}

#[test]
fn personal_fields_are_taken_out() {
    let place = json!({"lon": 112.0, "lat": 39.0});
    let rows = [
        (
            json!({"type": "receive_call"}),
            vec!["caller_name", "caller_number", "location_text"],
        ),
        (
            json!({"type": "open_incident", "incident_type": "medical", "priority": "P1", "lon": place["lon"], "lat": place["lat"]}),
            vec!["address", "contact_name", "contact_phone", "description"],
        ),
        (
            json!({"type": "update_incident", "incident_id": "inc-1"}),
            vec!["address", "contact_name", "contact_phone", "description"],
        ),
        (
            json!({"type": "add_note", "incident_id": "inc-1"}),
            vec!["text"],
        ),
        (
            json!({"type": "write_care_record", "assignment_id": "asg-1", "severity": "mild"}),
            vec!["age", "findings", "patient_id", "patient_name", "sex"],
        ),
    ];
    for (plain, fields) in rows {
        let mut personal = plain.clone();
        for field in &fields {
            personal[*field] = format!("secret of {field}").into();
        }
        let (part, left, refers) = taken(personal);
        let wanted: Vec<_> = fields
            .iter()
            .map(|field| (*field, format!("secret of {field}")))
            .collect();
        assert_eq!(part, wanted);
        assert!(refers, "{plain}");
        assert!(!left.to_string().contains("secret"), "{left}");
        // What is left is the same command without them.
        assert_eq!(
            left,
            serde_json::to_value(serde_json::from_value::<Command>(plain).unwrap()).unwrap()
        );
    }
}

#[test]
fn other_commands_have_nothing_personal() {
    let (part, _, refers) = taken(json!({"type": "end_shift", "unit_id": "amb-1"}));
    assert!(part.is_empty() && !refers);
}
