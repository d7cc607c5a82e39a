//! Accounts, sessions and tokens: who sent a request, and for how long that holds.
//!
//! Invariant: a secret (password, session id, token) is stored as a hash only and never logged.
//! Invariant: answering who sent a request costs no database round trip while the answer is fresh.

pub mod audit;
mod bucket;
mod cache;
pub mod change;
pub mod cli;
mod counts;
mod credential;
pub mod demo;
mod hold;
mod identity;
mod keeper;
mod lockout;
mod login;
pub mod password;
pub mod secret;
mod tally;

use std::{net::IpAddr, sync::Arc, time::Duration};

use actix_web::HttpRequest;

pub use credential::{cookie_name, present as carries_credential};
pub use hold::{Hold, endings, hold};
pub use login::{LogIn, LoggedIn, log_in, log_out};

use crate::{
    api::{
        caller::{Caller, Credential},
        error::{ApiError, Code},
        security::{origin, transport},
    },
    app::App,
    config::Config,
    store::{Connection, Store, StoreError, sessions, tokens},
};
use bucket::Rates;
use cache::{Cache, Entry, Standing};
use counts::{Counted, Counts};
use identity::Identity;
use lockout::Lockout;
use password::Hasher;
use tally::Tally;

/// 会话绝对时限: a session ends this long after log-in, however busy it is.
pub const SESSION_LASTS: Duration = Duration::from_secs(12 * 3_600);
/// The same for an observer, who can only look: a wall stays up for weeks, and nobody sits in front of it.
pub const WALL_SESSION_LASTS: Duration = Duration::from_secs(15 * 24 * 3_600);
/// 会话空闲时限: a session ends after this long without a request.
pub const SESSION_IDLE: Duration = Duration::from_secs(8 * 3_600);
/// Sessions one account may have; the oldest ends when there are more.
pub const SESSIONS_PER_ACCOUNT: i64 = 100;
/// How long one look at the database may take before it counts as away.
const LOOK_UP_WITHIN: Duration = Duration::from_millis(1_500);

/// What this server knows about accounts.
pub struct Accounts {
    store: Store,
    cache: Cache,
    rates: Rates,
    lockout: Lockout,
    hasher: Hasher,
    tally: Tally,
    counts: Counts,
    keeper: keeper::Beat,
}

impl Accounts {
    /// Nobody is known yet.
    #[must_use]
    pub fn new(store: Store, config: &Config) -> Arc<Self> {
        Arc::new(Self {
            store,
            cache: Cache::default(),
            rates: Rates::new(config.rate_limit),
            lockout: Lockout::default(),
            hasher: Hasher::default(),
            tally: Tally::default(),
            counts: Counts::default(),
            keeper: keeper::Beat::default(),
        })
    }

    /// Refuses a request without a valid credential if its address has sent too many.
    ///
    /// # Errors
    /// [`Code::RateLimited`].
    pub fn charge_address(&self, address: IpAddr) -> Result<(), ApiError> {
        let charged = self.rates.charge_address(address);
        charged.map_err(|wait| self.rate_limited(wait))
    }

    /// What happened at the door since the start.
    #[must_use]
    pub fn counts(&self) -> &Counts {
        &self.counts
    }

    fn rate_limited(&self, wait: bucket::Wait) -> ApiError {
        self.counts.count(Counted::RateLimited);
        ApiError::new(Code::RateLimited, "too many requests").retry_after(wait.whole_seconds())
    }

    /// Lets in whoever this server remembers well enough; none if the database must be asked.
    fn admit_at_once(
        self: &Arc<Self>,
        credential: &Credential,
        address: IpAddr,
    ) -> Option<Result<Caller, ApiError>> {
        keeper::ensure(self);
        let entry = self.cache.get(credential)?;
        match self.cache.standing(&entry) {
            Standing::Valid => Some(self.let_in(&entry, address)),
            Standing::Ended => {
                self.cache.remove(credential);
                Some(Err(unauthenticated()))
            }
            Standing::Stale => None,
        }
    }

    async fn admit(
        self: &Arc<Self>,
        credential: &Credential,
        address: IpAddr,
    ) -> Result<Caller, ApiError> {
        if let Some(admitted) = self.admit_at_once(credential, address) {
            return admitted;
        }
        let known = self.cache.get(credential);
        if known.is_none() {
            self.charge_address(address)?;
        }
        let entry = match self.look_up(credential).await {
            Ok(found) => found.ok_or_else(unauthenticated)?,
            Err(error) => match known.filter(|entry| self.cache.bridges_outage(entry)) {
                Some(entry) => entry,
                None => return Err(error.into()),
            },
        };
        self.let_in(&entry, address)
    }

    /// Charges a request to its account or token.
    fn let_in(&self, entry: &Entry, address: IpAddr) -> Result<Caller, ApiError> {
        let charged = entry.rate().charge();
        charged.map_err(|wait| self.rate_limited(wait))?;
        entry.used();
        Ok(entry.caller(address))
    }

    /// Asks the database for a credential and remembers the answer.
    async fn look_up(&self, credential: &Credential) -> Result<Option<Arc<Entry>>, StoreError> {
        let generation = self.cache.generation();
        let found = within(LOOK_UP_WITHIN, async {
            let mut connection = self.store.write().await?;
            let found = identities(&mut connection, &[*credential]).await?;
            connection.done();
            Ok(found)
        })
        .await?;
        let Some(identity) = found.into_iter().next() else {
            self.cache.remove(credential);
            return Ok(None);
        };
        let entry = Arc::new(Entry::new(&identity, self.rates.of(identity.owner)));
        self.cache
            .insert(*credential, Arc::clone(&entry), generation);
        Ok(Some(entry))
    }
}

/// Who sent a request: a session's cookie or a bearer token. Cookie requests that change state or open a
/// WebSocket must come from one of our origins.
///
/// # Errors
/// [`Code::Unauthenticated`], [`Code::ForeignOrigin`], [`Code::RateLimited`], or
/// [`Code::DatabaseUnavailable`] for a credential that this server has not seen lately.
pub async fn authenticate(app: &App, request: &HttpRequest) -> Result<Caller, ApiError> {
    let (credential, address) = shown(app, request)?;
    app.accounts.admit(&credential, address).await
}

/// The same at once; none if the database must be asked.
pub fn authenticate_at_once(app: &App, request: &HttpRequest) -> Option<Result<Caller, ApiError>> {
    match shown(app, request) {
        Ok((credential, address)) => app.accounts.admit_at_once(&credential, address),
        Err(error) => Some(Err(error)),
    }
}

/// The credential that a request shows, if it may show it here, and where it comes from.
fn shown(app: &App, request: &HttpRequest) -> Result<(Credential, IpAddr), ApiError> {
    let credential = credential::of(request, &app.config).ok_or_else(unauthenticated)?;
    if matches!(credential, Credential::Session(_)) && origin::needed(request) {
        origin::check(request, &app.config)?;
    }
    Ok((credential, transport::client_address(request, &app.config)))
}

/// Who sent a request with this token, for protocols whose clients cannot set headers.
///
/// # Errors
/// As [`authenticate`].
pub async fn authenticate_token(
    app: &App,
    request: &HttpRequest,
    token: &str,
) -> Result<Caller, ApiError> {
    let address = transport::client_address(request, &app.config);
    let credential = credential::of_token(token).ok_or_else(unauthenticated)?;
    app.accounts.admit(&credential, address).await
}

/// The session whose cookie a request carries, valid or not.
#[must_use]
pub fn cookie_session(request: &HttpRequest, config: &Config) -> Option<Credential> {
    credential::of(request, config)
        .filter(|credential| matches!(credential, Credential::Session(_)))
}

/// When a session that this server knows ends at the latest.
#[must_use]
pub fn expires_at(app: &App, credential: &Credential) -> Option<chiyuan_core::Timestamp> {
    app.accounts
        .cache
        .get(credential)
        .and_then(|entry| entry.expires_at())
}

/// Forgets what this server remembers of a credential, so that its next use asks the database.
pub fn forget(app: &App, credential: &Credential) {
    app.accounts.cache.remove(credential);
}

/// Records that a caller was denied something; repetitions within a minute are counted.
pub async fn denied(app: &App, caller: &Caller, object: &str) {
    app.accounts.counts.count(Counted::Denied);
    let event = audit::Event::of(caller, "denied", object, "forbidden");
    app.accounts.tally.count(&app.accounts.store, event).await;
}

/// Starts what runs beside requests; it would start by itself with the first request.
pub fn start(app: &App) {
    keeper::ensure(&app.accounts);
}

/// Writes counted audit events before the program ends.
pub async fn finish(app: &App) {
    app.accounts.tally.flush(&app.accounts.store, true).await;
}

/// Those of the credentials that may be used now.
async fn identities(
    connection: &mut Connection,
    credentials: &[Credential],
) -> Result<Vec<Identity>, StoreError> {
    let (mut of_sessions, mut of_tokens) = (Vec::new(), Vec::new());
    for credential in credentials {
        match credential {
            Credential::Session(hash) => of_sessions.push(hash.to_vec()),
            Credential::Token(hash) => of_tokens.push(hash.to_vec()),
        }
    }
    let mut found = Vec::with_capacity(credentials.len());
    if !of_sessions.is_empty() {
        let rows = sessions::find(connection, of_sessions, SESSION_IDLE.as_secs_f64()).await?;
        found.extend(rows.into_iter().filter_map(Identity::of_session));
    }
    if !of_tokens.is_empty() {
        let rows = tokens::find(connection, of_tokens).await?;
        found.extend(rows.into_iter().filter_map(Identity::of_token));
    }
    Ok(found)
}

async fn within<T>(
    limit: Duration,
    work: impl Future<Output = Result<T, StoreError>>,
) -> Result<T, StoreError> {
    tokio::time::timeout(limit, work)
        .await
        .unwrap_or_else(|_| Err(StoreError::Unavailable("no answer in time".to_owned())))
}

fn unauthenticated() -> ApiError {
    ApiError::new(Code::Unauthenticated, "log in first")
}
