//! Marks 标注: notes and areas that people draw on the map for everybody of a centre.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    Change, DivisionCode, Entity, EntityId, Header, Kind, Point, Rejection, RejectionCode,
    Timestamp, World,
    decide::Context,
    incident, millis, place,
    shape::{Geometry, Shape},
    text::{Name, Note},
};

/// Most marks of a world that have not ended.
pub const MAX_OPEN: usize = 1_000;
/// Longest time ahead for which an end can be set, days.
pub const MAX_AHEAD_D: i64 = 90;

/// What a mark says of a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum MarkType {
    /// 备注
    Note,
    /// 集结点
    StagingPoint,
    /// 危险区
    HazardZone,
    /// 警戒区
    Cordon,
    /// 交通管制
    TrafficControl,
    /// 其他
    Other,
}

/// 标注
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Mark {
    #[serde(flatten)]
    pub header: Header,
    pub jurisdiction: DivisionCode,
    pub mark_type: MarkType,
    /// May be empty: then its type names it.
    #[schema(value_type = String)]
    pub title: Name,
    #[schema(value_type = String)]
    pub text: Note,
    #[schema(value_type = Geometry)]
    pub geometry: Shape,
    pub incident_id: Option<EntityId>,
    #[schema(value_type = String, format = DateTime)]
    pub drawn_at: Timestamp,
    #[schema(value_type = String)]
    pub drawn_by: Name,
    #[schema(value_type = Option<String>, format = DateTime)]
    pub changed_at: Option<Timestamp>,
    #[schema(value_type = Option<String>)]
    pub changed_by: Option<Name>,
    /// When it ends by itself.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub valid_until: Option<Timestamp>,
    #[schema(value_type = Option<String>, format = DateTime)]
    pub ended_at: Option<Timestamp>,
    #[schema(value_type = Option<String>)]
    pub ended_by: Option<Name>,
}

/// Draws a mark.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DrawMark {
    /// Id for the mark; left out, one is given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mark_id: Option<EntityId>,
    pub mark_type: MarkType,
    #[serde(default)]
    #[schema(value_type = String)]
    pub title: Name,
    /// What to know there; nothing about persons.
    #[serde(default)]
    #[schema(value_type = String)]
    pub text: Note,
    pub geometry: Geometry,
    /// Left out: that of the incident, else of the nearest station inside the actor's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub jurisdiction: Option<DivisionCode>,
    /// The incident it was drawn for, seen by whoever sees that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub incident_id: Option<EntityId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub valid_until: Option<Timestamp>,
}

/// Changes a mark; fields left out stay.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeMark {
    pub mark_id: EntityId,
    /// The version that the editor saw; another one refuses the change.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub based_on_version: Option<u64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mark_type: Option<MarkType>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub title: Option<Name>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub text: Option<Note>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub geometry: Option<Geometry>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub valid_until: Option<Timestamp>,
    /// It shall not end by itself; `valid_until` is left out then.
    #[serde(default)]
    pub open_ended: bool,
}

/// Takes a mark off the map; its record stays.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RemoveMark {
    pub mark_id: EntityId,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub based_on_version: Option<u64>,
}

pub(crate) fn draw_mark(
    world: &World,
    command: &DrawMark,
    context: &Context,
) -> Result<Vec<Change>, Rejection> {
    let id = context.new_id(world, command.mark_id.as_ref())?;
    let geometry = Shape::try_from(command.geometry.clone())?;
    let valid_until = ahead(command.valid_until, context)?;
    let incident_id = command.incident_id.as_ref();
    let incident = incident_id
        .map(|id| incident::open(world, id, context))
        .transpose()?;
    let named = command.jurisdiction.or(incident.map(|i| i.jurisdiction));
    let jurisdiction = place::jurisdiction_for(world, named, Some(start(&geometry)?), context)?;
    let Some(jurisdiction) = jurisdiction else {
        let detail = "no jurisdiction is registered";
        return Err(Rejection::new(RejectionCode::UnknownReference, detail));
    };
    if open(world).count() >= MAX_OPEN {
        let detail = format!("a world has at most {MAX_OPEN} marks");
        return Err(Rejection::new(RejectionCode::OutOfLimits, detail));
    }
    let mark = Mark {
        header: Header {
            visible_to: incident.map_or_else(Vec::new, |i| i.header.visible_to.clone()),
            ..context.new_header(world, id, Some(jurisdiction))
        },
        jurisdiction,
        mark_type: command.mark_type,
        title: command.title.clone(),
        text: command.text.clone(),
        geometry,
        incident_id: command.incident_id.clone(),
        drawn_at: context.at,
        drawn_by: context.actor.name.clone(),
        changed_at: None,
        changed_by: None,
        valid_until,
        ended_at: None,
        ended_by: None,
    };
    let entity = Entity::from(mark);
    context.inside(world, &entity)?;
    Ok(vec![Change::put(entity)])
}

/// Where a shape begins; tells which county is nearest.
fn start(shape: &Shape) -> Result<Point, Rejection> {
    let [lon, lat] = shape.first();
    place::point(lon, lat)
}

fn open(world: &World) -> impl Iterator<Item = &Mark> {
    world.of_kind(Kind::Mark).filter_map(|entity| match entity {
        Entity::Mark(mark) if mark.ended_at.is_none() => Some(mark.as_ref()),
        _ => None,
    })
}

/// An end that lies ahead, and not too far.
fn ahead(end: Option<Timestamp>, context: &Context) -> Result<Option<Timestamp>, Rejection> {
    let Some(end) = end.map(millis) else {
        return Ok(None);
    };
    if end > context.at && end <= context.at + chrono::Duration::days(MAX_AHEAD_D) {
        return Ok(Some(end));
    }
    let detail = format!("a mark ends within {MAX_AHEAD_D} days");
    Err(Rejection::new(RejectionCode::TimeOutOfOrder, detail))
}

/// A mark that the actor may command.
fn commanded<'w>(
    world: &'w World,
    id: &EntityId,
    based_on: Option<u64>,
    context: &Context,
) -> Result<&'w Mark, Rejection> {
    let entity = context.seen(world, id)?;
    let Entity::Mark(mark) = entity else {
        let detail = format!("{id} is not a mark");
        return Err(Rejection::new(RejectionCode::WrongKind, detail));
    };
    context.inside(world, entity)?;
    context.based_on(entity, based_on)?;
    Ok(mark)
}

pub(crate) fn change_mark(
    world: &World,
    command: &ChangeMark,
    context: &Context,
) -> Result<Vec<Change>, Rejection> {
    let mark = commanded(world, &command.mark_id, command.based_on_version, context)?;
    if mark.ended_at.is_some() {
        let detail = format!("{} has ended", command.mark_id);
        return Err(Rejection::new(RejectionCode::MarkEnded, detail)
            .blocked_by(&Entity::from(mark.clone())));
    }
    if command.open_ended && command.valid_until.is_some() {
        let detail = "an end and none contradict each other";
        return Err(Rejection::new(RejectionCode::OutOfLimits, detail));
    }
    let mut next = mark.clone();
    next.mark_type = command.mark_type.unwrap_or(next.mark_type);
    next.title = command.title.clone().unwrap_or(next.title);
    next.text = command.text.clone().unwrap_or(next.text);
    if let Some(geometry) = &command.geometry {
        next.geometry = Shape::try_from(geometry.clone())?;
    }
    next.valid_until = match ahead(command.valid_until, context)? {
        Some(end) => Some(end),
        None => next.valid_until.filter(|_| !command.open_ended),
    };
    if next == *mark {
        return Ok(Vec::new());
    }
    next.header.version += 1;
    next.changed_at = Some(context.at);
    next.changed_by = Some(context.actor.name.clone());
    Ok(vec![Change::put(Entity::from(next))])
}

pub(crate) fn remove_mark(
    world: &World,
    command: &RemoveMark,
    context: &Context,
) -> Result<Vec<Change>, Rejection> {
    let mark = commanded(world, &command.mark_id, command.based_on_version, context)?;
    Ok(ended(mark, context).into_iter().collect())
}

/// The mark leaves the map; nothing if it has already.
pub(crate) fn ended(mark: &Mark, context: &Context) -> Option<Change> {
    if mark.ended_at.is_some() {
        return None;
    }
    let mut next = mark.clone();
    next.header.version += 1;
    next.ended_at = Some(context.at);
    next.ended_by = Some(context.actor.name.clone());
    Some(Change::put(Entity::from(next)))
}

impl From<Mark> for Entity {
    fn from(mark: Mark) -> Self {
        Self::Mark(Box::new(mark))
    }
}
