//! Follows the worlds themselves: loads those that other servers made, and passes on what is committed here.

use std::{collections::BTreeSet, sync::Arc, time::Duration};

use chiyuan_core::WorldId;

use crate::{
    app::App,
    store::{StoreError, worlds},
    world::WorldRuntime,
};

/// How often new worlds are looked for.
const EVERY: Duration = Duration::from_secs(1);
/// Loading them.
const WITHIN: Duration = Duration::from_secs(60);

pub(super) async fn worlds(app: Arc<App>) {
    let mut every = tokio::time::interval(EVERY);
    every.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    let mut announced = BTreeSet::new();
    loop {
        every.tick().await;
        // The start itself checks the database and loads the worlds that exist.
        if !app.is_ready() {
            continue;
        }
        match tokio::time::timeout(WITHIN, load_new(&app)).await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => tracing::debug!(%error, "worlds not read"),
            Err(_) => tracing::warn!("worlds not read in time"),
        }
        for world in app.worlds() {
            if announced.insert(world.id().clone()) {
                tokio::spawn(announce(Arc::clone(&app), world));
            }
        }
        let present: BTreeSet<WorldId> = app.worlds().iter().map(|w| w.id().clone()).collect();
        announced.retain(|id| present.contains(id));
    }
}

async fn load_new(app: &App) -> Result<(), StoreError> {
    let mut connection = app.store.read().await?;
    let rows = worlds::open_worlds(&mut connection).await?;
    connection.done();
    if rows.iter().all(|row| app.world(&row.id).is_some()) {
        return Ok(());
    }
    app.load_worlds().await
}

/// Passes on what this server commits in one world; the last number is enough.
async fn announce(app: Arc<App>, world: Arc<WorldRuntime>) {
    let mut announcements = world.announcements();
    while announcements.changed().await.is_ok() {
        let seq = *announcements.borrow_and_update();
        app.relay.hint(world.id(), seq);
    }
}
