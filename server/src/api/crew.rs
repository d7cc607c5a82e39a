//! What a crew's phone shows: its unit, its order, where to, and the personal part of the order.

use actix_web::{HttpRequest, HttpResponse, web};
use chiyuan_core::{
    Entity, EntityId, Kind, Timestamp, World, assignment::Assignment, bed_pool::BedPoolSpec,
    incident::Incident, private::PrivateRef, shift::Shift,
};
use serde::Serialize;
use utoipa::ToSchema;

use super::{
    caller::Caller,
    error::{ApiError, Code},
    private::{self, PrivateView},
    query::Query,
    worlds,
};
use crate::{
    app::App,
    picture::{Picture, lon_lat},
    store,
};

/// Most hospitals offered as destinations.
const HOSPITALS: usize = 12;

pub(super) fn routes(config: &mut web::ServiceConfig) {
    config.route("/worlds/{world}/crew", web::get().to(show));
}

/// A hospital near the unit.
#[derive(Debug, Serialize, ToSchema)]
pub struct Hospital {
    pub id: EntityId,
    pub name: String,
    pub level: String,
    pub distance_m: f64,
    pub lon: f64,
    pub lat: f64,
    /// Free beds reported by its pools.
    pub free_beds: u32,
    /// Those of them with negative pressure or in isolation, for who may be infectious.
    pub free_isolation_beds: u32,
}

/// An order that is over.
#[derive(Debug, Serialize, ToSchema)]
pub struct LastOrder {
    pub assignment: Assignment,
    /// Number of its incident.
    pub number: Option<String>,
}

/// Everything that a crew's phone needs at once.
#[derive(Debug, Serialize, ToSchema)]
pub struct CrewView {
    #[schema(value_type = String, format = DateTime)]
    pub server_time: Timestamp,
    pub world: String,
    pub unit: Entity,
    pub station: Option<Entity>,
    pub shift: Option<Shift>,
    pub assignment: Option<Assignment>,
    /// The order that ended last, within the last day.
    pub last_order: Option<LastOrder>,
    pub incident: Option<Incident>,
    pub destination: Option<Entity>,
    /// The personal part of the incident; left out if `known` names it.
    pub patient: Option<PrivateView>,
    /// Needed only while a patient may be carried.
    pub hospitals: Vec<Hospital>,
}

/// The order of the caller's own unit.
#[utoipa::path(get, operation_id = "show_crew", path = "/api/v1/worlds/{world}/crew", tag = "crew",
    params(("world" = String, Path), ("known" = Option<String>, Query, description = "id of the personal part that the phone has already")),
    responses((status = 200, body = CrewView)))]
pub async fn show(
    app: web::Data<App>,
    caller: Caller,
    path: web::Path<String>,
    request: HttpRequest,
) -> Result<HttpResponse, ApiError> {
    let world = worlds::find(&app, &path)?;
    let mut query = Query::of(&request)?;
    let known = query.text("known");
    query.end()?;
    let missing = || ApiError::new(Code::NotFound, "your unit is not in this world");
    let unit_id = caller.actor.unit.clone().ok_or_else(missing)?;
    let (mut view, part) = compose(&world.picture(), &unit_id).ok_or_else(missing)?;
    // A phone that has it does not ask again, and the audit chain is not filled with its polling.
    if let Some(part) = part.filter(|part| known.as_deref() != Some(part.id.as_str())) {
        let mut connection = app.store.read().await?;
        let stored = store::private::get(&mut connection, world.id(), &part.id).await?;
        connection.done();
        view.patient = stored.map(PrivateView::of);
        private::record(&app, &caller, "private_read", &part.id).await?;
    }
    Ok(HttpResponse::Ok().json(view))
}

fn compose(picture: &Picture, unit_id: &EntityId) -> Option<(CrewView, Option<PrivateRef>)> {
    let world = picture.world();
    let unit = world.get(unit_id).filter(|unit| !unit.header().retired)?;
    let duty = unit.duty()?;
    let assignment = duty
        .assignment_id
        .as_ref()
        .and_then(|id| match world.get(id)? {
            Entity::Assignment(assignment) => Some(assignment.as_ref().clone()),
            _ => None,
        });
    let incident = assignment
        .as_ref()
        .and_then(|a| match world.get(&a.incident_id)? {
            Entity::Incident(incident) => Some(incident.clone()),
            _ => None,
        });
    let shift = duty.shift_id.as_ref().and_then(|id| match world.get(id)? {
        Entity::Shift(shift) => Some(shift.clone()),
        _ => None,
    });
    let destination = assignment
        .as_ref()
        .and_then(|a| world.get(a.destination_id.as_ref()?))
        .cloned();
    let carries = assignment.as_ref().is_some_and(|a| a.carries_patients);
    let part = incident
        .as_ref()
        .and_then(|incident| incident.private.clone());
    let view = CrewView {
        server_time: picture.now(crate::time::now()),
        world: world.id().to_string(),
        station: unit.stands_at().and_then(|id| world.get(id)).cloned(),
        unit: unit.clone(),
        shift,
        hospitals: if carries {
            hospitals(picture, unit_id, incident.as_ref())
        } else {
            Vec::new()
        },
        last_order: last_order(world, unit_id),
        assignment,
        incident,
        destination,
        patient: None,
    };
    Some((view, part))
}

fn last_order(world: &World, unit_id: &EntityId) -> Option<LastOrder> {
    let ended = world
        .of_kind(Kind::Assignment)
        .filter_map(|entity| match entity {
            Entity::Assignment(a) if a.unit_id == *unit_id && a.ended_at.is_some() => Some(a),
            _ => None,
        });
    let assignment = ended.max_by_key(|a| a.ended_at)?.as_ref().clone();
    let number = match world.get(&assignment.incident_id) {
        Some(Entity::Incident(incident)) => Some(incident.number.to_string()),
        _ => None,
    };
    Some(LastOrder { assignment, number })
}

/// Hospitals by distance from the scene, or from the unit.
fn hospitals(picture: &Picture, unit_id: &EntityId, incident: Option<&Incident>) -> Vec<Hospital> {
    let scene = incident.map(|incident| lon_lat(incident.point));
    let from = scene.or_else(|| picture.slot(unit_id).map(|slot| slot.position));
    let Some(from) = from else {
        return Vec::new();
    };
    let centre = picture
        .world()
        .get(unit_id)
        .map(|unit| unit.header().centre);
    let takes_patients = |entity: &Entity| match entity {
        Entity::Facility(facility) => facility.spec.facility_type.takes_patients(),
        _ => false,
    };
    let near = picture.nearest_slots(from, HOSPITALS, None, |slot| {
        takes_patients(&slot.entity)
            && centre.is_some_and(|centre| slot.entity.header().visible_in(centre))
    });
    let hospital = |(slot, distance_m): (&crate::picture::Slot, f64)| match slot.entity.as_ref() {
        Entity::Facility(facility) => Some(Hospital {
            id: facility.header.id.clone(),
            name: facility.spec.name.to_string(),
            level: serde_json::to_value(facility.spec.level)
                .ok()?
                .as_str()?
                .to_owned(),
            distance_m: distance_m.round(),
            lon: slot.position.lon(),
            lat: slot.position.lat(),
            free_beds: free_beds(picture.world(), &facility.header.id, |_| true),
            free_isolation_beds: free_beds(picture.world(), &facility.header.id, isolates),
        }),
        _ => None,
    };
    near.into_iter().filter_map(hospital).collect()
}

fn free_beds(world: &World, facility_id: &EntityId, counts: impl Fn(&BedPoolSpec) -> bool) -> u32 {
    let pools = world
        .of_kind(Kind::BedPool)
        .filter_map(|entity| match entity {
            Entity::BedPool(pool)
                if pool.spec.facility_id == *facility_id
                    && !pool.header.retired
                    && counts(&pool.spec) =>
            {
                Some(pool.state.free())
            }
            _ => None,
        });
    pools.sum()
}

fn isolates(pool: &BedPoolSpec) -> bool {
    let words = ["negative_pressure", "isolation", "infectious"];
    pool.properties
        .iter()
        .any(|word| words.contains(&word.as_str()))
}
