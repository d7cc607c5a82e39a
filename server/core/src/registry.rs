//! The registry: entering, changing and retiring resources. Rows are retired, never deleted.

mod check;
mod registration;
mod resource;

pub use registration::{Initial, Registration, Spec};

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    Change, Entity, EntityId, Rejection, RejectionCode, World, decide::Context, shift, text::Note,
    unit,
};

/// Enters a resource into the registry.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RegisterResource {
    #[schema(value_type = Object)]
    pub resource: Registration,
}

/// Replaces what the registry says of a resource; its state (status, counts) stays.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct UpdateResource {
    #[schema(value_type = Object)]
    pub resource: Registration,
    /// The version that the editor saw; another one refuses the update.
    #[serde(default)]
    pub based_on_version: Option<u64>,
}

/// Takes a resource out of use.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RetireResource {
    pub id: EntityId,
    #[schema(value_type = String)]
    pub reason: Note,
}

pub(crate) fn register_resource(
    world: &World,
    command: &RegisterResource,
    context: &Context,
) -> Result<Vec<Change>, Rejection> {
    let registration = &command.resource;
    let id = context.new_id(world, registration.id.as_ref())?;
    let entity = resource::build(world, registration, id, 1, None, context)?;
    context.inside(world, &entity)?;
    match &registration.initial.crew {
        Some(crew) => shift::begun(world, &entity, crew, None, context),
        None => Ok(vec![Change::put(entity)]),
    }
}

pub(crate) fn update_resource(
    world: &World,
    command: &UpdateResource,
    context: &Context,
) -> Result<Vec<Change>, Rejection> {
    let registration = &command.resource;
    let Some(id) = &registration.id else {
        return Err(Rejection::new(
            RejectionCode::OutOfLimits,
            "an update names the id",
        ));
    };
    let standing = context.commanded(world, id)?;
    let version = standing.header().version;
    if command
        .based_on_version
        .is_some_and(|based_on| based_on != version)
    {
        return Err(Rejection::new(
            RejectionCode::VersionChanged,
            format!("{id} is at version {version}"),
        )
        .blocked_by(standing));
    }
    if registration.spec.kind() != standing.kind() {
        return Err(Rejection::new(
            RejectionCode::WrongKind,
            format!("{id} is a {}", standing.kind().as_str()),
        ));
    }
    if registration.initial != Initial::default() {
        return Err(Rejection::new(
            RejectionCode::OutOfLimits,
            "status and counts have commands of their own",
        ));
    }
    let next = resource::build(
        world,
        registration,
        id.clone(),
        version + 1,
        Some(standing),
        context,
    )?;
    context.inside(world, &next)?;
    if resource::equal_but_version(standing, &next) {
        return Ok(Vec::new());
    }
    let moved = resource::moved_with(world, standing, &next);
    for entity in &moved {
        context.inside(world, entity)?;
    }
    let moved = moved.into_iter().map(Change::put);
    Ok(std::iter::once(Change::put(next)).chain(moved).collect())
}

pub(crate) fn retire_resource(
    world: &World,
    command: &RetireResource,
    context: &Context,
) -> Result<Vec<Change>, Rejection> {
    let entity = context.commanded(world, &command.id)?;
    if matches!(entity, Entity::Clock(_)) || entity.kind().is_archived() {
        let detail = format!("a {} is no resource", entity.kind().as_str());
        return Err(Rejection::new(RejectionCode::WrongKind, detail));
    }
    if let Some(dependent) = check::dependent_on(world, entity) {
        let detail = format!("{} depends on {}", dependent.id(), command.id);
        return Err(Rejection::new(RejectionCode::StillReferenced, detail).blocked_by(dependent));
    }
    let mut next = match entity.duty() {
        // Whoever was on duty or waiting on it is free.
        Some(duty) => unit::with_duty(
            entity,
            unit::Duty::new(duty.status, duty.status_since, duty.status_reason.clone()),
        ),
        None => entity.next_version(),
    };
    next.header_mut().retired = true;
    let shift = entity
        .duty()
        .and_then(|duty| world.get(duty.shift_id.as_ref()?));
    let ended = shift.and_then(|shift| shift::ended(shift, context));
    Ok(std::iter::once(Change::put(next)).chain(ended).collect())
}
