//! Loading the repository's seed: twice changes nothing, an edited file changes its row, a fault is told with its line.

use std::{fs, path::Path};

use chiyuan_tests::{
    Database,
    server::{data_dir, try_tool},
    services::root,
};
use diesel::{QueryableByName, sql_types::BigInt};
use diesel_async::RunQueryDsl;

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    count: i64,
}

async fn count(database: &Database, query: &str) -> i64 {
    let mut connection = database.connect().await;
    let row: Count = diesel::sql_query(query)
        .get_result(&mut connection)
        .await
        .unwrap();
    row.count
}

const JOURNAL: &str = "SELECT count(*) AS count FROM journal WHERE world_id = 'live'";

async fn seed(database: &Database, arguments: &[&str]) -> (bool, String) {
    let arguments = [&["seed"], arguments].concat();
    try_tool(&database.url, &data_dir(&database.name), &arguments).await
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let to = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &to);
        } else {
            fs::copy(entry.path(), to).unwrap();
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn loading_twice_changes_nothing_and_an_edit_changes_its_row() {
    let database = Database::full().await;
    let before = count(&database, JOURNAL).await;
    assert!(before > 1_000, "{before} rows after the first load");
    let repository = root().join("seed");
    let (done, text) = seed(&database, &[repository.to_str().unwrap()]).await;
    assert!(done && text.contains(" 0 registered, 0 updated"), "{text}");
    assert_eq!(count(&database, JOURNAL).await, before);

    let edited = data_dir(&database.name).join("seed");
    copy(&repository, &edited);
    let file = edited.join("pingluo/stations.csv");
    let stations = fs::read_to_string(&file).unwrap();
    fs::write(&file, stations.replacen(",5000,", ",5001,", 1)).unwrap();
    let (done, text) = seed(&database, &[edited.to_str().unwrap()]).await;
    assert!(done && text.contains(" 0 registered, 1 updated"), "{text}");
    assert_eq!(count(&database, JOURNAL).await, before + 1);
    // Back and forth again: every step is a change of its own.
    for (folder, rows) in [(&repository, 2), (&edited, 3), (&edited, 3)] {
        assert!(seed(&database, &[folder.to_str().unwrap()]).await.0);
        assert_eq!(count(&database, JOURNAL).await, before + rows);
    }
    let (done, text) = seed(&database, &["--if-empty", repository.to_str().unwrap()]).await;
    assert!(done && text.contains("nothing loaded"), "{text}");
    assert_eq!(count(&database, JOURNAL).await, before + 3);
    let verified = try_tool(&database.url, &data_dir(&database.name), &["verify"]).await;
    assert!(verified.0, "{}", verified.1);
}

#[tokio::test(flavor = "multi_thread")]
async fn one_jurisdiction_alone_is_loaded_and_a_fault_loads_nothing() {
    let database = Database::empty().await;
    let folder = data_dir(&database.name).join("seed");
    copy(&root().join("seed"), &folder);
    let file = folder.join("bachu/ambulances.csv");
    let good = fs::read_to_string(&file).unwrap();
    fs::write(
        &file,
        good.replacen("sta-653130-01,C,", "sta-653130-01,E,", 1),
    )
    .unwrap();
    let alone = folder.join("bachu");
    let (done, text) = seed(&database, &[alone.to_str().unwrap()]).await;
    let place = format!("{}:2: class: unknown variant `E`", file.display());
    assert!(!done && text.contains(&place), "{text}");
    assert_eq!(count(&database, JOURNAL).await, 0);
    fs::write(&file, good).unwrap();
    let (done, text) = seed(&database, &[alone.to_str().unwrap()]).await;
    assert!(done, "{text}");
    let centres = "SELECT count(DISTINCT centre) AS count FROM facility WHERE world_id = 'live'";
    assert_eq!(count(&database, centres).await, 1);
}
