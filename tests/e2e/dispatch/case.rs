//! One case from ring to closed, and who may do what in it.

use chiyuan_tests::{Database, Server, invariants};
use serde_json::json;

use super::{OTHER, PLACE, UNIT, give, id_of, of, open, send, stages, token};

#[tokio::test(flavor = "multi_thread")]
async fn a_case_goes_from_ring_to_closed() {
    let database = Database::full().await;
    let server = Server::start(&database).await;
    let dispatcher = server.login("dispatcher").await;
    let crew = token(&server, &["--role", "crew", "--unit", UNIT]).await;
    let ring = json!({"type": "receive_call", "caller_number": "13500000926", "lon": PLACE.0, "lat": PLACE.1});
    let call = id_of(&give(&dispatcher, "live", ring).await, "call");
    for step in ["answer_call", "begin_call_taking"] {
        give(&dispatcher, "live", json!({"type": step, "call_id": call})).await;
    }
    let opened = give(&dispatcher, "live", json!({"type": "open_incident", "incident_type": "infectious_disease",
        "priority": "P1", "lon": PLACE.0, "lat": PLACE.1, "infectious": true, "patients": 1, "call_id": call})).await;
    let (incident, number) = (
        id_of(&opened, "incident"),
        of(&opened, "incident")["number"].clone(),
    );
    assert_eq!(of(&opened, "call")["incident_id"], incident.as_str());
    assert!(number.as_str().unwrap().ends_with("-0001"), "{number}");
    let assignment = send(&dispatcher, "live", &incident, UNIT).await;
    give(
        &dispatcher,
        "live",
        json!({"type": "end_call_taking", "call_id": call}),
    )
    .await;

    let shown = crew.get("/api/v1/worlds/live/crew").await.ok();
    assert_eq!(shown["assignment"]["id"], assignment.as_str());
    assert_eq!(shown["incident"]["number"], number);
    stages(
        &crew,
        "live",
        &assignment,
        &["acknowledged", "departed", "arrived", "patient_aboard"],
    )
    .await;
    let leave = json!({"type": "report_stage", "assignment_id": assignment, "stage": "left_scene"});
    assert_eq!(
        crew.command("live", &leave).await.refusal(),
        (409, "destination_needed")
    );
    let hospital = shown["hospitals"][0]["id"].as_str().unwrap();
    give(
        &crew,
        "live",
        json!({"type": "set_destination", "assignment_id": assignment, "facility_id": hospital}),
    )
    .await;
    give(
        &crew,
        "live",
        json!({"type": "write_care_record", "assignment_id": assignment, "severity": "critical",
        "measures": ["oxygen", "ecg"], "patient_name": "孙某"}),
    )
    .await;
    stages(
        &crew,
        "live",
        &assignment,
        &["left_scene", "at_hospital", "handed_over", "closed"],
    )
    .await;

    // The vehicle carried an infectious patient: it is cleaned before it goes out again.
    let unit = dispatcher
        .get(&format!("/api/v1/worlds/live/resources/{UNIT}"))
        .await
        .ok();
    assert_eq!(unit["properties"]["status"], "decontaminating");
    let next = open(&dispatcher, "live", "P2").await;
    let again = json!({"type": "assign_units", "incident_id": next, "unit_ids": [UNIT]});
    assert_eq!(
        dispatcher.command("live", &again).await.refusal(),
        (409, "unit_not_available")
    );
    give(&crew, "live", json!({"type": "set_unit_status", "unit_id": UNIT, "status": "available", "reason": "洗消完成"})).await;
    give(
        &dispatcher,
        "live",
        json!({"type": "close_incident", "incident_id": incident, "outcome": "completed"}),
    )
    .await;

    let file = dispatcher
        .get(&format!("/api/v1/worlds/live/incidents/{incident}"))
        .await
        .ok();
    assert_eq!(file["status"], "closed");
    assert_eq!(file["needs"][0]["filled"], 1);
    assert_eq!(file["assignments"][0]["result"], "completed");
    assert_eq!(file["care_records"][0]["severity"], "critical");
    let words: Vec<_> = file["timeline"]
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| entry["type"].as_str().unwrap())
        .collect();
    assert_eq!(words.first(), Some(&"receive_call"));
    assert_eq!(words.last(), Some(&"close_incident"));
    assert_eq!(
        words.iter().filter(|word| **word == "report_stage").count(),
        8
    );
    let open_now = dispatcher.get("/api/v1/worlds/live/incidents").await.ok();
    assert_eq!(open_now.as_array().unwrap().len(), 1, "the other one");
    let closed = dispatcher
        .get("/api/v1/worlds/live/incidents?status=closed")
        .await
        .ok();
    assert_eq!(closed[0]["id"], incident.as_str());
    invariants::hold(&server).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_loser_of_a_race_learns_who_was_faster_and_what_comes_next() {
    let database = Database::full().await;
    let server = Server::start(&database).await;
    let (one, other) = (
        server.login("dispatcher").await,
        server.login("commander").await,
    );
    let (a, b) = (
        open(&one, "live", "P1").await,
        open(&other, "live", "P2").await,
    );
    let taken = send(&one, "live", &a, UNIT).await;
    let answer = other
        .command(
            "live",
            &json!({"type": "assign_units", "incident_id": b, "unit_ids": [UNIT]}),
        )
        .await;
    assert_eq!(answer.refusal(), (409, "unit_not_available"));
    assert_eq!(answer.body["blocked_by"]["id"], taken.as_str());
    let detail = answer.body["detail"].as_str().unwrap();
    assert!(
        detail.contains("user:dispatcher") && detail.contains(&a),
        "{detail}"
    );
    let next = answer.body["next_best"]["unit_id"].as_str().unwrap();
    assert_ne!(next, UNIT);
    let third = "amb-140602-002";
    assert_ne!(next, third);
    send(&other, "live", &b, next).await;

    // All or none: one taken unit refuses the whole order.
    let both = json!({"type": "assign_units", "incident_id": b, "unit_ids": [third, UNIT]});
    assert_eq!(
        other.command("live", &both).await.refusal(),
        (409, "unit_not_available")
    );
    let free = one
        .get(&format!("/api/v1/worlds/live/resources/{third}"))
        .await
        .ok();
    assert_eq!(free["properties"]["status"], "available");

    // Only a more urgent incident may take it on its way, and one leaves no trace in the other.
    let divert = |incident: &str| json!({"type": "divert_assignment", "assignment_id": taken, "incident_id": incident, "reason": "更急"});
    assert_eq!(
        one.command("live", &divert(&b)).await.refusal(),
        (409, "not_more_urgent")
    );
    give(
        &one,
        "live",
        json!({"type": "update_incident", "incident_id": a, "priority": "P3"}),
    )
    .await;
    let changes = give(&one, "live", divert(&b)).await;
    let sent = changes
        .iter()
        .filter(|change| change["kind"] == "assignment");
    let statuses: Vec<_> = sent
        .map(|change| change["entity"]["status"].as_str().unwrap())
        .collect();
    assert_eq!(statuses, ["diverted", "assigned"]);
    invariants::hold(&server).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_unit_without_a_crew_is_not_sent() {
    let database = Database::full().await;
    let server = Server::start(&database).await;
    let dispatcher = server.login("dispatcher").await;
    let incident = open(&dispatcher, "live", "P1").await;
    give(
        &dispatcher,
        "live",
        json!({"type": "end_shift", "unit_id": UNIT}),
    )
    .await;
    let order = json!({"type": "assign_units", "incident_id": incident, "unit_ids": [UNIT]});
    assert_eq!(
        dispatcher.command("live", &order).await.refusal(),
        (409, "unit_not_available")
    );
    give(&dispatcher, "live", json!({"type": "set_unit_status", "unit_id": UNIT, "status": "available", "reason": "待命"})).await;
    assert_eq!(
        dispatcher.command("live", &order).await.refusal(),
        (409, "no_crew")
    );
    give(&dispatcher, "live", json!({"type": "begin_shift", "unit_id": UNIT, "crew": [{"role": "driver", "staff": "1001"}]})).await;
    send(&dispatcher, "live", &incident, UNIT).await;
    let end = json!({"type": "end_shift", "unit_id": UNIT});
    assert_eq!(
        dispatcher.command("live", &end).await.refusal(),
        (409, "unit_assigned")
    );
    invariants::hold(&server).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_crew_works_on_its_own_order_and_a_centre_on_its_own_cases() {
    let database = Database::full().await;
    let server = Server::start(&database).await;
    let dispatcher = server.login("dispatcher").await;
    let incident = open(&dispatcher, "live", "P1").await;
    let assignment = send(&dispatcher, "live", &incident, UNIT).await;
    let stranger = token(&server, &["--role", "crew", "--unit", OTHER]).await;
    let report =
        json!({"type": "report_stage", "assignment_id": assignment, "stage": "acknowledged"});
    assert_eq!(
        stranger.command("live", &report).await.refusal(),
        (403, "not_your_unit")
    );
    let elsewhere = server.login_in("dispatcher", "140300").await;
    assert_eq!(
        elsewhere.command("live", &report).await.refusal(),
        (404, "not_found")
    );
    let path = format!("/api/v1/worlds/live/incidents/{incident}");
    assert_eq!(elsewhere.get(&path).await.refusal(), (404, "not_found"));
    assert_eq!(
        elsewhere
            .get(&format!("{path}/recommendations"))
            .await
            .refusal(),
        (404, "not_found")
    );
    let listed = elsewhere.get("/api/v1/worlds/live/incidents").await.ok();
    assert_eq!(listed.as_array().unwrap().len(), 0);
    let observer = server.login("observer").await;
    assert_eq!(observer.get(&path).await.status, 200);
    assert_eq!(
        observer
            .get(&format!("{path}/recommendations"))
            .await
            .refusal(),
        (403, "forbidden")
    );
}
