//! Invariants of cases, one function each; together they are the list that `hold` reads out.

use std::collections::BTreeSet;

use chiyuan_core::{
    Entity, EntityId, Kind, Timestamp, World,
    assignment::{Assignment, Stage},
    call::CallStatus,
    incident::{Incident, IncidentStatus},
    unit::UnitStatus,
};

/// Every invariant of the list.
pub fn hold(world: &World) {
    every_unit_has_at_most_one_open_assignment(world);
    a_unit_follows_its_assignment_and_nothing_else(world);
    a_shift_and_its_unit_agree(world);
    stamps_are_in_order_and_agree_with_the_stage(world);
    a_closed_incident_has_no_unit(world);
    links_agree_both_ways(world);
    numbers_are_unique(world);
    a_reservation_waits_for_an_open_incident(world);
    the_next_deadline_is_the_earliest(world);
    kinds_are_complete(world);
}

fn assignments(world: &World) -> impl Iterator<Item = &Assignment> {
    world.of_kind(Kind::Assignment).filter_map(|e| match e {
        Entity::Assignment(a) => Some(a.as_ref()),
        _ => None,
    })
}

fn incidents(world: &World) -> impl Iterator<Item = &Incident> {
    world.of_kind(Kind::Incident).filter_map(|e| match e {
        Entity::Incident(i) => Some(i),
        _ => None,
    })
}

fn every_unit_has_at_most_one_open_assignment(world: &World) {
    let mut bound = BTreeSet::new();
    for a in assignments(world).filter(|a| a.ended_at.is_none()) {
        assert!(bound.insert(&a.unit_id), "{} is assigned twice", a.unit_id);
    }
}

/// The unit names its open assignment, the assignment its unit, and the status is that of the stage. Statuses that
/// follow from an assignment occur with one only.
fn a_unit_follows_its_assignment_and_nothing_else(world: &World) {
    for a in assignments(world) {
        assert_eq!(a.is_open(), a.ended_at.is_none(), "{}", a.header.id);
        let duty = world
            .get(&a.unit_id)
            .and_then(Entity::duty)
            .expect("a unit");
        let bound = duty.assignment_id.as_ref() == Some(&a.header.id);
        assert_eq!(bound, a.is_open(), "{} and {}", a.header.id, a.unit_id);
        if bound {
            assert_eq!(duty.status, a.unit_status(), "{}", a.unit_id);
        }
    }
    for (unit, duty) in world.entities().filter_map(|e| Some((e.id(), e.duty()?))) {
        match &duty.assignment_id {
            Some(id) => assert!(
                matches!(world.get(id), Some(Entity::Assignment(_))),
                "{unit}"
            ),
            None => assert!(
                !duty.status.is_derived(),
                "{unit} is {}",
                duty.status.as_str()
            ),
        }
    }
}

fn a_shift_and_its_unit_agree(world: &World) {
    for entity in world.of_kind(Kind::Shift) {
        let Entity::Shift(shift) = entity else {
            unreachable!()
        };
        let unit = world
            .get(&shift.unit_id)
            .and_then(Entity::duty)
            .expect("a unit");
        let on = unit.shift_id.as_ref() == Some(&shift.header.id);
        assert_eq!(on, shift.ended_at.is_none(), "{}", shift.header.id);
        assert_eq!(shift.ended_at.is_some(), shift.ended_by.is_some());
        assert!(!shift.crew.is_empty());
    }
    for (unit, duty) in world.entities().filter_map(|e| Some((e.id(), e.duty()?))) {
        if let Some(id) = &duty.shift_id {
            assert!(matches!(world.get(id), Some(Entity::Shift(_))), "{unit}");
        }
        assert!(
            duty.status != UnitStatus::OffDuty || duty.shift_id.is_none(),
            "{unit} is off duty with a crew"
        );
    }
}

/// T4 <= T5 <= ... <= T12 (domain: order rule); what was undone stays in the record and counts for nothing.
fn stamps_are_in_order_and_agree_with_the_stage(world: &World) {
    for a in assignments(world) {
        let id = &a.header.id;
        let valid: Vec<_> = a.stamps.iter().filter(|s| s.undone.is_none()).collect();
        assert!(
            valid
                .windows(2)
                .all(|pair| pair[0].at <= pair[1].at && pair[0].stage < pair[1].stage),
            "{id}"
        );
        assert!(
            a.stamps
                .windows(2)
                .all(|pair| pair[0].recorded_at <= pair[1].recorded_at),
            "{id}"
        );
        assert!(
            a.stamps.iter().all(|s| s.at <= s.recorded_at),
            "{id} foresees"
        );
        assert_eq!(valid.last().map(|s| s.stage), Some(a.status), "{id}");
        for stage in Stage::ALL.into_iter().filter(|stage| !stage.is_final()) {
            let stamped = valid.iter().find(|s| s.stage == stage).map(|s| s.at);
            assert_eq!(a.at(stage), stamped, "{stage:?} of {id}");
        }
        for (stamp, undone) in a
            .stamps
            .iter()
            .filter_map(|s| Some((s, s.undone.as_ref()?)))
        {
            let after = undone.at - stamp.recorded_at;
            assert!(
                (0..=60_000).contains(&after.num_milliseconds()),
                "{id} undone late"
            );
        }
        assert_eq!(a.result.is_some(), a.status == Stage::Closed, "{id}");
        assert_eq!(a.diverted_to.is_some(), a.status == Stage::Diverted, "{id}");
        assert!(
            a.carries_patients || (a.patient_aboard_at.is_none() && a.destination_id.is_none()),
            "{id}"
        );
        let delivering = a.patient_aboard_at.is_some()
            && (a.left_scene_at.is_some() || a.at_hospital_at.is_some());
        assert!(
            !delivering || a.destination_id.is_some(),
            "{id} drives nowhere"
        );
    }
}

fn a_closed_incident_has_no_unit(world: &World) {
    for a in assignments(world).filter(|a| a.is_open()) {
        let Some(Entity::Incident(incident)) = world.get(&a.incident_id) else {
            panic!("{} has no incident", a.header.id)
        };
        assert_eq!(incident.status, IncidentStatus::Open, "{}", a.header.id);
    }
    for i in incidents(world) {
        let closed = i.status == IncidentStatus::Closed;
        assert_eq!(
            (i.closed_at.is_some(), i.outcome.is_some()),
            (closed, closed),
            "{}",
            i.header.id
        );
        assert_eq!(
            i.held_at.is_some(),
            i.status == IncidentStatus::Held,
            "{}",
            i.header.id
        );
        assert!(
            i.held_until.is_none() || i.held_at.is_some(),
            "{}",
            i.header.id
        );
    }
}

/// Calls and incidents, assignments and incidents, care records and assignments name each other.
fn links_agree_both_ways(world: &World) {
    let mut calls = 0;
    let mut sent = 0;
    for i in incidents(world) {
        let id = &i.header.id;
        for call in &i.call_ids {
            let Some(Entity::Call(call)) = world.get(call) else {
                panic!("{id} names {call}")
            };
            assert_eq!(call.incident_id.as_ref(), Some(id));
        }
        for assignment in &i.assignment_ids {
            let Some(Entity::Assignment(a)) = world.get(assignment) else {
                panic!("{id} names {assignment}")
            };
            assert_eq!(&a.incident_id, id);
        }
        let distinct: BTreeSet<&EntityId> = i.call_ids.iter().chain(&i.assignment_ids).collect();
        assert_eq!(
            distinct.len(),
            i.call_ids.len() + i.assignment_ids.len(),
            "{id} names one twice"
        );
        (calls, sent) = (calls + i.call_ids.len(), sent + i.assignment_ids.len());
    }
    assert_eq!(
        sent,
        assignments(world).count(),
        "an assignment that its incident does not name"
    );
    let linked = world
        .of_kind(Kind::Call)
        .filter(|e| matches!(e, Entity::Call(c) if c.incident_id.is_some()));
    assert_eq!(
        calls,
        linked.count(),
        "a call that its incident does not name"
    );
    let recorded = assignments(world)
        .filter(|a| a.care_record_id.is_some())
        .inspect(|a| {
            let record = a.care_record_id.as_ref().and_then(|id| world.get(id));
            let Some(Entity::CareRecord(record)) = record else {
                panic!("{} has no record", a.header.id)
            };
            assert_eq!(
                (&record.assignment_id, &record.unit_id),
                (&a.header.id, &a.unit_id)
            );
            assert_eq!(record.incident_id, a.incident_id);
        });
    assert_eq!(
        recorded.count(),
        world.of_kind(Kind::CareRecord).count(),
        "a record of nothing"
    );
}

fn numbers_are_unique(world: &World) {
    let mut numbers = BTreeSet::new();
    for i in incidents(world) {
        assert!(
            numbers.insert((i.header.centre, i.day, i.day_count)),
            "{} twice",
            i.number
        );
        assert!(i.day_count > 0);
    }
}

fn a_reservation_waits_for_an_open_incident(world: &World) {
    for (unit, duty) in world.entities().filter_map(|e| Some((e.id(), e.duty()?))) {
        assert_eq!(
            duty.reserved_for.is_some(),
            duty.reserved_until.is_some(),
            "{unit}"
        );
        let Some(incident) = &duty.reserved_for else {
            continue;
        };
        let open = matches!(world.get(incident), Some(Entity::Incident(i)) if i.status != IncidentStatus::Closed);
        assert!(
            open && duty.status == UnitStatus::Available && duty.assignment_id.is_none(),
            "{unit}"
        );
    }
}

fn the_next_deadline_is_the_earliest(world: &World) {
    let all = world
        .entities()
        .filter_map(|e| Some((due(e)?, e.id().clone())));
    let finished = matches!(world.clock(), Some(Entity::Clock(clock)) if clock.finished);
    assert_eq!(
        world.next_deadline().cloned(),
        all.min().filter(|_| !finished)
    );
}

/// When something of an entity becomes due, told a second time.
fn due(entity: &Entity) -> Option<Timestamp> {
    let later =
        |from: Option<Timestamp>, seconds: i64| Some(from? + chrono::Duration::seconds(seconds));
    const DAY_S: i64 = 86_400;
    match entity {
        Entity::Call(c) if c.incident_id.is_some() => None,
        Entity::Call(c) if c.status == CallStatus::Ended => later(c.call_taking_ended_at, DAY_S),
        Entity::Call(c) => later(c.abandoned_at, DAY_S),
        Entity::Incident(i) if i.closed_at.is_some() => later(i.closed_at, DAY_S),
        Entity::Incident(i) => i.held_until,
        Entity::Assignment(a) if a.status == Stage::Assigned && a.escalated_at.is_none() => {
            later(Some(a.assigned_at), 60)
        }
        Entity::Shift(s) if s.ended_at.is_some() => later(s.ended_at, DAY_S),
        Entity::Shift(s) if !s.overtime => s.ends_at,
        Entity::Handover(h) => later(Some(h.offered_at), DAY_S),
        Entity::Mark(m) if m.ended_at.is_some() => later(m.ended_at, DAY_S),
        Entity::Mark(m) => m.valid_until,
        _ => entity.duty().and_then(|duty| duty.reserved_until),
    }
}

fn kinds_are_complete(world: &World) {
    for kind in Kind::ALL {
        let filtered = world
            .entities()
            .filter(|e| e.kind() == *kind)
            .map(|e| e.id());
        assert!(
            world.of_kind(*kind).map(Entity::id).eq(filtered),
            "{kind:?}"
        );
    }
}
