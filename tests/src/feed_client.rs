//! A reference client of the live feed: keeps the state that the messages describe and checks every promise made
//! about them (order, parts, scope-free replacement, checkpoints).

use std::{collections::BTreeMap, time::Duration};

use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use tokio::net::TcpStream;
use tokio_tungstenite::{
    MaybeTlsStream, WebSocketStream, connect_async,
    tungstenite::{self, Message, client::IntoClientRequest, http::header},
};

/// A fix as the feed sends it.
#[derive(Debug, Clone, PartialEq)]
pub struct FeedFix {
    pub lon: f64,
    pub lat: f64,
    pub at_epoch_ms: i64,
}

/// What a message was, once it has been applied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Heard {
    SnapshotPart {
        part: u64,
        parts: u64,
    },
    Changes {
        seq: u64,
    },
    /// How many rows.
    Fixes(usize),
    Checkpoint {
        seq: u64,
    },
}

/// The state of a world as one feed has described it.
#[derive(Debug, Clone, Default)]
pub struct FeedState {
    pub epoch: String,
    pub seq: u64,
    /// By id, which is unique over all kinds.
    pub entities: BTreeMap<String, Value>,
    pub fixes: BTreeMap<String, FeedFix>,
    /// Checkpoints that agreed.
    pub checkpoints: u64,
    /// Snapshots begun; a client that could always resume has one.
    pub snapshots: u64,
    /// Parts heard of a snapshot that is not complete, and how many there are.
    partial: Option<(u64, u64)>,
}

impl FeedState {
    /// Whether a whole snapshot has been heard.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.snapshots > 0 && self.partial.is_none()
    }

    /// Sum of the first 8 bytes, big-endian, of SHA-256("kind/id/version"), 16 hex digits.
    #[must_use]
    pub fn hash(&self) -> String {
        let sum = self.entities.iter().fold(0_u64, |sum, (id, entity)| {
            let kind = entity["kind"].as_str().unwrap_or_default();
            let digest = Sha256::digest(format!("{kind}/{id}/{}", entity["version"]));
            let first = digest
                .iter()
                .take(8)
                .fold(0, |number, byte| (number << 8) | u64::from(*byte));
            sum.wrapping_add(first)
        });
        format!("{sum:016x}")
    }

    /// Takes in one message.
    ///
    /// # Errors
    /// Says which promise it breaks.
    pub fn apply(&mut self, message: &Value) -> Result<Heard, String> {
        match message["type"].as_str() {
            Some("snapshot") => self.snapshot(message),
            _ if self.snapshots == 0 || self.partial.is_some() => {
                Err(format!("before the snapshot: {message}"))
            }
            Some("changes") => self.changes(message),
            Some("fixes") => self.take_fixes(&message["fixes"]).map(Heard::Fixes),
            Some("checkpoint") => self.checkpoint(message),
            _ => Err(format!("unknown message {message}")),
        }
    }

    fn snapshot(&mut self, message: &Value) -> Result<Heard, String> {
        let (part, parts) = (number(message, "part")?, number(message, "parts")?);
        let (epoch, seq) = (
            message["epoch"].as_str().ok_or("no epoch")?,
            number(message, "seq")?,
        );
        if part == 1 {
            let snapshots = self.snapshots + 1;
            *self = Self {
                epoch: epoch.to_owned(),
                seq,
                snapshots,
                checkpoints: self.checkpoints,
                ..Self::default()
            };
        } else if self.partial != Some((part - 1, parts)) || self.epoch != epoch || self.seq != seq
        {
            return Err(format!("part {part} of {parts} after {:?}", self.partial));
        }
        self.partial = (part < parts).then_some((part, parts));
        for (kind, entities) in message["entities"].as_object().ok_or("no entities")? {
            for (id, entity) in entities.as_object().ok_or("entities are no object")? {
                let new = self.put(kind, id, entity)?;
                if !new {
                    return Err(format!("{kind} {id} stands twice in the snapshot"));
                }
            }
        }
        self.take_fixes(&message["fixes"])?;
        Ok(Heard::SnapshotPart { part, parts })
    }

    fn changes(&mut self, message: &Value) -> Result<Heard, String> {
        let seq = number(message, "seq")?;
        if seq != self.seq + 1 {
            return Err(format!("seq {seq} after {}", self.seq));
        }
        self.seq = seq;
        let changes = message["changes"].as_array().ok_or("no changes")?;
        if !changes.is_empty() && message["actor"].as_str().is_none() {
            return Err(format!("changes without an actor at {seq}"));
        }
        for change in changes {
            let word = |field: &str| {
                change[field]
                    .as_str()
                    .ok_or(format!("change without {field}"))
            };
            let (kind, id) = (word("kind")?, word("id")?);
            match &change["entity"] {
                Value::Null => {
                    self.entities.remove(id);
                    self.fixes.remove(id);
                }
                entity => {
                    self.put(kind, id, entity)?;
                }
            }
        }
        Ok(Heard::Changes { seq })
    }

    /// Puts an entity; true if it was not there.
    fn put(&mut self, kind: &str, id: &str, entity: &Value) -> Result<bool, String> {
        if entity["kind"] != kind || entity["id"] != id || !entity["version"].is_u64() {
            return Err(format!("{kind} {id} is described as {entity}"));
        }
        Ok(self
            .entities
            .insert(id.to_owned(), entity.clone())
            .is_none())
    }

    fn take_fixes(&mut self, rows: &Value) -> Result<usize, String> {
        let rows = rows.as_array().ok_or("no fixes")?;
        for row in rows {
            let read = || {
                let fix = FeedFix {
                    lon: row[1].as_f64()?,
                    lat: row[2].as_f64()?,
                    at_epoch_ms: row[5].as_i64()?,
                };
                Some((row[0].as_str()?.to_owned(), fix))
            };
            let (unit, fix) = read().ok_or_else(|| format!("fix {row}"))?;
            if self.partial.is_none() && !self.entities.contains_key(&unit) {
                return Err(format!("fix of {unit}, which is not visible"));
            }
            if self
                .fixes
                .get(&unit)
                .is_none_or(|present| present.at_epoch_ms <= fix.at_epoch_ms)
            {
                self.fixes.insert(unit, fix);
            }
        }
        Ok(rows.len())
    }

    fn checkpoint(&mut self, message: &Value) -> Result<Heard, String> {
        let seq = number(message, "seq")?;
        if seq != self.seq {
            return Err(format!("checkpoint of {seq} at {}", self.seq));
        }
        let (given, own) = (message["hash"].as_str().unwrap_or_default(), self.hash());
        if given != own {
            return Err(format!(
                "checkpoint {given} at {seq}, but the state has {own}"
            ));
        }
        self.checkpoints += 1;
        Ok(Heard::Checkpoint { seq })
    }

    /// Where two feeds of one scope differ, if they do.
    #[must_use]
    pub fn difference(&self, other: &Self) -> Option<String> {
        if (&self.epoch, self.seq) != (&other.epoch, other.seq) {
            return Some(format!(
                "{} {} is not {} {}",
                self.epoch, self.seq, other.epoch, other.seq
            ));
        }
        let mut keys = self.entities.keys().chain(other.entities.keys());
        let differs = |id: &&String| self.entities.get(*id) != other.entities.get(*id);
        if let Some(id) = keys.find(differs) {
            return Some(format!(
                "{id}: {:?} is not {:?}",
                self.entities.get(id),
                other.entities.get(id)
            ));
        }
        let mut units = self.fixes.keys().chain(other.fixes.keys());
        units
            .find(|unit| self.fixes.get(*unit) != other.fixes.get(*unit))
            .map(|unit| {
                format!(
                    "fix of {unit}: {:?} is not {:?}",
                    self.fixes.get(unit),
                    other.fixes.get(unit)
                )
            })
    }
}

fn number(message: &Value, field: &str) -> Result<u64, String> {
    message[field]
        .as_u64()
        .ok_or_else(|| format!("no {field} in {message}"))
}

/// How a feed ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FeedError {
    /// The server closed it.
    Closed { code: u16, reason: String },
    /// The connection broke.
    Broken(String),
    /// The upgrade was refused with this status.
    Refused(u16),
    /// A message broke a promise.
    Wrong(String),
    /// Nothing came in time.
    TimedOut,
}

/// A feed of one world, with the state it has described so far; survives its connections.
pub struct FeedClient {
    url: String,
    headers: Vec<(header::HeaderName, String)>,
    socket: Option<WebSocketStream<MaybeTlsStream<TcpStream>>>,
    pub state: FeedState,
}

impl FeedClient {
    /// A client of `ws://host:port/api/v1/worlds/{w}/feed` that is not connected yet.
    #[must_use]
    pub fn new(url: &str) -> Self {
        Self {
            url: url.to_owned(),
            headers: Vec::new(),
            socket: None,
            state: FeedState::default(),
        }
    }

    /// Sends a bearer token.
    #[must_use]
    pub fn bearer(self, token: &str) -> Self {
        self.header(header::AUTHORIZATION, format!("Bearer {token}"))
    }

    /// Sends any header, such as Cookie and Origin.
    #[must_use]
    pub fn header(mut self, name: header::HeaderName, value: String) -> Self {
        self.headers.push((name, value));
        self
    }

    /// Connects: resumes from the state it has, or gets a snapshot.
    ///
    /// # Errors
    /// [`FeedError::Refused`] or [`FeedError::Broken`].
    pub async fn connect(&mut self) -> Result<(), FeedError> {
        let mut url = self.url.clone();
        if self.state.is_complete() {
            let glue = if url.contains('?') { '&' } else { '?' };
            url = format!(
                "{url}{glue}after={}&epoch={}",
                self.state.seq, self.state.epoch
            );
        }
        let broken = |error: tungstenite::Error| FeedError::Broken(error.to_string());
        let mut request = url.into_client_request().map_err(broken)?;
        for (name, value) in &self.headers {
            let value = value
                .parse()
                .map_err(|_| FeedError::Broken("bad header".to_owned()))?;
            request.headers_mut().insert(name.clone(), value);
        }
        match connect_async(request).await {
            Ok((socket, _)) => self.socket = Some(socket),
            Err(tungstenite::Error::Http(response)) => {
                return Err(FeedError::Refused(response.status().as_u16()));
            }
            Err(error) => return Err(broken(error)),
        }
        Ok(())
    }

    /// Waits for the next message and applies it; answers pings on the way.
    ///
    /// # Errors
    /// How the feed ended, or what was wrong.
    pub async fn next(&mut self) -> Result<Heard, FeedError> {
        let socket = self
            .socket
            .as_mut()
            .ok_or(FeedError::Broken("not connected".to_owned()))?;
        loop {
            let error = match socket.next().await {
                Some(Ok(Message::Text(text))) => {
                    let message = serde_json::from_str(&text)
                        .map_err(|error| FeedError::Wrong(error.to_string()))?;
                    return self.state.apply(&message).map_err(FeedError::Wrong);
                }
                Some(Ok(Message::Ping(_) | Message::Pong(_))) => continue,
                Some(Ok(Message::Close(Some(close)))) => FeedError::Closed {
                    code: close.code.into(),
                    reason: close.reason.to_string(),
                },
                Some(Ok(other)) => FeedError::Wrong(format!("unexpected {other:?}")),
                Some(Err(error)) => FeedError::Broken(error.to_string()),
                None => FeedError::Broken("ended".to_owned()),
            };
            self.socket = None;
            return Err(error);
        }
    }

    /// Listens until the state is as wanted.
    ///
    /// # Errors
    /// As [`FeedClient::next`], and [`FeedError::TimedOut`].
    pub async fn listen_until(
        &mut self,
        within: Duration,
        wanted: impl Fn(&FeedState) -> bool,
    ) -> Result<(), FeedError> {
        let listen = async {
            while !wanted(&self.state) {
                self.next().await?;
            }
            Ok(())
        };
        tokio::time::timeout(within, listen)
            .await
            .unwrap_or(Err(FeedError::TimedOut))
    }

    /// Asks for fixes inside west, south, east, north only; none is everything.
    ///
    /// # Errors
    /// [`FeedError::Broken`].
    pub async fn watch(&mut self, bbox: Option<[f64; 4]>) -> Result<(), FeedError> {
        self.send(Message::text(
            json!({"type": "watch", "bbox": bbox}).to_string(),
        ))
        .await
    }

    /// Sends anything.
    ///
    /// # Errors
    /// [`FeedError::Broken`].
    pub async fn send(&mut self, message: Message) -> Result<(), FeedError> {
        let socket = self
            .socket
            .as_mut()
            .ok_or(FeedError::Broken("not connected".to_owned()))?;
        socket
            .send(message)
            .await
            .map_err(|error| FeedError::Broken(error.to_string()))
    }

    /// Drops the connection in the middle: with a reset, or (FIN) without a closing handshake.
    pub fn drop_connection(&mut self, reset: bool) {
        let Some(socket) = self.socket.take() else {
            return;
        };
        if reset && let MaybeTlsStream::Plain(stream) = socket.get_ref() {
            // Without it the drop is only less rude.
            let _ = stream.set_zero_linger();
        }
    }

    /// Whether a connection is up.
    #[must_use]
    pub fn is_connected(&self) -> bool {
        self.socket.is_some()
    }
}
