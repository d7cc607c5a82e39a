//! Cases: an incident with its calls, assignments and care records, which leave memory and come back as a whole.

use std::collections::BTreeMap;

use chiyuan_core::{Entity, EntityId, Kind, WorldId};
use diesel::{QueryableByName, sql_types};
use diesel_async::RunQueryDsl;

use super::{Connection, StoreError, entities};

/// Rows of archived kinds by their ids, each with the incident that it belongs to.
const NAMED: &str = "\
    SELECT 'incident' AS kind, id, id AS incident_id FROM incident WHERE world_id = $1 AND id = ANY($2) \
    UNION ALL SELECT 'call', id, incident_id FROM call WHERE world_id = $1 AND id = ANY($2) \
    UNION ALL SELECT 'assignment', id, incident_id FROM assignment WHERE world_id = $1 AND id = ANY($2) \
    UNION ALL SELECT 'care_record', id, incident_id FROM care_record WHERE world_id = $1 AND id = ANY($2) \
    UNION ALL SELECT 'shift', id, NULL FROM shift WHERE world_id = $1 AND id = ANY($2) \
    UNION ALL SELECT 'handover', id, NULL FROM handover WHERE world_id = $1 AND id = ANY($2)";

#[derive(QueryableByName)]
struct NamedRow {
    #[diesel(sql_type = sql_types::Text)]
    kind: String,
    #[diesel(sql_type = sql_types::Text)]
    id: String,
    #[diesel(sql_type = sql_types::Nullable<sql_types::Text>)]
    incident_id: Option<String>,
}

/// Incidents with everything that belongs to them, archived or not.
///
/// # Errors
/// If the database is away or a row is not readable.
pub async fn of_incidents(
    connection: &mut Connection,
    world: &WorldId,
    incidents: &[String],
) -> Result<Vec<Entity>, StoreError> {
    let mut found = Vec::new();
    for (kind, condition) in [
        (Kind::Incident, "AND id = ANY($2)"),
        (
            Kind::Assignment,
            "AND incident_id = ANY($2) ORDER BY assigned_at, id",
        ),
        (
            Kind::Call,
            "AND incident_id = ANY($2) ORDER BY received_at, id",
        ),
        (
            Kind::CareRecord,
            "AND incident_id = ANY($2) ORDER BY written_at, id",
        ),
    ] {
        found.extend(entities::find(connection, world, kind, condition, incidents).await?);
    }
    Ok(found)
}

/// What has left memory and bears one of these ids: whole cases, and single entities that belong to none.
///
/// # Errors
/// If the database is away or a row is not readable.
pub async fn named(
    connection: &mut Connection,
    world: &WorldId,
    ids: &[EntityId],
) -> Result<Vec<Vec<Entity>>, StoreError> {
    let ids: Vec<&str> = ids.iter().map(EntityId::as_str).collect();
    let rows: Vec<NamedRow> = diesel::sql_query(NAMED)
        .bind::<sql_types::Text, _>(world.as_str())
        .bind::<sql_types::Array<sql_types::Text>, _>(&ids)
        .load(&mut **connection)
        .await?;
    let mut incidents = BTreeMap::new();
    let mut cases = Vec::new();
    for NamedRow {
        kind,
        id,
        incident_id,
    } in rows
    {
        if let Some(incident) = incident_id {
            incidents.insert(incident, Vec::new());
            continue;
        }
        let kind = Kind::ALL.iter().find(|k| k.as_str() == kind);
        if let Some(kind) = kind {
            cases.push(entities::find(connection, world, *kind, "AND id = ANY($2)", &[id]).await?);
        }
    }
    let wanted: Vec<String> = incidents.keys().cloned().collect();
    if !wanted.is_empty() {
        for entity in of_incidents(connection, world, &wanted).await? {
            let incident = entity.case().map(EntityId::as_str);
            if let Some(case) = incident.and_then(|id| incidents.get_mut(id)) {
                case.push(entity);
            }
        }
    }
    cases.extend(incidents.into_values());
    Ok(cases)
}
