//! Logging in and out, and who I am.

use actix_web::{
    HttpRequest, HttpResponse,
    cookie::{Cookie, SameSite, time::Duration as CookieDuration},
    web,
};
use chiyuan_core::{DivisionCode, EntityId, Role, Timestamp};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    caller::{Caller, Credential},
    error::ApiError,
    json,
    security::{origin, transport},
};
use crate::{
    account::{self, LogIn},
    app::App,
};

/// Largest body of a log-in, bytes.
pub const MAX_BODY: usize = 4 * 1024;

pub(super) fn routes(config: &mut web::ServiceConfig) {
    config.service(
        web::resource("/session")
            .app_data(web::PayloadConfig::new(MAX_BODY))
            .route(web::post().to(log_in))
            .route(web::get().to(who_am_i))
            .route(web::delete().to(log_out)),
    );
}

/// User name and password.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LogInBody {
    pub username: String,
    pub password: String,
}

/// Who is logged in.
#[derive(Debug, Serialize, ToSchema)]
pub struct SessionView {
    pub user: UserView,
    /// When the session ends at the latest; null for tokens.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub expires_at: Option<Timestamp>,
}

/// An account or token as its owner sees it.
#[derive(Debug, Serialize, ToSchema)]
pub struct UserView {
    pub username: String,
    pub role: Role,
    /// Where the user commands and what he sees; null is everywhere.
    pub jurisdiction: Option<DivisionCode>,
    pub display_name: String,
    /// The one unit of a crew.
    pub unit_id: Option<EntityId>,
}

impl SessionView {
    fn of(caller: &Caller, expires_at: Option<Timestamp>) -> Self {
        Self {
            user: UserView {
                username: caller.username.clone(),
                role: caller.actor.role,
                jurisdiction: caller.actor.jurisdiction,
                display_name: caller.display_name.clone(),
                unit_id: caller.actor.unit.clone(),
            },
            expires_at,
        }
    }
}

/// Logs in: a new session, its id in the cookie.
#[utoipa::path(post, path = "/api/v1/session", tag = "session", request_body = LogInBody,
    responses((status = 200, body = SessionView)))]
pub async fn log_in(
    app: web::Data<App>,
    request: HttpRequest,
    body: web::Bytes,
) -> Result<HttpResponse, ApiError> {
    origin::check(&request, &app.config)?;
    let address = transport::client_address(&request, &app.config);
    app.accounts.charge_address(address)?;
    let LogInBody { username, password } = json::parse(&body)?;
    let replaces = account::cookie_session(&request, &app.config);
    let try_ = LogIn {
        username,
        password,
        address,
        replaces,
    };
    let session = account::log_in(&app, try_).await?;
    let https = transport::is_https(&request, &app.config);
    Ok(HttpResponse::Ok()
        .cookie(cookie(https, session.secret))
        .json(SessionView::of(&session.caller, session.expires_at)))
}

/// Who I am.
#[utoipa::path(get, path = "/api/v1/session", tag = "session",
    responses((status = 200, body = SessionView)))]
pub async fn who_am_i(app: web::Data<App>, caller: Caller) -> HttpResponse {
    let expires_at = account::expires_at(&app, &caller.credential);
    HttpResponse::Ok().json(SessionView::of(&caller, expires_at))
}

/// Logs out.
#[utoipa::path(delete, path = "/api/v1/session", tag = "session", responses((status = 200)))]
pub async fn log_out(
    app: web::Data<App>,
    request: HttpRequest,
    caller: Caller,
) -> Result<HttpResponse, ApiError> {
    account::log_out(&app, &caller).await?;
    let mut ended = cookie(transport::is_https(&request, &app.config), String::new());
    ended.set_max_age(CookieDuration::ZERO);
    let mut response = HttpResponse::Ok();
    if matches!(caller.credential, Credential::Session(_)) {
        response.cookie(ended);
    }
    Ok(response.json(serde_json::json!({})))
}

/// Ends with the browser; the session behind it ends by itself, too.
fn cookie(https: bool, value: String) -> Cookie<'static> {
    Cookie::build(account::cookie_name(https), value)
        .path("/")
        .http_only(true)
        .same_site(SameSite::Strict)
        .secure(https)
        .finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cookie_of_each_transport() {
        assert_eq!(
            cookie(false, "x".to_owned()).to_string(),
            "chiyuan=x; HttpOnly; SameSite=Strict; Path=/"
        );
        assert_eq!(
            cookie(true, "x".to_owned()).to_string(),
            "__Host-chiyuan=x; HttpOnly; SameSite=Strict; Secure; Path=/"
        );
    }
}
