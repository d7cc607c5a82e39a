//! Days and moments: real time to the millisecond, days in Asia/Shanghai.

use chiyuan_core::Timestamp;
pub use chiyuan_core::{local_date, millis};
use chrono::Utc;

/// Real time now, to the millisecond.
#[must_use]
pub fn now() -> Timestamp {
    millis(Utc::now())
}
