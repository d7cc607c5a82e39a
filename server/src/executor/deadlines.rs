//! What is due by itself is decided first, in the order of (due, id), each as a row of its own.

use chiyuan_core::{
    Actor, Command, EntityId, Timestamp, deadline::MeetDeadline, journal::request_hash,
};

use super::{CommandError, Submission, draft::Draft};
use crate::store::StoreError;

/// Most deadlines met in one transaction; the rest follow in the next.
pub const MOST: usize = 256;

/// Meets what is due at the time of the batch; false if more is left.
pub(super) fn meet(draft: &mut Draft) -> Result<bool, StoreError> {
    for _ in 0..MOST {
        let next = draft.world.next_deadline().cloned();
        let Some((due, entity_id)) = next.filter(|(due, _)| *due <= draft.now.at) else {
            return Ok(true);
        };
        let submission = submission(entity_id, due, draft.world.seq())
            .map_err(|error| StoreError::Corrupt(error.to_string()))?;
        let at = due.max(draft.world.at());
        match draft.decide_at(&submission, at)? {
            Ok(accepted) if !accepted.changes.is_empty() => {}
            other => {
                stuck(&submission, other.err());
                return Ok(true);
            }
        }
    }
    Ok(false)
}

/// A deadline without effect would come back for ever: a defect of the rules, which must not stop commands.
fn stuck(submission: &Submission, error: Option<CommandError>) {
    let why = error.map_or_else(|| "nothing changed".to_owned(), |error| error.to_string());
    tracing::error!(key = submission.key, why, "a deadline is not met");
}

/// A case that came back leaves at the same deadline again, so the key tells after which command.
fn submission(
    entity_id: EntityId,
    due: Timestamp,
    after: u64,
) -> Result<Submission, serde_json::Error> {
    let stamp = due.to_rfc3339_opts(chrono::SecondsFormat::Millis, true);
    let key = format!("deadline:{entity_id}:{stamp}:{after}");
    let command = Command::MeetDeadline(MeetDeadline { entity_id, due });
    let body = serde_json::to_value(&command)?;
    Ok(Submission {
        actor: Actor::system(),
        request_hash: request_hash(&body),
        command,
        body,
        key,
        private: None,
    })
}
