//! Restoring a backup: into an empty database, in one transaction that is verified before it is committed.

use std::io::{BufRead, Read};

use chiyuan_core::WorldId;
use diesel_async::SimpleAsyncConnection;

use super::{
    BackupError, CLOSING, LEFT_OUT, MAX_LINE,
    file::{Checked, named},
    manifest::{Manifest, TableRows},
    opening,
    progress::Progress,
};
use crate::{
    account::audit::{self, Event},
    mutant,
    store::{
        Connection, StoreError,
        bulk::Bulk,
        catalog::{self, Table},
        migrations, verify, worlds,
    },
};

/// Bytes sent to PostgreSQL at once.
const CHUNK: usize = 256 << 10;

/// Restores a checked backup.
///
/// # Errors
/// [`BackupError`]; then the database is as empty as before, apart from its schema.
pub async fn restore(
    url: &str,
    backup: &Checked,
    accept_differences: bool,
) -> Result<Vec<String>, BackupError> {
    let manifest = &backup.manifest;
    check_versions(manifest)?;
    let bulk = Bulk::connect(url).await?;
    check_empty(&bulk, &catalog::tables(&bulk).await?).await?;
    migrations::bring_empty_to(url, &manifest.schema)
        .await
        .map_err(BackupError::Refused)?;
    bulk.execute("BEGIN").await?;
    let _ = Progress::begin("restoring the tables", None);
    prepare(&bulk, manifest).await?;
    fill(&bulk, backup).await?;
    finish_rows(&bulk, manifest).await?;
    let mut connection = bulk.into_diesel().await?;
    let known = migrations::known().map_err(BackupError::Refused)?;
    if known != manifest.schema {
        connection = migrations::run_within(connection)
            .await
            .map_err(BackupError::Refused)?;
    }
    let mut connection = Connection::own(connection);
    let differences = differences(&mut connection, manifest).await?;
    if !differences.is_empty() && !accept_differences {
        return Ok(differences);
    }
    commit(connection, manifest).await?;
    Ok(differences)
}

fn check_versions(manifest: &Manifest) -> Result<(), BackupError> {
    let known = migrations::known().map_err(BackupError::Refused)?;
    if known.starts_with(&manifest.schema) {
        return Ok(());
    }
    Err(BackupError::Refused(format!(
        "version {} has made this backup, with a database schema that this program (version {}) does not know",
        manifest.program,
        env!("CARGO_PKG_VERSION")
    )))
}

/// Nobody's rows are touched: neither ours nor those of another application.
async fn check_empty(bulk: &Bulk, tables: &[Table]) -> Result<(), BackupError> {
    for Table { name, .. } in tables {
        if catalog::has_rows(bulk, name).await? {
            return Err(BackupError::Refused(format!(
                "the database is not empty (table {name} has rows); restore into a fresh one. Nothing was changed"
            )));
        }
    }
    Ok(())
}

/// Locks everything, so that nobody else fills the database meanwhile, and clears what the migrations filled.
async fn prepare(bulk: &Bulk, manifest: &Manifest) -> Result<(), BackupError> {
    let mut tables = catalog::tables(bulk).await?;
    catalog::lock(bulk, &tables).await?;
    check_empty(bulk, &tables).await?;
    tables.retain(|table| !LEFT_OUT.contains(&table.name.as_str()));
    let mut announced: Vec<_> = manifest.tables.iter().map(table_of).collect();
    tables.sort();
    announced.sort();
    if tables != announced {
        return Err(BackupError::Refused(
            "the tables of the backup are not those of its schema version".to_owned(),
        ));
    }
    catalog::clear_prefilled(bulk).await?;
    for day in &manifest.track_days {
        catalog::ensure_track_day(bulk, day).await?;
    }
    Ok(())
}

fn table_of(rows: &TableRows) -> Table {
    Table {
        name: rows.name.clone(),
        columns: rows.columns.clone(),
    }
}

async fn fill(bulk: &Bulk, backup: &Checked) -> Result<(), BackupError> {
    let mut lines = Lines {
        data: backup.data()?,
        backup,
    };
    for rows in &backup.manifest.tables {
        let mut progress = Progress::quietly(&format!("table {}", rows.name), None);
        let table = table_of(rows);
        lines.expect(&opening(&table))?;
        let mut filling = bulk.copy_in(&table.name, &table.columns).await?;
        while let Some(chunk) = lines.chunk()? {
            progress.add(chunk.len());
            filling.send(chunk).await?;
        }
        let count = filling.finish().await?;
        if count != rows.rows {
            return Err(BackupError::Differs(format!(
                "table {} has {count} rows, and the manifest says {}; nothing was restored",
                rows.name, rows.rows
            )));
        }
    }
    lines.end()
}

/// The uncompressed text of a backup, line by line.
struct Lines<'b, R> {
    data: R,
    backup: &'b Checked,
}

impl<R: BufRead> Lines<'_, R> {
    /// Appends the next line with its end.
    fn read(&mut self, into: &mut Vec<u8>) -> Result<usize, BackupError> {
        let read = (&mut self.data)
            .take(MAX_LINE as u64 + 1)
            .read_until(b'\n', into)
            .map_err(|error| named(&self.backup.path, error))?;
        if read == 0 || into.last() != Some(&b'\n') {
            return Err(self.wrong("it ends in the middle of a table"));
        }
        Ok(read)
    }

    fn expect(&mut self, expected: &str) -> Result<(), BackupError> {
        let mut line = Vec::new();
        self.read(&mut line)?;
        if line == expected.as_bytes() {
            return Ok(());
        }
        Err(self.wrong("its tables are not in the order of its manifest"))
    }

    /// The next rows of the table; none after its last.
    fn chunk(&mut self) -> Result<Option<Vec<u8>>, BackupError> {
        let mut chunk = Vec::with_capacity(CHUNK);
        // The end of the table is read in a call of its own, so that it never has to be taken back.
        while chunk.len() < CHUNK {
            let peeked = self.data.fill_buf();
            let peeked = peeked.map_err(|error| named(&self.backup.path, error))?;
            if !chunk.is_empty() && peeked.first() == Some(&b'\\') {
                // Either `\N`, `\x...` of a first column, or the end.
                break;
            }
            let before = chunk.len();
            self.read(&mut chunk)?;
            if chunk[before..] == *CLOSING.as_bytes() {
                return Ok(None);
            }
        }
        Ok(Some(chunk))
    }

    fn end(&mut self) -> Result<(), BackupError> {
        let mut rest = [0];
        match self.data.read(&mut rest) {
            Ok(0) => Ok(()),
            Ok(_) => Err(self.wrong("there is something after its last table")),
            Err(error) => Err(named(&self.backup.path, error)),
        }
    }

    fn wrong(&self, why: &str) -> BackupError {
        BackupError::Damaged(self.backup.path.display().to_string(), why.to_owned())
    }
}

/// What the rows alone do not bring with them.
async fn finish_rows(bulk: &Bulk, manifest: &Manifest) -> Result<(), BackupError> {
    bulk.execute("SET CONSTRAINTS ALL IMMEDIATE").await?;
    for sequence in &manifest.sequences {
        if let Some(last) = sequence.last {
            catalog::set_sequence(bulk, &sequence.name, last).await?;
        }
    }
    Ok(())
}

/// Verifies what is there against itself and against the manifest.
async fn differences(
    connection: &mut Connection,
    manifest: &Manifest,
) -> Result<Vec<String>, BackupError> {
    let mut differences = Vec::new();
    let ids = worlds::ids(connection).await?;
    if ids.len() != manifest.worlds.len() {
        differences.push(format!(
            "there are {} worlds, and the manifest has {}",
            ids.len(),
            manifest.worlds.len()
        ));
    }
    for world in &manifest.worlds {
        let _ = Progress::begin(&format!("verifying world {}", world.id), None);
        let id = WorldId::new(&world.id).map_err(|error| StoreError::Corrupt(error.to_string()))?;
        let found = verify::within(connection, &id).await?;
        let place = format!("world {id}");
        differences.extend(
            found
                .differences
                .into_iter()
                .map(|what| format!("{place}: {what}")),
        );
        if (i64::try_from(found.seq).ok(), &found.head) != (Some(world.seq), &world.head) {
            differences.push(format!(
                "{place}: ends at {} {}, and the manifest says {} {}",
                found.seq, found.head, world.seq, world.head
            ));
        }
    }
    let found = audit::within(connection).await?;
    differences.extend(found.differences);
    if (found.rows, &found.head) != (manifest.audit.seq, &manifest.audit.head) {
        differences.push(format!(
            "audit: ends at {} {}, and the manifest says {} {}",
            found.rows, found.head, manifest.audit.seq, manifest.audit.head
        ));
    }
    Ok(differences)
}

/// Whoever knows the old epochs must not go on from them; then the restore itself goes on record, and all of it counts.
async fn commit(mut connection: Connection, manifest: &Manifest) -> Result<(), BackupError> {
    if !mutant::is("keep_epoch") {
        worlds::renew_epochs(&mut connection).await?;
    }
    let object = format!("data:{}", manifest.data.sha256);
    audit::append(&mut connection, Event::by_operator("restore", &object)).await?;
    connection.batch_execute("COMMIT").await.map_err(|error| {
        BackupError::Refused(format!(
            "the outcome is unknown, since the database did not answer the last statement ({error}); \
             `chiyuan verify` tells whether anything is there"
        ))
    })?;
    // Plans are poor until there are statistics; they come by themselves later.
    if let Err(error) = connection.batch_execute("ANALYZE").await {
        eprintln!("statistics were not gathered: {error}");
    }
    Ok(())
}
