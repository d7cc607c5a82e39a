//! The public HTTP interface as the program's own sources of fixes use it: like any other client.

use std::{
    path::{Path, PathBuf},
    time::Duration,
};

use chiyuan_core::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// One request.
const ANSWER_WITHIN: Duration = Duration::from_secs(5);
const CONNECT_WITHIN: Duration = Duration::from_secs(2);
/// Resources by page.
const PAGE: usize = 1_000;
/// Most pages that are read.
const PAGES: usize = 100;

/// A fix to be sent.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct OutFix {
    pub unit_id: String,
    pub at: Timestamp,
    pub lon: f64,
    pub lat: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub speed_mps: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub heading_deg: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub accuracy_m: Option<f64>,
    pub source: &'static str,
}

/// What became of a batch.
#[derive(Debug, Deserialize)]
pub struct InReport {
    pub accepted: usize,
    pub late: usize,
    pub rejected: Vec<InRefusal>,
}

/// A refused fix.
#[derive(Debug, Deserialize)]
pub struct InRefusal {
    pub code: String,
}

/// What the file of demo accounts holds.
#[derive(Debug, Deserialize)]
struct Demo {
    token: Option<String>,
    username: Option<String>,
    password: Option<String>,
    role: String,
    jurisdiction: Option<String>,
}

/// The demo accounts that a source of fixes needs.
pub struct DemoAccounts {
    /// Token of the demo's device.
    pub token: String,
    /// User name and password of one who sees everything and changes nothing.
    pub observer: Option<(String, String)>,
}

/// Reads the file of demo accounts in the data folder.
///
/// # Errors
/// In words, if it is missing or holds no device token.
pub fn demo_accounts(data: &Path) -> Result<DemoAccounts, String> {
    let path: PathBuf = data.join(crate::account::demo::FILE);
    let text = std::fs::read(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    let demo: Vec<Demo> =
        serde_json::from_slice(&text).map_err(|error| format!("{}: {error}", path.display()))?;
    let token = demo.iter().find(|d| d.role == "device");
    let token = token.and_then(|d| d.token.clone());
    let observer = demo
        .iter()
        .find(|d| d.role == "observer" && d.jurisdiction.is_none())
        .and_then(|d| Some((d.username.clone()?, d.password.clone()?)));
    Ok(DemoAccounts {
        token: token.ok_or_else(|| format!("{}: no device token", path.display()))?,
        observer,
    })
}

/// A client of one world.
pub struct Client {
    http: reqwest::Client,
    /// `http://127.0.0.1:8080`
    base: String,
    world: String,
    token: String,
}

impl Client {
    /// A client that sends with this token.
    ///
    /// # Errors
    /// If it cannot be built.
    pub fn new(base: &str, world: &str, token: &str) -> Result<Self, String> {
        let http = reqwest::Client::builder()
            .timeout(ANSWER_WITHIN)
            .connect_timeout(CONNECT_WITHIN)
            .no_proxy()
            .build();
        Ok(Self {
            http: http.map_err(|error| error.to_string())?,
            base: base.trim_end_matches('/').to_owned(),
            world: world.to_owned(),
            token: token.to_owned(),
        })
    }

    /// Sends a batch.
    ///
    /// # Errors
    /// In words, if it was not taken.
    pub async fn report(&self, fixes: &[OutFix]) -> Result<InReport, String> {
        let url = format!("{}/api/v1/worlds/{}/positions", self.base, self.world);
        let request = self.http.post(url).bearer_auth(&self.token);
        let response = request
            .json(&serde_json::json!({ "fixes": fixes }))
            .send()
            .await
            .map_err(|error| error.to_string())?;
        let status = response.status();
        if !status.is_success() {
            return Err(format!("positions were answered with {status}"));
        }
        response.json().await.map_err(|error| error.to_string())
    }

    /// Features of these kinds, as an account sees them.
    ///
    /// # Errors
    /// In words.
    pub async fn resources(
        &self,
        account: &(String, String),
        kinds: &str,
    ) -> Result<Vec<Value>, String> {
        let cookie = self.log_in(account).await?;
        let url = format!("{}/api/v1/worlds/{}/resources", self.base, self.world);
        let limit = PAGE.to_string();
        let (mut features, mut cursor) = (Vec::new(), None::<String>);
        for _ in 0..PAGES {
            let mut query = vec![("kind", kinds), ("limit", limit.as_str())];
            query.extend(cursor.as_deref().map(|cursor| ("cursor", cursor)));
            let request = self.http.get(&url).query(&query).header("cookie", &cookie);
            let page: Value = ok(request.send().await)?
                .json()
                .await
                .map_err(|error| error.to_string())?;
            features.extend(page["features"].as_array().cloned().unwrap_or_default());
            cursor = page["next_cursor"].as_str().map(str::to_owned);
            if cursor.is_none() {
                break;
            }
        }
        // Its session is not needed any longer; if it cannot be ended it ends by itself.
        let url = format!("{}/api/v1/session", self.base);
        let request = self.http.delete(url).header("cookie", &cookie);
        let _ = request.header("origin", &self.base).send().await;
        Ok(features)
    }

    async fn log_in(&self, (username, password): &(String, String)) -> Result<String, String> {
        let request = self
            .http
            .post(format!("{}/api/v1/session", self.base))
            .header("origin", &self.base)
            .json(&serde_json::json!({ "username": username, "password": password }));
        let response = ok(request.send().await)?;
        let cookie = response.headers().get("set-cookie");
        cookie
            .and_then(|cookie| cookie.to_str().ok())
            .and_then(|cookie| cookie.split(';').next())
            .map(str::to_owned)
            .ok_or_else(|| "no session was opened".to_owned())
    }
}

fn ok(answer: Result<reqwest::Response, reqwest::Error>) -> Result<reqwest::Response, String> {
    answer
        .and_then(reqwest::Response::error_for_status)
        .map_err(|error| error.to_string())
}
