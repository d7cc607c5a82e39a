//! Sending: exact units to an incident, all or none.

use super::{
    AssignUnits, Assignment, MAX_SHOWN, MAX_UNITS, Stage, Stamp, StampSource, carries_patients,
};
use crate::{
    Change, Entity, EntityId, Rejection, RejectionCode, World,
    decide::Context,
    incident::{self, Incident, MAX_ASSIGNMENTS, Need},
    text::Term,
    unit::{self, Duty, UnitStatus},
};

pub(crate) fn assign_units(
    world: &World,
    command: &AssignUnits,
    context: &Context,
) -> Result<Vec<Change>, Rejection> {
    let standing = incident::open(world, &command.incident_id, context)?;
    checked(command)?;
    if let Some(need) = &command.need_id
        && !standing.needs.iter().any(|known| known.id == *need)
    {
        let detail = format!("{} has no need {need}", standing.number);
        return Err(Rejection::new(RejectionCode::UnknownReference, detail));
    }
    let mut incident = incident::next(standing);
    incident::resume(&mut incident, context);
    let mut filled = filled(world, standing);
    let mut changes = Vec::with_capacity(2 * command.unit_ids.len() + 1);
    for (number, unit_id) in command.unit_ids.iter().enumerate() {
        let unit = sendable(world, unit_id, &command.incident_id, context)?;
        let need_id = command
            .need_id
            .clone()
            .or_else(|| first_open(&standing.needs, &filled, unit));
        filled.extend(need_id.clone());
        let id = numbered(&context.fresh_id, number)?;
        let mut assignment = new(world, id, unit, &incident, need_id, context)?;
        assignment.choice = command.choice.clone();
        incident.assignment_ids.push(assignment.header.id.clone());
        changes.push(Change::put(unit::bound(unit, &assignment, context)));
        changes.push(Change::put(assignment.into()));
    }
    changes.insert(0, incident::put(incident));
    // Last, so that whoever comes second learns who took the unit and when.
    let standing = Entity::Incident(standing.clone());
    context.based_on(&standing, command.based_on_version)?;
    Ok(changes)
}

fn checked(command: &AssignUnits) -> Result<(), Rejection> {
    let refuse = |detail: String| Err(Rejection::new(RejectionCode::OutOfLimits, detail));
    let units = &command.unit_ids;
    if units.is_empty() || units.len() > MAX_UNITS {
        return refuse(format!("an order names 1 to {MAX_UNITS} units"));
    }
    let distinct: std::collections::BTreeSet<_> = units.iter().collect();
    if distinct.len() != units.len() {
        return refuse("an order names each unit once".to_owned());
    }
    if let Some(choice) = &command.choice
        && (choice.shown.len() > MAX_SHOWN
            || choice
                .shown
                .iter()
                .any(|shown| !shown.distance_m.is_finite() || shown.distance_m < 0.0))
    {
        return refuse(format!(
            "a choice shows at most {MAX_SHOWN} candidates at real distances"
        ));
    }
    Ok(())
}

/// Ids of several new things of one command: the fresh id, then `-2`, `-3`...
fn numbered(fresh: &EntityId, number: usize) -> Result<EntityId, Rejection> {
    if number == 0 {
        return Ok(fresh.clone());
    }
    EntityId::new(&format!("{fresh}-{}", number + 1))
        .map_err(|error| Rejection::new(RejectionCode::OutOfLimits, error.to_string()))
}

/// A unit that may be sent to this incident now.
pub(crate) fn sendable<'w>(
    world: &'w World,
    unit_id: &EntityId,
    incident_id: &EntityId,
    context: &Context,
) -> Result<&'w Entity, Rejection> {
    let unit = context.commanded(world, unit_id)?;
    let Some(duty) = unit.duty() else {
        return Err(Rejection::new(
            RejectionCode::WrongKind,
            format!("{unit_id} is not a unit"),
        ));
    };
    if let Some(assignment) = duty.assignment_id.as_ref().and_then(|id| world.get(id)) {
        return Err(taken(unit, assignment));
    }
    if duty.status != UnitStatus::Available {
        let detail = format!("{unit_id} is {}", duty.status.as_str());
        return Err(Rejection::new(RejectionCode::UnitNotAvailable, detail).blocked_by(unit));
    }
    if !crewed(unit, duty) {
        let detail = format!("{unit_id} has no crew on duty");
        return Err(Rejection::new(RejectionCode::NoCrew, detail).blocked_by(unit));
    }
    if let Some(reserved_for) = &duty.reserved_for
        && reserved_for != incident_id
    {
        let detail = format!("{unit_id} is reserved for {reserved_for}");
        return Err(Rejection::new(RejectionCode::UnitReserved, detail).blocked_by(unit));
    }
    Ok(unit)
}

/// Vehicles go with a crew on shift; a team is its own crew.
fn crewed(unit: &Entity, duty: &Duty) -> bool {
    duty.shift_id.is_some() || matches!(unit, Entity::Team(_))
}

/// Who took the unit, when, for what.
fn taken(unit: &Entity, assignment: &Entity) -> Rejection {
    let detail = match assignment {
        Entity::Assignment(a) => format!(
            "{} was assigned by {} at {} to {}",
            unit.id(),
            a.assigned_by,
            a.assigned_at
                .to_rfc3339_opts(chrono::SecondsFormat::Secs, true),
            a.incident_id
        ),
        _ => format!("{} is assigned", unit.id()),
    };
    Rejection::new(RejectionCode::UnitNotAvailable, detail).blocked_by(assignment)
}

/// The needs that open or completed assignments of the incident fill, one entry for each.
pub(super) fn filled(world: &World, incident: &Incident) -> Vec<Term> {
    let assignments = incident
        .assignment_ids
        .iter()
        .filter_map(|id| match world.get(id) {
            Some(Entity::Assignment(a)) if a.fills_need() => a.need_id.clone(),
            _ => None,
        });
    assignments.collect()
}

/// The first need that a unit fits and that wants more.
pub(super) fn first_open(needs: &[Need], filled: &[Term], unit: &Entity) -> Option<Term> {
    let open = needs.iter().find(|need| {
        let have = filled.iter().filter(|id| **id == need.id).count();
        u32::try_from(have).is_ok_and(|have| have < need.wanted.count) && need.wanted.fits(unit)
    });
    open.map(|need| need.id.clone())
}

/// A new assignment, at its first stage.
pub(super) fn new(
    world: &World,
    id: EntityId,
    unit: &Entity,
    incident: &Incident,
    need_id: Option<Term>,
    context: &Context,
) -> Result<Assignment, Rejection> {
    if incident.assignment_ids.len() >= MAX_ASSIGNMENTS {
        let detail = format!("an incident has at most {MAX_ASSIGNMENTS} assignments");
        return Err(Rejection::new(RejectionCode::OutOfLimits, detail));
    }
    let mut header = context.new_header(
        world,
        context.new_id(world, Some(&id))?,
        Some(incident.jurisdiction),
    );
    // A unit lent by another centre is seen there with what it does.
    if unit.header().centre != header.centre {
        header.visible_to = vec![unit.header().centre];
    }
    let by = context.actor.name.clone();
    Ok(Assignment {
        header,
        jurisdiction: incident.jurisdiction,
        incident_id: incident.header.id.clone(),
        unit_id: unit.id().clone(),
        need_id,
        status: Stage::Assigned,
        result: None,
        carries_patients: carries_patients(unit),
        infectious: false,
        destination_id: None,
        shift_id: unit.duty().and_then(|duty| duty.shift_id.clone()),
        assigned_at: context.at,
        assigned_by: by.clone(),
        acknowledged_at: None,
        departed_at: None,
        arrived_at: None,
        patient_aboard_at: None,
        left_scene_at: None,
        at_hospital_at: None,
        handed_over_at: None,
        ended_at: None,
        escalated_at: None,
        reason: None,
        diverted_to: None,
        care_record_id: None,
        proposal: None,
        choice: None,
        stamps: vec![Stamp {
            stage: Stage::Assigned,
            at: context.at,
            recorded_at: context.at,
            source: StampSource::Manual,
            by,
            undone: None,
        }],
    })
}
