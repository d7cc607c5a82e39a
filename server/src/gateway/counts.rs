//! Counters of the gateway, for metrics.

use std::sync::atomic::{AtomicU64, Ordering};

use super::plausibility::Code;

/// What the gateway has done since the start.
#[derive(Debug, Default)]
pub struct Counts {
    pub accepted: AtomicU64,
    pub late: AtomicU64,
    rejected: [AtomicU64; Code::ALL.len()],
    /// Track rows given up because PostgreSQL was away too long.
    pub shed: AtomicU64,
    /// Track rows written.
    pub written: AtomicU64,
    /// Batches that could not be written at the first try.
    pub write_failures: AtomicU64,
}

/// Adds to a counter.
pub(super) fn add(counter: &AtomicU64, by: usize) {
    counter.fetch_add(by as u64, Ordering::Relaxed);
}

impl Counts {
    /// Counts a refused fix.
    pub(super) fn reject(&self, code: Code) {
        add(&self.rejected[code as usize], 1);
    }

    /// Refused fixes of a code.
    #[must_use]
    pub fn rejected(&self, code: Code) -> u64 {
        self.rejected[code as usize].load(Ordering::Relaxed)
    }

    /// Every counter that is not about one code, with its name.
    #[must_use]
    pub fn totals(&self) -> [(&'static str, u64); 5] {
        let read = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
        [
            ("accepted", read(&self.accepted)),
            ("late", read(&self.late)),
            ("track_rows_shed", read(&self.shed)),
            ("track_rows_written", read(&self.written)),
            ("track_write_failures", read(&self.write_failures)),
        ]
    }

    /// Refused fixes by code.
    pub fn by_code(&self) -> impl Iterator<Item = (&'static str, u64)> + '_ {
        Code::ALL
            .iter()
            .map(|code| (code.as_str(), self.rejected(*code)))
    }
}
