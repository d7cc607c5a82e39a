//! A storm of log-ins: hashing passwords is slow on purpose, and must not be felt by those who dispatch (S12).

use std::time::{Duration, Instant};

use chiyuan_tests::{Client, Database, Server};
use tokio::task::JoinSet;

use super::{
    accounts::try_log_in,
    feed::{give, status},
};

const LOG_INS: usize = 500;
const ROUNDS: usize = 3;
const COMMANDS: usize = 60;
const UNIT: &str = "amb-140602-001";

/// The time that nine of ten commands do not exceed, each given after the one before.
async fn command_time(dispatcher: &Client) -> Duration {
    let mut times = Vec::with_capacity(COMMANDS);
    for number in 0..COMMANDS {
        let word = ["suspended", "available"][number % 2];
        let begun = Instant::now();
        give(dispatcher, &status(UNIT, word)).await;
        times.push(begun.elapsed());
    }
    times.sort_unstable();
    times[COMMANDS * 9 / 10]
}

/// Clients that all want in at once; whoever is sent away comes back when he was told to.
fn storm(server: &Server) -> JoinSet<()> {
    let mut clients = JoinSet::new();
    let account = server.database.accounts.of("observer").clone();
    for _ in 0..LOG_INS {
        let (client, account) = (server.anonymous(), account.clone());
        clients.spawn(async move {
            loop {
                let answer = try_log_in(&client, &account.username, &account.password).await;
                match answer.refusal() {
                    (200, _) => return,
                    (503, "overloaded") => tokio::time::sleep(Duration::from_secs(1)).await,
                    other => panic!("{other:?}"),
                }
            }
        });
    }
    clients
}

/// How many times as long a command takes in a storm of log-ins as in calm: median of rounds side by side.
async fn slowdown() -> f64 {
    let database = Database::full().await;
    let server = Server::start(&database).await;
    let dispatcher = server.login("dispatcher").await;
    command_time(&dispatcher).await;
    let mut ratios = Vec::with_capacity(ROUNDS);
    for round in 0..ROUNDS {
        let calm = command_time(&dispatcher).await;
        let mut clients = storm(&server);
        // Everybody has knocked and the hashing is under way.
        let first = clients.join_next().await;
        first.expect("there are clients").expect("somebody gets in");
        let stormy = command_time(&dispatcher).await;
        let waiting = clients.len();
        clients.shutdown().await;
        println!("round {round}: calm {calm:?}, in a storm {stormy:?}, {waiting} still waiting");
        ratios.push(stormy.as_secs_f64() / calm.as_secs_f64());
    }
    ratios.sort_by(f64::total_cmp);
    ratios[ROUNDS / 2]
}

/// A command in a storm may take so many times as long as in calm; two busy cores alone make it twice.
const MOST: f64 = 5.0;

#[tokio::test(flavor = "multi_thread")]
async fn a_storm_of_log_ins_does_not_hold_commands_up() {
    let slowdown = slowdown().await;
    println!("commands take {slowdown:.1} times as long in a storm of {LOG_INS} log-ins");
    assert!(slowdown < MOST, "{slowdown}");
}
