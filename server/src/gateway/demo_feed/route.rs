//! A way between two places: a smooth curve with a few bends, longer than the straight line as roads are.

use super::chance::Chance;

/// Metres in a degree of latitude.
const DEGREE_M: f64 = 111_195.0;
/// The curve is drawn with points this far apart, metres.
const STEP_M: f64 = 40.0;
const FEWEST_POINTS: usize = 12;
const MOST_POINTS: usize = 1_500;

/// Longitude and latitude.
pub type Place = (f64, f64);

/// A way with its length.
#[derive(Debug, Clone)]
pub struct Route {
    points: Vec<Place>,
    /// Metres from the start to each point.
    along_m: Vec<f64>,
}

impl Route {
    /// A way from one place to another.
    #[must_use]
    pub fn between(from: Place, to: Place, chance: &mut Chance) -> Self {
        let (east, north) = metres(from, to);
        let straight = east.hypot(north);
        let mut side = || chance.between(-0.22, 0.22);
        let (first, second) = (side(), side());
        let bends = chance.between(1.0, 4.0).round();
        let bend = straight.min(4_000.0) * chance.between(0.005, 0.02);
        let wanted = (straight * 1.2 / STEP_M).clamp(FEWEST_POINTS as f64, MOST_POINTS as f64);
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "clamped just above"
        )]
        let count = wanted as usize;
        let points = (0..=count).map(|index| {
            let t = index as f64 / count as f64;
            // A cubic Bézier curve in (along, aside), whose ends lie on the two places.
            let u = 1.0 - t;
            let along = 3.0 * u * u * t / 3.0 + 3.0 * u * t * t * 2.0 / 3.0 + t * t * t;
            let aside = 3.0 * u * u * t * first + 3.0 * u * t * t * second;
            let wave = bend * (t * std::f64::consts::TAU * bends).sin();
            let aside = aside + wave / straight.max(1.0);
            shifted(
                from,
                east * along - north * aside,
                north * along + east * aside,
            )
        });
        Self::of(points.collect())
    }

    fn of(points: Vec<Place>) -> Self {
        let mut along_m = vec![0.0];
        let mut sum = 0.0;
        for pair in points.windows(2) {
            let (east, north) = metres(pair[0], pair[1]);
            sum += east.hypot(north);
            along_m.push(sum);
        }
        Self { points, along_m }
    }

    /// Its length in metres.
    #[must_use]
    pub fn length_m(&self) -> f64 {
        self.along_m.last().copied().unwrap_or(0.0)
    }

    /// Place and heading (degrees clockwise from north) after some metres.
    #[must_use]
    pub fn at(&self, metre: f64) -> (Place, f64) {
        let end = self.along_m.partition_point(|along| *along < metre);
        let end = end.clamp(1, self.points.len() - 1);
        let (from, to) = (self.points[end - 1], self.points[end]);
        let span = (self.along_m[end] - self.along_m[end - 1]).max(1e-6);
        let part = ((metre - self.along_m[end - 1]) / span).clamp(0.0, 1.0);
        let (east, north) = metres(from, to);
        let heading = east.atan2(north).to_degrees().rem_euclid(360.0);
        (shifted(from, east * part, north * part), heading)
    }
}

/// Metres east and north from one place to a near one.
fn metres(from: Place, to: Place) -> (f64, f64) {
    let cos = from.1.to_radians().cos();
    ((to.0 - from.0) * DEGREE_M * cos, (to.1 - from.1) * DEGREE_M)
}

/// The place some metres east and north.
#[must_use]
pub fn shifted(from: Place, east: f64, north: f64) -> Place {
    let cos = from.1.to_radians().cos();
    (from.0 + east / (DEGREE_M * cos), from.1 + north / DEGREE_M)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_way_is_smooth_and_ends_where_it_should() {
        let mut chance = Chance::new(7, "route");
        let (from, to) = ((112.42, 39.32), (112.61, 39.21));
        for _ in 0..200 {
            let route = Route::between(from, to, &mut chance);
            let (east, north) = metres(from, to);
            let straight = east.hypot(north);
            assert!(route.length_m() >= straight * 0.999 && route.length_m() < straight * 1.6);
            let (start, _) = route.at(0.0);
            let (end, _) = route.at(route.length_m());
            for (a, b) in [(start, from), (end, to)] {
                let (east, north) = metres(a, b);
                assert!(east.hypot(north) < 1.0);
            }
            let mut before = route.at(0.0).1;
            let mut metre = 0.0;
            while metre < route.length_m() {
                let heading = route.at(metre).1;
                let turn = (heading - before + 540.0).rem_euclid(360.0) - 180.0;
                assert!(turn.abs() < 25.0, "turned {turn} degrees in 20 m");
                before = heading;
                metre += 20.0;
            }
        }
    }
}
