//! The track writer: gathers fixes for at most half a second and writes them in batches; waits while PostgreSQL is
//! away, and drops days that are older than tracks are kept.

use std::{collections::BTreeSet, sync::Arc, time::Duration};

use chiyuan_core::Timestamp;
use chrono::{Days, NaiveDate};
use postgis_diesel::types::Point;

use super::{
    counts::add,
    tracks::{BATCH, Batch, TrackRow},
};
use crate::{
    app::App,
    picture::Fix,
    store::{
        StoreError,
        tracks::{self, NewLastFix, NewTrack},
    },
};

/// A fix waits at most this long for others.
const GATHER: Duration = Duration::from_millis(500);
/// One transaction.
const WRITE_WITHIN: Duration = Duration::from_secs(5);
/// The last writing, when the program ends.
const FINISH_WITHIN: Duration = Duration::from_secs(1);
/// Between two tries while PostgreSQL is away.
const TRY_AGAIN: Duration = Duration::from_secs(1);
/// Tracks are kept this long.
const KEPT: Days = Days::new(180);
/// How often old days are looked for.
const DROP_EVERY: Duration = Duration::from_secs(3_600);
/// Days whose partition is known to exist; more are asked for again.
const KNOWN_DAYS: usize = 64;
/// SRID of WGS-84.
const WGS84: u32 = 4_326;

/// Starts the tasks that write tracks and drop old days.
pub fn start(app: &Arc<App>) {
    tokio::spawn(write_tracks(Arc::clone(app)));
    tokio::spawn(drop_old_days(Arc::clone(app)));
}

/// Writes what still waits before the program ends, if the database answers soon.
pub async fn finish(app: &App) {
    let mut days = BTreeSet::new();
    let rest = async { while write_batch(app, &mut days).await {} };
    if tokio::time::timeout(FINISH_WITHIN, rest).await.is_err() {
        tracing::warn!("the last fixes were not written");
    }
}

async fn write_tracks(app: Arc<App>) {
    let mut days = BTreeSet::new();
    loop {
        // Either half a second has passed or a batch is full.
        let _ = tokio::time::timeout(GATHER, app.gateway.tracks.filled()).await;
        while write_batch(&app, &mut days).await {}
    }
}

/// Writes what waits; true if there is a whole batch more.
async fn write_batch(app: &App, days: &mut BTreeSet<NaiveDate>) -> bool {
    let batch = app.gateway.tracks.take();
    if batch.rows.is_empty() && batch.latest.is_empty() {
        return false;
    }
    let rows = batch.rows.len();
    loop {
        let written = tokio::time::timeout(WRITE_WITHIN, write(app, &batch, days)).await;
        let error = match written {
            Ok(Ok(())) => {
                add(&app.gateway.counts.written, rows);
                return app.gateway.tracks.len() >= BATCH;
            }
            Ok(Err(error)) => error,
            Err(_) => StoreError::Unavailable("no answer in time".to_owned()),
        };
        add(&app.gateway.counts.write_failures, 1);
        days.clear();
        if matches!(error, StoreError::Unavailable(_)) {
            tracing::debug!(%error, "tracks wait for the database");
            tokio::time::sleep(TRY_AGAIN).await;
        } else {
            // Trying again would fail again and block everything behind it.
            tracing::error!(%error, rows, "track rows given up");
            add(&app.gateway.counts.shed, rows);
            return false;
        }
    }
}

async fn write(app: &App, batch: &Batch, days: &mut BTreeSet<NaiveDate>) -> Result<(), StoreError> {
    let mut connection = app.store.write().await?;
    for (_, row) in &batch.rows {
        let day = row.fix.at.date_naive();
        if !days.contains(&day) {
            tracks::ensure_day(&mut connection, day).await?;
            if days.len() == KNOWN_DAYS {
                days.clear();
            }
            days.insert(day);
        }
    }
    let received_at = crate::time::now();
    let rows: Vec<_> = batch
        .rows
        .iter()
        .map(|(world, row)| track_row(world.as_str(), row, received_at))
        .collect();
    let mut latest: Vec<_> = batch.latest.iter().collect();
    latest.sort_by(|a, b| a.0.cmp(b.0));
    let mut latest: Vec<_> = latest
        .into_iter()
        .map(|((world, unit), fix)| latest_row(world.as_str(), unit.as_str(), fix, received_at))
        .collect();
    let mut latest = latest.chunks_mut(BATCH);
    tracks::write(&mut connection, &rows, latest.next().unwrap_or_default()).await?;
    for more in latest {
        tracks::write(&mut connection, &[], more).await?;
    }
    connection.done();
    Ok(())
}

fn track_row(world: &str, row: &TrackRow, received_at: Timestamp) -> NewTrack {
    NewTrack {
        world_id: world.to_owned(),
        unit_id: row.unit.to_string(),
        at: row.fix.at,
        received_at,
        location: point(&row.fix),
        speed_mps: row.fix.speed_mps,
        heading_deg: row.fix.heading_deg,
        accuracy_m: row.fix.accuracy_m,
        source: row.fix.source.to_string(),
        late: row.late,
    }
}

fn latest_row(world: &str, unit: &str, fix: &Fix, received_at: Timestamp) -> NewLastFix {
    NewLastFix {
        world_id: world.to_owned(),
        unit_id: unit.to_owned(),
        at: fix.at,
        location: point(fix),
        speed_mps: fix.speed_mps,
        heading_deg: fix.heading_deg,
        accuracy_m: fix.accuracy_m,
        source: fix.source.to_string(),
        received_at,
    }
}

fn point(fix: &Fix) -> Point {
    Point {
        x: fix.position.lon(),
        y: fix.position.lat(),
        srid: Some(WGS84),
    }
}

async fn drop_old_days(app: Arc<App>) {
    let mut every = tokio::time::interval(DROP_EVERY);
    every.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        every.tick().await;
        let Some(day) = crate::time::now().date_naive().checked_sub_days(KEPT) else {
            continue;
        };
        match tokio::time::timeout(WRITE_WITHIN, drop_before(&app, day)).await {
            Ok(Ok(0)) => {}
            Ok(Ok(days)) => tracing::info!(days, "old tracks dropped"),
            Ok(Err(error)) => tracing::debug!(%error, "old tracks not dropped"),
            Err(_) => tracing::debug!("old tracks not dropped in time"),
        }
    }
}

async fn drop_before(app: &App, day: NaiveDate) -> Result<i32, StoreError> {
    let mut connection = app.store.write().await?;
    let dropped = tracks::drop_days_before(&mut connection, day).await?;
    connection.done();
    Ok(dropped)
}
