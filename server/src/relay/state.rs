//! What health says about the relay.

use std::sync::atomic::{AtomicBool, AtomicI64, AtomicU64, Ordering};

use serde::Serialize;

/// The relay as health shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct RelayState {
    /// Whether a Redis is configured at all.
    pub configured: bool,
    /// Whether messages of other servers arrive.
    pub subscribed: bool,
    /// Whether the last message could be sent.
    pub publishing: bool,
    /// Seconds since Redis last answered; none if it never did.
    pub age_s: Option<i64>,
    pub sent: u64,
    pub received: u64,
    /// Messages that could not be sent.
    pub failed: u64,
}

/// The same, as the tasks write it.
pub(super) struct State {
    configured: bool,
    subscribed: AtomicBool,
    publishing: AtomicBool,
    answered_at: AtomicI64,
    sent: AtomicU64,
    received: AtomicU64,
    failed: AtomicU64,
}

impl State {
    pub fn new(configured: bool) -> Self {
        Self {
            configured,
            subscribed: AtomicBool::new(false),
            publishing: AtomicBool::new(configured),
            answered_at: AtomicI64::new(0),
            sent: AtomicU64::new(0),
            received: AtomicU64::new(0),
            failed: AtomicU64::new(0),
        }
    }

    pub fn read(&self) -> RelayState {
        let answered = self.answered_at.load(Ordering::Relaxed);
        let age = (crate::time::now().timestamp_millis() - answered) / 1_000;
        RelayState {
            configured: self.configured,
            subscribed: self.subscribed(),
            publishing: self.publishing.load(Ordering::Relaxed),
            age_s: (answered > 0).then_some(age.max(0)),
            sent: self.sent.load(Ordering::Relaxed),
            received: self.received.load(Ordering::Relaxed),
            failed: self.failed.load(Ordering::Relaxed),
        }
    }

    pub fn subscribed(&self) -> bool {
        self.subscribed.load(Ordering::Acquire)
    }

    /// Notes that messages arrive, or no longer do; true if that is new.
    pub fn set_subscribed(&self, subscribed: bool) -> bool {
        if subscribed {
            self.answered();
        }
        self.subscribed.swap(subscribed, Ordering::AcqRel) != subscribed
    }

    /// Redis gave a sign of life.
    pub fn answered(&self) {
        self.answered_at
            .store(crate::time::now().timestamp_millis(), Ordering::Relaxed);
    }

    pub fn received(&self) {
        self.received.fetch_add(1, Ordering::Relaxed);
        self.answered();
    }

    /// Notes the outcome of sending a message.
    pub fn sent(&self, ok: bool) {
        self.publishing.store(ok, Ordering::Relaxed);
        if ok {
            self.sent.fetch_add(1, Ordering::Relaxed);
            self.answered();
        } else {
            self.failed.fetch_add(1, Ordering::Relaxed);
        }
    }
}
