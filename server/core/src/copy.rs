//! Copies the registry of a world into a new drill; positions and open cases stay behind.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    Change, Entity, EntityId, Rejection, RejectionCode, World, WorldId,
    clock::Clock,
    text::Note,
    unit::{Duty, UnitStatus, with_duty},
    world::CLOCK_ID,
};

/// One part of a copy. The entities travel beside the command and are journaled once, as its changes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CopyRegistry {
    pub from: WorldId,
    pub from_seq: u64,
    /// 1-based.
    pub part: u32,
    pub parts: u32,
    #[serde(skip)]
    pub entities: Vec<Arc<Entity>>,
}

/// The parts into which a registry is cut, each small enough for one journal row.
pub const PART_SIZE: usize = 500;

pub(crate) fn copy_registry(
    world: &World,
    command: &CopyRegistry,
) -> Result<Vec<Change>, Rejection> {
    // A copy enters and never replaces, so no part can be taken in twice.
    if let Some(standing) = command.entities.iter().find_map(|e| world.get(e.id())) {
        let detail = format!("{} exists", standing.id());
        return Err(Rejection::new(RejectionCode::IdTaken, detail).blocked_by(standing));
    }
    Ok(command
        .entities
        .iter()
        .map(|entity| Change {
            kind: entity.kind(),
            id: entity.id().clone(),
            entity: Some(Arc::clone(entity)),
        })
        .collect())
}

/// The parts of a copy of everything that is not retired, with a clock for the drill in the first.
#[must_use]
pub fn parts_of<'a>(
    from: &WorldId,
    from_seq: u64,
    entities: impl Iterator<Item = &'a Arc<Entity>>,
    clock: Clock,
) -> Vec<CopyRegistry> {
    let open = entities.filter(|entity| belongs(entity)).map(idle);
    let all: Vec<_> = std::iter::once(Arc::new(Entity::Clock(clock)))
        .chain(open)
        .collect();
    let parts = u32::try_from(all.len().div_ceil(PART_SIZE)).unwrap_or(u32::MAX);
    all.chunks(PART_SIZE)
        .zip(1..)
        .map(|(chunk, part)| CopyRegistry {
            from: from.clone(),
            from_seq,
            part,
            parts,
            entities: chunk.to_vec(),
        })
        .collect()
}

/// What a drill takes over: the registry and who is on duty; open cases stay behind.
fn belongs(entity: &Entity) -> bool {
    match entity {
        Entity::Clock(_) => false,
        Entity::Shift(shift) => shift.ended_at.is_none(),
        other => !other.header().retired && !other.kind().is_archived(),
    }
}

/// A unit without the case it is bound by in the world it comes from.
fn idle(entity: &Arc<Entity>) -> Arc<Entity> {
    let Some(duty) = entity.duty() else {
        return Arc::clone(entity);
    };
    if duty.assignment_id.is_none() && duty.reserved_for.is_none() {
        return Arc::clone(entity);
    }
    let status = if duty.status.is_derived() || duty.assignment_id.is_some() {
        UnitStatus::Available
    } else {
        duty.status
    };
    let shift_id = duty.shift_id.clone();
    let next = Duty {
        shift_id,
        ..Duty::new(status, duty.status_since, Note::default())
    };
    Arc::new(with_duty(entity, next))
}

/// Id of the clock entity.
#[must_use]
pub fn clock_id() -> EntityId {
    EntityId::new(CLOCK_ID).expect("the clock id is legal")
}
