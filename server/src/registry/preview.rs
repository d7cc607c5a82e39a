//! What a file would do to the registry: every row judged by the rules on a copy of the world; nothing is written.

use std::{collections::BTreeMap, sync::Arc};

use chiyuan_core::{Actor, EntityId, Kind, Timestamp, World};
use serde::Serialize;
use sha2::{Digest, Sha256};
use utoipa::ToSchema;

use super::MAX_ROWS;
use crate::{
    field_changes::FieldChange,
    seed::{
        check,
        fault::{Fault, FaultCode, Faults, Place},
        plan::{self, Decider, Step, Verdict},
        read::{self, RawRow},
        row::{self, Row, Stated},
        sheet::{self, Sheet},
    },
    spreadsheet::{
        FileFormat,
        read::{ReadError, xlsx},
    },
};

/// Most faults that are told.
const MAX_FAULTS: usize = 2_000;

/// What becomes of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    Created,
    Changed,
    Unchanged,
    Error,
}

/// One thing that is wrong in a row.
#[derive(Debug, Serialize, ToSchema)]
pub struct RowFault {
    /// Empty if it belongs to no single column.
    pub column: String,
    pub code: &'static str,
    pub detail: String,
}

/// A row of the file, judged.
#[derive(Debug, Serialize, ToSchema)]
pub struct PreviewRow {
    /// Line of the file, 1 is the header; 0 is the file as a whole.
    pub line: u64,
    pub id: String,
    pub name: String,
    pub outcome: Outcome,
    /// What changes in a standing resource.
    pub fields: Vec<FieldChange>,
    pub faults: Vec<RowFault>,
}

/// A file, judged.
#[derive(Debug, Serialize, ToSchema)]
pub struct Preview {
    #[schema(value_type = String)]
    pub kind: Kind,
    /// Names this file and the versions that it would change; an import states it.
    pub digest: String,
    pub created: usize,
    pub changed: usize,
    pub unchanged: usize,
    pub errors: usize,
    /// Faults beyond the limit of what is told.
    pub faults_left_out: usize,
    pub rows: Vec<PreviewRow>,
}

/// A preview, and the commands that it stands for.
pub struct Judged {
    pub preview: Preview,
    pub steps: Vec<Step>,
    /// Every line with a row.
    pub lines: Vec<u64>,
}

/// Judges a file; none if the kind has no sheet.
///
/// # Errors
/// If it is no workbook; what is wrong in a readable file is told row by row.
pub fn judge(
    world: &World,
    kind: Kind,
    actor: &Actor,
    format: FileFormat,
    bytes: &[u8],
    now: Timestamp,
) -> Result<Option<Judged>, ReadError> {
    let Some(sheet) = sheet::of(kind) else {
        return Ok(None);
    };
    let mut faults = Faults::at_most(MAX_FAULTS);
    let raw = rows(sheet, format, bytes, &mut faults)?;
    let mut decider = Decider::new(world, now, actor.clone());
    check::names(&raw, world, |entity| decider.sees(entity), &mut faults);
    let stated: Vec<Row> = raw
        .iter()
        .filter_map(|raw| match row::read(raw, &mut faults)? {
            Stated::Resource(row) => Some(*row),
            Stated::Lot(_) => None,
        })
        .collect();
    check::sums(&stated, &[], world, &mut faults);
    let wrong: Vec<u64> = faults.list().iter().map(|fault| fault.place.line).collect();
    let (wrong, right): (Vec<Row>, Vec<Row>) = stated
        .into_iter()
        .partition(|row| wrong.contains(&row.place.line));
    decider.refused.extend(wrong.into_iter().map(|row| row.id));
    let unread = raw
        .iter()
        .filter_map(|raw| EntityId::new(cell(raw, "id")).ok());
    let read: std::collections::BTreeSet<EntityId> =
        right.iter().map(|row| row.id.clone()).collect();
    decider
        .refused
        .extend(unread.filter(|id| !read.contains(id)));
    let right = plan::ordered(right, &mut faults);
    let mut verdicts = BTreeMap::new();
    for row in right {
        let place = row.place.clone();
        let before = faults.count();
        let verdict = decider.row(row, &mut faults);
        if faults.count() == before {
            explain(&verdict, &place, &mut faults);
        }
        verdicts.insert(place.line, verdict);
    }
    let steps = decider.plan.steps;
    let digest = digest(kind, bytes, &steps);
    let preview = told(kind, digest, &raw, verdicts, &faults);
    let lines = raw.iter().map(|row| row.place.line).collect();
    Ok(Some(Judged {
        preview,
        steps,
        lines,
    }))
}

/// A row that changes nothing though it states something has a fault as well.
fn explain(verdict: &Verdict, place: &Place, faults: &mut Faults) {
    match verdict {
        Verdict::Retired => {
            let code = FaultCode::Refused(chiyuan_core::RejectionCode::Retired);
            faults.add(place, "id", code, "it is retired for good");
        }
        Verdict::Refused => {
            let detail = "a row that it names is wrong";
            faults.add(place, "", FaultCode::DependsOnError, detail);
        }
        _ => {}
    }
}

fn rows(
    sheet: &'static Sheet,
    format: FileFormat,
    bytes: &[u8],
    faults: &mut Faults,
) -> Result<Vec<RawRow>, ReadError> {
    let file: Arc<str> = Arc::from("file");
    let mut rows = Vec::new();
    match format {
        FileFormat::Csv => read::parse(&file, bytes, sheet, &mut rows, faults),
        FileFormat::Xlsx => {
            let mut lines = xlsx(bytes)?;
            let width = lines.first().map_or(0, |(_, header)| header.len());
            for (_, cells) in &mut lines {
                if cells.len() < width {
                    cells.resize(width, String::new());
                }
            }
            read::table(&file, lines, sheet, &mut rows, faults);
        }
    }
    if rows.len() > MAX_ROWS {
        let whole = Place { file, line: 0 };
        let detail = format!("{} rows, at most {MAX_ROWS}", rows.len());
        faults.add(&whole, "", FaultCode::TooMany, detail);
        rows.clear();
    }
    Ok(rows)
}

/// Bytes of the file, and what stands of what it would change.
fn digest(kind: Kind, bytes: &[u8], steps: &[Step]) -> String {
    let mut hash = Sha256::new();
    hash.update(kind.as_str());
    hash.update([0]);
    hash.update(Sha256::digest(bytes));
    for step in steps {
        hash.update(step.id.as_str());
        hash.update([0]);
        hash.update(step.version.to_be_bytes());
    }
    hex::encode(hash.finalize())
}

fn cell<'r>(row: &'r RawRow, name: &str) -> &'r str {
    let mut columns = row.sheet.columns.iter().zip(&row.cells);
    columns
        .find(|(column, _)| column.name == name)
        .map_or("", |(_, cell)| cell)
}

fn told(
    kind: Kind,
    digest: String,
    raw: &[RawRow],
    mut verdicts: BTreeMap<u64, Verdict>,
    faults: &Faults,
) -> Preview {
    let mut by_line: BTreeMap<u64, Vec<RowFault>> = BTreeMap::new();
    for fault in faults.list() {
        by_line
            .entry(fault.place.line)
            .or_default()
            .push(row_fault(fault));
    }
    let mut rows: Vec<PreviewRow> = raw
        .iter()
        .map(|row| {
            let line = row.place.line;
            let faults = by_line.remove(&line).unwrap_or_default();
            let (outcome, fields) = match verdicts.remove(&line) {
                Some(Verdict::Registered) if faults.is_empty() => (Outcome::Created, Vec::new()),
                Some(Verdict::Updated(fields)) if faults.is_empty() => (Outcome::Changed, fields),
                Some(Verdict::Unchanged) if faults.is_empty() => (Outcome::Unchanged, Vec::new()),
                _ => (Outcome::Error, Vec::new()),
            };
            PreviewRow {
                line,
                id: cell(row, "id").to_owned(),
                name: cell(row, "name").to_owned(),
                outcome,
                fields,
                faults,
            }
        })
        .collect();
    // What belongs to no row: the header, a line that is too short, the file as a whole.
    rows.extend(by_line.into_iter().map(|(line, faults)| PreviewRow {
        line,
        id: String::new(),
        name: String::new(),
        outcome: Outcome::Error,
        fields: Vec::new(),
        faults,
    }));
    rows.sort_by_key(|row| row.line);
    let of = |outcome| rows.iter().filter(|row| row.outcome == outcome).count();
    Preview {
        kind,
        digest,
        created: of(Outcome::Created),
        changed: of(Outcome::Changed),
        unchanged: of(Outcome::Unchanged),
        errors: of(Outcome::Error),
        faults_left_out: faults.count() - faults.list().len(),
        rows,
    }
}

fn row_fault(fault: &Fault) -> RowFault {
    RowFault {
        column: fault.column.clone(),
        code: fault.code.as_str(),
        detail: fault.detail.clone(),
    }
}
