//! Which fields of an entity differ between two versions of it.

use chiyuan_core::Entity;
use serde::Serialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;

/// Longest list whose values are told.
const MAX_LIST: usize = 64;
/// Fields that change with everything, or never.
const BESIDE: [&str; 3] = ["kind", "id", "version"];

/// A field, and its values where they are short.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct FieldChange {
    pub field: String,
    /// Null also where there was none, or where it is too long to tell.
    #[schema(value_type = Object)]
    pub before: Value,
    #[schema(value_type = Object)]
    pub after: Value,
}

/// The fields that differ, in the order of their names.
#[must_use]
pub fn between(before: Option<&Entity>, after: Option<&Entity>) -> Vec<FieldChange> {
    let (mut before, mut after) = (fields(before), fields(after));
    let mut names: Vec<String> = before.keys().chain(after.keys()).cloned().collect();
    names.sort_unstable();
    names.dedup();
    let changed = names.into_iter().filter_map(|field| {
        let old = before.remove(&field).unwrap_or_default();
        let new = after.remove(&field).unwrap_or_default();
        (old != new && !BESIDE.contains(&field.as_str())).then(|| FieldChange {
            field,
            before: short(old),
            after: short(new),
        })
    });
    changed.collect()
}

fn fields(entity: Option<&Entity>) -> Map<String, Value> {
    match entity.map(serde_json::to_value) {
        Some(Ok(Value::Object(fields))) => fields,
        _ => Map::new(),
    }
}

fn short(value: Value) -> Value {
    let told = match &value {
        Value::Array(list) => list.len() <= MAX_LIST && list.iter().all(|v| !v.is_object()),
        Value::Object(_) => false,
        _ => true,
    };
    if told { value } else { Value::Null }
}
