//! What is not restored, what is not replaced, and that nothing is left of what failed.

use std::{path::Path, time::Duration};

use chiyuan_tests::{
    Database, eventually,
    server::{data_dir, program, tool},
};
use diesel_async::SimpleAsyncConnection;

use super::given::{Parts, ask, back_up, restore, rows, run, text};

async fn refused(file: &Path, target: &Database, why: &str) {
    let (done, printed) = restore(file, target).await;
    assert!(!done && printed.contains(why), "{why}: {printed}");
    assert_eq!(rows(target).await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_damaged_file_is_refused() {
    let source = Database::empty().await;
    let target = Database::blank_for(&source).await;
    let whole = std::fs::read(back_up(&source).await).unwrap();
    let file = data_dir(&target.name).join("damaged.backup");
    let mut tampered = whole.clone();
    tampered[whole.len() / 3] ^= 1;
    std::fs::write(&file, tampered).unwrap();
    refused(&file, &target, "does not have the hash of its manifest").await;
    for length in [whole.len() - 1, whole.len() / 2, 40, 0] {
        std::fs::write(&file, &whole[..length]).unwrap();
        refused(&file, &target, "is no whole backup").await;
    }
    let tables = "SELECT count(*) FROM pg_class WHERE relname = 'world'";
    assert_eq!(ask(&target, tables).await, "0", "not even a schema");
    std::fs::write(&file, &whole).unwrap();
    let (done, printed) = restore(&file, &target).await;
    assert!(done, "{printed}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_forged_file_is_refused_by_the_chains() {
    let source = Database::full().await;
    let target = Database::blank_for(&source).await;
    let backup = back_up(&source).await;
    let file = data_dir(&target.name).join("forged.backup");
    let forged = |from: &str, to: &str| {
        let mut parts = Parts::of(&backup);
        assert!(parts.data.contains(from), "{from}");
        parts.data = parts.data.replacen(from, to, 1);
        parts.write(&file);
    };
    forged("\tavailable\t", "\tsuspended\t");
    refused(&file, &target, "differs from its table").await;
    // The bytes of a chain's row are in hexadecimal: the first letter of its JSON is another one.
    forged("\\\\x7b2276223a", "\\\\x7b2277223a");
    refused(&file, &target, "row 1: ").await;
    forged("COPY public.\"account\"", "COPY public.\"session\"");
    refused(&file, &target, "not in the order of its manifest").await;
    let mut parts = Parts::of(&backup);
    parts.manifest["audit"]["seq"] = 0.into();
    parts.write(&file);
    refused(&file, &target, "and the manifest says").await;
    let mut parts = Parts::of(&backup);
    parts.manifest["schema"][0] = "20990101000001".into();
    parts.write(&file);
    refused(&file, &target, "does not know").await;

    forged("\tavailable\t", "\tsuspended\t");
    let arguments = ["restore", text(&file), "--accept-differences"];
    let (done, printed) = run(&target, None, &arguments).await;
    assert!(done && printed.contains("DIFFERS"), "{printed}");
    // Such a database can be saved, but not unnoticed.
    let again = data_dir(&target.name).join("again.backup");
    let (done, printed) = run(&target, None, &["backup", text(&again)]).await;
    assert!(!done && printed.contains("DIFFERS"), "{printed}");
    assert_eq!(Parts::of(&again).manifest["differences"], 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_overwritten() {
    let source = Database::empty().await;
    let file = back_up(&source).await;
    let before = std::fs::read(&file).unwrap();
    let (done, printed) = run(&source, None, &["backup", text(&file)]).await;
    assert!(
        !done && printed.contains("exists already; --force replaces it"),
        "{printed}"
    );
    assert_eq!(std::fs::read(&file).unwrap(), before);
    let (done, printed) = run(&source, None, &["backup", "--force", text(&file)]).await;
    assert!(done, "{printed}");
    assert_ne!(std::fs::read(&file).unwrap(), before);

    let target = Database::empty().await;
    let (accounts, all) = (
        ask(&target, "SELECT count(*) FROM account").await,
        rows(&target).await,
    );
    let (done, printed) = restore(&file, &target).await;
    assert!(
        !done && printed.contains("the database is not empty (table"),
        "{printed}"
    );
    assert_eq!(ask(&target, "SELECT count(*) FROM account").await, accounts);
    assert_eq!(rows(&target).await, all);
}

#[tokio::test(flavor = "multi_thread")]
async fn another_applications_database_is_left_alone() {
    let source = Database::empty().await;
    let file = back_up(&source).await;
    let target = Database::blank_for(&source).await;
    let mut owner = target.connect().await;
    let theirs = "CREATE SCHEMA theirs; CREATE TABLE theirs.thing AS SELECT 1 AS n";
    owner.batch_execute(theirs).await.unwrap();
    let (done, printed) = restore(&file, &target).await;
    assert!(
        !done && printed.contains("table theirs.thing has rows"),
        "{printed}"
    );
    let tables = "SELECT count(*) FROM pg_class WHERE relname = 'world'";
    assert_eq!(ask(&target, tables).await, "0");
    let (done, printed) = run(&target, None, &["backup", "/tmp/never.backup"]).await;
    assert!(
        !done && printed.contains("no database of Chiyuan"),
        "{printed}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_is_checked_without_a_database() {
    let source = Database::empty().await;
    let file = back_up(&source).await;
    let mut command = program("", &data_dir(&source.name));
    command.args(["restore", "--check", text(&file)]);
    let output = command.output().await.unwrap();
    let printed = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(
        output.status.success() && printed.contains("as it was written"),
        "{printed}"
    );
    let (done, printed) = run(&source, None, &["restore", "/nowhere.backup"]).await;
    assert!(!done && printed.contains("/nowhere.backup"), "{printed}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_killed_restore_leaves_nothing() {
    let source = Database::full().await;
    let file = back_up(&source).await;
    let target = Database::blank_for(&source).await;
    // With its schema made, what is killed is always the transaction.
    tool(&target.url, &data_dir(&target.name), &["migrate"]).await;
    let writing = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() \
        AND application_name = 'chiyuan backup' AND backend_xid IS NOT NULL";
    let connected = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() \
        AND application_name = 'chiyuan backup'";
    let (mut killed, whole) = (0, rows(&source).await);
    for later in [0, 20, 50, 100, 200, 400] {
        let mut command = program(&target.url, &data_dir(&target.name));
        let mut child = command.args(["restore", text(&file)]).spawn().unwrap();
        let begun = || async { ask(&target, writing).await != "0" };
        eventually(Duration::from_secs(20), "the restore writes", begun).await;
        tokio::time::sleep(Duration::from_millis(later)).await;
        child.start_kill().unwrap();
        if child.wait().await.unwrap().success() {
            break;
        }
        killed += 1;
        let gone = || async { ask(&target, connected).await == "0" };
        eventually(Duration::from_secs(20), "the transaction is undone", gone).await;
        let left = rows(&target).await;
        // The last one may die between its COMMIT and its exit.
        if later > 0 && left == whole {
            break;
        }
        assert_eq!(left, 0, "killed after {later} ms");
        assert_eq!(ask(&target, "SELECT seq FROM audit_head").await, "0");
    }
    println!("killed {killed} times");
    assert!(killed > 1);
    if rows(&target).await == 0 {
        let (done, printed) = restore(&file, &target).await;
        assert!(done, "{printed}");
    }
    tool(&target.url, &data_dir(&target.name), &["verify"]).await;
}
