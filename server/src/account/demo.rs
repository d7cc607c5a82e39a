//! Demo accounts: random passwords, in a file that only its owner reads.

use std::{
    io::Write,
    os::unix::fs::{DirBuilderExt, OpenOptionsExt},
    path::{Path, PathBuf},
};

use chiyuan_core::Role;
use serde::{Deserialize, Serialize};

use super::{
    audit::{self, Event},
    change::replace_password,
    cli::{CliError, Scope, insert_account, insert_token, invalid},
    password::{Hasher, Verdict},
    secret,
};
use crate::store::{Store, StoreError, accounts, tokens, transaction::detached};

/// The file in the data folder.
pub const FILE: &str = "demo-accounts.json";
/// The five centres of the seed (GB/T 2260).
const CENTRES: [&str; 5] = ["140300", "140600", "140700", "640221", "653130"];
/// Roles that every centre has of its own.
const OF_A_CENTRE: [Role; 2] = [Role::Commander, Role::Dispatcher];
/// Source and name of the demo's device token.
const DEVICE: &str = "demo";
/// The demo crew's own unit, the first of the seed.
const CREW_UNIT: &str = "amb-140602-001";

/// One element of the file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
enum Demo {
    Account {
        username: String,
        password: String,
        role: String,
        jurisdiction: Option<String>,
    },
    Token {
        token: String,
        role: String,
        source: String,
    },
}

/// Makes the demo accounts, or brings the database in line with the file of an earlier time; the same again
/// changes nothing. Returns the file's path.
///
/// # Errors
/// [`CliError`]: the file cannot be read or written, no database.
pub async fn demo_accounts(store: &Store, data: &Path) -> Result<PathBuf, CliError> {
    let path = data.join(FILE);
    let demo = match read(&path)? {
        Some(demo) => demo,
        None => {
            let demo = invent()?;
            write(data, &path, &demo)?;
            demo
        }
    };
    let hasher = Hasher::default();
    for element in &demo {
        match element {
            Demo::Account {
                username,
                password,
                role,
                jurisdiction,
            } => {
                let unit = (role == Role::Crew.as_str()).then_some(CREW_UNIT);
                let scope = Scope::check(role, jurisdiction.as_deref(), unit)?;
                ensure_account(store, &hasher, &scope, username, password).await?;
            }
            Demo::Token {
                token,
                role,
                source,
            } => {
                let scope = Scope::check(role, None, None)?;
                ensure_token(store, &scope, token, source).await?;
            }
        }
    }
    Ok(path)
}

/// One of each role, a commander and a dispatcher for each centre, a device token.
fn invent() -> Result<Vec<Demo>, CliError> {
    let account = |username: String, role: Role, jurisdiction: Option<&str>| {
        Ok::<_, CliError>(Demo::Account {
            username,
            password: secret::new_password()?,
            role: role.as_str().to_owned(),
            jurisdiction: jurisdiction.map(str::to_owned),
        })
    };
    let mut demo = Vec::new();
    for role in Role::ASSIGNABLE {
        if role != Role::Device {
            demo.push(account(role.as_str().to_owned(), role, None)?);
        }
    }
    for centre in CENTRES {
        for role in OF_A_CENTRE {
            demo.push(account(
                format!("{}-{centre}", role.as_str()),
                role,
                Some(centre),
            )?);
        }
    }
    demo.push(Demo::Token {
        token: secret::new_secret()?,
        role: Role::Device.as_str().to_owned(),
        source: DEVICE.to_owned(),
    });
    Ok(demo)
}

async fn ensure_account(
    store: &Store,
    hasher: &Hasher,
    scope: &Scope,
    username: &str,
    password: &str,
) -> Result<(), CliError> {
    let mut connection = store.write().await?;
    let known = accounts::find(&mut connection, username).await?;
    connection.done();
    let Some(known) = known else {
        let hash = hasher.hash(password.to_owned()).await?;
        insert_account(store, scope.account(username, hash, display_name(username))).await?;
        return Ok(());
    };
    let verdict = hasher
        .verify(password.to_owned(), Some(known.password_hash))
        .await?;
    if verdict == Verdict::Wrong {
        let hash = hasher.hash(password.to_owned()).await?;
        replace_password(store, username, hash).await?;
    }
    Ok(())
}

async fn ensure_token(
    store: &Store,
    scope: &Scope,
    token: &str,
    source: &str,
) -> Result<(), CliError> {
    let new = scope.token(source, token, Some(source));
    let wanted = new.token_hash.clone();
    let mut connection = store.write().await?;
    let known = tokens::hash_of(&mut connection, &new.name).await?;
    connection.done();
    if known.as_ref() == Some(&wanted) || insert_token(store, new).await? {
        return Ok(());
    }
    let name = source.to_owned();
    detached(store, move |connection| {
        Box::pin(async move {
            tokens::replace_secret(connection, &name, &wanted).await?;
            let event = Event::by_operator("token_replaced", &format!("token:{name}"));
            audit::append(connection, event).await
        })
    })
    .await
    .map_err(|error: StoreError| error.into())
}

/// The role's Chinese word, as screens show it.
fn display_name(username: &str) -> &'static str {
    match username.split('-').next().unwrap_or_default() {
        "administrator" => "系统管理员",
        "security_administrator" => "安全管理员",
        "auditor" => "审计员",
        "commander" => "指挥长",
        "dispatcher" => "调度员",
        "bed_desk" => "床位员",
        "store_keeper" => "库管员",
        "crew" => "车组",
        "exercise_director" => "导调员",
        "observer" => "观察员",
        _ => "",
    }
}

fn read(path: &Path) -> Result<Option<Vec<Demo>>, CliError> {
    let text = match std::fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(CliError::File(path.display().to_string(), error)),
    };
    serde_json::from_str(&text).map(Some).map_err(|error| {
        // The error's text names a place, not the secret there.
        invalid(format!("{} is not readable: {error}", path.display()))
    })
}

/// Written aside and moved into place, so that there is never half a file.
fn write(data: &Path, path: &Path, demo: &[Demo]) -> Result<(), CliError> {
    let failed = |error| CliError::File(path.display().to_string(), error);
    std::fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(data)
        .map_err(failed)?;
    let text =
        serde_json::to_string_pretty(demo).map_err(|error| failed(std::io::Error::other(error)))?;
    let aside = data.join(format!("{FILE}.{}", std::process::id()));
    let _ = std::fs::remove_file(&aside);
    let mut file = std::fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(&aside)
        .map_err(failed)?;
    file.write_all(text.as_bytes()).map_err(failed)?;
    file.write_all(b"\n").map_err(failed)?;
    file.sync_all().map_err(failed)?;
    std::fs::rename(&aside, path).map_err(failed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_has_the_contracts_form() {
        let demo = serde_json::to_value(invent().unwrap()).unwrap();
        let list = demo.as_array().unwrap();
        assert_eq!(list.len(), 21);
        for (element, role) in list.iter().zip(Role::ASSIGNABLE).take(10) {
            assert_eq!(element["role"], role.as_str());
            assert!(element["jurisdiction"].is_null());
            assert_eq!(element["password"].as_str().unwrap().len(), 20);
        }
        assert_eq!(list[10]["username"], "commander-140300");
        assert_eq!(list[11]["username"], "dispatcher-140300");
        assert_eq!(list[11]["jurisdiction"], "140300");
        assert_eq!(list[20]["role"], "device");
        assert_eq!(list[20]["source"], "demo");
        assert_eq!(list[20].as_object().unwrap().len(), 3);
        let back: Vec<Demo> = serde_json::from_value(demo).unwrap();
        assert_eq!(back.len(), 21);
    }
}
