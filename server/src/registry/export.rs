//! The resources of a kind as a table with the columns of the seed files, so that it can be edited and imported again.

use chiyuan_core::{Actor, DivisionCode, Entity, EntityId, Kind, World, unit::UnitStatus};
use serde_json::{Map, Value};

use crate::{
    seed::sheet::{self, Cell as Form, Column},
    spreadsheet::{Cell, Table},
};

/// Widths of columns that are not of the usual width, characters.
const WIDTHS: [(&str, f64); 6] = [
    ("id", 22.0),
    ("name", 34.0),
    ("capabilities", 40.0),
    ("equipment", 40.0),
    ("text", 60.0),
    ("roles", 40.0),
];

/// The table of a kind, as far as the actor may change it; none if the kind has no sheet.
#[must_use]
pub fn table(
    world: &World,
    kind: Kind,
    actor: &Actor,
    jurisdiction: Option<DivisionCode>,
) -> Option<Table> {
    let sheet = sheet::of(kind)?;
    let inside = |entity: &&Entity| {
        let scopes = [actor.jurisdiction, jurisdiction];
        scopes.into_iter().flatten().all(|scope| {
            entity
                .jurisdiction()
                .is_none_or(|place| world.covers(scope, place))
        })
    };
    let mut entities: Vec<&Entity> = world
        .of_kind(kind)
        .filter(|entity| !entity.header().retired)
        .filter(inside)
        .collect();
    entities.sort_by_key(|entity| entity.id());
    Some(Table {
        title: kind.as_str().to_owned(),
        columns: sheet.columns.iter().map(heading).collect(),
        frozen: 1,
        rows: entities
            .into_iter()
            .map(|entity| row(world, entity, sheet.columns))
            .collect(),
    })
}

fn heading(column: &Column) -> (&'static str, f64) {
    let width = WIDTHS.iter().find(|(name, _)| *name == column.name);
    (column.name, width.map_or(14.0, |(_, width)| *width))
}

fn row(world: &World, entity: &Entity, columns: &[Column]) -> Vec<Cell> {
    let fields = match serde_json::to_value(entity) {
        Ok(Value::Object(fields)) => fields,
        _ => Map::new(),
    };
    let at_home = stands_at_home(world, entity);
    let cell = |column: &Column| match column.name {
        // Only holds make it.
        "held" => Cell::Empty,
        // Left out, it follows its home or facility.
        "lon" | "lat" if at_home => Cell::Empty,
        "crew" => crew(world, entity),
        "status" => status(entity),
        name => value(column.cell, fields.get(name)),
    };
    columns.iter().map(cell).collect()
}

fn value(form: Form, value: Option<&Value>) -> Cell {
    match (form, value) {
        (_, None | Some(Value::Null)) => Cell::Empty,
        (Form::Number, Some(Value::Number(number))) => {
            number.as_f64().map_or(Cell::Empty, Cell::Number)
        }
        (_, Some(Value::Array(list))) => {
            let words: Vec<&str> = list.iter().filter_map(Value::as_str).collect();
            text(words.join(";"))
        }
        (_, Some(Value::String(word))) => text(word.clone()),
        (_, Some(other)) => text(other.to_string()),
    }
}

fn text(text: String) -> Cell {
    if text.is_empty() {
        Cell::Empty
    } else {
        Cell::Text(text)
    }
}

fn stands_at_home(world: &World, entity: &Entity) -> bool {
    let home = entity.stands_at().and_then(|id| world.get(id));
    home.is_some_and(|home| home.point() == entity.point())
}

/// While assigned a status is derived; a row that enters the unit elsewhere could not state it.
fn status(entity: &Entity) -> Cell {
    let status = entity.duty().map(|duty| match duty.status {
        derived if derived.is_derived() => UnitStatus::Available,
        stated => stated,
    });
    status.map_or(Cell::Empty, |status| text(status.as_str().to_owned()))
}

fn crew(world: &World, entity: &Entity) -> Cell {
    let shift: Option<&EntityId> = entity.duty().and_then(|duty| duty.shift_id.as_ref());
    let Some(Entity::Shift(shift)) = shift.and_then(|id| world.get(id)) else {
        return Cell::Empty;
    };
    let members = shift.crew.iter();
    let members: Vec<String> = members
        .map(|member| format!("{}:{}", member.role, member.staff))
        .collect();
    text(members.join(";"))
}
