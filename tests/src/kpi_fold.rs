//! The figures of the service once more, from nothing but the pages of the journal: changes are replayed, then every
//! definition of the catalogue is worked out in plain code. Shares nothing with the server.

mod cases;
mod norms;

use std::collections::BTreeMap;

use serde_json::Value;

pub use cases::Case;

/// Everything that a journal says, archived entities as they were last.
#[derive(Debug, Default)]
pub struct Record {
    /// By kind, then id.
    entities: BTreeMap<String, BTreeMap<String, Value>>,
}

/// When, where and as of when.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// Epoch milliseconds, inclusive.
    pub from: i64,
    /// Epoch milliseconds, exclusive.
    pub to: i64,
    /// World time of the report.
    pub now: i64,
    pub place: Option<&'a str>,
}

/// A figure as it should be.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    pub numerator: Option<f64>,
    pub denominator: u64,
    pub value: Option<f64>,
    pub state: &'static str,
    pub cases: Vec<Case>,
}

/// How a figure comes from its cases.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum How {
    Share,
    Number,
    Mean,
    /// Nearest rank of so many tenths.
    Rank(usize),
}

const FIGURES: &[(&str, How)] = &[
    ("call.answer_10s", How::Share),
    ("call.answer_mean", How::Mean),
    ("call.abandoned", How::Share),
    ("call.taking_mean", How::Mean),
    ("dispatch.mean", How::Mean),
    ("turnout_3min", How::Share),
    ("turnout_3min_order", How::Share),
    ("response.mean", How::Mean),
    ("response.median", How::Rank(5)),
    ("response.p90", How::Rank(9)),
    ("on_scene.mean", How::Mean),
    ("transport.mean", How::Mean),
    ("handover.mean", How::Mean),
    ("record.written", How::Share),
    ("critical.measures", How::Share),
    ("run.empty", How::Share),
    ("run.refused", How::Share),
    ("run.cancelled", How::Share),
    ("incident.held", How::Share),
    ("request.no_vehicle", How::Number),
    ("request.satisfied", How::Share),
    ("call.refused", How::Share),
    ("service.emergency", How::Number),
    ("service.non_emergency", How::Number),
];

impl Record {
    /// Replays a journal.
    #[must_use]
    pub fn replay(rows: &[Value]) -> Self {
        let mut record = Self::default();
        for change in rows
            .iter()
            .flat_map(|row| row["changes"].as_array().expect("changes"))
        {
            let kind = change["kind"].as_str().expect("a kind").to_owned();
            let id = change["id"].as_str().expect("an id").to_owned();
            let of_kind = record.entities.entry(kind.clone()).or_default();
            if !change["entity"].is_null() {
                of_kind.insert(id, change["entity"].clone());
            } else if !["call", "incident", "assignment", "care_record"].contains(&kind.as_str()) {
                of_kind.remove(&id);
            }
        }
        record
    }

    fn all(&self, kind: &str) -> impl Iterator<Item = (&String, &Value)> {
        self.entities
            .get(kind)
            .into_iter()
            .flatten()
            .filter(|(_, entity)| entity["retired"] != true)
    }

    /// How many entities of a kind there ever were.
    #[must_use]
    pub fn count(&self, kind: &str) -> usize {
        self.entities.get(kind).map_or(0, BTreeMap::len)
    }

    /// Every figure.
    #[must_use]
    pub fn figures(&self, asked: Asked<'_>) -> BTreeMap<&'static str, Figure> {
        let mut by_key = cases::all(self, asked);
        let figures = FIGURES.iter().map(|(key, how)| {
            let mut cases = by_key.remove(*key).unwrap_or_default();
            cases.sort_by(|a, b| (a.at, &a.id).cmp(&(b.at, &b.id)));
            (*key, figure(self, key, *how, cases, asked))
        });
        let figures = figures.collect();
        assert!(by_key.is_empty(), "{by_key:?}");
        figures
    }
}

fn figure(record: &Record, key: &str, how: How, cases: Vec<Case>, asked: Asked<'_>) -> Figure {
    let total = cases.len() as i64;
    let counted = cases.iter().filter(|case| case.counted).count() as i64;
    let mut values: Vec<i64> = cases.iter().filter_map(|case| case.value).collect();
    values.sort_unstable();
    let sum: i64 = values.iter().sum();
    let (numerator, value) = match how {
        How::Share => (
            Some(counted as f64),
            rounded(counted * 1_000_000, total).map(|millionths| millionths as f64 / 1e6),
        ),
        How::Number => (Some(counted as f64), Some(counted as f64)),
        How::Mean => (
            Some(seconds(sum)),
            rounded(sum, values.len() as i64).map(seconds),
        ),
        How::Rank(tenths) => {
            let rank = (values.len() * tenths).div_ceil(10);
            let at_rank = rank.checked_sub(1).map(|index| values[index]);
            (None, at_rank.map(seconds))
        }
    };
    let state = match how {
        How::Share => norms::state(record, key, counted, total, asked),
        _ => "none",
    };
    Figure {
        numerator,
        denominator: total as u64,
        value,
        state,
        cases,
    }
}

/// Milliseconds as seconds.
fn seconds(milliseconds: i64) -> f64 {
    milliseconds as f64 / 1_000.0
}

/// A quotient of whole numbers, halves upwards.
fn rounded(dividend: i64, divisor: i64) -> Option<i64> {
    (divisor > 0).then(|| (2 * dividend + divisor) / (2 * divisor))
}

/// Epoch milliseconds of an RFC 3339 time.
#[must_use]
pub fn moment(text: &str) -> i64 {
    chrono::DateTime::parse_from_rfc3339(text)
        .unwrap_or_else(|error| panic!("{text}: {error}"))
        .timestamp_millis()
}

/// What a report of the server says that the fold does not, figure by figure.
#[must_use]
pub fn differences(report: &Value, figures: &BTreeMap<&'static str, Figure>) -> Vec<String> {
    let kpis = report["kpis"].as_array().expect("figures");
    let mut found = Vec::new();
    if kpis.len() != figures.len() {
        found.push(format!("{} figures for {}", kpis.len(), figures.len()));
    }
    for (key, figure) in figures {
        let Some(kpi) = kpis.iter().find(|kpi| kpi["key"] == *key) else {
            found.push(format!("{key} is missing"));
            continue;
        };
        let said = (
            kpi["numerator"].as_f64(),
            kpi["denominator"].as_u64(),
            kpi["value"].as_f64(),
            kpi["state"].as_str(),
        );
        let folded = (
            figure.numerator,
            Some(figure.denominator),
            figure.value,
            Some(figure.state),
        );
        if said != folded {
            found.push(format!(
                "{key}: the server says {said:?}, the journal {folded:?}"
            ));
        }
    }
    found
}
