//! The OpenAPI 3.1 document and its browsable form.

use actix_web::{HttpResponse, web};
use utoipa::OpenApi;
use utoipa_swagger_ui::SwaggerUi;

use super::{
    basemap, calls, commands, crew, drills, feed, health, history, incidents, journal, kpis,
    people, positions, private, recommendations, registry, resources, session, worlds,
};

/// The document, made from the handlers.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "Chiyuan 驰援",
        description = "Emergency command and resource dispatch. Times are RFC 3339 UTC, \
        positions WGS-84 degrees, distances metres. Errors are RFC 9457 problems with a stable `code`."
    ),
    paths(
        session::log_in,
        session::who_am_i,
        session::log_out,
        worlds::list,
        basemap::show,
        basemap::archive::read,
        resources::list,
        resources::one,
        resources::nearest,
        resources::within,
        commands::give,
        calls::event,
        incidents::list,
        incidents::one,
        recommendations::list,
        private::read,
        private::erase,
        private::masked::masked,
        people::list,
        crew::show,
        journal::list,
        history::list,
        registry::export_csv,
        registry::export_xlsx,
        registry::preview,
        registry::import,
        kpis::list,
        kpis::cases,
        kpis::export,
        positions::report,
        positions::osmand_fix,
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

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use serde_json::Value;

    use super::*;
    use crate::api::authorisation::ENDPOINTS;

    fn parsed() -> Value {
        serde_json::from_str(&document()).unwrap()
    }

    fn references(value: &Value, found: &mut BTreeSet<String>) {
        match value {
            Value::Object(map) => {
                if let Some(Value::String(target)) = map.get("$ref") {
                    found.insert(target.clone());
                }
                map.values().for_each(|value| references(value, found));
            }
            Value::Array(items) => items.iter().for_each(|value| references(value, found)),
            _ => {}
        }
    }

    #[test]
    fn every_reference_names_a_schema() {
        let document = parsed();
        assert!(document["openapi"].as_str().unwrap().starts_with("3.1"));
        let mut found = BTreeSet::new();
        references(&document, &mut found);
        for target in &found {
            assert!(
                document.pointer(target.trim_start_matches('#')).is_some(),
                "{target}"
            );
        }
        assert!(found.contains("#/components/schemas/Ambulance"));
    }

    #[test]
    fn operations_and_the_authorisation_table_are_the_same_endpoints() {
        let document = parsed();
        let mut ids = BTreeSet::new();
        let mut documented = BTreeSet::new();
        for (path, operations) in document["paths"].as_object().unwrap() {
            for (method, operation) in operations.as_object().unwrap() {
                assert!(
                    ids.insert(operation["operationId"].as_str().unwrap().to_owned()),
                    "{path} {method}"
                );
                documented.insert((method.to_uppercase(), path.clone()));
            }
        }
        // The document itself and the metrics are no part of the contract that it describes; phones may send their
        // fix by GET as well.
        let beside = [
            ("GET", "/api/openapi.json"),
            ("GET", "/metrics"),
            ("GET", "/gateway/osmand"),
        ];
        let table: BTreeSet<_> = ENDPOINTS
            .iter()
            .filter(|(method, path, _)| !beside.contains(&(*method, *path)))
            .map(|(method, path, _)| ((*method).to_owned(), (*path).to_owned()))
            .collect();
        assert_eq!(documented, table);
    }
}
