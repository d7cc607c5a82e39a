//! Figures of the pre-hospital service (SZ-26 to SZ-30, JZ-15): of one world, a period and a place, with the norms
//! that they are held against.

pub mod catalogue;
pub mod export;
pub mod norm;
pub mod period;
pub mod place;

use std::{collections::BTreeMap, time::Duration};

use chiyuan_core::{DivisionCode, Timestamp};
use serde::Serialize;
use tokio::{
    sync::{Semaphore, SemaphorePermit},
    time::timeout,
};
use utoipa::ToSchema;

use crate::{
    app::App,
    mutant,
    store::{
        StoreError,
        kpis::{self, Case, Figure, Page, Question},
    },
    world::WorldRuntime,
};
use catalogue::{ANSWER_WITHIN_S, Basis, ENTRIES, Entry, Measure, TURNOUT_WITHIN_S, Unit};
use norm::{NormView, State};
use period::Period;

/// A whole number where cases are counted, else a measure.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, ToSchema)]
#[serde(untagged)]
pub enum Amount {
    Count(i64),
    Measure(f64),
}

impl Amount {
    /// As a spreadsheet has it.
    #[must_use]
    #[expect(
        clippy::cast_precision_loss,
        reason = "counts of cases stay far below 2^53"
    )]
    pub fn number(self) -> f64 {
        match self {
            Self::Count(count) => count as f64,
            Self::Measure(value) => value,
        }
    }
}

/// One figure.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Kpi {
    pub key: &'static str,
    /// Chinese.
    pub name: &'static str,
    pub name_en: &'static str,
    /// Counted cases; of a mean: the sum of the values; of a percentile: none.
    pub numerator: Option<Amount>,
    /// Cases.
    pub denominator: i64,
    /// None without a case, except for counts. Ratios to six digits, seconds to the millisecond.
    pub value: Option<Amount>,
    pub unit: Unit,
    /// The moment by which a case belongs to the period.
    pub basis: Basis,
    /// Chinese.
    pub definition: &'static str,
    pub definition_en: &'static str,
    pub norm: Option<NormView>,
    pub state: State,
}

/// The figures of a period and a place.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = KpiReport)]
pub struct Report {
    pub world: String,
    /// World time of the report: what is late and still open is late by it.
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
    /// The world's seq that it is of.
    pub seq: u64,
    #[schema(value_type = String, format = DateTime)]
    pub from: Timestamp,
    /// Exclusive.
    #[schema(value_type = String, format = DateTime)]
    pub to: Timestamp,
    /// With its counties; none is the whole world.
    pub jurisdiction: Option<DivisionCode>,
    pub kpis: Vec<Kpi>,
}

/// When and where.
#[derive(Debug, Clone)]
pub struct Range {
    pub period: Period,
    pub place: Option<DivisionCode>,
}

/// Reports at work at once. One of a year of a busy centre keeps a processor of the database for seconds, which dispatch
/// needs, too; the others wait for their turn.
const AT_WORK: usize = 2;
static TURNS: Semaphore = Semaphore::const_new(AT_WORK);
/// How long a report waits for its turn.
const PATIENCE: Duration = Duration::from_secs(20);

async fn turn() -> Result<SemaphorePermit<'static>, StoreError> {
    let turn = timeout(PATIENCE, TURNS.acquire()).await;
    turn.ok()
        .and_then(Result::ok)
        .ok_or_else(|| StoreError::Unavailable("other reports are at work".to_owned()))
}

/// Computes every figure.
///
/// # Errors
/// If the database is away, or needs too long, or others wait already.
pub async fn report(app: &App, world: &WorldRuntime, range: &Range) -> Result<Report, StoreError> {
    let _turn = turn().await?;
    let question = question(app, world, range);
    let mut connection = app.store.read().await?;
    let (seq, figures) = kpis::figures(&mut connection, world.id().as_str(), &question).await?;
    connection.done();
    let figures: BTreeMap<_, _> = figures.iter().map(|f| (f.key.as_str(), f)).collect();
    let picture = world.picture();
    let day = range.period.last_day();
    let kpis = ENTRIES.iter().map(|entry| {
        let norm = norm::find(picture.world(), entry, range.place, day);
        kpi(entry, figures.get(entry.key).copied(), norm)
    });
    Ok(Report {
        world: world.id().to_string(),
        at: question.now,
        seq,
        from: range.period.from,
        to: range.period.to,
        jurisdiction: range.place,
        kpis: kpis.collect(),
    })
}

/// The cases behind a figure.
///
/// # Errors
/// If the database is away, or needs too long, or others wait already.
pub async fn cases(
    app: &App,
    world: &WorldRuntime,
    range: &Range,
    page: &Page,
) -> Result<Vec<Case>, StoreError> {
    let _turn = turn().await?;
    let question = question(app, world, range);
    let mut connection = app.store.read().await?;
    let cases = kpis::cases(&mut connection, &question, page).await?;
    connection.done();
    Ok(cases)
}

fn question(app: &App, world: &WorldRuntime, range: &Range) -> Question {
    let worlds = match mutant::is("kpi_counts_drills") {
        true => app.worlds().iter().map(|w| w.id().to_string()).collect(),
        false => vec![world.id().to_string()],
    };
    let late = i32::from(mutant::is("kpi_answers_late"));
    let to = match mutant::is("kpi_to_inclusive") {
        true => range.period.to + chrono::TimeDelta::milliseconds(1),
        false => range.period.to,
    };
    let codes = range
        .place
        .map(|place| place::codes(world.picture().world(), place));
    Question {
        worlds,
        from: range.period.from,
        to,
        codes,
        now: world.now(),
        answer_within_s: ANSWER_WITHIN_S + late,
        turnout_within_s: TURNOUT_WITHIN_S,
    }
}

fn kpi(entry: &'static Entry, figure: Option<&Figure>, norm: Option<NormView>) -> Kpi {
    let (cases, counted) = figure.map_or((0, 0), |figure| (figure.cases, figure.counted));
    let measured = |pick: fn(&Figure) -> Option<f64>| figure.and_then(pick).map(Amount::Measure);
    let value = match entry.measure {
        Measure::Ratio => measured(|figure| figure.ratio),
        Measure::Count => Some(Amount::Count(counted)),
        Measure::Mean => measured(|figure| figure.mean),
        Measure::Median => measured(|figure| figure.median),
        Measure::P90 => measured(|figure| figure.p90),
    };
    let numerator = match entry.measure {
        Measure::Ratio | Measure::Count => Some(Amount::Count(counted)),
        Measure::Mean => measured(|figure| figure.total).or(Some(Amount::Measure(0.0))),
        Measure::Median | Measure::P90 => None,
    };
    // A norm is judged on what was counted, not on what is left of it after rounding.
    let exact = match entry.measure {
        Measure::Ratio if cases > 0 => {
            Some(Amount::Count(counted).number() / Amount::Count(cases).number())
        }
        _ => value.map(Amount::number),
    };
    Kpi {
        key: entry.key,
        name: entry.name,
        name_en: entry.name_en,
        numerator,
        denominator: cases,
        value,
        unit: entry.unit(),
        basis: entry.basis,
        definition: entry.definition,
        definition_en: entry.definition_en,
        state: norm::judge(exact, norm.as_ref(), entry.unit()),
        norm,
    }
}
