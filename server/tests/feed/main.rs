//! The live feed over real sockets, on a world without a database.
#![expect(clippy::unwrap_used, reason = "a test fails loudly")]

mod fake;
mod in_step;
mod misbehaviour;
