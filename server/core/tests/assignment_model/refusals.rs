//! Everything that stands in the way of a command. The rules name one of these; if there is one only, that one.

use chiyuan_core::{
    Command, EntityId, RejectionCode as Code, Timestamp,
    assignment::{AssignUnits, DivertAssignment, ReportStage, Stage},
};

use crate::{
    model::{HOUR, Incident, Model, Ms, Run, SECOND, State, Who},
    world::{HOSPITALS, STATION, ms},
};

type Codes = Vec<Code>;

/// Adds a code if something is so.
fn when(codes: &mut Codes, so: bool, code: Code) {
    if so {
        codes.push(code);
    }
}

impl Model {
    pub fn refusals(&self, who: &Who, command: &Command) -> Codes {
        if matches!(who, Who::Crew(_)) && !for_crews(command) {
            return vec![Code::RoleForbidden];
        }
        match command {
            Command::AssignUnits(c) => self.assign_refused(c),
            Command::AcknowledgeAssignment(c) => {
                self.report_refused(who, &acknowledged(&c.assignment_id, c.at))
            }
            Command::ReportStage(c) => self.report_refused(who, c),
            Command::UndoStage(c) => {
                self.on_run(who, &c.assignment_id, |run| self.undo_refused(run))
            }
            Command::SetDestination(c) => self.on_run(who, &c.assignment_id, |run| {
                destination_refused(run, &c.facility_id)
            }),
            Command::ReportBreakdown(c) => self.on_run(who, &c.assignment_id, |_| Vec::new()),
            Command::CancelAssignment(c) => self.on_run(who, &c.assignment_id, recall_refused),
            Command::DivertAssignment(c) => {
                self.on_run(who, &c.assignment_id, |run| self.divert_refused(run, c))
            }
            Command::BeginShift(_)
            | Command::EndShift(_)
            | Command::SetUnitStatus(_)
            | Command::ReserveUnit(_) => self.unit_refused(who, command),
            Command::OpenIncident(_) => Vec::new(),
            other => self.incident_refused(other),
        }
    }

    fn on_run(&self, who: &Who, id: &EntityId, more: impl Fn(&Run) -> Codes) -> Codes {
        let Some(run) = self.runs.get(id) else {
            return vec![Code::NotFound];
        };
        if matches!(who, Who::Crew(unit) if *unit != run.unit) {
            return vec![Code::NotYourUnit];
        }
        if run.place().is_over() {
            return vec![Code::AssignmentEnded];
        }
        more(run)
    }

    fn report_refused(&self, who: &Who, c: &ReportStage) -> Codes {
        self.on_run(who, &c.assignment_id, |run| {
            let place = run.place();
            let mut codes = Vec::new();
            when(&mut codes, !place.may_report(c.stage), Code::StageNotNext);
            if let Some(facility) = &c.destination_id {
                codes.extend(destination_refused(run, facility));
            }
            let leaves = place.aboard && matches!(c.stage, Stage::LeftScene | Stage::AtHospital);
            let known = c.destination_id.is_some() || run.destination.is_some();
            when(&mut codes, leaves && !known, Code::DestinationNeeded);
            let at = c.at.map_or(self.now, ms);
            when(
                &mut codes,
                at > self.now || at < run.latest(),
                Code::TimeOutOfOrder,
            );
            let closes = c.stage == Stage::Closed;
            when(&mut codes, c.result.is_some() && !closes, Code::OutOfLimits);
            let done = place.stage == Stage::HandedOver
                || (place.stage == Stage::LeftScene && !place.patients);
            when(
                &mut codes,
                closes && c.result.is_none() && !done,
                Code::ResultNeeded,
            );
            codes
        })
    }

    fn undo_refused(&self, run: &Run) -> Codes {
        let last = run.valid().next_back().unwrap();
        if last.stage == Stage::Assigned {
            return vec![Code::NothingToUndo];
        }
        let mut codes = Vec::new();
        when(
            &mut codes,
            self.now - last.recorded > 60 * SECOND,
            Code::TooLateToUndo,
        );
        codes
    }

    fn divert_refused(&self, run: &Run, c: &DivertAssignment) -> Codes {
        let mut codes = recall_refused(run);
        match self.incidents.get(&c.incident_id) {
            None => codes.push(Code::NotFound),
            Some(into) => {
                when(&mut codes, is_closed(into), Code::IncidentClosed);
                let from = &self.incidents[&run.incident];
                when(
                    &mut codes,
                    into.priority >= from.priority,
                    Code::NotMoreUrgent,
                );
            }
        }
        codes
    }

    fn assign_refused(&self, c: &AssignUnits) -> Codes {
        let mut codes = Vec::new();
        let Some(incident) = self.incidents.get(&c.incident_id) else {
            return vec![Code::NotFound];
        };
        when(&mut codes, is_closed(incident), Code::IncidentClosed);
        let mut once = c.unit_ids.clone();
        once.sort();
        once.dedup();
        let each_once = !once.is_empty() && once.len() == c.unit_ids.len();
        when(&mut codes, !each_once, Code::OutOfLimits);
        for unit in &c.unit_ids {
            self.sending_refused(unit, &c.incident_id, &mut codes);
        }
        let version = self.versions[&c.incident_id];
        when(
            &mut codes,
            c.based_on_version.is_some_and(|v| v != version),
            Code::VersionChanged,
        );
        codes
    }

    fn sending_refused(&self, id: &EntityId, incident: &EntityId, codes: &mut Codes) {
        let Some(unit) = self.units.get(id) else {
            codes.push(Code::NotFound);
            return;
        };
        let free = unit.run.is_none() && unit.status.as_str() == "available";
        when(codes, !free, Code::UnitNotAvailable);
        when(codes, unit.shift.is_none() && !unit.team, Code::NoCrew);
        let kept = unit
            .reserved
            .as_ref()
            .is_some_and(|(other, _)| other != incident);
        when(codes, kept, Code::UnitReserved);
    }

    fn unit_refused(&self, who: &Who, command: &Command) -> Codes {
        let (id, mut codes) = match command {
            Command::BeginShift(c) => (&c.unit_id, Vec::new()),
            Command::EndShift(c) => (&c.unit_id, Vec::new()),
            Command::SetUnitStatus(c) => (&c.unit_id, Vec::new()),
            Command::ReserveUnit(c) => (&c.unit_id, Vec::new()),
            _ => unreachable!(),
        };
        let Some(unit) = self.units.get(id) else {
            return vec![Code::NotFound];
        };
        if matches!(who, Who::Crew(own) if own != id) {
            return vec![Code::NotYourUnit];
        }
        let bound = unit.run.is_some();
        let outside = |until: Option<Timestamp>, hours: Ms| {
            let until = until.map_or(self.now + SECOND, ms);
            until <= self.now || until > self.now + hours * HOUR
        };
        match command {
            Command::BeginShift(c) => {
                when(&mut codes, unit.shift.is_some(), Code::ShiftOpen);
                when(&mut codes, outside(c.ends_at, 72), Code::TimeOutOfOrder);
                when(&mut codes, c.crew.is_empty(), Code::OutOfLimits);
            }
            Command::EndShift(_) => when(&mut codes, bound, Code::UnitAssigned),
            Command::SetUnitStatus(c) => {
                let words = [
                    "assigned",
                    "en_route",
                    "on_scene",
                    "transporting",
                    "at_hospital",
                ];
                when(
                    &mut codes,
                    words.contains(&c.status.as_str()),
                    Code::StatusIsDerived,
                );
                when(&mut codes, bound, Code::UnitAssigned);
            }
            Command::ReserveUnit(c) => {
                if let Some(incident) = &c.incident_id {
                    codes = self.open_refused(incident);
                    self.sending_refused(id, incident, &mut codes);
                    when(&mut codes, outside(c.until, 24), Code::TimeOutOfOrder);
                }
            }
            _ => unreachable!(),
        }
        codes
    }

    fn open_refused(&self, id: &EntityId) -> Codes {
        match self.incidents.get(id) {
            None => vec![Code::NotFound],
            Some(incident) if is_closed(incident) => vec![Code::IncidentClosed],
            Some(_) => Vec::new(),
        }
    }

    fn incident_refused(&self, command: &Command) -> Codes {
        let idle = |id: &EntityId| {
            let mut codes = self.open_refused(id);
            let busy = self
                .incidents
                .get(id)
                .is_some_and(|i| self.open_runs(i).next().is_some());
            when(&mut codes, busy, Code::AssignmentsOpen);
            codes
        };
        match command {
            Command::StandDown(c) => self.open_refused(&c.incident_id),
            Command::ResumeIncident(c) => self.open_refused(&c.incident_id),
            Command::UpdateIncident(c) => self.open_refused(&c.incident_id),
            Command::CloseIncident(c) => idle(&c.incident_id),
            Command::HoldIncident(c) => {
                let mut codes = idle(&c.incident_id);
                let past = c.until.is_some_and(|until| ms(until) <= self.now);
                when(&mut codes, past, Code::TimeOutOfOrder);
                codes
            }
            Command::MergeIncidents(c) => {
                let mut codes = idle(&c.incident_id);
                codes.extend(self.open_refused(&c.into_incident_id));
                let same = c.incident_id == c.into_incident_id;
                when(&mut codes, same, Code::OutOfLimits);
                codes
            }
            other => unreachable!("{other:?}"),
        }
    }
}

fn for_crews(command: &Command) -> bool {
    matches!(
        command,
        Command::AcknowledgeAssignment(_)
            | Command::ReportStage(_)
            | Command::UndoStage(_)
            | Command::SetDestination(_)
            | Command::ReportBreakdown(_)
            | Command::BeginShift(_)
            | Command::EndShift(_)
            | Command::SetUnitStatus(_)
    )
}

fn is_closed(incident: &Incident) -> bool {
    matches!(incident.state, State::Closed { .. })
}

/// Acknowledging is reporting that the order came.
pub fn acknowledged(id: &EntityId, at: Option<Timestamp>) -> ReportStage {
    ReportStage {
        assignment_id: id.clone(),
        stage: Stage::Acknowledged,
        at,
        result: None,
        destination_id: None,
    }
}

fn recall_refused(run: &Run) -> Codes {
    let mut codes = Vec::new();
    when(&mut codes, !run.place().may_recall(), Code::PatientAboard);
    codes
}

fn destination_refused(run: &Run, facility: &EntityId) -> Codes {
    let mut codes = Vec::new();
    let arrived = matches!(run.place().stage, Stage::AtHospital | Stage::HandedOver);
    when(&mut codes, !run.patients || arrived, Code::StageNotNext);
    match facility.as_str() {
        word if HOSPITALS.contains(&word) => {}
        STATION => codes.push(Code::WrongKind),
        _ => codes.push(Code::NotFound),
    }
    codes
}
