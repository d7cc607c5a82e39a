//! Logging in and out.

use std::{net::IpAddr, time::Duration};

use chiyuan_core::{Role, Timestamp};
use tokio::sync::Semaphore;

use super::{
    SESSION_LASTS, SESSIONS_PER_ACCOUNT, WALL_SESSION_LASTS,
    audit::{self, Event},
    counts::Counted,
    lockout::Pair,
    password::{LONGEST, Verdict},
    secret, within,
};
use crate::{
    api::{
        caller::{Caller, Credential},
        error::{ApiError, Code},
    },
    app::App,
    store::{
        StoreError,
        accounts::{self, AccountRow},
        login_failures, sessions,
        transaction::detached,
    },
};

/// Log-ins at work or waiting at once; more are sent away. Bounds memory and the wait for a hash.
const AT_ONCE: usize = 32;
static ROOM: Semaphore = Semaphore::const_new(AT_ONCE);

/// A try to log in.
pub struct LogIn {
    pub username: String,
    pub password: String,
    /// Where it comes from.
    pub address: IpAddr,
    /// The session that the browser already has; the new one replaces it.
    pub replaces: Option<Credential>,
}

/// A new session.
pub struct LoggedIn {
    pub caller: Caller,
    /// The session's id, for the cookie; stored nowhere else.
    pub secret: String,
    pub expires_at: Option<Timestamp>,
}

/// Logs in with a user name and a password. An unknown user, a disabled account and a wrong password are answered
/// alike, after the same work.
///
/// # Errors
/// [`Code::WrongCredentials`], [`Code::LockedOut`], [`Code::Overloaded`], [`Code::DatabaseUnavailable`].
pub async fn log_in(app: &App, try_: LogIn) -> Result<LoggedIn, ApiError> {
    let counts = &app.accounts.counts;
    let _room = ROOM.try_acquire().map_err(|_| {
        counts.count(Counted::Overloaded);
        ApiError::new(Code::Overloaded, "too many people log in at once")
    })?;
    let pair = Pair {
        username: readable(&try_.username).to_owned(),
        address: try_.address.to_string(),
    };
    let lockout = &app.accounts.lockout;
    let _turn = lockout.turn(&pair).await;
    let (account, failures) = known(app, &pair).await?;
    let account = account.filter(|account| !account.disabled);
    let password = if try_.password.chars().count() > LONGEST {
        String::new()
    } else {
        try_.password.clone()
    };
    let stored = account
        .as_ref()
        .map(|account| account.password_hash.clone());
    let verdict = app.accounts.hasher.verify(password, stored).await;
    match (account, verdict.map_err(internal)?) {
        (Some(account), Verdict::Right { rehash }) => {
            let renewed = if rehash {
                let hash = app.accounts.hasher.hash(try_.password).await;
                Some(hash.map_err(internal)?)
            } else {
                None
            };
            let session = open(app, account, &pair, renewed, try_.replaces, try_.address).await?;
            lockout.succeeded(&pair);
            counts.count(Counted::LoggedIn);
            Ok(session)
        }
        _ => {
            counts.count(Counted::WrongCredentials);
            lockout.failed(&app.accounts.store, &pair, failures).await;
            let event = failed(&pair, "wrong_credentials");
            app.accounts.tally.count(&app.accounts.store, event).await;
            Err(ApiError::new(
                Code::WrongCredentials,
                "user name or password is wrong",
            ))
        }
    }
}

/// The account and its failures so far from this address, unless they lock.
async fn known(app: &App, pair: &Pair) -> Result<(Option<AccountRow>, i32), ApiError> {
    let accounts = &app.accounts;
    let (account, (failures, locked)) = within(super::LOOK_UP_WITHIN, async {
        let mut connection = accounts.store.write().await?;
        let state = accounts.lockout.state(&mut connection, pair).await?;
        let account = accounts::find(&mut connection, &pair.username).await?;
        connection.done();
        Ok((account, state))
    })
    .await?;
    if locked.is_zero() {
        return Ok((account, failures));
    }
    accounts.counts.count(Counted::LockedOut);
    accounts
        .tally
        .count(&accounts.store, failed(pair, "locked_out"))
        .await;
    let wait = locked.as_secs() + 1;
    Err(ApiError::new(
        Code::LockedOut,
        "too many failed log-ins; wait before the next",
    )
    .retry_after(wait))
}

/// Makes the session: its row, the end of the one before, the forgotten failures and the audit row are one.
async fn open(
    app: &App,
    account: AccountRow,
    pair: &Pair,
    renewed: Option<String>,
    replaces: Option<Credential>,
    address: IpAddr,
) -> Result<LoggedIn, ApiError> {
    let secret = secret::new_secret().map_err(internal)?;
    let hash = secret::hash(&secret);
    let (pair, id) = (pair.clone(), account.id);
    let role = Role::parse(&account.role);
    let lasts = lasts(role).as_secs_f64();
    let event = Event {
        actor: format!("user:{}", account.username),
        role,
        address: pair.address.clone(),
        action: "log_in".to_owned(),
        object: "session".to_owned(),
        result: "ok".to_owned(),
        count: 1,
    };
    detached(&app.accounts.store, move |connection| {
        Box::pin(async move {
            if let Some(Credential::Session(before)) = replaces {
                sessions::remove(connection, &before).await?;
            }
            if let Some(renewed) = renewed {
                accounts::set_password(connection, id, &renewed).await?;
            }
            login_failures::clear(connection, &pair.username, &pair.address).await?;
            let most = SESSIONS_PER_ACCOUNT;
            sessions::insert(connection, &hash, id, lasts, &pair.address, most).await?;
            audit::append(connection, event).await
        })
    })
    .await?;
    if let Some(before) = replaces {
        app.accounts.cache.remove(&before);
    }
    let entry = app.accounts.look_up(&Credential::Session(hash)).await?;
    let entry = entry.ok_or_else(super::unauthenticated)?;
    Ok(LoggedIn {
        caller: entry.caller(address),
        secret,
        expires_at: entry.expires_at(),
    })
}

/// How long a session lasts at most.
fn lasts(role: Option<Role>) -> Duration {
    match role {
        Some(Role::Observer) => WALL_SESSION_LASTS,
        _ => SESSION_LASTS,
    }
}

/// Ends the session of a caller; a token has none.
///
/// # Errors
/// [`Code::Forbidden`] for a token, [`Code::DatabaseUnavailable`].
pub async fn log_out(app: &App, caller: &Caller) -> Result<(), ApiError> {
    let Credential::Session(hash) = caller.credential else {
        return Err(ApiError::new(Code::Forbidden, "a token is not a session"));
    };
    let event = Event::of(caller, "log_out", "session", "ok");
    // Here it ends at once, whatever the database does.
    app.accounts.cache.remove(&caller.credential);
    let ended: Result<(), StoreError> = detached(&app.accounts.store, move |connection| {
        Box::pin(async move {
            sessions::remove(connection, &hash).await?;
            audit::append(connection, event).await
        })
    })
    .await;
    app.accounts.cache.remove(&caller.credential);
    ended?;
    app.accounts.counts.count(Counted::LoggedOut);
    Ok(())
}

/// A user name that can exist; anything else is handled as the empty name, which cannot.
fn readable(username: &str) -> &str {
    if super::cli::is_username(username) {
        username
    } else {
        ""
    }
}

/// What people type in the wrong field may be a password, so only names that can exist are recorded.
fn failed(pair: &Pair, result: &str) -> Event {
    Event {
        actor: if pair.username.is_empty() {
            "unknown".to_owned()
        } else {
            format!("user:{}", pair.username)
        },
        role: None,
        address: pair.address.clone(),
        action: "log_in".to_owned(),
        object: "session".to_owned(),
        result: result.to_owned(),
        count: 1,
    }
}

fn internal(error: impl std::fmt::Display) -> ApiError {
    ApiError::from_store(&StoreError::Corrupt(error.to_string()))
}
