//! What waits to be told to other servers: the latest of everything, so it cannot grow.

use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

use chiyuan_core::{EntityId, WorldId};
use parking_lot::Mutex;
use tokio::sync::Notify;

use crate::picture::Fix;

/// Latest seq and latest fixes by world.
#[derive(Default, Clone)]
pub(super) struct Waiting {
    pub hints: BTreeMap<WorldId, u64>,
    pub fixes: HashMap<WorldId, HashMap<EntityId, Arc<Fix>>>,
}

pub(super) struct Outbox {
    /// Without Redis nothing is kept.
    open: bool,
    waiting: Mutex<Waiting>,
    filled: Notify,
}

impl Outbox {
    pub fn new(open: bool) -> Self {
        Self {
            open,
            waiting: Mutex::default(),
            filled: Notify::new(),
        }
    }

    pub fn fixes(&self, world: &WorldId, fixes: &[(EntityId, Arc<Fix>)]) {
        if !self.open || fixes.is_empty() {
            return;
        }
        let mut waiting = self.waiting.lock();
        let of_world = waiting.fixes.entry(world.clone()).or_default();
        of_world.extend(fixes.iter().cloned());
        self.filled.notify_one();
    }

    pub fn hint(&self, world: &WorldId, seq: u64) {
        if self.open {
            self.waiting.lock().hints.insert(world.clone(), seq);
            self.filled.notify_one();
        }
    }

    /// Keeps what could not be told, unless something newer waits.
    pub fn put_back(&self, untold: Waiting) {
        let mut waiting = self.waiting.lock();
        for (world, seq) in untold.hints {
            let newest = waiting.hints.entry(world).or_default();
            *newest = seq.max(*newest);
        }
        for (world, fixes) in untold.fixes {
            let of_world = waiting.fixes.entry(world).or_default();
            for (unit, fix) in fixes {
                of_world.entry(unit).or_insert(fix);
            }
        }
        self.filled.notify_one();
    }

    /// Waits until something is to be told, and takes it.
    pub async fn take(&self) -> Waiting {
        self.filled.notified().await;
        std::mem::take(&mut *self.waiting.lock())
    }
}
