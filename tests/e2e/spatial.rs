//! Spatial answers over HTTP: equal to geodesic brute force and to PostGIS.

use chiyuan_geo::LonLat;
use chiyuan_tests::{Client, Database, Server, random::Random};
use diesel_async::RunQueryDsl;
use serde_json::{Value, json};

struct Resource {
    kind: String,
    at: LonLat,
    available: bool,
    capabilities: Vec<String>,
}

async fn all(client: &Client) -> Vec<Resource> {
    let mut resources = Vec::new();
    let mut cursor = String::new();
    loop {
        let page = client
            .get(&format!("/api/v1/worlds/live/resources?limit=1000{cursor}"))
            .await
            .ok();
        resources.extend(page["features"].as_array().unwrap().iter().map(resource));
        let Some(next) = page["next_cursor"].as_str() else {
            return resources;
        };
        cursor = format!("&cursor={next}");
    }
}

fn resource(feature: &Value) -> Resource {
    let (place, properties) = (&feature["geometry"]["coordinates"], &feature["properties"]);
    let capabilities = properties["capabilities"].as_array().unwrap();
    Resource {
        kind: properties["kind"].as_str().unwrap().to_owned(),
        at: LonLat::new(place[0].as_f64().unwrap(), place[1].as_f64().unwrap()).unwrap(),
        available: properties["available"].as_bool().unwrap(),
        capabilities: capabilities
            .iter()
            .map(|word| word.as_str().unwrap().to_owned())
            .collect(),
    }
}

fn anywhere(random: &mut Random) -> LonLat {
    match random.below(8) {
        0 => LonLat::new(random.within(179.0, 180.0), random.within(-60.0, 60.0)).unwrap(),
        1 => LonLat::new(random.within(-180.0, 180.0), random.within(85.0, 90.0)).unwrap(),
        2 => LonLat::new(random.within(78.0, 79.0), random.within(39.5, 40.0)).unwrap(),
        _ => LonLat::new(random.within(111.5, 114.0), random.within(36.8, 40.2)).unwrap(),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nearest_and_within_equal_brute_force() {
    let database = Database::full().await;
    let server = Server::start(&database).await;
    let client = server.login("observer").await;
    let resources = all(&client).await;
    assert!(resources.len() > 1_400, "the five jurisdictions are loaded");
    let mut random = Random::new(11);
    type Check = fn(&Resource) -> bool;
    let filters: [(&str, Check); 4] = [
        ("", |_| true),
        ("&kind=ambulance&available=true", |r| {
            r.kind == "ambulance" && r.available
        }),
        ("&kind=ambulance,team&capability=negative_pressure", |r| {
            (r.kind == "ambulance" || r.kind == "team")
                && r.capabilities
                    .iter()
                    .any(|word| word == "negative_pressure")
        }),
        ("&kind=bed_pool&available=true", |r| {
            r.kind == "bed_pool" && r.available
        }),
    ];
    for _ in 0..300 {
        let (from, (query, accept)) = (anywhere(&mut random), random.one_of(&filters));
        let mut expected: Vec<f64> = resources
            .iter()
            .filter(|r| accept(r))
            .map(|r| from.geodesic_m(r.at))
            .collect();
        expected.sort_by(f64::total_cmp);
        let place = format!("lon={}&lat={}", from.lon(), from.lat());
        let answer = client
            .get(&format!(
                "/api/v1/worlds/live/nearest?{place}{query}&limit=7"
            ))
            .await
            .ok();
        same_distances(&answer, &expected[..7]);

        let radius = [5_000.0, 20_000.0, 137_000.0][random.below(3)];
        let inside = expected
            .iter()
            .filter(|distance| **distance <= radius)
            .count();
        let answer = client
            .get(&format!(
                "/api/v1/worlds/live/within?{place}{query}&radius_m={radius}&limit=5"
            ))
            .await
            .ok();
        same_distances(&answer, &expected[..inside.min(5)]);
        let summary = &answer["summary"];
        let counted = summary["units"]["total"].as_u64().unwrap()
            + summary["beds"]["pools"].as_u64().unwrap();
        let units_and_pools = resources
            .iter()
            .filter(|r| accept(r) && from.geodesic_m(r.at) <= radius);
        let kinds = ["ambulance", "team", "special_vehicle", "bed_pool"];
        assert_eq!(
            counted,
            units_and_pools
                .filter(|r| kinds.contains(&r.kind.as_str()))
                .count() as u64
        );
    }
}

fn same_distances(answer: &Value, expected: &[f64]) {
    let found: Vec<f64> = answer["features"]
        .as_array()
        .unwrap()
        .iter()
        .map(|f| f["properties"]["distance_m"].as_f64().unwrap())
        .collect();
    assert_eq!(found.len(), expected.len());
    for (found, expected) in found.iter().zip(expected) {
        assert!((found - expected).abs() < 0.001, "{found} {expected}");
    }
}

/// Whoever has the properties from the feed asks for ids and distances only, and gets the same ones.
#[tokio::test(flavor = "multi_thread")]
async fn a_ranking_is_the_answer_without_properties() {
    let database = Database::full().await;
    let server = Server::start(&database).await;
    let client = server.login("observer").await;
    let mut random = Random::new(13);
    for _ in 0..100 {
        let (from, path) = (
            anywhere(&mut random),
            *random.one_of(&["nearest?", "within?radius_m=20000&"]),
        );
        let query = format!(
            "/api/v1/worlds/live/{path}lon={}&lat={}&by=time&limit=30",
            from.lon(),
            from.lat()
        );
        let full = client.get(&query).await.ok();
        let ranking = client.get(&format!("{query}&detail=ranking")).await.ok();
        let rows: Vec<Value> = full["features"]
            .as_array()
            .unwrap()
            .iter()
            .map(|f| {
                let p = &f["properties"];
                json!({"id": f["id"], "distance_m": p["distance_m"], "eta_s": p["eta_s"]})
            })
            .collect();
        let mut expected = json!({"ranking": rows, "eta_basis": "straight_line"});
        if path.starts_with("within") {
            expected["summary"] = full["summary"].clone();
        }
        assert_eq!(ranking, expected, "{query}");
    }
    let near = "/api/v1/worlds/live/nearest?lon=112.4&lat=39.3&detail=ranking&limit=1";
    let plain = client.get(near).await.ok();
    assert!(plain.get("eta_basis").is_none() && plain["ranking"][0].get("eta_s").is_none());
}

#[derive(diesel::QueryableByName)]
struct Nearest {
    #[diesel(sql_type = diesel::sql_types::Text)]
    id: String,
    #[diesel(sql_type = diesel::sql_types::Double)]
    distance_m: f64,
}

/// The spheroid distance of PostGIS, not the sphere of its `<->`.
const BY_POSTGIS: &str = "SELECT id, ST_Distance(location, ST_SetSRID(ST_MakePoint($1, $2), 4326)::geography) AS distance_m \
    FROM ambulance WHERE world_id = 'live' AND NOT retired ORDER BY 2 LIMIT 3";

#[tokio::test(flavor = "multi_thread")]
async fn distances_equal_those_of_postgis() {
    let database = Database::full().await;
    let server = Server::start(&database).await;
    let client = server.login("observer").await;
    let mut connection = database.connect().await;
    let mut random = Random::new(12);
    for _ in 0..2_000 {
        let from = LonLat::new(random.within(111.5, 114.0), random.within(36.8, 40.2)).unwrap();
        let expected: Vec<Nearest> = diesel::sql_query(BY_POSTGIS)
            .bind::<diesel::sql_types::Double, _>(from.lon())
            .bind::<diesel::sql_types::Double, _>(from.lat())
            .load(&mut connection)
            .await
            .unwrap();
        let path = format!(
            "/api/v1/worlds/live/nearest?lon={}&lat={}&kind=ambulance&limit=3",
            from.lon(),
            from.lat()
        );
        let answer = client.get(&path).await.ok();
        for (feature, expected) in answer["features"].as_array().unwrap().iter().zip(&expected) {
            let distance = feature["properties"]["distance_m"].as_f64().unwrap();
            assert!(
                (distance - expected.distance_m).abs() < 0.01,
                "{distance} {} {}",
                expected.distance_m,
                expected.id
            );
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_filters_and_features_keep_the_contract() {
    let database = Database::full().await;
    let server = Server::start(&database).await;
    let client = server.login("commander").await;
    let get = async |query: &str| {
        client
            .get(&format!("/api/v1/worlds/live/resources?{query}"))
            .await
    };

    let city = get("kind=ambulance&jurisdiction=140600&limit=1000")
        .await
        .ok();
    assert_eq!(
        city["features"].as_array().unwrap().len(),
        80,
        "a city includes its counties (SZ-26)"
    );
    let feature = &city["features"][0];
    assert_eq!(feature["geometry"]["type"], "Point");
    let properties = &feature["properties"];
    assert_eq!(properties["position_basis"], "station");
    assert!(properties["fix_at"].is_null() && properties["fix_age_s"].is_null());
    for field in [
        "kind",
        "name",
        "status",
        "capabilities",
        "jurisdiction",
        "centre",
        "available",
        "version",
        "class",
    ] {
        assert!(!properties[field].is_null(), "{field}");
    }
    let ids: Vec<_> = city["features"]
        .as_array()
        .unwrap()
        .iter()
        .map(|f| f["id"].as_str().unwrap())
        .collect();
    assert!(ids.is_sorted());

    let first = get("kind=ambulance&limit=3").await.ok();
    let next = first["next_cursor"].as_str().unwrap();
    let second = get(&format!("kind=ambulance&limit=3&cursor={next}"))
        .await
        .ok();
    assert!(second["features"][0]["id"].as_str() > first["features"][2]["id"].as_str());

    let box_ = get("kind=station&bbox=112,39,113,40&limit=1000").await.ok();
    for feature in box_["features"].as_array().unwrap() {
        let lon = feature["geometry"]["coordinates"][0].as_f64().unwrap();
        assert!((112.0..=113.0).contains(&lon));
    }
    // The far side of the date line has none of ours, and is no error.
    assert_eq!(
        get("bbox=170,30,-170,50").await.ok()["features"],
        serde_json::json!([])
    );
    assert_eq!(
        get("max_fix_age_s=60").await.ok()["features"],
        serde_json::json!([]),
        "nobody has a fix yet"
    );

    for (query, code) in [
        ("limit=0", "limit_out_of_range"),
        ("limit=1001", "limit_out_of_range"),
        ("kind=lorry", "malformed_query"),
        ("kind=", "malformed_query"),
        ("status=sleeping", "malformed_query"),
        ("colour=red", "malformed_query"),
        ("bbox=1,2,3", "malformed_query"),
        ("bbox=1,95,3,99", "malformed_query"),
        ("jurisdiction=1406", "malformed_query"),
        ("available=maybe", "malformed_query"),
        ("max_fix_age_s=-1", "malformed_query"),
        ("kind=ambulance&kind=team", "malformed_query"),
    ] {
        assert_eq!(get(query).await.refusal(), (400, code), "{query}");
    }
    for query in [
        "lat=1",
        "lon=200&lat=95",
        "lon=NaN&lat=1",
        "lon=1&lat=1&by=luck",
        "lon=1&lat=1&detail=some",
        "lon=1&lat=1&max_distance_m=-1",
    ] {
        let answer = client
            .get(&format!("/api/v1/worlds/live/nearest?{query}"))
            .await;
        assert_eq!(answer.refusal(), (400, "malformed_query"), "{query}");
    }
    let timed = client
        .get("/api/v1/worlds/live/nearest?lon=112.4&lat=39.3&kind=ambulance&by=time&limit=2")
        .await
        .ok();
    assert_eq!(
        timed["features"][0]["properties"]["eta_basis"],
        "straight_line"
    );
    assert!(
        timed["features"][0]["properties"]["eta_s"]
            .as_u64()
            .unwrap()
            >= 60
    );
}
