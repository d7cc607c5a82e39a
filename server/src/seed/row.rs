//! Reads what a row states: a registration in its JSON form, or a lot; names the column that is wrong.

use chiyuan_core::{EntityId, Kind, registry::Registration, stockpile::Lot};
use serde_json::{Map, Number, Value};

use super::{
    fault::{FaultCode, Faults, Place},
    read::RawRow,
    sheet::{Cell, Column, Sheet, Subject},
};

/// Columns that the files have beyond the fields of a registration.
const BESIDE: [&str; 3] = ["centre", "held", "stockpile_id"];

const EMPTY: &str = "may not be empty";

/// A resource as its row states it.
#[derive(Debug, Clone)]
pub struct Row {
    pub place: Place,
    pub kind: Kind,
    pub id: EntityId,
    /// The centre that the file states; empty in the catalogue.
    pub centre: String,
    pub registration: Registration,
}

/// A lot as its row states it.
#[derive(Debug, Clone)]
pub struct LotRow {
    pub place: Place,
    pub stockpile_id: String,
    pub lot: Lot,
}

/// A row that was read.
#[derive(Debug, Clone)]
pub enum Stated {
    Resource(Box<Row>),
    Lot(LotRow),
}

/// What a row states; adds a fault for every column that is wrong.
pub fn read(raw: &RawRow, faults: &mut Faults) -> Option<Stated> {
    let cell = |name: &str| {
        let columns = raw.sheet.columns.iter().zip(&raw.cells);
        columns
            .into_iter()
            .find(|(column, _)| column.name == name)
            .map_or("", |(_, cell)| cell)
    };
    let before = faults.count();
    for name in ["id", "centre", "stockpile_id"] {
        let has = raw.sheet.columns.iter().any(|column| column.name == name);
        if has && cell(name).is_empty() {
            faults.add(&raw.place, name, FaultCode::Empty, EMPTY);
        }
    }
    if !matches!(cell("held"), "" | "0") {
        let detail = "only holds make it; leave it 0";
        faults.add(&raw.place, "held", FaultCode::Malformed, detail);
    }
    let fields = fields(raw, faults)?;
    let stated = match raw.sheet.subject {
        Subject::Lot => lot(fields).map(|lot| {
            Stated::Lot(LotRow {
                place: raw.place.clone(),
                stockpile_id: cell("stockpile_id").to_owned(),
                lot,
            })
        }),
        Subject::Resource(kind) => registration(kind, fields).map(|(id, registration)| {
            Stated::Resource(Box::new(Row {
                place: raw.place.clone(),
                kind,
                id,
                centre: cell("centre").to_owned(),
                registration,
            }))
        }),
    };
    match stated {
        Ok(stated) => (faults.count() == before).then_some(stated),
        Err(_) if faults.count() > before => None,
        Err(detail) => {
            blame(raw, &detail, faults);
            None
        }
    }
}

/// The fields of a row as JSON; empty cells are left out.
fn fields(raw: &RawRow, faults: &mut Faults) -> Option<Map<String, Value>> {
    let mut fields = Map::new();
    let mut whole = true;
    for (column, text) in raw.sheet.columns.iter().zip(&raw.cells) {
        match value(column, text) {
            Ok(Some(value)) => {
                fields.insert(column.name.to_owned(), value);
            }
            Ok(None) => {}
            Err(detail) => {
                whole = false;
                faults.add(&raw.place, column.name, FaultCode::Malformed, detail);
            }
        }
    }
    whole.then_some(fields)
}

fn value(column: &Column, text: &str) -> Result<Option<Value>, String> {
    Ok(match column.cell {
        _ if text.is_empty() => None,
        Cell::Text => Some(text.into()),
        Cell::Number => Some(Value::Number(number(text)?)),
        Cell::List => Some(
            text.split(';')
                .map(|word| Value::from(word.trim()))
                .collect(),
        ),
        Cell::Crew => Some(text.split(';').zip(1..).map(member).collect()),
        Cell::Flag => match text {
            "true" | "TRUE" => Some(true.into()),
            "false" | "FALSE" => Some(false.into()),
            _ => {
                return Err(format!(
                    "`{}` is neither true nor false",
                    text.escape_debug()
                ));
            }
        },
    })
}

/// One of a crew; without a staff number of his own he is counted.
fn member((text, number): (&str, u32)) -> Value {
    let (role, staff) = match text.trim().split_once(':') {
        Some((role, staff)) => (role, staff.to_owned()),
        None => (text.trim(), format!("demo-{number}")),
    };
    serde_json::json!({"role": role, "staff": staff})
}

fn number(text: &str) -> Result<Number, String> {
    let wrong = || format!("`{}` is no number", text.escape_debug());
    if let Ok(whole) = text.parse::<i64>() {
        return Ok(whole.into());
    }
    let float: f64 = text.parse().map_err(|_| wrong())?;
    Number::from_f64(float).ok_or_else(wrong)
}

fn registration(
    kind: Kind,
    mut fields: Map<String, Value>,
) -> Result<(EntityId, Registration), String> {
    for name in BESIDE {
        fields.remove(name);
    }
    fields.insert("kind".to_owned(), kind.as_str().into());
    let registration = Registration::try_from(fields)?;
    let id = registration.id.clone().ok_or("id: may not be empty")?;
    Ok((id, registration))
}

fn lot(mut fields: Map<String, Value>) -> Result<Lot, String> {
    fields.remove("stockpile_id");
    // The source of a lot is for the reader of the file; the rules do not keep it.
    fields.remove("source");
    serde_json::from_value(Value::Object(fields)).map_err(|error| error.to_string())
}

/// Finds the wrong columns: each value alone is put into a row that is right.
fn blame(raw: &RawRow, detail: &str, faults: &mut Faults) {
    let sheet = raw.sheet;
    let mut found = false;
    for (column, text) in sheet.columns.iter().zip(&raw.cells) {
        // A place may be left out, but only as a whole.
        if text.is_empty() && ["lon", "lat"].contains(&column.name) {
            continue;
        }
        let mut trial = sample(sheet);
        trial.remove(column.name);
        if let Ok(Some(value)) = value(column, text) {
            trial.insert(column.name.to_owned(), value);
        }
        let outcome = match sheet.subject {
            Subject::Lot => lot(trial).map(drop),
            Subject::Resource(kind) => registration(kind, trial).map(drop),
        };
        if let Err(detail) = outcome {
            found = true;
            let detail = clean(&detail, column.name);
            let code = if detail == EMPTY {
                FaultCode::Empty
            } else {
                FaultCode::Malformed
            };
            faults.add(&raw.place, column.name, code, detail);
        }
    }
    if !found {
        faults.add(&raw.place, "", FaultCode::Malformed, detail);
    }
}

/// The detail without the name of the column, which stands before it anyway.
fn clean(detail: &str, column: &str) -> String {
    if detail.starts_with("missing field") {
        return EMPTY.to_owned();
    }
    detail
        .strip_prefix(&format!("{column}: "))
        .unwrap_or(detail)
        .to_owned()
}

fn sample(sheet: &Sheet) -> Map<String, Value> {
    let value = |column: &Column| value(column, column.sample).ok().flatten();
    sheet
        .columns
        .iter()
        .filter_map(|column| Some((column.name.to_owned(), value(column)?)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::seed::sheet::{FOLDER, ITEMS};

    /// The faults of the sample row of a sheet with some cells replaced.
    fn faults_of(file: &str, replaced: &[(&str, &str)]) -> Vec<String> {
        let sheet = FOLDER
            .iter()
            .chain([&ITEMS])
            .find(|sheet| sheet.file == file)
            .unwrap();
        let cell = |column: &Column| {
            let other = replaced.iter().find(|(name, _)| *name == column.name);
            other.map_or(column.sample, |(_, text)| text).to_owned()
        };
        let raw = RawRow {
            place: Place {
                file: file.into(),
                line: 17,
            },
            sheet,
            cells: sheet.columns.iter().map(cell).collect(),
        };
        let mut faults = Faults::default();
        let stated = read(&raw, &mut faults);
        assert_eq!(stated.is_some(), faults.is_empty());
        faults.list().iter().map(ToString::to_string).collect()
    }

    #[test]
    fn every_sample_is_right() {
        for sheet in FOLDER.iter().chain([&ITEMS]) {
            assert_eq!(
                faults_of(sheet.file, &[]),
                Vec::<String>::new(),
                "{}",
                sheet.file
            );
        }
    }

    #[test]
    fn a_wrong_cell_is_named() {
        for (file, replaced, wanted) in [
            (
                "ambulances.csv",
                &[("class", "E")][..],
                &["class: unknown variant `E`, expected one of"][..],
            ),
            (
                "ambulances.csv",
                &[("status", "asleep"), ("class", "")],
                &[
                    "class: may not be empty",
                    "status: unknown variant `asleep`",
                ],
            ),
            (
                "ambulances.csv",
                &[("id", "AMB 1")],
                &["id: an id has 1 to 64"],
            ),
            ("ambulances.csv", &[("id", "")], &["id: may not be empty"]),
            (
                "ambulances.csv",
                &[("lon", "")],
                &["lon and lat come together"],
            ),
            (
                "ambulances.csv",
                &[("lon", "481")],
                &["lon: longitude must lie in"],
            ),
            (
                "ambulances.csv",
                &[("lon", "east")],
                &["lon: `east` is no number"],
            ),
            (
                "ambulances.csv",
                &[("jurisdiction", "朔州")],
                &["jurisdiction: a division code has six digits"],
            ),
            ("facilities.csv", &[("lon", ""), ("lat", "")], &[]),
            (
                "facilities.csv",
                &[("authorised_beds", "12.5")],
                &["authorised_beds: invalid type: floating point"],
            ),
            (
                "facilities.csv",
                &[("authorised_beds", "-1")],
                &["authorised_beds: invalid value: integer `-1`"],
            ),
            (
                "teams.csv",
                &[("members", "inf")],
                &["members: `inf` is no number"],
            ),
            (
                "bed_pools.csv",
                &[("held", "2")],
                &["held: only holds make it"],
            ),
            (
                "lots.csv",
                &[("per_day", "yes")],
                &["per_day: `yes` is neither"],
            ),
            ("lots.csv", &[("expiry", "31/12/2027")], &["expiry: "]),
            (
                "lots.csv",
                &[("stockpile_id", "")],
                &["stockpile_id: may not be empty"],
            ),
            (
                "norms.csv",
                &[("operator", ">")],
                &["operator: unknown variant `>`"],
            ),
            (
                "norms.csv",
                &[("source_row", "")],
                &["source_row: may not be empty"],
            ),
            (
                "items.csv",
                &[("name", "a\u{202e}b")],
                &["name: the text has a control"],
            ),
        ] {
            let faults = faults_of(file, replaced);
            assert_eq!(faults.len(), wanted.len(), "{replaced:?}: {faults:?}");
            for (fault, wanted) in faults.iter().zip(wanted) {
                let start = format!("{file}:17: {wanted}");
                assert!(
                    fault.starts_with(&start),
                    "{fault} does not start with {start}"
                );
            }
        }
    }
}
