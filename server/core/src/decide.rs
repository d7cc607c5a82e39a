//! The one door of the rules: a world, a command and a context give changes or a rejection.

use crate::{
    Actor, Centre, Change, Command, DivisionCode, Entity, EntityId, Header, Rejection,
    RejectionCode, Role, Timestamp, World, assignment, authority, bed_pool, call, care_record,
    clock, copy, deadline, handover, incident, mark, millis, registry, shift, stockpile,
    text::Note, unit, world::CLOCK_ID,
};

/// What a decision needs from outside: time, the actor and a new id.
#[derive(Debug, Clone)]
pub struct Context {
    /// World time.
    pub at: Timestamp,
    /// Real time; differs from `at` in drills.
    pub real_at: Timestamp,
    pub actor: Actor,
    /// The id that a new entity gets if the command names none.
    pub fresh_id: EntityId,
}

impl Context {
    /// The entity that the actor wants to command: visible to him, open, and inside his jurisdiction.
    pub(crate) fn commanded<'w>(
        &self,
        world: &'w World,
        id: &EntityId,
    ) -> Result<&'w Entity, Rejection> {
        let entity = self.seen(world, id)?;
        if self.actor.role == Role::Crew && self.actor.unit.as_ref() != Some(id) {
            return Err(Rejection::new(
                RejectionCode::NotYourUnit,
                format!("{id} is not your unit"),
            ));
        }
        self.inside(world, entity)?;
        Ok(entity)
    }

    /// An entity that the actor sees and that is in use.
    pub(crate) fn seen<'w>(
        &self,
        world: &'w World,
        id: &EntityId,
    ) -> Result<&'w Entity, Rejection> {
        let entity = world.get(id).filter(|entity| self.sees(world, entity));
        let entity = entity.ok_or_else(|| Rejection::not_found(id))?;
        if entity.header().retired {
            return Err(
                Rejection::new(RejectionCode::Retired, format!("{id} is retired"))
                    .blocked_by(entity),
            );
        }
        Ok(entity)
    }

    /// Refuses what lies outside the actor's jurisdiction; a crew is held to its own unit instead.
    pub(crate) fn inside_or_own(
        &self,
        world: &World,
        entity: &Entity,
        unit_id: &EntityId,
    ) -> Result<(), Rejection> {
        if self.actor.role != Role::Crew {
            return self.inside(world, entity);
        }
        if self.actor.unit.as_ref() == Some(unit_id) {
            return Ok(());
        }
        Err(Rejection::new(
            RejectionCode::NotYourUnit,
            format!("{unit_id} is not your unit"),
        ))
    }

    /// Refuses what lies outside the actor's jurisdiction; what lies nowhere yet is everybody's.
    pub(crate) fn inside_or_nowhere(
        &self,
        world: &World,
        entity: &Entity,
    ) -> Result<(), Rejection> {
        if entity.belongs_to_nobody() {
            return Ok(());
        }
        self.inside(world, entity)
    }

    /// The id of something new: as named if it is free, else the fresh one.
    pub(crate) fn new_id(
        &self,
        world: &World,
        named: Option<&EntityId>,
    ) -> Result<EntityId, Rejection> {
        let id = named.unwrap_or(&self.fresh_id);
        if id.as_str() == CLOCK_ID {
            let detail = format!("{CLOCK_ID} is the name of a drill's clock");
            return Err(Rejection::new(RejectionCode::OutOfLimits, detail));
        }
        match world.get(id) {
            Some(standing) => Err(
                Rejection::new(RejectionCode::IdTaken, format!("{id} exists")).blocked_by(standing),
            ),
            None => Ok(id.clone()),
        }
    }

    /// The fresh id for something that arises beside an entity which may have taken it.
    pub(crate) fn fresh_id_beside(
        &self,
        world: &World,
        other: &EntityId,
    ) -> Result<EntityId, Rejection> {
        if *other != self.fresh_id {
            return self.new_id(world, None);
        }
        let second = EntityId::new(&format!("{}-2", self.fresh_id));
        let second = second
            .map_err(|error| Rejection::new(RejectionCode::OutOfLimits, error.to_string()))?;
        self.new_id(world, Some(&second))
    }

    /// The header of something that arises while working, in the centre of its jurisdiction.
    pub(crate) fn new_header(
        &self,
        world: &World,
        id: EntityId,
        jurisdiction: Option<DivisionCode>,
    ) -> Header {
        Header {
            id,
            version: 1,
            centre: jurisdiction
                .and_then(|code| world.centre_of(code))
                .unwrap_or(Centre::SHARED),
            visible_to: Vec::new(),
            retired: false,
            source: Note::default(),
        }
    }

    /// The context of something told late, by a phone that was offline: at its own time, never in the future, and not
    /// before what came last.
    pub(crate) fn told(
        &self,
        at: Option<Timestamp>,
        last: Timestamp,
    ) -> Result<Context, Rejection> {
        let at = at.map_or(self.at, millis);
        if at > self.at {
            let detail = "it lies in the future";
            return Err(Rejection::new(RejectionCode::TimeOutOfOrder, detail));
        }
        Ok(Context {
            at: at.max(last).min(self.at),
            ..self.clone()
        })
    }

    /// Refuses what was decided on another version of an entity.
    pub(crate) fn based_on(&self, entity: &Entity, version: Option<u64>) -> Result<(), Rejection> {
        let standing = entity.header().version;
        if version.is_none_or(|version| version == standing) {
            return Ok(());
        }
        let detail = format!("{} is at version {standing}", entity.id());
        Err(Rejection::new(RejectionCode::VersionChanged, detail).blocked_by(entity))
    }

    /// Whether the actor may know that the entity exists.
    pub(crate) fn sees(&self, world: &World, entity: &Entity) -> bool {
        match self.actor.jurisdiction {
            None => true,
            Some(scope) => world
                .centre_of(scope)
                .is_some_and(|centre| entity.header().visible_in(centre)),
        }
    }

    /// Refuses what lies outside the actor's jurisdiction.
    pub(crate) fn inside(&self, world: &World, entity: &Entity) -> Result<(), Rejection> {
        let Some(scope) = self.actor.jurisdiction else {
            return Ok(());
        };
        // A jurisdiction that is only being registered is not in the world yet; its parent decides.
        let parent = match entity {
            Entity::Jurisdiction(jurisdiction) => jurisdiction.spec.parent,
            _ => None,
        };
        let place = entity.jurisdiction();
        if parent == Some(scope) || place.is_some_and(|place| world.covers(scope, place)) {
            return Ok(());
        }
        let detail = format!("{} lies outside {scope}", entity.id());
        Err(Rejection::new(RejectionCode::OutsideJurisdiction, detail))
    }
}

/// Decides one command on one world. Pure: equal arguments give equal answers.
///
/// # Errors
/// A [`Rejection`] with a stable code; the world is untouched.
pub fn decide(
    world: &World,
    command: &Command,
    context: &Context,
) -> Result<Vec<Change>, Rejection> {
    if !authority::may(context.actor.role, command) {
        let detail = format!("{} may not {}", context.actor.role.as_str(), command.word());
        return Err(Rejection::new(RejectionCode::RoleForbidden, detail));
    }
    if world.is_finished() {
        return Err(Rejection::new(
            RejectionCode::WorldFinished,
            "the drill is finished",
        ));
    }
    match command {
        Command::RegisterResource(command) => registry::register_resource(world, command, context),
        Command::UpdateResource(command) => registry::update_resource(world, command, context),
        Command::RetireResource(command) => registry::retire_resource(world, command, context),
        Command::SetUnitStatus(command) => unit::set_unit_status(world, command, context),
        Command::ReserveUnit(command) => unit::reserve_unit(world, command, context),
        Command::BeginShift(command) => shift::begin_shift(world, command, context),
        Command::EndShift(command) => shift::end_shift(world, command, context),
        Command::ReportBeds(command) => bed_pool::report_beds(world, command, context),
        Command::CountStock(command) => stockpile::count_stock(world, command, context),
        Command::ReceiveCall(command) => call::receive_call(world, command, context),
        Command::AnswerCall(command) => call::answer_call(world, command, context),
        Command::BeginCallTaking(command) => call::begin_call_taking(world, command, context),
        Command::EndCallTaking(command) => call::end_call_taking(world, command, context),
        Command::AbandonCall(command) => call::abandon_call(world, command, context),
        Command::OpenIncident(command) => incident::open_incident(world, command, context),
        Command::UpdateIncident(command) => incident::update_incident(world, command, context),
        Command::AttendIncident(command) => incident::attend_incident(world, command, context),
        Command::HoldIncident(command) => incident::hold_incident(world, command, context),
        Command::ResumeIncident(command) => incident::resume_incident(world, command, context),
        Command::ReinforceIncident(command) => {
            incident::reinforce_incident(world, command, context)
        }
        Command::AddNote(command) => incident::add_note(world, command, context),
        Command::LinkCall(command) => incident::link_call(world, command, context),
        Command::UnlinkCall(command) => incident::unlink_call(world, command, context),
        Command::MergeIncidents(command) => incident::merge_incidents(world, command, context),
        Command::CloseIncident(command) => incident::close_incident(world, command, context),
        Command::AssignUnits(command) => assignment::assign_units(world, command, context),
        Command::AcknowledgeAssignment(command) => {
            assignment::acknowledge_assignment(world, command, context)
        }
        Command::ReportStage(command) => assignment::report_stage(world, command, context),
        Command::UndoStage(command) => assignment::undo_stage(world, command, context),
        Command::SetDestination(command) => assignment::set_destination(world, command, context),
        Command::ReportBreakdown(command) => assignment::report_breakdown(world, command, context),
        Command::DivertAssignment(command) => {
            assignment::divert_assignment(world, command, context)
        }
        Command::CancelAssignment(command) => {
            assignment::cancel_assignment(world, command, context)
        }
        Command::StandDown(command) => assignment::stand_down(world, command, context),
        Command::WriteCareRecord(command) => {
            care_record::write_care_record(world, command, context)
        }
        Command::HandOver(command) => handover::hand_over(world, command, context),
        Command::AcceptHandover(command) => handover::accept_handover(world, command, context),
        Command::DrawMark(command) => mark::draw_mark(world, command, context),
        Command::ChangeMark(command) => mark::change_mark(world, command, context),
        Command::RemoveMark(command) => mark::remove_mark(world, command, context),
        Command::ProposeStage(command) => assignment::propose_stage(world, command, context),
        Command::MeetDeadline(command) => deadline::meet_deadline(world, command, context),
        Command::SetClock(command) => clock::set_clock(world, command, context),
        Command::CopyRegistry(command) => copy::copy_registry(world, command),
    }
}
