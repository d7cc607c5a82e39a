//! End-to-end tests on real PostgreSQL, Redis and the real program.
#![expect(clippy::unwrap_used, reason = "a test fails loudly")]

mod authorisation;
mod commands;
mod drills;
mod journal;
mod malformed;
mod schema;
mod seed;
mod spatial;
