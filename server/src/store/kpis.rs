//! Figures of a period and the cases behind them, computed by PostgreSQL from the typed tables, archived rows included.

pub mod rules;

use std::{collections::BTreeMap, sync::LazyLock};

use chiyuan_core::Timestamp;
use diesel::{
    QueryableByName,
    sql_types::{Array, BigInt, Bool, Double, Integer, Nullable, Text, Timestamptz},
};
use diesel_async::{RunQueryDsl, SimpleAsyncConnection};

use super::{Connection, StoreError};

/// History may take longer than a command; still it ends. Compiling such a statement takes longer than running it.
const BEGIN: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; \
    SET LOCAL statement_timeout = '20s'; SET LOCAL jit = off; SET LOCAL work_mem = '64MB'";

static FIGURES: LazyLock<String> = LazyLock::new(rules::figures);
static CASES: LazyLock<BTreeMap<&str, String>> = LazyLock::new(|| {
    let keys = rules::RULES.iter().map(|rule| rule.key);
    keys.map(|key| (key, rules::cases(key))).collect()
});

/// What is asked: which worlds, when, where, and the seconds that a call and a vehicle have.
#[derive(Debug, Clone)]
pub struct Question {
    /// One world; more only for a negative control.
    pub worlds: Vec<String>,
    pub from: Timestamp,
    /// Exclusive.
    pub to: Timestamp,
    /// Division codes; none is everywhere.
    pub codes: Option<Vec<String>>,
    /// World time: decides what is still within its time.
    pub now: Timestamp,
    pub answer_within_s: i32,
    pub turnout_within_s: i32,
}

/// What the cases of one key add up to; seconds to the millisecond.
#[derive(Debug, Clone, QueryableByName)]
pub struct Figure {
    #[diesel(sql_type = Text)]
    pub key: String,
    #[diesel(sql_type = BigInt)]
    pub cases: i64,
    #[diesel(sql_type = BigInt)]
    pub counted: i64,
    #[diesel(sql_type = Nullable<Double>)]
    pub ratio: Option<f64>,
    #[diesel(sql_type = Nullable<Double>)]
    pub total: Option<f64>,
    #[diesel(sql_type = Nullable<Double>)]
    pub mean: Option<f64>,
    #[diesel(sql_type = Nullable<Double>)]
    pub median: Option<f64>,
    #[diesel(sql_type = Nullable<Double>)]
    pub p90: Option<f64>,
}

/// A case behind a figure.
#[derive(Debug, Clone, QueryableByName)]
pub struct Case {
    #[diesel(sql_type = Text)]
    pub id: String,
    #[diesel(sql_type = Nullable<Text>)]
    pub incident_id: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    pub number: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    pub call_id: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    pub assignment_id: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    pub unit_id: Option<String>,
    #[diesel(sql_type = Timestamptz)]
    pub at: Timestamp,
    #[diesel(sql_type = Nullable<Double>)]
    pub value: Option<f64>,
    #[diesel(sql_type = Bool)]
    pub counted: bool,
}

/// Which cases of a key, and how many.
#[derive(Debug, Clone)]
pub struct Page {
    pub key: &'static str,
    /// Only those in the numerator, or only those that are not.
    pub counted: Option<bool>,
    /// Moment and id of the last case that was read.
    pub after: Option<(Timestamp, String)>,
    pub limit: i64,
}

#[derive(QueryableByName)]
struct Seq {
    #[diesel(sql_type = Nullable<BigInt>)]
    seq: Option<i64>,
}

macro_rules! asked {
    ($sql:expr, $question:expr) => {
        diesel::sql_query($sql)
            .bind::<Array<Text>, _>(&$question.worlds)
            .bind::<Timestamptz, _>($question.from)
            .bind::<Timestamptz, _>($question.to)
            .bind::<Nullable<Array<Text>>, _>($question.codes.as_ref())
            .bind::<Timestamptz, _>($question.now)
            .bind::<Integer, _>($question.answer_within_s)
            .bind::<Integer, _>($question.turnout_within_s)
    };
}

/// The figures of every key that has cases, and the world's seq that they are of.
///
/// # Errors
/// If the database is away, or needs too long.
pub async fn figures(
    connection: &mut Connection,
    world: &str,
    question: &Question,
) -> Result<(u64, Vec<Figure>), StoreError> {
    connection.batch_execute(BEGIN).await?;
    let seq: Seq = diesel::sql_query("SELECT max(seq) AS seq FROM world WHERE id = $1")
        .bind::<Text, _>(world)
        .get_result(&mut **connection)
        .await?;
    let figures = asked!(FIGURES.as_str(), question)
        .load(&mut **connection)
        .await?;
    connection.batch_execute("COMMIT").await?;
    let seq = super::worlds::seq(seq.seq.unwrap_or_default())?;
    Ok((seq, figures))
}

/// A page of the cases behind a figure, by moment and id.
///
/// # Errors
/// If the database is away, or needs too long.
pub async fn cases(
    connection: &mut Connection,
    question: &Question,
    page: &Page,
) -> Result<Vec<Case>, StoreError> {
    let after = page.after.as_ref();
    let Some(statement) = CASES.get(page.key) else {
        return Ok(Vec::new());
    };
    connection.batch_execute(BEGIN).await?;
    let cases = asked!(statement.as_str(), question)
        .bind::<Nullable<Bool>, _>(page.counted)
        .bind::<Nullable<Timestamptz>, _>(after.map(|(at, _)| *at))
        .bind::<Nullable<Text>, _>(after.map(|(_, id)| id.as_str()))
        .bind::<BigInt, _>(page.limit)
        .load(&mut **connection)
        .await?;
    connection.batch_execute("COMMIT").await?;
    Ok(cases)
}
