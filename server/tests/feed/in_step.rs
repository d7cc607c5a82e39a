//! Every feed ends with the state of the world, whatever happened to its connections.

use std::time::Duration;

use chiyuan::account::Hold;
use chiyuan_core::Change;
use chiyuan_tests::feed_client::{FeedClient, FeedError, FeedState, Heard};

use crate::fake::{Fake, JINZHONG, SHUOZHOU, unit, until, world_of};

const SOON: Duration = Duration::from_secs(5);

async fn connected(fake: &Fake, scope: &str) -> FeedClient {
    let mut client = FeedClient::new(&fake.url(scope));
    client.connect().await.unwrap();
    client
        .listen_until(SOON, FeedState::is_complete)
        .await
        .unwrap();
    client
}

async fn caught_up(client: &mut FeedClient, seq: u64) {
    client
        .listen_until(SOON, |state| state.seq >= seq)
        .await
        .unwrap();
}

#[actix_web::test]
async fn a_snapshot_comes_in_parts_before_everything_else() {
    let fake = Fake::start(2_000);
    fake.fix(7, 112.5, 39.5);
    let mut client = FeedClient::new(&fake.url(""));
    client.connect().await.unwrap();
    let first = client.next().await.unwrap();
    let Heard::SnapshotPart { part: 1, parts } = first else {
        panic!("{first:?}")
    };
    assert!(parts > 5, "{parts} parts");
    client
        .listen_until(SOON, |state| state.checkpoints >= 1)
        .await
        .unwrap();
    assert_eq!(
        (client.state.entities.len(), client.state.seq),
        (2_000, 100)
    );
    assert_eq!(client.state.fixes[unit(7).as_str()].lon, 112.5);
}

#[actix_web::test]
async fn changes_and_fixes_arrive_in_every_scope() {
    let fake = Fake::start(10);
    let mut all = connected(&fake, "").await;
    let mut shuozhou = connected(&fake, SHUOZHOU).await;
    let mut jinzhong = connected(&fake, JINZHONG).await;
    assert_eq!(
        (shuozhou.state.entities.len(), jinzhong.state.entities.len()),
        (5, 5)
    );
    // Number 2 comes to be seen in Jinzhong with its latest fix, changes, and leaves sight again.
    fake.fix(2, 112.7, 39.7);
    let lent = fake.touch(2, &[JINZHONG]);
    caught_up(&mut jinzhong, lent).await;
    assert!(jinzhong.state.entities.contains_key(unit(2).as_str()));
    jinzhong
        .listen_until(SOON, |state| state.fixes.contains_key(unit(2).as_str()))
        .await
        .unwrap();
    fake.touch(2, &[JINZHONG]);
    fake.touch(3, &[]);
    let last = fake.touch(2, &[]);
    for client in [&mut all, &mut shuozhou, &mut jinzhong] {
        caught_up(client, last).await;
        let checkpoints = client.state.checkpoints;
        client
            .listen_until(SOON, |state| state.checkpoints > checkpoints)
            .await
            .unwrap();
    }
    assert_eq!(
        (shuozhou.state.entities.len(), jinzhong.state.entities.len()),
        (5, 5)
    );
    // Out of sight: neither its moves nor its removal are told.
    fake.fix(2, 112.8, 39.8);
    fake.fix(3, 112.9, 39.9);
    jinzhong
        .listen_until(SOON, |state| state.fixes.contains_key(unit(3).as_str()))
        .await
        .unwrap();
    assert!(!jinzhong.state.fixes.contains_key(unit(2).as_str()));
    let kind = chiyuan_core::Kind::Ambulance;
    let gone = fake.command(vec![Change {
        kind,
        id: unit(3),
        entity: None,
    }]);
    caught_up(&mut jinzhong, gone).await;
    caught_up(&mut all, gone).await;
    assert_eq!(
        (jinzhong.state.entities.len(), all.state.entities.len()),
        (4, 9)
    );
}

#[actix_web::test]
async fn a_feed_that_dropped_ends_like_one_that_never_did() {
    let fake = Fake::start(50);
    let mut steady = connected(&fake, "").await;
    let mut dropper = connected(&fake, "").await;
    for round in 0..100_usize {
        dropper.drop_connection(round.is_multiple_of(2));
        let missed = round % 7;
        let mut seq = fake.world.seq();
        for n in 0..missed {
            seq = fake.touch((round + n) % 50, &[]);
        }
        fake.fix(
            round % 50,
            112.0 + 0.001 * f64::from(u32::try_from(round).unwrap()),
            39.0,
        );
        dropper.connect().await.unwrap();
        let resumed = dropper.state.seq;
        let heard = dropper.next().await.unwrap();
        if missed > 0 {
            assert_eq!(heard, Heard::Changes { seq: resumed + 1 });
        }
        caught_up(&mut dropper, seq).await;
        caught_up(&mut steady, seq).await;
    }
    let unit = unit(99 % 50).to_string();
    for client in [&mut steady, &mut dropper] {
        client
            .listen_until(SOON, |state| {
                state.fixes.get(&unit).is_some_and(|fix| fix.lon > 112.0985)
            })
            .await
            .unwrap();
        let checkpoints = client.state.checkpoints;
        client
            .listen_until(SOON, |state| state.checkpoints > checkpoints)
            .await
            .unwrap();
    }
    assert_eq!(steady.state.difference(&dropper.state), None);
    assert_eq!(dropper.state.snapshots, 1, "every drop was resumed");
}

#[actix_web::test]
async fn what_cannot_be_resumed_gets_a_snapshot() {
    let fake = Fake::start(3);
    let mut client = connected(&fake, "").await;
    let cases = [("epoch-0", 100), ("epoch-1", 99), ("epoch-1", 101)];
    for (number, (epoch, seq)) in (2..).zip(cases) {
        client.drop_connection(false);
        client.state.epoch = epoch.to_owned();
        client.state.seq = seq;
        client.connect().await.unwrap();
        client
            .listen_until(SOON, |state| state.snapshots == number)
            .await
            .unwrap();
        assert_eq!(
            (client.state.seq, client.state.epoch.as_str()),
            (100, "epoch-1")
        );
    }
}

#[actix_web::test]
async fn a_replaced_world_starts_over_in_the_same_socket() {
    let fake = Fake::start(20);
    let mut client = connected(&fake, "").await;
    fake.touch(1, &[]);
    fake.world.replace(world_of(5, 40), "epoch-2".to_owned());
    client
        .listen_until(SOON, |state| {
            state.epoch == "epoch-2" && state.is_complete()
        })
        .await
        .unwrap();
    assert_eq!((client.state.entities.len(), client.state.seq), (5, 40));
    let seq = fake.touch(1, &[]);
    caught_up(&mut client, seq).await;
}

#[actix_web::test]
async fn a_watch_narrows_fixes_and_brings_the_latest() {
    let fake = Fake::start(4);
    fake.fix(0, 112.0, 39.0);
    fake.fix(1, 113.0, 39.0);
    let mut client = connected(&fake, "").await;
    client
        .watch(Some([112.5, 38.0, 114.0, 40.0]))
        .await
        .unwrap();
    // The first frame after the watch is the latest of everything inside.
    loop {
        if let Heard::Fixes(rows) = client.next().await.unwrap()
            && rows == 1
        {
            break;
        }
    }
    fake.fix(0, 112.1, 39.0);
    fake.fix(1, 113.1, 39.0);
    client
        .listen_until(SOON, |state| state.fixes[unit(1).as_str()].lon == 113.1)
        .await
        .unwrap();
    assert_eq!(client.state.fixes[unit(0).as_str()].lon, 112.0, "outside");
    client.watch(None).await.unwrap();
    client
        .listen_until(SOON, |state| state.fixes[unit(0).as_str()].lon == 112.1)
        .await
        .unwrap();
}

#[actix_web::test]
async fn a_burst_reaches_two_hundred_feeds() {
    const FEEDS: usize = 200;
    let fake = Fake::start(500);
    let mut clients = Vec::new();
    for n in 0..FEEDS {
        clients.push(
            connected(
                &fake,
                &format!("{}&user={}", ["", SHUOZHOU, JINZHONG][n % 3], n / 50),
            )
            .await,
        );
    }
    let started = std::time::Instant::now();
    let (sender, receiver) = tokio::sync::watch::channel(0);
    let listeners: Vec<_> = clients
        .into_iter()
        .map(|mut client| {
            let mut last = receiver.clone();
            actix_web::rt::spawn(async move {
                let seq = *last.wait_for(|seq| *seq > 0).await.unwrap();
                client
                    .listen_until(Duration::from_secs(60), |state| state.seq == seq)
                    .await
                    .unwrap();
                client
            })
        })
        .collect();
    let mut seq = 0;
    for n in 0..1_000 {
        seq = fake.touch(n % 500, &[]);
    }
    println!("published in {:?}", started.elapsed());
    sender.send_replace(seq);
    for listener in listeners {
        let client = listener.await.unwrap();
        assert_eq!(client.state.seq, seq);
    }
    println!(
        "{FEEDS} feeds had 1000 changes after {:?}; {:?}",
        started.elapsed(),
        fake.connections.figures()
    );
}

#[actix_web::test]
async fn an_ended_session_and_a_restart_close_every_feed() {
    let fake = Fake::start(3);
    for (hold, told, code) in [
        (Hold::Ended, true, 4401),
        (Hold::RightsChanged, true, 4403),
        // Nobody says so: the next look finds it.
        (Hold::Ended, false, 4401),
    ] {
        let mut client = connected(&fake, "").await;
        // What ends for others costs a look.
        fake.sessions(Hold::Good, true);
        client
            .listen_until(SOON, |state| state.checkpoints > 0)
            .await
            .unwrap();
        let changed = std::time::Instant::now();
        fake.sessions(hold, told);
        let closed = client.listen_until(SOON, |_| false).await;
        assert!(
            matches!(closed, Err(FeedError::Closed { code: c, .. }) if c == code),
            "{hold:?} {closed:?}"
        );
        let took = changed.elapsed();
        assert!(took < Duration::from_secs(2), "{hold:?} {took:?}");
        fake.sessions(Hold::Good, false);
    }
    let mut clients = vec![connected(&fake, "").await, connected(&fake, SHUOZHOU).await];
    let started = std::time::Instant::now();
    fake.connections.shut_down().await;
    assert!(started.elapsed() < Duration::from_secs(2));
    for client in &mut clients {
        let closed = client.listen_until(SOON, |_| false).await;
        assert!(
            matches!(closed, Err(FeedError::Closed { code: 1012, .. })),
            "{closed:?}"
        );
    }
    until(SOON, "all gone", || {
        fake.connections.figures().connections == 0
    })
    .await;
    let refused = FeedClient::new(&fake.url("")).connect().await;
    assert_eq!(refused, Err(FeedError::Refused(503)));
}
