//! Credentials that were good a moment ago, so that a request costs no database round trip and screens survive
//! a database that is away.

use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{
        Arc, LazyLock,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use chiyuan_core::{Actor, Timestamp};
use parking_lot::RwLock;
use tokio::sync::watch;

use super::{
    SESSION_IDLE,
    bucket::Bucket,
    identity::{Identity, Owner},
};
use crate::api::caller::{Caller, Credential, Holder};

/// A check is good for this long while the database answers; what is revoked elsewhere ends within it.
pub const FRESH: Duration = Duration::from_millis(900);
/// While the database is away, the last good check is good for this long.
pub const OUTAGE_GRACE: Duration = Duration::from_secs(15 * 60);
/// Credentials that are remembered; the one unused for longest makes room.
pub const ENTRIES: usize = 10_000;
/// How often a session's last use is written.
const SEEN_EVERY: Duration = Duration::from_secs(60);

/// Time since the program started; unlike the wall clock it never jumps, so a session can only get shorter.
#[must_use]
pub fn monotonic() -> Duration {
    static START: LazyLock<Instant> = LazyLock::new(Instant::now);
    START.elapsed()
}

fn millis() -> u64 {
    as_millis(monotonic())
}

fn as_millis(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}

/// Moves a moment forward. Within its millisecond it is only read: many requests of one account share the entry, and
/// each write would take its memory from the other workers.
fn raise(moment: &AtomicU64, now: u64) {
    if moment.load(Ordering::Relaxed) < now {
        moment.fetch_max(now, Ordering::Relaxed);
    }
}

/// How a remembered credential stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// May be used.
    Valid,
    /// The database must be asked.
    Stale,
    /// Its time is over.
    Ended,
}

/// A remembered credential. Moments are milliseconds of [`monotonic`].
#[derive(Debug)]
pub struct Entry {
    holder: Arc<Holder>,
    owner: Owner,
    rate: Arc<Bucket>,
    expires_at: Option<Timestamp>,
    ends: u64,
    idles: bool,
    /// When the database last confirmed it.
    checked: AtomicU64,
    /// When a request last used it.
    active: AtomicU64,
    /// Last use that the database knows.
    stored: AtomicU64,
    /// When anybody last asked for it.
    asked: AtomicU64,
}

impl Entry {
    /// What the database just said.
    #[must_use]
    pub fn new(identity: &Identity, rate: Arc<Bucket>) -> Self {
        let now = millis();
        let active = now.saturating_sub(as_millis(identity.idle));
        Self {
            holder: Arc::clone(&identity.holder),
            owner: identity.owner,
            rate,
            expires_at: identity.expires_at,
            ends: identity
                .left
                .map_or(u64::MAX, |left| now.saturating_add(as_millis(left))),
            idles: identity.left.is_some(),
            checked: AtomicU64::new(now),
            active: AtomicU64::new(active),
            stored: AtomicU64::new(active),
            asked: AtomicU64::new(now),
        }
    }

    /// The caller, at the address the request came from.
    #[must_use]
    pub fn caller(&self, address: IpAddr) -> Caller {
        Caller {
            holder: Arc::clone(&self.holder),
            address,
        }
    }

    /// What the credential allows now.
    #[must_use]
    pub fn actor(&self) -> &Actor {
        &self.holder.actor
    }

    /// Its rate limit.
    #[must_use]
    pub fn rate(&self) -> &Bucket {
        &self.rate
    }

    /// When the session ends at the latest.
    #[must_use]
    pub fn expires_at(&self) -> Option<Timestamp> {
        self.expires_at
    }

    /// Notes a request.
    pub fn used(&self) {
        raise(&self.active, millis());
    }

    fn standing_at(&self, now: u64, away: bool) -> Standing {
        let idle = now.saturating_sub(self.active.load(Ordering::Relaxed));
        if now >= self.ends || (self.idles && idle >= as_millis(SESSION_IDLE)) {
            return Standing::Ended;
        }
        let age = now.saturating_sub(self.checked.load(Ordering::Relaxed));
        if age <= as_millis(FRESH) || (away && age <= as_millis(OUTAGE_GRACE)) {
            Standing::Valid
        } else {
            Standing::Stale
        }
    }

    /// Takes over what happened to an entry that this one replaces.
    fn follow(&self, before: &Self) {
        for (mine, other) in [
            (&self.active, &before.active),
            (&self.stored, &before.stored),
        ] {
            mine.fetch_max(other.load(Ordering::Relaxed), Ordering::Relaxed);
        }
        self.asked
            .store(before.asked.load(Ordering::Relaxed), Ordering::Relaxed);
    }
}

/// The remembered credentials of this server.
#[derive(Default)]
pub struct Cache {
    entries: RwLock<HashMap<Credential, Arc<Entry>>>,
    /// Rises with every removal, so that an answer asked for before it is not remembered after it.
    generation: AtomicU64,
    away: AtomicBool,
    /// Tells whoever is served for long that a remembered credential has ended or has other rights now.
    endings: Endings,
}

struct Endings(watch::Sender<()>);

impl Default for Endings {
    fn default() -> Self {
        Self(watch::channel(()).0)
    }
}

impl Cache {
    /// The entry of a credential.
    #[must_use]
    pub fn get(&self, credential: &Credential) -> Option<Arc<Entry>> {
        let entry = self.entries.read().get(credential).cloned()?;
        raise(&entry.asked, millis());
        Some(entry)
    }

    /// How an entry stands now.
    #[must_use]
    pub fn standing(&self, entry: &Entry) -> Standing {
        entry.standing_at(millis(), self.away.load(Ordering::Relaxed))
    }

    /// Whether an entry may be used although the database just failed to confirm it.
    #[must_use]
    pub fn bridges_outage(&self, entry: &Entry) -> bool {
        self.set_away(true);
        self.standing(entry) == Standing::Valid
    }

    /// Remembers whether the database is away.
    pub fn set_away(&self, away: bool) {
        if self.away.swap(away, Ordering::Relaxed) != away {
            tracing::warn!(away, "sessions: the database changed its state");
        }
    }

    /// To be asked before the database is.
    #[must_use]
    pub fn generation(&self) -> u64 {
        self.generation.load(Ordering::SeqCst)
    }

    /// Remembers an entry, unless something was removed since `generation`.
    pub fn insert(&self, credential: Credential, entry: Arc<Entry>, generation: u64) {
        let mut entries = self.entries.write();
        if self.generation() != generation {
            return;
        }
        if entries.len() >= ENTRIES && !entries.contains_key(&credential) {
            let oldest = entries
                .iter()
                .min_by_key(|(_, entry)| entry.asked.load(Ordering::Relaxed))
                .map(|(credential, _)| *credential);
            if let Some(oldest) = oldest {
                entries.remove(&oldest);
            }
        }
        if let Some(before) = entries.get(&credential) {
            entry.follow(before);
        }
        entries.insert(credential, entry);
    }

    /// Forgets a credential.
    pub fn remove(&self, credential: &Credential) {
        if crate::mutant::is("revoked_session_stays") {
            return;
        }
        let mut entries = self.entries.write();
        self.generation.fetch_add(1, Ordering::SeqCst);
        let known = entries.remove(credential).is_some();
        drop(entries);
        // What nobody knew ends nothing: strangers cannot keep everybody busy.
        if known {
            self.endings.0.send_replace(());
        }
    }

    /// Changes whenever a remembered credential ends or gets other rights.
    #[must_use]
    pub fn endings(&self) -> watch::Receiver<()> {
        self.endings.0.subscribe()
    }

    /// Every remembered credential that somebody asked for lately; forgets the others.
    #[must_use]
    pub fn in_use(&self) -> Vec<Credential> {
        let now = millis();
        let keep = |entry: &Entry| {
            now.saturating_sub(entry.asked.load(Ordering::Relaxed)) <= as_millis(OUTAGE_GRACE)
        };
        let mut entries = self.entries.write();
        entries.retain(|_, entry| keep(entry));
        entries.keys().copied().collect()
    }

    /// Takes in the database's answer about `asked`: what it did not confirm is forgotten.
    pub fn confirm(
        &self,
        asked: &[Credential],
        found: &[Identity],
        rate: impl Fn(Owner) -> Arc<Bucket>,
    ) {
        let found: HashMap<_, _> = found
            .iter()
            .map(|identity| (identity.holder.credential, identity))
            .collect();
        for credential in asked {
            let Some(identity) = found.get(credential) else {
                self.remove(credential);
                continue;
            };
            let Some(entry) = self.entries.read().get(credential).cloned() else {
                continue;
            };
            if entry.holder == identity.holder {
                let used = millis().saturating_sub(as_millis(identity.idle));
                entry.checked.fetch_max(millis(), Ordering::Relaxed);
                entry.active.fetch_max(used, Ordering::Relaxed);
                entry.stored.fetch_max(used, Ordering::Relaxed);
            } else {
                let generation = self.generation();
                let entry = Arc::new(Entry::new(identity, rate(entry.owner)));
                self.insert(*credential, entry, generation);
                self.endings.0.send_replace(());
            }
        }
    }

    /// Sessions whose last use the database should learn; they count as told.
    #[must_use]
    pub fn unseen(&self) -> Vec<Vec<u8>> {
        let mut unseen = Vec::new();
        for (credential, entry) in self.entries.read().iter() {
            let Credential::Session(hash) = credential else {
                continue;
            };
            let active = entry.active.load(Ordering::Relaxed);
            let stored = entry.stored.load(Ordering::Relaxed);
            if active.saturating_sub(stored) >= as_millis(SEEN_EVERY) {
                entry.stored.store(active, Ordering::Relaxed);
                unseen.push(hash.to_vec());
            }
        }
        unseen
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn identity(number: u8, idle_s: u64, left_s: u64) -> Identity {
        Identity::for_tests(
            Credential::Session([number; 32]),
            Duration::from_secs(idle_s),
            Duration::from_secs(left_s),
        )
    }

    fn entry(idle_s: u64, left_s: u64) -> Entry {
        Entry::new(&identity(1, idle_s, left_s), Arc::new(Bucket::new(None, 1)))
    }

    #[test]
    fn limits_of_time() {
        let hour = 3_600_000;
        let session = entry(0, 12 * 3_600);
        let now = millis();
        assert_eq!(session.standing_at(now, false), Standing::Valid);
        assert_eq!(session.standing_at(now + 2_000, false), Standing::Stale);
        assert_eq!(
            session.standing_at(now + 14 * 60_000, true),
            Standing::Valid
        );
        assert_eq!(
            session.standing_at(now + 16 * 60_000, true),
            Standing::Stale
        );
        assert_eq!(session.standing_at(now + 8 * hour, true), Standing::Ended);
        session.active.store(now + 11 * hour, Ordering::Relaxed);
        session.checked.store(now + 11 * hour, Ordering::Relaxed);
        assert_eq!(session.standing_at(now + 11 * hour, false), Standing::Valid);
        assert_eq!(session.standing_at(now + 12 * hour, false), Standing::Ended);
    }

    #[test]
    fn a_removal_outruns_an_answer_on_its_way() {
        let cache = Cache::default();
        let credential = Credential::Session([1; 32]);
        let generation = cache.generation();
        cache.remove(&credential);
        cache.insert(credential, Arc::new(entry(0, 60)), generation);
        assert!(cache.get(&credential).is_none());
    }

    #[test]
    fn the_cache_is_bounded() {
        let cache = Cache::default();
        for number in 0..ENTRIES + 5 {
            let mut hash = [0; 32];
            hash[..8].copy_from_slice(&number.to_be_bytes());
            cache.insert(
                Credential::Session(hash),
                Arc::new(entry(0, 60)),
                cache.generation(),
            );
        }
        assert_eq!(cache.in_use().len(), ENTRIES);
    }

    #[test]
    fn what_the_database_does_not_confirm_is_forgotten() {
        let cache = Cache::default();
        let (kept, ended) = (Credential::Session([1; 32]), Credential::Session([2; 32]));
        for credential in [kept, ended] {
            cache.insert(credential, Arc::new(entry(0, 60)), cache.generation());
        }
        cache.confirm(&[kept, ended], &[identity(1, 0, 60)], |_| {
            Arc::new(Bucket::new(None, 1))
        });
        assert!(cache.get(&kept).is_some());
        assert!(cache.get(&ended).is_none());
    }
}
