//! TLS by the server itself: https answers, the cookie that browsers insist on, and plain http that gets nothing.

use std::{path::PathBuf, process::Command, sync::Arc, time::Duration};

use chiyuan_tests::{
    Database, Options, Server, eventually,
    server::{data_dir, free_port},
};
use futures_util::StreamExt;
use rustls::{
    ClientConfig, RootCertStore,
    pki_types::{CertificateDer, ServerName, pem::PemObject},
};
use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};
use tokio_rustls::{TlsConnector, client::TlsStream};
use tokio_tungstenite::tungstenite::{client::IntoClientRequest, http::header};

const HOST: &str = "localhost";

/// A server with a certificate of its own, and what its clients trust.
struct Secure {
    server: Server,
    connector: TlsConnector,
    origin: String,
}

impl Secure {
    async fn start() -> Self {
        let database = Database::empty().await;
        let (cert, key, trusted) = certificate(&database.name);
        let port = free_port();
        let origin = format!("https://{HOST}:{port}");
        let options = Options {
            env: vec![
                ("CHIYUAN_TLS_CERT", cert.display().to_string()),
                ("CHIYUAN_TLS_KEY", key.display().to_string()),
                ("CHIYUAN_ORIGIN", origin.clone()),
            ],
            ..Options::default()
        };
        let secure = Self {
            server: Server::spawn(&database, options, port),
            connector: connector(trusted),
            origin,
        };
        let ready = || async {
            let answer = secure.try_ask("GET /health/ready HTTP/1.1\r\n", "").await;
            answer.is_ok_and(|answer| answer.starts_with("HTTP/1.1 200"))
        };
        eventually(Duration::from_secs(20), "ready over https", ready).await;
        secure
    }

    async fn connect(&self) -> std::io::Result<TlsStream<TcpStream>> {
        let stream = TcpStream::connect(("127.0.0.1", self.server.port)).await?;
        let name = ServerName::try_from(HOST).unwrap();
        self.connector.connect(name, stream).await
    }

    /// One request on a connection of its own; the whole answer as text.
    async fn try_ask(&self, head: &str, body: &str) -> std::io::Result<String> {
        let mut stream = self.connect().await?;
        let request = format!(
            "{head}Host: {HOST}\r\nConnection: close\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        );
        stream.write_all(request.as_bytes()).await?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await?;
        Ok(answer)
    }

    async fn ask(&self, head: &str, body: &str) -> String {
        self.try_ask(head, body).await.unwrap()
    }

    /// Logs in; the Set-Cookie header.
    async fn log_in(&self) -> String {
        let account = self.server.database.accounts.of("observer");
        let body = json!({"username": account.username, "password": account.password}).to_string();
        let head = format!(
            "POST /api/v1/session HTTP/1.1\r\nOrigin: {}\r\nContent-Type: application/json\r\n",
            self.origin
        );
        let answer = self.ask(&head, &body).await;
        assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
        header(&answer, "set-cookie").unwrap().to_owned()
    }
}

/// A header of an answer.
fn header<'a>(answer: &'a str, name: &str) -> Option<&'a str> {
    let (head, _) = answer.split_once("\r\n\r\n")?;
    head.lines().find_map(|line| {
        let (given, value) = line.split_once(':')?;
        given.eq_ignore_ascii_case(name).then(|| value.trim())
    })
}

/// A certificate of an end entity; what `openssl req` makes by itself is one of an authority.
const REQUEST: &str = "[req]\nprompt = no\ndistinguished_name = name\nx509_extensions = extensions\n\
    [name]\nCN = localhost\n[extensions]\nsubjectAltName = DNS:localhost\n\
    basicConstraints = critical, CA:FALSE\nkeyUsage = digitalSignature\n";

/// A certificate for [`HOST`] and its key as files, and the certificate itself.
fn certificate(name: &str) -> (PathBuf, PathBuf, CertificateDer<'static>) {
    let file = |file: &str| data_dir(name).join(file);
    let (cert, key, request) = (file("cert.pem"), file("key.pem"), file("request.cnf"));
    std::fs::write(&request, REQUEST).unwrap();
    let made = Command::new("openssl")
        .args([
            "req",
            "-x509",
            "-newkey",
            "ec",
            "-pkeyopt",
            "ec_paramgen_curve:P-256",
            "-nodes",
        ])
        .args(["-days", "2", "-config"])
        .arg(&request)
        .arg("-keyout")
        .arg(&key)
        .arg("-out")
        .arg(&cert)
        .output()
        .expect("openssl is installed with PostgreSQL");
    assert!(
        made.status.success(),
        "{}",
        String::from_utf8_lossy(&made.stderr)
    );
    let trusted = CertificateDer::from_pem_file(&cert).unwrap();
    (cert, key, trusted)
}

/// Trusts one certificate alone.
fn connector(trusted: CertificateDer<'static>) -> TlsConnector {
    let mut roots = RootCertStore::empty();
    roots.add(trusted).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    TlsConnector::from(Arc::new(config))
}

#[tokio::test(flavor = "multi_thread")]
async fn https_has_its_own_cookie_and_strict_transport() {
    let secure = Secure::start().await;
    let live = secure.ask("GET /health/live HTTP/1.1\r\n", "").await;
    assert_eq!(
        header(&live, "strict-transport-security"),
        Some("max-age=63072000; includeSubDomains")
    );
    let set = secure.log_in().await;
    let (cookie, attributes) = set.split_once("; ").unwrap();
    assert!(cookie.starts_with("__Host-chiyuan="), "{set}");
    for attribute in ["Secure", "HttpOnly", "SameSite=Strict", "Path=/"] {
        assert!(attributes.contains(attribute), "{set}");
    }
    assert!(!attributes.contains("Domain"), "{set}");
    let who = async |cookie: &str| {
        let head = format!("GET /api/v1/session HTTP/1.1\r\nCookie: {cookie}\r\n");
        secure.ask(&head, "").await
    };
    let me = who(cookie).await;
    assert!(
        me.starts_with("HTTP/1.1 200") && me.contains("observer"),
        "{me}"
    );
    assert!(header(&me, "strict-transport-security").is_some());
    // The cookie of plain http is worth nothing here.
    let plain = who(cookie.trim_start_matches("__Host-")).await;
    assert!(plain.starts_with("HTTP/1.1 401"), "{plain}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_feed_runs_over_tls() {
    let secure = Secure::start().await;
    let set = secure.log_in().await;
    let cookie = set.split(';').next().unwrap();
    let url = format!(
        "wss://{HOST}:{}/api/v1/worlds/live/feed",
        secure.server.port
    );
    let mut request = url.into_client_request().unwrap();
    let headers = request.headers_mut();
    headers.insert(header::COOKIE, cookie.parse().unwrap());
    headers.insert(header::ORIGIN, secure.origin.parse().unwrap());
    let stream = secure.connect().await.unwrap();
    let (mut feed, _) = tokio_tungstenite::client_async(request, stream)
        .await
        .unwrap();
    let first = feed.next().await.unwrap().unwrap();
    let first: Value = serde_json::from_str(first.to_text().unwrap()).unwrap();
    assert_eq!(first["type"], "snapshot");
}

#[tokio::test(flavor = "multi_thread")]
async fn plain_http_gets_nothing_from_a_tls_port() {
    let secure = Secure::start().await;
    let mut stream = TcpStream::connect(("127.0.0.1", secure.server.port))
        .await
        .unwrap();
    let request = "GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n";
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    let read = tokio::time::timeout(Duration::from_secs(10), stream.read_to_end(&mut answer)).await;
    assert!(read.is_ok(), "the connection is closed");
    assert!(!String::from_utf8_lossy(&answer).contains("HTTP/1.1"));
}
