//! Positions: what moves a unit, what is history, what is refused and why, and what is kept.

use std::time::Duration;

use chiyuan_tests::{Answer, Client, Database, Server, client::send, eventually};
use chrono::{TimeDelta, Utc};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use reqwest::Method;
use serde_json::{Value, json};

const UNIT: &str = "amb-140602-001";
const PATH: &str = "/api/v1/worlds/live/positions";
const LON: f64 = 112.43;
const LAT: f64 = 39.33;

fn ago(seconds: i64) -> String {
    (Utc::now() - TimeDelta::seconds(seconds)).to_rfc3339_opts(chrono::SecondsFormat::Millis, true)
}

fn fix(unit: &str, at: &str, lon: f64, lat: f64) -> Value {
    json!({"unit_id": unit, "at": at, "lon": lon, "lat": lat})
}

async fn report(client: &Client, fixes: Vec<Value>) -> Value {
    client.post(PATH, &json!({"fixes": fixes})).await.ok()
}

async fn properties(client: &Client, unit: &str) -> Value {
    let mut feature = client
        .get(&format!("/api/v1/worlds/live/resources/{unit}"))
        .await
        .ok();
    // Its age goes on.
    feature["properties"]
        .as_object_mut()
        .unwrap()
        .remove("fix_age_s");
    feature
}

#[derive(diesel::QueryableByName)]
struct Number {
    #[diesel(sql_type = diesel::sql_types::Double)]
    number: f64,
}

async fn number(connection: &mut AsyncPgConnection, query: &str) -> f64 {
    let row: Number = diesel::sql_query(query)
        .get_result(connection)
        .await
        .unwrap();
    row.number
}

#[tokio::test(flavor = "multi_thread")]
async fn every_refusal_has_its_code_and_moves_nothing() {
    let database = Database::full().await;
    let server = Server::start(&database).await;
    let (observer, device) = (server.login("observer").await, server.device());
    let at = ago(60);
    let first = report(
        &device,
        vec![fix(UNIT, &at, LON, LAT), fix(UNIT, &ago(120), LON, LAT)],
    )
    .await;
    assert_eq!(
        (&first["accepted"], &first["late"], &first["rejected"]),
        (&json!(1), &json!(1), &json!([]))
    );
    let before = properties(&observer, UNIT).await;

    let mut unknown_field = fix(UNIT, &ago(1), LON, LAT);
    unknown_field["alt"] = json!(1);
    let mut fast = fix(UNIT, &ago(1), LON, LAT);
    fast["speed_mps"] = json!(900.0);
    let mut turned = fix(UNIT, &ago(1), LON, LAT);
    turned["heading_deg"] = json!(361.0);
    let refused = [
        (unknown_field, "malformed"),
        (fast, "malformed"),
        (turned, "malformed"),
        (
            json!({"unit_id": UNIT, "at": ago(1), "lon": "112", "lat": LAT}),
            "malformed",
        ),
        (
            json!({"unit_id": UNIT, "at": "yesterday", "lon": LON, "lat": LAT}),
            "malformed",
        ),
        (
            json!({"unit_id": UNIT, "lon": LON, "lat": LAT}),
            "malformed",
        ),
        (json!(7), "malformed"),
        (fix("amb-none", &ago(1), LON, LAT), "unknown_unit"),
        (fix("sta-140602-01", &ago(1), LON, LAT), "unknown_unit"),
        (fix(UNIT, &ago(1), 200.0, 95.0), "out_of_range"),
        (fix(UNIT, &ago(1), 476.4, LAT), "out_of_range"),
        (fix(UNIT, &ago(1), 0.0, 0.0), "null_island"),
        (fix(UNIT, &ago(1), LAT, LON), "swapped"),
        (fix(UNIT, &ago(25 * 3_600), LON, LAT), "too_old"),
        (fix(UNIT, &ago(-60), LON, LAT), "future"),
        (fix(UNIT, &ago(59), LON + 1.0, LAT), "jump"),
        (fix(UNIT, &ago(1), LON + 3.0, LAT), "jump"),
        (fix(UNIT, &at, LON, LAT), "repeat"),
    ];
    let answer = report(
        &device,
        refused.iter().map(|(fix, _)| fix.clone()).collect(),
    )
    .await;
    assert_eq!(
        (&answer["accepted"], &answer["late"]),
        (&json!(0), &json!(0)),
        "{answer}"
    );
    let rejected = answer["rejected"].as_array().unwrap();
    assert_eq!(rejected.len(), refused.len());
    for (index, (refusal, (fix, code))) in rejected.iter().zip(&refused).enumerate() {
        assert_eq!(
            (&refusal["index"], &refusal["code"]),
            (&json!(index), &json!(code)),
            "{fix}"
        );
        assert!(refusal["detail"].is_string());
    }
    assert_eq!(
        properties(&observer, UNIT).await,
        before,
        "a refused fix moves nothing"
    );

    // A crew reports for its own unit alone.
    let crew = server.login("crew").await;
    let answer = report(
        &crew,
        vec![
            fix("amb-140602-002", &ago(1), LON, LAT),
            fix(UNIT, &ago(1), LON, LAT),
        ],
    )
    .await;
    assert_eq!(answer["accepted"], 1, "{answer}");
    assert_eq!(answer["rejected"][0]["code"], "not_your_unit");

    let mut seen: Vec<&str> = refused
        .iter()
        .map(|(_, code)| *code)
        .chain(["not_your_unit"])
        .collect();
    seen.sort_unstable();
    seen.dedup();
    assert_eq!(seen.len(), 10, "every code of the contract");
}

async fn raw(client: &Client, body: String) -> Answer {
    let request = client
        .request(Method::POST, PATH)
        .header("content-type", "application/json");
    send(request.body(body)).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_batch_is_bounded_and_its_envelope_is_strict() {
    let database = Database::full().await;
    let server = Server::start(&database).await;
    let device = server.device();
    let one = fix("amb-none", &ago(1), 112.4, 39.3).to_string();
    let batch = |count: usize| format!("{{\"fixes\":[{}]}}", vec![one.as_str(); count].join(","));
    let most = raw(&device, batch(5_000)).await.ok();
    assert_eq!(most["rejected"].as_array().unwrap().len(), 5_000);
    assert_eq!(
        raw(&device, batch(5_001)).await.refusal(),
        (413, "too_large")
    );
    let filler = format!("{{\"fixes\":[]{}}}", " ".repeat(1024 * 1024 - 12));
    assert_eq!(filler.len(), 1024 * 1024);
    raw(&device, filler.clone()).await.ok();
    assert_eq!(
        raw(&device, format!("{filler} ")).await.refusal(),
        (413, "too_large")
    );
    for bad in [
        "",
        "[]",
        "{}",
        r#"{"fixes":{}}"#,
        r#"{"fixes":[],"x":1}"#,
        r#"{"fixes":[{]}"#,
        r#"{"fixes":[NaN]}"#,
    ] {
        assert_eq!(raw(&device, bad.to_owned()).await.status, 400, "{bad}");
    }
    let observer = server.login("observer").await;
    assert_eq!(observer.post(PATH, &json!({"fixes": []})).await.status, 403);
    assert_eq!(
        server
            .anonymous()
            .post(PATH, &json!({"fixes": []}))
            .await
            .status,
        401
    );
    let nowhere = device
        .post("/api/v1/worlds/none/positions", &json!({"fixes": []}))
        .await;
    assert_eq!(nowhere.refusal(), (404, "not_found"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_fix_places_a_unit_and_survives_a_restart() {
    let database = Database::full().await;
    let server = Server::start(&database).await;
    let (observer, device) = (server.login("observer").await, server.device());
    let before = properties(&observer, UNIT).await;
    assert_eq!(
        (
            &before["properties"]["position_basis"],
            &before["properties"]["fix_at"]
        ),
        (&json!("station"), &Value::Null)
    );
    // Somewhere no unit is: in a far corner, reached without a history.
    let (lon, lat) = (112.05, 39.80);
    let at = ago(30);
    let mut moving = fix(UNIT, &ago(0), lon + 0.001, lat);
    moving["speed_mps"] = json!(12.5);
    moving["heading_deg"] = json!(90.0);
    moving["accuracy_m"] = json!(5.0);
    let answer = report(
        &device,
        vec![
            fix(UNIT, &at, lon, lat),
            moving,
            fix(UNIT, &ago(15), lon, lat),
        ],
    )
    .await;
    assert_eq!(
        (&answer["accepted"], &answer["late"]),
        (&json!(2), &json!(1)),
        "{answer}"
    );

    let nearest = format!("/api/v1/worlds/live/nearest?lon={lon}&lat={lat}&kind=ambulance&limit=1");
    let found = observer.get(&nearest).await.ok()["features"][0].clone();
    assert_eq!(found["id"], UNIT, "the new place counts at once");
    assert_eq!(found["properties"]["position_basis"], "fix");
    assert!(found["properties"]["fix_at"].is_string());
    let age = found["properties"]["fix_age_s"].as_f64().unwrap();
    assert!((0.0..5.0).contains(&age), "{age}");
    let metres = found["properties"]["distance_m"].as_f64().unwrap();
    assert!((80.0..92.0).contains(&metres), "{metres}");
    let within =
        format!("/api/v1/worlds/live/within?lon={lon}&lat={lat}&radius_m=200&kind=ambulance");
    assert_eq!(
        observer.get(&within).await.ok()["summary"]["units"]["total"],
        1
    );
    let fresh = observer
        .get("/api/v1/worlds/live/resources?max_fix_age_s=60")
        .await
        .ok();
    assert_eq!(fresh["features"].as_array().unwrap().len(), 1);

    let mut connection = database.connect().await;
    let rows = format!(
        "SELECT count(*)::double precision AS number FROM track WHERE world_id = 'live' AND unit_id = '{UNIT}'"
    );
    let end = tokio::time::Instant::now() + Duration::from_secs(5);
    while number(&mut connection, &rows).await < 3.0 {
        assert!(tokio::time::Instant::now() < end, "the track is written");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let late = format!("{rows} AND late");
    assert!((number(&mut connection, &late).await - 1.0).abs() < 0.1);
    let apart = format!(
        "SELECT ST_Distance(location, ST_MakePoint({}, {lat})::geography) AS number FROM last_fix \
         WHERE world_id = 'live' AND unit_id = '{UNIT}'",
        lon + 0.001
    );
    assert!(
        number(&mut connection, &apart).await < 0.001,
        "PostgreSQL has the same place"
    );
    let from = format!(
        "SELECT ST_Distance(location, ST_MakePoint({lon}, {lat})::geography) AS number FROM last_fix \
         WHERE world_id = 'live' AND unit_id = '{UNIT}'"
    );
    let measured = number(&mut connection, &from).await;
    assert!(
        (measured - metres).abs() < 0.01,
        "{measured} m in PostGIS, {metres} m in the answer"
    );

    let before = properties(&observer, UNIT).await;
    server.stop().await;
    let server = Server::start(&database).await;
    let observer = server.login("observer").await;
    assert_eq!(
        properties(&observer, UNIT).await,
        before,
        "the latest fix survives"
    );
    // And is known: the same fix is a repeat, an impossible one still a jump.
    let known = before["properties"]["fix_at"].as_str().unwrap();
    let answer = report(
        &server.device(),
        vec![
            fix(UNIT, known, lon + 0.001, lat),
            fix(UNIT, &ago(0), lon + 9.0, lat),
        ],
    )
    .await;
    let codes: Vec<_> = answer["rejected"]
        .as_array()
        .unwrap()
        .iter()
        .map(|r| r["code"].as_str().unwrap())
        .collect();
    assert_eq!(codes, ["repeat", "jump"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn phones_speak_osmand() {
    let database = Database::full().await;
    let server = Server::start(&database).await;
    let token = database.accounts.device_token.clone();
    let anonymous = server.anonymous();
    let at = Utc::now().timestamp();
    let path = |extra: &str| {
        format!(
            "/gateway/osmand?lat={LAT}&lon={LON}&timestamp={at}&speed=10&bearing=90&accuracy=5{extra}"
        )
    };
    let answer = anonymous
        .get(&path(&format!("&id={UNIT}&token={token}")))
        .await;
    assert_eq!(answer.status, 200);
    let mut connection = database.connect().await;
    let speed = format!(
        "SELECT coalesce(max(speed_mps), -1)::double precision AS number FROM last_fix WHERE unit_id = '{UNIT}'"
    );
    let end = tokio::time::Instant::now() + Duration::from_secs(5);
    while number(&mut connection, &speed).await < 0.0 {
        assert!(tokio::time::Instant::now() < end, "the fix is written");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let speed = number(&mut connection, &speed).await;
    assert!(
        (speed - 10.0 * 1852.0 / 3600.0).abs() < 1e-3,
        "10 knots are {speed} m/s"
    );

    assert_eq!(
        anonymous
            .get(&path(&format!("&id={UNIT}&token=wrong")))
            .await
            .status,
        401
    );
    assert_eq!(
        anonymous.get(&path(&format!("&id={UNIT}"))).await.status,
        401
    );
    let unknown = anonymous
        .get(&path(&format!("&id=amb-none&token={token}")))
        .await;
    assert_eq!(unknown.refusal(), (400, "unknown_unit"));
    // A phone sends a fix until it is taken: a repeat is not worth an error.
    assert_eq!(
        anonymous
            .get(&path(&format!("&id={UNIT}&token={token}")))
            .await
            .status,
        200
    );
    // By header, and a device that is bound to its unit need not name it.
    let bound =
        super::accounts::token(&server, &["--role", "device", "--unit", "amb-140602-003"]).await;
    let phone = server.anonymous().with_token(&bound);
    assert_eq!(phone.get(&path("")).await.status, 200);
    let observer = server.login("observer").await;
    let placed = || async {
        properties(&observer, "amb-140602-003").await["properties"]["position_basis"] == "fix"
    };
    eventually(Duration::from_secs(2), "the phone's unit is placed", placed).await;
    assert_eq!(
        phone.get(&path("&id=amb-140602-004")).await.refusal(),
        (400, "not_your_unit")
    );
}
