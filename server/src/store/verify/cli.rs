//! `chiyuan verify`: what was found in every world and in the audit, for people; fails if anything differs.

use chiyuan_core::WorldId;

use super::super::{Store, StoreError, worlds};
use crate::{account::audit, config::Config};

/// Most differences that are printed of one chain; the rest is only counted.
const MAX_PRINTED: usize = 50;

/// Verifies every world and the audit, and prints what was found.
///
/// # Errors
/// If anything differs, or the database is away.
pub async fn cli(config: &Config) -> Result<(), String> {
    let store = Store::new(&config.database_url).map_err(|error| error.to_string())?;
    let differences = all(&store).await.map_err(|error| error.to_string())?;
    match differences {
        0 => Ok(()),
        1 => Err("the record was altered: 1 difference".to_owned()),
        more => Err(format!("the record was altered: {more} differences")),
    }
}

async fn all(store: &Store) -> Result<usize, StoreError> {
    let mut connection = store.write().await?;
    let mut count = 0;
    for id in worlds::ids(&mut connection).await? {
        let id = WorldId::new(&id).map_err(|error| StoreError::Corrupt(error.to_string()))?;
        let found = super::world(&mut connection, &id).await?;
        let what = format!(
            "world {id}: {} rows, {} entities",
            found.rows, found.entities
        );
        print(&what, &found.head, &found.differences);
        count += found.differences.len();
    }
    let found = audit::verify(&mut connection).await?;
    print(
        &format!("audit: {} rows", found.rows),
        &found.head,
        &found.differences,
    );
    count += found.differences.len();
    connection.done();
    Ok(count)
}

fn print(what: &str, head: &str, differences: &[String]) {
    let verdict = if differences.is_empty() {
        "good"
    } else {
        "ALTERED"
    };
    println!("{what}, head {head}: {verdict}");
    for difference in differences.iter().take(MAX_PRINTED) {
        println!("  {difference}");
    }
    if let Some(more) = differences
        .len()
        .checked_sub(MAX_PRINTED)
        .filter(|more| *more > 0)
    {
        println!("  and {more} more");
    }
}
