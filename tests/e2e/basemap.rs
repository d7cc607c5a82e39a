//! The operator's base map: what screens are told, the file by range, the policy, and a start that says what is wrong.

use std::path::PathBuf;

use chiyuan_tests::{
    Client, Database, Server,
    server::{Options, data_dir, program},
};
use reqwest::{Method, Response, StatusCode, header};
use serde_json::{Value, json};

const PATH: &str = "/basemap/tiles.pmtiles";
/// More than the server reads at once.
const LENGTH: usize = 200_000;

/// A head of raster tiles, and bytes that say where they stand.
fn archive(name: &str) -> (PathBuf, Vec<u8>) {
    let mut bytes: Vec<u8> = (0..LENGTH)
        .map(|i| u8::try_from(i / 251 % 256).unwrap())
        .collect();
    bytes[..127].fill(0);
    bytes[..7].copy_from_slice(b"PMTiles");
    bytes[7] = 3;
    for part in [8, 24, 40, 56] {
        bytes[part] = 127;
    }
    bytes[64..72].copy_from_slice(&(LENGTH as u64 - 127).to_le_bytes());
    (bytes[97], bytes[98], bytes[99], bytes[101]) = (1, 1, 2, 14);
    for (at, e7) in [
        (102, 1_120_000_000_i32),
        (106, 370_000_000),
        (110, 1_140_000_000),
        (114, 390_000_000),
    ] {
        bytes[at..at + 4].copy_from_slice(&e7.to_le_bytes());
    }
    let path = std::env::temp_dir().join(format!("chiyuan-{}-{name}.pmtiles", std::process::id()));
    std::fs::write(&path, &bytes).unwrap();
    (path, bytes)
}

fn options(set: &[(&'static str, &str)]) -> Options {
    Options {
        env: set
            .iter()
            .map(|(name, value)| (*name, (*value).to_owned()))
            .collect(),
        ..Options::default()
    }
}

async fn ask(client: &Client, method: Method, headers: &[(&str, &str)]) -> Response {
    let mut request = client.request(method, PATH);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    request.send().await.unwrap()
}

fn text(response: &Response, name: header::HeaderName) -> String {
    response.headers()[name].to_str().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_file_is_read_whole_and_by_range() {
    let (path, bytes) = archive("range");
    let database = Database::full().await;
    let set = [
        ("CHIYUAN_BASEMAP", path.to_str().unwrap()),
        ("CHIYUAN_BASEMAP_DATUM", "wgs84"),
    ];
    let server = Server::start_with(&database, options(&set)).await;
    let client = server.login("observer").await;
    let told = client.get("/api/v1/basemap").await.ok();
    assert_eq!(
        told,
        json!({"kind": "archive", "path": PATH, "content": "raster", "min_zoom": 0, "max_zoom": 14,
            "bounds": [112.0, 37.0, 114.0, 39.0], "datum": "wgs84", "attribution": null})
    );

    let whole = ask(&client, Method::GET, &[]).await;
    assert_eq!(whole.status(), StatusCode::OK);
    assert_eq!(
        text(&whole, header::CONTENT_TYPE),
        "application/vnd.pmtiles"
    );
    assert_eq!(text(&whole, header::ACCEPT_RANGES), "bytes");
    assert_eq!(text(&whole, header::CACHE_CONTROL), "private, no-cache");
    assert!(!text(&whole, header::CONTENT_SECURITY_POLICY).contains("http"));
    let tag = text(&whole, header::ETAG);
    let date = text(&whole, header::LAST_MODIFIED);
    assert_eq!(whole.bytes().await.unwrap(), bytes);

    let range = ("range", "bytes=1000-140999");
    let part = ask(&client, Method::GET, &[range, ("if-range", &tag)]).await;
    assert_eq!(part.status(), StatusCode::PARTIAL_CONTENT);
    assert_eq!(
        text(&part, header::CONTENT_RANGE),
        "bytes 1000-140999/200000"
    );
    assert_eq!(text(&part, header::CONTENT_LENGTH), "140000");
    assert_eq!(part.bytes().await.unwrap(), bytes[1000..141_000]);
    let end = ask(&client, Method::GET, &[("range", "bytes=-5")]).await;
    assert_eq!(end.bytes().await.unwrap(), bytes[LENGTH - 5..]);

    let beyond = ask(&client, Method::GET, &[("range", "bytes=200000-")]).await;
    assert_eq!(beyond.status(), StatusCode::RANGE_NOT_SATISFIABLE);
    assert_eq!(text(&beyond, header::CONTENT_RANGE), "bytes */200000");
    for known in [("if-none-match", &tag), ("if-modified-since", &date)] {
        let same = ask(&client, Method::GET, &[(known.0, known.1), range]).await;
        assert_eq!(same.status(), StatusCode::NOT_MODIFIED, "{known:?}");
        assert_eq!(text(&same, header::ETAG), tag);
        assert!(same.bytes().await.unwrap().is_empty());
    }
    for (headers, status, length) in [
        (&[][..], StatusCode::OK, "200000"),
        (&[range][..], StatusCode::PARTIAL_CONTENT, "140000"),
    ] {
        let head = ask(&client, Method::HEAD, headers).await;
        assert_eq!(head.status(), status);
        assert_eq!(text(&head, header::CONTENT_LENGTH), length);
        assert!(head.bytes().await.unwrap().is_empty());
    }
    assert_eq!(
        ask(&client, Method::POST, &[]).await.status(),
        StatusCode::METHOD_NOT_ALLOWED
    );
    // The connection is as good as before, and nobody reads without an account.
    assert_eq!(
        ask(&client, Method::GET, &[range])
            .await
            .bytes()
            .await
            .unwrap()
            .len(),
        140_000
    );
    assert_eq!(
        ask(&server.anonymous(), Method::GET, &[]).await.status(),
        StatusCode::UNAUTHORIZED
    );
    assert_eq!(
        ask(&server.anonymous(), Method::HEAD, &[]).await.status(),
        StatusCode::UNAUTHORIZED
    );
    assert_eq!(
        ask(&server.device(), Method::HEAD, &[]).await.status(),
        StatusCode::FORBIDDEN
    );
    std::fs::remove_file(path).unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn tile_addresses_are_told_and_allowed() {
    let database = Database::full().await;
    let set = [
        (
            "CHIYUAN_BASEMAP",
            "https://t{s}.example.cn/img/{TileMatrix}/{TileCol}/{TileRow} https://t{s}.example.cn/cia/{z}/{x}/{y}",
        ),
        ("CHIYUAN_BASEMAP_DATUM", "gcj02"),
        ("CHIYUAN_BASEMAP_SUBDOMAINS", "0,1"),
        ("CHIYUAN_BASEMAP_MAXZOOM", "17"),
        ("CHIYUAN_BASEMAP_ATTRIBUTION", "© 某图 GS(2025)1号"),
    ];
    let server = Server::start_with(&database, options(&set)).await;
    let told = server.login("crew").await.get("/api/v1/basemap").await.ok();
    assert_eq!(
        told,
        json!({"kind": "tiles", "layers": ["https://t{s}.example.cn/img/{z}/{x}/{y}", "https://t{s}.example.cn/cia/{z}/{x}/{y}"],
            "subdomains": ["0", "1"], "max_zoom": 17, "datum": "gcj02", "attribution": "© 某图 GS(2025)1号"})
    );
    let page = reqwest::get(server.url("/")).await.unwrap();
    let policy = text(&page, header::CONTENT_SECURITY_POLICY);
    assert!(
        policy.contains("; connect-src 'self' https://t0.example.cn https://t1.example.cn; "),
        "{policy}"
    );
    assert!(
        policy.contains("; img-src 'self' data: blob:; "),
        "{policy}"
    );
    let client = server.login("observer").await;
    assert_eq!(
        ask(&client, Method::GET, &[]).await.status(),
        StatusCode::NOT_FOUND
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn without_configuration_the_packaged_base_stands_alone() {
    let database = Database::full().await;
    let server = Server::start(&database).await;
    let client = server.login("observer").await;
    assert_eq!(
        client.get("/api/v1/basemap").await.ok(),
        json!({"kind": "packaged"})
    );
    assert_eq!(client.get(PATH).await.refusal(), (404, "not_found"));
    let page = reqwest::get(server.url("/")).await.unwrap();
    assert!(text(&page, header::CONTENT_SECURITY_POLICY).contains("; connect-src 'self'; "));
    let packaged = client.get("/basemap/areas.json").await.body;
    assert_ne!(packaged, Value::Null, "the packaged files keep their place");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_base_map_ends_the_start_and_says_why() {
    let data = data_dir("wrong-basemap");
    for (basemap, expected) in [
        (
            "/none/tiles.pmtiles",
            "chiyuan: CHIYUAN_BASEMAP: /none/tiles.pmtiles: cannot be read",
        ),
        (
            "https://a.example/{z}/{x}/{q}?key=SECRET",
            "chiyuan: CHIYUAN_BASEMAP, address 1: {q} is no placeholder",
        ),
    ] {
        let mut server = program("postgres://127.0.0.1:1/none", &data);
        let output = server
            .arg("serve")
            .env("CHIYUAN_BASEMAP", basemap)
            .env("CHIYUAN_BASEMAP_DATUM", "wgs84")
            .output()
            .await
            .unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(!output.status.success());
        assert!(
            said.contains(expected) && !said.contains("SECRET") && !said.contains("panicked"),
            "{said}"
        );
    }
}
