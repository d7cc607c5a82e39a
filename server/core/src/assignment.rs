//! Assignments 派遣: one unit sent to one incident, its stages with their stamps (T4 to T13), its result.

mod commands;
mod end;
mod progress;
mod send;
mod stages;

pub use commands::{
    AcknowledgeAssignment, AssignUnits, CancelAssignment, DivertAssignment, ProposeStage,
    ReportBreakdown, ReportStage, SetDestination, StandDown, UndoStage,
};
pub(crate) use end::{
    cancel_assignment, divert_assignment, escalate, report_breakdown, stand_down,
};
pub(crate) use progress::{
    acknowledge_assignment, propose_stage, report_stage, set_destination, undo_stage,
};
pub(crate) use send::{assign_units, sendable};
pub use stages::{allowed, carries_patients};

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    DivisionCode, Entity, EntityId, Header, Timestamp,
    text::{Name, Note, Term},
    unit::UnitStatus,
};

/// An order without receipt is escalated after this, seconds.
pub const ACKNOWLEDGE_WITHIN_S: i64 = 60;
/// A stage can be undone within this, seconds after it was recorded.
pub const UNDO_WITHIN_S: i64 = 60;
/// Most units of one order.
pub const MAX_UNITS: usize = 50;
/// Most candidates kept with a choice.
pub const MAX_SHOWN: usize = 20;
/// An assignment with so many stamps takes no stage back any more; it can always go on and end.
pub const MAX_STAMPS: usize = 200;

/// Where an assignment stands.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// T4 派车
    Assigned,
    /// T5 接收命令
    Acknowledged,
    /// T6 出车
    Departed,
    /// T7 到达现场
    Arrived,
    /// T8 病人上车
    PatientAboard,
    /// T9 离开现场
    LeftScene,
    /// T10 到达医院
    AtHospital,
    /// T11 移交完成
    HandedOver,
    /// T12 完成
    Closed,
    /// 撤销
    Cancelled,
    /// 改派
    Diverted,
}

impl Stage {
    /// Every stage, in the order of an assignment's life.
    pub const ALL: [Self; 11] = [
        Self::Assigned,
        Self::Acknowledged,
        Self::Departed,
        Self::Arrived,
        Self::PatientAboard,
        Self::LeftScene,
        Self::AtHospital,
        Self::HandedOver,
        Self::Closed,
        Self::Cancelled,
        Self::Diverted,
    ];

    /// The word of the contract.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Assigned => "assigned",
            Self::Acknowledged => "acknowledged",
            Self::Departed => "departed",
            Self::Arrived => "arrived",
            Self::PatientAboard => "patient_aboard",
            Self::LeftScene => "left_scene",
            Self::AtHospital => "at_hospital",
            Self::HandedOver => "handed_over",
            Self::Closed => "closed",
            Self::Cancelled => "cancelled",
            Self::Diverted => "diverted",
        }
    }

    /// Nothing follows.
    #[must_use]
    pub fn is_final(self) -> bool {
        matches!(self, Self::Closed | Self::Cancelled | Self::Diverted)
    }
}

/// Who or what made a stamp.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum StampSource {
    /// 人工
    Manual,
    /// 自动: proposed by the tracker from a geofence, confirmed by a person.
    Automatic,
}

/// A stage taken back: the stamp stays in the record.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Undone {
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
    #[schema(value_type = String)]
    pub by: Name,
    #[schema(value_type = String)]
    pub reason: Note,
}

/// One time point: value, when and by whom it was recorded, from what.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Stamp {
    pub stage: Stage,
    /// When it happened.
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
    /// When the centre learned of it.
    #[schema(value_type = String, format = DateTime)]
    pub recorded_at: Timestamp,
    pub source: StampSource,
    #[schema(value_type = String)]
    pub by: Name,
    pub undone: Option<Undone>,
}

/// How an assignment ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum AssignmentResult {
    /// 正常完成
    Completed,
    /// 放空车
    EmptyRun,
    /// 现场救治
    TreatedOnScene,
    /// 现场死亡
    DiedOnScene,
    /// 拒绝
    Refused,
    /// 中止任务
    Aborted,
}

/// A candidate as the dispatcher saw it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ShownCandidate {
    pub unit_id: EntityId,
    pub distance_m: f64,
    #[serde(default)]
    pub eta_s: Option<u32>,
    #[serde(default)]
    pub fix_age_s: Option<i64>,
}

/// What was recommended when the choice was made; kept with the assignment.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
    /// `road` or `straight_line`
    #[schema(value_type = String)]
    pub eta_basis: Term,
    /// In the order shown.
    pub shown: Vec<ShownCandidate>,
}

/// A stage that the tracker believes has come; a person confirms it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Proposal {
    pub stage: Stage,
    /// Time of the fix.
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
    pub lon: f64,
    pub lat: f64,
}

/// 派遣
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Assignment {
    #[serde(flatten)]
    pub header: Header,
    pub jurisdiction: DivisionCode,
    pub incident_id: EntityId,
    pub unit_id: EntityId,
    /// The need of the incident that it fills.
    #[schema(value_type = Option<String>)]
    pub need_id: Option<Term>,
    pub status: Stage,
    pub result: Option<AssignmentResult>,
    /// Whether the unit carries patients, and so has the patient stages.
    pub carries_patients: bool,
    /// It carried, or may have touched, an infectious patient.
    pub infectious: bool,
    pub destination_id: Option<EntityId>,
    pub shift_id: Option<EntityId>,
    /// T4
    #[schema(value_type = String, format = DateTime)]
    pub assigned_at: Timestamp,
    #[schema(value_type = String)]
    pub assigned_by: Name,
    /// T5
    #[schema(value_type = Option<String>, format = DateTime)]
    pub acknowledged_at: Option<Timestamp>,
    /// T6
    #[schema(value_type = Option<String>, format = DateTime)]
    pub departed_at: Option<Timestamp>,
    /// T7
    #[schema(value_type = Option<String>, format = DateTime)]
    pub arrived_at: Option<Timestamp>,
    /// T8
    #[schema(value_type = Option<String>, format = DateTime)]
    pub patient_aboard_at: Option<Timestamp>,
    /// T9
    #[schema(value_type = Option<String>, format = DateTime)]
    pub left_scene_at: Option<Timestamp>,
    /// T10
    #[schema(value_type = Option<String>, format = DateTime)]
    pub at_hospital_at: Option<Timestamp>,
    /// T11
    #[schema(value_type = Option<String>, format = DateTime)]
    pub handed_over_at: Option<Timestamp>,
    /// T12, also of what was cancelled or diverted.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub ended_at: Option<Timestamp>,
    /// The order was not received in time.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub escalated_at: Option<Timestamp>,
    /// Why it was cancelled, diverted or broke down.
    #[schema(value_type = Option<String>)]
    pub reason: Option<Note>,
    pub diverted_to: Option<EntityId>,
    pub care_record_id: Option<EntityId>,
    pub proposal: Option<Proposal>,
    pub choice: Option<Choice>,
    /// Every stamp ever made, undone ones included.
    pub stamps: Vec<Stamp>,
}

impl Assignment {
    /// Whether its unit is bound by it.
    #[must_use]
    pub fn is_open(&self) -> bool {
        !self.status.is_final()
    }

    /// The status that the unit has by it while it is open.
    #[must_use]
    pub fn unit_status(&self) -> UnitStatus {
        match self.status {
            Stage::Assigned | Stage::Acknowledged => UnitStatus::Assigned,
            Stage::Departed => UnitStatus::EnRoute,
            Stage::Arrived | Stage::PatientAboard => UnitStatus::OnScene,
            Stage::LeftScene if self.patient_aboard_at.is_some() => UnitStatus::Transporting,
            Stage::AtHospital | Stage::HandedOver => UnitStatus::AtHospital,
            Stage::LeftScene | Stage::Closed | Stage::Cancelled | Stage::Diverted => {
                UnitStatus::Returning
            }
        }
    }

    /// The time of a stage, if it has come.
    #[must_use]
    pub fn at(&self, stage: Stage) -> Option<Timestamp> {
        match stage {
            Stage::Assigned => Some(self.assigned_at),
            Stage::Acknowledged => self.acknowledged_at,
            Stage::Departed => self.departed_at,
            Stage::Arrived => self.arrived_at,
            Stage::PatientAboard => self.patient_aboard_at,
            Stage::LeftScene => self.left_scene_at,
            Stage::AtHospital => self.at_hospital_at,
            Stage::HandedOver => self.handed_over_at,
            Stage::Closed | Stage::Cancelled | Stage::Diverted => self.ended_at,
        }
    }

    pub(crate) fn set_at(&mut self, stage: Stage, at: Option<Timestamp>) {
        match stage {
            Stage::Assigned => {}
            Stage::Acknowledged => self.acknowledged_at = at,
            Stage::Departed => self.departed_at = at,
            Stage::Arrived => self.arrived_at = at,
            Stage::PatientAboard => self.patient_aboard_at = at,
            Stage::LeftScene => self.left_scene_at = at,
            Stage::AtHospital => self.at_hospital_at = at,
            Stage::HandedOver => self.handed_over_at = at,
            Stage::Closed | Stage::Cancelled | Stage::Diverted => self.ended_at = at,
        }
    }

    /// The latest moment that any stage has.
    pub(crate) fn last_at(&self) -> Timestamp {
        Stage::ALL
            .into_iter()
            .filter_map(|stage| self.at(stage))
            .max()
            .unwrap_or(self.assigned_at)
    }

    pub(crate) fn next(&self) -> Self {
        let mut next = self.clone();
        next.header.version += 1;
        next
    }
}

impl From<Assignment> for Entity {
    fn from(assignment: Assignment) -> Self {
        Self::Assignment(Box::new(assignment))
    }
}
