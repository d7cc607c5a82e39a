//! What holds in every world at every moment: the registry, references, figures and hashes.

use std::collections::{BTreeMap, BTreeSet};

use chiyuan_core::{Centre, DivisionCode, Entity, EntityId, Kind, World};
use sha2::{Digest, Sha256};

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
    super::cases::hold(world);
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
        // A desk belongs to the centre of whoever gives it up, and to nobody if he works everywhere.
        Entity::Handover(handover) => handover.header.centre,
        // A unit may have moved since; a shift stays where it began.
        Entity::Shift(shift) => shift.header.centre,
        Entity::Call(call) if call.jurisdiction.is_none() => Centre::SHARED,
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
        for code in crate::generator::CODES {
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
