//! The harness of the end-to-end and fault tests: real PostgreSQL and Redis, a private database per test, the real
//! program as a process of its own.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::missing_panics_doc,
    reason = "a harness fails loudly"
)]

pub mod accounts;
pub mod client;
pub mod database;
pub mod feed_client;
pub mod invariants;
pub mod kpi_fold;
pub mod random;
pub mod server;
pub mod services;
pub mod simulation;

pub use accounts::Accounts;
pub use client::{Answer, Client};
pub use database::Database;
pub use feed_client::{FeedClient, FeedError, FeedState, Heard};
pub use server::{Options, Server};

use std::{future::Future, time::Duration};

/// Waits until a condition holds; never sleeps blindly. Fails after `within` with `what`.
pub async fn eventually<F: Future<Output = bool>>(
    within: Duration,
    what: &str,
    mut condition: impl FnMut() -> F,
) {
    let end = tokio::time::Instant::now() + within;
    while !condition().await {
        assert!(
            tokio::time::Instant::now() < end,
            "did not happen in {within:?}: {what}"
        );
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}
