//! Commands: read, checked, submitted to the world's executor, answered after COMMIT.

use actix_web::{HttpRequest, HttpResponse, web};
use chiyuan_core::{Change, Command, RejectionClass, journal::request_hash};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use super::{
    caller::Caller,
    error::{ApiError, Code},
    json, worlds,
};
use crate::{
    app::App,
    executor::{CommandError, Submission},
    feed::scope::in_scope,
    recommendation,
    store::private::NewPrivate,
    world::WorldRuntime,
};

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
    submit(&app, &caller, &world, body, key).await
}

/// Submits the command of a body and answers as far as the caller sees.
///
/// # Errors
/// What the rules or the database say.
pub async fn submit(
    app: &App,
    caller: &Caller,
    world: &WorldRuntime,
    body: Value,
    key: String,
) -> Result<HttpResponse, ApiError> {
    let scope = caller.scope(world.picture().world())?;
    let submission = submission(caller, body, key)?;
    let command = submission.command.clone();
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
        Err(CommandError::Rejected(rejection)) => {
            if rejection.code.class() == RejectionClass::Forbidden {
                crate::account::denied(app, caller, "command").await;
            }
            let next_best = recommendation::after_lost_race(world, caller, &command, &rejection);
            let error = ApiError::from(CommandError::Rejected(rejection));
            Err(next_best.map_or(error.clone(), |next| error.with("next_best", next)))
        }
        Err(error) => Err(error.into()),
    }
}

/// A command of a caller, with what is personal taken apart from what is stored.
fn submission(caller: &Caller, mut body: Value, key: String) -> Result<Submission, ApiError> {
    let mut command = command(&body)?;
    if command
        .private_mut()
        .is_some_and(|reference| reference.is_some())
    {
        return Err(ApiError::new(
            Code::MalformedBody,
            "`private` is set by the program",
        ));
    }
    let part = command.take_private();
    if let Some(fields) = body.as_object_mut() {
        fields.retain(|field, _| !part.contains_key(field.as_str()));
    }
    // Of what is personal nothing goes into the hash: it would tell a guess from the truth.
    let request_hash = request_hash(&body);
    let private = if part.is_empty() {
        None
    } else {
        Some(NewPrivate::seal(part)?)
    };
    if let (Some(private), Some(slot)) = (&private, command.private_mut()) {
        let reference = private.reference()?;
        body["private"] = serde_json::to_value(&reference)
            .map_err(|e| ApiError::new(Code::MalformedBody, e.to_string()))?;
        *slot = Some(reference);
    }
    Ok(Submission {
        actor: caller.actor.clone(),
        command,
        request_hash,
        body,
        key,
        private,
    })
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
