//! A PostgreSQL of its own that a test may kill and freeze.

use std::{path::PathBuf, process::Command};

use chiyuan_tests::{
    Accounts, Database,
    server::{data_dir, signal, tool},
    services::{start_in, stop_in},
};

/// A private cluster; it ends with this value.
pub struct Cluster {
    pg_ctl: String,
    /// Folder of PostgreSQL's data.
    data: PathBuf,
    /// Folder of the services it came with.
    services: PathBuf,
    pub database: Database,
}

impl Cluster {
    /// A cluster with the five jurisdictions and demo accounts.
    pub async fn start(name: &str) -> Self {
        let services = std::env::temp_dir().join(format!("chiyuan-{name}-{}", std::process::id()));
        let started = start_in(&services);
        let text = |field: &str| started[field].as_str().unwrap().to_owned();
        let (url, database_name) = (
            text("database_url"),
            format!("{name}_{}", std::process::id()),
        );
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
            pg_ctl: text("pg_ctl"),
            data: text("postgres_data").into(),
            services,
            database,
        }
    }

    /// Kills the postmaster and all its processes without warning, and starts it again as it was.
    pub fn kill_and_restart(&self) {
        for pid in self.processes() {
            // A child may have ended with its parent.
            let _ = Command::new("kill").arg("-9").arg(pid.to_string()).status();
        }
        for _ in 0..50 {
            // The shared memory of the dead processes must be gone first.
            if self.control(&["-w", "-t", "30", "-l", "/dev/null", "start"]) {
                return;
            }
            std::thread::sleep(std::time::Duration::from_millis(100));
        }
        panic!("PostgreSQL does not start again");
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
        let file = std::fs::read_to_string(self.data.join("postmaster.pid")).unwrap();
        let postmaster: u32 = file.lines().next().unwrap().trim().parse().unwrap();
        let output = Command::new("pgrep")
            .arg("-P")
            .arg(postmaster.to_string())
            .output()
            .unwrap();
        let children = String::from_utf8_lossy(&output.stdout);
        let children: Vec<u32> = children
            .lines()
            .filter_map(|line| line.parse().ok())
            .collect();
        std::iter::once(postmaster).chain(children).collect()
    }

    /// Runs `pg_ctl` as the user that owns the data folder.
    fn control(&self, arguments: &[&str]) -> bool {
        use std::os::unix::fs::MetadataExt;
        let owner = std::fs::metadata(&self.data).unwrap().uid();
        let mut command = if owner == std::fs::metadata("/proc/self").unwrap().uid() {
            Command::new(&self.pg_ctl)
        } else {
            let mut command = Command::new("runuser");
            command.args(["-u", "postgres", "--", &self.pg_ctl]);
            command
        };
        command
            .current_dir("/")
            .arg("-D")
            .arg(&self.data)
            .args(arguments);
        command
            .stdout(std::process::Stdio::null())
            .stderr(std::process::Stdio::null())
            .status()
            .unwrap()
            .success()
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        self.control(&["-m", "immediate", "stop"]);
        // It was killed and started anew behind their back: they would wait for the one they know, and stay.
        stop_in(&self.services);
    }
}
