//! What the database says about a credential.

use std::{sync::Arc, time::Duration};

use chiyuan_core::{Actor, DivisionCode, EntityId, Role, Timestamp, text::Name};

use crate::{
    api::caller::{Credential, Holder},
    store::{sessions::OpenSession, tokens::TokenRow},
    time,
};

/// Whose rate limit a credential counts on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Owner {
    Account(i64),
    Token(i64),
}

/// Who a credential belongs to and how long it lasts.
#[derive(Debug, Clone)]
pub struct Identity {
    pub holder: Arc<Holder>,
    pub owner: Owner,
    /// Until the absolute limit; tokens have none.
    pub left: Option<Duration>,
    pub expires_at: Option<Timestamp>,
    /// Since its last use.
    pub idle: Duration,
}

impl Identity {
    /// Of a session; none if its row makes no sense, which is logged.
    #[must_use]
    pub fn of_session(row: OpenSession) -> Option<Self> {
        let hash = row.token_hash.as_slice().try_into().ok()?;
        let actor = actor(
            format!("user:{}", row.username),
            &row.role,
            row.jurisdiction.as_deref(),
            row.unit_id.as_deref(),
        )?;
        Some(Self {
            holder: Arc::new(Holder {
                actor,
                username: row.username,
                display_name: row.display_name,
                credential: Credential::Session(hash),
                source: None,
            }),
            owner: Owner::Account(row.account_id),
            left: Some(duration(row.left_ms)),
            expires_at: Some(time::millis(row.expires_at)),
            idle: duration(row.idle_ms),
        })
    }

    /// Of a token; none if its row makes no sense, which is logged.
    #[must_use]
    pub fn of_token(row: TokenRow) -> Option<Self> {
        let hash = row.token_hash.as_slice().try_into().ok()?;
        let actor = actor(
            format!("token:{}", row.name),
            &row.role,
            row.jurisdiction.as_deref(),
            row.unit_id.as_deref(),
        )?;
        Some(Self {
            holder: Arc::new(Holder {
                actor,
                username: row.name,
                display_name: String::new(),
                credential: Credential::Token(hash),
                source: row.source,
            }),
            owner: Owner::Token(row.id),
            left: None,
            expires_at: None,
            idle: Duration::ZERO,
        })
    }

    #[cfg(test)]
    pub fn for_tests(credential: Credential, idle: Duration, left: Duration) -> Self {
        let actor = actor("user:test".to_owned(), "dispatcher", None, None);
        Self {
            holder: Arc::new(Holder {
                actor: actor.unwrap(),
                username: "test".to_owned(),
                display_name: String::new(),
                credential,
                source: None,
            }),
            owner: Owner::Account(1),
            left: Some(left),
            expires_at: None,
            idle,
        }
    }
}

fn duration(millis: i64) -> Duration {
    Duration::from_millis(u64::try_from(millis).unwrap_or(0))
}

/// Closed by default: a role, place or unit that this program does not know is nobody.
fn actor(
    name: String,
    role: &str,
    jurisdiction: Option<&str>,
    unit: Option<&str>,
) -> Option<Actor> {
    let actor = || {
        Some(Actor {
            name: Name::new(&name).ok()?,
            role: Role::parse(role)?,
            jurisdiction: jurisdiction.map(DivisionCode::new).transpose().ok()?,
            unit: unit.map(EntityId::new).transpose().ok()?,
        })
    };
    let actor = actor();
    if actor.is_none() {
        tracing::error!(%name, %role, "an account or token is not readable");
    }
    actor
}
