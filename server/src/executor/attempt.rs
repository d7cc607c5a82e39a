//! One attempt at a batch: lock the world's row, catch up, decide on a draft, write, COMMIT, publish, answer.

use std::{
    collections::HashMap,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use chiyuan_core::{
    Change, Command, Context, EntityId, Timestamp, World, decide,
    journal::{ENVELOPE_VERSION, Envelope, Hash},
};
use diesel_async::SimpleAsyncConnection;

use super::{Accepted, CommandError, Committed, Submission, Waiting, follow};
use crate::{
    store::{
        Connection, Store, StoreError, entities,
        journal::{self, JournalRow},
        worlds::{self, LockedWorld},
    },
    world::WorldRuntime,
};

/// How an attempt failed.
pub(super) enum Failure {
    /// Before COMMIT was sent: nothing was done.
    Before(String),
    /// The schema refused a row: nothing was done.
    Constraint(String),
    /// COMMIT was sent and got no answer.
    CommitUnknown(String),
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Constraint(error) => Self::Constraint(error),
            other => Self::Before(other.to_string()),
        }
    }
}

impl From<diesel::result::Error> for Failure {
    fn from(error: diesel::result::Error) -> Self {
        StoreError::from(error).into()
    }
}

/// What a batch came to, before anything of it is stored.
struct Decided {
    outcomes: Vec<Result<Accepted, CommandError>>,
    committed: Vec<Committed>,
    rows: Vec<JournalRow>,
    head: Hash,
}

/// Attempts the whole batch; on success every command has been answered and the batch is empty.
pub(super) async fn run(
    world: &Arc<WorldRuntime>,
    store: &Store,
    batch: &mut Vec<Waiting>,
    committing: &AtomicBool,
) -> Result<(), Failure> {
    let mut connection = store.write().await?;
    connection.batch_execute("BEGIN").await?;
    let locked = worlds::lock(&mut connection, world.id()).await?;
    follow::under_lock(world, &mut connection, &locked).await?;
    let earlier = earlier(&mut connection, world, batch).await?;
    let decided = decide_all(world, &locked, batch, &earlier)?;
    if !decided.rows.is_empty() {
        let changes: Vec<Change> = decided
            .committed
            .iter()
            .flat_map(|c| c.changes.iter().cloned())
            .collect();
        entities::write(&mut connection, world.id(), &changes).await?;
        journal::append(&mut connection, world.id(), decided.rows, &decided.head).await?;
    }
    commit(&mut connection, committing).await?;
    connection.done();
    for committed in &decided.committed {
        world.publish(committed);
    }
    if let Some(last) = decided.committed.last() {
        world.announce(last.seq);
    }
    for (waiting, outcome) in batch.iter_mut().zip(decided.outcomes) {
        waiting.answer(outcome);
    }
    batch.clear();
    Ok(())
}

async fn commit(connection: &mut Connection, committing: &AtomicBool) -> Result<(), Failure> {
    committing.store(true, Ordering::Relaxed);
    connection
        .batch_execute("COMMIT")
        .await
        .map_err(|error| Failure::CommitUnknown(error.to_string()))
}

type Earlier = HashMap<(String, String), (String, Accepted)>;

/// What was accepted before under the keys of this batch.
async fn earlier(
    connection: &mut Connection,
    world: &Arc<WorldRuntime>,
    batch: &[Waiting],
) -> Result<Earlier, StoreError> {
    if crate::mutant::is("forget_keys") {
        return Ok(Earlier::new());
    }
    let actors: Vec<&str> = batch
        .iter()
        .map(|waiting| waiting.submission.actor.name.as_str())
        .collect();
    let keys: Vec<&str> = batch
        .iter()
        .map(|waiting| waiting.submission.key.as_str())
        .collect();
    let envelopes = journal::by_keys(connection, world.id(), &actors, &keys).await?;
    Ok(envelopes
        .into_iter()
        .map(|e| {
            (
                (e.actor, e.key),
                (
                    e.request_hash,
                    Accepted {
                        seq: e.seq,
                        changes: e.changes,
                    },
                ),
            )
        })
        .collect())
}

fn decide_all(
    world: &Arc<WorldRuntime>,
    locked: &LockedWorld,
    batch: &[Waiting],
    earlier: &Earlier,
) -> Result<Decided, StoreError> {
    let (mut draft, real_at) = (world.picture().world().clone(), locked.now);
    let at = world.picture().now(real_at).max(draft.at());
    let head: Hash = locked
        .head
        .as_slice()
        .try_into()
        .map_err(|_| StoreError::Corrupt("head is no hash".to_owned()))?;
    let mut decided = Decided {
        outcomes: Vec::with_capacity(batch.len()),
        committed: Vec::new(),
        rows: Vec::new(),
        head,
    };
    let mut seen = earlier.clone();
    for waiting in batch {
        let submission = &waiting.submission;
        let name = (submission.actor.name.to_string(), submission.key.clone());
        let outcome = match seen.get(&name) {
            Some((hash, accepted)) if *hash == submission.request_hash => Ok(accepted.clone()),
            Some(_) => Err(CommandError::KeyReused),
            None => decide_one(
                &mut draft,
                submission,
                (at, real_at),
                &locked.epoch,
                &mut decided,
            )?,
        };
        if let Ok(accepted) = &outcome
            && !accepted.changes.is_empty()
        {
            seen.insert(name, (submission.request_hash.clone(), accepted.clone()));
        }
        decided.outcomes.push(outcome);
    }
    Ok(decided)
}

fn decide_one(
    draft: &mut World,
    submission: &Submission,
    (at, real_at): (Timestamp, Timestamp),
    epoch: &str,
    decided: &mut Decided,
) -> Result<Result<Accepted, CommandError>, StoreError> {
    let fresh_id = EntityId::new(&uuid::Uuid::now_v7().to_string())
        .map_err(|e| StoreError::Corrupt(e.to_string()))?;
    let context = Context {
        at,
        real_at,
        actor: submission.actor.clone(),
        fresh_id,
    };
    let changes = match decide(draft, &submission.command, &context) {
        Err(rejection) => return Ok(Err(CommandError::Rejected(rejection))),
        Ok(changes) if changes.is_empty() => {
            return Ok(Ok(Accepted {
                seq: draft.seq(),
                changes,
            }));
        }
        Ok(changes) => changes,
    };
    let envelope = Envelope {
        v: ENVELOPE_VERSION,
        world: draft.id().clone(),
        epoch: epoch.to_owned(),
        seq: draft.seq() + 1,
        at,
        recorded_at: real_at,
        actor: submission.actor.name.to_string(),
        command: submission.body.clone(),
        key: submission.key.clone(),
        request_hash: submission.request_hash.clone(),
        changes,
    };
    let (row, head) = JournalRow::of(&envelope, &decided.head)?;
    decided.rows.push(row);
    decided.head = head;
    draft.apply(envelope.seq, at, &envelope.changes);
    // A step of the clock is the one command that moves world time itself.
    debug_assert!(matches!(submission.command, Command::SetClock(_)) || draft.at() == at);
    let accepted = Accepted {
        seq: envelope.seq,
        changes: envelope.changes.clone(),
    };
    decided.committed.push(committed(envelope));
    Ok(Ok(accepted))
}

/// What a journal row says to picture and feed.
pub(super) fn committed(envelope: Envelope) -> Committed {
    Committed {
        seq: envelope.seq,
        at: envelope.at,
        actor: envelope.actor,
        command: envelope.command,
        changes: envelope.changes,
    }
}
