//! The WebSocket endpoint of the feed.

use std::sync::Arc;

use actix_web::{HttpRequest, HttpResponse, web};

use super::{
    caller::{Caller, Credential},
    error::{ApiError, Code},
    query::Query,
    security::origin::check_upgrade_origin,
    worlds,
};
use crate::{
    account,
    app::App,
    feed::{
        Position,
        connection::{self, AskHold, Subscription},
    },
    world::WorldRuntime,
};

pub(super) fn routes(config: &mut web::ServiceConfig) {
    config.route("/worlds/{world}/feed", web::get().to(follow));
}

/// Upgrades to the live feed: a snapshot, or what came after `after` of the same epoch; then changes without gaps.
#[utoipa::path(get, path = "/api/v1/worlds/{world}/feed", tag = "feed",
    params(("world" = String, Path), ("after" = Option<u64>, Query), ("epoch" = Option<String>, Query)),
    responses((status = 101, description = "WebSocket"), (status = 400), (status = 401), (status = 403), (status = 503)))]
pub async fn follow(
    app: web::Data<App>,
    caller: Caller,
    path: web::Path<String>,
    request: HttpRequest,
    payload: web::Payload,
) -> Result<HttpResponse, ApiError> {
    if matches!(caller.credential, Credential::Session(_)) {
        check_upgrade_origin(&request, &app.config)?;
    }
    if app.is_draining() {
        return Err(ApiError::new(Code::NotReady, "the server is stopping"));
    }
    let world = worlds::find(&app, &path)?;
    let mut query = Query::of(&request)?;
    let after: Option<u64> = query.take("after")?;
    let epoch = query.text("epoch");
    query.end()?;
    let scope = caller.scope(world.picture().world())?;
    let resume = after.and_then(|after| resume(&world, after, epoch.as_deref()));
    let account = caller.actor.name.to_string();
    let subscription = Subscription {
        world,
        scope,
        resume,
        account,
        endings: account::endings(&app),
        hold: hold(app.clone(), caller),
    };
    connection::open(&app.feed, subscription, &request, payload)
}

fn hold(app: web::Data<App>, caller: Caller) -> AskHold {
    Box::new(move || {
        let (app, holder) = (app.clone(), Arc::clone(&caller.holder));
        Box::pin(async move { account::hold(&app, &holder).await })
    })
}

/// Where to go on, if everything after `after` of this epoch is still here.
fn resume(world: &WorldRuntime, after: u64, epoch: Option<&str>) -> Option<Position> {
    // The picture is held, so that the world is not replaced between the two looks.
    let _picture = world.picture();
    if epoch != Some(world.epoch().as_str()) {
        return None;
    }
    world.hub().resume(after)
}
