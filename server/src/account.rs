//! Accounts, sessions and tokens.

use actix_web::HttpRequest;

use crate::{
    api::{
        caller::Caller,
        error::{ApiError, Code},
    },
    app::App,
};

/// Who sent a request.
///
/// # Errors
/// [`Code::Unauthenticated`] and the like.
pub async fn authenticate(_app: &App, _request: &HttpRequest) -> Result<Caller, ApiError> {
    Err(ApiError::new(Code::Unauthenticated, "log in first"))
}

/// Who sent a request with this token, for protocols whose clients cannot set headers.
///
/// # Errors
/// [`Code::Unauthenticated`] and the like.
pub async fn authenticate_token(
    _app: &App,
    _request: &HttpRequest,
    _token: &str,
) -> Result<Caller, ApiError> {
    Err(ApiError::new(Code::Unauthenticated, "log in first"))
}

/// Records that a caller was denied something.
pub async fn denied(_app: &App, _caller: &Caller, _object: &str) {}
