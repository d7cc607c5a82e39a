//! Health for people and supervisors, metrics for Prometheus.

use actix_web::{HttpResponse, web};

pub(super) fn routes(config: &mut web::ServiceConfig) {
    config.route("/health/live", web::get().to(live));
}

/// The process answers.
pub async fn live() -> HttpResponse {
    HttpResponse::Ok().json(serde_json::json!({"status": "ok"}))
}
