//! How a request travelled: the client's address, and whether all of the way was https.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use actix_web::{HttpRequest, http::header::HeaderMap};

use crate::config::Config;

/// The client's address: the peer, or what the trusted proxy says of it. Of a longer list only the last entry was
/// written by the proxy itself.
#[must_use]
pub fn client_address(request: &HttpRequest, config: &Config) -> IpAddr {
    let peer = peer(request);
    if config.trusted_proxy != Some(peer) {
        return peer;
    }
    last_entry(request.headers(), "x-forwarded-for")
        .and_then(parse_address)
        .unwrap_or(peer)
}

/// Whether the client spoke https to us, or to the trusted proxy.
#[must_use]
pub fn is_https(request: &HttpRequest, config: &Config) -> bool {
    config.tls()
        || (config.trusted_proxy == Some(peer(request))
            && last_entry(request.headers(), "x-forwarded-proto") == Some("https"))
}

/// Whether nobody can listen on the way: https, or the client is on this machine.
#[must_use]
pub fn is_private(request: &HttpRequest, config: &Config) -> bool {
    is_https(request, config) || client_address(request, config).is_loopback()
}

fn peer(request: &HttpRequest) -> IpAddr {
    // Only tests and Unix sockets have no peer address; neither leaves the machine.
    let peer = request.peer_addr().map(|peer| peer.ip());
    peer.unwrap_or(IpAddr::V4(Ipv4Addr::LOCALHOST))
        .to_canonical()
}

fn last_entry<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let value = headers.get_all(name).next_back()?.to_str().ok()?;
    value.rsplit(',').next().map(str::trim)
}

fn parse_address(text: &str) -> Option<IpAddr> {
    let address = text.parse::<IpAddr>().ok();
    let address = address.or_else(|| text.parse::<SocketAddr>().ok().map(|socket| socket.ip()));
    address.map(|address| address.to_canonical())
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    fn request(peer: &str, forwarded: &[&str], proto: &str) -> HttpRequest {
        let mut request = TestRequest::default()
            .peer_addr(format!("{peer}:4000").parse().unwrap())
            .insert_header(("x-forwarded-proto", proto));
        for value in forwarded {
            request = request.append_header(("x-forwarded-for", *value));
        }
        request.to_http_request()
    }

    #[test]
    fn only_the_trusted_proxy_is_believed_and_only_its_last_word() {
        let mut config = Config::for_tests();
        let address =
            |request: &HttpRequest, config: &Config| client_address(request, config).to_string();
        let forged = request("203.0.113.7", &["127.0.0.1"], "https");
        assert_eq!(address(&forged, &config), "203.0.113.7");
        assert!(!is_private(&forged, &config));
        config.trusted_proxy = Some("10.0.0.1".parse().unwrap());
        assert_eq!(address(&forged, &config), "203.0.113.7");
        assert!(!is_https(&forged, &config));
        let proxied = request(
            "10.0.0.1",
            &["127.0.0.1, 1.1.1.1", "127.0.0.1, 198.51.100.4"],
            "https",
        );
        assert_eq!(address(&proxied, &config), "198.51.100.4");
        assert!(is_https(&proxied, &config));
        let plain = request("10.0.0.1", &["198.51.100.4"], "http");
        assert!(!is_private(&plain, &config));
        for (value, expected) in [("[2001:db8::1]:99", "2001:db8::1"), ("rubbish", "10.0.0.1")] {
            assert_eq!(
                address(&request("10.0.0.1", &[value], "https"), &config),
                expected
            );
        }
    }
}
