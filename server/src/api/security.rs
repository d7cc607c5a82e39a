//! Around every request: private transport, rate limits, media type, deadline of the body; and on every response:
//! security headers, a request id, problems in one form, a line in the log.

pub mod body;
pub mod headers;
pub mod origin;
pub mod transport;

use std::time::Instant;

use actix_web::{
    Error, HttpMessage as _, ResponseError,
    body::{BoxBody, EitherBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    error::PayloadError,
    http::{Method, StatusCode, header},
    middleware::Next,
    web,
};

use super::error::{ApiError, Code};
use crate::app::App;
use headers::ContentPolicy;

/// Where machines look after the server; they reveal nothing and may come over plain http.
const PLAIN_PATHS: [&str; 3] = ["/health/live", "/health/ready", "/metrics"];

/// The outermost middleware: `App::new().wrap(from_fn(security::guard))`.
///
/// # Errors
/// What an inner middleware fails with.
pub async fn guard<B: MessageBody + 'static>(
    mut request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<EitherBody<B, BoxBody>>, Error> {
    let started = Instant::now();
    let id = uuid::Uuid::now_v7().to_string();
    let api = request.path().starts_with("/api");
    let method = request.method().clone();
    let app = request.app_data::<web::Data<App>>();
    let https = app.is_some_and(|app| transport::is_https(request.request(), &app.config));
    let refused = app.and_then(|app| refuse(app, &request).err());
    let response = match refused {
        Some(error) => {
            let answer = error.error_response();
            request.into_response(answer).map_into_right_body()
        }
        None => {
            if writes(&method) {
                let payload = request.take_payload();
                request.set_payload(body::timed(payload));
            }
            shape(next.call(request).await?, api)
        }
    };
    let response = finish(response, &id, https, api);
    if tracing::enabled!(tracing::Level::DEBUG) {
        log(&response, &id, started);
    }
    Ok(response)
}

/// What is refused before anybody looks at it.
fn refuse(app: &App, request: &ServiceRequest) -> Result<(), ApiError> {
    let plain = PLAIN_PATHS.contains(&request.path());
    if !plain && !transport::is_private(request.request(), &app.config) {
        return Err(ApiError::new(
            Code::HttpsNeeded,
            "only https leaves this machine",
        ));
    }
    if !plain && !crate::account::carries_credential(request.request()) {
        let address = transport::client_address(request.request(), &app.config);
        app.accounts.charge_address(address)?;
    }
    json_only(request)
}

/// A write to the API with a body is JSON; files of the registry are judged by their own endpoints.
fn json_only(request: &ServiceRequest) -> Result<(), ApiError> {
    if request.path().starts_with("/api/v1/worlds/") && request.path().contains("/registry/") {
        return Ok(());
    }
    if !writes(request.method()) || !request.path().starts_with("/api/") || !has_body(request) {
        return Ok(());
    }
    let json = request
        .content_type()
        .trim()
        .eq_ignore_ascii_case("application/json");
    if json {
        return Ok(());
    }
    Err(ApiError::new(
        Code::NotJson,
        "the body is of type application/json",
    ))
}

fn writes(method: &Method) -> bool {
    !matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS)
}

fn has_body(request: &ServiceRequest) -> bool {
    let headers = request.headers();
    let length = headers.get(header::CONTENT_LENGTH);
    headers.contains_key(header::TRANSFER_ENCODING)
        || length.is_some_and(|length| length.as_bytes() != b"0")
}

/// Gives refusals of the framework the form of our problems.
fn shape<B>(response: ServiceResponse<B>, api: bool) -> ServiceResponse<EitherBody<B, BoxBody>>
where
    B: MessageBody + 'static,
{
    let payload = response
        .response()
        .error()
        .and_then(|error| error.as_error::<PayloadError>());
    let slow = payload.is_some_and(body::is_too_slow);
    let ours = response.headers().contains_key(header::CONTENT_TYPE)
        && response.response().error().is_none();
    let problem = response
        .headers()
        .get(header::CONTENT_TYPE)
        .is_some_and(|kind| kind == "application/problem+json");
    let error = match response.status() {
        _ if slow => Some((Code::TooSlow, "the body did not arrive in time")),
        _ if problem || ours => None,
        StatusCode::NOT_FOUND if api => Some((Code::NotFound, "no such endpoint")),
        StatusCode::METHOD_NOT_ALLOWED => Some((
            Code::MethodNotAllowed,
            "the endpoint does not take this method",
        )),
        StatusCode::PAYLOAD_TOO_LARGE => Some((Code::TooLarge, "the body is too large")),
        StatusCode::UNSUPPORTED_MEDIA_TYPE => {
            Some((Code::NotJson, "the body is of type application/json"))
        }
        StatusCode::BAD_REQUEST => Some((Code::MalformedBody, "the request is malformed")),
        StatusCode::INTERNAL_SERVER_ERROR => {
            if let Some(error) = response.response().error() {
                tracing::error!(%error, "internal error");
            }
            Some((Code::Internal, "internal error"))
        }
        _ => None,
    };
    let Some((code, detail)) = error else {
        return response.map_into_left_body();
    };
    let allow = response.headers().get(header::ALLOW).cloned();
    let mut answer = ApiError::new(code, detail).error_response();
    if let Some(allow) = allow {
        answer.headers_mut().insert(header::ALLOW, allow);
    }
    response.into_response(answer).map_into_right_body()
}

fn finish<B>(
    mut response: ServiceResponse<B>,
    id: &str,
    https: bool,
    api: bool,
) -> ServiceResponse<B> {
    if response.status() == StatusCode::REQUEST_TIMEOUT {
        // What is left of the body is not waited for.
        response
            .response_mut()
            .head_mut()
            .set_connection_type(actix_web::http::ConnectionType::Close);
    }
    let app = response.request().app_data::<web::Data<App>>();
    let policy = app.map_or_else(ContentPolicy::default, |app| app.content_policy.clone());
    let headers = response.headers_mut();
    headers::set(headers, &policy, https, api);
    if let Ok(id) = header::HeaderValue::from_str(id) {
        headers.insert(headers::REQUEST_ID, id);
    }
    response
}

/// One line a request: neither the query string nor anything that a caller typed.
fn log<B>(response: &ServiceResponse<B>, id: &str, started: Instant) {
    let request = response.request();
    let pattern = request.match_pattern();
    tracing::debug!(
        request_id = id,
        method = %request.method(),
        pattern = pattern.as_deref().unwrap_or("-"),
        status = response.status().as_u16(),
        ms = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX),
        "request"
    );
}
