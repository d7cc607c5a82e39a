//! A thousand resumes under load: who dropped and came back ends with the state of who never dropped.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use chiyuan_tests::{Database, FeedClient, FeedError, FeedState, Options, Server, random::Random};
use serde_json::json;
use tokio::task::JoinSet;

const CLIENTS: u64 = 10;
const RESUMES: u32 = 100;
const UNITS: usize = 20;

#[derive(Default)]
struct Load {
    ended: AtomicBool,
    commands: AtomicU64,
    fixes: AtomicU64,
    last_seq: AtomicU64,
}

fn unit(number: usize) -> String {
    format!("amb-140602-{:03}", 1 + number % UNITS)
}

async fn give_commands(server: Arc<Server>, load: Arc<Load>, first: usize) {
    let dispatcher = server.login("dispatcher").await;
    for number in first.. {
        if load.ended.load(Ordering::Acquire) {
            return;
        }
        let body = json!({"type": "set_unit_status", "unit_id": unit(number),
            "status": (["suspended", "available"][(number / UNITS) % 2]), "reason": number.to_string()});
        let seq = dispatcher.command("live", &body).await.ok()["seq"]
            .as_u64()
            .unwrap();
        load.last_seq.fetch_max(seq, Ordering::AcqRel);
        load.commands.fetch_add(1, Ordering::Relaxed);
        tokio::time::sleep(Duration::from_millis(4)).await;
    }
}

async fn send_fixes(server: Arc<Server>, load: Arc<Load>) {
    let device = server.device();
    for number in 0_u32.. {
        if load.ended.load(Ordering::Acquire) {
            return;
        }
        let at = chrono::Utc::now().to_rfc3339();
        let lon = 112.43 + f64::from(number % 10) * 0.00002;
        let fixes: Vec<_> = (0..UNITS)
            .map(|n| json!({"unit_id": unit(n), "at": at, "lon": lon, "lat": 39.33}))
            .collect();
        let report = device
            .post("/api/v1/worlds/live/positions", &json!({"fixes": fixes}))
            .await
            .ok();
        load.fixes
            .fetch_add(report["accepted"].as_u64().unwrap(), Ordering::Relaxed);
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

/// Connects, however busy the server is.
async fn connect(feed: &mut FeedClient) -> Result<(), String> {
    for _ in 0..50 {
        match feed.connect().await {
            Ok(()) => return Ok(()),
            Err(FeedError::Refused(503) | FeedError::Broken(_)) => {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
            Err(other) => return Err(format!("{other:?}")),
        }
    }
    Err("never connected".to_owned())
}

/// Listens for a time; a quiet feed is no fault.
async fn listen(feed: &mut FeedClient, time: Duration) -> Result<(), String> {
    match feed.listen_until(time, |_| false).await {
        Err(FeedError::TimedOut) => Ok(()),
        other => Err(format!("{other:?}")),
    }
}

async fn drop_and_resume(mut feed: FeedClient, seed: u64) -> Result<FeedClient, String> {
    let mut random = Random::new(seed);
    connect(&mut feed).await?;
    for number in 0..RESUMES {
        let whole = feed
            .listen_until(Duration::from_secs(20), FeedState::is_complete)
            .await;
        whole.map_err(|error| format!("client {seed}, resume {number}: {error:?}"))?;
        let time = Duration::from_micros(random.bits() % 220_000);
        listen(&mut feed, time)
            .await
            .map_err(|error| format!("client {seed}, resume {number}: {error}"))?;
        feed.drop_connection(random.below(2) == 0);
        if random.below(4) == 0 {
            tokio::time::sleep(Duration::from_millis(random.bits() % 50)).await;
        }
        connect(&mut feed).await?;
    }
    Ok(feed)
}

/// Drops and resumes under load; says what was wrong, if anything was.
async fn resumes(mutant: Option<&'static str>) -> Result<(), String> {
    let database = Database::full().await;
    let options = Options {
        mutant,
        ..Options::default()
    };
    let server = Arc::new(Server::start_with(&database, options).await);
    let token = super::accounts::token(&server, &["--role", "observer"]).await;
    let client = || {
        FeedClient::new(
            &server
                .url("/api/v1/worlds/live/feed")
                .replace("http:", "ws:"),
        )
        .bearer(&token)
    };
    let load = Arc::new(Load::default());
    let begun = Instant::now();
    let mut workers = JoinSet::new();
    for first in [0, UNITS / 2] {
        workers.spawn(give_commands(Arc::clone(&server), Arc::clone(&load), first));
    }
    workers.spawn(send_fixes(Arc::clone(&server), Arc::clone(&load)));

    let mut steady = client();
    connect(&mut steady).await?;
    let listening = {
        let load = Arc::clone(&load);
        tokio::spawn(async move {
            while !load.ended.load(Ordering::Acquire) {
                listen(&mut steady, Duration::from_millis(100)).await?;
            }
            Ok::<_, String>(steady)
        })
    };
    let dropping: Vec<_> = (0..CLIENTS)
        .map(|seed| tokio::spawn(drop_and_resume(client(), seed)))
        .collect();
    let mut dropped = Vec::new();
    for task in dropping {
        dropped.push(task.await.unwrap());
    }
    load.ended.store(true, Ordering::Release);
    while workers.join_next().await.is_some() {}
    let mut steady = listening.await.unwrap()?;
    let mut feeds = dropped.into_iter().collect::<Result<Vec<_>, _>>()?;
    let took = begun.elapsed();

    let last = load.last_seq.load(Ordering::Acquire);
    settle(&mut steady, last).await?;
    let (mut checkpoints, mut snapshots) = (0, 0);
    let settled = feeds.iter_mut().map(|feed| settle(feed, last));
    for outcome in futures_util::future::join_all(settled).await {
        outcome?;
    }
    for feed in &feeds {
        if let Some(difference) = feed.state.difference(&steady.state) {
            return Err(difference);
        }
        if feed.state.hash() != steady.state.hash() {
            return Err("the hashes differ".to_owned());
        }
        checkpoints += feed.state.checkpoints;
        snapshots += feed.state.snapshots;
    }
    println!(
        "{} resumes in {took:?} beside {} commands and {} fixes; {checkpoints} checkpoints agreed ({} on the steady feed), {snapshots} snapshots",
        CLIENTS * u64::from(RESUMES),
        load.commands.load(Ordering::Relaxed),
        load.fixes.load(Ordering::Relaxed),
        steady.state.checkpoints
    );
    if snapshots != CLIENTS || steady.state.snapshots != 1 {
        return Err(format!(
            "{snapshots} snapshots for {CLIENTS} clients: not everything was resumed"
        ));
    }
    if load.commands.load(Ordering::Relaxed) < 200 || steady.state.fixes.len() < UNITS {
        return Err("there was hardly any load".to_owned());
    }
    Ok(())
}

/// Listens until everything has been heard and a checkpoint of it agrees.
async fn settle(feed: &mut FeedClient, last: u64) -> Result<(), String> {
    let within = Duration::from_secs(20);
    let wrong = |error| format!("{error:?}");
    feed.listen_until(within, |state| state.is_complete() && state.seq >= last)
        .await
        .map_err(wrong)?;
    let before = feed.state.checkpoints;
    feed.listen_until(within, |state| state.checkpoints > before)
        .await
        .map_err(wrong)?;
    listen(feed, Duration::from_millis(800)).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_thousand_resumes_lose_nothing() {
    resumes(None).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_resume_that_skips_one_is_noticed() {
    let found = resumes(Some("resume_off_by_one")).await.unwrap_err();
    println!("noticed: {found}");
    assert!(
        found.contains("seq") || found.contains("checkpoint"),
        "{found}"
    );
}
