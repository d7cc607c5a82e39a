//! A transaction in a task of its own, so that a caller who goes away cannot cancel it half-way (rules D10, D12).

use std::time::Duration;

use diesel_async::SimpleAsyncConnection;
use futures_util::future::BoxFuture;

use super::{Connection, Store, StoreError};

/// Longest duration of one transaction; longer ones lose their connection.
const WITHIN: Duration = Duration::from_millis(1_900);

/// Runs a job between BEGIN and COMMIT. A job that fails, or takes too long, leaves nothing behind.
///
/// # Errors
/// What the job says, or [`StoreError::Unavailable`].
pub async fn detached<T, F>(store: &Store, job: F) -> Result<T, StoreError>
where
    T: Send + 'static,
    F: for<'c> FnOnce(&'c mut Connection) -> BoxFuture<'c, Result<T, StoreError>> + Send + 'static,
{
    let store = store.clone();
    let task = tokio::spawn(async move {
        tokio::time::timeout(WITHIN, run(&store, job))
            .await
            .unwrap_or_else(|_| Err(StoreError::Unavailable("no answer in time".to_owned())))
    });
    task.await
        .unwrap_or_else(|error| Err(StoreError::Unavailable(error.to_string())))
}

async fn run<T, F>(store: &Store, job: F) -> Result<T, StoreError>
where
    F: for<'c> FnOnce(&'c mut Connection) -> BoxFuture<'c, Result<T, StoreError>>,
{
    let mut connection = store.write().await?;
    connection.batch_execute("BEGIN").await?;
    // On an error the connection is dropped, hence closed, hence rolled back.
    let outcome = job(&mut connection).await?;
    connection.batch_execute("COMMIT").await?;
    connection.done();
    Ok(outcome)
}
