//! The demo accounts of a test database.

use std::path::Path;

use serde::Deserialize;

/// One account.
#[derive(Debug, Clone, Deserialize)]
pub struct Account {
    pub username: String,
    pub password: String,
    pub role: String,
    pub jurisdiction: Option<String>,
}

/// All accounts, and the token of the demo device.
#[derive(Debug, Clone)]
pub struct Accounts {
    pub all: Vec<Account>,
    pub device_token: String,
}

impl Accounts {
    /// Reads `demo-accounts.json` of a data folder.
    #[must_use]
    pub fn read(data: &Path) -> Self {
        let text = std::fs::read_to_string(data.join("demo-accounts.json"))
            .expect("demo accounts were written");
        let entries: Vec<serde_json::Value> =
            serde_json::from_str(&text).expect("demo accounts are JSON");
        let token = entries
            .iter()
            .find_map(|entry| entry["token"].as_str())
            .expect("there is a device token");
        let all = entries
            .iter()
            .filter(|entry| entry.get("username").is_some());
        Self {
            all: all
                .map(|entry| serde_json::from_value(entry.clone()).expect("an account"))
                .collect(),
            device_token: token.to_owned(),
        }
    }

    /// The account of a role that sees and commands everything.
    #[must_use]
    pub fn of(&self, role: &str) -> &Account {
        self.find(role, None)
    }

    /// The account of a role in a centre.
    #[must_use]
    pub fn in_centre(&self, role: &str, centre: &str) -> &Account {
        self.find(role, Some(centre))
    }

    fn find(&self, role: &str, jurisdiction: Option<&str>) -> &Account {
        let found = self
            .all
            .iter()
            .find(|a| a.role == role && a.jurisdiction.as_deref() == jurisdiction);
        found.unwrap_or_else(|| panic!("no {role} in {jurisdiction:?}"))
    }
}
