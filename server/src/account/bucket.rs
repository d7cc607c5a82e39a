//! Rate limits: a token bucket per account, token and address, kept as one number each (GCRA).

use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{
        Arc, Weak,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use parking_lot::Mutex;

use super::{cache::monotonic, identity::Owner};

/// Addresses that are told apart; more share one bucket.
const ADDRESSES: usize = 10_000;
/// Accounts and tokens whose bucket is remembered.
const OWNERS: usize = 10_000;
/// An address may send this many seconds' worth at once: a desk that opens loads dozens of files.
const ADDRESS_BURST_S: u32 = 4;

/// How long to wait before the next request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wait(Duration);

impl Wait {
    /// In whole seconds, at least one, as Retry-After says it.
    #[must_use]
    pub fn whole_seconds(self) -> u64 {
        self.0.as_secs() + 1
    }
}

/// A bucket that fills at a steady rate.
#[derive(Debug)]
pub struct Bucket {
    /// Nanoseconds between requests; 0 is no limit.
    interval: u64,
    /// Nanoseconds' worth that may be taken at once.
    depth: u64,
    /// Moment at which the bucket is full again, nanoseconds of [`monotonic`].
    full_at: AtomicU64,
}

impl Bucket {
    /// `rate` a second, `burst_s` seconds' worth at once; none is no limit.
    #[must_use]
    pub fn new(rate: Option<u32>, burst_s: u32) -> Self {
        Self {
            interval: rate.map_or(0, |rate| 1_000_000_000 / u64::from(rate.max(1))),
            depth: u64::from(burst_s) * 1_000_000_000,
            full_at: AtomicU64::new(0),
        }
    }

    /// Takes one now.
    ///
    /// # Errors
    /// How long to wait, if the bucket is empty.
    pub fn charge(&self) -> Result<(), Wait> {
        self.charge_at(nanos())
    }

    fn charge_at(&self, now: u64) -> Result<(), Wait> {
        if self.interval == 0 {
            return Ok(());
        }
        let taken = self
            .full_at
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, |full_at| {
                let next = full_at.max(now) + self.interval;
                (next <= now + self.depth.max(self.interval)).then_some(next)
            });
        taken.map(|_| ()).map_err(|full_at| {
            Wait(Duration::from_nanos(
                (full_at + self.interval).saturating_sub(now + self.depth),
            ))
        })
    }

    fn is_full(&self, now: u64) -> bool {
        self.full_at.load(Ordering::Relaxed) <= now
    }
}

fn nanos() -> u64 {
    u64::try_from(monotonic().as_nanos()).unwrap_or(u64::MAX / 2)
}

/// Every bucket of this server.
pub struct Rates {
    rate: Option<u32>,
    owners: Mutex<HashMap<Owner, Weak<Bucket>>>,
    addresses: Mutex<HashMap<IpAddr, Bucket>>,
    /// For addresses that came when the table was full.
    others: Bucket,
}

impl Rates {
    /// `rate` requests a second for each; none is no limit.
    #[must_use]
    pub fn new(rate: Option<u32>) -> Self {
        Self {
            rate,
            owners: Mutex::default(),
            addresses: Mutex::default(),
            others: Bucket::new(rate, ADDRESS_BURST_S),
        }
    }

    /// The bucket of an account or token, shared by all its sessions.
    #[must_use]
    pub fn of(&self, owner: Owner) -> Arc<Bucket> {
        let mut owners = self.owners.lock();
        if let Some(bucket) = owners.get(&owner).and_then(Weak::upgrade) {
            return bucket;
        }
        if owners.len() >= OWNERS {
            owners.retain(|_, bucket| bucket.strong_count() > 0);
        }
        let bucket = Arc::new(Bucket::new(self.rate, 1));
        owners.insert(owner, Arc::downgrade(&bucket));
        bucket
    }

    /// Takes one from an address's bucket.
    ///
    /// # Errors
    /// How long to wait, if it is empty.
    pub fn charge_address(&self, address: IpAddr) -> Result<(), Wait> {
        if self.rate.is_none() {
            return Ok(());
        }
        let now = nanos();
        let mut addresses = self.addresses.lock();
        if let Some(bucket) = addresses.get(&address) {
            return bucket.charge_at(now);
        }
        if addresses.len() >= ADDRESSES {
            addresses.retain(|_, bucket| !bucket.is_full(now));
        }
        if addresses.len() >= ADDRESSES {
            return self.others.charge_at(now);
        }
        addresses
            .entry(address)
            .or_insert_with(|| Bucket::new(self.rate, ADDRESS_BURST_S))
            .charge_at(now)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: u64 = 1_000_000_000;

    #[test]
    fn a_bucket_gives_its_rate_and_no_more() {
        let bucket = Bucket::new(Some(10), 1);
        let start = 5 * SECOND;
        let at_once = (0..50).filter(|_| bucket.charge_at(start).is_ok()).count();
        assert_eq!(at_once, 10);
        assert_eq!(bucket.charge_at(start).map_err(Wait::whole_seconds), Err(1));
        let later: usize = (1..=20)
            .map(|tenth| usize::from(bucket.charge_at(start + tenth * SECOND / 10).is_ok()))
            .sum();
        assert_eq!(later, 20);
    }

    #[test]
    fn a_long_rest_does_not_save_up() {
        let bucket = Bucket::new(Some(10), 1);
        let start = 1_000 * SECOND;
        assert_eq!(
            (0..50).filter(|_| bucket.charge_at(start).is_ok()).count(),
            10
        );
        let later = start + 500 * SECOND;
        assert_eq!(
            (0..50).filter(|_| bucket.charge_at(later).is_ok()).count(),
            10
        );
    }

    #[test]
    fn off_is_off() {
        let bucket = Bucket::new(None, 1);
        assert!((0..100_000).all(|_| bucket.charge_at(1).is_ok()));
    }

    #[test]
    fn accounts_share_a_bucket_and_addresses_are_bounded() {
        let rates = Rates::new(Some(2));
        let (first, again) = (rates.of(Owner::Account(1)), rates.of(Owner::Account(1)));
        assert!(Arc::ptr_eq(&first, &again));
        assert!(!Arc::ptr_eq(&first, &rates.of(Owner::Token(1))));
        for number in 0..20_000_u32 {
            let _ = rates.charge_address(IpAddr::from(number.to_be_bytes()));
        }
        assert!(rates.addresses.lock().len() <= ADDRESSES);
    }
}
