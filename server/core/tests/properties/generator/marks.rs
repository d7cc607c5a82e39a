//! Commands on marks: shapes of every kind, sound and broken.

use chiyuan_core::{Entity, Kind, World};
use serde_json::{Value, json};

use super::{
    CODES, Rng,
    cases::{one, open_incident, sometimes, time},
};

/// A command on a mark.
pub fn command(rng: &mut Rng, world: &World) -> Value {
    let open = |e: &Entity| matches!(e, Entity::Mark(mark) if mark.ended_at.is_none());
    match rng.below(10) {
        0..=5 => drawn(rng, world),
        6..=8 => {
            let id = one(rng, world, &[Kind::Mark], open);
            changed(rng, world, &id)
        }
        _ => json!({"type": "remove_mark", "mark_id": one(rng, world, &[Kind::Mark], |_| true)}),
    }
}

fn drawn(rng: &mut Rng, world: &World) -> Value {
    let mut drawn = json!({"type": "draw_mark", "mark_type": word(rng), "geometry": geometry(rng)});
    if rng.chance(50) {
        drawn["mark_id"] = format!("mrk-{}", rng.below(12)).into();
    }
    if rng.chance(40) {
        drawn["jurisdiction"] = rng.of(&CODES[..7]).into();
    }
    if rng.chance(30) {
        drawn["incident_id"] = open_incident(rng, world).into();
    }
    if rng.chance(60) {
        drawn["valid_until"] = json!(time(rng, world, 2, 900));
    }
    drawn
}

fn changed(rng: &mut Rng, world: &World, id: &str) -> Value {
    json!({"type": "change_mark", "mark_id": id,
        "based_on_version": sometimes(rng, 15, |rng| 1 + rng.below(4)),
        "mark_type": sometimes(rng, 30, word), "title": sometimes(rng, 50, |_| "北门"),
        "geometry": sometimes(rng, 30, geometry), "open_ended": rng.chance(15),
        "valid_until": sometimes(rng, 40, |rng| time(rng, world, 2, 900))})
}

fn word(rng: &mut Rng) -> String {
    let words = [
        "note",
        "staging_point",
        "hazard_zone",
        "cordon",
        "traffic_control",
        "other",
    ];
    rng.of(&words).to_owned()
}

/// On a coarse grid, so that vertices meet, lines cross and areas vanish.
fn position(rng: &mut Rng) -> [f64; 2] {
    let step = |rng: &mut Rng| f64::from(u32::try_from(rng.below(5)).unwrap()) / 10.0;
    [112.0 + step(rng), 39.0 + step(rng)]
}

fn geometry(rng: &mut Rng) -> Value {
    let positions =
        |rng: &mut Rng, count: u64| (0..count).map(|_| position(rng)).collect::<Vec<_>>();
    let (count, kind) = (1 + rng.below(5), rng.below(10));
    match kind {
        0..=2 => json!({"type": "Point", "coordinates": position(rng)}),
        3 | 4 => json!({"type": "LineString", "coordinates": positions(rng, count)}),
        _ => {
            let mut ring = positions(rng, count + 1);
            if rng.chance(85) {
                ring.push(ring[0]);
            }
            json!({"type": "Polygon", "coordinates": [ring]})
        }
    }
}
