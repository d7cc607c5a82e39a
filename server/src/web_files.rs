//! The screens: the built web, embedded so that `chiyuan` is one file.

use actix_web::{HttpRequest, HttpResponse, http::header, web};
use rust_embed::RustEmbed;

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
    let etag = format!("\"{}\"", hex::encode(&file.metadata.sha256_hash()[..16]));
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
        .insert_header((header::CACHE_CONTROL, cache));
    if same {
        return response.finish();
    }
    response
        .content_type(file.metadata.mimetype())
        .body(file.data.into_owned())
}

/// The single page, for paths that are screens and not files.
fn page(path: &str) -> Option<rust_embed::EmbeddedFile> {
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
