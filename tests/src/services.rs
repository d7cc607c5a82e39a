//! The PostgreSQL and Redis that tests run on: given by `make test`, else started for this process.

use std::{process::Command, sync::OnceLock};

/// Addresses of the test services.
#[derive(Debug, Clone)]
pub struct Services {
    /// A database of the owner role, who may create databases.
    pub database_url: String,
    /// The superuser.
    pub admin_url: String,
    pub redis_url: String,
}

/// The services; started once per test process where nobody gave them.
pub fn services() -> &'static Services {
    static SERVICES: OnceLock<Services> = OnceLock::new();
    SERVICES.get_or_init(|| given().unwrap_or_else(start))
}

/// Root of the repository.
#[must_use]
pub fn root() -> std::path::PathBuf {
    std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("tests lie in the repository")
        .to_owned()
}

fn given() -> Option<Services> {
    Some(Services {
        database_url: std::env::var("CHIYUAN_TEST_DATABASE_URL").ok()?,
        admin_url: std::env::var("CHIYUAN_TEST_ADMIN_URL").ok()?,
        redis_url: std::env::var("CHIYUAN_TEST_REDIS_URL").ok()?,
    })
}

fn start() -> Services {
    let started =
        start_in(&std::env::temp_dir().join(format!("chiyuan-test-{}", std::process::id())));
    let text = |name: &str| {
        started[name]
            .as_str()
            .expect("services.py names it")
            .to_owned()
    };
    Services {
        database_url: text("database_url"),
        admin_url: text("admin_url"),
        redis_url: text("redis_url"),
    }
}

/// Starts private services in a folder of their own; they end with this process.
#[must_use]
pub fn start_in(data: &std::path::Path) -> serde_json::Value {
    let output = Command::new("python3")
        .arg(root().join("scripts/services.py"))
        .args([
            "start",
            "--profile",
            "test",
            "--owner",
            &std::process::id().to_string(),
            "--data",
        ])
        .arg(data)
        .output()
        .expect("python3 starts the services");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    serde_json::from_slice(&output.stdout).expect("services.py prints one JSON line")
}

/// Ends private services and deletes their folder.
pub fn stop_in(data: &std::path::Path) {
    // Nothing depends on it: what is left of a test is a nuisance and no fault.
    let _ = Command::new("python3")
        .arg(root().join("scripts/services.py"))
        .args(["stop", "--data"])
        .arg(data)
        .output();
}
