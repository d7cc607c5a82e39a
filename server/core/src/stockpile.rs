//! Stockpiles 物资储备: the lots of one reserve kind at one site, and stock-takes.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    Change, DivisionCode, Entity, EntityId, Placed, Rejection, RejectionCode, Timestamp, World,
    decide::Context,
    text::{Name, Term},
};

/// Most lots a stockpile can have.
pub const MAX_LOTS: usize = 500;
/// Largest quantity of a lot.
pub const MAX_QUANTITY: u64 = 1_000_000_000;

/// 储备方式 (YQ-20, SZ-63, BC-21): each means something else by "available".
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ReserveKind {
    /// 实物储备: on hand.
    Physical,
    /// 协议储备: callable within hours.
    Contract,
    /// 生产能力储备: so many a day.
    Production,
    /// 商业储备
    Commercial,
    /// 社会化储备
    Social,
    /// 技术储备
    Technical,
}

impl ReserveKind {
    /// The word of the contract.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Physical => "physical",
            Self::Contract => "contract",
            Self::Production => "production",
            Self::Commercial => "commercial",
            Self::Social => "social",
            Self::Technical => "technical",
        }
    }
}

/// 物资储备: site x reserve kind.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct StockpileSpec {
    #[schema(value_type = String)]
    pub name: Name,
    pub facility_id: EntityId,
    pub jurisdiction: DivisionCode,
    pub reserve_kind: ReserveKind,
    /// Hours until the stock can be had; none for stock on hand.
    #[serde(default)]
    pub callable_hours: Option<u32>,
}

/// 批次: a quantity of one item with one expiry date.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Lot {
    pub id: EntityId,
    pub item_id: EntityId,
    pub quantity: u64,
    /// Must be the unit of the item.
    #[schema(value_type = String)]
    pub unit: Term,
    /// Last day of use (Asia/Shanghai); none for what does not expire.
    #[serde(default)]
    pub expiry: Option<chrono::NaiveDate>,
    /// The quantity is a rate a day (production reserve).
    #[serde(default)]
    pub per_day: bool,
}

impl Lot {
    /// Whether the lot may be used at this moment.
    #[must_use]
    pub fn usable(&self, today: chrono::NaiveDate) -> bool {
        self.quantity > 0 && self.expiry.is_none_or(|expiry| expiry >= today)
    }
}

/// What lies in a stockpile, counted when and by whom.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, ToSchema)]
pub struct StockCount {
    pub lots: Vec<Lot>,
    #[schema(value_type = Option<String>, format = DateTime)]
    pub counted_at: Option<Timestamp>,
    #[schema(value_type = Option<String>)]
    pub counted_by: Option<Name>,
}

/// 物资储备
pub type Stockpile = Placed<StockpileSpec, StockCount>;

/// Replaces the lots of a stockpile by what was counted (盘点).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CountStock {
    pub stockpile_id: EntityId,
    pub lots: Vec<Lot>,
}

pub(crate) fn count_stock(
    world: &World,
    command: &CountStock,
    context: &Context,
) -> Result<Vec<Change>, Rejection> {
    let entity = context.commanded(world, &command.stockpile_id)?;
    let Entity::Stockpile(stockpile) = entity else {
        return Err(Rejection::new(
            RejectionCode::WrongKind,
            format!("{} is not a stockpile", command.stockpile_id),
        ));
    };
    check_lots(world, &command.lots)?;
    let mut next = stockpile.clone();
    next.header.version += 1;
    next.state = StockCount {
        lots: command.lots.clone(),
        counted_at: Some(context.at),
        counted_by: Some(context.actor.name.clone()),
    };
    Ok(vec![Change::put(Entity::Stockpile(next))])
}

/// Lots are bounded, have distinct ids and name items of the catalogue in the items' own unit.
pub(crate) fn check_lots(world: &World, lots: &[Lot]) -> Result<(), Rejection> {
    if lots.len() > MAX_LOTS {
        return Err(Rejection::new(
            RejectionCode::OutOfLimits,
            format!("a stockpile has at most {MAX_LOTS} lots"),
        ));
    }
    let mut seen = std::collections::BTreeSet::new();
    for lot in lots {
        if !seen.insert(&lot.id) {
            return Err(Rejection::new(
                RejectionCode::CountsImpossible,
                format!("lot {} stands twice", lot.id),
            ));
        }
        if lot.quantity > MAX_QUANTITY {
            return Err(Rejection::new(
                RejectionCode::OutOfLimits,
                format!("lot {} is too large", lot.id),
            ));
        }
        match world.get(&lot.item_id) {
            Some(Entity::Item(item)) if item.header.retired => {
                return Err(Rejection::new(
                    RejectionCode::UnknownReference,
                    format!("{} is retired", lot.item_id),
                ));
            }
            Some(Entity::Item(item)) if item.spec.unit == lot.unit => {}
            Some(Entity::Item(item)) => {
                let detail = format!("{} is counted in {}", lot.item_id, item.spec.unit);
                return Err(Rejection::new(RejectionCode::CountsContradict, detail));
            }
            _ => {
                return Err(Rejection::new(
                    RejectionCode::UnknownReference,
                    format!("no item {}", lot.item_id),
                ));
            }
        }
    }
    Ok(())
}
