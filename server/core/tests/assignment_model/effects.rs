//! What a command does to the model, once nothing stands in its way.

use chiyuan_core::{
    Command, EntityId,
    assignment::{AssignmentResult, ReportStage, Stage},
    incident::{OpenIncident, UpdateIncident},
    unit::{ReserveUnit, SetUnitStatus, UnitStatus},
};

use crate::{
    model::{HOUR, Incident, Mark, Model, Ms, Run, Shift, State},
    refusals::acknowledged,
    world::ms,
};

impl Model {
    pub fn effect(&mut self, command: &Command, fresh: &EntityId) {
        match command {
            Command::AssignUnits(c) => {
                for (number, unit) in c.unit_ids.iter().enumerate() {
                    let run = match number {
                        0 => fresh.clone(),
                        n => EntityId::new(&format!("{fresh}-{}", n + 1)).unwrap(),
                    };
                    self.send(unit, &c.incident_id, run);
                }
            }
            Command::AcknowledgeAssignment(c) => self.report(&acknowledged(&c.assignment_id, c.at)),
            Command::ReportStage(c) => self.report(c),
            Command::UndoStage(c) => self.undo(&c.assignment_id),
            Command::SetDestination(c) => {
                let destination = Some(c.facility_id.clone());
                if self.runs[&c.assignment_id].destination != destination {
                    self.run(&c.assignment_id).destination = destination;
                }
            }
            Command::ReportBreakdown(c) => self.break_down(&c.assignment_id, c.reason.as_str()),
            Command::CancelAssignment(c) => self.cancel(&c.assignment_id, c.reason.as_str()),
            Command::StandDown(c) => {
                let runs = self.incidents[&c.incident_id].runs.clone();
                let under_way = |run: &&EntityId| (self.runs[*run].place().stage as usize) < 3;
                let under_way: Vec<EntityId> = runs.iter().filter(under_way).cloned().collect();
                for run in under_way {
                    self.cancel(&run, c.reason.as_str());
                }
            }
            Command::DivertAssignment(c) => {
                self.mark(&c.assignment_id, Stage::Diverted, self.now);
                let run = self.run(&c.assignment_id);
                run.reason = Some(c.reason.as_str().to_owned());
                run.diverted_to = Some(fresh.clone());
                let unit = run.unit.clone();
                self.send(&unit, &c.incident_id, fresh.clone());
            }
            Command::BeginShift(c) => self.begin(&c.unit_id, c.ends_at.map(ms), fresh),
            Command::EndShift(c) => self.relieve(&c.unit_id),
            Command::SetUnitStatus(c) => self.set_status(c),
            Command::ReserveUnit(c) => self.reserve(c),
            other => self.incident_effect(other, fresh),
        }
    }

    fn incident_effect(&mut self, command: &Command, fresh: &EntityId) {
        match command {
            Command::OpenIncident(c) => self.open(c, fresh),
            Command::UpdateIncident(c) => self.update(c),
            Command::CloseIncident(c) => self.close(&c.incident_id),
            Command::HoldIncident(c) => {
                let now = self.now;
                let incident = self.incident(&c.incident_id);
                let since = match incident.state {
                    State::Held { since, .. } => since,
                    _ => now,
                };
                let until = c.until.map(ms);
                incident.state = State::Held { since, until };
            }
            Command::ResumeIncident(c) => self.resume(&c.incident_id),
            Command::MergeIncidents(c) => {
                self.close(&c.incident_id);
                self.incident(&c.incident_id).merged_into = Some(c.into_incident_id.clone());
                self.touch(&c.into_incident_id);
            }
            other => unreachable!("{other:?}"),
        }
    }

    /// Something has become due.
    pub fn meet(&mut self, id: &EntityId) {
        if self.runs.contains_key(id) {
            self.run(id).escalated = Some(self.now);
        } else if self.units.contains_key(id) {
            self.units.get_mut(id).unwrap().reserved = None;
            self.touch(id);
        } else if let Some(shift) = self.shifts.get(id).cloned() {
            match shift.ended {
                Some(_) => {
                    self.shifts.remove(id);
                    self.gone(id);
                }
                None if self.units[&shift.unit].run.is_some() => {
                    self.shifts.get_mut(id).unwrap().overtime = true;
                    self.touch(id);
                }
                None => self.relieve(&shift.unit),
            }
        } else if let State::Held { .. } = self.incidents[id].state {
            self.resume(id);
        } else {
            for run in self.incidents.remove(id).unwrap().runs {
                self.runs.remove(&run);
                self.gone(&run);
            }
            self.gone(id);
        }
    }

    fn run(&mut self, id: &EntityId) -> &mut Run {
        self.touch(id);
        self.runs.get_mut(id).unwrap()
    }

    fn incident(&mut self, id: &EntityId) -> &mut Incident {
        self.touch(id);
        self.incidents.get_mut(id).unwrap()
    }

    fn mark(&mut self, id: &EntityId, stage: Stage, at: Ms) {
        let recorded = self.now;
        self.run(id).marks.push(Mark {
            stage,
            at,
            recorded,
            undone: None,
        });
    }

    fn turn(&mut self, id: &EntityId, status: UnitStatus, reason: &str) {
        let now = self.now;
        self.touch(id);
        let unit = self.units.get_mut(id).unwrap();
        if unit.status != status {
            unit.since = now;
        }
        unit.status = status;
        reason.clone_into(&mut unit.reason);
    }

    fn send(&mut self, unit: &EntityId, incident: &EntityId, id: EntityId) {
        self.turn(unit, status("assigned"), "");
        let bound = self.units.get_mut(unit).unwrap();
        bound.run = Some(id.clone());
        bound.reserved = None;
        let run = Run {
            unit: unit.clone(),
            incident: incident.clone(),
            patients: bound.patients,
            shift: bound.shift.clone(),
            marks: Vec::new(),
            infectious: false,
            destination: None,
            result: None,
            reason: None,
            diverted_to: None,
            escalated: None,
        };
        self.runs.insert(id.clone(), run);
        self.mark(&id, Stage::Assigned, self.now);
        let incident = self.incident(incident);
        incident.state = State::Open;
        incident.runs.push(id);
    }

    fn report(&mut self, c: &ReportStage) {
        let id = &c.assignment_id;
        self.mark(id, c.stage, c.at.map_or(self.now, ms));
        let run = self.run(id);
        if c.destination_id.is_some() {
            run.destination.clone_from(&c.destination_id);
        }
        self.suspect(id);
        if c.stage == Stage::Closed {
            self.run(id).result = Some(c.result.unwrap_or(AssignmentResult::Completed));
            self.set_free(id);
        } else {
            self.follow(id);
        }
    }

    /// An infectious patient in the vehicle, now known or known before.
    fn suspect(&mut self, id: &EntityId) {
        let run = &self.runs[id];
        if run.place().aboard && self.incidents[&run.incident].infectious {
            self.run(id).infectious = true;
        }
    }

    /// The unit shows what its run does.
    fn follow(&mut self, id: &EntityId) {
        let run = &self.runs[id];
        let (unit, status) = (run.unit.clone(), run.place().status());
        if self.units[&unit].status != status {
            self.turn(&unit, status, "");
        }
    }

    fn undo(&mut self, id: &EntityId) {
        let now = self.now;
        let run = self.run(id);
        let last = run
            .marks
            .iter_mut()
            .rev()
            .find(|mark| mark.undone.is_none());
        last.unwrap().undone = Some(now);
        run.infectious &= run.place().aboard;
        self.follow(id);
    }

    fn cancel(&mut self, id: &EntityId, reason: &str) {
        self.mark(id, Stage::Cancelled, self.now);
        self.run(id).reason = Some(reason.to_owned());
        self.set_free(id);
    }

    fn break_down(&mut self, id: &EntityId, reason: &str) {
        self.mark(id, Stage::Closed, self.now);
        self.suspect(id);
        let run = self.run(id);
        run.result = Some(AssignmentResult::Aborted);
        run.reason = Some(reason.to_owned());
        let (unit, infectious) = (run.unit.clone(), run.infectious);
        let word = if infectious {
            "decontaminating"
        } else {
            "out_of_service"
        };
        self.turn(&unit, status(word), reason);
        self.units.get_mut(&unit).unwrap().run = None;
    }

    fn set_free(&mut self, id: &EntityId) {
        let run = &self.runs[id];
        let (id, infectious) = (run.unit.clone(), run.infectious);
        let unit = &self.units[&id];
        let word = match unit.shift.is_some() || unit.team {
            _ if infectious => "decontaminating",
            true => "available",
            false => "off_duty",
        };
        self.turn(&id, status(word), "");
        self.units.get_mut(&id).unwrap().run = None;
    }

    fn begin(&mut self, id: &EntityId, ends: Option<Ms>, shift: &EntityId) {
        let unit = &self.units[id];
        let reason = unit.reason.clone();
        let next = match unit.status.as_str() {
            "off_duty" => status("available"),
            _ => unit.status,
        };
        self.turn(id, next, &reason);
        self.units.get_mut(id).unwrap().shift = Some(shift.clone());
        let begun = Shift {
            unit: id.clone(),
            ends,
            overtime: false,
            ended: None,
        };
        self.shifts.insert(shift.clone(), begun);
        self.touch(shift);
    }

    fn relieve(&mut self, id: &EntityId) {
        let unit = &self.units[id];
        if unit.shift.is_none() {
            return;
        }
        let next = match unit.status.as_str() {
            "out_of_service" | "decontaminating" => unit.status,
            _ => status("off_duty"),
        };
        self.turn(id, next, "");
        self.units.get_mut(id).unwrap().reserved = None;
        self.end_shift(id);
    }

    fn end_shift(&mut self, unit: &EntityId) {
        if let Some(shift) = self.units.get_mut(unit).unwrap().shift.take() {
            self.shifts.get_mut(&shift).unwrap().ended = Some(self.now);
            self.touch(&shift);
        }
    }

    fn set_status(&mut self, c: &SetUnitStatus) {
        let unit = &self.units[&c.unit_id];
        if unit.status == c.status && unit.reason == c.reason.as_str() {
            return;
        }
        self.turn(&c.unit_id, c.status, c.reason.as_str());
        if c.status.as_str() != "available" {
            self.units.get_mut(&c.unit_id).unwrap().reserved = None;
        }
        if c.status.as_str() == "off_duty" {
            self.end_shift(&c.unit_id);
        }
    }

    fn reserve(&mut self, c: &ReserveUnit) {
        let until = c.until.map_or(self.now + HOUR / 6, ms);
        let wanted = c.incident_id.clone().map(|incident| (incident, until));
        if self.units[&c.unit_id].reserved != wanted {
            self.units.get_mut(&c.unit_id).unwrap().reserved = wanted;
            self.touch(&c.unit_id);
        }
    }

    fn open(&mut self, c: &OpenIncident, fresh: &EntityId) {
        let incident = Incident {
            priority: c.priority as u8 + 1,
            infectious: c.infectious,
            state: State::Open,
            runs: Vec::new(),
            merged_into: None,
        };
        self.incidents.insert(fresh.clone(), incident);
        self.touch(fresh);
    }

    fn update(&mut self, c: &UpdateIncident) {
        let incident = &self.incidents[&c.incident_id];
        let priority = c.priority.map_or(incident.priority, |p| p as u8 + 1);
        let infectious = c.infectious.unwrap_or(incident.infectious);
        if (priority, infectious) != (incident.priority, incident.infectious) {
            let incident = self.incident(&c.incident_id);
            (incident.priority, incident.infectious) = (priority, infectious);
        }
    }

    fn close(&mut self, id: &EntityId) {
        let now = self.now;
        self.incident(id).state = State::Closed { at: now };
        let waits = |(_, unit): &(&EntityId, &mut crate::model::Unit)| {
            unit.reserved
                .as_ref()
                .is_some_and(|(incident, _)| incident == id)
        };
        let mut freed = Vec::new();
        for (unit, standing) in self.units.iter_mut().filter(waits) {
            standing.reserved = None;
            freed.push(unit.clone());
        }
        for unit in freed {
            self.touch(&unit);
        }
    }

    fn resume(&mut self, id: &EntityId) {
        if matches!(self.incidents[id].state, State::Held { .. }) {
            self.incident(id).state = State::Open;
        }
    }
}

fn status(word: &str) -> UnitStatus {
    UnitStatus::parse(word).unwrap()
}
