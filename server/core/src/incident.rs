//! Incidents 事件: what happened, where, to how many, and what is wanted there.

mod commands;
mod life;
mod links;
mod needs;
mod number;

pub use commands::{
    AddNote, AttendIncident, CloseIncident, HoldIncident, LinkCall, MergeIncidents, OpenIncident,
    ReinforceIncident, ResumeIncident, UnlinkCall, UpdateIncident,
};
pub(crate) use life::{
    add_note, attend_incident, close_incident, hold_incident, next, open, open_incident, outranks,
    put, reinforce_incident, resume, resume_incident, update_incident,
};
pub(crate) use links::{link_call, merge_incidents, unlink_call};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    DivisionCode, Entity, EntityId, Header, Kind, Point, Timestamp,
    call::Acceptance,
    private::PrivateRef,
    text::{Name, Note, Term},
    unit::AmbulanceClass,
};

/// Most needs of an incident.
pub const MAX_NEEDS: usize = 50;
/// Most units that one need may want, and most patients of one colour.
pub const MAX_COUNT: u32 = 100_000;
/// Most notes of an incident.
pub const MAX_NOTES: usize = 500;
/// Most assignments of an incident, ended ones included.
pub const MAX_ASSIGNMENTS: usize = 2_000;
/// Most calls linked to an incident.
pub const MAX_CALLS: usize = 1_000;
/// An ended case leaves memory this long after its end, hours; its rows stay.
pub const ARCHIVE_AFTER_H: i64 = 24;

/// 派车优先级 (domain: neutral ladder of four).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
pub enum Priority {
    /// 危急
    P1,
    /// 紧急
    P2,
    /// 一般
    P3,
    /// 非急
    P4,
}

/// 事件级别: how large the event is; not the response level.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
pub enum Grade {
    /// 特别重大
    I,
    /// 重大
    II,
    /// 较大
    III,
    /// 一般
    IV,
}

/// 急救与非急救转运分开 (JZ-15).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Service {
    /// 急救
    Emergency,
    /// 非急救转运
    NonEmergency,
}

/// Where an incident stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum IncidentStatus {
    /// 待派或执行中
    Open,
    /// 挂起
    Held,
    /// 已结
    Closed,
}

/// 检伤分类: how many of which colour; persons come with the care records.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Triage {
    /// 红 危重
    pub red: u32,
    /// 黄 重
    pub yellow: u32,
    /// 绿 轻
    pub green: u32,
    /// 黑 死亡
    pub black: u32,
    /// 未检伤
    pub untriaged: u32,
}

/// Patients as a command gives them: a number, or a number of each colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(untagged)]
pub enum Patients {
    Number(u32),
    Triaged(Triage),
}

impl From<Patients> for Triage {
    fn from(patients: Patients) -> Self {
        match patients {
            Patients::Number(untriaged) => Self {
                untriaged,
                ..Self::default()
            },
            Patients::Triaged(triage) => triage,
        }
    }
}

/// What a command asks for: so many units of a kind, class or capability.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Wanted {
    /// `ambulance team special_vehicle`
    pub kind: Kind,
    /// Ambulances only.
    #[serde(default)]
    pub class: Option<AmbulanceClass>,
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub capability: Option<Term>,
    #[serde(default = "one")]
    pub count: u32,
}

fn one() -> u32 {
    1
}

impl Wanted {
    /// Whether a unit is what is wanted.
    #[must_use]
    pub fn fits(&self, unit: &Entity) -> bool {
        let class = match unit {
            Entity::Ambulance(ambulance) => Some(ambulance.spec.class),
            _ => None,
        };
        unit.kind() == self.kind
            && self.class.is_none_or(|wanted| class == Some(wanted))
            && self
                .capability
                .as_ref()
                .is_none_or(|word| unit.has_capability(word.as_str()))
    }
}

/// 需求: what is wanted, with a short id inside the incident.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Need {
    /// `n1`, `n2`...
    #[schema(value_type = String)]
    pub id: Term,
    #[serde(flatten)]
    pub wanted: Wanted,
}

/// 记事: who wrote when; the text is private.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct IncidentNote {
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
    #[schema(value_type = String)]
    pub by: Name,
    pub private: Option<PrivateRef>,
}

/// 事件
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Incident {
    #[serde(flatten)]
    pub header: Header,
    #[serde(flatten)]
    pub point: Point,
    /// What is spoken on the radio: month and day, count of the centre's day (`1122-0149`).
    #[schema(value_type = String)]
    pub number: Name,
    /// Local day on which it was opened.
    #[schema(value_type = String, format = Date)]
    pub day: NaiveDate,
    pub day_count: u32,
    pub jurisdiction: DivisionCode,
    /// `medical trauma infectious_disease poisoning transfer`...
    #[schema(value_type = String)]
    pub incident_type: Term,
    pub service: Service,
    pub priority: Priority,
    pub grade: Option<Grade>,
    /// 疑似传染
    pub infectious: bool,
    pub status: IncidentStatus,
    pub acceptance: Option<Acceptance>,
    pub patients: Triage,
    pub needs: Vec<Need>,
    pub call_ids: Vec<EntityId>,
    /// Every assignment it ever had, in order.
    pub assignment_ids: Vec<EntityId>,
    /// The dispatcher at whose desk it is.
    #[schema(value_type = Option<String>)]
    pub attended_by: Option<Name>,
    #[schema(value_type = String, format = DateTime)]
    pub opened_at: Timestamp,
    #[schema(value_type = String)]
    pub opened_by: Name,
    #[schema(value_type = Option<String>, format = DateTime)]
    pub held_at: Option<Timestamp>,
    #[schema(value_type = Option<String>, format = DateTime)]
    pub held_until: Option<Timestamp>,
    #[schema(value_type = Option<String>)]
    pub held_reason: Option<Note>,
    /// How long it was held in all before it was resumed, seconds; at least 1.
    #[serde(default)]
    pub held_s: Option<u64>,
    #[schema(value_type = Option<String>, format = DateTime)]
    pub closed_at: Option<Timestamp>,
    #[schema(value_type = Option<String>)]
    pub closed_by: Option<Name>,
    /// `completed no_vehicle refused transferred false_alarm merged`...
    #[schema(value_type = Option<String>)]
    pub outcome: Option<Term>,
    pub merged_into: Option<EntityId>,
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub merge_reason: Option<Note>,
    pub notes: Vec<IncidentNote>,
    /// Complaint, address, contact.
    pub private: Option<PrivateRef>,
}
