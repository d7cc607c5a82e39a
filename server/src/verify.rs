//! `chiyuan verify`: every world's chain, fold and tables, and the audit chain.

use chiyuan_core::WorldId;

use crate::{
    account::audit,
    store::{Store, StoreError, verify, worlds},
};

/// Most differences that are told of one chain; all are counted.
const MAX_TOLD: usize = 50;

/// Verifies everything and prints what was found.
///
/// # Errors
/// If the database is away, or anything differs.
pub async fn cli(store: &Store) -> Result<(), String> {
    let differences = all(store).await.map_err(|error| error.to_string())?;
    if differences == 0 {
        Ok(())
    } else {
        Err(format!("{differences} differences"))
    }
}

async fn all(store: &Store) -> Result<usize, StoreError> {
    let mut connection = store.read().await?;
    let mut differences = 0;
    for id in worlds::ids(&mut connection).await? {
        let id = WorldId::new(&id).map_err(|error| StoreError::Corrupt(error.to_string()))?;
        let found = verify::world(&mut connection, &id).await?;
        println!(
            "world {}: {} journal rows, {} entities, head {}",
            found.world, found.rows, found.entities, found.head
        );
        tell(&found.differences);
        differences += found.differences.len();
    }
    let found = audit::verify(&mut connection).await?;
    println!("audit: {} rows", found.rows);
    tell(&found.differences);
    connection.done();
    Ok(differences + found.differences.len())
}

fn tell(differences: &[String]) {
    for difference in differences.iter().take(MAX_TOLD) {
        println!("  DIFFERS: {difference}");
    }
    if differences.len() > MAX_TOLD {
        println!("  and {} more", differences.len() - MAX_TOLD);
    }
}
