//! A dispatch centre at work, through the public interface only: calls come in, are taken, units go, hand over and
//! return, records are written or forgotten. Seeded; on a clock that runs or that is stepped.

pub mod clock;
pub mod ground;
pub mod plan;
mod script;

pub use clock::Clock;
pub use ground::Ground;
pub use plan::{Fate, Plan};
pub use script::play;

use std::sync::{
    Mutex,
    atomic::{AtomicI64, AtomicU64, Ordering},
};

use serde_json::{Value, json};

use crate::Client;

/// A world in which cases are played.
#[derive(Debug)]
pub struct Stage {
    pub client: Client,
    pub world: String,
    pub clock: Clock,
    pub ground: Ground,
    /// Commands that were accepted.
    pub commands: AtomicU64,
    /// Commands that were given again because another case was quicker, or the clock.
    pub retries: AtomicU64,
    /// World time that passes while a call is told and answered, milliseconds.
    answer_lag: AtomicI64,
    /// Incidents that were opened, in order.
    incidents: Mutex<Vec<String>>,
}

impl Stage {
    /// A world, ready to play in: every ambulance has a crew on duty.
    pub async fn prepare(client: Client, world: &str, clock: Clock) -> Self {
        let ground = Ground::read(&client, world).await;
        let stage = Self {
            client,
            world: world.to_owned(),
            clock,
            ground,
            commands: AtomicU64::new(0),
            retries: AtomicU64::new(0),
            answer_lag: AtomicI64::new(0),
            incidents: Mutex::default(),
        };
        for unit in &stage.ground.uncrewed {
            let crew = json!([{"role": "driver", "staff": "1"}, {"role": "doctor", "staff": "2"}]);
            let command = json!({"type": "begin_shift", "unit_id": unit, "crew": crew});
            stage.give(&command).await;
        }
        stage
    }

    fn answer_lag(&self) -> i64 {
        self.answer_lag.load(Ordering::Relaxed)
    }

    /// Learns how long the way to an answer takes.
    fn answered(&self, lag: i64) {
        let known = self.answer_lag();
        self.answer_lag
            .store((7 * known + lag) / 8, Ordering::Relaxed);
    }

    fn opened(&self, incident: &str) {
        let mut incidents = self.incidents.lock().expect("no case panicked here");
        incidents.push(incident.to_owned());
    }

    /// An incident that was opened a moment ago.
    fn some_incident(&self) -> Option<String> {
        let incidents = self.incidents.lock().expect("no case panicked here");
        incidents.last().cloned()
    }

    /// Gives a command that must be accepted.
    pub async fn give(&self, command: &Value) -> Value {
        let answer = self.client.command(&self.world, command).await;
        assert_eq!(answer.status, 200, "{command}: {}", answer.body);
        self.commands.fetch_add(1, Ordering::Relaxed);
        answer.body
    }

    /// Gives a command that the state may refuse; none if it did.
    pub async fn try_give(&self, command: &Value) -> Option<Value> {
        let answer = self.client.command(&self.world, command).await;
        if answer.status != 200 {
            assert!(
                [409, 422].contains(&answer.status.as_u16()),
                "{command}: {}",
                answer.body
            );
            self.retries.fetch_add(1, Ordering::Relaxed);
            return None;
        }
        self.commands.fetch_add(1, Ordering::Relaxed);
        Some(answer.body)
    }

    /// Gives a command that names a moment, once the moment has come for the server as well.
    pub async fn give_at(&self, at: i64, mut command: Value) -> Value {
        self.clock.until(at).await;
        command["at"] = clock::text(at).into();
        for attempt in 1..=20 {
            if let Some(reply) = self.try_give(&command).await {
                return reply;
            }
            self.clock.until(at + attempt * 30_000).await;
        }
        panic!("{command} was refused again and again");
    }
}
