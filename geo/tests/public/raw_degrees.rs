//! Negative control: why the index does not hold longitudes and latitudes as they are.

use crate::support::{Random, Region, measured};
use chiyuan_geo::{LonLat, SpatialIndex};

/// Order of a tree over plain degrees.
fn degrees_2(from: LonLat, to: LonLat) -> f64 {
    (from.lon() - to.lon()).powi(2) + (from.lat() - to.lat()).powi(2)
}

#[test]
fn plain_degrees_name_the_wrong_nearest_unit() {
    for (lat, least_wrong) in [(39.9, 0.05), (52.97, 0.10)] {
        let region = Region {
            name: "a city",
            lon: 116.4,
            lat,
            spread: (0.4, 0.4),
        };
        let mut random = Random::new(lat.to_bits());
        let points: Vec<(u32, LonLat)> = (0..300)
            .map(|key| (key, region.draw(&mut random)))
            .collect();
        let index = SpatialIndex::bulk(points.iter().copied());
        let (mut wrong, mut index_wrong, queries) = (0, 0, 2_000);
        for _ in 0..queries {
            let from = region.draw(&mut random);
            let nearest = measured(&points, from)[0];
            let by_degrees = points
                .iter()
                .min_by(|one, other| degrees_2(from, one.1).total_cmp(&degrees_2(from, other.1)))
                .expect("the world has points");
            wrong += usize::from(by_degrees.0 != nearest.key);
            index_wrong += usize::from(index.nearest(from, 1, None, |_| true) != [nearest]);
        }
        assert_eq!(index_wrong, 0);
        let share = f64::from(u32::try_from(wrong).expect("few queries")) / f64::from(queries);
        assert!(
            share > least_wrong,
            "at {lat} north only {share} of the answers were wrong"
        );
    }
}
