//! Calls as a telephone switch reports them: three events, told apart by its own number of the call.

use actix_web::{HttpResponse, web};
use chiyuan_core::{
    Command, DivisionCode, EntityId, Timestamp,
    call::{CallStep, ReceiveCall},
    private::Contact,
    text::Term,
};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use utoipa::ToSchema;

use super::{
    caller::Caller,
    commands,
    error::{ApiError, Code},
    json, worlds,
};
use crate::app::App;

pub(super) fn routes(config: &mut web::ServiceConfig) {
    config.route("/worlds/{world}/calls/events", web::post().to(event));
}

/// What happened on the line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SwitchEvent {
    /// It rings (T0).
    Ring,
    /// A seat has answered (T1).
    Answer,
    /// The caller hung up before anybody answered.
    HangUp,
}

/// An event of a telephone switch. Repeating it is harmless: the switch's number of the call is the key.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CallEvent {
    pub event: SwitchEvent,
    /// The switch's own number of the call, unique for good.
    #[schema(value_type = String)]
    pub reference: Term,
    /// When it happened; left out: now. Rings only.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub at: Option<Timestamp>,
    /// The caller's number.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub number: Option<Contact>,
    /// `120 110 119 122`...
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub line: Option<Term>,
    #[serde(default)]
    pub jurisdiction: Option<DivisionCode>,
    #[serde(default)]
    pub lon: Option<f64>,
    #[serde(default)]
    pub lat: Option<f64>,
}

/// Takes an event of a switch.
#[utoipa::path(post, operation_id = "report_call_event", path = "/api/v1/worlds/{world}/calls/events", tag = "calls",
    params(("world" = String, Path)), request_body = CallEvent,
    responses((status = 200, body = commands::CommandReply)))]
pub async fn event(
    app: web::Data<App>,
    caller: Caller,
    path: web::Path<String>,
    body: web::Bytes,
) -> Result<HttpResponse, ApiError> {
    let world = worlds::find(&app, &path)?;
    let event: CallEvent = json::parse(&body)?;
    let call_id = call_id(&event.reference)?;
    let key = format!("switch:{:?}:{call_id}", event.event).to_ascii_lowercase();
    let command = match event.event {
        SwitchEvent::Ring => Command::ReceiveCall(ReceiveCall {
            call_id: Some(call_id),
            jurisdiction: event.jurisdiction,
            line: event.line,
            reference: Some(event.reference),
            lon: event.lon,
            lat: event.lat,
            at: event.at,
            caller_number: event.number,
            ..ReceiveCall::default()
        }),
        SwitchEvent::Answer => Command::AnswerCall(CallStep { call_id }),
        SwitchEvent::HangUp => Command::AbandonCall(CallStep { call_id }),
    };
    let body = serde_json::to_value(&command)
        .map_err(|error| ApiError::new(Code::MalformedBody, error.to_string()))?;
    commands::submit(&app, &caller, &world, body, key).await
}

/// The call of a switch's number, whatever characters the number has.
fn call_id(reference: &Term) -> Result<EntityId, ApiError> {
    let digest = Sha256::digest(reference.as_str().as_bytes());
    let name = format!("call-{}", hex::encode(&digest[..12]));
    EntityId::new(&name).map_err(|error| ApiError::new(Code::MalformedBody, error.to_string()))
}
