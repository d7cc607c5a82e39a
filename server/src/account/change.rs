//! What the command line changes in accounts and tokens that exist. Each change and its audit row are one, and
//! every change of an account ends its sessions: what it could do before is over at once (S7, S8).

use std::fmt;

use super::{
    audit::{self, Event},
    cli::{CliError, Scope, invalid},
    password::{self, Hasher},
    secret,
};
use crate::store::{
    Connection, Store, StoreError, accounts, sessions, tokens, transaction::detached,
};

/// Who holds a credential.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Holder {
    /// An account, by its user name.
    User(String),
    /// A token, by its name.
    Token(String),
}

impl Holder {
    /// Who it is, as the audit names it.
    fn object(&self) -> String {
        match self {
            Self::User(name) => format!("user:{name}"),
            Self::Token(name) => format!("token:{name}"),
        }
    }
}

impl fmt::Display for Holder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::User(name) => write!(f, "account {name}"),
            Self::Token(name) => write!(f, "token {name}"),
        }
    }
}

/// Disables an account or a token, or enables it again.
///
/// # Errors
/// [`CliError`]: no such account or token, no database.
pub async fn set_disabled(store: &Store, holder: Holder, disabled: bool) -> Result<(), CliError> {
    let action = match (&holder, disabled) {
        (Holder::User(_), true) => "account_disabled",
        (Holder::User(_), false) => "account_enabled",
        (Holder::Token(_), true) => "token_disabled",
        (Holder::Token(_), false) => "token_enabled",
    };
    let changed = match holder.clone() {
        Holder::User(name) => {
            let event = Event::by_operator(action, &holder.object());
            change_account(store, name, Change::Disabled(disabled), event).await?
        }
        Holder::Token(name) => {
            let event = Event::by_operator(action, &holder.object());
            detached(store, move |connection| {
                Box::pin(async move {
                    let found = tokens::set_disabled(connection, &name, disabled).await?;
                    if found {
                        audit::append(connection, event).await?;
                    }
                    Ok(found)
                })
            })
            .await?
        }
    };
    found(changed, &holder)
}

/// Gives an account another role, place and unit.
///
/// # Errors
/// [`CliError`]: no such account, an unknown role, no database.
pub async fn set_role(
    store: &Store,
    username: &str,
    role: &str,
    jurisdiction: Option<&str>,
    unit: Option<&str>,
) -> Result<(), CliError> {
    let scope = Scope::of_account(role, jurisdiction, unit)?;
    let holder = Holder::User(username.to_owned());
    let rights = [Some(scope.role.as_str()), jurisdiction, unit];
    let object = rights
        .into_iter()
        .flatten()
        .fold(holder.object(), |object, right| format!("{object} {right}"));
    let event = Event::by_operator("role_set", &object);
    let changed = change_account(store, username.to_owned(), Change::Rights(scope), event).await?;
    found(changed, &holder)
}

/// Sets an account's password and prints it once; without one given, a random one.
///
/// # Errors
/// [`CliError`]: no such account, a bad password, no database.
pub async fn set_password(
    store: &Store,
    username: &str,
    password: Option<String>,
) -> Result<(), CliError> {
    let given = password.is_some();
    let password = match password {
        Some(password) => password,
        None => secret::new_password()?,
    };
    password::check(&password, username)?;
    let hash = Hasher::default().hash(password.clone()).await?;
    let changed = replace_password(store, username, hash).await?;
    found(changed, &Holder::User(username.to_owned()))?;
    if !given {
        println!("{password}");
    }
    Ok(())
}

/// Replaces the hash of an account's password; false if there is no such account.
pub(super) async fn replace_password(
    store: &Store,
    username: &str,
    hash: String,
) -> Result<bool, StoreError> {
    let event = Event::by_operator("password_set", &format!("user:{username}"));
    change_account(store, username.to_owned(), Change::Password(hash), event).await
}

enum Change {
    Disabled(bool),
    Rights(Scope),
    /// The new hash.
    Password(String),
}

/// Changes an account, ends its sessions and records it; false if there is no such account.
async fn change_account(
    store: &Store,
    username: String,
    change: Change,
    event: Event,
) -> Result<bool, StoreError> {
    detached(store, move |connection| {
        Box::pin(async move {
            let Some(account) = accounts::find(connection, &username).await? else {
                return Ok(false);
            };
            apply(connection, account.id, &change).await?;
            sessions::remove_of(connection, account.id).await?;
            audit::append(connection, event).await?;
            Ok(true)
        })
    })
    .await
}

async fn apply(connection: &mut Connection, id: i64, change: &Change) -> Result<(), StoreError> {
    match change {
        Change::Disabled(disabled) => accounts::set_disabled(connection, id, *disabled).await,
        Change::Rights(scope) => accounts::set_rights(connection, id, &scope.rights()).await,
        Change::Password(hash) => accounts::set_password(connection, id, hash).await,
    }
}

fn found(found: bool, holder: &Holder) -> Result<(), CliError> {
    if found {
        Ok(())
    } else {
        Err(invalid(format!("there is no {holder}")))
    }
}
