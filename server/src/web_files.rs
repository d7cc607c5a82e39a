//! The screens: the built web, embedded so that `chiyuan` is one file.

use std::{
    collections::HashMap,
    io::Write,
    sync::{LazyLock, RwLock},
};

use actix_web::{
    HttpRequest, HttpResponse,
    http::header::{self, AcceptEncoding, Encoding, Header},
    web::{self, Bytes},
};
use flate2::{Compression, write::GzEncoder};
use rust_embed::{EmbeddedFile, RustEmbed};

#[derive(RustEmbed)]
#[folder = "../web/dist"]
struct Files;

/// Serves files; every other path is the single page.
pub fn routes(config: &mut web::ServiceConfig) {
    config.default_service(web::get().to(file));
}

async fn file(request: HttpRequest) -> HttpResponse {
    let path = request.path().trim_start_matches('/');
    let named = if path.is_empty() {
        None
    } else {
        Files::get(path)
    };
    let hashed = path.starts_with("assets/");
    let Some(file) = named.or_else(|| page(path)) else {
        return HttpResponse::NotFound()
            .content_type("text/plain; charset=utf-8")
            .body("not found");
    };
    let packed = accepts_gzip(&request).then(|| packed(&file)).flatten();
    let digest = hex::encode(&file.metadata.sha256_hash()[..16]);
    let etag = match packed {
        Some(_) => format!("\"{digest}-gz\""),
        None => format!("\"{digest}\""),
    };
    let cache = if hashed {
        "public, max-age=31536000, immutable"
    } else {
        "no-cache"
    };
    let same = request
        .headers()
        .get(header::IF_NONE_MATCH)
        .is_some_and(|given| given.as_bytes() == etag.as_bytes());
    let mut response = if same {
        HttpResponse::NotModified()
    } else {
        HttpResponse::Ok()
    };
    response
        .insert_header((header::ETAG, etag))
        .insert_header((header::CACHE_CONTROL, cache))
        .insert_header((header::VARY, "accept-encoding"));
    if same {
        return response.finish();
    }
    response.content_type(file.metadata.mimetype());
    match packed {
        Some(bytes) => response
            .insert_header((header::CONTENT_ENCODING, "gzip"))
            .body(bytes),
        None => response.body(file.data.into_owned()),
    }
}

fn accepts_gzip(request: &HttpRequest) -> bool {
    let supported = [Encoding::gzip(), Encoding::identity()];
    AcceptEncoding::parse(request)
        .ok()
        .and_then(|accepted| accepted.negotiate(supported.iter()))
        .is_some_and(|chosen| chosen == Encoding::gzip())
}

/// A file compressed, worked out at its first request and kept; none if that does not make it smaller.
fn packed(file: &EmbeddedFile) -> Option<Bytes> {
    static KEPT: LazyLock<RwLock<HashMap<[u8; 32], Option<Bytes>>>> =
        LazyLock::new(RwLock::default);
    let digest = file.metadata.sha256_hash();
    if let Some(kept) = KEPT.read().ok()?.get(&digest) {
        return kept.clone();
    }
    let packed = gzip(&file.data).filter(|bytes| bytes.len() < file.data.len());
    KEPT.write().ok()?.insert(digest, packed.clone());
    packed
}

fn gzip(bytes: &[u8]) -> Option<Bytes> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).ok()?;
    encoder.finish().ok().map(Bytes::from)
}

/// The single page, for paths that are screens and not files.
fn page(path: &str) -> Option<EmbeddedFile> {
    let is_file = path
        .rsplit('/')
        .next()
        .is_some_and(|name| name.contains('.'));
    if is_file || path.starts_with("api/") {
        None
    } else {
        Files::get("index.html")
    }
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    #[test]
    fn what_is_packed_reads_back() {
        let text = "驰援 ".repeat(1_000);
        let packed = gzip(text.as_bytes()).expect("memory does not fail");
        assert!(packed.len() < text.len() / 10);
        let mut back = String::new();
        let mut decoder = flate2::read::GzDecoder::new(packed.as_ref());
        std::io::Read::read_to_string(&mut decoder, &mut back).expect("it reads back");
        assert_eq!(back, text);
    }

    #[test]
    fn who_does_not_accept_it_gets_it_plain() {
        for (given, wanted) in [
            ("gzip, deflate, br", true),
            ("br;q=1, gzip;q=0.5", true),
            ("gzip;q=0", false),
            ("identity", false),
            ("", false),
        ] {
            let mut request = TestRequest::get();
            if !given.is_empty() {
                request = request.insert_header((header::ACCEPT_ENCODING, given));
            }
            assert_eq!(accepts_gzip(&request.to_http_request()), wanted, "{given}");
        }
    }
}
