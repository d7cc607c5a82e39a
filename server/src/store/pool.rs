//! Pools of connections: one for writing, a small one for reading, each call with a deadline.

use std::time::Duration;

use diesel::{ConnectionError, ConnectionResult};
use diesel_async::{
    AsyncConnection, AsyncPgConnection, SimpleAsyncConnection,
    pooled_connection::{AsyncDieselConnectionManager, ManagerConfig, deadpool},
};
use futures_util::{FutureExt, future::BoxFuture};

use super::StoreError;

/// How long a caller waits for a connection.
const CHECK_OUT: Duration = Duration::from_millis(1_000);
/// Connections for commands, sessions and positions.
const WRITERS: usize = 8;
/// Connections for history and reports.
const READERS: usize = 4;

/// Belts on the server's side: nothing holds a lock or a row for long, whatever happens to this program.
const SESSION_SETTINGS: &str = "SET ROLE chiyuan_app; SET TIME ZONE 'UTC'; SET statement_timeout = '3s'; \
    SET lock_timeout = '1500ms'; SET idle_in_transaction_session_timeout = '5s'; \
    SET client_connection_check_interval = '1s'; SET application_name = 'chiyuan'";

/// The database behind its pools.
#[derive(Clone)]
pub struct Store {
    writers: deadpool::Pool<AsyncPgConnection>,
    readers: deadpool::Pool<AsyncPgConnection>,
    url: String,
}

impl Store {
    /// Prepares the pools; connects when first asked.
    ///
    /// # Errors
    /// If the pools cannot be built.
    pub fn new(url: &str) -> Result<Self, StoreError> {
        Ok(Self {
            writers: pool(url, WRITERS)?,
            readers: pool(url, READERS)?,
            url: url.to_owned(),
        })
    }

    /// The URL of the database.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// A connection for writing.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] after one second.
    pub async fn write(&self) -> Result<Connection, StoreError> {
        Connection::from_pool(&self.writers).await
    }

    /// A connection for history and reports.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] after one second.
    pub async fn read(&self) -> Result<Connection, StoreError> {
        Connection::from_pool(&self.readers).await
    }
}

/// A checked-out connection. It goes back to the pool only through [`Connection::done`]; dropped on any other way
/// (error, deadline, panic) it is closed, so that no open transaction or half-read answer returns to the pool.
pub struct Connection(Option<Held>);

enum Held {
    Pooled(deadpool::Object<AsyncPgConnection>),
    /// Of no pool: closed however it ends.
    Own(AsyncPgConnection),
}

impl Connection {
    /// A connection that belongs to no pool.
    #[must_use]
    pub fn own(connection: AsyncPgConnection) -> Self {
        Self(Some(Held::Own(connection)))
    }

    async fn from_pool(pool: &deadpool::Pool<AsyncPgConnection>) -> Result<Self, StoreError> {
        let object = pool
            .get()
            .await
            .map_err(|error| StoreError::Unavailable(error.to_string()))?;
        Ok(Self(Some(Held::Pooled(object))))
    }

    /// Gives the connection back to the pool.
    pub fn done(mut self) {
        drop(self.0.take());
    }
}

impl std::ops::Deref for Connection {
    type Target = AsyncPgConnection;
    fn deref(&self) -> &AsyncPgConnection {
        match self.0.as_ref().expect("a connection is held until done") {
            Held::Pooled(object) => object,
            Held::Own(connection) => connection,
        }
    }
}

impl std::ops::DerefMut for Connection {
    fn deref_mut(&mut self) -> &mut AsyncPgConnection {
        match self.0.as_mut().expect("a connection is held until done") {
            Held::Pooled(object) => object,
            Held::Own(connection) => connection,
        }
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        if let Some(Held::Pooled(object)) = self.0.take() {
            drop(deadpool::Object::take(object));
        }
    }
}

fn pool(url: &str, size: usize) -> Result<deadpool::Pool<AsyncPgConnection>, StoreError> {
    let mut config = ManagerConfig::default();
    config.custom_setup = Box::new(establish);
    let manager = AsyncDieselConnectionManager::new_with_config(url, config);
    deadpool::Pool::builder(manager)
        .max_size(size)
        .runtime(::deadpool::Runtime::Tokio1)
        .wait_timeout(Some(CHECK_OUT))
        .create_timeout(Some(CHECK_OUT))
        .recycle_timeout(Some(CHECK_OUT))
        .build()
        .map_err(|error| StoreError::Unavailable(error.to_string()))
}

fn establish(url: &str) -> BoxFuture<'_, ConnectionResult<AsyncPgConnection>> {
    async move {
        let mut connection = AsyncPgConnection::establish(url).await?;
        connection
            .batch_execute(SESSION_SETTINGS)
            .await
            .map_err(ConnectionError::CouldntSetupConfiguration)?;
        Ok(connection)
    }
    .boxed()
}
