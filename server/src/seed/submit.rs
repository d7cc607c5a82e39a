//! Gives the commands of a plan to the world's executor: many in flight, in order, again after a fault.

use std::time::Duration;

use chiyuan_core::Actor;
use futures_util::future::join_all;

use super::{
    Progress, SeedError,
    fault::{FaultCode, Faults},
    plan::Step,
};
use crate::{
    executor::{CommandError, Submission},
    world::WorldRuntime,
};

/// Commands in flight at once: a few full batches of the executor, a quarter of its queue.
const IN_FLIGHT: usize = 256;
/// How often a command is given before the load stops.
const ATTEMPTS: u32 = 10;
const PAUSE: Duration = Duration::from_millis(500);

/// Gives every step in order; a repeated load goes on where this one stopped.
///
/// # Errors
/// If the rules refuse a row after all, or the database stays away.
pub async fn all(
    world: &WorldRuntime,
    actor: &Actor,
    steps: &[Step],
    mut report: impl FnMut(Progress),
) -> Result<(), SeedError> {
    for of_kind in steps.chunk_by(|a, b| a.kind == b.kind) {
        let mut done = 0;
        for chunk in of_kind.chunks(IN_FLIGHT) {
            // The queue is filled in this order, and the executor decides in the order of its queue.
            let outcomes = join_all(chunk.iter().map(|step| give(world, actor, step))).await;
            for (step, outcome) in chunk.iter().zip(outcomes) {
                if outcome.is_err() {
                    again(world, actor, step).await?;
                }
            }
            done += chunk.len();
            report(Progress {
                kind: of_kind[0].kind,
                done,
                total: of_kind.len(),
            });
        }
    }
    Ok(())
}

async fn give(world: &WorldRuntime, actor: &Actor, step: &Step) -> Result<(), CommandError> {
    let submission = Submission {
        actor: actor.clone(),
        command: step.command.clone(),
        body: step.body.clone(),
        request_hash: step.request_hash.clone(),
        key: step.key.clone(),
        private: None,
    };
    world.executor().submit(submission).await.map(drop)
}

/// One command alone, after it failed among others: by now everything before it has been done.
async fn again(world: &WorldRuntime, actor: &Actor, step: &Step) -> Result<(), SeedError> {
    let mut attempt = 1;
    loop {
        let error = match give(world, actor, step).await {
            Ok(()) => return Ok(()),
            Err(error) => error,
        };
        match error {
            CommandError::Rejected(_) | CommandError::KeyReused | CommandError::Internal => {
                let mut faults = Faults::default();
                let code = match &error {
                    CommandError::Rejected(rejection) => FaultCode::Refused(rejection.code),
                    _ => FaultCode::Unreadable,
                };
                faults.add(&step.place, "", code, error.to_string());
                return Err(SeedError::Refused(faults));
            }
            _ if attempt == ATTEMPTS => return Err(SeedError::Interrupted(error.to_string())),
            _ => tokio::time::sleep(PAUSE).await,
        }
        attempt += 1;
    }
}
