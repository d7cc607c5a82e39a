//! `chiyuan backup` and `chiyuan restore`: one file that holds a database at one moment, and the way back.
//!
//! The file is a line of magic, a gzip stream, a manifest and a trailer with the manifest's hash. The stream is text
//! that `psql` could load: for each table a `COPY ... FROM stdin;`, its rows, and `\.`. Log-ins (`session`) are left out.

mod cli;
mod file;
mod manifest;
mod progress;
mod restore;
mod save;

pub use cli::{BackupArgs, RestoreArgs, backup, restore};

use crate::store::{
    StoreError,
    catalog::{self, Table},
};

/// Tables that are not part of a backup: log-ins end with the database they were made in, and migrations are written
/// anew by the program that restores.
const LEFT_OUT: [&str; 2] = ["session", catalog::MIGRATIONS];
/// Longest line of a table, bytes.
const MAX_LINE: usize = 256 << 20;

/// Why there is no backup, or no restored database.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// PostgreSQL could not or would not.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A file could not be read or written.
    #[error("{0}: {1}")]
    File(String, std::io::Error),
    /// The file is there and may not be replaced.
    #[error("{0} exists already; --force replaces it")]
    Exists(String),
    /// The file is not what a backup once wrote.
    #[error("{0} is no whole backup: {1}. Nothing was restored")]
    Damaged(String, String),
    /// The database is not what is needed.
    #[error("{0}")]
    Refused(String),
    /// What was found is not what should be; each difference was told.
    #[error("{0}")]
    Differs(String),
}

/// The line before a table's rows.
fn opening(table: &Table) -> String {
    let (name, columns) = (
        crate::store::bulk::quoted(&table.name),
        crate::store::bulk::list(&table.columns),
    );
    format!("COPY public.{name} ({columns}) FROM stdin;\n")
}

/// The line after a table's rows.
const CLOSING: &str = "\\.\n";
