//! Reads latest fixes of other servers from the database while Redis does not bring them.

use std::{collections::HashMap, sync::Arc, time::Duration};

use chiyuan_core::{Timestamp, WorldId};
use chrono::TimeDelta;

use crate::{app::App, gateway::last_fix, store::StoreError};

/// How often, while Redis is away.
const EVERY: Duration = Duration::from_secs(2);
/// How often while Redis brings them, in looks left out: its messages are not guaranteed to arrive (rule D32).
const SELDOM: u32 = 7;
/// One look at every world.
const WITHIN: Duration = Duration::from_secs(2);
/// A row may become visible this long after its time, because its transaction was still open.
const OVERLAP: TimeDelta = TimeDelta::seconds(5);

/// Until when latest fixes were read, by world, in PostgreSQL's time.
pub(super) type Seen = HashMap<WorldId, Timestamp>;

pub(super) async fn last_fixes(app: Arc<App>) {
    let mut every = tokio::time::interval(EVERY);
    every.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    let mut seen = Seen::new();
    let mut left_out = 0;
    loop {
        every.tick().await;
        if app.relay.state.subscribed() && left_out < SELDOM {
            left_out += 1;
        } else {
            left_out = 0;
            once(&app, &mut seen).await;
        }
    }
}

/// Looks at every world once.
pub(super) async fn once(app: &App, seen: &mut Seen) {
    match tokio::time::timeout(WITHIN, look(app, seen)).await {
        Ok(Ok(())) => {}
        Ok(Err(error)) => tracing::debug!(%error, "latest fixes not read"),
        Err(_) => tracing::debug!("latest fixes not read in time"),
    }
}

async fn look(app: &App, seen: &mut Seen) -> Result<(), StoreError> {
    let mut connection = app.store.read().await?;
    for world in app.worlds() {
        let since = seen.get(world.id()).map(|until| *until - OVERLAP);
        let (fixes, until) = last_fix::since(&mut connection, world.id(), since).await?;
        if let Some(until) = until {
            seen.insert(world.id().clone(), until);
        }
        let newer: Vec<_> = {
            let picture = world.picture();
            let known = picture.fixes();
            fixes
                .into_iter()
                .filter(|(unit, fix)| known.get(unit).is_none_or(|known| known.at < fix.at))
                .collect()
        };
        if !newer.is_empty() {
            world.take_fixes(&newer);
        }
    }
    connection.done();
    Ok(())
}
