//! What is personal stays apart: not in the journal, the feed or a log; read with a trace, erased for good.

use chiyuan_tests::{Database, Server, invariants};
use serde_json::json;

use super::{PLACE, UNIT, give, id_of, of, send, token};

const TELEPHONE: &str = "13912345678";
const COMPLAINT: &str = "发热三天呼吸困难";

#[tokio::test(flavor = "multi_thread")]
async fn personal_text_lies_apart_and_can_be_erased() {
    let database = Database::full().await;
    let server = Server::start(&database).await;
    let dispatcher = server.login("dispatcher").await;
    let body = json!({"type": "open_incident", "incident_type": "medical", "priority": "P1", "lon": PLACE.0,
        "lat": PLACE.1, "description": COMPLAINT, "contact_phone": TELEPHONE});
    let opened = give(&dispatcher, "live", body).await;
    let (incident, private) = (
        id_of(&opened, "incident"),
        of(&opened, "incident")["private"].clone(),
    );
    assert!(!serde_json::to_string(&opened).unwrap().contains(TELEPHONE));
    let auditor = server.login("auditor").await;
    let journal = serde_json::to_string(&invariants::journal(&auditor, "live").await).unwrap();
    assert!(!journal.contains(TELEPHONE) && !journal.contains(COMPLAINT));
    assert!(journal.contains(private["commitment"].as_str().unwrap()));

    let path = format!(
        "/api/v1/worlds/live/private/{}",
        private["id"].as_str().unwrap()
    );
    let read = dispatcher.get(&path).await.ok();
    assert_eq!(
        read["content"],
        json!({"description": COMPLAINT, "contact_phone": TELEPHONE})
    );
    assert_eq!(read["subject_id"], incident.as_str());
    assert_eq!(auditor.get(&path).await.refusal(), (403, "forbidden"));
    let elsewhere = server.login_in("dispatcher", "140300").await;
    assert_eq!(elsewhere.get(&path).await.refusal(), (404, "not_found"));

    // A crew reads it once it has the order, and not before.
    let crew = token(&server, &["--role", "crew", "--unit", UNIT]).await;
    assert_eq!(crew.get(&path).await.refusal(), (404, "not_found"));
    send(&dispatcher, "live", &incident, UNIT).await;
    assert_eq!(crew.get(&path).await.status, 200);
    let shown = crew.get("/api/v1/worlds/live/crew").await.ok();
    assert_eq!(shown["patient"]["content"]["contact_phone"], TELEPHONE);
    let known = format!(
        "/api/v1/worlds/live/crew?known={}",
        private["id"].as_str().unwrap()
    );
    assert_eq!(crew.get(&known).await.ok()["patient"], json!(null));

    let erase = format!("{path}/erase");
    let reason = json!({"reason": "保存期满"});
    assert_eq!(
        dispatcher.post(&erase, &reason).await.refusal(),
        (403, "forbidden")
    );
    let administrator = server.login("administrator").await;
    let erased = administrator.post(&erase, &reason).await.ok();
    assert_eq!(
        (&erased["erased"], &erased["content"]),
        (&json!(true), &json!({}))
    );
    assert_eq!(dispatcher.get(&path).await.ok()["erased"], true);
    invariants::hold(&server).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn lists_show_a_number_that_nobody_can_ring() {
    let database = Database::full().await;
    let server = Server::start(&database).await;
    let dispatcher = server.login_in("dispatcher", "140600").await;
    let ring = json!({"type": "receive_call", "caller_number": TELEPHONE, "caller_name": "孙某", "lon": PLACE.0,
        "lat": PLACE.1});
    let rung = give(&dispatcher, "live", ring).await;
    let private = of(&rung, "call")["private"]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let path = format!("/api/v1/worlds/live/private/{private}/masked");
    let shown = dispatcher.get(&path).await.ok();
    assert_eq!(
        shown,
        json!({"id": private, "caller_number": "139••••5678"}),
        "and no name"
    );
    let elsewhere = server.login_in("dispatcher", "140300").await;
    assert_eq!(elsewhere.get(&path).await.refusal(), (404, "not_found"));
    let administrator = server.login("administrator").await;
    let erase = format!("/api/v1/worlds/live/private/{private}/erase");
    administrator
        .post(&erase, &json!({"reason": "保存期满"}))
        .await
        .ok();
    let gone = dispatcher.get(&path).await.ok();
    assert_eq!(gone["caller_number"], json!(null), "erased is erased");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_binds_the_personal_part_too() {
    let database = Database::full().await;
    let server = Server::start(&database).await;
    let dispatcher = server.login("dispatcher").await;
    let ring = |number: &str| json!({"type": "receive_call", "caller_number": number, "lon": PLACE.0, "lat": PLACE.1});
    let first = dispatcher
        .command_with_key("live", &ring(TELEPHONE), "one")
        .await
        .ok();
    assert_eq!(
        dispatcher
            .command_with_key("live", &ring(TELEPHONE), "one")
            .await
            .ok(),
        first
    );
    let other = dispatcher
        .command_with_key("live", &ring("13900000000"), "one")
        .await;
    assert_eq!(other.refusal(), (422, "idempotency_key_reused"));
    // Three at once under one key: one call.
    let same = ring(TELEPHONE);
    let ask = || dispatcher.command_with_key("live", &same, "three");
    let (a, b, c) = tokio::join!(ask(), ask(), ask());
    let (a, b, c) = (a.ok(), b.ok(), c.ok());
    assert!(a == b && b == c);
    let forged = json!({"type": "receive_call", "private": {"id": "x", "commitment": "y"}});
    assert_eq!(
        dispatcher.command("live", &forged).await.refusal(),
        (400, "malformed_body")
    );
    let long = json!({"type": "receive_call", "caller_name": "长".repeat(81)});
    assert_eq!(
        dispatcher.command("live", &long).await.refusal(),
        (400, "malformed_body")
    );
    invariants::hold(&server).await;
}
