//! Any history of insertions, moves and removals leaves the index equal to a plain list.

use crate::support::{REGIONS, Random, at, measured};
use chiyuan_geo::{LonLat, SpatialIndex};
use proptest::prelude::*;

/// A plain list with the same meaning as the index.
#[derive(Default)]
struct Model(Vec<(u32, LonLat)>);

impl Model {
    fn insert(&mut self, key: u32, at: LonLat) -> Option<LonLat> {
        let old = self.remove(key);
        self.0.push((key, at));
        old
    }

    fn remove(&mut self, key: u32) -> Option<LonLat> {
        let place = self.0.iter().position(|entry| entry.0 == key)?;
        Some(self.0.swap_remove(place).1)
    }
}

fn assert_same(index: &SpatialIndex<u32>, model: &Model, from: LonLat) {
    assert_eq!(
        (index.len(), index.is_empty()),
        (model.0.len(), model.0.is_empty())
    );
    let all = measured(&model.0, from);
    assert_eq!(index.nearest(from, usize::MAX, None, |_| true), all);
    for hit in &all {
        assert_eq!(index.get(&hit.key), Some(hit.at));
    }
}

#[derive(Clone, Debug)]
enum Step {
    Put(u32, LonLat),
    Nudge(u32, f64),
    Take(u32),
}

fn coordinate() -> impl Strategy<Value = LonLat> {
    // The corner cases of longitude and latitude come up often, so that points fall together there.
    let lon = prop_oneof![
        -180.0..=180.0,
        Just(180.0),
        Just(-180.0),
        Just(0.0),
        Just(-0.0),
        112.0..=112.001
    ];
    let lat = prop_oneof![
        -90.0..=90.0,
        Just(90.0),
        Just(-90.0),
        Just(0.0),
        Just(-0.0),
        39.0..=39.001
    ];
    (lon, lat).prop_map(|(lon, lat)| at(lon, lat))
}

fn step() -> impl Strategy<Value = Step> {
    let key = 0..40_u32;
    prop_oneof![
        4 => (key.clone(), coordinate()).prop_map(|(key, at)| Step::Put(key, at)),
        2 => (key.clone(), -0.001..0.001).prop_map(|(key, by)| Step::Nudge(key, by)),
        3 => key.prop_map(Step::Take),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn any_history_equals_the_list(
        start in proptest::collection::vec((0..40_u32, coordinate()), 0..40),
        steps in proptest::collection::vec(step(), 0..120),
        from in coordinate(),
    ) {
        let mut index = SpatialIndex::bulk(start.iter().copied());
        let mut model = Model::default();
        for (key, at) in start {
            model.insert(key, at);
        }
        for step in steps {
            match step {
                Step::Put(key, to) => prop_assert_eq!(index.insert(key, to), model.insert(key, to)),
                Step::Nudge(key, by) => {
                    if let Some(old) = index.get(&key) {
                        let to = at((old.lon() + by).clamp(-180.0, 180.0), old.lat());
                        prop_assert_eq!(index.insert(key, to), model.insert(key, to));
                    }
                }
                Step::Take(key) => prop_assert_eq!(index.remove(&key), model.remove(key)),
            }
        }
        assert_same(&index, &model, from);
    }
}

#[test]
fn every_size_of_bulk_takes_later_insertions() {
    // rstar 0.13 built uneven trees for some sizes and panicked at a later insertion (rule D28).
    for size in 0..400 {
        let mut random = Random::new(size);
        let points = REGIONS[0].world(size as usize, &mut random);
        let mut index = SpatialIndex::bulk(points.iter().copied());
        let mut model = Model(points);
        for key in 0..20 {
            let place = REGIONS[0].draw(&mut random);
            assert_eq!(index.insert(key, place), model.insert(key, place));
        }
        assert_same(&index, &model, REGIONS[0].draw(&mut random));
    }
}

#[test]
fn a_driving_fleet_stays_findable() {
    let mut random = Random::new(9);
    for region in [REGIONS[1], REGIONS[5], REGIONS[6]] {
        let mut model = Model(region.world(500, &mut random));
        let mut index = SpatialIndex::bulk(model.0.iter().copied());
        for round in 0..40 {
            for entry in &mut model.0 {
                let by = random.between(-0.003, 0.003);
                let to = at(
                    (entry.1.lon() + by).clamp(-180.0, 180.0),
                    (entry.1.lat() + by).clamp(-90.0, 90.0),
                );
                assert_eq!(index.insert(entry.0, to), Some(entry.1), "round {round}");
                entry.1 = to;
            }
            assert_same(&index, &model, region.draw(&mut random));
        }
        for (key, at) in model.0 {
            assert_eq!(index.remove(&key), Some(at));
            assert_eq!(index.remove(&key), None);
        }
        assert!(
            index.is_empty()
                && index
                    .nearest(region.draw(&mut random), 1, None, |_| true)
                    .is_empty()
        );
    }
}
