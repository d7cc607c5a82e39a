//! Checks that no row can make alone: ids, references, centres and sums over all files and what stands already.

use std::collections::BTreeMap;

use chiyuan_core::{
    Entity, Kind, World,
    registry::{Registration, Spec},
};

use super::{
    fault::{Faults, Place},
    read::RawRow,
    row::{LotRow, Row},
    sheet::Subject,
};

/// Columns that name another entity.
const REFERENCES: [&str; 5] = [
    "home_id",
    "facility_id",
    "parent_id",
    "stockpile_id",
    "item_id",
];
/// Columns that name a jurisdiction by its code.
const DIVISIONS: [&str; 3] = ["jurisdiction", "parent", "place"];

/// Duplicate ids and unknown references, also in and to rows that are wrong otherwise.
pub fn names(raw: &[RawRow], world: &World, faults: &mut Faults) {
    let mut ids: BTreeMap<&str, &Place> = BTreeMap::new();
    let mut codes: BTreeMap<&str, &Place> = BTreeMap::new();
    for row in raw {
        if let Some(first) = cell(row, "id").and_then(|id| ids.insert(id, &row.place)) {
            faults.add(&row.place, "id", format!("stands already at {first}"));
        }
        let code = cell(row, "code")
            .filter(|_| row.sheet.subject == Subject::Resource(Kind::Jurisdiction));
        if let Some(first) = code.and_then(|code| codes.insert(code, &row.place)) {
            faults.add(&row.place, "code", format!("stands already at {first}"));
        }
    }
    for row in raw {
        for column in REFERENCES {
            let known = |id: &str| ids.contains_key(id) || stands(world, id);
            if let Some(id) = cell(row, column).filter(|id| !known(id)) {
                faults.add(
                    &row.place,
                    column,
                    format!("no `{}` in any file", id.escape_debug()),
                );
            }
        }
        for column in DIVISIONS {
            let known = |code: &str| {
                codes.contains_key(code) || world.entities().any(|e| is_division(e, code))
            };
            if let Some(code) = cell(row, column).filter(|code| !known(code)) {
                faults.add(
                    &row.place,
                    column,
                    format!("no jurisdiction `{}` in any file", code.escape_debug()),
                );
            }
        }
    }
}

fn cell<'r>(row: &'r RawRow, name: &str) -> Option<&'r str> {
    let index = row
        .sheet
        .columns
        .iter()
        .position(|column| column.name == name)?;
    row.cells
        .get(index)
        .map(String::as_str)
        .filter(|cell| !cell.is_empty())
}

fn stands(world: &World, id: &str) -> bool {
    chiyuan_core::EntityId::new(id)
        .is_ok_and(|id| world.get(&id).is_some_and(|e| !e.header().retired))
}

fn is_division(entity: &Entity, code: &str) -> bool {
    matches!(entity, Entity::Jurisdiction(j) if j.spec.code.as_str() == code && !j.header.retired)
}

/// What must be true of all rows together once each is right.
pub fn sums(rows: &[Row], lots: &[LotRow], world: &World, faults: &mut Faults) {
    populations(rows, faults);
    points(rows, faults);
    units_of_count(rows, lots, world, faults);
}

/// The populations of the counties sum to that of their city.
fn populations(rows: &[Row], faults: &mut Faults) {
    let divisions = || {
        rows.iter().filter_map(|row| match &row.registration.spec {
            Spec::Jurisdiction(spec) => Some((row, spec)),
            _ => None,
        })
    };
    for (row, city) in divisions().filter(|(_, spec)| spec.parent.is_none()) {
        let counties = divisions().filter(|(_, spec)| spec.parent == Some(city.code));
        let (count, sum) = counties.fold((0, 0), |(count, sum), (_, spec)| {
            (count + 1, sum + u64::from(spec.population))
        });
        if count > 0 && sum != u64::from(city.population) {
            let detail = format!(
                "{}, but its {count} counties have {sum} together",
                city.population
            );
            faults.add(&row.place, "population", detail);
        }
    }
}

/// No two facilities stand at the same point.
fn points(rows: &[Row], faults: &mut Faults) {
    let mut taken: BTreeMap<(u64, u64), &Place> = BTreeMap::new();
    for row in rows.iter().filter(|row| row.kind == Kind::Facility) {
        let Some(point) = row.registration.point else {
            continue;
        };
        if let Some(first) =
            taken.insert((point.lon().to_bits(), point.lat().to_bits()), &row.place)
        {
            faults.add(
                &row.place,
                "lon",
                format!("the facility at {first} stands at the same point"),
            );
        }
    }
}

/// Lots are counted in the units of their items, and lie in stockpiles.
fn units_of_count(rows: &[Row], lots: &[LotRow], world: &World, faults: &mut Faults) {
    let stated: BTreeMap<&str, &Registration> = rows
        .iter()
        .map(|row| (row.id.as_str(), &row.registration))
        .collect();
    for row in lots {
        let unit = match stated.get(row.lot.item_id.as_str()).map(|item| &item.spec) {
            Some(Spec::Item(item)) => Some(&item.unit),
            Some(_) => None,
            None => match world.get(&row.lot.item_id) {
                Some(Entity::Item(item)) => Some(&item.spec.unit),
                _ => None,
            },
        };
        match unit {
            None => faults.add(
                &row.place,
                "item_id",
                format!("{} is no item", row.lot.item_id),
            ),
            Some(unit) if *unit != row.lot.unit => {
                faults.add(
                    &row.place,
                    "unit",
                    format!("{} is counted in {unit}", row.lot.item_id),
                );
            }
            Some(_) => {}
        }
        let site = stated.get(row.stockpile_id.as_str()).map(|site| &site.spec);
        if !matches!(site, Some(Spec::Stockpile(_))) {
            faults.add(
                &row.place,
                "stockpile_id",
                format!("{} is no stockpile of these files", row.stockpile_id),
            );
        }
    }
}
