//! Reservations 预留: a unit waits for an incident until a moment.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Duty, with_duty};
use crate::{
    Change, Entity, EntityId, Rejection, RejectionCode, Timestamp, World, decide::Context, millis,
};

/// 预留: keeps a unit for an incident until a moment (with no incident: lets it go).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReserveUnit {
    pub unit_id: EntityId,
    #[serde(default)]
    pub incident_id: Option<EntityId>,
    /// Left out: ten minutes from now.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub until: Option<Timestamp>,
}

/// How long a unit is kept unless told otherwise, and at most, minutes.
const RESERVE_MIN: i64 = 10;
const MAX_RESERVE_MIN: i64 = 24 * 60;

pub(crate) fn reserve_unit(
    world: &World,
    command: &ReserveUnit,
    context: &Context,
) -> Result<Vec<Change>, Rejection> {
    let entity = context.commanded(world, &command.unit_id)?;
    let Some(incident_id) = &command.incident_id else {
        return Ok(release(entity).into_iter().collect());
    };
    let incident = crate::incident::open(world, incident_id, context)?;
    let unit = crate::assignment::sendable(world, &command.unit_id, incident_id, context)?;
    let Some(duty) = unit.duty() else {
        return Ok(Vec::new());
    };
    let minutes = chrono::Duration::minutes;
    let until = command
        .until
        .map_or(context.at + minutes(RESERVE_MIN), millis);
    if until <= context.at || until > context.at + minutes(MAX_RESERVE_MIN) {
        let detail = format!("a unit is reserved for at most {MAX_RESERVE_MIN} minutes");
        return Err(Rejection::new(RejectionCode::TimeOutOfOrder, detail));
    }
    let next = Duty {
        reserved_for: Some(incident.header.id.clone()),
        reserved_until: Some(until),
        ..duty.clone()
    };
    if next == *duty {
        return Ok(Vec::new());
    }
    Ok(vec![Change::put(with_duty(unit, next))])
}

/// A unit without its reservation; none if it has none.
pub(crate) fn release(unit: &Entity) -> Option<Change> {
    let duty = unit.duty().filter(|duty| duty.reserved_for.is_some())?;
    let next = Duty {
        reserved_for: None,
        reserved_until: None,
        ..duty.clone()
    };
    Some(Change::put(with_duty(unit, next)))
}

/// Units that were reserved for an incident that has ended.
pub(crate) fn released(world: &World, incident_id: &EntityId) -> Vec<Change> {
    // A reservation ends by itself, so every reserved unit has a deadline.
    let reserved = world.with_deadline().filter(|entity| {
        entity
            .duty()
            .is_some_and(|duty| duty.reserved_for.as_ref() == Some(incident_id))
    });
    reserved.filter_map(release).collect()
}
