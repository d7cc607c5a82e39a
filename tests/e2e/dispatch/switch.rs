//! A telephone switch reports calls with a token of its own.

use chiyuan_tests::{Database, Server, invariants};
use serde_json::{Value, json};

use super::{give, id_of};

const EVENTS: &str = "/api/v1/worlds/live/calls/events";

#[tokio::test(flavor = "multi_thread")]
async fn a_switch_rings_and_hangs_up_and_may_repeat_itself() {
    let database = Database::full().await;
    let server = Server::start(&database).await;
    let (switch, dispatcher) = (server.device(), server.login("dispatcher").await);
    let ring = json!({"event": "ring", "reference": "PBX/2026-1", "number": "03492022222", "jurisdiction": "140600"});
    let first = switch.post(EVENTS, &ring).await.ok();
    assert_eq!(
        switch.post(EVENTS, &ring).await.ok(),
        first,
        "repeating is harmless"
    );
    let call = id_of(first["changes"].as_array().unwrap(), "call");
    give(
        &dispatcher,
        "live",
        json!({"type": "answer_call", "call_id": call}),
    )
    .await;
    let hang_up = json!({"event": "hang_up", "reference": "PBX/2026-1"});
    assert_eq!(
        switch.post(EVENTS, &hang_up).await.refusal(),
        (409, "call_stage")
    );

    let ring = json!({"event": "ring", "reference": "PBX/2026-2"});
    let second = switch.post(EVENTS, &ring).await.ok();
    let entity = &second["changes"][0]["entity"];
    assert_eq!(
        (&entity["status"], &entity["jurisdiction"]),
        (&json!("ringing"), &Value::Null)
    );
    let hang_up = json!({"event": "hang_up", "reference": "PBX/2026-2"});
    let gone = switch.post(EVENTS, &hang_up).await.ok();
    assert_eq!(gone["changes"][0]["entity"]["status"], "abandoned");

    for (body, status) in [
        (json!({"event": "ring"}), 400),
        (json!({"event": "dial", "reference": "x"}), 400),
        (json!({"event": "hang_up", "reference": "never rang"}), 404),
        (
            json!({"event": "ring", "reference": "y", "lon": 0.0, "lat": 0.0}),
            422,
        ),
        (
            json!({"event": "ring", "reference": "z", "at": "2020-01-01T00:00:00Z"}),
            422,
        ),
    ] {
        assert_eq!(switch.post(EVENTS, &body).await.status, status, "{body}");
    }
    assert_eq!(
        dispatcher.post(EVENTS, &ring).await.refusal(),
        (403, "forbidden")
    );
    invariants::hold(&server).await;
}
