//! Handovers 交接班: one dispatcher gives his desk to another, with everything that is open on it.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    Change, Entity, EntityId, Header, Kind, Rejection, RejectionCode, Timestamp, World,
    decide::Context,
    incident,
    text::{Name, Note},
};

/// Most incidents of one desk.
pub const MAX_INCIDENTS: usize = 1_000;

/// 交接班
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Handover {
    #[serde(flatten)]
    pub header: Header,
    #[schema(value_type = String)]
    pub from: Name,
    #[schema(value_type = String)]
    pub to: Name,
    /// Incidents that were open at the desk.
    pub incident_ids: Vec<EntityId>,
    #[schema(value_type = String)]
    pub note: Note,
    #[schema(value_type = String, format = DateTime)]
    pub offered_at: Timestamp,
    #[schema(value_type = Option<String>, format = DateTime)]
    pub accepted_at: Option<Timestamp>,
}

/// Offers one's desk to another dispatcher.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct HandOver {
    /// User name of the one who takes over.
    #[schema(value_type = String)]
    pub to: Name,
    #[serde(default)]
    #[schema(value_type = String)]
    pub note: Note,
}

/// Takes over a desk: its open incidents come to one's own.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AcceptHandover {
    pub handover_id: EntityId,
}

pub(crate) fn hand_over(
    world: &World,
    command: &HandOver,
    context: &Context,
) -> Result<Vec<Change>, Rejection> {
    let from = &context.actor.name;
    if names(&command.to, from) {
        let detail = "a desk is handed to somebody else";
        return Err(Rejection::new(RejectionCode::OutOfLimits, detail));
    }
    let incident_ids: Vec<_> = open_at_desk(world, from)
        .map(|i| i.header.id.clone())
        .collect();
    if incident_ids.len() > MAX_INCIDENTS {
        let detail = format!("a desk has at most {MAX_INCIDENTS} incidents");
        return Err(Rejection::new(RejectionCode::OutOfLimits, detail));
    }
    let id = context.new_id(world, None)?;
    let handover = Handover {
        header: context.new_header(world, id, context.actor.jurisdiction),
        from: from.clone(),
        to: command.to.clone(),
        incident_ids,
        note: command.note.clone(),
        offered_at: context.at,
        accepted_at: None,
    };
    Ok(vec![Change::put(Entity::Handover(handover))])
}

/// Whether a word names an actor: as the record does (`user:zhangmin`), or as people do (`zhangmin`).
fn names(word: &Name, actor: &Name) -> bool {
    word == actor || actor.as_str().strip_prefix("user:") == Some(word.as_str())
}

fn open_at_desk<'w>(world: &'w World, desk: &Name) -> impl Iterator<Item = &'w incident::Incident> {
    let desk = desk.clone();
    world
        .of_kind(Kind::Incident)
        .filter_map(move |entity| match entity {
            Entity::Incident(i)
                if i.attended_by.as_ref() == Some(&desk)
                    && i.status != incident::IncidentStatus::Closed =>
            {
                Some(i)
            }
            _ => None,
        })
}

pub(crate) fn accept_handover(
    world: &World,
    command: &AcceptHandover,
    context: &Context,
) -> Result<Vec<Change>, Rejection> {
    let entity = context.seen(world, &command.handover_id)?;
    let Entity::Handover(handover) = entity else {
        let detail = format!("{} is not a handover", command.handover_id);
        return Err(Rejection::new(RejectionCode::WrongKind, detail));
    };
    if !names(&handover.to, &context.actor.name) {
        let detail = format!("the desk is handed to {}", handover.to);
        return Err(Rejection::new(RejectionCode::NotYourDesk, detail));
    }
    if handover.accepted_at.is_some() {
        return Ok(Vec::new());
    }
    let mut next = handover.clone();
    next.header.version += 1;
    next.accepted_at = Some(context.at);
    // What is open now, not what was open then: nothing that came in between is left behind.
    let mut changes = vec![Change::put(Entity::Handover(next))];
    for incident in open_at_desk(world, &handover.from) {
        if context
            .inside(world, &Entity::Incident(incident.clone()))
            .is_ok()
        {
            let mut next = incident::next(incident);
            next.attended_by = Some(context.actor.name.clone());
            changes.push(incident::put(next));
        }
    }
    Ok(changes)
}
