//! Brings the schema up to date, one server at a time.

use diesel::{
    migration::{Migration, MigrationSource},
    pg::Pg,
};
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

/// Versions of all migrations that this program has, oldest first.
///
/// # Errors
/// If they cannot be read from the program.
pub fn known() -> Result<Vec<String>, String> {
    let mut versions: Vec<_> = all()?.iter().map(version).collect();
    versions.sort();
    Ok(versions)
}

/// Gives a database without rows the schema of these versions, whatever schema it has.
///
/// # Errors
/// If the database is away or a migration fails.
pub async fn bring_empty_to(url: &str, versions: &[String]) -> Result<(), String> {
    let mut connection = AsyncPgConnection::establish(url)
        .await
        .map_err(|error| error.to_string())?;
    connection
        .batch_execute(LOCK)
        .await
        .map_err(|error| error.to_string())?;
    let versions = versions.to_vec();
    harness(connection, move |harness| {
        let mut applied: Vec<_> = harness
            .applied_migrations()?
            .iter()
            .map(ToString::to_string)
            .collect();
        applied.sort();
        if applied == versions {
            return Ok(());
        }
        harness.revert_all_migrations(MIGRATIONS)?;
        let mut wanted = all()?;
        wanted.retain(|migration| versions.contains(&version(migration)));
        wanted.sort_by_key(version);
        harness.run_migrations(&wanted)?;
        Ok(())
    })
    .await
    .map(drop)
}

/// Runs what is pending inside the open transaction of a connection; returns the connection.
///
/// # Errors
/// If the database is away or a migration fails.
pub async fn run_within(connection: AsyncPgConnection) -> Result<AsyncPgConnection, String> {
    harness(connection, |harness| {
        harness.run_pending_migrations(MIGRATIONS)?;
        Ok(())
    })
    .await
}

type Harness = AsyncMigrationHarness<AsyncPgConnection>;
type Outcome = diesel::migration::Result<()>;

/// The harness blocks, so it gets a thread of its own.
async fn harness(
    connection: AsyncPgConnection,
    job: impl FnOnce(&mut Harness) -> Outcome + Send + 'static,
) -> Result<AsyncPgConnection, String> {
    tokio::task::spawn_blocking(move || {
        let mut harness = AsyncMigrationHarness::new(connection);
        job(&mut harness).map_err(|error| error.to_string())?;
        Ok(harness.into_inner())
    })
    .await
    .map_err(|error| error.to_string())?
}

fn all() -> Result<Vec<Box<dyn Migration<Pg>>>, String> {
    MIGRATIONS.migrations().map_err(|error| error.to_string())
}

#[expect(
    clippy::borrowed_box,
    reason = "used where iterators and sorts give references to boxes"
)]
fn version(migration: &Box<dyn Migration<Pg>>) -> String {
    migration.name().version().to_string()
}
