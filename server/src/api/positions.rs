//! Positions from devices: the HTTP batch and the OsmAnd protocol.

use actix_web::{
    FromRequest, HttpMessage, HttpRequest, HttpResponse, dev::Payload, http::header, web,
};
use chiyuan_core::Role;
use serde::Deserialize;
use utoipa::ToSchema;

use super::{
    authorisation,
    caller::Caller,
    error::{ApiError, Code},
    worlds,
};
use crate::{
    app::App,
    gateway::{self, MAX_BODY, MAX_FIXES, Report, Sender, elements::BatchError, osmand},
};

pub(super) fn routes(config: &mut web::ServiceConfig) {
    config.service(
        web::resource("/worlds/{world}/positions")
            .app_data(web::PayloadConfig::new(MAX_BODY))
            .route(web::post().to(report)),
    );
}

pub(super) fn gateway_routes(config: &mut web::ServiceConfig) {
    config.service(
        web::resource("/gateway/osmand")
            .app_data(web::PayloadConfig::new(osmand::MAX_BODY))
            .route(web::get().to(osmand_fix))
            .route(web::post().to(osmand_fix)),
    );
}

/// A batch of fixes.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PositionsBody {
    /// At most 5 000.
    pub fixes: Vec<PositionsFix>,
}

/// One fix of a batch.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PositionsFix {
    pub unit_id: String,
    /// World time of the measurement; at most 30 s ahead.
    #[schema(value_type = String, format = DateTime)]
    pub at: chiyuan_core::Timestamp,
    /// WGS-84 degrees.
    pub lon: f64,
    /// WGS-84 degrees.
    pub lat: f64,
    /// Metres a second.
    pub speed_mps: Option<f64>,
    /// Degrees clockwise from north.
    pub heading_deg: Option<f64>,
    /// Metres.
    pub accuracy_m: Option<f64>,
    /// Where the fix comes from: `phone`, `replay`...
    pub source: Option<String>,
}

/// Reports positions of units; each element is judged alone.
#[utoipa::path(post, path = "/api/v1/worlds/{world}/positions", tag = "positions",
    params(("world" = String, Path)), request_body = PositionsBody, responses((status = 200, body = Report)))]
pub async fn report(
    app: web::Data<App>,
    caller: Caller,
    path: web::Path<String>,
    body: web::Bytes,
) -> Result<HttpResponse, ApiError> {
    let world = worlds::find(&app, &path)?;
    let elements = gateway::parse(&body).map_err(|error| match error {
        BatchError::Envelope(detail) => ApiError::new(Code::MalformedBody, detail),
        BatchError::TooMany => ApiError::new(Code::TooLarge, format!("at most {MAX_FIXES} fixes")),
    })?;
    let report = gateway::take(&app, &world, &sender(&caller), &elements);
    Ok(HttpResponse::Ok().json(report))
}

/// A fix in the OsmAnd protocol, as the Traccar client and others send it; always about the live world.
#[utoipa::path(post, path = "/gateway/osmand", tag = "positions",
    params(("id" = Option<String>, Query), ("lat" = Option<f64>, Query), ("lon" = Option<f64>, Query),
        ("timestamp" = Option<String>, Query), ("token" = Option<String>, Query)),
    responses((status = 200, description = "Taken, or of no use and not to be sent again"),
        (status = 400, description = "Unknown device or bad fix; `code` says which")))]
pub async fn osmand_fix(
    app: web::Data<App>,
    request: HttpRequest,
    body: web::Bytes,
) -> Result<HttpResponse, ApiError> {
    let json = request
        .content_type()
        .eq_ignore_ascii_case("application/json");
    let message = osmand::read(request.query_string(), &body, json);
    let caller = osmand_caller(&app, &request, message.token.as_deref()).await?;
    let world = worlds::find(&app, "live")?;
    let mut sender = sender(&caller);
    sender.default_source = "osmand";
    let own = caller.actor.unit.as_ref().map(|unit| unit.as_str());
    let element = message.element(own, world.now());
    let report = gateway::take(&app, &world, &sender, &[element]);
    match report.rejected.first() {
        Some(refusal) if !osmand::hopeless(refusal.code) => Ok(osmand_refusal(refusal)),
        _ => Ok(HttpResponse::Ok().finish()),
    }
}

/// The sender of an OsmAnd message: by header, or by the parameter `token`, since the phone client sets no headers.
async fn osmand_caller(
    app: &web::Data<App>,
    request: &HttpRequest,
    token: Option<&str>,
) -> Result<Caller, ApiError> {
    let token = match token {
        Some(token) if !request.headers().contains_key(header::AUTHORIZATION) => token,
        _ => return Caller::from_request(request, &mut Payload::None).await,
    };
    let caller = crate::account::authenticate_token(app, request, token).await?;
    let access = authorisation::access(request.method().as_str(), "/gateway/osmand");
    if access.is_some_and(|access| authorisation::permits(access, caller.actor.role)) {
        return Ok(caller);
    }
    crate::account::denied(app, &caller, "/gateway/osmand").await;
    Err(ApiError::new(
        Code::Forbidden,
        format!("{} may not do this", caller.actor.role.as_str()),
    ))
}

fn osmand_refusal(refusal: &gateway::Refusal) -> HttpResponse {
    let code = refusal.code.as_str();
    HttpResponse::BadRequest()
        .content_type("application/problem+json")
        .json(serde_json::json!({
            "type": format!("urn:chiyuan:error:{code}"),
            "title": "Bad Request",
            "status": 400,
            "code": code,
            "detail": refusal.detail,
        }))
}

fn sender(caller: &Caller) -> Sender {
    Sender {
        actor: caller.actor.clone(),
        source: caller
            .source
            .clone()
            .filter(|source| gateway::elements::is_source(source)),
        default_source: match caller.actor.role {
            Role::Device => "device",
            Role::Crew => "phone",
            _ => "manual",
        },
    }
}
