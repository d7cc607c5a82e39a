//! Days and moments: real time to the millisecond, days in Asia/Shanghai.

use chiyuan_core::Timestamp;
pub use chiyuan_core::local_date;
use chrono::{TimeDelta, Utc};

/// Real time now, to the millisecond.
#[must_use]
pub fn now() -> Timestamp {
    millis(Utc::now())
}

/// A moment cut to the millisecond.
#[must_use]
pub fn millis(at: Timestamp) -> Timestamp {
    let below = at.timestamp_subsec_nanos() % 1_000_000;
    at - TimeDelta::nanoseconds(i64::from(below))
}
