//! The one coordinate type: a longitude and latitude that were checked when they entered.

use std::fmt;

use crate::ellipsoid::{ecef, geodesic_m};

/// A point on the WGS-84 ellipsoid, in degrees. Always finite and in range (rule D25).
///
/// CGCS2000 coordinates may be taken as they are: the two systems agree within centimetres.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LonLat {
    lon: f64,
    lat: f64,
}

impl LonLat {
    /// Checks a longitude (-180 to 180) and a latitude (-90 to 90), both in degrees with their ends included.
    ///
    /// # Errors
    /// [`CoordinateError::NotFinite`] for NaN and infinities, else [`CoordinateError::OutOfRange`].
    pub fn new(lon: f64, lat: f64) -> Result<Self, CoordinateError> {
        if !(lon.is_finite() && lat.is_finite()) {
            return Err(CoordinateError::NotFinite);
        }
        if lon.abs() > 180.0 || lat.abs() > 90.0 {
            return Err(CoordinateError::OutOfRange);
        }
        Ok(Self { lon, lat })
    }

    /// A point computed from a checked one by a shift that cannot leave the range.
    pub(crate) fn shifted(lon: f64, lat: f64) -> Self {
        debug_assert!(
            lon.abs() <= 180.0 && lat.abs() <= 90.0,
            "a shift left the range: {lon} {lat}"
        );
        Self { lon, lat }
    }

    /// Longitude in degrees, east positive.
    #[must_use]
    pub const fn lon(self) -> f64 {
        self.lon
    }

    /// Latitude in degrees, north positive.
    #[must_use]
    pub const fn lat(self) -> f64 {
        self.lat
    }

    /// Length in metres of the shortest way along the ellipsoid, exact to some nanometres.
    #[must_use]
    pub fn geodesic_m(self, other: Self) -> f64 {
        geodesic_m((self, &ecef(self)), (other, &ecef(other)))
    }
}

/// Why a pair of numbers is not a coordinate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CoordinateError {
    /// NaN or infinite.
    NotFinite,
    /// Longitude beyond 180 degrees, latitude beyond 90 degrees, or a box whose south lies north of its north.
    OutOfRange,
}

impl fmt::Display for CoordinateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotFinite => "coordinate is not a finite number",
            Self::OutOfRange => "coordinate is out of range",
        })
    }
}

impl std::error::Error for CoordinateError {}

#[cfg(test)]
mod tests {
    use super::{CoordinateError, LonLat};

    #[test]
    fn only_finite_degrees_in_range_enter() {
        for (lon, lat) in [(180.0, 90.0), (-180.0, -90.0), (0.0, 0.0), (112.44, 39.33)] {
            let at = LonLat::new(lon, lat).expect("in range");
            assert_eq!((at.lon(), at.lat()), (lon, lat));
        }
        for bad in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            assert_eq!(LonLat::new(bad, 0.0), Err(CoordinateError::NotFinite));
            assert_eq!(LonLat::new(0.0, bad), Err(CoordinateError::NotFinite));
        }
        for (lon, lat) in [
            (180.000_001, 0.0),
            (476.4, 39.9),
            (39.9, 116.4),
            (0.0, -90.1),
            (200.0, 95.0),
        ] {
            assert_eq!(LonLat::new(lon, lat), Err(CoordinateError::OutOfRange));
        }
    }

    #[test]
    fn distances_are_those_of_the_ellipsoid() {
        let at = |lon, lat| LonLat::new(lon, lat).expect("in range");
        // One degree of the equator is pi/180 of the equatorial radius, pole to pole is half a meridian.
        assert!((at(0.0, 0.0).geodesic_m(at(1.0, 0.0)) - 111_319.490_793).abs() < 1e-6);
        assert!((at(0.0, 90.0).geodesic_m(at(77.0, -90.0)) - 20_003_931.458_625).abs() < 1e-5);
        assert!(at(180.0, 10.0).geodesic_m(at(-180.0, 10.0)) < 1e-8);
        assert_eq!(at(10.0, 10.0).geodesic_m(at(10.0, 10.0)), 0.0);
    }
}
