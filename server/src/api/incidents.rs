//! Incidents as desks read them: open ones from memory, ended ones from the tables, one with all that belongs to it.

use std::collections::BTreeSet;

use actix_web::{HttpRequest, HttpResponse, web};
use chiyuan_core::{
    Centre, Entity, EntityId, Kind, Timestamp,
    assignment::Assignment,
    call::Call,
    care_record::CareRecord,
    incident::{Incident, IncidentStatus, Need},
};
use serde::Serialize;
use utoipa::ToSchema;

use super::{
    caller::Caller,
    error::{ApiError, Code},
    query::Query,
    worlds,
};
use crate::{
    app::App,
    store::{Connection, cases, entities, journal},
    world::WorldRuntime,
};

/// Most rows of a timeline; the newest stay.
const TIMELINE: i64 = 1_000;

pub(super) fn routes(config: &mut web::ServiceConfig) {
    config
        .route("/worlds/{world}/incidents", web::get().to(list))
        .route("/worlds/{world}/incidents/{id}", web::get().to(one));
}

/// A need, and how many units fill it.
#[derive(Debug, Serialize, ToSchema)]
pub struct NeedView {
    #[serde(flatten)]
    need: Need,
    filled: usize,
}

/// An incident with its needs as they are filled.
#[derive(Debug, Serialize, ToSchema)]
pub struct IncidentView {
    kind: &'static str,
    #[serde(flatten)]
    #[schema(inline)]
    incident: serde_json::Value,
    needs: Vec<NeedView>,
}

/// An incident with all that belongs to it.
#[derive(Debug, Serialize, ToSchema)]
pub struct IncidentFile {
    #[serde(flatten)]
    view: IncidentView,
    assignments: Vec<Assignment>,
    calls: Vec<Call>,
    care_records: Vec<CareRecord>,
    timeline: Vec<TimelineEntry>,
}

/// One command that touched the incident or something of it.
#[derive(Debug, Serialize, ToSchema)]
pub struct TimelineEntry {
    pub seq: u64,
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
    pub actor: String,
    /// Word of the command.
    pub r#type: String,
    pub command: serde_json::Value,
    pub entity_ids: Vec<String>,
}

/// Incidents by status, in the order of their ids.
#[utoipa::path(get, operation_id = "list_incidents", path = "/api/v1/worlds/{world}/incidents", tag = "incidents",
    params(("world" = String, Path), ("status" = Option<String>, Query), ("after" = Option<String>, Query),
        ("limit" = Option<u32>, Query)),
    responses((status = 200, body = Vec<IncidentView>)))]
pub async fn list(
    app: web::Data<App>,
    caller: Caller,
    path: web::Path<String>,
    request: HttpRequest,
) -> Result<HttpResponse, ApiError> {
    let world = worlds::find(&app, &path)?;
    let mut query = Query::of(&request)?;
    let statuses = statuses(query.text("status").as_deref())?;
    let after: Option<EntityId> = query
        .text("after")
        .map(|id| EntityId::new(&id))
        .transpose()
        .map_err(|_| malformed("after"))?;
    let limit = query.limit(100)?;
    query.end()?;
    let scope = caller.scope(world.picture().world())?;
    let mut found = open(&world, scope, &statuses);
    if statuses.contains(&IncidentStatus::Closed) {
        let mut connection = app.store.read().await?;
        found.extend(archived(&mut connection, &world, scope).await?);
        connection.done();
    }
    found.sort_by(|a, b| a.header.id.cmp(&b.header.id));
    let page = found
        .iter()
        .filter(|i| after.as_ref().is_none_or(|after| i.header.id > *after))
        .take(limit);
    let picture = world.picture();
    let views: Vec<_> = page
        .map(|incident| view(incident, &assignments_of(&picture, incident)))
        .collect();
    drop(picture);
    Ok(HttpResponse::Ok().json(views))
}

fn malformed(name: &str) -> ApiError {
    ApiError::new(Code::MalformedQuery, format!("{name} is wrong"))
}

/// `open,held` unless asked for others.
fn statuses(text: Option<&str>) -> Result<Vec<IncidentStatus>, ApiError> {
    let words = text.unwrap_or("open,held").split(',');
    let status = |word: &str| match word {
        "open" => Ok(IncidentStatus::Open),
        "held" => Ok(IncidentStatus::Held),
        "closed" => Ok(IncidentStatus::Closed),
        _ => Err(malformed("status")),
    };
    words.map(status).collect()
}

fn open(world: &WorldRuntime, scope: Option<Centre>, statuses: &[IncidentStatus]) -> Vec<Incident> {
    let picture = world.picture();
    let incidents = picture
        .world()
        .of_kind(Kind::Incident)
        .filter_map(|entity| match entity {
            Entity::Incident(i) if statuses.contains(&i.status) && seen(entity, scope) => {
                Some(i.clone())
            }
            _ => None,
        });
    incidents.collect()
}

fn seen(entity: &Entity, scope: Option<Centre>) -> bool {
    scope.is_none_or(|centre| entity.header().visible_in(centre))
}

async fn archived(
    connection: &mut Connection,
    world: &WorldRuntime,
    scope: Option<Centre>,
) -> Result<Vec<Incident>, ApiError> {
    let condition = "AND archived AND cardinality($2) = 0 ORDER BY opened_at DESC LIMIT 1000";
    let rows = entities::find(connection, world.id(), Kind::Incident, condition, &[]).await?;
    let visible = rows.into_iter().filter(|entity| seen(entity, scope));
    Ok(visible
        .filter_map(|e| {
            if let Entity::Incident(i) = e {
                Some(i)
            } else {
                None
            }
        })
        .collect())
}

fn assignments_of(picture: &crate::picture::Picture, incident: &Incident) -> Vec<Assignment> {
    let entities = incident
        .assignment_ids
        .iter()
        .filter_map(|id| picture.world().get(id));
    entities
        .filter_map(|e| {
            if let Entity::Assignment(a) = e {
                Some(a.as_ref().clone())
            } else {
                None
            }
        })
        .collect()
}

/// The incident as desks see it.
fn view(incident: &Incident, assignments: &[Assignment]) -> IncidentView {
    let filled = |need: &Need| {
        let fills = |a: &&Assignment| a.need_id.as_ref() == Some(&need.id) && a.fills_need();
        assignments.iter().filter(fills).count()
    };
    let needs = incident.needs.iter().map(|need| NeedView {
        filled: filled(need),
        need: need.clone(),
    });
    let needs = needs.collect();
    let mut fields = serde_json::to_value(incident).unwrap_or_default();
    if let Some(fields) = fields.as_object_mut() {
        fields.remove("needs");
    }
    IncidentView {
        kind: Kind::Incident.as_str(),
        incident: fields,
        needs,
    }
}

/// One incident with its assignments, calls, care records and timeline, archived or not.
#[utoipa::path(get, operation_id = "get_incident", path = "/api/v1/worlds/{world}/incidents/{id}", tag = "incidents",
    params(("world" = String, Path), ("id" = String, Path)),
    responses((status = 200, body = IncidentFile)))]
pub async fn one(
    app: web::Data<App>,
    caller: Caller,
    path: web::Path<(String, String)>,
    request: HttpRequest,
) -> Result<HttpResponse, ApiError> {
    let (world, id) = path.into_inner();
    let world = worlds::find(&app, &world)?;
    Query::of(&request)?.end()?;
    let scope = caller.scope(world.picture().world())?;
    let missing = || ApiError::new(Code::NotFound, "no such incident");
    let id = EntityId::new(&id).map_err(|_| missing())?;
    let mut connection = app.store.read().await?;
    // One look at the tables for everything: what is archived and what is not lies there together.
    let found = cases::of_incidents(&mut connection, world.id(), &[id.to_string()]).await?;
    let mut file = Parts::of(found);
    let incident = file
        .incident
        .take()
        .filter(|i| scope.is_none_or(|c| i.header.visible_in(c)))
        .ok_or_else(missing)?;
    let timeline = timeline(&mut connection, &world, &incident, &file).await?;
    connection.done();
    Ok(HttpResponse::Ok().json(IncidentFile {
        view: view(&incident, &file.assignments),
        assignments: file.assignments,
        calls: file.calls,
        care_records: file.care_records,
        timeline,
    }))
}

#[derive(Default)]
struct Parts {
    incident: Option<Incident>,
    assignments: Vec<Assignment>,
    calls: Vec<Call>,
    care_records: Vec<CareRecord>,
}

impl Parts {
    fn of(entities: Vec<Entity>) -> Self {
        let mut parts = Self::default();
        for entity in entities {
            match entity {
                Entity::Incident(incident) => parts.incident = Some(incident),
                Entity::Assignment(assignment) => parts.assignments.push(*assignment),
                Entity::Call(call) => parts.calls.push(call),
                Entity::CareRecord(record) => parts.care_records.push(record),
                _ => {}
            }
        }
        parts
    }
}

async fn timeline(
    connection: &mut Connection,
    world: &WorldRuntime,
    incident: &Incident,
    parts: &Parts,
) -> Result<Vec<TimelineEntry>, ApiError> {
    let mut ids: BTreeSet<String> = [incident.header.id.to_string()].into();
    ids.extend(parts.assignments.iter().map(|a| a.header.id.to_string()));
    ids.extend(parts.calls.iter().map(|c| c.header.id.to_string()));
    ids.extend(parts.care_records.iter().map(|r| r.header.id.to_string()));
    let ids: Vec<String> = ids.into_iter().collect();
    let rows = journal::of_entities(connection, world.id(), &ids, i64::MAX, TIMELINE).await?;
    let mut entries = Vec::with_capacity(rows.len());
    for row in rows {
        let envelope = row.envelope()?;
        let touched = envelope.changes.iter().map(|change| change.id.to_string());
        entries.push(TimelineEntry {
            seq: envelope.seq,
            at: envelope.at,
            actor: envelope.actor,
            r#type: envelope.command["type"]
                .as_str()
                .unwrap_or_default()
                .to_owned(),
            entity_ids: touched.filter(|id| ids.binary_search(id).is_ok()).collect(),
            command: envelope.command,
        });
    }
    Ok(entries)
}
