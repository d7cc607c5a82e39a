//! Plays a recorded GPS file as live fixes through the public interface, at any speed.

mod recording;

use std::{collections::BTreeMap, path::PathBuf, time::Duration};

use tokio::time::Instant;

use self::recording::Recording;
use super::public_interface::{Client, InReport, OutFix, demo_accounts};

/// Source of the fixes unless the token has its own.
const SOURCE: &str = "replay";
/// Most fixes in one request.
const BATCH: usize = 1_000;
/// How often what is due is sent.
const TICK: Duration = Duration::from_millis(200);
/// Fastest replay.
const FASTEST: f64 = 1_000.0;
/// Largest file, bytes.
const MAX_FILE: u64 = 64 * 1024 * 1024;
/// Requests that may fail one after the other before the replay gives up.
const FAILURES: usize = 10;

/// What a replay is told.
#[derive(Debug, Clone, clap::Args)]
pub struct ReplayArgs {
    /// `unit_id,at,lon,lat,speed_mps,heading_deg`, or GeoLife's `X;Y;fid;id;sequence;trajectory_id;tracker;t`.
    pub file: PathBuf,
    /// Times faster than recorded; gaps shrink and stamps follow the sending time.
    #[arg(long, default_value_t = 1.0)]
    pub speed: f64,
    /// Units that the recorded tracks are given to in turn; may be repeated. Left out, the file names them.
    #[arg(long = "unit")]
    pub units: Vec<String>,
    #[arg(long, default_value = "live")]
    pub world: String,
    /// Server; by default the one on this machine.
    #[arg(long, env = "CHIYUAN_URL")]
    pub url: Option<String>,
    #[arg(long, env = "CHIYUAN_PORT", default_value_t = 8080)]
    pub port: u16,
    /// Device token; by default the one of the demo accounts.
    #[arg(long, env = "CHIYUAN_TOKEN", hide_env_values = true)]
    pub token: Option<String>,
    /// Folder of the demo accounts.
    #[arg(long, env = "CHIYUAN_DATA", default_value = ".data")]
    pub data: PathBuf,
}

/// What became of the fixes so far.
#[derive(Debug, Default)]
struct Tally {
    sent: usize,
    accepted: usize,
    late: usize,
    rejected: BTreeMap<String, usize>,
}

/// Plays the file to its end and prints what became of the fixes.
///
/// # Errors
/// In words: the file, an argument, or a server that does not take fixes.
pub async fn run(args: ReplayArgs) -> Result<(), String> {
    if !(args.speed > 0.0 && args.speed <= FASTEST) {
        return Err(format!("--speed lies above 0 and up to {FASTEST}"));
    }
    let size =
        std::fs::metadata(&args.file).map_err(|e| format!("{}: {e}", args.file.display()))?;
    if size.len() > MAX_FILE {
        return Err(format!("{} is larger than 64 MiB", args.file.display()));
    }
    let text = std::fs::read(&args.file).map_err(|e| format!("{}: {e}", args.file.display()))?;
    let recording = Recording::read(&text)?.on_units(&args.units)?;
    let token = match &args.token {
        Some(token) => token.clone(),
        None => demo_accounts(&args.data)?.token,
    };
    let base = match &args.url {
        Some(url) => url.clone(),
        None => format!("http://127.0.0.1:{}", args.port),
    };
    let client = Client::new(&base, &args.world, &token)?;
    eprintln!(
        "{} fixes of {} units in {:.0} s",
        recording.fixes.len(),
        recording.units(),
        recording.seconds() / args.speed
    );
    let tally = play(&client, &recording, args.speed).await?;
    println!("{}", tally.line());
    Ok(())
}

async fn play(client: &Client, recording: &Recording, speed: f64) -> Result<Tally, String> {
    let (begin, began_at) = (Instant::now(), crate::time::now());
    let mut tally = Tally::default();
    let mut rest = recording.fixes.as_slice();
    let mut failures = 0;
    while !rest.is_empty() {
        let elapsed_ms = begin.elapsed().as_secs_f64() * 1_000.0 * speed;
        let due = rest.partition_point(|fix| fix.offset_ms as f64 <= elapsed_ms);
        let (batch, after) = rest.split_at(due.min(BATCH));
        let fixes: Vec<_> = batch
            .iter()
            .map(|fix| {
                #[expect(
                    clippy::cast_possible_truncation,
                    reason = "milliseconds of a recording fit"
                )]
                let offset = (fix.offset_ms as f64 / speed) as i64;
                OutFix {
                    unit_id: fix.unit.clone(),
                    at: began_at + chrono::TimeDelta::milliseconds(offset),
                    lon: fix.lon,
                    lat: fix.lat,
                    speed_mps: fix.speed_mps,
                    heading_deg: fix.heading_deg,
                    accuracy_m: None,
                    source: SOURCE,
                }
            })
            .collect();
        if !fixes.is_empty() {
            match client.report(&fixes).await {
                Ok(report) => {
                    tally.add(fixes.len(), &report);
                    failures = 0;
                    rest = after;
                }
                // The same batch again: what arrived after all counts as repeated.
                Err(error) if failures == FAILURES => return Err(error),
                Err(_) => failures += 1,
            }
        }
        if due <= BATCH {
            tokio::time::sleep(TICK).await;
        }
    }
    Ok(tally)
}

impl Tally {
    fn add(&mut self, sent: usize, report: &InReport) {
        self.sent += sent;
        self.accepted += report.accepted;
        self.late += report.late;
        for refusal in &report.rejected {
            *self.rejected.entry(refusal.code.clone()).or_default() += 1;
        }
    }

    fn line(&self) -> String {
        let rejected: usize = self.rejected.values().sum();
        let codes: Vec<_> = self
            .rejected
            .iter()
            .map(|(c, n)| format!("{c} {n}"))
            .collect();
        format!(
            "sent {} accepted {} late {} rejected {rejected}{}{}",
            self.sent,
            self.accepted,
            self.late,
            if codes.is_empty() { "" } else { ": " },
            codes.join(", ")
        )
    }
}
