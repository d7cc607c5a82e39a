//! A world: one isolated operational picture, the fold of its journal. Cheap to clone; clones share what is equal.

use std::sync::Arc;

use imbl::OrdMap;

use crate::{
    Centre, Change, DivisionCode, Entity, EntityId, StateHash, Timestamp, WorldId,
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
                if let Entity::Jurisdiction(jurisdiction) = entity.as_ref() {
                    self.divisions
                        .insert(jurisdiction.spec.code, change.id.clone());
                }
                self.hash.add(entity);
                self.entities.insert(change.id.clone(), Arc::clone(entity))
            }
            None => self.entities.remove(&change.id),
        };
        if let (None, Some(Entity::Jurisdiction(gone))) = (&change.entity, old.as_deref()) {
            self.divisions.remove(&gone.spec.code);
        }
        if let Some(old) = old {
            self.hash.remove(&old);
        }
    }
}
