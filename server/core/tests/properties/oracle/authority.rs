//! Who may do what, and where: the contract's table a second time.

use chiyuan_core::{Actor, Change, Command, DivisionCode, Entity, EntityId, Kind, Role, World};

/// The contract's table of who may do what.
pub fn allowed(role: Role, command: &Command) -> bool {
    use Role::{
        Administrator, BedDesk, Commander, Crew, Device, Dispatcher, ExerciseDirector, StoreKeeper,
        System,
    };
    let roles: &[Role] = match command {
        Command::RegisterResource(_) | Command::UpdateResource(_) | Command::RetireResource(_) => {
            &[Administrator]
        }
        Command::SetUnitStatus(_) => &[Administrator, Commander, Dispatcher, Crew],
        Command::ReportBeds(_) => &[Administrator, Commander, BedDesk],
        Command::CountStock(_) => &[Administrator, Commander, StoreKeeper],
        Command::SetClock(_) => &[ExerciseDirector],
        Command::ReceiveCall(_) | Command::AnswerCall(_) | Command::AbandonCall(_) => {
            &[Commander, Dispatcher, Device]
        }
        Command::BeginShift(_)
        | Command::EndShift(_)
        | Command::AcknowledgeAssignment(_)
        | Command::ReportStage(_)
        | Command::UndoStage(_)
        | Command::SetDestination(_)
        | Command::ReportBreakdown(_)
        | Command::WriteCareRecord(_) => &[Commander, Dispatcher, Crew],
        Command::CopyRegistry(_) | Command::ProposeStage(_) | Command::MeetDeadline(_) => &[],
        _ => &[Commander, Dispatcher],
    };
    role == System || roles.contains(&role)
}

/// Guard: nobody changes anything outside his jurisdiction, but for what follows from something inside it.
pub fn inside(
    before: &World,
    actor: &Actor,
    command: &Command,
    old: Option<&Entity>,
    next: &Entity,
) {
    let Some(scope) = actor.jurisdiction else {
        return;
    };
    let entity = old.unwrap_or(next);
    let follows = match entity.kind() {
        // A crew is held to its unit; a desk is nobody's place.
        _ if actor.role == Role::Crew => true,
        Kind::Clock | Kind::Handover => true,
        // A shift ends with its unit's duty; a merged call goes with its incident.
        Kind::Shift => old.is_some(),
        Kind::Call => matches!(command, Command::MergeIncidents(_)) || nowhere(entity),
        Kind::Ambulance | Kind::Team | Kind::SpecialVehicle => !chosen(command),
        _ => false,
    };
    if follows {
        return;
    }
    let place = match entity {
        Entity::Jurisdiction(place) if place.spec.parent == Some(scope) => Some(scope),
        entity => entity.jurisdiction(),
    };
    let parent = |code: DivisionCode| {
        before
            .jurisdiction(code)
            .and_then(|place| place.spec.parent)
    };
    let fits = place.is_some_and(|place| place == scope || parent(place) == Some(scope));
    assert!(
        fits,
        "{} touched {} in {place:?} from {scope}",
        actor.name,
        entity.id()
    );
}

fn nowhere(entity: &Entity) -> bool {
    matches!(entity, Entity::Call(call) if call.jurisdiction.is_none())
}

/// Commands that name the units they change.
fn chosen(command: &Command) -> bool {
    matches!(
        command,
        Command::RegisterResource(_)
            | Command::UpdateResource(_)
            | Command::RetireResource(_)
            | Command::SetUnitStatus(_)
            | Command::ReserveUnit(_)
            | Command::BeginShift(_)
            | Command::EndShift(_)
            | Command::AssignUnits(_)
            | Command::DivertAssignment(_)
    )
}

/// Guard: a crew acts for its own unit and nothing else.
pub fn own_unit(before: &World, actor: &Actor, command: &Command, changes: &[Change]) {
    if actor.role != Role::Crew {
        return;
    }
    for change in changes {
        let entity = change.entity.as_deref().or(before.get(&change.id));
        let unit: Option<&EntityId> = match entity {
            Some(Entity::Assignment(a)) => Some(&a.unit_id),
            Some(Entity::Shift(shift)) => Some(&shift.unit_id),
            Some(Entity::CareRecord(record)) => Some(&record.unit_id),
            Some(entity) if entity.duty().is_some() => Some(entity.id()),
            _ => None,
        };
        assert!(
            unit.is_some(),
            "a crew touched {} by {}",
            change.id,
            command.word()
        );
        assert_eq!(unit, actor.unit.as_ref(), "{}", change.id);
    }
}
