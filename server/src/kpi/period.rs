//! Periods: from inclusive, to exclusive, as moments or as local days of Asia/Shanghai.

use chiyuan_core::{Timestamp, local_date};
use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveDateTime, TimeDelta, Utc};

/// Longest period, days.
pub const MAX_DAYS: i64 = 400;
/// Asia/Shanghai is ahead of UTC by this, without daylight saving since 1991; hours. A test holds it against
/// [`local_date`].
const LOCAL_AHEAD_H: i64 = 8;

/// Why there is no such period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PeriodError {
    #[error("{0} is an RFC 3339 time or a local date (2026-12-01)")]
    Malformed(&'static str),
    #[error("a period begins before it ends and has at most {MAX_DAYS} days")]
    OutOfRange,
}

/// A stretch of world time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    pub from: Timestamp,
    /// Exclusive.
    pub to: Timestamp,
}

impl Period {
    /// Reads both ends. Left out: `to` is the end of the local day of `now`, or of `from` if that is later; `from` is
    /// the beginning of the local day before `to`.
    ///
    /// # Errors
    /// [`PeriodError`].
    pub fn read(from: Option<&str>, to: Option<&str>, now: Timestamp) -> Result<Self, PeriodError> {
        let moment = |name, text: Option<&str>| match text {
            None => Ok(None),
            Some(text) => parse(text).ok_or(PeriodError::Malformed(name)).map(Some),
        };
        let (from, to) = (moment("from", from)?, moment("to", to)?);
        let day_after = |at: Timestamp| {
            let next = local_date(at).checked_add_days(Days::new(1));
            next.and_then(begin_of).ok_or(PeriodError::OutOfRange)
        };
        let to = match to {
            Some(to) => to,
            None => day_after(from.map_or(now, |from| from.max(now)))?,
        };
        let last = to - TimeDelta::milliseconds(1);
        let from = match from {
            Some(from) => from,
            None => begin_of(local_date(last)).ok_or(PeriodError::OutOfRange)?,
        };
        if from >= to || to - from > TimeDelta::days(MAX_DAYS) {
            return Err(PeriodError::OutOfRange);
        }
        Ok(Self { from, to })
    }

    /// The last local day that it touches.
    #[must_use]
    pub fn last_day(&self) -> NaiveDate {
        local_date(self.to - TimeDelta::milliseconds(1))
    }
}

/// A moment, or the beginning of a local day; years that PostgreSQL and RFC 3339 both know.
fn parse(text: &str) -> Option<Timestamp> {
    let at = match DateTime::parse_from_rfc3339(text) {
        Ok(at) => at.with_timezone(&Utc),
        Err(_) => begin_of(text.parse().ok()?)?,
    };
    (1_900..=9_000).contains(&at.year()).then_some(at)
}

/// The first moment of a local day.
fn begin_of(day: NaiveDate) -> Option<Timestamp> {
    let midnight = NaiveDateTime::from(day).and_utc();
    midnight.checked_sub_signed(TimeDelta::hours(LOCAL_AHEAD_H))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        DateTime::parse_from_rfc3339(text)
            .unwrap()
            .with_timezone(&Utc)
    }

    #[test]
    fn local_days_begin_at_midnight_in_shanghai() {
        let now = at("2026-11-30T20:00:00Z");
        let day = Period::read(Some("2026-12-01"), Some("2026-12-02"), now).unwrap();
        assert_eq!(
            (day.from, day.to),
            (at("2026-11-30T16:00:00Z"), at("2026-12-01T16:00:00Z"))
        );
        assert_eq!(Period::read(None, None, now), Ok(day));
        assert_eq!(Period::read(Some("2026-12-01"), None, now), Ok(day));
        assert_eq!(Period::read(None, Some("2026-12-02"), now), Ok(day));
        assert_eq!(day.last_day().to_string(), "2026-12-01");
        for day in ["2026-12-01", "1999-12-31", "2000-02-29"] {
            let day: NaiveDate = day.parse().unwrap();
            let begin = begin_of(day).unwrap();
            assert_eq!(local_date(begin), day);
            assert_ne!(local_date(begin - TimeDelta::milliseconds(1)), day);
        }
    }

    #[test]
    fn moments_keep_their_offset() {
        let now = at("2026-12-01T00:00:00Z");
        let period = Period::read(
            Some("2026-12-01T08:00:00+08:00"),
            Some("2026-12-01T01:00:00Z"),
            now,
        );
        assert_eq!(period.unwrap().from, now);
    }

    #[test]
    fn what_is_no_period_is_refused() {
        let now = at("2026-12-01T00:00:00Z");
        for (from, to) in [
            ("2026-12-02", "2026-12-01"),
            ("2026-12-01", "2026-12-01"),
            ("2026-01-01", "2027-02-06"),
        ] {
            let period = Period::read(Some(from), Some(to), now);
            assert_eq!(period, Err(PeriodError::OutOfRange), "{from} {to}");
        }
        assert!(Period::read(Some("2026-01-01"), Some("2027-02-05"), now).is_ok());
        for wrong in [
            "",
            "today",
            "2026-13-01",
            "-9999-01-01",
            "12026-01-01",
            "2026-12-01T00:00:00",
        ] {
            let period = Period::read(Some(wrong), None, now);
            assert_eq!(period, Err(PeriodError::Malformed("from")), "{wrong}");
        }
    }
}
