//! A command load that remembers every invocation and its outcome, and the oracle over it.

use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use chiyuan_tests::{Client, Database, random::Random};
use serde_json::json;
use tokio::task::JoinHandle;

/// What the writers know.
#[derive(Debug, Default)]
pub struct History {
    /// Key and seq of every acknowledged command.
    pub acknowledged: HashMap<String, u64>,
    /// Commands whose first answer was lost; each was resolved by repeating its key.
    pub ambiguous: usize,
}

/// Running writers.
pub struct Load {
    stop: Arc<AtomicBool>,
    history: Arc<Mutex<History>>,
    writers: Vec<JoinHandle<()>>,
}

impl Load {
    /// Starts writers, each with its own units.
    #[must_use]
    pub fn start(client: &Client, writers: usize) -> Self {
        let (stop, history) = (
            Arc::new(AtomicBool::new(false)),
            Arc::new(Mutex::new(History::default())),
        );
        let writers = (0..writers)
            .map(|number| {
                let writer = Writer {
                    client: client.clone(),
                    number,
                    stop: Arc::clone(&stop),
                    history: Arc::clone(&history),
                };
                tokio::spawn(writer.run())
            })
            .collect();
        Self {
            stop,
            history,
            writers,
        }
    }

    /// Commands acknowledged so far.
    #[must_use]
    pub fn acknowledged(&self) -> usize {
        self.history.lock().unwrap().acknowledged.len()
    }

    /// Stops the writers after they resolved what is open.
    pub async fn finish(self) -> History {
        self.stop.store(true, Ordering::Relaxed);
        for writer in self.writers {
            writer.await.unwrap();
        }
        std::mem::take(&mut *self.history.lock().unwrap())
    }
}

struct Writer {
    client: Client,
    number: usize,
    stop: Arc<AtomicBool>,
    history: Arc<Mutex<History>>,
}

impl Writer {
    async fn run(self) {
        let mut random = Random::new(self.number as u64 + 100);
        for count in 0.. {
            if self.stop.load(Ordering::Relaxed) {
                return;
            }
            let unit = format!(
                "amb-140602-{:03}",
                1 + (self.number + 8 * random.below(2)) % 20
            );
            let (key, word) = (
                format!("w{}-{count}", self.number),
                ["suspended", "available"][count % 2],
            );
            let body =
                json!({"type": "set_unit_status", "unit_id": unit, "status": word, "reason": key});
            self.carry_through(&key, &body).await;
        }
    }

    /// Repeats a command under its key until its outcome is known.
    async fn carry_through(&self, key: &str, body: &serde_json::Value) {
        let mut lost_an_answer = false;
        loop {
            match self.client.try_command("live", body, key).await {
                Ok(answer) if answer.status == 200 => {
                    let seq = answer.body["seq"].as_u64().unwrap();
                    let mut history = self.history.lock().unwrap();
                    history.acknowledged.insert(key.to_owned(), seq);
                    history.ambiguous += usize::from(lost_an_answer);
                    return;
                }
                Ok(answer) if answer.status == 503 => {
                    lost_an_answer |= answer.body["code"] == "outcome_unknown"
                }
                Ok(answer) => panic!("{key}: {} {}", answer.status, answer.body),
                Err(_) => lost_an_answer = true,
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }
}

#[derive(diesel::QueryableByName)]
struct Row {
    #[diesel(sql_type = diesel::sql_types::BigInt)]
    seq: i64,
    #[diesel(sql_type = diesel::sql_types::Text)]
    key: String,
}

/// Acknowledged commands that the journal does not have at the seq that was said.
pub async fn lost(database: &Database, history: &History) -> Vec<String> {
    let query = diesel::sql_query(
        "SELECT seq, idempotency_key AS key FROM journal WHERE world_id = 'live'",
    );
    let rows: Vec<Row> = diesel_async::RunQueryDsl::load(query, &mut database.connect().await)
        .await
        .unwrap();
    let stored: HashMap<_, _> = rows.into_iter().map(|row| (row.key, row.seq)).collect();
    let missing = history
        .acknowledged
        .iter()
        .filter(|(key, seq)| stored.get(*key).copied() != i64::try_from(**seq).ok());
    missing.map(|(key, _)| key.clone()).collect()
}
