//! Progress: stages reported, confirmed, undone; the destination.

use super::{
    AcknowledgeAssignment, Assignment, AssignmentResult, MAX_STAMPS, ProposeStage, ReportStage,
    SetDestination, Stage, Stamp, StampSource, UNDO_WITHIN_S, UndoStage, Undone, allowed,
    end::ended, stages::completes,
};
use chrono::Duration;

use crate::{
    Change, Entity, EntityId, Rejection, RejectionCode, Timestamp, World, decide::Context, millis,
    unit,
};

/// An open assignment that the actor may work on: a dispatcher of its place, or the crew of its unit.
pub(super) fn operated<'w>(
    world: &'w World,
    id: &EntityId,
    context: &Context,
) -> Result<&'w Assignment, Rejection> {
    let entity = context.seen(world, id)?;
    let Entity::Assignment(assignment) = entity else {
        return Err(Rejection::new(
            RejectionCode::WrongKind,
            format!("{id} is not an assignment"),
        ));
    };
    context.inside_or_own(world, entity, &assignment.unit_id)?;
    if !assignment.is_open() {
        let detail = format!("{id} is {}", assignment.status.as_str());
        return Err(Rejection::new(RejectionCode::AssignmentEnded, detail).blocked_by(entity));
    }
    Ok(assignment)
}

pub(crate) fn acknowledge_assignment(
    world: &World,
    command: &AcknowledgeAssignment,
    context: &Context,
) -> Result<Vec<Change>, Rejection> {
    let report = ReportStage {
        assignment_id: command.assignment_id.clone(),
        stage: Stage::Acknowledged,
        at: command.at,
        result: None,
        destination_id: None,
    };
    report_stage(world, &report, context)
}

pub(crate) fn report_stage(
    world: &World,
    command: &ReportStage,
    context: &Context,
) -> Result<Vec<Change>, Rejection> {
    let assignment = operated(world, &command.assignment_id, context)?;
    let aboard = assignment.patient_aboard_at.is_some();
    let (from, to) = (assignment.status, command.stage);
    if !allowed(from, to, assignment.carries_patients, aboard) {
        let detail = format!("{} does not follow {}", to.as_str(), from.as_str());
        return Err(Rejection::new(RejectionCode::StageNotNext, detail)
            .blocked_by(&assignment.clone().into()));
    }
    if command.result.is_some() && to != Stage::Closed {
        return Err(Rejection::new(
            RejectionCode::OutOfLimits,
            "a result comes with closed",
        ));
    }
    let mut next = assignment.next();
    if let Some(facility) = &command.destination_id {
        next.destination_id = Some(destination(world, assignment, facility, context)?);
    }
    let carries = aboard && matches!(to, Stage::LeftScene | Stage::AtHospital);
    if carries && next.destination_id.is_none() {
        let detail = "leaving the scene with a patient needs a destination";
        return Err(Rejection::new(RejectionCode::DestinationNeeded, detail)
            .blocked_by(&assignment.clone().into()));
    }
    let at = context.told(command.at, assignment.last_at())?.at;
    if command.at.is_some_and(|told| millis(told) < at) {
        let detail = "the stage lies before the one ahead of it";
        return Err(Rejection::new(RejectionCode::TimeOutOfOrder, detail));
    }
    stamp(&mut next, to, at, context);
    suspect(&mut next, world);
    if to == Stage::Closed {
        let completed =
            completes(from, assignment.carries_patients).then_some(AssignmentResult::Completed);
        let result = command.result.or(completed).ok_or_else(|| {
            Rejection::new(
                RejectionCode::ResultNeeded,
                "closing before the end needs a result",
            )
        })?;
        next.result = Some(result);
        return Ok(ended(world, next, context));
    }
    moved(world, next, context)
}

/// The assignment and the unit that follows it.
fn moved(world: &World, next: Assignment, context: &Context) -> Result<Vec<Change>, Rejection> {
    let unit = world
        .get(&next.unit_id)
        .ok_or_else(|| Rejection::not_found(&next.unit_id))?;
    let unit = unit::following(unit, &next, context).map(Change::put);
    Ok(std::iter::once(Change::put(next.into()))
        .chain(unit)
        .collect())
}

/// Whoever is aboard, or was, when the suspicion arises makes the run an infectious one.
pub(super) fn suspect(assignment: &mut Assignment, world: &World) {
    let carried = assignment.patient_aboard_at.is_some();
    let incident = world.get(&assignment.incident_id);
    assignment.infectious |=
        carried && matches!(incident, Some(Entity::Incident(incident)) if incident.infectious);
}

pub(super) fn stamp(assignment: &mut Assignment, stage: Stage, at: Timestamp, context: &Context) {
    let proposed = assignment
        .proposal
        .as_ref()
        .is_some_and(|p| p.stage == stage && p.at == at);
    assignment.stamps.push(Stamp {
        stage,
        at,
        recorded_at: context.at,
        source: if proposed {
            StampSource::Automatic
        } else {
            StampSource::Manual
        },
        by: context.actor.name.clone(),
        undone: None,
    });
    assignment.proposal = None;
    assignment.status = stage;
    assignment.set_at(stage, Some(at));
}

pub(crate) fn undo_stage(
    world: &World,
    command: &UndoStage,
    context: &Context,
) -> Result<Vec<Change>, Rejection> {
    let assignment = operated(world, &command.assignment_id, context)?;
    let valid = |stamp: &&Stamp| stamp.undone.is_none();
    let mut standing = assignment.stamps.iter().rev().filter(valid);
    let last = standing
        .next()
        .filter(|stamp| stamp.stage != Stage::Assigned);
    let (Some(last), Some(before)) = (last, standing.next()) else {
        let detail = "there is no stage to undo; an order is cancelled";
        return Err(Rejection::new(RejectionCode::NothingToUndo, detail)
            .blocked_by(&assignment.clone().into()));
    };
    if context.at - last.recorded_at > Duration::seconds(UNDO_WITHIN_S) {
        let detail = format!("a stage is undone within {UNDO_WITHIN_S} s");
        return Err(Rejection::new(RejectionCode::TooLateToUndo, detail)
            .blocked_by(&assignment.clone().into()));
    }
    if assignment.stamps.len() >= MAX_STAMPS {
        let detail = format!("an assignment with {MAX_STAMPS} stamps takes none back");
        return Err(Rejection::new(RejectionCode::OutOfLimits, detail));
    }
    let (stage, back_to) = (last.stage, before.stage);
    let mut next = assignment.next();
    next.set_at(stage, None);
    next.status = back_to;
    next.proposal = None;
    next.infectious &= stage != Stage::PatientAboard;
    let undone = Undone {
        at: context.at,
        by: context.actor.name.clone(),
        reason: command.reason.clone(),
    };
    if let Some(stamp) = next
        .stamps
        .iter_mut()
        .rev()
        .find(|stamp| stamp.undone.is_none())
    {
        stamp.undone = Some(undone);
    }
    moved(world, next, context)
}

pub(crate) fn set_destination(
    world: &World,
    command: &SetDestination,
    context: &Context,
) -> Result<Vec<Change>, Rejection> {
    let assignment = operated(world, &command.assignment_id, context)?;
    let facility = destination(world, assignment, &command.facility_id, context)?;
    if assignment.destination_id.as_ref() == Some(&facility) {
        return Ok(Vec::new());
    }
    let mut next = assignment.next();
    next.destination_id = Some(facility);
    Ok(vec![Change::put(next.into())])
}

/// A hospital that the actor sees and that is in use, for a patient who has not arrived yet; it may lie in another
/// centre.
fn destination(
    world: &World,
    assignment: &Assignment,
    id: &EntityId,
    context: &Context,
) -> Result<EntityId, Rejection> {
    let refuse = |detail: String| {
        let rejection = Rejection::new(RejectionCode::StageNotNext, detail);
        Err(rejection.blocked_by(&assignment.clone().into()))
    };
    if !assignment.carries_patients {
        return refuse(format!("{} carries no patients", assignment.unit_id));
    }
    if matches!(assignment.status, Stage::AtHospital | Stage::HandedOver) {
        return refuse("the patient has arrived".to_owned());
    }
    match context.seen(world, id)? {
        Entity::Facility(_) => Ok(id.clone()),
        _ => Err(Rejection::new(
            RejectionCode::WrongKind,
            format!("{id} is not a facility"),
        )),
    }
}

pub(crate) fn propose_stage(
    world: &World,
    command: &ProposeStage,
    context: &Context,
) -> Result<Vec<Change>, Rejection> {
    let assignment = operated(world, &command.assignment_id, context)?;
    let proposal = &command.proposal;
    let aboard = assignment.patient_aboard_at.is_some();
    let next_stage = allowed(
        assignment.status,
        proposal.stage,
        assignment.carries_patients,
        aboard,
    );
    let timely = proposal.at >= assignment.last_at() && proposal.at <= context.at;
    let known = assignment
        .proposal
        .as_ref()
        .is_some_and(|p| p.stage == proposal.stage);
    if !next_stage || !timely || known || proposal.stage == Stage::Closed {
        return Ok(Vec::new());
    }
    crate::place::point(proposal.lon, proposal.lat)?;
    let mut next = assignment.next();
    next.proposal = Some(proposal.clone());
    Ok(vec![Change::put(next.into())])
}
