//! A position of a unit at a moment.

use chiyuan_core::Timestamp;
use chiyuan_geo::LonLat;

/// A plausible position fix.
#[derive(Debug, Clone, PartialEq)]
pub struct Fix {
    /// World time of the measurement.
    pub at: Timestamp,
    pub position: LonLat,
    /// Metres a second.
    pub speed_mps: Option<f32>,
    /// Degrees clockwise from north.
    pub heading_deg: Option<f32>,
    pub accuracy_m: Option<f32>,
    /// `phone`, `osmand`, `demo`...
    pub source: Arc<str>,
}

use std::sync::Arc;
