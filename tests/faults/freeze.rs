//! PostgreSQL frozen: screens keep the picture, fixes move, commands are refused in time, all recovers by itself.

use std::time::{Duration, Instant};

use chiyuan_tests::{Server, eventually, invariants};
use serde_json::json;

use crate::cluster::Cluster;

/// A command is answered within 2 s; the rest is the way there and back on a busy machine.
const ANSWERED_WITHIN: Duration = Duration::from_millis(2_600);

#[tokio::test(flavor = "multi_thread")]
async fn a_frozen_database_stops_commands_only() {
    let cluster = Cluster::start("frozen").await;
    let server = Server::start(&cluster.database).await;
    let (dispatcher, device) = (server.login("dispatcher").await, server.device());
    let command = json!({"type": "set_unit_status", "unit_id": "amb-140602-001", "status": "suspended", "reason": "冻结"});
    let near = "/api/v1/worlds/live/nearest?lon=112.4&lat=39.3&kind=ambulance";
    dispatcher.get(near).await.ok();
    // Devices and people who were at work before go on; nobody new can log in meanwhile.
    device
        .post("/api/v1/worlds/live/positions", &json!({"fixes": []}))
        .await
        .ok();

    cluster.freeze();
    for number in 0..3 {
        let begun = Instant::now();
        let answer = dispatcher
            .command_with_key("live", &command, "frozen")
            .await;
        assert!(
            begun.elapsed() < ANSWERED_WITHIN,
            "refused in {:?}",
            begun.elapsed()
        );
        assert_eq!(answer.status, 503, "{}", answer.body);
        assert!(answer.headers.contains_key("retry-after"));
        let lat = 39.33 + f64::from(number) * 0.0001;
        let fix = json!({"fixes": [{"unit_id": "amb-140602-002", "at": chrono::Utc::now().to_rfc3339(), "lon": 112.43, "lat": lat}]});
        assert_eq!(
            device
                .post("/api/v1/worlds/live/positions", &fix)
                .await
                .ok()["accepted"],
            1,
            "fixes keep moving"
        );
        dispatcher.get(near).await.ok();
    }
    let health = server.anonymous().get("/health/ready").await.ok();
    assert_eq!(health["status"], "degraded");
    assert_eq!(health["dependencies"]["postgres"]["state"], "down");

    cluster.thaw();
    let again = || async {
        dispatcher
            .command_with_key("live", &command, "frozen")
            .await
            .status
            == 200
    };
    eventually(
        Duration::from_secs(10),
        "commands go on by themselves",
        again,
    )
    .await;
    let healthy = || async { server.anonymous().get("/health/ready").await.ok()["status"] == "ok" };
    eventually(Duration::from_secs(10), "health recovers", healthy).await;
    invariants::hold(&server).await;
}
