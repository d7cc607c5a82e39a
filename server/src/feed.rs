//! The live feed of a world: snapshot, changes in strict order, fixes, checkpoints.

pub mod scope;

use std::sync::Arc;

use chiyuan_core::{Entity, EntityId};

use crate::{
    executor::Committed,
    picture::{Fix, Picture},
};

/// Distributes what happens in one world to its subscribers.
pub struct Hub {}

impl Hub {
    /// A hub of a world at a seq.
    #[must_use]
    pub fn new(_seq: u64) -> Self {
        Self {}
    }

    /// Takes in a committed command; `before` are the entities as they were, in the order of the changes.
    pub fn publish(&self, _committed: &Committed, _before: &[Option<Arc<Entity>>]) {}

    /// Takes in fixes that moved units.
    pub fn publish_fixes(&self, _picture: &Picture, _moved: &[(EntityId, Arc<Fix>)]) {}

    /// The world was replaced: every subscriber starts over.
    pub fn reset(&self, _seq: u64) {}
}
