//! A world as this server runs it: picture, feed, executor and epoch in one place.

use std::{
    collections::HashMap,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicI64, Ordering},
    },
};

use chiyuan_core::{EntityId, Timestamp, World, WorldId};
use parking_lot::{RwLock, RwLockReadGuard};
use tokio::sync::watch;

use crate::{
    executor::{Committed, Executor},
    feed::{Hub, scope::sight_changes},
    picture::{Fix, Picture},
    time,
};

/// Live, or a drill.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum WorldKind {
    Live,
    Drill,
}

/// One running world.
pub struct WorldRuntime {
    id: WorldId,
    kind: WorldKind,
    name: String,
    epoch: RwLock<String>,
    picture: RwLock<Picture>,
    hub: Hub,
    executor: Executor,
    /// Seq that this server committed last; the relay passes it on.
    announced: watch::Sender<u64>,
    /// The database was replaced and memory must be reloaded.
    stale: AtomicBool,
    /// When the database last answered, epoch milliseconds; 0 while it does not.
    database_ok: AtomicBool,
    database_at: AtomicI64,
}

impl WorldRuntime {
    /// A world as loaded.
    #[must_use]
    pub fn new(
        kind: WorldKind,
        name: String,
        world: World,
        epoch: String,
        fixes: HashMap<EntityId, Arc<Fix>>,
        executor: Executor,
    ) -> Self {
        Self {
            id: world.id().clone(),
            kind,
            name,
            hub: Hub::new(world.seq()),
            epoch: RwLock::new(epoch),
            picture: RwLock::new(Picture::new(world, fixes)),
            executor,
            announced: watch::channel(0).0,
            stale: AtomicBool::new(false),
            database_ok: AtomicBool::new(true),
            database_at: AtomicI64::new(time::now().timestamp_millis()),
        }
    }

    /// Its id.
    #[must_use]
    pub fn id(&self) -> &WorldId {
        &self.id
    }

    /// Live, or a drill.
    #[must_use]
    pub fn kind(&self) -> WorldKind {
        self.kind
    }

    /// Its name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Epoch of database and world.
    #[must_use]
    pub fn epoch(&self) -> String {
        self.epoch.read().clone()
    }

    /// Number of the last command in the picture.
    #[must_use]
    pub fn seq(&self) -> u64 {
        self.picture.read().world().seq()
    }

    /// The picture, for reading; hold it briefly and never across an await.
    pub fn picture(&self) -> RwLockReadGuard<'_, Picture> {
        self.picture.read()
    }

    /// The door for commands.
    #[must_use]
    pub fn executor(&self) -> &Executor {
        &self.executor
    }

    /// The feed.
    #[must_use]
    pub fn hub(&self) -> &Hub {
        &self.hub
    }

    /// World time now.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.picture.read().now(time::now())
    }

    /// Whether something is due by itself.
    #[must_use]
    pub fn is_due(&self) -> bool {
        let picture = self.picture.read();
        let now = picture.now(time::now());
        picture
            .world()
            .next_deadline()
            .is_some_and(|(due, _)| *due <= now)
    }

    /// Takes a committed command into picture and feed, in seq order. Only the world's executor calls this.
    pub fn publish(&self, committed: &Committed) {
        let message = Hub::encode(committed);
        let mut picture = self.picture.write();
        let before: Vec<_> = committed
            .changes
            .iter()
            .map(|change| picture.world().shared(&change.id))
            .collect();
        // Whoever comes to see a unit gets its latest fix as well.
        let newly_seen: Vec<_> = committed
            .changes
            .iter()
            .zip(&before)
            .filter(|(change, before)| sight_changes(before.as_deref(), change))
            .filter_map(|(change, _)| {
                let fix = picture.fixes().get(&change.id)?;
                Some((change.id.clone(), Arc::clone(fix)))
            })
            .collect();
        picture.apply(committed);
        // Inside the picture's lock, so that a subscriber gets either the snapshot with it or the message of it.
        self.hub.publish(committed, message, before);
        if !newly_seen.is_empty() {
            self.hub.publish_fixes(&picture, &newly_seen);
        }
    }

    /// Moves units in picture and feed; returns how many fixes were newer than what was known.
    pub fn take_fixes(&self, fixes: &[(EntityId, Arc<Fix>)]) -> usize {
        let mut picture = self.picture.write();
        let moved: Vec<_> = fixes
            .iter()
            .filter(|(unit, fix)| picture.take_fix(unit, Arc::clone(fix)))
            .cloned()
            .collect();
        self.hub.publish_fixes(&picture, &moved);
        moved.len()
    }

    /// Replaces everything after the database was replaced; feeds start over with a snapshot.
    pub fn replace(&self, world: World, epoch: String) {
        let mut picture = self.picture.write();
        let fixes = picture.fixes().clone();
        self.hub.reset(world.seq());
        *picture = Picture::new(world, fixes);
        *self.epoch.write() = epoch;
        self.stale.store(false, Ordering::Release);
    }

    /// Remembers that memory and database differ.
    pub fn mark_stale(&self) {
        self.stale.store(true, Ordering::Release);
    }

    /// Whether memory must be reloaded.
    #[must_use]
    pub fn is_stale(&self) -> bool {
        self.stale.load(Ordering::Acquire)
    }

    /// Tells other servers that the journal has grown.
    pub fn announce(&self, seq: u64) {
        self.announced.send_replace(seq);
    }

    /// Follows what this server commits.
    #[must_use]
    pub fn announcements(&self) -> watch::Receiver<u64> {
        self.announced.subscribe()
    }

    /// Notes whether the database answered.
    pub fn database_seen(&self, ok: bool) {
        self.database_ok.store(ok, Ordering::Relaxed);
        if ok {
            self.database_at
                .store(time::now().timestamp_millis(), Ordering::Relaxed);
        }
    }

    /// Whether the database answered last time, and seconds since it last did.
    #[must_use]
    pub fn database_state(&self) -> (bool, i64) {
        let age = time::now().timestamp_millis() - self.database_at.load(Ordering::Relaxed);
        (self.database_ok.load(Ordering::Relaxed), age / 1_000)
    }
}
