//! Two servers on one database: with Redis, while Redis is dead, and without it.

use std::{
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use chiyuan_tests::{
    Client, Database, Options, Server, eventually, invariants, server::free_port,
    services::services,
};
use serde_json::{Value, json};

use super::feed::{give, now, open, send_fix, status};

const UNIT: &str = "amb-140602-001";

/// A Redis of one test; it may be killed and started again.
struct Redis {
    child: Child,
    port: u16,
}

impl Redis {
    async fn start(port: u16) -> Self {
        let child = Command::new("redis-server")
            .args([
                "--port",
                &port.to_string(),
                "--bind",
                "127.0.0.1",
                "--save",
                "",
                "--appendonly",
                "no",
            ])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("redis-server is installed");
        let up = || async {
            tokio::net::TcpStream::connect(("127.0.0.1", port))
                .await
                .is_ok()
        };
        eventually(Duration::from_secs(5), "Redis answers", up).await;
        Self { child, port }
    }

    fn url(&self) -> String {
        format!("redis://127.0.0.1:{}/", self.port)
    }

    /// SIGKILL.
    fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

impl Drop for Redis {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

async fn pair(database: &Database, redis_url: Option<String>) -> (Server, Server) {
    let options = Options {
        redis_url,
        ..Options::default()
    };
    (
        Server::start_with(database, options.clone()).await,
        Server::start_with(database, options).await,
    )
}

async fn redis_state(server: &Server) -> String {
    let health: Value = reqwest::get(server.url("/health/ready"))
        .await
        .unwrap()
        .json()
        .await
        .unwrap();
    health["dependencies"]["redis"]["state"]
        .as_str()
        .unwrap()
        .to_owned()
}

async fn redis_is(server: &Server, wanted: &str) {
    let is = || async { redis_state(server).await == wanted };
    eventually(Duration::from_secs(15), &format!("Redis is {wanted}"), is).await;
}

/// How long a command and a fix given to one server take to the feed of the other.
async fn crossing(from: &Server, to: &Server, within: [Duration; 2]) -> [Duration; 2] {
    let dispatcher = from.login("dispatcher").await;
    let mut wire = open(&to.login("observer").await, "live").await;
    let before = wire.state.entities[UNIT]["status"].clone();
    let word = if before == "suspended" {
        "available"
    } else {
        "suspended"
    };
    let begun = Instant::now();
    let seq = give(&dispatcher, &status(UNIT, word)).await;
    wire.until(within[0], "the command on the other server", |state| {
        state.seq >= seq
    })
    .await;
    let command = begun.elapsed();
    assert_eq!(wire.state.entities[UNIT]["status"], word);
    let at = chrono::Utc::now().timestamp_millis();
    let begun = Instant::now();
    send_fix(&from.device(), "live", UNIT, &now(), 112.43, 39.33).await;
    let newer = |state: &chiyuan_tests::FeedState| {
        state
            .fixes
            .get(UNIT)
            .is_some_and(|fix| fix.at_epoch_ms >= at)
    };
    wire.until(within[1], "the fix on the other server", newer)
        .await;
    [command, begun.elapsed()]
}

#[tokio::test(flavor = "multi_thread")]
async fn redis_carries_commands_and_fixes_across() {
    let database = Database::full().await;
    let (a, b) = pair(&database, Some(services().redis_url.clone())).await;
    redis_is(&a, "up").await;
    redis_is(&b, "up").await;
    for _ in 0..3 {
        let there = crossing(&a, &b, [Duration::from_secs(3); 2]).await;
        let back = crossing(&b, &a, [Duration::from_secs(3); 2]).await;
        println!("with Redis: command and fix to the other server {there:?}, back {back:?}");
    }
    invariants::hold(&a).await;
    invariants::hold(&b).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn redis_may_die_and_come_back() {
    let database = Database::full().await;
    let mut redis = Redis::start(free_port()).await;
    let (a, b) = pair(&database, Some(redis.url())).await;
    redis_is(&a, "up").await;
    redis_is(&b, "up").await;
    crossing(&a, &b, [Duration::from_secs(3); 2]).await;

    // Commands flow all the time; no answer may be other than 200.
    let dispatcher = a.login("dispatcher").await;
    let flow = tokio::spawn(async move {
        let (begun, mut slowest, mut given) = (Instant::now(), Duration::ZERO, 0);
        while begun.elapsed() < Duration::from_secs(6) {
            let one = Instant::now();
            give(
                &dispatcher,
                &status("amb-140602-002", ["suspended", "available"][given % 2]),
            )
            .await;
            slowest = slowest.max(one.elapsed());
            given += 1;
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        (given, slowest)
    });
    tokio::time::sleep(Duration::from_millis(500)).await;
    redis.kill();
    let without = crossing(&a, &b, [Duration::from_secs(4), Duration::from_secs(6)]).await;
    println!("Redis dead: command and fix to the other server {without:?}");
    redis_is(&a, "down").await;
    let (given, slowest) = flow.await.unwrap();
    println!("{given} commands while Redis died, all 200, slowest {slowest:?}");
    let without = crossing(&b, &a, [Duration::from_secs(4), Duration::from_secs(6)]).await;
    println!("Redis dead: back {without:?}");

    let port = redis.port;
    redis = Redis::start(port).await;
    redis_is(&a, "up").await;
    redis_is(&b, "up").await;
    let again = crossing(&a, &b, [Duration::from_secs(3); 2]).await;
    println!("Redis back: command and fix to the other server {again:?}");
    drop(redis);
    invariants::hold(&a).await;
    invariants::hold(&b).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_servers_need_no_redis() {
    let database = Database::full().await;
    let (a, b) = pair(&database, None).await;
    assert_eq!(redis_state(&a).await, "off");
    let there = crossing(&a, &b, [Duration::from_secs(4), Duration::from_secs(6)]).await;
    let back = crossing(&b, &a, [Duration::from_secs(4), Duration::from_secs(6)]).await;
    println!("without Redis: command and fix to the other server {there:?}, back {back:?}");
    invariants::hold(&b).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_drill_made_on_one_server_is_found_on_the_other() {
    let database = Database::full().await;
    let (a, b) = pair(&database, Some(services().redis_url.clone())).await;
    let director = a.login("exercise_director").await;
    let request = json!({"name": "两机", "from": {"world": "live"}});
    let drill = director.post("/api/v1/drills", &request).await.ok();
    let id = drill["id"].as_str().unwrap().to_owned();
    let begun = Instant::now();
    let there = b.login("dispatcher").await;
    let path = format!("/api/v1/worlds/{id}/resources/{UNIT}");
    let found = || async { there.get(&path).await.status == 200 };
    eventually(
        Duration::from_secs(3),
        "the drill on the other server",
        found,
    )
    .await;
    println!("the drill was there after {:?}", begun.elapsed());
    // It takes commands there, and the first server hears of them.
    let mut wire = open(&a.login("observer").await, &id).await;
    let seq = there.command(&id, &status(UNIT, "suspended")).await.ok()["seq"]
        .as_u64()
        .unwrap();
    wire.until(Duration::from_secs(3), "the command", |state| {
        state.seq >= seq
    })
    .await;
    invariants::hold(&a).await;
    invariants::hold(&b).await;
}

async fn versions(client: &Client) -> Vec<(String, u64)> {
    let (mut all, mut cursor) = (Vec::new(), String::new());
    loop {
        let page = client
            .get(&format!("/api/v1/worlds/live/resources?limit=1000{cursor}"))
            .await
            .ok();
        for feature in page["features"].as_array().unwrap() {
            let version = feature["properties"]["version"].as_u64().unwrap();
            all.push((feature["id"].as_str().unwrap().to_owned(), version));
        }
        let Some(next) = page["next_cursor"].as_str() else {
            return all;
        };
        cursor = format!("&cursor={next}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn racing_commands_on_two_servers_make_one_history() {
    let database = Database::full().await;
    let (a, b) = pair(&database, Some(services().redis_url.clone())).await;
    let clients = [a.login("dispatcher").await, b.login("dispatcher").await];
    let auditor = a.login("auditor").await;
    let before = invariants::journal(&auditor, "live").await.len();
    let (mut wire_a, mut wire_b) = (
        open(&auditor, "live").await,
        open(&b.login("auditor").await, "live").await,
    );
    let begun = Instant::now();
    let mut tasks = Vec::new();
    for worker in 0..20 {
        let client = clients[worker % 2].clone();
        tasks.push(tokio::spawn(async move {
            for number in 0..20 {
                let unit = format!("amb-140602-{:03}", 1 + (worker + number) % 20);
                // Another reason each time, so that every command changes something.
                let word = ["suspended", "available", "off_duty"][number % 3];
                let mut body = status(&unit, word);
                body["reason"] = json!(format!("{worker}-{number}"));
                give(&client, &body).await;
            }
        }));
    }
    for task in tasks {
        task.await.unwrap();
    }
    println!("400 commands on two servers in {:?}", begun.elapsed());
    let journal = invariants::journal(&auditor, "live").await;
    let last = journal.last().unwrap()["seq"].as_u64().unwrap();
    assert_eq!(journal.len() - before, 400, "every command once");
    wire_a
        .until(Duration::from_secs(5), "everything on the first", |state| {
            state.seq == last
        })
        .await;
    wire_b
        .until(
            Duration::from_secs(5),
            "everything on the second",
            |state| state.seq == last,
        )
        .await;
    assert_eq!(wire_a.state.difference(&wire_b.state), None);
    assert_eq!(versions(&clients[0]).await, versions(&clients[1]).await);
    invariants::hold(&a).await;
    invariants::hold(&b).await;
}
