//! Units 可派出力量: ambulances, teams and special vehicles, and the status that people set on them.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    Change, DivisionCode, Entity, EntityId, Placed, Rejection, RejectionCode, Timestamp, World,
    decide::Context,
    text::{Name, Note, Term},
};

/// Status of a unit.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum UnitStatus {
    /// 未值班
    OffDuty,
    /// 可派
    Available,
    /// 已派待接
    Assigned,
    /// 驶向现场
    EnRoute,
    /// 到达现场
    OnScene,
    /// 转送途中
    Transporting,
    /// 到达医院
    AtHospital,
    /// 返回途中
    Returning,
    /// 洗消中
    Decontaminating,
    /// 暂停调用: short, by the crew.
    Suspended,
    /// 停用
    OutOfService,
}

impl UnitStatus {
    /// All statuses, in the order of the enumeration.
    pub const ALL: [Self; 11] = [
        Self::OffDuty,
        Self::Available,
        Self::Assigned,
        Self::EnRoute,
        Self::OnScene,
        Self::Transporting,
        Self::AtHospital,
        Self::Returning,
        Self::Decontaminating,
        Self::Suspended,
        Self::OutOfService,
    ];

    /// The word of the contract.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::OffDuty => "off_duty",
            Self::Available => "available",
            Self::Assigned => "assigned",
            Self::EnRoute => "en_route",
            Self::OnScene => "on_scene",
            Self::Transporting => "transporting",
            Self::AtHospital => "at_hospital",
            Self::Returning => "returning",
            Self::Decontaminating => "decontaminating",
            Self::Suspended => "suspended",
            Self::OutOfService => "out_of_service",
        }
    }

    /// The status with this word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.as_str() == word)
    }

    /// Statuses that follow from an open assignment and are never set by hand.
    #[must_use]
    pub fn is_derived(self) -> bool {
        matches!(
            self,
            Self::Assigned | Self::EnRoute | Self::OnScene | Self::Transporting | Self::AtHospital
        )
    }
}

/// 救护车类型 (WS/T 292, QC/T 457).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
pub enum AmbulanceClass {
    /// 普通型: transport.
    A,
    /// 抢救监护型: monitoring.
    B,
    /// 负压: negative pressure.
    C,
    /// 特殊用途型
    D,
}

impl AmbulanceClass {
    /// The letter.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::A => "A",
            Self::B => "B",
            Self::C => "C",
            Self::D => "D",
        }
    }
}

/// 救护车
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AmbulanceSpec {
    #[schema(value_type = String)]
    pub name: Name,
    /// 车牌
    #[schema(value_type = String)]
    pub plate: Term,
    pub jurisdiction: DivisionCode,
    /// Station or facility where it stands when idle.
    pub home_id: EntityId,
    pub class: AmbulanceClass,
    #[serde(default)]
    #[schema(value_type = Vec<String>)]
    pub capabilities: Vec<Term>,
    #[serde(default)]
    #[schema(value_type = Vec<String>)]
    pub equipment: Vec<Term>,
}

/// 应急队伍: city squad of 40, county squads of 20 and 5 (YQ-19, PL-14, PL-15).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TeamSpec {
    #[schema(value_type = String)]
    pub name: Name,
    pub jurisdiction: DivisionCode,
    pub home_id: EntityId,
    pub tier: crate::place::JurisdictionTier,
    /// `infectious_disease medical cdc psychological`...
    #[schema(value_type = String)]
    pub category: Term,
    pub members: u32,
    #[serde(default)]
    pub required_members: Option<u32>,
    #[serde(default)]
    #[schema(value_type = Vec<String>)]
    pub specialities: Vec<Term>,
    #[serde(default)]
    #[schema(value_type = Vec<String>)]
    pub capabilities: Vec<Term>,
    #[serde(default)]
    #[schema(value_type = Vec<String>)]
    pub equipment: Vec<Term>,
}

/// 特种车辆: mobile P2 laboratory, CT, DR, rapid test, supply truck, referral vehicle (SZ-36, SZ-71, JZ-16).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SpecialVehicleSpec {
    #[schema(value_type = String)]
    pub name: Name,
    #[schema(value_type = String)]
    pub plate: Term,
    pub jurisdiction: DivisionCode,
    pub home_id: EntityId,
    #[schema(value_type = String)]
    pub vehicle_type: Term,
    #[serde(default)]
    #[schema(value_type = Vec<String>)]
    pub capabilities: Vec<Term>,
    #[serde(default)]
    #[schema(value_type = Vec<String>)]
    pub equipment: Vec<Term>,
}

/// Status of a unit, since when and why.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Duty {
    pub status: UnitStatus,
    #[schema(value_type = String, format = DateTime)]
    pub status_since: Timestamp,
    #[schema(value_type = String)]
    pub status_reason: Note,
}

/// 救护车
pub type Ambulance = Placed<AmbulanceSpec, Duty>;
/// 应急队伍
pub type Team = Placed<TeamSpec, Duty>;
/// 特种车辆
pub type SpecialVehicle = Placed<SpecialVehicleSpec, Duty>;

/// Sets the status of a unit by hand.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SetUnitStatus {
    pub unit_id: EntityId,
    pub status: UnitStatus,
    #[schema(value_type = String)]
    pub reason: Note,
}

pub(crate) fn set_unit_status(
    world: &World,
    command: &SetUnitStatus,
    context: &Context,
) -> Result<Vec<Change>, Rejection> {
    let entity = context.commanded(world, &command.unit_id)?;
    if command.status.is_derived() {
        return Err(Rejection::new(
            RejectionCode::StatusIsDerived,
            format!(
                "{} follows from an assignment and is not set by hand",
                command.status.as_str()
            ),
        ));
    }
    let Some(duty) = entity.duty() else {
        return Err(Rejection::new(
            RejectionCode::WrongKind,
            format!("{} is not a unit", command.unit_id),
        ));
    };
    if duty.status == command.status && duty.status_reason == command.reason {
        return Ok(Vec::new());
    }
    let status_since = if duty.status == command.status {
        duty.status_since
    } else {
        context.at
    };
    let next = Duty {
        status: command.status,
        status_since,
        status_reason: command.reason.clone(),
    };
    Ok(vec![Change::put(with_duty(entity, next))])
}

/// The next version of a unit with another duty.
fn with_duty(unit: &Entity, duty: Duty) -> Entity {
    let mut next = unit.next_version();
    match &mut next {
        Entity::Ambulance(unit) => unit.state = duty,
        Entity::Team(unit) => unit.state = duty,
        Entity::SpecialVehicle(unit) => unit.state = duty,
        _ => {}
    }
    next
}
