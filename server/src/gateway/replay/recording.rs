//! Recorded tracks: two forms of CSV, brought onto one time line that begins at 0.

use std::collections::BTreeMap;

use chiyuan_core::Timestamp;
use chrono::{DateTime, Utc};
use csv::StringRecord;

/// Between two tracks that one unit plays one after the other, milliseconds.
const BETWEEN_MS: i64 = 60_000;
/// Header of GeoLife samples.
const GEOLIFE: &[&str] = &[
    "X",
    "Y",
    "fid",
    "id",
    "sequence",
    "trajectory_id",
    "tracker",
    "t",
];
/// Columns of the plain form; the last two may be left out or empty.
const PLAIN: &[&str] = &["unit_id", "at", "lon", "lat", "speed_mps", "heading_deg"];

/// A recorded fix.
#[derive(Debug, Clone, PartialEq)]
pub struct Recorded {
    /// Milliseconds since the first.
    pub offset_ms: i64,
    /// The unit, or the recorded track until it has one.
    pub unit: String,
    pub lon: f64,
    pub lat: f64,
    pub speed_mps: Option<f64>,
    pub heading_deg: Option<f64>,
}

/// Tracks in the order of time.
#[derive(Debug)]
pub struct Recording {
    pub fixes: Vec<Recorded>,
    /// Whether tracks are named after units.
    names_units: bool,
}

impl Recording {
    /// Reads either form.
    ///
    /// # Errors
    /// In words, with the line.
    pub fn read(text: &[u8]) -> Result<Self, String> {
        let geolife = text.starts_with(b"X;Y;");
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(if geolife { b';' } else { b',' })
            .flexible(true)
            .from_reader(text);
        let columns = if geolife { GEOLIFE } else { PLAIN };
        let header = reader.headers().map_err(|error| error.to_string())?;
        let known = header.iter().eq(columns.iter().copied().take(header.len()));
        if !known || header.len() < 4 {
            return Err(format!("the first line is not {}", columns.join(",")));
        }
        let mut rows = Vec::new();
        for (index, record) in reader.records().enumerate() {
            let record = record.map_err(|error| error.to_string())?;
            let row = if geolife {
                geolife_row(&record)
            } else {
                plain_row(&record)
            };
            rows.push(row.ok_or_else(|| format!("line {} cannot be read", index + 2))?);
        }
        Ok(Self::of(rows, geolife))
    }

    /// Tracks of GeoLife were made on different days: each begins at 0. Plain tracks keep their places in time.
    fn of(rows: Vec<(Timestamp, Recorded)>, each_from_0: bool) -> Self {
        let mut begin: BTreeMap<String, Timestamp> = BTreeMap::new();
        for (at, row) in &rows {
            let begin = begin.entry(row.unit.clone()).or_insert(*at);
            *begin = (*begin).min(*at);
        }
        let first = begin.values().min().copied();
        let mut fixes: Vec<_> = rows
            .into_iter()
            .map(|(at, mut row)| {
                let from = if each_from_0 {
                    begin.get(&row.unit).copied()
                } else {
                    first
                };
                row.offset_ms = (at - from.unwrap_or(at)).num_milliseconds();
                row
            })
            .collect();
        fixes.sort_by_key(|fix| fix.offset_ms);
        Self {
            fixes,
            names_units: !each_from_0,
        }
    }

    /// Gives the tracks to units in turn. A unit that gets several plays them one after the other.
    ///
    /// # Errors
    /// If no units are given and the file names none.
    pub fn on_units(mut self, units: &[String]) -> Result<Self, String> {
        if units.is_empty() {
            return if self.names_units {
                Ok(self)
            } else {
                Err("the file names no units: give them with --unit".to_owned())
            };
        }
        let mut tracks: BTreeMap<String, Vec<Recorded>> = BTreeMap::new();
        for fix in self.fixes {
            tracks.entry(fix.unit.clone()).or_default().push(fix);
        }
        let mut busy_until: BTreeMap<&str, i64> = BTreeMap::new();
        let mut fixes = Vec::new();
        for (track, unit) in tracks.into_values().zip(units.iter().cycle()) {
            let shift = busy_until.get(unit.as_str()).copied().unwrap_or(0);
            for mut fix in track {
                fix.offset_ms += shift;
                fix.unit.clone_from(unit);
                let until = busy_until.entry(unit).or_default();
                *until = (*until).max(fix.offset_ms + BETWEEN_MS);
                fixes.push(fix);
            }
        }
        fixes.sort_by_key(|fix| fix.offset_ms);
        self.fixes = fixes;
        Ok(self)
    }

    /// How many units take part.
    #[must_use]
    pub fn units(&self) -> usize {
        let units: std::collections::BTreeSet<_> = self.fixes.iter().map(|f| &f.unit).collect();
        units.len()
    }

    /// How long it lasts.
    #[must_use]
    pub fn seconds(&self) -> f64 {
        self.fixes
            .last()
            .map_or(0.0, |fix| fix.offset_ms as f64 / 1_000.0)
    }
}

fn geolife_row(record: &StringRecord) -> Option<(Timestamp, Recorded)> {
    let at = DateTime::parse_from_str(record.get(7)?, "%Y-%m-%d %H:%M:%S%#z").ok()?;
    let fix = Recorded {
        offset_ms: 0,
        unit: record.get(5)?.to_owned(),
        lon: record.get(0)?.parse().ok()?,
        lat: record.get(1)?.parse().ok()?,
        speed_mps: None,
        heading_deg: None,
    };
    Some((at.with_timezone(&Utc), fix))
}

fn plain_row(record: &StringRecord) -> Option<(Timestamp, Recorded)> {
    let number = |column: usize| match record.get(column).unwrap_or_default() {
        "" => Some(None),
        text => text.parse().ok().map(Some),
    };
    let at = DateTime::parse_from_rfc3339(record.get(1)?).ok()?;
    let fix = Recorded {
        offset_ms: 0,
        unit: record.get(0)?.to_owned(),
        lon: record.get(2)?.parse().ok()?,
        lat: record.get(3)?.parse().ok()?,
        speed_mps: number(4)?,
        heading_deg: number(5)?,
    };
    Some((at.with_timezone(&Utc), fix))
}

#[cfg(test)]
mod tests {
    use super::*;

    const GEOLIFE_FILE: &str = "X;Y;fid;id;sequence;trajectory_id;tracker;t\n\
        116.40;39.90;1;1;1;1;19;2020-01-11 04:42:14+00\n\
        116.41;39.90;2;2;2;1;19;2020-01-11 04:42:16+00\n\
        116.50;39.80;3;3;1;2;19;2021-05-01 00:00:00+00\n\
        116.51;39.80;4;4;2;2;19;2021-05-01 00:00:05+00\n";
    const PLAIN_FILE: &str = "unit_id,at,lon,lat,speed_mps,heading_deg\n\
        amb-1,2026-01-01T00:00:00Z,112.1,39.1,3.5,90\n\
        amb-2,2026-01-01T00:00:10Z,112.2,39.2,,\n";

    fn line(recording: &Recording) -> Vec<(i64, &str)> {
        let fixes = recording.fixes.iter();
        fixes
            .map(|fix| (fix.offset_ms, fix.unit.as_str()))
            .collect()
    }

    #[test]
    fn both_forms_begin_at_zero() {
        let units = ["a".to_owned(), "b".to_owned()];
        let read = |text: &str| Recording::read(text.as_bytes()).expect("readable");
        let both = read(GEOLIFE_FILE)
            .on_units(&units)
            .expect("units are given");
        assert_eq!(
            line(&both),
            [(0, "a"), (0, "b"), (2_000, "a"), (5_000, "b")]
        );
        let one = read(GEOLIFE_FILE)
            .on_units(&units[..1])
            .expect("a unit is given");
        assert_eq!(
            line(&one),
            [(0, "a"), (2_000, "a"), (62_000, "a"), (67_000, "a")]
        );
        assert!(read(GEOLIFE_FILE).on_units(&[]).is_err());
        let plain = read(PLAIN_FILE).on_units(&[]).expect("units are named");
        assert_eq!(line(&plain), [(0, "amb-1"), (10_000, "amb-2")]);
        assert_eq!(plain.fixes[0].speed_mps, Some(3.5));
        assert_eq!(plain.fixes[1].heading_deg, None);
    }

    #[test]
    fn what_cannot_be_read_is_said() {
        for bad in [
            "",
            "a,b,c\n",
            "unit_id,at,lon,lat\namb-1,soon,1,2\n",
            "X;Y;fid;id;sequence;trajectory_id;tracker;t\n1;2;3\n",
        ] {
            assert!(Recording::read(bad.as_bytes()).is_err(), "{bad}");
        }
    }
}
