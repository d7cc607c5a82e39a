//! A report as a table for spreadsheets.

use super::{
    Amount, Kpi, Report,
    catalogue::{Basis, Unit},
    norm::State,
};
use crate::spreadsheet::{Cell, FileFormat, Table, WriteError};

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

fn amount(amount: Option<Amount>) -> Cell {
    amount.map_or(Cell::Empty, |amount| Cell::Number(amount.number()))
}

/// The file of a report.
///
/// # Errors
/// If it cannot be written.
pub fn file(report: &Report, format: FileFormat) -> Result<Vec<u8>, WriteError> {
    let table = Table {
        title: TITLE.to_owned(),
        columns: HEADINGS.into_iter().zip(WIDTHS).collect(),
        frozen: 2,
        rows: report
            .kpis
            .iter()
            .map(|kpi| row(report, kpi).into())
            .collect(),
    };
    table.file(format)
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
        amount(kpi.numerator),
        amount(Some(Amount::Count(kpi.denominator))),
        amount(kpi.value),
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
