//! The live feed: scope, watches, worlds apart, every command, and how it ends.

use std::time::{Duration, Instant};

use chiyuan_tests::{Client, Database, FeedState, Server, invariants};
use serde_json::{Value, json};

use super::websocket::Wire;

const UNIT: &str = "amb-140602-001";
const OTHER: &str = "amb-140602-002";
const SOON: Duration = Duration::from_secs(10);

/// The feed of a world with its snapshot.
pub async fn open(client: &Client, world: &str) -> Wire {
    let mut wire = Wire::open(client, world).await;
    wire.until(SOON, "the snapshot", FeedState::is_complete)
        .await;
    wire
}

/// A status of a unit.
pub fn status(unit: &str, status: &str) -> Value {
    json!({"type": "set_unit_status", "unit_id": unit, "status": status, "reason": "试"})
}

/// Gives a command to live; its seq.
pub async fn give(client: &Client, body: &Value) -> u64 {
    client.command("live", body).await.ok()["seq"]
        .as_u64()
        .unwrap()
}

/// Sends one fix of now; it must be accepted.
pub async fn send_fix(device: &Client, world: &str, unit: &str, at: &str, lon: f64, lat: f64) {
    let fixes = json!({"fixes": [{"unit_id": unit, "at": at, "lon": lon, "lat": lat}]});
    let report = device
        .post(&format!("/api/v1/worlds/{world}/positions"), &fixes)
        .await
        .ok();
    assert_eq!(report["accepted"], 1, "{report}");
}

pub fn now() -> String {
    chrono::Utc::now().to_rfc3339_opts(chrono::SecondsFormat::Millis, true)
}

async fn unit_in(client: &Client, jurisdiction: &str) -> String {
    let path =
        format!("/api/v1/worlds/live/resources?kind=ambulance&jurisdiction={jurisdiction}&limit=1");
    client.get(&path).await.ok()["features"][0]["id"]
        .as_str()
        .unwrap()
        .to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_centre_hears_every_seq_and_sees_its_own() {
    let database = Database::full().await;
    let server = Server::start(&database).await;
    let commander = server.login("commander").await;
    let administrator = server.login("administrator").await;
    let local = server.login_in("dispatcher", "140600").await;
    let (mut all, mut own) = (open(&commander, "live").await, open(&local, "live").await);

    let shared = all
        .state
        .entities
        .values()
        .find(|entity| entity["kind"] == "item")
        .unwrap()["centre"]
        .clone();
    let visible = |state: &FeedState| {
        let mut seen = state.entities.clone();
        seen.retain(|_, entity| {
            let lent = entity["visible_to"]
                .as_array()
                .unwrap()
                .contains(&json!("140600"));
            entity["centre"] == "140600" || entity["centre"] == shared || lent
        });
        seen
    };
    assert!(own.state.entities.len() < all.state.entities.len());
    assert_eq!(own.state.entities, visible(&all.state));

    let theirs = unit_in(&commander, "140300").await;
    let station = |id: &str, jurisdiction: &str| {
        json!({"kind": "station", "id": id, "name": "站", "jurisdiction": jurisdiction, "tier": "township",
            "zone": "rural", "service_radius_m": 10000, "source": "demo", "lon": 112.5, "lat": 39.3})
    };
    let begun = own.messages.len();
    give(&commander, &status(UNIT, "suspended")).await;
    let foreign = give(&commander, &status(&theirs, "suspended")).await;
    give(
        &administrator,
        &json!({"type": "register_resource", "resource": station("sta-a", "140602")}),
    )
    .await;
    let hidden = give(
        &administrator,
        &json!({"type": "register_resource", "resource": station("sta-b", "140300")}),
    )
    .await;
    // One moves out of sight, one into it.
    let out = give(
        &administrator,
        &json!({"type": "update_resource", "resource": station("sta-a", "140300")}),
    )
    .await;
    let last = give(
        &administrator,
        &json!({"type": "update_resource", "resource": station("sta-b", "140602")}),
    )
    .await;
    for wire in [&mut all, &mut own] {
        wire.until(SOON, "all commands", |state| state.seq == last)
            .await;
    }
    let changes: Vec<&Value> = own.messages[begun..]
        .iter()
        .filter(|message| message["type"] == "changes")
        .collect();
    assert_eq!(changes.len(), 6, "every seq arrives");
    for change in changes {
        let seq = change["seq"].as_u64().unwrap();
        let nothing = seq == foreign || seq == hidden;
        assert_eq!(
            change["changes"].as_array().unwrap().is_empty(),
            nothing,
            "{change}"
        );
        assert_eq!(
            change.get("actor").is_none() && change.get("command").is_none(),
            nothing,
            "{change}"
        );
        if seq == out {
            assert_eq!(
                change["changes"][0]["entity"],
                Value::Null,
                "what leaves comes as null"
            );
        }
        if seq == last {
            assert_eq!(
                change["changes"][0]["entity"]["name"], "站",
                "what enters comes whole"
            );
        }
    }
    assert_eq!(own.state.entities, visible(&all.state));
    assert!(!own.state.entities.contains_key("sta-a") && own.state.entities.contains_key("sta-b"));
    own.until(SOON, "a checkpoint of its own scope", |state| {
        state.checkpoints >= 1
    })
    .await;

    // Fixes of others do not arrive.
    let home = |state: &FeedState, id: &str| {
        let unit = &state.entities[id];
        (unit["lon"].as_f64().unwrap(), unit["lat"].as_f64().unwrap())
    };
    let device = server.device();
    let (lon, lat) = home(&all.state, &theirs);
    send_fix(&device, "live", &theirs, &now(), lon, lat).await;
    all.until(SOON, "their fix", |state| state.fixes.contains_key(&theirs))
        .await;
    let (lon, lat) = home(&all.state, UNIT);
    send_fix(&device, "live", UNIT, &now(), lon, lat).await;
    own.until(SOON, "our fix", |state| state.fixes.contains_key(UNIT))
        .await;
    assert!(!own.state.fixes.contains_key(&theirs));
    invariants::hold(&server).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_watch_limits_fixes_and_brings_the_latest() {
    let database = Database::full().await;
    let server = Server::start(&database).await;
    let (observer, device) = (server.login("observer").await, server.device());
    send_fix(&device, "live", UNIT, &now(), 112.40, 39.30).await;
    send_fix(&device, "live", OTHER, &now(), 112.80, 39.30).await;
    let mut wire = open(&observer, "live").await;
    wire.until(SOON, "both latest fixes", |state| state.fixes.len() == 2)
        .await;
    wire.during(Duration::from_millis(600)).await;

    let fixes_since = |wire: &Wire, from: usize| -> Vec<String> {
        let frames = wire.messages[from..]
            .iter()
            .filter(|message| message["type"] == "fixes");
        let rows = frames.flat_map(|frame| frame["fixes"].as_array().unwrap().clone());
        rows.map(|row| row[0].as_str().unwrap().to_owned())
            .collect()
    };
    let from = wire.messages.len();
    wire.say(&json!({"type": "watch", "bbox": [112.3, 39.2, 112.5, 39.4]}))
        .await;
    wire.during(Duration::from_millis(800)).await;
    assert_eq!(
        fixes_since(&wire, from),
        [UNIT],
        "a new watch brings what is in it"
    );
    send_fix(&device, "live", OTHER, &now(), 112.8001, 39.30).await;
    let at = now();
    send_fix(&device, "live", UNIT, &at, 112.4001, 39.30).await;
    wire.until(SOON, "the fix inside", |state| {
        state.fixes[UNIT].lon > 112.40005
    })
    .await;
    wire.during(Duration::from_millis(600)).await;
    assert_eq!(
        fixes_since(&wire, from),
        [UNIT, UNIT],
        "outside is not sent"
    );
    assert!(wire.state.fixes[OTHER].lon < 112.80005);

    let from = wire.messages.len();
    wire.say(&json!({"type": "watch", "bbox": [112.7, 39.2, 112.9, 39.4]}))
        .await;
    wire.until(SOON, "the other", |state| {
        state.fixes[OTHER].lon > 112.80005
    })
    .await;
    assert_eq!(fixes_since(&wire, from), [OTHER]);
    let from = wire.messages.len();
    wire.say(&json!({"type": "watch", "bbox": null})).await;
    wire.during(Duration::from_millis(800)).await;
    let mut both = fixes_since(&wire, from);
    both.sort();
    assert_eq!(both, [UNIT, OTHER]);
}

#[tokio::test(flavor = "multi_thread")]
async fn feeds_of_two_worlds_hear_nothing_of_each_other() {
    let database = Database::full().await;
    let server = Server::start(&database).await;
    let director = server.login("exercise_director").await;
    let drill = director
        .post(
            "/api/v1/drills",
            &json!({"name": "隔离", "from": {"world": "live"}}),
        )
        .await
        .ok();
    let (id, start) = (
        drill["id"].as_str().unwrap(),
        drill["clock"]["at"].as_str().unwrap(),
    );
    let dispatcher = server.login("dispatcher").await;
    let (mut live, mut other) = (open(&dispatcher, "live").await, open(&dispatcher, id).await);
    assert_ne!(live.state.epoch, other.state.epoch);
    let (live_seq, drill_seq) = (live.state.seq, other.state.seq);

    let device = server.device();
    send_fix(&device, "live", UNIT, &now(), 112.43, 39.33).await;
    send_fix(&device, id, OTHER, start, 112.43, 39.33).await;
    give(&dispatcher, &status(UNIT, "suspended")).await;
    let in_drill = dispatcher
        .command(id, &status(OTHER, "decontaminating"))
        .await
        .ok();
    assert_eq!(in_drill["seq"], drill_seq + 1);
    live.until(SOON, "live", |state| {
        state.seq == live_seq + 1 && state.fixes.contains_key(UNIT)
    })
    .await;
    other
        .until(SOON, "drill", |state| {
            state.seq == drill_seq + 1 && state.fixes.contains_key(OTHER)
        })
        .await;
    // Time for what should not come.
    live.during(Duration::from_secs(1)).await;
    other.during(Duration::from_secs(1)).await;
    assert_eq!(
        (live.state.seq, other.state.seq),
        (live_seq + 1, drill_seq + 1)
    );
    assert!(!live.state.fixes.contains_key(OTHER) && !other.state.fixes.contains_key(UNIT));
    assert_eq!(live.state.entities[UNIT]["status"], "suspended");
    assert_ne!(other.state.entities[UNIT]["status"], "suspended");
    assert_ne!(live.state.entities[OTHER]["status"], "decontaminating");

    // The same seq of another world is not resumed from.
    let mut foreign = chiyuan_tests::FeedClient::new(&format!(
        "ws://127.0.0.1:{}/api/v1/worlds/live/feed?after={live_seq}&epoch={}",
        server.port, other.state.epoch
    ))
    .bearer(&super::accounts::token(&server, &["--role", "observer"]).await);
    foreign.connect().await.unwrap();
    foreign
        .listen_until(SOON, FeedState::is_complete)
        .await
        .unwrap();
    assert_eq!(foreign.state.snapshots, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_snapshot_and_its_changes_are_the_next_snapshot() {
    let database = Database::full().await;
    let server = Server::start(&database).await;
    let (administrator, commander) = (
        server.login("administrator").await,
        server.login("commander").await,
    );
    let (desk, keeper) = (
        server.login("bed_desk").await,
        server.login("store_keeper").await,
    );
    let local = server.login_in("commander", "140600").await;
    let (mut all, mut own) = (open(&commander, "live").await, open(&local, "live").await);
    let find = |kind: &str| {
        let mut found = all
            .state
            .entities
            .values()
            .filter(|entity| entity["kind"] == kind);
        found
            .find(|entity| kind == "item" || entity["centre"] == "140600")
            .unwrap()
            .clone()
    };
    let (pool, pile, item) = (find("bed_pool"), find("stockpile"), find("item"));
    let station = |lon: f64| {
        json!({"kind": "station", "id": "sta-n", "name": "站", "jurisdiction": "140602", "tier": "township",
            "zone": "rural", "service_radius_m": 10000, "source": "demo", "lon": lon, "lat": 39.3})
    };
    let unit = json!({"kind": "ambulance", "id": "amb-n", "name": "车", "plate": "晋F·T0001", "jurisdiction": "140602",
        "home_id": "sta-n", "class": "C", "capabilities": [], "status": "available", "source": "demo"});
    let commands = [
        (
            &administrator,
            json!({"type": "register_resource", "resource": station(112.5)}),
        ),
        (
            &administrator,
            json!({"type": "register_resource", "resource": unit}),
        ),
        (
            &administrator,
            json!({"type": "update_resource", "resource": station(112.6)}),
        ),
        (&commander, status("amb-n", "suspended")),
        (
            &administrator,
            json!({"type": "retire_resource", "id": "amb-n", "reason": "撤"}),
        ),
        (
            &administrator,
            json!({"type": "retire_resource", "id": "sta-n", "reason": "撤"}),
        ),
        (
            &desk,
            json!({"type": "report_beds", "bed_pool_id": pool["id"], "physical": 90, "staffed": 50, "occupied": 20}),
        ),
        (
            &keeper,
            json!({"type": "count_stock", "stockpile_id": pile["id"], "lots": [
            {"id": "lot-a", "item_id": item["id"], "quantity": 5, "unit": item["unit"], "expiry": "2030-01-01"}]}),
        ),
    ];
    let mut words: std::collections::BTreeSet<_> = commands
        .iter()
        .map(|(_, body)| body["type"].as_str().unwrap().to_owned())
        .collect();
    words.extend(crate::dispatch::story::words());
    for word in chiyuan_core::Command::WORDS
        .iter()
        .filter(|word| !crate::authorisation::INTERNAL.contains(word))
    {
        assert!(words.contains(*word), "add a command {word}");
    }
    let mut last = 0;
    for (client, body) in &commands {
        last = give(client, body).await;
    }
    last = crate::dispatch::story::tell(&server, "live")
        .await
        .max(last);
    for (wire, client) in [(&mut all, &commander), (&mut own, &local)] {
        wire.until(SOON, "all commands", |state| state.seq == last)
            .await;
        // A snapshot may be shared for a moment; a fresh one stands at the last command by itself.
        let end = Instant::now() + SOON;
        let mut fresh = open(client, "live").await;
        while fresh.state.seq < last {
            assert!(Instant::now() < end, "a fresh snapshot is taken");
            tokio::time::sleep(Duration::from_millis(200)).await;
            fresh = open(client, "live").await;
        }
        assert_eq!(wire.state.difference(&fresh.state), None);
        assert_eq!(wire.state.hash(), fresh.state.hash());
    }
    invariants::hold(&server).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn logging_out_closes_the_feed() {
    let database = Database::empty().await;
    let server = Server::start(&database).await;
    let observer = server.login("observer").await;
    let (mut wire, mut other) = (
        open(&observer, "live").await,
        open(&server.login("auditor").await, "live").await,
    );
    observer.delete("/api/v1/session").await.ok();
    let begun = Instant::now();
    assert_eq!(wire.closed(Duration::from_secs(2)).await, 4401);
    println!("closed {:?} after the log-out", begun.elapsed());
    other
        .until(SOON, "others stay", |state| state.checkpoints > 0)
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stop_tells_every_feed_and_is_quick() {
    let database = Database::full().await;
    let server = Server::start(&database).await;
    let observer = server.login("observer").await;
    let mut wires = Vec::new();
    for _ in 0..50 {
        wires.push(open(&observer, "live").await);
    }
    let listeners: Vec<_> = wires
        .into_iter()
        .map(|mut wire| tokio::spawn(async move { wire.closed(Duration::from_secs(10)).await }))
        .collect();
    let took = server.stop().await;
    println!("stopped with 50 feeds in {took:?}");
    assert!(took < Duration::from_secs(5), "{took:?}");
    for listener in listeners {
        assert_eq!(listener.await.unwrap(), 1012);
    }
}
