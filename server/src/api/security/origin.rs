//! Requests that carry a cookie must come from our own pages (CSRF, cross-site WebSocket hijacking).

use actix_web::{
    HttpRequest,
    http::{Method, header},
};

use crate::{
    api::error::{ApiError, Code},
    config::Config,
};

/// Whether a cookie request needs an origin: it changes state, or opens a WebSocket.
#[must_use]
pub fn needed(request: &HttpRequest) -> bool {
    let reads = matches!(
        *request.method(),
        Method::GET | Method::HEAD | Method::OPTIONS
    );
    !reads || request.headers().contains_key(header::UPGRADE)
}

/// Checks that a request comes from one of our origins, letter by letter.
///
/// # Errors
/// [`Code::ForeignOrigin`] if the header is absent, doubled or anything else.
pub fn check(request: &HttpRequest, config: &Config) -> Result<(), ApiError> {
    let mut origins = request.headers().get_all(header::ORIGIN);
    let (origin, further) = (origins.next(), origins.next());
    let ours = origin.is_some_and(|origin| {
        config
            .origins
            .iter()
            .any(|ours| ours.as_bytes() == origin.as_bytes())
    });
    if (ours && further.is_none()) || crate::mutant::is("any_origin") {
        return Ok(());
    }
    Err(ApiError::new(
        Code::ForeignOrigin,
        "a request with a cookie needs the Origin of this server",
    ))
}

/// Checks a WebSocket upgrade: one without an Authorization header is a browser's and needs our origin.
///
/// # Errors
/// [`Code::ForeignOrigin`].
pub fn check_upgrade_origin(request: &HttpRequest, config: &Config) -> Result<(), ApiError> {
    if request.headers().contains_key(header::AUTHORIZATION) {
        return Ok(());
    }
    check(request, config)
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    fn config() -> Config {
        let mut config = Config::for_tests();
        config.origins = vec!["https://app.example.com".to_owned()];
        config
    }

    #[test]
    fn look_alikes_are_foreign() {
        let foreign = [
            "https://app.example.com.evil",
            "https://app.example.com.evil.example",
            "https://evil.example",
            "https://evil-app.example.com",
            "https://evilapp.example.com",
            "https://app.example.com:443",
            "https://app.example.com:8443",
            "https://app.example.com/",
            "https://app.example.com/path",
            "https://app.example.com@evil.example",
            "https://app.example.com%2eevil.example",
            "https://app.example.com\\.evil.example",
            "https://app.example.com?evil",
            "https://app.example.com#evil",
            "https://app.example.com https://evil.example",
            "https://app.example.com,https://evil.example",
            "http://app.example.com",
            "HTTPS://APP.EXAMPLE.COM",
            "https://app.example.co",
            "https://app-example.com",
            "https://app.examp1e.com",
            "wss://app.example.com",
            "//app.example.com",
            "app.example.com",
            "null",
            "",
            "*",
        ];
        for origin in foreign {
            let request = TestRequest::post()
                .insert_header(("origin", origin))
                .to_http_request();
            assert!(check(&request, &config()).is_err(), "{origin}");
            assert!(
                check_upgrade_origin(&request, &config()).is_err(),
                "{origin}"
            );
        }
        assert!(check(&TestRequest::post().to_http_request(), &config()).is_err());
    }

    #[test]
    fn ours_passes_and_two_do_not() {
        let ours = || TestRequest::post().insert_header(("origin", "https://app.example.com"));
        assert!(check(&ours().to_http_request(), &config()).is_ok());
        let doubled = ours().append_header(("origin", "https://app.example.com"));
        assert!(check(&doubled.to_http_request(), &config()).is_err());
        let bearer = TestRequest::get().insert_header(("authorization", "Bearer x"));
        assert!(check_upgrade_origin(&bearer.to_http_request(), &config()).is_ok());
    }

    #[test]
    fn reading_needs_no_origin_and_upgrading_does() {
        assert!(!needed(&TestRequest::get().to_http_request()));
        assert!(needed(&TestRequest::delete().to_http_request()));
        let upgrade = TestRequest::get().insert_header(("upgrade", "websocket"));
        assert!(needed(&upgrade.to_http_request()));
    }
}
