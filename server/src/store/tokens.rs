//! Tokens of devices and scripts, found by their hash.

use diesel::{ExpressionMethods, OptionalExtension, QueryDsl};
use diesel_async::RunQueryDsl;

use super::{Connection, StoreError, schema::token};

/// A token's row.
#[derive(Debug, Clone, diesel::Queryable)]
pub struct TokenRow {
    pub id: i64,
    pub token_hash: Vec<u8>,
    pub name: String,
    pub role: String,
    pub jurisdiction: Option<String>,
    pub unit_id: Option<String>,
    pub source: Option<String>,
}

/// A token to be made.
#[derive(Debug, Clone, diesel::Insertable)]
#[diesel(table_name = token)]
pub struct NewToken {
    pub token_hash: Vec<u8>,
    pub name: String,
    pub role: String,
    pub jurisdiction: Option<String>,
    pub unit_id: Option<String>,
    pub source: Option<String>,
}

/// Those of the tokens that may be used now.
///
/// # Errors
/// If the database is away.
pub async fn find(
    connection: &mut Connection,
    hashes: Vec<Vec<u8>>,
) -> Result<Vec<TokenRow>, StoreError> {
    Ok(token::table
        .filter(token::token_hash.eq_any(hashes))
        .filter(token::disabled.eq(false))
        .select((
            token::id,
            token::token_hash,
            token::name,
            token::role,
            token::jurisdiction,
            token::unit_id,
            token::source,
        ))
        .load(&mut **connection)
        .await?)
}

/// Makes a token; false if its name is taken.
///
/// # Errors
/// If the database is away.
pub async fn insert(connection: &mut Connection, new: &NewToken) -> Result<bool, StoreError> {
    let made = diesel::insert_into(token::table)
        .values(new.clone())
        .on_conflict(token::name)
        .do_nothing()
        .execute(&mut **connection)
        .await?;
    Ok(made == 1)
}

/// Gives a token of this name another secret, and enables it.
///
/// # Errors
/// If the database is away.
pub async fn replace_secret(
    connection: &mut Connection,
    name: &str,
    hash: &[u8],
) -> Result<(), StoreError> {
    diesel::update(token::table.filter(token::name.eq(name)))
        .set((token::token_hash.eq(hash), token::disabled.eq(false)))
        .execute(&mut **connection)
        .await?;
    Ok(())
}

/// Hash of the token with this name.
///
/// # Errors
/// If the database is away.
pub async fn hash_of(
    connection: &mut Connection,
    name: &str,
) -> Result<Option<Vec<u8>>, StoreError> {
    Ok(token::table
        .filter(token::name.eq(name))
        .filter(token::disabled.eq(false))
        .select(token::token_hash)
        .first(&mut **connection)
        .await
        .optional()?)
}

/// Disables a token, or enables it again; false if there is none of this name.
///
/// # Errors
/// If the database is away.
pub async fn set_disabled(
    connection: &mut Connection,
    name: &str,
    disabled: bool,
) -> Result<bool, StoreError> {
    let changed = diesel::update(token::table.filter(token::name.eq(name)))
        .set(token::disabled.eq(disabled))
        .execute(&mut **connection)
        .await?;
    Ok(changed == 1)
}
