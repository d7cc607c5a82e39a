//! Where things are: checked coordinates, exact nearest and radius search on the WGS-84 ellipsoid, Chinese coordinate systems.
//!
//! Invariant: a [`LonLat`] is the only way a coordinate enters, so nothing here ever sees NaN or a latitude of 95.
//! Invariant: every answer of [`SpatialIndex`] equals measuring all points with [`LonLat::geodesic_m`] and sorting
//! by (distance, key), anywhere on earth.
//! Invariant: no I/O, no clock, no randomness.

mod bounds;
mod ellipsoid;
mod index;
mod lonlat;
pub mod systems;
mod tree;

pub use bounds::Bounds;
pub use index::{Hit, SpatialIndex};
pub use lonlat::{CoordinateError, LonLat};
pub use systems::CoordinateSystem;
