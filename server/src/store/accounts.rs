//! Accounts: found for a log-in, made and changed by the command line.

use diesel::{
    BoolExpressionMethods, ExpressionMethods, NullableExpressionMethods, OptionalExtension,
    QueryDsl,
};
use diesel_async::RunQueryDsl;

use super::{Connection, StoreError, schema::account};

/// An account's row.
#[derive(Debug, Clone, diesel::Queryable)]
pub struct AccountRow {
    pub id: i64,
    pub username: String,
    /// PHC string; never the password.
    pub password_hash: String,
    pub role: String,
    pub jurisdiction: Option<String>,
    pub unit_id: Option<String>,
    pub display_name: String,
    pub disabled: bool,
}

/// An account to be made.
#[derive(Debug, Clone, diesel::Insertable)]
#[diesel(table_name = account)]
pub struct NewAccount {
    pub username: String,
    pub password_hash: String,
    pub role: String,
    pub jurisdiction: Option<String>,
    pub unit_id: Option<String>,
    pub display_name: String,
}

/// What an account may do: its role, and where.
#[derive(Debug, Clone, PartialEq, Eq, diesel::AsChangeset)]
#[diesel(table_name = account, treat_none_as_null = true)]
pub struct Rights {
    pub role: String,
    pub jurisdiction: Option<String>,
    pub unit_id: Option<String>,
}

/// The account with this user name.
///
/// # Errors
/// If the database is away.
pub async fn find(
    connection: &mut Connection,
    username: &str,
) -> Result<Option<AccountRow>, StoreError> {
    Ok(account::table
        .filter(account::username.eq(username))
        .select((
            account::id,
            account::username,
            account::password_hash,
            account::role,
            account::jurisdiction,
            account::unit_id,
            account::display_name,
            account::disabled,
        ))
        .first(&mut **connection)
        .await
        .optional()?)
}

/// What others may know of an account.
#[derive(Debug, Clone, diesel::Queryable)]
pub struct PersonRow {
    pub username: String,
    pub display_name: String,
    pub role: String,
    pub jurisdiction: Option<String>,
    pub disabled: bool,
}

/// Accounts of these places and those bound to none, by user name; without places all, at most `limit`.
///
/// # Errors
/// If the database is away.
pub async fn people(
    connection: &mut Connection,
    places: Option<Vec<String>>,
    limit: i64,
) -> Result<Vec<PersonRow>, StoreError> {
    let mut query = account::table
        .select((
            account::username,
            account::display_name,
            account::role,
            account::jurisdiction,
            account::disabled,
        ))
        .order(account::username)
        .limit(limit)
        .into_boxed();
    if let Some(places) = places {
        let own = account::jurisdiction.eq_any(places);
        query = query.filter(account::jurisdiction.is_null().or(own.assume_not_null()));
    }
    Ok(query.load(&mut **connection).await?)
}

/// Makes an account; false if the name is taken.
///
/// # Errors
/// If the database is away.
pub async fn insert(connection: &mut Connection, new: &NewAccount) -> Result<bool, StoreError> {
    let made = diesel::insert_into(account::table)
        .values(new.clone())
        .on_conflict(account::username)
        .do_nothing()
        .execute(&mut **connection)
        .await?;
    Ok(made == 1)
}

/// Replaces the hash of an account's password.
///
/// # Errors
/// If the database is away.
pub async fn set_password(
    connection: &mut Connection,
    id: i64,
    password_hash: &str,
) -> Result<(), StoreError> {
    diesel::update(account::table.find(id))
        .set(account::password_hash.eq(password_hash))
        .execute(&mut **connection)
        .await?;
    Ok(())
}

/// Disables an account, or enables it again.
///
/// # Errors
/// If the database is away.
pub async fn set_disabled(
    connection: &mut Connection,
    id: i64,
    disabled: bool,
) -> Result<(), StoreError> {
    diesel::update(account::table.find(id))
        .set(account::disabled.eq(disabled))
        .execute(&mut **connection)
        .await?;
    Ok(())
}

/// Gives an account other rights.
///
/// # Errors
/// If the database is away.
pub async fn set_rights(
    connection: &mut Connection,
    id: i64,
    rights: &Rights,
) -> Result<(), StoreError> {
    diesel::update(account::table.find(id))
        .set(rights)
        .execute(&mut **connection)
        .await?;
    Ok(())
}
