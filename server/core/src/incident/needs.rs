//! Needs 需求: what is wanted at an incident, each with a short id that is never given twice.

use super::{Incident, MAX_COUNT, MAX_NEEDS, Need, Wanted};
use crate::{Entity, Kind, Rejection, RejectionCode, World, call, unit::AmbulanceClass};

/// What is sent unless something else is wanted: one ambulance, of negative pressure for what is infectious.
pub(super) fn usual(infectious: bool) -> Vec<Wanted> {
    let class = infectious.then_some(AmbulanceClass::C);
    vec![Wanted {
        kind: Kind::Ambulance,
        class,
        capability: None,
        count: 1,
    }]
}

/// The highest number that a need has or had, as far as a unit was sent for it.
pub(super) fn last_id(world: &World, incident: &Incident) -> u32 {
    let sent = incident.assignment_ids.iter();
    let filled = sent.filter_map(|id| match world.get(id) {
        Some(Entity::Assignment(assignment)) => assignment.need_id.as_ref(),
        _ => None,
    });
    let ids = incident.needs.iter().map(|need| &need.id).chain(filled);
    let numbers = ids.filter_map(|id| id.as_str().get(1..)?.parse().ok());
    numbers.max().unwrap_or(0)
}

/// Gives ids to needs; a need that stood before keeps its id, new ones follow after `last`.
pub(super) fn numbered(
    standing: &[Need],
    mut last: u32,
    wanted: Vec<Wanted>,
) -> Result<Vec<Need>, Rejection> {
    let refuse = |detail: &str| Err(Rejection::new(RejectionCode::OutOfLimits, detail));
    if wanted.len() > MAX_NEEDS {
        return refuse("an incident has at most 50 needs");
    }
    let mut free: Vec<&Need> = standing.iter().collect();
    let mut needs = Vec::with_capacity(wanted.len());
    for wanted in wanted {
        if !wanted.kind.is_unit() || (wanted.class.is_some() && wanted.kind != Kind::Ambulance) {
            return refuse("a need names a kind of unit, and a class for ambulances only");
        }
        if wanted.count == 0 || wanted.count > MAX_COUNT {
            return refuse("a need wants 1 to 100000 units");
        }
        let same = |need: &&Need| {
            Wanted {
                count: wanted.count,
                ..need.wanted.clone()
            } == wanted
        };
        let id = if let Some(at) = free.iter().position(same) {
            free.remove(at).id.clone()
        } else {
            last += 1;
            call::word(&format!("n{last}"))
        };
        needs.push(Need { id, wanted });
    }
    Ok(needs)
}
