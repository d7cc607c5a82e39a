//! Logging in and out.

use actix_web::web;

pub(super) fn routes(_config: &mut web::ServiceConfig) {}
