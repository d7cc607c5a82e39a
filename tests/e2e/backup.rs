//! Backup under load and restore into another database: nothing differs, nobody goes on from what he saw before.

mod given;
mod refusals;

use std::{
    os::unix::fs::PermissionsExt,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::Duration,
};

use chiyuan_tests::{
    Client, Database, FeedClient, FeedState, Server, eventually, invariants,
    server::{data_dir, tool},
};
use given::{Parts, ask, back_up, fingerprint, restore, run, text};
use serde_json::{Value, json};
use tokio::task::JoinSet;

const UNITS: usize = 20;

fn unit(number: usize) -> String {
    format!("amb-140602-{:03}", 1 + number % UNITS)
}

async fn set_status(dispatcher: &Client, number: usize) -> u64 {
    let word = ["suspended", "available"][(number / UNITS) % 2];
    let command = json!({"type": "set_unit_status", "unit_id": unit(number), "status": word, "reason": number.to_string()});
    dispatcher.command("live", &command).await.ok()["seq"]
        .as_u64()
        .unwrap()
}

/// Commands and fixes without a pause, until it is ended.
struct Load {
    ended: Arc<AtomicBool>,
    commands: Arc<AtomicU64>,
    tasks: JoinSet<()>,
}

impl Load {
    async fn start(server: &Server) -> Self {
        let (ended, commands) = (
            Arc::new(AtomicBool::new(false)),
            Arc::new(AtomicU64::new(0)),
        );
        let mut tasks = JoinSet::new();
        for writer in 0..4 {
            let dispatcher = server.login("dispatcher").await;
            let (ended, commands) = (Arc::clone(&ended), Arc::clone(&commands));
            tasks.spawn(async move {
                for number in (writer..).step_by(4) {
                    if ended.load(Ordering::Acquire) {
                        return;
                    }
                    set_status(&dispatcher, number).await;
                    commands.fetch_add(1, Ordering::AcqRel);
                }
            });
        }
        tasks.spawn(send_fixes(server.device(), Arc::clone(&ended)));
        Self {
            ended,
            commands,
            tasks,
        }
    }

    fn commands(&self) -> u64 {
        self.commands.load(Ordering::Acquire)
    }

    async fn at_least(&self, commands: u64) {
        let enough = || async { self.commands() >= commands };
        eventually(Duration::from_secs(30), "commands are given", enough).await;
    }

    async fn finish(mut self) {
        self.ended.store(true, Ordering::Release);
        while let Some(task) = self.tasks.join_next().await {
            task.unwrap();
        }
    }
}

async fn send_fixes(device: Client, ended: Arc<AtomicBool>) {
    for number in 0_u32.. {
        if ended.load(Ordering::Acquire) {
            return;
        }
        let lon = 112.43 + f64::from(number % 10) * 0.00002;
        let at = chrono::Utc::now().to_rfc3339();
        let fixes: Vec<_> = (0..UNITS)
            .map(|n| json!({"unit_id": unit(n), "at": at, "lon": lon, "lat": 39.33}))
            .collect();
        device
            .post("/api/v1/worlds/live/positions", &json!({"fixes": fixes}))
            .await
            .ok();
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

/// Backs up while commands are given; what the tool said, and whether commands went on meanwhile.
async fn back_up_under_load(server: &Server, mutant: Option<&str>) -> (bool, String) {
    let database = &server.database;
    let file = data_dir(&database.name).join("load.backup");
    let load = Load::start(server).await;
    load.at_least(100).await;
    // Fixes are written in batches, some time after they came.
    let written = || async { ask(database, "SELECT count(*) FROM track").await != "0" };
    eventually(Duration::from_secs(20), "tracks are written", written).await;
    let before = load.commands();
    let outcome = run(database, mutant, &["backup", text(&file)]).await;
    let meanwhile = load.commands() - before;
    load.at_least(before + meanwhile + 20).await;
    load.finish().await;
    assert!(
        meanwhile > 20,
        "only {meanwhile} commands during the backup"
    );
    outcome
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_under_load_is_one_moment() {
    let source = Database::full().await;
    let server = Server::start(&source).await;
    let director = server.login("exercise_director").await;
    let drill = json!({"name": "演练", "from": {"world": "live"}, "clock": {"start": "2026-12-01T00:00:00Z", "speed": 60.0}});
    director.post("/api/v1/drills", &drill).await.ok();
    let (done, printed) = back_up_under_load(&server, None).await;
    assert!(done, "{printed}");

    let file = data_dir(&source.name).join("load.backup");
    assert_eq!(
        std::fs::metadata(&file).unwrap().permissions().mode() & 0o777,
        0o600
    );
    let manifest = Parts::of(&file).manifest;
    assert_eq!(manifest["worlds"].as_array().unwrap().len(), 2);
    let target = Database::blank_for(&source).await;
    let (done, printed) = restore(&file, &target).await;
    assert!(done, "{printed}");
    tool(&target.url, &data_dir(&target.name), &["verify"]).await;
    everything_is_there(&manifest, &source, &target).await;
    nobody_is_logged_in(&server, &target, &director).await;
}

/// Heads, counts and the bytes of both chains are those of the backup.
async fn everything_is_there(manifest: &Value, source: &Database, target: &Database) {
    for world in manifest["worlds"].as_array().unwrap() {
        let (id, seq) = (world["id"].as_str().unwrap(), &world["seq"]);
        let head = format!("SELECT seq || ' ' || encode(head, 'hex') FROM world WHERE id = '{id}'");
        let expected = format!("{seq} {}", world["head"].as_str().unwrap());
        assert_eq!(ask(target, &head).await, expected);
        let journal = format!("SELECT * FROM journal WHERE world_id = '{id}' AND seq <= {seq}");
        assert_eq!(
            fingerprint(source, &journal).await,
            fingerprint(target, &journal).await
        );
        let epoch = format!("SELECT epoch FROM world WHERE id = '{id}'");
        assert_ne!(ask(source, &epoch).await, ask(target, &epoch).await);
    }
    let audited = manifest["audit"]["seq"].as_i64().unwrap();
    let audit = format!("SELECT * FROM audit WHERE seq <= {audited}");
    assert_eq!(
        fingerprint(source, &audit).await,
        fingerprint(target, &audit).await
    );
    let data = format!("data:{}", manifest["data"]["sha256"].as_str().unwrap());
    for (database, action) in [(source, "backup"), (target, "restore")] {
        let row = format!("SELECT actor || ' ' || object FROM audit WHERE action = '{action}'");
        assert_eq!(ask(database, &row).await, format!("operator {data}"));
    }
    for table in manifest["tables"].as_array().unwrap() {
        let (name, rows) = (
            table["name"].as_str().unwrap(),
            table["rows"].as_i64().unwrap(),
        );
        let more = i64::from(name == "audit");
        let count = ask(target, &format!("SELECT count(*) FROM {name}")).await;
        assert_eq!(count, (rows + more).to_string(), "rows of {name}");
        let filled = !["track", "last_fix", "account", "token"].contains(&name);
        assert!(rows > 0 || filled, "{name} was not tested");
    }
}

/// Log-ins end, passwords and tokens stay, and the picture is the journal's.
async fn nobody_is_logged_in(old: &Server, target: &Database, logged_in: &Client) {
    assert_eq!(ask(target, "SELECT count(*) FROM session").await, "0");
    let server = Server::start(target).await;
    let cookie = logged_in.cookie().unwrap();
    let session = |server: &Server| {
        let client = server.anonymous();
        let request = client.request(reqwest::Method::GET, "/api/v1/session");
        chiyuan_tests::client::send(request.header("cookie", cookie.clone()))
    };
    assert_eq!(session(old).await.status, 200);
    assert_eq!(session(&server).await.status, 401);
    let at = chrono::Utc::now().to_rfc3339();
    let fix = json!({"unit_id": unit(0), "at": at, "lon": 112.43, "lat": 39.33});
    server
        .device()
        .post("/api/v1/worlds/live/positions", &json!({"fixes": [fix]}))
        .await
        .ok();
    let dispatcher = server.login("dispatcher").await;
    set_status(&dispatcher, 0).await;
    invariants::hold(&server).await;
    // New accounts get new numbers.
    super::accounts::token(&server, &["--role", "observer"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_of_several_moments_is_noticed() {
    let source = Database::full().await;
    let server = Server::start(&source).await;
    let mutant = Some("backup_without_snapshot");
    let (mut done, mut printed) = back_up_under_load(&server, mutant).await;
    if done {
        let target = Database::blank_for(&source).await;
        (done, printed) = restore(&data_dir(&source.name).join("load.backup"), &target).await;
        assert_eq!(given::rows(&target).await, 0);
    }
    println!("noticed: {printed}");
    assert!(!done);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_quiet_database_comes_back_as_it_was() {
    let source = Database::full().await;
    let folder = data_dir(&source.name).join("backups");
    std::fs::create_dir_all(&folder).unwrap();
    let (done, printed) = run(&source, None, &["backup", text(&folder)]).await;
    assert!(done, "{printed}");
    let target = Database::blank_for(&source).await;
    tool(&target.url, &data_dir(&target.name), &["migrate"]).await;
    let (done, printed) = run(&target, None, &["restore", text(&folder)]).await;
    assert!(done, "{printed}");
    let file = std::fs::read_dir(&folder).unwrap().next().unwrap().unwrap();
    let manifest = Parts::of(&file.path()).manifest;
    for table in manifest["tables"].as_array().unwrap() {
        let rows = match table["name"].as_str().unwrap() {
            // The backup and the restore are on record, and the epoch is new.
            "audit" => "SELECT * FROM audit WHERE action NOT IN ('backup', 'restore')".to_owned(),
            "audit_head" => "SELECT seq FROM audit_head".to_owned(),
            "world" => {
                "SELECT id, kind, name, seq, at, head, open, created_at FROM world".to_owned()
            }
            name => format!("SELECT * FROM {name}"),
        };
        let (was, is) = (
            fingerprint(&source, &rows).await,
            fingerprint(&target, &rows).await,
        );
        assert_eq!(was, is, "{rows}");
    }
}

/// A client that knows more than the backup meets a restored server that has gone on differently.
async fn resume_after_restore(mutant: Option<&str>) -> Result<(), String> {
    let source = Database::full().await;
    let server = Server::start(&source).await;
    let dispatcher = server.login("dispatcher").await;
    set_status(&dispatcher, 0).await;
    let token = super::accounts::token(&server, &["--role", "observer"]).await;
    let file = back_up(&source).await;
    let last = set_status(&dispatcher, 1).await;
    let mut feed = follow(&server, &token, FeedState::default());
    feed.connect().await.unwrap();
    let known = |state: &FeedState| state.is_complete() && state.seq >= last;
    feed.listen_until(Duration::from_secs(20), known)
        .await
        .unwrap();
    let before = feed.state.clone();
    server.stop().await;

    let target = Database::blank_for(&source).await;
    let (done, printed) = run(&target, mutant, &["restore", text(&file)]).await;
    assert!(done, "{printed}");
    let server = Server::start(&target).await;
    let dispatcher = server.login("dispatcher").await;
    for number in 5..15 {
        set_status(&dispatcher, number).await;
    }
    let mut feed = follow(&server, &token, before.clone());
    feed.connect().await.unwrap();
    let (snapshots, checkpoints) = (before.snapshots, before.checkpoints);
    let checked = |state: &FeedState| state.checkpoints > checkpoints;
    feed.listen_until(Duration::from_secs(20), checked)
        .await
        .map_err(|error| format!("{error:?}"))?;
    if feed.state.snapshots == snapshots || feed.state.epoch == before.epoch {
        return Err("the client went on without a snapshot".to_owned());
    }
    Ok(())
}

fn follow(server: &Server, token: &str, state: FeedState) -> FeedClient {
    let url = format!("ws://127.0.0.1:{}/api/v1/worlds/live/feed", server.port);
    let mut feed = FeedClient::new(&url).bearer(token);
    feed.state = state;
    feed
}

#[tokio::test(flavor = "multi_thread")]
async fn who_knows_the_old_epoch_gets_a_snapshot() {
    resume_after_restore(None).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_kept_epoch_is_noticed() {
    let found = resume_after_restore(Some("keep_epoch")).await.unwrap_err();
    println!("noticed: {found}");
}
