//! Fixes on their way to the screens: gathered into frames, encoded once per scope, conflated for the slow.

use std::{collections::HashMap, sync::Arc};

use actix_web::web::Bytes;
use chiyuan_core::{Entity, EntityId, Timestamp};
use chiyuan_geo::Bounds;
use parking_lot::Mutex;

use super::message::{self, FixRow, Scope, sees};
use crate::picture::{Fix, Picture};

/// Most rows in one message; more are cut, so that no message stands long in front of a change.
pub const MAX_ROWS: usize = 2_000;
/// A feed that missed more frames than this gets the latest fix of everything that ever moved.
const REMEMBERED: u64 = 8;

/// A unit and where it is.
#[derive(Clone)]
pub struct Moved {
    pub entity: Arc<Entity>,
    pub fix: Arc<Fix>,
}

/// Fixes that are sent together.
pub struct FixFrame {
    at: Timestamp,
    moved: Vec<Moved>,
    encoded: Mutex<HashMap<Scope, Arc<[Bytes]>>>,
}

impl FixFrame {
    /// A frame of fixes at a world time.
    #[must_use]
    pub fn new(at: Timestamp, moved: Vec<Moved>) -> Self {
        Self {
            at,
            moved,
            encoded: Mutex::default(),
        }
    }

    /// The latest fix of every unit of a picture.
    #[must_use]
    pub fn latest(picture: &Picture) -> Self {
        let moved = picture.fixes().iter().filter_map(|(unit, fix)| {
            let entity = picture.world().shared(unit)?;
            Some(Moved {
                entity,
                fix: Arc::clone(fix),
            })
        });
        Self::new(picture.now(crate::time::now()), moved.collect())
    }

    /// Its messages to a scope, encoded once and shared; none if nothing in it is visible.
    #[must_use]
    pub fn messages(&self, scope: Scope) -> Arc<[Bytes]> {
        let mut encoded = self.encoded.lock();
        let messages = encoded
            .entry(scope)
            .or_insert_with(|| self.encode(scope, None));
        Arc::clone(messages)
    }

    /// Its messages to one window of a map.
    #[must_use]
    pub fn messages_inside(&self, scope: Scope, bounds: Bounds) -> Arc<[Bytes]> {
        self.encode(scope, Some(bounds))
    }

    fn encode(&self, scope: Scope, bounds: Option<Bounds>) -> Arc<[Bytes]> {
        let inside = |moved: &&Moved| {
            sees(scope, &moved.entity)
                && bounds.is_none_or(|bounds| bounds.contains(moved.fix.position))
        };
        let rows: Vec<_> = self
            .moved
            .iter()
            .filter(inside)
            .map(|moved| FixRow::new(moved.entity.id(), &moved.fix))
            .collect();
        rows.chunks(MAX_ROWS)
            .map(|rows| message::fixes(self.at, rows))
            .collect()
    }
}

struct Row {
    moved: Moved,
    /// Number of the frame that carried it last.
    frame: u64,
}

/// The latest fix of every unit that has moved, by frames.
pub struct FixBoard {
    rows: HashMap<EntityId, Row>,
    /// Units of the frame that is being gathered.
    gathered: Vec<EntityId>,
    at: Timestamp,
    /// Number of the newest complete frame.
    newest: u64,
    /// Frames from earlier numbers to the newest, as asked for; the newest alone among them.
    spans: HashMap<u64, Arc<FixFrame>>,
}

impl Default for FixBoard {
    fn default() -> Self {
        Self {
            rows: HashMap::new(),
            gathered: Vec::new(),
            at: Timestamp::UNIX_EPOCH,
            newest: 0,
            spans: HashMap::new(),
        }
    }
}

impl FixBoard {
    /// Number of the newest complete frame.
    #[must_use]
    pub fn newest(&self) -> u64 {
        self.newest
    }

    /// Takes a fix into the frame that is being gathered; the latest wins.
    pub fn gather(&mut self, at: Timestamp, moved: Moved) {
        self.at = at;
        let next = self.newest + 1;
        let unit = moved.entity.id().clone();
        let known = self.rows.insert(unit.clone(), Row { moved, frame: next });
        if known.is_none_or(|row| row.frame != next) {
            self.gathered.push(unit);
        }
    }

    /// A unit changed or went; who sees it may have changed with it.
    pub fn replace(&mut self, unit: &EntityId, entity: Option<&Arc<Entity>>) {
        if !self.rows.contains_key(unit) {
            return;
        }
        self.spans.clear();
        match (self.rows.get_mut(unit), entity) {
            (Some(row), Some(entity)) => row.moved.entity = Arc::clone(entity),
            (Some(_), None) => {
                self.rows.remove(unit);
            }
            (None, _) => {}
        }
    }

    /// Completes the frame; false if nothing was gathered.
    pub fn complete(&mut self) -> bool {
        if self.gathered.is_empty() {
            return false;
        }
        let units = std::mem::take(&mut self.gathered);
        let moved = units.iter().filter_map(|unit| self.rows.get(unit));
        let frame = FixFrame::new(self.at, moved.map(|row| row.moved.clone()).collect());
        self.spans.clear();
        self.spans.insert(self.newest, Arc::new(frame));
        self.newest += 1;
        true
    }

    /// What has moved since a frame, each unit once, and the number of the frame that one is then at.
    pub fn since(&mut self, frame: u64) -> Option<(u64, Arc<FixFrame>)> {
        if frame >= self.newest {
            return None;
        }
        let from = if self.newest - frame > REMEMBERED {
            0
        } else {
            frame
        };
        let span = self.spans.entry(from).or_insert_with(|| {
            let moved = self
                .rows
                .values()
                .filter(|row| row.frame > from && row.frame <= self.newest);
            Arc::new(FixFrame::new(
                self.at,
                moved.map(|row| row.moved.clone()).collect(),
            ))
        });
        Some((self.newest, Arc::clone(span)))
    }
}
