//! What the tracker sees it proposes, and a person confirms: the stage then bears the tracker's time.

use std::time::Duration;

use chiyuan_tests::{Client, Database, Server, eventually, invariants};
use chrono::Utc;
use serde_json::{Value, json};

use super::{UNIT, give, id_of, send, stages};

const POSITIONS: &str = "/api/v1/worlds/live/positions";

async fn fix(device: &Client, lon: f64, lat: f64, speed_mps: f64) {
    let at = Utc::now().to_rfc3339_opts(chrono::SecondsFormat::Millis, true);
    let fix = json!({"unit_id": UNIT, "at": at, "lon": lon, "lat": lat, "speed_mps": speed_mps});
    let answer = device.post(POSITIONS, &json!({"fixes": [fix]})).await.ok();
    assert_eq!(answer["accepted"], 1, "{answer}");
}

async fn assignment(client: &Client, incident: &str) -> Value {
    let path = format!("/api/v1/worlds/live/incidents/{incident}");
    client.get(&path).await.ok()["assignments"][0].clone()
}

/// Waits until a stage is proposed; returns when it came.
async fn proposed(client: &Client, incident: &str, stage: &str) -> Value {
    let clue = format!("{stage} is proposed");
    eventually(Duration::from_secs(10), &clue, || async {
        assignment(client, incident).await["proposal"]["stage"] == stage
    })
    .await;
    assignment(client, incident).await["proposal"]["at"].clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_moving_unit_proposes_and_people_confirm() {
    let database = Database::full().await;
    let server = Server::start(&database).await;
    let (dispatcher, device) = (server.login("dispatcher").await, server.device());
    let home = dispatcher
        .get(&format!("/api/v1/worlds/live/resources/{UNIT}"))
        .await
        .ok()["geometry"]["coordinates"]
        .clone();
    let (lon, lat) = (home[0].as_f64().unwrap(), home[1].as_f64().unwrap());
    let body = json!({"type": "open_incident", "incident_type": "medical", "priority": "P1",
        "lon": lon + 0.0055, "lat": lat});
    let incident = id_of(&give(&dispatcher, "live", body).await, "incident");
    let order = send(&dispatcher, "live", &incident, UNIT).await;
    stages(&dispatcher, "live", &order, &["acknowledged"]).await;

    // Still at the station, then 390 m away at 12 m/s.
    fix(&device, lon, lat, 0.0).await;
    tokio::time::sleep(Duration::from_secs(8)).await;
    assert_eq!(
        assignment(&dispatcher, &incident).await["proposal"],
        Value::Null
    );
    fix(&device, lon + 0.0045, lat, 12.0).await;
    let at = proposed(&dispatcher, &incident, "departed").await;
    assert_eq!(
        assignment(&dispatcher, &incident).await["status"],
        "acknowledged",
        "a proposal is no stage"
    );
    let confirm =
        json!({"type": "report_stage", "assignment_id": order, "stage": "departed", "at": at});
    give(&dispatcher, "live", confirm).await;
    let departed = assignment(&dispatcher, &incident).await;
    assert_eq!(
        (&departed["departed_at"], &departed["proposal"]),
        (&at, &Value::Null)
    );
    let sources = |assignment: &Value| -> Vec<String> {
        let stamps = assignment["stamps"].as_array().unwrap().iter();
        stamps
            .map(|stamp| stamp["source"].as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(sources(&departed), ["manual", "manual", "automatic"]);

    // At the scene, standing; the crew reports by itself and its own time counts.
    tokio::time::sleep(Duration::from_secs(3)).await;
    fix(&device, lon + 0.0055, lat, 0.0).await;
    proposed(&dispatcher, &incident, "arrived").await;
    stages(&dispatcher, "live", &order, &["arrived"]).await;
    let arrived = assignment(&dispatcher, &incident).await;
    assert_eq!(
        sources(&arrived),
        ["manual", "manual", "automatic", "manual"]
    );
    invariants::hold(&server).await;
}
