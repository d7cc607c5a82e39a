//! Rows of the audit chain: appended under the lock of its head, read in order.

use chiyuan_core::Timestamp;
use diesel::{ExpressionMethods, Insertable, QueryDsl, Queryable, QueryableByName, sql_types};
use diesel_async::RunQueryDsl;

use super::{
    Connection, StoreError,
    schema::{audit, audit_head},
};

/// Most rows read at once.
pub const PAGE: i64 = 1_000;

/// Where the chain ends, while it is locked.
#[derive(Debug, Clone, QueryableByName)]
pub struct Head {
    #[diesel(sql_type = sql_types::BigInt)]
    pub seq: i64,
    #[diesel(sql_type = sql_types::Binary)]
    pub hash: Vec<u8>,
    /// Real time at PostgreSQL.
    #[diesel(sql_type = sql_types::Timestamptz)]
    pub now: Timestamp,
}

/// A row of the chain.
#[derive(Debug, Clone, Queryable, Insertable)]
#[diesel(table_name = audit)]
pub struct AuditRow {
    pub seq: i64,
    pub at: Timestamp,
    pub actor: String,
    pub role: Option<String>,
    pub address: String,
    pub action: String,
    pub object: String,
    pub result: String,
    pub count: i64,
    pub payload: Vec<u8>,
    pub prev_hash: Vec<u8>,
    pub hash: Vec<u8>,
}

/// Locks the end of the chain until the transaction ends.
///
/// # Errors
/// If the database is away.
pub async fn lock(connection: &mut Connection) -> Result<Head, StoreError> {
    Ok(diesel::sql_query(
        "SELECT seq, hash, date_trunc('milliseconds', clock_timestamp()) AS now FROM audit_head FOR UPDATE",
    )
    .get_result(&mut **connection)
    .await?)
}

/// Where the chain ends, without a lock.
///
/// # Errors
/// If the database is away.
pub async fn head(connection: &mut Connection) -> Result<(i64, Vec<u8>), StoreError> {
    Ok(audit_head::table
        .select((audit_head::seq, audit_head::hash))
        .first(&mut **connection)
        .await?)
}

/// Appends a row and moves the head.
///
/// # Errors
/// If the database is away.
pub async fn append(connection: &mut Connection, row: AuditRow) -> Result<(), StoreError> {
    let (seq, hash) = (row.seq, row.hash.clone());
    diesel::insert_into(audit::table)
        .values(row)
        .execute(&mut **connection)
        .await?;
    diesel::update(audit_head::table)
        .set((audit_head::seq.eq(seq), audit_head::hash.eq(hash)))
        .execute(&mut **connection)
        .await?;
    Ok(())
}

/// Rows after a number, in order.
///
/// # Errors
/// If the database is away.
pub async fn page(connection: &mut Connection, after: i64) -> Result<Vec<AuditRow>, StoreError> {
    Ok(audit::table
        .filter(audit::seq.gt(after))
        .order(audit::seq)
        .limit(PAGE)
        .load(&mut **connection)
        .await?)
}
