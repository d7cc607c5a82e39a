//! Position sources: what comes in is judged, moves units in the picture, and is kept as tracks.

pub mod last_fix;
