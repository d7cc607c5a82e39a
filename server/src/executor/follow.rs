//! Follows the journal: commands that other servers committed, and databases that were replaced under us.

use std::sync::Arc;

use super::attempt::committed;
use crate::{
    store::{
        Connection, Store, StoreError, journal,
        worlds::{self, LockedWorld},
    },
    world::WorldRuntime,
};

/// Under the world's lock: afterwards the picture stands exactly at the locked row.
pub(super) async fn under_lock(
    world: &Arc<WorldRuntime>,
    connection: &mut Connection,
    locked: &LockedWorld,
) -> Result<(), StoreError> {
    let seq = worlds::seq(locked.seq)?;
    if locked.epoch != world.epoch() || seq < world.seq() {
        world.mark_stale();
        return Err(StoreError::Unavailable(
            "the database was replaced; reloading".to_owned(),
        ));
    }
    read_on(world, connection, seq).await
}

/// Without the lock: takes in what is committed. Rows become visible in seq order, because seq is given under the
/// world's lock, so a plain read has no gaps.
pub(super) async fn catch_up(world: &Arc<WorldRuntime>, store: &Store) {
    let caught_up = tokio::time::timeout(super::ATTEMPT_WITHIN, look(world, store)).await;
    let result = match caught_up {
        Ok(result) => result,
        Err(_) => Err(StoreError::Unavailable("no answer in time".to_owned())),
    };
    world.database_seen(result.is_ok());
    if let Err(error) = result {
        tracing::debug!(world = %world.id(), %error, "journal not read");
    }
}

async fn look(world: &Arc<WorldRuntime>, store: &Store) -> Result<(), StoreError> {
    let mut connection = store.write().await?;
    let glance = worlds::glance(&mut connection, world.id()).await?;
    let seq = worlds::seq(glance.seq)?;
    if world.is_stale() || glance.epoch != world.epoch() || seq < world.seq() {
        reload(world, &mut connection).await?;
    } else {
        read_on(world, &mut connection, seq).await?;
    }
    connection.done();
    Ok(())
}

async fn read_on(
    world: &Arc<WorldRuntime>,
    connection: &mut Connection,
    until: u64,
) -> Result<(), StoreError> {
    while world.seq() < until {
        let rows = journal::after(connection, world.id(), world.seq(), journal::PAGE).await?;
        if rows.is_empty() {
            return Err(StoreError::Corrupt(
                "the journal ends before the world's row says so".to_owned(),
            ));
        }
        for row in rows {
            world.publish(&committed(row.envelope()?));
        }
    }
    Ok(())
}

async fn reload(world: &Arc<WorldRuntime>, connection: &mut Connection) -> Result<(), StoreError> {
    let Some((loaded, epoch)) = worlds::load(connection, world.id()).await? else {
        return Err(StoreError::Corrupt("the world is gone".to_owned()));
    };
    tracing::warn!(world = %world.id(), %epoch, seq = loaded.seq(), "the database was replaced; picture reloaded");
    world.replace(loaded, epoch);
    Ok(())
}
