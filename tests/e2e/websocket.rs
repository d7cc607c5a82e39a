//! Upgrades, origins, hostile frames and clients that do not read.

use std::time::{Duration, Instant};

use chiyuan_tests::{
    Client, Database, FeedError, FeedState, Options, Server, client::send, feed_client::FeedClient,
};
use futures_util::StreamExt;
use reqwest::Method;
use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpSocket, TcpStream},
};
use tokio_tungstenite::{
    MaybeTlsStream, WebSocketStream, connect_async,
    tungstenite::{Message, client::IntoClientRequest, http::header},
};

const FEED: &str = "/api/v1/worlds/live/feed";

/// One connection to a feed that keeps every message as it came.
pub struct Wire {
    pub socket: WebSocketStream<MaybeTlsStream<TcpStream>>,
    pub state: FeedState,
    pub messages: Vec<Value>,
}

impl Wire {
    /// Opens the feed of a world as a browser or a script does, by what the client has.
    pub async fn open(client: &Client, world: &str) -> Self {
        let url = format!("{}/api/v1/worlds/{world}/feed", client.base()).replace("http:", "ws:");
        let mut request = url.into_client_request().unwrap();
        for (name, value) in credentials(client) {
            request.headers_mut().insert(name, value.parse().unwrap());
        }
        let (socket, _) = connect_async(request).await.unwrap();
        Self {
            socket,
            state: FeedState::default(),
            messages: Vec::new(),
        }
    }

    /// The next message, applied; or the code with which the server closed, 0 if it broke.
    pub async fn next(&mut self) -> Result<&Value, u16> {
        loop {
            match self.socket.next().await {
                Some(Ok(Message::Text(text))) => {
                    let message: Value = serde_json::from_str(&text).unwrap();
                    self.state.apply(&message).unwrap();
                    self.messages.push(message);
                    return Ok(self.messages.last().unwrap());
                }
                Some(Ok(Message::Close(close))) => {
                    return Err(close.map_or(1005, |close| close.code.into()));
                }
                Some(Ok(_)) => {}
                Some(Err(_)) | None => return Err(0),
            }
        }
    }

    /// Listens until something holds.
    pub async fn until(
        &mut self,
        within: Duration,
        what: &str,
        wanted: impl Fn(&FeedState) -> bool,
    ) {
        let listen = async {
            while !wanted(&self.state) {
                self.next().await.unwrap();
            }
        };
        let heard = tokio::time::timeout(within, listen).await;
        assert!(heard.is_ok(), "not heard in {within:?}: {what}");
    }

    /// Listens for a while, whatever comes.
    pub async fn during(&mut self, time: Duration) {
        let _ = tokio::time::timeout(time, async {
            loop {
                self.next().await.unwrap();
            }
        })
        .await;
    }

    /// Listens until the server closes; returns the code.
    pub async fn closed(&mut self, within: Duration) -> u16 {
        let listen = async {
            loop {
                if let Err(code) = self.next().await {
                    return code;
                }
            }
        };
        tokio::time::timeout(within, listen)
            .await
            .unwrap_or_else(|_| panic!("still open after {within:?}"))
    }

    /// Says something.
    pub async fn say(&mut self, message: &Value) {
        use futures_util::SinkExt;
        self.socket
            .send(Message::text(message.to_string()))
            .await
            .unwrap();
    }

    /// Sends bytes under the protocol.
    pub async fn push(&mut self, bytes: &[u8]) -> std::io::Result<()> {
        let MaybeTlsStream::Plain(stream) = self.socket.get_mut() else {
            panic!("the tests speak no TLS");
        };
        stream.write_all(bytes).await
    }
}

/// Headers of an upgrade.
fn credentials(client: &Client) -> Vec<(header::HeaderName, String)> {
    match (client.token(), client.cookie()) {
        (Some(token), _) => vec![(header::AUTHORIZATION, format!("Bearer {token}"))],
        (None, Some(cookie)) => vec![
            (header::COOKIE, cookie),
            (header::ORIGIN, client.base().to_owned()),
        ],
        (None, None) => vec![],
    }
}

async fn upgrade(server: &Server, headers: &[(header::HeaderName, &str)]) -> u16 {
    let mut feed = FeedClient::new(&server.url(FEED).replace("http:", "ws:"));
    for (name, value) in headers {
        feed = feed.header(name.clone(), (*value).to_owned());
    }
    match feed.connect().await {
        Ok(()) => 101,
        Err(FeedError::Refused(status)) => status,
        Err(other) => panic!("{other:?}"),
    }
}

/// What is not our origin, though some of it looks like it.
fn foreign_origins(port: u16) -> Vec<String> {
    let ours = format!("http://127.0.0.1:{port}");
    let mut origins: Vec<String> = [
        "",
        "/",
        "/path",
        ".evil",
        ".evil.example",
        "@evil.example",
        "%2eevil.example",
        "?evil",
        "#evil",
        "0",
        " https://evil.example",
        ",https://evil.example",
    ]
    .iter()
    .skip(1)
    .map(|tail| format!("{ours}{tail}"))
    .collect();
    origins.extend([
        "null".to_owned(),
        "*".to_owned(),
        "https://evil.example".to_owned(),
        format!("https://127.0.0.1:{port}"),
        format!("HTTP://127.0.0.1:{port}"),
        format!("http://127.0.0.2:{port}"),
        format!("http://[::1]:{port}"),
        format!("http://localhost.evil:{port}"),
        "http://127.0.0.1".to_owned(),
        format!("//127.0.0.1:{port}"),
        format!("127.0.0.1:{port}"),
        format!("ws://127.0.0.1:{port}"),
    ]);
    origins
}

#[tokio::test(flavor = "multi_thread")]
async fn an_upgrade_needs_a_session_and_our_origin() {
    let database = Database::full().await;
    let server = Server::start(&database).await;
    let ours = server.url("");
    assert_eq!(upgrade(&server, &[]).await, 401);
    assert_eq!(upgrade(&server, &[(header::ORIGIN, &ours)]).await, 401);
    let stale = (header::COOKIE, "chiyuan=0000000000000000");
    assert_eq!(
        upgrade(&server, &[stale, (header::ORIGIN, &ours)]).await,
        401
    );
    let wrong = (header::AUTHORIZATION, "Bearer nothing");
    assert_eq!(upgrade(&server, &[wrong]).await, 401);

    let observer = server.login("observer").await;
    let cookie = observer.cookie().unwrap();
    let cookie = (header::COOKIE, cookie.as_str());
    let origins = foreign_origins(server.port);
    assert!(origins.len() >= 20);
    for origin in &origins {
        let status = upgrade(&server, &[cookie.clone(), (header::ORIGIN, origin)]).await;
        assert_eq!(status, 403, "{origin}");
    }
    assert_eq!(upgrade(&server, std::slice::from_ref(&cookie)).await, 403);
    assert_eq!(
        upgrade(&server, &[cookie.clone(), (header::ORIGIN, &ours)]).await,
        101
    );

    let token = super::accounts::token(&server, &["--role", "observer"]).await;
    let bearer = format!("Bearer {token}");
    let bearer = (header::AUTHORIZATION, bearer.as_str());
    assert_eq!(
        upgrade(&server, std::slice::from_ref(&bearer)).await,
        101,
        "scripts need no origin"
    );
    // In the address a token is worth nothing: addresses are logged.
    let mut feed = FeedClient::new(&format!(
        "ws://127.0.0.1:{}{FEED}?token={token}",
        server.port
    ));
    assert!(matches!(
        feed.connect().await,
        Err(FeedError::Refused(400..=403))
    ));
    // A plain request is no upgrade.
    let plain = send(
        server
            .anonymous()
            .with_token(&token)
            .request(Method::GET, FEED),
    )
    .await;
    assert_eq!(plain.refusal(), (400, "upgrade_needed"));
}

#[tokio::test(flavor = "multi_thread")]
async fn without_the_origin_check_a_foreign_page_gets_in() {
    let database = Database::empty().await;
    let options = Options {
        mutant: Some("any_origin"),
        ..Options::default()
    };
    let server = Server::start_with(&database, options).await;
    let observer = server.login("observer").await;
    let cookie = observer.cookie().unwrap();
    let headers = [
        (header::COOKIE, cookie.as_str()),
        (header::ORIGIN, "https://evil.example"),
    ];
    assert_eq!(upgrade(&server, &headers).await, 101);
}

#[tokio::test(flavor = "multi_thread")]
async fn malformed_frames_are_closed() {
    let database = Database::empty().await;
    let server = Server::start(&database).await;
    let observer = server.login("observer").await;
    let frames: [(&str, Vec<u8>, u16); 12] = [
        ("unmasked", vec![0x81, 0x01, b'a', 0, 0, 0], 1002),
        ("reserved bits", vec![0xc1, 0x81, 0, 0, 0, 0, b'a'], 1002),
        ("unknown opcode", vec![0x83, 0x81, 0, 0, 0, 0, b'a'], 1002),
        ("unknown control", vec![0x8b, 0x81, 0, 0, 0, 0, b'a'], 1002),
        ("fragmented ping", vec![0x09, 0x81, 0, 0, 0, 0, b'a'], 1002),
        ("long ping", vec![0x89, 0xfe, 0, 126, 0, 0, 0, 0], 1002),
        (
            "continuation of nothing",
            vec![0x80, 0x81, 0, 0, 0, 0, b'a'],
            1002,
        ),
        (
            "close of one byte",
            vec![0x88, 0x81, 0, 0, 0, 0, b'a'],
            1002,
        ),
        ("not UTF-8", vec![0x81, 0x81, 0, 0, 0, 0, 0xff], 1007),
        ("binary", vec![0x82, 0x81, 0, 0, 0, 0, b'a'], 1003),
        ("no message", vec![0x81, 0x82, 0, 0, 0, 0, b'{', b'}'], 1008),
        ("16 KiB + 1", vec![0x81, 0xfe, 0x40, 0x01, 0, 0, 0, 0], 1009),
    ];
    for (name, bytes, code) in frames {
        let mut wire = Wire::open(&observer, "live").await;
        wire.push(&bytes).await.unwrap();
        assert_eq!(wire.closed(Duration::from_secs(3)).await, code, "{name}");
    }
    // Well-formed frames, but too many of them at once.
    let mut wire = Wire::open(&observer, "live").await;
    for _ in 0..25 {
        let _ = wire.push(&[0x89, 0x80, 0, 0, 0, 0]).await;
    }
    assert_eq!(
        wire.closed(Duration::from_secs(3)).await,
        1008,
        "a flood of messages"
    );
}

/// Memory of a server, KiB.
fn resident(server: &Server) -> i64 {
    let status = std::fs::read_to_string(format!("/proc/{}/status", server.pid())).unwrap();
    let line = status
        .lines()
        .find(|line| line.starts_with("VmRSS:"))
        .unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}

/// Announces a frame of 1 TiB and streams up to 64 MiB of it; the most memory the server had meanwhile.
async fn announce_a_tebibyte(server: &Server, client: &Client) -> (i64, usize) {
    let mut wire = Wire::open(client, "live").await;
    let mut header = vec![0x81, 0xff];
    header.extend((1_u64 << 40).to_be_bytes());
    header.extend([0; 4]);
    wire.push(&header).await.unwrap();
    let (chunk, mut most, mut sent) = (vec![b'a'; 64 * 1024], 0, 0);
    for _ in 0..1024 {
        let pushed = tokio::time::timeout(Duration::from_secs(5), wire.push(&chunk)).await;
        most = most.max(resident(server));
        if !matches!(pushed, Ok(Ok(()))) {
            break;
        }
        sent += chunk.len();
    }
    tokio::time::sleep(Duration::from_millis(200)).await;
    (most.max(resident(server)), sent)
}

#[tokio::test(flavor = "multi_thread")]
async fn an_announced_tebibyte_takes_no_memory() {
    let database = Database::empty().await;
    let server = Server::start(&database).await;
    let observer = server.login("observer").await;
    // The first round warms up what any connection needs.
    announce_a_tebibyte(&server, &observer).await;
    let before = resident(&server);
    let (most, sent) = announce_a_tebibyte(&server, &observer).await;
    println!(
        "1 TiB announced, {sent} bytes sent: {} KiB more",
        most - before
    );
    assert!(most - before < 1024, "{before} KiB became {most}");
    drop(server);

    let options = Options {
        mutant: Some("no_frame_guard"),
        ..Options::default()
    };
    let broken = Server::start_with(&database, options).await;
    let observer = broken.login("observer").await;
    let before = resident(&broken);
    let (most, sent) = announce_a_tebibyte(&broken, &observer).await;
    println!(
        "without the guard, {sent} bytes sent: {} KiB more",
        most - before
    );
    assert!(
        most - before > 16 * 1024,
        "the test would notice: {before} KiB became {most}"
    );
}

/// A connection with a tiny window that reads the answer to its upgrade and nothing more.
async fn deaf(server: &Server, token: &str) -> TcpStream {
    let socket = TcpSocket::new_v4().unwrap();
    socket.set_recv_buffer_size(4096).unwrap();
    let mut stream = socket
        .connect(([127, 0, 0, 1], server.port).into())
        .await
        .unwrap();
    let request = format!(
        "GET {FEED} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nAuthorization: Bearer {token}\r\nConnection: Upgrade\r\n\
         Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n",
        server.port
    );
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = [0; 12];
    stream.read_exact(&mut answer).await.unwrap();
    assert_eq!(&answer, b"HTTP/1.1 101");
    stream
}

#[tokio::test(flavor = "multi_thread")]
async fn clients_that_do_not_read_cost_nobody_else_anything() {
    let database = Database::full().await;
    let server = Server::start(&database).await;
    let dispatcher = server.login("dispatcher").await;
    let token = super::accounts::token(&server, &["--role", "observer"]).await;
    let mut healthy = Wire::open(&dispatcher, "live").await;
    healthy
        .until(
            Duration::from_secs(10),
            "the snapshot",
            FeedState::is_complete,
        )
        .await;
    let before = resident(&server);
    let mut deaf_ones = Vec::new();
    for _ in 0..10 {
        deaf_ones.push(deaf(&server, &token).await);
    }
    let mut slowest = Duration::ZERO;
    let begun = Instant::now();
    let mut most = before;
    for number in 0.. {
        let body = json!({"type": "set_unit_status", "unit_id": "amb-140602-001",
            "status": (["suspended", "available"][number % 2]), "reason": "x".repeat(200)});
        let seq = dispatcher.command("live", &body).await.ok()["seq"]
            .as_u64()
            .unwrap();
        let given = Instant::now();
        healthy
            .until(Duration::from_secs(2), "the command", |state| {
                state.seq >= seq
            })
            .await;
        slowest = slowest.max(given.elapsed());
        most = most.max(resident(&server));
        let metrics = reqwest::get(server.url("/metrics"))
            .await
            .unwrap()
            .text()
            .await
            .unwrap();
        let cut = metrics
            .lines()
            .find(|l| l.contains("slow_cut") && !l.starts_with('#'));
        if cut.is_some_and(|line| line.ends_with(" 10")) {
            break;
        }
        assert!(
            begun.elapsed() < Duration::from_secs(30),
            "the deaf are cut: {cut:?}"
        );
    }
    println!(
        "10 deaf clients cut in {:?}; {} KiB more; slowest command on the healthy feed {slowest:?}",
        begun.elapsed(),
        most - before
    );
    assert!(slowest < Duration::from_secs(1), "{slowest:?}");
    assert!(most - before < 16 * 1024, "{before} KiB became {most}");
}
