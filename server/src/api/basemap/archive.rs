//! The file of the base map, whole or by range (RFC 9110), a piece at a time however large it is.

use std::io;

use actix_web::{
    HttpRequest, HttpResponse, HttpResponseBuilder,
    body::SizedStream,
    http::{
        Method, StatusCode,
        header::{
            self, ByteRangeSpec, ContentRange, ContentRangeSpec, EntityTag, Header as _, HttpDate,
            IfModifiedSince, IfNoneMatch, IfRange, Range,
        },
    },
    web,
};
use futures_util::stream;

use crate::{
    api::{
        caller::Caller,
        error::{ApiError, Code},
    },
    app::App,
    basemap::{Source, archive::Archive},
};

/// Where the file is read.
pub const PATH: &str = "/basemap/tiles.pmtiles";
/// Bytes in memory for each reader.
const PIECE: u64 = 64 * 1024;

pub(in crate::api) fn routes(config: &mut web::ServiceConfig) {
    config.service(
        web::resource(PATH)
            .route(web::get().to(read))
            .route(web::head().to(read)),
    );
}

/// The PMTiles file of the base map, or the range of it that was asked for.
#[utoipa::path(get, operation_id = "read_basemap_file", path = "/basemap/tiles.pmtiles", tag = "basemap",
    params(("Range" = Option<String>, Header), ("If-Range" = Option<String>, Header),
        ("If-None-Match" = Option<String>, Header)),
    responses((status = 200, content_type = "application/vnd.pmtiles"),
        (status = 206, content_type = "application/vnd.pmtiles"), (status = 304), (status = 416)))]
pub async fn read(
    app: web::Data<App>,
    _caller: Caller,
    request: HttpRequest,
) -> Result<HttpResponse, ApiError> {
    match app.config.basemap.as_ref().map(|base| &base.source) {
        Some(Source::Archive(archive)) => Ok(answer(archive, &request)),
        _ => Err(ApiError::new(
            Code::NotFound,
            "no base map file is configured",
        )),
    }
}

fn answer(archive: &Archive, request: &HttpRequest) -> HttpResponse {
    let wanted = wanted(archive, request);
    let status = match wanted {
        Wanted::Nothing => StatusCode::NOT_MODIFIED,
        Wanted::Whole => StatusCode::OK,
        Wanted::Part(..) => StatusCode::PARTIAL_CONTENT,
        Wanted::Beyond => StatusCode::RANGE_NOT_SATISFIABLE,
    };
    let mut response = HttpResponse::build(status);
    response
        .insert_header(header::ETag(own_tag(archive)))
        .insert_header(header::LastModified(archive.modified.into()))
        .insert_header((header::ACCEPT_RANGES, "bytes"))
        // Kept by the browser that may read it, asked again each time.
        .insert_header((header::CACHE_CONTROL, "private, no-cache"));
    let head = *request.method() == Method::HEAD;
    match wanted {
        Wanted::Nothing => response.finish(),
        Wanted::Beyond => response.insert_header(range_header(archive, None)).finish(),
        Wanted::Whole => body(&mut response, archive, 0, archive.length, head),
        Wanted::Part(first, last) => {
            response.insert_header(range_header(archive, Some((first, last))));
            body(&mut response, archive, first, last - first + 1, head)
        }
    }
}

/// What a request is answered with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wanted {
    /// The reader has it already.
    Nothing,
    Whole,
    /// First and last byte.
    Part(u64, u64),
    /// The range begins behind the end.
    Beyond,
}

fn wanted(archive: &Archive, request: &HttpRequest) -> Wanted {
    if is_known(archive, request) {
        return Wanted::Nothing;
    }
    // Several ranges at once, other units and nonsense may be answered with the whole; so may a range of older bytes.
    let Ok(Range::Bytes(ranges)) = Range::parse(request) else {
        return Wanted::Whole;
    };
    let [range] = &ranges[..] else {
        return Wanted::Whole;
    };
    let backwards = matches!(range, ByteRangeSpec::FromTo(from, to) if from > to);
    if backwards || !is_current(archive, request) {
        return Wanted::Whole;
    }
    range
        .to_satisfiable_range(archive.length)
        .map_or(Wanted::Beyond, |(first, last)| Wanted::Part(first, last))
}

/// `If-None-Match`, or without it `If-Modified-Since`.
fn is_known(archive: &Archive, request: &HttpRequest) -> bool {
    let own = own_tag(archive);
    if request.headers().contains_key(header::IF_NONE_MATCH) {
        return match IfNoneMatch::parse(request) {
            Ok(IfNoneMatch::Any) => true,
            Ok(IfNoneMatch::Items(tags)) => tags.iter().any(|tag| tag.weak_eq(&own)),
            Err(_) => false,
        };
    }
    IfModifiedSince::parse(request).is_ok_and(|since| to_second(archive) <= since.0)
}

/// Whether the range is asked of the bytes we have: no `If-Range`, or a true one.
fn is_current(archive: &Archive, request: &HttpRequest) -> bool {
    if !request.headers().contains_key(header::IF_RANGE) {
        return true;
    }
    match IfRange::parse(request) {
        Ok(IfRange::EntityTag(tag)) => tag.strong_eq(&own_tag(archive)),
        Ok(IfRange::Date(date)) => date == to_second(archive),
        Err(_) => false,
    }
}

fn own_tag(archive: &Archive) -> EntityTag {
    EntityTag::new_strong(archive.tag.clone())
}

/// The time of the file as a header can say it.
fn to_second(archive: &Archive) -> HttpDate {
    let text = HttpDate::from(archive.modified).to_string();
    text.parse().unwrap_or_else(|_| archive.modified.into())
}

fn range_header(archive: &Archive, range: Option<(u64, u64)>) -> ContentRange {
    ContentRange(ContentRangeSpec::Bytes {
        range,
        instance_length: Some(archive.length),
    })
}

/// `count` bytes from `first` on; without them for HEAD, which is told their number only.
fn body(
    response: &mut HttpResponseBuilder,
    archive: &Archive,
    first: u64,
    count: u64,
    head: bool,
) -> HttpResponse {
    response.content_type("application/vnd.pmtiles");
    let end = first + if head { 0 } else { count };
    let pieces = stream::unfold((archive.clone(), first), move |(archive, at)| async move {
        let piece = PIECE.min(end.saturating_sub(at));
        if piece == 0 {
            return None;
        }
        let reader = archive.clone();
        let length = usize::try_from(piece).unwrap_or_default();
        let bytes = web::block(move || reader.read(at, length)).await;
        let bytes = bytes.unwrap_or_else(|error| Err(io::Error::other(error)));
        if let Err(error) = &bytes {
            tracing::error!(%error, "the base map file cannot be read");
        }
        // After a fault there is nothing more to give.
        let next = if bytes.is_ok() { at + piece } else { end };
        Some((bytes.map(web::Bytes::from), (archive, next)))
    });
    response.body(SizedStream::new(count, Box::pin(pieces)))
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;
    use crate::basemap::archive::tests::{head, written};

    #[test]
    fn ranges_and_conditions() {
        let path = written("ranges", &head(2));
        let archive = Archive::open(&path).unwrap();
        std::fs::remove_file(path).unwrap();
        let tag = format!("\"{}\"", archive.tag);
        let date = HttpDate::from(archive.modified).to_string();
        let old = "Sat, 29 Oct 1994 19:43:31 GMT";
        let (part, whole) = (Wanted::Part(10, 19), Wanted::Whole);
        let ten = ("range", "bytes=10-19");
        let cases: [(&[(&str, &str)], Wanted); 19] = [
            (&[], whole),
            (&[ten], part),
            (&[("range", "bytes=120-")], Wanted::Part(120, 126)),
            (&[("range", "bytes=-7")], Wanted::Part(120, 126)),
            (&[("range", "bytes=-999")], Wanted::Part(0, 126)),
            (&[("range", "bytes=0-999")], Wanted::Part(0, 126)),
            (&[("range", "bytes=127-")], Wanted::Beyond),
            (&[("range", "bytes=-0")], Wanted::Beyond),
            (&[("range", "bytes=9-3")], whole),
            (&[("range", "bytes=0-1,5-6")], whole),
            (&[("range", "lines=1-2")], whole),
            (&[("range", "rubbish")], whole),
            (&[("if-none-match", &tag), ten], Wanted::Nothing),
            (
                &[
                    ("if-none-match", "\"other\""),
                    ("if-modified-since", &date),
                    ten,
                ],
                part,
            ),
            (&[("if-modified-since", &date)], Wanted::Nothing),
            (&[("if-modified-since", old)], whole),
            (&[("if-range", &tag), ten], part),
            (&[("if-range", &date), ten], part),
            (&[("if-range", "\"other\""), ten], whole),
        ];
        for (headers, expected) in cases {
            let mut request = TestRequest::default();
            for header in headers {
                request = request.insert_header(*header);
            }
            assert_eq!(
                wanted(&archive, &request.to_http_request()),
                expected,
                "{headers:?}"
            );
        }
    }
}
