//! Time per query and per move with 100 000 moving points over a province: `cargo bench -p chiyuan-geo`.

use std::hint::black_box;
use std::time::Instant;

use chiyuan_geo::{LonLat, SpatialIndex};

const POINTS: u32 = 100_000;
const ROUNDS: u32 = 20_000;
const RADIUS_M: f64 = 5_000.0;

/// splitmix64, as a number from 0 to 1.
struct Random(u64);

impl Random {
    fn unit(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((mixed ^ (mixed >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// Somewhere in Shanxi.
    fn place(&mut self) -> LonLat {
        let (lon, lat) = (110.2 + 4.3 * self.unit(), 34.6 + 6.1 * self.unit());
        LonLat::new(lon, lat).expect("Shanxi is in range")
    }
}

fn report<R>(what: &str, rounds: u32, mut run: impl FnMut(u32) -> R) {
    let begin = Instant::now();
    for round in 0..rounds {
        black_box(run(round));
    }
    let nanoseconds = begin.elapsed().as_nanos() / u128::from(rounds);
    println!("{what:<48} {nanoseconds:>12} ns");
}

fn main() {
    let mut random = Random(1);
    let points: Vec<(u32, LonLat)> = (0..POINTS).map(|key| (key, random.place())).collect();
    let mut index = SpatialIndex::new();
    report("bulk of 100 000", 1, |_| {
        index = SpatialIndex::bulk(points.iter().copied())
    });
    let places: Vec<LonLat> = (0..ROUNDS).map(|_| random.place()).collect();
    let place = |round: u32| places[round as usize];

    let mut inside = 0_u64;
    report("geodesic distance", ROUNDS, |round| {
        place(round).geodesic_m(place(0))
    });
    report("nearest 1", ROUNDS, |round| {
        index.nearest(place(round), 1, None, |_| true)
    });
    report("nearest 10", ROUNDS, |round| {
        index.nearest(place(round), 10, None, |_| true)
    });
    report("nearest 10, filter keeps 1 of 10", ROUNDS, |round| {
        index.nearest(place(round), 10, None, |key| key.is_multiple_of(10))
    });
    report("nearest 10, filter keeps 1 of 1 000", 500, |round| {
        index.nearest(place(round), 10, None, |key| key.is_multiple_of(1_000))
    });
    report("nearest 10, filter keeps none (worst case)", 50, |round| {
        index.nearest(place(round), 10, None, |_| black_box(false))
    });
    report("within 5 km, visited", ROUNDS, |round| {
        index.within(place(round), RADIUS_M, |_| true, |_, _| inside += 1);
    });
    report("within 5 km, hits sorted", ROUNDS, |round| {
        index.within_hits(place(round), RADIUS_M, |_| true)
    });
    report("within 50 km, visited", 500, |round| {
        index.within(place(round), 10.0 * RADIUS_M, |_| true, |_, _| inside += 1);
    });
    report("nearest 100 within 50 km", 500, |round| {
        index.nearest(place(round), 100, Some(10.0 * RADIUS_M), |_| true)
    });
    let mut random = Random(2);
    report("move of some hundred metres", 100_000, |round| {
        let at = points[round as usize].1;
        let to = LonLat::new(
            at.lon() + 0.005 * random.unit(),
            at.lat() + 0.005 * random.unit(),
        );
        index.insert(round, to.expect("a short move stays in range"))
    });
    report("nearest 10 after all have moved", ROUNDS, |round| {
        index.nearest(place(round), 10, None, |_| true)
    });
    println!("points seen within the radii: {inside}");
}
