//! Tracks and latest fixes: written in batches, without waiting for the disk (rule D22).

use chiyuan_core::Timestamp;
use chrono::NaiveDate;
use diesel::{
    ExpressionMethods, Insertable,
    sql_types::{Date, Integer, Timestamptz},
    upsert::excluded,
};
use diesel_async::{RunQueryDsl, SimpleAsyncConnection};
use postgis_diesel::types::Point;

use super::{
    Connection, StoreError,
    schema::{last_fix, track},
};

/// A row of the track.
#[derive(Debug, Insertable)]
#[diesel(table_name = track)]
pub struct NewTrack {
    pub world_id: String,
    pub unit_id: String,
    pub at: Timestamp,
    pub received_at: Timestamp,
    pub location: Point,
    pub speed_mps: Option<f32>,
    pub heading_deg: Option<f32>,
    pub accuracy_m: Option<f32>,
    pub source: String,
    pub late: bool,
}

/// The latest fix of a unit.
#[derive(Debug, Insertable)]
#[diesel(table_name = last_fix)]
pub struct NewLastFix {
    pub world_id: String,
    pub unit_id: String,
    pub at: Timestamp,
    pub location: Point,
    pub speed_mps: Option<f32>,
    pub heading_deg: Option<f32>,
    pub accuracy_m: Option<f32>,
    pub source: String,
    /// Replaced by PostgreSQL's time: other servers ask for what is newer than what they saw.
    pub received_at: Timestamp,
}

/// Writes rows and latest fixes in one transaction that does not wait for the disk. Latest fixes come sorted by
/// world and unit, so that two servers lock them in the same order.
///
/// # Errors
/// If the database is away, or a day of the track has no partition.
pub async fn write(
    connection: &mut Connection,
    rows: &[NewTrack],
    latest: &mut [NewLastFix],
) -> Result<(), StoreError> {
    connection
        .batch_execute("BEGIN; SET LOCAL synchronous_commit = off")
        .await?;
    if !rows.is_empty() {
        diesel::insert_into(track::table)
            .values(rows)
            .execute(&mut **connection)
            .await?;
    }
    if !latest.is_empty() {
        upsert(connection, latest).await?;
    }
    connection.batch_execute("COMMIT").await?;
    Ok(())
}

#[derive(diesel::QueryableByName)]
struct Now {
    #[diesel(sql_type = Timestamptz)]
    now: Timestamp,
}

async fn upsert(connection: &mut Connection, latest: &mut [NewLastFix]) -> Result<(), StoreError> {
    use diesel::query_dsl::methods::FilterDsl;
    let Now { now } = diesel::sql_query("SELECT clock_timestamp() AS now")
        .get_result(&mut **connection)
        .await?;
    for row in latest.iter_mut() {
        row.received_at = now;
    }
    let insert = diesel::insert_into(last_fix::table)
        .values(&*latest)
        .on_conflict((last_fix::world_id, last_fix::unit_id))
        .do_update()
        .set((
            last_fix::at.eq(excluded(last_fix::at)),
            last_fix::received_at.eq(excluded(last_fix::received_at)),
            last_fix::location.eq(excluded(last_fix::location)),
            last_fix::speed_mps.eq(excluded(last_fix::speed_mps)),
            last_fix::heading_deg.eq(excluded(last_fix::heading_deg)),
            last_fix::accuracy_m.eq(excluded(last_fix::accuracy_m)),
            last_fix::source.eq(excluded(last_fix::source)),
        ));
    FilterDsl::filter(insert, last_fix::at.lt(excluded(last_fix::at)))
        .execute(&mut **connection)
        .await?;
    Ok(())
}

/// Makes the partition of a UTC day.
///
/// # Errors
/// If the database is away.
pub async fn ensure_day(connection: &mut Connection, day: NaiveDate) -> Result<(), StoreError> {
    diesel::sql_query("SELECT ensure_track_day($1)")
        .bind::<Date, _>(day)
        .execute(&mut **connection)
        .await?;
    Ok(())
}

#[derive(diesel::QueryableByName)]
struct Dropped {
    #[diesel(sql_type = Integer)]
    days: i32,
}

/// Drops the partitions of days before `day`; returns how many.
///
/// # Errors
/// If the database is away.
pub async fn drop_days_before(
    connection: &mut Connection,
    day: NaiveDate,
) -> Result<i32, StoreError> {
    let dropped: Dropped = diesel::sql_query("SELECT drop_track_days_before($1) AS days")
        .bind::<Date, _>(day)
        .get_result(&mut **connection)
        .await?;
    Ok(dropped.days)
}
