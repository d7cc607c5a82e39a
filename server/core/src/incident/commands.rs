//! The commands on incidents, as people give them.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Grade, Patients, Priority, Service, Wanted};
use crate::{
    DivisionCode, EntityId, Timestamp,
    private::{Contact, PrivateRef, Prose},
    text::{Note, Term},
};

/// Opens an incident (受理).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OpenIncident {
    /// Id for the incident; left out, one is given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub incident_id: Option<EntityId>,
    #[schema(value_type = String)]
    pub incident_type: Term,
    pub priority: Priority,
    pub lon: f64,
    pub lat: f64,
    /// Left out: the actor's own, or that of the nearest station.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub jurisdiction: Option<DivisionCode>,
    /// Left out: `non_emergency` for the type `transfer`, else `emergency`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service: Option<Service>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grade: Option<Grade>,
    #[serde(default)]
    pub infectious: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub patients: Option<Patients>,
    /// Left out: one ambulance, of class C if infectious.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub needs: Option<Vec<Wanted>>,
    /// The call that told of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub call_id: Option<EntityId>,
    /// 主诉
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub description: Option<Prose>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub address: Option<Prose>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub contact_name: Option<Contact>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub contact_phone: Option<Contact>,
    /// Set by the program, never by a sender.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub private: Option<PrivateRef>,
}

/// Changes what is known of an incident; fields left out stay. The personal part is replaced as a whole.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct UpdateIncident {
    pub incident_id: EntityId,
    /// The version that the editor saw; another one refuses the update.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub based_on_version: Option<u64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub incident_type: Option<Term>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub priority: Option<Priority>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service: Option<Service>,
    /// `null`: takes the grade away.
    #[serde(
        default,
        deserialize_with = "told",
        skip_serializing_if = "Option::is_none"
    )]
    #[schema(value_type = Option<Grade>)]
    pub grade: Option<Option<Grade>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lon: Option<f64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lat: Option<f64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub infectious: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub patients: Option<Patients>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub needs: Option<Vec<Wanted>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub description: Option<Prose>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub address: Option<Prose>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub contact_name: Option<Contact>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub contact_phone: Option<Contact>,
    /// Set by the program, never by a sender.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub private: Option<PrivateRef>,
}

/// A field that is there, `null` included, is told.
fn told<'de, D, T>(deserializer: D) -> Result<Option<Option<T>>, D::Error>
where
    D: serde::Deserializer<'de>,
    T: Deserialize<'de>,
{
    Option::deserialize(deserializer).map(Some)
}

/// Takes an incident to one's own desk (with `leave`: gives it back).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AttendIncident {
    pub incident_id: EntityId,
    #[serde(default)]
    pub leave: bool,
}

/// 挂起: waits, until a moment or until it is resumed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct HoldIncident {
    pub incident_id: EntityId,
    #[schema(value_type = String)]
    pub reason: Note,
    #[serde(default)]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub until: Option<Timestamp>,
}

/// 唤醒待派
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ResumeIncident {
    pub incident_id: EntityId,
}

/// 增援: more is wanted.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReinforceIncident {
    pub incident_id: EntityId,
    pub needs: Vec<Wanted>,
    #[schema(value_type = String)]
    pub reason: Note,
}

/// 记事
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AddNote {
    pub incident_id: EntityId,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub text: Option<Prose>,
    /// Set by the program, never by a sender.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub private: Option<PrivateRef>,
}

/// 关联: a call tells of an incident that is known.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LinkCall {
    pub call_id: EntityId,
    pub incident_id: EntityId,
}

/// Takes a call off its incident.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct UnlinkCall {
    pub call_id: EntityId,
}

/// 合并: the same event was opened twice; the one without units goes into the other.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MergeIncidents {
    pub incident_id: EntityId,
    pub into_incident_id: EntityId,
    #[schema(value_type = String)]
    pub reason: Note,
}

/// Closes an incident whose units are all done.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CloseIncident {
    pub incident_id: EntityId,
    #[schema(value_type = String)]
    pub outcome: Term,
}
