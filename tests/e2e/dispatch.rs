//! From call to closed case, as desks, crews and switches live it.

mod case;
mod deadlines;
mod geofence;
mod private_parts;
mod race;
mod recommendations;
pub mod story;
mod switch;

use chiyuan_tests::{Client, Server, server::data_dir, server::tool};
use serde_json::{Value, json};

/// In Shuozhou, beside its first station.
const PLACE: (f64, f64) = (112.43, 39.33);
/// A class C ambulance of that station, with a crew on duty.
const UNIT: &str = "amb-140602-001";
/// Another one.
const OTHER: &str = "amb-140602-003";

/// Gives a command that must be accepted; returns what changed.
async fn give(client: &Client, world: &str, body: Value) -> Vec<Value> {
    let answer = client.command(world, &body).await;
    assert_eq!(answer.status, 200, "{body}: {}", answer.body);
    answer.body["changes"].as_array().unwrap().clone()
}

/// The entity of a kind among changes.
fn of(changes: &[Value], kind: &str) -> Value {
    let change = changes.iter().find(|change| change["kind"] == kind);
    change.unwrap_or_else(|| panic!("no {kind} in {changes:?}"))["entity"].clone()
}

/// Its id.
fn id_of(changes: &[Value], kind: &str) -> String {
    of(changes, kind)["id"].as_str().unwrap().to_owned()
}

/// Opens an incident at the usual place.
async fn open(client: &Client, world: &str, priority: &str) -> String {
    let body = json!({"type": "open_incident", "incident_type": "medical", "priority": priority,
        "lon": PLACE.0, "lat": PLACE.1});
    id_of(&give(client, world, body).await, "incident")
}

/// Sends a unit; returns the assignment.
async fn send(client: &Client, world: &str, incident: &str, unit: &str) -> String {
    let body = json!({"type": "assign_units", "incident_id": incident, "unit_ids": [unit]});
    id_of(&give(client, world, body).await, "assignment")
}

/// Reports stages one after another.
async fn stages(client: &Client, world: &str, assignment: &str, stages: &[&str]) {
    for stage in stages {
        let body = json!({"type": "report_stage", "assignment_id": assignment, "stage": stage});
        give(client, world, body).await;
    }
}

/// A client with a fresh token of a role.
async fn token(server: &Server, arguments: &[&str]) -> Client {
    let arguments: Vec<&str> = ["token", "add"].iter().chain(arguments).copied().collect();
    let database = &server.database;
    let printed = tool(&database.url, &data_dir(&database.name), &arguments).await;
    let token = printed.split_whitespace().last().unwrap().to_owned();
    server.anonymous().with_token(&token)
}
