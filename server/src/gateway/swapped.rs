//! Longitude and latitude exchanged: the commonest mistake of integrators, found where it can be told.

use chiyuan_geo::LonLat;

/// A fix this near to where the unit is known to be is certainly not exchanged, metres.
const NEAR_M: f64 = 500_000.0;
/// Land and waters of China, degrees: west, east, south, north.
const CHINA: [f64; 4] = [73.0, 136.0, 3.0, 54.0];

/// Whether the numbers make sense only the other way round. `reference` is where the unit was last, or its home.
#[must_use]
pub fn is(lon: f64, lat: f64, reference: Option<LonLat>) -> bool {
    let Ok(exchanged) = LonLat::new(lat, lon) else {
        return false;
    };
    let near = |at: LonLat| reference.is_some_and(|r| r.geodesic_m(at) <= NEAR_M);
    let as_sent_near = LonLat::new(lon, lat).is_ok_and(near);
    !as_sent_near && (near(exchanged) || (in_china(lat, lon) && !in_china(lon, lat)))
}

fn in_china(lon: f64, lat: f64) -> bool {
    let [west, east, south, north] = CHINA;
    (west..=east).contains(&lon) && (south..=north).contains(&lat)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_exchanged_numbers_are_found() {
        let at = |lon, lat| LonLat::new(lon, lat).ok();
        // (lon, lat, reference, exchanged)
        let table = [
            (112.4, 39.3, None, false),
            (39.3, 112.4, None, true),
            // 巴楚: exchanged it is a legal place in the Arctic.
            (39.8, 78.5, None, true),
            (39.8, 78.5, at(78.5, 39.8), true),
            // A station on Svalbard is no mistake.
            (39.8, 78.5, at(39.0, 78.0), false),
            // Elsewhere in the world only a reference can tell.
            (7.1, 50.7, None, false),
            (50.7, 7.1, at(7.1, 50.7), true),
            (500.0, 39.3, None, false),
        ];
        for (lon, lat, reference, expected) in table {
            assert_eq!(is(lon, lat, reference), expected, "{lon} {lat}");
        }
    }
}
