//! Coverage: people left without an available ambulance inside the service radius of their station once a unit has gone
//! (SZ-22, JZ-13).

use std::collections::{BTreeMap, BTreeSet};

use chiyuan_core::{
    Centre, DivisionCode, Entity, EntityId, Kind, World, place::Station, unit::UnitStatus,
};
use chiyuan_geo::LonLat;
use serde::Serialize;
use utoipa::ToSchema;

use crate::picture::{Picture, Slot, lon_lat};

/// People without cover, and the stations around which they live.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct Uncovered {
    pub population: u64,
    pub stations: Vec<UncoveredStation>,
}

/// A station whose area loses its last ambulance.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct UncoveredStation {
    pub id: EntityId,
    pub name: String,
    pub population: u64,
}

/// Who covers what in one centre, at one moment.
pub(super) struct Cover<'p> {
    picture: &'p Picture,
    /// Stations whose only available ambulance in reach is this one.
    alone: BTreeMap<EntityId, Vec<EntityId>>,
    /// The jurisdiction whose people a station serves.
    serves: BTreeMap<EntityId, DivisionCode>,
    /// Stations that serve a jurisdiction; its people are shared out evenly among them, until finer figures are loaded.
    stations_of: BTreeMap<DivisionCode, u64>,
    /// Available ambulances by home.
    at_home: BTreeMap<EntityId, usize>,
}

impl<'p> Cover<'p> {
    /// Looks at every station of a centre: the two nearest available ambulances tell all there is to know.
    pub(super) fn of(picture: &'p Picture, centre: Centre) -> Self {
        let (mut alone, mut stations_of) = (BTreeMap::<_, Vec<_>>::new(), BTreeMap::new());
        let (mut serves, counties) = (BTreeMap::new(), Counties::of(picture.world()));
        for entity in picture.world().of_kind(Kind::Station) {
            let Entity::Station(station) = entity else {
                continue;
            };
            if station.header.centre != centre || station.header.retired {
                continue;
            }
            let served = counties.served_by(station);
            *stations_of.entry(served).or_insert(0) += 1;
            serves.insert(station.header.id.clone(), served);
            let radius_m = f64::from(station.spec.service_radius_m);
            let near = picture.nearest_slots(lon_lat(station.point), 2, Some(radius_m), available);
            if let [(only, _)] = near.as_slice() {
                alone
                    .entry(only.entity.id().clone())
                    .or_default()
                    .push(station.header.id.clone());
            }
        }
        Self {
            picture,
            alone,
            serves,
            stations_of,
            at_home: at_home(picture, centre),
        }
    }

    /// What loses its cover when this unit goes.
    pub(super) fn without(&self, unit: &EntityId) -> Uncovered {
        let stations = self.alone.get(unit).into_iter().flatten();
        let stations: Vec<_> = stations.filter_map(|id| self.station(id)).collect();
        Uncovered {
            population: stations.iter().map(|station| station.population).sum(),
            stations,
        }
    }

    /// How many available ambulances call this place home.
    pub(super) fn available_at(&self, home: &EntityId) -> usize {
        self.at_home.get(home).copied().unwrap_or(0)
    }

    fn station(&self, id: &EntityId) -> Option<UncoveredStation> {
        let world = self.picture.world();
        let Some(Entity::Station(station)) = world.get(id) else {
            return None;
        };
        let served = self.serves.get(id)?;
        let residents = world
            .jurisdiction(*served)
            .map_or(0, |j| u64::from(j.spec.population));
        let share = residents / self.stations_of.get(served).copied().unwrap_or(1).max(1);
        Some(UncoveredStation {
            id: id.clone(),
            name: station.spec.name.to_string(),
            population: share,
        })
    }
}

/// The counties of each city. A city's people are those of its counties, so nobody may be counted in both.
struct Counties(BTreeMap<DivisionCode, Vec<(LonLat, DivisionCode)>>);

impl Counties {
    fn of(world: &World) -> Self {
        let mut counties = BTreeMap::<_, Vec<_>>::new();
        for entity in world.of_kind(Kind::Jurisdiction) {
            if let Entity::Jurisdiction(county) = entity
                && let Some(city) = county.spec.parent
                && !county.header.retired
            {
                let at = lon_lat(county.point);
                counties
                    .entry(city)
                    .or_default()
                    .push((at, county.spec.code));
            }
        }
        Self(counties)
    }

    /// Whom a station serves: its county, or, if it belongs to a city with counties, the one whose seat is nearest.
    fn served_by(&self, station: &Station) -> DivisionCode {
        let own = station.spec.jurisdiction;
        let at = lon_lat(station.point);
        let counties = self.0.get(&own).into_iter().flatten();
        let nearest = counties
            .min_by(|(one, _), (other, _)| one.geodesic_m(at).total_cmp(&other.geodesic_m(at)));
        nearest.map_or(own, |(_, county)| *county)
    }
}

fn available(slot: &Slot) -> bool {
    let duty = slot.entity.duty();
    matches!(slot.entity.as_ref(), Entity::Ambulance(_))
        && duty.is_some_and(|duty| duty.status == UnitStatus::Available && duty.shift_id.is_some())
}

fn at_home(picture: &Picture, centre: Centre) -> BTreeMap<EntityId, usize> {
    let mut homes = BTreeMap::new();
    let mut seen = BTreeSet::new();
    for entity in picture.world().of_kind(Kind::Ambulance) {
        let ours = entity.header().centre == centre && !entity.header().retired;
        let slot = picture
            .slot(entity.id())
            .filter(|slot| ours && available(slot));
        if let (Some(_), Some(home)) = (slot, entity.stands_at())
            && seen.insert(entity.id())
        {
            *homes.entry(home.clone()).or_insert(0) += 1;
        }
    }
    homes
}
