//! Carries a batch through its attempts: once together, one by one after a constraint, again after an unknown COMMIT.

use std::sync::Arc;

use tokio::time::Instant;

use super::{ATTEMPT_WITHIN, CommandError, Waiting, attempt};
use crate::{executor::attempt::Failure, mutant, store::Store, world::WorldRuntime};

/// Most transactions of deadlines before commands are looked at again.
const MEET_AT_ONCE: usize = 8;

/// Decides a batch and answers every command in it.
pub(super) async fn process(world: &Arc<WorldRuntime>, store: &Store, mut batch: Vec<Waiting>) {
    // What waited too long is refused, never queued silently: nothing of it was done.
    expire(&mut batch, &CommandError::Unavailable);
    let mut unknown = false;
    while !batch.is_empty() {
        if mutant::is("acknowledge_before_commit") {
            acknowledge_early(world, &mut batch);
        }
        let failure = match attempt_in_time(world, store, &mut batch).await {
            // What was due took the whole attempt; the commands come next.
            Ok(()) => continue,
            Err(failure) => failure,
        };
        match failure {
            Failure::Before(error) => {
                tracing::warn!(world = %world.id(), %error, commands = batch.len(), "commands not decided");
                // After an unknown COMMIT the key may stand in the journal: only the lock could tell.
                let outcome = if unknown {
                    CommandError::OutcomeUnknown
                } else {
                    CommandError::Unavailable
                };
                return answer_all(batch, &outcome);
            }
            Failure::Constraint(error) if batch.len() == 1 => {
                tracing::error!(world = %world.id(), %error, command = batch[0].submission.command.word(),
                    "the schema refused what the rules allowed");
                return answer_all(batch, &CommandError::Internal);
            }
            Failure::Constraint(_) => return one_by_one(world, store, batch).await,
            Failure::CommitUnknown(error) => {
                tracing::warn!(world = %world.id(), %error, commands = batch.len(), "COMMIT without an answer");
                unknown = true;
                // The next attempt looks the keys up under the lock, so nothing happens twice.
                expire(&mut batch, &CommandError::OutcomeUnknown);
            }
        }
    }
}

/// Meets what is due, with no command waiting.
pub(super) async fn meet_deadlines(world: &Arc<WorldRuntime>, store: &Store) {
    for _ in 0..MEET_AT_ONCE {
        if !world.is_due() || world.is_stale() {
            return;
        }
        if let Err(failure) = attempt_in_time(world, store, &mut Vec::new()).await {
            let (Failure::Before(error)
            | Failure::Constraint(error)
            | Failure::CommitUnknown(error)) = failure;
            tracing::warn!(world = %world.id(), %error, "deadlines not met");
            return;
        }
    }
}

async fn one_by_one(world: &Arc<WorldRuntime>, store: &Store, batch: Vec<Waiting>) {
    for waiting in batch {
        Box::pin(process(world, store, vec![waiting])).await;
    }
}

async fn attempt_in_time(
    world: &Arc<WorldRuntime>,
    store: &Store,
    batch: &mut Vec<Waiting>,
) -> Result<(), Failure> {
    let committing = std::sync::atomic::AtomicBool::new(false);
    match tokio::time::timeout(
        ATTEMPT_WITHIN,
        attempt::run(world, store, batch, &committing),
    )
    .await
    {
        Ok(outcome) => outcome,
        Err(_) if committing.load(std::sync::atomic::Ordering::Relaxed) => {
            Err(Failure::CommitUnknown("no answer in time".to_owned()))
        }
        Err(_) => Err(Failure::Before("no answer in time".to_owned())),
    }
}

fn expire(batch: &mut Vec<Waiting>, outcome: &CommandError) {
    let now = Instant::now();
    batch.retain_mut(|waiting| {
        let late = waiting.deadline <= now;
        if late {
            waiting.answer(Err(outcome.clone()));
        }
        !late
    });
}

fn answer_all(batch: Vec<Waiting>, outcome: &CommandError) {
    for mut waiting in batch {
        waiting.answer(Err(outcome.clone()));
    }
}

/// Negative control: says yes before the COMMIT, and so sometimes lies.
fn acknowledge_early(world: &Arc<WorldRuntime>, batch: &mut [Waiting]) {
    let first = world.seq() + 1;
    for (seq, waiting) in (first..).zip(batch) {
        waiting.answer(Ok(super::Accepted {
            seq,
            changes: Vec::new(),
        }));
    }
}
