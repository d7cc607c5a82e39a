//! Days and moments: real time to the millisecond, days in Asia/Shanghai.

use chiyuan_core::Timestamp;
use chrono::{FixedOffset, NaiveDate, TimeDelta, Utc};

/// Days, shifts and KPI periods are Asia/Shanghai, which has had no daylight saving since 1991.
const SHANGHAI_S: i32 = 8 * 3600;

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

/// The local day of a moment.
#[must_use]
pub fn local_date(at: Timestamp) -> NaiveDate {
    match FixedOffset::east_opt(SHANGHAI_S) {
        Some(offset) => at.with_timezone(&offset).date_naive(),
        None => at.date_naive(),
    }
}
