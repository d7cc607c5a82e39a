//! Writing a backup: every table from one snapshot, which the server's commands neither wait for nor are seen by.

use std::path::{Path, PathBuf};

use chiyuan_core::WorldId;

use super::{
    BackupError, CLOSING, LEFT_OUT, MAX_LINE,
    file::{Complete, Draft},
    manifest::{Data, FORMAT, Head, Manifest, Sequence, TableRows, WorldHead},
    opening,
    progress::Progress,
};
use crate::{
    account::audit::{self, Event},
    mutant,
    store::{
        Connection, Store, StoreError,
        bulk::Bulk,
        catalog::{self, Table},
        migrations, verify, worlds,
    },
};

/// What was saved.
pub struct Saved {
    pub path: PathBuf,
    pub bytes: u64,
    pub manifest: Manifest,
    /// Every difference that `verify` found in the snapshot.
    pub differences: Vec<String>,
}

/// Writes a database into a file.
///
/// # Errors
/// [`BackupError`]; then there is no file.
pub async fn save(url: &str, path: &Path, replace: bool) -> Result<Saved, BackupError> {
    let mut draft = Draft::begin(path, replace)?;
    let bulk = Bulk::connect(url).await?;
    bulk.execute(snapshot()).await?;
    let _ = Progress::begin("saving the tables", None);
    let mut manifest = describe(&bulk).await?;
    for table in tables(&bulk).await? {
        let rows = copy(&bulk, &table, &mut draft).await?;
        manifest.tables.push(rows);
    }
    let differences = differences(bulk.into_connection().await?).await?;
    manifest.differences = differences.len();
    let complete = draft.complete(&mut manifest)?;
    publish(url, complete, manifest, differences, replace).await
}

fn snapshot() -> &'static str {
    if mutant::is("backup_without_snapshot") {
        return "BEGIN READ ONLY";
    }
    "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
}

/// Everything of the manifest but the tables.
async fn describe(bulk: &Bulk) -> Result<Manifest, BackupError> {
    let schema = catalog::applied(bulk).await?;
    check_schema(&schema)?;
    let (created_at, postgresql) = catalog::time_and_version(bulk).await?;
    let heads = catalog::world_heads(bulk).await?;
    let (seq, head) = catalog::audit_head(bulk).await?;
    let sequences = catalog::sequences(bulk).await?;
    Ok(Manifest {
        format: FORMAT,
        program: env!("CARGO_PKG_VERSION").to_owned(),
        postgresql,
        created_at: serde_json::from_value(created_at.into())
            .map_err(|error| StoreError::Corrupt(error.to_string()))?,
        schema,
        worlds: heads.into_iter().map(world_head).collect(),
        audit: Head {
            seq,
            head: hex::encode(head),
        },
        tables: Vec::new(),
        sequences: sequences
            .into_iter()
            .map(|(name, last)| Sequence { name, last })
            .collect(),
        track_days: catalog::track_days(bulk).await?,
        differences: 0,
        data: Data::default(),
    })
}

/// This program must know the whole schema, or it would not know what it saves.
fn check_schema(schema: &[String]) -> Result<(), BackupError> {
    if schema.is_empty() {
        return Err(refused("this is no database of Chiyuan: it has no tables"));
    }
    let known = migrations::known().map_err(StoreError::Corrupt)?;
    match schema.iter().find(|version| !known.contains(version)) {
        None => Ok(()),
        Some(version) => Err(refused(format!(
            "a newer program has made this database (migration {version}); back it up with that program"
        ))),
    }
}

fn world_head((id, seq, head): (String, i64, Vec<u8>)) -> WorldHead {
    let head = hex::encode(head);
    WorldHead { id, seq, head }
}

/// The tables to be saved: all but those left out.
async fn tables(bulk: &Bulk) -> Result<Vec<Table>, BackupError> {
    let mut tables = catalog::tables(bulk).await?;
    tables.retain(|table| !LEFT_OUT.contains(&table.name.as_str()));
    Ok(tables)
}

async fn copy(bulk: &Bulk, table: &Table, draft: &mut Draft) -> Result<TableRows, BackupError> {
    let mut progress = Progress::quietly(&format!("table {}", table.name), None);
    draft.write(opening(table).as_bytes())?;
    let mut rows = bulk.copy_out(&table.name, &table.columns).await?;
    let mut count = 0;
    while let Some(lines) = rows.next().await? {
        let lines = lines.as_ref();
        if lines.len() > MAX_LINE {
            return Err(refused(format!(
                "a row of {} is longer than a backup can hold",
                table.name
            )));
        }
        count += lines.iter().filter(|byte| **byte == b'\n').count() as u64;
        draft.write(lines)?;
        progress.add(lines.len());
    }
    draft.write(CLOSING.as_bytes())?;
    Ok(TableRows {
        name: table.name.clone(),
        columns: table.columns.clone(),
        rows: count,
    })
}

/// Verifies the snapshot itself: a backup that cannot be restored is told of now, not when it is needed.
async fn differences(mut connection: Connection) -> Result<Vec<String>, BackupError> {
    let mut differences = Vec::new();
    for id in worlds::ids(&mut connection).await? {
        let _ = Progress::begin(&format!("verifying world {id}"), None);
        let id = WorldId::new(&id).map_err(|error| StoreError::Corrupt(error.to_string()))?;
        let found = verify::within(&mut connection, &id).await?;
        differences.extend(
            found
                .differences
                .into_iter()
                .map(|what| format!("world {id}: {what}")),
        );
    }
    differences.extend(audit::within(&mut connection).await?.differences);
    Ok(differences)
}

/// The backup gets its name only once it is in the audit chain.
async fn publish(
    url: &str,
    complete: Complete,
    manifest: Manifest,
    differences: Vec<String>,
    replace: bool,
) -> Result<Saved, BackupError> {
    let object = format!("data:{}", manifest.data.sha256);
    audit::record(&Store::new(url)?, Event::by_operator("backup", &object)).await?;
    let bytes = complete.bytes;
    let path = complete.publish(replace)?;
    Ok(Saved {
        path,
        bytes,
        manifest,
        differences,
    })
}

fn refused(why: impl Into<String>) -> BackupError {
    BackupError::Refused(why.into())
}
