//! Builds an entity from a registration and checks it against the world.

use std::collections::BTreeSet;

use crate::{
    Centre, DivisionCode, Entity, EntityId, Header, Listed, Placed, Point, Rejection,
    RejectionCode, World,
    bed_pool::{self, BedCount},
    decide::Context,
    header::Stateless,
    registry::registration::{Initial, Registration, Spec},
    stockpile::{self, StockCount},
    text::Note,
    unit::{Duty, UnitStatus},
};

/// Largest service radius of a station, metres.
const MAX_SERVICE_RADIUS_M: u32 = 200_000;
/// Most entries of a list of words.
const MAX_WORDS: usize = 64;
/// Largest value of a norm, either sign.
const MAX_NORM: f64 = 1e12;
/// Most stations above a station.
const MAX_TIERS: usize = 8;

/// The entity that a registration states, with the state of the standing one or its first state.
pub(super) fn build(
    world: &World,
    registration: &Registration,
    id: EntityId,
    version: u64,
    standing: Option<&Entity>,
    context: &Context,
) -> Result<Entity, Rejection> {
    let centre = centre(world, &registration.spec)?;
    let header = Header {
        id,
        version,
        centre,
        visible_to: other_centres(world, registration, centre)?,
        retired: false,
        source: registration.source.clone(),
    };
    let initial = &registration.initial;
    let entity = match registration.spec.clone() {
        Spec::Item(spec) => Entity::Item(Listed { header, spec }),
        Spec::Norm(spec) => Entity::Norm(Listed { header, spec }),
        placed => {
            let point = point(world, registration, &placed)?;
            place(placed, header, point, world, standing, initial, context)?
        }
    };
    check_limits(&entity)?;
    check_references(world, &entity, standing, context)?;
    check_hierarchy(world, &entity, standing, context)?;
    Ok(entity)
}

/// The further centres that see it: each a centre of this world, once, in order, without its own.
fn other_centres(
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

fn place(
    spec: Spec,
    header: Header,
    point: Point,
    world: &World,
    standing: Option<&Entity>,
    initial: &Initial,
    context: &Context,
) -> Result<Entity, Rejection> {
    let state = Stateless {};
    Ok(match spec {
        Spec::Jurisdiction(spec) => {
            check_division(world, &spec, standing)?;
            Entity::Jurisdiction(Placed {
                header,
                point,
                spec,
                state,
            })
        }
        Spec::Facility(spec) => Entity::Facility(Placed {
            header,
            point,
            spec,
            state,
        }),
        Spec::Station(spec) => Entity::Station(Placed {
            header,
            point,
            spec,
            state,
        }),
        Spec::Ambulance(spec) => Entity::Ambulance(Placed {
            header,
            point,
            spec,
            state: duty(standing, initial, context)?,
        }),
        Spec::Team(spec) => Entity::Team(Placed {
            header,
            point,
            spec,
            state: duty(standing, initial, context)?,
        }),
        Spec::SpecialVehicle(spec) => Entity::SpecialVehicle(Placed {
            header,
            point,
            spec,
            state: duty(standing, initial, context)?,
        }),
        Spec::BedPool(spec) => Entity::BedPool(Placed {
            header,
            point,
            spec,
            state: beds(standing, initial)?,
        }),
        Spec::Stockpile(spec) => Entity::Stockpile(Placed {
            header,
            point,
            spec,
            state: stock(world, standing, initial)?,
        }),
        Spec::Item(spec) => Entity::Item(Listed { header, spec }),
        Spec::Norm(spec) => Entity::Norm(Listed { header, spec }),
    })
}

/// The centre follows from the jurisdiction: its city, or itself.
fn centre(world: &World, spec: &Spec) -> Result<Centre, Rejection> {
    let of = |code: DivisionCode| {
        let place = world
            .jurisdiction(code)
            .filter(|place| !place.header.retired);
        place.map(|place| place.header.centre).ok_or_else(|| {
            Rejection::new(
                RejectionCode::UnknownReference,
                format!("no jurisdiction {code}"),
            )
        })
    };
    match spec {
        Spec::Jurisdiction(spec) => spec.parent.map_or(Ok(spec.code), of),
        Spec::Facility(spec) => of(spec.jurisdiction),
        Spec::Station(spec) => of(spec.jurisdiction),
        Spec::Ambulance(spec) => of(spec.jurisdiction),
        Spec::Team(spec) => of(spec.jurisdiction),
        Spec::SpecialVehicle(spec) => of(spec.jurisdiction),
        Spec::BedPool(spec) => of(spec.jurisdiction),
        Spec::Stockpile(spec) => of(spec.jurisdiction),
        Spec::Norm(spec) => of(spec.place),
        Spec::Item(_) => Ok(Centre::SHARED),
    }
}

/// The stated place, else that of the home or facility.
fn point(world: &World, registration: &Registration, spec: &Spec) -> Result<Point, Rejection> {
    if let Some(point) = registration.point {
        return Ok(point);
    }
    let stands_at = match spec {
        Spec::Ambulance(spec) => Some(&spec.home_id),
        Spec::Team(spec) => Some(&spec.home_id),
        Spec::SpecialVehicle(spec) => Some(&spec.home_id),
        Spec::BedPool(spec) => Some(&spec.facility_id),
        Spec::Stockpile(spec) => Some(&spec.facility_id),
        _ => None,
    };
    let Some(stands_at) = stands_at else {
        return Err(Rejection::new(
            RejectionCode::OutOfLimits,
            "lon and lat are missing",
        ));
    };
    world
        .get(stands_at)
        .and_then(Entity::point)
        .ok_or_else(|| unknown(stands_at))
}

fn duty(
    standing: Option<&Entity>,
    initial: &Initial,
    context: &Context,
) -> Result<Duty, Rejection> {
    if let Some(duty) = standing.and_then(Entity::duty) {
        return Ok(duty.clone());
    }
    let status = initial.status.unwrap_or(UnitStatus::OffDuty);
    if status.is_derived() {
        return Err(Rejection::new(
            RejectionCode::StatusIsDerived,
            "a new unit has no assignment",
        ));
    }
    Ok(Duty {
        status,
        status_since: context.at,
        status_reason: Note::default(),
    })
}

fn beds(standing: Option<&Entity>, initial: &Initial) -> Result<BedCount, Rejection> {
    if let Some(Entity::BedPool(pool)) = standing {
        return Ok(pool.state.clone());
    }
    let physical = initial.physical.unwrap_or(0);
    let (staffed, occupied) = (
        initial.staffed.unwrap_or(physical),
        initial.occupied.unwrap_or(0),
    );
    bed_pool::possible(Some(physical), staffed, occupied)?;
    Ok(BedCount {
        physical,
        staffed,
        occupied,
        held: 0,
        reported_at: None,
        reported_by: None,
    })
}

fn stock(
    world: &World,
    standing: Option<&Entity>,
    initial: &Initial,
) -> Result<StockCount, Rejection> {
    if let Some(Entity::Stockpile(stockpile)) = standing {
        return Ok(stockpile.state.clone());
    }
    let lots = initial.lots.clone().unwrap_or_default();
    stockpile::check_lots(world, &lots)?;
    Ok(StockCount {
        lots,
        counted_at: None,
        counted_by: None,
    })
}

/// A division code names one jurisdiction for good, and counties lie in cities.
fn check_division(
    world: &World,
    spec: &crate::place::JurisdictionSpec,
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

fn check_limits(entity: &Entity) -> Result<(), Rejection> {
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

fn check_references(
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
fn check_hierarchy(
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

fn unknown(id: &EntityId) -> Rejection {
    Rejection::new(RejectionCode::UnknownReference, format!("no {id} here"))
}

/// Whether an update would change nothing.
pub(super) fn equal_but_version(standing: &Entity, next: &Entity) -> bool {
    let mut next = next.clone();
    next.header_mut().version = standing.header().version;
    next == *standing
}

/// What moves along when a home or facility moves: everything that stood exactly there because of it.
pub(super) fn moved_with(world: &World, standing: &Entity, next: &Entity) -> Vec<Entity> {
    let (Some(old), Some(new)) = (standing.point(), next.point()) else {
        return Vec::new();
    };
    if old == new {
        return Vec::new();
    }
    world
        .entities()
        .filter(|entity| {
            entity.stands_at() == Some(next.id())
                && entity.point() == Some(old)
                && !entity.header().retired
        })
        .map(|entity| {
            let mut moved = entity.next_version();
            moved.set_point(new);
            moved
        })
        .collect()
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
