//! Brings the schema up to date, one server at a time.

use diesel_async::{
    AsyncConnection, AsyncMigrationHarness, AsyncPgConnection, SimpleAsyncConnection,
};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

const MIGRATIONS: EmbeddedMigrations = embed_migrations!("../migrations");
/// Key of the advisory lock that orders starting servers.
const LOCK: &str = "SELECT pg_advisory_lock(4218022)";

/// Runs what is pending; returns the names of what ran.
///
/// # Errors
/// If the database is away or a migration fails.
pub async fn run(url: &str) -> Result<Vec<String>, String> {
    let mut connection = AsyncPgConnection::establish(url)
        .await
        .map_err(|error| error.to_string())?;
    connection
        .batch_execute(LOCK)
        .await
        .map_err(|error| error.to_string())?;
    // The harness blocks, so it gets a thread of its own; the lock ends with the connection.
    tokio::task::spawn_blocking(move || {
        let mut harness = AsyncMigrationHarness::new(connection);
        let ran = harness
            .run_pending_migrations(MIGRATIONS)
            .map_err(|error| error.to_string())?;
        Ok(ran.iter().map(ToString::to_string).collect())
    })
    .await
    .map_err(|error| error.to_string())?
}

/// Undoes everything, newest first (tests of the way back).
///
/// # Errors
/// If the database is away or a migration fails.
pub async fn revert_all(url: &str) -> Result<Vec<String>, String> {
    let connection = AsyncPgConnection::establish(url)
        .await
        .map_err(|error| error.to_string())?;
    tokio::task::spawn_blocking(move || {
        let mut harness = AsyncMigrationHarness::new(connection);
        let reverted = harness
            .revert_all_migrations(MIGRATIONS)
            .map_err(|error| error.to_string())?;
        Ok(reverted.iter().map(ToString::to_string).collect())
    })
    .await
    .map_err(|error| error.to_string())?
}

/// Whether the schema has everything that this program needs.
///
/// # Errors
/// If the database is away.
pub async fn pending(url: &str) -> Result<bool, String> {
    let connection = AsyncPgConnection::establish(url)
        .await
        .map_err(|error| error.to_string())?;
    tokio::task::spawn_blocking(move || {
        let mut harness = AsyncMigrationHarness::new(connection);
        harness
            .has_pending_migration(MIGRATIONS)
            .map_err(|error| error.to_string())
    })
    .await
    .map_err(|error| error.to_string())?
}
