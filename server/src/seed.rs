//! Loads jurisdictions from text files that a planner edits: checks all of it first, then registers or updates each
//! row through the executor of `live`. Loading twice changes nothing; an edited file changes what was edited.

pub(crate) mod check;
pub mod fault;
pub(crate) mod plan;
pub(crate) mod read;
pub(crate) mod row;
pub(crate) mod sheet;
pub(crate) mod submit;
#[cfg(test)]
mod tests;

pub use plan::{ORDER, Plan, Step, plan};
pub use read::{MAX_FILE, MAX_ROWS};

use std::{path::Path, sync::Arc, time::Instant};

use chiyuan_core::{Actor, Kind};

use crate::{app::App, config::Config, time, world::WorldRuntime};
use fault::Faults;

/// How far a load has come.
#[derive(Debug, Clone, Copy)]
pub struct Progress {
    pub kind: Kind,
    pub done: usize,
    /// Commands of this kind.
    pub total: usize,
}

/// What a load did.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Report {
    /// Rows of resources in the files; lots belong to their stockpiles.
    pub rows: usize,
    pub registered: usize,
    pub updated: usize,
    pub unchanged: usize,
    /// Rows of resources that were retired since and stay so.
    pub retired: usize,
    pub seconds: f64,
}

/// Why nothing, or not everything, was loaded.
#[derive(Debug, thiserror::Error)]
pub enum SeedError {
    #[error("{0}: {1}")]
    Folder(String, std::io::Error),
    /// Found before anything was written.
    #[error("{0}")]
    Faults(Faults),
    /// Somebody changed the world meanwhile; what came before stands.
    #[error("the load stopped at a row that the rules refused: {}", .0.list().first().map_or_else(String::new, ToString::to_string))]
    Refused(Faults),
    #[error("the load was interrupted ({0}); run it again, it goes on where it stopped")]
    Interrupted(String),
    #[error("there is no live world")]
    NoWorld,
}

/// Loads a seed folder, or the folder of one jurisdiction, into `live`.
///
/// # Errors
/// [`SeedError`]; faults of the files are all found before anything is written.
pub async fn load(
    app: &App,
    dir: &Path,
    report: impl FnMut(Progress),
) -> Result<Report, SeedError> {
    let began = Instant::now();
    let world = live(app)?;
    let plan = plan_for(&world, dir)?;
    carry_out(&world, &plan, began, report).await
}

/// `chiyuan seed [--if-empty] DIR`: loads and tells people how it goes. With `if_empty` a world that holds resources is
/// left alone, unless they are the beginning of this very load, which was interrupted.
///
/// # Errors
/// In words for people.
pub async fn cli(config: Config, dir: &Path, if_empty: bool) -> Result<(), String> {
    let app = App::new(config).map_err(|error| error.to_string())?;
    app.load_worlds().await.map_err(|error| error.to_string())?;
    let began = Instant::now();
    let world = live(&app).map_err(|error| error.to_string())?;
    let standing = world.picture().world().len();
    let plan = plan_for(&world, dir);
    if if_empty && standing > 0 && !plan.as_ref().is_ok_and(|plan| plan.unfinished) {
        println!("live holds {standing} resources already; nothing loaded");
        return Ok(());
    }
    let plan = plan.map_err(|error| error.to_string())?;
    let done = carry_out(&world, &plan, began, |progress| {
        let Progress { kind, done, total } = progress;
        println!("{:<16} {done:>6} of {total}", kind.as_str());
    })
    .await
    .map_err(|error| error.to_string())?;
    println!(
        "{} rows: {} registered, {} updated, {} unchanged, {} retired meanwhile, in {:.1} s",
        done.rows, done.registered, done.updated, done.unchanged, done.retired, done.seconds
    );
    Ok(())
}

fn live(app: &App) -> Result<Arc<WorldRuntime>, SeedError> {
    app.world("live").ok_or(SeedError::NoWorld)
}

fn plan_for(world: &WorldRuntime, dir: &Path) -> Result<Plan, SeedError> {
    let standing = world.picture().world().clone();
    plan(&standing, dir, time::now())
}

async fn carry_out(
    world: &WorldRuntime,
    plan: &Plan,
    began: Instant,
    report: impl FnMut(Progress),
) -> Result<Report, SeedError> {
    submit::all(world, &Actor::system(), &plan.steps, report).await?;
    let registered = plan.steps.iter().filter(|step| step.registers()).count();
    Ok(Report {
        rows: plan.rows,
        registered,
        updated: plan.steps.len() - registered,
        unchanged: plan.unchanged,
        retired: plan.retired,
        seconds: began.elapsed().as_secs_f64(),
    })
}
