//! The history of one entity: every journal row that changed it, newest first, with the fields that it changed.

use std::sync::Arc;

use actix_web::{HttpRequest, HttpResponse, web};
use chiyuan_core::{Centre, Entity, EntityId, Timestamp, journal::Envelope};
use serde::Serialize;
use utoipa::ToSchema;

use super::{
    caller::Caller,
    error::{ApiError, Code},
    query::Query,
    worlds,
};
use crate::{
    app::App,
    field_changes::{self, FieldChange},
    store::journal,
};

pub(super) fn routes(config: &mut web::ServiceConfig) {
    config.route(
        "/worlds/{world}/resources/{id}/history",
        web::get().to(list),
    );
}

/// What happened to the entity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    Created,
    Changed,
    Retired,
    Removed,
}

/// One command that changed the entity.
#[derive(Debug, Serialize, ToSchema)]
pub struct HistoryEntry {
    pub seq: u64,
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
    pub actor: String,
    /// Word of the command.
    pub r#type: String,
    pub step: Step,
    /// Version of the entity afterwards.
    pub version: Option<u64>,
    /// What the actor gave as reason, where the command has one.
    pub reason: Option<String>,
    pub fields: Vec<FieldChange>,
}

/// The history of an entity, newest first; `after` is the seq of the last entry that was read.
#[utoipa::path(get, operation_id = "read_history", path = "/api/v1/worlds/{world}/resources/{id}/history", tag = "registry",
    params(("world" = String, Path), ("id" = String, Path), ("after" = Option<u64>, Query), ("limit" = Option<u32>, Query)),
    responses((status = 200, body = Vec<HistoryEntry>)))]
pub async fn list(
    app: web::Data<App>,
    caller: Caller,
    path: web::Path<(String, String)>,
    request: HttpRequest,
) -> Result<HttpResponse, ApiError> {
    let (world, id) = path.into_inner();
    let world = worlds::find(&app, &world)?;
    let mut query = Query::of(&request)?;
    let after: Option<u64> = query.take("after")?;
    let limit = query.limit(100)?;
    query.end()?;
    let missing = || ApiError::new(Code::NotFound, "no such resource");
    let id = EntityId::new(&id).map_err(|_| missing())?;
    let scope = caller.scope(world.picture().world())?;
    let before = after.map_or(i64::MAX, |seq| i64::try_from(seq).unwrap_or(i64::MAX));
    let mut connection = app.store.read().await?;
    // One more, to compare the oldest with.
    let most = i64::try_from(limit + 1).unwrap_or(i64::MAX);
    let rows =
        journal::of_entities(&mut connection, world.id(), &[id.to_string()], before, most).await?;
    connection.done();
    let mut known: Option<Arc<Entity>> = None;
    let mut entries = Vec::with_capacity(rows.len());
    for row in rows {
        let envelope = row.envelope()?;
        let now = version(&envelope, &id);
        if let Some(entry) = entry(&envelope, known.as_deref(), now.as_deref(), scope) {
            entries.push(entry);
        }
        known = now;
    }
    if entries.is_empty() && after.is_none() {
        return Err(missing());
    }
    entries.reverse();
    entries.truncate(limit);
    Ok(HttpResponse::Ok().json(entries))
}

/// The entity after a row.
fn version(envelope: &Envelope, id: &EntityId) -> Option<Arc<Entity>> {
    let mut changes = envelope.changes.iter().rev();
    changes
        .find(|change| change.id == *id)
        .and_then(|change| change.entity.clone())
}

/// The row as a reader of this scope sees it.
fn entry(
    envelope: &Envelope,
    before: Option<&Entity>,
    after: Option<&Entity>,
    scope: Option<Centre>,
) -> Option<HistoryEntry> {
    let sees = |entity: &&Entity| scope.is_none_or(|centre| entity.header().visible_in(centre));
    let (saw, after) = (before.filter(sees), after.filter(sees));
    if saw.is_none() && after.is_none() {
        return None;
    }
    let text = |name: &str| envelope.command[name].as_str().map(str::to_owned);
    let step = match (saw, after) {
        (_, None) => Step::Removed,
        (None, Some(_)) => Step::Created,
        (Some(old), Some(new)) if new.header().retired && !old.header().retired => Step::Retired,
        _ => Step::Changed,
    };
    Some(HistoryEntry {
        seq: envelope.seq,
        at: envelope.at,
        actor: envelope.actor.clone(),
        r#type: text("type").unwrap_or_default(),
        step,
        version: after.map(|entity| entity.header().version),
        reason: text("reason").filter(|reason| !reason.is_empty()),
        fields: if step == Step::Changed {
            field_changes::between(saw, after)
        } else {
            Vec::new()
        },
    })
}
