//! The rules of Chiyuan, pure: a [`World`] of entities, [`Command`]s from people, and [`decide`], which turns a
//! command into [`Change`]s or a [`Rejection`]. No input or output, clock, randomness or hash-ordered iteration.

pub mod actor;
pub mod assignment;
pub mod authority;
pub mod bed_pool;
pub mod call;
pub mod care_record;
pub mod change;
pub mod clock;
pub mod command;
pub mod copy;
pub mod deadline;
pub mod decide;
pub mod entity;
pub mod handover;
pub mod header;
pub mod id;
pub mod incident;
pub mod item;
pub mod journal;
pub mod mark;
pub mod norm;
pub mod place;
pub mod point;
pub mod private;
pub mod registry;
pub mod rejection;
mod schema;
pub mod shape;
pub mod shift;
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

/// A moment cut to the millisecond, as tables and journal keep it.
#[must_use]
pub fn millis(at: Timestamp) -> Timestamp {
    let below = chrono::Timelike::nanosecond(&at) % 1_000_000;
    at - chrono::TimeDelta::nanoseconds(i64::from(below))
}

/// Days, shifts and KPI periods are Asia/Shanghai, which has had no daylight saving since 1991; seconds east.
const SHANGHAI_S: i64 = 8 * 3600;

/// The local day of a moment.
#[must_use]
pub fn local_date(at: Timestamp) -> chrono::NaiveDate {
    let local = at
        .naive_utc()
        .checked_add_signed(chrono::Duration::seconds(SHANGHAI_S));
    local.unwrap_or(at.naive_utc()).date()
}
