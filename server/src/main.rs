//! `chiyuan`: the server and its tools.

use std::{path::PathBuf, process::ExitCode};

use chiyuan::{
    account::{change, change::Holder, cli, demo},
    backup::{self, BackupArgs, RestoreArgs},
    config::Config,
    gateway::{demo_feed, replay},
    seed, serve,
    store::{Store, migrations},
    verify,
};
use clap::{Args, Parser, Subcommand};

/// Chiyuan 驰援: emergency command and resource dispatch.
#[derive(Parser)]
#[command(name = "chiyuan", version)]
struct Cli {
    #[command(subcommand)]
    tool: Tool,
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
    /// Accounts of people.
    #[command(subcommand)]
    User(UserTool),
    /// Tokens of devices and scripts.
    #[command(subcommand)]
    Token(TokenTool),
    /// Makes demo accounts and writes them to `$CHIYUAN_DATA/demo-accounts.json`.
    DemoAccounts,
    /// Plays a recorded GPS file as live fixes.
    Replay(replay::ReplayArgs),
    /// Moves ambulances as a demo (模拟位置) until it is ended.
    DemoFeed(demo_feed::DemoFeedArgs),
    /// Loads jurisdictions from a folder of text files.
    Seed {
        dir: PathBuf,
        /// Does nothing if resources are registered already.
        #[arg(long)]
        if_empty: bool,
    },
    /// Recomputes chains, folds the journal and compares it with the tables.
    Verify,
    /// Writes the whole database, as it is at one moment, into a file; the server may go on working.
    Backup(BackupArgs),
    /// Fills an empty database from a backup, or leaves it as it is.
    Restore(RestoreArgs),
    /// Prints the OpenAPI document.
    Openapi,
}

#[derive(Subcommand)]
enum UserTool {
    /// Adds an account and prints its password once.
    Add {
        username: String,
        #[command(flatten)]
        scope: Scope,
    },
    /// Disables an account and ends its sessions.
    Disable { username: String },
    /// Enables an account again.
    Enable { username: String },
    /// Gives an account another role, place and unit, and ends its sessions.
    SetRole {
        username: String,
        #[command(flatten)]
        scope: Scope,
    },
    /// Sets a random password and prints it once, and ends the account's sessions.
    SetPassword {
        username: String,
        /// Reads the password from the first line of standard input instead.
        #[arg(long)]
        stdin: bool,
    },
}

#[derive(Subcommand)]
enum TokenTool {
    /// Adds a token and prints it once.
    Add {
        #[command(flatten)]
        scope: Scope,
        /// Position source that the device's fixes are marked with.
        #[arg(long)]
        source: Option<String>,
        #[arg(long)]
        name: Option<String>,
    },
    /// Disables a token.
    Disable { name: String },
    /// Enables a token again.
    Enable { name: String },
}

#[derive(Args)]
struct Scope {
    #[arg(long)]
    role: String,
    /// GB/T 2260 code; left out, everywhere.
    #[arg(long)]
    jurisdiction: Option<String>,
    /// The one unit of a crew or device.
    #[arg(long)]
    unit: Option<String>,
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    serve::logging();
    let outcome = match cli.tool {
        Tool::Openapi => {
            println!("{}", chiyuan::api::openapi::document());
            Ok(())
        }
        // These need no database: they are clients of a server.
        Tool::Replay(args) => block_on(replay::run(args)),
        Tool::DemoFeed(args) => block_on(demo_feed::run(args)),
        // These find the database of a data folder by themselves.
        Tool::Backup(args) => block_on(backup::backup(args)),
        Tool::Restore(args) => block_on(backup::restore(args)),
        Tool::Serve => Config::from_env()
            .and_then(Config::with_basemap)
            .and_then(serve::run),
        tool => Config::from_env().and_then(|config| block_on(run(tool, config))),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("chiyuan: {error}");
            ExitCode::FAILURE
        }
    }
}

fn block_on(work: impl Future<Output = Result<(), String>>) -> Result<(), String> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build();
    runtime.map_err(|error| error.to_string())?.block_on(work)
}

async fn run(tool: Tool, config: Config) -> Result<(), String> {
    match tool {
        Tool::Migrate { revert } => migrate(&config, revert).await,
        Tool::User(tool) => user(tool, &store(&config)?)
            .await
            .map_err(|error| error.to_string()),
        Tool::Token(tool) => token(tool, &store(&config)?)
            .await
            .map_err(|error| error.to_string()),
        Tool::DemoAccounts => {
            let path = demo::demo_accounts(&store(&config)?, &config.data).await;
            println!("{}", path.map_err(|error| error.to_string())?.display());
            Ok(())
        }
        Tool::Seed { dir, if_empty } => seed::cli(config, &dir, if_empty).await,
        Tool::Verify => verify::cli(&store(&config)?).await,
        Tool::Serve
        | Tool::Openapi
        | Tool::Replay(_)
        | Tool::DemoFeed(_)
        | Tool::Backup(_)
        | Tool::Restore(_) => Ok(()),
    }
}

fn store(config: &Config) -> Result<Store, String> {
    Store::new(&config.database_url).map_err(|error| error.to_string())
}

async fn user(tool: UserTool, store: &Store) -> Result<(), cli::CliError> {
    match tool {
        UserTool::Add { username, scope } => {
            let (jurisdiction, unit) = (scope.jurisdiction.as_deref(), scope.unit.as_deref());
            cli::user_add(store, &username, &scope.role, jurisdiction, unit, None).await
        }
        UserTool::Disable { username } => {
            change::set_disabled(store, Holder::User(username), true).await
        }
        UserTool::Enable { username } => {
            change::set_disabled(store, Holder::User(username), false).await
        }
        UserTool::SetRole { username, scope } => {
            let (jurisdiction, unit) = (scope.jurisdiction.as_deref(), scope.unit.as_deref());
            change::set_role(store, &username, &scope.role, jurisdiction, unit).await
        }
        UserTool::SetPassword { username, stdin } => {
            let password = stdin.then(first_line).transpose()?;
            change::set_password(store, &username, password).await
        }
    }
}

/// The first line of standard input: secrets never stand among a program's arguments (S34).
fn first_line() -> Result<String, cli::CliError> {
    let mut line = String::new();
    std::io::stdin()
        .read_line(&mut line)
        .map_err(|error| cli::CliError::File("standard input".to_owned(), error))?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}

async fn token(tool: TokenTool, store: &Store) -> Result<(), cli::CliError> {
    match tool {
        TokenTool::Add {
            scope,
            source,
            name,
        } => {
            let (unit, jurisdiction) = (scope.unit.as_deref(), scope.jurisdiction.as_deref());
            cli::token_add(
                store,
                &scope.role,
                unit,
                jurisdiction,
                source.as_deref(),
                name.as_deref(),
            )
            .await
        }
        TokenTool::Disable { name } => change::set_disabled(store, Holder::Token(name), true).await,
        TokenTool::Enable { name } => change::set_disabled(store, Holder::Token(name), false).await,
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
