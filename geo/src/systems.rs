//! Conversions between WGS-84 and the shifted systems of Chinese map services. Explicit at the edge, never guessed.
//!
//! The formulas are the published ones (they are no standard); inverses are iterated to far below a millimetre.
//! Whether a point is shifted at all is judged by the coordinates as given: outside the box around China
//! (73.66 to 135.05 east, 3.86 to 53.55 north) nothing is. Within some hundred metres of the box's edge,
//! which no place we serve is near, there and back need not meet.

use std::f64::consts::PI;

use crate::LonLat;

/// The coordinate system a source gives its points in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CoordinateSystem {
    /// GNSS, GeoJSON and our storage; also CGCS2000 (国家大地坐标系), which agrees within centimetres.
    Wgs84,
    /// 火星坐标系: AMap, Tencent. Off by up to 700 m.
    Gcj02,
    /// 百度坐标系: Baidu, on top of GCJ-02.
    Bd09,
}

impl CoordinateSystem {
    /// Takes numbers that are coordinates of this system to WGS-84.
    #[must_use]
    pub fn to_wgs84(self, at: LonLat) -> LonLat {
        match self {
            Self::Wgs84 => at,
            Self::Gcj02 => gcj02_to_wgs84(at),
            Self::Bd09 => bd09_to_wgs84(at),
        }
    }

    /// Takes WGS-84 coordinates to this system.
    #[must_use]
    pub fn from_wgs84(self, at: LonLat) -> LonLat {
        match self {
            Self::Wgs84 => at,
            Self::Gcj02 => wgs84_to_gcj02(at),
            Self::Bd09 => wgs84_to_bd09(at),
        }
    }
}

/// WGS-84 to GCJ-02.
#[must_use]
pub fn wgs84_to_gcj02(at: LonLat) -> LonLat {
    forward(at, gcj02_of)
}

/// GCJ-02 to WGS-84.
#[must_use]
pub fn gcj02_to_wgs84(at: LonLat) -> LonLat {
    inverse(at, gcj02_of)
}

/// GCJ-02 to BD-09.
#[must_use]
pub fn gcj02_to_bd09(at: LonLat) -> LonLat {
    forward(at, bd09_of)
}

/// BD-09 to GCJ-02.
#[must_use]
pub fn bd09_to_gcj02(at: LonLat) -> LonLat {
    inverse(at, bd09_of)
}

/// WGS-84 to BD-09.
#[must_use]
pub fn wgs84_to_bd09(at: LonLat) -> LonLat {
    gcj02_to_bd09(wgs84_to_gcj02(at))
}

/// BD-09 to WGS-84.
#[must_use]
pub fn bd09_to_wgs84(at: LonLat) -> LonLat {
    gcj02_to_wgs84(bd09_to_gcj02(at))
}

/// Longitude and latitude in degrees while a formula works on them.
type Degrees = (f64, f64);

/// More rounds than the inverse ever needs: each one shrinks the error at least fortyfold.
const ROUNDS: usize = 12;
/// Angle in degrees at which the inverse is good: a tenth of a micrometre.
const GOOD_ENOUGH_DEG: f64 = 1e-12;

fn forward(at: LonLat, formula: fn(Degrees) -> Degrees) -> LonLat {
    if !is_shifted(at) {
        return at;
    }
    let (lon, lat) = formula((at.lon(), at.lat()));
    LonLat::shifted(lon, lat)
}

fn inverse(at: LonLat, formula: fn(Degrees) -> Degrees) -> LonLat {
    if !is_shifted(at) {
        return at;
    }
    let (mut lon, mut lat) = (at.lon(), at.lat());
    for _ in 0..ROUNDS {
        let (there_lon, there_lat) = formula((lon, lat));
        let (off_lon, off_lat) = (there_lon - at.lon(), there_lat - at.lat());
        (lon, lat) = (lon - off_lon, lat - off_lat);
        if off_lon.abs().max(off_lat.abs()) < GOOD_ENOUGH_DEG {
            break;
        }
    }
    LonLat::shifted(lon, lat)
}

fn is_shifted(at: LonLat) -> bool {
    (73.66..=135.05).contains(&at.lon()) && (3.86..=53.55).contains(&at.lat())
}

/// Semi-major axis in metres of the ellipsoid that the GCJ-02 formula works on (Krasovsky 1940).
const GCJ_A: f64 = 6_378_245.0;
/// Its first eccentricity squared.
const GCJ_E2: f64 = 0.006_693_421_622_965_943;

fn gcj02_of((lon, lat): Degrees) -> Degrees {
    let (x, y) = (lon - 105.0, lat - 35.0);
    let wave = |amplitude: f64, angle: f64| amplitude * (angle * PI).sin() * 2.0 / 3.0;
    let common = wave(20.0, 6.0 * x) + wave(20.0, 2.0 * x);
    let north_m = -100.0
        + 2.0 * x
        + 3.0 * y
        + 0.2 * y * y
        + 0.1 * x * y
        + 0.2 * x.abs().sqrt()
        + common
        + wave(20.0, y)
        + wave(40.0, y / 3.0)
        + wave(160.0, y / 12.0)
        + wave(320.0, y / 30.0);
    let east_m = 300.0
        + x
        + 2.0 * y
        + 0.1 * x * x
        + 0.1 * x * y
        + 0.1 * x.abs().sqrt()
        + common
        + wave(20.0, x)
        + wave(40.0, x / 3.0)
        + wave(150.0, x / 12.0)
        + wave(300.0, x / 30.0);
    let (sin_lat, cos_lat) = lat.to_radians().sin_cos();
    let m = 1.0 - GCJ_E2 * sin_lat * sin_lat;
    let meridian_radius = GCJ_A * (1.0 - GCJ_E2) / (m * m.sqrt());
    let parallel_radius = GCJ_A / m.sqrt() * cos_lat;
    (
        lon + (east_m / parallel_radius).to_degrees(),
        lat + (north_m / meridian_radius).to_degrees(),
    )
}

fn bd09_of((x, y): Degrees) -> Degrees {
    const STEP: f64 = PI * 3000.0 / 180.0;
    let radius = x.hypot(y) + 2e-5 * (y * STEP).sin();
    let angle = y.atan2(x) + 3e-6 * (x * STEP).cos();
    (radius * angle.cos() + 0.0065, radius * angle.sin() + 0.006)
}
