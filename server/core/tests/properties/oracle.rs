//! What must hold after every command, written down a second time and apart from the rules.

mod authority;
mod cases;
mod history;
mod world;

pub use history::History;
pub use world::world;

use std::{collections::BTreeSet, sync::Arc};

use chiyuan_core::{Actor, Change, Command, Context, Entity, EntityId, World};

/// What an accepted command may and may not have done. Each paragraph names the guard that it watches.
pub fn step(
    before: &World,
    after: &World,
    command: &Command,
    context: &Context,
    changes: &[Change],
) {
    let actor = &context.actor;
    // Guard: the table of authority.
    assert!(
        authority::allowed(actor.role, command),
        "{:?} gave {}",
        actor.role,
        command.word()
    );
    let mut touched = BTreeSet::new();
    for change in changes {
        assert!(touched.insert(&change.id), "{} changed twice", change.id);
        let old = before.get(&change.id);
        match &change.entity {
            None => removal(before, after, command, context, change),
            Some(next) => {
                assert_eq!((change.kind, &change.id), (next.kind(), next.id()));
                // Guard: applying is replacement.
                assert_eq!(after.get(&change.id), Some(next.as_ref()));
                version(old, next);
                authority::inside(before, actor, command, old, next);
                state(command, old, next);
            }
        }
    }
    authority::own_unit(before, actor, command, changes);
    untouched(before, after, changes, &touched);
}

/// Guard: versions start at one and rise by exactly one; what is retired stays so.
fn version(old: Option<&Entity>, next: &Entity) {
    let id = next.id();
    let Some(old) = old else {
        assert_eq!(next.header().version, 1, "{id} starts at another version");
        return;
    };
    assert_eq!(next.header().version, old.header().version + 1, "{id}");
    assert_eq!(next.kind(), old.kind(), "{id} became something else");
    assert!(!old.header().retired, "{id} is retired and changed");
}

/// Guard: everything else stays the very same.
fn untouched(before: &World, after: &World, changes: &[Change], touched: &BTreeSet<&EntityId>) {
    let new = changes
        .iter()
        .filter(|change| before.get(&change.id).is_none());
    let gone = changes.iter().filter(|change| change.entity.is_none());
    assert_eq!(after.len() + gone.count(), before.len() + new.count());
    for entity in before
        .entities()
        .filter(|entity| !touched.contains(entity.id()))
    {
        let same = after
            .shared(entity.id())
            .is_some_and(|other| Arc::ptr_eq(&other, entity));
        assert!(same, "{} changed without a change", entity.id());
    }
}

/// Guard: only what ended a day ago leaves, and a case leaves as a whole.
fn removal(before: &World, after: &World, command: &Command, context: &Context, change: &Change) {
    assert!(
        matches!(command, Command::MeetDeadline(_)),
        "{} left",
        change.id
    );
    let gone = before.get(&change.id).expect("what leaves was there");
    assert!(gone.kind().is_archived(), "{} is never removed", change.id);
    assert!(after.get(&change.id).is_none());
    let case = |id: &EntityId| match before.get(id) {
        Some(Entity::Incident(incident)) => incident.closed_at,
        _ => panic!("{} leaves without its case {id}", change.id),
    };
    let ended = match gone {
        Entity::Incident(incident) => {
            for entity in after.entities() {
                let left_behind = match entity.as_ref() {
                    Entity::Assignment(a) => a.incident_id == change.id,
                    Entity::Call(call) => call.incident_id.as_ref() == Some(&change.id),
                    Entity::CareRecord(record) => record.incident_id == change.id,
                    _ => false,
                };
                assert!(!left_behind, "{} stays without {}", entity.id(), change.id);
            }
            incident.closed_at
        }
        Entity::Assignment(a) => case(&a.incident_id),
        Entity::CareRecord(record) => case(&record.incident_id),
        Entity::Call(call) => match &call.incident_id {
            Some(id) => case(id),
            None => call.call_taking_ended_at.or(call.abandoned_at),
        },
        Entity::Shift(shift) => shift.ended_at,
        Entity::Handover(handover) => Some(handover.offered_at),
        Entity::Mark(mark) => mark.ended_at,
        _ => None,
    };
    let ended = ended.unwrap_or_else(|| panic!("{} leaves before its end", change.id));
    assert!(
        context.at - ended >= chrono::Duration::hours(24),
        "{} leaves early",
        change.id
    );
}

/// Guard: status, counts and lots change only by their own commands.
fn state(command: &Command, old: Option<&Entity>, next: &Entity) {
    let Some(old) = old else { return };
    let own = |own: bool, same: bool| {
        assert!(own || same, "{} by {}", next.id(), command.word());
    };
    match (old, next) {
        (Entity::Ambulance(_) | Entity::Team(_) | Entity::SpecialVehicle(_), _) => {
            own(turns_units(command), old.duty() == next.duty());
        }
        (Entity::BedPool(old), Entity::BedPool(next)) => {
            own(
                matches!(command, Command::ReportBeds(_)),
                old.state == next.state,
            );
            assert_eq!(old.state.held, next.state.held, "a report makes no holds");
        }
        (Entity::Stockpile(old), Entity::Stockpile(next)) => {
            own(
                matches!(command, Command::CountStock(_)),
                old.state == next.state,
            );
        }
        _ => {}
    }
}

fn turns_units(command: &Command) -> bool {
    matches!(
        command,
        Command::SetUnitStatus(_)
            | Command::ReserveUnit(_)
            | Command::BeginShift(_)
            | Command::EndShift(_)
            | Command::AssignUnits(_)
            | Command::ReportStage(_)
            | Command::UndoStage(_)
            | Command::ReportBreakdown(_)
            | Command::DivertAssignment(_)
            | Command::CancelAssignment(_)
            | Command::StandDown(_)
            // These let go of what was reserved or on duty.
            | Command::CloseIncident(_)
            | Command::MergeIncidents(_)
            | Command::RetireResource(_)
            | Command::MeetDeadline(_)
    )
}

/// A drill takes over who and what there is, and nothing of the cases.
pub fn copy(drill: &World) {
    for entity in drill.entities() {
        let id = entity.id();
        assert!(
            !entity.kind().is_archived() || matches!(entity.as_ref(), Entity::Shift(_)),
            "{id}"
        );
        assert!(!entity.header().retired, "{id}");
        if let Some(duty) = entity.duty() {
            assert!(
                !duty.status.is_derived(),
                "{id} is still {}",
                duty.status.as_str()
            );
            assert_eq!(
                (&duty.assignment_id, &duty.reserved_for),
                (&None, &None),
                "{id}"
            );
            assert_eq!(duty.reserved_until, None, "{id}");
        }
    }
    world(drill);
}

/// Who acted, for a clue.
pub fn who(actor: &Actor) -> String {
    format!(
        "{} as {:?} in {:?} of {:?}",
        actor.name, actor.role, actor.jurisdiction, actor.unit
    )
}
