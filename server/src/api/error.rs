//! Errors as people get them: RFC 9457 problems with stable codes, from one table.

use actix_web::{
    HttpResponse, ResponseError,
    http::{StatusCode, header},
};
use chiyuan_core::{RejectionClass, RejectionCode, rejection::Standing};
use serde_json::json;

use crate::{executor::CommandError, store::StoreError};

macro_rules! codes {
    ($($(#[$doc:meta])* $code:ident = $word:literal, $status:ident;)*) => {
        /// Stable codes of the HTTP layer; refusals of the rules have their own ([`RejectionCode`]).
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Code { $($(#[$doc])* $code,)* }

        impl Code {
            /// Every code.
            pub const ALL: &'static [Self] = &[$(Self::$code,)*];

            /// The stable word of the contract.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$code => $word,)* }
            }

            /// Its HTTP status.
            #[must_use]
            pub fn status(self) -> StatusCode {
                match self { $(Self::$code => StatusCode::$status,)* }
            }
        }
    };
}

codes! {
    /// The body is not what the endpoint takes.
    MalformedBody = "malformed_body", BAD_REQUEST;
    /// A query parameter is unknown or wrong.
    MalformedQuery = "malformed_query", BAD_REQUEST;
    /// `limit` is out of its range.
    LimitOutOfRange = "limit_out_of_range", BAD_REQUEST;
    /// A period ends before it begins, or is too long.
    PeriodOutOfRange = "period_out_of_range", BAD_REQUEST;
    /// The command has no known `type`.
    UnknownCommand = "unknown_command", BAD_REQUEST;
    /// The header Idempotency-Key is missing or not 1-128 visible ASCII characters.
    IdempotencyKey = "idempotency_key", BAD_REQUEST;
    /// The protocol upgrade is missing or broken.
    UpgradeNeeded = "upgrade_needed", BAD_REQUEST;
    /// Not logged in, or the session or token has ended.
    Unauthenticated = "unauthenticated", UNAUTHORIZED;
    /// User name or password is wrong.
    WrongCredentials = "wrong_credentials", UNAUTHORIZED;
    /// The role may not do this.
    Forbidden = "forbidden", FORBIDDEN;
    /// The request comes from a foreign origin.
    ForeignOrigin = "foreign_origin", FORBIDDEN;
    /// Plain http from another machine.
    HttpsNeeded = "https_needed", FORBIDDEN;
    /// No such thing, or out of scope.
    NotFound = "not_found", NOT_FOUND;
    /// The endpoint does not take this method.
    MethodNotAllowed = "method_not_allowed", METHOD_NOT_ALLOWED;
    /// The body did not arrive in time.
    TooSlow = "too_slow", REQUEST_TIMEOUT;
    /// The present state forbids it.
    Conflict = "conflict", CONFLICT;
    /// The body is too large.
    TooLarge = "too_large", PAYLOAD_TOO_LARGE;
    /// The file, or what it would change, is not what was previewed.
    PreviewChanged = "preview_changed", CONFLICT;
    /// The body is not `application/json`.
    NotJson = "not_json", UNSUPPORTED_MEDIA_TYPE;
    /// The body is neither CSV nor a workbook.
    NotASheet = "not_a_sheet", UNSUPPORTED_MEDIA_TYPE;
    /// The file is damaged, or not what it says it is.
    UnreadableFile = "unreadable_file", UNPROCESSABLE_ENTITY;
    /// Rows of the file are wrong; nothing was done.
    FileHasErrors = "file_has_errors", UNPROCESSABLE_ENTITY;
    /// The key was used with another body.
    KeyReused = "idempotency_key_reused", UNPROCESSABLE_ENTITY;
    /// A value can never be right.
    Invalid = "invalid", UNPROCESSABLE_ENTITY;
    /// Too many requests.
    RateLimited = "rate_limited", TOO_MANY_REQUESTS;
    /// Too many failed log-ins; locked for a while.
    LockedOut = "locked_out", TOO_MANY_REQUESTS;
    /// A defect; the log has the rest under the request id.
    Internal = "internal", INTERNAL_SERVER_ERROR;
    /// The database is away; nothing was done.
    DatabaseUnavailable = "database_unavailable", SERVICE_UNAVAILABLE;
    /// The outcome is not known yet; ask again with the same key.
    OutcomeUnknown = "outcome_unknown", SERVICE_UNAVAILABLE;
    /// Too much is waiting.
    Overloaded = "overloaded", SERVICE_UNAVAILABLE;
    /// The server starts or stops.
    NotReady = "not_ready", SERVICE_UNAVAILABLE;
}

/// An error on its way to a caller.
#[derive(Debug, Clone)]
pub struct ApiError {
    status: StatusCode,
    code: &'static str,
    detail: String,
    blocked_by: Option<Box<Standing>>,
    retry_after_s: Option<u64>,
    /// One more member of the problem, by name.
    extra: Option<Box<(&'static str, serde_json::Value)>>,
}

impl ApiError {
    /// An error with its words.
    pub fn new(code: Code, detail: impl Into<String>) -> Self {
        let retry = matches!(
            code.status(),
            StatusCode::SERVICE_UNAVAILABLE | StatusCode::TOO_MANY_REQUESTS
        );
        Self {
            status: code.status(),
            code: code.as_str(),
            detail: detail.into(),
            blocked_by: None,
            retry_after_s: retry.then_some(1),
            extra: None,
        }
    }

    /// Adds a member to the problem.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: serde_json::Value) -> Self {
        self.extra = Some(Box::new((name, value)));
        self
    }

    /// Says when to try again.
    #[must_use]
    pub fn retry_after(mut self, seconds: u64) -> Self {
        self.retry_after_s = Some(seconds);
        self
    }

    /// The stable code.
    #[must_use]
    pub fn code(&self) -> &'static str {
        self.code
    }

    /// What a store error means for a caller; the cause goes to the log only.
    #[must_use]
    pub fn from_store(error: &StoreError) -> Self {
        match error {
            StoreError::Unavailable(_) => {
                Self::new(Code::DatabaseUnavailable, "the database is not available")
            }
            other => {
                let id = uuid::Uuid::now_v7();
                tracing::error!(error_id = %id, error = %other, "internal error");
                Self::new(Code::Internal, format!("internal error {id}"))
            }
        }
    }
}

impl From<StoreError> for ApiError {
    fn from(error: StoreError) -> Self {
        Self::from_store(&error)
    }
}

/// HTTP status of a refusal of the rules.
#[must_use]
pub fn rejection_status(code: RejectionCode) -> StatusCode {
    match code.class() {
        RejectionClass::NotFound => StatusCode::NOT_FOUND,
        RejectionClass::Forbidden => StatusCode::FORBIDDEN,
        RejectionClass::Conflict => StatusCode::CONFLICT,
        RejectionClass::Invalid => StatusCode::UNPROCESSABLE_ENTITY,
    }
}

impl From<CommandError> for ApiError {
    fn from(error: CommandError) -> Self {
        let code = match error {
            CommandError::Rejected(rejection) => {
                return Self {
                    status: rejection_status(rejection.code),
                    code: rejection.code.as_str(),
                    detail: rejection.detail,
                    blocked_by: rejection.blocked_by.map(Box::new),
                    retry_after_s: None,
                    extra: None,
                };
            }
            CommandError::KeyReused => Code::KeyReused,
            CommandError::Unavailable => Code::DatabaseUnavailable,
            CommandError::OutcomeUnknown => Code::OutcomeUnknown,
            CommandError::Overloaded => Code::Overloaded,
            CommandError::Internal => Code::Internal,
        };
        Self::new(code, error.to_string())
    }
}

impl std::fmt::Display for ApiError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.code, self.detail)
    }
}

impl ResponseError for ApiError {
    fn status_code(&self) -> StatusCode {
        self.status
    }

    fn error_response(&self) -> HttpResponse {
        let mut body = json!({
            "type": format!("urn:chiyuan:error:{}", self.code),
            "title": self.status.canonical_reason().unwrap_or("error"),
            "status": self.status.as_u16(),
            "code": self.code,
            "detail": self.detail,
        });
        if let Some(standing) = &self.blocked_by {
            body["blocked_by"] = json!(standing);
        }
        if let Some(extra) = &self.extra {
            body[extra.0] = extra.1.clone();
        }
        let mut response = HttpResponse::build(self.status);
        response.insert_header((header::CONTENT_TYPE, "application/problem+json"));
        if let Some(seconds) = self.retry_after_s {
            response.insert_header((header::RETRY_AFTER, seconds.to_string()));
        }
        response.body(body.to_string())
    }
}
