//! A word now and then on standard error, while something takes long.

use std::time::{Duration, Instant};

/// Between two words.
const EVERY: Duration = Duration::from_secs(2);

/// How far something is.
pub struct Progress {
    what: String,
    /// All bytes, if that is known.
    total: Option<u64>,
    done: u64,
    told: Instant,
}

impl Progress {
    /// Something begins that may take long; it is named at once.
    #[must_use]
    pub fn begin(what: &str, total: Option<u64>) -> Self {
        eprintln!("{what} ...");
        Self::quietly(what, total)
    }

    /// Something begins that is named only if it takes long.
    #[must_use]
    pub fn quietly(what: &str, total: Option<u64>) -> Self {
        Self {
            what: what.to_owned(),
            total,
            done: 0,
            told: Instant::now(),
        }
    }

    /// More bytes are done.
    pub fn add(&mut self, bytes: usize) {
        self.done += bytes as u64;
        if self.told.elapsed() < EVERY {
            return;
        }
        self.told = Instant::now();
        let done = megabytes(self.done);
        match self.total {
            Some(total) => eprintln!("  {}: {done} of {} MB", self.what, megabytes(total)),
            None => eprintln!("  {}: {done} MB", self.what),
        }
    }
}

/// Whole megabytes, rounded up.
#[must_use]
pub fn megabytes(bytes: u64) -> u64 {
    bytes.div_ceil(1_000_000)
}
