//! Failed log-ins lock the pair of account and address for a growing time; nobody else is locked out by them.

use std::{
    collections::HashMap,
    sync::Arc,
    time::{Duration, Instant},
};

use parking_lot::Mutex;

use crate::store::{Connection, Store, StoreError, login_failures, transaction::detached};

/// Failures that lock.
pub const LOCKS_AT: i32 = 5;
/// First lock; it doubles with every further failure.
pub const FIRST_LOCK: Duration = Duration::from_secs(30);
/// Longest lock.
pub const LONGEST_LOCK: Duration = Duration::from_secs(15 * 60);
/// Failures are forgotten this long after the last one.
pub const FORGET: Duration = Duration::from_secs(3_600);
/// Pairs that are remembered in memory.
const PAIRS: usize = 10_000;

/// Account and address.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Pair {
    pub username: String,
    pub address: String,
}

/// How long a pair is locked after this many failures.
#[must_use]
pub fn lock_after(failures: i32) -> Duration {
    let Ok(beyond) = u32::try_from(failures - LOCKS_AT) else {
        return Duration::ZERO;
    };
    FIRST_LOCK
        .saturating_mul(2_u32.saturating_pow(beyond))
        .min(LONGEST_LOCK)
}

#[derive(Debug, Clone, Copy)]
struct Remembered {
    failures: i32,
    last: Instant,
    until: Instant,
}

type Turn = Arc<tokio::sync::Mutex<()>>;

/// PostgreSQL keeps the counts for all servers; memory repeats them for this one, should it be away.
#[derive(Default)]
pub struct Lockout {
    pairs: Mutex<HashMap<Pair, Remembered>>,
    /// Tries of one pair take turns, so that none slips past the count.
    turns: Mutex<HashMap<Pair, Turn>>,
}

impl Lockout {
    /// Waits until it is this pair's turn; hold what it returns during the try.
    pub async fn turn(&self, pair: &Pair) -> tokio::sync::OwnedMutexGuard<()> {
        let turn = {
            let mut turns = self.turns.lock();
            turns.retain(|_, turn| Arc::strong_count(turn) > 1);
            Arc::clone(turns.entry(pair.clone()).or_default())
        };
        turn.lock_owned().await
    }

    /// Failures so far, and how long the pair is still locked.
    ///
    /// # Errors
    /// If the database is away.
    pub async fn state(
        &self,
        connection: &mut Connection,
        pair: &Pair,
    ) -> Result<(i32, Duration), StoreError> {
        let forget = FORGET.as_secs_f64();
        let row = login_failures::find(connection, &pair.username, &pair.address, forget).await?;
        let (failures, locked) = self.remembered(pair, Instant::now());
        let stored = Duration::from_millis(u64::try_from(row.locked_ms).unwrap_or(0));
        Ok((failures.max(row.failures), locked.max(stored)))
    }

    /// Counts a failure after `before` others.
    pub async fn failed(&self, store: &Store, pair: &Pair, before: i32) {
        if crate::mutant::is("no_lockout") {
            return;
        }
        let failures = before.saturating_add(1);
        self.remember(pair, failures, Instant::now());
        let (stored, lock) = (pair.clone(), lock_after(failures).as_secs_f64());
        let written = detached(store, move |connection| {
            Box::pin(async move {
                let Pair { username, address } = &stored;
                login_failures::store(connection, username, address, failures, lock).await
            })
        })
        .await;
        if let Err(error) = written {
            tracing::warn!(%error, "a failed log-in is remembered by this server only");
        }
    }

    /// Forgets a pair's failures.
    pub fn succeeded(&self, pair: &Pair) {
        self.pairs.lock().remove(pair);
    }

    fn remembered(&self, pair: &Pair, now: Instant) -> (i32, Duration) {
        let pairs = self.pairs.lock();
        match pairs.get(pair) {
            Some(known) if now.duration_since(known.last) < FORGET => {
                (known.failures, known.until.saturating_duration_since(now))
            }
            _ => (0, Duration::ZERO),
        }
    }

    fn remember(&self, pair: &Pair, failures: i32, now: Instant) {
        let mut pairs = self.pairs.lock();
        if pairs.len() >= PAIRS && !pairs.contains_key(pair) {
            pairs.retain(|_, known| now.duration_since(known.last) < FORGET && known.until > now);
            if pairs.len() >= PAIRS {
                return;
            }
        }
        let known = Remembered {
            failures,
            last: now,
            until: now + lock_after(failures),
        };
        pairs.insert(pair.clone(), known);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fifth_failure_locks_and_locks_grow() {
        let seconds: Vec<_> = (0..12).map(|n| lock_after(n).as_secs()).collect();
        assert_eq!(seconds, [0, 0, 0, 0, 0, 30, 60, 120, 240, 480, 900, 900]);
        assert_eq!(lock_after(i32::MAX), LONGEST_LOCK);
        assert_eq!(lock_after(i32::MIN + 10), Duration::ZERO);
    }

    #[test]
    fn a_stranger_locks_only_his_own_address() {
        let lockout = Lockout::default();
        let pair = |address: &str| Pair {
            username: "dispatcher".to_owned(),
            address: address.to_owned(),
        };
        let now = Instant::now();
        lockout.remember(&pair("203.0.113.9"), 7, now);
        assert_eq!(
            lockout.remembered(&pair("203.0.113.9"), now).1.as_secs(),
            120
        );
        assert_eq!(
            lockout.remembered(&pair("10.0.0.5"), now),
            (0, Duration::ZERO)
        );
        let later = now + FORGET;
        assert_eq!(lockout.remembered(&pair("203.0.113.9"), later).0, 0);
        lockout.succeeded(&pair("203.0.113.9"));
        assert_eq!(lockout.remembered(&pair("203.0.113.9"), now).0, 0);
    }

    #[test]
    fn memory_is_bounded() {
        let lockout = Lockout::default();
        for number in 0..PAIRS + 100 {
            let pair = Pair {
                username: number.to_string(),
                address: String::new(),
            };
            lockout.remember(&pair, 9, Instant::now());
        }
        assert!(lockout.pairs.lock().len() <= PAIRS);
    }
}
