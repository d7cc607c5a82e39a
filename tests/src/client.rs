//! An HTTP client of the contract: cookies, tokens, commands with keys.

use std::sync::{Arc, Mutex};

use reqwest::{Method, StatusCode, header};
use serde_json::{Value, json};

/// An answer with its JSON body (null if it has none).
#[derive(Debug, Clone)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: header::HeaderMap,
    pub body: Value,
}

impl Answer {
    /// The body of a 200.
    pub fn ok(self) -> Value {
        assert_eq!(self.status, StatusCode::OK, "{}", self.body);
        self.body
    }

    /// Status and stable code of a refusal.
    #[must_use]
    pub fn refusal(&self) -> (u16, &str) {
        (
            self.status.as_u16(),
            self.body["code"].as_str().unwrap_or("no code"),
        )
    }
}

/// A client of one server.
#[derive(Debug, Clone)]
pub struct Client {
    http: reqwest::Client,
    base: String,
    cookie: Arc<Mutex<Option<String>>>,
    token: Option<String>,
}

impl Client {
    /// A client that is not logged in.
    #[must_use]
    pub fn new(port: u16) -> Self {
        let http = reqwest::Client::builder()
            .no_proxy()
            .pool_max_idle_per_host(64);
        Self {
            http: http.build().expect("a client can be built"),
            base: format!("http://127.0.0.1:{port}"),
            cookie: Arc::default(),
            token: None,
        }
    }

    /// The same client with a bearer token.
    #[must_use]
    pub fn with_token(mut self, token: &str) -> Self {
        self.token = Some(token.to_owned());
        self
    }

    /// The cookie, if logged in.
    #[must_use]
    pub fn cookie(&self) -> Option<String> {
        self.cookie.lock().expect("no test panicked here").clone()
    }

    /// The bearer token, if any.
    #[must_use]
    pub fn token(&self) -> Option<&str> {
        self.token.as_deref()
    }

    /// `http://127.0.0.1:PORT`
    #[must_use]
    pub fn base(&self) -> &str {
        &self.base
    }

    /// Logs in; later requests carry the cookie.
    pub async fn log_in(&self, username: &str, password: &str) {
        let answer = self
            .post(
                "/api/v1/session",
                &json!({"username": username, "password": password}),
            )
            .await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
        let cookie = answer
            .headers
            .get(header::SET_COOKIE)
            .expect("log-in sets a cookie")
            .to_str()
            .unwrap();
        let pair = cookie.split(';').next().unwrap_or_default().to_owned();
        *self.cookie.lock().expect("no test panicked here") = Some(pair);
    }

    /// A request with this client's credentials, to be adapted.
    pub fn request(&self, method: Method, path: &str) -> reqwest::RequestBuilder {
        let mut request = self
            .http
            .request(method.clone(), format!("{}{path}", self.base));
        if let Some(token) = &self.token {
            request = request.bearer_auth(token);
        } else if method != Method::GET {
            request = request.header(header::ORIGIN, &self.base);
        }
        if let Some(cookie) = self.cookie() {
            request = request.header(header::COOKIE, cookie);
        }
        request
    }

    /// GET.
    pub async fn get(&self, path: &str) -> Answer {
        send(self.request(Method::GET, path)).await
    }

    /// POST of a JSON body.
    pub async fn post(&self, path: &str, body: &Value) -> Answer {
        send(self.request(Method::POST, path).json(body)).await
    }

    /// DELETE.
    pub async fn delete(&self, path: &str) -> Answer {
        send(self.request(Method::DELETE, path)).await
    }

    /// Gives a command to a world under a fresh key.
    pub async fn command(&self, world: &str, body: &Value) -> Answer {
        self.command_with_key(world, body, &uuid::Uuid::now_v7().to_string())
            .await
    }

    /// Gives a command under a key.
    pub async fn command_with_key(&self, world: &str, body: &Value, key: &str) -> Answer {
        self.try_command(world, body, key)
            .await
            .expect("the server answers")
    }

    /// Gives a command under a key; the connection may break.
    ///
    /// # Errors
    /// If no whole answer came.
    pub async fn try_command(
        &self,
        world: &str,
        body: &Value,
        key: &str,
    ) -> Result<Answer, reqwest::Error> {
        let request = self.request(Method::POST, &format!("/api/v1/worlds/{world}/commands"));
        try_send(request.header("Idempotency-Key", key).json(body)).await
    }
}

/// Sends a request.
pub async fn send(request: reqwest::RequestBuilder) -> Answer {
    try_send(request).await.expect("the server answers")
}

async fn try_send(request: reqwest::RequestBuilder) -> Result<Answer, reqwest::Error> {
    let response = request.send().await?;
    let (status, headers) = (response.status(), response.headers().clone());
    let bytes = response.bytes().await?;
    let body = serde_json::from_slice(&bytes).unwrap_or(Value::Null);
    Ok(Answer {
        status,
        headers,
        body,
    })
}
