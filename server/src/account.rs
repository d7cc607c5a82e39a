//! Accounts, sessions and tokens.

use actix_web::HttpRequest;

use crate::{
    api::{
        caller::{Caller, Credential},
        error::{ApiError, Code},
    },
    app::App,
    config::Config,
};

/// Who sent a request.
///
/// # Errors
/// [`Code::Unauthenticated`] and the like.
pub async fn authenticate(_app: &App, _request: &HttpRequest) -> Result<Caller, ApiError> {
    Err(ApiError::new(Code::Unauthenticated, "log in first"))
}

/// Records that a caller was denied something.
pub async fn denied(_app: &App, _caller: &Caller, _object: &str) {}

/// Checks the origin of a WebSocket upgrade that brings a cookie (S1).
///
/// # Errors
/// [`Code::ForeignOrigin`].
pub fn check_upgrade_origin(_request: &HttpRequest, _config: &Config) -> Result<(), ApiError> {
    Ok(())
}

/// Whether a session or token is still valid.
pub async fn still_valid(_app: &App, _credential: &Credential) -> bool {
    true
}
