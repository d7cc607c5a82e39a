//! The index answers as if every point had been measured, anywhere on earth.

use std::collections::BTreeSet;

use crate::support::{REGIONS, Random, Region, at, measured};
use chiyuan_geo::{Hit, LonLat, SpatialIndex};

/// Numbers of points; each region gets one world of every size.
const WORLD_SIZES: [usize; 10] = [0, 3, 40, 80, 120, 160, 200, 240, 280, 320];
const PLACES_PER_WORLD: usize = 320;
/// Queries asked at each place: see [`ask`].
const QUERIES_PER_PLACE: usize = 20;

#[test]
fn hundreds_of_thousands_of_queries_equal_measuring_everything() {
    // Every half runs on its own thread: the oracle costs nearly all the time.
    let asked: usize = std::thread::scope(|scope| {
        let halves = REGIONS.chunks(REGIONS.len() / 2);
        let running: Vec<_> = halves
            .map(|regions| scope.spawn(move || regions.iter().map(ask_region).sum::<usize>()))
            .collect();
        running
            .into_iter()
            .map(|half| half.join().expect("a query was answered wrongly"))
            .sum()
    });
    assert!(asked >= 600_000, "only {asked} queries");
}

fn ask_region(region: &Region) -> usize {
    let mut asked = 0;
    for count in WORLD_SIZES {
        let mut random = Random::new(count as u64 ^ region.lon.to_bits() ^ region.lat.to_bits());
        let points = region.world(count, &mut random);
        let index = SpatialIndex::bulk(points.iter().copied());
        for number in 0..PLACES_PER_WORLD {
            let from = place(region, number, &points, &mut random);
            ask(
                &index,
                &measured(&points, from),
                from,
                region.name,
                &mut random,
            );
            asked += QUERIES_PER_PLACE;
        }
    }
    asked
}

/// Mostly in the region, also on a point, opposite to a point, and far away.
fn place(region: &Region, number: usize, points: &[(u32, LonLat)], random: &mut Random) -> LonLat {
    match (number % 8, points.len()) {
        (0, 1..) => points[random.below(points.len())].1,
        (1, 1..) => {
            let near = points[random.below(points.len())].1;
            let lon = if near.lon() > 0.0 {
                near.lon() - 180.0
            } else {
                near.lon() + 180.0
            };
            at(
                lon,
                -near.lat() + near.lat().signum() * random.between(0.0, 0.5),
            )
        }
        (2, _) => REGIONS[random.below(REGIONS.len())].draw(random),
        (3, _) => at(
            [180.0, -180.0, 0.0][random.below(3)],
            [90.0, -90.0, 0.0][random.below(3)],
        ),
        _ => region.draw(random),
    }
}

/// Four filters, each with five queries.
fn ask(index: &SpatialIndex<u32>, all: &[Hit<u32>], from: LonLat, name: &str, random: &mut Random) {
    for share in [1_u32, 2, 7, 40] {
        let accept = |key: u32| (key >> 8).is_multiple_of(share);
        let right: Vec<Hit<u32>> = all.iter().filter(|hit| accept(hit.key)).copied().collect();
        let k = 1 + random.below(20);
        assert_eq!(
            index.nearest(from, k, None, accept),
            right[..k.min(right.len())],
            "{k} nearest to {from:?} at {name}"
        );

        // A radius that is exactly the distance of a point: the edge belongs to it.
        let radius_m = right
            .get(random.below(right.len().max(1)))
            .map_or(1_000.0, |hit| hit.distance_m);
        let inside = &right[..right.partition_point(|hit| hit.distance_m <= radius_m)];
        let limit = 1 + random.below(20);
        let limited = index.nearest(from, limit, Some(radius_m), accept);
        assert_eq!(
            limited,
            inside[..limit.min(inside.len())],
            "{limit} nearest to {from:?} in {radius_m} at {name}"
        );
        assert_eq!(
            index.within_hits(from, radius_m, accept),
            inside,
            "within {radius_m} of {from:?} at {name}"
        );

        // The same radius, and a hair less: then that point is out.
        for radius_m in [radius_m, radius_m.next_down()] {
            let inside: BTreeSet<u32> = right
                .iter()
                .filter(|hit| hit.distance_m <= radius_m)
                .map(|hit| hit.key)
                .collect();
            let mut visits = 0;
            let mut visited = BTreeSet::new();
            index.within(from, radius_m, accept, |key, at| {
                visits += 1;
                visited.insert(key);
                assert_eq!(index.get(&key), Some(at));
            });
            assert_eq!(
                visited, inside,
                "visited within {radius_m} of {from:?} at {name}"
            );
            assert_eq!(visits, visited.len(), "a point was visited twice");
        }
    }
}

#[test]
fn crowded_places_keep_their_exact_order() {
    // Two thousand points in one town: many distances differ by less than a metre.
    let mut random = Random::new(77);
    let town = Region {
        name: "Pinglu town",
        lon: 112.12,
        lat: 39.51,
        spread: (0.02, 0.02),
    };
    let points = town.world(2_000, &mut random);
    let index = SpatialIndex::bulk(points.iter().copied());
    for _ in 0..200 {
        let from = town.draw(&mut random);
        let all = measured(&points, from);
        assert_eq!(index.nearest(from, 500, None, |_| true), all[..500]);
        let inside = &all[..all.partition_point(|hit| hit.distance_m <= 1_000.0)];
        assert_eq!(index.within_hits(from, 1_000.0, |_| true), inside);
    }
}

#[test]
fn limits_and_empty_questions_have_plain_answers() {
    let here = at(112.44, 39.33);
    let mut index = SpatialIndex::new();
    assert!(index.is_empty() && index.nearest(here, 5, None, |_| true).is_empty());
    index.insert(1_u32, here);
    index.insert(2, at(-67.56, -39.33));
    assert!(index.nearest(here, 0, None, |_| true).is_empty());
    for nothing in [-1.0, f64::NAN, f64::NEG_INFINITY] {
        assert!(index.nearest(here, 5, Some(nothing), |_| true).is_empty());
        assert!(index.within_hits(here, nothing, |_| true).is_empty());
        index.within(
            here,
            nothing,
            |_| true,
            |key, _| panic!("{key} within {nothing}"),
        );
    }
    for zero in [0.0, -0.0] {
        assert_eq!(index.nearest(here, 5, Some(zero), |_| true).len(), 1);
        assert_eq!(index.within_hits(here, zero, |_| true).len(), 1);
    }
    // The antipode is half a meridian away, the greatest distance there is.
    for everything in [20_003_932.0, 1e9, f64::MAX, f64::INFINITY] {
        assert_eq!(
            index
                .nearest(here, usize::MAX, Some(everything), |_| true)
                .len(),
            2
        );
        assert_eq!(index.within_hits(here, everything, |_| true).len(), 2);
    }
}

#[test]
fn a_filter_that_refuses_nearly_all_gets_the_same_answers() {
    // The walk goes on to the end of the world, with equal distances and shared places on the way.
    let mut random = Random::new(6);
    for region in [REGIONS[1], REGIONS[2], REGIONS[7], REGIONS[9]] {
        let points = region.world(2_000, &mut random);
        let index = SpatialIndex::bulk(points.iter().copied());
        for _ in 0..100 {
            let from = region.draw(&mut random);
            let all = measured(&points, from);
            for share in [15, 100, 3_000] {
                let right: Vec<Hit<u32>> = all
                    .iter()
                    .filter(|hit| (hit.key >> 8).is_multiple_of(share))
                    .copied()
                    .collect();
                let mut asked = BTreeSet::new();
                let radius_m = right.get(right.len() / 2).map(|hit| hit.distance_m);
                let right_inside = right
                    .iter()
                    .take_while(|hit| radius_m.is_none_or(|edge| hit.distance_m <= edge));
                let right_inside: Vec<Hit<u32>> = right_inside.copied().collect();
                for (max_distance_m, right) in [(None, &right), (radius_m, &right_inside)] {
                    asked.clear();
                    let hits = index.nearest(from, 30, max_distance_m, |key| {
                        assert!(asked.insert(key), "asked twice about {key}");
                        (key >> 8).is_multiple_of(share)
                    });
                    assert_eq!(hits, right[..right.len().min(30)]);
                }
            }
        }
    }
}

#[test]
fn a_filter_is_asked_about_few_more_than_the_answer_needs() {
    let mut random = Random::new(5);
    let points = REGIONS[0].world(2_000, &mut random);
    let index = SpatialIndex::bulk(points.iter().copied());
    let mut asked = 0;
    let hits = index.nearest(at(116.4, 39.9), 10, None, |_| {
        asked += 1;
        true
    });
    assert_eq!(hits.len(), 10);
    // Two nodes' worth; the points of a node come in no order.
    assert!(asked <= 64, "asked about {asked} points for 10 hits");
}
