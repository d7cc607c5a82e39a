//! Reads the files of a seed folder into cells, within limits; says nothing yet of what the cells mean.

use std::{path::Path, sync::Arc};

use super::{
    fault::{FaultCode, Faults, Place},
    sheet::{Cell, FOLDER, ITEMS, JURISDICTIONS, Sheet},
};
use crate::spreadsheet::{plain, read::Line};

/// Largest file, bytes.
pub const MAX_FILE: u64 = 20 * 1024 * 1024;
/// Most rows of all files together.
pub const MAX_ROWS: usize = 200_000;
/// Most folders.
const MAX_FOLDERS: usize = 1_000;

/// One row as it stands in its file.
#[derive(Debug, Clone)]
pub struct RawRow {
    pub place: Place,
    pub sheet: &'static Sheet,
    /// In the order of the sheet's columns, without surrounding blanks.
    pub cells: Vec<String>,
}

/// Every row of a seed folder, or of the folder of one jurisdiction; faults of reading are added to `faults`.
///
/// # Errors
/// If the folder itself cannot be read.
pub fn folder(dir: &Path, faults: &mut Faults) -> std::io::Result<Vec<RawRow>> {
    let mut rows = Vec::new();
    let single = dir.join(JURISDICTIONS).is_file();
    // The folder of one jurisdiction beside others uses their common catalogue.
    let catalogue = [dir.join(ITEMS.file), dir.join("..").join(ITEMS.file)]
        .into_iter()
        .take(if single { 2 } else { 1 })
        .find(|path| path.is_file());
    if let Some(path) = catalogue {
        sheet(&path, &ITEMS, &mut rows, faults);
    }
    if single {
        jurisdiction(dir, &mut rows, faults);
        return Ok(rows);
    }
    let mut folders = Vec::new();
    for entry in std::fs::read_dir(dir)? {
        let path = entry?.path();
        if path.join(JURISDICTIONS).is_file() {
            folders.push(path);
        }
    }
    folders.sort();
    let whole = place(dir);
    if folders.is_empty() {
        faults.add(
            &whole,
            "",
            FaultCode::Unreadable,
            format!("no folder with a {JURISDICTIONS} here"),
        );
    }
    if folders.len() > MAX_FOLDERS {
        faults.add(
            &whole,
            "",
            FaultCode::TooMany,
            format!("more than {MAX_FOLDERS} folders"),
        );
    }
    for folder in folders.iter().take(MAX_FOLDERS) {
        jurisdiction(folder, &mut rows, faults);
    }
    Ok(rows)
}

fn jurisdiction(dir: &Path, rows: &mut Vec<RawRow>, faults: &mut Faults) {
    for kind in FOLDER {
        let path = dir.join(kind.file);
        if path.exists() {
            sheet(&path, kind, rows, faults);
        }
    }
}

fn place(path: &Path) -> Place {
    Place {
        file: path.display().to_string().into(),
        line: 0,
    }
}

fn sheet(path: &Path, sheet: &'static Sheet, rows: &mut Vec<RawRow>, faults: &mut Faults) {
    let whole = place(path);
    let read = std::fs::metadata(path).and_then(|metadata| {
        if metadata.len() > MAX_FILE {
            return Err(std::io::Error::other(format!(
                "larger than {MAX_FILE} bytes"
            )));
        }
        std::fs::read(path)
    });
    match read {
        Ok(bytes) => parse(&whole.file, &bytes, sheet, rows, faults),
        Err(error) => faults.add(&whole, "", FaultCode::Unreadable, error.to_string()),
    }
}

/// The rows of one file's bytes, written as CSV.
pub fn parse(
    file: &Arc<str>,
    bytes: &[u8],
    sheet: &'static Sheet,
    rows: &mut Vec<RawRow>,
    faults: &mut Faults,
) {
    let at = |line: u64| Place {
        file: Arc::clone(file),
        line,
    };
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    if let Err(error) = std::str::from_utf8(bytes) {
        let before = bytes
            .iter()
            .take(error.valid_up_to())
            .filter(|byte| **byte == b'\n')
            .count();
        let line = u64::try_from(before).unwrap_or(0) + 1;
        let detail = "not UTF-8; save the file as CSV UTF-8";
        return faults.add(&at(line), "", FaultCode::Unreadable, detail);
    }
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .trim(csv::Trim::All)
        .from_reader(bytes);
    let mut lines = Vec::new();
    for record in reader.records() {
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                return faults.add(&at(0), "", FaultCode::Unreadable, error.to_string());
            }
        };
        let line = record
            .position()
            .map_or(0, |position| line_of(bytes, position));
        let cells = record.iter().map(|cell| plain(cell).to_owned());
        lines.push((line, cells.collect()));
        if lines.len() > MAX_ROWS + 1 {
            break;
        }
    }
    table(file, lines, sheet, rows, faults);
}

/// The rows of a table whose first line names the columns.
pub fn table(
    file: &Arc<str>,
    lines: Vec<Line>,
    sheet: &'static Sheet,
    rows: &mut Vec<RawRow>,
    faults: &mut Faults,
) {
    let at = |line: u64| Place {
        file: Arc::clone(file),
        line,
    };
    let mut lines = lines.into_iter();
    let (_, header) = lines.next().unwrap_or_default();
    let order = match order(&header, sheet) {
        Ok(order) => order,
        Err(detail) => return faults.add(&at(1), "", FaultCode::Columns, detail),
    };
    for (line, cells) in lines {
        let place = at(line);
        if rows.len() == MAX_ROWS {
            let detail = format!("more than {MAX_ROWS} rows");
            return faults.add(&place, "", FaultCode::TooMany, detail);
        }
        if cells.len() != header.len() {
            let detail = format!("{} cells, but {} columns", cells.len(), header.len());
            faults.add(&place, "", FaultCode::Width, detail);
            continue;
        }
        let cells = order
            .iter()
            .map(|index| index.map_or(String::new(), |index| cells[index].clone()))
            .collect();
        rows.push(RawRow {
            place,
            sheet,
            cells,
        });
    }
}

/// The line in which a record starts; the reader's position is before the empty lines that it skips.
fn line_of(bytes: &[u8], position: &csv::Position) -> u64 {
    let start = usize::try_from(position.byte()).unwrap_or(usize::MAX);
    let skipped = bytes
        .iter()
        .skip(start)
        .take_while(|byte| matches!(byte, b'\n' | b'\r'));
    position.line() + skipped.map(|byte| u64::from(*byte == b'\n')).sum::<u64>()
}

/// Where each column of the sheet stands in the file; optional ones may be left out.
fn order(header: &[String], sheet: &Sheet) -> Result<Vec<Option<usize>>, String> {
    for (index, name) in header.iter().enumerate() {
        if !sheet.columns.iter().any(|column| column.name == *name) {
            return Err(format!("unknown column `{}`", name.escape_debug()));
        }
        if header.iter().take(index).any(|other| other == name) {
            return Err(format!("column `{name}` stands twice"));
        }
    }
    let find = |name: &str| header.iter().position(|other| other == name);
    sheet
        .columns
        .iter()
        .map(|column| match find(column.name) {
            None if column.cell != Cell::Crew => {
                Err(format!("column `{}` is missing", column.name))
            }
            found => Ok(found),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lots(text: &[u8]) -> (Vec<RawRow>, Vec<String>) {
        let sheet = FOLDER
            .iter()
            .find(|sheet| sheet.file == "lots.csv")
            .unwrap();
        let (mut rows, mut faults) = (Vec::new(), Faults::default());
        parse(&"lots.csv".into(), text, sheet, &mut rows, &mut faults);
        (
            rows,
            faults.list().iter().map(ToString::to_string).collect(),
        )
    }

    const HEADER: &str = "id,stockpile_id,item_id,quantity,unit,expiry,per_day,source\n";

    #[test]
    fn rows_know_their_lines() {
        let text = format!(
            "{HEADER}l-1,s-1,i-1,5,\"只\n大\",,false,demo\n\nl-2 , s-1,i-1,5,只,,false,demo\n"
        );
        let (rows, faults) = lots(text.as_bytes());
        assert_eq!(faults, Vec::<String>::new());
        let lines: Vec<_> = rows
            .iter()
            .map(|row| (row.place.line, row.cells[0].as_str()))
            .collect();
        assert_eq!(lines, [(2, "l-1"), (5, "l-2")]);
    }

    #[test]
    fn columns_may_stand_in_another_order_and_after_a_byte_order_mark() {
        let text = "\u{feff}source,id,stockpile_id,item_id,quantity,unit,expiry,per_day\ndemo,l-1,s-1,i-1,5,只,,false\n";
        let (rows, faults) = lots(text.as_bytes());
        assert_eq!(faults, Vec::<String>::new());
        assert_eq!(rows[0].cells[0], "l-1");
        assert_eq!(rows[0].cells[7], "demo");
    }

    #[test]
    fn what_cannot_be_read_is_told_with_its_line() {
        for (text, fault) in [
            ("id,colour\n".into(), "lots.csv:1: unknown column `colour`"),
            ("id,id\n".into(), "lots.csv:1: column `id` stands twice"),
            (
                "id,source\n".into(),
                "lots.csv:1: column `stockpile_id` is missing",
            ),
            (
                format!("{HEADER}l-1,s-1\n"),
                "lots.csv:2: 2 cells, but 8 columns",
            ),
        ] {
            assert_eq!(lots(text.as_bytes()).1, [fault], "{text}");
        }
        let mut gbk = format!("{HEADER}l-1,").into_bytes();
        gbk.extend([0xd6, 0xd0]);
        assert_eq!(
            lots(&gbk).1,
            ["lots.csv:2: not UTF-8; save the file as CSV UTF-8"]
        );
    }
}
