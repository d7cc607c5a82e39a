//! The figures of the service against an independent fold of the journal, their cases, scope, periods and files.

use std::sync::Arc;

use chiyuan_tests::{
    Client, Database, Options, Server, invariants,
    kpi_fold::{Asked, Record, differences, moment},
    random::Random,
    simulation::{Clock, Plan, Stage, clock, play},
};
use serde_json::{Value, json};

/// First moment of the drills, local midnight.
const START: &str = "2026-12-01T00:00:00.000+08:00";
/// Clocks are stepped from grid to grid, seconds.
const GRID_S: i64 = 30;

/// A drill in which a number of cases was played, exact to the millisecond.
struct Played {
    server: Server,
    director: Client,
    drill: String,
    stepped: Arc<clock::Stepped>,
}

async fn played(cases: usize, seed: u64, mutant: Option<&'static str>) -> Played {
    let database = Database::full().await;
    let options = Options {
        mutant,
        ..Options::default()
    };
    let server = Server::start_with(&database, options).await;
    let director = server.login("exercise_director").await;
    let request = json!({"name": "指标", "from": {"world": "live"}, "clock": {"start": START}});
    let made = director.post("/api/v1/drills", &request).await.ok();
    let drill = made["id"].as_str().unwrap().to_owned();
    let (time, stepped) = Clock::stepped(moment(START));
    let stage = Arc::new(Stage::prepare(server.login("dispatcher").await, &drill, time).await);
    let mut random = Random::new(seed);
    let mut playing = Vec::new();
    for number in 0..cases {
        // Answered on the grid, so that T1 - T0 is what was planned.
        let answered = moment(START) + GRID_S * 1_000 * (1 + random.below(240) as i64);
        let mut plan = Plan::draw(number, answered, &stage.ground, &mut random, true);
        plan.rings_at = answered - plan.ring;
        let (stage, entered) = (Arc::clone(&stage), stepped.enter());
        playing.push(tokio::spawn(async move {
            play(&stage, &plan).await;
            drop(entered);
        }));
    }
    stepped.conduct(&director, &drill, GRID_S).await;
    for case in playing {
        case.await.unwrap();
    }
    Played {
        server,
        director,
        drill,
        stepped,
    }
}

/// Reads a report and compares it with the fold of the journal.
async fn compared(
    client: &Client,
    world: &str,
    (from, to): (&str, &str),
    place: Option<&str>,
) -> (Value, Vec<String>) {
    let place_query = place.map_or(String::new(), |code| format!("&jurisdiction={code}"));
    let period = format!(
        "from={}&to={}",
        from.replace('+', "%2B"),
        to.replace('+', "%2B")
    );
    let path = format!("/api/v1/worlds/{world}/kpis?{period}{place_query}");
    let report = client.get(&path).await.ok();
    let record = Record::replay(&invariants::journal(client, world).await);
    let asked = Asked {
        from: moment(from),
        to: moment(to),
        now: moment(report["at"].as_str().unwrap()),
        place,
    };
    let figures = record.figures(asked);
    let mut found = differences(&report, &figures);
    for (key, figure) in &figures {
        let listed = cases(client, world, key, &format!("{period}{place_query}")).await;
        let expected: Vec<Value> = figure
            .cases
            .iter()
            .map(chiyuan_tests::kpi_fold::Case::json)
            .collect();
        let listed: Vec<Value> = listed
            .iter()
            .map(|case| {
                json!([
                    case["id"],
                    moment(case["at"].as_str().unwrap()),
                    case["value"],
                    case["counted"]
                ])
            })
            .collect();
        if listed != expected {
            found.push(format!("{key}: the cases differ: {listed:?} {expected:?}"));
        }
    }
    (report, found)
}

/// Every case of a figure, page by page.
async fn cases(client: &Client, world: &str, key: &str, query: &str) -> Vec<Value> {
    let mut found: Vec<Value> = Vec::new();
    loop {
        let after = found.last().map_or(String::new(), |case| {
            format!(
                "&after={},{}",
                case["at"].as_str().unwrap(),
                case["id"].as_str().unwrap()
            )
        });
        let path = format!("/api/v1/worlds/{world}/kpis/{key}/cases?{query}&limit=97{after}");
        let page = client.get(&path).await.ok();
        let page = page.as_array().unwrap();
        if page.is_empty() {
            return found;
        }
        found.extend(page.iter().cloned());
    }
}

fn kpi<'r>(report: &'r Value, key: &str) -> &'r Value {
    let kpis = report["kpis"].as_array().unwrap();
    kpis.iter().find(|kpi| kpi["key"] == key).unwrap()
}

const WHOLE: (&str, &str) = (START, "2026-12-03T00:00:00.000+08:00");

#[tokio::test(flavor = "multi_thread")]
async fn every_figure_equals_the_fold_of_the_journal() {
    let played = played(300, 1, None).await;
    let (client, drill) = (&played.director, played.drill.as_str());
    let (report, found) = compared(client, drill, WHOLE, None).await;
    assert_eq!(found, Vec::<String>::new());
    for key in [
        "call.answer_10s",
        "turnout_3min",
        "record.written",
        "critical.measures",
        "run.empty",
        "incident.held",
    ] {
        let (numerator, denominator) = (
            &kpi(&report, key)["numerator"],
            &kpi(&report, key)["denominator"],
        );
        assert!(
            numerator.as_f64() > Some(0.0) && denominator.as_f64() > numerator.as_f64(),
            "{key} is no test"
        );
    }
    // A city with norms, a county of it, a city without, a county that stands alone.
    for place in ["140600", "140602", "140700", "653130"] {
        let (report, found) = compared(client, drill, WHOLE, Some(place)).await;
        assert_eq!(found, Vec::<String>::new(), "{place}");
        let norm = &kpi(&report, "turnout_3min_order")["norm"];
        assert_eq!(
            norm["source"] == "SZ-28",
            place.starts_with("1406"),
            "{norm}"
        );
    }
    // Periods that begin and end on the very moment of a case.
    let listed = cases(client, drill, "run.empty", "from=2026-12-01&to=2026-12-03").await;
    let at = |index: usize| listed[index]["at"].as_str().unwrap();
    let edges = (at(listed.len() / 4), at(listed.len() * 3 / 4));
    let (_, found) = compared(client, drill, edges, None).await;
    assert_eq!(found, Vec::<String>::new());
    // A day later what has ended has left memory; the figures stay.
    played.stepped.step(client, drill, 30 * 3_600).await;
    archived(client, drill).await;
    let (later, found) = compared(client, drill, WHOLE, None).await;
    assert_eq!(found, Vec::<String>::new());
    assert_eq!(kpi(&later, "response.p90"), kpi(&report, "response.p90"));
    assert_eq!(
        kpi(&later, "record.written"),
        kpi(&report, "record.written")
    );
    invariants::hold(&played.server).await;
}

/// Waits until the cases of the day before have left memory.
async fn archived(client: &Client, world: &str) {
    let within = std::time::Duration::from_secs(60);
    chiyuan_tests::eventually(within, "ended cases are archived", || async {
        let rows = invariants::journal(client, world).await;
        let last = rows.last().unwrap()["command"]["type"].clone();
        let gone = rows
            .iter()
            .flat_map(|row| row["changes"].as_array().unwrap());
        last == "meet_deadline"
            && gone
                .filter(|c| c["kind"] == "incident" && c["entity"].is_null())
                .count()
                > 200
    })
    .await;
}

/// What a mutant does to live, where a little happens beside a drill with much.
async fn noticed(mutant: Option<&'static str>) -> Vec<String> {
    let played = played(40, 2, mutant).await;
    let (client, drill) = (&played.director, played.drill.as_str());
    let time = Clock::running(chrono::Utc::now().timestamp_millis(), 1.0);
    let live = Stage::prepare(played.server.login("dispatcher").await, "live", time).await;
    for number in 0..3 {
        let ring = json!({"type": "receive_call", "call_id": format!("call-live-{number}"), "jurisdiction": "140602"});
        live.give(&ring).await;
    }
    live.give(&json!({"type": "answer_call", "call_id": "call-live-0"}))
        .await;
    live.give(&json!({"type": "abandon_call", "call_id": "call-live-1"}))
        .await;
    let mut found = compared(
        client,
        "live",
        ("2026-06-01T00:00:00Z", "2027-06-30T00:00:00Z"),
        None,
    )
    .await
    .1;
    let listed = cases(
        client,
        drill,
        "call.abandoned",
        "from=2026-12-01&to=2026-12-03",
    )
    .await;
    let last = listed.last().unwrap()["at"].as_str().unwrap();
    found.extend(compared(client, drill, (START, last), None).await.1);
    found
}

#[tokio::test(flavor = "multi_thread")]
async fn live_never_counts_a_drill() {
    assert_eq!(noticed(None).await, Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn wrong_boundaries_are_noticed() {
    for (mutant, sign) in [
        ("kpi_counts_drills", "call.answer_mean: the server says"),
        ("kpi_answers_late", "call.answer_10s: the server says"),
        ("kpi_to_inclusive", "call.abandoned: the server says"),
    ] {
        let found = noticed(Some(mutant)).await;
        assert!(
            found.iter().any(|line| line.starts_with(sign)),
            "{mutant}: {found:?}"
        );
    }
}
