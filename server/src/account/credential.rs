//! The credential that a request carries: a bearer token, or the session's cookie.

use actix_web::{HttpRequest, http::header};

use super::secret;
use crate::{
    api::{caller::Credential, security::transport},
    config::Config,
};

/// Over https the prefix makes browsers insist on Secure, Path=/ and no Domain.
const SECURE_COOKIE: &str = "__Host-chiyuan";
const PLAIN_COOKIE: &str = "chiyuan";
/// Longest secret that is looked at.
const MAX_SECRET: usize = 128;

/// Name of the session's cookie.
#[must_use]
pub fn cookie_name(https: bool) -> &'static str {
    if https { SECURE_COOKIE } else { PLAIN_COOKIE }
}

/// The credential of a request. An Authorization header decides alone: if it is no bearer token there is none.
#[must_use]
pub fn of(request: &HttpRequest, config: &Config) -> Option<Credential> {
    if let Some(value) = request.headers().get(header::AUTHORIZATION) {
        let (scheme, token) = value.to_str().ok()?.split_once(' ')?;
        let bearer = scheme.eq_ignore_ascii_case("bearer");
        return hash(token.trim()).filter(|_| bearer).map(Credential::Token);
    }
    let name = cookie_name(transport::is_https(request, config));
    let cookie = request.cookie(name)?;
    hash(cookie.value()).map(Credential::Session)
}

/// The credential of a token that came without a header.
#[must_use]
pub fn of_token(token: &str) -> Option<Credential> {
    hash(token).map(Credential::Token)
}

/// Whether a request carries anything that looks like a credential.
#[must_use]
pub fn present(request: &HttpRequest) -> bool {
    let headers = request.headers();
    headers.contains_key(header::AUTHORIZATION) || headers.contains_key(header::COOKIE)
}

fn hash(secret: &str) -> Option<[u8; 32]> {
    (!secret.is_empty() && secret.len() <= MAX_SECRET).then(|| secret::hash(secret))
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    #[test]
    fn a_token_a_cookie_or_nothing() {
        let config = Config::for_tests();
        let of = |request: TestRequest| of(&request.to_http_request(), &config);
        let cookie = || TestRequest::default().insert_header(("cookie", "chiyuan=abc"));
        let token = Some(Credential::Token(secret::hash("abc")));
        let session = Some(Credential::Session(secret::hash("abc")));
        assert_eq!(of(TestRequest::default()), None);
        assert_eq!(of(cookie()), session);
        for good in ["Bearer abc", "bearer abc"] {
            assert_eq!(of(cookie().insert_header(("authorization", good))), token);
        }
        let long = format!("Bearer {}", "x".repeat(MAX_SECRET + 1));
        for bad in ["Basic abc", "Bearer", "Bearer ", "abc", "", long.as_str()] {
            assert_eq!(
                of(cookie().insert_header(("authorization", bad))),
                None,
                "{bad}"
            );
        }
        let other = TestRequest::default().insert_header(("cookie", "__Host-chiyuan=abc"));
        assert_eq!(of(other), None);
    }
}
