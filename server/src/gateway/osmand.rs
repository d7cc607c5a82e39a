//! The OsmAnd protocol: query or form parameters, or the JSON of newer clients. Speed is in knots there.

use std::collections::HashMap;

use chiyuan_core::Timestamp;
use chrono::{DateTime, NaiveDateTime, Utc};
use serde::Deserialize;

use super::{
    elements::Element,
    plausibility::{Claim, Code},
};

/// Largest body, bytes.
pub const MAX_BODY: usize = 64 * 1024;
/// Metres a second in a knot.
const KNOT_MPS: f64 = 1_852.0 / 3_600.0;
/// Timestamps below are seconds, above milliseconds.
const SECONDS_BELOW: i64 = 1 << 31;

/// A message as it was sent.
#[derive(Debug)]
pub struct Message {
    /// The token, if the client could not send it as a header. Never logged.
    pub token: Option<String>,
    id: Option<String>,
    fix: Result<Option<RawFix>, String>,
}

#[derive(Debug, Default, Clone)]
struct RawFix {
    at: Option<Timestamp>,
    lon: f64,
    lat: f64,
    speed_mps: Option<f64>,
    heading_deg: Option<f64>,
    accuracy_m: Option<f64>,
}

/// Whether sending such a fix again can never help. Phones send a fix until it is taken, so refusing these with an
/// error would stop a phone for good at one old fix of its buffer.
#[must_use]
pub fn hopeless(code: Code) -> bool {
    matches!(code, Code::Repeat | Code::TooOld | Code::Jump)
}

/// Reads a message; what is wrong with it comes out when its fix is asked for.
#[must_use]
pub fn read(query: &str, body: &[u8], json: bool) -> Message {
    let mut parameters = pairs(query);
    if !json {
        parameters.extend(std::str::from_utf8(body).map(pairs).unwrap_or_default());
    }
    let token = parameters.remove("token").filter(|t| !t.is_empty());
    if json && !body.is_empty() {
        let (id, fix) = read_json(body);
        return Message { token, id, fix };
    }
    Message {
        token,
        id: parameters
            .remove("id")
            .or_else(|| parameters.remove("deviceid")),
        fix: fix_of_parameters(&parameters),
    }
}

impl Message {
    /// The fix of a message, about the named unit or the token's own.
    ///
    /// # Errors
    /// What cannot be read.
    pub fn element(&self, own: Option<&str>, now: Timestamp) -> Result<Element, String> {
        let unit = self.id.as_deref().filter(|id| !id.is_empty()).or(own);
        let unit = unit.ok_or("id is missing")?;
        let fix = self.fix.clone()?.ok_or("lat and lon are missing")?;
        Ok(Element {
            unit_id: unit.to_owned(),
            claim: Claim {
                at: crate::time::millis(fix.at.unwrap_or(now)),
                lon: fix.lon,
                lat: fix.lat,
                speed_mps: fix.speed_mps,
                heading_deg: fix.heading_deg,
                accuracy_m: fix.accuracy_m,
            },
            source: None,
        })
    }
}

fn pairs(text: &str) -> HashMap<String, String> {
    actix_web::web::Query::<Vec<(String, String)>>::from_query(text)
        .map(|pairs| pairs.into_inner().into_iter().collect())
        .unwrap_or_default()
}

fn fix_of_parameters(parameters: &HashMap<String, String>) -> Result<Option<RawFix>, String> {
    let get = |name: &str| parameters.get(name).map(|value| value.trim());
    let number = |name: &str| get(name).map(|value| parse_number(name, value)).transpose();
    if get("valid").is_some_and(|valid| matches!(valid, "false" | "0")) {
        return Err("the receiver has no position".to_owned());
    }
    let (lat, lon) = match get("location").and_then(|both| both.split_once(',')) {
        Some((lat, lon)) => (
            Some(parse_number("location", lat.trim())?),
            Some(parse_number("location", lon.trim())?),
        ),
        None => (number("lat")?, number("lon")?),
    };
    let (Some(lat), Some(lon)) = (lat, lon) else {
        return Ok(None);
    };
    let heading = match number("bearing")? {
        Some(bearing) => Some(bearing),
        None => number("heading")?,
    };
    Ok(Some(RawFix {
        at: get("timestamp").map(moment).transpose()?,
        lon,
        lat,
        speed_mps: known(number("speed")?).map(|knots| knots * KNOT_MPS),
        heading_deg: known(heading),
        accuracy_m: known(number("accuracy")?),
    }))
}

fn parse_number(name: &str, value: &str) -> Result<f64, String> {
    value.parse().map_err(|_| format!("{name} is no number"))
}

/// Clients say -1 for what they do not know.
fn known(value: Option<f64>) -> Option<f64> {
    value.filter(|value| *value >= 0.0 || value.is_nan())
}

/// Seconds, milliseconds, ISO 8601, or `yyyy-MM-dd HH:mm:ss` in UTC.
fn moment(text: &str) -> Result<Timestamp, String> {
    let wrong = || "timestamp is no moment".to_owned();
    if let Ok(number) = text.parse::<i64>() {
        let at = if number < SECONDS_BELOW {
            DateTime::from_timestamp(number, 0)
        } else {
            DateTime::from_timestamp_millis(number)
        };
        return at.ok_or_else(wrong);
    }
    if let Ok(at) = DateTime::parse_from_rfc3339(text) {
        return Ok(at.with_timezone(&Utc));
    }
    NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M:%S")
        .map(|at| at.and_utc())
        .map_err(|_| wrong())
}

#[derive(Deserialize)]
struct JsonMessage {
    device_id: Option<String>,
    location: Option<JsonLocation>,
}

#[derive(Deserialize)]
struct JsonLocation {
    timestamp: Option<serde_json::Value>,
    coords: Option<JsonCoords>,
}

#[derive(Deserialize)]
struct JsonCoords {
    latitude: f64,
    longitude: f64,
    accuracy: Option<f64>,
    /// Metres a second, unlike the parameter.
    speed: Option<f64>,
    heading: Option<f64>,
}

fn read_json(body: &[u8]) -> (Option<String>, Result<Option<RawFix>, String>) {
    match serde_json::from_slice::<JsonMessage>(body) {
        Ok(message) => (message.device_id, fix_of_json(message.location)),
        Err(error) => (None, Err(error.to_string())),
    }
}

fn fix_of_json(location: Option<JsonLocation>) -> Result<Option<RawFix>, String> {
    let Some(location) = location else {
        return Ok(None);
    };
    let at = match location.timestamp {
        None | Some(serde_json::Value::Null) => None,
        Some(serde_json::Value::String(text)) => Some(moment(&text)?),
        Some(other) => Some(moment(&other.to_string())?),
    };
    Ok(location.coords.map(|coords| RawFix {
        at,
        lon: coords.longitude,
        lat: coords.latitude,
        speed_mps: known(coords.speed),
        heading_deg: known(coords.heading),
        accuracy_m: known(coords.accuracy),
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> Timestamp {
        DateTime::from_timestamp(1_795_000_000, 0).expect("a moment")
    }

    #[test]
    fn parameters_and_json_give_the_same_fix() {
        let queries = [
            "id=amb-1&lat=39.3&lon=112.4&timestamp=1795000000&speed=10&bearing=90&accuracy=5&token=t",
            "deviceid=amb-1&location=39.3,112.4&timestamp=1795000000000&speed=10&heading=90&accuracy=5&token=t&batt=80",
            "id=amb-1&lat=39.3&lon=112.4&timestamp=2026-11-18T11:06:40Z&speed=10&bearing=90&accuracy=5&token=t",
            "id=amb-1&lat=39.3&lon=112.4&timestamp=2026-11-18%2011:06:40&speed=10&bearing=90&accuracy=5&token=t",
        ];
        let json = br#"{"device_id":"amb-1","location":{"timestamp":"2026-11-18T11:06:40.000Z","is_moving":true,
            "coords":{"latitude":39.3,"longitude":112.4,"accuracy":5,"speed":5.144444444444445,"heading":90,"altitude":1}}}"#;
        let expected = Element {
            unit_id: "amb-1".to_owned(),
            claim: Claim {
                at: now(),
                lon: 112.4,
                lat: 39.3,
                speed_mps: Some(10.0 * KNOT_MPS),
                heading_deg: Some(90.0),
                accuracy_m: Some(5.0),
            },
            source: None,
        };
        for query in queries {
            let message = read(query, b"", false);
            assert_eq!(message.token.as_deref(), Some("t"));
            assert_eq!(
                message.element(None, now()),
                Ok(expected.clone()),
                "{query}"
            );
            let form = read("", query.as_bytes(), false);
            assert_eq!(form.element(None, now()), Ok(expected.clone()));
        }
        let message = read("token=t", json, true);
        assert_eq!(message.token.as_deref(), Some("t"));
        assert_eq!(message.element(None, now()), Ok(expected));
    }

    #[test]
    fn what_is_missing_is_filled_or_said() {
        let element = read("lat=39.3&lon=112.4&speed=-1", b"", false).element(Some("amb-1"), now());
        let element = element.expect("own unit, present moment");
        assert_eq!(element.claim.at, now());
        assert_eq!(element.claim.speed_mps, None);
        for bad in [
            "lat=39.3&lon=112.4",
            "id=amb-1&lat=39.3",
            "id=amb-1&lat=x&lon=112.4",
            "id=amb-1&lat=39.3&lon=112.4&timestamp=soon",
            "id=amb-1&lat=39.3&lon=112.4&valid=false",
        ] {
            assert!(read(bad, b"", false).element(None, now()).is_err(), "{bad}");
        }
        assert!(read("", b"{", true).element(Some("amb-1"), now()).is_err());
    }
}
