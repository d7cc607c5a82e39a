//! The worlds that exist, and finding the one that a path names.

use std::sync::Arc;

use actix_web::{HttpResponse, web};
use chiyuan_core::{Entity, Timestamp};
use serde::Serialize;
use utoipa::ToSchema;

use super::{
    caller::Caller,
    error::{ApiError, Code},
};
use crate::{
    app::App,
    world::{WorldKind, WorldRuntime},
};

pub(super) fn routes(config: &mut web::ServiceConfig) {
    config.route("/worlds", web::get().to(list));
}

/// A world as lists show it.
#[derive(Debug, Serialize, ToSchema)]
pub struct WorldView {
    pub id: String,
    pub kind: WorldKind,
    pub name: String,
    pub epoch: String,
    pub seq: u64,
    pub clock: ClockView,
}

/// World time and how it runs.
#[derive(Debug, Serialize, ToSchema)]
pub struct ClockView {
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
    pub running: bool,
    /// World seconds per real second.
    pub speed: f64,
    pub finished: bool,
}

impl WorldView {
    /// A world as it is now.
    #[must_use]
    pub fn of(world: &WorldRuntime) -> Self {
        let picture = world.picture();
        let clock = match picture.world().clock() {
            Some(Entity::Clock(clock)) => (clock.running, clock.speed, clock.finished),
            _ => (true, 1.0, false),
        };
        Self {
            id: world.id().to_string(),
            kind: world.kind(),
            name: world.name().to_owned(),
            epoch: world.epoch(),
            seq: picture.world().seq(),
            clock: ClockView {
                at: picture.now(crate::time::now()),
                running: clock.0,
                speed: clock.1,
                finished: clock.2,
            },
        }
    }
}

/// The worlds.
#[utoipa::path(get, path = "/api/v1/worlds", tag = "worlds", responses((status = 200, body = Vec<WorldView>)))]
pub async fn list(app: web::Data<App>, _caller: Caller) -> HttpResponse {
    let worlds: Vec<_> = app
        .worlds()
        .iter()
        .map(|world| WorldView::of(world))
        .collect();
    HttpResponse::Ok().json(worlds)
}

/// The world of a path.
///
/// # Errors
/// [`Code::NotFound`]; [`Code::NotReady`] while the server starts, since nobody can tell yet.
pub fn find(app: &App, id: &str) -> Result<Arc<WorldRuntime>, ApiError> {
    app.world(id).ok_or_else(|| match app.is_loaded() {
        true => ApiError::new(Code::NotFound, "no such world"),
        false => ApiError::new(Code::NotReady, "the server is starting"),
    })
}
