//! Migrations go up, down and up again to the same schema, and two starting servers do not disturb each other.

use chiyuan_tests::{
    Database,
    server::{data_dir, tool},
};
use diesel_async::RunQueryDsl;

#[derive(diesel::QueryableByName)]
struct Line {
    #[diesel(sql_type = diesel::sql_types::Text)]
    line: String,
}

/// Everything that makes up the schema, as text.
const SCHEMA: &str = "SELECT line FROM (
    SELECT format('%s.%s %s %s %s', table_name, column_name, data_type, is_nullable, coalesce(column_default, '')) AS line
      FROM information_schema.columns WHERE table_schema = 'public'
    UNION ALL SELECT format('%s %s', conrelid::regclass, pg_get_constraintdef(oid)) FROM pg_constraint WHERE connamespace = 'public'::regnamespace
    UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'
    UNION ALL SELECT format('%s %s %s', table_name, grantee, privilege_type) FROM information_schema.role_table_grants WHERE table_schema = 'public'
    UNION ALL SELECT pg_get_functiondef(p.oid) FROM pg_proc p JOIN pg_roles r ON r.oid = p.proowner
      WHERE pronamespace = 'public'::regnamespace AND r.rolname = 'chiyuan') lines ORDER BY line";

async fn schema(database: &Database) -> Vec<String> {
    let lines: Vec<Line> = diesel::sql_query(SCHEMA)
        .load(&mut database.connect().await)
        .await
        .unwrap();
    lines.into_iter().map(|line| line.line).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn up_down_and_up_again_give_the_same_schema() {
    let database = Database::empty().await;
    let data = data_dir(&database.name);
    let first = schema(&database).await;
    assert!(first.len() > 200);
    tool(&database.url, &data, &["migrate", "--revert"]).await;
    assert!(schema(&database).await.len() < first.len() / 2);
    tool(&database.url, &data, &["migrate"]).await;
    assert_eq!(schema(&database).await, first);
}

#[tokio::test(flavor = "multi_thread")]
async fn five_migrations_at_once_are_one() {
    let database = Database::empty().await;
    let data = data_dir(&database.name);
    tool(&database.url, &data, &["migrate", "--revert"]).await;
    let runs = (0..5).map(|_| tool(&database.url, &data, &["migrate"]));
    let printed = futures_util::future::join_all(runs).await;
    assert_eq!(
        printed
            .iter()
            .filter(|text| text.contains("applied"))
            .count(),
        1,
        "{printed:?}"
    );
}
