//! The live feed over real sockets, on a world without a database.

mod fake;
mod in_step;
mod misbehaviour;
