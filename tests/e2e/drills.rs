//! Drill worlds: copied, on a clock of their own, and apart from live in every way.

use chiyuan_tests::{Database, Server, invariants};
use serde_json::json;

const UNIT: &str = "amb-140602-001";

#[tokio::test(flavor = "multi_thread")]
async fn a_drill_has_its_own_registry_clock_and_end() {
    let database = Database::full().await;
    let server = Server::start(&database).await;
    let director = server.login("exercise_director").await;
    let request = json!({"name": "秋季演练", "from": {"world": "live"}, "clock": {"start": "2026-12-01T00:00:00Z", "speed": 60.0}});
    let drill = director.post("/api/v1/drills", &request).await.ok();
    let id = drill["id"].as_str().unwrap();
    assert_eq!(drill["kind"], "drill");
    assert_eq!(drill["clock"]["at"], "2026-12-01T00:00:00Z");
    assert_eq!(drill["clock"]["running"], false);
    let shown = director.get("/api/v1/worlds").await.ok();
    assert_eq!(shown.as_array().unwrap().len(), 2);

    let here = director
        .get(&format!(
            "/api/v1/worlds/{id}/nearest?lon=112.4&lat=39.3&kind=ambulance"
        ))
        .await
        .ok();
    assert_eq!(
        here["features"].as_array().unwrap().len(),
        10,
        "the registry came along"
    );

    let clock = |action: &str, value: Option<f64>| match value {
        Some(value) => json!({"action": action, "value": value}),
        None => json!({"action": action}),
    };
    let path = format!("/api/v1/drills/{id}/clock");
    let stepped = director
        .post(&path, &clock("step", Some(3600.0)))
        .await
        .ok();
    assert_eq!(stepped["clock"]["at"], "2026-12-01T01:00:00Z");
    director.post(&path, &clock("start", None)).await.ok();
    tokio::time::sleep(std::time::Duration::from_millis(300)).await;
    let paused = director.post(&path, &clock("pause", None)).await.ok();
    let at = paused["clock"]["at"].as_str().unwrap().to_owned();
    assert!(
        at.as_str() > "2026-12-01T01:00:10Z",
        "a minute passes in a second: {at}"
    );
    assert_eq!(
        director
            .post(&path, &clock("speed", Some(0.0)))
            .await
            .refusal()
            .0,
        422
    );
    assert_eq!(
        director
            .post(&path, &clock("speed", None))
            .await
            .refusal()
            .0,
        422
    );
    assert_eq!(
        director
            .post("/api/v1/drills/live/clock", &clock("start", None))
            .await
            .refusal(),
        (404, "not_found")
    );

    let dispatcher = server.login("dispatcher").await;
    let command = json!({"type": "set_unit_status", "unit_id": UNIT, "status": "suspended", "reason": "演练"});
    let reply = dispatcher.command(id, &command).await.ok();
    let since = reply["changes"][0]["entity"]["status_since"]
        .as_str()
        .unwrap()
        .to_owned();
    assert!(
        since.starts_with("2026-12-01T01:"),
        "a drill's commands happen in its own time: {since}"
    );

    director
        .post(&format!("/api/v1/drills/{id}/finish"), &json!({}))
        .await
        .ok();
    assert_eq!(
        dispatcher.command(id, &command).await.refusal(),
        (409, "world_finished")
    );
    invariants::hold(&server).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_crosses_worlds() {
    let database = Database::full().await;
    let server = Server::start(&database).await;
    let director = server.login("exercise_director").await;
    let drill = director
        .post(
            "/api/v1/drills",
            &json!({"name": "隔离", "from": {"world": "live"}}),
        )
        .await
        .ok()["id"]
        .clone();
    let drill = drill.as_str().unwrap();
    let dispatcher = server.login("dispatcher").await;
    let read = async |world: &str| {
        dispatcher
            .get(&format!("/api/v1/worlds/{world}/resources/{UNIT}"))
            .await
            .ok()
    };
    let live_before = read("live").await;

    // A command.
    let command = json!({"type": "set_unit_status", "unit_id": UNIT, "status": "decontaminating", "reason": "演练"});
    dispatcher
        .command_with_key(drill, &command, "same-key")
        .await
        .ok();
    assert_eq!(read("live").await, live_before);
    // A key: the same one is free in the other world.
    let live = dispatcher
        .command_with_key("live", &command, "same-key")
        .await
        .ok();
    assert_eq!(live["changes"][0]["entity"]["status"], "decontaminating");
    // An id: what exists in one world only is unknown in the other.
    let administrator = server.login("administrator").await;
    let station = json!({"kind": "station", "id": "sta-drill-only", "name": "演练站", "jurisdiction": "140602", "tier": "township",
        "zone": "rural", "service_radius_m": 10000, "source": "demo", "lon": 112.5, "lat": 39.3});
    administrator
        .command(
            drill,
            &json!({"type": "register_resource", "resource": station}),
        )
        .await
        .ok();
    assert_eq!(
        administrator
            .get("/api/v1/worlds/live/resources/sta-drill-only")
            .await
            .refusal(),
        (404, "not_found")
    );
    // A fix.
    let at = chrono::Utc::now().to_rfc3339();
    let fixes = json!({"fixes": [{"unit_id": UNIT, "at": at, "lon": 112.43, "lat": 39.33}]});
    let taken = server
        .device()
        .post("/api/v1/worlds/live/positions", &fixes)
        .await
        .ok();
    assert_eq!(taken["accepted"], 1);
    assert_eq!(read("live").await["properties"]["position_basis"], "fix");
    assert_eq!(read(drill).await["properties"]["position_basis"], "station");
    invariants::hold(&server).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_drill_survives_a_restart_with_its_clock() {
    let database = Database::full().await;
    let server = Server::start(&database).await;
    let director = server.login("exercise_director").await;
    let request = json!({"name": "重启", "from": {"world": "live"}, "clock": {"start": "2026-12-01T00:00:00Z"}});
    let drill = director.post("/api/v1/drills", &request).await.ok();
    server.stop().await;
    let server = Server::start(&database).await;
    let director = server.login("exercise_director").await;
    let worlds = director.get("/api/v1/worlds").await.ok();
    let again = worlds
        .as_array()
        .unwrap()
        .iter()
        .find(|world| world["id"] == drill["id"])
        .unwrap()
        .clone();
    assert_eq!(again, drill);
}
