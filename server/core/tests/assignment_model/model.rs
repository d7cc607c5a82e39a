//! The small model: units, runs, incidents and shifts as plain maps. What a run is follows from its marks.

use std::collections::{BTreeMap, BTreeSet};

use chiyuan_core::{
    EntityId,
    assignment::{AssignmentResult, Stage},
    unit::UnitStatus,
};

use crate::table::Place;

/// Milliseconds since 1970.
pub type Ms = i64;
pub const SECOND: Ms = 1_000;
pub const HOUR: Ms = 3_600 * SECOND;

#[derive(Debug, Clone)]
pub struct Unit {
    pub patients: bool,
    pub team: bool,
    pub status: UnitStatus,
    pub since: Ms,
    pub reason: String,
    pub run: Option<EntityId>,
    pub shift: Option<EntityId>,
    pub reserved: Option<(EntityId, Ms)>,
}

/// A stamp.
#[derive(Debug, Clone)]
pub struct Mark {
    pub stage: Stage,
    pub at: Ms,
    pub recorded: Ms,
    pub undone: Option<Ms>,
}

/// An assignment.
#[derive(Debug, Clone)]
pub struct Run {
    pub unit: EntityId,
    pub incident: EntityId,
    pub patients: bool,
    pub shift: Option<EntityId>,
    pub marks: Vec<Mark>,
    pub infectious: bool,
    pub destination: Option<EntityId>,
    pub result: Option<AssignmentResult>,
    pub reason: Option<String>,
    pub diverted_to: Option<EntityId>,
    pub escalated: Option<Ms>,
}

impl Run {
    pub fn valid(&self) -> impl DoubleEndedIterator<Item = &Mark> {
        self.marks.iter().filter(|mark| mark.undone.is_none())
    }

    pub fn time(&self, stage: Stage) -> Option<Ms> {
        self.valid()
            .find(|mark| mark.stage == stage)
            .map(|mark| mark.at)
    }

    pub fn place(&self) -> Place {
        Place {
            stage: self.valid().next_back().unwrap().stage,
            aboard: self.time(Stage::PatientAboard).is_some(),
            patients: self.patients,
        }
    }

    pub fn latest(&self) -> Ms {
        self.valid().map(|mark| mark.at).max().unwrap()
    }
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub enum State {
    Open,
    Held { since: Ms, until: Option<Ms> },
    Closed { at: Ms },
}

#[derive(Debug, Clone)]
pub struct Incident {
    /// 1 is the most urgent.
    pub priority: u8,
    pub infectious: bool,
    pub state: State,
    pub runs: Vec<EntityId>,
    pub merged_into: Option<EntityId>,
}

#[derive(Debug, Clone)]
pub struct Shift {
    pub unit: EntityId,
    pub ends: Option<Ms>,
    pub overtime: bool,
    pub ended: Option<Ms>,
}

/// Who gives a command.
#[derive(Debug, Clone, PartialEq)]
pub enum Who {
    Desk,
    Crew(EntityId),
}

#[derive(Debug, Clone, Default)]
pub struct Model {
    pub now: Ms,
    pub units: BTreeMap<EntityId, Unit>,
    pub runs: BTreeMap<EntityId, Run>,
    pub incidents: BTreeMap<EntityId, Incident>,
    pub shifts: BTreeMap<EntityId, Shift>,
    pub versions: BTreeMap<EntityId, u64>,
    /// What the last command changed or removed: these and nothing else.
    pub touched: BTreeSet<EntityId>,
}

impl Model {
    /// Counts a new version, once for each command.
    pub fn touch(&mut self, id: &EntityId) {
        if self.touched.insert(id.clone()) {
            *self.versions.entry(id.clone()).or_insert(0) += 1;
        }
    }

    pub fn gone(&mut self, id: &EntityId) {
        self.touched.insert(id.clone());
        self.versions.remove(id);
    }

    pub fn open_runs<'m>(&'m self, incident: &'m Incident) -> impl Iterator<Item = &'m EntityId> {
        let open = |id: &&EntityId| !self.runs[*id].place().is_over();
        incident.runs.iter().filter(open)
    }

    /// What becomes due next.
    pub fn due(&self) -> Option<(Ms, EntityId)> {
        let units = self
            .units
            .iter()
            .filter_map(|(id, unit)| Some((unit.reserved.as_ref()?.1, id)));
        let runs = self.runs.iter().filter_map(|(id, run)| {
            let waits = run.place().stage == Stage::Assigned && run.escalated.is_none();
            waits.then(|| (run.marks[0].at + 60 * SECOND, id))
        });
        let incidents = self
            .incidents
            .iter()
            .filter_map(|(id, incident)| match incident.state {
                State::Open => None,
                State::Held { until, .. } => Some((until?, id)),
                State::Closed { at } => Some((at + 24 * HOUR, id)),
            });
        let shifts = self
            .shifts
            .iter()
            .filter_map(|(id, shift)| match shift.ended {
                Some(ended) => Some((ended + 24 * HOUR, id)),
                None if shift.overtime => None,
                None => Some((shift.ends?, id)),
            });
        let all = units.chain(runs).chain(incidents).chain(shifts);
        all.min().map(|(due, id)| (due, id.clone()))
    }
}
