//! What the command line says before and after.

use std::path::{Path, PathBuf};

use clap::Args;

use super::{
    BackupError,
    file::{Checked, named},
    manifest::Manifest,
    progress::megabytes,
    restore as restoring, save,
};
use crate::config::Config;

/// Ending of backups that get their name from us.
const EXTENSION: &str = "backup";
/// Most differences that are told; all are counted.
const MAX_TOLD: usize = 50;

/// Arguments of `chiyuan backup`.
#[derive(Debug, Args)]
pub struct BackupArgs {
    /// The file to write, or a folder that gets a file named by the time.
    place: PathBuf,
    /// Replaces a file that is there already.
    #[arg(long)]
    force: bool,
}

/// Arguments of `chiyuan restore`.
#[derive(Debug, Args)]
pub struct RestoreArgs {
    /// The file to read, or a folder whose newest backup (by name) is read.
    place: PathBuf,
    /// Only checks the file and tells what it holds; no database is touched.
    #[arg(long)]
    check: bool,
    /// Restores even what differs from its journal or its manifest; the differences are told.
    #[arg(long)]
    accept_differences: bool,
}

/// Backs up the database.
///
/// # Errors
/// Says what went wrong; then there is no file, or one that is known to be damaged.
pub async fn backup(args: BackupArgs) -> Result<(), String> {
    let url = Config::database_url()?;
    let path = if args.place.is_dir() {
        let now = chrono::Utc::now().format("%Y%m%dT%H%M%SZ");
        args.place.join(format!("chiyuan-{now}.{EXTENSION}"))
    } else {
        args.place
    };
    let saved = interruptible(save::save(&url, &path, args.force)).await?;
    describe(&saved.manifest);
    println!(
        "{}: {} bytes, {} rows",
        saved.path.display(),
        saved.bytes,
        saved.manifest.rows()
    );
    tell(&saved.differences);
    match saved.differences.len() {
        0 => Ok(()),
        count => Err(format!(
            "the backup was written, but `verify` finds {count} differences in the database; \
             `restore` will refuse it without --accept-differences"
        )),
    }
}

/// Restores a backup.
///
/// # Errors
/// Says what went wrong; then nothing was restored.
pub async fn restore(args: RestoreArgs) -> Result<(), String> {
    let path = newest(&args.place).map_err(|error| error.to_string())?;
    let backup = Checked::open(&path).map_err(|error| error.to_string())?;
    println!("{}: as it was written", path.display());
    describe(&backup.manifest);
    if args.check {
        return Ok(());
    }
    let url = Config::database_url()?;
    let work = restoring::restore(&url, &backup, args.accept_differences);
    let differences = interruptible(work).await?;
    tell(&differences);
    match (differences.len(), args.accept_differences) {
        (0, _) => println!(
            "restored and verified; every world has a new epoch, and everybody has to log in again"
        ),
        (count, true) => println!("restored with {count} differences, as asked"),
        (count, false) => return Err(format!("{count} differences; nothing was restored")),
    }
    Ok(())
}

/// Ends at Ctrl-C and SIGTERM like at an error, so that nothing half-made stays.
async fn interruptible<T>(work: impl Future<Output = Result<T, BackupError>>) -> Result<T, String> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut ended = signal(SignalKind::terminate()).map_err(|error| error.to_string())?;
    tokio::select! {
        outcome = work => outcome.map_err(|error| error.to_string()),
        _ = tokio::signal::ctrl_c() => Err("interrupted".to_owned()),
        _ = ended.recv() => Err("ended".to_owned()),
    }
}

/// The file itself, or the newest of a folder.
fn newest(place: &Path) -> Result<PathBuf, BackupError> {
    if !place.is_dir() {
        return Ok(place.to_owned());
    }
    let io = |error| named(place, error);
    let mut newest: Option<PathBuf> = None;
    for entry in std::fs::read_dir(place).map_err(io)? {
        let path = entry.map_err(io)?.path();
        let is_backup = path.extension().is_some_and(|end| end == EXTENSION);
        // Names carry the time; `None` is less than any.
        if is_backup && newest.as_ref() < Some(&path) {
            newest = Some(path);
        }
    }
    newest.ok_or_else(|| {
        BackupError::Refused(format!("there is no *.{EXTENSION} in {}", place.display()))
    })
}

fn describe(manifest: &Manifest) {
    println!(
        "made {} by version {} from PostgreSQL {}; {} MB of data, SHA-256 {}",
        manifest.created_at,
        manifest.program,
        manifest.postgresql,
        megabytes(manifest.data.bytes),
        manifest.data.sha256
    );
    for world in &manifest.worlds {
        println!("world {}: seq {}, head {}", world.id, world.seq, world.head);
    }
    println!(
        "audit: seq {}, head {}",
        manifest.audit.seq, manifest.audit.head
    );
}

fn tell(differences: &[String]) {
    for difference in differences.iter().take(MAX_TOLD) {
        println!("  DIFFERS: {difference}");
    }
    if differences.len() > MAX_TOLD {
        println!("  and {} more", differences.len() - MAX_TOLD);
    }
}
