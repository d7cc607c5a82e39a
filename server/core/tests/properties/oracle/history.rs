//! What no single world can show: numbers that were given before, vehicles that carried an infectious patient.

use std::collections::BTreeSet;

use chiyuan_core::{
    Centre, Change, Entity, EntityId, Timestamp, World, assignment::Assignment, unit::UnitStatus,
};

/// Whether an assignment ends just now.
fn ends(before: &World, a: &Assignment) -> bool {
    let was_open =
        matches!(before.get(&a.header.id), Some(Entity::Assignment(old)) if old.ended_at.is_none());
    was_open && a.ended_at.is_some()
}

/// What an episode has seen so far.
#[derive(Default)]
pub struct History {
    numbers: BTreeSet<(Centre, chrono::NaiveDate, u32)>,
    contaminated: BTreeSet<EntityId>,
    at: Option<Timestamp>,
}

impl History {
    /// Follows the changes of one command.
    pub fn follow(&mut self, before: &World, after: &World, changes: &[Change]) {
        // Guard: time never runs backwards.
        assert!(self.at.is_none_or(|at| at <= after.at()));
        self.at = Some(after.at());
        for next in changes.iter().filter_map(|change| change.entity.as_deref()) {
            match next {
                Entity::Incident(i) if before.get(&i.header.id).is_none() => {
                    let number = (i.header.centre, i.day, i.day_count);
                    // Guard: numbers are unique for each centre and day, whatever has left meanwhile.
                    assert!(self.numbers.insert(number), "{} was given before", i.number);
                }
                Entity::Assignment(a) if a.infectious && ends(before, a) => {
                    self.contaminated.insert(a.unit_id.clone());
                }
                _ => {}
            }
        }
        self.cleaned(after, changes);
    }

    /// Guard: who carried an infectious patient is decontaminated before he is sent again.
    fn cleaned(&mut self, after: &World, changes: &[Change]) {
        for change in changes {
            let Some(duty) = after.get(&change.id).and_then(Entity::duty) else {
                continue;
            };
            if duty.status == UnitStatus::Decontaminating {
                self.contaminated.remove(&change.id);
            }
            let dirty = self.contaminated.contains(&change.id);
            assert!(!dirty, "{} is {} unclean", change.id, duty.status.as_str());
        }
    }
}
