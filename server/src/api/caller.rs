//! The caller of a request: who he is, what he sees. Extracting one checks the authorisation table.

use std::{
    future::{Ready, ready},
    net::IpAddr,
    ops::Deref,
    sync::Arc,
};

use actix_web::{FromRequest, HttpRequest, dev::Payload, http::Method, web};
use chiyuan_core::{Actor, Centre, DivisionCode, World};
use futures_util::future::{Either, LocalBoxFuture};

use super::{
    authorisation,
    error::{ApiError, Code},
};
use crate::{account, app::App};

/// How a caller proved who he is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Credential {
    /// Hash of the session's cookie.
    Session([u8; 32]),
    /// Hash of a bearer token.
    Token([u8; 32]),
}

/// Whom a credential belongs to.
#[derive(Debug, PartialEq, Eq)]
pub struct Holder {
    pub actor: Actor,
    /// User name, or name of the token.
    pub username: String,
    /// Name for people; empty for tokens.
    pub display_name: String,
    pub credential: Credential,
    /// Position source of a device token.
    pub source: Option<String>,
}

/// A caller who may call this endpoint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caller {
    pub holder: Arc<Holder>,
    /// Address the request came from.
    pub address: IpAddr,
}

impl Deref for Caller {
    type Target = Holder;

    fn deref(&self) -> &Holder {
        &self.holder
    }
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
    type Future =
        Either<Ready<Result<Self, ApiError>>, LocalBoxFuture<'static, Result<Self, ApiError>>>;

    fn from_request(request: &HttpRequest, _payload: &mut Payload) -> Self::Future {
        let Some(app) = request.app_data::<web::Data<App>>() else {
            let starting = ApiError::new(Code::NotReady, "the server is starting");
            return Either::Left(ready(Err(starting)));
        };
        let caller = match account::authenticate_at_once(app, request) {
            Some(Ok(caller)) if may_call(&caller, request) => {
                return Either::Left(ready(Ok(caller)));
            }
            Some(Err(error)) => return Either::Left(ready(Err(error))),
            Some(Ok(caller)) => Some(caller),
            None => None,
        };
        let (app, request) = (app.clone(), request.clone());
        Either::Right(Box::pin(async move {
            let caller = match caller {
                Some(caller) => caller,
                None => account::authenticate(&app, &request).await?,
            };
            if may_call(&caller, &request) {
                return Ok(caller);
            }
            let pattern = request.match_pattern().unwrap_or_default();
            account::denied(&app, &caller, &pattern).await;
            Err(ApiError::new(
                Code::Forbidden,
                format!("{} may not do this", caller.actor.role.as_str()),
            ))
        }))
    }
}

/// Whether the table lets a caller call the endpoint of this request.
fn may_call(caller: &Caller, request: &HttpRequest) -> bool {
    let pattern = request.match_pattern().unwrap_or_default();
    let method = match *request.method() {
        Method::HEAD => Method::GET.as_str(),
        ref method => method.as_str(),
    };
    let access = authorisation::access(method, &pattern);
    access.is_some_and(|access| authorisation::permits(access, caller.actor.role))
}
