//! A PostgreSQL of its own that a test may kill and freeze.

use std::path::PathBuf;

use chiyuan_tests::{
    Accounts, Database,
    server::{data_dir, signal, tool},
    services::start_in,
};

/// A private cluster; it ends with this process.
pub struct Cluster {
    data: PathBuf,
    postmaster: u32,
    pub database: Database,
}

impl Cluster {
    /// A cluster with the five jurisdictions and demo accounts.
    pub async fn start(name: &str) -> Self {
        let data = std::env::temp_dir().join(format!("chiyuan-{name}-{}", std::process::id()));
        let started = start_in(&data);
        let url = started["database_url"].as_str().unwrap().to_owned();
        let database_name = format!("{name}_{}", std::process::id());
        let folder = data_dir(&database_name);
        for arguments in [&["migrate"][..], &["demo-accounts"], &["seed", "seed"]] {
            tool(&url, &folder, arguments).await;
        }
        let database = Database {
            url,
            name: database_name,
            accounts: Accounts::read(&folder),
        };
        Self {
            data,
            postmaster: pid(&started),
            database,
        }
    }

    /// Kills the postmaster and all its processes without warning, and starts it again on the same port.
    pub fn kill_and_restart(&mut self) {
        for pid in self.processes() {
            let _ = std::process::Command::new("kill")
                .arg("-9")
                .arg(pid.to_string())
                .status();
        }
        self.postmaster = pid(&start_in(&self.data));
    }

    /// Freezes every process.
    pub fn freeze(&self) {
        for pid in self.processes() {
            signal(pid, "STOP");
        }
    }

    /// Lets every process go on.
    pub fn thaw(&self) {
        for pid in self.processes() {
            signal(pid, "CONT");
        }
    }

    /// The postmaster and its children, and nobody else's.
    fn processes(&self) -> Vec<u32> {
        let output = std::process::Command::new("pgrep")
            .arg("-P")
            .arg(self.postmaster.to_string())
            .output()
            .unwrap();
        let children = String::from_utf8_lossy(&output.stdout)
            .lines()
            .filter_map(|line| line.parse().ok())
            .collect::<Vec<_>>();
        std::iter::once(self.postmaster).chain(children).collect()
    }
}

fn pid(started: &serde_json::Value) -> u32 {
    u32::try_from(started["postgres_pid"].as_u64().unwrap()).unwrap()
}
