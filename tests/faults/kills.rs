//! kill -9 of the server and of PostgreSQL under a command load.

use std::time::Duration;

use chiyuan_tests::{Database, Options, Server, eventually, invariants, random::Random};

use crate::{
    cluster::Cluster,
    load::{Load, lost},
};

const WRITERS: usize = 16;
const SERVER_KILLS: usize = 20;
const POSTGRES_KILLS: usize = 5;

/// Kills the server many times under load; returns what was acknowledged and lost.
async fn kill_server(kills: usize, mutant: Option<&'static str>) -> usize {
    let database = Database::full().await;
    let mut server = Server::start_with(
        &database,
        Options {
            mutant,
            ..Options::default()
        },
    )
    .await;
    let dispatcher = server.login("dispatcher").await;
    let load = Load::start(&dispatcher, WRITERS);
    let mut random = Random::new(3);
    for _ in 0..kills {
        let before = load.acknowledged();
        eventually(
            Duration::from_secs(20),
            "commands are acknowledged",
            async || load.acknowledged() > before + 20,
        )
        .await;
        tokio::time::sleep(Duration::from_millis(random.bits() % 250)).await;
        server.kill_and_restart().await;
        server.ready().await;
    }
    let history = load.finish().await;
    let lost = lost(&database, &history).await;
    println!(
        "{kills} kills of the server: {} acknowledged, {} ambiguous and resolved, {} lost",
        history.acknowledged.len(),
        history.ambiguous,
        lost.len()
    );
    if mutant.is_none() {
        assert!(history.ambiguous > 0, "the kills hit commands on their way");
        invariants::hold(&server).await;
    }
    lost.len()
}

#[tokio::test(flavor = "multi_thread")]
async fn no_acknowledged_command_is_lost_when_the_server_is_killed() {
    assert_eq!(kill_server(SERVER_KILLS, None).await, 0);
}

/// Negative control: a server that says yes before the COMMIT is caught.
#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_acknowledges_before_commit_is_caught() {
    assert!(kill_server(SERVER_KILLS, Some("acknowledge_before_commit")).await > 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn no_acknowledged_command_is_lost_when_postgresql_is_killed() {
    let cluster = Cluster::start("killed").await;
    let server = Server::start(&cluster.database).await;
    let dispatcher = server.login("dispatcher").await;
    let load = Load::start(&dispatcher, WRITERS);
    for _ in 0..POSTGRES_KILLS {
        let before = load.acknowledged();
        eventually(
            Duration::from_secs(30),
            "commands are acknowledged",
            async || load.acknowledged() > before + 100,
        )
        .await;
        cluster.kill_and_restart();
    }
    let before = load.acknowledged();
    eventually(
        Duration::from_secs(30),
        "commands go on by themselves",
        async || load.acknowledged() > before + 100,
    )
    .await;
    let history = load.finish().await;
    let lost = lost(&cluster.database, &history).await;
    println!(
        "{POSTGRES_KILLS} kills of PostgreSQL: {} acknowledged, {} ambiguous and resolved, {} lost",
        history.acknowledged.len(),
        history.ambiguous,
        lost.len()
    );
    assert_eq!(lost, Vec::<String>::new());
    invariants::hold(&server).await;
}
