//! The real program as a child process; it ends with the test, whatever happens.

use std::{
    net::TcpListener,
    path::{Path, PathBuf},
    process::Stdio,
    time::Duration,
};

use tokio::{
    io::AsyncWriteExt,
    process::{Child, Command},
};

use crate::{Client, Database, accounts::Account, eventually, services::root};

/// How a server is started.
#[derive(Debug, Clone, Default)]
pub struct Options {
    pub redis_url: Option<String>,
    /// A guard that is broken on purpose.
    pub mutant: Option<&'static str>,
    /// Further environment.
    pub env: Vec<(&'static str, String)>,
}

/// A running server.
pub struct Server {
    child: Child,
    pub port: u16,
    pub database: Database,
    options: Options,
}

impl Server {
    /// A server on a database, ready.
    pub async fn start(database: &Database) -> Self {
        Self::start_with(database, Options::default()).await
    }

    /// A server with options, ready.
    pub async fn start_with(database: &Database, options: Options) -> Self {
        let server = Self::spawn(database, options, free_port());
        server.ready().await;
        server
    }

    /// A server that may not be ready yet.
    #[must_use]
    pub fn spawn(database: &Database, options: Options, port: u16) -> Self {
        let mut command = program(&database.url, &data_dir(&database.name));
        command
            .arg("serve")
            .env("CHIYUAN_PORT", port.to_string())
            .env("CHIYUAN_RATE_LIMIT", "off");
        if let Some(url) = &options.redis_url {
            command.env("REDIS_URL", url);
        }
        if let Some(mutant) = options.mutant {
            command.env("CHIYUAN_MUTANT", mutant);
        }
        command.envs(options.env.iter().map(|(name, value)| (*name, value)));
        let log = std::fs::File::create(log_file(port)).expect("the log can be written");
        let child = command.stderr(log).spawn().expect("the program starts");
        Self {
            child,
            port,
            database: database.clone(),
            options,
        }
    }

    /// Waits until the server is ready.
    pub async fn ready(&self) {
        let url = self.url("/health/ready");
        let http = reqwest::Client::new();
        let is_ready = || async {
            http.get(&url)
                .send()
                .await
                .is_ok_and(|answer| answer.status().is_success())
        };
        eventually(
            Duration::from_secs(20),
            &format!("server ready; log {}", log_file(self.port).display()),
            is_ready,
        )
        .await;
    }

    /// An address on this server.
    #[must_use]
    pub fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    /// Process id.
    #[must_use]
    pub fn pid(&self) -> u32 {
        self.child.id().expect("the server runs")
    }

    /// A client that is not logged in.
    #[must_use]
    pub fn anonymous(&self) -> Client {
        Client::new(self.port)
    }

    /// A client with the token of the demo device.
    #[must_use]
    pub fn device(&self) -> Client {
        Client::new(self.port).with_token(&self.database.accounts.device_token)
    }

    /// A client of a role that sees and commands everything, logged in.
    pub async fn login(&self, role: &str) -> Client {
        self.login_as(self.database.accounts.of(role)).await
    }

    /// A client of a role in a centre, logged in.
    pub async fn login_in(&self, role: &str, centre: &str) -> Client {
        self.login_as(self.database.accounts.in_centre(role, centre))
            .await
    }

    /// A client of an account, logged in.
    pub async fn login_as(&self, account: &Account) -> Client {
        let client = Client::new(self.port);
        client.log_in(&account.username, &account.password).await;
        client
    }

    /// Ends the server as an operator does; returns how long it took.
    pub async fn stop(mut self) -> Duration {
        let begun = std::time::Instant::now();
        signal(self.pid(), "TERM");
        let ended = tokio::time::timeout(Duration::from_secs(20), self.child.wait()).await;
        ended
            .expect("the server ends on SIGTERM")
            .expect("the server is a child");
        begun.elapsed()
    }

    /// Kills the server without warning and starts it again on the same port; not waited for.
    pub async fn kill_and_restart(&mut self) {
        self.child.kill().await.expect("the server is a child");
        *self = Self::spawn(&self.database.clone(), self.options.clone(), self.port);
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Only this child; it may have ended already.
        let _ = self.child.start_kill();
    }
}

/// Sends a signal to a process that this test started.
pub fn signal(pid: u32, name: &str) {
    let status = std::process::Command::new("kill")
        .arg(format!("-{name}"))
        .arg(pid.to_string())
        .status();
    assert!(status.expect("kill runs").success(), "kill -{name} {pid}");
}

/// Runs a tool of the program to its end; returns what it printed.
pub async fn tool(database_url: &str, data: &Path, arguments: &[&str]) -> String {
    let output = program(database_url, data)
        .args(arguments)
        .output()
        .await
        .expect("the program starts");
    let (out, err) = (
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr),
    );
    assert!(output.status.success(), "chiyuan {arguments:?}: {out}{err}");
    out.into_owned()
}

/// Runs a tool that reads from its standard input.
pub async fn tool_with_input(
    database_url: &str,
    data: &Path,
    arguments: &[&str],
    input: &str,
) -> String {
    let mut child = program(database_url, data)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut stdin = child.stdin.take().expect("standard input is piped");
    stdin
        .write_all(input.as_bytes())
        .await
        .expect("the program reads");
    drop(stdin);
    let output = child.wait_with_output().await.expect("the program ends");
    assert!(output.status.success(), "chiyuan {arguments:?}");
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// Runs a tool; returns whether it succeeded and what it printed.
pub async fn try_tool(database_url: &str, data: &Path, arguments: &[&str]) -> (bool, String) {
    let output = program(database_url, data)
        .args(arguments)
        .output()
        .await
        .expect("the program starts");
    let text = format!(
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
    (output.status.success(), text)
}

/// A data folder of one database.
#[must_use]
pub fn data_dir(name: &str) -> PathBuf {
    let dir = std::env::temp_dir().join(format!("chiyuan-data-{name}"));
    std::fs::create_dir_all(&dir).expect("the data folder can be made");
    dir
}

/// A port that was free a moment ago.
#[must_use]
pub fn free_port() -> u16 {
    let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a port is free");
    listener
        .local_addr()
        .expect("the listener has an address")
        .port()
}

fn log_file(port: u16) -> PathBuf {
    std::env::temp_dir().join(format!("chiyuan-test-server-{port}.log"))
}

/// The program under test: `CHIYUAN_BIN`, or the one beside this test binary.
fn binary() -> PathBuf {
    if let Ok(path) = std::env::var("CHIYUAN_BIN") {
        return path.into();
    }
    let test = std::env::current_exe().expect("a test has a path");
    test.ancestors()
        .nth(2)
        .expect("tests lie in deps/")
        .join("chiyuan")
}

/// The program, to be started in whatever way; it ends with what it returns.
#[must_use]
pub fn program(database_url: &str, data: &Path) -> Command {
    let mut command = Command::new(binary());
    command
        .current_dir(root())
        .env("DATABASE_URL", database_url)
        .env("CHIYUAN_DATA", data)
        .env_remove("REDIS_URL")
        .env("RUST_LOG", "info")
        .stdin(Stdio::null())
        .kill_on_drop(true);
    command
}
