//! Worlds as the database keeps them: made, listed, locked, loaded.

use chiyuan_core::{Timestamp, World, WorldId, journal};
use diesel::{ExpressionMethods, OptionalExtension, QueryDsl, QueryableByName, sql_types};
use diesel_async::{RunQueryDsl, SimpleAsyncConnection};

use super::{Connection, StoreError, entities, schema::world};

/// A world's row.
#[derive(Debug, Clone, diesel::Queryable)]
pub struct WorldRow {
    pub id: String,
    pub kind: String,
    pub name: String,
    pub epoch: String,
    pub seq: i64,
}

/// What the world's row says while it is locked.
#[derive(Debug, Clone, QueryableByName)]
pub struct LockedWorld {
    #[diesel(sql_type = sql_types::BigInt)]
    pub seq: i64,
    #[diesel(sql_type = sql_types::Timestamptz)]
    pub at: Timestamp,
    #[diesel(sql_type = sql_types::Binary)]
    pub head: Vec<u8>,
    /// Epoch of database and world together.
    #[diesel(sql_type = sql_types::Text)]
    pub epoch: String,
    /// Real time at PostgreSQL.
    #[diesel(sql_type = sql_types::Timestamptz)]
    pub now: Timestamp,
}

/// The epoch changes with a restored or failed-over database: system identifier, timeline and the world's own.
macro_rules! epoch {
    () => {
        "left(encode(sha256(convert_to((SELECT system_identifier::text FROM pg_control_system()) || '/' || \
         (SELECT timeline_id::text FROM pg_control_checkpoint()) || '/' || w.epoch, 'UTF8')), 'hex'), 16)"
    };
}

const LOCK: &str = concat!(
    "SELECT w.seq, w.at, w.head, ",
    epoch!(),
    " AS epoch, date_trunc('milliseconds', clock_timestamp()) AS now \
      FROM world w WHERE w.id = $1 FOR NO KEY UPDATE OF w"
);
const GLANCE: &str = concat!(
    "SELECT w.seq, ",
    epoch!(),
    " AS epoch FROM world w WHERE w.id = $1"
);

/// Locks the world's row; commands of all servers queue here.
///
/// # Errors
/// If the world does not exist or the database is away.
pub async fn lock(connection: &mut Connection, id: &WorldId) -> Result<LockedWorld, StoreError> {
    diesel::sql_query(LOCK)
        .bind::<sql_types::Text, _>(id.as_str())
        .get_result(&mut **connection)
        .await
        .map_err(StoreError::from)
}

/// A look at seq and epoch without a lock.
#[derive(Debug, Clone, QueryableByName)]
pub struct Glance {
    #[diesel(sql_type = sql_types::BigInt)]
    pub seq: i64,
    #[diesel(sql_type = sql_types::Text)]
    pub epoch: String,
}

/// Reads seq and epoch of a world.
///
/// # Errors
/// If the database is away.
pub async fn glance(connection: &mut Connection, id: &WorldId) -> Result<Glance, StoreError> {
    Ok(diesel::sql_query(GLANCE)
        .bind::<sql_types::Text, _>(id.as_str())
        .get_result(&mut **connection)
        .await?)
}

/// Every open world.
///
/// # Errors
/// If the database is away.
pub async fn open_worlds(connection: &mut Connection) -> Result<Vec<WorldRow>, StoreError> {
    Ok(world::table
        .filter(world::open.eq(true))
        .order(world::created_at)
        .select((
            world::id,
            world::kind,
            world::name,
            world::epoch,
            world::seq,
        ))
        .load(&mut **connection)
        .await?)
}

/// The ids of all worlds, open or not, oldest first.
///
/// # Errors
/// If the database is away.
pub async fn ids(connection: &mut Connection) -> Result<Vec<String>, StoreError> {
    Ok(world::table
        .order((world::created_at, world::id))
        .select(world::id)
        .load(&mut **connection)
        .await?)
}

/// Makes a world if it does not exist; true if it was made.
///
/// # Errors
/// If the database is away.
pub async fn create(
    connection: &mut Connection,
    id: &WorldId,
    kind: &str,
    name: &str,
    open: bool,
) -> Result<bool, StoreError> {
    let made = diesel::insert_into(world::table)
        .values((
            world::id.eq(id.as_str()),
            world::kind.eq(kind),
            world::name.eq(name),
            world::epoch.eq(uuid::Uuid::now_v7().to_string()),
            world::head.eq(journal::genesis(id).to_vec()),
            world::open.eq(open),
        ))
        .on_conflict_do_nothing()
        .execute(&mut **connection)
        .await?;
    Ok(made == 1)
}

/// Shows a world that was made closed.
///
/// # Errors
/// If the database is away.
pub async fn open(connection: &mut Connection, id: &WorldId) -> Result<(), StoreError> {
    diesel::update(world::table.find(id.as_str()))
        .set(world::open.eq(true))
        .execute(&mut **connection)
        .await?;
    Ok(())
}

/// Gives every world a new epoch, so that nobody goes on from what he saw before.
///
/// # Errors
/// If the database is away.
pub async fn renew_epochs(connection: &mut Connection) -> Result<(), StoreError> {
    for id in ids(connection).await? {
        diesel::update(world::table.find(id))
            .set(world::epoch.eq(uuid::Uuid::now_v7().to_string()))
            .execute(&mut **connection)
            .await?;
    }
    Ok(())
}

/// Loads a world at one seq, with its epoch.
///
/// # Errors
/// If the database is away or a row is not readable.
pub async fn load(
    connection: &mut Connection,
    id: &WorldId,
) -> Result<Option<(World, String)>, StoreError> {
    connection
        .batch_execute(
            "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL statement_timeout = '60s'",
        )
        .await?;
    let at: Option<Timestamp> = world::table
        .find(id.as_str())
        .select(world::at)
        .first(&mut **connection)
        .await
        .optional()?;
    let loaded = match at {
        None => None,
        Some(at) => {
            let glance = glance(connection, id).await?;
            let entities = entities::load(connection, id, entities::Rows::Open).await?;
            Some((
                World::load(id.clone(), seq(glance.seq)?, at, entities),
                glance.epoch,
            ))
        }
    };
    connection.batch_execute("COMMIT").await?;
    Ok(loaded)
}

/// A stored sequence number as the rules know it.
///
/// # Errors
/// If it is negative.
pub fn seq(stored: i64) -> Result<u64, StoreError> {
    u64::try_from(stored)
        .map_err(|_| StoreError::Corrupt("a sequence number is negative".to_owned()))
}
