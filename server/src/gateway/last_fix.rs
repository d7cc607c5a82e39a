//! The latest fix of every unit, as the database keeps it.

use std::{collections::HashMap, sync::Arc};

use chiyuan_core::{EntityId, Timestamp, WorldId};
use chiyuan_geo::LonLat;
use diesel::{ExpressionMethods, QueryDsl, Queryable};
use diesel_async::RunQueryDsl;
use postgis_diesel::types::Point;

use crate::{
    picture::Fix,
    store::{Connection, StoreError, schema::last_fix},
};

#[derive(Queryable)]
struct Row {
    unit_id: String,
    at: Timestamp,
    location: Point,
    speed_mps: Option<f32>,
    heading_deg: Option<f32>,
    accuracy_m: Option<f32>,
    source: String,
    received_at: Timestamp,
}

/// The latest fixes of a world.
///
/// # Errors
/// If the database is away.
pub async fn load(
    connection: &mut Connection,
    world: &WorldId,
) -> Result<HashMap<EntityId, Arc<Fix>>, StoreError> {
    let (fixes, _) = since(connection, world, None).await?;
    Ok(fixes.into_iter().collect())
}

/// Latest fixes that the database received after a moment, and when it received the last of them.
///
/// # Errors
/// If the database is away.
pub async fn since(
    connection: &mut Connection,
    world: &WorldId,
    received_after: Option<Timestamp>,
) -> Result<(Vec<(EntityId, Arc<Fix>)>, Option<Timestamp>), StoreError> {
    use last_fix as f;
    let mut query = f::table
        .filter(f::world_id.eq(world.as_str()))
        .select((
            f::unit_id,
            f::at,
            f::location,
            f::speed_mps,
            f::heading_deg,
            f::accuracy_m,
            f::source,
            f::received_at,
        ))
        .into_boxed();
    if let Some(after) = received_after {
        query = query.filter(f::received_at.gt(after));
    }
    let rows: Vec<Row> = query.load(&mut **connection).await?;
    let until = rows.iter().map(|row| row.received_at).max();
    Ok((rows.into_iter().filter_map(fix).collect(), until))
}

fn fix(row: Row) -> Option<(EntityId, Arc<Fix>)> {
    let unit = EntityId::new(&row.unit_id).ok()?;
    let position = LonLat::new(row.location.x, row.location.y).ok()?;
    let fix = Fix {
        at: row.at,
        position,
        speed_mps: row.speed_mps,
        heading_deg: row.heading_deg,
        accuracy_m: row.accuracy_m,
        source: row.source.into(),
    };
    Some((unit, Arc::new(fix)))
}
