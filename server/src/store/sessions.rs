//! Sessions: made at log-in, found by the hash of their id, ended. All times are PostgreSQL's.

use chiyuan_core::Timestamp;
use diesel::{ExpressionMethods, QueryDsl, QueryableByName, sql_types};
use diesel_async::RunQueryDsl;

use super::{Connection, StoreError, schema::session};

/// A session that may be used now, with its account.
#[derive(Debug, Clone, QueryableByName)]
pub struct OpenSession {
    #[diesel(sql_type = sql_types::Binary)]
    pub token_hash: Vec<u8>,
    #[diesel(sql_type = sql_types::BigInt)]
    pub account_id: i64,
    #[diesel(sql_type = sql_types::Text)]
    pub username: String,
    #[diesel(sql_type = sql_types::Text)]
    pub display_name: String,
    #[diesel(sql_type = sql_types::Text)]
    pub role: String,
    #[diesel(sql_type = sql_types::Nullable<sql_types::Text>)]
    pub jurisdiction: Option<String>,
    #[diesel(sql_type = sql_types::Nullable<sql_types::Text>)]
    pub unit_id: Option<String>,
    #[diesel(sql_type = sql_types::Timestamptz)]
    pub expires_at: Timestamp,
    /// Milliseconds until the absolute limit.
    #[diesel(sql_type = sql_types::BigInt)]
    pub left_ms: i64,
    /// Milliseconds since it was last used.
    #[diesel(sql_type = sql_types::BigInt)]
    pub idle_ms: i64,
}

const FIND: &str = "SELECT s.token_hash, s.account_id, a.username, a.display_name, a.role, a.jurisdiction, a.unit_id, \
    s.expires_at, (extract(epoch FROM s.expires_at - now()) * 1000)::bigint AS left_ms, \
    (extract(epoch FROM now() - s.last_seen_at) * 1000)::bigint AS idle_ms \
    FROM session s JOIN account a ON a.id = s.account_id \
    WHERE s.token_hash = ANY($1) AND NOT a.disabled AND s.expires_at > now() \
      AND s.last_seen_at > now() - make_interval(secs => $2)";

/// Those of the sessions that may be used now.
///
/// # Errors
/// If the database is away.
pub async fn find(
    connection: &mut Connection,
    hashes: Vec<Vec<u8>>,
    idle_limit_s: f64,
) -> Result<Vec<OpenSession>, StoreError> {
    Ok(diesel::sql_query(FIND)
        .bind::<sql_types::Array<sql_types::Binary>, _>(hashes)
        .bind::<sql_types::Double, _>(idle_limit_s)
        .load(&mut **connection)
        .await?)
}

const INSERT: &str = "INSERT INTO session (token_hash, account_id, expires_at, address) \
    VALUES ($1, $2, now() + make_interval(secs => $3), $4)";
const TRIM: &str = "DELETE FROM session WHERE account_id = $1 AND token_hash NOT IN \
    (SELECT token_hash FROM session WHERE account_id = $1 ORDER BY created_at DESC LIMIT $2)";

/// Makes a session and ends the oldest ones beyond `most`.
///
/// # Errors
/// If the database is away.
pub async fn insert(
    connection: &mut Connection,
    hash: &[u8],
    account_id: i64,
    lasts_s: f64,
    address: &str,
    most: i64,
) -> Result<(), StoreError> {
    diesel::sql_query(INSERT)
        .bind::<sql_types::Binary, _>(hash)
        .bind::<sql_types::BigInt, _>(account_id)
        .bind::<sql_types::Double, _>(lasts_s)
        .bind::<sql_types::Text, _>(address)
        .execute(&mut **connection)
        .await?;
    diesel::sql_query(TRIM)
        .bind::<sql_types::BigInt, _>(account_id)
        .bind::<sql_types::BigInt, _>(most)
        .execute(&mut **connection)
        .await?;
    Ok(())
}

/// Ends a session.
///
/// # Errors
/// If the database is away.
pub async fn remove(connection: &mut Connection, hash: &[u8]) -> Result<(), StoreError> {
    diesel::delete(session::table.find(hash))
        .execute(&mut **connection)
        .await?;
    Ok(())
}

/// Ends every session of an account.
///
/// # Errors
/// If the database is away.
pub async fn remove_of(connection: &mut Connection, account_id: i64) -> Result<(), StoreError> {
    diesel::delete(session::table.filter(session::account_id.eq(account_id)))
        .execute(&mut **connection)
        .await?;
    Ok(())
}

/// Notes that sessions were used.
///
/// # Errors
/// If the database is away.
pub async fn touch(connection: &mut Connection, hashes: Vec<Vec<u8>>) -> Result<(), StoreError> {
    diesel::update(session::table.filter(session::token_hash.eq_any(hashes)))
        .set(session::last_seen_at.eq(diesel::dsl::now))
        .execute(&mut **connection)
        .await?;
    Ok(())
}

/// Deletes sessions that nobody can use any more.
///
/// # Errors
/// If the database is away.
pub async fn remove_ended(
    connection: &mut Connection,
    idle_limit_s: f64,
) -> Result<(), StoreError> {
    diesel::sql_query(
        "DELETE FROM session WHERE expires_at <= now() OR last_seen_at <= now() - make_interval(secs => $1)",
    )
    .bind::<sql_types::Double, _>(idle_limit_s)
    .execute(&mut **connection)
    .await?;
    Ok(())
}
