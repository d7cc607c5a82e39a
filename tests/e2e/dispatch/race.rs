//! Many dispatchers on two servers race for the same units; the history, not the end state, is judged.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

use chiyuan_tests::{
    Answer, Client, Database, Options, Server, invariants, random::Random, services::services,
};
use diesel_async::SimpleAsyncConnection;
use serde_json::{Value, json};

use super::{PLACE, open, token};

const CONNECTIONS: usize = 64;
const DISPATCHERS: usize = 20;
const UNITS: usize = 50;
const INCIDENTS: usize = 30;

/// What one dispatcher knows: who seems to have what. Old news is part of the race.
struct Board {
    units: Vec<String>,
    incidents: Mutex<Vec<String>>,
    assignments: Mutex<BTreeMap<String, String>>,
}

/// One acknowledged command.
struct Acknowledged {
    invoked: Instant,
    answered: Instant,
    seq: u64,
    word: String,
    changed: bool,
}

#[derive(Default)]
struct Tally {
    acknowledged: Vec<Acknowledged>,
    refused: BTreeMap<String, usize>,
    internal: usize,
}

impl Board {
    fn next(&self, random: &mut Random) -> Value {
        let unit = self.units[random.below(self.units.len())].clone();
        let incident = {
            let incidents = self.incidents.lock().unwrap();
            incidents[random.below(incidents.len())].clone()
        };
        let assignment = self.assignments.lock().unwrap().get(&unit).cloned();
        let stages = [
            "acknowledged",
            "departed",
            "arrived",
            "left_scene",
            "closed",
        ];
        match (random.below(12), assignment) {
            (0..=4, _) | (_, None) => {
                json!({"type": "assign_units", "incident_id": incident, "unit_ids": [unit]})
            }
            (5, _) => {
                let second = self.units[random.below(self.units.len())].clone();
                json!({"type": "assign_units", "incident_id": incident, "unit_ids": [unit, second]})
            }
            (6 | 7, Some(id)) => {
                json!({"type": "cancel_assignment", "assignment_id": id, "reason": "竞争"})
            }
            (8, Some(id)) => {
                json!({"type": "divert_assignment", "assignment_id": id, "incident_id": incident, "reason": "竞争"})
            }
            (9, _) => {
                json!({"type": "close_incident", "incident_id": incident, "outcome": "completed"})
            }
            (_, Some(id)) => {
                let stage = stages[random.below(stages.len())];
                let mut body = json!({"type": "report_stage", "assignment_id": id, "stage": stage});
                if stage == "closed" {
                    body["result"] = json!("completed");
                }
                body
            }
        }
    }

    fn learn(&self, changes: &[Value]) {
        for change in changes
            .iter()
            .filter(|change| change["kind"] == "assignment")
        {
            let entity = &change["entity"];
            let unit = entity["unit_id"].as_str().unwrap().to_owned();
            self.assignments
                .lock()
                .unwrap()
                .insert(unit, entity["id"].as_str().unwrap().to_owned());
        }
    }

    fn replace(&self, gone: &str, fresh: String) {
        let mut incidents = self.incidents.lock().unwrap();
        if let Some(place) = incidents.iter_mut().find(|id| *id == gone) {
            *place = fresh;
        }
    }
}

async fn one_connection(client: Client, board: Arc<Board>, seed: u64, commands: usize) -> Tally {
    let mut random = Random::new(seed);
    let mut tally = Tally::default();
    for number in 0..commands {
        let body = board.next(&mut random);
        let invoked = Instant::now();
        let answer = settled(&client, &body, &format!("{seed}-{number}")).await;
        let answered = Instant::now();
        if answer.status != 200 {
            let (status, code) = answer.refusal();
            assert!(
                status == 409 || status == 404 || status == 422 || status == 500,
                "{status} {code}: {body}"
            );
            tally.internal += usize::from(status == 500);
            *tally.refused.entry(code.to_owned()).or_default() += 1;
            continue;
        }
        let changes = answer.body["changes"].as_array().unwrap();
        board.learn(changes);
        tally.acknowledged.push(Acknowledged {
            invoked,
            answered,
            seq: answer.body["seq"].as_u64().unwrap(),
            word: body["type"].as_str().unwrap().to_owned(),
            changed: !changes.is_empty(),
        });
        if body["type"] == "close_incident" {
            let priority = ["P1", "P2", "P3"][random.below(3)];
            let fresh = json!({"type": "open_incident", "incident_type": "medical", "priority": priority,
                "lon": PLACE.0, "lat": PLACE.1});
            let opened = settled(&client, &fresh, &format!("{seed}-{number}-fresh"))
                .await
                .ok();
            let id = opened["changes"][0]["id"].as_str().unwrap().to_owned();
            board.replace(body["incident_id"].as_str().unwrap(), id);
        }
    }
    tally
}

/// Asks until the outcome is known, under the same key, as every client should.
async fn settled(client: &Client, body: &Value, key: &str) -> Answer {
    for _ in 0..100 {
        let answer = client.command_with_key("live", body, key).await;
        if answer.status != 503 {
            return answer;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("no outcome of {body}");
}

/// Units that had two open assignments at some point of the history.
fn overlaps(journal: &[Value]) -> Vec<String> {
    let mut open: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut found = Vec::new();
    for row in journal {
        let assignments = || {
            row["changes"]
                .as_array()
                .unwrap()
                .iter()
                .filter(|c| c["kind"] == "assignment" && !c["entity"].is_null())
        };
        // What a command ends it ends before what it begins.
        for ended in [true, false] {
            for change in assignments().filter(|c| c["entity"]["ended_at"].is_null() != ended) {
                let (unit, id) = (
                    change["entity"]["unit_id"].as_str().unwrap(),
                    change["id"].as_str().unwrap(),
                );
                let of_unit = open.entry(unit.to_owned()).or_default();
                if ended {
                    of_unit.remove(id);
                } else {
                    of_unit.insert(id.to_owned());
                }
                if of_unit.len() > 1 {
                    found.push(format!("row {}: {unit} has {of_unit:?}", row["seq"]));
                }
            }
        }
    }
    found
}

/// Every acknowledged change is in the journal once, and whoever was answered before another began comes before it.
fn in_order(acknowledged: &mut [Acknowledged], journal: &[Value]) {
    let mut seen = BTreeSet::new();
    for one in acknowledged.iter().filter(|one| one.changed) {
        assert!(
            seen.insert(one.seq),
            "row {} was acknowledged twice",
            one.seq
        );
        let row = &journal[usize::try_from(one.seq).unwrap() - 1];
        assert_eq!(row["command"]["type"], one.word.as_str(), "row {}", one.seq);
    }
    acknowledged.sort_by_key(|one| one.answered);
    let mut by_answer = acknowledged
        .iter()
        .map(|one| (one.answered, one.seq))
        .peekable();
    let mut begun: Vec<&Acknowledged> = acknowledged.iter().filter(|one| one.changed).collect();
    begun.sort_by_key(|one| one.invoked);
    let mut highest = 0;
    for one in begun {
        while let Some((_, seq)) = by_answer.next_if(|(answered, _)| *answered < one.invoked) {
            highest = highest.max(seq);
        }
        assert!(
            one.seq > highest,
            "row {} was asked for after row {highest} was acknowledged",
            one.seq
        );
    }
}

async fn race(servers: &[Server; 2], commands: usize) -> (Vec<Value>, Tally) {
    let mut dispatchers = Vec::new();
    for number in 0..DISPATCHERS {
        dispatchers.push(token(&servers[number % 2], &["--role", "dispatcher"]).await);
    }
    let near = format!(
        "/api/v1/worlds/live/nearest?lon={}&lat={}&kind=ambulance&available=true&limit={UNITS}",
        PLACE.0, PLACE.1
    );
    let units = dispatchers[0].get(&near).await.ok();
    let units = units["features"]
        .as_array()
        .unwrap()
        .iter()
        .map(|f| f["id"].as_str().unwrap().to_owned())
        .collect();
    let mut incidents = Vec::new();
    for number in 0..INCIDENTS {
        incidents.push(open(&dispatchers[0], "live", ["P1", "P2", "P3"][number % 3]).await);
    }
    let board = Arc::new(Board {
        units,
        incidents: Mutex::new(incidents),
        assignments: Mutex::default(),
    });
    let tasks: Vec<_> = (0..CONNECTIONS)
        .map(|number| {
            let client = dispatchers[number % DISPATCHERS].clone();
            tokio::spawn(one_connection(
                client,
                Arc::clone(&board),
                number as u64 + 1,
                commands / CONNECTIONS,
            ))
        })
        .collect();
    let mut all = Tally::default();
    for task in tasks {
        let tally = task.await.unwrap();
        all.acknowledged.extend(tally.acknowledged);
        all.internal += tally.internal;
        for (code, count) in tally.refused {
            *all.refused.entry(code).or_default() += count;
        }
    }
    let journal = invariants::journal(&servers[0].login("auditor").await, "live").await;
    (journal, all)
}

async fn two_servers(database: &Database, mutant: Option<&'static str>) -> [Server; 2] {
    let options = || Options {
        redis_url: Some(services().redis_url.clone()),
        mutant,
        ..Options::default()
    };
    [
        Server::start_with(database, options()).await,
        Server::start_with(database, options()).await,
    ]
}

async fn no_unit_is_sent_twice(commands: usize) {
    let database = Database::full().await;
    let servers = two_servers(&database, None).await;
    let begun = Instant::now();
    let (journal, mut tally) = race(&servers, commands).await;
    println!(
        "{commands} racing commands in {:?}: {} acknowledged, refused {:?}",
        begun.elapsed(),
        tally.acknowledged.len(),
        tally.refused
    );
    assert_eq!(tally.internal, 0, "no defect");
    assert_eq!(overlaps(&journal), Vec::<String>::new());
    in_order(&mut tally.acknowledged, &journal);
    assert!(
        tally.refused.contains_key("unit_not_available"),
        "they did race"
    );
    invariants::hold(&servers[0]).await;
    invariants::hold(&servers[1]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn no_unit_is_sent_twice_by_racing_dispatchers() {
    no_unit_is_sent_twice(10_000).await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "ten times as long; make nightly runs it"]
async fn no_unit_is_sent_twice_in_a_hundred_thousand_commands() {
    no_unit_is_sent_twice(100_000).await;
}

/// Without the rule the schema still refuses; without both the oracle sees it.
#[tokio::test(flavor = "multi_thread")]
async fn with_both_walls_down_units_are_sent_twice() {
    let database = Database::full().await;
    let servers = two_servers(&database, Some("forget_assignments")).await;
    let (journal, tally) = race(&servers, 640).await;
    assert_eq!(
        overlaps(&journal),
        Vec::<String>::new(),
        "the index is the second wall"
    );
    assert!(tally.internal > 0, "and it was needed");
    drop(servers);

    let database = Database::full().await;
    let mut owner = database.connect().await;
    owner
        .batch_execute("DROP INDEX assignment_one_open_per_unit")
        .await
        .unwrap();
    let servers = two_servers(&database, Some("forget_assignments")).await;
    let (journal, _) = race(&servers, 640).await;
    assert_ne!(overlaps(&journal), Vec::<String>::new());
}
