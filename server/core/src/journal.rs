//! The journal: the whole envelope of every accepted command, chained by hashes from the world's id on.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use utoipa::ToSchema;

use crate::{Change, Timestamp, WorldId};

/// Version of the envelope that this program writes: 1 the registry, 2 calls, incidents, assignments and shifts,
/// 3 marks.
pub const ENVELOPE_VERSION: u32 = 3;

/// A SHA-256 digest.
pub type Hash = [u8; 32];

/// Everything that one journal row says; its bytes are what the chain protects.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Envelope {
    pub v: u32,
    pub world: WorldId,
    pub epoch: String,
    pub seq: u64,
    /// World time of the decision.
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
    /// Real time of the decision.
    #[schema(value_type = String, format = DateTime)]
    pub recorded_at: Timestamp,
    pub actor: String,
    /// The command as it was given.
    pub command: serde_json::Value,
    pub key: String,
    /// Hash of the request body as a JSON value, hex.
    pub request_hash: String,
    pub changes: Vec<Change>,
}

/// Why a stored envelope cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum EnvelopeError {
    #[error("the envelope has format {0}, which is newer than this program")]
    Newer(u32),
    #[error("the envelope is not readable: {0}")]
    Malformed(#[from] serde_json::Error),
}

impl Envelope {
    /// Reads stored bytes of this or an older format.
    ///
    /// # Errors
    /// If the bytes are no envelope, or of a newer format.
    pub fn parse(payload: &[u8]) -> Result<Self, EnvelopeError> {
        #[derive(Deserialize)]
        struct Version {
            v: u32,
        }
        let version: Version = serde_json::from_slice(payload)?;
        if version.v > ENVELOPE_VERSION {
            return Err(EnvelopeError::Newer(version.v));
        }
        Ok(serde_json::from_slice(payload)?)
    }

    /// The bytes to store.
    ///
    /// # Errors
    /// If the envelope cannot be written as JSON.
    pub fn bytes(&self) -> Result<Vec<u8>, serde_json::Error> {
        serde_json::to_vec(self)
    }
}

/// What the first row of a world is chained to.
#[must_use]
pub fn genesis(world: &WorldId) -> Hash {
    Sha256::digest(world.as_str().as_bytes()).into()
}

/// The hash of a row: SHA-256(previous hash || payload).
#[must_use]
pub fn chain(previous: &Hash, payload: &[u8]) -> Hash {
    Sha256::new()
        .chain_update(previous)
        .chain_update(payload)
        .finalize()
        .into()
}

/// Hash of a request body; equal JSON values have equal hashes, whatever their spelling.
#[must_use]
pub fn request_hash(body: &serde_json::Value) -> String {
    hex::encode(Sha256::digest(canonical(body).to_string().as_bytes()))
}

/// Numbers of equal value in one spelling; `serde_json` keeps keys in order already.
fn canonical(value: &serde_json::Value) -> serde_json::Value {
    use serde_json::Value;
    match value {
        Value::Number(number) => match number.as_f64() {
            #[expect(
                clippy::cast_possible_truncation,
                reason = "only whole numbers well inside i64"
            )]
            Some(float)
                if !number.is_i64()
                    && !number.is_u64()
                    && float.fract() == 0.0
                    && float.abs() < 9e15 =>
            {
                Value::from(float as i64)
            }
            _ => value.clone(),
        },
        Value::Array(items) => items.iter().map(canonical).collect(),
        Value::Object(map) => map
            .iter()
            .map(|(key, value)| (key.clone(), canonical(value)))
            .collect(),
        _ => value.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_bodies_have_equal_hashes() {
        let parse = |text: &str| serde_json::from_str::<serde_json::Value>(text).unwrap();
        assert_eq!(
            request_hash(&parse(r#"{"a":1,"b":[2.0]}"#)),
            request_hash(&parse(r#"{ "b":[2], "a":1.0}"#))
        );
        assert_ne!(
            request_hash(&parse(r#"{"a":1}"#)),
            request_hash(&parse(r#"{"a":"1"}"#))
        );
    }

    #[test]
    fn a_newer_format_is_refused() {
        assert!(matches!(
            Envelope::parse(br#"{"v":99}"#),
            Err(EnvelopeError::Newer(99))
        ));
        assert!(matches!(
            Envelope::parse(b"{"),
            Err(EnvelopeError::Malformed(_))
        ));
    }
}
