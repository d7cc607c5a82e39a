//! The in-memory picture of one world: its entities, where they are now, and the answers that screens ask for.

mod feature;
mod filter;
mod fix;
mod query;

pub use feature::{ETA_BASIS_STRAIGHT, Extra, eta_s, write_feature};
pub use filter::Filter;
pub use fix::Fix;
pub use query::{Page, Question, Ranked, Ranking, Summary};

use std::{collections::HashMap, sync::Arc};

use chiyuan_core::{Entity, EntityId, Kind, Point, Timestamp, World};
use chiyuan_geo::{LonLat, SpatialIndex};

use crate::executor::Committed;

/// Number of a place in the picture; stable while the entity is placed.
pub type SlotId = u32;

/// What the index keeps for a place: its number, and its kind, by which most of what is not asked for is refused
/// without a look at the place itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Key {
    number: SlotId,
    kind: Kind,
}

/// One placed entity with what queries need at hand, in one line of memory.
#[derive(Debug, Clone)]
#[repr(align(64))]
pub struct Slot {
    pub entity: Arc<Entity>,
    pub position: LonLat,
    pub fix: Option<Arc<Fix>>,
    text: feature::Text,
}

/// World, spatial index and latest fixes, always of one moment.
pub struct Picture {
    world: World,
    index: SpatialIndex<Key>,
    slots: Vec<Option<Slot>>,
    /// Who stands in each slot: side by side, for answers that tell no more.
    ids: Vec<EntityId>,
    free: Vec<SlotId>,
    by_id: HashMap<EntityId, Key>,
    /// The world's clock, if it is a drill.
    clock: Option<Arc<Entity>>,
    /// Latest fix of every unit, also of units that are not placed (yet).
    fixes: HashMap<EntityId, Arc<Fix>>,
}

impl Picture {
    /// The picture of a world, with the latest fixes.
    #[must_use]
    pub fn new(world: World, fixes: HashMap<EntityId, Arc<Fix>>) -> Self {
        let mut picture = Self {
            world: World::new(world.id().clone()),
            index: SpatialIndex::new(),
            slots: Vec::new(),
            ids: Vec::new(),
            free: Vec::new(),
            by_id: HashMap::new(),
            clock: world.clock().map(|clock| Arc::new(clock.clone())),
            fixes,
        };
        // Neighbours get neighbouring places in memory, since they are asked for together.
        let mut entities: Vec<_> = world.entities().collect();
        entities.sort_by_cached_key(|entity| picture.position_of(entity).map(curve));
        let mut placed = Vec::with_capacity(entities.len());
        for entity in entities {
            if let Some(slot) = picture.slot_of(entity) {
                let position = slot.position;
                let key = picture.take_number(slot);
                picture.by_id.insert(entity.id().clone(), key);
                placed.push((key, position));
            }
        }
        picture.index = SpatialIndex::bulk(placed);
        picture.world = world;
        picture
    }

    /// The entities.
    #[must_use]
    pub fn world(&self) -> &World {
        &self.world
    }

    /// Latest fix of every unit.
    #[must_use]
    pub fn fixes(&self) -> &HashMap<EntityId, Arc<Fix>> {
        &self.fixes
    }

    /// A placed entity.
    #[must_use]
    pub fn slot(&self, id: &EntityId) -> Option<&Slot> {
        self.by_id.get(id).and_then(|key| self.at(*key))
    }

    /// Placed entities that pass, by distance, at most `limit`; with their distances in metres.
    #[must_use]
    pub fn nearest_slots(
        &self,
        from: LonLat,
        limit: usize,
        max_distance_m: Option<f64>,
        accept: impl Fn(&Slot) -> bool,
    ) -> Vec<(&Slot, f64)> {
        let accepts = |number| self.at(number).is_some_and(&accept);
        let hits = self.index.nearest(from, limit, max_distance_m, accepts);
        let slots = hits
            .iter()
            .filter_map(|hit| Some((self.at(hit.key)?, hit.distance_m)));
        slots.collect()
    }

    /// How many entities stand in the spatial index.
    #[must_use]
    pub fn placed(&self) -> usize {
        self.index.len()
    }

    /// Takes in what was committed.
    pub fn apply(&mut self, committed: &Committed) {
        self.world
            .apply(committed.seq, committed.at, &committed.changes);
        for change in &committed.changes {
            if change.kind == Kind::Clock {
                self.clock = change.entity.clone();
            }
            match self.world.shared(&change.id) {
                Some(entity) => self.place(&entity),
                None => self.unplace(&change.id),
            }
        }
    }

    /// Moves a unit; false if its present fix is not older.
    pub fn take_fix(&mut self, unit: &EntityId, fix: Arc<Fix>) -> bool {
        if self
            .fixes
            .get(unit)
            .is_some_and(|present| present.at >= fix.at)
        {
            return false;
        }
        if let Some(key) = self.by_id.get(unit).copied()
            && let Some(Some(slot)) = self.slots.get_mut(key.number as usize)
        {
            slot.position = fix.position;
            slot.fix = Some(Arc::clone(&fix));
            slot.text.place(key.kind, fix.position, Some(&fix));
            self.index.insert(key, fix.position);
        }
        self.fixes.insert(unit.clone(), fix);
        true
    }

    /// World time at a moment of real time.
    #[must_use]
    pub fn now(&self, real: Timestamp) -> Timestamp {
        match self.clock.as_deref() {
            Some(Entity::Clock(clock)) => clock.at(real).max(self.world.at()),
            _ => real,
        }
    }

    fn at(&self, key: Key) -> Option<&Slot> {
        self.slots.get(key.number as usize).and_then(Option::as_ref)
    }

    fn place(&mut self, entity: &Arc<Entity>) {
        let Some(slot) = self.slot_of(entity) else {
            return self.unplace(entity.id());
        };
        let position = slot.position;
        let key = match self.by_id.get(entity.id()).copied() {
            Some(key) => {
                self.slots[key.number as usize] = Some(slot);
                key
            }
            None => {
                let key = self.take_number(slot);
                self.by_id.insert(entity.id().clone(), key);
                key
            }
        };
        if self.index.get(&key) != Some(position) {
            self.index.insert(key, position);
        }
    }

    fn unplace(&mut self, id: &EntityId) {
        if let Some(key) = self.by_id.remove(id) {
            self.index.remove(&key);
            self.slots[key.number as usize] = None;
            self.free.push(key.number);
        }
    }

    fn take_number(&mut self, slot: Slot) -> Key {
        let kind = slot.entity.kind();
        let number = self.free.pop().unwrap_or_else(|| {
            self.slots.push(None);
            self.ids.push(slot.entity.id().clone());
            SlotId::try_from(self.slots.len() - 1)
                .expect("a world holds far fewer than 2^32 entities")
        });
        self.ids[number as usize] = slot.entity.id().clone();
        self.slots[number as usize] = Some(slot);
        Key { number, kind }
    }

    /// Its slot, if it stands on the map.
    fn slot_of(&self, entity: &Arc<Entity>) -> Option<Slot> {
        let position = self.position_of(entity)?;
        let fix = self.fix_of(entity).cloned();
        Some(Slot {
            text: feature::Text::of(entity, position, fix.as_deref()),
            entity: Arc::clone(entity),
            position,
            fix,
        })
    }

    /// Where it stands on the map: placed, and not retired.
    fn position_of(&self, entity: &Entity) -> Option<LonLat> {
        let placed = entity.kind().is_placed() && !entity.header().retired;
        let point = entity.point().filter(|_| placed)?;
        let fix = self.fix_of(entity);
        Some(fix.map_or_else(|| lon_lat(point), |fix| fix.position))
    }

    fn fix_of(&self, entity: &Entity) -> Option<&Arc<Fix>> {
        let is_unit = entity.kind().is_unit();
        self.fixes.get(entity.id()).filter(|_| is_unit)
    }
}

/// Where a point lies on a curve through all places that keeps near ones together: the bits of both degrees in turn.
fn curve(at: LonLat) -> u64 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "degrees are in range, and half a metre is fine enough"
    )]
    let steps = |degrees: f64, least: f64| ((degrees - least) * 1e6) as u64;
    let (x, y) = (steps(at.lon(), -180.0), steps(at.lat(), -90.0));
    (0..32).fold(0, |curve, bit| {
        curve | (x >> bit & 1) << (2 * bit) | (y >> bit & 1) << (2 * bit + 1)
    })
}

/// A checked point of the rules as a checked coordinate of the index.
#[must_use]
pub fn lon_lat(point: Point) -> LonLat {
    LonLat::new(point.lon(), point.lat()).expect("both types accept the same coordinates")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_one_line_of_memory() {
        assert_eq!(size_of::<Option<Slot>>(), 64);
    }
}
