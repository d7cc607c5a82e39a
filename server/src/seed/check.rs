//! Checks that no row can make alone: ids, references, centres and sums over all files and what stands already.

use std::collections::{BTreeMap, BTreeSet};

use chiyuan_core::{
    Entity, Kind, Point, World,
    registry::{Registration, Spec},
};

use super::{
    fault::{FaultCode, Faults, Place},
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

/// Duplicate ids and unknown references, also in and to rows that are wrong otherwise. What `sees` refuses does not exist.
pub fn names(raw: &[RawRow], world: &World, sees: impl Fn(&Entity) -> bool, faults: &mut Faults) {
    let mut ids: BTreeMap<&str, &Place> = BTreeMap::new();
    let mut codes: BTreeMap<&str, &Place> = BTreeMap::new();
    for row in raw {
        if let Some(first) = cell(row, "id").and_then(|id| ids.insert(id, &row.place)) {
            let detail = format!("stands already at {first}");
            faults.add(&row.place, "id", FaultCode::Duplicate, detail);
        }
        let code = cell(row, "code")
            .filter(|_| row.sheet.subject == Subject::Resource(Kind::Jurisdiction));
        if let Some(first) = code.and_then(|code| codes.insert(code, &row.place)) {
            let detail = format!("stands already at {first}");
            faults.add(&row.place, "code", FaultCode::Duplicate, detail);
        }
    }
    for row in raw {
        for column in REFERENCES {
            let known = |id: &str| ids.contains_key(id) || stands(world, id, &sees);
            if let Some(id) = cell(row, column).filter(|id| !known(id)) {
                let detail = format!("no `{}` in any file", id.escape_debug());
                faults.add(&row.place, column, FaultCode::UnknownReference, detail);
            }
        }
        for column in DIVISIONS {
            let known = |code: &str| codes.contains_key(code) || is_division(world, code);
            if let Some(code) = cell(row, column).filter(|code| !known(code)) {
                let detail = format!("no jurisdiction `{}` in any file", code.escape_debug());
                faults.add(&row.place, column, FaultCode::UnknownReference, detail);
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

fn stands(world: &World, id: &str, sees: impl Fn(&Entity) -> bool) -> bool {
    chiyuan_core::EntityId::new(id).is_ok_and(|id| {
        let standing = world.get(&id).filter(|entity| sees(entity));
        standing.is_some_and(|entity| !entity.header().retired)
    })
}

fn is_division(world: &World, code: &str) -> bool {
    chiyuan_core::DivisionCode::new(code).is_ok_and(|code| {
        let place = world.jurisdiction(code);
        place.is_some_and(|place| !place.header.retired)
    })
}

/// A folder says of every row where it comes from.
pub fn sources(raw: &[RawRow], faults: &mut Faults) {
    for row in raw.iter().filter(|row| cell(row, "source").is_none()) {
        faults.add(&row.place, "source", FaultCode::Empty, "may not be empty");
    }
}

/// What must be true of all rows together once each is right.
pub fn sums(rows: &[Row], lots: &[LotRow], world: &World, faults: &mut Faults) {
    populations(rows, world, faults);
    points(rows, world, faults);
    units_of_count(rows, lots, world, faults);
}

/// The populations of the counties, those that stand already included, sum to that of their city.
fn populations(rows: &[Row], world: &World, faults: &mut Faults) {
    let divisions = || {
        rows.iter().filter_map(|row| match &row.registration.spec {
            Spec::Jurisdiction(spec) => Some((row, spec)),
            _ => None,
        })
    };
    let stated: BTreeSet<_> = divisions().map(|(_, spec)| spec.code).collect();
    let standing: Vec<_> = world
        .of_kind(Kind::Jurisdiction)
        .filter_map(|entity| match entity {
            Entity::Jurisdiction(j) if !j.header.retired && !stated.contains(&j.spec.code) => {
                Some(&j.spec)
            }
            _ => None,
        })
        .collect();
    for (row, city) in divisions().filter(|(_, spec)| spec.parent.is_none()) {
        let counties = divisions().map(|(_, spec)| spec);
        let counties = counties.chain(standing.iter().copied());
        let counties = counties.filter(|spec| spec.parent == Some(city.code));
        let (count, sum) = counties.fold((0, 0), |(count, sum), spec| {
            (count + 1, sum + u64::from(spec.population))
        });
        if count > 0 && sum != u64::from(city.population) {
            let detail = format!(
                "{}, but its {count} counties have {sum} together",
                city.population
            );
            faults.add(&row.place, "population", FaultCode::Contradiction, detail);
        }
    }
}

/// No two facilities stand at the same point, those that stand already included.
fn points(rows: &[Row], world: &World, faults: &mut Faults) {
    let bits = |point: Point| (point.lon().to_bits(), point.lat().to_bits());
    let facilities = || rows.iter().filter(|row| row.kind == Kind::Facility);
    if facilities().next().is_none() {
        return;
    }
    let stated: BTreeSet<&str> = facilities().map(|row| row.id.as_str()).collect();
    let mut taken: BTreeMap<(u64, u64), String> = world
        .of_kind(Kind::Facility)
        .filter(|entity| !entity.header().retired && !stated.contains(entity.id().as_str()))
        .filter_map(|entity| Some((bits(entity.point()?), entity.id().to_string())))
        .collect();
    for row in facilities() {
        let Some(point) = row.registration.point else {
            continue;
        };
        if let Some(first) = taken.insert(bits(point), row.place.to_string()) {
            let detail = format!("the facility at {first} stands at the same point");
            faults.add(&row.place, "lon", FaultCode::Contradiction, detail);
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
                FaultCode::UnknownReference,
                format!("{} is no item", row.lot.item_id),
            ),
            Some(unit) if *unit != row.lot.unit => {
                faults.add(
                    &row.place,
                    "unit",
                    FaultCode::Contradiction,
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
                FaultCode::UnknownReference,
                format!("{} is no stockpile of these files", row.stockpile_id),
            );
        }
    }
}
