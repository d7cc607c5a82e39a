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
#[derive(Default)]
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

    /// Waits until something is to be told, and takes it.
    pub async fn take(&self) -> Waiting {
        self.filled.notified().await;
        std::mem::take(&mut *self.waiting.lock())
    }
}
