//! End-to-end tests on real PostgreSQL, Redis and the real program.
#![expect(clippy::unwrap_used, reason = "a test fails loudly")]

mod accounts;
mod authorisation;
mod backup;
mod basemap;
mod commands;
mod day;
mod dispatch;
mod drills;
mod feed;
mod journal;
mod kpi_access;
mod kpis;
mod malformed;
mod marks;
mod people;
mod positions;
mod registry;
mod relay;
mod resume;
mod rights;
mod schema;
mod security;
mod seed;
mod spatial;
mod storm;
mod tls;
mod websocket;
