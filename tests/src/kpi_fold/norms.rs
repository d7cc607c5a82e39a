//! Whether a share meets the norm of its place, in whole numbers.

use serde_json::Value;

use super::{Asked, Record};

/// `met near missed none` of a share, as the norm of the place (else of its city) has it.
pub(super) fn state(
    record: &Record,
    key: &str,
    counted: i64,
    total: i64,
    asked: Asked<'_>,
) -> &'static str {
    let Some(norm) = asked
        .place
        .and_then(|place| of(record, key, place, asked.to))
    else {
        return "none";
    };
    if total == 0 {
        return "none";
    }
    assert_eq!(
        (&norm["operator"], &norm["unit"]),
        (&">=".into(), &"percent".into())
    );
    let percent = norm["value"].as_f64().expect("a value");
    let reaches = |percent: f64| counted as f64 * 100.0 >= percent * total as f64 - 1e-6;
    match (reaches(percent), reaches(percent - 2.0)) {
        (true, _) => "met",
        (false, true) => "near",
        (false, false) => "missed",
    }
}

fn of<'r>(record: &'r Record, key: &str, place: &str, to: i64) -> Option<&'r Value> {
    let (norm_key, base) = match key {
        "turnout_3min" => ("turnout_3min", Some("tasks:order_received")),
        "turnout_3min_order" => ("turnout_3min", Some("tasks:order_sent")),
        other => (other, None),
    };
    let last_day = chrono::DateTime::from_timestamp_millis(to - 1 + 8 * 3_600_000)
        .expect("a moment")
        .date_naive()
        .to_string();
    let fits = |norm: &&Value| {
        norm["key"] == norm_key
            && base.is_none_or(|base| norm["base"] == base)
            && norm["valid_from"]
                .as_str()
                .is_none_or(|from| from <= last_day.as_str())
            && norm["valid_to"]
                .as_str()
                .is_none_or(|to| to >= last_day.as_str())
    };
    let of_place = |place: &str| {
        record
            .all("norm")
            .map(|(_, norm)| norm)
            .filter(fits)
            .find(|norm| norm["place"] == place)
    };
    let parent = record
        .all("jurisdiction")
        .find(|(_, j)| j["code"] == place)
        .and_then(|(_, j)| j["parent"].as_str());
    of_place(place).or_else(|| parent.and_then(of_place))
}
