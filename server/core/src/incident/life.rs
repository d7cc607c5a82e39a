//! The life of an incident: opened, changed, held, resumed, closed.

use super::{
    AddNote, AttendIncident, CloseIncident, HoldIncident, Incident, IncidentNote, IncidentStatus,
    MAX_COUNT, MAX_NOTES, OpenIncident, Priority, ReinforceIncident, ResumeIncident, Service,
    Triage, UpdateIncident,
    needs::{last_id, numbered, usual},
    number,
};
use crate::{
    Change, Entity, EntityId, Point, Rejection, RejectionCode, World,
    call::{self, Acceptance, CallStatus},
    decide::Context,
    local_date, millis, place,
    text::Term,
};

/// Types that are transport without urgency unless the command says otherwise (JZ-15).
const NON_EMERGENCY: [&str; 3] = ["transfer", "discharge", "non_emergency_transport"];

/// An incident that the actor may command.
pub(crate) fn commanded<'w>(
    world: &'w World,
    id: &EntityId,
    context: &Context,
) -> Result<&'w Incident, Rejection> {
    let entity = context.seen(world, id)?;
    let Entity::Incident(incident) = entity else {
        return Err(Rejection::new(
            RejectionCode::WrongKind,
            format!("{id} is not an incident"),
        ));
    };
    context.inside(world, entity)?;
    Ok(incident)
}

/// The same, and not closed.
pub(crate) fn open<'w>(
    world: &'w World,
    id: &EntityId,
    context: &Context,
) -> Result<&'w Incident, Rejection> {
    let incident = commanded(world, id, context)?;
    if incident.status == IncidentStatus::Closed {
        let detail = format!("{} is closed", incident.number);
        return Err(Rejection::new(RejectionCode::IncidentClosed, detail)
            .blocked_by(&Entity::Incident(incident.clone())));
    }
    Ok(incident)
}

pub(crate) fn next(incident: &Incident) -> Incident {
    let mut next = incident.clone();
    next.header.version += 1;
    next
}

pub(crate) fn put(incident: Incident) -> Change {
    Change::put(Entity::Incident(incident))
}

pub(crate) fn open_incident(
    world: &World,
    command: &OpenIncident,
    context: &Context,
) -> Result<Vec<Change>, Rejection> {
    let id = context.new_id(world, command.incident_id.as_ref())?;
    let point = place::point(command.lon, command.lat)?;
    let nowhere = || {
        Rejection::new(
            RejectionCode::UnknownReference,
            "no jurisdiction is registered",
        )
    };
    let jurisdiction = place::jurisdiction_for(world, command.jurisdiction, Some(point), context)?
        .ok_or_else(nowhere)?;
    let header = context.new_header(world, id.clone(), Some(jurisdiction));
    let day = local_date(context.at);
    let day_count = number::next_count(world, header.centre, day);
    let triage = command.patients.map(Triage::from).unwrap_or_default();
    possible(triage)?;
    let told = command
        .call_id
        .as_ref()
        .map(|id| call::handled(world, id, context))
        .transpose()?;
    if let Some(call) = told {
        linkable(call)?;
    }
    let wanted = command
        .needs
        .clone()
        .unwrap_or_else(|| usual(command.infectious));
    let incident = Incident {
        header,
        point,
        number: number::spoken(day, day_count),
        day,
        day_count,
        jurisdiction,
        incident_type: command.incident_type.clone(),
        service: command
            .service
            .unwrap_or_else(|| service(&command.incident_type)),
        priority: command.priority,
        grade: command.grade,
        infectious: command.infectious,
        status: IncidentStatus::Open,
        acceptance: None,
        patients: triage,
        needs: numbered(&[], 0, wanted)?,
        call_ids: command.call_id.iter().cloned().collect(),
        assignment_ids: Vec::new(),
        attended_by: Some(context.actor.name.clone()),
        opened_at: context.at,
        opened_by: context.actor.name.clone(),
        held_at: None,
        held_until: None,
        held_reason: None,
        held_s: None,
        closed_at: None,
        closed_by: None,
        outcome: None,
        merged_into: None,
        merge_reason: None,
        notes: Vec::new(),
        private: command.private.clone(),
    };
    let entity = Entity::Incident(incident);
    context.inside(world, &entity)?;
    let call = told.map(|call| call::linked(call, Some(id)));
    Ok(std::iter::once(Change::put(entity)).chain(call).collect())
}

/// A call can be linked while it has no incident and was not given up.
pub(super) fn linkable(call: &call::Call) -> Result<(), Rejection> {
    let entity = || Entity::Call(call.clone());
    if call.incident_id.is_some() {
        return Err(
            Rejection::new(RejectionCode::CallLinked, "the call has an incident")
                .blocked_by(&entity()),
        );
    }
    if matches!(call.status, CallStatus::Ringing | CallStatus::Abandoned) {
        return Err(
            Rejection::new(RejectionCode::CallStage, "nobody has answered the call")
                .blocked_by(&entity()),
        );
    }
    Ok(())
}

fn service(incident_type: &Term) -> Service {
    if NON_EMERGENCY.contains(&incident_type.as_str()) {
        Service::NonEmergency
    } else {
        Service::Emergency
    }
}

fn possible(triage: Triage) -> Result<(), Rejection> {
    let Triage {
        red,
        yellow,
        green,
        black,
        untriaged,
    } = triage;
    if [red, yellow, green, black, untriaged]
        .into_iter()
        .any(|count| count > MAX_COUNT)
    {
        let detail = format!("at most {MAX_COUNT} patients of a colour");
        return Err(Rejection::new(RejectionCode::OutOfLimits, detail));
    }
    Ok(())
}

pub(crate) fn update_incident(
    world: &World,
    command: &UpdateIncident,
    context: &Context,
) -> Result<Vec<Change>, Rejection> {
    let incident = open(world, &command.incident_id, context)?;
    context.based_on(
        &Entity::Incident(incident.clone()),
        command.based_on_version,
    )?;
    let mut next = next(incident);
    if let Some(word) = &command.incident_type {
        next.incident_type = word.clone();
    }
    next.priority = command.priority.unwrap_or(next.priority);
    next.service = command.service.unwrap_or(next.service);
    next.grade = command.grade.unwrap_or(next.grade);
    next.infectious = command.infectious.unwrap_or(next.infectious);
    if let Some(patients) = command.patients {
        next.patients = patients.into();
        possible(next.patients)?;
    }
    if let Some(wanted) = &command.needs {
        next.needs = numbered(&incident.needs, last_id(world, incident), wanted.clone())?;
    }
    next.point = moved(next.point, command)?;
    if command.private.is_some() {
        next.private = command.private.clone();
    }
    if (Incident {
        header: incident.header.clone(),
        ..next.clone()
    }) == *incident
    {
        return Ok(Vec::new());
    }
    Ok(vec![put(next)])
}

fn moved(standing: Point, command: &UpdateIncident) -> Result<Point, Rejection> {
    Ok(place::optional_point(command.lon, command.lat)?.unwrap_or(standing))
}

pub(crate) fn attend_incident(
    world: &World,
    command: &AttendIncident,
    context: &Context,
) -> Result<Vec<Change>, Rejection> {
    let incident = open(world, &command.incident_id, context)?;
    let me = &context.actor.name;
    let wanted = match (&incident.attended_by, command.leave) {
        (Some(by), true) if by == me => None,
        (standing, true) => standing.clone(),
        (_, false) => Some(me.clone()),
    };
    if wanted == incident.attended_by {
        return Ok(Vec::new());
    }
    let mut next = next(incident);
    next.attended_by = wanted;
    Ok(vec![put(next)])
}

pub(crate) fn hold_incident(
    world: &World,
    command: &HoldIncident,
    context: &Context,
) -> Result<Vec<Change>, Rejection> {
    let incident = open(world, &command.incident_id, context)?;
    no_open_assignment(world, incident)?;
    if command.until.is_some_and(|until| until <= context.at) {
        return Err(Rejection::new(
            RejectionCode::TimeOutOfOrder,
            "until lies in the past",
        ));
    }
    let mut next = next(incident);
    next.status = IncidentStatus::Held;
    next.acceptance = Some(Acceptance::Held);
    next.held_at = Some(incident.held_at.unwrap_or(context.at));
    next.held_until = command.until.map(millis);
    next.held_reason = Some(command.reason.clone());
    Ok(vec![put(next)])
}

pub(crate) fn resume_incident(
    world: &World,
    command: &ResumeIncident,
    context: &Context,
) -> Result<Vec<Change>, Rejection> {
    let incident = open(world, &command.incident_id, context)?;
    if incident.status != IncidentStatus::Held {
        return Ok(Vec::new());
    }
    let mut next = next(incident);
    resume(&mut next, context);
    Ok(vec![put(next)])
}

/// What was held waits for units again.
pub(crate) fn resume(incident: &mut Incident, context: &Context) {
    incident.status = IncidentStatus::Open;
    if let Some(since) = incident.held_at.take() {
        let held = u64::try_from((context.at - since).num_seconds()).unwrap_or(0);
        incident.held_s = Some(incident.held_s.unwrap_or(0) + held.max(1));
    }
    incident.held_until = None;
    incident.held_reason = None;
}

pub(crate) fn reinforce_incident(
    world: &World,
    command: &ReinforceIncident,
    context: &Context,
) -> Result<Vec<Change>, Rejection> {
    let incident = open(world, &command.incident_id, context)?;
    if command.needs.is_empty() {
        return Err(Rejection::new(
            RejectionCode::OutOfLimits,
            "a reinforcement wants something",
        ));
    }
    let standing = incident.needs.iter().map(|need| need.wanted.clone());
    let wanted = standing.chain(command.needs.iter().cloned()).collect();
    let mut next = next(incident);
    next.needs = numbered(&incident.needs, last_id(world, incident), wanted)?;
    next.acceptance = Some(Acceptance::Reinforcement);
    Ok(vec![put(next)])
}

pub(crate) fn add_note(
    world: &World,
    command: &AddNote,
    context: &Context,
) -> Result<Vec<Change>, Rejection> {
    let incident = commanded(world, &command.incident_id, context)?;
    if incident.notes.len() >= MAX_NOTES {
        let detail = format!("an incident has at most {MAX_NOTES} notes");
        return Err(Rejection::new(RejectionCode::OutOfLimits, detail));
    }
    let mut next = next(incident);
    next.notes.push(IncidentNote {
        at: context.at,
        by: context.actor.name.clone(),
        private: command.private.clone(),
    });
    Ok(vec![put(next)])
}

pub(crate) fn close_incident(
    world: &World,
    command: &CloseIncident,
    context: &Context,
) -> Result<Vec<Change>, Rejection> {
    let incident = open(world, &command.incident_id, context)?;
    no_open_assignment(world, incident)?;
    let mut closed = next(incident);
    close(&mut closed, &command.outcome, context);
    let reservations = crate::unit::released(world, &command.incident_id);
    Ok(std::iter::once(put(closed)).chain(reservations).collect())
}

/// Ends an incident.
pub(super) fn close(incident: &mut Incident, outcome: &Term, context: &Context) {
    resume(incident, context);
    incident.status = IncidentStatus::Closed;
    incident.closed_at = Some(context.at);
    incident.closed_by = Some(context.actor.name.clone());
    incident.outcome = Some(outcome.clone());
}

/// Units still on the way stand in the way.
pub(super) fn no_open_assignment(world: &World, incident: &Incident) -> Result<(), Rejection> {
    let open = incident
        .assignment_ids
        .iter()
        .filter_map(|id| world.get(id))
        .find(|entity| matches!(entity, Entity::Assignment(assignment) if assignment.is_open()));
    match open {
        Some(assignment) => Err(Rejection::new(
            RejectionCode::AssignmentsOpen,
            format!("{} still has a unit assigned", incident.number),
        )
        .blocked_by(assignment)),
        None => Ok(()),
    }
}

/// Whether an incident of priority `this` may take a unit from one of priority `from` (改派规则).
pub(crate) fn outranks(this: Priority, from: Priority) -> bool {
    this < from
}
