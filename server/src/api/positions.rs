//! Positions from devices: the HTTP batch and the OsmAnd protocol.

use actix_web::web;

pub(super) fn routes(_config: &mut web::ServiceConfig) {}

pub(super) fn gateway_routes(_config: &mut web::ServiceConfig) {}
