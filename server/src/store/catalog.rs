//! What the database consists of: tables in the order in which they can be filled, sequences, migrations.

use std::collections::BTreeSet;

use super::{
    StoreError,
    bulk::{Bulk, list, quoted},
};

/// A table with the columns that can be written.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Table {
    /// Without its schema if that is `public`.
    pub name: String,
    pub columns: Vec<String>,
}

/// The table of the migrations that were applied.
pub const MIGRATIONS: &str = "__diesel_schema_migrations";

/// The one table that has a row in an empty database.
const AUDIT_HEAD: &str = "audit_head";

/// Tables, except partitions (read with their parent) and those of extensions, with the tables they refer to.
const TABLES: &str = "SELECT CASE n.nspname WHEN 'public' THEN c.relname::text ELSE n.nspname || '.' || c.relname END, \
    coalesce((SELECT array_agg(a.attname::text ORDER BY a.attnum) FROM pg_attribute a \
      WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''), '{}'), \
    coalesce((SELECT array_agg(f.relname::text) FROM pg_constraint k JOIN pg_class f ON f.oid = k.confrelid \
      WHERE k.conrelid = c.oid AND k.contype = 'f' AND NOT k.condeferred AND k.confrelid <> c.oid), '{}') \
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace \
    WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND n.nspname !~ '^pg_' \
      AND n.nspname <> 'information_schema' AND NOT EXISTS (SELECT FROM pg_depend d \
        WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e') \
    ORDER BY 1";

/// All tables, each after those it refers to.
///
/// # Errors
/// If the database is away, or tables refer to each other in a circle.
pub async fn tables(bulk: &Bulk) -> Result<Vec<Table>, StoreError> {
    let rows = bulk.query(TABLES, &[]).await?;
    let read = |row: &tokio_postgres::Row| -> Result<_, tokio_postgres::Error> {
        let table = Table {
            name: row.try_get(0)?,
            columns: row.try_get(1)?,
        };
        Ok((table, row.try_get(2)?))
    };
    let found: Result<Vec<(Table, Vec<String>)>, _> = rows.iter().map(read).collect();
    in_order(found?)
}

/// Sorts tables so that each comes after those it refers to; the rest by name.
fn in_order(mut waiting: Vec<(Table, Vec<String>)>) -> Result<Vec<Table>, StoreError> {
    let mut ordered = Vec::with_capacity(waiting.len());
    let mut placed = BTreeSet::new();
    while !waiting.is_empty() {
        let ready = waiting
            .iter()
            .position(|(_, needs)| needs.iter().all(|need| placed.contains(need)));
        let Some(ready) = ready else {
            let names: Vec<_> = waiting
                .iter()
                .map(|(table, _)| table.name.as_str())
                .collect();
            return Err(StoreError::Corrupt(format!(
                "tables refer to each other in a circle: {}",
                names.join(" ")
            )));
        };
        let (table, _) = waiting.remove(ready);
        placed.insert(table.name.clone());
        ordered.push(table);
    }
    Ok(ordered)
}

/// Versions of the migrations that were applied, oldest first; none without their table.
///
/// # Errors
/// If the database is away.
pub async fn applied(bulk: &Bulk) -> Result<Vec<String>, StoreError> {
    let present = bulk
        .query(
            "SELECT to_regclass('public.__diesel_schema_migrations') IS NOT NULL",
            &[],
        )
        .await?;
    if !present.iter().any(|row| row.get(0)) {
        return Ok(Vec::new());
    }
    let rows = bulk
        .query(
            "SELECT version::text FROM public.__diesel_schema_migrations ORDER BY 1",
            &[],
        )
        .await?;
    Ok(rows.iter().map(|row| row.get(0)).collect())
}

const SEQUENCES: &str = "SELECT s.sequencename::text, s.last_value FROM pg_sequences s \
    JOIN pg_class c ON c.oid = format('%I.%I', s.schemaname, s.sequencename)::regclass \
    WHERE s.schemaname = 'public' AND NOT EXISTS (SELECT FROM pg_depend d \
      WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e') ORDER BY 1";

/// Sequences with the last number that each gave; none if it gave none yet.
///
/// # Errors
/// If the database is away.
pub async fn sequences(bulk: &Bulk) -> Result<Vec<(String, Option<i64>)>, StoreError> {
    let rows = bulk.query(SEQUENCES, &[]).await?;
    let read = |row: &tokio_postgres::Row| Ok((row.try_get(0)?, row.try_get(1)?));
    let found: Result<_, tokio_postgres::Error> = rows.iter().map(read).collect();
    Ok(found?)
}

/// Lets a sequence go on after a number.
///
/// # Errors
/// If the database is away or has no such sequence.
pub async fn set_sequence(bulk: &Bulk, name: &str, last: i64) -> Result<(), StoreError> {
    let statement = "SELECT setval(format('public.%I', $1::text)::regclass, $2)";
    bulk.query(statement, &[&name, &last]).await?;
    Ok(())
}

/// Days that `track` has partitions of, as `YYYYMMDD`.
///
/// # Errors
/// If the database is away.
pub async fn track_days(bulk: &Bulk) -> Result<Vec<String>, StoreError> {
    let query = "SELECT substr(c.relname::text, 7) FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid \
        WHERE i.inhparent = 'public.track'::regclass ORDER BY 1";
    let rows = bulk.query(query, &[]).await?;
    Ok(rows.iter().map(|row| row.get(0)).collect())
}

/// Makes the partition of a day if it is missing.
///
/// # Errors
/// If the database is away or this is no day.
pub async fn ensure_track_day(bulk: &Bulk, day: &str) -> Result<(), StoreError> {
    let statement = "SELECT public.ensure_track_day(to_date($1::text, 'YYYYMMDD'))::text";
    bulk.query(statement, &[&day]).await?;
    Ok(())
}

/// PostgreSQL's time, as RFC 3339 in UTC, and its version.
///
/// # Errors
/// If the database is away.
pub async fn time_and_version(bulk: &Bulk) -> Result<(String, String), StoreError> {
    let query = "SELECT to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.MS\"Z\"'), \
        current_setting('server_version')";
    let rows = bulk.query(query, &[]).await?;
    let row = rows.first().ok_or_else(|| missing("time"))?;
    Ok((row.try_get(0)?, row.try_get(1)?))
}

/// Where every world's journal ends: id, seq, hash.
///
/// # Errors
/// If the database is away.
pub async fn world_heads(bulk: &Bulk) -> Result<Vec<(String, i64, Vec<u8>)>, StoreError> {
    let query = "SELECT id, seq, head FROM public.world ORDER BY id";
    let rows = bulk.query(query, &[]).await?;
    let read = |row: &tokio_postgres::Row| Ok((row.try_get(0)?, row.try_get(1)?, row.try_get(2)?));
    let found: Result<_, tokio_postgres::Error> = rows.iter().map(read).collect();
    Ok(found?)
}

/// Where the audit chain ends: seq, hash.
///
/// # Errors
/// If the database is away.
pub async fn audit_head(bulk: &Bulk) -> Result<(i64, Vec<u8>), StoreError> {
    let query = "SELECT seq, hash FROM public.audit_head";
    let rows = bulk.query(query, &[]).await?;
    let row = rows.first().ok_or_else(|| missing("audit chain"))?;
    Ok((row.try_get(0)?, row.try_get(1)?))
}

fn missing(what: &str) -> StoreError {
    StoreError::Corrupt(format!("the database has no {what}"))
}

/// Whether somebody has put rows into a table; what migrations put there does not count.
///
/// # Errors
/// If the database is away or the table cannot be read.
pub async fn has_rows(bulk: &Bulk, table: &str) -> Result<bool, StoreError> {
    let condition = match table {
        MIGRATIONS => return Ok(false),
        AUDIT_HEAD => " WHERE seq > 0",
        _ => "",
    };
    let (schema, name) = table.split_once('.').unwrap_or(("public", table));
    let table = format!("{}.{}", quoted(schema), quoted(name));
    let query = format!("SELECT EXISTS (SELECT FROM {table}{condition})");
    Ok(bulk.query(&query, &[]).await?.iter().any(|row| row.get(0)))
}

/// Keeps everybody else out of all tables until the transaction ends.
///
/// # Errors
/// If the database is away, or somebody is in one of them for long.
pub async fn lock(bulk: &Bulk, tables: &[Table]) -> Result<(), StoreError> {
    let names: Vec<_> = tables.iter().map(|table| table.name.clone()).collect();
    let statement = format!("LOCK TABLE {} IN ACCESS EXCLUSIVE MODE", list(&names));
    bulk.execute(&statement).await
}

/// Removes what the migrations put into tables.
///
/// # Errors
/// If the database is away.
pub async fn clear_prefilled(bulk: &Bulk) -> Result<(), StoreError> {
    bulk.execute("DELETE FROM public.audit_head").await
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ordered(tables: &[(&str, &[&str])]) -> Result<Vec<String>, StoreError> {
        let waiting = tables
            .iter()
            .map(|(name, needs)| {
                let table = Table {
                    name: (*name).to_owned(),
                    columns: Vec::new(),
                };
                (table, needs.iter().map(|need| (*need).to_owned()).collect())
            })
            .collect();
        Ok(in_order(waiting)?
            .into_iter()
            .map(|table| table.name)
            .collect())
    }

    #[test]
    fn who_is_referred_to_comes_first() {
        let order = ordered(&[
            ("lot", &["stockpile"]),
            ("audit", &[]),
            ("stockpile", &["world"]),
            ("world", &[]),
        ]);
        assert_eq!(order.unwrap(), ["audit", "world", "stockpile", "lot"]);
    }

    #[test]
    fn a_circle_is_told() {
        let circle = ordered(&[("hen", &["egg"]), ("egg", &["hen"]), ("farm", &[])]);
        assert!(circle.unwrap_err().to_string().contains("hen egg"));
    }
}
