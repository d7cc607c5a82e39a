//! What the gateway remembers of one unit: its latest place, the moments it knows, and doubts about the place.

use std::collections::VecDeque;

use chiyuan_core::Timestamp;

use super::plausibility::Place;

/// Moments remembered per unit, to know a repeated fix.
const MOMENTS: usize = 256;

/// Fixes that agree with each other but not with the latest place.
#[derive(Debug, Clone, Copy)]
pub struct Elsewhere {
    pub since: Timestamp,
    pub last: Place,
    pub count: u32,
}

/// What is known of a unit's movement; bounded.
#[derive(Debug, Default)]
pub struct History {
    latest: Option<Place>,
    /// Consistent fixes in a row at the latest place.
    confirmed: u32,
    /// Moments of accepted and late fixes, epoch milliseconds.
    moments: VecDeque<i64>,
    /// Fixes that contradict the latest place.
    pub elsewhere: Option<Elsewhere>,
    /// What was last written to the track.
    pub written: Option<Place>,
}

impl History {
    /// The latest place.
    #[must_use]
    pub fn latest(&self) -> Option<Place> {
        self.latest
    }

    /// How many fixes in a row support the latest place.
    #[must_use]
    pub fn confirmed(&self) -> u32 {
        self.confirmed
    }

    /// Takes note of a newer place that came another way (another server, the database).
    pub fn learn(&mut self, place: Place) {
        if self.latest.is_none_or(|latest| latest.at < place.at) {
            self.accept(place);
        }
    }

    /// Whether a fix of this moment is known.
    #[must_use]
    pub fn knows(&self, at: Timestamp) -> bool {
        match &self.latest {
            None => false,
            Some(latest) if at > latest.at => false,
            Some(_) => self.moments.contains(&at.timestamp_millis()),
        }
    }

    /// The unit was here.
    pub fn accept(&mut self, place: Place) {
        self.latest = Some(place);
        self.confirmed = self.confirmed.saturating_add(1);
        self.elsewhere = None;
        self.remember(place.at);
    }

    /// The unit is here, and the place before was wrong.
    pub fn move_to(&mut self, place: Place) {
        self.confirmed = self.elsewhere.map_or(0, |elsewhere| elsewhere.count);
        self.accept(place);
    }

    /// Keeps a moment.
    pub fn remember(&mut self, at: Timestamp) {
        if self.moments.len() == MOMENTS {
            self.moments.pop_front();
        }
        self.moments.push_back(at.timestamp_millis());
    }
}
