//! What a backup says about itself: when and by what it was made, what it holds, and the hash of its bytes.

use chiyuan_core::Timestamp;
use serde::{Deserialize, Serialize};

/// Version of the file format.
pub const FORMAT: u32 = 1;

/// What a backup holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    pub format: u32,
    /// Version of the program that made it.
    pub program: String,
    /// Version of the PostgreSQL it was read from.
    pub postgresql: String,
    /// PostgreSQL's time at the snapshot.
    pub created_at: Timestamp,
    /// Versions of the migrations that made the schema, oldest first.
    pub schema: Vec<String>,
    pub worlds: Vec<WorldHead>,
    pub audit: Head,
    /// In the order of the data.
    pub tables: Vec<TableRows>,
    /// Last numbers given by sequences.
    pub sequences: Vec<Sequence>,
    /// Days that tracks are kept of, as `YYYYMMDD`.
    pub track_days: Vec<String>,
    /// How many differences `verify` found in the same snapshot.
    pub differences: usize,
    pub data: Data,
}

/// Where a chain ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Head {
    pub seq: i64,
    /// Hash of the last row.
    pub head: String,
}

/// Where a world's journal ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WorldHead {
    pub id: String,
    pub seq: i64,
    /// Hash of the last row.
    pub head: String,
}

/// A table and how much of it there is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TableRows {
    pub name: String,
    pub columns: Vec<String>,
    pub rows: u64,
}

/// The last number that a sequence gave; none if it gave none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sequence {
    pub name: String,
    pub last: Option<i64>,
}

/// The compressed tables.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Data {
    /// Compressed.
    pub bytes: u64,
    pub sha256: String,
}

impl Manifest {
    /// Rows of all tables.
    #[must_use]
    pub fn rows(&self) -> u64 {
        self.tables.iter().map(|table| table.rows).sum()
    }
}
