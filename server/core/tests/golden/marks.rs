//! Marks drawn, changed, removed and ended by themselves: what format 3 adds.

use chiyuan_core::journal::Envelope;
use serde_json::{Value, json};

use crate::story::{registry, tell_all};

fn told() -> Vec<(&'static str, Value)> {
    let draw = |id: &str, kind: &str, geometry: Value, until: Value| {
        json!({"type": "draw_mark", "mark_id": id, "mark_type": kind, "title": "南门", "text": "绕行", "geometry": geometry,
            "valid_until": until})
    };
    let mut told: Vec<_> = registry().into_iter().map(|r| ("system", r)).collect();
    told.extend([
        ("an", draw("mrk-1", "staging_point", json!({"type": "Point", "coordinates": [112.4321234, 39.3]}), Value::Null)),
        ("an", draw("mrk-2", "traffic_control", json!({"type": "LineString", "coordinates": [[112.4, 39.3], [112.45, 39.31]]}),
            json!("2026-09-21T16:00:00.5Z"))),
        ("bo", draw("mrk-3", "hazard_zone", json!({"type": "Polygon", "coordinates":
            [[[112.4, 39.3], [112.4, 39.4], [112.5, 39.4], [112.4, 39.3]]]}), Value::Null)),
        ("bo", json!({"type": "change_mark", "mark_id": "mrk-1", "based_on_version": 1, "title": "北门", "mark_type": "cordon"})),
        ("an", json!({"type": "remove_mark", "mark_id": "mrk-3"})),
        ("an", json!({"type": "remove_mark", "mark_id": "mrk-1"})),
    ]);
    told
}

/// The envelopes of the story, and at the end of what became due within two days.
pub fn envelopes() -> Vec<Envelope> {
    tell_all(3, told())
}
