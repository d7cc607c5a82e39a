//! One attempt at a batch: lock the world's row, catch up, meet what is due, decide on a draft, write, COMMIT, publish,
//! answer.

use std::{
    collections::{BTreeSet, HashMap},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use chiyuan_core::{Change, Entity, EntityId, journal::Envelope};
use diesel_async::SimpleAsyncConnection;
use serde_json::Value;

use super::{
    Accepted, CommandError, Committed, Submission, Waiting, deadlines, draft::Draft, follow,
};
use crate::{
    store::{Connection, Store, StoreError, cases, entities, journal, private, worlds},
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

/// Attempts the whole batch; on success every command has been answered and the batch is empty, unless so much was due
/// that another attempt must follow.
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
    let mut draft = Draft::new(world, &locked)?;
    let all_met = deadlines::meet(&mut draft)?;
    let outcomes = if all_met {
        let earlier = earlier(&mut connection, world, batch).await?;
        draft.archive = archive(&mut connection, &draft, batch).await?;
        decide_all(&mut draft, batch, earlier)?
    } else {
        Vec::new()
    };
    write(&mut connection, world, &mut draft, batch).await?;
    commit(&mut connection, committing).await?;
    connection.done();
    for committed in &draft.committed {
        world.publish(committed);
    }
    if let Some(last) = draft.committed.last() {
        world.announce(last.seq);
    }
    for (waiting, outcome) in batch.iter_mut().zip(outcomes) {
        waiting.answer(outcome);
    }
    if all_met {
        batch.clear();
    }
    Ok(())
}

/// Typed rows, personal parts and journal rows of what was accepted.
async fn write(
    connection: &mut Connection,
    world: &Arc<WorldRuntime>,
    draft: &mut Draft,
    batch: &[Waiting],
) -> Result<(), Failure> {
    if draft.rows.is_empty() {
        return Ok(());
    }
    let committed = draft.committed.iter();
    let changes: Vec<Change> = committed.flat_map(|c| c.changes.iter().cloned()).collect();
    entities::write(connection, world.id(), &changes).await?;
    let rows = std::mem::take(&mut draft.rows);
    journal::append(connection, world.id(), rows, &draft.head).await?;
    for (place, subject) in &draft.private {
        let Some(Submission {
            actor,
            key,
            private: Some(part),
            ..
        }) = batch.get(*place).map(|waiting| &waiting.submission)
        else {
            continue;
        };
        let (id, actor) = (world.id(), actor.name.as_str());
        private::insert(
            connection,
            id,
            actor,
            key,
            subject.as_ref(),
            draft.now.at,
            part,
        )
        .await?;
    }
    Ok(())
}

async fn commit(connection: &mut Connection, committing: &AtomicBool) -> Result<(), Failure> {
    committing.store(true, Ordering::Relaxed);
    connection
        .batch_execute("COMMIT")
        .await
        .map_err(|error| Failure::CommitUnknown(error.to_string()))
}

/// What was accepted before under a key: hash of the request, its personal part (none once erased), the answer.
#[derive(Clone)]
struct Before {
    request_hash: String,
    private: Option<Value>,
    accepted: Accepted,
}

impl Before {
    fn is_same(&self, submission: &Submission) -> bool {
        let part = submission
            .private
            .as_ref()
            .map(private::NewPrivate::content);
        self.request_hash == submission.request_hash
            && self
                .private
                .as_ref()
                .is_none_or(|stored| part == Some(stored))
    }
}

type Earlier = HashMap<(String, String), Before>;

/// What was accepted before under the keys of this batch.
async fn earlier(
    connection: &mut Connection,
    world: &Arc<WorldRuntime>,
    batch: &[Waiting],
) -> Result<Earlier, StoreError> {
    if batch.is_empty() || crate::mutant::is("forget_keys") {
        return Ok(Earlier::new());
    }
    let submissions = || batch.iter().map(|waiting| &waiting.submission);
    let actors: Vec<&str> = submissions().map(|s| s.actor.name.as_str()).collect();
    let keys: Vec<&str> = submissions().map(|s| s.key.as_str()).collect();
    let envelopes = journal::by_keys(connection, world.id(), &actors, &keys).await?;
    let mut parts = HashMap::new();
    if !envelopes.is_empty() && submissions().any(|s| s.private.is_some()) {
        for row in private::by_keys(connection, world.id(), &actors, &keys).await? {
            parts.insert((row.actor, row.idempotency_key), row.content);
        }
    }
    let mut earlier = Earlier::new();
    for envelope in envelopes {
        let name = (envelope.actor, envelope.key);
        let before = Before {
            request_hash: envelope.request_hash,
            private: parts.remove(&name).flatten(),
            accepted: Accepted {
                seq: envelope.seq,
                changes: envelope.changes,
            },
        };
        earlier.insert(name, before);
    }
    Ok(earlier)
}

/// What the commands of a batch name and memory no longer holds.
async fn archive(
    connection: &mut Connection,
    draft: &Draft,
    batch: &[Waiting],
) -> Result<Vec<Vec<Entity>>, StoreError> {
    let mut ids = BTreeSet::new();
    for waiting in batch {
        named(&waiting.submission.body, &mut ids);
    }
    let absent: Vec<EntityId> = ids
        .into_iter()
        .filter_map(|id| EntityId::new(id).ok())
        .filter(|id| draft.world.get(id).is_none())
        .collect();
    if absent.is_empty() || crate::mutant::is("forget_archive") {
        return Ok(Vec::new());
    }
    cases::named(connection, draft.world.id(), &absent).await
}

/// The ids in a command: every field `id`, `.._id` and `.._ids`.
fn named<'a>(value: &'a Value, ids: &mut BTreeSet<&'a str>) {
    let Value::Object(fields) = value else { return };
    for (name, value) in fields {
        match value {
            Value::String(id) if name == "id" || name.ends_with("_id") => {
                ids.insert(id);
            }
            Value::Array(list) if name.ends_with("_ids") => {
                ids.extend(list.iter().filter_map(Value::as_str));
            }
            nested => named(nested, ids),
        }
    }
}

fn decide_all(
    draft: &mut Draft,
    batch: &[Waiting],
    mut seen: Earlier,
) -> Result<Vec<Result<Accepted, CommandError>>, StoreError> {
    let mut outcomes = Vec::with_capacity(batch.len());
    for (place, waiting) in batch.iter().enumerate() {
        let submission = &waiting.submission;
        let name = (submission.actor.name.to_string(), submission.key.clone());
        let outcome = match seen.get(&name) {
            Some(before) if before.is_same(submission) => Ok(before.accepted.clone()),
            Some(_) => Err(CommandError::KeyReused),
            None => draft.decide(submission)?,
        };
        if let Ok(accepted) = &outcome
            && !accepted.changes.is_empty()
            && !seen.contains_key(&name)
        {
            if submission.private.is_some() {
                draft.private.push((place, subject(&accepted.changes)));
            }
            let before = Before {
                request_hash: submission.request_hash.clone(),
                private: submission
                    .private
                    .as_ref()
                    .map(|part| part.content().clone()),
                accepted: accepted.clone(),
            };
            seen.insert(name, before);
        }
        outcomes.push(outcome);
    }
    Ok(outcomes)
}

/// What a personal part is about.
fn subject(changes: &[Change]) -> Option<EntityId> {
    use chiyuan_core::Kind::{Call, CareRecord, Incident};
    let of = |kind| changes.iter().find(|change| change.kind == kind);
    [CareRecord, Incident, Call]
        .into_iter()
        .find_map(of)
        .map(|change| change.id.clone())
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
