//! Marks on the map: from the command to PostGIS and to the other desks, and nowhere else.

use std::time::Duration;

use chiyuan_tests::{Client, Database, Server, eventually, invariants};
use diesel_async::RunQueryDsl;
use serde_json::{Value, json};

use super::feed::open;

/// A triangle and its size as GeographicLib gives it.
const AREA_M2: f64 = 4_808_947_567.26;

fn draw(geometry: &Value) -> Value {
    json!({"type": "draw_mark", "mark_type": "hazard_zone", "title": "泄漏", "text": "下风向", "geometry": geometry})
}

fn triangle() -> Value {
    // Clockwise: it is kept the other way round.
    json!({"type": "Polygon", "coordinates": [[[112, 39], [113, 40], [113, 39], [112, 39]]]})
}

async fn drawn(client: &Client, world: &str, body: &Value) -> Value {
    let reply = client.command(world, body).await.ok();
    reply["changes"][0]["entity"].clone()
}

#[derive(diesel::QueryableByName)]
struct Row {
    #[diesel(sql_type = diesel::sql_types::Text)]
    kind: String,
    #[diesel(sql_type = diesel::sql_types::Integer)]
    srid: i32,
    #[diesel(sql_type = diesel::sql_types::Bool)]
    valid: bool,
    #[diesel(sql_type = diesel::sql_types::Double)]
    area: f64,
    #[diesel(sql_type = diesel::sql_types::Bool)]
    holds: bool,
}

const SHAPE: &str = "SELECT ST_GeometryType(location::geometry) AS kind, ST_SRID(location::geometry) AS srid,
    ST_IsValid(location::geometry) AS valid, ST_Area(location) AS area,
    ST_Covers(location, ST_MakePoint(112.9, 39.2)::geography) AS holds FROM mark WHERE world_id = 'live' AND id = $1";

#[tokio::test(flavor = "multi_thread")]
async fn a_mark_is_a_geography_and_reaches_every_desk_of_its_centre() {
    let database = Database::full().await;
    let server = Server::start(&database).await;
    let dispatcher = server.login_in("dispatcher", "140600").await;
    let commander = server.login_in("commander", "140600").await;
    let stranger = server.login_in("dispatcher", "140300").await;
    let (mut here, mut there) = (
        open(&commander, "live").await,
        open(&stranger, "live").await,
    );

    let mark = drawn(&dispatcher, "live", &draw(&triangle())).await;
    let id = mark["id"].as_str().unwrap().to_owned();
    assert_eq!(mark["centre"], "140600");
    assert_eq!(mark["drawn_by"], "user:dispatcher-140600");
    let row: Row = diesel::sql_query(SHAPE)
        .bind::<diesel::sql_types::Text, _>(&id)
        .get_result(&mut database.connect().await)
        .await
        .unwrap();
    assert_eq!((row.kind.as_str(), row.srid), ("ST_Polygon", 4326));
    assert!(row.valid && row.holds);
    assert!((row.area / AREA_M2 - 1.0).abs() < 1e-9, "{}", row.area);

    here.until(Duration::from_secs(5), "the mark", |state| {
        state.entities.contains_key(&id)
    })
    .await;
    let renamed =
        json!({"type": "change_mark", "mark_id": id, "based_on_version": 1, "title": "氯气泄漏"});
    assert_eq!(
        drawn(&commander, "live", &renamed).await["changed_by"],
        "user:commander-140600"
    );
    let late = json!({"type": "change_mark", "mark_id": id, "based_on_version": 1, "text": ""});
    assert_eq!(
        dispatcher.command("live", &late).await.refusal(),
        (409, "version_changed")
    );
    // Another centre neither sees nor touches it.
    let foreign = json!({"type": "remove_mark", "mark_id": id});
    assert_eq!(
        stranger.command("live", &foreign).await.refusal(),
        (404, "not_found")
    );
    let seq = stranger
        .command(
            "live",
            &draw(&json!({"type": "Point", "coordinates": [113.6, 37.9]})),
        )
        .await
        .ok()["seq"]
        .as_u64()
        .unwrap();
    there
        .until(Duration::from_secs(5), "its own mark", |state| {
            state.seq >= seq
        })
        .await;
    assert!(!there.state.entities.contains_key(&id));
    invariants::hold(&server).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn broken_shapes_are_refused_with_their_reason() {
    let database = Database::full().await;
    let server = Server::start(&database).await;
    let dispatcher = server.login("dispatcher").await;
    let area = |ring: Value| json!({"type": "Polygon", "coordinates": [ring]});
    let rows = [
        (
            area(json!([[112, 39], [113, 39], [113, 40]])),
            422,
            "ring_open",
        ),
        (
            area(json!([
                [112, 39],
                [113, 40],
                [113, 39],
                [112, 40],
                [112, 39]
            ])),
            422,
            "ring_crosses",
        ),
        (
            area(json!([[112, 39], [113, 39], [114, 39], [112, 39]])),
            422,
            "no_area",
        ),
        (
            json!({"type": "LineString", "coordinates": [[112, 39]]}),
            422,
            "too_few_vertices",
        ),
        (
            json!({"type": "Point", "coordinates": [476.4, 39]}),
            422,
            "out_of_limits",
        ),
        (
            json!({"type": "Point", "coordinates": ["112", "39"]}),
            400,
            "malformed_body",
        ),
        (
            json!({"type": "MultiPoint", "coordinates": []}),
            400,
            "malformed_body",
        ),
    ];
    for (geometry, status, code) in rows {
        let answer = dispatcher.command("live", &draw(&geometry)).await;
        assert_eq!(answer.refusal(), (status, code), "{geometry}");
    }
    let observer = server.login("observer").await;
    let refused = observer.command("live", &draw(&triangle())).await;
    assert_eq!(refused.status, 403);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mark_of_a_drill_ends_by_itself() {
    let database = Database::full().await;
    let server = Server::start(&database).await;
    let (director, dispatcher) = (
        server.login("exercise_director").await,
        server.login("dispatcher").await,
    );
    let request = json!({"name": "标注", "from": {"world": "live"}, "clock": {"start": "2026-12-01T00:00:00Z", "speed": 1.0}});
    let made = director.post("/api/v1/drills", &request).await.ok();
    let drill = made["id"].as_str().unwrap().to_owned();
    let mut body = draw(&triangle());
    body["valid_until"] = "2026-12-01T00:01:00Z".into();
    let mark = drawn(&dispatcher, &drill, &body).await;
    let id = mark["id"].as_str().unwrap();
    let step = json!({"action": "step", "value": 90.0});
    director
        .post(&format!("/api/v1/drills/{drill}/clock"), &step)
        .await
        .ok();
    let change = json!({"type": "change_mark", "mark_id": id, "title": "x"});
    eventually(Duration::from_secs(5), "the mark has ended", || async {
        dispatcher.command(&drill, &change).await.refusal() == (409, "mark_ended")
    })
    .await;
    invariants::hold(&server).await;
}
