//! Rows of what is personal: kept beside the journal, bound to it by a salted commitment, erasable.

use chiyuan_core::{EntityId, Timestamp, WorldId, private::PrivateRef, text::Text as Bounded};
use diesel::{
    QueryableByName,
    sql_types::{Array, Binary, Jsonb, Nullable, Text, Timestamptz},
};
use diesel_async::RunQueryDsl;
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

use super::{Connection, StoreError};

/// Bytes of a salt.
const SALT: usize = 16;

/// A personal part on its way into the database.
#[derive(Debug, Clone)]
pub struct NewPrivate {
    id: EntityId,
    content: Value,
    salt: Vec<u8>,
    commitment: String,
}

impl NewPrivate {
    /// Seals a personal part under a fresh id and salt.
    ///
    /// # Errors
    /// If the system has no randomness.
    pub fn seal(
        part: impl IntoIterator<Item = (&'static str, String)>,
    ) -> Result<Self, StoreError> {
        let corrupt = |error: String| StoreError::Corrupt(error);
        let id =
            EntityId::new(&uuid::Uuid::now_v7().to_string()).map_err(|e| corrupt(e.to_string()))?;
        let mut salt = vec![0; SALT];
        getrandom::fill(&mut salt).map_err(|e| corrupt(e.to_string()))?;
        let content: Map<String, Value> = part
            .into_iter()
            .map(|(field, text)| (field.to_owned(), text.into()))
            .collect();
        let content = Value::Object(content);
        let commitment = commitment(&salt, &content);
        Ok(Self {
            id,
            content,
            salt,
            commitment,
        })
    }

    /// What an entity and the journal keep of it.
    ///
    /// # Errors
    /// Never for what [`Self::seal`] made.
    pub fn reference(&self) -> Result<PrivateRef, StoreError> {
        let commitment =
            Bounded::new(&self.commitment).map_err(|e| StoreError::Corrupt(e.to_string()))?;
        Ok(PrivateRef {
            id: self.id.clone(),
            commitment,
        })
    }

    /// The personal part itself.
    #[must_use]
    pub fn content(&self) -> &Value {
        &self.content
    }
}

/// SHA-256(salt || content), hex; `serde_json` keeps the keys in order.
fn commitment(salt: &[u8], content: &Value) -> String {
    let digest = Sha256::new()
        .chain_update(salt)
        .chain_update(content.to_string().as_bytes());
    hex::encode(digest.finalize())
}

/// Stores a personal part with the command that brought it in; only in that command's transaction.
///
/// # Errors
/// If the database is away or refuses the row.
pub async fn insert(
    connection: &mut Connection,
    world: &WorldId,
    actor: &str,
    key: &str,
    subject: Option<&EntityId>,
    at: Timestamp,
    new: &NewPrivate,
) -> Result<(), StoreError> {
    diesel::sql_query(
        "INSERT INTO private (world_id, id, actor, idempotency_key, subject_id, at, content, salt, commitment) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    )
    .bind::<Text, _>(world.as_str())
    .bind::<Text, _>(new.id.as_str())
    .bind::<Text, _>(actor)
    .bind::<Text, _>(key)
    .bind::<Nullable<Text>, _>(subject.map(EntityId::as_str))
    .bind::<Timestamptz, _>(at)
    .bind::<Jsonb, _>(&new.content)
    .bind::<Binary, _>(&new.salt)
    .bind::<Text, _>(&new.commitment)
    .execute(&mut **connection)
    .await?;
    Ok(())
}

/// A stored personal part; its content is none once erased.
#[derive(Debug, Clone, QueryableByName)]
pub struct StoredPrivate {
    #[diesel(sql_type = Text)]
    pub id: String,
    #[diesel(sql_type = Text)]
    pub actor: String,
    #[diesel(sql_type = Text)]
    pub idempotency_key: String,
    #[diesel(sql_type = Nullable<Text>)]
    pub subject_id: Option<String>,
    #[diesel(sql_type = Timestamptz)]
    pub at: Timestamp,
    #[diesel(sql_type = Nullable<Jsonb>)]
    pub content: Option<Value>,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub erased_at: Option<Timestamp>,
}

/// What came in under these keys of these actors; pairs are matched by the caller.
///
/// # Errors
/// If the database is away.
pub async fn by_keys(
    connection: &mut Connection,
    world: &WorldId,
    actors: &[&str],
    keys: &[&str],
) -> Result<Vec<StoredPrivate>, StoreError> {
    let query = diesel::sql_query(
        "SELECT id, actor, idempotency_key, subject_id, at, content, erased_at FROM private \
         WHERE world_id = $1 AND actor = ANY($2) AND idempotency_key = ANY($3)",
    );
    Ok(query
        .bind::<Text, _>(world.as_str())
        .bind::<Array<Text>, _>(actors)
        .bind::<Array<Text>, _>(keys)
        .load(&mut **connection)
        .await?)
}

/// One personal part.
///
/// # Errors
/// If the database is away.
pub async fn get(
    connection: &mut Connection,
    world: &WorldId,
    id: &EntityId,
) -> Result<Option<StoredPrivate>, StoreError> {
    let rows: Vec<StoredPrivate> = diesel::sql_query(
        "SELECT id, actor, idempotency_key, subject_id, at, content, erased_at FROM private \
         WHERE world_id = $1 AND id = $2",
    )
    .bind::<Text, _>(world.as_str())
    .bind::<Text, _>(id.as_str())
    .load(&mut **connection)
    .await?;
    Ok(rows.into_iter().next())
}

/// Erases a personal part with its salt: the commitment that stays tells nothing.
///
/// # Errors
/// If the database is away.
pub async fn erase(
    connection: &mut Connection,
    world: &WorldId,
    id: &EntityId,
    by: &str,
    reason: &str,
) -> Result<(), StoreError> {
    diesel::sql_query(
        "UPDATE private SET content = NULL, salt = NULL, erased_at = now(), erased_by = $3, erased_reason = $4 \
         WHERE world_id = $1 AND id = $2 AND erased_at IS NULL",
    )
    .bind::<Text, _>(world.as_str())
    .bind::<Text, _>(id.as_str())
    .bind::<Text, _>(by)
    .bind::<Text, _>(reason)
    .execute(&mut **connection)
    .await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_parts_have_different_commitments() {
        let seal = || NewPrivate::seal([("caller_number", "13500000926".to_owned())]).unwrap();
        let (one, other) = (seal(), seal());
        assert_ne!(one.commitment, other.commitment);
        assert_eq!(commitment(&one.salt, &one.content), one.commitment);
    }
}
