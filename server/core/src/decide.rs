//! The one door of the rules: a world, a command and a context give changes or a rejection.

use crate::{
    Actor, Change, Command, Entity, EntityId, Rejection, RejectionCode, Role, Timestamp, World,
    authority, bed_pool, clock, copy, registry, stockpile, unit,
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
        let entity = world.get(id).filter(|entity| self.sees(world, entity));
        let entity = entity.ok_or_else(|| Rejection::not_found(id))?;
        if entity.header().retired {
            return Err(
                Rejection::new(RejectionCode::Retired, format!("{id} is retired"))
                    .blocked_by(entity),
            );
        }
        if self.actor.role == Role::Crew && self.actor.unit.as_ref() != Some(id) {
            return Err(Rejection::new(
                RejectionCode::NotYourUnit,
                format!("{id} is not your unit"),
            ));
        }
        self.inside(world, entity)?;
        Ok(entity)
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
    if let Some(Entity::Clock(clock)) = world.clock()
        && clock.finished
    {
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
        Command::ReportBeds(command) => bed_pool::report_beds(world, command, context),
        Command::CountStock(command) => stockpile::count_stock(world, command, context),
        Command::SetClock(command) => clock::set_clock(world, command, context),
        Command::CopyRegistry(command) => copy::copy_registry(world, command),
    }
}
