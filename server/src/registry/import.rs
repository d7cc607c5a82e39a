//! Applies a previewed file: its rows as ordinary commands, each under a key that follows from the preview.
//!
//! The file was decided as a whole on a copy of the world, so that a fault anywhere means that nothing is written. The
//! commands then go through the executor in batches; if somebody changes a row in between, what came before stands, the
//! report says what is left, and giving the same file again goes on there.

use std::{collections::BTreeMap, sync::Arc};

use chiyuan_core::{Actor, journal::Envelope};
use serde::Serialize;
use utoipa::ToSchema;

use super::preview::{Judged, RowFault};
use crate::{
    app::App,
    seed::{SeedError, fault::FaultCode, plan::Step, submit},
    store::{StoreError, journal},
    world::WorldRuntime,
};

/// What an import did.
#[derive(Debug, Serialize, ToSchema)]
pub struct ImportReport {
    pub digest: String,
    pub created: usize,
    pub changed: usize,
    pub unchanged: usize,
    /// Rows that were not applied, by line; empty when all is done.
    pub left: Vec<LeftRow>,
    /// Why it stopped.
    pub stopped_by: Option<RowFault>,
}

/// A row that was not applied.
#[derive(Debug, Serialize, ToSchema)]
pub struct LeftRow {
    pub line: u64,
    pub id: String,
}

/// Key of the command of a line; the same preview never does anything twice.
fn key(digest: &str, line: u64) -> String {
    format!("import:{}:{line}", digest.get(..32).unwrap_or(digest))
}

/// Gives the commands of a judged file in a task of its own, which outlives the request.
///
/// # Errors
/// If the database is away afterwards, so that nobody can say what was done.
pub async fn apply(
    app: &App,
    world: &Arc<WorldRuntime>,
    actor: &Actor,
    judged: Judged,
) -> Result<ImportReport, StoreError> {
    let Judged {
        preview, mut steps, ..
    } = judged;
    for step in &mut steps {
        step.key = key(&preview.digest, step.place.line);
    }
    let steps = Arc::new(steps);
    let task = {
        let (world, actor, steps) = (Arc::clone(world), actor.clone(), Arc::clone(&steps));
        tokio::spawn(async move { submit::all(&world, &actor, &steps, |_| ()).await })
    };
    let outcome = task
        .await
        .unwrap_or_else(|error| Err(SeedError::Interrupted(error.to_string())));
    let mut report = ImportReport {
        digest: preview.digest,
        created: preview.created,
        changed: preview.changed,
        unchanged: preview.unchanged,
        left: Vec::new(),
        stopped_by: None,
    };
    if let Err(error) = outcome {
        tracing::warn!(world = %world.id(), %error, "an import stopped");
        let lines: Vec<u64> = steps.iter().map(|step| step.place.line).collect();
        let done = done(app, world, actor, &report.digest, &lines).await?;
        (report.created, report.changed) = counts(&done);
        report.left = left(&steps, &done, &report.digest);
        report.stopped_by = Some(reason(&error));
    }
    Ok(report)
}

/// What an earlier request with this digest did; none if there was none.
///
/// # Errors
/// If the database is away.
pub async fn earlier(
    app: &App,
    world: &WorldRuntime,
    actor: &Actor,
    digest: &str,
    judged: &Judged,
) -> Result<Option<ImportReport>, StoreError> {
    let done = done(app, world, actor, digest, &judged.lines).await?;
    if done.is_empty() {
        return Ok(None);
    }
    let (created, changed) = counts(&done);
    Ok(Some(ImportReport {
        digest: digest.to_owned(),
        created,
        changed,
        unchanged: judged
            .lines
            .len()
            .saturating_sub(created + changed + judged.steps.len()),
        left: left(&judged.steps, &done, digest),
        stopped_by: None,
    }))
}

/// Commands of an import that stand in the journal, by key.
async fn done(
    app: &App,
    world: &WorldRuntime,
    actor: &Actor,
    digest: &str,
    lines: &[u64],
) -> Result<BTreeMap<String, Envelope>, StoreError> {
    let keys: Vec<String> = lines.iter().map(|line| key(digest, *line)).collect();
    let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
    let mut connection = app.store.read().await?;
    let actors = [actor.name.as_str()];
    let found = journal::by_keys(&mut connection, world.id(), &actors, &keys).await?;
    connection.done();
    let found = found.into_iter();
    Ok(found.map(|row| (row.key.clone(), row)).collect())
}

/// Created and changed.
fn counts(done: &BTreeMap<String, Envelope>) -> (usize, usize) {
    let created = done
        .values()
        .filter(|row| row.command["type"] == "register_resource")
        .count();
    (created, done.len() - created)
}

fn left(steps: &[Step], done: &BTreeMap<String, Envelope>, digest: &str) -> Vec<LeftRow> {
    let left = steps
        .iter()
        .filter(|step| !done.contains_key(&key(digest, step.place.line)));
    let mut left: Vec<LeftRow> = left
        .map(|step| LeftRow {
            line: step.place.line,
            id: step.id.to_string(),
        })
        .collect();
    left.sort_by_key(|row| row.line);
    left
}

fn reason(error: &SeedError) -> RowFault {
    let first = match error {
        SeedError::Refused(faults) => faults.list().first(),
        _ => None,
    };
    RowFault {
        column: String::new(),
        code: first
            .map_or(FaultCode::Unreadable, |fault| fault.code)
            .as_str(),
        detail: first.map_or_else(|| error.to_string(), |fault| fault.detail.clone()),
    }
}
