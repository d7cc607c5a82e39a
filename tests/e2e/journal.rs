//! The journal: a chain that `verify` recomputes, and that the program's own role cannot rewrite.

use chiyuan_tests::{
    Database, Server, invariants,
    server::{data_dir, try_tool},
};
use diesel_async::SimpleAsyncConnection;
use serde_json::json;

async fn worked(database: &Database) {
    let server = Server::start(database).await;
    let dispatcher = server.login("dispatcher").await;
    for number in 0..10 {
        let word = ["suspended", "available"][number % 2];
        let command = json!({"type": "set_unit_status", "unit_id": "amb-140602-001", "status": word, "reason": number.to_string()});
        dispatcher.command("live", &command).await.ok();
    }
    invariants::hold(&server).await;
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_tampering_is_found() {
    let tamperings = [
        "UPDATE ambulance SET status = 'available', version = version + 1 WHERE id = 'amb-140602-002'",
        "UPDATE ambulance SET lon = lon + 0.01 WHERE id = 'amb-140602-002'",
        "DELETE FROM lot WHERE (stockpile_id, id) = (SELECT stockpile_id, id FROM lot LIMIT 1)",
        "DELETE FROM journal WHERE seq = (SELECT max(seq) FROM journal)",
        "DELETE FROM journal WHERE seq = (SELECT max(seq) - 3 FROM journal)",
        "UPDATE journal SET actor = 'somebody' WHERE seq = (SELECT max(seq) FROM journal)",
        "UPDATE journal SET at = at + interval '1 second' WHERE seq = (SELECT max(seq) - 1 FROM journal)",
        "UPDATE journal SET payload = payload || '\\x20' WHERE seq = (SELECT max(seq) - 2 FROM journal)",
        "UPDATE world SET seq = seq - 1",
    ];
    let database = Database::full().await;
    worked(&database).await;
    let verify = async || try_tool(&database.url, &data_dir(&database.name), &["verify"]).await;
    assert!(verify().await.0);
    for tampering in tamperings {
        let mut superuser = database.connect_as_superuser().await;
        superuser
            .batch_execute(
                "CREATE TABLE kept_journal AS TABLE journal; CREATE TABLE kept_lot AS TABLE lot",
            )
            .await
            .unwrap();
        superuser
            .batch_execute(&format!(
                "CREATE TABLE kept_world AS TABLE world; {tampering}"
            ))
            .await
            .unwrap();
        let (clean, printed) = verify().await;
        assert!(!clean, "{tampering} was not found: {printed}");
        restore(&mut superuser).await;
    }
    assert!(verify().await.0, "everything was restored");
}

/// Puts everything back as it was before a tampering.
async fn restore(superuser: &mut diesel_async::AsyncPgConnection) {
    superuser
        .batch_execute(
            "DELETE FROM journal; INSERT INTO journal TABLE kept_journal; DROP TABLE kept_journal; \
             DELETE FROM lot; INSERT INTO lot TABLE kept_lot; DROP TABLE kept_lot; \
             UPDATE world w SET seq = k.seq FROM kept_world k WHERE k.id = w.id; DROP TABLE kept_world; \
             UPDATE ambulance SET status = (SELECT e ->> 'status' FROM original), version = (SELECT (e ->> 'version')::bigint FROM original), \
               lon = (SELECT (e ->> 'lon')::double precision FROM original) WHERE id = 'amb-140602-002'"
                .replace("original", ORIGINAL)
                .as_str(),
        )
        .await
        .unwrap();
}

/// The entity as the journal has it.
const ORIGINAL: &str = "(SELECT c -> 'entity' AS e FROM journal j, \
    jsonb_array_elements(convert_from(j.payload, 'UTF8')::jsonb -> 'changes') c WHERE c ->> 'id' = 'amb-140602-002' \
    ORDER BY j.seq DESC LIMIT 1) o";

#[tokio::test(flavor = "multi_thread")]
async fn the_programs_role_cannot_rewrite_history() {
    let database = Database::full().await;
    let mut connection = database.connect().await;
    connection
        .batch_execute("SET ROLE chiyuan_app")
        .await
        .unwrap();
    for statement in [
        "UPDATE journal SET actor = 'x'",
        "DELETE FROM journal",
        "TRUNCATE journal",
        "UPDATE audit SET actor = 'x'",
        "DELETE FROM audit",
        "DROP TABLE journal",
        "DELETE FROM world",
        "ALTER TABLE journal DISABLE TRIGGER ALL",
    ] {
        assert!(
            connection.batch_execute(statement).await.is_err(),
            "{statement}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_follow_one_another() {
    let database = Database::full().await;
    let server = Server::start(&database).await;
    let auditor = server.login("auditor").await;
    let rows = invariants::journal(&auditor, "live").await;
    assert!(rows.len() > 1_000);
    let page = auditor
        .get("/api/v1/worlds/live/journal?after=5&limit=2")
        .await
        .ok();
    assert_eq!(page.as_array().unwrap().len(), 2);
    assert_eq!(page[0]["seq"], 6);
    assert_eq!(page[0]["hash"].as_str().unwrap().len(), 64);
    assert_eq!(
        auditor
            .get("/api/v1/worlds/live/journal?after=99999999")
            .await
            .ok(),
        json!([])
    );
}
