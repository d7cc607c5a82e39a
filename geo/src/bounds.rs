//! A box of longitudes and latitudes, as a map window or a `bbox` query gives it.

use crate::{CoordinateError, LonLat};

/// West, south, east, north in degrees, edges included. West greater than east crosses 180 degrees.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bounds {
    west: f64,
    south: f64,
    east: f64,
    north: f64,
}

impl Bounds {
    /// Checks the four edges.
    ///
    /// # Errors
    /// Those of [`LonLat::new`] for either corner, and [`CoordinateError::OutOfRange`] if south is greater than north.
    pub fn new(west: f64, south: f64, east: f64, north: f64) -> Result<Self, CoordinateError> {
        LonLat::new(west, south)?;
        LonLat::new(east, north)?;
        if south > north {
            return Err(CoordinateError::OutOfRange);
        }
        Ok(Self {
            west,
            south,
            east,
            north,
        })
    }

    /// Whether the point lies inside or on the edge. 180 and -180 degrees are the same meridian.
    #[must_use]
    pub fn contains(&self, at: LonLat) -> bool {
        (self.south..=self.north).contains(&at.lat())
            && (self.spans(at.lon()) || (at.lon().abs() == 180.0 && self.spans(-at.lon())))
    }

    fn spans(&self, lon: f64) -> bool {
        if self.west <= self.east {
            (self.west..=self.east).contains(&lon)
        } else {
            lon >= self.west || lon <= self.east
        }
    }

    /// Western edge in degrees.
    #[must_use]
    pub const fn west(&self) -> f64 {
        self.west
    }

    /// Southern edge in degrees.
    #[must_use]
    pub const fn south(&self) -> f64 {
        self.south
    }

    /// Eastern edge in degrees.
    #[must_use]
    pub const fn east(&self) -> f64 {
        self.east
    }

    /// Northern edge in degrees.
    #[must_use]
    pub const fn north(&self) -> f64 {
        self.north
    }
}

#[cfg(test)]
mod tests {
    use super::Bounds;
    use crate::{CoordinateError, LonLat};

    #[test]
    fn a_box_holds_its_edges_and_may_cross_180_degrees() {
        let table = [
            // west, south, east, north, lon, lat, inside
            (112.0, 39.0, 113.0, 40.0, 112.44, 39.33, true),
            (112.0, 39.0, 113.0, 40.0, 112.0, 40.0, true),
            (112.0, 39.0, 113.0, 40.0, 113.000_001, 39.5, false),
            (112.0, 39.0, 113.0, 40.0, 112.5, 38.999_999, false),
            (170.0, -10.0, -170.0, 10.0, 175.0, 0.0, true),
            (170.0, -10.0, -170.0, 10.0, -175.0, 0.0, true),
            (170.0, -10.0, -170.0, 10.0, 0.0, 0.0, false),
            (170.0, -10.0, 180.0, 10.0, -180.0, 0.0, true),
            (-180.0, -10.0, -170.0, 10.0, 180.0, 0.0, true),
            (-180.0, -90.0, 180.0, 90.0, 12.0, 90.0, true),
            (7.0, 7.0, 7.0, 7.0, 7.0, 7.0, true),
        ];
        for (west, south, east, north, lon, lat, inside) in table {
            let bounds = Bounds::new(west, south, east, north).expect("valid box");
            let at = LonLat::new(lon, lat).expect("in range");
            assert_eq!(bounds.contains(at), inside, "{bounds:?} {at:?}");
        }
    }

    #[test]
    fn a_false_box_is_refused() {
        assert_eq!(
            Bounds::new(0.0, 5.0, 1.0, 4.0),
            Err(CoordinateError::OutOfRange)
        );
        assert_eq!(
            Bounds::new(0.0, 0.0, 181.0, 1.0),
            Err(CoordinateError::OutOfRange)
        );
        assert_eq!(
            Bounds::new(0.0, f64::NAN, 1.0, 1.0),
            Err(CoordinateError::NotFinite)
        );
    }
}
