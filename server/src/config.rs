//! Configuration from the environment; every value has a default or a clear error.

use std::path::PathBuf;

use crate::basemap::BaseMap;

/// What the program is told from outside.
#[derive(Debug, Clone)]
pub struct Config {
    pub database_url: String,
    /// Without it one server is complete by itself.
    pub redis_url: Option<String>,
    pub bind: String,
    pub port: u16,
    /// Where demo accounts are written.
    pub data: PathBuf,
    /// Origins that cookie requests may come from.
    pub origins: Vec<String>,
    pub tls_cert: Option<PathBuf>,
    pub tls_key: Option<PathBuf>,
    /// Address of a proxy whose forwarded-for header is believed.
    pub trusted_proxy: Option<std::net::IpAddr>,
    /// Requests a second per account; none is off (benchmarks).
    pub rate_limit: Option<u32>,
    /// The operator's base map; none is the packaged one, and what every tool but the server has.
    pub basemap: Option<BaseMap>,
}

/// Requests a second per account unless configured.
const RATE_LIMIT: u32 = 600;

impl Config {
    /// Reads the environment.
    ///
    /// # Errors
    /// Names the variable that is missing or wrong.
    pub fn from_env() -> Result<Self, String> {
        let port = match var("CHIYUAN_PORT") {
            None => 8080,
            Some(port) => port
                .parse()
                .map_err(|_| "CHIYUAN_PORT is no port number".to_owned())?,
        };
        let origins = var("CHIYUAN_ORIGIN")
            .unwrap_or_else(|| format!("http://127.0.0.1:{port},http://localhost:{port}"))
            .split(',')
            .map(|origin| origin.trim().to_owned())
            .collect();
        let rate_limit = match var("CHIYUAN_RATE_LIMIT").as_deref() {
            None => Some(RATE_LIMIT),
            Some("off") => None,
            Some(limit) => Some(
                limit
                    .parse()
                    .map_err(|_| "CHIYUAN_RATE_LIMIT is a number or off".to_owned())?,
            ),
        };
        let trusted_proxy = match var("CHIYUAN_TRUSTED_PROXY") {
            None => None,
            Some(address) => Some(
                address
                    .parse()
                    .map_err(|_| "CHIYUAN_TRUSTED_PROXY is no address".to_owned())?,
            ),
        };
        Ok(Self {
            database_url: var("DATABASE_URL").ok_or("DATABASE_URL is not set")?,
            redis_url: var("REDIS_URL"),
            bind: var("CHIYUAN_BIND").unwrap_or_else(|| "127.0.0.1".to_owned()),
            port,
            data: var("CHIYUAN_DATA")
                .unwrap_or_else(|| ".data".to_owned())
                .into(),
            origins,
            tls_cert: var("CHIYUAN_TLS_CERT").map(Into::into),
            tls_key: var("CHIYUAN_TLS_KEY").map(Into::into),
            trusted_proxy,
            rate_limit,
            basemap: None,
        })
    }

    /// With the operator's base map, which only a server needs.
    ///
    /// # Errors
    /// Names the variable that is missing or wrong.
    pub fn with_basemap(mut self) -> Result<Self, String> {
        self.basemap = BaseMap::read(var, self.tls())?;
        Ok(self)
    }

    /// Address of the database: `DATABASE_URL`, or that of the instance whose data folder this is (`make run` writes
    /// it into the file `environment`).
    ///
    /// # Errors
    /// If neither is there.
    pub fn database_url() -> Result<String, String> {
        if let Some(url) = var("DATABASE_URL") {
            return Ok(url);
        }
        let data = PathBuf::from(var("CHIYUAN_DATA").unwrap_or_else(|| ".data".to_owned()));
        let file = data.join("environment");
        let text = std::fs::read_to_string(&file).map_err(|error| {
            let file = file.display();
            format!("DATABASE_URL is not set, and {file} cannot be read: {error}")
        })?;
        let url = url_in(&text);
        url.ok_or_else(|| format!("{} names no DATABASE_URL", file.display()))
    }

    /// Whether the server speaks TLS itself.
    #[must_use]
    pub fn tls(&self) -> bool {
        self.tls_cert.is_some()
    }

    /// Defaults, without a database.
    #[cfg(test)]
    #[must_use]
    pub fn for_tests() -> Self {
        Self {
            database_url: "postgres://127.0.0.1:1/none".to_owned(),
            redis_url: None,
            bind: "127.0.0.1".to_owned(),
            port: 8080,
            data: ".data".into(),
            origins: vec![
                "http://127.0.0.1:8080".to_owned(),
                "http://localhost:8080".to_owned(),
            ],
            tls_cert: None,
            tls_key: None,
            trusted_proxy: None,
            rate_limit: Some(RATE_LIMIT),
            basemap: None,
        }
    }
}

/// A variable that is set to something.
fn var(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

/// The database in the lines of an environment file, whose values may stand in single quotes.
fn url_in(text: &str) -> Option<String> {
    let mut lines = text.lines();
    let value = lines.find_map(|line| line.strip_prefix("DATABASE_URL="))?;
    let bare = value
        .strip_prefix('\'')
        .and_then(|value| value.strip_suffix('\''));
    let value = bare.unwrap_or(value);
    (!value.is_empty() && !value.contains('\'')).then(|| value.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_environment_file_names_the_database() {
        let plain = "REDIS_URL=redis://x\nDATABASE_URL=postgres://a:b@127.0.0.1:5/c\n";
        assert_eq!(
            url_in(plain).as_deref(),
            Some("postgres://a:b@127.0.0.1:5/c")
        );
        assert_eq!(
            url_in("DATABASE_URL='postgres://a?b=c d'").as_deref(),
            Some("postgres://a?b=c d")
        );
        assert_eq!(url_in("DATABASE_URL=\n"), None);
        assert_eq!(url_in(""), None);
    }
}
