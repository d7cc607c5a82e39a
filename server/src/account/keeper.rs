//! Keeps remembered credentials fresh: one query for all of them, twice a second, beside the requests.

use std::{
    sync::{
        Arc, Weak,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use super::{Accounts, SESSION_IDLE, cache::monotonic, identities, lockout::FORGET, within};
use crate::store::{StoreError, login_failures, sessions};

/// How often the database is asked.
const EVERY: Duration = Duration::from_millis(400);
/// An answer that takes longer counts as none.
const ANSWER_WITHIN: Duration = Duration::from_millis(450);
/// A keeper silent for this long has ended with its runtime; another takes over.
const SILENT: Duration = Duration::from_secs(3);
/// Rounds between writing counted audit events and last uses.
const WRITE_ROUNDS: u64 = 25;
/// Rounds between deleting what has ended.
const CLEAN_ROUNDS: u64 = 1_500;

/// When the keeper last gave a sign of life, milliseconds of [`monotonic`]; 0 is never.
#[derive(Default)]
pub struct Beat(AtomicU64);

impl Beat {
    fn now() -> u64 {
        u64::try_from(monotonic().as_millis())
            .unwrap_or(u64::MAX)
            .max(1)
    }

    fn beat(&self) {
        self.0.store(Self::now(), Ordering::Relaxed);
    }

    /// Whether the caller shall start a keeper.
    fn take_over(&self) -> bool {
        let (last, now) = (self.0.load(Ordering::Relaxed), Self::now());
        let silent = u64::try_from(SILENT.as_millis()).unwrap_or(u64::MAX);
        if last != 0 && now.saturating_sub(last) < silent {
            return false;
        }
        self.0
            .compare_exchange(last, now, Ordering::Relaxed, Ordering::Relaxed)
            .is_ok()
    }
}

/// Starts the keeper unless one is at work.
pub fn ensure(accounts: &Arc<Accounts>) {
    if accounts.keeper.take_over() {
        tokio::spawn(run(Arc::downgrade(accounts)));
    }
}

async fn run(accounts: Weak<Accounts>) {
    let mut ticks = tokio::time::interval(EVERY);
    ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    let mut round: u64 = 0;
    loop {
        ticks.tick().await;
        let Some(accounts) = accounts.upgrade() else {
            return;
        };
        accounts.keeper.beat();
        let answered = within(ANSWER_WITHIN, refresh(&accounts)).await;
        accounts.cache.set_away(answered.is_err());
        round += 1;
        if answered.is_ok() && round.is_multiple_of(WRITE_ROUNDS) {
            tokio::spawn(write(accounts, round.is_multiple_of(CLEAN_ROUNDS)));
        }
    }
}

async fn refresh(accounts: &Accounts) -> Result<(), StoreError> {
    let asked = accounts.cache.in_use();
    let mut connection = accounts.store.write().await?;
    let found = identities(&mut connection, &asked).await?;
    connection.done();
    accounts
        .cache
        .confirm(&asked, &found, |owner| accounts.rates.of(owner));
    Ok(())
}

async fn write(accounts: Arc<Accounts>, clean: bool) {
    accounts.tally.flush(&accounts.store, false).await;
    let written = within(Duration::from_secs(3), async {
        let unseen = accounts.cache.unseen();
        if unseen.is_empty() && !clean {
            return Ok(());
        }
        let mut connection = accounts.store.write().await?;
        sessions::touch(&mut connection, unseen).await?;
        if clean {
            sessions::remove_ended(&mut connection, SESSION_IDLE.as_secs_f64()).await?;
            login_failures::remove_forgotten(&mut connection, FORGET.as_secs_f64()).await?;
        }
        connection.done();
        Ok(())
    });
    if let Err(error) = written.await {
        tracing::warn!(%error, "the last use of sessions was not written");
    }
}
