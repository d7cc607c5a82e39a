//! Counts of what happened at the door, for the metrics.

use std::sync::atomic::{AtomicU64, Ordering};

/// Something that is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Counted {
    LoggedIn,
    WrongCredentials,
    LockedOut,
    LoggedOut,
    Denied,
    RateLimited,
    /// Log-ins sent away because too many waited.
    Overloaded,
}

impl Counted {
    const ALL: [(Self, &'static str); 7] = [
        (Self::LoggedIn, "logged_in"),
        (Self::WrongCredentials, "wrong_credentials"),
        (Self::LockedOut, "locked_out"),
        (Self::LoggedOut, "logged_out"),
        (Self::Denied, "denied"),
        (Self::RateLimited, "rate_limited"),
        (Self::Overloaded, "overloaded"),
    ];
}

/// One counter for each, since the start.
#[derive(Debug, Default)]
pub struct Counts([AtomicU64; Counted::ALL.len()]);

impl Counts {
    pub(super) fn count(&self, what: Counted) {
        self.0[what as usize].fetch_add(1, Ordering::Relaxed);
    }

    /// Every event with its word and count.
    pub fn all(&self) -> impl Iterator<Item = (&'static str, u64)> + '_ {
        Counted::ALL
            .iter()
            .map(|(what, word)| (*word, self.0[*what as usize].load(Ordering::Relaxed)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_event_has_a_counter_of_its_own() {
        let counts = Counts::default();
        for (times, (what, _)) in Counted::ALL.iter().enumerate() {
            (0..times).for_each(|_| counts.count(*what));
        }
        let counted: Vec<_> = counts.all().map(|(_, count)| count).collect();
        assert_eq!(counted, [0, 1, 2, 3, 4, 5, 6]);
    }
}
