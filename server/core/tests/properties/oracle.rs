//! What must hold after every command, written down a second time and apart from the rules.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use chiyuan_core::{
    Actor, Centre, Change, Command, DivisionCode, Entity, EntityId, Kind, Role, World,
};
use sha2::{Digest, Sha256};

/// What an accepted command may and may not have done. Each paragraph names the guard that it watches.
pub fn step(before: &World, after: &World, command: &Command, actor: &Actor, changes: &[Change]) {
    // Guard: the table of authority.
    assert!(
        allowed(actor.role, command),
        "{:?} gave {}",
        actor.role,
        command.word()
    );
    let mut touched = BTreeSet::new();
    for change in changes {
        let next = change
            .entity
            .as_ref()
            .expect("nothing is removed at this stage");
        assert!(touched.insert(&change.id), "{} changed twice", change.id);
        assert_eq!((change.kind, &change.id), (next.kind(), next.id()));
        // Guard: applying is replacement.
        assert_eq!(after.get(&change.id), Some(next.as_ref()));
        let old = before.get(&change.id);
        match old {
            None => assert_eq!(
                next.header().version,
                1,
                "{} starts at another version",
                change.id
            ),
            Some(old) => {
                // Guard: versions rise by exactly one.
                assert_eq!(
                    next.header().version,
                    old.header().version + 1,
                    "{}",
                    change.id
                );
                assert_eq!(
                    next.kind(),
                    old.kind(),
                    "{} became something else",
                    change.id
                );
                // Guard: retired is for good.
                assert!(
                    !old.header().retired,
                    "{} is retired and changed",
                    change.id
                );
            }
        }
        inside(before, actor, old.unwrap_or(next));
        state(command, old, next);
    }
    own_unit(actor, command, changes);
    // Guard: everything else stays the very same.
    let new = changes
        .iter()
        .filter(|change| before.get(&change.id).is_none())
        .count();
    assert_eq!(after.len(), before.len() + new);
    for entity in before
        .entities()
        .filter(|entity| !touched.contains(entity.id()))
    {
        let same = after
            .shared(entity.id())
            .is_some_and(|other| Arc::ptr_eq(&other, entity));
        assert!(same, "{} changed without a change", entity.id());
    }
}

/// The contract's table of who may do what.
fn allowed(role: Role, command: &Command) -> bool {
    use Role::{
        Administrator, BedDesk, Commander, Crew, Dispatcher, ExerciseDirector, StoreKeeper, System,
    };
    let roles: &[Role] = match command {
        Command::RegisterResource(_) | Command::UpdateResource(_) | Command::RetireResource(_) => {
            &[Administrator]
        }
        Command::SetUnitStatus(_) => &[Administrator, Commander, Dispatcher, Crew],
        Command::ReportBeds(_) => &[Administrator, Commander, BedDesk],
        Command::CountStock(_) => &[Administrator, Commander, StoreKeeper],
        Command::SetClock(_) => &[ExerciseDirector],
        Command::CopyRegistry(_) => &[],
    };
    role == System || roles.contains(&role)
}

/// Guard: nobody changes anything outside his jurisdiction.
fn inside(before: &World, actor: &Actor, entity: &Entity) {
    let Some(scope) = actor.jurisdiction else {
        return;
    };
    if entity.kind() == Kind::Clock {
        return;
    }
    let place = match entity {
        Entity::Jurisdiction(place) if place.spec.parent == Some(scope) => Some(scope),
        entity => entity.jurisdiction(),
    };
    let parent = |code: DivisionCode| {
        before
            .jurisdiction(code)
            .and_then(|place| place.spec.parent)
    };
    let fits = place.is_some_and(|place| place == scope || parent(place) == Some(scope));
    assert!(
        fits,
        "{} touched {} in {place:?} from {scope}",
        actor.name,
        entity.id()
    );
}

/// Guard: a crew acts for its own unit and nothing else.
fn own_unit(actor: &Actor, command: &Command, changes: &[Change]) {
    if actor.role == Role::Crew {
        assert!(matches!(command, Command::SetUnitStatus(_)));
        assert!(
            changes
                .iter()
                .all(|change| Some(&change.id) == actor.unit.as_ref())
        );
    }
}

/// Guard: status, counts and lots change only by their own commands, and no status that follows from an assignment is
/// ever set by hand.
fn state(command: &Command, old: Option<&Entity>, next: &Entity) {
    let own = |own: bool, same: bool| {
        assert!(
            old.is_none() || own || same,
            "{} by {}",
            next.id(),
            command.word()
        )
    };
    match (old, next) {
        (_, Entity::Ambulance(_) | Entity::Team(_) | Entity::SpecialVehicle(_)) => {
            let same = old.and_then(Entity::duty) == next.duty();
            own(matches!(command, Command::SetUnitStatus(_)), same);
            assert!(
                same || next.duty().is_some_and(|duty| !duty.status.is_derived()),
                "{}",
                next.id()
            );
        }
        (Some(Entity::BedPool(old)), Entity::BedPool(next)) => {
            own(
                matches!(command, Command::ReportBeds(_)),
                old.state == next.state,
            );
            assert_eq!(old.state.held, next.state.held, "a report makes no holds");
        }
        (Some(Entity::Stockpile(old)), Entity::Stockpile(next)) => {
            own(
                matches!(command, Command::CountStock(_)),
                old.state == next.state,
            );
        }
        _ => {}
    }
}

/// What holds in every world at every moment.
pub fn world(world: &World) {
    let mut codes: BTreeMap<DivisionCode, &EntityId> = BTreeMap::new();
    for entity in world.entities() {
        let header = entity.header();
        assert!(
            std::ptr::eq(world.get(&header.id).unwrap(), entity.as_ref()),
            "{} stands under another id",
            header.id
        );
        assert_eq!(
            matches!(entity.as_ref(), Entity::Clock(_)),
            header.id.as_str() == "clock"
        );
        assert_eq!(
            header.centre,
            centre(world, entity),
            "centre of {}",
            header.id
        );
        if let Entity::Jurisdiction(place) = entity.as_ref() {
            assert_eq!(
                codes.insert(place.spec.code, &header.id),
                None,
                "a code stands twice"
            );
            assert_ne!(
                place.spec.code,
                Centre::SHARED,
                "the code of what belongs to nobody"
            );
        }
        figures(entity);
        if !header.retired {
            references(world, entity);
        }
    }
    hashes(world);
}

/// Guard: the centre follows the jurisdiction.
fn centre(world: &World, entity: &Entity) -> Centre {
    let city = |code: DivisionCode| {
        let place = world
            .jurisdiction(code)
            .unwrap_or_else(|| panic!("{} lies in no place", entity.id()));
        place.spec.parent.unwrap_or(place.spec.code)
    };
    match entity {
        Entity::Item(_) => Centre::SHARED,
        Entity::Clock(clock) => clock.header.centre,
        Entity::Jurisdiction(place) => {
            if let Some(parent) = place.spec.parent {
                let parent = world.jurisdiction(parent).expect("the city of a county");
                assert_eq!(parent.spec.parent, None, "{} lies in a county", entity.id());
            }
            place.spec.parent.unwrap_or(place.spec.code)
        }
        placed => city(placed.jurisdiction().unwrap()),
    }
}

/// Guard: the schema's constraints hold before the schema is asked.
fn figures(entity: &Entity) {
    if let Some(point) = entity.point() {
        assert!(
            point.lon() != 0.0 || point.lat() != 0.0,
            "{} stands in the ocean",
            entity.id()
        );
    }
    match entity {
        Entity::BedPool(pool) => {
            let beds = &pool.state;
            assert!(
                beds.occupied + beds.held <= beds.staffed && beds.staffed <= beds.physical,
                "{beds:?}"
            );
        }
        Entity::Station(station) => assert!(station.spec.service_radius_m > 0),
        Entity::Jurisdiction(place) => assert!(place.spec.area_km2.is_none_or(|area| area > 0.0)),
        Entity::Clock(clock) => {
            assert!(clock.speed > 0.0 && clock.speed <= 600.0 && !clock.header.retired);
            assert!(
                clock.world_at.timestamp() < 253_402_300_800,
                "a year of five digits"
            );
        }
        _ => {}
    }
}

/// Guard: what an open entity names exists, is open and is of the right kind.
fn references(world: &World, entity: &Entity) {
    let open = |id: &EntityId, kinds: &[Kind]| {
        let other = world
            .get(id)
            .unwrap_or_else(|| panic!("{} names {id}", entity.id()));
        assert!(
            !other.header().retired,
            "{} names {id}, which is retired",
            entity.id()
        );
        assert!(
            kinds.contains(&other.kind()),
            "{} names {id}, a {:?}",
            entity.id(),
            other.kind()
        );
    };
    let code = match entity {
        Entity::Jurisdiction(place) => place.spec.parent,
        entity => entity.jurisdiction(),
    };
    if let Some(code) = code {
        assert!(
            !world.jurisdiction(code).unwrap().header.retired,
            "{} lies in a retired place",
            entity.id()
        );
    }
    match entity {
        Entity::Ambulance(unit) => open(&unit.spec.home_id, &[Kind::Station, Kind::Facility]),
        Entity::Team(unit) => open(&unit.spec.home_id, &[Kind::Station, Kind::Facility]),
        Entity::SpecialVehicle(unit) => open(&unit.spec.home_id, &[Kind::Station, Kind::Facility]),
        Entity::BedPool(pool) => open(&pool.spec.facility_id, &[Kind::Facility]),
        Entity::Station(station) => {
            if let Some(facility) = &station.spec.facility_id {
                open(facility, &[Kind::Facility]);
            }
            if let Some(parent) = &station.spec.parent_id {
                open(parent, &[Kind::Station]);
            }
            above(world, entity);
        }
        Entity::Stockpile(site) => {
            open(&site.spec.facility_id, &[Kind::Facility]);
            let mut lots = BTreeSet::new();
            for lot in &site.state.lots {
                open(&lot.item_id, &[Kind::Item]);
                assert!(lots.insert(&lot.id), "lot {} stands twice", lot.id);
                let Some(Entity::Item(item)) = world.get(&lot.item_id) else {
                    unreachable!()
                };
                assert_eq!(
                    item.spec.unit, lot.unit,
                    "lot {} is counted otherwise than its item",
                    lot.id
                );
            }
        }
        _ => {}
    }
}

/// Guard: no station is above itself.
fn above(world: &World, station: &Entity) {
    let mut at = station;
    for _ in 0..world.len() {
        match at {
            Entity::Station(here) => {
                match here.spec.parent_id.as_ref().and_then(|id| world.get(id)) {
                    Some(parent) => at = parent,
                    None => return,
                }
            }
            _ => return,
        }
    }
    panic!("{} is above itself", station.id());
}

/// Guard: the sums of the state hash equal those of a fresh count, whoever looks.
fn hashes(world: &World) {
    let mut all = 0_u64;
    let mut centres: BTreeMap<Centre, u64> = BTreeMap::new();
    for entity in world.entities() {
        let header = entity.header();
        let name = format!(
            "{}/{}/{}",
            entity.kind().as_str(),
            header.id,
            header.version
        );
        let digest = Sha256::digest(name.as_bytes());
        let part = u64::from_be_bytes(digest[..8].try_into().unwrap());
        all = all.wrapping_add(part);
        for code in super::generator::CODES {
            let centre = Centre::new(code).unwrap();
            let seen = header.centre == Centre::SHARED
                || header.centre == centre
                || header.visible_to.contains(&centre);
            assert_eq!(seen, header.visible_in(centre), "{} from {code}", header.id);
            let sum = centres.entry(centre).or_default();
            *sum = sum.wrapping_add(if seen { part } else { 0 });
        }
    }
    assert_eq!(world.hash().of(None), format!("{all:016x}"));
    for (centre, sum) in centres {
        assert_eq!(
            world.hash().of(Some(centre)),
            format!("{sum:016x}"),
            "seen from {centre}"
        );
    }
}
