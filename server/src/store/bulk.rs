//! Whole tables: COPY out and in over a connection of the owner, inside one transaction that Diesel then goes on with.

use std::{io::Cursor, time::Duration};

use diesel_async::{AnsiTransactionManager, AsyncPgConnection, TransactionManager};
use futures_util::{SinkExt, StreamExt};
use tokio_postgres::{Client, CopyInSink, CopyOutStream, NoTls, types::ToSql};

use super::{Connection, StoreError};

/// Longest time until a connection stands.
const CONNECT_WITHIN: Duration = Duration::from_secs(10);
/// Longest time without a sign of life while a table is copied.
const STALLED_AFTER: Duration = Duration::from_secs(60);

/// No limit on a statement's length, but one on waiting for others; text in one form, floats exact.
const SETTINGS: &str = "SET TIME ZONE 'UTC'; SET DateStyle = 'ISO, YMD'; SET IntervalStyle = 'postgres'; \
    SET bytea_output = 'hex'; SET extra_float_digits = 1; SET statement_timeout = 0; \
    SET idle_in_transaction_session_timeout = 0; SET tcp_user_timeout = 0; SET lock_timeout = '10s'; \
    SET client_connection_check_interval = '1s'; SET client_min_messages = 'error'; \
    SET application_name = 'chiyuan backup'";

/// A connection for whole tables. Dropped, it is closed, and what was not committed is undone.
pub struct Bulk(Client);

impl Bulk {
    /// Connects as the owner of the schema.
    ///
    /// # Errors
    /// If the database is away.
    pub async fn connect(url: &str) -> Result<Self, StoreError> {
        let connecting = async {
            let (client, connection) = tokio_postgres::connect(url, NoTls).await?;
            // Ends with the client; what went wrong is told by the client's calls.
            tokio::spawn(connection);
            client.batch_execute(SETTINGS).await?;
            Ok(Self(client))
        };
        tokio::time::timeout(CONNECT_WITHIN, connecting)
            .await
            .unwrap_or_else(|_| Err(StoreError::Unavailable("no answer in time".to_owned())))
    }

    /// Runs statements that answer nothing.
    ///
    /// # Errors
    /// If the database is away or refuses one.
    pub async fn execute(&self, statements: &str) -> Result<(), StoreError> {
        Ok(self.0.batch_execute(statements).await?)
    }

    /// Runs a query.
    ///
    /// # Errors
    /// If the database is away or refuses it.
    pub async fn query(
        &self,
        query: &str,
        binds: &[&(dyn ToSql + Sync)],
    ) -> Result<Vec<tokio_postgres::Row>, StoreError> {
        Ok(self.0.query(query, binds).await?)
    }

    /// Begins to read a table; partitions are read with the table they belong to.
    ///
    /// # Errors
    /// If the database is away or the table cannot be read.
    pub async fn copy_out(&self, table: &str, columns: &[String]) -> Result<Rows, StoreError> {
        let statement = format!(
            "COPY (SELECT {} FROM public.{}) TO STDOUT",
            list(columns),
            quoted(table)
        );
        Ok(Rows(Box::pin(self.0.copy_out(&statement).await?)))
    }

    /// Begins to fill a table.
    ///
    /// # Errors
    /// If the database is away or the table cannot be written.
    pub async fn copy_in(&self, table: &str, columns: &[String]) -> Result<Filling, StoreError> {
        let statement = format!(
            "COPY public.{} ({}) FROM STDIN",
            quoted(table),
            list(columns)
        );
        Ok(Filling(Box::pin(self.0.copy_in(&statement).await?)))
    }

    /// The same connection in the same open transaction, for Diesel.
    ///
    /// # Errors
    /// If the database is away.
    pub async fn into_diesel(self) -> Result<AsyncPgConnection, StoreError> {
        let mut connection = AsyncPgConnection::try_from(self.0)
            .await
            .map_err(|error| StoreError::Unavailable(error.to_string()))?;
        // PostgreSQL only remarks (unheard, see the settings) that a transaction is open already; Diesel knows of it from here on, so that
        // migrations nest in it instead of committing it.
        AnsiTransactionManager::begin_transaction(&mut connection).await?;
        Ok(connection)
    }

    /// The same, for the functions of the store.
    ///
    /// # Errors
    /// If the database is away.
    pub async fn into_connection(self) -> Result<Connection, StoreError> {
        Ok(Connection::own(self.into_diesel().await?))
    }
}

/// Rows of a table as text lines, each ended by a newline that occurs nowhere else.
pub struct Rows(std::pin::Pin<Box<CopyOutStream>>);

impl Rows {
    /// The next whole lines; none at the end.
    ///
    /// # Errors
    /// If the database is away or stalls.
    pub async fn next(&mut self) -> Result<Option<impl AsRef<[u8]> + use<>>, StoreError> {
        let next = tokio::time::timeout(STALLED_AFTER, self.0.next()).await;
        Ok(next.map_err(|_| stalled())?.transpose()?)
    }
}

/// A table being filled; dropped before its end, it aborts the transaction.
pub struct Filling(std::pin::Pin<Box<CopyInSink<Cursor<Vec<u8>>>>>);

impl Filling {
    /// Sends lines.
    ///
    /// # Errors
    /// If the database is away, stalls or refuses a line.
    pub async fn send(&mut self, lines: Vec<u8>) -> Result<(), StoreError> {
        let sent = tokio::time::timeout(STALLED_AFTER, self.0.send(Cursor::new(lines))).await;
        Ok(sent.map_err(|_| stalled())??)
    }

    /// Ends the table; returns how many rows it took.
    ///
    /// # Errors
    /// If the database is away or refuses a row. Constraints of the whole table are checked here, hence no deadline.
    pub async fn finish(mut self) -> Result<u64, StoreError> {
        Ok(self.0.as_mut().finish().await?)
    }
}

fn stalled() -> StoreError {
    StoreError::Unavailable(format!("no answer in {} s", STALLED_AFTER.as_secs()))
}

/// Names as SQL, with commas.
#[must_use]
pub fn list(names: &[String]) -> String {
    let quoted: Vec<_> = names.iter().map(|name| quoted(name)).collect();
    quoted.join(", ")
}

/// A name as SQL.
#[must_use]
pub fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}
