//! Spatial answers from the picture: resources, nearest, within.

use actix_web::{HttpRequest, HttpResponse, web};
use chiyuan_core::EntityId;
use chiyuan_geo::LonLat;

use super::{
    caller::Caller,
    error::{ApiError, Code},
    query::Query,
    worlds,
};
use crate::{
    app::App,
    picture::{Filter, Page, Picture, Question, Ranking},
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
    let mut filter = query.filter()?;
    let limit = query.limit(100)?;
    let cursor = query
        .text("cursor")
        .map(|cursor| EntityId::new(&cursor))
        .transpose();
    let cursor = cursor.map_err(|_| ApiError::new(Code::MalformedQuery, "cursor is wrong"))?;
    query.end()?;
    let picture = world.picture();
    filter.scope = caller.scope(picture.world())?;
    let now = picture.now(crate::time::now());
    let page = picture.resources(&filter, cursor.as_ref(), limit, now);
    drop(picture);
    Ok(geojson(page.body))
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

/// How to ask from a place, besides the filters.
#[derive(utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "only describes the parameters")]
struct PlaceParams {
    lon: f64,
    lat: f64,
    /// `distance`, or `time` to be told `eta_s` too.
    by: Option<String>,
    /// `full`, or `ranking` for ids and distances only.
    detail: Option<String>,
}

/// The nearest that pass the filters.
#[utoipa::path(get, operation_id = "nearest_resources", path = "/api/v1/worlds/{world}/nearest", tag = "resources",
    params(("world" = String, Path), PlaceParams, ("max_distance_m" = Option<f64>, Query), FilterParams),
    responses((status = 200, description = "GeoJSON FeatureCollection by distance, or a ranking", content(
        (Object = "application/geo+json"), (Ranking = "application/json")))))]
pub async fn nearest(
    app: web::Data<App>,
    caller: Caller,
    path: web::Path<String>,
    request: HttpRequest,
) -> Result<HttpResponse, ApiError> {
    let world = worlds::find(&app, &path)?;
    let mut query = Query::of(&request)?;
    let max_distance_m = distance(&mut query, "max_distance_m")?;
    let asked = Asked::of(query, max_distance_m, 10)?;
    asked.answer(&world, &caller, Picture::nearest, Picture::nearest_ranking)
}

/// What lies within a radius.
#[utoipa::path(get, operation_id = "resources_within", path = "/api/v1/worlds/{world}/within", tag = "resources",
    params(("world" = String, Path), PlaceParams, ("radius_m" = Option<f64>, Query), FilterParams),
    responses((status = 200, description = "GeoJSON FeatureCollection by distance, or a ranking; with a summary", content(
        (Object = "application/geo+json"), (Ranking = "application/json")))))]
pub async fn within(
    app: web::Data<App>,
    caller: Caller,
    path: web::Path<String>,
    request: HttpRequest,
) -> Result<HttpResponse, ApiError> {
    let world = worlds::find(&app, &path)?;
    let mut query = Query::of(&request)?;
    let radius_m = distance(&mut query, "radius_m")?.unwrap_or(DEFAULT_RADIUS_M);
    let asked = Asked::of(query, Some(radius_m), 100)?;
    asked.answer(&world, &caller, Picture::within, Picture::within_ranking)
}

/// A question about a place, as it came.
struct Asked {
    from: LonLat,
    filter: Filter,
    limit: usize,
    max_distance_m: Option<f64>,
    with_eta: bool,
    as_ranking: bool,
}

impl Asked {
    fn of(
        mut query: Query<'_>,
        max_distance_m: Option<f64>,
        usual: usize,
    ) -> Result<Self, ApiError> {
        let asked = Self {
            from: query.place()?,
            filter: query.filter()?,
            limit: query.limit(usual)?,
            max_distance_m,
            with_eta: query.choice("by", ["distance", "time"])?,
            as_ranking: query.choice("detail", ["full", "ranking"])?,
        };
        query.end()?;
        Ok(asked)
    }

    /// What the picture says to this caller, who sees his own part only.
    fn answer(
        mut self,
        world: &WorldRuntime,
        caller: &Caller,
        features: impl FnOnce(&Picture, &Question<'_>) -> Page,
        ranking: impl for<'p> FnOnce(&'p Picture, &Question<'_>) -> Ranking<'p>,
    ) -> Result<HttpResponse, ApiError> {
        let picture = world.picture();
        self.filter.scope = caller.scope(picture.world())?;
        let question = Question {
            from: self.from,
            filter: &self.filter,
            limit: self.limit,
            max_distance_m: self.max_distance_m,
            with_eta: self.with_eta,
            now: picture.now(crate::time::now()),
        };
        if self.as_ranking {
            return Ok(HttpResponse::Ok().json(ranking(&picture, &question)));
        }
        let body = features(&picture, &question).body;
        drop(picture);
        Ok(geojson(body))
    }
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

fn geojson(body: String) -> HttpResponse {
    HttpResponse::Ok().content_type(GEOJSON).body(body)
}
