//! HTTP: handlers extract, call and shape; rules live in the core, SQL in the store.

pub mod authorisation;
pub mod basemap;
pub mod caller;
pub mod calls;
pub mod commands;
pub mod crew;
pub mod drills;
pub mod error;
pub mod feed;
pub mod health;
pub mod history;
pub mod incidents;
pub mod journal;
pub mod json;
pub mod kpis;
pub mod metrics;
pub mod openapi;
pub mod people;
pub mod positions;
pub mod private;
pub mod query;
pub mod recommendations;
pub mod registry;
pub mod resources;
pub mod security;
pub mod session;
pub mod worlds;

use actix_web::web;

use error::{ApiError, Code};

/// Every route, shared by server and tests.
pub fn routes(config: &mut web::ServiceConfig) {
    config.service(
        web::scope("/api/v1")
            .configure(resources::routes)
            .configure(session::routes)
            .configure(worlds::routes)
            .configure(people::routes)
            .configure(basemap::routes)
            .configure(commands::routes)
            .configure(calls::routes)
            .configure(incidents::routes)
            .configure(recommendations::routes)
            .configure(private::routes)
            .configure(crew::routes)
            .configure(journal::routes)
            .configure(history::routes)
            .configure(registry::routes)
            .configure(kpis::routes)
            .configure(positions::routes)
            .configure(feed::routes)
            .configure(drills::routes)
            .default_service(web::to(unknown)),
    );
    config
        .configure(health::routes)
        .configure(metrics::routes)
        .configure(openapi::routes);
    config
        .configure(positions::gateway_routes)
        .configure(basemap::archive::routes);
}

async fn unknown() -> Result<&'static str, ApiError> {
    Err(ApiError::new(Code::NotFound, "no such endpoint"))
}
