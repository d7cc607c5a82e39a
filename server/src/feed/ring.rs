//! The recent commands of a world: what live feeds are sent next, and with what a dropped one resumes.

use std::{collections::VecDeque, sync::Arc};

use actix_web::web::Bytes;
use chiyuan_core::{Centre, Entity};
use parking_lot::Mutex;

use super::message::{self, Scope};
use crate::executor::Committed;

/// Most commands kept; a feed that falls further behind starts over.
pub const MAX_ENTRIES: usize = 4_096;
/// Most bytes of encoded changes kept for one scope.
pub const MAX_BYTES: usize = 16 * 1024 * 1024;

/// One command, encoded once per scope that has asked for it.
pub struct Entry {
    committed: Committed,
    before: Vec<Option<Arc<Entity>>>,
    everything: Bytes,
    scoped: Mutex<Vec<(Centre, Bytes)>>,
}

impl Entry {
    /// An entry; `before` are the entities as they were, in the order of the changes, `everything` is its message
    /// to those who see everything.
    #[must_use]
    pub fn new(committed: Committed, before: Vec<Option<Arc<Entity>>>, everything: Bytes) -> Self {
        Self {
            committed,
            before,
            everything,
            scoped: Mutex::default(),
        }
    }

    /// Its number.
    #[must_use]
    pub fn seq(&self) -> u64 {
        self.committed.seq
    }

    /// Its message to a scope.
    #[must_use]
    pub fn frame(&self, scope: Scope) -> Bytes {
        let Some(centre) = scope else {
            return self.everything.clone();
        };
        let mut scoped = self.scoped.lock();
        if let Some((_, frame)) = scoped.iter().find(|(present, _)| *present == centre) {
            return frame.clone();
        }
        let frame = message::changes(&self.committed, &self.before, scope);
        scoped.push((centre, frame.clone()));
        frame
    }
}

/// What follows a seq.
pub enum Following {
    Entry(Arc<Entry>),
    /// Nothing yet.
    Nothing,
    /// No longer kept.
    Gone,
}

/// Consecutive commands up to the newest.
pub struct Ring {
    entries: VecDeque<Arc<Entry>>,
    newest: u64,
    bytes: usize,
    max_entries: usize,
    max_bytes: usize,
}

impl Ring {
    /// An empty ring of a world at a seq.
    #[must_use]
    pub fn new(seq: u64) -> Self {
        Self::bounded(seq, MAX_ENTRIES, MAX_BYTES)
    }

    fn bounded(seq: u64, max_entries: usize, max_bytes: usize) -> Self {
        Self {
            entries: VecDeque::new(),
            newest: seq,
            bytes: 0,
            max_entries,
            max_bytes,
        }
    }

    /// Number of the newest command of the world.
    #[must_use]
    pub fn newest(&self) -> u64 {
        self.newest
    }

    /// Takes in the next command; false, and nothing done, if it is not the next.
    pub fn push(&mut self, entry: Entry) -> bool {
        if entry.seq() != self.newest + 1 {
            return false;
        }
        self.newest += 1;
        self.bytes += entry.everything.len();
        self.entries.push_back(Arc::new(entry));
        while self.entries.len() > self.max_entries || self.bytes > self.max_bytes {
            if crate::mutant::is("unbounded_events") {
                break;
            }
            let Some(oldest) = self.entries.pop_front() else {
                break;
            };
            self.bytes -= oldest.everything.len();
        }
        true
    }

    /// Whether everything after `seq` is still here.
    #[must_use]
    pub fn holds_after(&self, seq: u64) -> bool {
        !matches!(self.after(seq), Following::Gone)
    }

    /// The command after `seq`. What lies in the future is gone too: it belongs to another history.
    #[must_use]
    pub fn after(&self, seq: u64) -> Following {
        let Some(behind) = self.newest.checked_sub(seq) else {
            return Following::Gone;
        };
        let behind = usize::try_from(behind).unwrap_or(usize::MAX);
        match self.entries.len().checked_sub(behind) {
            None => Following::Gone,
            Some(at) => self.entries.get(at).map_or(Following::Nothing, |entry| {
                Following::Entry(Arc::clone(entry))
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(seq: u64, size: usize) -> Entry {
        let committed = Committed {
            seq,
            at: chiyuan_core::Timestamp::UNIX_EPOCH,
            actor: "user:a".to_owned(),
            command: serde_json::Value::Null,
            changes: Vec::new(),
        };
        Entry::new(committed, Vec::new(), Bytes::from(vec![b'x'; size]))
    }

    fn seq_after(ring: &Ring, seq: u64) -> Option<u64> {
        match ring.after(seq) {
            Following::Entry(entry) => Some(entry.seq()),
            _ => None,
        }
    }

    #[test]
    fn what_follows_is_found_until_it_is_trimmed() {
        let mut ring = Ring::bounded(10, 3, 1_000);
        assert!(ring.holds_after(10) && !ring.holds_after(9) && !ring.holds_after(11));
        for seq in 11..=15 {
            assert!(ring.push(entry(seq, 1)));
        }
        // 13, 14 and 15 are left.
        for (seq, next) in [
            (12, Some(13)),
            (13, Some(14)),
            (14, Some(15)),
            (15, None),
            (11, None),
            (16, None),
        ] {
            assert_eq!(seq_after(&ring, seq), next, "after {seq}");
        }
        let held: Vec<_> = (9..=17).filter(|seq| ring.holds_after(*seq)).collect();
        assert_eq!(held, [12, 13, 14, 15]);
    }

    #[test]
    fn bytes_are_bounded_too() {
        let mut ring = Ring::bounded(0, 100, 1_000);
        for seq in 1..=50 {
            ring.push(entry(seq, 300));
        }
        assert_eq!((ring.entries.len(), ring.bytes), (3, 900));
        ring.push(entry(51, 5_000));
        assert!(
            ring.holds_after(51) && !ring.holds_after(50),
            "a giant is not kept"
        );
    }

    #[test]
    fn only_the_next_seq_is_taken() {
        let mut ring = Ring::new(4);
        assert!(!ring.push(entry(4, 1)) && !ring.push(entry(6, 1)) && ring.push(entry(5, 1)));
    }
}
