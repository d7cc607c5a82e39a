//! What must hold after every test: the fold of the journal equals the tables equals the picture.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::{
    Client, Server,
    server::{data_dir, tool},
};

/// Checks a server at rest: `verify` finds nothing, and what HTTP shows is the fold of the journal.
pub async fn hold(server: &Server) {
    tool(
        &server.database.url,
        &data_dir(&server.database.name),
        &["verify"],
    )
    .await;
    let commander = server.login("commander").await;
    for world in commander
        .get("/api/v1/worlds")
        .await
        .ok()
        .as_array()
        .expect("a list of worlds")
    {
        let id = world["id"].as_str().expect("a world has an id");
        assert_eq!(
            folded(&commander, id).await,
            shown(&commander, id).await,
            "picture and journal of {id}"
        );
    }
}

/// Versions of placed, open entities, as the journal folds.
async fn folded(client: &Client, world: &str) -> BTreeMap<String, u64> {
    let mut fold = BTreeMap::new();
    for entry in journal(client, world).await {
        for change in entry["changes"].as_array().expect("changes") {
            let id = change["id"].as_str().expect("an id").to_owned();
            let entity = &change["entity"];
            let case = ["call", "incident"].contains(&change["kind"].as_str().expect("a kind"));
            let placed = !case && entity["lon"].is_number() && entity["retired"] == false;
            if placed {
                fold.insert(id, entity["version"].as_u64().expect("a version"))
            } else {
                fold.remove(&id)
            };
        }
    }
    fold
}

/// Versions of the resources that HTTP shows.
async fn shown(client: &Client, world: &str) -> BTreeMap<String, u64> {
    let mut shown = BTreeMap::new();
    let mut cursor = String::new();
    loop {
        let page = client
            .get(&format!(
                "/api/v1/worlds/{world}/resources?limit=1000{cursor}"
            ))
            .await
            .ok();
        for feature in page["features"].as_array().expect("features") {
            let id = feature["id"].as_str().expect("an id").to_owned();
            shown.insert(
                id,
                feature["properties"]["version"]
                    .as_u64()
                    .expect("a version"),
            );
        }
        let Some(next) = page["next_cursor"].as_str() else {
            return shown;
        };
        cursor = format!("&cursor={next}");
    }
}

/// The whole journal of a world, its seq without gaps.
pub async fn journal(client: &Client, world: &str) -> Vec<Value> {
    let mut rows: Vec<Value> = Vec::new();
    loop {
        let after = rows
            .last()
            .map_or(0, |row| row["seq"].as_u64().expect("a seq"));
        let page = client
            .get(&format!(
                "/api/v1/worlds/{world}/journal?after={after}&limit=1000"
            ))
            .await
            .ok();
        let page = page.as_array().expect("a list of rows").clone();
        if page.is_empty() {
            return rows;
        }
        for row in page {
            assert_eq!(row["seq"], rows.len() as u64 + 1, "seq has no gaps");
            rows.push(row);
        }
    }
}
