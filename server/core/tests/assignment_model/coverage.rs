//! What a run has covered: every legal transition taken, every illegal one attempted and refused.

use std::collections::{BTreeMap, BTreeSet};

use chiyuan_core::{Command, RejectionCode, assignment::Stage};

use crate::{
    model::Model,
    table::{LIFE, Place},
};

/// By which command, from where, to which stage.
type Way = (&'static str, Place, Stage);

#[derive(Default)]
pub struct Coverage {
    pub steps: u64,
    pub accepted: u64,
    pub deadlines: u64,
    taken: BTreeMap<Way, u64>,
    refused: BTreeMap<Way, u64>,
    codes: BTreeMap<&'static str, u64>,
    words: BTreeMap<&'static str, u64>,
}

/// Where the assignment is that a command names, and what the command would make of it.
pub fn place(model: &Model, command: &Command) -> Option<Way> {
    let (word, id, to) = match command {
        Command::AcknowledgeAssignment(c) => ("report", &c.assignment_id, Stage::Acknowledged),
        Command::ReportStage(c) => ("report", &c.assignment_id, c.stage),
        Command::CancelAssignment(c) => ("cancel", &c.assignment_id, Stage::Cancelled),
        Command::DivertAssignment(c) => ("divert", &c.assignment_id, Stage::Diverted),
        Command::ReportBreakdown(c) => ("break down", &c.assignment_id, Stage::Closed),
        Command::UndoStage(c) => {
            let run = model.runs.get(&c.assignment_id)?;
            let back_to = run
                .valid()
                .rev()
                .nth(1)
                .map_or(Stage::Assigned, |mark| mark.stage);
            return Some(("undo", run.place(), back_to));
        }
        _ => return None,
    };
    Some((word, model.runs.get(id)?.place(), to))
}

impl Coverage {
    pub fn count(
        &mut self,
        command: &Command,
        way: Option<Way>,
        code: Option<RejectionCode>,
        model: &Model,
    ) {
        self.steps += 1;
        // A status set by hand never leaks into what an assignment says: units that are bound follow.
        debug_assert!(model.units.values().all(|u| {
            u.run
                .as_ref()
                .is_none_or(|run| model.runs[run].place().status() == u.status)
        }));
        match code {
            None => {
                self.accepted += 1;
                *self.words.entry(command.word()).or_default() += 1;
                if let Some(way) = way {
                    *self.taken.entry(way).or_default() += 1;
                }
            }
            Some(code) => {
                *self.codes.entry(code.as_str()).or_default() += 1;
                let by_stage = matches!(
                    code,
                    RejectionCode::StageNotNext
                        | RejectionCode::AssignmentEnded
                        | RejectionCode::PatientAboard
                        | RejectionCode::NothingToUndo
                );
                if let Some(way) = way.filter(|_| by_stage) {
                    *self.refused.entry(way).or_default() += 1;
                }
            }
        }
    }

    pub fn add(&mut self, other: Self) {
        fn sum<K: Ord>(to: &mut BTreeMap<K, u64>, from: BTreeMap<K, u64>) {
            for (key, count) in from {
                *to.entry(key).or_default() += count;
            }
        }
        self.steps += other.steps;
        self.accepted += other.accepted;
        self.deadlines += other.deadlines;
        sum(&mut self.taken, other.taken);
        sum(&mut self.refused, other.refused);
        sum(&mut self.codes, other.codes);
        sum(&mut self.words, other.words);
    }

    /// Every legal way was taken; every other was tried and refused.
    pub fn is_complete(&self) {
        for (way, legal) in ways() {
            let (right, wrong) = match legal {
                true => (&self.taken, &self.refused),
                false => (&self.refused, &self.taken),
            };
            assert!(
                right.contains_key(&way),
                "{way:?}, legal: {legal}, never came up"
            );
            // A destination for a vehicle that takes none is refused with the code of stages, too.
            let told = legal && way.0 == "report";
            assert!(told || !wrong.contains_key(&way), "{way:?}, legal: {legal}");
        }
    }
}

/// Every way from every place that can be reached, and whether it is legal.
fn ways() -> BTreeMap<Way, bool> {
    let places = Place::all();
    let mut ways = BTreeMap::new();
    for place in &places {
        for to in LIFE {
            ways.insert(("report", *place, to), place.may_report(to));
            let after = place.after(to);
            if place.may_report(to) && !after.is_over() {
                ways.insert(("undo", after, place.stage), true);
            }
        }
        ways.insert(("cancel", *place, Stage::Cancelled), place.may_recall());
        ways.insert(("divert", *place, Stage::Diverted), place.may_recall());
        ways.insert(("break down", *place, Stage::Closed), !place.is_over());
        if place.stage == Stage::Assigned {
            ways.insert(("undo", *place, Stage::Assigned), false);
        }
    }
    ways
}

impl std::fmt::Display for Coverage {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let ways = ways();
        let legal: BTreeSet<&Way> = ways
            .iter()
            .filter(|(_, legal)| **legal)
            .map(|(way, _)| way)
            .collect();
        let taken = legal
            .iter()
            .filter(|way| self.taken.contains_key(**way))
            .count();
        let illegal = ways.len() - legal.len();
        let refused = ways
            .iter()
            .filter(|(way, legal)| !**legal && self.refused.contains_key(*way))
            .count();
        let seen = self
            .taken
            .iter()
            .chain(&self.refused)
            .filter(|(way, _)| ways.contains_key(*way));
        let rarest = seen.min_by_key(|(_, count)| **count);
        writeln!(
            f,
            "{} steps, {} accepted, {} deadlines",
            self.steps, self.accepted, self.deadlines
        )?;
        writeln!(
            f,
            "legal ways taken {taken} of {}, illegal ways refused {refused} of {illegal}, rarest {rarest:?}",
            legal.len()
        )?;
        writeln!(f, "refused {:?}", self.codes)?;
        write!(f, "accepted {:?}", self.words)
    }
}
