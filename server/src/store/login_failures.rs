//! Failed log-ins of account and address, shared by servers. All times are PostgreSQL's.

use diesel::{OptionalExtension, QueryableByName, sql_types};
use diesel_async::RunQueryDsl;

use super::{Connection, StoreError};

/// Failures of one account and address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, QueryableByName)]
pub struct FailureRow {
    /// Since the last success.
    #[diesel(sql_type = sql_types::Integer)]
    pub failures: i32,
    /// Milliseconds until the next try is allowed; 0 or less is now.
    #[diesel(sql_type = sql_types::BigInt)]
    pub locked_ms: i64,
}

const FIND: &str = "SELECT failures, \
    coalesce((extract(epoch FROM locked_until - now()) * 1000)::bigint, 0) AS locked_ms \
    FROM login_failure WHERE username = $1 AND address = $2 AND last_at > now() - make_interval(secs => $3)";

/// The failures that are not forgotten yet.
///
/// # Errors
/// If the database is away.
pub async fn find(
    connection: &mut Connection,
    username: &str,
    address: &str,
    forget_s: f64,
) -> Result<FailureRow, StoreError> {
    Ok(diesel::sql_query(FIND)
        .bind::<sql_types::Text, _>(username)
        .bind::<sql_types::Text, _>(address)
        .bind::<sql_types::Double, _>(forget_s)
        .get_result(&mut **connection)
        .await
        .optional()?
        .unwrap_or_default())
}

const UPSERT: &str = "INSERT INTO login_failure (username, address, failures, last_at, locked_until) \
    VALUES ($1, $2, $3, now(), CASE WHEN $4 > 0 THEN now() + make_interval(secs => $4) END) \
    ON CONFLICT (username, address) DO UPDATE SET failures = EXCLUDED.failures, last_at = EXCLUDED.last_at, \
    locked_until = EXCLUDED.locked_until";

/// Stores the count of failures and for how long the pair is locked.
///
/// # Errors
/// If the database is away.
pub async fn store(
    connection: &mut Connection,
    username: &str,
    address: &str,
    failures: i32,
    lock_s: f64,
) -> Result<(), StoreError> {
    diesel::sql_query(UPSERT)
        .bind::<sql_types::Text, _>(username)
        .bind::<sql_types::Text, _>(address)
        .bind::<sql_types::Integer, _>(failures)
        .bind::<sql_types::Double, _>(lock_s)
        .execute(&mut **connection)
        .await?;
    Ok(())
}

/// Forgets the failures of a pair after a success.
///
/// # Errors
/// If the database is away.
pub async fn clear(
    connection: &mut Connection,
    username: &str,
    address: &str,
) -> Result<(), StoreError> {
    diesel::sql_query("DELETE FROM login_failure WHERE username = $1 AND address = $2")
        .bind::<sql_types::Text, _>(username)
        .bind::<sql_types::Text, _>(address)
        .execute(&mut **connection)
        .await?;
    Ok(())
}

/// Deletes what is forgotten.
///
/// # Errors
/// If the database is away.
pub async fn remove_forgotten(
    connection: &mut Connection,
    forget_s: f64,
) -> Result<(), StoreError> {
    diesel::sql_query(
        "DELETE FROM login_failure WHERE last_at <= now() - make_interval(secs => $1)",
    )
    .bind::<sql_types::Double, _>(forget_s)
    .execute(&mut **connection)
    .await?;
    Ok(())
}
