//! Names of accounts: those of one's own centre and of who acts everywhere, nobody else's.

use std::collections::BTreeMap;

use chiyuan_tests::{Client, Database, Server};
use serde_json::Value;

use super::accounts::operate;

async fn people(client: &Client) -> BTreeMap<String, Value> {
    let list = client.get("/api/v1/worlds/live/people").await.ok();
    let list = list.as_array().unwrap().iter();
    list.map(|person| {
        (
            person["username"].as_str().unwrap().to_owned(),
            person.clone(),
        )
    })
    .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_centre_knows_its_own_people_by_name() {
    let database = Database::full().await;
    let server = Server::start(&database).await;
    let accounts = &database.accounts;
    let own = &accounts.in_centre("dispatcher", "140600").username;
    let foreign = &accounts.in_centre("dispatcher", "140300").username;
    let everywhere = &accounts.of("dispatcher").username;

    let desk = server.login_in("dispatcher", "140600").await;
    let seen = people(&desk).await;
    assert_eq!(seen[own]["role"], "dispatcher");
    assert_eq!(seen[own]["jurisdiction"], "140600");
    assert_eq!(seen[own]["active"], true);
    assert!(!seen[own]["display_name"].as_str().unwrap().is_empty());
    assert_eq!(seen[everywhere]["jurisdiction"], Value::Null);
    assert!(!seen.contains_key(foreign), "another centre's people");
    for person in seen.values() {
        let fields: Vec<_> = person
            .as_object()
            .unwrap()
            .keys()
            .map(String::as_str)
            .collect();
        let public = ["active", "display_name", "jurisdiction", "role", "username"];
        assert_eq!(fields, public, "nothing else of an account");
    }

    // Who sees everything knows everybody.
    let commander = server.login("commander").await;
    let all = people(&commander).await;
    assert!(all.contains_key(own) && all.contains_key(foreign));

    // Whoever is gone still stands in the record.
    operate(&server, &["user", "disable", foreign]).await;
    assert_eq!(people(&commander).await[foreign]["active"], false);
    assert_eq!(
        desk.get("/api/v1/worlds/live/people?centre=140300")
            .await
            .status,
        400
    );
}
