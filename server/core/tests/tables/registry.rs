//! The registry: registering, updating and retiring resources.

use serde_json::{Value, json};

use crate::given::{
    self,
    Then::{Changed, Nothing, Refused},
    given, judge,
};

fn ambulance(changed: &[(&str, Value)]) -> Value {
    let mut resource = json!({"kind": "ambulance", "id": "amb-2", "name": "车", "plate": "晋F", "jurisdiction": "140602",
        "home_id": "sta-1", "class": "A", "source": "demo"});
    for (name, value) in changed {
        resource[*name] = value.clone();
    }
    resource
}

#[test]
fn register_resource() {
    let register = |changed: &[(&str, Value)]| json!({"type": "register_resource", "resource": ambulance(changed)});
    let place = |code: &str, parent: &str| {
        json!({"type": "register_resource", "resource": {"kind": "jurisdiction", "code": code, "name": "x", "name_en": "x",
            "parent": parent, "tier": "county", "zone": "rural", "population": 1, "lon": 112.0, "lat": 39.0}})
    };
    judge(
        given,
        vec![
            (
                "administrator",
                register(&[]),
                Changed(&[(
                    "amb-2",
                    r#"{"version": 1, "centre": "140600", "status": "off_duty", "lon": 112.2, "lat": 39.2}"#,
                )]),
            ),
            (
                "administrator",
                register(&[("id", Value::Null)]),
                Changed(&[("fresh-1", r#"{"version": 1}"#)]),
            ),
            (
                "administrator",
                register(&[("lon", 112.5.into()), ("lat", 39.5.into())]),
                Changed(&[("amb-2", r#"{"lon": 112.5}"#)]),
            ),
            (
                "administrator",
                register(&[("visible_to", json!(["140300", "140600", "140300"]))]),
                Changed(&[("amb-2", r#"{"visible_to": ["140300"]}"#)]),
            ),
            (
                "administrator",
                register(&[("visible_to", json!(["140602"]))]),
                Refused("unknown_reference"),
            ),
            (
                "administrator",
                register(&[("status", "assigned".into())]),
                Refused("status_is_derived"),
            ),
            (
                "administrator",
                register(&[("id", "amb-1".into())]),
                Refused("id_taken"),
            ),
            (
                "administrator",
                register(&[("id", "clock".into())]),
                Refused("out_of_limits"),
            ),
            (
                "administrator",
                register(&[("home_id", "amb-1".into())]),
                Refused("wrong_kind"),
            ),
            (
                "administrator",
                register(&[("home_id", "sta-9".into())]),
                Refused("unknown_reference"),
            ),
            (
                "administrator",
                register(&[("jurisdiction", "999999".into())]),
                Refused("unknown_reference"),
            ),
            (
                "administrator",
                register(&[("lon", 0.into()), ("lat", 0.into())]),
                Refused("out_of_limits"),
            ),
            (
                "administrator@140300",
                register(&[]),
                Refused("unknown_reference"),
            ),
            ("dispatcher", register(&[]), Refused("role_forbidden")),
            (
                "administrator",
                place("140603", "140600"),
                Changed(&[("fresh-1", r#"{"centre": "140600"}"#)]),
            ),
            (
                "administrator",
                place("140602", "140600"),
                Refused("id_taken"),
            ),
            (
                "administrator",
                place("140699", "140602"),
                Refused("unknown_reference"),
            ),
            (
                "administrator",
                place("000000", "140600"),
                Refused("out_of_limits"),
            ),
        ],
    );
}

#[test]
fn update_resource() {
    let update = |changed: &[(&str, Value)]| {
        let all: Vec<_> = [("id", Value::from("amb-1"))]
            .into_iter()
            .chain(changed.iter().cloned())
            .collect();
        json!({"type": "update_resource", "resource": ambulance(&all)})
    };
    let based = |version: u64| json!({"type": "update_resource", "resource": ambulance(&[("id", "amb-1".into())]), "based_on_version": version});
    let hospital = |lon: f64| {
        json!({"type": "update_resource", "resource": {"kind": "facility", "id": "fac-1", "name": "医院", "jurisdiction": "140602",
            "facility_type": "hospital", "level": "tertiary_a", "ownership": "public", "lon": lon, "lat": 39.1}})
    };
    let item = |unit: &str| {
        json!({"type": "update_resource", "resource": {"kind": "item", "id": "item-1", "name": "口罩", "name_en": "mask",
            "category": "protective", "unit": unit}})
    };
    let county = |parent: Option<&str>| {
        json!({"type": "update_resource", "resource": {"kind": "jurisdiction", "id": "jur-140602", "code": "140602", "name": "x",
            "name_en": "x", "parent": parent, "tier": "county", "zone": "rural", "population": 1, "lon": 112.0, "lat": 39.0}})
    };
    judge(
        given,
        vec![
            (
                "administrator",
                update(&[("class", "B".into())]),
                Changed(&[(
                    "amb-1",
                    r#"{"version": 2, "class": "B", "status": "available"}"#,
                )]),
            ),
            (
                "administrator",
                update(&[
                    ("name", "amb-1".into()),
                    ("class", "C".into()),
                    ("source", "".into()),
                ]),
                Nothing,
            ),
            (
                "administrator",
                based(1),
                Changed(&[("amb-1", r#"{"version": 2}"#)]),
            ),
            ("administrator", based(2), Refused("version_changed")),
            (
                "administrator",
                update(&[("status", "off_duty".into())]),
                Refused("out_of_limits"),
            ),
            (
                "administrator",
                update(&[("id", "bed-1".into())]),
                Refused("wrong_kind"),
            ),
            (
                "administrator",
                update(&[("id", "amb-retired".into())]),
                Refused("retired"),
            ),
            (
                "administrator",
                update(&[("id", Value::Null)]),
                Refused("out_of_limits"),
            ),
            ("administrator@140300", update(&[]), Refused("not_found")),
            (
                "administrator@140602",
                update(&[("jurisdiction", "140300".into())]),
                Refused("outside_jurisdiction"),
            ),
            // What stands at a hospital because of it moves with it.
            (
                "administrator",
                hospital(112.9),
                Changed(&[
                    ("fac-1", r#"{"lon": 112.9}"#),
                    ("bed-1", r#"{"lon": 112.9, "version": 2}"#),
                    ("stk-1", r#"{"lon": 112.9}"#),
                ]),
            ),
            ("administrator", hospital(112.1), Nothing),
            ("administrator", item("箱"), Refused("still_referenced")),
            ("administrator", county(None), Refused("still_referenced")),
            (
                "administrator",
                county(Some("140300")),
                Refused("still_referenced"),
            ),
            (
                "administrator@140602",
                county(None),
                Refused("outside_jurisdiction"),
            ),
        ],
    );
}

#[test]
fn retire_resource() {
    let retire = |id: &str| json!({"type": "retire_resource", "id": id, "reason": "换新"});
    judge(
        given,
        vec![
            (
                "administrator",
                retire("amb-1"),
                Changed(&[("amb-1", r#"{"retired": true, "version": 2}"#)]),
            ),
            (
                "administrator@140600",
                retire("stk-1"),
                Changed(&[("stk-1", r#"{"retired": true}"#)]),
            ),
            (
                "administrator",
                retire("jur-140300"),
                Changed(&[("jur-140300", r#"{"retired": true}"#)]),
            ),
            ("administrator", retire("amb-retired"), Refused("retired")),
            (
                "administrator",
                retire("sta-1"),
                Refused("still_referenced"),
            ),
            (
                "administrator",
                retire("fac-1"),
                Refused("still_referenced"),
            ),
            (
                "administrator",
                retire("item-1"),
                Refused("still_referenced"),
            ),
            (
                "administrator",
                retire("jur-140602"),
                Refused("still_referenced"),
            ),
            (
                "administrator",
                retire("jur-140600"),
                Refused("still_referenced"),
            ),
            (
                "administrator@140300",
                retire("amb-1"),
                Refused("not_found"),
            ),
            (
                "administrator@140602",
                retire("item-1"),
                Refused("outside_jurisdiction"),
            ),
            ("commander", retire("amb-1"), Refused("role_forbidden")),
        ],
    );
}

#[test]
fn no_station_stands_above_itself() {
    let station = |id: &str, parent: &str, verb: &str| {
        json!({"type": verb, "resource": {"kind": "station", "id": id, "name": "站", "jurisdiction": "140602", "tier": "township",
            "zone": "rural", "service_radius_m": 10000, "facility_id": "fac-1", "parent_id": parent, "lon": 112.2, "lat": 39.2}})
    };
    judge(
        given,
        vec![
            (
                "administrator",
                station("sta-2", "sta-1", "register_resource"),
                Changed(&[("sta-2", r#"{"parent_id": "sta-1"}"#)]),
            ),
            (
                "administrator",
                station("sta-2", "fac-1", "register_resource"),
                Refused("wrong_kind"),
            ),
            (
                "administrator",
                station("sta-1", "sta-1", "update_resource"),
                Refused("out_of_limits"),
            ),
        ],
    );
    let mut world = given();
    given::act(
        &mut world,
        "system",
        station("sta-2", "sta-1", "register_resource"),
    )
    .unwrap();
    let circle = given::act(
        &mut world,
        "system",
        station("sta-1", "sta-2", "update_resource"),
    );
    assert_eq!(circle, Err("out_of_limits".to_owned()));
}

#[test]
fn what_moves_along_lies_inside_too() {
    let shared = || {
        let mut world = given();
        let pool = json!({"kind": "bed_pool", "id": "bed-city", "name": "床", "facility_id": "fac-1", "jurisdiction": "140600",
            "ward": "感染科", "physical": 1});
        let register = json!({"type": "register_resource", "resource": pool});
        given::act(&mut world, "system", register).unwrap();
        world
    };
    let moved = json!({"type": "update_resource", "resource": {"kind": "facility", "id": "fac-1", "name": "医院", "jurisdiction": "140602",
        "facility_type": "hospital", "level": "tertiary_a", "ownership": "public", "lon": 112.9, "lat": 39.1}});
    judge(
        shared,
        vec![(
            "administrator@140602",
            moved,
            Refused("outside_jurisdiction"),
        )],
    );
}
