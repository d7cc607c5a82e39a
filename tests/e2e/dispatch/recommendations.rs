//! Recommendations: who is offered, who is left out and why, what is missing, what loses its cover.

use std::collections::HashMap;

use chiyuan_tests::{Client, Database, Server};
use serde_json::{Value, json};

use super::{OTHER, PLACE, UNIT, give, id_of, open, send};

async fn ask(client: &Client, incident: &str, query: &str) -> Value {
    let path = format!("/api/v1/worlds/live/incidents/{incident}/recommendations{query}");
    client.get(&path).await.ok()
}

fn ids(list: &Value) -> Vec<&str> {
    list.as_array()
        .unwrap()
        .iter()
        .map(|row| row["unit_id"].as_str().unwrap())
        .collect()
}

fn why<'a>(answer: &'a Value, unit: &str) -> Option<&'a str> {
    let rows = answer["left_out"].as_array().unwrap();
    rows.iter().find(|row| row["unit_id"] == unit)?["reason"].as_str()
}

#[tokio::test(flavor = "multi_thread")]
async fn infectious_patients_get_class_c_and_everybody_left_out_has_a_reason() {
    let database = Database::full().await;
    let server = Server::start(&database).await;
    let dispatcher = server.login_in("dispatcher", "140600").await;
    let body = json!({"type": "open_incident", "incident_type": "infectious_disease", "priority": "P1",
        "lon": PLACE.0, "lat": PLACE.1, "infectious": true, "needs": [{"kind": "ambulance", "class": "C", "count": 2},
        {"kind": "team", "count": 1}]});
    let incident = id_of(&give(&dispatcher, "live", body).await, "incident");
    let answer = ask(&dispatcher, &incident, "").await;
    assert_eq!(answer["need"]["id"], "n1");
    let candidates = answer["candidates"].as_array().unwrap();
    assert!(
        candidates
            .iter()
            .all(|c| c["class"] == "C" && c["status"] == "available" && c["crew"] == 3)
    );
    let times: Vec<_> = candidates
        .iter()
        .map(|c| c["eta_s"].as_u64().unwrap())
        .collect();
    assert!(times.is_sorted() && times.len() == 9, "{times:?}");
    let teams = ask(&dispatcher, &incident, "?need=n2&limit=3").await;
    assert!(
        teams["candidates"]
            .as_array()
            .unwrap()
            .iter()
            .all(|c| c["kind"] == "team")
    );

    // One is taken, one is being cleaned, one has no crew, one is kept for another case, one is old news.
    let other = open(&dispatcher, "live", "P2").await;
    let [a, b, c, d, e] = [0, 1, 2, 3, 4].map(|place| ids(&answer["candidates"])[place].to_owned());
    send(&dispatcher, "live", &other, &a).await;
    give(&dispatcher, "live", json!({"type": "set_unit_status", "unit_id": b, "status": "decontaminating", "reason": "洗消"})).await;
    give(
        &dispatcher,
        "live",
        json!({"type": "end_shift", "unit_id": c}),
    )
    .await;
    give(
        &dispatcher,
        "live",
        json!({"type": "set_unit_status", "unit_id": c, "status": "available", "reason": "无车组"}),
    )
    .await;
    give(
        &dispatcher,
        "live",
        json!({"type": "reserve_unit", "unit_id": d, "incident_id": other}),
    )
    .await;
    let at = chrono::Utc::now() - chrono::Duration::seconds(150);
    let fix = json!({"fixes": [{"unit_id": e, "at": at, "lon": PLACE.0, "lat": PLACE.1, "speed_mps": 12.0}]});
    let report = server
        .device()
        .post("/api/v1/worlds/live/positions", &fix)
        .await
        .ok();
    assert_eq!(report["accepted"], 1, "{report}");
    let answer = ask(&dispatcher, &incident, "").await;
    for (unit, reason) in [
        (&a, "assigned"),
        (&b, "decontaminating"),
        (&c, "no_crew"),
        (&d, "reserved"),
        (&e, "stale_fix"),
    ] {
        assert_eq!(why(&answer, unit), Some(reason), "{unit}");
        assert!(
            !ids(&answer["candidates"]).contains(&unit.as_str()),
            "{unit}"
        );
    }
    assert_eq!(answer["shortfall"], Value::Null);
    // The one that is kept for the other case is offered there.
    give(&dispatcher, "live", json!({"type": "update_incident", "incident_id": other, "needs": [{"kind": "ambulance", "class": "C"}]})).await;
    assert!(ids(&ask(&dispatcher, &other, "").await["candidates"]).contains(&d.as_str()));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_met_is_said_and_the_choice_is_kept() {
    let database = Database::full().await;
    let server = Server::start(&database).await;
    let dispatcher = server.login("dispatcher").await;
    let body = json!({"type": "open_incident", "incident_type": "mass_casualty", "priority": "P1", "lon": PLACE.0,
        "lat": PLACE.1, "patients": {"red": 30}, "needs": [{"kind": "ambulance", "class": "C", "count": 60}]});
    let incident = id_of(&give(&dispatcher, "live", body).await, "incident");
    let answer = ask(&dispatcher, &incident, "").await;
    let short = &answer["shortfall"];
    assert_eq!(short["wanted"], 60);
    let (available, missing) = (
        short["available"].as_u64().unwrap(),
        short["missing"].as_u64().unwrap(),
    );
    assert_eq!(available + missing, 60);
    let shown: Vec<_> = answer["candidates"]
        .as_array()
        .unwrap()
        .iter()
        .map(|c| {
            json!({"unit_id": c["unit_id"],
        "distance_m": c["distance_m"], "eta_s": c["eta_s"], "fix_age_s": c["fix_age_s"]})
        })
        .collect();
    let order = json!({"type": "assign_units", "incident_id": incident, "unit_ids": [UNIT, OTHER],
        "based_on_version": answer["incident_version"], "choice": {"at": answer["at"], "eta_basis": "straight_line", "shown": shown}});
    let changes = give(&dispatcher, "live", order.clone()).await;
    let sent: Vec<_> = changes
        .iter()
        .filter(|c| c["kind"] == "assignment")
        .collect();
    assert_eq!(sent.len(), 2);
    assert_eq!(
        sent[0]["entity"]["choice"]["shown"]
            .as_array()
            .unwrap()
            .len(),
        shown.len()
    );
    assert!(sent.iter().all(|c| c["entity"]["need_id"] == "n1"));
    // What the dispatcher saw has changed meanwhile.
    let mut late = order.clone();
    late["unit_ids"] = json!([shown[2]["unit_id"]]);
    assert_eq!(
        dispatcher.command("live", &late).await.refusal(),
        (409, "version_changed")
    );
    assert_eq!(
        ask(&dispatcher, &incident, "").await["shortfall"]["filled"],
        2
    );
}

/// What part of the people each station serves, worked out apart: everybody lives in one county, and the stations of a
/// city belong to the county whose seat is nearest.
async fn shares_of_people(dispatcher: &Client) -> HashMap<String, u64> {
    let list = async |kind: &str| {
        let path = format!("/api/v1/worlds/live/resources?kind={kind}&limit=1000");
        let list = dispatcher.get(&path).await.ok();
        list["features"].as_array().unwrap().clone()
    };
    let (jurisdictions, stations) = (list("jurisdiction").await, list("station").await);
    let metres = |one: &Value, other: &Value| {
        let at = |feature: &Value, axis: usize| {
            feature["geometry"]["coordinates"][axis].as_f64().unwrap()
        };
        let east = (at(one, 0) - at(other, 0)) * at(one, 1).to_radians().cos();
        east.hypot(at(one, 1) - at(other, 1))
    };
    let serves = |station: &Value| {
        let own = &station["properties"]["jurisdiction"];
        let counties = jurisdictions
            .iter()
            .filter(|county| county["properties"]["parent"] == *own);
        let nearest =
            counties.min_by(|one, other| metres(one, station).total_cmp(&metres(other, station)));
        nearest.map_or_else(
            || own.clone(),
            |county| county["properties"]["code"].clone(),
        )
    };
    let served: Vec<Value> = stations.iter().map(serves).collect();
    let share = |code: &Value| {
        let people = jurisdictions
            .iter()
            .find(|j| j["properties"]["code"] == *code)
            .unwrap();
        let stations = served.iter().filter(|other| *other == code).count() as u64;
        people["properties"]["population"].as_u64().unwrap() / stations
    };
    let shares = stations.iter().zip(&served);
    shares
        .map(|(station, code)| (station["id"].as_str().unwrap().to_owned(), share(code)))
        .collect()
}

/// People are left without cover exactly when the last available ambulance within a station's radius goes.
#[tokio::test(flavor = "multi_thread")]
async fn sending_the_last_ambulance_of_a_station_leaves_people_uncovered() {
    let database = Database::full().await;
    let server = Server::start(&database).await;
    let dispatcher = server.login("dispatcher").await;
    let incident = open(&dispatcher, "live", "P1").await;
    let shares = shares_of_people(&dispatcher).await;
    let mut seen = 0;
    for candidate in ask(&dispatcher, &incident, "?limit=50").await["candidates"]
        .as_array()
        .unwrap()
    {
        let uncovered = &candidate["uncovered"];
        for station in uncovered["stations"].as_array().unwrap() {
            seen += 1;
            let id = station["id"].as_str().unwrap();
            let place = dispatcher
                .get(&format!("/api/v1/worlds/live/resources/{id}"))
                .await
                .ok();
            let (lon, lat) = (
                &place["geometry"]["coordinates"][0],
                &place["geometry"]["coordinates"][1],
            );
            let radius = &place["properties"]["service_radius_m"];
            let within = dispatcher.get(&format!("/api/v1/worlds/live/within?lon={lon}&lat={lat}&radius_m={radius}&kind=ambulance&available=true")).await.ok();
            let inside: Vec<_> = within["features"]
                .as_array()
                .unwrap()
                .iter()
                .map(|f| f["id"].clone())
                .collect();
            assert_eq!(inside, [candidate["unit_id"].clone()], "{id}");
            assert_eq!(station["population"], shares[id], "{id}");
        }
        let sum: u64 = uncovered["stations"]
            .as_array()
            .unwrap()
            .iter()
            .map(|s| s["population"].as_u64().unwrap())
            .sum();
        assert_eq!(uncovered["population"], sum);
    }
    assert!(seen > 0, "some station has one ambulance only");
}
