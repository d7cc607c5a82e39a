//! Verification: recomputes the chain, folds the journal and compares the fold with the typed tables.

use std::sync::Arc;

use chiyuan_core::{Change, Entity, World, WorldId, journal};
use diesel::{ExpressionMethods, QueryDsl};
use diesel_async::{RunQueryDsl, SimpleAsyncConnection};

use super::{
    Connection, StoreError,
    entities::{self, Rows},
    journal as rows, schema,
};

/// What was found in one world.
#[derive(Debug, Clone, serde::Serialize)]
pub struct Findings {
    pub world: String,
    pub seq: u64,
    pub rows: u64,
    pub entities: usize,
    /// Every difference with its place; empty is good.
    pub differences: Vec<String>,
    /// Hash of the last row.
    pub head: String,
}

/// Verifies one world, at one moment.
///
/// # Errors
/// If the database is away.
pub async fn world(connection: &mut Connection, id: &WorldId) -> Result<Findings, StoreError> {
    connection
        .batch_execute(
            "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL statement_timeout = 0",
        )
        .await?;
    let findings = within(connection, id).await?;
    connection.batch_execute("COMMIT").await?;
    Ok(findings)
}

type ColumnRow = (
    i64,
    chiyuan_core::Timestamp,
    chiyuan_core::Timestamp,
    String,
    serde_json::Value,
    String,
    Vec<u8>,
    Vec<u8>,
    Vec<u8>,
);

/// Verifies one world inside the caller's transaction, which must see one moment.
///
/// # Errors
/// If the database is away.
pub async fn within(connection: &mut Connection, id: &WorldId) -> Result<Findings, StoreError> {
    let mut fold = World::new(id.clone());
    // What has left memory, as it was when it left.
    let mut archive = World::new(id.clone());
    let mut head = journal::genesis(id).to_vec();
    let mut differences = Vec::new();
    let (mut count, mut last) = (0, 0);
    loop {
        let page = page(connection, id, last).await?;
        let Some(row) = page.last() else { break };
        // By the stored number, so that a row that cannot be read does not hide those after it.
        last = row.0;
        for row in &page {
            count += 1;
            check_row(row, &mut fold, &mut archive, &mut head, &mut differences);
        }
    }
    let stored: (i64, Vec<u8>) = schema::world::table
        .find(id.as_str())
        .select((schema::world::seq, schema::world::head))
        .first(&mut **connection)
        .await?;
    if stored.0 != last || stored.1 != head {
        differences.push(format!(
            "the world stands at row {} and its journal ends at {last}, or their hashes differ",
            stored.0
        ));
    }
    for (folded, which) in [(&fold, Rows::Open), (&archive, Rows::Archived)] {
        match entities::load(connection, id, which).await {
            Ok(tables) => compare_tables(folded, tables, &mut differences),
            Err(StoreError::Corrupt(error)) => differences.push(error),
            Err(error) => return Err(error),
        }
    }
    Ok(Findings {
        world: id.to_string(),
        seq: fold.seq(),
        rows: count,
        entities: fold.len(),
        differences,
        head: hex::encode(head),
    })
}

async fn page(
    connection: &mut Connection,
    id: &WorldId,
    after: i64,
) -> Result<Vec<ColumnRow>, StoreError> {
    use schema::journal as j;
    Ok(j::table
        .filter(j::world_id.eq(id.as_str()))
        .filter(j::seq.gt(after))
        .order(j::seq)
        .limit(rows::PAGE)
        .select((
            j::seq,
            j::at,
            j::recorded_at,
            j::actor,
            j::command,
            j::idempotency_key,
            j::payload,
            j::prev_hash,
            j::hash,
        ))
        .load(&mut **connection)
        .await?)
}

fn check_row(
    row: &ColumnRow,
    fold: &mut World,
    archive: &mut World,
    head: &mut Vec<u8>,
    differences: &mut Vec<String>,
) {
    let (seq, at, recorded_at, actor, command, key, payload, prev_hash, hash) = row;
    // Each row is judged by the stored hash before it, so that one altered row is one difference; all rows together
    // still prove the whole chain from the world's id on.
    if prev_hash.as_slice() != head.as_slice() {
        differences.push(format!(
            "journal row {seq}: does not follow the row before it"
        ));
    }
    if hash_of(prev_hash, payload).as_ref() != Some(hash) {
        differences.push(format!(
            "journal row {seq}: its hash is not that of its bytes"
        ));
    }
    head.clone_from(hash);
    match journal::Envelope::parse(payload) {
        Err(error) => differences.push(format!("journal row {seq}: {error}")),
        Ok(envelope) => {
            let same = i64::try_from(envelope.seq) == Ok(*seq)
                && envelope.world == *fold.id()
                && envelope.at == *at
                && envelope.recorded_at == *recorded_at
                && envelope.actor == *actor
                && envelope.command == *command
                && envelope.key == *key;
            if !same {
                differences.push(format!(
                    "journal row {seq}: a column differs from the payload"
                ));
            }
            if envelope.seq != fold.seq() + 1 {
                differences.push(format!(
                    "journal row {seq}: {} should follow {}",
                    envelope.seq,
                    fold.seq()
                ));
            }
            archive.apply(envelope.seq, envelope.at, &moving(fold, &envelope.changes));
            fold.apply(envelope.seq, envelope.at, &envelope.changes);
        }
    }
}

/// What the archive takes in, since it leaves memory, and gives back.
fn moving(fold: &World, changes: &[Change]) -> Vec<Change> {
    let archived = changes.iter().filter(|change| change.kind.is_archived());
    let moved = archived.filter_map(|change| match &change.entity {
        None => fold
            .shared(&change.id)
            .map(|entity| Change::put(entity.as_ref().clone())),
        Some(entity) => Some(Change::remove(entity)),
    });
    moved.collect()
}

fn hash_of(previous: &[u8], payload: &[u8]) -> Option<Vec<u8>> {
    let previous = previous.try_into().ok()?;
    Some(journal::chain(previous, payload).to_vec())
}

fn compare_tables(fold: &World, tables: Vec<Arc<Entity>>, differences: &mut Vec<String>) {
    let tables = World::load(fold.id().clone(), fold.seq(), fold.at(), tables);
    for entity in fold.entities() {
        match tables.get(entity.id()) {
            None => differences.push(format!(
                "{} {} is missing from its table",
                entity.kind().as_str(),
                entity.id()
            )),
            Some(stored) if stored != entity.as_ref() => {
                differences.push(format!(
                    "{} {} differs from its table",
                    entity.kind().as_str(),
                    entity.id()
                ));
            }
            Some(_) => {}
        }
    }
    for entity in tables
        .entities()
        .filter(|entity| fold.get(entity.id()).is_none())
    {
        differences.push(format!(
            "{} {} stands in its table only",
            entity.kind().as_str(),
            entity.id()
        ));
    }
}
