//! Features: GeoJSON text of a placed entity. The part that changes with the entity only is written once.

use std::fmt::Write;

use chiyuan_core::{Entity, Timestamp};
use serde_json::{Map, Value};

use super::Slot;

/// `eta_basis` while no road network is loaded.
pub const ETA_BASIS_STRAIGHT: &str = "straight_line";
/// Roads are longer than the straight line by about this factor in the five places' hills.
const DETOUR: f64 = 1.35;
/// Mean speed of an ambulance on call, metres a second (45 km/h).
const SPEED_MPS: f64 = 12.5;
/// From order to wheels turning.
const TURNOUT_S: f64 = 60.0;

/// Estimated seconds until a unit is there, by straight line; rounded to 5 s, since it is no more exact.
#[must_use]
pub fn eta_s(distance_m: f64) -> u32 {
    let seconds = TURNOUT_S + distance_m * DETOUR / SPEED_MPS;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "half the earth is far below 2^32 s"
    )]
    let rounded = (seconds / 5.0).round() as u32 * 5;
    rounded
}

/// What a query adds to a feature.
#[derive(Debug, Clone, Copy, Default)]
pub struct Extra {
    pub distance_m: Option<f64>,
    pub with_eta: bool,
}

/// Fields of an entity that the feature spells in its own way.
const SPELT_APART: &[&str] = &["id", "lon", "lat", "visible_to", "retired", "lots"];

/// `"id":...,"properties":{...` of a feature, without what changes by itself.
pub(super) fn fragment(entity: &Entity) -> Box<str> {
    let mut properties = match serde_json::to_value(entity) {
        Ok(Value::Object(fields)) => fields,
        _ => Map::new(),
    };
    properties.retain(|name, _| !SPELT_APART.contains(&name.as_str()));
    properties.insert("capabilities".to_owned(), entity.capabilities().into());
    properties.insert(
        "jurisdiction".to_owned(),
        entity
            .jurisdiction()
            .map_or(Value::Null, |code| code.as_str().into()),
    );
    match entity {
        Entity::BedPool(pool) => {
            properties.insert("free".to_owned(), pool.state.free().into());
        }
        Entity::Stockpile(stockpile) => {
            properties.insert("lots".to_owned(), stockpile.state.lots.len().into());
        }
        _ => {}
    }
    properties.entry("status").or_insert(Value::Null);
    let mut text = Value::Object(properties).to_string();
    text.pop();
    text.into()
}

/// Writes the feature of a placed entity.
pub fn write_feature(
    out: &mut String,
    slot: &Slot,
    now: Timestamp,
    today: chrono::NaiveDate,
    extra: Extra,
) {
    let (lon, lat) = (slot.position.lon(), slot.position.lat());
    let entity = slot.entity.as_ref();
    // Writing to a string does not fail.
    let _ = write!(
        out,
        r#"{{"type":"Feature","id":"{}","geometry":{{"type":"Point","coordinates":[{lon},{lat}]}},"properties":{}"#,
        entity.id(),
        slot.fragment
    );
    let _ = write!(out, r#","available":{}"#, entity.available(today));
    match &slot.fix {
        Some(fix) => {
            let age = (now - fix.at).num_seconds().max(0);
            let at = fix.at.to_rfc3339_opts(chrono::SecondsFormat::Millis, true);
            let _ = write!(
                out,
                r#","fix_at":"{at}","fix_age_s":{age},"position_basis":"fix","fix_source":"{}""#,
                fix.source
            );
        }
        None => {
            let basis = if entity.kind().is_unit() {
                "station"
            } else {
                "place"
            };
            let _ = write!(
                out,
                r#","fix_at":null,"fix_age_s":null,"position_basis":"{basis}""#
            );
        }
    }
    if let Entity::Stockpile(stockpile) = entity {
        write_items(out, &stockpile.state.lots, today);
    }
    if let Some(distance_m) = extra.distance_m {
        let _ = write!(out, r#","distance_m":{:.3}"#, distance_m);
        if extra.with_eta {
            let _ = write!(
                out,
                r#","eta_s":{},"eta_basis":"{ETA_BASIS_STRAIGHT}""#,
                eta_s(distance_m)
            );
        }
    }
    out.push_str("}}");
}

/// Usable quantities by item.
fn write_items(out: &mut String, lots: &[chiyuan_core::stockpile::Lot], today: chrono::NaiveDate) {
    let mut items: std::collections::BTreeMap<&str, u64> = std::collections::BTreeMap::new();
    for lot in lots.iter().filter(|lot| lot.usable(today)) {
        *items.entry(lot.item_id.as_str()).or_default() += lot.quantity;
    }
    let items: Vec<_> = items
        .iter()
        .map(|(item, quantity)| format!(r#""{item}":{quantity}"#))
        .collect();
    let _ = write!(out, r#","items":{{{}}}"#, items.join(","));
}
