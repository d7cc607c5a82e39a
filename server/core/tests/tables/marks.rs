//! Marks: notes and areas on the map, for everybody of a centre.

use chiyuan_core::World;
use serde_json::{Value, json};

use crate::{
    cases::{on_duty, tell, with},
    given::{
        self,
        Then::{Changed, Nothing, Refused},
        judge,
    },
};

fn draw(geometry: Value) -> Value {
    json!({"type": "draw_mark", "mark_type": "cordon", "title": "南门", "geometry": geometry})
}

fn point() -> Value {
    json!({"type": "Point", "coordinates": [112.25, 39.25]})
}

fn area(ring: &[[f64; 2]]) -> Value {
    json!({"type": "Polygon", "coordinates": [ring]})
}

fn change(more: Value) -> Value {
    with(json!({"type": "change_mark", "mark_id": "mrk-1"}), more)
}

fn remove(mark: &str) -> Value {
    json!({"type": "remove_mark", "mark_id": mark})
}

/// mrk-1 was drawn twenty seconds ago and ends in a minute.
fn drawn() -> World {
    let mut world = on_duty();
    let more = json!({"mark_id": "mrk-1", "text": "绕行", "valid_until": "2026-09-21T14:14:30Z"});
    tell(
        &mut world,
        -10,
        "user:an",
        "fresh",
        with(draw(point()), more),
    );
    world
}

fn removed() -> World {
    let mut world = drawn();
    tell(&mut world, 0, "user:bo", "fresh", remove("mrk-1"));
    world
}

#[test]
fn marks_are_drawn_inside_ones_own_place() {
    let at = |code: &str| with(draw(point()), json!({"jurisdiction": code}));
    judge(
        on_duty,
        vec![
            (
                "user:an",
                draw(point()),
                Changed(&[(
                    "fresh-1",
                    r#"{"kind": "mark", "version": 1, "centre": "140600", "jurisdiction": "140602", "mark_type": "cordon", "title": "南门",
                    "text": "", "geometry": {"type": "Point", "coordinates": [112.25, 39.25]}, "incident_id": null,
                    "drawn_by": "user:an", "drawn_at": "2026-09-21T14:13:30Z", "changed_at": null, "valid_until": null, "ended_at": null}"#,
                )]),
            ),
            (
                "commander@140600",
                at("140602"),
                Changed(&[("fresh-1", r#"{"jurisdiction": "140602"}"#)]),
            ),
            (
                "user:an@140300",
                draw(point()),
                Changed(&[(
                    "fresh-1",
                    r#"{"jurisdiction": "140300", "centre": "140300"}"#,
                )]),
            ),
            (
                "user:an@140300",
                at("140602"),
                Refused("outside_jurisdiction"),
            ),
            ("user:an", at("999999"), Refused("unknown_reference")),
            (
                "user:an",
                with(draw(point()), json!({"mark_id": "amb-1"})),
                Refused("id_taken"),
            ),
            ("crew:amb-1", draw(point()), Refused("role_forbidden")),
            ("observer", draw(point()), Refused("role_forbidden")),
        ],
    );
}

#[test]
fn a_mark_of_an_incident_lies_where_that_does() {
    let of = |incident: &str| with(draw(point()), json!({"incident_id": incident}));
    let closed = || {
        let mut world = on_duty();
        let close =
            json!({"type": "close_incident", "incident_id": "inc-1", "outcome": "completed"});
        tell(&mut world, 0, "user:an", "fresh", close);
        world
    };
    judge(
        on_duty,
        vec![
            (
                "user:an",
                of("inc-1"),
                Changed(&[(
                    "fresh-1",
                    r#"{"incident_id": "inc-1", "jurisdiction": "140602"}"#,
                )]),
            ),
            ("user:an", of("inc-9"), Refused("not_found")),
            ("user:an", of("amb-1"), Refused("wrong_kind")),
            ("user:an@140300", of("inc-1"), Refused("not_found")),
        ],
    );
    judge(
        closed,
        vec![("user:an", of("inc-1"), Refused("incident_closed"))],
    );
}

#[test]
fn shapes_are_whole() {
    let line = |positions: &[[f64; 2]]| json!({"type": "LineString", "coordinates": positions});
    let many: Vec<[f64; 2]> = (0..501)
        .map(|n| [112.0 + f64::from(n) / 1e3, 39.0])
        .collect();
    let hole = [[112.1, 39.1], [112.2, 39.1], [112.2, 39.2], [112.1, 39.1]];
    judge(
        on_duty,
        vec![
            (
                "user:an",
                draw(area(&[
                    [112.0, 39.0],
                    [112.0, 39.1],
                    [112.1, 39.1],
                    [112.0, 39.0],
                ])),
                Changed(&[(
                    "fresh-1",
                    r#"{"geometry": {"type": "Polygon", "coordinates": [[[112.0, 39.0], [112.1, 39.1], [112.0, 39.1], [112.0, 39.0]]]}}"#,
                )]),
            ),
            (
                "user:an",
                draw(line(&[[112.0, 39.0], [112.0, 39.0], [112.000_000_4, 39.1]])),
                Changed(&[(
                    "fresh-1",
                    r#"{"geometry": {"type": "LineString", "coordinates": [[112.0, 39.0], [112.0, 39.1]]}}"#,
                )]),
            ),
            (
                "user:an",
                draw(line(&[[112.0, 39.0], [112.0, 39.0]])),
                Refused("too_few_vertices"),
            ),
            ("user:an", draw(line(&many)), Refused("out_of_limits")),
            (
                "user:an",
                draw(area(&[[112.0, 39.0], [112.1, 39.0], [112.1, 39.1]])),
                Refused("ring_open"),
            ),
            (
                "user:an",
                draw(area(&[
                    [112.0, 39.0],
                    [112.1, 39.1],
                    [112.1, 39.0],
                    [112.0, 39.1],
                    [112.0, 39.0],
                ])),
                Refused("ring_crosses"),
            ),
            (
                "user:an",
                draw(area(&[
                    [112.0, 39.0],
                    [112.1, 39.0],
                    [112.2, 39.0],
                    [112.0, 39.0],
                ])),
                Refused("no_area"),
            ),
            (
                "user:an",
                draw(json!({"type": "Polygon", "coordinates": [hole, hole]})),
                Refused("out_of_limits"),
            ),
            (
                "user:an",
                draw(json!({"type": "Point", "coordinates": [200.0, 39.0]})),
                Refused("out_of_limits"),
            ),
            (
                "user:an",
                draw(json!({"type": "Point", "coordinates": [0.0, 0.0]})),
                Refused("out_of_limits"),
            ),
        ],
    );
}

#[test]
fn marks_are_changed_and_removed() {
    judge(
        drawn,
        vec![
            (
                "user:bo",
                change(json!({"title": "北门", "based_on_version": 1})),
                Changed(&[(
                    "mrk-1",
                    r#"{"version": 2, "title": "北门", "text": "绕行", "drawn_by": "user:an", "changed_by": "user:bo",
                    "changed_at": "2026-09-21T14:13:30Z", "valid_until": "2026-09-21T14:14:30Z"}"#,
                )]),
            ),
            (
                "user:bo",
                change(json!({"valid_until": "2026-09-22T00:00:00Z", "mark_type": "hazard_zone"})),
                Changed(&[(
                    "mrk-1",
                    r#"{"valid_until": "2026-09-22T00:00:00Z", "mark_type": "hazard_zone"}"#,
                )]),
            ),
            (
                "user:bo",
                change(json!({"open_ended": true})),
                Changed(&[("mrk-1", r#"{"valid_until": null}"#)]),
            ),
            (
                "user:bo",
                change(json!({"geometry": {"type": "Point", "coordinates": [112.3, 39.3]}})),
                Changed(&[(
                    "mrk-1",
                    r#"{"geometry": {"type": "Point", "coordinates": [112.3, 39.3]}}"#,
                )]),
            ),
            ("user:bo", change(json!({"title": "南门"})), Nothing),
            (
                "user:bo",
                change(json!({"based_on_version": 2})),
                Refused("version_changed"),
            ),
            (
                "user:bo",
                change(json!({"open_ended": true, "valid_until": "2026-09-22T00:00:00Z"})),
                Refused("out_of_limits"),
            ),
            // Now, and in a hundred days.
            (
                "user:bo",
                change(json!({"valid_until": "2026-09-21T14:13:30Z"})),
                Refused("time_out_of_order"),
            ),
            (
                "user:bo",
                change(json!({"valid_until": "2026-12-30T00:00:00Z"})),
                Refused("time_out_of_order"),
            ),
            (
                "user:bo",
                change(json!({"geometry": area(&[])})),
                Refused("too_few_vertices"),
            ),
            (
                "user:bo@140300",
                change(json!({"title": ""})),
                Refused("not_found"),
            ),
            (
                "commander@140602",
                remove("mrk-1"),
                Changed(&[(
                    "mrk-1",
                    r#"{"version": 2, "ended_at": "2026-09-21T14:13:30Z", "ended_by": "commander@140602", "changed_at": null}"#,
                )]),
            ),
            ("user:bo", remove("amb-1"), Refused("wrong_kind")),
            ("user:bo", remove("mrk-9"), Refused("not_found")),
            ("bed_desk", remove("mrk-1"), Refused("role_forbidden")),
        ],
    );
    judge(
        removed,
        vec![
            ("user:bo", remove("mrk-1"), Nothing),
            (
                "user:bo",
                change(json!({"title": ""})),
                Refused("mark_ended"),
            ),
        ],
    );
}

#[test]
fn a_mark_ends_by_itself_and_leaves_a_day_later() {
    let met = |world: &mut World, second: i64| {
        let due = world.next_deadline().cloned();
        let (due, id) = due.filter(|(due, _)| *due <= given::at(second))?;
        let meet = json!({"type": "meet_deadline", "entity_id": id, "due": due});
        given::act_at(world, second, "system", "fresh", meet).unwrap();
        world
            .get(&id)
            .map(|entity| serde_json::to_value(entity).unwrap())
    };
    let mut world = World::load(
        given::id("live"),
        1,
        given::at(0),
        drawn()
            .entities()
            .filter(|e| ["mark", "jurisdiction"].contains(&e.kind().as_str()))
            .cloned(),
    );
    assert_eq!(met(&mut world, 69), None);
    let ended = met(&mut world, 70).unwrap();
    assert_eq!(
        (&ended["ended_at"], &ended["ended_by"]),
        (&json!("2026-09-21T14:14:30Z"), &json!("system"))
    );
    assert_eq!(met(&mut world, 70 + 86_399), None);
    assert!(world.get(&given::id("mrk-1")).is_some());
    assert_eq!(met(&mut world, 70 + 86_400), None);
    assert!(world.get(&given::id("mrk-1")).is_none());
}

#[test]
fn a_world_has_a_thousand_marks() {
    let full = || {
        let mut world = on_duty();
        for number in 0..1_000 {
            let id = json!({"mark_id": format!("mrk-{number}")});
            tell(&mut world, 0, "user:an", "fresh", with(draw(point()), id));
        }
        world
    };
    let freed = move || {
        let mut world = full();
        tell(&mut world, 0, "user:an", "fresh", remove("mrk-7"));
        world
    };
    judge(
        full,
        vec![("user:an", draw(point()), Refused("out_of_limits"))],
    );
    judge(
        freed,
        vec![("user:an", draw(point()), Changed(&[("fresh-1", "{}")]))],
    );
}
