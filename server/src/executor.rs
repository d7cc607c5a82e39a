//! One executor per world: queues commands, decides them in batches under the world's row lock, and publishes
//! what was committed. It alone writes to the world's picture.

mod attempt;
mod batch;
mod deadlines;
mod draft;
mod follow;
mod outcomes;

pub use outcomes::Outcomes;

use std::{sync::Arc, time::Duration};

use chiyuan_core::{Actor, Change, Command, Rejection, Timestamp};
use tokio::{
    sync::{Notify, mpsc, oneshot},
    time::Instant,
};

use crate::{
    store::{Store, private::NewPrivate},
    world::WorldRuntime,
};

/// Most commands decided in one transaction.
pub const BATCH: usize = 64;
/// Most commands waiting for one world.
pub const QUEUE: usize = 1_024;
/// A caller gets his answer within this time, whatever the database does.
pub const ANSWER_WITHIN: Duration = Duration::from_millis(2_000);
/// One attempt on the database; leaves room for the answer.
const ATTEMPT_WITHIN: Duration = Duration::from_millis(1_700);
/// How often the journal is looked at for commands of other servers when nobody gives a hint.
const FOLLOW_EVERY: Duration = Duration::from_millis(1_000);

/// A command on its way.
#[derive(Debug, Clone)]
pub struct Submission {
    pub actor: Actor,
    pub command: Command,
    /// The command as it was sent; what the journal keeps.
    pub body: serde_json::Value,
    pub request_hash: String,
    /// Idempotency key.
    pub key: String,
    /// What of it is personal; stored beside the journal.
    pub private: Option<NewPrivate>,
}

/// What became of an accepted command.
#[derive(Debug, Clone)]
pub struct Accepted {
    pub seq: u64,
    pub changes: Vec<Change>,
}

/// Why a command was not accepted.
#[derive(Debug, Clone, thiserror::Error)]
pub enum CommandError {
    #[error("{}", .0.detail)]
    Rejected(Rejection),
    #[error("the idempotency key was used with another body")]
    KeyReused,
    /// Nothing was done.
    #[error("the database is not available")]
    Unavailable,
    /// The COMMIT got no answer; the same key asks again.
    #[error("the outcome is not known yet")]
    OutcomeUnknown,
    #[error("too many commands are waiting")]
    Overloaded,
    #[error("internal error")]
    Internal,
}

/// A committed command, as the picture, the feed and the relay get it.
#[derive(Debug, Clone)]
pub struct Committed {
    pub seq: u64,
    pub at: Timestamp,
    pub actor: String,
    pub command: serde_json::Value,
    pub changes: Vec<Change>,
}

type Reply = oneshot::Sender<Result<Accepted, CommandError>>;

struct Waiting {
    submission: Submission,
    reply: Option<Reply>,
    deadline: Instant,
}

impl Waiting {
    fn answer(&mut self, outcome: Result<Accepted, CommandError>) {
        if let Some(reply) = self.reply.take() {
            // A caller who has gone away is not told.
            let _ = reply.send(outcome);
        }
    }
}

/// The door to a world's executor.
#[derive(Clone)]
pub struct Executor {
    queue: mpsc::Sender<Waiting>,
    hint: Arc<Notify>,
    outcomes: Arc<Outcomes>,
}

impl Executor {
    /// A door and the queue behind it; [`Executor::start`] opens it.
    #[must_use]
    pub fn new() -> (Self, Inbox) {
        let (queue, inbox) = mpsc::channel(QUEUE);
        let hint = Arc::new(Notify::new());
        (
            Self {
                queue,
                hint: Arc::clone(&hint),
                outcomes: Arc::default(),
            },
            Inbox { queue: inbox, hint },
        )
    }

    /// Gives a command and waits for its outcome; the command goes on if the caller goes away.
    ///
    /// # Errors
    /// [`CommandError`]; within [`ANSWER_WITHIN`].
    pub async fn submit(&self, submission: Submission) -> Result<Accepted, CommandError> {
        let outcome = self.queue_and_wait(submission).await;
        self.outcomes.count(&outcome);
        outcome
    }

    /// What became of commands so far.
    #[must_use]
    pub fn outcomes(&self) -> &Outcomes {
        &self.outcomes
    }

    async fn queue_and_wait(&self, submission: Submission) -> Result<Accepted, CommandError> {
        let (reply, outcome) = oneshot::channel();
        let deadline = Instant::now() + ANSWER_WITHIN;
        let waiting = Waiting {
            submission,
            reply: Some(reply),
            deadline,
        };
        self.queue
            .try_send(waiting)
            .map_err(|_| CommandError::Overloaded)?;
        match tokio::time::timeout_at(deadline, outcome).await {
            Ok(Ok(outcome)) => outcome,
            Ok(Err(_)) | Err(_) => Err(CommandError::OutcomeUnknown),
        }
    }

    /// Somebody heard that the journal has grown.
    pub fn hint(&self) {
        self.hint.notify_one();
    }
}

/// The queue of one world, until its executor runs.
pub struct Inbox {
    queue: mpsc::Receiver<Waiting>,
    hint: Arc<Notify>,
}

/// Runs the executor of a world until its last door is gone.
pub async fn run(world: Arc<WorldRuntime>, store: Store, mut inbox: Inbox) {
    let mut follow = tokio::time::interval(FOLLOW_EVERY);
    follow.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    let mut batch = Vec::with_capacity(BATCH);
    loop {
        tokio::select! {
            biased;
            received = inbox.queue.recv_many(&mut batch, BATCH) => {
                if received == 0 {
                    return;
                }
                batch::process(&world, &store, std::mem::take(&mut batch)).await;
            }
            () = inbox.hint.notified() => follow::catch_up(&world, &store).await,
            _ = follow.tick() => {
                follow::catch_up(&world, &store).await;
                batch::meet_deadlines(&world, &store).await;
            }
        }
    }
}
