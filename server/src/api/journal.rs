//! The journal as commanders and auditors read it.

use actix_web::{HttpRequest, HttpResponse, web};
use chiyuan_core::{Change, Timestamp};
use serde::Serialize;
use utoipa::ToSchema;

use super::{caller::Caller, error::ApiError, query::Query, worlds};
use crate::{app::App, feed::scope::in_scope, store::journal};

pub(super) fn routes(config: &mut web::ServiceConfig) {
    config.route("/worlds/{world}/journal", web::get().to(list));
}

/// One row of the journal, as far as the reader sees it.
#[derive(Debug, Serialize, ToSchema)]
pub struct JournalEntry {
    pub seq: u64,
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub actor: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub command: Option<serde_json::Value>,
    pub changes: Vec<Change>,
    /// Hash of the row, hex.
    pub hash: String,
}

/// Rows after a seq, in order.
#[utoipa::path(get, operation_id = "read_journal", path = "/api/v1/worlds/{world}/journal", tag = "journal",
    params(("world" = String, Path), ("after" = Option<u64>, Query), ("limit" = Option<u32>, Query)),
    responses((status = 200, body = Vec<JournalEntry>)))]
pub async fn list(
    app: web::Data<App>,
    caller: Caller,
    path: web::Path<String>,
    request: HttpRequest,
) -> Result<HttpResponse, ApiError> {
    let world = worlds::find(&app, &path)?;
    let mut query = Query::of(&request)?;
    let after: u64 = query.take("after")?.unwrap_or(0);
    let limit = query.limit(100)?;
    query.end()?;
    let scope = caller.scope(world.picture().world())?;
    let mut connection = app.store.read().await?;
    let rows = journal::after(
        &mut connection,
        world.id(),
        after,
        i64::try_from(limit).unwrap_or(100),
    )
    .await?;
    connection.done();
    let mut entries = Vec::with_capacity(rows.len());
    for row in rows {
        let envelope = row.envelope()?;
        let changes: Vec<_> = envelope
            .changes
            .into_iter()
            .filter_map(|change| in_scope(change, scope))
            .collect();
        let seen = scope.is_none() || !changes.is_empty();
        entries.push(JournalEntry {
            seq: envelope.seq,
            at: envelope.at,
            actor: seen.then_some(envelope.actor),
            command: seen.then_some(envelope.command),
            changes,
            hash: hex::encode(row.hash),
        });
    }
    Ok(HttpResponse::Ok().json(entries))
}
