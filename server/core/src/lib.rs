//! The rules of Chiyuan, pure: a [`World`] of entities, [`Command`]s from people, and [`decide`], which turns a
//! command into [`Change`]s or a [`Rejection`]. No input or output, clock, randomness or hash-ordered iteration.

pub mod actor;
pub mod authority;
pub mod bed_pool;
pub mod change;
pub mod clock;
pub mod command;
pub mod copy;
pub mod decide;
pub mod entity;
pub mod header;
pub mod id;
pub mod item;
pub mod journal;
pub mod norm;
pub mod place;
pub mod point;
pub mod registry;
pub mod rejection;
mod schema;
pub mod state_hash;
pub mod stockpile;
pub mod text;
pub mod unit;
pub mod world;

pub use actor::{Actor, Role};
pub use change::Change;
pub use command::Command;
pub use decide::{Context, decide};
pub use entity::{Entity, Kind};
pub use header::{Header, Listed, Placed};
pub use id::{Centre, DivisionCode, EntityId, WorldId};
pub use point::Point;
pub use rejection::{Rejection, RejectionClass, RejectionCode};
pub use state_hash::StateHash;
pub use text::Text;
pub use world::World;

/// A moment, UTC, kept to the millisecond.
pub type Timestamp = chrono::DateTime<chrono::Utc>;
