//! Changes: the full new version of one entity, or its removal.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{Entity, EntityId, Kind};

/// What a decision does to one entity; applying it is plain replacement.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Change {
    pub kind: Kind,
    pub id: EntityId,
    /// The entity as it is from now on; none removes it.
    pub entity: Option<Arc<Entity>>,
}

impl Change {
    /// The entity as it is from now on.
    #[must_use]
    pub fn put(entity: Entity) -> Self {
        Self {
            kind: entity.kind(),
            id: entity.id().clone(),
            entity: Some(Arc::new(entity)),
        }
    }

    /// The entity leaves.
    #[must_use]
    pub fn remove(entity: &Entity) -> Self {
        Self {
            kind: entity.kind(),
            id: entity.id().clone(),
            entity: None,
        }
    }
}
