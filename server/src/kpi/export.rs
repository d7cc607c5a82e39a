//! A report as a table for spreadsheets: CSV that Excel reads as UTF-8, and XLSX. A cell never becomes a formula.

use rust_xlsxwriter::{Format, Workbook, XlsxError};

use super::{
    Amount, Kpi, Report,
    catalogue::{Basis, Unit},
    norm::State,
};

/// Excel takes a CSV file for UTF-8 only with this in front.
const BYTE_ORDER_MARK: &str = "\u{feff}";
const TITLE: &str = "院前急救指标";
const HEADINGS: [&str; 14] = [
    "指标代码",
    "指标",
    "英文名",
    "分子",
    "分母",
    "值",
    "单位",
    "要求",
    "依据",
    "状态",
    "统计时刻",
    "定义",
    "英文定义",
    "范围",
];
/// Widths of the columns, characters.
const WIDTHS: [f64; 14] = [
    22.0, 26.0, 30.0, 12.0, 10.0, 12.0, 6.0, 10.0, 10.0, 8.0, 16.0, 80.0, 80.0, 60.0,
];

/// Format of an exported file.
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
pub enum ExportError {
    #[error("the CSV could not be written: {0}")]
    Csv(String),
    #[error("the XLSX could not be written: {0}")]
    Xlsx(#[from] XlsxError),
}

enum Cell {
    Text(String),
    Number(f64),
    Empty,
}

impl Cell {
    fn amount(amount: Option<Amount>) -> Self {
        amount.map_or(Self::Empty, |amount| Self::Number(amount.number()))
    }
}

/// The file of a report.
///
/// # Errors
/// If it cannot be written.
pub fn file(report: &Report, format: FileFormat) -> Result<Vec<u8>, ExportError> {
    let rows: Vec<_> = report.kpis.iter().map(|kpi| row(report, kpi)).collect();
    match format {
        FileFormat::Csv => csv_file(&rows),
        FileFormat::Xlsx => xlsx_file(&rows),
    }
}

fn row(report: &Report, kpi: &Kpi) -> [Cell; 14] {
    let text = |text: &str| Cell::Text(text.to_owned());
    let norm = kpi.norm.as_ref();
    let asked = norm.map_or(Cell::Empty, |norm| {
        Cell::Text(format!("{}{}", norm.operator, norm.value))
    });
    let source = norm.map_or(Cell::Empty, |norm| text(&norm.source));
    let place = report.jurisdiction.map(|code| code.to_string());
    let range = format!(
        "{}/{}/{}/{}",
        report.world,
        place.as_deref().unwrap_or("全部"),
        report.from.to_rfc3339(),
        report.to.to_rfc3339()
    );
    [
        text(kpi.key),
        text(kpi.name),
        text(kpi.name_en),
        Cell::amount(kpi.numerator),
        Cell::amount(Some(Amount::Count(kpi.denominator))),
        Cell::amount(kpi.value),
        text(unit(kpi.unit)),
        asked,
        source,
        text(state(kpi.state)),
        text(basis(kpi.basis)),
        text(kpi.definition),
        text(kpi.definition_en),
        Cell::Text(range),
    ]
}

fn unit(unit: Unit) -> &'static str {
    match unit {
        Unit::Ratio => "比率",
        Unit::S => "秒",
        Unit::Count => "次",
    }
}

fn state(state: State) -> &'static str {
    match state {
        State::Met => "达标",
        State::Near => "接近",
        State::Missed => "未达标",
        State::None => "—",
    }
}

fn basis(basis: Basis) -> &'static str {
    match basis {
        Basis::ReceivedAt => "振铃 T0",
        Basis::OpenedAt => "立案",
        Basis::AssignedAt => "派车 T4",
        Basis::OpenedOrReceivedAt => "立案或振铃",
    }
}

fn csv_file(rows: &[[Cell; 14]]) -> Result<Vec<u8>, ExportError> {
    let wrong = |error: csv::Error| ExportError::Csv(error.to_string());
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(BYTE_ORDER_MARK.as_bytes().to_vec());
    writer.write_record(HEADINGS).map_err(wrong)?;
    for row in rows {
        let cells = row.iter().map(|cell| match cell {
            Cell::Text(text) => inert(text),
            Cell::Number(number) => number.to_string(),
            Cell::Empty => String::new(),
        });
        writer.write_record(cells).map_err(wrong)?;
    }
    let bytes = writer.into_inner();
    bytes.map_err(|error| ExportError::Csv(error.to_string()))
}

/// Text that no spreadsheet takes for a formula.
fn inert(text: &str) -> String {
    match text.chars().next() {
        Some('=' | '+' | '-' | '@' | '\t' | '\r' | '\n' | '＝' | '＋' | '－' | '＠') => {
            format!("'{text}")
        }
        _ => text.to_owned(),
    }
}

fn xlsx_file(rows: &[[Cell; 14]]) -> Result<Vec<u8>, ExportError> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.set_name(TITLE)?;
    sheet.set_freeze_panes(1, 2)?;
    let bold = Format::new().set_bold();
    for (column, (heading, width)) in (0_u16..).zip(HEADINGS.iter().zip(WIDTHS)) {
        sheet.write_string_with_format(0, column, *heading, &bold)?;
        sheet.set_column_width(column, width)?;
    }
    for (line, row) in (1_u32..).zip(rows) {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula() {
        for text in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "＝1"] {
            assert!(inert(text).starts_with('\''), "{text}");
        }
        for text in [">=0.95", "院前", "", "SZ-27"] {
            assert_eq!(inert(text), text);
        }
        let cell = || Cell::Text("=HYPERLINK(\"http://x\")".to_owned());
        let row = std::array::from_fn(|_| cell());
        let text = String::from_utf8(csv_file(&[row]).unwrap()).unwrap();
        assert!(text.starts_with(BYTE_ORDER_MARK));
        let line = text.lines().nth(1).unwrap();
        assert!(
            line.starts_with("\"'=HYPERLINK(\"\"http://x\"\")\","),
            "{line}"
        );
    }

    #[test]
    fn a_workbook_is_a_zip_file() {
        let row = std::array::from_fn(|_| Cell::Number(0.5));
        let bytes = xlsx_file(&[row]).unwrap();
        assert!(bytes.starts_with(b"PK"));
    }
}
