//! Units 可派出力量: ambulances, teams and special vehicles, and the status that people set on them.

mod reservation;

pub use reservation::ReserveUnit;
pub(crate) use reservation::{release, released, reserve_unit};

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    Change, DivisionCode, Entity, EntityId, Placed, Rejection, RejectionCode, Timestamp, World,
    assignment::Assignment,
    decide::Context,
    shift,
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

/// Status of a unit, since when and why; what binds it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Duty {
    pub status: UnitStatus,
    #[schema(value_type = String, format = DateTime)]
    pub status_since: Timestamp,
    #[schema(value_type = String)]
    pub status_reason: Note,
    /// Its one open assignment; the status follows from it.
    #[serde(default)]
    pub assignment_id: Option<EntityId>,
    /// The crew on duty.
    #[serde(default)]
    pub shift_id: Option<EntityId>,
    /// 预留: the incident that it waits for, until a moment.
    #[serde(default)]
    pub reserved_for: Option<EntityId>,
    #[serde(default)]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub reserved_until: Option<Timestamp>,
}

impl Duty {
    /// A status that nothing binds.
    #[must_use]
    pub fn new(status: UnitStatus, since: Timestamp, reason: Note) -> Self {
        Self {
            status,
            status_since: since,
            status_reason: reason,
            assignment_id: None,
            shift_id: None,
            reserved_for: None,
            reserved_until: None,
        }
    }

    /// The same with another status; unchanged status keeps its beginning.
    #[must_use]
    pub(crate) fn turned(&self, status: UnitStatus, reason: Note, at: Timestamp) -> Self {
        let status_since = if self.status == status {
            self.status_since
        } else {
            at
        };
        Self {
            status,
            status_since,
            status_reason: reason,
            ..self.clone()
        }
    }
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
    /// When it happened, if told late.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub at: Option<Timestamp>,
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
    if let Some(assignment) = duty.assignment_id.as_ref().and_then(|id| world.get(id)) {
        return Err(Rejection::new(
            RejectionCode::UnitAssigned,
            format!("{} follows its assignment", command.unit_id),
        )
        .blocked_by(assignment));
    }
    if duty.status == command.status && duty.status_reason == command.reason {
        return Ok(Vec::new());
    }
    let context = &context.told(command.at, duty.status_since)?;
    let mut next = duty.turned(command.status, command.reason.clone(), context.at);
    let mut changes = Vec::with_capacity(2);
    // Who is off duty has no crew: the shift ends with it.
    if command.status == UnitStatus::OffDuty {
        let shift = next.shift_id.take().and_then(|id| world.get(&id).cloned());
        changes.extend(shift.and_then(|shift| shift::ended(&shift, context)));
    }
    if command.status != UnitStatus::Available {
        (next.reserved_for, next.reserved_until) = (None, None);
    }
    changes.insert(0, Change::put(with_duty(entity, next)));
    Ok(changes)
}

/// A unit bound by a new assignment.
pub(crate) fn bound(unit: &Entity, assignment: &Assignment, context: &Context) -> Entity {
    let Some(duty) = unit.duty() else {
        return unit.clone();
    };
    let mut next = duty.turned(assignment.unit_status(), Note::default(), context.at);
    next.assignment_id = Some(assignment.header.id.clone());
    (next.reserved_for, next.reserved_until) = (None, None);
    with_duty(unit, next)
}

/// A unit whose assignment moved on; none if its status stays.
pub(crate) fn following(
    unit: &Entity,
    assignment: &Assignment,
    context: &Context,
) -> Option<Entity> {
    let duty = unit.duty()?;
    let next = duty.turned(assignment.unit_status(), Note::default(), context.at);
    (next != *duty).then(|| with_duty(unit, next))
}

/// A unit whose assignment ended.
pub(crate) fn freed(unit: &Entity, status: UnitStatus, reason: Note, context: &Context) -> Entity {
    let Some(duty) = unit.duty() else {
        return unit.clone();
    };
    let mut next = duty.turned(status, reason, context.at);
    next.assignment_id = None;
    with_duty(unit, next)
}

/// The next version of a unit with another duty.
pub(crate) fn with_duty(unit: &Entity, duty: Duty) -> Entity {
    on_duty(&unit.next_version(), duty)
}

/// The same version of a unit with another duty.
pub(crate) fn on_duty(unit: &Entity, duty: Duty) -> Entity {
    let mut next = unit.clone();
    match &mut next {
        Entity::Ambulance(unit) => unit.state = duty,
        Entity::Team(unit) => unit.state = duty,
        Entity::SpecialVehicle(unit) => unit.state = duty,
        _ => {}
    }
    next
}
