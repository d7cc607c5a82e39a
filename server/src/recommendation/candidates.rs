//! Candidates: units that fit and could go now, by estimated time.

use chiyuan_core::{Entity, EntityId, Kind, Timestamp, unit::AmbulanceClass};
use serde::Serialize;
use utoipa::ToSchema;

use super::{
    Asked,
    coverage::{self, Uncovered},
    left_out, scene,
};
use crate::picture::{ETA_BASIS_STRAIGHT, Slot, eta_s};

/// A unit that could be sent, with everything a dispatcher weighs.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Candidate {
    pub rank: usize,
    pub unit_id: EntityId,
    pub kind: Kind,
    pub name: String,
    pub class: Option<AmbulanceClass>,
    pub status: &'static str,
    pub version: u64,
    pub distance_m: f64,
    /// Estimated time to the scene, seconds, turnout included.
    pub eta_s: u32,
    pub eta_basis: &'static str,
    #[schema(value_type = Option<String>, format = DateTime)]
    pub fix_at: Option<Timestamp>,
    pub fix_age_s: Option<i64>,
    /// `fix`, or `station` for a unit without one.
    pub position_basis: &'static str,
    pub lon: f64,
    pub lat: f64,
    pub home_id: Option<EntityId>,
    pub home_name: Option<String>,
    pub capabilities: Vec<String>,
    /// `fastest class_c crew_on_duty on_the_road reserved_for_this home_has_others`
    pub reasons: Vec<&'static str>,
    /// People on duty.
    pub crew: usize,
    /// What has no available ambulance in reach any more once this one has gone.
    pub uncovered: Uncovered,
}

/// What was found.
pub(super) struct Found {
    pub best: Vec<Candidate>,
    /// Units that could be sent now, beyond the list too, up to what is wanted.
    pub sendable: usize,
}

pub(super) fn find(asked: &Asked<'_>, limit: usize) -> Found {
    let from = scene(asked.incident);
    let wanted = usize::try_from(asked.wanted.count)
        .unwrap_or(usize::MAX)
        .min(1_000);
    let slots = asked
        .picture
        .nearest_slots(from, limit.max(wanted), None, |slot| {
            asked.wanted.fits(&slot.entity) && left_out::reason(asked, slot).is_none()
        });
    let sendable = slots.len();
    let cover = coverage::Cover::of(asked.picture, asked.incident.header.centre);
    let best = slots.into_iter().take(limit).enumerate();
    let best =
        best.map(|(place, (slot, distance_m))| candidate(asked, &cover, place, slot, distance_m));
    Found {
        best: best.collect(),
        sendable,
    }
}

fn candidate(
    asked: &Asked<'_>,
    cover: &coverage::Cover<'_>,
    place: usize,
    slot: &Slot,
    distance_m: f64,
) -> Candidate {
    let (entity, world) = (slot.entity.as_ref(), asked.picture.world());
    let home = entity.stands_at().and_then(|id| world.get(id));
    let crew = match entity
        .duty()
        .and_then(|duty| world.get(duty.shift_id.as_ref()?))
    {
        Some(Entity::Shift(shift)) => shift.crew.len(),
        _ => 0,
    };
    Candidate {
        rank: place + 1,
        unit_id: entity.id().clone(),
        kind: entity.kind(),
        name: entity.name().to_owned(),
        class: class(entity),
        status: entity.duty().map_or("", |duty| duty.status.as_str()),
        version: entity.header().version,
        distance_m: (distance_m * 10.0).round() / 10.0,
        eta_s: eta_s(distance_m),
        eta_basis: ETA_BASIS_STRAIGHT,
        fix_at: slot.fix.as_ref().map(|fix| fix.at),
        fix_age_s: slot
            .fix
            .as_ref()
            .map(|fix| (asked.now - fix.at).num_seconds().max(0)),
        position_basis: if slot.fix.is_some() { "fix" } else { "station" },
        lon: slot.position.lon(),
        lat: slot.position.lat(),
        home_id: home.map(|home| home.id().clone()),
        home_name: home.map(|home| home.name().to_owned()),
        capabilities: entity
            .capabilities()
            .into_iter()
            .map(str::to_owned)
            .collect(),
        reasons: reasons(asked, cover, place, slot, crew),
        crew,
        uncovered: cover.without(entity.id()),
    }
}

fn class(entity: &Entity) -> Option<AmbulanceClass> {
    match entity {
        Entity::Ambulance(ambulance) => Some(ambulance.spec.class),
        _ => None,
    }
}

fn reasons(
    asked: &Asked<'_>,
    cover: &coverage::Cover<'_>,
    place: usize,
    slot: &Slot,
    crew: usize,
) -> Vec<&'static str> {
    let entity = slot.entity.as_ref();
    let duty = entity.duty();
    let reserved = duty.and_then(|duty| duty.reserved_for.as_ref());
    let moving = slot
        .fix
        .as_ref()
        .and_then(|fix| fix.speed_mps)
        .is_some_and(|speed| speed > 1.0);
    let others = entity
        .stands_at()
        .is_some_and(|home| cover.available_at(home) > 1);
    [
        (place == 0, "fastest"),
        (class(entity) == Some(AmbulanceClass::C), "class_c"),
        (crew > 0, "crew_on_duty"),
        (moving, "on_the_road"),
        (
            reserved == Some(&asked.incident.header.id),
            "reserved_for_this",
        ),
        (others, "home_has_others"),
    ]
    .into_iter()
    .filter_map(|(holds, reason)| holds.then_some(reason))
    .collect()
}
