//! What may follow what, drawn from the design (section 6) and the order of time points (domain 2.2); the status of a
//! unit by the stage of its assignment.

use std::collections::BTreeSet;

use chiyuan_core::{assignment::Stage, unit::UnitStatus};

/// Rows: the stage that is; columns: the stage reported, both in the order of an assignment's life. `x` follows, `p`
/// follows in a vehicle for patients, `a` follows with a patient aboard, `.` never.
///
/// T4 assigned, T5 acknowledged, T6 departed, T7 arrived, T8 patient aboard, T9 left scene, T10 at hospital, T11 handed
/// over, T12 closed; then cancelled and diverted, which have commands of their own.
const MAY_FOLLOW: [(&str, &[u8; 11]); 11] = [
    //                 456789abc--
    ("assigned", b".xx........"),
    ("acknowledged", b"..x.....x.."),
    ("departed", b"...x....x.."),
    ("arrived", b"....px..x.."),
    ("patient_aboard", b".....xx.x.."),
    ("left_scene", b"......a.x.."),
    ("at_hospital", b".......xx.."),
    ("handed_over", b"........x.."),
    ("closed", b"..........."),
    ("cancelled", b"..........."),
    ("diverted", b"..........."),
];

/// The stages in the order of the table.
pub const LIFE: [Stage; 11] = [
    Stage::Assigned,
    Stage::Acknowledged,
    Stage::Departed,
    Stage::Arrived,
    Stage::PatientAboard,
    Stage::LeftScene,
    Stage::AtHospital,
    Stage::HandedOver,
    Stage::Closed,
    Stage::Cancelled,
    Stage::Diverted,
];

/// Where an assignment is: its stage, whether a patient came aboard, whether its unit carries patients.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    pub stage: Stage,
    pub aboard: bool,
    pub patients: bool,
}

impl Place {
    /// Whether `to` may be reported here.
    pub fn may_report(self, to: Stage) -> bool {
        match MAY_FOLLOW[self.stage as usize].1[to as usize] {
            b'x' => true,
            b'p' => self.patients,
            b'a' => self.aboard,
            _ => false,
        }
    }

    /// Where it is after `to`.
    pub fn after(self, to: Stage) -> Self {
        Self {
            stage: to,
            aboard: self.aboard || to == Stage::PatientAboard,
            ..self
        }
    }

    pub fn is_over(self) -> bool {
        ["closed", "cancelled", "diverted"].contains(&MAY_FOLLOW[self.stage as usize].0)
    }

    /// Whether the order can be called back: nobody has been in the vehicle.
    pub fn may_recall(self) -> bool {
        !self.is_over() && !self.aboard
    }

    /// The status of the unit.
    pub fn status(self) -> UnitStatus {
        let word = match self.stage as usize {
            0 | 1 => "assigned",
            2 => "en_route",
            3 | 4 => "on_scene",
            5 if self.aboard => "transporting",
            5 => "returning",
            _ => "at_hospital",
        };
        UnitStatus::parse(word).unwrap()
    }

    /// Every place that can be reached.
    pub fn all() -> BTreeSet<Self> {
        let mut all = BTreeSet::new();
        let mut open: Vec<Self> = [false, true]
            .map(|patients| Self {
                stage: Stage::Assigned,
                aboard: false,
                patients,
            })
            .to_vec();
        while let Some(place) = open.pop() {
            if all.insert(place) {
                open.extend(
                    LIFE.into_iter()
                        .filter(|to| place.may_report(*to))
                        .map(|to| place.after(to)),
                );
                if place.may_recall() {
                    open.extend([Stage::Cancelled, Stage::Diverted].map(|to| place.after(to)));
                }
            }
        }
        all
    }
}

#[test]
fn the_rows_are_the_stages_of_the_contract() {
    for ((word, _), stage) in MAY_FOLLOW.iter().zip(LIFE) {
        assert_eq!(*word, stage.as_str());
        assert_eq!(LIFE[stage as usize], stage);
    }
    assert_eq!(Place::all().len(), 21);
}
