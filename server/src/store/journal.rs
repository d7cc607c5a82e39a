//! Journal rows: appended under the world's lock, read in order, found again by idempotency key.

use chiyuan_core::{
    Timestamp, WorldId,
    journal::{Envelope, Hash, chain},
};
use diesel::{
    ExpressionMethods, Insertable, QueryDsl, Queryable, QueryableByName,
    sql_types::{Array, BigInt, Binary, Text},
};
use diesel_async::RunQueryDsl;

use super::{
    Connection, StoreError,
    schema::{journal, world},
};

/// Most rows read at once.
pub const PAGE: i64 = 1_000;

/// A row to append, and the entities that it changes.
pub struct JournalRow {
    columns: Columns,
    entity_ids: Vec<String>,
}

#[derive(Insertable)]
#[diesel(table_name = journal)]
struct Columns {
    world_id: String,
    seq: i64,
    at: Timestamp,
    recorded_at: Timestamp,
    actor: String,
    command: serde_json::Value,
    idempotency_key: String,
    payload: Vec<u8>,
    prev_hash: Vec<u8>,
    hash: Vec<u8>,
}

impl JournalRow {
    /// The row of an envelope, chained to the row before it.
    ///
    /// # Errors
    /// If the envelope cannot be written as JSON.
    pub fn of(envelope: &Envelope, previous: &Hash) -> Result<(Self, Hash), StoreError> {
        let payload = envelope
            .bytes()
            .map_err(|error| StoreError::Corrupt(error.to_string()))?;
        let hash = chain(previous, &payload);
        let columns = Columns {
            world_id: envelope.world.to_string(),
            seq: i64::try_from(envelope.seq)
                .map_err(|error| StoreError::Corrupt(error.to_string()))?,
            at: envelope.at,
            recorded_at: envelope.recorded_at,
            actor: envelope.actor.clone(),
            command: envelope.command.clone(),
            idempotency_key: envelope.key.clone(),
            payload,
            prev_hash: previous.to_vec(),
            hash: hash.to_vec(),
        };
        let mut entity_ids: Vec<String> = envelope
            .changes
            .iter()
            .map(|change| change.id.to_string())
            .collect();
        entity_ids.sort_unstable();
        entity_ids.dedup();
        Ok((
            Self {
                columns,
                entity_ids,
            },
            hash,
        ))
    }
}

/// A stored row as readers get it.
#[derive(Debug, Clone, Queryable, QueryableByName)]
pub struct StoredRow {
    #[diesel(sql_type = BigInt)]
    pub seq: i64,
    #[diesel(sql_type = Binary)]
    pub payload: Vec<u8>,
    #[diesel(sql_type = Binary)]
    pub hash: Vec<u8>,
}

impl StoredRow {
    /// What the row says.
    ///
    /// # Errors
    /// If its bytes are not readable.
    pub fn envelope(&self) -> Result<Envelope, StoreError> {
        Envelope::parse(&self.payload)
            .map_err(|error| StoreError::Corrupt(format!("journal row {}: {error}", self.seq)))
    }
}

/// Appends rows and moves the world's head; only under the world's lock.
///
/// # Errors
/// If the database is away or refuses a row.
pub async fn append(
    connection: &mut Connection,
    id: &WorldId,
    rows: Vec<JournalRow>,
    head: &Hash,
) -> Result<(), StoreError> {
    let Some(last) = rows.last() else {
        return Ok(());
    };
    let (seq, at) = (last.columns.seq, last.columns.at);
    touched(connection, id, &rows).await?;
    let rows: Vec<Columns> = rows.into_iter().map(|row| row.columns).collect();
    diesel::insert_into(journal::table)
        .values(rows)
        .execute(&mut **connection)
        .await?;
    diesel::update(world::table.find(id.as_str()))
        .set((
            world::seq.eq(seq),
            world::at.eq(at),
            world::head.eq(head.to_vec()),
        ))
        .execute(&mut **connection)
        .await?;
    Ok(())
}

/// Notes which rows changed which entities: their history.
async fn touched(
    connection: &mut Connection,
    id: &WorldId,
    rows: &[JournalRow],
) -> Result<(), StoreError> {
    let pairs = rows.iter().flat_map(|row| {
        row.entity_ids
            .iter()
            .map(|entity| (entity, row.columns.seq))
    });
    let (entities, seqs): (Vec<&String>, Vec<i64>) = pairs.unzip();
    diesel::sql_query(
        "INSERT INTO journal_entity (world_id, entity_id, seq) SELECT $1, * FROM unnest($2, $3)",
    )
    .bind::<Text, _>(id.as_str())
    .bind::<Array<Text>, _>(entities)
    .bind::<Array<BigInt>, _>(seqs)
    .execute(&mut **connection)
    .await?;
    Ok(())
}

/// Rows before a seq that changed any of these entities, in order; of more than `limit` the newest.
///
/// # Errors
/// If the database is away.
pub async fn of_entities(
    connection: &mut Connection,
    id: &WorldId,
    entities: &[String],
    before: i64,
    limit: i64,
) -> Result<Vec<StoredRow>, StoreError> {
    let query = diesel::sql_query(
        "SELECT j.seq, j.payload, j.hash FROM journal j JOIN (SELECT DISTINCT seq FROM journal_entity \
         WHERE world_id = $1 AND entity_id = ANY($2) AND seq < $4 ORDER BY seq DESC LIMIT $3) t USING (seq) WHERE j.world_id = $1 ORDER BY j.seq",
    );
    Ok(query
        .bind::<Text, _>(id.as_str())
        .bind::<Array<Text>, _>(entities)
        .bind::<BigInt, _>(limit)
        .bind::<BigInt, _>(before)
        .load(&mut **connection)
        .await?)
}

/// Rows after a seq, in order, at most `limit`.
///
/// # Errors
/// If the database is away.
pub async fn after(
    connection: &mut Connection,
    id: &WorldId,
    seq: u64,
    limit: i64,
) -> Result<Vec<StoredRow>, StoreError> {
    let seq = i64::try_from(seq).unwrap_or(i64::MAX);
    Ok(journal::table
        .filter(journal::world_id.eq(id.as_str()))
        .filter(journal::seq.gt(seq))
        .order(journal::seq)
        .limit(limit)
        .select((journal::seq, journal::payload, journal::hash))
        .load(&mut **connection)
        .await?)
}

/// What these actors sent under these keys before; pairs are matched by the caller.
///
/// # Errors
/// If the database is away or a row is not readable.
pub async fn by_keys(
    connection: &mut Connection,
    id: &WorldId,
    actors: &[&str],
    keys: &[&str],
) -> Result<Vec<Envelope>, StoreError> {
    let rows: Vec<StoredRow> = journal::table
        .filter(journal::world_id.eq(id.as_str()))
        .filter(journal::actor.eq_any(actors))
        .filter(journal::idempotency_key.eq_any(keys))
        .select((journal::seq, journal::payload, journal::hash))
        .load(&mut **connection)
        .await?;
    rows.iter().map(StoredRow::envelope).collect()
}
