//! The draft of a batch: a copy of the world that shares what is equal, and what was decided on it.

use std::sync::Arc;

use chiyuan_core::{
    Change, Command, Context, Entity, EntityId, Timestamp, World, decide,
    journal::{ENVELOPE_VERSION, Envelope, Hash},
    unit::UnitStatus,
};

use super::{Accepted, CommandError, Committed, Submission, attempt::committed};
use crate::{
    store::{StoreError, journal::JournalRow, worlds::LockedWorld},
    world::WorldRuntime,
};

/// World time and real time of a batch.
#[derive(Debug, Clone, Copy)]
pub(super) struct Now {
    pub at: Timestamp,
    pub real_at: Timestamp,
}

/// What a batch came to, before anything of it is stored.
pub(super) struct Draft {
    pub world: World,
    pub now: Now,
    epoch: String,
    pub committed: Vec<Committed>,
    pub rows: Vec<JournalRow>,
    pub head: Hash,
    /// Commands with a personal part, by their place in the batch, and what each is about.
    pub private: Vec<(usize, Option<EntityId>)>,
    /// What has left memory and is named by a command of the batch: whole cases.
    pub archive: Vec<Vec<Entity>>,
}

impl Draft {
    /// A draft over the world as it stands at the locked row.
    pub(super) fn new(world: &Arc<WorldRuntime>, locked: &LockedWorld) -> Result<Self, StoreError> {
        let picture = world.picture();
        let draft = picture.world().clone();
        let at = picture.now(locked.now).max(draft.at());
        let head = locked.head.as_slice().try_into();
        Ok(Self {
            world: draft,
            now: Now {
                at,
                real_at: locked.now,
            },
            epoch: locked.epoch.clone(),
            committed: Vec::new(),
            rows: Vec::new(),
            head: head.map_err(|_| StoreError::Corrupt("head is no hash".to_owned()))?,
            private: Vec::new(),
            archive: Vec::new(),
        })
    }

    /// Decides a command at the time of the batch.
    pub(super) fn decide(
        &mut self,
        submission: &Submission,
    ) -> Result<Result<Accepted, CommandError>, StoreError> {
        self.decide_at(submission, self.now.at)
    }

    /// Decides a command; a refused one leaves the draft as it was, one without changes writes no row.
    pub(super) fn decide_at(
        &mut self,
        submission: &Submission,
        at: Timestamp,
    ) -> Result<Result<Accepted, CommandError>, StoreError> {
        let fresh_id = EntityId::new(&uuid::Uuid::now_v7().to_string())
            .map_err(|e| StoreError::Corrupt(e.to_string()))?;
        let context = Context {
            at,
            real_at: self.now.real_at,
            actor: submission.actor.clone(),
            fresh_id,
        };
        let seq = self.world.seq();
        let seen = blinded(&self.world, &submission.command).or_else(|| self.with_archive());
        match decide(
            seen.as_ref().unwrap_or(&self.world),
            &submission.command,
            &context,
        ) {
            Err(rejection) => Ok(Err(CommandError::Rejected(rejection))),
            Ok(changes) if changes.is_empty() => Ok(Ok(Accepted { seq, changes })),
            Ok(changes) => {
                let changes = self.brought_back(changes);
                self.accept(submission, at, changes).map(Ok)
            }
        }
    }

    /// The world together with what was loaded from the archive.
    fn with_archive(&self) -> Option<World> {
        if self.archive.is_empty() {
            return None;
        }
        let mut world = self.world.clone();
        let cases = self.archive.iter().flatten().cloned().map(Change::put);
        world.apply(world.seq(), world.at(), &cases.collect::<Vec<_>>());
        Some(world)
    }

    /// A case of which something changes comes back as a whole; its deadline then takes it away again as a whole.
    fn brought_back(&mut self, changes: Vec<Change>) -> Vec<Change> {
        let changed = |entity: &Entity| changes.iter().any(|change| change.id == *entity.id());
        let (back, rest) = std::mem::take(&mut self.archive)
            .into_iter()
            .partition::<Vec<_>, _>(|case| case.iter().any(changed));
        self.archive = rest;
        let unchanged = back.into_iter().flatten().filter(|entity| !changed(entity));
        let mut all: Vec<_> = unchanged.map(Change::put).collect();
        all.extend(changes);
        all
    }

    fn accept(
        &mut self,
        submission: &Submission,
        at: Timestamp,
        changes: Vec<Change>,
    ) -> Result<Accepted, StoreError> {
        let envelope = Envelope {
            v: ENVELOPE_VERSION,
            world: self.world.id().clone(),
            epoch: self.epoch.clone(),
            seq: self.world.seq() + 1,
            at,
            recorded_at: self.now.real_at,
            actor: submission.actor.name.to_string(),
            command: submission.body.clone(),
            key: submission.key.clone(),
            request_hash: submission.request_hash.clone(),
            changes,
        };
        let (row, head) = JournalRow::of(&envelope, &self.head)?;
        self.rows.push(row);
        self.head = head;
        self.world.apply(envelope.seq, at, &envelope.changes);
        // A step of the clock is the one command that moves world time itself.
        debug_assert!(matches!(submission.command, Command::SetClock(_)) || self.world.at() == at);
        let accepted = Accepted {
            seq: envelope.seq,
            changes: envelope.changes.clone(),
        };
        self.committed.push(committed(envelope));
        Ok(accepted)
    }
}

/// Negative control: an order is decided as if nobody had taken its units.
fn blinded(world: &World, command: &Command) -> Option<World> {
    let Command::AssignUnits(order) = command else {
        return None;
    };
    if !crate::mutant::is("forget_assignments") {
        return None;
    }
    let mut blind = world.clone();
    for id in &order.unit_ids {
        let mut unit = world.get(id)?.clone();
        if let Entity::Ambulance(ambulance) = &mut unit {
            ambulance.state.assignment_id = None;
            ambulance.state.status = UnitStatus::Available;
        }
        blind.apply(world.seq(), world.at(), &[Change::put(unit)]);
    }
    Some(blind)
}
