//! The body of a batch of fixes: a strict envelope around elements of which each is read alone.

use std::borrow::Cow;

use chiyuan_core::Timestamp;
use serde::{Deserialize, de::IgnoredAny};

use super::plausibility::Claim;

/// Most fixes in one batch.
pub const MAX_FIXES: usize = 5_000;
/// Largest body of a batch, bytes.
pub const MAX_BODY: usize = 1024 * 1024;
/// Longest name of a source.
const MAX_SOURCE: usize = 32;
/// Longest unit id that is looked at.
const MAX_UNIT_ID: usize = 64;

/// One fix of a batch, readable but not judged.
#[derive(Debug, Clone, PartialEq)]
pub struct Element {
    pub unit_id: String,
    pub claim: Claim,
    pub source: Option<String>,
}

/// Why a batch could not be read at all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BatchError {
    /// Not JSON, or not `{"fixes":[...]}`.
    Envelope(String),
    /// More than [`MAX_FIXES`].
    TooMany,
}

#[derive(Deserialize)]
#[serde(rename = "fix", deny_unknown_fields)]
struct Wire<'a> {
    #[serde(borrow)]
    unit_id: Cow<'a, str>,
    at: Timestamp,
    lon: f64,
    lat: f64,
    speed_mps: Option<f64>,
    heading_deg: Option<f64>,
    accuracy_m: Option<f64>,
    #[serde(borrow)]
    source: Option<Cow<'a, str>>,
}

#[derive(Deserialize)]
#[serde(rename = "batch", deny_unknown_fields)]
struct Envelope {
    #[serde(rename = "fixes")]
    _fixes: Vec<IgnoredAny>,
}

/// Reads a batch; an element that cannot be read is its own error.
///
/// # Errors
/// If the body as a whole is no batch.
pub fn parse(body: &[u8]) -> Result<Vec<Result<Element, String>>, BatchError> {
    let text = std::str::from_utf8(body).map_err(|e| BatchError::Envelope(e.to_string()))?;
    // Checks the grammar and the envelope, whatever the elements hold.
    let _: Envelope =
        serde_json::from_str(text).map_err(|e| BatchError::Envelope(e.to_string()))?;
    let parts = split(text);
    if parts.len() > MAX_FIXES {
        return Err(BatchError::TooMany);
    }
    Ok(parts.into_iter().map(element).collect())
}

/// The texts of the elements of the one array of a body whose grammar is known to be right.
fn split(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let Some(open) = text.find('[') else {
        return parts;
    };
    let (mut depth, mut quoted, mut escaped) = (0_usize, false, false);
    let mut start = open + 1;
    for (at, byte) in text.bytes().enumerate().skip(open + 1) {
        if quoted {
            match byte {
                _ if escaped => escaped = false,
                b'\\' => escaped = true,
                b'"' => quoted = false,
                _ => {}
            }
            continue;
        }
        match byte {
            b'"' => quoted = true,
            b'{' | b'[' => depth += 1,
            b']' if depth == 0 => {
                let last = text[start..at].trim();
                if !last.is_empty() {
                    parts.push(last);
                }
                break;
            }
            b'}' | b']' => depth -= 1,
            b',' if depth == 0 => {
                parts.push(text[start..at].trim());
                start = at + 1;
            }
            _ => {}
        }
    }
    parts
}

fn element(text: &str) -> Result<Element, String> {
    let wire: Wire<'_> = serde_json::from_str(text).map_err(|error| error.to_string())?;
    if wire.unit_id.len() > MAX_UNIT_ID {
        return Err(format!("unit_id has at most {MAX_UNIT_ID} characters"));
    }
    let source = wire.source.map(Cow::into_owned);
    if source.as_deref().is_some_and(|source| !is_source(source)) {
        return Err("source has 1 to 32 characters of a-z, 0-9, '-' and '_'".to_owned());
    }
    Ok(Element {
        unit_id: wire.unit_id.into_owned(),
        claim: Claim {
            at: crate::time::millis(wire.at),
            lon: wire.lon,
            lat: wire.lat,
            speed_mps: wire.speed_mps,
            heading_deg: wire.heading_deg,
            accuracy_m: wire.accuracy_m,
        },
        source,
    })
}

/// Whether a word can name a source; it is written into features as it is.
#[must_use]
pub fn is_source(word: &str) -> bool {
    let legal =
        |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"-_".contains(&byte);
    (1..=MAX_SOURCE).contains(&word.len()) && word.bytes().all(legal)
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str =
        r#"{"unit_id":"amb-140600-001","at":"2026-11-22T06:00:00.1234Z","lon":112.4,"lat":39.3}"#;

    #[test]
    fn elements_are_read_alone() {
        let bad = [
            r#"{"unit_id":"a","at":"2026-11-22T06:00:00Z","lon":1e999,"lat":39.3}"#,
            r#"{"unit_id":"a","at":"2026-11-22T06:00:00Z","lon":null,"lat":39.3}"#,
            r#"{"unit_id":"a","at":"2026-11-22T06:00:00Z","lon":"112","lat":39.3}"#,
            r#"{"unit_id":"a","at":"yesterday","lon":112,"lat":39.3}"#,
            r#"{"unit_id":"a","at":"2026-11-22T06:00:00Z","lon":112,"lat":39.3,"alt":1}"#,
            r#"{"unit_id":"a","at":"2026-11-22T06:00:00Z","lon":112,"lon":113,"lat":39.3}"#,
            r#"{"unit_id":"a","at":"2026-11-22T06:00:00Z","lon":112,"lat":39.3,"source":"]\"},{\\"}"#,
            r#"{"unit_id":7,"at":"2026-11-22T06:00:00Z","lon":112,"lat":39.3}"#,
            "[[],{}]",
            "null",
            "\"],\"",
            "{}",
        ];
        for bad in bad {
            let body = format!("{{ \"fixes\" : [ {GOOD} , {bad},{GOOD} ] }}");
            let parsed = parse(body.as_bytes()).expect("the envelope is right");
            let good: Vec<_> = parsed.iter().map(Result::is_ok).collect();
            assert_eq!(good, [true, false, true], "{bad}");
        }
    }

    #[test]
    fn only_the_envelope_is_everybodys_fault() {
        assert_eq!(parse(br#"{"fixes":[]}"#), Ok(vec![]));
        for bad in [
            "",
            "[]",
            "{}",
            r#"{"fixes":{}}"#,
            r#"{"fixes":[],"x":1}"#,
            r#"{"fixes":[],"fixes":[]}"#,
            r#"{"fixes":[NaN]}"#,
            r#"{"fixes":[{]}"#,
            r#"{"fixes":[{}]"#,
            r#"{"fixes":[]} x"#,
        ] {
            assert!(
                matches!(parse(bad.as_bytes()), Err(BatchError::Envelope(_))),
                "{bad}"
            );
        }
        assert!(matches!(
            parse(b"{\"fixes\":[\"\xff\"]}"),
            Err(BatchError::Envelope(_))
        ));
        let many = format!(r#"{{"fixes":[{}]}}"#, vec!["1"; MAX_FIXES + 1].join(","));
        assert_eq!(parse(many.as_bytes()), Err(BatchError::TooMany));
    }

    #[test]
    fn moments_are_cut_to_the_millisecond() {
        let body = format!(r#"{{"fixes":[{GOOD}]}}"#);
        let parsed = parse(body.as_bytes()).expect("right");
        let element = parsed[0].as_ref().expect("right");
        assert_eq!(element.claim.at.timestamp_subsec_nanos(), 123_000_000);
    }
}
