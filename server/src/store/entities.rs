//! Entities in their typed tables. Columns have the names of the entity's JSON fields, so one statement per table
//! writes a batch of any size; the schema's types and constraints state the rules a second time, and `verify`
//! proves that nothing is lost on the way.

use std::{
    collections::BTreeMap,
    sync::{Arc, LazyLock},
};

use chiyuan_core::{Change, Entity, EntityId, Kind, WorldId};
use diesel::{QueryableByName, sql_types};
use diesel_async::RunQueryDsl;
use serde_json::{Map, Value};

use super::{Connection, StoreError, columns};

static UPSERTS: LazyLock<BTreeMap<Kind, String>> = LazyLock::new(|| {
    Kind::ALL
        .iter()
        .map(|kind| (*kind, upsert_statement(*kind)))
        .collect()
});

/// Inserts or replaces rows given as a JSON array; table and column names are this file's own constants.
fn upsert_statement(kind: Kind) -> String {
    let (table, columns) = (kind.as_str(), columns::of(kind));
    let list = columns.join(", ");
    let replaced = columns.iter().skip(1);
    let mut replaced: Vec<_> = replaced
        .map(|column| format!("{column} = EXCLUDED.{column}"))
        .collect();
    if kind.is_archived() {
        replaced.push("archived = false".to_owned());
    }
    format!(
        "INSERT INTO {table} (world_id, {list}) SELECT $1, {list} FROM jsonb_populate_recordset(NULL::{table}, $2) \
         ON CONFLICT (world_id, id) DO UPDATE SET {}",
        replaced.join(", ")
    )
}

const DELETE_LOTS: &str = "DELETE FROM lot WHERE world_id = $1 AND stockpile_id = ANY($2)";
const INSERT_LOTS: &str = "INSERT INTO lot (world_id, stockpile_id, position, id, item_id, quantity, unit, expiry, per_day) \
    SELECT $1, s.value ->> 'id', l.position, r.id, r.item_id, r.quantity, r.unit, r.expiry, r.per_day \
    FROM jsonb_array_elements($2) s, jsonb_array_elements(s.value -> 'lots') WITH ORDINALITY l(value, position), \
         jsonb_populate_record(NULL::lot, l.value) r";

/// Writes the last version of every changed entity; of one that leaves an archived kind, the row stays.
///
/// # Errors
/// If the database is away or a constraint refuses a row.
pub async fn write(
    connection: &mut Connection,
    world: &WorldId,
    changes: &[Change],
) -> Result<(), StoreError> {
    let mut last: BTreeMap<&EntityId, (Option<&Entity>, &Change)> = BTreeMap::new();
    for change in changes {
        let before = last.get(&change.id).and_then(|(entity, _)| *entity);
        last.insert(&change.id, (change.entity.as_deref().or(before), change));
    }
    let mut rows: BTreeMap<Kind, Vec<Value>> = BTreeMap::new();
    for (entity, _) in last.values() {
        if let Some(entity) = entity {
            rows.entry(entity.kind()).or_default().push(row(entity)?);
        }
    }
    for (kind, mut rows) in rows {
        // What ends comes before what begins, so that a unit never has two open ones in between.
        rows.sort_by_key(|row| row.get("ended_at").is_some_and(Value::is_null));
        let ids: Vec<String> = rows
            .iter()
            .filter_map(|row| row["id"].as_str().map(str::to_owned))
            .collect();
        let rows = Value::Array(rows);
        execute(connection, &UPSERTS[&kind], world, &rows).await?;
        if kind == Kind::Stockpile {
            diesel::sql_query(DELETE_LOTS)
                .bind::<sql_types::Text, _>(world.as_str())
                .bind::<sql_types::Array<sql_types::Text>, _>(ids)
                .execute(&mut **connection)
                .await?;
            execute(connection, INSERT_LOTS, world, &rows).await?;
        }
    }
    for (_, change) in last.values().filter(|(_, change)| change.entity.is_none()) {
        remove(connection, world, change).await?;
    }
    Ok(())
}

async fn execute(
    connection: &mut Connection,
    statement: &str,
    world: &WorldId,
    rows: &Value,
) -> Result<(), StoreError> {
    diesel::sql_query(statement)
        .bind::<sql_types::Text, _>(world.as_str())
        .bind::<sql_types::Jsonb, _>(rows)
        .execute(&mut **connection)
        .await?;
    Ok(())
}

async fn remove(
    connection: &mut Connection,
    world: &WorldId,
    change: &Change,
) -> Result<(), StoreError> {
    let table = change.kind.as_str();
    let statement = if change.kind.is_archived() {
        format!("UPDATE {table} SET archived = true WHERE world_id = $1 AND id = $2")
    } else {
        format!("DELETE FROM {table} WHERE world_id = $1 AND id = $2")
    };
    diesel::sql_query(statement)
        .bind::<sql_types::Text, _>(world.as_str())
        .bind::<sql_types::Text, _>(change.id.as_str())
        .execute(&mut **connection)
        .await?;
    Ok(())
}

fn row(entity: &Entity) -> Result<Value, StoreError> {
    serde_json::to_value(entity).map_err(|error| StoreError::Corrupt(error.to_string()))
}

#[derive(QueryableByName)]
struct JsonRow {
    #[diesel(sql_type = sql_types::Jsonb)]
    row: Value,
}

/// Which rows of a world are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rows {
    /// What is in memory.
    Open,
    /// What has left it.
    Archived,
}

/// Entities of a world, from its typed tables.
///
/// # Errors
/// If the database is away or a row is not readable.
pub async fn load(
    connection: &mut Connection,
    world: &WorldId,
    which: Rows,
) -> Result<Vec<Arc<Entity>>, StoreError> {
    let mut entities = Vec::new();
    for kind in Kind::ALL {
        if which == Rows::Archived && !kind.is_archived() {
            continue;
        }
        let condition = match (kind.is_archived(), which) {
            (false, _) => "",
            (true, Rows::Open) => "AND NOT archived",
            (true, Rows::Archived) => "AND archived",
        };
        let rows: Vec<JsonRow> = diesel::sql_query(select(*kind, condition))
            .bind::<sql_types::Text, _>(world.as_str())
            .load(&mut **connection)
            .await?;
        for JsonRow { row } in rows {
            entities.push(Arc::new(entity(*kind, row)?));
        }
    }
    Ok(entities)
}

/// Entities of one kind that meet a condition on its columns, archived or not; `$2` is `value`.
///
/// # Errors
/// If the database is away or a row is not readable.
pub async fn find(
    connection: &mut Connection,
    world: &WorldId,
    kind: Kind,
    condition: &'static str,
    value: &[String],
) -> Result<Vec<Entity>, StoreError> {
    let rows: Vec<JsonRow> = diesel::sql_query(select(kind, condition))
        .bind::<sql_types::Text, _>(world.as_str())
        .bind::<sql_types::Array<sql_types::Text>, _>(value)
        .load(&mut **connection)
        .await?;
    rows.into_iter().map(|row| entity(kind, row.row)).collect()
}

fn select(kind: Kind, condition: &str) -> String {
    let lots = if kind == Kind::Stockpile { LOTS_OF } else { "" };
    format!(
        "SELECT to_jsonb(t) - 'world_id' - 'location' - 'archived' {lots} AS row FROM {} t WHERE world_id = $1 {condition}",
        kind.as_str()
    )
}

const LOTS_OF: &str = "|| jsonb_build_object('lots', (SELECT coalesce(jsonb_agg(to_jsonb(l) - 'world_id' - \
    'stockpile_id' - 'position' ORDER BY l.position), '[]') FROM lot l WHERE l.world_id = t.world_id AND l.stockpile_id = t.id))";

fn entity(kind: Kind, row: Value) -> Result<Entity, StoreError> {
    let mut fields: Map<String, Value> = match row {
        Value::Object(fields) => fields,
        _ => {
            return Err(StoreError::Corrupt(format!(
                "a {} is no object",
                kind.as_str()
            )));
        }
    };
    fields.insert("kind".to_owned(), kind.as_str().into());
    let id = fields.get("id").cloned().unwrap_or_default();
    serde_json::from_value(Value::Object(fields))
        .map_err(|error| StoreError::Corrupt(format!("{} {id}: {error}", kind.as_str())))
}
