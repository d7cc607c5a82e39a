//! Running the two tools, reading their file, looking at databases.

use std::{
    io::{Read, Write},
    path::{Path, PathBuf},
};

use chiyuan_tests::{
    Database,
    server::{data_dir, program},
};
use diesel_async::RunQueryDsl;
use serde_json::Value;
use sha2::{Digest, Sha256};

const MAGIC: usize = "chiyuan backup 1\n".len();
const TRAILER: usize = 64 + 1 + 16 + 1;

/// Runs a tool of the program on a database, perhaps with a guard broken; whether it succeeded, and what it printed.
pub async fn run(database: &Database, mutant: Option<&str>, arguments: &[&str]) -> (bool, String) {
    let mut command = program(&database.url, &data_dir(&database.name));
    if let Some(mutant) = mutant {
        command.env("CHIYUAN_MUTANT", mutant);
    }
    let output = command.args(arguments).output().await.unwrap();
    let text = [output.stdout, output.stderr].concat();
    (
        output.status.success(),
        String::from_utf8_lossy(&text).into_owned(),
    )
}

/// Backs a database up into a file of the test's own.
pub async fn back_up(database: &Database) -> PathBuf {
    let file = data_dir(&database.name).join("test.backup");
    let (done, printed) = run(database, None, &["backup", text(&file)]).await;
    assert!(done, "{printed}");
    file
}

/// Restores; whether it succeeded, and what it printed.
pub async fn restore(file: &Path, target: &Database) -> (bool, String) {
    run(target, None, &["restore", text(file)]).await
}

/// A path as an argument.
pub fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// A backup taken apart.
pub struct Parts {
    pub manifest: Value,
    /// Uncompressed.
    pub data: String,
}

impl Parts {
    /// Reads a backup.
    pub fn of(file: &Path) -> Self {
        let whole = std::fs::read(file).unwrap();
        let trailer = std::str::from_utf8(&whole[whole.len() - TRAILER..]).unwrap();
        let length: usize = trailer.trim().split(' ').nth(1).unwrap().parse().unwrap();
        let (compressed, rest) = whole[MAGIC..].split_at(whole.len() - MAGIC - TRAILER - length);
        let mut data = String::new();
        flate2::read::GzDecoder::new(compressed)
            .read_to_string(&mut data)
            .unwrap();
        Self {
            manifest: serde_json::from_slice(&rest[..length]).unwrap(),
            data,
        }
    }

    /// Writes a backup whose hashes are right, as a forger does.
    pub fn write(mut self, file: &Path) {
        let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        gzip.write_all(self.data.as_bytes()).unwrap();
        let compressed = gzip.finish().unwrap();
        self.manifest["data"]["bytes"] = compressed.len().into();
        self.manifest["data"]["sha256"] = hex::encode(Sha256::digest(&compressed)).into();
        let manifest = serde_json::to_vec(&self.manifest).unwrap();
        let trailer = format!(
            "{} {:016}\n",
            hex::encode(Sha256::digest(&manifest)),
            manifest.len()
        );
        let parts = [
            b"chiyuan backup 1\n",
            &compressed[..],
            &manifest,
            trailer.as_bytes(),
        ];
        std::fs::write(file, parts.concat()).unwrap();
    }
}

#[derive(diesel::QueryableByName)]
struct Answer {
    #[diesel(sql_type = diesel::sql_types::Text)]
    answer: String,
}

/// The one value of a query, as text.
pub async fn ask(database: &Database, query: &str) -> String {
    let query = format!("SELECT coalesce(({query})::text, '') AS answer");
    let answer: Answer = diesel::sql_query(query)
        .get_result(&mut database.connect().await)
        .await
        .unwrap();
    answer.answer
}

/// A hash of the rows that a query gives, in whatever order.
pub async fn fingerprint(database: &Database, rows: &str) -> String {
    let query = format!(
        "SELECT md5(string_agg(r::text, '|' ORDER BY r::text COLLATE \"C\")) FROM ({rows}) r"
    );
    ask(database, &query).await
}

/// How many rows there are in all tables of ours together, without those that migrations make.
pub async fn rows(database: &Database) -> u64 {
    const TABLES: &str = "SELECT coalesce(string_agg(format('SELECT count(*) AS n FROM %I', relname), ' UNION ALL '), \
        'SELECT 0 AS n') FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') \
        AND relname NOT IN ('spatial_ref_sys', '__diesel_schema_migrations', 'audit_head')";
    let tables = ask(database, TABLES).await;
    let sum = ask(database, &format!("SELECT sum(n) FROM ({tables}) t")).await;
    sum.parse().unwrap()
}
