//! Clients that do not read, lie about lengths, or send nonsense harm nobody but themselves.

use std::time::{Duration, Instant};

use chiyuan::feed::{connection, connections::Patience};
use chiyuan_tests::feed_client::{FeedClient, FeedError, FeedState};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};
use tokio_tungstenite::tungstenite::Message;

use crate::fake::{Fake, rss_kib, until};

const SOON: Duration = Duration::from_secs(5);

/// A connection after its handshake, with nothing read behind it.
async fn raw(fake: &Fake) -> TcpStream {
    let mut socket = TcpStream::connect(fake.address).await.unwrap();
    let request = "GET /feed?scope= HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
        Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\
        Sec-WebSocket-Extensions: permessage-deflate\r\n\r\n";
    socket.write_all(request.as_bytes()).await.unwrap();
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(socket.read_u8().await.unwrap());
    }
    let head = String::from_utf8(head).unwrap().to_lowercase();
    assert!(head.starts_with("http/1.1 101"), "{head}");
    assert!(!head.contains("deflate"), "{head}");
    socket
}

/// How long until the server ends the connection, and the code of its close frame.
async fn ended(socket: &mut TcpStream) -> (Duration, Option<u16>) {
    let started = Instant::now();
    let mut bytes = Vec::new();
    let read = tokio::time::timeout(Duration::from_secs(30), socket.read_to_end(&mut bytes)).await;
    assert!(read.is_ok(), "the connection stayed open");
    let close = bytes
        .windows(4)
        .rev()
        .find(|w| w[0] == 0x88 && w[1] >= 2 && w[1] < 126);
    (
        started.elapsed(),
        close.map(|w| u16::from_be_bytes([w[2], w[3]])),
    )
}

#[actix_web::test]
async fn a_frame_that_announces_a_tebibyte_costs_nothing() {
    let fake = Fake::start(3);
    let mut socket = raw(&fake).await;
    let before = rss_kib();
    let header = [&[0x82, 0xff][..], &(1_u64 << 40).to_be_bytes(), &[0; 4]].concat();
    socket.write_all(&header).await.unwrap();
    let chunk = vec![0; 1024 * 1024];
    let mut sent = 0;
    while sent < 512 && socket.write_all(&chunk).await.is_ok() {
        sent += 1;
    }
    until(SOON, "cut", || fake.connections.figures().connections == 0).await;
    let grown = rss_kib().saturating_sub(before);
    println!("took {sent} MiB, memory grew by {grown} KiB");
    assert!(grown < 4_096, "memory grew by {grown} KiB");
}

#[actix_web::test]
async fn malformed_frames_are_closed_within_two_seconds() {
    let fake = Fake::start(3);
    let cases: [(&[u8], u16); 7] = [
        (&[0x81, 0x01, b'a'], 1002),
        (&[0xc1, 0x81, 0, 0, 0, 0, b'a'], 1002),
        (&[0x83, 0x81, 0, 0, 0, 0, b'a'], 1002),
        (&[0x80, 0x81, 0, 0, 0, 0, b'a'], 1002),
        (&[0x81, 0x82, 0, 0, 0, 0, 0xff, 0xfe], 1007),
        (&[0x81, 0xfe, 0x50, 0x00], 1009),
        (&[0x81, 0x82, 0, 0, 0, 0, b'{', b'}'], 1008),
    ];
    for (bytes, code) in cases {
        let mut socket = raw(&fake).await;
        socket.write_all(bytes).await.unwrap();
        let (took, closed) = ended(&mut socket).await;
        assert_eq!(closed, Some(code), "{bytes:?}");
        assert!(took < Duration::from_secs(2), "{bytes:?} took {took:?}");
    }
    until(SOON, "all gone", || {
        fake.connections.figures().connections == 0
    })
    .await;
}

#[actix_web::test]
async fn a_flood_of_messages_is_closed_with_policy() {
    let fake = Fake::start(3);
    let mut client = FeedClient::new(&fake.url(""));
    client.connect().await.unwrap();
    client
        .listen_until(SOON, FeedState::is_complete)
        .await
        .unwrap();
    for _ in 0..30 {
        let _ = client
            .send(Message::text(r#"{"type":"watch","bbox":null}"#))
            .await;
    }
    let closed = client.listen_until(SOON, |_| false).await;
    assert!(
        matches!(closed, Err(FeedError::Closed { code: 1008, .. })),
        "{closed:?}"
    );
}

#[actix_web::test]
async fn a_client_that_never_reads_is_cut_and_holds_nobody_up() {
    let fake = Fake::start(500);
    let mut healthy = FeedClient::new(&fake.url(""));
    healthy.connect().await.unwrap();
    healthy
        .listen_until(SOON, FeedState::is_complete)
        .await
        .unwrap();
    let mut stalled = Vec::new();
    for _ in 0..20 {
        stalled.push(raw(&fake).await);
    }
    let before = rss_kib();
    let started = Instant::now();
    let mut n = 0;
    let mut slowest = Duration::ZERO;
    while fake.connections.figures().connections > 1 {
        assert!(
            started.elapsed() < Duration::from_secs(15),
            "{:?}",
            fake.connections.figures()
        );
        let mut seq = 0;
        for _ in 0..50 {
            seq = fake.touch(n % 500, &[]);
            n += 1;
        }
        let sent = Instant::now();
        healthy
            .listen_until(SOON, |state| state.seq >= seq)
            .await
            .unwrap();
        slowest = slowest.max(sent.elapsed());
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let grown = rss_kib().saturating_sub(before);
    println!(
        "20 stalled feeds were cut after {:?} and {n} changes; memory grew by {grown} KiB; the healthy feed waited at most {slowest:?}; {:?}",
        started.elapsed(),
        fake.connections.figures()
    );
    assert_eq!(fake.connections.figures().slow_cuts, 20);
}

#[actix_web::test]
async fn what_is_no_upgrade_is_refused() {
    let fake = Fake::start(3);
    let mut socket = TcpStream::connect(fake.address).await.unwrap();
    socket
        .write_all(b"GET /feed?scope= HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
        .await
        .unwrap();
    let mut answer = String::new();
    socket.read_to_string(&mut answer).await.unwrap();
    assert!(
        answer.starts_with("HTTP/1.1 400") && answer.contains("upgrade_needed"),
        "{answer}"
    );
    assert_eq!(fake.connections.figures().connections, 0);
}

#[actix_web::test]
async fn a_client_that_answers_no_ping_is_cut() {
    let silent_after = Duration::from_secs(3);
    let fake = Fake::start_with(
        3,
        Patience {
            ping_ticks: 2,
            silent_after,
        },
    );
    let mut alive = FeedClient::new(&fake.url(""));
    alive.connect().await.unwrap();
    let mut silent = raw(&fake).await;
    let ended = ended(&mut silent);
    let lively = alive.listen_until(Duration::from_secs(30), |_| false);
    // One that answers pings stays, for the same time and under the same patience.
    let took = tokio::select! {
        (took, _) = ended => took,
        stopped = lively => panic!("the live one ended first: {stopped:?}"),
    };
    assert!(took >= silent_after && took < 4 * silent_after, "{took:?}");
    assert_eq!(fake.connections.figures().silent_cuts, 1);
    // In the field a dead peer is gone within 30 s (R9).
    let field = Patience::default();
    let longest = field.silent_after + connection::TICK;
    assert!(connection::TICK * field.ping_ticks < field.silent_after);
    assert!(longest < Duration::from_secs(30), "{longest:?}");
}
