//! Builds an entity from a registration and checks it against the world.

use crate::{
    Centre, DivisionCode, Entity, EntityId, Header, Listed, Placed, Point, Rejection,
    RejectionCode, World,
    bed_pool::{self, BedCount},
    decide::Context,
    header::Stateless,
    registry::{
        check,
        registration::{Initial, Registration, Spec},
    },
    stockpile::{self, StockCount},
    text::Note,
    unit::{Duty, UnitStatus},
};

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
        visible_to: check::other_centres(world, registration, centre)?,
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
    check::limits(&entity)?;
    check::references(world, &entity, standing, context)?;
    check::hierarchy(world, &entity, standing, context)?;
    Ok(entity)
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
            check::division(world, &spec, standing)?;
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
        .ok_or_else(|| check::unknown(stands_at))
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
    Ok(Duty::new(status, context.at, Note::default()))
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
