//! A day of a whole region in a drill on a fast clock, through the public interface only; its figures are those of
//! the journal and `verify` finds nothing.

use std::{sync::Arc, time::Instant};

use chiyuan_tests::{
    Database, Server, invariants,
    kpi_fold::{Asked, Record, differences, moment},
    random::Random,
    simulation::{Clock, Plan, Stage, play},
};
use serde_json::json;

/// First moment of the day, local midnight.
const START: &str = "2026-12-01T00:00:00.000+08:00";
/// World seconds in a second.
const SPEED: f64 = 600.0;
/// Calls of a day in the five places together.
const CALLS: usize = 2_000;
/// Calls by hour of the day, thousandths: little before dawn, a late morning and an evening peak.
const BY_HOUR: [usize; 24] = [
    25, 20, 17, 15, 15, 18, 28, 42, 52, 58, 58, 53, 48, 46, 48, 50, 52, 55, 58, 60, 56, 50, 42, 34,
];

/// Plays hours of the day; returns how long it took and how many commands there were.
async fn play_hours(hours: std::ops::Range<usize>, calls: usize, seed: u64) {
    let database = Database::full().await;
    let server = Server::start(&database).await;
    let director = server.login("exercise_director").await;
    let begin = moment(START) + hours.start as i64 * 3_600_000;
    let start = chiyuan_tests::simulation::clock::text(begin);
    let request = json!({"name": "一日", "from": {"world": "live"}, "clock": {"start": start, "speed": SPEED}});
    let made = director.post("/api/v1/drills", &request).await.ok();
    let drill = made["id"].as_str().unwrap().to_owned();
    let still = Clock::running(begin, 0.0);
    let dispatcher = server.login("dispatcher").await;
    let mut stage = Stage::prepare(dispatcher, &drill, still).await;

    let mut random = Random::new(seed);
    let share: usize = BY_HOUR[hours.clone()].iter().sum();
    let plans = arrivals(&hours, calls, share, &mut random);
    let plans: Vec<_> = (0..)
        .zip(plans)
        .map(|(number, at)| Plan::draw(number, at, &stage.ground, &mut random, false))
        .collect();
    let path = format!("/api/v1/drills/{drill}/clock");
    let started = director.post(&path, &json!({"action": "start"})).await.ok();
    let real = Instant::now();
    stage.clock = Clock::running(moment(started["clock"]["at"].as_str().unwrap()), SPEED);
    let stage = Arc::new(stage);
    let mut playing = Vec::new();
    for plan in plans {
        stage.clock.until(plan.rings_at).await;
        let stage = Arc::clone(&stage);
        playing.push(tokio::spawn(async move { play(&stage, &plan).await }));
    }
    for case in playing {
        case.await.unwrap();
    }
    let took = real.elapsed();
    director.post(&path, &json!({"action": "pause"})).await.ok();
    told(&server, &stage, took, calls).await;
    drop(stage);
    invariants::hold(&server).await;
}

/// Moments at which calls come in, in order, by the shares of the hours.
fn arrivals(
    hours: &std::ops::Range<usize>,
    calls: usize,
    share: usize,
    random: &mut Random,
) -> Vec<i64> {
    let mut moments: Vec<i64> = (0..calls)
        .map(|_| {
            let mut at = random.below(share);
            let hour = hours
                .clone()
                .find(|hour| match at.checked_sub(BY_HOUR[*hour]) {
                    Some(left) => {
                        at = left;
                        false
                    }
                    None => true,
                });
            let hour = hour.unwrap_or(hours.start) as i64;
            moment(START) + hour * 3_600_000 + random.below(3_600_000) as i64
        })
        .collect();
    moments.sort_unstable();
    moments
}

/// Compares the figures of all places with the journal, and prints them.
async fn told(server: &Server, stage: &Stage, took: std::time::Duration, calls: usize) {
    let auditor = server.login("auditor").await;
    let record = Record::replay(&invariants::journal(&auditor, &stage.world).await);
    let commands = stage.commands.load(std::sync::atomic::Ordering::Relaxed);
    println!(
        "{calls} calls in {took:?}: {commands} commands ({:.0}/s), {} given again, {} incidents, {} assignments, {} records",
        commands as f64 / took.as_secs_f64(),
        stage.retries.load(std::sync::atomic::Ordering::Relaxed),
        record.count("incident"),
        record.count("assignment"),
        record.count("care_record"),
    );
    assert_eq!(record.count("call"), calls);
    assert!(record.count("incident") > calls / 2);
    for place in [
        None,
        Some("140600"),
        Some("140300"),
        Some("140700"),
        Some("640221"),
        Some("653130"),
    ] {
        let query = place.map_or(String::new(), |code| format!("&jurisdiction={code}"));
        let path = format!(
            "/api/v1/worlds/{}/kpis?from=2026-12-01&to=2026-12-03{query}",
            stage.world
        );
        let asked = Instant::now();
        let report = auditor.get(&path).await.ok();
        let answered = asked.elapsed();
        let asked = Asked {
            from: moment(START),
            to: moment(START) + 2 * 86_400_000,
            now: moment(report["at"].as_str().unwrap()),
            place,
        };
        assert_eq!(
            differences(&report, &record.figures(asked)),
            Vec::<String>::new(),
            "{place:?}"
        );
        println!("{} in {answered:?}", place.unwrap_or("everywhere"));
        for kpi in report["kpis"].as_array().unwrap() {
            println!(
                "  {:<24} {:>10} / {:<6} = {:>10} {} {}",
                kpi["key"].as_str().unwrap(),
                kpi["numerator"].to_string(),
                kpi["denominator"].to_string(),
                kpi["value"].to_string(),
                kpi["unit"].as_str().unwrap(),
                kpi["state"].as_str().unwrap()
            );
        }
    }
}

/// A tenth: a busy stretch of the evening.
#[tokio::test(flavor = "multi_thread")]
async fn a_tenth_of_a_day_adds_up() {
    play_hours(18..20, CALLS / 10, 1).await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "two and a half minutes; the nightly run has it"]
async fn a_day_of_two_thousand_calls_adds_up() {
    play_hours(0..24, CALLS, 2).await;
}
