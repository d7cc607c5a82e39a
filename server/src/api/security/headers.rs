//! The headers of every response.

use actix_web::http::header::{
    self, HeaderMap, HeaderName, HeaderValue, REFERRER_POLICY, STRICT_TRANSPORT_SECURITY,
};

/// Header of the request's id.
pub const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Everything from this server.
const OWN_ONLY: &str = "default-src 'self'; script-src 'self'; worker-src 'self'; \
    style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; connect-src 'self'; object-src 'none'; \
    base-uri 'none'; frame-ancestors 'none'; form-action 'self'";
const OWN_CONNECTIONS: &str = "connect-src 'self'";

/// What pages may load and where from.
#[derive(Debug, Clone)]
pub struct ContentPolicy(HeaderValue);

impl ContentPolicy {
    /// Everything from this server, and tiles of a base map from these origins. Screens fetch tiles and never name them
    /// in an image, so `img-src` stays closed. An origin that fits no header, which the configuration lets nobody give,
    /// opens nothing.
    #[must_use]
    pub fn with_tiles(origins: &[&str]) -> Self {
        let connections = [&[OWN_CONNECTIONS], origins].concat().join(" ");
        let policy = HeaderValue::try_from(OWN_ONLY.replace(OWN_CONNECTIONS, &connections));
        policy.map(Self).unwrap_or_default()
    }
}

impl Default for ContentPolicy {
    fn default() -> Self {
        Self(HeaderValue::from_static(OWN_ONLY))
    }
}

const ALWAYS: [(HeaderName, &str); 6] = [
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (REFERRER_POLICY, "no-referrer"),
    (
        HeaderName::from_static("cross-origin-opener-policy"),
        "same-origin",
    ),
    (
        HeaderName::from_static("cross-origin-resource-policy"),
        "same-origin",
    ),
    (
        HeaderName::from_static("permissions-policy"),
        "camera=(), microphone=(), geolocation=(self)",
    ),
];

/// Two years, as browsers' preload lists ask.
const HSTS: &str = "max-age=63072000; includeSubDomains";

/// Sets the headers of a response.
pub fn set(headers: &mut HeaderMap, policy: &ContentPolicy, https: bool, api: bool) {
    headers.insert(header::CONTENT_SECURITY_POLICY, policy.0.clone());
    for (name, value) in ALWAYS {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if https {
        headers.insert(STRICT_TRANSPORT_SECURITY, HeaderValue::from_static(HSTS));
    }
    if api {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_content_policy_is_exact() {
        let mut headers = HeaderMap::new();
        let policy = ContentPolicy::default();
        set(&mut headers, &policy, false, true);
        assert_eq!(
            headers.get("content-security-policy").unwrap(),
            "default-src 'self'; script-src 'self'; worker-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; connect-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'"
        );
        assert!(!headers.contains_key("strict-transport-security"));
        assert_eq!(headers.get("cache-control").unwrap(), "no-store");
        set(&mut headers, &policy, true, true);
        assert!(headers.contains_key("strict-transport-security"));
    }

    #[test]
    fn tiles_are_fetched_from_their_origins_and_nowhere_else() {
        let mut headers = HeaderMap::new();
        let tiles = ["https://t0.example.cn", "https://t1.example.cn:8443"];
        set(
            &mut headers,
            &ContentPolicy::with_tiles(&tiles),
            false,
            false,
        );
        let with = headers.get("content-security-policy").unwrap().clone();
        set(&mut headers, &ContentPolicy::with_tiles(&[]), false, false);
        let without = headers.get("content-security-policy").unwrap();
        assert_eq!(
            with.to_str().unwrap(),
            without.to_str().unwrap().replace(
                "connect-src 'self'",
                "connect-src 'self' https://t0.example.cn https://t1.example.cn:8443"
            )
        );
    }
}
