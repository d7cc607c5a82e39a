//! World time as a case sees it: running by itself, or stepped when everybody waits.

use std::{
    cmp::Reverse,
    collections::BinaryHeap,
    sync::{
        Arc, Mutex,
        atomic::{AtomicI64, AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use serde_json::json;
use tokio::sync::oneshot;

use crate::Client;

/// A running clock is believed this late, real milliseconds: two clocks of one machine differ.
const MARGIN_MS: f64 = 5.0;

/// RFC 3339 of epoch milliseconds.
#[must_use]
pub fn text(at: i64) -> String {
    chrono::DateTime::from_timestamp_millis(at)
        .expect("a moment")
        .to_rfc3339_opts(chrono::SecondsFormat::Millis, true)
}

/// World time; epoch milliseconds.
#[derive(Debug, Clone)]
pub enum Clock {
    Running { at: i64, real: Instant, speed: f64 },
    Stepped(Arc<Stepped>),
}

impl Clock {
    /// A clock that runs from a moment that was now.
    #[must_use]
    pub fn running(at: i64, speed: f64) -> Self {
        let real = Instant::now();
        Self::Running { at, real, speed }
    }

    /// A clock that only moves when everybody waits.
    #[must_use]
    pub fn stepped(at: i64) -> (Self, Arc<Stepped>) {
        let stepped = Arc::new(Stepped {
            now: AtomicI64::new(at),
            working: AtomicU64::new(0),
            waiting: Mutex::default(),
        });
        (Self::Stepped(Arc::clone(&stepped)), stepped)
    }

    /// World time now, as far as a client can know.
    #[must_use]
    pub fn now(&self) -> i64 {
        match self {
            Self::Running { at, real, speed } => {
                let passed = (real.elapsed().as_secs_f64() * 1_000.0 - MARGIN_MS).max(0.0);
                at + (passed * speed) as i64
            }
            Self::Stepped(stepped) => stepped.now.load(Ordering::SeqCst),
        }
    }

    /// Waits for a moment of world time.
    pub async fn until(&self, at: i64) {
        match self {
            Self::Running { speed, .. } => {
                let left = (at - self.now()) as f64 / speed;
                if left > 0.0 {
                    tokio::time::sleep(Duration::from_secs_f64(left / 1_000.0)).await;
                }
            }
            Self::Stepped(stepped) => stepped.until(at).await,
        }
    }
}

/// A case that plays on a stepped clock; a case that fails has ended as well.
#[derive(Debug)]
pub struct Playing(Arc<Stepped>);

impl Drop for Playing {
    fn drop(&mut self) {
        self.0.working.fetch_sub(1, Ordering::SeqCst);
    }
}

/// A clock that is stepped by a conductor.
#[derive(Debug)]
pub struct Stepped {
    now: AtomicI64,
    working: AtomicU64,
    waiting: Mutex<Waiting>,
}

#[derive(Debug, Default)]
struct Waiting {
    moments: BinaryHeap<Reverse<(i64, usize)>>,
    wakers: Vec<Option<oneshot::Sender<()>>>,
}

impl Stepped {
    /// One more case plays, until what is returned is dropped; it counts as working while it does not wait.
    #[must_use]
    pub fn enter(self: &Arc<Self>) -> Playing {
        self.working.fetch_add(1, Ordering::SeqCst);
        Playing(Arc::clone(self))
    }

    async fn until(&self, at: i64) {
        if at <= self.now.load(Ordering::SeqCst) {
            return;
        }
        let (sender, receiver) = oneshot::channel();
        {
            let mut waiting = self.waiting.lock().expect("no case panicked here");
            let number = waiting.wakers.len();
            waiting.wakers.push(Some(sender));
            waiting.moments.push(Reverse((at, number)));
        }
        self.working.fetch_sub(1, Ordering::SeqCst);
        receiver.await.expect("the conductor wakes every case");
    }

    /// Steps the clock of a drill from event to event, on a grid, until nobody waits any more.
    pub async fn conduct(&self, director: &Client, drill: &str, grid_s: i64) {
        loop {
            while self.working.load(Ordering::SeqCst) > 0 {
                tokio::time::sleep(Duration::from_millis(1)).await;
            }
            let next = {
                let waiting = self.waiting.lock().expect("no case panicked here");
                waiting.moments.peek().map(|Reverse((at, _))| *at)
            };
            let Some(next) = next else { return };
            let now = self.now.load(Ordering::SeqCst);
            let steps = (next - now + grid_s * 1_000 - 1) / (grid_s * 1_000);
            let ahead_s = (steps * grid_s).max(grid_s);
            self.step(director, drill, ahead_s).await;
            self.wake();
        }
    }

    /// Steps the clock of a drill by seconds.
    pub async fn step(&self, director: &Client, drill: &str, seconds: i64) {
        let path = format!("/api/v1/drills/{drill}/clock");
        let body = json!({"action": "step", "value": seconds});
        let stepped = director.post(&path, &body).await.ok();
        let at = crate::kpi_fold::moment(stepped["clock"]["at"].as_str().expect("a clock"));
        self.now.store(at, Ordering::SeqCst);
    }

    fn wake(&self) {
        let now = self.now.load(Ordering::SeqCst);
        let mut waiting = self.waiting.lock().expect("no case panicked here");
        while let Some(Reverse((at, number))) = waiting.moments.peek().copied() {
            if at > now {
                break;
            }
            waiting.moments.pop();
            if let Some(waker) = waiting.wakers[number].take() {
                self.working.fetch_add(1, Ordering::SeqCst);
                let _ = waker.send(());
            }
        }
    }
}
