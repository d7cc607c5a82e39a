//! Judges fixes: what may move a unit on the map, what is only history, and what is dirt. Pure: time comes in.

use chiyuan_core::Timestamp;
use chiyuan_geo::LonLat;
use chrono::TimeDelta;

use super::{
    history::{Elsewhere, History},
    swapped,
};

/// Clocks of devices may run ahead of world time by this much (contract: 30 s).
pub const AHEAD: TimeDelta = TimeDelta::seconds(30);
/// Older fixes are not even history: a device whose clock is wrong, or a forgotten one.
pub const OLDEST: TimeDelta = TimeDelta::hours(24);
/// Nothing on the road is faster, metres a second (252 km/h); aircraft would need a limit of their own.
pub const FASTEST_MPS: f64 = 70.0;
/// Ground that two fixes may be apart by error alone, metres, when their accuracy is better or unknown.
pub const NOISE_M: f64 = 25.0;
/// However bad a fix says it is, it excuses no more than this, metres.
pub const NOISE_MOST_M: f64 = 100.0;
/// A speed above this is no measurement, metres a second.
pub const SPEED_MOST_MPS: f64 = 150.0;
/// This many consistent fixes at another place, and nothing from the old one between them, move a unit there:
/// the old place was the wrong one.
pub const CONSISTENT: u32 = 5;
/// They span at least this time if the old place rests on fewer than [`CONSISTENT`] fixes itself...
pub const DOUBT_UNSURE: TimeDelta = TimeDelta::seconds(10);
/// ... and this time if it rests on more.
pub const DOUBT_SURE: TimeDelta = TimeDelta::seconds(60);

/// A fix as a source sent it; nothing about it is checked.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Claim {
    /// World time of the measurement.
    pub at: Timestamp,
    /// Degrees.
    pub lon: f64,
    /// Degrees.
    pub lat: f64,
    pub speed_mps: Option<f64>,
    pub heading_deg: Option<f64>,
    pub accuracy_m: Option<f64>,
}

/// What becomes of a fix.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Verdict {
    /// Moves the unit.
    Accepted(LonLat),
    /// Older than what is known: goes to the track only.
    Late(LonLat),
    Rejected(Code),
}

macro_rules! codes {
    ($($(#[$doc:meta])* $code:ident = $word:literal, $detail:literal;)*) => {
        /// Why a fix was refused; the words of the contract.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, utoipa::ToSchema)]
        #[serde(rename_all = "snake_case")]
        pub enum Code { $($(#[$doc])* $code,)* }

        impl Code {
            /// Every code.
            pub const ALL: &'static [Self] = &[$(Self::$code,)*];

            /// The word of the contract.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$code => $word,)* }
            }

            /// What it says to people.
            #[must_use]
            pub fn detail(self) -> &'static str {
                match self { $(Self::$code => $detail,)* }
            }
        }
    };
}

codes! {
    /// A field is missing, unknown or no value of its kind.
    Malformed = "malformed", "a field is missing, unknown or impossible";
    /// No such unit in this world, or it is retired.
    UnknownUnit = "unknown_unit", "no such unit in this world";
    /// The sender may not report for this unit.
    NotYourUnit = "not_your_unit", "you may not report for this unit";
    /// Not a place on earth.
    OutOfRange = "out_of_range", "longitude lies in -180..180 and latitude in -90..90";
    /// 0, 0: a receiver without a position.
    NullIsland = "null_island", "0, 0 is what receivers without a position send";
    /// Longitude and latitude are exchanged.
    Swapped = "swapped", "longitude and latitude are exchanged";
    /// Older than [`OLDEST`].
    TooOld = "too_old", "older than 24 hours";
    /// More than [`AHEAD`] ahead of world time.
    Future = "future", "more than 30 s ahead of world time";
    /// The unit would have had to fly.
    Jump = "jump", "the unit cannot have come there since its latest fix";
    /// A fix of this unit and moment is known.
    Repeat = "repeat", "a fix of this unit and moment is known";
}

/// Judges a fix of a unit that stands at `home` when idle, and remembers it in the unit's history.
pub fn judge(
    claim: &Claim,
    history: &mut History,
    home: Option<LonLat>,
    now: Timestamp,
) -> Verdict {
    if crate::mutant::is("no_plausibility") {
        return match LonLat::new(claim.lon, claim.lat) {
            Ok(position) => Verdict::Accepted(position),
            Err(_) => Verdict::Rejected(Code::OutOfRange),
        };
    }
    match checked(claim, history, home, now) {
        Ok(position) => against_history(claim, position, history),
        Err(code) => Verdict::Rejected(code),
    }
}

/// What a fix by itself shows: values, place, time.
fn checked(
    claim: &Claim,
    history: &History,
    home: Option<LonLat>,
    now: Timestamp,
) -> Result<LonLat, Code> {
    let within = |value: Option<f64>, most: f64| value.is_none_or(|v| (0.0..=most).contains(&v));
    let values = within(claim.speed_mps, SPEED_MOST_MPS)
        && within(claim.heading_deg, 360.0)
        && within(claim.accuracy_m, f64::from(f32::MAX));
    if !values || !claim.lon.is_finite() || !claim.lat.is_finite() {
        return Err(Code::Malformed);
    }
    if claim.lon.abs() < 1e-6 && claim.lat.abs() < 1e-6 {
        return Err(Code::NullIsland);
    }
    let reference = history.latest().map(|latest| latest.position).or(home);
    if swapped::is(claim.lon, claim.lat, reference) {
        return Err(Code::Swapped);
    }
    let position = LonLat::new(claim.lon, claim.lat).map_err(|_| Code::OutOfRange)?;
    if claim.at > now + AHEAD {
        return Err(Code::Future);
    }
    if claim.at < now - OLDEST {
        return Err(Code::TooOld);
    }
    Ok(position)
}

/// What a fix shows beside those before it.
fn against_history(claim: &Claim, position: LonLat, history: &mut History) -> Verdict {
    let place = Place {
        at: claim.at,
        position,
        accuracy_m: claim.accuracy_m.unwrap_or(0.0),
    };
    if history.knows(claim.at) {
        return Verdict::Rejected(Code::Repeat);
    }
    let Some(latest) = history.latest() else {
        history.accept(place);
        return Verdict::Accepted(position);
    };
    let late = claim.at < latest.at;
    if reachable(&latest, &place) {
        if late {
            history.remember(claim.at);
            return Verdict::Late(position);
        }
        history.accept(place);
        return Verdict::Accepted(position);
    }
    if !late && contradicts_for_good(&place, history) {
        history.move_to(place);
        return Verdict::Accepted(position);
    }
    Verdict::Rejected(Code::Jump)
}

/// A position at a moment.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Place {
    pub at: Timestamp,
    pub position: LonLat,
    /// Metres; 0 is unknown.
    pub accuracy_m: f64,
}

/// Whether a unit can have been at both places.
#[must_use]
pub fn reachable(one: &Place, other: &Place) -> bool {
    let seconds = (other.at - one.at).as_seconds_f64().abs();
    let noise = one
        .accuracy_m
        .max(other.accuracy_m)
        .clamp(NOISE_M, NOISE_MOST_M);
    one.position.geodesic_m(other.position) <= FASTEST_MPS * seconds + noise
}

/// Counts consistent fixes at another place; true once they outweigh the old one.
fn contradicts_for_good(place: &Place, history: &mut History) -> bool {
    let elsewhere = match history.elsewhere {
        Some(before) if before.last.at == place.at => return false,
        Some(before) if before.last.at < place.at && reachable(&before.last, place) => Elsewhere {
            since: before.since,
            last: *place,
            count: before.count + 1,
        },
        _ => Elsewhere {
            since: place.at,
            last: *place,
            count: 1,
        },
    };
    history.elsewhere = Some(elsewhere);
    let doubt = if history.confirmed() < CONSISTENT {
        DOUBT_UNSURE
    } else {
        DOUBT_SURE
    };
    elsewhere.count >= CONSISTENT && place.at - elsewhere.since >= doubt
}

#[cfg(test)]
#[path = "plausibility_tests.rs"]
mod tests;
