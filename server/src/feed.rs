//! The live feed of a world: snapshot, changes in strict order, fixes, checkpoints.
//!
//! Sockets pull: each asks for its next frame when it has room for it, and is told from what the [`Hub`] holds for
//! everybody. A producer appends and wakes; it never waits for a client, and a client never costs another anything.

pub mod client;
pub mod connection;
pub mod connections;
pub mod fixes;
pub mod inbound;
pub mod message;
pub mod ring;
pub mod scope;
pub mod snapshot;
pub mod socket;

use std::{
    collections::HashMap,
    sync::{Arc, Weak},
    time::Duration,
};

use actix_web::web::Bytes;
use chiyuan_core::{Entity, EntityId, StateHash};
use parking_lot::Mutex;
use tokio::time::MissedTickBehavior;

use self::{
    client::Client,
    fixes::{FixBoard, FixFrame, Moved},
    message::Scope,
    ring::{Entry, Following, Ring},
    snapshot::{Moment, Snapshot},
};
use crate::{
    app::App,
    executor::Committed,
    picture::{Fix, Picture},
    world::WorldRuntime,
};

pub use connections::{Connections, Figures};

/// Fixes of this time share a frame.
pub const FRAME_EVERY: Duration = Duration::from_millis(200);
/// How many frames lie between two checkpoints: 5 s.
const FRAMES_A_CHECKPOINT: u64 = 25;
/// How long a snapshot serves further feeds.
const SNAPSHOT_SHARED: Duration = Duration::from_secs(2);
/// How many commands a shared snapshot may be behind; the feed sends them after it.
const SNAPSHOT_BEHIND: u64 = 256;
/// How far a subscriber has come.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Position {
    /// Generation of the world that it follows.
    pub generation: u64,
    /// Last command that it was sent.
    pub seq: u64,
    /// Last frame of fixes that it was sent.
    pub frame: u64,
    /// Last checkpoint that it was sent.
    pub checkpoint: u64,
}

/// The state hash at a seq.
pub struct Checkpoint {
    pub seq: u64,
    pub hash: StateHash,
}

/// What a subscriber gets next of commands and checkpoints.
pub enum Pulled {
    Change(Arc<Entry>),
    /// With its number.
    Checkpoint(u64, Arc<Checkpoint>),
    /// The world was replaced; a snapshot is due.
    Replaced,
    /// What follows is no longer kept.
    Gone,
    Nothing,
}

struct State {
    generation: u64,
    ring: Ring,
    fixes: FixBoard,
    /// Latest fixes of all units, as long as no frame is completed and nobody sees other units than before.
    latest: Option<Arc<FixFrame>>,
    /// Rises when `latest` is no longer true.
    latest_version: u64,
    checkpoint: Option<Arc<Checkpoint>>,
    checkpoints: u64,
}

/// Holds what happens in one world until every subscriber has had the chance to take it.
pub struct Hub {
    state: Mutex<State>,
    clients: Mutex<Vec<Weak<Client>>>,
    /// Snapshots that several feeds share; locked while one is made.
    snapshots: tokio::sync::Mutex<HashMap<Scope, Arc<Snapshot>>>,
}

impl Hub {
    /// A hub of a world at a seq.
    #[must_use]
    pub fn new(seq: u64) -> Self {
        let state = State {
            generation: 1,
            ring: Ring::new(seq),
            fixes: FixBoard::default(),
            latest: None,
            latest_version: 0,
            checkpoint: None,
            checkpoints: 0,
        };
        Self {
            state: Mutex::new(state),
            clients: Mutex::default(),
            snapshots: tokio::sync::Mutex::default(),
        }
    }

    /// The message of a command to those who see everything; made before anything is locked.
    #[must_use]
    pub fn encode(committed: &Committed) -> Bytes {
        message::changes(committed, &[], None)
    }

    /// Takes in a committed command with its message; `before` are the entities as they were, in the order of the
    /// changes.
    pub fn publish(&self, committed: &Committed, message: Bytes, before: Vec<Option<Arc<Entity>>>) {
        let mut state = self.state.lock();
        if committed.seq <= state.ring.newest() {
            tracing::error!(seq = committed.seq, "published twice");
            return;
        }
        for (number, change) in committed.changes.iter().enumerate() {
            state.fixes.replace(&change.id, change.entity.as_ref());
            if scope::sight_changes(before.get(number).and_then(Option::as_deref), change) {
                state.forget_latest();
            }
        }
        if !state
            .ring
            .push(Entry::new(committed.clone(), before, message))
        {
            tracing::error!(
                seq = committed.seq,
                newest = state.ring.newest(),
                "a gap in the feed; all start over"
            );
            state.start_over(committed.seq);
        }
        drop(state);
        self.wake();
    }

    /// Takes in fixes that moved units; they leave with the next frame.
    pub fn publish_fixes(&self, picture: &Picture, moved: &[(EntityId, Arc<Fix>)]) {
        let at = picture.now(crate::time::now());
        let mut state = self.state.lock();
        for (unit, fix) in moved {
            if let Some(entity) = picture.world().shared(unit) {
                state.fixes.gather(
                    at,
                    Moved {
                        entity,
                        fix: Arc::clone(fix),
                    },
                );
            }
        }
    }

    /// The world was replaced: every subscriber starts over with a snapshot.
    pub fn reset(&self, seq: u64) {
        self.state.lock().start_over(seq);
        self.wake();
    }

    /// Generation and newest frame; inside the picture's lock they belong to the picture.
    #[must_use]
    pub fn moment(&self) -> Moment {
        let state = self.state.lock();
        Moment {
            generation: state.generation,
            frame: state.fixes.newest(),
        }
    }

    /// Where a subscriber goes on that has everything up to `seq`; none if not everything after it is still here.
    #[must_use]
    pub fn resume(&self, seq: u64) -> Option<Position> {
        let state = self.state.lock();
        if !state.ring.holds_after(seq) {
            return None;
        }
        let skipped = crate::mutant::is("resume_off_by_one") && seq < state.ring.newest();
        Some(Position {
            generation: state.generation,
            seq: seq + u64::from(skipped),
            frame: state.fixes.newest(),
            // The missed changes come first.
            checkpoint: state.checkpoints,
        })
    }

    /// The command or checkpoint after a position.
    #[must_use]
    pub fn pull_event(&self, at: &Position) -> Pulled {
        let state = self.state.lock();
        if at.generation != state.generation {
            return Pulled::Replaced;
        }
        if let Some(checkpoint) = &state.checkpoint
            && at.checkpoint < state.checkpoints
            && at.seq == checkpoint.seq
        {
            return Pulled::Checkpoint(state.checkpoints, Arc::clone(checkpoint));
        }
        match state.ring.after(at.seq) {
            Following::Entry(entry) => Pulled::Change(entry),
            Following::Nothing => Pulled::Nothing,
            Following::Gone => Pulled::Gone,
        }
    }

    /// What has moved since a frame, with the number of the newest.
    #[must_use]
    pub fn fixes_since(&self, frame: u64) -> Option<(u64, Arc<FixFrame>)> {
        self.state.lock().fixes.since(frame)
    }

    /// The latest fix of every unit, with the number of the newest frame in it; shared until the next frame.
    #[must_use]
    pub fn latest_fixes(&self, world: &WorldRuntime) -> (u64, Arc<FixFrame>) {
        let state = self.state.lock();
        let (newest, version) = (state.fixes.newest(), state.latest_version);
        if let Some(frame) = &state.latest {
            return (newest, Arc::clone(frame));
        }
        // The picture is locked before the hub, never after it.
        drop(state);
        let frame = Arc::new(FixFrame::latest(&world.picture()));
        let mut state = self.state.lock();
        if state.latest_version == version {
            state.latest = Some(Arc::clone(&frame));
        }
        (newest, frame)
    }

    /// Adds a subscriber.
    pub fn subscribe(&self, client: &Arc<Client>) {
        let mut clients = self.clients.lock();
        clients.retain(|client| client.strong_count() > 0);
        clients.push(Arc::downgrade(client));
    }

    /// A snapshot for a scope; made off the HTTP workers, and shared between feeds that come together.
    pub async fn snapshot(world: &Arc<WorldRuntime>, scope: Scope) -> Option<Arc<Snapshot>> {
        let mut snapshots = world.hub().snapshots.lock().await;
        if let Some(snapshot) = snapshots.get(&scope)
            && world.hub().serves(snapshot)
        {
            return Some(Arc::clone(snapshot));
        }
        let taken = {
            let world = Arc::clone(world);
            tokio::task::spawn_blocking(move || Snapshot::take(&world, scope)).await
        };
        let snapshot = Arc::new(taken.ok()?);
        if let Some(old) = snapshots.insert(scope, Arc::clone(&snapshot)) {
            old.forget_encoded();
        }
        Some(snapshot)
    }

    fn serves(&self, snapshot: &Snapshot) -> bool {
        let state = self.state.lock();
        snapshot.made().elapsed() < SNAPSHOT_SHARED
            && snapshot.moment().generation == state.generation
            && state.ring.newest().saturating_sub(snapshot.seq()) <= SNAPSHOT_BEHIND
            && state.ring.holds_after(snapshot.seq())
    }

    /// Completes the frame of fixes.
    pub fn complete_frame(&self) {
        let completed = {
            let mut state = self.state.lock();
            let completed = state.fixes.complete();
            if completed {
                state.forget_latest();
            }
            completed
        };
        if completed {
            self.wake();
        }
        if let Ok(mut snapshots) = self.snapshots.try_lock() {
            snapshots.retain(|_, snapshot| {
                let serves = self.serves(snapshot);
                if !serves {
                    snapshot.forget_encoded();
                }
                serves
            });
        }
    }

    /// Takes in the state hash at the picture's seq.
    pub fn checkpoint(&self, picture: &Picture) {
        let (seq, hash) = (picture.world().seq(), picture.world().hash().clone());
        let mut state = self.state.lock();
        state.checkpoint = Some(Arc::new(Checkpoint { seq, hash }));
        state.checkpoints += 1;
        drop(state);
        self.wake();
    }

    /// Wakes those who wait; those who have not asked yet cost nothing.
    fn wake(&self) {
        for client in self.clients.lock().iter().filter_map(Weak::upgrade) {
            client.waker.wake();
        }
    }
}

impl State {
    fn start_over(&mut self, seq: u64) {
        self.generation += 1;
        self.ring = Ring::new(seq);
        self.fixes = FixBoard::default();
        self.forget_latest();
        self.checkpoint = None;
    }

    fn forget_latest(&mut self) {
        self.latest = None;
        self.latest_version += 1;
    }
}

/// Sends frames and checkpoints of all worlds until the server ends.
pub async fn run(app: Arc<App>) {
    let mut beats = tokio::time::interval(FRAME_EVERY);
    beats.set_missed_tick_behavior(MissedTickBehavior::Delay);
    for number in 0_u64.. {
        beats.tick().await;
        beat(&app.worlds(), number);
    }
}

/// One beat: a frame of fixes, and now and then a checkpoint.
pub fn beat(worlds: &[Arc<WorldRuntime>], number: u64) {
    for world in worlds {
        world.hub().complete_frame();
        if number.is_multiple_of(FRAMES_A_CHECKPOINT) {
            world.hub().checkpoint(&world.picture());
        }
    }
}

/// Closes every socket with 1012 and takes no more; returns when all are gone, within 2 s.
pub async fn shutdown(app: &App) {
    app.feed.shut_down().await;
}
