//! Malformed and oversized requests: a clear 4xx with a stable code, never a 5xx, never a change.

use chiyuan_tests::{Client, Database, Server, client::send};
use reqwest::{Method, header};
use serde_json::json;

async fn raw(client: &Client, path: &str, body: &[u8]) -> chiyuan_tests::Answer {
    let request = client
        .request(Method::POST, path)
        .header("Idempotency-Key", "k")
        .header(header::CONTENT_TYPE, "application/json");
    send(request.body(body.to_vec())).await
}

#[tokio::test(flavor = "multi_thread")]
async fn bad_bodies_are_named_and_change_nothing() {
    let database = Database::full().await;
    let server = Server::start(&database).await;
    let administrator = server.login("administrator").await;
    let before = administrator.get("/api/v1/worlds").await.ok()[0]["seq"].clone();
    let deep = format!(
        "{{\"type\":\"set_unit_status\",\"x\":{}{}}}",
        "[".repeat(64),
        "]".repeat(64)
    );
    let set = |unit: &str, status: &str, reason: &str| {
        json!({"type": "set_unit_status", "unit_id": unit, "status": status, "reason": reason})
            .to_string()
    };
    let register = |extra: &str| {
        format!(
            r#"{{"type":"register_resource","resource":{{"kind":"station","name":"x","jurisdiction":"140602","tier":"township",
            "zone":"rural","service_radius_m":10000,"source":"demo"{extra}}}}}"#
        )
    };
    let cases: Vec<(Vec<u8>, u16, &str)> = vec![
        (b"".to_vec(), 400, "malformed_body"),
        (b"null".to_vec(), 400, "malformed_body"),
        (b"[]".to_vec(), 400, "malformed_body"),
        (b"{".to_vec(), 400, "malformed_body"),
        (b"{\"type\":\"set_unit_status\"".to_vec(), 400, "malformed_body"),
        (b"\xff\xfe".to_vec(), 400, "malformed_body"),
        (deep.into_bytes(), 400, "malformed_body"),
        (b"{\"type\":5}".to_vec(), 400, "malformed_body"),
        (b"{\"type\":\"drop_table\"}".to_vec(), 400, "unknown_command"),
        (b"{\"type\":\"set_clock\",\"finish\":true}".to_vec(), 400, "unknown_command"),
        (b"{\"type\":\"copy_registry\",\"from\":\"live\",\"from_seq\":1,\"part\":1,\"parts\":1}".to_vec(), 400, "unknown_command"),
        (br#"{"type":"set_unit_status","unit_id":"a","unit_id":"b","status":"available","reason":""}"#.to_vec(), 400, "malformed_body"),
        (br#"{"type":"set_unit_status","unit_id":"a","status":"available","reason":"","colour":1}"#.to_vec(), 400, "malformed_body"),
        (br#"{"type":"set_unit_status","unit_id":"a","status":"available"}"#.to_vec(), 400, "malformed_body"),
        (set("AMB 1", "available", "").into_bytes(), 400, "malformed_body"),
        (set("amb-140602-001", "flying", "").into_bytes(), 400, "malformed_body"),
        (set("amb-140602-001", "available", &"长".repeat(301)).into_bytes(), 400, "malformed_body"),
        (set("amb-140602-001", "available", "a\u{202e}b").into_bytes(), 400, "malformed_body"),
        (set("amb-140602-001", "available", "a\nb").into_bytes(), 400, "malformed_body"),
        (set("amb-140602-001", "on_scene", "").into_bytes(), 422, "status_is_derived"),
        (set("amb-nowhere", "available", "").into_bytes(), 404, "not_found"),
        (set("sta-140602-01", "available", "").into_bytes(), 422, "wrong_kind"),
        (register(r#","lon":200,"lat":95"#).into_bytes(), 400, "malformed_body"),
        (register(r#","lon":112.4"#).into_bytes(), 400, "malformed_body"),
        (register(r#","lon":1e999,"lat":39"#).into_bytes(), 400, "malformed_body"),
        (register("").into_bytes(), 422, "out_of_limits"),
        (br#"{"type":"report_beds","bed_pool_id":"x","staffed":-1,"occupied":0}"#.to_vec(), 400, "malformed_body"),
        (br#"{"type":"report_beds","bed_pool_id":"x","staffed":1.5,"occupied":0}"#.to_vec(), 400, "malformed_body"),
    ];
    for (body, status, code) in cases {
        let answer = raw(&administrator, "/api/v1/worlds/live/commands", &body).await;
        assert_eq!(
            answer.refusal(),
            (status, code),
            "{}",
            String::from_utf8_lossy(&body)
        );
        assert_eq!(answer.headers["content-type"], "application/problem+json");
    }
    let large = format!("{{\"type\":\"x\",\"y\":\"{}\"}}", "x".repeat(70_000));
    assert_eq!(
        raw(
            &administrator,
            "/api/v1/worlds/live/commands",
            large.as_bytes()
        )
        .await
        .refusal(),
        (413, "too_large")
    );
    assert_eq!(
        administrator.get("/api/v1/worlds").await.ok()[0]["seq"],
        before
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn keys_paths_types_and_methods_are_checked() {
    let database = Database::full().await;
    let server = Server::start(&database).await;
    let dispatcher = server.login("dispatcher").await;
    let body = json!({"type": "set_unit_status", "unit_id": "amb-140602-001", "status": "available", "reason": "x"});
    let path = "/api/v1/worlds/live/commands";
    let no_key = send(dispatcher.request(Method::POST, path).json(&body)).await;
    assert_eq!(no_key.refusal(), (400, "idempotency_key"));
    for key in ["", "a b", "键", &"k".repeat(129)] {
        let Ok(value) = header::HeaderValue::from_bytes(key.as_bytes()) else {
            continue;
        };
        let answer = send(
            dispatcher
                .request(Method::POST, path)
                .header("Idempotency-Key", value)
                .json(&body),
        )
        .await;
        assert_eq!(answer.refusal(), (400, "idempotency_key"), "{key}");
    }
    assert_eq!(
        dispatcher.command("nowhere", &body).await.refusal(),
        (404, "not_found")
    );
    assert_eq!(
        dispatcher.get("/api/v1/nothing").await.refusal(),
        (404, "not_found")
    );
    assert_eq!(
        dispatcher
            .get("/api/v1/worlds/live/resources/%00")
            .await
            .refusal(),
        (404, "not_found")
    );
    assert_eq!(
        dispatcher
            .get("/api/v1/worlds/..%2f..%2fetc/resources")
            .await
            .refusal(),
        (404, "not_found")
    );
    let text = dispatcher
        .request(Method::POST, path)
        .header("Idempotency-Key", "k")
        .header(header::CONTENT_TYPE, "text/plain");
    assert_eq!(
        send(text.body(body.to_string())).await.refusal(),
        (415, "not_json")
    );
    let put = send(dispatcher.request(Method::PUT, "/api/v1/worlds")).await;
    assert!(put.status.is_client_error(), "{}", put.status);
}
