//! `chiyuan`: the server and its tools.

use std::{path::PathBuf, process::ExitCode};

use chiyuan::{config::Config, serve, store::migrations};
use clap::{Parser, Subcommand};

/// Chiyuan 驰援: emergency command and resource dispatch.
#[derive(Parser)]
#[command(name = "chiyuan", version)]
struct Cli {
    #[command(subcommand)]
    command: Tool,
}

#[derive(Subcommand)]
enum Tool {
    /// Serves HTTP, the live feed and the screens.
    Serve,
    /// Brings the database schema up to date.
    Migrate {
        /// Undoes everything instead (all data is lost).
        #[arg(long)]
        revert: bool,
    },
    /// Loads jurisdictions from a folder of text files.
    Seed {
        dir: PathBuf,
        /// Does nothing if resources are registered already.
        #[arg(long)]
        if_empty: bool,
    },
    /// Prints the OpenAPI document.
    Openapi,
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    serve::logging();
    let runtime = match tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
    {
        Ok(runtime) => runtime,
        Err(error) => return failed(&error.to_string()),
    };
    let outcome = match cli.command {
        Tool::Openapi => {
            println!("{}", chiyuan::api::openapi::document());
            return ExitCode::SUCCESS;
        }
        Tool::Serve => Config::from_env().and_then(serve::run),
        Tool::Migrate { revert } => {
            Config::from_env().and_then(|config| runtime.block_on(migrate(&config, revert)))
        }
        Tool::Seed { .. } => Err("not wired".to_owned()),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => failed(&error),
    }
}

async fn migrate(config: &Config, revert: bool) -> Result<(), String> {
    let (verb, done) = if revert {
        (
            "reverted",
            migrations::revert_all(&config.database_url).await?,
        )
    } else {
        ("applied", migrations::run(&config.database_url).await?)
    };
    for name in &done {
        println!("{verb} {name}");
    }
    if done.is_empty() {
        println!("schema is up to date");
    }
    Ok(())
}

fn failed(error: &str) -> ExitCode {
    eprintln!("chiyuan: {error}");
    ExitCode::FAILURE
}
