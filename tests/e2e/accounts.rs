//! Accounts, sessions and tokens: in, out, locked, revoked.

use std::time::Duration;

use chiyuan_tests::{
    Answer, Client, Database, Options, Server, eventually,
    server::{data_dir, tool},
};
use reqwest::header;
use serde_json::json;

/// Adds a token with the operator's tool.
pub async fn token(server: &Server, arguments: &[&str]) -> String {
    let arguments = [&["token", "add"], arguments].concat();
    operate(server, &arguments).await.trim().to_owned()
}

/// Runs the operator's tool.
pub async fn operate(server: &Server, arguments: &[&str]) -> String {
    tool(
        &server.database.url,
        &data_dir(&server.database.name),
        arguments,
    )
    .await
}

/// A log-in as it is answered.
pub async fn try_log_in(client: &Client, username: &str, password: &str) -> Answer {
    client
        .post(
            "/api/v1/session",
            &json!({"username": username, "password": password}),
        )
        .await
}

#[tokio::test(flavor = "multi_thread")]
async fn in_and_out() {
    let database = Database::empty().await;
    let server = Server::start(&database).await;
    let account = database.accounts.of("dispatcher");
    let answer = try_log_in(&server.anonymous(), &account.username, &account.password).await;
    let cookie = answer.headers[header::SET_COOKIE]
        .to_str()
        .unwrap()
        .to_owned();
    for part in ["chiyuan=", "HttpOnly", "SameSite=Strict", "Path=/"] {
        assert!(cookie.contains(part), "{cookie}");
    }
    assert!(
        !cookie.contains("Secure") && !cookie.contains("Domain"),
        "loopback http: {cookie}"
    );
    assert_eq!(answer.ok()["user"]["role"], "dispatcher");

    let dispatcher = server.login("dispatcher").await;
    let me = dispatcher.get("/api/v1/session").await.ok();
    assert_eq!(me["user"]["username"], account.username);
    assert!(!me.to_string().contains("password"));
    let first = dispatcher.cookie().unwrap();
    assert!(
        first.len() >= "chiyuan=".len() + 22,
        "at least 128 bits: {first}"
    );
    // Logging in again from the same browser gives a new id and ends the old one.
    let old = server.login("dispatcher").await;
    let replaced = dispatcher.clone();
    let carried = replaced.cookie().unwrap();
    replaced.log_in(&account.username, &account.password).await;
    assert_ne!(replaced.cookie().unwrap(), carried);
    let stale = server
        .anonymous()
        .request(reqwest::Method::GET, "/api/v1/session")
        .header(header::COOKIE, &carried);
    assert_eq!(
        chiyuan_tests::client::send(stale).await.status,
        401,
        "the id before is worth nothing"
    );
    assert_eq!(
        old.get("/api/v1/session").await.status,
        200,
        "other browsers stay"
    );

    replaced.delete("/api/v1/session").await.ok();
    assert_eq!(
        replaced.get("/api/v1/session").await.refusal(),
        (401, "unauthenticated")
    );
    assert_eq!(replaced.get("/api/v1/worlds").await.status, 401);
}

#[tokio::test(flavor = "multi_thread")]
async fn wrong_and_unknown_look_alike_and_five_failures_lock() {
    let database = Database::empty().await;
    let server = Server::start(&database).await;
    let account = database.accounts.of("dispatcher");
    let stranger = server.anonymous();
    let wrong = try_log_in(&stranger, &account.username, "not the password").await;
    let unknown = try_log_in(&stranger, "nobody", "not the password").await;
    assert_eq!(wrong.refusal(), (401, "wrong_credentials"));
    assert_eq!((wrong.status, &wrong.body), (unknown.status, &unknown.body));
    for _ in 0..4 {
        assert_eq!(
            try_log_in(&stranger, &account.username, "not the password")
                .await
                .status,
            401
        );
    }
    let locked = try_log_in(&stranger, &account.username, &account.password).await;
    assert_eq!(
        locked.refusal(),
        (429, "locked_out"),
        "even with the right password"
    );
    let wait: u64 = locked.headers[header::RETRY_AFTER]
        .to_str()
        .unwrap()
        .parse()
        .unwrap();
    assert!((20..=31).contains(&wait), "{wait}");
    // Another account of the same address is not locked, nor is the same account from another address.
    server.login("commander").await;
    drop(server);
    let behind_proxy = Options {
        env: vec![("CHIYUAN_TRUSTED_PROXY", "127.0.0.1".to_owned())],
        ..Options::default()
    };
    let server = Server::start_with(&database, behind_proxy).await;
    let from = |address: &str| {
        let request = server
            .anonymous()
            .request(reqwest::Method::POST, "/api/v1/session");
        let request = request
            .header("x-forwarded-for", address)
            .header("x-forwarded-proto", "https");
        let body = json!({"username": account.username, "password": account.password});
        chiyuan_tests::client::send(request.json(&body))
    };
    assert_eq!(
        from("127.0.0.1").await.refusal(),
        (429, "locked_out"),
        "a restart forgets nothing"
    );
    assert_eq!(
        from("198.51.100.7").await.status,
        200,
        "strangers lock nobody out"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn without_the_lock_guessing_goes_on() {
    let database = Database::empty().await;
    let options = Options {
        mutant: Some("no_lockout"),
        ..Options::default()
    };
    let server = Server::start_with(&database, options).await;
    for _ in 0..7 {
        let answer = try_log_in(&server.anonymous(), "dispatcher", "wrong password").await;
        assert_eq!(answer.status, 401, "the test above would notice");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn tokens_are_shown_once_and_bound() {
    let database = Database::full().await;
    let server = Server::start(&database).await;
    let crew = token(
        &server,
        &[
            "--role",
            "crew",
            "--unit",
            "amb-140602-001",
            "--name",
            "phone-1",
        ],
    )
    .await;
    let phone = server.anonymous().with_token(&crew);
    let me = phone.get("/api/v1/session").await.ok();
    assert_eq!(
        (&me["user"]["role"], &me["user"]["unit_id"]),
        (&json!("crew"), &json!("amb-140602-001"))
    );
    let own = json!({"type": "set_unit_status", "unit_id": "amb-140602-001", "status": "suspended", "reason": "油"});
    phone.command("live", &own).await.ok();
    let other = json!({"type": "set_unit_status", "unit_id": "amb-140602-002", "status": "suspended", "reason": "油"});
    assert_eq!(phone.command("live", &other).await.status, 403);
    assert_eq!(
        phone.delete("/api/v1/session").await.status,
        403,
        "a token is not a session"
    );
    let local = token(
        &server,
        &["--role", "dispatcher", "--jurisdiction", "140300"],
    )
    .await;
    let local = server.anonymous().with_token(&local);
    assert_eq!(
        local
            .get("/api/v1/worlds/live/resources/amb-140602-001")
            .await
            .status,
        404
    );
    operate(&server, &["token", "disable", "phone-1"]).await;
    let ended = || async { phone.get("/api/v1/session").await.status == 401 };
    eventually(Duration::from_secs(2), "a disabled token ends", ended).await;
    let (taken, said) = chiyuan_tests::server::try_tool(
        &database.url,
        &data_dir(&database.name),
        &["token", "add", "--role", "crew", "--name", "phone-1"],
    )
    .await;
    assert!(!taken && said.contains("exists already"), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_disabled_account_cannot_log_in() {
    let database = Database::empty().await;
    let server = Server::start(&database).await;
    operate(&server, &["user", "disable", "observer"]).await;
    let account = database.accounts.of("observer");
    let again = try_log_in(&server.anonymous(), &account.username, &account.password).await;
    assert_eq!(again.refusal(), (401, "wrong_credentials"));
    operate(&server, &["user", "enable", "observer"]).await;
    server.login("observer").await;
}

/// A wall, where an observer looks on, stays up for weeks; whoever can give orders logs in every day.
#[tokio::test(flavor = "multi_thread")]
async fn an_observers_session_lasts_for_weeks_and_others_for_a_day() {
    let database = Database::empty().await;
    let server = Server::start(&database).await;
    for (role, hours) in [
        ("observer", 15 * 24),
        ("dispatcher", 12),
        ("administrator", 12),
    ] {
        let session = server.login(role).await.get("/api/v1/session").await.ok();
        let ends = session["expires_at"].as_str().unwrap();
        let ends: chrono::DateTime<chrono::Utc> = ends.parse().unwrap();
        let left = (ends - chrono::Utc::now()).num_seconds();
        let whole = hours * 3_600;
        assert!((whole - 120..=whole).contains(&left), "{role}: {left} s");
    }
}

/// Whether a session is worth anything right after its log-out, in any of ten tries.
async fn outlives_its_log_out(options: Options) -> bool {
    let database = Database::empty().await;
    let server = Server::start_with(&database, options).await;
    for _ in 0..10 {
        let observer = server.login("observer").await;
        observer.delete("/api/v1/session").await.ok();
        if observer.get("/api/v1/session").await.status == 200 {
            return true;
        }
    }
    false
}

#[tokio::test(flavor = "multi_thread")]
async fn a_log_out_ends_the_session_at_once() {
    assert!(!outlives_its_log_out(Options::default()).await);
    let options = Options {
        mutant: Some("revoked_session_stays"),
        ..Options::default()
    };
    assert!(outlives_its_log_out(options).await, "the test would notice");
}
