//! The open sockets of this server: limits, counters, and closing them from outside.

use std::{
    collections::HashMap,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::Duration,
};

use parking_lot::Mutex;
use tokio::sync::watch;

use super::{client::Client, inbound::Closing, socket::Socket};
use crate::api::error::{ApiError, Code};

/// Most feeds of one account.
pub const MAX_PER_ACCOUNT: usize = 64;
/// Most feeds of the server.
pub const MAX_TOTAL: usize = 2_000;
/// Close code for a session that has ended (S8).
pub const SESSION_ENDED: u16 = 4401;
/// Close code for an account whose rights have changed (S8, S20).
pub const RIGHTS_CHANGED: u16 = 4403;

/// Close code of a server that stops.
const RESTARTING: u16 = 1012;
/// Sockets that are still open this long after a shutdown began are cut.
const SHUTDOWN_WITHIN: Duration = Duration::from_millis(1_900);

/// How long a peer may be silent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Patience {
    /// Looks at a connection between two pings; see [`super::connection::TICK`].
    pub ping_ticks: u32,
    /// A peer that answers nothing for this long is gone (D3).
    pub silent_after: Duration,
}

impl Default for Patience {
    /// A ping every 10 s, and the end after 20 s.
    fn default() -> Self {
        Self {
            ping_ticks: 20,
            silent_after: Duration::from_secs(20),
        }
    }
}

struct Open {
    account: String,
    client: Arc<Client>,
    socket: Option<Socket>,
}

#[derive(Default)]
struct Table {
    next: u64,
    open: HashMap<u64, Open>,
    /// Reserved or open, by account.
    accounts: HashMap<String, usize>,
    total: usize,
}

/// Numbers for the metrics.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Figures {
    pub connections: u64,
    /// Since the start.
    pub opened: u64,
    pub refused: u64,
    pub messages_sent: u64,
    pub bytes_sent: u64,
    /// Cut because they did not take what they were sent.
    pub slow_cuts: u64,
    /// Cut because nothing came back from them.
    pub silent_cuts: u64,
    /// Closed for what they sent.
    pub misbehaved: u64,
}

impl Figures {
    /// What has been counted since the start, by name.
    #[must_use]
    pub fn events(&self) -> [(&'static str, u64); 7] {
        [
            ("opened", self.opened),
            ("refused", self.refused),
            ("message_sent", self.messages_sent),
            ("byte_sent", self.bytes_sent),
            ("slow_cut", self.slow_cuts),
            ("silent_cut", self.silent_cuts),
            ("misbehaved", self.misbehaved),
        ]
    }
}

/// Counters of one server.
#[derive(Default)]
pub struct Counters {
    pub opened: AtomicU64,
    pub refused: AtomicU64,
    pub messages_sent: AtomicU64,
    pub bytes_sent: AtomicU64,
    pub slow_cuts: AtomicU64,
    pub silent_cuts: AtomicU64,
    pub misbehaved: AtomicU64,
}

/// Every open feed.
pub struct Connections {
    table: Mutex<Table>,
    ending: AtomicBool,
    pub counters: Counters,
    pub(super) patience: Patience,
    count: watch::Sender<usize>,
}

impl Default for Connections {
    fn default() -> Self {
        Self::with_patience(Patience::default())
    }
}

impl Connections {
    /// No feed is open yet; how long peers may be silent.
    #[must_use]
    pub fn with_patience(patience: Patience) -> Self {
        Self {
            table: Mutex::default(),
            ending: AtomicBool::new(false),
            counters: Counters::default(),
            patience,
            count: watch::channel(0).0,
        }
    }

    /// A place for one more feed of an account.
    ///
    /// # Errors
    /// [`Code::Overloaded`] at either limit, [`Code::NotReady`] while the server stops.
    pub fn admit(self: &Arc<Self>, account: &str) -> Result<Place, ApiError> {
        if self.ending.load(Ordering::Acquire) {
            return Err(ApiError::new(Code::NotReady, "the server is stopping"));
        }
        let mut table = self.table.lock();
        let of_account = table.accounts.get(account).copied().unwrap_or(0);
        if table.total >= MAX_TOTAL || of_account >= MAX_PER_ACCOUNT {
            self.counters.refused.fetch_add(1, Ordering::Relaxed);
            return Err(ApiError::new(Code::Overloaded, "too many feeds are open").retry_after(5));
        }
        table.total += 1;
        *table.accounts.entry(account.to_owned()).or_default() += 1;
        table.next += 1;
        self.count.send_replace(table.total);
        self.counters.opened.fetch_add(1, Ordering::Relaxed);
        Ok(Place {
            number: table.next,
            account: account.to_owned(),
            connections: Arc::clone(self),
        })
    }

    /// Closes the feeds of an account, as when its session ends or its rights change.
    pub fn close_account(&self, account: &str, closing: &Closing) {
        let table = self.table.lock();
        for open in table.open.values().filter(|open| open.account == account) {
            open.client.close(closing.clone());
        }
    }

    /// Closes every feed with 1012 and takes no more; returns when all are gone, within 2 s.
    pub async fn shut_down(&self) {
        self.ending.store(true, Ordering::Release);
        let closing = Closing::new(RESTARTING, "the server restarts");
        for open in self.table.lock().open.values() {
            open.client.close(closing.clone());
        }
        let mut count = self.count.subscribe();
        let empty = count.wait_for(|count| *count == 0);
        if tokio::time::timeout(SHUTDOWN_WITHIN, empty).await.is_ok() {
            return;
        }
        for socket in self
            .table
            .lock()
            .open
            .values()
            .filter_map(|open| open.socket.as_ref())
        {
            socket.cut();
        }
    }

    /// Numbers for the metrics.
    #[must_use]
    pub fn figures(&self) -> Figures {
        let read = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
        let counters = &self.counters;
        Figures {
            connections: self.table.lock().total as u64,
            opened: read(&counters.opened),
            refused: read(&counters.refused),
            messages_sent: read(&counters.messages_sent),
            bytes_sent: read(&counters.bytes_sent),
            slow_cuts: read(&counters.slow_cuts),
            silent_cuts: read(&counters.silent_cuts),
            misbehaved: read(&counters.misbehaved),
        }
    }
}

/// The place of one feed; given back when dropped.
pub struct Place {
    number: u64,
    account: String,
    connections: Arc<Connections>,
}

impl Place {
    /// Enters the open feed.
    pub fn enter(&self, client: Arc<Client>, socket: Option<Socket>) {
        let open = Open {
            account: self.account.clone(),
            client,
            socket,
        };
        self.connections.table.lock().open.insert(self.number, open);
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut table = self.connections.table.lock();
        table.open.remove(&self.number);
        table.total -= 1;
        if let Some(count) = table.accounts.get_mut(&self.account) {
            *count -= 1;
            if *count == 0 {
                table.accounts.remove(&self.account);
            }
        }
        self.connections.count.send_replace(table.total);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn places_are_limited_by_account_and_in_all_and_given_back() {
        let connections = Arc::new(Connections::default());
        let mut places: Vec<_> = (0..MAX_PER_ACCOUNT)
            .map(|_| connections.admit("user:a").unwrap())
            .collect();
        assert!(connections.admit("user:a").is_err() && connections.admit("user:b").is_ok());
        places.pop();
        assert!(connections.admit("user:a").is_ok());
        let open = places.len();
        places.extend((open..MAX_TOTAL).map(|n| connections.admit(&format!("user:{n}")).unwrap()));
        assert!(connections.admit("user:c").is_err());
        places.clear();
        assert_eq!(connections.figures().connections, 0);
        connections.shut_down().await;
        assert!(connections.admit("user:a").is_err());
    }
}
