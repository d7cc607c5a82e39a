//! Random steps: mostly what a desk and its crews would do next, often what they must not.

use chiyuan_core::{
    Command, EntityId, Timestamp,
    assignment::{
        AcknowledgeAssignment, AssignUnits, AssignmentResult, CancelAssignment, DivertAssignment,
        ReportBreakdown, ReportStage, SetDestination, Stage, StandDown, UndoStage,
    },
    incident::{CloseIncident, HoldIncident, MergeIncidents, Priority, ResumeIncident},
    shift::{BeginShift, CrewMember, EndShift},
    text::{Note, Term},
    unit::{ReserveUnit, SetUnitStatus, UnitStatus},
};
use serde_json::json;

use crate::{
    model::{HOUR, Model, Ms, SECOND, State, Who},
    table::LIFE,
    world::{HOSPITALS, STATION, id, moment},
};

/// A xorshift generator: the same seed gives the same run everywhere.
pub struct Rng(u64);

impl Rng {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    pub fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        let drawn = self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 16;
        usize::try_from(drawn % n as u64).unwrap()
    }

    fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    fn of<T: Clone>(&mut self, list: &[T]) -> T {
        list[self.below(list.len())].clone()
    }

    fn some<T>(&mut self, percent: usize, value: impl FnOnce(&mut Self) -> T) -> Option<T> {
        self.chance(percent).then(|| value(self))
    }

    fn ms(&mut self, below: Ms) -> Ms {
        Ms::try_from(self.below(usize::try_from(below).unwrap())).unwrap()
    }
}

/// Mostly seconds, seldom hours.
pub fn pause(rng: &mut Rng) -> Ms {
    match rng.below(1_000) {
        0..=2 => rng.ms(27 * HOUR),
        3..=99 => rng.ms(120 * SECOND),
        100..=399 => rng.ms(30 * SECOND),
        _ => rng.ms(8 * SECOND),
    }
}

/// Who gives which command next; `now` is when.
pub fn next(rng: &mut Rng, model: &Model, now: Ms) -> (Who, Command) {
    let idle = model.units.values().all(|unit| unit.run.is_none());
    let from = if idle && rng.chance(90) { 720 } else { 0 };
    let command = match from + rng.below(1_000 - from) {
        0..=459 => report(rng, model, now),
        460..=489 => acknowledge(rng, model, now),
        490..=579 => Command::UndoStage(UndoStage {
            assignment_id: a_run(rng, model),
            reason: note("误按"),
        }),
        580..=619 => Command::SetDestination(SetDestination {
            assignment_id: a_run(rng, model),
            facility_id: facility(rng),
        }),
        620..=639 => Command::ReportBreakdown(ReportBreakdown {
            assignment_id: a_run(rng, model),
            reason: note("爆胎"),
        }),
        640..=669 => Command::CancelAssignment(CancelAssignment {
            assignment_id: a_run(rng, model),
            reason: note("误报"),
        }),
        670..=719 => Command::DivertAssignment(DivertAssignment {
            assignment_id: a_run(rng, model),
            incident_id: an_incident(rng, model),
            reason: note("更急"),
        }),
        720..=819 => assign(rng, model),
        820..=914 => on_unit(rng, model, now),
        _ => on_incident(rng, model, now),
    };
    (who(rng, model, &command), command)
}

fn who(rng: &mut Rng, model: &Model, command: &Command) -> Who {
    let run = |id: &EntityId| model.runs.get(id).map(|run| run.unit.clone());
    let own = match command {
        Command::AcknowledgeAssignment(c) => run(&c.assignment_id),
        Command::ReportStage(c) => run(&c.assignment_id),
        Command::UndoStage(c) => run(&c.assignment_id),
        Command::SetDestination(c) => run(&c.assignment_id),
        Command::ReportBreakdown(c) => run(&c.assignment_id),
        Command::BeginShift(c) => Some(c.unit_id.clone()),
        Command::EndShift(c) => Some(c.unit_id.clone()),
        Command::SetUnitStatus(c) => Some(c.unit_id.clone()),
        _ => None,
    };
    match (rng.below(100), own) {
        (0..=29, Some(unit)) => Who::Crew(unit),
        (30 | 31, _) => Who::Crew(a_unit(rng, model, |_| true)),
        _ => Who::Desk,
    }
}

fn note(text: &str) -> Note {
    Note::new(text).unwrap()
}

fn a_unit(rng: &mut Rng, model: &Model, wanted: impl Fn(&crate::model::Unit) -> bool) -> EntityId {
    let fitting = |percent: bool| {
        let all = model
            .units
            .iter()
            .filter(|(_, unit)| percent || wanted(unit));
        all.map(|(id, _)| id.clone()).collect::<Vec<_>>()
    };
    if rng.below(200) == 0 {
        return id("amb-9");
    }
    let some = fitting(rng.chance(10));
    if some.is_empty() {
        rng.of(&fitting(true))
    } else {
        rng.of(&some)
    }
}

fn a_run(rng: &mut Rng, model: &Model) -> EntityId {
    let open: Vec<_> = model
        .units
        .values()
        .filter_map(|unit| unit.run.clone())
        .collect();
    match rng.below(100) {
        0 => id("run-9"),
        1..=9 if !model.runs.is_empty() => {
            let place = rng.below(model.runs.len());
            model.runs.keys().nth(place).unwrap().clone()
        }
        _ if open.is_empty() => id("run-9"),
        _ => rng.of(&open),
    }
}

fn open_incidents(model: &Model) -> Vec<EntityId> {
    let open = model
        .incidents
        .iter()
        .filter(|(_, i)| !matches!(i.state, State::Closed { .. }));
    open.map(|(id, _)| id.clone()).collect()
}

fn an_incident(rng: &mut Rng, model: &Model) -> EntityId {
    let open = open_incidents(model);
    match rng.below(100) {
        0 => id("inc-9"),
        1..=4 if !model.incidents.is_empty() => {
            let place = rng.below(model.incidents.len());
            model.incidents.keys().nth(place).unwrap().clone()
        }
        _ if open.is_empty() => id("inc-9"),
        _ => rng.of(&open),
    }
}

fn facility(rng: &mut Rng) -> EntityId {
    match rng.below(40) {
        0 => id("fac-9"),
        1 => id(STATION),
        n => id(HOSPITALS[n % 2]),
    }
}

fn told(rng: &mut Rng, now: Ms) -> Option<Timestamp> {
    rng.some(20, |rng| moment(now + 4 * SECOND - rng.ms(40 * SECOND)))
}

fn acknowledge(rng: &mut Rng, model: &Model, now: Ms) -> Command {
    Command::AcknowledgeAssignment(AcknowledgeAssignment {
        assignment_id: a_run(rng, model),
        at: told(rng, now),
    })
}

fn report(rng: &mut Rng, model: &Model, now: Ms) -> Command {
    use AssignmentResult::{Aborted, Completed, DiedOnScene, EmptyRun, Refused, TreatedOnScene};
    let assignment_id = a_run(rng, model);
    let likely: Vec<Stage> = match model.runs.get(&assignment_id) {
        Some(run) if rng.chance(65) => {
            let closes = rng.chance(12);
            let fits = |to: &Stage| run.place().may_report(*to) && (closes || *to != Stage::Closed);
            LIFE.into_iter().filter(fits).collect()
        }
        _ => Vec::new(),
    };
    let stage = if likely.is_empty() {
        rng.of(&LIFE)
    } else {
        rng.of(&likely)
    };
    let driving = matches!(
        stage,
        Stage::PatientAboard | Stage::LeftScene | Stage::AtHospital
    );
    let results = [
        Completed,
        EmptyRun,
        TreatedOnScene,
        DiedOnScene,
        Refused,
        Aborted,
    ];
    Command::ReportStage(ReportStage {
        assignment_id,
        stage,
        at: told(rng, now),
        result: rng.some(if stage == Stage::Closed { 80 } else { 2 }, |rng| {
            rng.of(&results)
        }),
        destination_id: rng.some(if driving { 50 } else { 3 }, facility),
    })
}

fn assign(rng: &mut Rng, model: &Model) -> Command {
    let incident_id = an_incident(rng, model);
    let ready = |unit: &crate::model::Unit| {
        unit.run.is_none()
            && unit.status.as_str() == "available"
            && (unit.team || unit.shift.is_some())
    };
    let most = if rng.chance(5) { 7 } else { 6 };
    let count = [1, 1, 1, 2, 2, 3, 0][rng.below(most)];
    let version = model.versions.get(&incident_id).copied().unwrap_or(1);
    Command::AssignUnits(AssignUnits {
        unit_ids: (0..count).map(|_| a_unit(rng, model, ready)).collect(),
        need_id: None,
        based_on_version: rng.some(30, |rng| version + u64::from(rng.chance(20))),
        choice: None,
        incident_id,
    })
}

fn on_unit(rng: &mut Rng, model: &Model, now: Ms) -> Command {
    let soon = |rng: &mut Rng, most: Ms| moment(now - 10 * SECOND + rng.ms(most));
    match rng.below(10) {
        0..=3 => {
            let people = usize::from(!rng.chance(3));
            let driver = CrewMember {
                role: Term::new("driver").unwrap(),
                staff: Term::new("d1").unwrap(),
            };
            let long = if rng.chance(90) { HOUR } else { 80 * HOUR };
            Command::BeginShift(BeginShift {
                at: None,
                unit_id: a_unit(rng, model, |unit| unit.shift.is_none()),
                crew: vec![driver; people],
                ends_at: rng.some(70, |rng| soon(rng, long)),
            })
        }
        4 => Command::EndShift(EndShift {
            at: None,
            unit_id: a_unit(rng, model, |unit| unit.run.is_none()),
        }),
        5..=7 => {
            let idle = a_unit(rng, model, |unit| {
                unit.run.is_none() && unit.status.as_str() != "available"
            });
            let status = if rng.chance(60) {
                UnitStatus::Available
            } else {
                rng.of(&UnitStatus::ALL)
            };
            Command::SetUnitStatus(SetUnitStatus {
                at: None,
                unit_id: idle,
                status,
                reason: note(["", "加油"][rng.below(2)]),
            })
        }
        _ => Command::ReserveUnit(ReserveUnit {
            unit_id: a_unit(rng, model, |unit| unit.run.is_none()),
            incident_id: rng.some(85, |rng| an_incident(rng, model)),
            until: rng.some(50, |rng| soon(rng, 900 * SECOND)),
        }),
    }
}

fn on_incident(rng: &mut Rng, model: &Model, now: Ms) -> Command {
    let priorities = [Priority::P1, Priority::P2, Priority::P3, Priority::P4];
    let open = open_incidents(model).len();
    if open < 2 || (open < 4 && rng.chance(40)) {
        let word = format!("P{}", 1 + rng.below(4));
        let body = json!({"type": "open_incident", "incident_type": "medical", "priority": word, "lon": 112.0, "lat": 39.0,
            "jurisdiction": "140602", "infectious": rng.chance(40)});
        return serde_json::from_value(body).unwrap();
    }
    let incident_id = an_incident(rng, model);
    match rng.below(20) {
        0..=5 => Command::CloseIncident(CloseIncident {
            incident_id,
            outcome: Term::new("completed").unwrap(),
        }),
        6..=8 => Command::HoldIncident(HoldIncident {
            incident_id,
            reason: note("无车"),
            until: rng.some(60, |rng| moment(now - 5 * SECOND + rng.ms(300 * SECOND))),
        }),
        9 | 10 => Command::ResumeIncident(ResumeIncident { incident_id }),
        11 | 12 => Command::MergeIncidents(MergeIncidents {
            incident_id,
            into_incident_id: an_incident(rng, model),
            reason: note("重复"),
        }),
        13 | 14 => Command::StandDown(StandDown {
            incident_id,
            reason: note("误报"),
        }),
        _ => {
            let mut body = json!({"type": "update_incident", "incident_id": incident_id});
            if rng.chance(60) {
                body["priority"] = json!(rng.of(&priorities));
            }
            if rng.chance(60) {
                body["infectious"] = rng.chance(50).into();
            }
            serde_json::from_value(body).unwrap()
        }
    }
}
