//! Who reads which figures: scope, periods, files.

use chiyuan_tests::{Client, Database, Server, client::send};
use reqwest::Method;
use serde_json::json;

#[tokio::test(flavor = "multi_thread")]
async fn figures_are_for_those_whose_place_it_is() {
    let database = Database::full().await;
    let server = Server::start(&database).await;
    let path = |place: &str| format!("/api/v1/worlds/live/kpis?jurisdiction={place}");
    let city = server.login_in("dispatcher", "140600").await;
    for place in ["140600", "140602"] {
        assert_eq!(city.get(&path(place)).await.ok()["jurisdiction"], place);
    }
    assert_eq!(
        city.get("/api/v1/worlds/live/kpis").await.ok()["jurisdiction"],
        "140600",
        "left out, one's own"
    );
    for place in ["140700", "653130", "999999"] {
        assert_eq!(city.get(&path(place)).await.refusal(), (404, "not_found"));
    }
    let county =
        super::accounts::token(&server, &["--role", "observer", "--jurisdiction", "140602"]).await;
    let county = server.anonymous().with_token(&county);
    assert_eq!(
        county.get("/api/v1/worlds/live/kpis").await.ok()["jurisdiction"],
        "140602"
    );
    // Everybody reads the whole of his centre, and nothing of another.
    for (place, status) in [("140600", 200), ("140603", 200), ("140700", 404)] {
        let cases = format!("/api/v1/worlds/live/kpis/run.empty/cases?jurisdiction={place}");
        let file = format!("/api/v1/worlds/live/kpis/export?jurisdiction={place}");
        for path in [path(place), cases, file] {
            assert_eq!(county.get(&path).await.status, status, "{path}");
        }
    }
    for role in [
        "commander",
        "auditor",
        "observer",
        "administrator",
        "exercise_director",
    ] {
        let everything = server
            .login(role)
            .await
            .get("/api/v1/worlds/live/kpis")
            .await
            .ok();
        assert!(everything["jurisdiction"].is_null());
    }
    for role in ["security_administrator", "bed_desk", "store_keeper", "crew"] {
        let refused = server
            .login(role)
            .await
            .get("/api/v1/worlds/live/kpis")
            .await;
        assert_eq!(refused.refusal(), (403, "forbidden"), "{role}");
    }
    assert_eq!(
        server
            .device()
            .get("/api/v1/worlds/live/kpis")
            .await
            .refusal()
            .0,
        403
    );
    assert_eq!(
        server
            .anonymous()
            .get("/api/v1/worlds/live/kpis")
            .await
            .refusal()
            .0,
        401
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_asked_wrongly_is_refused_by_name() {
    let database = Database::full().await;
    let server = Server::start(&database).await;
    let client = server.login("commander").await;
    for (query, code) in [
        ("kpis?from=yesterday", "malformed_query"),
        ("kpis?from=2026-12-01T00:00:00", "malformed_query"),
        ("kpis?to=2026-02-30", "malformed_query"),
        ("kpis?jurisdiction=14060", "malformed_query"),
        ("kpis?month=1", "malformed_query"),
        ("kpis?from=2026-12-02&to=2026-12-01", "period_out_of_range"),
        ("kpis?from=2026-12-01&to=2026-12-01", "period_out_of_range"),
        ("kpis?from=2025-01-01&to=2026-12-01", "period_out_of_range"),
        ("kpis/export?format=pdf", "malformed_query"),
        ("kpis/run.empty/cases?limit=0", "limit_out_of_range"),
        ("kpis/run.empty/cases?after=1", "malformed_query"),
        ("kpis/run.empty/cases?counted=yes", "malformed_query"),
    ] {
        let answer = client.get(&format!("/api/v1/worlds/live/{query}")).await;
        assert_eq!(answer.refusal(), (400, code), "{query}");
    }
    for path in [
        "live/kpis/none/cases",
        "none/kpis",
        "live/kpis/export/cases",
    ] {
        let answer = client.get(&format!("/api/v1/worlds/{path}")).await;
        assert_eq!(answer.refusal(), (404, "not_found"), "{path}");
    }
    let longest = client
        .get("/api/v1/worlds/live/kpis?from=2025-10-28&to=2026-12-02")
        .await
        .ok();
    assert_eq!(longest["from"], "2025-10-27T16:00:00Z");
    let empty = &longest["kpis"][0];
    assert_eq!(
        (&empty["value"], &empty["denominator"], &empty["state"]),
        (&json!(null), &json!(0), &json!("none"))
    );
}

async fn bytes(client: &Client, path: &str) -> (reqwest::header::HeaderMap, Vec<u8>) {
    let response = client.request(Method::GET, path).send().await.unwrap();
    assert_eq!(response.status(), 200);
    let headers = response.headers().clone();
    (headers, response.bytes().await.unwrap().to_vec())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_report_is_a_file_that_cannot_compute() {
    let database = Database::full().await;
    let server = Server::start(&database).await;
    let administrator = server.login("administrator").await;
    // A norm whose source is written as a formula, later than the seed's.
    let norm = json!({"kind": "norm", "id": "nrm-formula", "key": "call.answer_10s", "place": "140600", "value": 90,
        "operator": ">=", "unit": "percent", "base": "calls_offered", "source_row": "=1+1", "doc": "001",
        "doc_status": "in_force", "valid_from": "2026-01-01", "text": "@SUM(A1)"});
    administrator
        .command(
            "live",
            &json!({"type": "register_resource", "resource": norm}),
        )
        .await
        .ok();
    let client = server.login("auditor").await;
    let path = |format: &str| {
        format!(
            "/api/v1/worlds/live/kpis/export?format={format}&jurisdiction=140600&from=2026-11-01&to=2026-12-01"
        )
    };
    let (headers, csv) = bytes(&client, &path("csv")).await;
    let header = |name: &str| headers[name].to_str().unwrap().to_owned();
    assert_eq!(header("content-type"), "text/csv; charset=utf-8");
    assert_eq!(
        header("content-disposition"),
        "attachment; filename=\"chiyuan-kpis-live-2026-11-01-2026-11-30.csv\""
    );
    let text = String::from_utf8(csv).unwrap();
    assert!(text.starts_with('\u{feff}'));
    assert_eq!(text.lines().count(), 25);
    assert!(text.contains(">=0.9,'=1+1,"), "{text}");
    for cell in text.split(['\n', ',']) {
        assert!(
            !cell.trim_matches('"').starts_with(['=', '+', '-', '@']),
            "{cell}"
        );
    }
    let (headers, xlsx) = bytes(&client, &path("xlsx")).await;
    assert!(
        headers["content-type"]
            .to_str()
            .unwrap()
            .ends_with("spreadsheetml.sheet")
    );
    assert!(xlsx.starts_with(b"PK") && xlsx.len() > 4_000);
    assert!(!xlsx.windows(3).any(|bytes| bytes == b"<f>"));
    let refused = send(client.request(Method::GET, &path("ods"))).await;
    assert_eq!(refused.refusal(), (400, "malformed_query"));
}
