//! A place on earth as entities carry it: WGS-84 degrees, checked when made.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Why a coordinate was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PointError {
    #[error("longitude and latitude must be finite numbers")]
    NotFinite,
    #[error("longitude must lie in -180..180 and latitude in -90..90")]
    OutOfRange,
}

/// A WGS-84 position in degrees; finite and in range, kept to 1e-7 degrees (a centimetre) as PostGIS gets it.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(try_from = "RawPoint")]
pub struct Point {
    lon: f64,
    lat: f64,
}

#[derive(Deserialize)]
struct RawPoint {
    lon: f64,
    lat: f64,
}

impl TryFrom<RawPoint> for Point {
    type Error = PointError;
    fn try_from(raw: RawPoint) -> Result<Self, PointError> {
        Self::new(raw.lon, raw.lat)
    }
}

impl Point {
    /// Checks and wraps a position.
    pub fn new(lon: f64, lat: f64) -> Result<Self, PointError> {
        if !(lon.is_finite() && lat.is_finite()) {
            return Err(PointError::NotFinite);
        }
        if lon.abs() > 180.0 || lat.abs() > 90.0 {
            return Err(PointError::OutOfRange);
        }
        let round = |degrees: f64| (degrees * 1e7).round() / 1e7;
        Ok(Self {
            lon: round(lon),
            lat: round(lat),
        })
    }

    /// Longitude, degrees east.
    #[must_use]
    pub fn lon(&self) -> f64 {
        self.lon
    }

    /// Latitude, degrees north.
    #[must_use]
    pub fn lat(&self) -> f64 {
        self.lat
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_real_places_pass() {
        assert!(Point::new(112.42, 39.32).is_ok());
        assert_eq!(Point::new(f64::NAN, 0.0), Err(PointError::NotFinite));
        assert_eq!(Point::new(200.0, 95.0), Err(PointError::OutOfRange));
        assert!(serde_json::from_str::<Point>(r#"{"lon":476.4,"lat":39.9}"#).is_err());
    }
}
