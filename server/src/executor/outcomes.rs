//! Counts of what became of commands, for the metrics.

use std::sync::atomic::{AtomicU64, Ordering};

use super::{Accepted, CommandError};

/// Counters of one world.
#[derive(Debug, Default)]
pub struct Outcomes {
    accepted: AtomicU64,
    rejected: AtomicU64,
    unavailable: AtomicU64,
    unknown: AtomicU64,
    failed: AtomicU64,
}

impl Outcomes {
    pub(super) fn count(&self, outcome: &Result<Accepted, CommandError>) {
        let counter = match outcome {
            Ok(_) => &self.accepted,
            Err(CommandError::Rejected(_) | CommandError::KeyReused) => &self.rejected,
            Err(CommandError::Unavailable | CommandError::Overloaded) => &self.unavailable,
            Err(CommandError::OutcomeUnknown) => &self.unknown,
            Err(CommandError::Internal) => &self.failed,
        };
        counter.fetch_add(1, Ordering::Relaxed);
    }

    /// Outcome and count.
    #[must_use]
    pub fn all(&self) -> [(&'static str, u64); 5] {
        [
            ("accepted", &self.accepted),
            ("rejected", &self.rejected),
            ("unavailable", &self.unavailable),
            ("outcome_unknown", &self.unknown),
            ("failed", &self.failed),
        ]
        .map(|(name, counter)| (name, counter.load(Ordering::Relaxed)))
    }
}
