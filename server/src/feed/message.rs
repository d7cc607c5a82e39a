//! The messages of the feed, as complete WebSocket frames that any number of sockets share.

use actix_http::ws::{CloseReason, OpCode, Parser};
use actix_web::web::{Bytes, BytesMut};
use chiyuan_core::{Centre, Entity, EntityId, Kind, Timestamp};
use serde::Serialize;

use super::scope::seen_change;
use crate::{executor::Committed, picture::Fix};

/// Longest header of a frame that a server sends, bytes (RFC 6455, 5.2).
const MAX_HEADER: usize = 10;
/// Longest reason of a close frame, bytes (RFC 6455, 5.5).
const MAX_REASON: usize = 123;

/// What a feed sees: everything, or what is visible in one centre.
pub type Scope = Option<Centre>;

/// Whether a scope sees an entity.
#[must_use]
pub fn sees(scope: Scope, entity: &Entity) -> bool {
    scope.is_none_or(|centre| entity.header().visible_in(centre))
}

#[derive(Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
enum Outgoing<'a> {
    Changes {
        seq: u64,
        at: Timestamp,
        #[serde(skip_serializing_if = "Option::is_none")]
        actor: Option<&'a str>,
        #[serde(skip_serializing_if = "Option::is_none")]
        command: Option<&'a serde_json::Value>,
        changes: Vec<Replacement<'a>>,
    },
    Fixes {
        at: Timestamp,
        fixes: &'a [FixRow<'a>],
    },
    Checkpoint {
        seq: u64,
        hash: &'a str,
    },
}

#[derive(Serialize)]
struct Replacement<'a> {
    kind: Kind,
    id: &'a EntityId,
    entity: Option<&'a Entity>,
}

/// `[unit_id, lon, lat, speed_mps, heading_deg, at_epoch_ms]`
#[derive(Serialize)]
pub struct FixRow<'a>(&'a EntityId, f64, f64, Option<f32>, Option<f32>, i64);

impl<'a> FixRow<'a> {
    /// The row of a fix.
    #[must_use]
    pub fn new(unit: &'a EntityId, fix: &Fix) -> Self {
        let (lon, lat) = (fix.position.lon(), fix.position.lat());
        Self(
            unit,
            lon,
            lat,
            fix.speed_mps,
            fix.heading_deg,
            fix.at.timestamp_millis(),
        )
    }
}

/// A command as a feed of this scope sees it; actor and command are left out when nothing visible remains.
#[must_use]
pub fn changes(
    committed: &Committed,
    before: &[Option<std::sync::Arc<Entity>>],
    scope: Scope,
) -> Bytes {
    let seen: Vec<_> = committed
        .changes
        .iter()
        .enumerate()
        .filter_map(|(n, change)| {
            seen_change(change, before.get(n).and_then(Option::as_deref), scope)
        })
        .collect();
    let shown = scope.is_none() || !seen.is_empty();
    let replacements = seen.iter().map(|change| Replacement {
        kind: change.kind,
        id: &change.id,
        entity: change.entity.as_deref(),
    });
    encode(&Outgoing::Changes {
        seq: committed.seq,
        at: committed.at,
        actor: shown.then_some(committed.actor.as_str()),
        command: shown.then_some(&committed.command),
        changes: replacements.collect(),
    })
}

/// A frame of fixes.
#[must_use]
pub fn fixes(at: Timestamp, fixes: &[FixRow<'_>]) -> Bytes {
    encode(&Outgoing::Fixes { at, fixes })
}

/// The state hash at a seq.
#[must_use]
pub fn checkpoint(seq: u64, hash: &str) -> Bytes {
    encode(&Outgoing::Checkpoint { seq, hash })
}

/// Any message as a text frame.
pub fn encode(message: &impl Serialize) -> Bytes {
    // None of our messages has a key that is no string, the only way in which this could fail.
    text(serde_json::to_string(message).unwrap_or_default())
}

/// JSON text as a frame.
#[must_use]
pub fn text(json: String) -> Bytes {
    frame(OpCode::Text, json.as_bytes())
}

/// A ping.
#[must_use]
pub fn ping() -> Bytes {
    frame(OpCode::Ping, &[])
}

/// The answer to a ping.
#[must_use]
pub fn pong(payload: &[u8]) -> Bytes {
    frame(OpCode::Pong, payload)
}

/// The last frame of a socket; the reason has at most 123 bytes.
#[must_use]
pub fn close(code: u16, reason: &str) -> Bytes {
    let mut bytes = BytesMut::new();
    let description = Some(reason.chars().take(MAX_REASON / 4).collect());
    Parser::write_close(
        &mut bytes,
        Some(CloseReason {
            code: code.into(),
            description,
        }),
        false,
    );
    bytes.freeze()
}

fn frame(code: OpCode, payload: &[u8]) -> Bytes {
    let mut bytes = BytesMut::with_capacity(payload.len() + MAX_HEADER);
    Parser::write_message(&mut bytes, payload, code, true, false);
    bytes.freeze()
}
