//! The in-memory picture of one world: its entities, where they are now, and the answers that screens ask for.

mod feature;
mod filter;
mod fix;
mod query;

pub use feature::{ETA_BASIS_STRAIGHT, Extra, eta_s, write_feature};
pub use filter::Filter;
pub use fix::Fix;
pub use query::{Page, Summary};

use std::{collections::HashMap, sync::Arc};

use chiyuan_core::{Entity, EntityId, Point, Timestamp, World};
use chiyuan_geo::{LonLat, SpatialIndex};

use crate::executor::Committed;

/// Number of a place in the picture; stable while the entity is placed.
pub type SlotId = u32;

/// One placed entity with what queries need at hand.
#[derive(Debug, Clone)]
pub struct Slot {
    pub entity: Arc<Entity>,
    pub position: LonLat,
    pub fix: Option<Arc<Fix>>,
    /// The part of its feature that only changes with the entity, as JSON text.
    fragment: Box<str>,
}

/// World, spatial index and latest fixes, always of one moment.
pub struct Picture {
    world: World,
    index: SpatialIndex<SlotId>,
    slots: Vec<Option<Slot>>,
    free: Vec<SlotId>,
    by_id: HashMap<EntityId, SlotId>,
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
            free: Vec::new(),
            by_id: HashMap::new(),
            fixes,
        };
        let mut placed = Vec::new();
        for entity in world.entities() {
            if let Some(slot) = picture.slot_of(entity) {
                let position = slot.position;
                let number = picture.take_number(slot);
                picture.by_id.insert(entity.id().clone(), number);
                placed.push((number, position));
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
        self.by_id.get(id).and_then(|number| self.at(*number))
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
        if let Some(number) = self.by_id.get(unit).copied()
            && let Some(Some(slot)) = self.slots.get_mut(number as usize)
        {
            slot.position = fix.position;
            slot.fix = Some(Arc::clone(&fix));
            self.index.insert(number, fix.position);
        }
        self.fixes.insert(unit.clone(), fix);
        true
    }

    /// World time at a moment of real time.
    #[must_use]
    pub fn now(&self, real: Timestamp) -> Timestamp {
        match self.world.clock() {
            Some(Entity::Clock(clock)) => clock.at(real).max(self.world.at()),
            _ => real,
        }
    }

    fn at(&self, number: SlotId) -> Option<&Slot> {
        self.slots.get(number as usize).and_then(Option::as_ref)
    }

    fn place(&mut self, entity: &Arc<Entity>) {
        let Some(slot) = self.slot_of(entity) else {
            return self.unplace(entity.id());
        };
        let position = slot.position;
        let number = match self.by_id.get(entity.id()).copied() {
            Some(number) => {
                self.slots[number as usize] = Some(slot);
                number
            }
            None => {
                let number = self.take_number(slot);
                self.by_id.insert(entity.id().clone(), number);
                number
            }
        };
        if self.index.get(&number) != Some(position) {
            self.index.insert(number, position);
        }
    }

    fn unplace(&mut self, id: &EntityId) {
        if let Some(number) = self.by_id.remove(id) {
            self.index.remove(&number);
            self.slots[number as usize] = None;
            self.free.push(number);
        }
    }

    fn take_number(&mut self, slot: Slot) -> SlotId {
        if let Some(number) = self.free.pop() {
            self.slots[number as usize] = Some(slot);
            return number;
        }
        self.slots.push(Some(slot));
        SlotId::try_from(self.slots.len() - 1).expect("a world holds far fewer than 2^32 entities")
    }

    /// Its slot, if it stands on the map: placed, and not retired.
    fn slot_of(&self, entity: &Arc<Entity>) -> Option<Slot> {
        let placed = entity.kind().is_placed() && !entity.header().retired;
        let point = entity.point().filter(|_| placed)?;
        let fix = self
            .fixes
            .get(entity.id())
            .filter(|_| entity.kind().is_unit())
            .cloned();
        let position = fix
            .as_ref()
            .map_or_else(|| lon_lat(point), |fix| fix.position);
        Some(Slot {
            fragment: feature::fragment(entity),
            entity: Arc::clone(entity),
            position,
            fix,
        })
    }
}

/// A checked point of the rules as a checked coordinate of the index.
#[must_use]
pub fn lon_lat(point: Point) -> LonLat {
    LonLat::new(point.lon(), point.lat()).expect("both types accept the same coordinates")
}
