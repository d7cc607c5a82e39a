//! Deadlines: what happens by itself when its time has come. Any server may act on one; the second finds nothing to do.

use chrono::Duration;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    Change, Entity, EntityId, Kind, Rejection, Timestamp, World,
    assignment::{self, ACKNOWLEDGE_WITHIN_S, Stage},
    call::{Call, CallStatus},
    decide::Context,
    incident::{self, ARCHIVE_AFTER_H, Incident, IncidentStatus},
    mark,
    shift::{self, Shift},
    unit,
};

/// Something of an entity has become due (by the program only).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MeetDeadline {
    pub entity_id: EntityId,
    #[schema(value_type = String, format = DateTime)]
    pub due: Timestamp,
}

impl Entity {
    /// When something about it becomes due by itself.
    #[must_use]
    pub fn deadline(&self) -> Option<Timestamp> {
        match self {
            Self::Call(call) => call_due(call),
            Self::Incident(incident) => incident_due(incident),
            Self::Assignment(a) if a.status == Stage::Assigned && a.escalated_at.is_none() => {
                Some(a.assigned_at + Duration::seconds(ACKNOWLEDGE_WITHIN_S))
            }
            Self::Shift(shift) => match shift.ended_at {
                Some(ended) => Some(ended + Duration::hours(ARCHIVE_AFTER_H)),
                None => shift.ends_at.filter(|_| !shift.overtime),
            },
            Self::Handover(h) => Some(h.offered_at + Duration::hours(ARCHIVE_AFTER_H)),
            Self::Mark(mark) => match mark.ended_at {
                Some(ended) => Some(ended + Duration::hours(ARCHIVE_AFTER_H)),
                None => mark.valid_until,
            },
            _ => self.duty().and_then(|duty| duty.reserved_until),
        }
    }
}

/// A call of an incident leaves with it.
fn call_due(call: &Call) -> Option<Timestamp> {
    let ended = match call.status {
        CallStatus::Ended => call.call_taking_ended_at,
        CallStatus::Abandoned => call.abandoned_at,
        _ => None,
    };
    ended
        .filter(|_| call.incident_id.is_none())
        .map(|at| at + Duration::hours(ARCHIVE_AFTER_H))
}

fn incident_due(incident: &Incident) -> Option<Timestamp> {
    match incident.status {
        IncidentStatus::Open => None,
        IncidentStatus::Held => incident.held_until,
        IncidentStatus::Closed => incident
            .closed_at
            .map(|at| at + Duration::hours(ARCHIVE_AFTER_H)),
    }
}

pub(crate) fn meet_deadline(
    world: &World,
    command: &MeetDeadline,
    context: &Context,
) -> Result<Vec<Change>, Rejection> {
    let Some(entity) = world.get(&command.entity_id) else {
        return Ok(Vec::new());
    };
    if entity.deadline().is_none_or(|due| due > context.at) {
        return Ok(Vec::new());
    }
    Ok(match entity {
        Entity::Incident(incident) if incident.status == IncidentStatus::Held => {
            let mut next = incident::next(incident);
            incident::resume(&mut next, context);
            vec![incident::put(next)]
        }
        Entity::Incident(incident) => archived(world, incident),
        Entity::Assignment(assignment) => vec![assignment::escalate(assignment, context)],
        Entity::Shift(shift) if shift.ended_at.is_none() => shift_over(world, shift, context),
        Entity::Mark(mark) if mark.ended_at.is_none() => {
            mark::ended(mark, context).into_iter().collect()
        }
        Entity::Call(_) | Entity::Shift(_) | Entity::Handover(_) | Entity::Mark(_) => {
            vec![Change::remove(entity)]
        }
        unit => unit::release(unit).into_iter().collect(),
    })
}

/// A shift whose end has come: over, unless the unit is assigned.
fn shift_over(world: &World, shift: &Shift, context: &Context) -> Vec<Change> {
    let unit = world.get(&shift.unit_id);
    let assigned = unit
        .and_then(Entity::duty)
        .is_some_and(|duty| duty.assignment_id.is_some());
    match unit {
        Some(unit) if !assigned => shift::relieved(unit, &Entity::Shift(shift.clone()), context),
        _ => {
            let mut next = shift.clone();
            next.header.version += 1;
            next.overtime = true;
            vec![Change::put(Entity::Shift(next))]
        }
    }
}

/// An ended case leaves memory as a whole: the incident, its calls, assignments and care records.
fn archived(world: &World, incident: &Incident) -> Vec<Change> {
    let cases = incident.assignment_ids.iter().chain(&incident.call_ids);
    let mut leaving: Vec<&Entity> = cases.filter_map(|id| world.get(id)).collect();
    let records = leaving
        .clone()
        .into_iter()
        .filter_map(|entity| match entity {
            Entity::Assignment(a) => a.care_record_id.as_ref().and_then(|id| world.get(id)),
            _ => None,
        });
    leaving.extend(records.collect::<Vec<_>>());
    leaving.extend(world.get(&incident.header.id));
    leaving.into_iter().map(Change::remove).collect()
}

impl Kind {
    /// Kinds whose ended entities leave memory while their rows stay.
    #[must_use]
    pub fn is_archived(self) -> bool {
        matches!(
            self,
            Self::Call
                | Self::Incident
                | Self::Assignment
                | Self::Shift
                | Self::CareRecord
                | Self::Handover
                | Self::Mark
        )
    }
}
