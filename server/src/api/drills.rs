//! Drills: made from live, clock set, finished.

use actix_web::{HttpRequest, HttpResponse, web};
use chiyuan_core::{
    Timestamp,
    clock::{MAX_SPEED, SetClock},
    text::Name,
};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{
    caller::Caller,
    commands::idempotency_key,
    error::{ApiError, Code},
    json,
    worlds::{self, WorldView},
};
use crate::{
    app::App,
    drill::{self, DrillError, NewDrill},
    time,
    world::{WorldKind, WorldRuntime},
};

/// Longest step of a drill clock, seconds: a week.
const MAX_STEP_S: f64 = 604_800.0;

pub(super) fn routes(config: &mut web::ServiceConfig) {
    config
        .route("/drills", web::post().to(create))
        .route("/drills/{world}/clock", web::post().to(clock))
        .route("/drills/{world}/finish", web::post().to(finish));
}

/// What a new drill is made of.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DrillRequest {
    #[schema(value_type = String)]
    name: Name,
    from: DrillSource,
    #[serde(default)]
    clock: DrillClock,
}

/// The world that a drill copies.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DrillSource {
    world: String,
}

/// The clock a drill starts with; left out, it starts now at normal speed.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DrillClock {
    #[serde(default)]
    #[schema(value_type = Option<String>, format = DateTime)]
    start: Option<Timestamp>,
    #[serde(default)]
    speed: Option<f64>,
}

/// What to do with a drill's clock.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ClockRequest {
    action: ClockAction,
    /// Seconds of a step, or the new speed.
    #[serde(default)]
    value: Option<f64>,
}

/// Verb on a drill's clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ClockAction {
    Start,
    Pause,
    Step,
    Speed,
}

/// Makes a drill from the registry of a world.
#[utoipa::path(post, operation_id = "create_drill", path = "/api/v1/drills", tag = "drills", request_body = DrillRequest,
    responses((status = 200, body = WorldView)))]
pub async fn create(
    app: web::Data<App>,
    caller: Caller,
    body: web::Bytes,
) -> Result<HttpResponse, ApiError> {
    let request: DrillRequest = json::parse(&body)?;
    let from = worlds::find(&app, &request.from.world)?;
    let speed = request.clock.speed.unwrap_or(1.0);
    if !(speed > 0.0 && speed <= MAX_SPEED) {
        return Err(ApiError::new(
            Code::Invalid,
            format!("speed lies in 0..={MAX_SPEED}, above 0"),
        ));
    }
    if request.name.as_str().trim().is_empty() {
        return Err(ApiError::new(Code::Invalid, "a drill has a name"));
    }
    let scope = caller.scope(from.picture().world())?;
    let start = time::millis(request.clock.start.unwrap_or_else(time::now));
    let new = NewDrill {
        name: request.name,
        start,
        speed,
        scope,
    };
    // A task of its own: a caller who goes away leaves no half-made drill behind.
    let made = tokio::spawn(async move { drill::create(&app, &from, new).await }).await;
    let drill = made
        .map_err(|_| ApiError::new(Code::Internal, "internal error"))?
        .map_err(refused)?;
    Ok(HttpResponse::Ok().json(WorldView::of(&drill)))
}

/// Starts, pauses, steps or speeds the clock of a drill.
#[utoipa::path(post, operation_id = "set_drill_clock", path = "/api/v1/drills/{world}/clock", tag = "drills", params(("world" = String, Path)),
    request_body = ClockRequest, responses((status = 200, body = WorldView)))]
pub async fn clock(
    app: web::Data<App>,
    caller: Caller,
    path: web::Path<String>,
    request: HttpRequest,
    body: web::Bytes,
) -> Result<HttpResponse, ApiError> {
    let drill = find(&app, &path)?;
    let command = clock_command(&json::parse(&body)?)?;
    give(&drill, caller, command, &request).await
}

/// Finishes a drill; its record stays.
#[utoipa::path(post, operation_id = "finish_drill", path = "/api/v1/drills/{world}/finish", tag = "drills", params(("world" = String, Path)),
    responses((status = 200, body = WorldView)))]
pub async fn finish(
    app: web::Data<App>,
    caller: Caller,
    path: web::Path<String>,
    request: HttpRequest,
) -> Result<HttpResponse, ApiError> {
    let drill = find(&app, &path)?;
    give(
        &drill,
        caller,
        SetClock {
            running: Some(false),
            speed: None,
            step_s: None,
            finish: true,
        },
        &request,
    )
    .await
}

async fn give(
    drill: &WorldRuntime,
    caller: Caller,
    command: SetClock,
    request: &HttpRequest,
) -> Result<HttpResponse, ApiError> {
    let key = match request.headers().contains_key("Idempotency-Key") {
        true => idempotency_key(request)?,
        false => format!("clock:{}", uuid::Uuid::now_v7()),
    };
    drill::set_clock(drill, caller.actor.clone(), command, key).await?;
    Ok(HttpResponse::Ok().json(WorldView::of(drill)))
}

fn clock_command(request: &ClockRequest) -> Result<SetClock, ApiError> {
    let mut command = SetClock {
        running: None,
        speed: None,
        step_s: None,
        finish: false,
    };
    match (request.action, request.value) {
        (ClockAction::Start, None) => command.running = Some(true),
        (ClockAction::Pause, None) => command.running = Some(false),
        (ClockAction::Speed, Some(speed)) => command.speed = Some(speed),
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "the range is checked here"
        )]
        (ClockAction::Step, Some(step)) if (1.0..=MAX_STEP_S).contains(&step) => {
            command.step_s = Some(step as u32)
        }
        (ClockAction::Step, _) => {
            return Err(ApiError::new(
                Code::Invalid,
                format!("a step has 1..={MAX_STEP_S} seconds"),
            ));
        }
        (ClockAction::Speed, None) => {
            return Err(ApiError::new(Code::Invalid, "speed needs a value"));
        }
        (_, Some(_)) => {
            return Err(ApiError::new(
                Code::Invalid,
                "start and pause take no value",
            ));
        }
    }
    Ok(command)
}

fn find(app: &App, id: &str) -> Result<std::sync::Arc<WorldRuntime>, ApiError> {
    let world = worlds::find(app, id)?;
    if world.kind() == WorldKind::Drill {
        return Ok(world);
    }
    Err(ApiError::new(Code::NotFound, "no such drill"))
}

fn refused(error: DrillError) -> ApiError {
    match error {
        DrillError::Store(error) => error.into(),
        DrillError::Command(error) => error.into(),
        DrillError::TooMany => ApiError::new(Code::Conflict, error.to_string()),
    }
}
