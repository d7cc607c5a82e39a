//! The caller of a request: who he is, what he sees. Extracting one checks the authorisation table.

use std::{future::Future, pin::Pin};

use actix_web::{FromRequest, HttpRequest, dev::Payload, web};
use chiyuan_core::{Actor, Centre, DivisionCode, World};

use super::{
    authorisation,
    error::{ApiError, Code},
};
use crate::app::App;

/// How a caller proved who he is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Credential {
    /// Hash of the session's cookie.
    Session([u8; 32]),
    /// Hash of a bearer token.
    Token([u8; 32]),
}

/// A caller who may call this endpoint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caller {
    pub actor: Actor,
    /// User name, or name of the token.
    pub username: String,
    /// Name for people; empty for tokens.
    pub display_name: String,
    pub credential: Credential,
    /// Position source of a device token.
    pub source: Option<String>,
    /// Address the request came from.
    pub address: String,
}

impl Caller {
    /// The centre that the caller sees; none is everything.
    ///
    /// # Errors
    /// If the caller's jurisdiction is not registered in this world: he sees nothing.
    pub fn scope(&self, world: &World) -> Result<Option<Centre>, ApiError> {
        let Some(code) = self.actor.jurisdiction else {
            return Ok(None);
        };
        Self::centre(world, code).map(Some)
    }

    fn centre(world: &World, code: DivisionCode) -> Result<Centre, ApiError> {
        world
            .centre_of(code)
            .ok_or_else(|| ApiError::new(Code::NotFound, "your jurisdiction is not in this world"))
    }
}

impl FromRequest for Caller {
    type Error = ApiError;
    type Future = Pin<Box<dyn Future<Output = Result<Self, ApiError>>>>;

    fn from_request(request: &HttpRequest, _payload: &mut Payload) -> Self::Future {
        let request = request.clone();
        Box::pin(async move {
            let app = request.app_data::<web::Data<App>>().cloned();
            let app = app.ok_or_else(|| ApiError::new(Code::NotReady, "the server is starting"))?;
            let caller = crate::account::authenticate(&app, &request).await?;
            let pattern = request.match_pattern().unwrap_or_default();
            let access = authorisation::access(request.method().as_str(), &pattern);
            if access.is_some_and(|access| authorisation::permits(access, caller.actor.role)) {
                return Ok(caller);
            }
            crate::account::denied(&app, &caller, &pattern).await;
            Err(ApiError::new(
                Code::Forbidden,
                format!("{} may not do this", caller.actor.role.as_str()),
            ))
        })
    }
}
