//! The running program: configuration, database, worlds. Built once, shared by everything, no globals.

use std::{collections::BTreeMap, sync::Arc};

use chiyuan_core::WorldId;
use parking_lot::RwLock;

use crate::{
    account::Accounts,
    config::Config,
    executor::{self, Executor},
    store::{Store, StoreError, worlds},
    world::{WorldKind, WorldRuntime},
};

/// Everything that handlers need.
pub struct App {
    pub config: Config,
    pub store: Store,
    pub accounts: Arc<Accounts>,
    worlds: RwLock<BTreeMap<WorldId, Arc<WorldRuntime>>>,
}

impl App {
    /// An app that knows its database and no worlds yet.
    ///
    /// # Errors
    /// If the pools cannot be built.
    pub fn new(config: Config) -> Result<Self, StoreError> {
        let store = Store::new(&config.database_url)?;
        let accounts = Accounts::new(store.clone(), &config);
        Ok(Self {
            config,
            store,
            accounts,
            worlds: RwLock::default(),
        })
    }

    /// The world with this id.
    #[must_use]
    pub fn world(&self, id: &str) -> Option<Arc<WorldRuntime>> {
        self.worlds.read().get(id).cloned()
    }

    /// Every world.
    #[must_use]
    pub fn worlds(&self) -> Vec<Arc<WorldRuntime>> {
        self.worlds.read().values().cloned().collect()
    }

    /// Makes sure that `live` exists and loads every open world that is not running yet.
    ///
    /// # Errors
    /// If the database is away or a row is not readable.
    pub async fn load_worlds(&self) -> Result<(), StoreError> {
        let mut connection = self.store.write().await?;
        let live = WorldId::new("live").map_err(|error| StoreError::Corrupt(error.to_string()))?;
        worlds::create(&mut connection, &live, "live", "live", true).await?;
        for row in worlds::open_worlds(&mut connection).await? {
            let id =
                WorldId::new(&row.id).map_err(|error| StoreError::Corrupt(error.to_string()))?;
            if self.world(id.as_str()).is_some() {
                continue;
            }
            let Some((world, epoch)) = worlds::load(&mut connection, &id).await? else {
                continue;
            };
            let fixes = crate::gateway::last_fix::load(&mut connection, &id).await?;
            let kind = if row.kind == "live" {
                WorldKind::Live
            } else {
                WorldKind::Drill
            };
            let (executor, inbox) = Executor::new();
            let runtime = Arc::new(WorldRuntime::new(
                kind, row.name, world, epoch, fixes, executor,
            ));
            tracing::info!(world = %id, seq = runtime.seq(), "world loaded");
            self.worlds.write().insert(id, Arc::clone(&runtime));
            tokio::spawn(executor::run(runtime, self.store.clone(), inbox));
        }
        connection.done();
        Ok(())
    }
}
