//! A world without a database behind the real feed: commands are published by the test itself.

use std::{
    collections::HashMap,
    net::SocketAddr,
    sync::{Arc, Mutex},
    time::Duration,
};

use actix_web::{App, HttpRequest, HttpServer, dev::ServerHandle, web};
use chiyuan::{
    account::Hold,
    executor::{Committed, Executor},
    feed::{
        self, Connections,
        connection::{self, Subscription},
        connections::Patience,
        socket,
    },
    picture::Fix,
    world::{WorldKind, WorldRuntime},
};
use chiyuan_core::{Change, DivisionCode, Entity, EntityId, Timestamp, World, WorldId};
use chiyuan_geo::LonLat;
use serde_json::{Value, json};
use tokio::sync::watch;

pub const SHUOZHOU: &str = "140600";
pub const JINZHONG: &str = "140700";

/// Ambulance number `n`; even ones belong to Shuozhou, odd ones to Jinzhong.
pub fn ambulance(n: usize, version: u64, visible_to: &[&str]) -> Arc<Entity> {
    let centre = if n.is_multiple_of(2) {
        SHUOZHOU
    } else {
        JINZHONG
    };
    let entity = json!({
        "kind": "ambulance", "id": unit(n).as_str(), "version": version, "centre": centre,
        "visible_to": visible_to, "retired": false, "source": "demo",
        "lon": 112.0 + lon_offset(n), "lat": 39.0,
        "name": format!("救护车{n}"), "plate": format!("晋F{n:05}"), "jurisdiction": centre,
        "home_id": "sta-140602-01", "class": "B", "capabilities": ["defibrillator"], "equipment": [],
        "status": "available", "status_since": "2026-11-22T00:00:00Z", "status_reason": "",
    });
    Arc::new(serde_json::from_value(entity).unwrap())
}

fn lon_offset(n: usize) -> f64 {
    f64::from(u32::try_from(n % 1_000).unwrap()) / 1_000.0
}

pub fn unit(n: usize) -> EntityId {
    EntityId::new(&format!("amb-140600-{n:05}")).unwrap()
}

pub fn put(entity: Arc<Entity>) -> Change {
    Change {
        kind: entity.kind(),
        id: entity.id().clone(),
        entity: Some(entity),
    }
}

pub fn world_of(ambulances: usize, seq: u64) -> World {
    let entities = (0..ambulances).map(|n| ambulance(n, 1, &[]));
    World::load(
        WorldId::new("live").unwrap(),
        seq,
        Timestamp::UNIX_EPOCH,
        entities,
    )
}

/// The feed of one world, served on a port of its own.
pub struct Fake {
    pub world: Arc<WorldRuntime>,
    pub connections: Arc<Connections>,
    pub address: SocketAddr,
    latest_fix: Mutex<Timestamp>,
    hold: Arc<Mutex<Hold>>,
    endings: watch::Sender<()>,
    server: ServerHandle,
    beats: tokio::task::JoinHandle<()>,
}

impl Fake {
    pub fn start(ambulances: usize) -> Self {
        Self::start_with(ambulances, Patience::default())
    }

    pub fn start_with(ambulances: usize, patience: Patience) -> Self {
        let (executor, _inbox) = Executor::new();
        let world = world_of(ambulances, 100);
        let epoch = "epoch-1".to_owned();
        let world = WorldRuntime::new(
            WorldKind::Live,
            "live".into(),
            world,
            epoch,
            HashMap::new(),
            executor,
        );
        let connections = Connections::with_patience(patience);
        let (world, connections) = (Arc::new(world), Arc::new(connections));
        let (hold, endings) = (Arc::new(Mutex::new(Hold::Good)), watch::channel(()).0);
        let data = web::Data::new(Parts {
            world: Arc::clone(&world),
            connections: Arc::clone(&connections),
            hold: Arc::clone(&hold),
            endings: endings.clone(),
        });
        let server = HttpServer::new(move || {
            App::new()
                .app_data(data.clone())
                .route("/feed", web::get().to(follow))
        })
        .workers(1)
        .shutdown_timeout(1)
        .disable_signals()
        .on_connect(socket::on_connect)
        .bind("127.0.0.1:0")
        .unwrap();
        let address = server.addrs()[0];
        let server = server.run();
        let handle = server.handle();
        tokio::spawn(server);
        let beating = Arc::clone(&world);
        let beats = tokio::spawn(async move {
            let worlds = [beating];
            for number in 0_u64.. {
                // Checkpoints come ten times as often as in the field.
                feed::beat(&worlds, if number.is_multiple_of(3) { 0 } else { 1 });
                tokio::time::sleep(feed::FRAME_EVERY).await;
            }
        });
        Self {
            world,
            connections,
            address,
            latest_fix: Mutex::new(Timestamp::UNIX_EPOCH),
            hold,
            endings,
            server: handle,
            beats,
        }
    }

    pub fn url(&self, scope: &str) -> String {
        format!("ws://{}/feed?scope={scope}", self.address)
    }

    /// Changes how every session stands; the feeds hear of it only if they are told.
    pub fn sessions(&self, hold: Hold, told: bool) {
        *self.hold.lock().unwrap() = hold;
        if told {
            self.endings.send_replace(());
        }
    }

    /// Publishes one command with these changes.
    pub fn command(&self, changes: Vec<Change>) -> u64 {
        let seq = self.world.seq() + 1;
        self.world.publish(&Committed {
            seq,
            at: chiyuan::time::now(),
            actor: "user:zhangmin".to_owned(),
            command: json!({"type": "update_resource"}),
            changes,
        });
        seq
    }

    /// Publishes the next version of an ambulance.
    pub fn touch(&self, n: usize, visible_to: &[&str]) -> u64 {
        let version = self
            .world
            .picture()
            .world()
            .get(&unit(n))
            .map_or(0, |entity| entity.header().version);
        self.command(vec![put(ambulance(n, version + 1, visible_to))])
    }

    /// Moves an ambulance.
    pub fn fix(&self, n: usize, lon: f64, lat: f64) {
        // Never at the millisecond of an earlier one, which would count as a repeat.
        let mut latest = self.latest_fix.lock().unwrap();
        let at = chiyuan::time::now().max(*latest + chrono::TimeDelta::milliseconds(1));
        *latest = at;
        let fix = Fix {
            at,
            position: LonLat::new(lon, lat).unwrap(),
            speed_mps: Some(12.5),
            heading_deg: None,
            accuracy_m: None,
            source: "demo".into(),
        };
        self.world.take_fixes(&[(unit(n), Arc::new(fix))]);
    }
}

impl Drop for Fake {
    fn drop(&mut self) {
        self.beats.abort();
        drop(self.server.stop(false));
    }
}

struct Parts {
    world: Arc<WorldRuntime>,
    connections: Arc<Connections>,
    hold: Arc<Mutex<Hold>>,
    endings: watch::Sender<()>,
}

async fn follow(
    data: web::Data<Parts>,
    query: web::Query<Value>,
    request: HttpRequest,
    payload: web::Payload,
) -> actix_web::Result<actix_web::HttpResponse> {
    let world = Arc::clone(&data.world);
    let text = |name: &str| query[name].as_str().unwrap_or_default().to_owned();
    let after = text("after").parse().ok();
    let resume = after
        .filter(|_| text("epoch") == world.epoch())
        .and_then(|after| world.hub().resume(after));
    let subscription = Subscription {
        world,
        scope: DivisionCode::new(&text("scope")).ok(),
        resume,
        account: format!("user:{}", text("user")),
        endings: data.endings.subscribe(),
        hold: {
            let hold = Arc::clone(&data.hold);
            Box::new(move || {
                let hold = *hold.lock().unwrap();
                Box::pin(async move { hold })
            })
        },
    };
    Ok(connection::open(
        &data.connections,
        subscription,
        &request,
        payload,
    )?)
}

/// Waits until a condition holds.
pub async fn until(within: Duration, what: &str, condition: impl Fn() -> bool) {
    let end = tokio::time::Instant::now() + within;
    while !condition() {
        assert!(
            tokio::time::Instant::now() < end,
            "did not happen in {within:?}: {what}"
        );
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

/// Resident memory of this process, KiB.
pub fn rss_kib() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status
        .lines()
        .find(|line| line.starts_with("VmRSS"))
        .unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}
