//! Which unit to send: choosing, apart from deciding. Candidates by time, who is left out and why, what stays uncovered.

mod candidates;
mod coverage;
mod left_out;

pub use candidates::Candidate;
pub use coverage::Uncovered;
pub use left_out::{LeftOut, Reason};

use chiyuan_core::{
    Command, Entity, EntityId, Kind, Rejection, RejectionCode, Timestamp,
    incident::{Incident, Need, Wanted},
    unit::AmbulanceClass,
};
use serde::Serialize;
use serde_json::json;
use utoipa::ToSchema;

use crate::{
    api::caller::Caller,
    picture::{ETA_BASIS_STRAIGHT, Picture, lon_lat},
    world::WorldRuntime,
};

/// Candidates unless asked for another number, and at most.
pub const USUAL: usize = 9;
/// Most candidates of one answer.
pub const MOST: usize = 50;

/// What is missing when a need cannot be met.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Shortfall {
    pub wanted: usize,
    /// Units assigned for it already.
    pub filled: usize,
    /// Units that could be sent now.
    pub available: usize,
    pub missing: usize,
}

/// A recommendation for one need of an incident.
#[derive(Debug, Serialize, ToSchema)]
pub struct Recommendation {
    pub incident_id: EntityId,
    pub incident_version: u64,
    pub need: Option<Need>,
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
    pub eta_basis: &'static str,
    pub candidates: Vec<Candidate>,
    pub left_out: Vec<LeftOut>,
    pub shortfall: Option<Shortfall>,
}

/// Who asks, and from where.
pub(crate) struct Asked<'a> {
    pub picture: &'a Picture,
    pub caller: &'a Caller,
    pub incident: &'a Incident,
    pub wanted: Wanted,
    pub now: Timestamp,
}

/// The best units for a need of an incident (left out: its first open one, or one ambulance).
#[must_use]
pub fn recommend(
    picture: &Picture,
    caller: &Caller,
    incident: &Incident,
    need: Option<&Need>,
    limit: usize,
    now: Timestamp,
) -> Recommendation {
    let wanted = need.map_or_else(|| usual(incident), |need| need.wanted.clone());
    let count = usize::try_from(wanted.count).unwrap_or(usize::MAX);
    let asked = Asked {
        picture,
        caller,
        incident,
        wanted,
        now,
    };
    let found = candidates::find(&asked, limit.max(1));
    let filled = need.map_or(0, |need| filled(picture, incident, need));
    let missing = count.saturating_sub(filled + found.sendable);
    Recommendation {
        incident_id: incident.header.id.clone(),
        incident_version: incident.header.version,
        need: need.cloned(),
        at: now,
        eta_basis: ETA_BASIS_STRAIGHT,
        left_out: left_out::list(&asked),
        shortfall: (missing > 0).then_some(Shortfall {
            wanted: count,
            filled,
            available: found.sendable,
            missing,
        }),
        candidates: found.best,
    }
}

/// The first need that wants more units.
#[must_use]
pub fn first_open<'i>(picture: &Picture, incident: &'i Incident) -> Option<&'i Need> {
    let open = |need: &&Need| {
        u32::try_from(filled(picture, incident, need)).is_ok_and(|have| have < need.wanted.count)
    };
    incident.needs.iter().find(open).or(incident.needs.first())
}

fn filled(picture: &Picture, incident: &Incident, need: &Need) -> usize {
    let assignments = incident
        .assignment_ids
        .iter()
        .filter_map(|id| picture.world().get(id));
    let fills = |entity: &&Entity| matches!(entity, Entity::Assignment(a) if a.fills_need() && a.need_id.as_ref() == Some(&need.id));
    assignments.filter(fills).count()
}

fn usual(incident: &Incident) -> Wanted {
    let class = incident.infectious.then_some(AmbulanceClass::C);
    Wanted {
        kind: Kind::Ambulance,
        class,
        capability: None,
        count: 1,
    }
}

/// The next best unit after somebody else was faster; none for other refusals.
#[must_use]
pub fn after_lost_race(
    world: &WorldRuntime,
    caller: &Caller,
    command: &Command,
    rejection: &Rejection,
) -> Option<serde_json::Value> {
    let Command::AssignUnits(order) = command else {
        return None;
    };
    if !matches!(
        rejection.code,
        RejectionCode::UnitNotAvailable | RejectionCode::UnitReserved | RejectionCode::NoCrew
    ) {
        return None;
    }
    let picture = world.picture();
    let Some(Entity::Incident(incident)) = picture.world().get(&order.incident_id) else {
        return None;
    };
    let named = |need: &&Need| order.need_id.as_ref().is_none_or(|id| need.id == *id);
    let need = incident
        .needs
        .iter()
        .find(named)
        .filter(|_| order.need_id.is_some());
    let need = need.or_else(|| first_open(&picture, incident));
    let now = picture.now(crate::time::now());
    let best = recommend(&picture, caller, incident, need, USUAL, now).candidates;
    let other = best
        .into_iter()
        .find(|candidate| !order.unit_ids.contains(&candidate.unit_id));
    Some(other.map_or(serde_json::Value::Null, |next| {
        json!({"unit_id": next.unit_id, "name": next.name, "distance_m": next.distance_m, "eta_s": next.eta_s})
    }))
}

/// Where an incident is.
pub(crate) fn scene(incident: &Incident) -> chiyuan_geo::LonLat {
    lon_lat(incident.point)
}
