//! The OpenAPI 3.1 document and its browsable form.

use actix_web::{HttpResponse, web};
use utoipa::OpenApi;
use utoipa_swagger_ui::SwaggerUi;

use super::{commands, drills, feed, health, journal, resources, worlds};

/// The document, made from the handlers.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "Chiyuan 驰援",
        description = "Emergency command and resource dispatch. Times are RFC 3339 UTC, \
        positions WGS-84 degrees, distances metres. Errors are RFC 9457 problems with a stable `code`."
    ),
    paths(
        worlds::list,
        resources::list,
        resources::one,
        resources::nearest,
        resources::within,
        commands::give,
        journal::list,
        feed::follow,
        drills::create,
        drills::clock,
        drills::finish,
        health::live,
        health::ready,
    ),
    components(schemas(
        chiyuan_core::Entity,
        chiyuan_core::Command,
        chiyuan_core::Role,
        crate::picture::Summary
    ))
)]
struct Document;

/// The document as JSON text.
#[must_use]
pub fn document() -> String {
    Document::openapi().to_pretty_json().unwrap_or_default()
}

/// `/api/openapi.json` and `/api/docs`.
pub fn routes(config: &mut web::ServiceConfig) {
    config
        .route("/api/openapi.json", web::get().to(json))
        .service(
            SwaggerUi::new("/api/docs/{_:.*}")
                .config(utoipa_swagger_ui::Config::from("/api/openapi.json")),
        )
        .route(
            "/api/docs",
            web::get().to(|| async { web::Redirect::to("/api/docs/") }),
        );
}

async fn json() -> HttpResponse {
    HttpResponse::Ok()
        .content_type("application/json")
        .body(document())
}
