//! Earth-centred coordinates and what the straight chord between two points proves about their geodesic distance.
//!
//! Let `c` be the chord and `L` the geodesic distance of two points. The radii of curvature of the ellipsoid lie
//! between `R_MIN` and `R_MAX`, so by Blaschke's rolling theorem it lies inside the ball of radius `R_MAX` and holds the
//! ball of radius `R_MIN` that touch it at any point. For a geodesic `g` from `p` with arc length `s`, `f = |g(s) - p|^2`
//! has `f'' = 2 - 2k<g - p, n>` with the normal curvature `k` and the outer normal `n`; the two balls give
//! `2 - f/R_MIN^2 <= f'' <= 2 - f/R_MAX^2`, and Sturm's comparison
//! `2 R_MIN sin(L / 2 R_MIN) <= c <= 2 R_MAX sin(L / 2 R_MAX)`. The right side holds for every shortest way:
//! `L` never exceeds half a meridian, which is less than `pi R_MAX`. The left side needs `L <= pi R_MIN`, which every
//! chord up to `2 R_MIN` ensures: seen from the unit sphere `L <= 2 A asin(c / 2 B)`, at most 18 993 km there,
//! and `pi R_MIN` is 19 903 km. Longer chords prove no upper bound.
//! At 5 km the two differ by micrometres, so almost every point is judged without its geodesic distance.

use std::f64::consts::FRAC_PI_2;

use geo::{Distance, Geodesic, Point};

use crate::LonLat;

/// Equatorial radius in metres (WGS-84).
const A: f64 = 6_378_137.0;
/// Flattening (WGS-84).
const F: f64 = 1.0 / 298.257_223_563;
/// Polar radius in metres.
const B: f64 = A * (1.0 - F);
/// First eccentricity squared.
const E2: f64 = F * (2.0 - F);
/// Greatest radius of curvature in metres: at the poles.
const R_MAX: f64 = A * A / B;
/// Least radius of curvature in metres: of the meridian at the equator.
const R_MIN: f64 = B * B / A;

/// Rounding of positions and of the geodesic series is some nanometres, this is far above it and below all that matters.
const SLACK_M: f64 = 1e-6;
/// The same in relation to the distance.
const SLACK_RATIO: f64 = 1e-9;

/// Earth-centred, earth-fixed coordinates in metres.
pub(crate) type Ecef = [f64; 3];

/// The point on the ellipsoid (height 0) in earth-centred coordinates.
pub(crate) fn ecef(at: LonLat) -> Ecef {
    let (sin_lat, cos_lat) = at.lat().to_radians().sin_cos();
    let (sin_lon, cos_lon) = at.lon().to_radians().sin_cos();
    let normal = A / (1.0 - E2 * sin_lat * sin_lat).sqrt();
    [
        normal * cos_lat * cos_lon,
        normal * cos_lat * sin_lon,
        normal * (1.0 - E2) * sin_lat,
    ]
}

/// Squared chord in square metres.
pub(crate) fn chord_2(p: &Ecef, q: &Ecef) -> f64 {
    let [x, y, z] = [p[0] - q[0], p[1] - q[1], p[2] - q[2]];
    x * x + y * y + z * z
}

/// Length in metres of the shortest way between two points, each given twice: by the chord if they are near, else by
/// Karney's series (2013). Both are exact to some nanometres.
pub(crate) fn geodesic_m(from: (LonLat, &Ecef), to: (LonLat, &Ecef)) -> f64 {
    short_geodesic_m(from.1, to.1).unwrap_or_else(|| {
        Geodesic.distance(
            Point::new(from.0.lon(), from.0.lat()),
            Point::new(to.0.lon(), to.0.lat()),
        )
    })
}

/// Longest chord that [`short_geodesic_m`] turns into a geodesic distance, in metres.
const SHORT_M: f64 = 20_000.0;

/// Geodesic distance of two near points by the chord between them, in metres; none if they are not near.
///
/// With the normal curvature `k` of the surface in the middle of the way, `x = k c` and the chord `c`, the geodesic
/// distance is that of a circle of curvature `k`, `c (1 + x^2 / 24 + 3 x^4 / 640 + ...)`. Turning and changing
/// curvature come in with `c^5` times the flattening: up to [`SHORT_M`] that and the next term stay below a nanometre,
/// so that what remains is the rounding of the coordinates, some nanometres like that of the geodesic series.
/// The ellipsoid is the quadric `p A p = 1`. The direction `u` of a chord is tangential where the ray through its
/// middle `m` leaves the ellipsoid, at `m / |m A m|^(1/2)`, and the curvature there is `u A u / |A m| * (m A m)^(1/2)`.
/// Nothing of it is singular: there is no case for poles or the date line.
fn short_geodesic_m(p: &Ecef, q: &Ecef) -> Option<f64> {
    let chord_2 = chord_2(p, q);
    if chord_2 > SHORT_M * SHORT_M {
        return None;
    }
    const FLAT: f64 = 1.0 / (A * A);
    const UPRIGHT: f64 = 1.0 / (B * B);
    let [x, y, z] = [p[0] - q[0], p[1] - q[1], p[2] - q[2]];
    // u A u * c^2
    let bent = (x * x + y * y) * FLAT + z * z * UPRIGHT;
    let [mx, my, mz] = [
        (p[0] + q[0]) * (0.5 * FLAT),
        (p[1] + q[1]) * (0.5 * FLAT),
        (p[2] + q[2]) * (0.5 * UPRIGHT),
    ];
    let slope_2 = mx * mx + my * my + mz * mz;
    // (k c)^2: of a chord's ends p A p = q A q = 1 follows m A m = 1 - bent / 4.
    let x_2 = bent * bent / chord_2.max(f64::MIN_POSITIVE) * (1.0 - 0.25 * bent) / slope_2;
    Some(chord_2.sqrt() * (1.0 + x_2 * (1.0 / 24.0 + x_2 * (3.0 / 640.0))))
}

/// Squared chord above which the geodesic distance certainly exceeds `distance_m`.
pub(crate) fn certainly_beyond_2(distance_m: f64) -> f64 {
    let half_angle = (distance_m * (1.0 + SLACK_RATIO) + SLACK_M) / (2.0 * R_MAX);
    if half_angle >= FRAC_PI_2 {
        return f64::INFINITY;
    }
    (2.0 * R_MAX * half_angle.sin()).powi(2)
}

/// Squared chord above which a point certainly lies farther than one with the squared chord `chord_2`.
pub(crate) fn certainly_farther_2(chord_2: f64) -> f64 {
    let chord = chord_2.sqrt();
    if chord <= SHORT_M {
        // c + c^3 / 24 (1 / R_MIN^2 - 1 / R_MAX^2) + ... stays below 1 + 1e-8 times c here.
        return (chord * (1.0 + 1e-8 + 2.0 * SLACK_RATIO) + 2.0 * SLACK_M).powi(2);
    }
    let half_chord = chord / (2.0 * R_MIN);
    if half_chord >= 1.0 {
        return f64::INFINITY;
    }
    certainly_beyond_2(2.0 * R_MIN * half_chord.asin())
}

/// Squared chord up to which the geodesic distance certainly is less than `distance_m`; negative if there is none.
pub(crate) fn certainly_within_2(distance_m: f64) -> f64 {
    let half_angle = (distance_m * (1.0 - SLACK_RATIO) - SLACK_M) / (2.0 * R_MIN);
    if half_angle <= 0.0 {
        return -1.0;
    }
    (2.0 * R_MIN * half_angle.min(FRAC_PI_2).sin()).powi(2)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(lon: f64, lat: f64) -> LonLat {
        LonLat::new(lon, lat).expect("in range")
    }

    /// What the chord says, and what Karney's series says.
    fn both(p: LonLat, q: LonLat) -> Option<(f64, f64)> {
        let short = short_geodesic_m(&ecef(p), &ecef(q))?;
        let series = Geodesic.distance(Point::new(p.lon(), p.lat()), Point::new(q.lon(), q.lat()));
        Some((short, series))
    }

    #[test]
    fn short_ways_equal_the_series_everywhere_on_earth() {
        let (mut compared, mut worst) = (0, 0.0_f64);
        // Steps without a common period walk over places, directions and lengths.
        for step in 0..200_000_u32 {
            let turn = |period: f64| (f64::from(step) / period).fract() * 2.0 - 1.0;
            let lat = 90.0 * turn(997.3);
            let p = at(180.0 * turn(311.7), lat);
            let reach = 10_f64.powf(-3.3 + 3.3 * turn(17.9)) * 0.13;
            let east = reach * turn(7.13) / lat.to_radians().cos().max(1e-3);
            let lon = p.lon() + east;
            let lon = if lon.abs() > 180.0 {
                lon - lon.signum() * 360.0
            } else {
                lon
            };
            let q = at(
                lon.clamp(-180.0, 180.0),
                (lat + reach * turn(5.77)).clamp(-90.0, 90.0),
            );
            if let Some((short, series)) = both(p, q) {
                compared += 1;
                worst = worst.max((short - series).abs());
            }
        }
        assert!(compared > 150_000, "only {compared} pairs are near");
        assert!(worst < 2e-8, "{worst} m");
    }

    #[test]
    fn short_ways_equal_arcs_of_known_length() {
        for metres in [0.001, 1.0, 77.0, 1_000.0, 5_000.0, 19_900.0] {
            // The equator is a circle.
            let (short, _) =
                both(at(12.0, 0.0), at(12.0 + (metres / A).to_degrees(), 0.0)).expect("near");
            assert!((short - metres).abs() < 1e-8, "{short} {metres}");
        }
        assert_eq!(both(at(112.4, 39.3), at(112.4, 39.3)), Some((0.0, 0.0)));
        assert_eq!(both(at(112.4, 39.3), at(112.7, 39.3)), None);
    }
}
