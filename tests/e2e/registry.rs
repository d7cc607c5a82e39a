//! The registry as files: what is exported comes back unchanged, faults are told by row, nothing passes the scope.

use chiyuan_tests::{Answer, Client, Database, Server, client::send, invariants};
use reqwest::{Method, header::CONTENT_TYPE};
use serde_json::{Value, json};

const CSV: &str = "text/csv";
const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
const KINDS: [&str; 10] = [
    "jurisdiction",
    "item",
    "facility",
    "station",
    "ambulance",
    "team",
    "special_vehicle",
    "bed_pool",
    "stockpile",
    "norm",
];

fn path(rest: &str) -> String {
    format!("/api/v1/worlds/live/registry/{rest}")
}

async fn export(client: &Client, file: &str) -> Vec<u8> {
    let response = client.request(Method::GET, &path(file)).send().await;
    let response = response.unwrap();
    assert_eq!(response.status(), 200, "{file}");
    response.bytes().await.unwrap().to_vec()
}

async fn text(client: &Client, file: &str) -> String {
    String::from_utf8(export(client, file).await).unwrap()
}

async fn post(client: &Client, rest: &str, media: &str, body: impl Into<reqwest::Body>) -> Answer {
    let request = client.request(Method::POST, &path(rest));
    send(request.header(CONTENT_TYPE, media).body(body)).await
}

async fn preview(client: &Client, kind: &str, file: &str) -> Value {
    let rest = format!("{kind}/preview");
    post(client, &rest, CSV, file.to_owned()).await.ok()
}

async fn import(client: &Client, kind: &str, file: &str, preview: &Value) -> Answer {
    let digest = preview["digest"].as_str().unwrap();
    let rest = format!("{kind}/import?digest={digest}");
    post(client, &rest, CSV, file.to_owned()).await
}

fn counts(preview: &Value) -> [u64; 4] {
    ["created", "changed", "unchanged", "errors"].map(|name| preview[name].as_u64().unwrap())
}

async fn seq(client: &Client) -> Value {
    client.get("/api/v1/worlds").await.ok()[0]["seq"].clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_exported_comes_back_unchanged() {
    let database = Database::full().await;
    let server = Server::start(&database).await;
    let administrator = server.login("administrator").await;
    let before = seq(&administrator).await;
    for kind in KINDS {
        let file = export(&administrator, &format!("{kind}.csv")).await;
        let csv = post(&administrator, &format!("{kind}/preview"), CSV, file).await;
        let csv = csv.ok();
        let [created, changed, unchanged, errors] = counts(&csv);
        assert_eq!((created, changed, errors), (0, 0, 0), "{kind}: {csv:#}");
        assert!(unchanged > 4, "{kind}");
        let book = export(&administrator, &format!("{kind}.xlsx")).await;
        let book = post(&administrator, &format!("{kind}/preview"), XLSX, book).await;
        assert_eq!(counts(&book.ok()), [0, 0, unchanged, 0], "{kind}.xlsx");
    }
    // A centre's administrator gets his own part, and it comes back unchanged too.
    let city = super::accounts::token(
        &server,
        &["--role", "administrator", "--jurisdiction", "140600"],
    )
    .await;
    let city = server.anonymous().with_token(&city);
    let own = text(&city, "ambulance.csv").await;
    assert_eq!(own.lines().count(), 81, "its own 80");
    assert_eq!(
        counts(&preview(&city, "ambulance", &own).await),
        [0, 0, 80, 0]
    );
    assert_eq!(seq(&administrator).await, before, "nothing was written");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_edited_file_changes_what_was_edited_and_only_once() {
    let database = Database::full().await;
    let server = Server::start(&database).await;
    let administrator = server.login("administrator").await;
    let whole = text(&administrator, "station.csv?jurisdiction=640221").await;
    let new = "sta-640221-99,640221,=新站,640221,township,rural,15000,,sta-640221-01,106.6,38.95,test\r\n";
    let edited = format!("{whole}{new}").replacen(",5000,", ",6000,", 1);
    let seen = preview(&administrator, "station", &edited).await;
    assert_eq!(counts(&seen)[..2], [1, 1], "{seen:#}");
    let changed = seen["rows"].as_array().unwrap();
    let changed = changed.iter().find(|row| row["outcome"] == "changed");
    let field = &changed.unwrap()["fields"][0];
    assert_eq!(
        (&field["field"], &field["before"], &field["after"]),
        (&json!("service_radius_m"), &json!(5000), &json!(6000))
    );
    // Another file than the one that was previewed is refused.
    let other = import(&administrator, "station", &whole, &seen).await;
    assert_eq!(other.refusal(), (409, "preview_changed"));
    let done = import(&administrator, "station", &edited, &seen).await.ok();
    assert_eq!((&done["created"], &done["changed"]), (&json!(1), &json!(1)));
    assert_eq!(done["left"], json!([]));
    let after = seq(&administrator).await;
    let again = import(&administrator, "station", &edited, &seen).await.ok();
    assert_eq!(
        (&again["created"], &again["changed"]),
        (&json!(1), &json!(1)),
        "the same answer"
    );
    assert_eq!(seq(&administrator).await, after, "and nothing twice");
    // A name like a formula is inert in the file and itself in the registry.
    let file = text(&administrator, "station.csv?jurisdiction=640221").await;
    assert!(file.contains(",'=新站,"), "{file}");
    let name = administrator
        .get("/api/v1/worlds/live/resources/sta-640221-99")
        .await
        .ok();
    assert_eq!(name["properties"]["name"], "=新站");
    let same = preview(&administrator, "station", &file).await;
    assert_eq!(counts(&same)[..2], [0, 0]);
    // Somebody changes the row after the preview: nothing is overwritten unseen.
    let stale = file.replacen(",6000,", ",7000,", 1);
    let seen = preview(&administrator, "station", &stale).await;
    let now = file.replacen(",6000,", ",6500,", 1);
    let meanwhile = preview(&administrator, "station", &now).await;
    import(&administrator, "station", &now, &meanwhile)
        .await
        .ok();
    let late = import(&administrator, "station", &stale, &seen).await;
    assert_eq!(late.refusal(), (409, "preview_changed"));
    invariants::hold(&server).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn faults_are_told_by_row_and_nothing_is_written() {
    let database = Database::full().await;
    let server = Server::start(&database).await;
    let administrator = server.login("administrator").await;
    let before = seq(&administrator).await;
    let whole = text(&administrator, "ambulance.csv?jurisdiction=640221").await;
    let mut lines: Vec<String> = whole.lines().map(str::to_owned).collect();
    lines[1] = lines[1].replace(",C,", ",E,");
    lines[2] = lines[2].replace("sta-640221", "sta-999999");
    lines[3] = lines[2].clone();
    lines[4].push_str(",more");
    lines[5] = lines[5].replace(",640221,", ",640222,");
    let file = lines.join("\r\n");
    let seen = preview(&administrator, "ambulance", &file).await;
    let rows = seen["rows"].as_array().unwrap();
    let faults = |line: u64| {
        let row = rows.iter().find(|row| row["line"] == line).unwrap();
        assert_eq!(row["outcome"], "error", "{row}");
        let faults = row["faults"].as_array().unwrap().iter();
        let faults = faults.map(|f| format!("{}:{}", f["column"], f["code"]).replace('"', ""));
        faults.collect::<Vec<_>>()
    };
    assert_eq!(faults(2), ["class:malformed"]);
    assert!(faults(3).contains(&"home_id:unknown_reference".to_owned()));
    assert!(faults(4).contains(&"id:duplicate".to_owned()));
    assert_eq!(faults(5), [":width"]);
    assert!(faults(6).contains(&"jurisdiction:unknown_reference".to_owned()));
    assert_eq!(counts(&seen)[3], 5, "{seen:#}");
    let refused = import(&administrator, "ambulance", &file, &seen).await;
    assert_eq!(refused.refusal(), (422, "file_has_errors"));
    let columns = preview(&administrator, "ambulance", "id,colour\n1,2\n").await;
    assert_eq!(columns["rows"][0]["faults"][0]["code"], "columns");
    for file in ["", "\u{feff}", "id\n", "\"", "a,b\n\"x"] {
        preview(&administrator, "team", file).await;
    }
    // A retired row says so.
    let retire = json!({"type": "retire_resource", "id": "amb-640221-014", "reason": "报废"});
    administrator.command("live", &retire).await.ok();
    let seen = preview(&administrator, "ambulance", &whole).await;
    assert_eq!(counts(&seen)[3], 1, "{seen:#}");
    assert_eq!(
        seq(&administrator).await,
        json!(before.as_u64().unwrap() + 1),
        "only the retirement"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn broken_and_huge_files_are_refused() {
    let database = Database::full().await;
    let server = Server::start(&database).await;
    let administrator = server.login("administrator").await;
    let book = export(&administrator, "team.xlsx").await;
    let spoilt = |at: usize| {
        let mut bytes = book.clone();
        for byte in bytes.iter_mut().skip(at).take(64) {
            *byte ^= 0x5a;
        }
        bytes
    };
    let broken = [
        b"PK\x03\x04".to_vec(),
        book[..book.len() / 2].to_vec(),
        b"id,name\n".to_vec(),
        Vec::new(),
    ];
    for bytes in broken {
        let answer = post(&administrator, "team/preview", XLSX, bytes).await;
        assert_eq!(answer.refusal(), (422, "unreadable_file"));
    }
    for at in (0..book.len()).step_by(book.len() / 24) {
        let answer = post(&administrator, "team/preview", XLSX, spoilt(at)).await;
        assert!(answer.status.as_u16() < 500, "{at}: {}", answer.body);
    }
    let huge = vec![b'x'; 20 * 1024 * 1024 + 1];
    let answer = post(&administrator, "team/preview", CSV, huge).await;
    assert_eq!(answer.refusal(), (413, "too_large"));
    let json = post(&administrator, "team/preview", "application/json", "{}").await;
    assert_eq!(json.refusal(), (415, "not_a_sheet"));
    for kind in ["incident", "nothing", "call"] {
        let answer = post(&administrator, &format!("{kind}/preview"), CSV, "id\n").await;
        assert_eq!(answer.refusal(), (404, "not_found"), "{kind}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_administrator_keeps_his_own_jurisdiction() {
    let database = Database::full().await;
    let server = Server::start(&database).await;
    let whole = server.login("administrator").await;
    let token = super::accounts::token(
        &server,
        &["--role", "administrator", "--jurisdiction", "140600"],
    )
    .await;
    let city = server.anonymous().with_token(&token);
    // What another centre has does not exist for him, neither as a row nor as a name in one.
    let foreign = text(&whole, "station.csv?jurisdiction=640221").await;
    let seen = preview(&city, "station", &foreign).await;
    let [created, changed, unchanged, errors] = counts(&seen);
    assert_eq!((created, changed, unchanged), (0, 0, 0), "{seen:#}");
    assert!(errors > 0);
    let named = "id,centre,name,jurisdiction,tier,zone,service_radius_m,facility_id,parent_id,lon,lat,source\n\
        sta-140600-99,140600,x,140602,township,rural,9000,fac-640221-01,,112.4,39.3,test\n\
        sta-140600-98,140600,x,140602,township,rural,9000,fac-000000-01,,112.4,39.3,test\n";
    let seen = preview(&city, "station", named).await;
    let code = |row: usize| seen["rows"][row]["faults"][0]["code"].clone();
    assert_eq!(code(0), code(1), "{seen:#}");
    assert!(!text(&city, "facility.csv").await.contains("640221"));
    for role in ["commander", "dispatcher", "auditor", "observer"] {
        let client = server.login(role).await;
        let answer = client.get(&path("team.csv")).await;
        assert_eq!(answer.refusal(), (403, "forbidden"), "{role}");
        let answer = post(&client, "team/preview", CSV, "id\n").await;
        assert_eq!(answer.refusal(), (403, "forbidden"), "{role}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_history_tells_who_changed_what() {
    let database = Database::full().await;
    let server = Server::start(&database).await;
    let dispatcher = server.login("dispatcher").await;
    for (status, reason) in [("suspended", "换胎"), ("available", "好了")] {
        let command = json!({"type": "set_unit_status", "unit_id": "amb-140602-001", "status": status, "reason": reason});
        dispatcher.command("live", &command).await.ok();
    }
    let history =
        |id: &str, rest: &str| format!("/api/v1/worlds/live/resources/{id}/history{rest}");
    let commander = server.login("commander").await;
    let all = commander.get(&history("amb-140602-001", "")).await.ok();
    let steps: Vec<_> = all.as_array().unwrap().iter().map(|e| &e["step"]).collect();
    assert_eq!(steps, ["changed", "changed", "created"], "{all:#}");
    assert_eq!(all[0]["reason"], "好了");
    assert_eq!(all[0]["type"], "set_unit_status");
    let status = all[1]["fields"].as_array().unwrap().iter();
    let status = status.into_iter().find(|f| f["field"] == "status").unwrap();
    assert_eq!(
        (&status["before"], &status["after"]),
        (&json!("available"), &json!("suspended"))
    );
    let first = commander
        .get(&history("amb-140602-001", "?limit=1"))
        .await
        .ok();
    assert_eq!(first.as_array().unwrap().len(), 1);
    let rest = format!("?limit=1&after={}", first[0]["seq"]);
    let second = commander.get(&history("amb-140602-001", &rest)).await.ok();
    assert_eq!(second[0], all[1], "pages follow one another");
    let other = server.login_in("commander", "140300").await;
    for id in ["amb-140602-001", "amb-000000-001"] {
        assert_eq!(
            other.get(&history(id, "")).await.refusal(),
            (404, "not_found")
        );
    }
}
