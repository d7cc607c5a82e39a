//! Care records 院前急救病历: what was found and done, one for each assignment with patient contact (SZ-29, SZ-30).

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    Change, DivisionCode, Entity, EntityId, Header, Rejection, RejectionCode, Timestamp, World,
    decide::Context,
    private::{Contact, PrivateRef, Prose},
    text::{Name, Term},
};

/// Most measures of a record.
pub const MAX_MEASURES: usize = 64;

/// 病情分级
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// 危
    Critical,
    /// 重
    Severe,
    /// 中
    Moderate,
    /// 轻
    Mild,
    /// 死亡
    Dead,
}

/// 院前急救病历
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct CareRecord {
    #[serde(flatten)]
    pub header: Header,
    pub jurisdiction: DivisionCode,
    pub assignment_id: EntityId,
    pub incident_id: EntityId,
    pub unit_id: EntityId,
    pub severity: Severity,
    /// Monitoring and rescue measures: `cpr defibrillation airway oxygen iv ecg`...
    #[schema(value_type = Vec<String>)]
    pub measures: Vec<Term>,
    /// `transported refused died_on_scene died_after_rescue handed_over`...
    #[schema(value_type = Option<String>)]
    pub patient_outcome: Option<Term>,
    #[schema(value_type = String, format = DateTime)]
    pub written_at: Timestamp,
    #[schema(value_type = String)]
    pub written_by: Name,
    /// Name, age, findings of the patient.
    pub private: Option<PrivateRef>,
}

/// Writes the record of an assignment, or writes it anew.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WriteCareRecord {
    pub assignment_id: EntityId,
    pub severity: Severity,
    #[serde(default)]
    #[schema(value_type = Vec<String>)]
    pub measures: Vec<Term>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub patient_outcome: Option<Term>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub patient_name: Option<Contact>,
    /// Identity or insurance number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub patient_id: Option<Contact>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub age: Option<Contact>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub sex: Option<Contact>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub findings: Option<Prose>,
    /// When it happened, if told late.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub at: Option<Timestamp>,
    /// Set by the program, never by a sender.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub private: Option<PrivateRef>,
}

pub(crate) fn write_care_record(
    world: &World,
    command: &WriteCareRecord,
    context: &Context,
) -> Result<Vec<Change>, Rejection> {
    let id = &command.assignment_id;
    let entity = context.seen(world, id)?;
    let Entity::Assignment(assignment) = entity else {
        let detail = format!("{id} is not an assignment");
        return Err(Rejection::new(RejectionCode::WrongKind, detail));
    };
    context.inside_or_own(world, entity, &assignment.unit_id)?;
    let Some(arrived) = assignment.arrived_at else {
        let detail = "no patient has been met before the arrival";
        return Err(Rejection::new(RejectionCode::StageNotNext, detail).blocked_by(entity));
    };
    if command.measures.len() > MAX_MEASURES {
        let detail = format!("a record has at most {MAX_MEASURES} measures");
        return Err(Rejection::new(RejectionCode::OutOfLimits, detail));
    }
    let standing = match assignment
        .care_record_id
        .as_ref()
        .and_then(|id| world.get(id))
    {
        Some(Entity::CareRecord(record)) => Some(record),
        _ => None,
    };
    let last = standing.map_or(arrived, |record| record.written_at);
    let written_at = context.told(command.at, last)?.at;
    let header = match standing {
        Some(record) => Header {
            version: record.header.version + 1,
            ..record.header.clone()
        },
        None => Header {
            visible_to: assignment.header.visible_to.clone(),
            ..context.new_header(
                world,
                context.new_id(world, None)?,
                Some(assignment.jurisdiction),
            )
        },
    };
    let record = CareRecord {
        header,
        jurisdiction: assignment.jurisdiction,
        assignment_id: id.clone(),
        incident_id: assignment.incident_id.clone(),
        unit_id: assignment.unit_id.clone(),
        severity: command.severity,
        measures: command.measures.clone(),
        patient_outcome: command.patient_outcome.clone(),
        written_at,
        written_by: context.actor.name.clone(),
        private: command
            .private
            .clone()
            .or_else(|| standing.and_then(|r| r.private.clone())),
    };
    let mut changes = Vec::with_capacity(2);
    if standing.is_none() {
        let mut next = assignment.next();
        next.care_record_id = Some(record.header.id.clone());
        changes.push(Change::put(next.into()));
    }
    changes.push(Change::put(Entity::CareRecord(record)));
    Ok(changes)
}
