//! 模拟位置: moves ambulances through the public interface, so that a demo is alive without a single vehicle.

mod chance;
mod driver;
mod fleet;
mod route;

use std::{collections::BTreeMap, path::PathBuf, time::Duration};

use self::driver::Driver;
use super::public_interface::{Client, OutFix, demo_accounts};

/// Source of the fixes; screens show it as 模拟位置.
const SOURCE: &str = "demo";
/// Most fixes in one request.
const BATCH: usize = 2_000;
/// How often the fleet is read again.
const REFRESH: Duration = Duration::from_secs(900);
/// Between two tries to read it.
const TRY_AGAIN: Duration = Duration::from_secs(2);
/// After a pause of the machine no more than this is driven at once, seconds.
const CATCH_UP_S: u64 = 30;

/// What the demo feed is told.
#[derive(Debug, Clone, clap::Args)]
pub struct DemoFeedArgs {
    /// Share of the fleet that drives, 0 to 1; the others stand at their stations without a fix.
    #[arg(long, default_value_t = 0.6)]
    pub share: f64,
    /// The same seed gives the same drives.
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
    #[arg(long, default_value = "live")]
    pub world: String,
    /// Server; by default the one on this machine.
    #[arg(long, env = "CHIYUAN_URL")]
    pub url: Option<String>,
    #[arg(long, env = "CHIYUAN_PORT", default_value_t = 8080)]
    pub port: u16,
    /// Folder of the demo accounts.
    #[arg(long, env = "CHIYUAN_DATA", default_value = ".data")]
    pub data: PathBuf,
}

/// Drives until the program is ended; outages of the server are waited for.
///
/// # Errors
/// In words, if the demo accounts are missing or an argument is wrong.
pub async fn run(args: DemoFeedArgs) -> Result<(), String> {
    if !(0.0..=1.0).contains(&args.share) {
        return Err("--share lies between 0 and 1".to_owned());
    }
    let accounts = demo_accounts(&args.data)?;
    let observer = accounts.observer.ok_or("no observer account")?;
    let base = args
        .url
        .unwrap_or_else(|| format!("http://127.0.0.1:{}", args.port));
    let client = Client::new(&base, &args.world, &accounts.token)?;
    let mut drivers = BTreeMap::new();
    loop {
        match client.resources(&observer, fleet::KINDS).await {
            Ok(features) => {
                fleet::refresh(&mut drivers, &features, args.share, args.seed);
                tracing::info!(units = drivers.len(), "demo feed drives");
                drive(&client, &mut drivers).await;
            }
            Err(error) => {
                tracing::warn!(%error, "the fleet could not be read");
                drive_for(&client, &mut drivers, TRY_AGAIN).await;
            }
        }
    }
}

async fn drive(client: &Client, drivers: &mut BTreeMap<String, Driver>) {
    drive_for(client, drivers, REFRESH).await;
}

/// Drives for a while, one batch a second.
async fn drive_for(client: &Client, drivers: &mut BTreeMap<String, Driver>, span: Duration) {
    let begin = tokio::time::Instant::now();
    let mut every = tokio::time::interval(Duration::from_secs(1));
    every.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Skip);
    every.tick().await;
    let mut driven_s = 0;
    let mut silent = false;
    while begin.elapsed() < span {
        every.tick().await;
        let due = begin.elapsed().as_secs();
        let seconds = due.saturating_sub(driven_s).min(CATCH_UP_S);
        driven_s = due;
        let fixes = step(drivers, seconds);
        for batch in fixes.chunks(BATCH) {
            let error = match client.report(batch).await {
                Ok(report) if report.rejected.is_empty() => None,
                Ok(report) => Some(format!(
                    "{} fixes refused, the first for {}",
                    report.rejected.len(),
                    report.rejected[0].code
                )),
                Err(error) => Some(error),
            };
            // Once per outage is enough.
            if let Some(error) = error.as_ref().filter(|_| !silent) {
                tracing::warn!(%error, "demo fixes were not taken");
            }
            silent = error.is_some();
        }
    }
}

/// Every unit drives for some seconds; the last place of each is what is sent.
fn step(drivers: &mut BTreeMap<String, Driver>, seconds: u64) -> Vec<OutFix> {
    let at = crate::time::now();
    let mut fixes = Vec::new();
    for (unit, driver) in drivers {
        let sights = (0..seconds).filter_map(|_| driver.second());
        if let Some(sight) = sights.last() {
            fixes.push(OutFix {
                unit_id: unit.clone(),
                at,
                lon: sight.lon,
                lat: sight.lat,
                speed_mps: Some(sight.speed_mps),
                heading_deg: Some(sight.heading_deg),
                accuracy_m: Some(sight.accuracy_m),
                source: SOURCE,
            });
        }
    }
    fixes
}
