//! Fault tests: processes are killed and frozen under load; nothing acknowledged is lost.
#![expect(clippy::unwrap_used, reason = "a test fails loudly")]

mod cluster;
mod freeze;
mod kills;
mod load;
