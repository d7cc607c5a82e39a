//! Refuses to serve on a database that could lose what was acknowledged.

use diesel::{QueryableByName, sql_types::Text};
use diesel_async::RunQueryDsl;

use super::{Connection, StoreError};

#[derive(QueryableByName)]
struct Setting {
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Text)]
    setting: String,
}

/// Settings without which a COMMIT is no promise.
const NEEDED: &[(&str, &str)] = &[
    ("fsync", "on"),
    ("full_page_writes", "on"),
    ("synchronous_commit", "on"),
];

/// Checks durability settings; page checksums are only warned about, since a managed database may lack them.
///
/// # Errors
/// Names the setting that is wrong.
pub async fn durability(connection: &mut Connection) -> Result<(), StoreError> {
    let settings: Vec<Setting> = diesel::sql_query(
        "SELECT name, setting FROM pg_settings \
         WHERE name IN ('fsync', 'full_page_writes', 'synchronous_commit', 'data_checksums')",
    )
    .load(&mut **connection)
    .await?;
    for Setting { name, setting } in &settings {
        let needed = NEEDED.iter().find(|(needed, _)| needed == name);
        // `remote_apply` and the like promise more than `on`.
        let stronger = name == "synchronous_commit" && setting.starts_with("remote");
        if let Some((_, value)) = needed
            && setting != value
            && !stronger
        {
            return Err(StoreError::Corrupt(format!(
                "PostgreSQL runs with {name} = {setting}; {value} is needed"
            )));
        }
        if name == "data_checksums" && setting != "on" {
            tracing::warn!("PostgreSQL runs without data checksums");
        }
    }
    Ok(())
}
