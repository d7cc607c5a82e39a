//! The state of a world as a scope sees it, cut into parts that are produced as the socket drains.

use std::{fmt::Write as _, ops::Range, sync::Arc, time::Instant};

use actix_web::web::Bytes;
use chiyuan_core::{Entity, EntityId, Kind};
use parking_lot::Mutex;

use super::message::{self, FixRow, Scope, sees};
use crate::{picture::Fix, world::WorldRuntime};

/// Size that a part aims at, bytes; the contract allows 256 KiB, smaller ones reach poor lines in time.
pub const PART_BYTES: usize = 64 * 1024;
/// Most bytes that a row of a fix takes: id of 64, two coordinates, speed, course, time.
const FIX_BYTES: usize = 192;
/// Encoded parts are shared between feeds up to this size of the whole.
const SHARED_BYTES: usize = 8 * 1024 * 1024;

/// What stands around a world: from where the feed goes on after the snapshot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    /// Rises whenever the world is replaced.
    pub generation: u64,
    /// Newest complete frame of fixes.
    pub frame: u64,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Part {
    entities: Range<usize>,
    fixes: Range<usize>,
}

/// A snapshot, ready to be encoded part by part.
pub struct Snapshot {
    epoch: String,
    seq: u64,
    moment: Moment,
    entities: Vec<Arc<Entity>>,
    fixes: Vec<(EntityId, Arc<Fix>)>,
    parts: Vec<Part>,
    made: Instant,
    /// Encoded parts, while they are shared.
    encoded: Mutex<Option<Vec<Option<Bytes>>>>,
}

impl Snapshot {
    /// Takes the state at one moment. The picture is locked while pointers are copied; measuring comes after.
    #[must_use]
    pub fn take(world: &WorldRuntime, scope: Scope) -> Self {
        let picture = world.picture();
        let moment = world.hub().moment();
        let epoch = world.epoch();
        let state = picture.world().clone();
        let fixes: Vec<_> = picture
            .fixes()
            .iter()
            .map(|(unit, fix)| (unit.clone(), Arc::clone(fix)))
            .collect();
        drop(picture);
        let seen_unit = |unit: &EntityId| state.get(unit).is_some_and(|entity| sees(scope, entity));
        let fixes = fixes
            .into_iter()
            .filter(|(unit, _)| seen_unit(unit))
            .collect();
        let entities = state
            .entities()
            .filter(|entity| sees(scope, entity))
            .cloned()
            .collect();
        Self::cut(epoch, state.seq(), moment, entities, fixes)
    }

    fn cut(
        epoch: String,
        seq: u64,
        moment: Moment,
        entities: Vec<Arc<Entity>>,
        fixes: Vec<(EntityId, Arc<Fix>)>,
    ) -> Self {
        let sizes = entities.iter().map(|entity| size(entity));
        let parts = parts(sizes, fixes.len());
        let bytes = parts.len() * PART_BYTES;
        let encoded = (bytes <= SHARED_BYTES).then(|| vec![None; parts.len()]);
        Self {
            epoch,
            seq,
            moment,
            entities,
            fixes,
            parts,
            made: Instant::now(),
            encoded: Mutex::new(encoded),
        }
    }

    /// The seq of the state.
    #[must_use]
    pub fn seq(&self) -> u64 {
        self.seq
    }

    /// From where the feed goes on.
    #[must_use]
    pub fn moment(&self) -> Moment {
        self.moment
    }

    /// How many parts there are, at least one.
    #[must_use]
    pub fn parts(&self) -> usize {
        self.parts.len()
    }

    /// When it was taken.
    #[must_use]
    pub fn made(&self) -> Instant {
        self.made
    }

    /// Keeps no more encoded parts: nobody new will ask for them.
    pub fn forget_encoded(&self) {
        *self.encoded.lock() = None;
    }

    /// A part, 0-based, as a message.
    #[must_use]
    pub fn message(&self, number: usize) -> Bytes {
        let mut encoded = self.encoded.lock();
        let Some(known) = encoded.as_mut().and_then(|parts| parts.get_mut(number)) else {
            drop(encoded);
            return self.encode(number);
        };
        known.get_or_insert_with(|| self.encode(number)).clone()
    }

    fn encode(&self, number: usize) -> Bytes {
        message::text(self.json(number))
    }

    fn json(&self, number: usize) -> String {
        let part = &self.parts[number];
        let mut json = String::with_capacity(PART_BYTES + PART_BYTES / 2);
        let epoch = serde_json::to_string(&self.epoch).unwrap_or_default();
        let (one_based, parts, seq) = (number + 1, self.parts.len(), self.seq);
        // Writing to a string cannot fail.
        let _ = write!(
            json,
            r#"{{"type":"snapshot","epoch":{epoch},"seq":{seq},"part":{one_based},"parts":{parts},"entities":{{"#
        );
        write_entities(&mut json, &self.entities[part.entities.clone()]);
        json.push_str(r#"},"fixes":"#);
        let rows: Vec<_> = self.fixes[part.fixes.clone()]
            .iter()
            .map(|(unit, fix)| FixRow::new(unit, fix))
            .collect();
        json.push_str(&serde_json::to_string(&rows).unwrap_or_default());
        json.push('}');
        json
    }
}

/// `"ambulance":{"id":{...},...},"team":{...}`
fn write_entities(json: &mut String, entities: &[Arc<Entity>]) {
    let mut kinds = 0;
    for kind in Kind::ALL {
        let mut of_kind = entities
            .iter()
            .filter(|entity| entity.kind() == *kind)
            .peekable();
        if of_kind.peek().is_none() {
            continue;
        }
        let comma = if kinds > 0 { "," } else { "" };
        kinds += 1;
        let _ = write!(json, "{comma}\"{}\":{{", kind.as_str());
        for (number, entity) in of_kind.enumerate() {
            let comma = if number > 0 { "," } else { "" };
            let body = serde_json::to_string(entity.as_ref()).unwrap_or_default();
            let _ = write!(json, "{comma}\"{}\":{body}", entity.id());
        }
        json.push('}');
    }
}

/// Cuts entities of these sizes, then fixes, into parts of about [`PART_BYTES`].
fn parts(sizes: impl Iterator<Item = usize>, fixes: usize) -> Vec<Part> {
    let mut parts = Vec::new();
    let (mut start, mut end, mut filled) = (0, 0, 0);
    for size in sizes {
        if filled + size > PART_BYTES && end > start {
            parts.push(Part {
                entities: start..end,
                fixes: 0..0,
            });
            (start, filled) = (end, 0);
        }
        end += 1;
        filled += size;
    }
    // The last part of entities takes as many fixes as still fit.
    let mut first = (PART_BYTES.saturating_sub(filled) / FIX_BYTES).min(fixes);
    parts.push(Part {
        entities: start..end,
        fixes: 0..first,
    });
    while first < fixes {
        let next = (first + PART_BYTES / FIX_BYTES).min(fixes);
        parts.push(Part {
            entities: end..end,
            fixes: first..next,
        });
        first = next;
    }
    parts
}

/// Bytes that an entity takes in a part: its JSON, its id as key, punctuation.
fn size(entity: &Entity) -> usize {
    struct Count(usize);
    impl std::io::Write for Count {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0 += bytes.len();
            Ok(bytes.len())
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }
    let mut count = Count(entity.id().as_str().len() + 4);
    // Counting cannot fail.
    let _ = serde_json::to_writer(&mut count, entity);
    count.0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(sizes: &[usize], fixes: usize) -> Vec<(Range<usize>, Range<usize>)> {
        parts(sizes.iter().copied(), fixes)
            .into_iter()
            .map(|part| (part.entities, part.fixes))
            .collect()
    }

    #[test]
    fn parts_are_full_but_never_overfull() {
        assert_eq!(cut(&[], 0), [(0..0, 0..0)]);
        assert_eq!(cut(&[10, 10], 3), [(0..2, 0..3)]);
        let half = PART_BYTES / 2;
        assert_eq!(cut(&[half, half, half], 0), [(0..2, 0..0), (2..3, 0..0)]);
        // A giant stands alone.
        assert_eq!(
            cut(&[1, PART_BYTES * 2, 1], 1),
            [(0..1, 0..0), (1..2, 0..0), (2..3, 0..1)]
        );
        // A full last part takes no fixes.
        let rows = PART_BYTES / FIX_BYTES;
        assert_eq!(
            cut(&[PART_BYTES], rows + 1),
            [(0..1, 0..0), (1..1, 0..rows), (1..1, rows..rows + 1)]
        );
    }

    #[test]
    fn every_item_is_in_exactly_one_part() {
        let sizes: Vec<_> = (0..5_000).map(|n| 200 + (n * 7_919) % 3_000).collect();
        let parts = cut(&sizes, 5_000);
        let entities: Vec<_> = parts
            .iter()
            .flat_map(|(entities, _)| entities.clone())
            .collect();
        let fixes: Vec<_> = parts.iter().flat_map(|(_, fixes)| fixes.clone()).collect();
        assert_eq!(entities, (0..5_000).collect::<Vec<_>>());
        assert_eq!(fixes, (0..5_000).collect::<Vec<_>>());
        for (entities, fixes) in parts {
            let bytes: usize = sizes[entities].iter().sum::<usize>() + fixes.len() * FIX_BYTES;
            assert!(bytes <= PART_BYTES);
        }
    }
}
