//! Ends: closed, cancelled, diverted, broken down; and the order that nobody received.

use super::{
    Assignment, AssignmentResult, CancelAssignment, DivertAssignment, ReportBreakdown, Stage,
    StandDown,
    progress::{operated, stamp, suspect},
    send::{filled, first_open, new},
    stages::after,
};
use crate::{
    Change, Entity, Rejection, RejectionCode, World,
    decide::Context,
    incident,
    text::Note,
    unit::{self, UnitStatus},
};

impl Assignment {
    /// Whether it counts towards the need it was sent for: open, or ended with the work done.
    #[must_use]
    pub fn fills_need(&self) -> bool {
        match self.status {
            Stage::Cancelled | Stage::Diverted => false,
            Stage::Closed => !matches!(
                self.result,
                Some(AssignmentResult::Aborted | AssignmentResult::Refused)
            ),
            _ => true,
        }
    }
}

/// A closed assignment and its freed unit.
pub(super) fn ended(world: &World, closed: Assignment, context: &Context) -> Vec<Change> {
    let status = |duty: &unit::Duty| after(closed.infectious, duty.shift_id.is_some());
    let freed = freed(world, &closed, status, Note::default(), context);
    std::iter::once(Change::put(closed.clone().into()))
        .chain(freed)
        .collect()
}

/// The unit without its assignment. A unit of which the team is its own crew is always on duty.
fn freed(
    world: &World,
    assignment: &Assignment,
    status: impl Fn(&unit::Duty) -> UnitStatus,
    reason: Note,
    context: &Context,
) -> Option<Change> {
    let unit = world.get(&assignment.unit_id)?;
    let duty = unit.duty()?;
    let status = match (unit, status(duty)) {
        (Entity::Team(_), UnitStatus::OffDuty) => UnitStatus::Available,
        (_, status) => status,
    };
    Some(Change::put(unit::freed(unit, status, reason, context)))
}

/// What may still be called back: nobody has been in the vehicle.
fn recallable(assignment: &Assignment) -> Result<(), Rejection> {
    if assignment.patient_aboard_at.is_none() {
        return Ok(());
    }
    let detail = format!("{} has a patient aboard", assignment.unit_id);
    Err(Rejection::new(RejectionCode::PatientAboard, detail).blocked_by(&assignment.clone().into()))
}

fn cancelled(
    world: &World,
    assignment: &Assignment,
    reason: &Note,
    context: &Context,
) -> Vec<Change> {
    let mut next = assignment.next();
    stamp(&mut next, Stage::Cancelled, context.at, context);
    next.reason = Some(reason.clone());
    ended(world, next, context)
}

pub(crate) fn cancel_assignment(
    world: &World,
    command: &CancelAssignment,
    context: &Context,
) -> Result<Vec<Change>, Rejection> {
    let assignment = operated(world, &command.assignment_id, context)?;
    recallable(assignment)?;
    Ok(cancelled(world, assignment, &command.reason, context))
}

pub(crate) fn stand_down(
    world: &World,
    command: &StandDown,
    context: &Context,
) -> Result<Vec<Change>, Rejection> {
    let incident = incident::open(world, &command.incident_id, context)?;
    let mut changes = Vec::new();
    for id in &incident.assignment_ids {
        if let Some(Entity::Assignment(assignment)) = world.get(id)
            && matches!(
                assignment.status,
                Stage::Assigned | Stage::Acknowledged | Stage::Departed
            )
        {
            changes.extend(cancelled(world, assignment, &command.reason, context));
        }
    }
    Ok(changes)
}

pub(crate) fn report_breakdown(
    world: &World,
    command: &ReportBreakdown,
    context: &Context,
) -> Result<Vec<Change>, Rejection> {
    let assignment = operated(world, &command.assignment_id, context)?;
    let mut next = assignment.next();
    stamp(&mut next, Stage::Closed, context.at, context);
    next.result = Some(AssignmentResult::Aborted);
    next.reason = Some(command.reason.clone());
    suspect(&mut next, world);
    // Nobody repairs what is not clean: the vehicle is decontaminated first.
    let status = |_: &unit::Duty| match next.infectious {
        true => UnitStatus::Decontaminating,
        false => UnitStatus::OutOfService,
    };
    let freed = freed(world, &next, status, command.reason.clone(), context);
    Ok(std::iter::once(Change::put(next.into()))
        .chain(freed)
        .collect())
}

pub(crate) fn divert_assignment(
    world: &World,
    command: &DivertAssignment,
    context: &Context,
) -> Result<Vec<Change>, Rejection> {
    let assignment = operated(world, &command.assignment_id, context)?;
    recallable(assignment)?;
    let into = incident::open(world, &command.incident_id, context)?;
    if let Some(Entity::Incident(from)) = world.get(&assignment.incident_id)
        && !incident::outranks(into.priority, from.priority)
    {
        let detail = format!("{} is not more urgent than {}", into.number, from.number);
        return Err(Rejection::new(RejectionCode::NotMoreUrgent, detail)
            .blocked_by(&Entity::Incident(from.clone())));
    }
    let unit = context.commanded(world, &assignment.unit_id)?;
    let mut next = assignment.next();
    stamp(&mut next, Stage::Diverted, context.at, context);
    next.reason = Some(command.reason.clone());
    let need = first_open(&into.needs, &filled(world, into), unit);
    let sent = new(world, context.fresh_id.clone(), unit, into, need, context)?;
    next.diverted_to = Some(sent.header.id.clone());
    let mut incident = incident::next(into);
    incident::resume(&mut incident, context);
    incident.assignment_ids.push(sent.header.id.clone());
    Ok(vec![
        Change::put(next.into()),
        incident::put(incident),
        Change::put(unit::bound(unit, &sent, context)),
        Change::put(sent.into()),
    ])
}

/// An order without receipt comes to everybody's notice.
pub(crate) fn escalate(assignment: &Assignment, context: &Context) -> Change {
    let mut next = assignment.next();
    next.escalated_at = Some(context.at);
    Change::put(next.into())
}
