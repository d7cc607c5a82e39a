//! The registry as files: export of a kind, preview of an edited file, and its import through ordinary commands.

pub mod export;
pub mod import;
pub mod preview;

/// Largest file, bytes.
pub const MAX_FILE: usize = 20 * 1024 * 1024;
/// Most rows of an import.
pub const MAX_ROWS: usize = 10_000;
