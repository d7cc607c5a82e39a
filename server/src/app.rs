//! The running program: configuration, database, worlds. Built once, shared by everything, no globals.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use chiyuan_core::WorldId;
use parking_lot::{Mutex, RwLock};

use crate::{
    account::Accounts,
    api::security::headers::ContentPolicy,
    basemap::BaseMap,
    config::Config,
    executor::{self, Executor},
    feed::Connections,
    gateway::Gateway,
    relay::Relay,
    store::{Connection, Store, StoreError, worlds},
    world::{WorldKind, WorldRuntime},
};

/// Everything that handlers need.
pub struct App {
    pub config: Config,
    /// Goes with every response.
    pub content_policy: ContentPolicy,
    pub store: Store,
    pub gateway: Gateway,
    pub relay: Relay,
    /// Worlds whose executor was started, shown or not, so that none gets two.
    started: Mutex<BTreeSet<WorldId>>,
    pub accounts: Arc<Accounts>,
    /// The open sockets of the live feed.
    pub feed: Arc<Connections>,
    worlds: RwLock<BTreeMap<WorldId, Arc<WorldRuntime>>>,
    ready: AtomicBool,
    draining: AtomicBool,
}

impl App {
    /// An app that knows its database and no worlds yet.
    ///
    /// # Errors
    /// If the pools cannot be built.
    pub fn new(config: Config) -> Result<Self, StoreError> {
        let store = Store::new(&config.database_url)?;
        let accounts = Accounts::new(store.clone(), &config);
        let tiles = config.basemap.as_ref();
        let origins = tiles.map(BaseMap::origins).unwrap_or_default();
        let content_policy = ContentPolicy::with_tiles(&origins);
        Ok(Self {
            gateway: Gateway::default(),
            relay: Relay::new(config.redis_url.is_some()),
            started: Mutex::default(),
            config,
            content_policy,
            store,
            accounts,
            feed: Arc::default(),
            worlds: RwLock::default(),
            ready: AtomicBool::new(false),
            draining: AtomicBool::new(false),
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

    /// Makes sure that `live` exists and starts every open world that is not running yet.
    ///
    /// # Errors
    /// If the database is away or a row is not readable.
    pub async fn load_worlds(&self) -> Result<(), StoreError> {
        let mut connection = self.store.write().await?;
        let live = WorldId::new("live").map_err(|error| StoreError::Corrupt(error.to_string()))?;
        if self.world(live.as_str()).is_none() {
            worlds::create(&mut connection, &live, "live", "live", true).await?;
        }
        for row in worlds::open_worlds(&mut connection).await? {
            let id =
                WorldId::new(&row.id).map_err(|error| StoreError::Corrupt(error.to_string()))?;
            if !self.started.lock().contains(&id) {
                let kind = if row.kind == "live" {
                    WorldKind::Live
                } else {
                    WorldKind::Drill
                };
                let world = self.start(&mut connection, &id, kind, row.name).await?;
                self.show(world);
            }
        }
        connection.done();
        Ok(())
    }

    /// Loads a world and starts its executor; nobody finds it before [`App::show`].
    ///
    /// # Errors
    /// If the database is away or a row is not readable.
    pub async fn start(
        &self,
        connection: &mut Connection,
        id: &WorldId,
        kind: WorldKind,
        name: String,
    ) -> Result<Arc<WorldRuntime>, StoreError> {
        let loaded = worlds::load(connection, id).await?;
        let (world, epoch) =
            loaded.ok_or_else(|| StoreError::Corrupt(format!("world {id} is gone")))?;
        let fixes = crate::gateway::last_fix::load(connection, id).await?;
        if !self.started.lock().insert(id.clone()) {
            return Err(StoreError::Unavailable(format!(
                "world {id} is being loaded"
            )));
        }
        let (executor, inbox) = Executor::new();
        let runtime = Arc::new(WorldRuntime::new(kind, name, world, epoch, fixes, executor));
        tracing::info!(world = %id, seq = runtime.seq(), "world loaded");
        tokio::spawn(executor::run(
            Arc::clone(&runtime),
            self.store.clone(),
            inbox,
        ));
        Ok(runtime)
    }

    /// Lets a started world be found.
    pub fn show(&self, world: Arc<WorldRuntime>) {
        self.worlds
            .write()
            .entry(world.id().clone())
            .or_insert(world);
    }

    /// Migrated, checked and loaded.
    pub fn set_ready(&self) {
        self.ready.store(true, Ordering::Release);
    }

    /// Whether the worlds are loaded.
    #[must_use]
    pub fn is_loaded(&self) -> bool {
        self.ready.load(Ordering::Acquire)
    }

    /// Whether requests are served: loaded, and not stopping.
    #[must_use]
    pub fn is_ready(&self) -> bool {
        self.is_loaded() && !self.is_draining()
    }

    /// The server has been told to stop.
    pub fn drain(&self) {
        self.draining.store(true, Ordering::Release);
    }

    /// Whether the server has been told to stop.
    #[must_use]
    pub fn is_draining(&self) -> bool {
        self.draining.load(Ordering::Acquire)
    }
}
