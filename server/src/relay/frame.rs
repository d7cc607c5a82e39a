//! Messages between servers: compact JSON, checked when read.

use std::sync::Arc;

use chiyuan_core::EntityId;
use chiyuan_geo::LonLat;
use chrono::DateTime;
use serde::{Deserialize, Serialize};

use crate::{gateway::elements::is_source, picture::Fix};

/// Most fixes in one message.
pub(super) const MAX_FIXES: usize = 500;

/// A message.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Message {
    /// Random name of the sending server.
    pub from: String,
    pub world: String,
    /// The journal has grown to here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seq: Option<u64>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fixes: Vec<WireFix>,
}

/// Unit, longitude, latitude, speed, heading, accuracy, moment in epoch milliseconds, source.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct WireFix(
    String,
    f64,
    f64,
    Option<f32>,
    Option<f32>,
    Option<f32>,
    i64,
    String,
);

impl WireFix {
    /// A fix as it travels.
    pub fn of(unit: &EntityId, fix: &Fix) -> Self {
        Self(
            unit.to_string(),
            fix.position.lon(),
            fix.position.lat(),
            fix.speed_mps,
            fix.heading_deg,
            fix.accuracy_m,
            fix.at.timestamp_millis(),
            fix.source.to_string(),
        )
    }

    /// The fix, if it is one.
    pub fn fix(self) -> Option<(EntityId, Arc<Fix>)> {
        let Self(unit, lon, lat, speed_mps, heading_deg, accuracy_m, at, source) = self;
        let unit = EntityId::new(&unit).ok()?;
        let fix = Fix {
            at: DateTime::from_timestamp_millis(at)?,
            position: LonLat::new(lon, lat).ok()?,
            speed_mps,
            heading_deg,
            accuracy_m,
            source: Some(source).filter(|source| is_source(source))?.into(),
        };
        Some((unit, Arc::new(fix)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fix_travels_unchanged_and_dirt_does_not_arrive() {
        let unit = EntityId::new("amb-140600-001").expect("an id");
        let fix = Fix {
            at: DateTime::from_timestamp_millis(1_795_000_000_123).expect("a moment"),
            position: LonLat::new(112.423_456_7, 39.1).expect("a place"),
            speed_mps: Some(12.3),
            heading_deg: None,
            accuracy_m: Some(4.0),
            source: "phone".into(),
        };
        let message = Message {
            from: "me".to_owned(),
            world: "live".to_owned(),
            seq: None,
            fixes: vec![WireFix::of(&unit, &fix)],
        };
        let text = serde_json::to_string(&message).expect("plain data");
        let read: Message = serde_json::from_str(&text).expect("the same");
        assert_eq!(read, message);
        let arrived = read.fixes.into_iter().next().and_then(WireFix::fix);
        assert_eq!(arrived, Some((unit, Arc::new(fix))));
        for dirty in [
            r#"["AMB",112.0,39.0,null,null,null,0,"phone"]"#,
            r#"["amb",200.0,39.0,null,null,null,0,"phone"]"#,
            r#"["amb",112.0,39.0,null,null,null,0,"\"}"]"#,
        ] {
            let wire: WireFix = serde_json::from_str(dirty).expect("the shape is right");
            assert_eq!(wire.fix(), None, "{dirty}");
        }
    }
}
