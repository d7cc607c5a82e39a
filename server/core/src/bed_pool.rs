//! Bed pools 床位: the beds of one ward of a facility, and the reports on them.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    Change, DivisionCode, Entity, EntityId, Placed, Rejection, RejectionCode, Timestamp, World,
    decide::Context,
    text::{Name, Term},
};

/// Most beds a pool can have.
pub const MAX_BEDS: u32 = 10_000;

/// 床位: facility x ward with property flags; a bed with two properties counts once.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BedPoolSpec {
    #[schema(value_type = String)]
    pub name: Name,
    pub facility_id: EntityId,
    pub jurisdiction: DivisionCode,
    #[schema(value_type = String)]
    pub ward: Name,
    /// `negative_pressure icu isolation infectious paediatric convertible`
    #[serde(default)]
    #[schema(value_type = Vec<String>)]
    pub properties: Vec<Term>,
    /// Hours until a convertible pool stands ready (平急转换).
    #[serde(default)]
    pub activation_hours: Option<u32>,
}

/// Counts of a pool: `occupied + held <= staffed <= physical`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct BedCount {
    pub physical: u32,
    /// 开放
    pub staffed: u32,
    /// 占用
    pub occupied: u32,
    /// 预留
    pub held: u32,
    #[schema(value_type = Option<String>, format = DateTime)]
    pub reported_at: Option<Timestamp>,
    #[schema(value_type = Option<String>)]
    pub reported_by: Option<Name>,
}

impl BedCount {
    /// 空余: staffed - occupied - held.
    #[must_use]
    pub fn free(&self) -> u32 {
        self.staffed
            .saturating_sub(self.occupied)
            .saturating_sub(self.held)
    }
}

/// 床位
pub type BedPool = Placed<BedPoolSpec, BedCount>;

/// Reports the beds of a pool.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReportBeds {
    pub bed_pool_id: EntityId,
    #[serde(default)]
    pub physical: Option<u32>,
    pub staffed: u32,
    pub occupied: u32,
}

pub(crate) fn report_beds(
    world: &World,
    command: &ReportBeds,
    context: &Context,
) -> Result<Vec<Change>, Rejection> {
    let entity = context.commanded(world, &command.bed_pool_id)?;
    let Entity::BedPool(pool) = entity else {
        return Err(Rejection::new(
            RejectionCode::WrongKind,
            format!("{} is not a bed pool", command.bed_pool_id),
        ));
    };
    possible(command.physical, command.staffed, command.occupied)?;
    let physical = command.physical.unwrap_or(pool.state.physical);
    if command.staffed > physical {
        return Err(contradiction("more beds staffed than physical", entity));
    }
    if command.occupied + pool.state.held > command.staffed {
        return Err(contradiction(
            "occupied and held beds exceed the staffed ones",
            entity,
        ));
    }
    let mut next = pool.clone();
    next.header.version += 1;
    next.state = BedCount {
        physical,
        staffed: command.staffed,
        occupied: command.occupied,
        held: pool.state.held,
        reported_at: Some(context.at),
        reported_by: Some(context.actor.name.clone()),
    };
    Ok(vec![Change::put(Entity::BedPool(next))])
}

/// Counts that contradict themselves can never be right.
pub(crate) fn possible(
    physical: Option<u32>,
    staffed: u32,
    occupied: u32,
) -> Result<(), Rejection> {
    if physical.unwrap_or(0).max(staffed).max(occupied) > MAX_BEDS {
        return Err(Rejection::new(
            RejectionCode::OutOfLimits,
            format!("a pool has at most {MAX_BEDS} beds"),
        ));
    }
    if occupied > staffed || physical.is_some_and(|physical| staffed > physical) {
        return Err(Rejection::new(
            RejectionCode::CountsImpossible,
            "occupied <= staffed <= physical does not hold",
        ));
    }
    Ok(())
}

fn contradiction(detail: &str, pool: &Entity) -> Rejection {
    Rejection::new(RejectionCode::CountsContradict, detail).blocked_by(pool)
}
