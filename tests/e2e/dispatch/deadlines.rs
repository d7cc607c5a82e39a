//! What happens by itself: orders nobody received, holds and shifts that end, cases that leave memory.

use std::time::Duration;

use chiyuan_tests::{Client, Database, Server, eventually, invariants};
use serde_json::{Value, json};

use super::{OTHER, UNIT, give, of, open, send, stages};

/// A drill that stands still, and a step of its clock.
async fn drill(director: &Client) -> String {
    let request = json!({"name": "时限", "from": {"world": "live"}, "clock": {"start": "2026-12-01T00:00:00Z", "speed": 1.0}});
    director.post("/api/v1/drills", &request).await.ok()["id"]
        .as_str()
        .unwrap()
        .to_owned()
}

async fn step(director: &Client, drill: &str, seconds: u32) {
    let body = json!({"action": "step", "value": f64::from(seconds)});
    director
        .post(&format!("/api/v1/drills/{drill}/clock"), &body)
        .await
        .ok();
}

async fn file(client: &Client, drill: &str, incident: &str) -> Value {
    client
        .get(&format!("/api/v1/worlds/{drill}/incidents/{incident}"))
        .await
        .ok()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_due_happens_by_itself_and_in_order() {
    let database = Database::full().await;
    let server = Server::start(&database).await;
    let (director, dispatcher) = (
        server.login("exercise_director").await,
        server.login("dispatcher").await,
    );
    let drill = drill(&director).await;
    let incident = open(&dispatcher, &drill, "P1").await;
    let assignment = send(&dispatcher, &drill, &incident, UNIT).await;
    let held = open(&dispatcher, &drill, "P3").await;
    give(&dispatcher, &drill, json!({"type": "hold_incident", "incident_id": held, "reason": "待车", "until": "2026-12-01T00:02:00Z"})).await;
    give(&dispatcher, &drill, json!({"type": "reserve_unit", "unit_id": OTHER, "incident_id": held, "until": "2026-12-01T00:01:30Z"})).await;
    step(&director, &drill, 50).await;
    assert_eq!(
        file(&dispatcher, &drill, &incident).await["assignments"][0]["escalated_at"],
        Value::Null
    );

    // No command comes: the server looks by itself.
    step(&director, &drill, 100).await;
    eventually(Duration::from_secs(5), "the order is escalated", || async {
        file(&dispatcher, &drill, &incident).await["assignments"][0]["escalated_at"]
            == "2026-12-01T00:01:00Z"
    })
    .await;
    assert_eq!(file(&dispatcher, &drill, &held).await["status"], "open");
    let unit = dispatcher
        .get(&format!("/api/v1/worlds/{drill}/resources/{OTHER}"))
        .await
        .ok();
    assert_eq!(unit["properties"]["reserved_for"], Value::Null);
    let commander = server.login("commander").await;
    let rows = invariants::journal(&commander, &drill).await;
    let due: Vec<_> = rows
        .iter()
        .filter(|row| row["command"]["type"] == "meet_deadline")
        .map(|row| row["command"]["due"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(
        due,
        [
            "2026-12-01T00:01:00Z",
            "2026-12-01T00:01:30Z",
            "2026-12-01T00:02:00Z"
        ]
    );
    assert!(
        rows.iter()
            .filter(|row| row["command"]["type"] == "meet_deadline")
            .all(|row| row["at"].as_str() >= row["command"]["due"].as_str())
    );

    // A shift that ends while the unit is away goes on, and ends by hand.
    stages(
        &dispatcher,
        &drill,
        &assignment,
        &["acknowledged", "departed"],
    )
    .await;
    invariants::hold(&server).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_ended_case_leaves_memory_after_a_day_and_stays_on_record() {
    let database = Database::full().await;
    let mut server = Server::start(&database).await;
    let (director, dispatcher) = (
        server.login("exercise_director").await,
        server.login("dispatcher").await,
    );
    let drill = drill(&director).await;
    let incident = open(&dispatcher, &drill, "P1").await;
    let assignment = send(&dispatcher, &drill, &incident, UNIT).await;
    stages(
        &dispatcher,
        &drill,
        &assignment,
        &["acknowledged", "departed", "arrived", "patient_aboard"],
    )
    .await;
    give(
        &dispatcher,
        &drill,
        json!({"type": "write_care_record", "assignment_id": assignment, "severity": "mild"}),
    )
    .await;
    let end = json!({"type": "report_stage", "assignment_id": assignment, "stage": "closed", "result": "treated_on_scene"});
    let freed = give(&dispatcher, &drill, end).await;
    assert_eq!(of(&freed, "ambulance")["status"], "available");
    give(
        &dispatcher,
        &drill,
        json!({"type": "close_incident", "incident_id": incident, "outcome": "completed"}),
    )
    .await;
    step(&director, &drill, 24 * 3600 - 60).await;
    let second = open(&dispatcher, &drill, "P2").await;
    let in_memory = |rows: Value| {
        rows.as_array()
            .unwrap()
            .iter()
            .filter(|row| row["id"] == incident.as_str())
            .count()
    };
    let closed = format!("/api/v1/worlds/{drill}/incidents?status=closed");
    assert_eq!(in_memory(dispatcher.get(&closed).await.ok()), 1);
    step(&director, &drill, 120).await;
    // The next command finds the archive done before it.
    give(
        &dispatcher,
        &drill,
        json!({"type": "update_incident", "incident_id": second, "priority": "P1"}),
    )
    .await;
    let update = json!({"type": "update_incident", "incident_id": incident, "priority": "P2"});
    assert_eq!(
        dispatcher.command(&drill, &update).await.refusal(),
        (409, "incident_closed")
    );
    let kept = file(&dispatcher, &drill, &incident).await;
    assert_eq!(
        (&kept["status"], &kept["care_records"][0]["severity"]),
        (&json!("closed"), &json!("mild"))
    );
    assert_eq!(
        in_memory(dispatcher.get(&closed).await.ok()),
        1,
        "ended cases are listed from the tables"
    );
    invariants::hold(&server).await;

    // What is archived is still named: its id stays taken, and a late record brings the case back until it leaves again.
    let taken = json!({"type": "receive_call", "call_id": incident});
    assert_eq!(
        dispatcher.command(&drill, &taken).await.refusal(),
        (409, "id_taken")
    );
    let late =
        json!({"type": "write_care_record", "assignment_id": assignment, "severity": "moderate"});
    let written = give(&dispatcher, &drill, late).await;
    assert_eq!(of(&written, "care_record")["severity"], "moderate");
    assert_eq!(of(&written, "incident")["status"], "closed");
    let commander = server.login("commander").await;
    eventually(Duration::from_secs(5), "the case leaves again", || async {
        let rows = invariants::journal(&commander, &drill).await;
        rows.last().unwrap()["command"]["entity_id"] == incident.as_str()
    })
    .await;
    let kept = file(&dispatcher, &drill, &incident).await;
    assert_eq!(kept["care_records"][0]["severity"], "moderate");
    invariants::hold(&server).await;

    // A start loads what is open, and the record is still whole.
    server.kill_and_restart().await;
    server.ready().await;
    let kept = file(&dispatcher, &drill, &incident).await;
    assert_eq!(kept["assignments"][0]["result"], "treated_on_scene");
    invariants::hold(&server).await;
}
