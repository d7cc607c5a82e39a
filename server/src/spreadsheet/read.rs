//! Reads the first sheet of a workbook as text, within limits that a hostile file cannot pass.

use std::io::{Cursor, Read};

use calamine::{DataRef, Reader, Xlsx};

/// Most bytes that the parts of a workbook may have unpacked, together.
pub const MAX_UNPACKED: u64 = 128 * 1024 * 1024;
/// Most parts of a workbook.
const MAX_PARTS: usize = 512;
/// Most columns that are looked at.
const MAX_COLUMNS: u32 = 256;
/// Most rows that are looked at.
const MAX_ROWS: u32 = 200_001;
/// Most cells with something in them.
const MAX_CELLS: usize = 4_000_000;

/// Why a workbook was not read.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    #[error("the file is no workbook (.xlsx), or is damaged")]
    Damaged,
    #[error("the workbook is too large")]
    TooLarge,
    #[error("the workbook has no sheet")]
    NoSheet,
}

/// A line and its cells.
pub type Line = (u64, Vec<String>);

/// The lines of the first sheet that are not empty.
///
/// # Errors
/// [`ReadError`].
pub fn xlsx(bytes: &[u8]) -> Result<Vec<Line>, ReadError> {
    weigh(bytes)?;
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|_| ReadError::Damaged)?;
    let names = workbook.sheet_names();
    let name = names.first().ok_or(ReadError::NoSheet)?.clone();
    let mut cells = workbook
        .worksheet_cells_reader(&name)
        .map_err(|_| ReadError::Damaged)?;
    let mut lines: Vec<Line> = Vec::new();
    let mut seen = 0;
    while let Some(cell) = cells.next_cell().map_err(|_| ReadError::Damaged)? {
        let (row, column) = cell.get_position();
        let text = text(cell.get_value());
        if text.is_empty() {
            continue;
        }
        seen += 1;
        if row >= MAX_ROWS || column >= MAX_COLUMNS || seen > MAX_CELLS {
            return Err(ReadError::TooLarge);
        }
        let line = u64::from(row) + 1;
        match lines.last() {
            Some((last, _)) if *last == line => {}
            Some((last, _)) if *last > line => return Err(ReadError::Damaged),
            _ => lines.push((line, Vec::new())),
        }
        if let Some((_, cells)) = lines.last_mut() {
            let column = usize::try_from(column).unwrap_or(0);
            if cells.len() <= column {
                cells.resize(column + 1, String::new());
            }
            cells[column] = text;
        }
    }
    Ok(lines)
}

/// Unpacks every part once into nothing: what a part says of its own size is not believed.
fn weigh(bytes: &[u8]) -> Result<(), ReadError> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|_| ReadError::Damaged)?;
    if archive.len() > MAX_PARTS {
        return Err(ReadError::TooLarge);
    }
    let mut left = MAX_UNPACKED;
    for index in 0..archive.len() {
        let part = archive.by_index(index).map_err(|_| ReadError::Damaged)?;
        let unpacked = std::io::copy(&mut part.take(left + 1), &mut std::io::sink())
            .map_err(|_| ReadError::Damaged)?;
        left = left.checked_sub(unpacked).ok_or(ReadError::TooLarge)?;
    }
    Ok(())
}

fn text(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Empty => String::new(),
        DataRef::String(text) => text.trim().to_owned(),
        DataRef::SharedString(text) => text.trim().to_owned(),
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number.to_string(),
        DataRef::Bool(flag) => flag.to_string(),
        DataRef::DateTime(moment) => moment
            .as_datetime()
            .map(|moment| moment.date().to_string())
            .unwrap_or_default(),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::Error(error) => format!("#{error:?}"),
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use zip::write::SimpleFileOptions;

    use super::*;

    /// A zip file with one part of so many zero bytes.
    fn bomb(size: usize) -> Vec<u8> {
        let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
        let options =
            SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
        writer
            .start_file("xl/worksheets/sheet1.xml", options)
            .unwrap();
        let block = vec![0; 1 << 20];
        for _ in 0..size >> 20 {
            writer.write_all(&block).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    #[test]
    fn what_is_no_workbook_is_refused() {
        for bytes in [&b""[..], b"PK\x03\x04", b"id,name\n1,2\n", &[0xff; 64]] {
            assert_eq!(xlsx(bytes), Err(ReadError::Damaged));
        }
        assert_eq!(xlsx(&bomb(1 << 20)), Err(ReadError::Damaged));
    }

    #[test]
    fn a_bomb_is_not_unpacked() {
        let bytes = bomb(usize::try_from(MAX_UNPACKED).unwrap() + (4 << 20));
        assert!(bytes.len() < 1 << 20, "{}", bytes.len());
        assert_eq!(xlsx(&bytes), Err(ReadError::TooLarge));
    }
}
