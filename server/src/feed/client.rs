//! One subscriber: how far it has come, and which frame it is sent next. It owns no queue: what it has not got yet
//! waits in the hub, once for everybody, so that a slow socket holds no memory of its own.

use std::{
    collections::VecDeque,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
};

use actix_web::web::Bytes;
use chiyuan_geo::Bounds;
use futures_util::task::AtomicWaker;
use parking_lot::Mutex;
use tokio::sync::Notify;

use super::{
    Position, Pulled,
    inbound::Closing,
    message::{self, Scope},
    snapshot::{Moment, Snapshot},
};
use crate::world::WorldRuntime;

/// "Resume from your seq": the socket did not take what it was sent.
pub const SLOW: u16 = 4008;
/// So many changes in a row let a frame of fixes pass.
const CHANGES_IN_A_ROW: u32 = 64;

/// What a socket is to do next.
#[derive(Debug)]
pub enum Next {
    Send(Bytes),
    /// Nothing until it is woken.
    Wait,
    /// The socket ends.
    End,
}

enum Stage {
    /// A snapshot is being prepared.
    Waiting,
    Snapshot(Arc<Snapshot>, usize),
    Live,
}

struct State {
    stage: Stage,
    at: Position,
    /// Messages of a frame of fixes that are still to be sent.
    fixes: VecDeque<Bytes>,
    bounds: Option<Bounds>,
    /// The latest fix of every unit is due.
    refresh: bool,
    changes_in_a_row: u32,
    ping: bool,
    pong: Option<Bytes>,
    closing: Option<Closing>,
    /// The close frame is out.
    closed: bool,
}

/// One subscriber of a world.
pub struct Client {
    world: Arc<WorldRuntime>,
    scope: Scope,
    state: Mutex<State>,
    /// The socket, when it waits for something to send.
    pub waker: AtomicWaker,
    /// The task of the connection is to look at the state.
    pub attention: Notify,
    gone: AtomicBool,
    /// Frames handed to the socket, and whether it has taken all of them.
    pulls: AtomicU64,
    idle: AtomicBool,
}

impl Client {
    /// A subscriber that gets what came after `resume`, or a snapshot first.
    #[must_use]
    pub fn new(world: Arc<WorldRuntime>, scope: Scope, resume: Option<Position>) -> Self {
        let state = State {
            stage: if resume.is_some() {
                Stage::Live
            } else {
                Stage::Waiting
            },
            at: resume.unwrap_or_default(),
            fixes: VecDeque::new(),
            bounds: None,
            refresh: resume.is_some(),
            changes_in_a_row: 0,
            ping: false,
            pong: None,
            closing: None,
            closed: false,
        };
        Self {
            world,
            scope,
            state: Mutex::new(state),
            waker: AtomicWaker::new(),
            attention: Notify::new(),
            gone: AtomicBool::new(false),
            pulls: AtomicU64::new(0),
            idle: AtomicBool::new(true),
        }
    }

    /// The world that it follows.
    #[must_use]
    pub fn world(&self) -> &Arc<WorldRuntime> {
        &self.world
    }

    /// What it sees.
    #[must_use]
    pub fn scope(&self) -> Scope {
        self.scope
    }

    /// Whether it waits for a snapshot.
    #[must_use]
    pub fn wants_snapshot(&self) -> bool {
        matches!(self.state.lock().stage, Stage::Waiting)
    }

    /// Gives it its snapshot.
    pub fn begin(&self, snapshot: Arc<Snapshot>) {
        let mut state = self.state.lock();
        let Moment { generation, frame } = snapshot.moment();
        state.at = Position {
            generation,
            seq: snapshot.seq(),
            frame,
            checkpoint: 0,
        };
        state.fixes.clear();
        state.stage = Stage::Snapshot(snapshot, 0);
        drop(state);
        self.waker.wake();
    }

    /// From now on only fixes inside; the latest of every unit inside comes first.
    pub fn watch(&self, bounds: Option<Bounds>) {
        let mut state = self.state.lock();
        state.bounds = bounds;
        state.refresh = true;
        state.fixes.clear();
        drop(state);
        self.waker.wake();
    }

    /// Asks whether anybody is there.
    pub fn ping(&self) {
        self.state.lock().ping = true;
        self.waker.wake();
    }

    /// Answers a ping; only the latest matters.
    pub fn pong(&self, payload: Bytes) {
        self.state.lock().pong = Some(payload);
        self.waker.wake();
    }

    /// Ends it with a code; the first reason stands.
    pub fn close(&self, closing: Closing) {
        self.state.lock().closing.get_or_insert(closing);
        self.waker.wake();
        self.attention.notify_one();
    }

    /// Whether it is ending.
    #[must_use]
    pub fn closing(&self) -> Option<Closing> {
        self.state.lock().closing.clone()
    }

    /// The socket is gone.
    pub fn leave(&self) {
        self.gone.store(true, Ordering::Release);
        self.attention.notify_one();
    }

    /// Whether the socket is gone.
    #[must_use]
    pub fn is_gone(&self) -> bool {
        self.gone.load(Ordering::Acquire)
    }

    /// How many frames the socket has taken, and whether it waits for more.
    #[must_use]
    pub fn progress(&self) -> (u64, bool) {
        (
            self.pulls.load(Ordering::Relaxed),
            self.idle.load(Ordering::Relaxed),
        )
    }

    /// What the socket sends next; it asks when there is room for it.
    pub fn next(&self) -> Next {
        let next = self.choose(&mut self.state.lock());
        self.pulls.fetch_add(1, Ordering::Relaxed);
        self.idle
            .store(matches!(next, Next::Wait), Ordering::Relaxed);
        next
    }

    fn choose(&self, state: &mut State) -> Next {
        if state.closed {
            return Next::End;
        }
        if let Some(closing) = &state.closing {
            state.closed = true;
            return Next::Send(message::close(closing.code, &closing.reason));
        }
        if let Some(payload) = state.pong.take() {
            return Next::Send(message::pong(&payload));
        }
        if std::mem::take(&mut state.ping) {
            return Next::Send(message::ping());
        }
        match &mut state.stage {
            Stage::Waiting => Next::Wait,
            Stage::Snapshot(snapshot, part) => {
                let frame = snapshot.message(*part);
                *part += 1;
                if *part == snapshot.parts() {
                    state.stage = Stage::Live;
                }
                Next::Send(frame)
            }
            Stage::Live => self.live(state),
        }
    }

    fn live(&self, state: &mut State) -> Next {
        let hub = self.world.hub();
        let fixes_first = state.changes_in_a_row >= CHANGES_IN_A_ROW;
        if !fixes_first && let Some(next) = self.pulled(state, hub.pull_event(&state.at)) {
            return next;
        }
        state.changes_in_a_row = 0;
        if let Some(frame) = self.next_fixes(state) {
            return Next::Send(frame);
        }
        let pulled = if fixes_first {
            hub.pull_event(&state.at)
        } else {
            Pulled::Nothing
        };
        self.pulled(state, pulled).unwrap_or(Next::Wait)
    }

    fn pulled(&self, state: &mut State, pulled: Pulled) -> Option<Next> {
        match pulled {
            Pulled::Nothing => None,
            Pulled::Change(entry) => {
                state.at.seq = entry.seq();
                state.changes_in_a_row += 1;
                Some(Next::Send(entry.frame(self.scope)))
            }
            Pulled::Checkpoint(number, checkpoint) => {
                state.at.checkpoint = number;
                Some(Next::Send(message::checkpoint(
                    checkpoint.seq,
                    &checkpoint.hash.of(self.scope),
                )))
            }
            Pulled::Replaced => {
                state.stage = Stage::Waiting;
                self.attention.notify_one();
                Some(Next::Wait)
            }
            Pulled::Gone => {
                state
                    .closing
                    .get_or_insert(Closing::new(SLOW, "resume from your seq"));
                self.attention.notify_one();
                Some(self.choose(state))
            }
        }
    }

    /// The next message of fixes: what is left of a frame, then the latest of everything if due, then what moved.
    fn next_fixes(&self, state: &mut State) -> Option<Bytes> {
        while state.fixes.is_empty() {
            let hub = self.world.hub();
            let (number, frame) = if state.refresh {
                hub.latest_fixes(&self.world)
            } else {
                hub.fixes_since(state.at.frame)?
            };
            state.refresh = false;
            state.at.frame = number;
            let messages = match state.bounds {
                None => frame.messages(self.scope),
                Some(bounds) => frame.messages_inside(self.scope, bounds),
            };
            state.fixes.extend(messages.iter().cloned());
        }
        state.fixes.pop_front()
    }
}
