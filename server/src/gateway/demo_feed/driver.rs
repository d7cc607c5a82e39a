//! One simulated crew: waits, drives somewhere in its county, waits, drives home.

use super::{
    chance::Chance,
    route::{Place, Route, shifted},
};

/// Cruising speeds, metres a second (30 to 70 km/h).
const CRUISE_MPS: (f64, f64) = (8.4, 19.4);
const ACCELERATION: f64 = 1.2;
const BRAKING: f64 = 1.5;
/// A waiting unit sends a fix in this time, seconds.
const WAITING_EVERY_S: u32 = 60;
/// Waits, seconds.
const WAIT_S: (f64, f64) = (45.0, 420.0);
/// Scatter of the receiver, metres.
const NOISE_M: f64 = 2.5;
/// Nearer goals are no drive, metres.
const SHORTEST_M: f64 = 400.0;

/// What a receiver would show.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Sight {
    pub lon: f64,
    pub lat: f64,
    pub speed_mps: f64,
    pub heading_deg: f64,
    pub accuracy_m: f64,
}

#[derive(Debug, Clone)]
enum Doing {
    Waiting {
        left_s: u32,
    },
    Driving {
        route: Route,
        metre: f64,
        speed_mps: f64,
        cruise_mps: f64,
    },
}

/// One unit and its crew.
#[derive(Debug, Clone)]
pub struct Driver {
    home: Place,
    goals: Vec<Place>,
    place: Place,
    heading_deg: f64,
    doing: Doing,
    /// Seconds since the start.
    clock_s: u32,
    /// A driving unit sends every one or two seconds.
    every_s: u32,
    silent_s: u32,
    chance: Chance,
}

impl Driver {
    /// A unit that stands (or was last seen) at a place.
    #[must_use]
    pub fn new(place: Place, home: Place, goals: Vec<Place>, mut chance: Chance) -> Self {
        let first = chance.between(0.0, 240.0);
        Self {
            home,
            goals,
            place,
            heading_deg: chance.between(0.0, 360.0),
            doing: Doing::Waiting {
                left_s: whole(first),
            },
            clock_s: 0,
            every_s: if chance.unit() < 0.5 { 1 } else { 2 },
            silent_s: WAITING_EVERY_S,
            chance,
        }
    }

    /// The county has changed.
    pub fn learn(&mut self, home: Place, goals: Vec<Place>) {
        self.home = home;
        self.goals = goals;
    }

    /// One second passes; a sight if one is due.
    pub fn second(&mut self) -> Option<Sight> {
        self.clock_s = self.clock_s.wrapping_add(1);
        self.silent_s += 1;
        let (speed_mps, every_s) = self.go();
        if self.silent_s < every_s {
            return None;
        }
        self.silent_s = 0;
        let (east, north) = (self.noise(), self.noise());
        let (lon, lat) = shifted(self.place, east, north);
        Some(Sight {
            lon,
            lat,
            speed_mps,
            heading_deg: self.heading_deg,
            accuracy_m: 5.0,
        })
    }

    /// Moves on; returns the speed and how often it is told.
    fn go(&mut self) -> (f64, u32) {
        match &mut self.doing {
            Doing::Waiting { left_s } if *left_s > 0 => {
                *left_s -= 1;
                (0.0, WAITING_EVERY_S)
            }
            Doing::Waiting { .. } => {
                self.set_off();
                (0.0, self.every_s)
            }
            Doing::Driving {
                route,
                metre,
                speed_mps,
                cruise_mps,
            } => {
                let left = route.length_m() - *metre;
                // Villages and bends: the speed swings along the way.
                let wanted = *cruise_mps * (0.8 + 0.2 * (*metre / 350.0).sin());
                let stoppable = (2.0 * BRAKING * left.max(0.0)).sqrt().max(1.0);
                *speed_mps = (*speed_mps + ACCELERATION).min(wanted).min(stoppable);
                *metre += *speed_mps;
                let speed = *speed_mps;
                (self.place, self.heading_deg) = route.at(*metre);
                if *metre >= route.length_m() {
                    let wait = self.chance.between(WAIT_S.0, WAIT_S.1);
                    self.doing = Doing::Waiting {
                        left_s: whole(wait),
                    };
                    // The stop itself is told at once.
                    return (0.0, 1);
                }
                (speed, self.every_s)
            }
        }
    }

    fn set_off(&mut self) {
        let away = distance_m(self.place, self.home) > SHORTEST_M;
        let goal = if away && self.chance.unit() < 0.6 {
            self.home
        } else {
            self.somewhere()
        };
        if distance_m(self.place, goal) < SHORTEST_M {
            self.doing = Doing::Waiting { left_s: 30 };
            return;
        }
        let route = Route::between(self.place, goal, &mut self.chance);
        self.doing = Doing::Driving {
            route,
            metre: 0.0,
            speed_mps: 0.0,
            cruise_mps: self.chance.between(CRUISE_MPS.0, CRUISE_MPS.1),
        };
    }

    /// A place near a hospital or station of the county.
    fn somewhere(&mut self) -> Place {
        let near = self.chance.pick(&self.goals).copied().unwrap_or(self.home);
        let (east, north) = (
            self.chance.between(-2_500.0, 2_500.0),
            self.chance.between(-2_500.0, 2_500.0),
        );
        shifted(near, east, north)
    }

    /// Roughly normal, metres.
    fn noise(&mut self) -> f64 {
        (0..3)
            .map(|_| self.chance.between(-NOISE_M, NOISE_M))
            .sum::<f64>()
            / 1.5
    }
}

fn distance_m(from: Place, to: Place) -> f64 {
    let place = |(lon, lat)| chiyuan_geo::LonLat::new(lon, lat);
    match (place(from), place(to)) {
        (Ok(from), Ok(to)) => from.geodesic_m(to),
        _ => 0.0,
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "waits are minutes"
)]
fn whole(seconds: f64) -> u32 {
    seconds as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    fn driver(seed: u64) -> Driver {
        let home = (112.42, 39.32);
        let goals = vec![(112.5, 39.3), (112.3, 39.4)];
        Driver::new(home, home, goals, Chance::new(seed, "amb-1"))
    }

    #[test]
    fn a_day_of_driving_is_plausible_and_repeats_itself() {
        let (mut one, mut same) = (driver(3), driver(3));
        let mut before: Option<(u32, Sight)> = None;
        let (mut driving, mut sights) = (0, 0);
        for second in 0..86_400_u32 {
            let sight = one.second();
            assert_eq!(sight, same.second());
            let Some(sight) = sight else { continue };
            sights += 1;
            driving += u32::from(sight.speed_mps > 0.0);
            assert!(sight.speed_mps <= CRUISE_MPS.1 && (0.0..=360.0).contains(&sight.heading_deg));
            if let Some((at, last)) = before {
                let moved = distance_m((last.lon, last.lat), (sight.lon, sight.lat));
                let most = f64::from(second - at) * CRUISE_MPS.1 + 20.0;
                assert!(moved <= most, "{moved} m in {} s", second - at);
                assert!(second - at <= WAITING_EVERY_S);
            }
            before = Some((second, sight));
        }
        assert!(
            driving > 10_000 && sights > driving,
            "{driving} of {sights}"
        );
    }
}
