//! Units that one might have thought of, and why each is not offered.

use chiyuan_core::{
    Entity, EntityId,
    unit::{AmbulanceClass, UnitStatus},
};
use serde::Serialize;
use utoipa::ToSchema;

use super::{Asked, scene};
use crate::picture::Slot;

/// Units looked at for the list, nearest first.
const LOOKED_AT: usize = 20;
/// A moving unit without news for longer is not trusted, seconds.
const STALE_MOVING_S: i64 = 120;
/// A parked unit without news for longer is not trusted, seconds.
const STALE_PARKED_S: i64 = 900;
/// Faster than this a unit is moving, metres a second.
const MOVING_MPS: f32 = 1.0;
/// How long decontamination usually takes, seconds.
const DECONTAMINATION_S: i64 = 30 * 60;

/// Why a unit is not offered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// 执行任务
    Assigned,
    /// 洗消中
    Decontaminating,
    /// 返回途中
    Returning,
    /// 暂停调用
    Suspended,
    /// 未值班
    OffDuty,
    /// 停用
    OutOfService,
    /// 定位过期
    StaleFix,
    /// 车组未到岗
    NoCrew,
    /// 非本辖区
    OtherJurisdiction,
    /// 已预留
    Reserved,
    /// 非所需车型
    WrongClass,
    /// 缺所需能力
    MissingCapability,
}

/// A unit that is not offered.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct LeftOut {
    pub unit_id: EntityId,
    pub name: String,
    pub class: Option<AmbulanceClass>,
    pub reason: Reason,
    /// For people, English.
    pub detail: String,
    /// The incident that it is at.
    pub incident_number: Option<String>,
    pub distance_m: f64,
    /// When it is probably free, seconds from now.
    pub free_in_s: Option<i64>,
    pub fix_age_s: Option<i64>,
}

/// The nearest of the kind that are not offered.
pub(super) fn list(asked: &Asked<'_>) -> Vec<LeftOut> {
    let centre = asked.incident.header.centre;
    let near = asked
        .picture
        .nearest_slots(scene(asked.incident), LOOKED_AT, None, |slot| {
            let entity = slot.entity.as_ref();
            entity.kind() == asked.wanted.kind
                && entity.header().visible_in(centre)
                && worth_telling(asked, entity)
                && reason(asked, slot).is_some()
        });
    near.into_iter()
        .filter_map(|(slot, distance_m)| left_out(asked, slot, distance_m))
        .collect()
}

/// Of a class that was not asked for nobody wants a list.
fn worth_telling(asked: &Asked<'_>, entity: &Entity) -> bool {
    match (asked.wanted.class, entity) {
        (Some(class), Entity::Ambulance(ambulance)) => ambulance.spec.class == class,
        _ => true,
    }
}

fn left_out(asked: &Asked<'_>, slot: &Slot, distance_m: f64) -> Option<LeftOut> {
    let (entity, reason) = (slot.entity.as_ref(), reason(asked, slot)?);
    let world = asked.picture.world();
    let assignment = entity
        .duty()
        .and_then(|duty| world.get(duty.assignment_id.as_ref()?));
    let incident = match assignment {
        Some(Entity::Assignment(assignment)) => world.get(&assignment.incident_id),
        _ => None,
    };
    let since = entity
        .duty()
        .map(|duty| (asked.now - duty.status_since).num_seconds());
    let free_in_s = (reason == Reason::Decontaminating)
        .then(|| (DECONTAMINATION_S - since.unwrap_or(0)).max(0));
    let status = entity.duty().map_or("", |duty| duty.status.as_str());
    Some(LeftOut {
        unit_id: entity.id().clone(),
        name: entity.name().to_owned(),
        class: match entity {
            Entity::Ambulance(ambulance) => Some(ambulance.spec.class),
            _ => None,
        },
        reason,
        detail: format!("{} is {status}", entity.name()),
        incident_number: incident.map(|incident| incident.name().to_owned()),
        distance_m: (distance_m * 10.0).round() / 10.0,
        free_in_s,
        fix_age_s: fix_age_s(asked, slot),
    })
}

fn fix_age_s(asked: &Asked<'_>, slot: &Slot) -> Option<i64> {
    slot.fix
        .as_ref()
        .map(|fix| (asked.now - fix.at).num_seconds().max(0))
}

/// Why a unit of the kind cannot be offered; none if it can.
pub(super) fn reason(asked: &Asked<'_>, slot: &Slot) -> Option<Reason> {
    let entity = slot.entity.as_ref();
    let duty = entity.duty()?;
    by_status(duty.status)
        .or_else(|| unfit(asked, entity))
        .or_else(|| {
            let crewed = duty.shift_id.is_some() || matches!(entity, Entity::Team(_));
            (!crewed).then_some(Reason::NoCrew)
        })
        .or_else(|| {
            let kept = duty
                .reserved_for
                .as_ref()
                .is_some_and(|id| *id != asked.incident.header.id);
            kept.then_some(Reason::Reserved)
        })
        .or_else(|| (!within_reach(asked, entity)).then_some(Reason::OtherJurisdiction))
        .or_else(|| is_stale(asked, slot).then_some(Reason::StaleFix))
}

fn by_status(status: UnitStatus) -> Option<Reason> {
    match status {
        UnitStatus::Available => None,
        UnitStatus::Assigned
        | UnitStatus::EnRoute
        | UnitStatus::OnScene
        | UnitStatus::Transporting
        | UnitStatus::AtHospital => Some(Reason::Assigned),
        UnitStatus::Returning => Some(Reason::Returning),
        UnitStatus::Decontaminating => Some(Reason::Decontaminating),
        UnitStatus::Suspended => Some(Reason::Suspended),
        UnitStatus::OffDuty => Some(Reason::OffDuty),
        UnitStatus::OutOfService => Some(Reason::OutOfService),
    }
}

fn unfit(asked: &Asked<'_>, entity: &Entity) -> Option<Reason> {
    if asked.wanted.fits(entity) {
        return None;
    }
    let class = |class| matches!(entity, Entity::Ambulance(a) if a.spec.class == class);
    Some(match asked.wanted.class {
        Some(wanted) if !class(wanted) => Reason::WrongClass,
        _ => Reason::MissingCapability,
    })
}

/// The caller may command the unit, and the centre of the incident sees it.
fn within_reach(asked: &Asked<'_>, entity: &Entity) -> bool {
    let world = asked.picture.world();
    let place = entity.jurisdiction();
    let commanded = asked
        .caller
        .actor
        .jurisdiction
        .is_none_or(|scope| place.is_some_and(|place| world.covers(scope, place)));
    commanded && entity.header().visible_in(asked.incident.header.centre)
}

fn is_stale(asked: &Asked<'_>, slot: &Slot) -> bool {
    let Some(fix) = &slot.fix else {
        return false;
    };
    let age_s = (asked.now - fix.at).num_seconds();
    let moving = fix.speed_mps.is_some_and(|speed| speed > MOVING_MPS);
    age_s
        > if moving {
            STALE_MOVING_S
        } else {
            STALE_PARKED_S
        }
}
