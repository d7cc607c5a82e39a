//! Addresses of tiles: XYZ and WMTS (key-value or REST) in one form, and the origins they lead to.

use reqwest::Url;

/// Characters of an address; longer ones are a mistake.
const MAX_LENGTH: usize = 2_000;
/// What may stand in braces, and what it becomes.
const PLACEHOLDERS: [(&str, &str); 7] = [
    ("z", "{z}"),
    ("x", "{x}"),
    ("y", "{y}"),
    ("s", "{s}"),
    ("TileMatrix", "{z}"),
    ("TileCol", "{x}"),
    ("TileRow", "{y}"),
];

/// One layer of tiles on the web mercator grid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layer {
    /// With `{z}`, `{x}`, `{y}` and perhaps `{s}`, and no other placeholder.
    pub address: String,
    /// Scheme, host and port of every address that it can become.
    pub origins: Vec<String>,
}

impl Layer {
    /// Whether tiles would come over http from another machine.
    #[must_use]
    pub fn insecure(&self) -> bool {
        let local = ["http://127.0.0.1", "http://localhost", "http://[::1]"];
        self.origins.iter().any(|origin| {
            origin.starts_with("http://") && !local.iter().any(|own| is_host(origin, own))
        })
    }
}

/// Whether an origin is this one, with whatever port.
fn is_host(origin: &str, own: &str) -> bool {
    origin
        .strip_prefix(own)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with(':'))
}

/// Reads an address; `subdomains` are what `{s}` may be.
///
/// # Errors
/// What is wrong with it, without the address.
pub fn parse(text: &str, subdomains: &[String]) -> Result<Layer, String> {
    if text.len() > MAX_LENGTH {
        return Err(format!("longer than {MAX_LENGTH} characters"));
    }
    let address = plain(text)?;
    for needed in ["{z}", "{x}", "{y}"] {
        if !address.contains(needed) {
            return Err(format!("{needed} is missing"));
        }
    }
    if address.contains("{s}") && subdomains.is_empty() {
        return Err("{s} needs CHIYUAN_BASEMAP_SUBDOMAINS".to_owned());
    }
    if of_degrees(&address) {
        return Err(
            "this matrix set is a grid of degrees; only web mercator can be drawn (w, EPSG:3857)"
                .to_owned(),
        );
    }
    let one = [String::new()];
    let names = if address.contains("{s}") {
        subdomains
    } else {
        &one
    };
    let origins = names
        .iter()
        .map(|name| origin(&address.replace("{s}", name)));
    Ok(Layer {
        origins: origins.collect::<Result<_, _>>()?,
        address,
    })
}

/// The address with our own placeholders only.
fn plain(text: &str) -> Result<String, String> {
    let mut address = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(['{', '}']) {
        let (before, braced) = rest.split_at(at);
        let inner = braced
            .strip_prefix('{')
            .and_then(|inner| inner.split_once('}'));
        let (name, after) = inner.ok_or("a brace without its partner")?;
        let known = PLACEHOLDERS.iter().find(|(known, _)| *known == name);
        let Some((_, ours)) = known else {
            let all: Vec<_> = PLACEHOLDERS
                .iter()
                .map(|(name, _)| format!("{{{name}}}"))
                .collect();
            return Err(format!(
                "{{{name}}} is no placeholder; known are {}",
                all.join(" ")
            ));
        };
        address.push_str(before);
        address.push_str(ours);
        rest = after;
    }
    address.push_str(rest);
    Ok(address)
}

/// Tianditu and others cut the same map by degrees too, under the matrix set `c`.
fn of_degrees(address: &str) -> bool {
    let lower = address.to_ascii_lowercase();
    let mut sets = lower
        .split(['?', '&'])
        .filter_map(|pair| pair.strip_prefix("tilematrixset="));
    sets.any(|set| set == "c" || set.contains("4326") || set.contains("4490"))
}

fn origin(address: &str) -> Result<String, String> {
    let filled = address
        .replace("{z}", "0")
        .replace("{x}", "0")
        .replace("{y}", "0");
    let wrong = || "no address of a server".to_owned();
    let host = host_of(address).ok_or_else(wrong)?;
    if host.contains('{') {
        return Err("only {s} may stand in the name of the server".to_owned());
    }
    let url = Url::parse(&filled).map_err(|_| wrong())?;
    if !url.username().is_empty() || url.password().is_some() {
        return Err("a user name in an address would be shown to every browser".to_owned());
    }
    let origin = url.origin().ascii_serialization();
    // It becomes part of a header whose separators must not come from outside.
    let tame = |c: char| c.is_ascii_alphanumeric() || "-._:/[]".contains(c);
    let web = matches!(url.scheme(), "http" | "https");
    if web && origin.chars().all(tame) {
        Ok(origin)
    } else {
        Err(wrong())
    }
}

/// What stands between scheme and path; none if nothing does, where browsers would take the path for it.
fn host_of(address: &str) -> Option<&str> {
    let (_, rest) = address.split_once("://")?;
    let host = rest.split(['/', '\\', '?', '#']).next()?;
    (!host.is_empty()).then_some(host)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(list: &[&str]) -> Vec<String> {
        list.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn xyz_and_both_forms_of_wmts() {
        let forms = [
            (
                "https://a.example/{z}/{x}/{y}.png",
                "https://a.example/{z}/{x}/{y}.png",
            ),
            (
                "http://a.example:8080/wmts?tilematrix={TileMatrix}&tilecol={TileCol}&tilerow={TileRow}",
                "http://a.example:8080/wmts?tilematrix={z}&tilecol={x}&tilerow={y}",
            ),
            (
                "https://a.example/WMTS/1.0.0/img/default/w/{TileMatrix}/{TileRow}/{TileCol}.jpg",
                "https://a.example/WMTS/1.0.0/img/default/w/{z}/{y}/{x}.jpg",
            ),
        ];
        for (text, address) in forms {
            assert_eq!(parse(text, &[]).unwrap().address, address);
        }
        let layer = parse(forms[1].0, &[]).unwrap();
        assert_eq!(layer.origins, ["http://a.example:8080"]);
        assert!(layer.insecure());
        assert!(
            !parse("http://127.0.0.1:9/{z}/{x}/{y}", &[])
                .unwrap()
                .insecure()
        );
        assert!(
            parse("http://127.0.0.1.example/{z}/{x}/{y}", &[])
                .unwrap()
                .insecure()
        );
    }

    #[test]
    fn subdomains_give_one_origin_each() {
        let layer = parse("https://t{s}.例子.cn/{z}/{x}/{y}", &names(&["0", "1"])).unwrap();
        assert_eq!(
            layer.origins,
            ["https://t0.xn--fsqu00a.cn", "https://t1.xn--fsqu00a.cn"]
        );
    }

    #[test]
    fn what_is_wrong_is_said() {
        let cases = [
            ("https://a.example/{z}/{x}", "{y} is missing"),
            ("https://a.example/{z}/{x}/{-y}", "{-y} is no placeholder"),
            ("https://a.example/{z}/{x}/{y", "a brace"),
            ("https://a.example/{z}/{x}/y}", "a brace"),
            ("https://{s}.a.example/{z}/{x}/{y}", "{s} needs"),
            ("https://{x}.a.example/{z}/{x}/{y}", "only {s}"),
            ("https://me:secret@a.example/{z}/{x}/{y}", "a user name"),
            ("https://a;b/{z}/{x}/{y}", "no address"),
            ("https:///{z}/{x}/{y}", "no address"),
            (
                "https://a.example/wmts?TileMatrixSet=c&z={z}&x={x}&y={y}",
                "this matrix set",
            ),
        ];
        for (text, expected) in cases {
            let fault = parse(text, &[]).unwrap_err();
            assert!(fault.starts_with(expected), "{text}: {fault}");
        }
        assert!(
            parse(
                &format!(
                    "https://a.example/{{z}}{{x}}{{y}}{}",
                    "a".repeat(MAX_LENGTH)
                ),
                &[]
            )
            .is_err()
        );
    }
}
