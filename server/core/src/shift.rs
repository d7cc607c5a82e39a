//! Shifts 值班: which crew is on duty on which unit. A vehicle without a crew is not sent.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    Change, DivisionCode, Entity, EntityId, Header, Rejection, RejectionCode, Timestamp, World,
    decide::Context,
    millis,
    text::{Name, Note, Term},
    unit::{UnitStatus, on_duty, with_duty},
};

/// Most people of a crew.
pub const MAX_CREW: usize = 60;
/// Longest shift, hours.
pub const MAX_SHIFT_H: i64 = 72;

/// One person of a crew, by staff number: names stay in the staff register.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CrewMember {
    /// `driver doctor nurse stretcher_bearer rescuer leader member`
    #[schema(value_type = String)]
    pub role: Term,
    #[schema(value_type = String)]
    pub staff: Term,
}

/// 班次
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Shift {
    #[serde(flatten)]
    pub header: Header,
    pub jurisdiction: DivisionCode,
    pub unit_id: EntityId,
    pub crew: Vec<CrewMember>,
    #[schema(value_type = String, format = DateTime)]
    pub began_at: Timestamp,
    /// When it should end; it goes on while the unit is assigned.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub ends_at: Option<Timestamp>,
    /// 超时值班: its end came while the unit was assigned.
    pub overtime: bool,
    #[schema(value_type = Option<String>, format = DateTime)]
    pub ended_at: Option<Timestamp>,
    #[schema(value_type = Option<String>)]
    pub ended_by: Option<Name>,
}

/// 上班: a crew takes over a unit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BeginShift {
    pub unit_id: EntityId,
    pub crew: Vec<CrewMember>,
    #[serde(default)]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub ends_at: Option<Timestamp>,
    /// When it happened, if told late.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub at: Option<Timestamp>,
}

/// 下班
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EndShift {
    pub unit_id: EntityId,
    /// When it happened, if told late.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub at: Option<Timestamp>,
}

pub(crate) fn begin_shift(
    world: &World,
    command: &BeginShift,
    context: &Context,
) -> Result<Vec<Change>, Rejection> {
    let unit = context.commanded(world, &command.unit_id)?;
    let Some(duty) = unit.duty() else {
        let detail = format!("{} is not a unit", command.unit_id);
        return Err(Rejection::new(RejectionCode::WrongKind, detail));
    };
    if let Some(shift) = duty.shift_id.as_ref().and_then(|id| world.get(id)) {
        let detail = format!("{} has a crew on duty", command.unit_id);
        return Err(Rejection::new(RejectionCode::ShiftOpen, detail).blocked_by(shift));
    }
    let began = context.told(command.at, duty.status_since)?;
    let limit = began.at + chrono::Duration::hours(MAX_SHIFT_H);
    if command
        .ends_at
        .is_some_and(|end| end <= context.at || end > limit)
    {
        let detail = format!("a shift ends within {MAX_SHIFT_H} h");
        return Err(Rejection::new(RejectionCode::TimeOutOfOrder, detail));
    }
    begun(
        world,
        &unit.next_version(),
        &command.crew,
        command.ends_at,
        &began,
    )
}

/// A unit, already at its new version, with a crew that goes on duty.
pub(crate) fn begun(
    world: &World,
    unit: &Entity,
    crew: &[CrewMember],
    ends_at: Option<Timestamp>,
    context: &Context,
) -> Result<Vec<Change>, Rejection> {
    let (Some(duty), Some(jurisdiction)) = (unit.duty(), unit.jurisdiction()) else {
        let detail = format!("{} is not a unit", unit.id());
        return Err(Rejection::new(RejectionCode::WrongKind, detail));
    };
    if crew.is_empty() || crew.len() > MAX_CREW {
        let detail = format!("a crew has 1 to {MAX_CREW} people");
        return Err(Rejection::new(RejectionCode::OutOfLimits, detail));
    }
    let id = context.fresh_id_beside(world, unit.id())?;
    let shift = Shift {
        header: context.new_header(world, id.clone(), Some(jurisdiction)),
        jurisdiction,
        unit_id: unit.id().clone(),
        crew: crew.to_vec(),
        began_at: context.at,
        ends_at: ends_at.map(millis),
        overtime: false,
        ended_at: None,
        ended_by: None,
    };
    let status = match duty.status {
        UnitStatus::OffDuty => UnitStatus::Available,
        other => other,
    };
    let mut next = duty.turned(status, duty.status_reason.clone(), context.at);
    next.shift_id = Some(id);
    Ok(vec![
        Change::put(on_duty(unit, next)),
        Change::put(Entity::Shift(shift)),
    ])
}

pub(crate) fn end_shift(
    world: &World,
    command: &EndShift,
    context: &Context,
) -> Result<Vec<Change>, Rejection> {
    let unit = context.commanded(world, &command.unit_id)?;
    let Some(duty) = unit.duty() else {
        let detail = format!("{} is not a unit", command.unit_id);
        return Err(Rejection::new(RejectionCode::WrongKind, detail));
    };
    if let Some(assignment) = duty.assignment_id.as_ref().and_then(|id| world.get(id)) {
        let detail = format!("{} is assigned", command.unit_id);
        return Err(Rejection::new(RejectionCode::UnitAssigned, detail).blocked_by(assignment));
    }
    let Some(shift) = duty.shift_id.as_ref().and_then(|id| world.get(id)) else {
        return Ok(Vec::new());
    };
    let ended = context.told(command.at, duty.status_since)?;
    Ok(relieved(unit, shift, &ended))
}

/// The unit goes off duty and its shift ends.
pub(crate) fn relieved(unit: &Entity, shift: &Entity, context: &Context) -> Vec<Change> {
    let Some(duty) = unit.duty() else {
        return Vec::new();
    };
    let status = match duty.status {
        UnitStatus::OutOfService | UnitStatus::Decontaminating => duty.status,
        _ => UnitStatus::OffDuty,
    };
    let mut next = duty.turned(status, Note::default(), context.at);
    next.shift_id = None;
    (next.reserved_for, next.reserved_until) = (None, None);
    let unit = Change::put(with_duty(unit, next));
    std::iter::once(unit).chain(ended(shift, context)).collect()
}

/// A shift that has ended.
pub(crate) fn ended(shift: &Entity, context: &Context) -> Option<Change> {
    let Entity::Shift(shift) = shift else {
        return None;
    };
    let mut next = shift.clone();
    next.header.version += 1;
    next.ended_at = Some(context.at);
    next.ended_by = Some(context.actor.name.clone());
    Some(Change::put(Entity::Shift(next)))
}
