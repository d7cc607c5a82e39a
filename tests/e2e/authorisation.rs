//! Every endpoint and every command, walked role by role; closed by default; a county is not its neighbour.

use chiyuan_core::{Command, Role, authority};
use chiyuan_tests::{Answer, Client, Database, Server, client::send};
use reqwest::Method;
use serde_json::{Value, json};

/// A body for each command word that passes parsing and fails, if at all, only after the role was judged.
fn command(word: &str) -> Value {
    match word {
        "register_resource" => {
            json!({"type": word, "resource": {"kind": "item", "name": "x", "name_en": "x", "category": "x", "unit": "x"}})
        }
        "update_resource" => {
            json!({"type": word, "resource": {"kind": "item", "id": "item-none", "name": "x", "name_en": "x", "category": "x", "unit": "x"}})
        }
        "retire_resource" => json!({"type": word, "id": "item-none", "reason": ""}),
        "set_unit_status" => {
            json!({"type": word, "unit_id": "amb-none", "status": "available", "reason": ""})
        }
        "report_beds" => {
            json!({"type": word, "bed_pool_id": "bed-none", "staffed": 0, "occupied": 0})
        }
        "count_stock" => json!({"type": word, "stockpile_id": "stk-none", "lots": []}),
        "reserve_unit" | "end_shift" => json!({"type": word, "unit_id": "amb-none"}),
        "begin_shift" => {
            json!({"type": word, "unit_id": "amb-none", "crew": [{"role": "driver", "staff": "1"}]})
        }
        "receive_call" => json!({"type": word, "jurisdiction": "140600"}),
        "answer_call" | "begin_call_taking" | "end_call_taking" | "abandon_call"
        | "unlink_call" => json!({"type": word, "call_id": "call-none"}),
        "open_incident" => {
            json!({"type": word, "incident_type": "medical", "priority": "P1", "lon": 112.4, "lat": 39.3})
        }
        "update_incident" | "attend_incident" | "resume_incident" | "add_note" => {
            json!({"type": word, "incident_id": "none"})
        }
        "hold_incident" | "stand_down" => {
            json!({"type": word, "incident_id": "none", "reason": ""})
        }
        "reinforce_incident" => {
            json!({"type": word, "incident_id": "none", "needs": [], "reason": ""})
        }
        "link_call" => json!({"type": word, "call_id": "call-none", "incident_id": "none"}),
        "merge_incidents" => {
            json!({"type": word, "incident_id": "none", "into_incident_id": "none", "reason": ""})
        }
        "close_incident" => json!({"type": word, "incident_id": "none", "outcome": "completed"}),
        "assign_units" => json!({"type": word, "incident_id": "none", "unit_ids": ["amb-none"]}),
        "acknowledge_assignment" => json!({"type": word, "assignment_id": "none"}),
        "report_stage" => json!({"type": word, "assignment_id": "none", "stage": "departed"}),
        "undo_stage" | "report_breakdown" | "cancel_assignment" => {
            json!({"type": word, "assignment_id": "none", "reason": ""})
        }
        "set_destination" => json!({"type": word, "assignment_id": "none", "facility_id": "none"}),
        "divert_assignment" => {
            json!({"type": word, "assignment_id": "none", "incident_id": "none", "reason": ""})
        }
        "write_care_record" => json!({"type": word, "assignment_id": "none", "severity": "mild"}),
        "hand_over" => json!({"type": word, "to": "user:nobody"}),
        "draw_mark" => {
            json!({"type": word, "mark_type": "note", "geometry": {"type": "Point", "coordinates": [112.4, 39.3]}})
        }
        "change_mark" | "remove_mark" => json!({"type": word, "mark_id": "none"}),
        "accept_handover" => json!({"type": word, "handover_id": "none"}),
        other => panic!("add a body for {other}"),
    }
}

/// Commands that nobody may send.
pub const INTERNAL: [&str; 4] = [
    "set_clock",
    "copy_registry",
    "propose_stage",
    "meet_deadline",
];

async fn clients(server: &Server) -> Vec<(Role, Client)> {
    let mut clients = Vec::new();
    for role in Role::ASSIGNABLE {
        let client = if role == Role::Device {
            server.device()
        } else {
            server.login(role.as_str()).await
        };
        clients.push((role, client));
    }
    clients
}

#[tokio::test(flavor = "multi_thread")]
async fn every_role_meets_every_command() {
    let database = Database::full().await;
    let server = Server::start(&database).await;
    for (role, client) in clients(&server).await {
        for word in Command::WORDS
            .iter()
            .filter(|word| !INTERNAL.contains(*word))
        {
            let answer = client.command("live", &command(word)).await;
            // A device has endpoints of its own.
            let may = role != Role::Device && authority::roles_for(word).contains(&role);
            assert_eq!(
                answer.status != 403,
                may,
                "{} {word}: {}",
                role.as_str(),
                answer.body
            );
        }
    }
}

/// Endpoint, method, body, roles that pass. The test fails when an endpoint of the program is not listed here.
fn endpoints() -> Vec<(&'static str, &'static str, Value, &'static [Role])> {
    use Role::*;
    const READERS: &[Role] = &[
        Administrator,
        SecurityAdministrator,
        Auditor,
        Commander,
        Dispatcher,
        BedDesk,
        StoreKeeper,
        Crew,
        ExerciseDirector,
        Observer,
    ];
    const KPI_READERS: &[Role] = &[
        Administrator,
        Auditor,
        Commander,
        Dispatcher,
        ExerciseDirector,
        Observer,
    ];
    vec![
        ("GET", "/api/v1/session", Value::Null, READERS),
        ("GET", "/api/v1/worlds", Value::Null, READERS),
        ("GET", "/api/v1/basemap", Value::Null, READERS),
        ("GET", "/basemap/tiles.pmtiles", Value::Null, READERS),
        ("GET", "/api/v1/worlds/live/resources", Value::Null, READERS),
        (
            "GET",
            "/api/v1/worlds/live/resources/sta-none",
            Value::Null,
            READERS,
        ),
        (
            "GET",
            "/api/v1/worlds/live/resources/amb-140602-001/history",
            Value::Null,
            &[
                Administrator,
                Auditor,
                Commander,
                BedDesk,
                StoreKeeper,
                ExerciseDirector,
            ],
        ),
        (
            "GET",
            "/api/v1/worlds/live/registry/item.csv",
            Value::Null,
            &[Administrator],
        ),
        (
            "GET",
            "/api/v1/worlds/live/registry/item.xlsx",
            Value::Null,
            &[Administrator],
        ),
        (
            "POST",
            "/api/v1/worlds/live/registry/item/preview",
            json!({}),
            &[Administrator],
        ),
        (
            "POST",
            "/api/v1/worlds/live/registry/item/import?digest=0",
            json!({}),
            &[Administrator],
        ),
        (
            "GET",
            "/api/v1/worlds/live/nearest?lon=1&lat=1",
            Value::Null,
            READERS,
        ),
        (
            "GET",
            "/api/v1/worlds/live/within?lon=1&lat=1",
            Value::Null,
            READERS,
        ),
        ("GET", "/api/v1/worlds/live/feed", Value::Null, READERS),
        (
            "GET",
            "/api/v1/worlds/live/journal",
            Value::Null,
            &[Commander, Auditor, ExerciseDirector],
        ),
        (
            "POST",
            "/api/v1/worlds/live/commands",
            json!({"type": "none"}),
            &[
                Administrator,
                Commander,
                Dispatcher,
                BedDesk,
                StoreKeeper,
                Crew,
                ExerciseDirector,
            ],
        ),
        (
            "POST",
            "/api/v1/worlds/live/positions",
            json!({"fixes": []}),
            &[Device, Crew, Dispatcher, Commander],
        ),
        ("GET", "/api/v1/worlds/live/kpis", Value::Null, KPI_READERS),
        (
            "GET",
            "/api/v1/worlds/live/kpis/export",
            Value::Null,
            KPI_READERS,
        ),
        (
            "GET",
            "/api/v1/worlds/live/kpis/run.empty/cases",
            Value::Null,
            KPI_READERS,
        ),
        (
            "POST",
            "/api/v1/worlds/live/calls/events",
            json!({"event": "hang_up", "reference": "none"}),
            &[Device],
        ),
        ("GET", "/api/v1/worlds/live/incidents", Value::Null, READERS),
        (
            "GET",
            "/api/v1/worlds/live/incidents/none",
            Value::Null,
            READERS,
        ),
        (
            "GET",
            "/api/v1/worlds/live/incidents/none/recommendations",
            Value::Null,
            &[Commander, Dispatcher],
        ),
        (
            "GET",
            "/api/v1/worlds/live/private/none",
            Value::Null,
            &[Commander, Dispatcher, Crew],
        ),
        (
            "GET",
            "/api/v1/worlds/live/private/none/masked",
            Value::Null,
            &[Commander, Dispatcher],
        ),
        (
            "GET",
            "/api/v1/worlds/live/people",
            Value::Null,
            &[
                Administrator,
                SecurityAdministrator,
                Auditor,
                Commander,
                Dispatcher,
                BedDesk,
                StoreKeeper,
                ExerciseDirector,
                Observer,
            ],
        ),
        (
            "POST",
            "/api/v1/worlds/live/private/none/erase",
            json!({"reason": ""}),
            &[Administrator],
        ),
        ("GET", "/api/v1/worlds/live/crew", Value::Null, &[Crew]),
        (
            "POST",
            "/api/v1/drills",
            json!({"name": "", "from": {"world": "live"}}),
            &[ExerciseDirector],
        ),
        (
            "POST",
            "/api/v1/drills/none/clock",
            json!({"action": "start"}),
            &[ExerciseDirector],
        ),
        (
            "POST",
            "/api/v1/drills/none/finish",
            json!({}),
            &[ExerciseDirector],
        ),
        (
            "GET",
            "/gateway/osmand?id=none",
            Value::Null,
            &[Device, Crew],
        ),
        (
            "POST",
            "/gateway/osmand?id=none",
            Value::Null,
            &[Device, Crew],
        ),
    ]
}

async fn call(client: &Client, method: &str, path: &str, body: &Value) -> Answer {
    let mut request = client.request(Method::from_bytes(method.as_bytes()).unwrap(), path);
    request = request.header("Idempotency-Key", "matrix");
    if method == "GET" {
        // An upgrade with a cookie needs the origin, too.
        request = request.header("Origin", client.base());
    }
    send(if body.is_null() {
        request
    } else {
        request.json(body)
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn every_role_meets_every_endpoint() {
    let database = Database::full().await;
    let server = Server::start(&database).await;
    for (method, path, body, _) in endpoints() {
        let answer = call(&server.anonymous(), method, path, &body).await;
        assert!(
            matches!(answer.status.as_u16(), 401 | 400 | 403),
            "{method} {path} without an account: {}",
            answer.status
        );
        assert_ne!(answer.status, 200);
    }
    for (role, client) in clients(&server).await {
        for (method, path, body, roles) in endpoints() {
            let answer = call(&client, method, path, &body).await;
            let passed = answer.status != 403 && answer.status != 401;
            assert_eq!(
                passed,
                roles.contains(&role),
                "{} {method} {path}: {} {}",
                role.as_str(),
                answer.status,
                answer.body
            );
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_centre_sees_and_commands_its_own() {
    let database = Database::full().await;
    let server = Server::start(&database).await;
    let dispatcher = server.login_in("dispatcher", "140600").await;
    let status = |unit: &str| json!({"type": "set_unit_status", "unit_id": unit, "status": "suspended", "reason": "x"});
    dispatcher
        .command("live", &status("amb-140602-001"))
        .await
        .ok();
    // Another centre's unit does not exist for him, by command, by id, by query, by id guessing in any form.
    let foreign = "amb-140302-001";
    assert_eq!(
        dispatcher.command("live", &status(foreign)).await.refusal(),
        (404, "not_found")
    );
    let by_id = dispatcher
        .get(&format!("/api/v1/worlds/live/resources/{foreign}"))
        .await;
    let nothing = dispatcher
        .get("/api/v1/worlds/live/resources/amb-000000-999")
        .await;
    assert_eq!(
        (by_id.status, &by_id.body),
        (nothing.status, &nothing.body),
        "the same answer as for nothing"
    );
    let list = dispatcher
        .get("/api/v1/worlds/live/resources?kind=ambulance&limit=1000")
        .await
        .ok();
    assert!(
        list["features"]
            .as_array()
            .unwrap()
            .iter()
            .all(|f| f["properties"]["centre"] == "140600")
    );
    let near = dispatcher
        .get("/api/v1/worlds/live/nearest?lon=113.58&lat=37.86&limit=1000")
        .await
        .ok();
    assert!(
        near["features"]
            .as_array()
            .unwrap()
            .iter()
            .all(|f| f["properties"]["centre"] == "140600")
    );
    let commander = server.login_in("commander", "140300").await;
    let rows = commander
        .get("/api/v1/worlds/live/journal?limit=1000")
        .await
        .ok();
    for row in rows.as_array().unwrap() {
        for change in row["changes"].as_array().unwrap() {
            assert!(["140300", "000000"].contains(&change["entity"]["centre"].as_str().unwrap()));
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sender_of_fixes_learns_nothing_of_what_he_does_not_see() {
    let database = Database::full().await;
    let server = Server::start(&database).await;
    let sender = async |arguments: &[&str]| {
        let token = super::accounts::token(&server, arguments).await;
        server.anonymous().with_token(&token)
    };
    let local = sender(&["--role", "device", "--jurisdiction", "140600"]).await;
    let county = sender(&["--role", "device", "--jurisdiction", "140602"]).await;
    let phone = sender(&["--role", "crew", "--unit", "amb-140602-001"]).await;
    let code = async |client: &Client, unit: &str| {
        let fix = json!({"unit_id": unit, "at": chrono::Utc::now(), "lon": 112.43, "lat": 39.33});
        let answer = client
            .post("/api/v1/worlds/live/positions", &json!({"fixes": [fix]}))
            .await
            .ok();
        answer["rejected"][0].clone()
    };
    for sender in [&local, &county, &phone] {
        let foreign = code(sender, "amb-140302-001").await;
        assert_eq!(foreign["code"], "unknown_unit");
        assert_eq!(
            foreign,
            code(sender, "amb-000000-999").await,
            "the same answer as for nothing"
        );
    }
    // A unit of the own centre is no secret; it is another's.
    assert_eq!(
        code(&county, "amb-140603-001").await["code"],
        "not_your_unit"
    );
    assert_eq!(
        code(&phone, "amb-140602-002").await["code"],
        "not_your_unit"
    );
    assert_eq!(code(&local, "amb-140602-002").await, Value::Null, "taken");
}
