//! Seeded worlds of points at the places where distance search goes wrong, and the oracle: measure all, sort.

use chiyuan_geo::{Hit, LonLat};

/// xorshift64*: a small seeded generator, so that a failing seed can be run again.
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Self {
        // Spread small seeds over the whole state, which must not be zero.
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    pub fn bits(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D)
    }

    /// From 0 to 1, without 1.
    pub fn unit(&mut self) -> f64 {
        (self.bits() >> 11) as f64 / (1_u64 << 53) as f64
    }

    pub fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.unit()
    }

    pub fn below(&mut self, count: usize) -> usize {
        (self.bits() % count as u64) as usize
    }
}

/// A region that points are drawn from.
#[derive(Clone, Copy, Debug)]
pub struct Region {
    pub name: &'static str,
    pub lon: f64,
    pub lat: f64,
    /// Half width and half height in degrees; longitudes wrap, latitudes are cut at the poles.
    pub spread: (f64, f64),
}

pub const REGIONS: [Region; 10] = [
    region("Beijing", 116.4, 39.9, 0.4, 0.4),
    region("Shuozhou, Shanxi", 112.44, 39.33, 0.8, 0.6),
    region("one street in Yangquan", 113.58, 37.86, 0.002, 0.002),
    region("Mohe", 122.5, 52.97, 1.0, 0.5),
    region("Bachu", 78.55, 39.78, 2.0, 1.0),
    region("the date line", 180.0, 10.0, 0.5, 20.0),
    region("the North Pole", 0.0, 90.0, 180.0, 2.0),
    region("the South Pole", 0.0, -90.0, 180.0, 1e-5),
    region("the equator", 0.0, 0.0, 3.0, 0.1),
    region("the whole earth", 0.0, 0.0, 180.0, 90.0),
];

const fn region(name: &'static str, lon: f64, lat: f64, wide: f64, high: f64) -> Region {
    Region {
        name,
        lon,
        lat,
        spread: (wide, high),
    }
}

pub fn at(lon: f64, lat: f64) -> LonLat {
    LonLat::new(lon, lat).expect("a test gave a coordinate out of range")
}

impl Region {
    pub fn draw(&self, random: &mut Random) -> LonLat {
        let lon = self.lon + random.between(-self.spread.0, self.spread.0);
        let lat = self.lat + random.between(-self.spread.1, self.spread.1);
        let wrapped = if lon > 180.0 { lon - 360.0 } else { lon };
        at(wrapped, lat.clamp(-90.0, 90.0))
    }

    /// Points in random order of keys. Some share their place with another one, some lie on a coarse grid,
    /// so that equal distances occur and the key decides.
    pub fn world(&self, count: usize, random: &mut Random) -> Vec<(u32, LonLat)> {
        let mut points: Vec<(u32, LonLat)> = Vec::with_capacity(count);
        for number in 0..count {
            let place = match random.below(10) {
                0 if number > 0 => points[random.below(number)].1,
                1 => {
                    let drawn = self.draw(random);
                    at(
                        (drawn.lon() * 20.0).round() / 20.0,
                        (drawn.lat() * 20.0).round() / 20.0,
                    )
                }
                _ => self.draw(random),
            };
            points.push(((number as u32).wrapping_mul(2_654_435_761), place));
        }
        points
    }
}

/// Every point with its distance, sorted by (distance, key): the definition that the index must equal.
pub fn measured(points: &[(u32, LonLat)], from: LonLat) -> Vec<Hit<u32>> {
    let mut hits: Vec<Hit<u32>> = points
        .iter()
        .map(|&(key, at)| Hit {
            key,
            at,
            distance_m: from.geodesic_m(at),
        })
        .collect();
    hits.sort_by(|one, other| {
        one.distance_m
            .total_cmp(&other.distance_m)
            .then_with(|| one.key.cmp(&other.key))
    });
    hits
}
