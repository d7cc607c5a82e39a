//! Checks a resource against its limits and against the world: codes, references, hierarchy.

use std::collections::BTreeSet;

use crate::{
    Centre, DivisionCode, Entity, EntityId, Rejection, RejectionCode, World, decide::Context,
    place::JurisdictionSpec, registry::registration::Registration,
};

/// Largest service radius of a station, metres.
const MAX_SERVICE_RADIUS_M: u32 = 200_000;
/// Most entries of a list of words.
const MAX_WORDS: usize = 64;
/// Largest value of a norm, either sign.
const MAX_NORM: f64 = 1e12;
/// Most stations above a station.
const MAX_TIERS: usize = 8;

/// The further centres that see it: each a centre of this world, once, in order, without its own.
pub(super) fn other_centres(
    world: &World,
    registration: &Registration,
    own: Centre,
) -> Result<Vec<Centre>, Rejection> {
    let others: BTreeSet<Centre> = registration.visible_to.iter().copied().collect();
    match others
        .iter()
        .find(|code| world.centre_of(**code) != Some(**code))
    {
        Some(code) => Err(Rejection::new(
            RejectionCode::UnknownReference,
            format!("no centre {code}"),
        )),
        None => Ok(others.into_iter().filter(|code| *code != own).collect()),
    }
}

/// A division code names one jurisdiction for good, and counties lie in cities.
pub(super) fn division(
    world: &World,
    spec: &JurisdictionSpec,
    standing: Option<&Entity>,
) -> Result<(), Rejection> {
    if spec.code == Centre::SHARED {
        let detail = format!("{} is no division", spec.code);
        return Err(Rejection::new(RejectionCode::OutOfLimits, detail));
    }
    let same = |other: &Entity| other.jurisdiction() == Some(spec.code);
    match standing {
        Some(standing) if !same(standing) => {
            return Err(Rejection::new(
                RejectionCode::StillReferenced,
                "the code of a jurisdiction does not change",
            ));
        }
        None if world.jurisdiction(spec.code).is_some() => {
            return Err(Rejection::new(
                RejectionCode::IdTaken,
                format!("{} is registered", spec.code),
            ));
        }
        _ => {}
    }
    let Some(parent) = spec.parent else {
        return Ok(());
    };
    match world.jurisdiction(parent) {
        Some(city) if city.spec.parent.is_none() && parent != spec.code => Ok(()),
        _ => Err(Rejection::new(
            RejectionCode::UnknownReference,
            format!("no city {parent}"),
        )),
    }
}

pub(super) fn limits(entity: &Entity) -> Result<(), Rejection> {
    let lists: [usize; 3] = match entity {
        Entity::Ambulance(e) => [e.spec.capabilities.len(), e.spec.equipment.len(), 0],
        Entity::Team(e) => [
            e.spec.capabilities.len(),
            e.spec.equipment.len(),
            e.spec.specialities.len(),
        ],
        Entity::SpecialVehicle(e) => [e.spec.capabilities.len(), e.spec.equipment.len(), 0],
        Entity::BedPool(e) => [e.spec.properties.len(), 0, 0],
        Entity::Facility(e) => [e.spec.roles.len(), 0, 0],
        _ => [0; 3],
    };
    if lists.into_iter().any(|length| length > MAX_WORDS) {
        return Err(Rejection::new(
            RejectionCode::OutOfLimits,
            format!("a list has at most {MAX_WORDS} words"),
        ));
    }
    let fits = match entity {
        Entity::Station(e) => (1..=MAX_SERVICE_RADIUS_M).contains(&e.spec.service_radius_m),
        Entity::Norm(e) => e.spec.value.abs() <= MAX_NORM,
        Entity::Jurisdiction(e) => e.spec.area_km2.is_none_or(|area| area > 0.0 && area < 1e8),
        _ => true,
    };
    // 0, 0 is what broken devices and empty cells say, never a place of ours.
    let somewhere = entity
        .point()
        .is_none_or(|point| point.lon() != 0.0 || point.lat() != 0.0);
    if fits && somewhere {
        return Ok(());
    }
    Err(Rejection::new(
        RejectionCode::OutOfLimits,
        format!("a figure of {} is out of its limits", entity.id()),
    ))
}

pub(super) fn references(
    world: &World,
    entity: &Entity,
    standing: Option<&Entity>,
    context: &Context,
) -> Result<(), Rejection> {
    for id in entity.references() {
        let named_before = || standing.is_some_and(|old| old.references().any(|named| named == id));
        let Some(other) = world
            .get(id)
            .filter(|other| context.sees(world, other) || named_before())
        else {
            return Err(unknown(id));
        };
        if other.header().retired {
            return Err(Rejection::new(
                RejectionCode::UnknownReference,
                format!("{id} is retired"),
            )
            .blocked_by(other));
        }
        let fits = match entity {
            Entity::Ambulance(_) | Entity::Team(_) | Entity::SpecialVehicle(_) => {
                matches!(other, Entity::Station(_) | Entity::Facility(_))
            }
            Entity::BedPool(_) => matches!(other, Entity::Facility(_)),
            Entity::Station(station) => {
                let (facility, parent) = (&station.spec.facility_id, &station.spec.parent_id);
                (facility.as_ref() != Some(id) || matches!(other, Entity::Facility(_)))
                    && (parent.as_ref() != Some(id) || matches!(other, Entity::Station(_)))
            }
            Entity::Stockpile(stockpile) => match other {
                Entity::Facility(_) => true,
                // Lots were checked on their own.
                Entity::Item(_) => stockpile.spec.facility_id != *id,
                _ => false,
            },
            _ => false,
        };
        if !fits {
            let detail = format!("{id} is a {}", other.kind().as_str());
            return Err(Rejection::new(RejectionCode::WrongKind, detail));
        }
    }
    Ok(())
}

/// What others rely on does not change under them, and nothing stands above itself.
pub(super) fn hierarchy(
    world: &World,
    entity: &Entity,
    standing: Option<&Entity>,
    context: &Context,
) -> Result<(), Rejection> {
    match (standing, entity) {
        (Some(old @ Entity::Jurisdiction(before)), Entity::Jurisdiction(after))
            if before.spec.parent != after.spec.parent =>
        {
            // Centres follow from parents: those of everything in it would change unseen.
            if context.actor.jurisdiction.is_some() {
                let detail = format!("{} would change its centre", entity.id());
                return Err(Rejection::new(RejectionCode::OutsideJurisdiction, detail));
            }
            unused(world, old, "a jurisdiction with entries keeps its parent")
        }
        (Some(old @ Entity::Item(before)), Entity::Item(after))
            if before.spec.unit != after.spec.unit =>
        {
            unused(world, old, "an item in stock keeps its unit")
        }
        (_, Entity::Station(station)) => {
            let above =
                std::iter::successors(station.spec.parent_id.as_ref(), |id| match world.get(id) {
                    Some(Entity::Station(parent)) => parent.spec.parent_id.as_ref(),
                    _ => None,
                });
            for (height, id) in above.enumerate() {
                if id == entity.id() || height == MAX_TIERS {
                    let detail = format!("{id} is above itself, or too high above {}", entity.id());
                    return Err(Rejection::new(RejectionCode::OutOfLimits, detail));
                }
            }
            Ok(())
        }
        _ => Ok(()),
    }
}

fn unused(world: &World, entity: &Entity, rule: &str) -> Result<(), Rejection> {
    match dependent_on(world, entity) {
        None => Ok(()),
        Some(user) => Err(Rejection::new(RejectionCode::StillReferenced, rule).blocked_by(user)),
    }
}

pub(super) fn unknown(id: &EntityId) -> Rejection {
    Rejection::new(RejectionCode::UnknownReference, format!("no {id} here"))
}

/// An open entity that needs this one.
pub(super) fn dependent_on<'w>(world: &'w World, entity: &Entity) -> Option<&'w Entity> {
    let code = match entity {
        Entity::Jurisdiction(jurisdiction) => Some(jurisdiction.spec.code),
        _ => None,
    };
    world.entities().map(AsRef::as_ref).find(|other| {
        let depends = other.references().any(|id| id == entity.id())
            || code.is_some_and(|code| {
                other.jurisdiction() == Some(code) || parent_of(other) == Some(code)
            });
        depends && !other.header().retired && other.id() != entity.id()
    })
}

fn parent_of(entity: &Entity) -> Option<DivisionCode> {
    match entity {
        Entity::Jurisdiction(jurisdiction) => jurisdiction.spec.parent,
        _ => None,
    }
}
