//! PostgreSQL: pools with deadlines, worlds, the journal, the typed tables of entities.

pub mod accounts;
pub mod audit;
pub mod bulk;
pub mod cases;
pub mod catalog;
mod columns;
pub mod entities;
pub mod journal;
pub mod kpis;
pub mod login_failures;
pub mod migrations;
pub mod pool;
pub mod private;
pub mod schema;
pub mod self_check;
pub mod sessions;
pub mod tokens;
pub mod tracks;
pub mod transaction;
pub mod verify;
pub mod worlds;

pub use pool::{Connection, Store};

/// Why the database could not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Not reachable in time; nothing was done.
    #[error("the database is not available: {0}")]
    Unavailable(String),
    /// A constraint of the schema refused a row: a defect, since the rules should have refused it first.
    #[error("a constraint refused a row: {0}")]
    Constraint(String),
    /// What is stored contradicts itself or this program.
    #[error("the stored data is not readable: {0}")]
    Corrupt(String),
}

impl From<diesel::result::Error> for StoreError {
    fn from(error: diesel::result::Error) -> Self {
        use diesel::result::{DatabaseErrorKind as Kind, Error};
        match error {
            Error::DatabaseError(
                Kind::UniqueViolation
                | Kind::CheckViolation
                | Kind::ForeignKeyViolation
                | Kind::NotNullViolation,
                ref information,
            ) => Self::Constraint(information.message().to_owned()),
            Error::SerializationError(error) | Error::DeserializationError(error) => {
                Self::Corrupt(error.to_string())
            }
            other => Self::Unavailable(other.to_string()),
        }
    }
}

impl From<tokio_postgres::Error> for StoreError {
    fn from(error: tokio_postgres::Error) -> Self {
        let Some(told) = error.as_db_error() else {
            return Self::Unavailable(error.to_string());
        };
        // Only the message: the detail of a constraint quotes the row.
        let message = told.message().to_owned();
        // Class 23: integrity constraints; 22: values that do not fit their type.
        match told.code().code().get(..2) {
            Some("23") => Self::Constraint(message),
            Some("22") => Self::Corrupt(message),
            _ => Self::Unavailable(message),
        }
    }
}
