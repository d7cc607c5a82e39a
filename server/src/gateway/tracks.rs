//! Fixes that wait for PostgreSQL: bounded, and the oldest are given up first.

use std::{
    collections::{HashMap, VecDeque},
    sync::Arc,
};

use chiyuan_core::{EntityId, WorldId};
use parking_lot::Mutex;
use tokio::sync::Notify;

use crate::picture::Fix;

/// Most track rows that wait; about a minute of 1 500 fixes a second.
pub const WAITING: usize = 100_000;
/// Most rows of one transaction.
pub const BATCH: usize = 2_000;

/// A fix on its way to the track.
#[derive(Debug, Clone)]
pub struct TrackRow {
    pub unit: EntityId,
    pub fix: Arc<Fix>,
    pub late: bool,
}

/// Latest fix by unit.
pub type Latest = HashMap<(WorldId, EntityId), Arc<Fix>>;

/// What is written in one transaction.
#[derive(Debug, Default)]
pub struct Batch {
    pub rows: Vec<(WorldId, TrackRow)>,
    pub latest: Latest,
}

#[derive(Default)]
struct Waiting {
    rows: VecDeque<(WorldId, TrackRow)>,
    /// Conflated, so bounded by the number of units.
    latest: Latest,
}

/// The queue between the gateway and its writer.
#[derive(Default)]
pub struct Queue {
    waiting: Mutex<Waiting>,
    full: Notify,
}

impl Queue {
    /// Rows that wait.
    pub fn len(&self) -> usize {
        self.waiting.lock().rows.len()
    }

    /// Adds rows and latest fixes; returns how many old rows were given up.
    pub fn push(
        &self,
        world: &WorldId,
        rows: Vec<TrackRow>,
        latest: Vec<(EntityId, Arc<Fix>)>,
    ) -> usize {
        let mut waiting = self.waiting.lock();
        waiting
            .rows
            .extend(rows.into_iter().map(|row| (world.clone(), row)));
        let shed = waiting.rows.len().saturating_sub(WAITING);
        waiting.rows.drain(..shed);
        for (unit, fix) in latest {
            waiting.latest.insert((world.clone(), unit), fix);
        }
        if waiting.rows.len() >= BATCH {
            self.full.notify_one();
        }
        shed
    }

    /// Resolves when a whole batch waits.
    pub async fn filled(&self) {
        self.full.notified().await;
    }

    /// Takes the next batch.
    pub fn take(&self) -> Batch {
        let mut waiting = self.waiting.lock();
        let count = waiting.rows.len().min(BATCH);
        let rows = waiting.rows.drain(..count).collect();
        // All that is left goes with the last rows, so that `last_fix` is not written once per batch of a backlog.
        let latest = if waiting.rows.is_empty() {
            std::mem::take(&mut waiting.latest)
        } else {
            Latest::new()
        };
        Batch { rows, latest }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_oldest_rows_are_given_up() {
        let world = WorldId::new("live").expect("an id");
        let unit = EntityId::new("amb-1").expect("an id");
        let row = |seconds: i64| TrackRow {
            unit: unit.clone(),
            late: false,
            fix: Arc::new(Fix {
                at: chrono::DateTime::from_timestamp(seconds, 0).expect("a moment"),
                position: chiyuan_geo::LonLat::new(112.0, 39.0).expect("a place"),
                speed_mps: None,
                heading_deg: None,
                accuracy_m: None,
                source: "test".into(),
            }),
        };
        let queue = Queue::default();
        let many = i64::try_from(WAITING).expect("small");
        assert_eq!(queue.push(&world, (0..many).map(row).collect(), vec![]), 0);
        assert_eq!(queue.push(&world, vec![row(many)], vec![]), 1);
        assert_eq!(queue.len(), WAITING);
        let first = queue.take();
        assert_eq!(first.rows.len(), BATCH);
        assert_eq!(first.rows[0].1.fix.at.timestamp(), 1);
    }
}
