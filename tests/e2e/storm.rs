//! A storm of log-ins: hashing passwords is slow on purpose, and must not be felt by those who dispatch (S12).

use std::time::{Duration, Instant};

use chiyuan_tests::{Client, Database, Options, Server};
use tokio::task::JoinSet;

use super::{
    accounts::try_log_in,
    feed::{give, status},
};

const LOG_INS: usize = 500;
const ROUNDS: usize = 3;
const COMMANDS: usize = 40;
const UNIT: &str = "amb-140602-001";

/// Median time of a command, each given after the one before.
async fn command_time(dispatcher: &Client) -> Duration {
    let mut times = Vec::with_capacity(COMMANDS);
    for number in 0..COMMANDS {
        let word = ["suspended", "available"][number % 2];
        let begun = Instant::now();
        give(dispatcher, &status(UNIT, word)).await;
        times.push(begun.elapsed());
    }
    times.sort_unstable();
    times[COMMANDS / 2]
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
async fn slowdown(options: Options) -> f64 {
    let database = Database::full().await;
    let server = Server::start_with(&database, options).await;
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
        assert!(!clients.is_empty(), "the storm outlasts the commands");
        let waiting = clients.len();
        clients.shutdown().await;
        println!("round {round}: calm {calm:?}, in a storm {stormy:?}, {waiting} still waiting");
        ratios.push(stormy.as_secs_f64() / calm.as_secs_f64());
    }
    ratios.sort_by(f64::total_cmp);
    ratios[ROUNDS / 2]
}

#[tokio::test(flavor = "multi_thread")]
async fn a_storm_of_log_ins_does_not_hold_commands_up() {
    let guarded = slowdown(Options::default()).await;
    let unguarded = slowdown(Options {
        mutant: Some("hashes_unbounded"),
        ..Options::default()
    })
    .await;
    println!(
        "commands take {guarded:.1} times as long in a storm of {LOG_INS} log-ins, and {unguarded:.1} times without its guard"
    );
    assert!(guarded < 5.0, "{guarded}");
    assert!(
        unguarded > 1.5 * guarded,
        "the test would notice: {unguarded}"
    );
}
