//! A world: one isolated operational picture, the fold of its journal. Cheap to clone; clones share what is equal.

use std::sync::Arc;

use imbl::{OrdMap, OrdSet};

use crate::{
    Centre, Change, DivisionCode, Entity, EntityId, Kind, StateHash, Timestamp, WorldId,
    place::Jurisdiction,
};

/// Id of the clock entity of a drill.
pub const CLOCK_ID: &str = "clock";

/// All entities of one world at one `seq`.
#[derive(Debug, Clone, PartialEq)]
pub struct World {
    id: WorldId,
    seq: u64,
    at: Timestamp,
    entities: OrdMap<EntityId, Arc<Entity>>,
    divisions: OrdMap<DivisionCode, EntityId>,
    kinds: OrdSet<(Kind, EntityId)>,
    deadlines: OrdSet<(Timestamp, EntityId)>,
    hash: StateHash,
}

impl World {
    /// An empty world before its first command.
    #[must_use]
    pub fn new(id: WorldId) -> Self {
        Self {
            id,
            seq: 0,
            at: Timestamp::UNIX_EPOCH,
            entities: OrdMap::new(),
            divisions: OrdMap::new(),
            kinds: OrdSet::new(),
            deadlines: OrdSet::new(),
            hash: StateHash::default(),
        }
    }

    /// A world from its open rows at one seq.
    #[must_use]
    pub fn load(
        id: WorldId,
        seq: u64,
        at: Timestamp,
        entities: impl IntoIterator<Item = Arc<Entity>>,
    ) -> Self {
        let mut world = Self::new(id);
        for entity in entities {
            let (kind, id) = (entity.kind(), entity.id().clone());
            world.apply_change(&Change {
                kind,
                id,
                entity: Some(entity),
            });
        }
        world.seq = seq;
        world.at = at;
        world
    }

    /// Its id.
    #[must_use]
    pub fn id(&self) -> &WorldId {
        &self.id
    }

    /// Number of the last command that changed it.
    #[must_use]
    pub fn seq(&self) -> u64 {
        self.seq
    }

    /// World time of the last command.
    #[must_use]
    pub fn at(&self) -> Timestamp {
        self.at
    }

    /// The state hash.
    #[must_use]
    pub fn hash(&self) -> &StateHash {
        &self.hash
    }

    /// An entity by id.
    #[must_use]
    pub fn get(&self, id: &EntityId) -> Option<&Entity> {
        self.entities.get(id).map(AsRef::as_ref)
    }

    /// An entity by id, shared.
    #[must_use]
    pub fn shared(&self, id: &EntityId) -> Option<Arc<Entity>> {
        self.entities.get(id).cloned()
    }

    /// All entities in the order of their ids.
    pub fn entities(&self) -> impl Iterator<Item = &Arc<Entity>> {
        self.entities.values()
    }

    /// Entities with ids after `after`, in order.
    pub fn entities_after(&self, after: Option<&EntityId>) -> impl Iterator<Item = &Arc<Entity>> {
        use std::ops::Bound::{Excluded, Unbounded};
        let start = after.map_or(Unbounded, |id| Excluded(id.clone()));
        self.entities
            .range((start, Unbounded))
            .map(|(_, entity)| entity)
    }

    /// Entities of one kind, in the order of their ids.
    pub fn of_kind(&self, kind: Kind) -> impl Iterator<Item = &Entity> {
        let start = EntityId::first();
        self.kinds
            .range((kind, start)..)
            .take_while(move |(other, _)| *other == kind)
            .filter_map(|(_, id)| self.get(id))
    }

    /// Entities that something becomes due for by itself, the earliest first.
    pub fn with_deadline(&self) -> impl Iterator<Item = &Entity> {
        self.deadlines.iter().filter_map(|(_, id)| self.get(id))
    }

    /// What becomes due next, and for which entity; nothing in a drill that is finished.
    #[must_use]
    pub fn next_deadline(&self) -> Option<&(Timestamp, EntityId)> {
        self.deadlines.get_min().filter(|_| !self.is_finished())
    }

    /// How many entities it holds.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entities.len()
    }

    /// Whether it holds nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entities.is_empty()
    }

    /// The jurisdiction with this code.
    #[must_use]
    pub fn jurisdiction(&self, code: DivisionCode) -> Option<&Jurisdiction> {
        match self.get(self.divisions.get(&code)?)? {
            Entity::Jurisdiction(jurisdiction) => Some(jurisdiction),
            _ => None,
        }
    }

    /// The command centre that a jurisdiction belongs to: its city, or itself.
    #[must_use]
    pub fn centre_of(&self, code: DivisionCode) -> Option<Centre> {
        self.jurisdiction(code)
            .map(|jurisdiction| jurisdiction.header.centre)
    }

    /// Whether `code` is `scope` or a county of it.
    #[must_use]
    pub fn covers(&self, scope: DivisionCode, code: DivisionCode) -> bool {
        scope == code
            || self
                .jurisdiction(code)
                .is_some_and(|j| j.spec.parent == Some(scope))
    }

    /// The drill clock, if the world has one.
    #[must_use]
    pub fn clock(&self) -> Option<&Entity> {
        self.entities.get(CLOCK_ID).map(AsRef::as_ref)
    }

    /// Whether it is a drill that has ended and takes no more commands.
    #[must_use]
    pub fn is_finished(&self) -> bool {
        matches!(self.clock(), Some(Entity::Clock(clock)) if clock.finished)
    }

    /// Applies the changes of one command: plain replacement.
    pub fn apply(&mut self, seq: u64, at: Timestamp, changes: &[Change]) {
        for change in changes {
            self.apply_change(change);
        }
        self.seq = seq;
        self.at = at;
    }

    fn apply_change(&mut self, change: &Change) {
        let old = match &change.entity {
            Some(entity) => {
                self.index(entity);
                self.entities.insert(change.id.clone(), Arc::clone(entity))
            }
            None => self.entities.remove(&change.id),
        };
        let Some(old) = old else { return };
        self.hash.remove(&old);
        let deadline = |entity: &Entity| entity.deadline();
        let due = deadline(&old);
        if due != change.entity.as_deref().and_then(deadline)
            && let Some(due) = due
        {
            self.deadlines.remove(&(due, change.id.clone()));
        }
        if change.entity.is_none() {
            self.kinds.remove(&(old.kind(), change.id.clone()));
            if let Entity::Jurisdiction(gone) = old.as_ref() {
                self.divisions.remove(&gone.spec.code);
            }
        }
    }

    fn index(&mut self, entity: &Entity) {
        let id = entity.id();
        if let Entity::Jurisdiction(jurisdiction) = entity {
            self.divisions.insert(jurisdiction.spec.code, id.clone());
        }
        if let Some(due) = entity.deadline() {
            self.deadlines.insert((due, id.clone()));
        }
        self.kinds.insert((entity.kind(), id.clone()));
        self.hash.add(entity);
    }
}
