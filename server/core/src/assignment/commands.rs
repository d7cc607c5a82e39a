//! The commands on assignments, as people and the tracker give them.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{AssignmentResult, Choice, Proposal, Stage};
use crate::{
    EntityId, Timestamp,
    text::{Note, Term},
};

/// Sends units to an incident: all of them, or none.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AssignUnits {
    pub incident_id: EntityId,
    pub unit_ids: Vec<EntityId>,
    /// Left out: the first need of the incident that each unit fits and that is not filled.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub need_id: Option<Term>,
    /// The version of the incident that the dispatcher saw; another one refuses the order.
    #[serde(default)]
    pub based_on_version: Option<u64>,
    /// What was recommended.
    #[serde(default)]
    pub choice: Option<Choice>,
}

/// 接收命令
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AcknowledgeAssignment {
    pub assignment_id: EntityId,
    #[serde(default)]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub at: Option<Timestamp>,
}

/// The next stage has come.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReportStage {
    pub assignment_id: EntityId,
    pub stage: Stage,
    /// When it came, world time; left out: now.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub at: Option<Timestamp>,
    /// With `closed`: how it ended.
    #[serde(default)]
    pub result: Option<AssignmentResult>,
    /// With stages that need one: where the patient goes.
    #[serde(default)]
    pub destination_id: Option<EntityId>,
}

/// Takes back the last stage, within a minute.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct UndoStage {
    pub assignment_id: EntityId,
    #[schema(value_type = String)]
    pub reason: Note,
}

/// 送往医院
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SetDestination {
    pub assignment_id: EntityId,
    pub facility_id: EntityId,
}

/// 车辆故障: ends the assignment and takes the unit out of service.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReportBreakdown {
    pub assignment_id: EntityId,
    #[schema(value_type = String)]
    pub reason: Note,
}

/// 改派: to an incident of higher priority, before a patient is aboard.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DivertAssignment {
    pub assignment_id: EntityId,
    /// The more urgent incident.
    pub incident_id: EntityId,
    #[schema(value_type = String)]
    pub reason: Note,
}

/// 撤销派车
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CancelAssignment {
    pub assignment_id: EntityId,
    #[schema(value_type = String)]
    pub reason: Note,
}

/// 撤回: cancels every assignment of an incident that has not arrived.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct StandDown {
    pub incident_id: EntityId,
    #[schema(value_type = String)]
    pub reason: Note,
}

/// A geofence proposes a stage (by the program only).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ProposeStage {
    pub assignment_id: EntityId,
    pub proposal: Proposal,
}
