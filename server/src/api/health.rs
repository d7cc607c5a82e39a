//! Health for people and supervisors.

use std::collections::BTreeMap;

use actix_web::{HttpResponse, web};
use serde::Serialize;
use utoipa::ToSchema;

use crate::app::App;

pub(super) fn routes(config: &mut web::ServiceConfig) {
    config
        .route("/health/live", web::get().to(live))
        .route("/health/ready", web::get().to(ready));
}

/// Health of the server and of what it depends on.
#[derive(Debug, Serialize, ToSchema)]
pub struct Health {
    pub status: HealthStatus,
    pub version: &'static str,
    pub dependencies: BTreeMap<&'static str, Dependency>,
}

/// Overall state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum HealthStatus {
    Ok,
    /// Serving from memory while something is away.
    Degraded,
    /// Starting or stopping.
    NotReady,
}

/// State of one dependency.
#[derive(Debug, Serialize, ToSchema)]
pub struct Dependency {
    /// `up`, `down` or `off` (not configured).
    pub state: &'static str,
    /// Seconds since it last answered.
    pub age_s: Option<i64>,
}

/// The process answers.
#[utoipa::path(get, path = "/health/live", tag = "health", responses((status = 200)))]
pub async fn live() -> HttpResponse {
    HttpResponse::Ok().json(serde_json::json!({"status": "ok"}))
}

/// Ready once loaded; degraded while PostgreSQL or Redis is away.
#[utoipa::path(get, path = "/health/ready", tag = "health",
    responses((status = 200, body = Health), (status = 503, body = Health)))]
pub async fn ready(app: web::Data<App>) -> HttpResponse {
    let dependencies = dependencies(&app);
    let up = dependencies
        .values()
        .all(|dependency| dependency.state != "down");
    let status = match (app.is_ready(), up) {
        (false, _) => HealthStatus::NotReady,
        (true, true) => HealthStatus::Ok,
        (true, false) => HealthStatus::Degraded,
    };
    let health = Health {
        status,
        version: env!("CARGO_PKG_VERSION"),
        dependencies,
    };
    match status {
        HealthStatus::NotReady => HttpResponse::ServiceUnavailable()
            .insert_header(("Retry-After", "1"))
            .json(health),
        _ => HttpResponse::Ok().json(health),
    }
}

fn dependencies(app: &App) -> BTreeMap<&'static str, Dependency> {
    let states: Vec<_> = app
        .worlds()
        .iter()
        .map(|world| world.database_state())
        .collect();
    let database_up = states.iter().all(|(ok, _)| *ok);
    let postgres = Dependency {
        state: state_word(database_up),
        age_s: states.iter().map(|(_, age)| *age).min(),
    };
    let relay = app.relay.state();
    let redis = if relay.configured {
        Dependency {
            state: state_word(relay.subscribed && relay.publishing),
            age_s: relay.age_s,
        }
    } else {
        Dependency {
            state: "off",
            age_s: None,
        }
    };
    BTreeMap::from([("postgres", postgres), ("redis", redis)])
}

fn state_word(up: bool) -> &'static str {
    if up { "up" } else { "down" }
}
