//! Entities in their typed tables. Columns have the names of the entity's JSON fields, so one statement per table
//! writes a batch of any size; the schema's types and constraints state the rules a second time, and `verify`
//! proves that nothing is lost on the way.

use std::{collections::BTreeMap, sync::Arc};

use chiyuan_core::{Change, Entity, EntityId, Kind, WorldId};
use diesel::{QueryableByName, sql_types};
use diesel_async::RunQueryDsl;
use serde_json::{Map, Value};

use super::{Connection, StoreError};

const HEADER: &[&str] = &["id", "version", "centre", "visible_to", "retired", "source"];
const PLACE: &[&str] = &["lon", "lat"];
const UNIT: &[&str] = &[
    "name",
    "jurisdiction",
    "home_id",
    "capabilities",
    "equipment",
    "status",
    "status_since",
    "status_reason",
];

/// Columns of a kind's table beyond the header.
fn columns(kind: Kind) -> Vec<&'static str> {
    let (groups, own): (&[&[&'static str]], &[&'static str]) = match kind {
        Kind::Jurisdiction => (
            &[PLACE],
            &[
                "code",
                "name",
                "name_en",
                "parent",
                "tier",
                "zone",
                "population",
                "area_km2",
            ],
        ),
        Kind::Facility => (
            &[PLACE],
            &[
                "name",
                "jurisdiction",
                "facility_type",
                "level",
                "ownership",
                "roles",
                "authorised_beds",
            ],
        ),
        Kind::Station => (
            &[PLACE],
            &[
                "name",
                "jurisdiction",
                "tier",
                "zone",
                "service_radius_m",
                "facility_id",
                "parent_id",
            ],
        ),
        Kind::Ambulance => (&[PLACE, UNIT], &["plate", "class"]),
        Kind::Team => (
            &[PLACE, UNIT],
            &[
                "tier",
                "category",
                "members",
                "required_members",
                "specialities",
            ],
        ),
        Kind::SpecialVehicle => (&[PLACE, UNIT], &["plate", "vehicle_type"]),
        Kind::BedPool => (
            &[PLACE],
            &[
                "name",
                "facility_id",
                "jurisdiction",
                "ward",
                "properties",
                "activation_hours",
                "physical",
                "staffed",
                "occupied",
                "held",
                "reported_at",
                "reported_by",
            ],
        ),
        Kind::Stockpile => (
            &[PLACE],
            &[
                "name",
                "facility_id",
                "jurisdiction",
                "reserve_kind",
                "callable_hours",
                "counted_at",
                "counted_by",
            ],
        ),
        Kind::Item => (&[], &["name", "name_en", "category", "unit", "gb_code"]),
        Kind::Norm => (
            &[],
            &[
                "key",
                "place",
                "value",
                "operator",
                "unit",
                "base",
                "source_row",
                "doc",
                "doc_status",
                "valid_from",
                "valid_to",
                "text",
            ],
        ),
        Kind::Clock => (
            &[],
            &["world_at", "real_at", "running", "speed", "finished"],
        ),
    };
    HEADER
        .iter()
        .chain(groups.iter().copied().flatten())
        .chain(own)
        .copied()
        .collect()
}

/// Inserts or replaces rows given as a JSON array; table and column names are this file's own constants.
fn upsert_statement(kind: Kind) -> String {
    let (table, columns) = (kind.as_str(), columns(kind));
    let list = columns.join(", ");
    let replaced: Vec<_> = columns
        .iter()
        .skip(1)
        .map(|column| format!("{column} = EXCLUDED.{column}"))
        .collect();
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

/// Writes the last version of every changed entity.
///
/// # Errors
/// If the database is away or a constraint refuses a row.
pub async fn write(
    connection: &mut Connection,
    world: &WorldId,
    changes: &[Change],
) -> Result<(), StoreError> {
    let mut last: BTreeMap<&EntityId, &Change> = BTreeMap::new();
    for change in changes {
        last.insert(&change.id, change);
    }
    let mut rows: BTreeMap<Kind, Vec<Value>> = BTreeMap::new();
    for change in last.values() {
        match &change.entity {
            Some(entity) => rows.entry(change.kind).or_default().push(row(entity)?),
            None => remove(connection, world, change).await?,
        }
    }
    for (kind, rows) in rows {
        let ids: Vec<String> = rows
            .iter()
            .filter_map(|row| row["id"].as_str().map(str::to_owned))
            .collect();
        let rows = Value::Array(rows);
        execute(connection, &upsert_statement(kind), world, &rows).await?;
        if kind == Kind::Stockpile {
            diesel::sql_query(DELETE_LOTS)
                .bind::<sql_types::Text, _>(world.as_str())
                .bind::<sql_types::Array<sql_types::Text>, _>(ids)
                .execute(&mut **connection)
                .await?;
            execute(connection, INSERT_LOTS, world, &rows).await?;
        }
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
    let statement = format!(
        "DELETE FROM {} WHERE world_id = $1 AND id = $2",
        change.kind.as_str()
    );
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

/// Every entity of a world, from its typed tables.
///
/// # Errors
/// If the database is away or a row is not readable.
pub async fn load(
    connection: &mut Connection,
    world: &WorldId,
) -> Result<Vec<Arc<Entity>>, StoreError> {
    let mut entities = Vec::new();
    for kind in Kind::ALL {
        let lots = if *kind == Kind::Stockpile {
            LOTS_OF
        } else {
            ""
        };
        let statement = format!(
            "SELECT to_jsonb(t) - 'world_id' - 'location' {lots} AS row FROM {} t WHERE world_id = $1",
            kind.as_str()
        );
        let rows: Vec<JsonRow> = diesel::sql_query(statement)
            .bind::<sql_types::Text, _>(world.as_str())
            .load(&mut **connection)
            .await?;
        for JsonRow { row } in rows {
            entities.push(Arc::new(entity(*kind, row)?));
        }
    }
    Ok(entities)
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
