//! Spatial answers from the picture: resources, nearest, within.

use actix_web::{HttpRequest, HttpResponse, web};
use chiyuan_core::{EntityId, Timestamp};

use super::{
    caller::Caller,
    error::{ApiError, Code},
    query::Query,
    worlds,
};
use crate::{
    app::App,
    picture::{Filter, Page, Picture},
    world::WorldRuntime,
};

const GEOJSON: &str = "application/geo+json";
/// Largest radius and distance, metres: half the circumference of the earth.
const MAX_DISTANCE_M: f64 = 20_040_000.0;
/// Radius of `within` unless stated, metres: the urban service radius (SZ-22, JZ-13).
const DEFAULT_RADIUS_M: f64 = 5_000.0;

pub(super) fn routes(config: &mut web::ServiceConfig) {
    // Routes are tried in turn: the busiest first.
    config
        .route("/worlds/{world}/nearest", web::get().to(nearest))
        .route("/worlds/{world}/within", web::get().to(within))
        .route("/worlds/{world}/resources", web::get().to(list))
        .route("/worlds/{world}/resources/{id}", web::get().to(one));
}

/// The filters that `resources`, `nearest` and `within` share; see [`Query::filter`].
#[derive(utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "only describes the parameters")]
struct FilterParams {
    kind: Option<String>,
    status: Option<String>,
    capability: Option<String>,
    jurisdiction: Option<String>,
    available: Option<bool>,
    max_fix_age_s: Option<i64>,
    bbox: Option<String>,
    limit: Option<u32>,
}

/// Resources by page, ordered by id.
#[utoipa::path(get, operation_id = "list_resources", path = "/api/v1/worlds/{world}/resources", tag = "resources",
    params(("world" = String, Path), FilterParams, ("cursor" = Option<String>, Query)),
    responses((status = 200, description = "GeoJSON FeatureCollection with next_cursor", content_type = "application/geo+json", body = Object)))]
pub async fn list(
    app: web::Data<App>,
    caller: Caller,
    path: web::Path<String>,
    request: HttpRequest,
) -> Result<HttpResponse, ApiError> {
    let world = worlds::find(&app, &path)?;
    let mut query = Query::of(&request)?;
    let filter = query.filter()?;
    let limit = query.limit(100)?;
    let cursor = query
        .text("cursor")
        .map(|cursor| EntityId::new(&cursor))
        .transpose();
    let cursor = cursor.map_err(|_| ApiError::new(Code::MalformedQuery, "cursor is wrong"))?;
    query.end()?;
    answer(&world, &caller, filter, |picture, filter, now| {
        picture.resources(filter, cursor.as_ref(), limit, now)
    })
}

/// One resource.
#[utoipa::path(get, operation_id = "get_resource", path = "/api/v1/worlds/{world}/resources/{id}", tag = "resources",
    params(("world" = String, Path), ("id" = String, Path)),
    responses((status = 200, description = "GeoJSON Feature", content_type = "application/geo+json", body = Object)))]
pub async fn one(
    app: web::Data<App>,
    caller: Caller,
    path: web::Path<(String, String)>,
    request: HttpRequest,
) -> Result<HttpResponse, ApiError> {
    let (world, id) = path.into_inner();
    let world = worlds::find(&app, &world)?;
    Query::of(&request)?.end()?;
    let missing = || ApiError::new(Code::NotFound, "no such resource");
    let id = EntityId::new(&id).map_err(|_| missing())?;
    let picture = world.picture();
    let scope = caller.scope(picture.world())?;
    let seen = picture
        .world()
        .get(&id)
        .is_some_and(|e| scope.is_none_or(|centre| e.header().visible_in(centre)));
    let body = picture
        .resource(&id, picture.now(crate::time::now()))
        .filter(|_| seen);
    drop(picture);
    body.map(geojson).ok_or_else(missing)
}

/// The nearest that pass the filters.
#[utoipa::path(get, operation_id = "nearest_resources", path = "/api/v1/worlds/{world}/nearest", tag = "resources",
    params(("world" = String, Path), ("lon" = f64, Query), ("lat" = f64, Query), FilterParams,
        ("max_distance_m" = Option<f64>, Query), ("by" = Option<String>, Query)),
    responses((status = 200, description = "GeoJSON FeatureCollection by distance", content_type = "application/geo+json", body = Object)))]
pub async fn nearest(
    app: web::Data<App>,
    caller: Caller,
    path: web::Path<String>,
    request: HttpRequest,
) -> Result<HttpResponse, ApiError> {
    let world = worlds::find(&app, &path)?;
    let mut query = Query::of(&request)?;
    let from = query.place()?;
    let filter = query.filter()?;
    let limit = query.limit(10)?;
    let max_distance_m = distance(&mut query, "max_distance_m")?;
    let with_eta = by_time(&mut query)?;
    query.end()?;
    answer(&world, &caller, filter, |picture, filter, now| {
        picture.nearest(from, filter, limit, max_distance_m, with_eta, now)
    })
}

/// What lies within a radius.
#[utoipa::path(get, operation_id = "resources_within", path = "/api/v1/worlds/{world}/within", tag = "resources",
    params(("world" = String, Path), ("lon" = f64, Query), ("lat" = f64, Query), ("radius_m" = Option<f64>, Query),
        FilterParams, ("by" = Option<String>, Query)),
    responses((status = 200, description = "GeoJSON FeatureCollection by distance, with a summary", content_type = "application/geo+json", body = Object)))]
pub async fn within(
    app: web::Data<App>,
    caller: Caller,
    path: web::Path<String>,
    request: HttpRequest,
) -> Result<HttpResponse, ApiError> {
    let world = worlds::find(&app, &path)?;
    let mut query = Query::of(&request)?;
    let from = query.place()?;
    let radius_m = distance(&mut query, "radius_m")?.unwrap_or(DEFAULT_RADIUS_M);
    let filter = query.filter()?;
    let limit = query.limit(100)?;
    let with_eta = by_time(&mut query)?;
    query.end()?;
    answer(&world, &caller, filter, |picture, filter, now| {
        picture.within(from, radius_m, filter, limit, with_eta, now)
    })
}

/// What the picture says to a question of this caller, who sees his own part only.
fn answer(
    world: &WorldRuntime,
    caller: &Caller,
    mut filter: Filter,
    ask: impl FnOnce(&Picture, &Filter, Timestamp) -> Page,
) -> Result<HttpResponse, ApiError> {
    let picture = world.picture();
    filter.scope = caller.scope(picture.world())?;
    let page = ask(&picture, &filter, picture.now(crate::time::now()));
    drop(picture);
    Ok(geojson(page.body))
}

fn distance(query: &mut Query<'_>, name: &str) -> Result<Option<f64>, ApiError> {
    let distance = query.number(name)?;
    match distance {
        Some(metres) if !(0.0..=MAX_DISTANCE_M).contains(&metres) => Err(ApiError::new(
            Code::MalformedQuery,
            format!("{name} lies in 0..={MAX_DISTANCE_M}"),
        )),
        other => Ok(other),
    }
}

fn by_time(query: &mut Query<'_>) -> Result<bool, ApiError> {
    match query.text("by").as_deref() {
        None | Some("distance") => Ok(false),
        Some("time") => Ok(true),
        Some(_) => Err(ApiError::new(
            Code::MalformedQuery,
            "by is distance or time",
        )),
    }
}

fn geojson(body: String) -> HttpResponse {
    HttpResponse::Ok().content_type(GEOJSON).body(body)
}
