//! Commands from outside: accepted, refused, repeated, raced.

use std::time::Duration;

use chiyuan_tests::{Database, Server, invariants};
use serde_json::{Value, json};

const UNIT: &str = "amb-140602-001";

fn status(unit: &str, status: &str, reason: &str) -> Value {
    json!({"type": "set_unit_status", "unit_id": unit, "status": status, "reason": reason})
}

#[tokio::test(flavor = "multi_thread")]
async fn a_status_goes_through_journal_tables_and_picture() {
    let database = Database::full().await;
    let server = Server::start(&database).await;
    let dispatcher = server.login_in("dispatcher", "140600").await;
    let path = format!("/api/v1/worlds/live/resources/{UNIT}");
    let before = dispatcher.get(&path).await.ok();

    let reply = dispatcher
        .command("live", &status(UNIT, "suspended", "换氧气"))
        .await
        .ok();
    let change = &reply["changes"][0];
    assert_eq!(change["entity"]["status"], "suspended");
    assert_eq!(change["entity"]["status_reason"], "换氧气");
    assert_eq!(
        change["entity"]["version"],
        before["properties"]["version"].as_u64().unwrap() + 1
    );

    let after = dispatcher.get(&path).await.ok();
    assert_eq!(after["properties"]["status"], "suspended");
    assert_eq!(after["properties"]["available"], false);
    invariants::hold(&server).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_gives_the_same_answer_again_and_only_to_the_same_body() {
    let database = Database::full().await;
    let server = Server::start(&database).await;
    let dispatcher = server.login("dispatcher").await;
    let first = dispatcher
        .command_with_key("live", &status(UNIT, "suspended", "a"), "key-1")
        .await
        .ok();
    dispatcher
        .command("live", &status(UNIT, "available", "b"))
        .await
        .ok();

    let again = dispatcher
        .command_with_key("live", &status(UNIT, "suspended", "a"), "key-1")
        .await
        .ok();
    assert_eq!(first, again, "an accepted command is remembered");
    let now = dispatcher
        .get(&format!("/api/v1/worlds/live/resources/{UNIT}"))
        .await
        .ok();
    assert_eq!(
        now["properties"]["status"], "available",
        "and not done twice"
    );

    let other = dispatcher
        .command_with_key("live", &status(UNIT, "suspended", "other"), "key-1")
        .await;
    assert_eq!(other.refusal(), (422, "idempotency_key_reused"));

    // The key belongs to world and actor: another actor may use the same one.
    let commander = server.login("commander").await;
    let theirs = commander
        .command_with_key("live", &status(UNIT, "off_duty", "c"), "key-1")
        .await
        .ok();
    assert!(theirs["seq"].as_u64() > first["seq"].as_u64());

    // A rejected command is decided again.
    let derived = dispatcher
        .command_with_key("live", &status(UNIT, "on_scene", "x"), "key-2")
        .await;
    assert_eq!(derived.refusal(), (422, "status_is_derived"));
    dispatcher
        .command_with_key("live", &status(UNIT, "available", "x"), "key-2")
        .await
        .ok();
    invariants::hold(&server).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn parallel_repeats_of_one_key_have_one_effect() {
    let database = Database::full().await;
    let server = Server::start(&database).await;
    let dispatcher = server.login("dispatcher").await;
    let mut tasks = Vec::new();
    for number in 0..200 {
        let (dispatcher, key) = (dispatcher.clone(), format!("p-{}", number / 4));
        let word = if (number / 4) % 2 == 0 {
            "suspended"
        } else {
            "available"
        };
        let body = status(
            &format!("amb-140602-{:03}", 1 + (number / 4) % 20),
            word,
            &key,
        );
        tasks.push(tokio::spawn(async move {
            (
                key.clone(),
                dispatcher.command_with_key("live", &body, &key).await.ok(),
            )
        }));
    }
    let mut seqs: std::collections::BTreeMap<String, u64> = std::collections::BTreeMap::new();
    for task in tasks {
        let (key, reply) = task.await.unwrap();
        let seq = reply["seq"].as_u64().unwrap();
        assert_eq!(
            *seqs.entry(key).or_insert(seq),
            seq,
            "every repeat gets the same answer"
        );
    }
    assert_eq!(
        seqs.values()
            .collect::<std::collections::BTreeSet<_>>()
            .len(),
        seqs.len()
    );
    invariants::hold(&server).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn beds_and_stock_are_reported_and_checked() {
    let database = Database::full().await;
    let server = Server::start(&database).await;
    let desk = server.login("bed_desk").await;
    let pools = desk
        .get("/api/v1/worlds/live/resources?kind=bed_pool&limit=1")
        .await
        .ok();
    let pool = pools["features"][0]["id"].as_str().unwrap().to_owned();
    let report = |physical: u32, staffed: u32, occupied: u32| json!({"type": "report_beds", "bed_pool_id": pool, "physical": physical, "staffed": staffed, "occupied": occupied});
    desk.command("live", &report(20, 12, 5)).await.ok();
    let feature = desk
        .get(&format!("/api/v1/worlds/live/resources/{pool}"))
        .await
        .ok();
    assert_eq!(feature["properties"]["free"], 7);
    assert!(feature["properties"]["reported_at"].is_string());
    assert_eq!(
        desk.command("live", &report(20, 12, 13)).await.refusal(),
        (422, "counts_impossible")
    );
    let too_many =
        json!({"type": "report_beds", "bed_pool_id": pool, "staffed": 21, "occupied": 1});
    let answer = desk.command("live", &too_many).await;
    assert_eq!(answer.refusal(), (409, "counts_contradict"));
    assert_eq!(answer.body["blocked_by"]["id"], pool);

    let keeper = server.login("store_keeper").await;
    let piles = keeper
        .get("/api/v1/worlds/live/resources?kind=stockpile&limit=1")
        .await
        .ok();
    let pile = piles["features"][0]["id"].as_str().unwrap();
    let count = |item: &str, unit: &str| {
        json!({"type": "count_stock", "stockpile_id": pile, "lots": [
            {"id": "lot-a", "item_id": item, "quantity": 500, "unit": unit, "expiry": "2030-01-01"},
            {"id": "lot-b", "item_id": item, "quantity": 70, "unit": unit, "expiry": "2020-01-01"}]})
    };
    let item = chiyuan_tests::invariants::journal(&server.login("auditor").await, "live")
        .await
        .into_iter();
    let item = item
        .flat_map(|row| row["changes"].as_array().unwrap().clone())
        .find(|c| c["kind"] == "item")
        .unwrap();
    let (id, unit) = (
        item["id"].as_str().unwrap(),
        item["entity"]["unit"].as_str().unwrap(),
    );
    keeper.command("live", &count(id, unit)).await.ok();
    let feature = keeper
        .get(&format!("/api/v1/worlds/live/resources/{pile}"))
        .await
        .ok();
    assert_eq!(
        feature["properties"]["items"],
        json!({id: 500}),
        "expired lots do not count"
    );
    assert_eq!(
        keeper
            .command("live", &count("item-nothing", "x"))
            .await
            .refusal(),
        (409, "unknown_reference")
    );
    invariants::hold(&server).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_registry_grows_changes_and_retires() {
    let database = Database::full().await;
    let server = Server::start(&database).await;
    let administrator = server.login("administrator").await;
    let station = |name: &str, lon: f64| {
        json!({"kind": "station", "id": "sta-test", "name": name, "jurisdiction": "140602", "tier": "township", "zone": "rural",
            "service_radius_m": 15000, "source": "demo", "lon": lon, "lat": 39.30})
    };
    let register = |resource: Value| json!({"type": "register_resource", "resource": resource});
    administrator
        .command("live", &register(station("新站", 112.50)))
        .await
        .ok();
    assert_eq!(
        administrator
            .command("live", &register(station("新站", 112.50)))
            .await
            .refusal(),
        (409, "id_taken")
    );
    let unit = json!({"kind": "ambulance", "id": "amb-test", "name": "新车", "plate": "晋F·T0001", "jurisdiction": "140602",
        "home_id": "sta-test", "class": "C", "capabilities": ["negative_pressure"], "status": "available", "source": "demo"});
    let reply = administrator.command("live", &register(unit)).await.ok();
    assert_eq!(
        reply["changes"][0]["entity"]["centre"], "140600",
        "the centre follows from the jurisdiction"
    );
    assert_eq!(
        reply["changes"][0]["entity"]["lon"], 112.50,
        "and the place from the home"
    );

    // A home that moves takes its units along.
    let update = json!({"type": "update_resource", "resource": station("新站", 112.52), "based_on_version": 1});
    let moved = administrator.command("live", &update).await.ok();
    assert_eq!(moved["changes"].as_array().unwrap().len(), 2);
    assert_eq!(
        administrator.command("live", &update).await.refusal(),
        (409, "version_changed")
    );

    let retire = |id: &str| json!({"type": "retire_resource", "id": id, "reason": "撤站"});
    let blocked = administrator.command("live", &retire("sta-test")).await;
    assert_eq!(blocked.refusal(), (409, "still_referenced"));
    assert_eq!(blocked.body["blocked_by"]["id"], "amb-test");
    administrator
        .command("live", &retire("amb-test"))
        .await
        .ok();
    administrator
        .command("live", &retire("sta-test"))
        .await
        .ok();
    assert_eq!(
        administrator
            .get("/api/v1/worlds/live/resources/amb-test")
            .await
            .refusal(),
        (404, "not_found")
    );
    let late = administrator
        .command("live", &status("amb-test", "available", ""))
        .await;
    assert_eq!(late.refusal(), (409, "retired"));
    invariants::hold(&server).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_caller_who_goes_away_cancels_nothing() {
    let database = Database::full().await;
    let server = Server::start(&database).await;
    let dispatcher = server.login("dispatcher").await;
    for number in 0..20 {
        let (body, key) = (
            status(
                UNIT,
                ["suspended", "available"][number % 2],
                &number.to_string(),
            ),
            format!("gone-{number}"),
        );
        // The connection is dropped before an answer can come.
        let _ = tokio::time::timeout(
            Duration::from_micros(300),
            dispatcher.try_command("live", &body, &key),
        )
        .await;
    }
    // Nobody holds the world's row: the next command is quick, and repeats tell what became of the others.
    for number in 0..20 {
        let body = status(
            UNIT,
            ["suspended", "available"][number % 2],
            &number.to_string(),
        );
        dispatcher
            .command_with_key("live", &body, &format!("gone-{number}"))
            .await
            .ok();
    }
    invariants::hold(&server).await;
}
