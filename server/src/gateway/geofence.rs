//! Geofences: what a fix says about an assignment. The tracker proposes a stage with the fix as evidence; people confirm.

use std::sync::Arc;

use chiyuan_core::{
    Actor, Command, Entity, EntityId, World,
    assignment::{Assignment, Proposal, ProposeStage, Stage},
    journal::request_hash,
};
use chiyuan_geo::LonLat;

use crate::{
    executor::Submission,
    picture::{Fix, lon_lat},
    world::WorldRuntime,
};

/// Nearer than this a unit has arrived, metres.
const ARRIVED_M: f64 = 120.0;
/// Farther than this a unit has left, metres.
const LEFT_M: f64 = 300.0;
/// Slower than this a unit has stopped, metres a second.
const STOPPED_MPS: f32 = 3.0;

/// Proposes what the fixes of assigned units say; nobody waits for it, and the next fix says it again.
pub(super) fn propose(world: &WorldRuntime, moved: &[(EntityId, Arc<Fix>)]) {
    let proposals: Vec<_> = {
        let picture = world.picture();
        let proposals = moved
            .iter()
            .filter_map(|(unit, fix)| proposal(picture.world(), unit, fix));
        proposals.collect()
    };
    for command in proposals {
        if let Some(submission) = submission(command) {
            let executor = world.executor().clone();
            tokio::spawn(async move { executor.submit(submission).await.map(drop) });
        }
    }
}

fn submission(command: ProposeStage) -> Option<Submission> {
    // A stage that was undone may be proposed again, by a later fix.
    let Proposal { stage, at, .. } = &command.proposal;
    let (stage, at) = (stage.as_str(), at.timestamp_millis());
    let key = format!("geofence:{}:{stage}:{at}", command.assignment_id);
    let command = Command::ProposeStage(command);
    let body = serde_json::to_value(&command).ok()?;
    Some(Submission {
        actor: Actor::system(),
        request_hash: request_hash(&body),
        command,
        body,
        key,
        private: None,
    })
}

fn proposal(world: &World, unit: &EntityId, fix: &Fix) -> Option<ProposeStage> {
    let assignment_id = world.get(unit)?.duty()?.assignment_id.as_ref()?;
    let Some(Entity::Assignment(assignment)) = world.get(assignment_id) else {
        return None;
    };
    let stage = stage(world, assignment, fix)?;
    let known = assignment
        .proposal
        .as_ref()
        .is_some_and(|known| known.stage == stage);
    if known || fix.at < assignment.assigned_at {
        return None;
    }
    Some(ProposeStage {
        assignment_id: assignment_id.clone(),
        proposal: Proposal {
            stage,
            at: fix.at,
            lon: fix.position.lon(),
            lat: fix.position.lat(),
        },
    })
}

/// The stage that a fix speaks for, if any.
fn stage(world: &World, assignment: &Assignment, fix: &Fix) -> Option<Stage> {
    let place = |id: &EntityId| world.get(id).and_then(Entity::point).map(lon_lat);
    let scene = place(&assignment.incident_id)?;
    let stopped = fix.speed_mps.is_none_or(|speed| speed < STOPPED_MPS);
    let left = |from: LonLat| !stopped && fix.position.geodesic_m(from) > LEFT_M;
    let reached = |to: LonLat| stopped && fix.position.geodesic_m(to) <= ARRIVED_M;
    match assignment.status {
        Stage::Assigned | Stage::Acknowledged => {
            left(place(&assignment.unit_id)?).then_some(Stage::Departed)
        }
        Stage::Departed => reached(scene).then_some(Stage::Arrived),
        Stage::PatientAboard => left(scene).then_some(Stage::LeftScene),
        Stage::LeftScene => {
            let hospital = place(assignment.destination_id.as_ref()?)?;
            reached(hospital).then_some(Stage::AtHospital)
        }
        _ => None,
    }
}
