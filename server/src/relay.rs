//! Redis relays hints and fixes between servers; it never holds a decision.

mod follow;
mod frame;
mod outbox;
mod poll;
mod publish;
mod state;
mod subscribe;

pub use state::RelayState;

use std::{sync::Arc, time::Duration};

use chiyuan_core::{EntityId, WorldId};

use self::{outbox::Outbox, state::State};
use crate::{app::App, picture::Fix};

/// Every Redis call ends within this time (rule D31).
const CALL_WITHIN: Duration = Duration::from_millis(100);

/// What this server tells others, and what it knows of its own connection.
pub struct Relay {
    /// Random name of this server, by which it knows its own messages.
    me: String,
    outbox: Outbox,
    state: State,
}

impl Relay {
    /// A relay that is not running yet.
    #[must_use]
    pub fn new(configured: bool) -> Self {
        Self {
            me: uuid::Uuid::now_v7().simple().to_string(),
            outbox: Outbox::new(configured),
            state: State::new(configured),
        }
    }

    /// Passes on fixes that were accepted here; never waits.
    pub fn fixes(&self, world: &WorldId, fixes: &[(EntityId, Arc<Fix>)]) {
        self.outbox.fixes(world, fixes);
    }

    /// Passes on that the journal of a world has grown; never waits.
    fn hint(&self, world: &WorldId, seq: u64) {
        self.outbox.hint(world, seq);
    }

    /// For health: whether Redis is configured and relays, and since when it does not.
    #[must_use]
    pub fn state(&self) -> RelayState {
        self.state.read()
    }
}

/// Starts the relay: worlds made by other servers are followed, hints and fixes go out and come in, and while Redis
/// is away latest fixes are polled from the database.
pub fn start(app: &Arc<App>) {
    tokio::spawn(follow::worlds(Arc::clone(app)));
    tokio::spawn(poll::last_fixes(Arc::clone(app)));
    let Some(url) = app.config.redis_url.clone() else {
        return;
    };
    match redis::Client::open(url) {
        Ok(client) => {
            tokio::spawn(publish::run(Arc::clone(app), client.clone()));
            tokio::spawn(subscribe::run(Arc::clone(app), client));
        }
        Err(error) => tracing::error!(%error, "REDIS_URL is wrong; this server goes on alone"),
    }
}

/// Prefix of the channels: the database and the live world's epoch, so that servers of different databases on one
/// Redis never hear each other.
fn prefix(app: &App) -> Option<String> {
    app.world("live")
        .map(|live| format!("chiyuan:{}", live.epoch()))
}
