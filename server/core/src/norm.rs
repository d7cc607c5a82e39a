//! Norms 指标: one checkable sentence of a source document each. Documents conflict; both readings are data.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    DivisionCode, Listed,
    text::{Note, Term},
};

/// How the value found is compared with the value asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub enum Operator {
    #[serde(rename = ">=")]
    AtLeast,
    #[serde(rename = "<=")]
    AtMost,
    #[serde(rename = "=")]
    Equal,
}

impl Operator {
    /// The sign.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::AtLeast => ">=",
            Self::AtMost => "<=",
            Self::Equal => "=",
        }
    }
}

/// Status of the source document: three of the five are drafts for comment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum DocumentStatus {
    InForce,
    Draft,
}

/// 指标
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NormSpec {
    /// `ambulance.per_population`, `beds.city_infectious`...
    #[schema(value_type = String)]
    pub key: Term,
    /// Where it applies.
    pub place: DivisionCode,
    pub value: f64,
    pub operator: Operator,
    #[schema(value_type = String)]
    pub unit: Term,
    /// What the value is measured against.
    #[schema(value_type = String)]
    pub base: Note,
    /// `SZ-26`
    #[schema(value_type = String)]
    pub source_row: Term,
    /// Number of the source document.
    #[schema(value_type = String)]
    pub doc: Term,
    pub doc_status: DocumentStatus,
    #[serde(default)]
    pub valid_from: Option<chrono::NaiveDate>,
    #[serde(default)]
    pub valid_to: Option<chrono::NaiveDate>,
    /// The sentence in short, Chinese.
    #[schema(value_type = String)]
    pub text: Note,
}

/// 指标
pub type Norm = Listed<NormSpec>;
