//! Items: the catalogue of what stockpiles hold.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    Listed,
    text::{Name, Term},
};

/// 物资目录条目
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ItemSpec {
    #[schema(value_type = String)]
    pub name: Name,
    #[schema(value_type = String)]
    pub name_en: Name,
    #[schema(value_type = String)]
    pub category: Term,
    /// Unit of every count of it: 只, 套, 瓶...
    #[schema(value_type = String)]
    pub unit: Term,
    /// GB/T 38565-2020 class, 7 digits, where known.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub gb_code: Option<Term>,
}

/// 物资目录条目
pub type Item = Listed<ItemSpec>;
