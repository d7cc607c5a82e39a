//! Cross-site writes, headers, rate limits, the audit trail, and what is written down nowhere.

use std::os::unix::fs::PermissionsExt;

use chiyuan_tests::{
    Database, Options, Server,
    client::send,
    server::{data_dir, tool, try_tool},
};
use diesel_async::{RunQueryDsl, SimpleAsyncConnection};
use reqwest::{Method, header};
use serde_json::{Value, json};

const COMMANDS: &str = "/api/v1/worlds/live/commands";

fn body() -> Value {
    json!({"type": "set_unit_status", "unit_id": "amb-140602-001", "status": "suspended", "reason": "试"})
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cookie_write_comes_from_our_pages() {
    let database = Database::full().await;
    let server = Server::start(&database).await;
    let dispatcher = server.login("dispatcher").await;
    let http = reqwest::Client::builder().no_proxy().build().unwrap();
    let ours = server.url("");
    let cookie = dispatcher.cookie().unwrap();
    let write = |origin: Option<&str>, path: &str, body: &Value| {
        let mut request = http
            .post(server.url(path))
            .header(header::COOKIE, &cookie)
            .header("Idempotency-Key", uuid::Uuid::now_v7().to_string());
        if let Some(origin) = origin {
            request = request.header(header::ORIGIN, origin);
        }
        send(request.json(body))
    };
    let port = server.port;
    for foreign in [
        None,
        Some("https://evil.example"),
        Some("null"),
        Some(""),
        Some(&*format!("{ours}.evil")),
        Some(&*format!("https://127.0.0.1:{port}")),
    ] {
        assert_eq!(
            write(foreign, COMMANDS, &body()).await.refusal(),
            (403, "foreign_origin"),
            "{foreign:?}"
        );
        let account = database.accounts.of("dispatcher");
        let log_in = json!({"username": account.username, "password": account.password});
        assert_eq!(
            write(foreign, "/api/v1/session", &log_in).await.refusal(),
            (403, "foreign_origin"),
            "{foreign:?}"
        );
    }
    write(Some(&ours), COMMANDS, &body()).await.ok();
    write(Some(&format!("http://localhost:{port}")), COMMANDS, &body())
        .await
        .ok();
    // Forms cannot write, whatever their origin says.
    for kind in [
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data",
    ] {
        let request = dispatcher
            .request(Method::POST, COMMANDS)
            .header("Idempotency-Key", "k");
        let form = request
            .header(header::CONTENT_TYPE, kind)
            .body(body().to_string());
        assert_eq!(send(form).await.refusal(), (415, "not_json"), "{kind}");
    }
    // A script with a token needs no origin.
    let token = super::accounts::token(&server, &["--role", "dispatcher"]).await;
    server
        .anonymous()
        .with_token(&token)
        .command("live", &body())
        .await
        .ok();
}

#[tokio::test(flavor = "multi_thread")]
async fn every_answer_carries_the_headers() {
    let database = Database::empty().await;
    let server = Server::start(&database).await;
    let observer = server.login("observer").await;
    let answers = [
        (200, observer.get("/api/v1/worlds").await),
        (404, observer.get("/api/v1/nothing").await),
        (404, observer.get("/api/v1/worlds/none/resources").await),
        (400, observer.get("/api/v1/worlds/live/resources?x=1").await),
        (401, server.anonymous().get("/api/v1/worlds").await),
        (403, observer.get("/api/v1/worlds/live/journal").await),
        (200, server.anonymous().get("/health/live").await),
    ];
    for (status, answer) in answers {
        assert_eq!(answer.status, status, "{}", answer.body);
        let policy = answer.headers[header::CONTENT_SECURITY_POLICY]
            .to_str()
            .unwrap();
        for part in [
            "default-src 'self'",
            "object-src 'none'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
        ] {
            assert!(policy.contains(part), "{policy}");
        }
        assert!(
            !policy.contains("unsafe-eval") && !policy.contains("script-src 'self' 'unsafe"),
            "{policy}"
        );
        assert_eq!(answer.headers[header::X_CONTENT_TYPE_OPTIONS], "nosniff");
        assert_eq!(answer.headers[header::REFERRER_POLICY], "no-referrer");
        assert!(
            !answer
                .headers
                .contains_key(header::STRICT_TRANSPORT_SECURITY),
            "http has no HSTS"
        );
        assert!(!answer.headers.contains_key(header::SERVER));
        if status >= 400 {
            assert_eq!(
                answer.headers[header::CONTENT_TYPE],
                "application/problem+json"
            );
        }
    }
    let document = server.anonymous().get("/").await;
    assert!(
        document
            .headers
            .contains_key(header::CONTENT_SECURITY_POLICY),
        "the screens too"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn who_asks_too_often_waits_and_nobody_else() {
    let database = Database::empty().await;
    let options = Options {
        env: vec![("CHIYUAN_RATE_LIMIT", "50".to_owned())],
        ..Options::default()
    };
    let server = Server::start_with(&database, options).await;
    let (greedy, modest) = (
        server.login("observer").await,
        server.login("commander").await,
    );
    let asked = (0..300).map(|_| greedy.get("/api/v1/worlds"));
    let answers = futures_util::future::join_all(asked).await;
    let refused: Vec<_> = answers
        .iter()
        .filter(|answer| answer.status != 200)
        .collect();
    println!("{} of 300 at once refused at 50/s", refused.len());
    assert!((50..=250).contains(&refused.len()), "{}", refused.len());
    for answer in refused {
        assert_eq!(answer.refusal(), (429, "rate_limited"));
        let wait: u64 = answer.headers[header::RETRY_AFTER]
            .to_str()
            .unwrap()
            .parse()
            .unwrap();
        assert!((1..=5).contains(&wait), "{wait}");
    }
    assert_eq!(modest.get("/api/v1/worlds").await.status, 200);
    tokio::time::sleep(std::time::Duration::from_millis(1_200)).await;
    assert_eq!(greedy.get("/api/v1/worlds").await.status, 200, "it passes");
}

#[derive(diesel::QueryableByName)]
struct Count {
    #[diesel(sql_type = diesel::sql_types::BigInt)]
    count: i64,
}

#[tokio::test(flavor = "multi_thread")]
async fn log_ins_and_denials_are_on_record() {
    let database = Database::empty().await;
    let server = Server::start(&database).await;
    let observer = server.login("observer").await;
    assert_eq!(
        observer.get("/api/v1/worlds/live/journal").await.status,
        403
    );
    let wrong = json!({"username": "observer", "password": "not the password"});
    assert_eq!(
        server
            .anonymous()
            .post("/api/v1/session", &wrong)
            .await
            .status,
        401
    );
    observer.delete("/api/v1/session").await.ok();
    // Counted events are written by the end at the latest.
    server.stop().await;
    let mut connection = database.connect().await;
    for (action, result) in [
        ("log_in", "ok"),
        ("log_in", "wrong_credentials"),
        ("log_out", "ok"),
        ("denied", "%"),
    ] {
        let query = format!(
            "SELECT count(*) AS count FROM audit WHERE actor = 'user:observer' AND action = '{action}' \
            AND result LIKE '{result}' AND address = '127.0.0.1'"
        );
        let rows: Count = diesel::sql_query(&query)
            .get_result(&mut connection)
            .await
            .unwrap();
        assert!(rows.count >= 1, "{action} {result}");
    }
    let data = data_dir(&database.name);
    tool(&database.url, &data, &["verify"]).await;
    // A row that somebody touched is found.
    let mut superuser = database.connect_as_superuser().await;
    superuser
        .batch_execute("UPDATE audit SET result = 'ok' WHERE result = 'wrong_credentials'")
        .await
        .unwrap();
    let (clean, said) = try_tool(&database.url, &data, &["verify"]).await;
    assert!(!clean && said.contains("audit"), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn secrets_are_written_down_nowhere() {
    let database = Database::empty().await;
    let options = Options {
        env: vec![("RUST_LOG", "debug".to_owned())],
        ..Options::default()
    };
    let server = Server::start_with(&database, options).await;
    let (port, device) = (server.port, database.accounts.device_token.clone());
    let account = database.accounts.of("dispatcher").clone();
    let dispatcher = server.login("dispatcher").await;
    let cookie = dispatcher.cookie().unwrap();
    let session = cookie.split_once('=').unwrap().1.to_owned();
    let wrong = json!({"username": "Canary-User", "password": "canary-password-1"});
    server.anonymous().post("/api/v1/session", &wrong).await;
    let query = format!("/gateway/osmand?id=amb-1&lat=39&lon=112&token={device}");
    server.anonymous().get(&query).await;
    server
        .anonymous()
        .get("/gateway/osmand?id=x&lat=39&lon=112&token=canary-token-2")
        .await;
    server
        .anonymous()
        .with_token("canary-token-3")
        .get("/api/v1/worlds")
        .await;
    server
        .device()
        .post("/api/v1/worlds/live/positions", &json!({"fixes": []}))
        .await
        .ok();
    let sent = body();
    dispatcher.command("live", &sent).await;
    server.stop().await;
    let log = std::env::temp_dir().join(format!("chiyuan-test-server-{port}.log"));
    let log = std::fs::read_to_string(log).unwrap();
    assert!(log.contains("ready"), "the log was kept");
    for secret in [
        &*account.password,
        &device,
        &session,
        "canary",
        "Canary",
        "postgres://",
    ] {
        assert!(!log.contains(secret), "the log holds {secret}");
    }
    // Nor does the database hold a password, a token or a session's id.
    let mut connection = database.connect_as_superuser().await;
    for table in ["account", "session", "token", "audit", "login_failure"] {
        for secret in [&account.password, &device, &session] {
            let query =
                format!("SELECT count(*) AS count FROM {table} t WHERE t::text LIKE '%{secret}%'");
            let rows: Count = diesel::sql_query(&query)
                .get_result(&mut connection)
                .await
                .unwrap();
            assert_eq!(rows.count, 0, "{table}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_file_of_demo_accounts_is_its_owners() {
    let database = Database::empty().await;
    let data = data_dir(&format!("{}-demo", database.name));
    let _ = std::fs::remove_file(data.join("demo-accounts.json"));
    tool(&database.url, &data, &["demo-accounts"]).await;
    let mode = std::fs::metadata(data.join("demo-accounts.json"))
        .unwrap()
        .permissions()
        .mode();
    assert_eq!(mode & 0o777, 0o600);
    let printed = tool(&database.url, &data, &["demo-accounts"]).await;
    let accounts = chiyuan_tests::Accounts::read(&data);
    assert!(
        accounts
            .all
            .iter()
            .all(|account| !printed.contains(&account.password)),
        "and printed nowhere"
    );
}
