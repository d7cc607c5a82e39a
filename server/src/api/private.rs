//! What is personal: read one by one, each read audited; erased for good.

pub mod masked;

use actix_web::{HttpRequest, HttpResponse, web};
use chiyuan_core::{Entity, EntityId, Role, Timestamp, World};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    caller::Caller,
    error::{ApiError, Code},
    json,
    query::Query,
    worlds,
};
use crate::{
    account::audit,
    app::App,
    store::{
        private::{self, StoredPrivate},
        transaction::detached,
    },
    world::WorldRuntime,
};

pub(super) fn routes(config: &mut web::ServiceConfig) {
    config
        .route("/worlds/{world}/private/{id}", web::get().to(read))
        .route(
            "/worlds/{world}/private/{id}/masked",
            web::get().to(masked::masked),
        )
        .route("/worlds/{world}/private/{id}/erase", web::post().to(erase));
}

/// A personal part.
#[derive(Debug, Serialize, ToSchema)]
pub struct PrivateView {
    pub id: String,
    /// The call, incident or care record that it is about.
    pub subject_id: Option<String>,
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
    pub actor: String,
    pub erased: bool,
    /// Field to text; empty once erased.
    #[schema(value_type = Object)]
    pub content: serde_json::Value,
}

impl PrivateView {
    /// What a stored part says.
    #[must_use]
    pub fn of(stored: StoredPrivate) -> Self {
        Self {
            id: stored.id,
            subject_id: stored.subject_id,
            at: stored.at,
            actor: stored.actor,
            erased: stored.erased_at.is_some(),
            content: stored.content.unwrap_or_else(|| serde_json::json!({})),
        }
    }
}

/// Why it is erased.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Erasure {
    #[schema(value_type = String)]
    pub reason: chiyuan_core::text::Note,
}

/// Reads a personal part; the read is audited before it is answered.
#[utoipa::path(get, operation_id = "read_private", path = "/api/v1/worlds/{world}/private/{id}", tag = "incidents",
    params(("world" = String, Path), ("id" = String, Path)), responses((status = 200, body = PrivateView)))]
pub async fn read(
    app: web::Data<App>,
    caller: Caller,
    path: web::Path<(String, String)>,
    request: HttpRequest,
) -> Result<HttpResponse, ApiError> {
    let (id, stored) = asked_for(&app, &caller, &path, &request).await?;
    record(&app, &caller, "private_read", &id).await?;
    Ok(HttpResponse::Ok().json(PrivateView::of(stored)))
}

/// The personal part that a caller whom it concerns asks for, by world and id.
async fn asked_for(
    app: &App,
    caller: &Caller,
    (world, id): &(String, String),
    request: &HttpRequest,
) -> Result<(EntityId, StoredPrivate), ApiError> {
    let world = worlds::find(app, world)?;
    Query::of(request)?.end()?;
    let id = EntityId::new(id).map_err(|_| missing())?;
    let stored = find(app, &world, &id).await?;
    if !concerns(caller, &world, &stored) {
        return Err(missing());
    }
    Ok((id, stored))
}

/// Notes a read in the audit chain; without the note there is no read.
///
/// # Errors
/// If the database is away.
pub async fn record(
    app: &App,
    caller: &Caller,
    action: &str,
    id: &EntityId,
) -> Result<(), ApiError> {
    let event = audit::Event::of(caller, action, id.as_str(), "ok");
    Ok(audit::record(&app.store, event).await?)
}

/// Erases a personal part and its salt; what happened stays on record.
#[utoipa::path(post, operation_id = "erase_private", path = "/api/v1/worlds/{world}/private/{id}/erase", tag = "incidents",
    params(("world" = String, Path), ("id" = String, Path)), request_body = Erasure,
    responses((status = 200, body = PrivateView)))]
pub async fn erase(
    app: web::Data<App>,
    caller: Caller,
    path: web::Path<(String, String)>,
    body: web::Bytes,
) -> Result<HttpResponse, ApiError> {
    let (world, id) = path.into_inner();
    let world = worlds::find(&app, &world)?;
    let Erasure { reason } = json::parse(&body)?;
    let id = EntityId::new(&id).map_err(|_| missing())?;
    let stored = find(&app, &world, &id).await?;
    if !concerns(&caller, &world, &stored) {
        return Err(missing());
    }
    let event = audit::Event::of(&caller, "private_erased", id.as_str(), reason.as_str());
    let (world_id, by, part) = (
        world.id().clone(),
        caller.actor.name.to_string(),
        id.clone(),
    );
    detached(&app.store, move |connection| {
        Box::pin(async move {
            private::erase(connection, &world_id, &part, &by, reason.as_str()).await?;
            audit::append(connection, event).await
        })
    })
    .await?;
    Ok(HttpResponse::Ok().json(PrivateView::of(find(&app, &world, &id).await?)))
}

fn missing() -> ApiError {
    ApiError::new(Code::NotFound, "no such private part")
}

async fn find(app: &App, world: &WorldRuntime, id: &EntityId) -> Result<StoredPrivate, ApiError> {
    let mut connection = app.store.read().await?;
    let stored = private::get(&mut connection, world.id(), id).await?;
    connection.done();
    stored.ok_or_else(missing)
}

/// Whether the part is about something that the caller works on: of his centre, or of his own unit's orders.
fn concerns(caller: &Caller, world: &WorldRuntime, stored: &StoredPrivate) -> bool {
    let picture = world.picture();
    let world = picture.world();
    let subject = stored
        .subject_id
        .as_ref()
        .and_then(|id| EntityId::new(id).ok());
    let subject = subject.and_then(|id| world.get(&id));
    let Some(subject) = subject else {
        // What it was about has left memory: only who sees everything may go back to it.
        return caller.actor.jurisdiction.is_none() && caller.actor.role != Role::Crew;
    };
    let Ok(scope) = caller.scope(world) else {
        return false;
    };
    let visible = scope.is_none_or(|centre| subject.header().visible_in(centre));
    visible && (caller.actor.role != Role::Crew || of_own_unit(caller, world, subject))
}

fn of_own_unit(caller: &Caller, world: &World, subject: &Entity) -> bool {
    let Some(unit) = &caller.actor.unit else {
        return false;
    };
    let incident_id = match subject {
        Entity::CareRecord(record) => return record.unit_id == *unit,
        Entity::Incident(incident) => Some(&incident.header.id),
        Entity::Call(call) => call.incident_id.as_ref(),
        _ => None,
    };
    let incident = incident_id.and_then(|id| world.get(id));
    let Some(Entity::Incident(incident)) = incident else {
        return false;
    };
    incident
        .assignment_ids
        .iter()
        .any(|id| matches!(world.get(id), Some(Entity::Assignment(a)) if a.unit_id == *unit))
}
