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

/// Squared chord above which the geodesic distance certainly exceeds `distance_m`.
pub(crate) fn certainly_beyond_2(distance_m: f64) -> f64 {
    let half_angle = (distance_m * (1.0 + SLACK_RATIO) + SLACK_M) / (2.0 * R_MAX);
    if half_angle >= FRAC_PI_2 {
        return f64::INFINITY;
    }
    (2.0 * R_MAX * half_angle.sin()).powi(2)
}

/// Squared chord up to which the geodesic distance certainly is less than `distance_m`; negative if there is none.
pub(crate) fn certainly_within_2(distance_m: f64) -> f64 {
    let half_angle = (distance_m * (1.0 - SLACK_RATIO) - SLACK_M) / (2.0 * R_MIN);
    if half_angle <= 0.0 {
        return -1.0;
    }
    (2.0 * R_MIN * half_angle.min(FRAC_PI_2).sin()).powi(2)
}
