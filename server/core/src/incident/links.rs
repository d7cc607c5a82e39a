//! Which calls tell of which incident, and incidents that were opened twice.

use super::{
    IncidentStatus, LinkCall, MAX_CALLS, MergeIncidents, UnlinkCall,
    life::{close, linkable, next, no_open_assignment, open, put},
};
use crate::{
    Change, Entity, Rejection, RejectionCode, World,
    call::{self, linked},
    decide::Context,
};

pub(crate) fn link_call(
    world: &World,
    command: &LinkCall,
    context: &Context,
) -> Result<Vec<Change>, Rejection> {
    let call = call::handled(world, &command.call_id, context)?;
    let incident = open(world, &command.incident_id, context)?;
    if call.incident_id.as_ref() == Some(&command.incident_id) {
        return Ok(Vec::new());
    }
    linkable(call)?;
    let mut next = next(incident);
    next.call_ids.push(command.call_id.clone());
    bounded(next.call_ids.len())?;
    Ok(vec![
        put(next),
        linked(call, Some(command.incident_id.clone())),
    ])
}

fn bounded(calls: usize) -> Result<(), Rejection> {
    if calls <= MAX_CALLS {
        return Ok(());
    }
    let detail = format!("an incident has at most {MAX_CALLS} calls");
    Err(Rejection::new(RejectionCode::OutOfLimits, detail))
}

pub(crate) fn unlink_call(
    world: &World,
    command: &UnlinkCall,
    context: &Context,
) -> Result<Vec<Change>, Rejection> {
    let call = call::handled(world, &command.call_id, context)?;
    let Some(incident_id) = &call.incident_id else {
        return Ok(Vec::new());
    };
    let mut incident = next(open(world, incident_id, context)?);
    incident.call_ids.retain(|id| *id != command.call_id);
    Ok(vec![put(incident), linked(call, None)])
}

pub(crate) fn merge_incidents(
    world: &World,
    command: &MergeIncidents,
    context: &Context,
) -> Result<Vec<Change>, Rejection> {
    let from = open(world, &command.incident_id, context)?;
    let into = open(world, &command.into_incident_id, context)?;
    if command.incident_id == command.into_incident_id {
        return Err(Rejection::new(
            RejectionCode::OutOfLimits,
            "an incident is not merged into itself",
        ));
    }
    no_open_assignment(world, from)?;
    let (mut gone, mut standing) = (next(from), next(into));
    close(&mut gone, &call::word("merged"), context);
    gone.merged_into = Some(command.into_incident_id.clone());
    gone.merge_reason = Some(command.reason.clone());
    let calls = std::mem::take(&mut gone.call_ids);
    standing.call_ids.extend(calls.iter().cloned());
    bounded(standing.call_ids.len())?;
    debug_assert_eq!(gone.status, IncidentStatus::Closed);
    let moved = calls.iter().filter_map(|id| match world.get(id) {
        Some(Entity::Call(call)) => Some(linked(call, Some(command.into_incident_id.clone()))),
        _ => None,
    });
    let reservations = crate::unit::released(world, &command.incident_id);
    Ok([put(gone), put(standing)]
        .into_iter()
        .chain(moved)
        .chain(reservations)
        .collect())
}
