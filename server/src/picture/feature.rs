//! Features: GeoJSON text of a placed entity. What changes with the entity or its fix only is written once and copied
//! into every answer.

use std::{fmt::Write, hint::black_box};

use chiyuan_core::{Entity, Kind, Timestamp, stockpile::Stockpile};
use chiyuan_geo::LonLat;
use chrono::{NaiveDate, SecondsFormat};
use serde_json::{Map, Value};

use super::{Fix, Slot};

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

/// Bytes that memory is fetched by.
const CACHE_LINE: usize = 64;
/// What a query adds to a feature at most, bytes.
pub(super) const MOST_EXTRA: usize = 96;

/// Fields of an entity that the feature spells in its own way.
const SPELT_APART: &[&str] = &["id", "lon", "lat", "visible_to", "retired", "lots"];
/// Properties that every feature has, even if they say nothing.
const ALWAYS: &[&str] = &["name", "centre", "capabilities", "jurisdiction", "status"];

/// The parts of a feature that change seldom, as JSON text side by side. An age and a distance stand between them.
#[derive(Debug, Clone)]
pub(super) struct Text {
    /// From the beginning to the properties of the entity; then the properties of its fix, and the geometry.
    text: String,
    /// Where the first part ends.
    split: u32,
    /// What is usable depends on the day, and is in neither part.
    dated: bool,
}

impl Text {
    /// The text of an entity that stands there, by this fix.
    pub(super) fn of(entity: &Entity, position: LonLat, fix: Option<&Fix>) -> Self {
        let dated = matches!(entity, Entity::Stockpile(_));
        let mut text = format!(
            r#"{{"type":"Feature","id":"{}","properties":{}"#,
            entity.id(),
            Value::Object(properties(entity))
        );
        text.pop();
        if !dated {
            // Without stock, any day gives the same answer.
            let _ = write!(text, r#","available":{}"#, entity.available(NaiveDate::MIN));
        }
        let split = u32::try_from(text.len()).expect("an entity is far shorter than 4 GiB");
        let mut text = Self { text, split, dated };
        text.place(entity.kind(), position, fix);
        text.text.shrink_to_fit();
        text
    }

    /// Writes the second part anew: the entity has moved.
    pub(super) fn place(&mut self, kind: Kind, position: LonLat, fix: Option<&Fix>) {
        self.text.truncate(self.split as usize);
        // Writing to a string does not fail.
        let _ = match fix {
            Some(fix) => write!(
                self.text,
                r#","fix_at":"{}","position_basis":"fix","fix_source":"{}""#,
                fix.at.to_rfc3339_opts(SecondsFormat::Millis, true),
                fix.source
            ),
            None => write!(
                self.text,
                r#","fix_at":null,"fix_age_s":null,"position_basis":"{}""#,
                if kind.is_unit() { "station" } else { "place" }
            ),
        };
        let _ = write!(
            self.text,
            r#"}},"geometry":{{"type":"Point","coordinates":[{},{}]}}}}"#,
            position.lon(),
            position.lat()
        );
    }

    /// Its length in bytes, read from its very lines, so that they are at hand when it is copied.
    pub(super) fn fetch(&self) -> usize {
        let bytes = self.text.as_bytes();
        let lines = bytes.iter().step_by(CACHE_LINE).chain(bytes.last());
        black_box(lines.fold(0_u8, |sum, byte| sum ^ byte));
        self.text.len()
    }
}

/// Whether a value is neither null nor empty.
fn says_something(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::String(text) => !text.is_empty(),
        Value::Array(list) => !list.is_empty(),
        _ => true,
    }
}

/// The properties of a feature that only change with the entity; what says nothing is left out, since an answer may
/// hold a thousand of them.
fn properties(entity: &Entity) -> Map<String, Value> {
    let mut properties = match serde_json::to_value(entity) {
        Ok(Value::Object(fields)) => fields,
        _ => Map::new(),
    };
    properties.retain(|name, value| {
        let name = name.as_str();
        !SPELT_APART.contains(&name) && (ALWAYS.contains(&name) || says_something(value))
    });
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
    properties
}

/// Writes the feature of a placed entity.
pub fn write_feature(
    out: &mut String,
    slot: &Slot,
    now: Timestamp,
    today: NaiveDate,
    extra: Extra,
) {
    let (head, tail) = slot.text.text.split_at(slot.text.split as usize);
    out.push_str(head);
    if slot.text.dated
        && let Entity::Stockpile(stockpile) = slot.entity.as_ref()
    {
        write_stock(out, stockpile, today);
    }
    if let Some(fix) = &slot.fix {
        out.push_str(r#","fix_age_s":"#);
        push_whole(out, (now - fix.at).num_seconds().max(0).unsigned_abs());
    }
    if let Some(distance_m) = extra.distance_m {
        out.push_str(r#","distance_m":"#);
        push_metres(out, distance_m);
        if extra.with_eta {
            out.push_str(r#","eta_s":"#);
            push_whole(out, eta_s(distance_m).into());
            out.push_str(r#","eta_basis":""#);
            out.push_str(ETA_BASIS_STRAIGHT);
            out.push('"');
        }
    }
    out.push_str(tail);
}

/// Whether anything is usable, and usable quantities by item.
fn write_stock(out: &mut String, stockpile: &Stockpile, today: NaiveDate) {
    let mut items: std::collections::BTreeMap<&str, u64> = std::collections::BTreeMap::new();
    for lot in stockpile.state.lots.iter().filter(|lot| lot.usable(today)) {
        *items.entry(lot.item_id.as_str()).or_default() += lot.quantity;
    }
    // Writing to a string does not fail.
    let _ = write!(out, r#","available":{},"items":{{"#, !items.is_empty());
    for (number, (item, quantity)) in items.iter().enumerate() {
        let comma = if number == 0 { "" } else { "," };
        let _ = write!(out, r#"{comma}"{item}":{quantity}"#);
    }
    out.push('}');
}

/// Writes metres to the millimetre; no more than half the earth's circumference comes here.
fn push_metres(out: &mut String, metres: f64) {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "half the earth is far below 2^64 mm, and no distance is negative"
    )]
    let millimetres = (metres * 1_000.0).round() as u64;
    push_whole(out, millimetres / 1_000);
    // The leading 1 keeps the zeros behind the point, and becomes the point.
    let at = out.len();
    push_whole(out, 1_000 + millimetres % 1_000);
    out.replace_range(at..=at, ".");
}

/// Writes a whole number, a tenth of the time that `write!` takes.
fn push_whole(out: &mut String, mut number: u64) {
    let mut digits = [b'0'; 20];
    let mut at = digits.len() - 1;
    loop {
        digits[at] = b"0123456789"[(number % 10) as usize];
        number /= 10;
        if number == 0 {
            break;
        }
        at -= 1;
    }
    out.push_str(std::str::from_utf8(&digits[at..]).unwrap_or_default());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_by_the_formatter() {
        let mut number = 1_u64;
        for round in 0..20_000_u64 {
            number = number
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(round);
            let number = number >> (round % 64);
            let mut whole = String::new();
            push_whole(&mut whole, number);
            assert_eq!(whole, number.to_string());
            #[expect(clippy::cast_precision_loss, reason = "any number will do")]
            let metres = (number % 20_040_000_000) as f64 / 1_000.0;
            let mut text = String::new();
            push_metres(&mut text, metres);
            assert_eq!(text, format!("{metres:.3}"));
        }
        let mut zero = String::new();
        push_metres(&mut zero, 0.0);
        assert_eq!(zero, "0.000");
    }
}
