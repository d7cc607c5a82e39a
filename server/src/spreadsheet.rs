//! Tables as files for spreadsheets: CSV that Excel reads as UTF-8, and XLSX. A cell never becomes a formula.

pub mod read;

use rust_xlsxwriter::{Format, Workbook, XlsxError};

/// Excel takes a CSV file for UTF-8 only with this in front.
const BYTE_ORDER_MARK: &str = "\u{feff}";
/// What a spreadsheet takes for the beginning of a formula.
const FORMULA: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

/// Format of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileFormat {
    Csv,
    Xlsx,
}

impl FileFormat {
    /// The format with this word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        match word {
            "csv" => Some(Self::Csv),
            "xlsx" => Some(Self::Xlsx),
            _ => None,
        }
    }

    /// The format of this media type, parameters aside.
    #[must_use]
    pub fn of_media(media: &str) -> Option<Self> {
        let essence = media.split(';').next().unwrap_or_default().trim();
        [Self::Csv, Self::Xlsx].into_iter().find(|format| {
            let ours = format.media().0.split(';').next().unwrap_or_default();
            essence.eq_ignore_ascii_case(ours)
        })
    }

    /// Media type, and ending of the file's name.
    #[must_use]
    pub fn media(self) -> (&'static str, &'static str) {
        match self {
            Self::Csv => ("text/csv; charset=utf-8", "csv"),
            Self::Xlsx => (
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                "xlsx",
            ),
        }
    }
}

/// Why no file could be made.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    #[error("the CSV could not be written: {0}")]
    Csv(String),
    #[error("the XLSX could not be written: {0}")]
    Xlsx(#[from] XlsxError),
}

/// A cell of a table.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    Text(String),
    Number(f64),
    Empty,
}

/// A table with one line of headings.
#[derive(Debug)]
pub struct Table {
    pub title: String,
    /// Heading and width of each column, characters.
    pub columns: Vec<(&'static str, f64)>,
    /// Columns that stay in sight.
    pub frozen: u16,
    pub rows: Vec<Vec<Cell>>,
}

impl Table {
    /// The file of the table.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn file(&self, format: FileFormat) -> Result<Vec<u8>, WriteError> {
        match format {
            FileFormat::Csv => self.csv(),
            FileFormat::Xlsx => self.xlsx(),
        }
    }

    fn csv(&self) -> Result<Vec<u8>, WriteError> {
        let wrong = |error: csv::Error| WriteError::Csv(error.to_string());
        let mut writer = csv::WriterBuilder::new()
            .terminator(csv::Terminator::CRLF)
            .from_writer(BYTE_ORDER_MARK.as_bytes().to_vec());
        let headings = self.columns.iter().map(|(heading, _)| heading);
        writer.write_record(headings).map_err(wrong)?;
        for row in &self.rows {
            let cells = row.iter().map(|cell| match cell {
                Cell::Text(text) => inert(text),
                Cell::Number(number) => number.to_string(),
                Cell::Empty => String::new(),
            });
            writer.write_record(cells).map_err(wrong)?;
        }
        let bytes = writer.into_inner();
        bytes.map_err(|error| WriteError::Csv(error.to_string()))
    }

    fn xlsx(&self) -> Result<Vec<u8>, WriteError> {
        let mut workbook = Workbook::new();
        let sheet = workbook.add_worksheet();
        sheet.set_name(&self.title)?;
        sheet.set_freeze_panes(1, self.frozen)?;
        let bold = Format::new().set_bold();
        for (column, (heading, width)) in (0_u16..).zip(&self.columns) {
            sheet.write_string_with_format(0, column, *heading, &bold)?;
            sheet.set_column_width(column, *width)?;
        }
        for (line, row) in (1_u32..).zip(&self.rows) {
            for (column, cell) in (0_u16..).zip(row) {
                match cell {
                    Cell::Text(text) => sheet.write_string(line, column, text.as_str())?,
                    Cell::Number(number) => sheet.write_number(line, column, *number)?,
                    Cell::Empty => continue,
                };
            }
        }
        Ok(workbook.save_to_buffer()?)
    }
}

/// Text that no spreadsheet takes for a formula; [`plain`] gives it back.
fn inert(text: &str) -> String {
    if text.trim_start_matches('\'').starts_with(FORMULA) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

/// The text of a cell that [`inert`] wrote; other text is left as it is.
#[must_use]
pub fn plain(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(text) if text.trim_start_matches('\'').starts_with(FORMULA) => text,
        _ => cell,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(text: &str) -> Table {
        Table {
            title: "t".to_owned(),
            columns: vec![("a", 10.0), ("b", 10.0)],
            frozen: 1,
            rows: vec![vec![Cell::Text(text.to_owned()), Cell::Number(-0.5)]],
        }
    }

    #[test]
    fn no_cell_is_a_formula_and_all_read_back() {
        for text in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "＝1", "'=1", "''-1"] {
            assert!(inert(text).starts_with('\''), "{text}");
            assert_eq!(plain(&inert(text)), text);
        }
        for text in [">=0.95", "院前", "", "SZ-27", "'tis", "'"] {
            assert_eq!(inert(text), text);
            assert_eq!(plain(text), text);
        }
        let bytes = table("=HYPERLINK(\"http://x\")").file(FileFormat::Csv);
        let text = String::from_utf8(bytes.unwrap()).unwrap();
        assert!(text.starts_with(BYTE_ORDER_MARK));
        let line = text.lines().nth(1).unwrap();
        assert_eq!(line, "\"'=HYPERLINK(\"\"http://x\"\")\",-0.5");
    }

    #[test]
    fn a_workbook_reads_back() {
        let bytes = table("=1").file(FileFormat::Xlsx).unwrap();
        let rows = read::xlsx(&bytes).unwrap();
        assert_eq!(rows[0], (1, vec!["a".to_owned(), "b".to_owned()]));
        assert_eq!(rows[1], (2, vec!["=1".to_owned(), "-0.5".to_owned()]));
    }

    #[test]
    fn media_types_are_known_whatever_their_parameters() {
        assert_eq!(
            FileFormat::of_media("Text/CSV; charset=UTF-8"),
            Some(FileFormat::Csv)
        );
        assert_eq!(FileFormat::of_media("application/json"), None);
    }
}
