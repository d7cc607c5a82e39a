//! Recommendations: which units to send to an incident, and why.

use actix_web::{HttpRequest, HttpResponse, web};
use chiyuan_core::{Entity, EntityId};

use super::{
    caller::Caller,
    error::{ApiError, Code},
    query::Query,
    worlds,
};
use crate::{
    app::App,
    recommendation::{self, MOST, Recommendation, USUAL},
};

pub(super) fn routes(config: &mut web::ServiceConfig) {
    config.route(
        "/worlds/{world}/incidents/{id}/recommendations",
        web::get().to(list),
    );
}

/// Candidates by estimated time, who is left out and why, and what is missing.
#[utoipa::path(get, operation_id = "recommend_units",
    path = "/api/v1/worlds/{world}/incidents/{id}/recommendations", tag = "incidents",
    params(("world" = String, Path), ("id" = String, Path), ("need" = Option<String>, Query), ("limit" = Option<u32>, Query)),
    responses((status = 200, body = Recommendation)))]
pub async fn list(
    app: web::Data<App>,
    caller: Caller,
    path: web::Path<(String, String)>,
    request: HttpRequest,
) -> Result<HttpResponse, ApiError> {
    let (world, id) = path.into_inner();
    let world = worlds::find(&app, &world)?;
    let mut query = Query::of(&request)?;
    let named = query.text("need");
    let limit = query.limit(USUAL)?.min(MOST);
    query.end()?;
    let missing = |what: &str| ApiError::new(Code::NotFound, format!("no such {what}"));
    let id = EntityId::new(&id).map_err(|_| missing("incident"))?;
    let picture = world.picture();
    let scope = caller.scope(picture.world())?;
    let Some(Entity::Incident(incident)) = picture.world().get(&id) else {
        return Err(missing("incident"));
    };
    if scope.is_some_and(|centre| !incident.header.visible_in(centre)) {
        return Err(missing("incident"));
    }
    let need = match &named {
        None => recommendation::first_open(&picture, incident),
        Some(name) => Some(
            incident
                .needs
                .iter()
                .find(|need| need.id.as_str() == name)
                .ok_or_else(|| missing("need"))?,
        ),
    };
    let now = picture.now(crate::time::now());
    let answer = recommendation::recommend(&picture, &caller, incident, need, limit, now);
    drop(picture);
    Ok(HttpResponse::Ok().json(answer))
}
