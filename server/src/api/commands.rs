//! Commands: read, checked, submitted to the world's executor, answered after COMMIT.

use actix_web::{HttpRequest, HttpResponse, web};
use chiyuan_core::{Change, Command, journal::request_hash};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use super::{
    caller::Caller,
    error::{ApiError, Code},
    json, worlds,
};
use crate::{app::App, executor::Submission, feed::scope::in_scope};

/// Largest body of a command, bytes.
pub const MAX_BODY: usize = 64 * 1024;

pub(super) fn routes(config: &mut web::ServiceConfig) {
    config.service(
        web::resource("/worlds/{world}/commands")
            .app_data(web::PayloadConfig::new(MAX_BODY))
            .route(web::post().to(give)),
    );
}

/// The answer to an accepted command.
#[derive(Debug, Serialize, ToSchema)]
pub struct CommandReply {
    pub seq: u64,
    pub changes: Vec<Change>,
}

/// Gives a command.
#[utoipa::path(post, operation_id = "give_command", path = "/api/v1/worlds/{world}/commands", tag = "commands",
    params(("world" = String, Path), ("Idempotency-Key" = String, Header)),
    request_body = Command, responses((status = 200, body = CommandReply)))]
pub async fn give(
    app: web::Data<App>,
    caller: Caller,
    path: web::Path<String>,
    request: HttpRequest,
    body: web::Bytes,
) -> Result<HttpResponse, ApiError> {
    if app.is_draining() {
        return Err(ApiError::new(Code::NotReady, "the server is stopping"));
    }
    let world = worlds::find(&app, &path)?;
    let key = idempotency_key(&request)?;
    let body = json::value(&body)?;
    let command = command(&body)?;
    let scope = caller.scope(world.picture().world())?;
    let submission = Submission {
        actor: caller.actor.clone(),
        command,
        request_hash: request_hash(&body),
        body,
        key,
    };
    let forbidden = |error: &crate::executor::CommandError| matches!(error, crate::executor::CommandError::Rejected(r) if r.code.class() == chiyuan_core::RejectionClass::Forbidden);
    match world.executor().submit(submission).await {
        Ok(accepted) => {
            let changes = accepted
                .changes
                .into_iter()
                .filter_map(|change| in_scope(change, scope))
                .collect();
            Ok(HttpResponse::Ok().json(CommandReply {
                seq: accepted.seq,
                changes,
            }))
        }
        Err(error) => {
            if forbidden(&error) {
                crate::account::denied(&app, &caller, "command").await;
            }
            Err(error.into())
        }
    }
}

/// The command of a body.
fn command(body: &Value) -> Result<Command, ApiError> {
    let word = body.get("type").and_then(Value::as_str);
    let word = word.ok_or_else(|| ApiError::new(Code::MalformedBody, "missing field `type`"))?;
    let unknown = || {
        ApiError::new(
            Code::UnknownCommand,
            format!("no command {}", word.escape_debug()),
        )
    };
    if !Command::WORDS.contains(&word) {
        return Err(unknown());
    }
    let command: Command = serde_json::from_value(body.clone())
        .map_err(|e| ApiError::new(Code::MalformedBody, e.to_string()))?;
    if command.is_internal() {
        Err(unknown())
    } else {
        Ok(command)
    }
}

/// The header Idempotency-Key.
///
/// # Errors
/// [`Code::IdempotencyKey`] if it is missing or not 1-128 visible ASCII characters.
pub fn idempotency_key(request: &HttpRequest) -> Result<String, ApiError> {
    let wrong = || {
        ApiError::new(
            Code::IdempotencyKey,
            "Idempotency-Key has 1 to 128 visible ASCII characters",
        )
    };
    let key = request
        .headers()
        .get("Idempotency-Key")
        .ok_or_else(wrong)?
        .to_str()
        .map_err(|_| wrong())?;
    let visible =
        !key.is_empty() && key.len() <= 128 && key.bytes().all(|byte| byte.is_ascii_graphic());
    if visible {
        Ok(key.to_owned())
    } else {
        Err(wrong())
    }
}
