//! What the command line adds: accounts and tokens, each with an audit row.

use chiyuan_core::{DivisionCode, EntityId, Role};

use super::{
    audit::{self, Event},
    password::{self, Hasher, PasswordError},
    secret::{self, NoRandomness},
};
use crate::store::{
    Store, StoreError,
    accounts::{self, NewAccount, Rights},
    tokens::{self, NewToken},
    transaction::detached,
};

/// Longest user name.
const MAX_USERNAME: usize = 64;

/// Why the command line could not do it.
#[derive(Debug, thiserror::Error)]
pub enum CliError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Password(#[from] PasswordError),
    #[error(transparent)]
    NoRandomness(#[from] NoRandomness),
    #[error("{0}")]
    Invalid(String),
    #[error("{0}: {1}")]
    File(String, std::io::Error),
}

/// Whether an account can have this name.
#[must_use]
pub fn is_username(name: &str) -> bool {
    let inner = |byte: u8| {
        byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'.' | b'_' | b'-')
    };
    (1..=MAX_USERNAME).contains(&name.len())
        && name.bytes().all(inner)
        && name.starts_with(|first: char| first.is_ascii_alphanumeric())
}

/// Adds an account and prints its password once; without one given, a random one.
///
/// # Errors
/// [`CliError`]: a name that is taken, an unknown role, a bad password, no database.
pub async fn user_add(
    store: &Store,
    username: &str,
    role: &str,
    jurisdiction: Option<&str>,
    unit: Option<&str>,
    password: Option<String>,
) -> Result<(), CliError> {
    let scope = Scope::of_account(role, jurisdiction, unit)?;
    if !is_username(username) {
        return Err(invalid(format!(
            "a user name has 1 to {MAX_USERNAME} lower-case letters, digits, '.', '_', '-' and starts with a letter or digit"
        )));
    }
    let shown = match password {
        Some(password) => password,
        None => secret::new_password()?,
    };
    password::check(&shown, username)?;
    let password_hash = Hasher::default().hash(shown.clone()).await?;
    let account = scope.account(username, password_hash, "");
    if !insert_account(store, account).await? {
        return Err(invalid(format!("the account {username} exists already")));
    }
    println!("{shown}");
    Ok(())
}

/// Adds a token and prints it once.
///
/// # Errors
/// [`CliError`]: a name that is taken, an unknown role, no database.
pub async fn token_add(
    store: &Store,
    role: &str,
    unit: Option<&str>,
    jurisdiction: Option<&str>,
    source: Option<&str>,
    name: Option<&str>,
) -> Result<(), CliError> {
    let scope = Scope::check(role, jurisdiction, unit)?;
    let shown = secret::new_secret()?;
    let name = match name {
        Some(name) => name.to_owned(),
        None => format!("{role}-{}", hex::encode(secret::random::<4>()?)),
    };
    if !is_username(&name) {
        return Err(invalid("a token's name follows the rule of user names"));
    }
    if source.is_some_and(|source| !is_username(source)) {
        return Err(invalid("a source's name follows the rule of user names"));
    }
    let token = scope.token(&name, &shown, source);
    if !insert_token(store, token).await? {
        return Err(invalid(format!("a token named {name} exists already")));
    }
    println!("{shown}");
    Ok(())
}

/// Role, place and unit of an account or token, checked.
pub(super) struct Scope {
    pub role: Role,
    jurisdiction: Option<String>,
    unit: Option<String>,
}

impl Scope {
    pub(super) fn check(
        role: &str,
        jurisdiction: Option<&str>,
        unit: Option<&str>,
    ) -> Result<Self, CliError> {
        let known = Role::parse(role).ok_or_else(|| {
            let roles: Vec<_> = Role::ASSIGNABLE.iter().map(|role| role.as_str()).collect();
            invalid(format!("no role {role}; there are {}", roles.join(" ")))
        })?;
        let place = jurisdiction.map(DivisionCode::new).transpose();
        place.map_err(|_| invalid("a jurisdiction is a six-digit GB/T 2260 code"))?;
        unit.map(EntityId::new)
            .transpose()
            .map_err(|_| invalid("the unit is no id"))?;
        Ok(Self {
            role: known,
            jurisdiction: jurisdiction.map(str::to_owned),
            unit: unit.map(str::to_owned),
        })
    }

    /// Of an account: people have one, devices have tokens.
    pub(super) fn of_account(
        role: &str,
        jurisdiction: Option<&str>,
        unit: Option<&str>,
    ) -> Result<Self, CliError> {
        let scope = Self::check(role, jurisdiction, unit)?;
        if scope.role == Role::Device {
            return Err(invalid("a device has a token, not an account"));
        }
        Ok(scope)
    }

    pub(super) fn rights(&self) -> Rights {
        Rights {
            role: self.role.as_str().to_owned(),
            jurisdiction: self.jurisdiction.clone(),
            unit_id: self.unit.clone(),
        }
    }

    pub(super) fn account(&self, username: &str, hash: String, display_name: &str) -> NewAccount {
        NewAccount {
            username: username.to_owned(),
            password_hash: hash,
            role: self.role.as_str().to_owned(),
            jurisdiction: self.jurisdiction.clone(),
            unit_id: self.unit.clone(),
            display_name: display_name.to_owned(),
        }
    }

    pub(super) fn token(&self, name: &str, secret: &str, source: Option<&str>) -> NewToken {
        NewToken {
            token_hash: secret::hash(secret).to_vec(),
            name: name.to_owned(),
            role: self.role.as_str().to_owned(),
            jurisdiction: self.jurisdiction.clone(),
            unit_id: self.unit.clone(),
            source: source.map(str::to_owned),
        }
    }
}

pub(super) async fn insert_account(store: &Store, account: NewAccount) -> Result<bool, StoreError> {
    detached(store, move |connection| {
        Box::pin(async move {
            if !accounts::insert(connection, &account).await? {
                return Ok(false);
            }
            let object = format!("user:{} {}", account.username, account.role);
            audit::append(connection, Event::by_operator("account_added", &object)).await?;
            Ok(true)
        })
    })
    .await
}

pub(super) async fn insert_token(store: &Store, token: NewToken) -> Result<bool, StoreError> {
    detached(store, move |connection| {
        Box::pin(async move {
            if !tokens::insert(connection, &token).await? {
                return Ok(false);
            }
            let object = format!("token:{} {}", token.name, token.role);
            audit::append(connection, Event::by_operator("token_added", &object)).await?;
            Ok(true)
        })
    })
    .await
}

pub(super) fn invalid(message: impl Into<String>) -> CliError {
    CliError::Invalid(message.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn user_names() {
        for good in ["a", "commander-140600", "zhang.min_2", "120"] {
            assert!(is_username(good), "{good}");
        }
        let long = "a".repeat(65);
        for bad in [
            "", "A", "-a", ".a", "a b", "张敏", "a\n", "a\0", "a'--", &long,
        ] {
            assert!(!is_username(bad), "{bad}");
        }
    }
}
