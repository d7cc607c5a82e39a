//! Names of things: entity ids, world ids and GB/T 2260 division codes.

use serde::{Deserialize, Serialize};
use smol_str::SmolStr;
use utoipa::ToSchema;

/// Why a name was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum IdError {
    #[error("an id has 1 to 64 characters of a-z, 0-9 and '-', and starts with a letter or digit")]
    Id,
    #[error("a division code has six digits (GB/T 2260)")]
    Division,
}

/// Id of an entity: 1-64 characters of `a-z 0-9 -`, unique in its world over all kinds.
/// Readable in the seed (`amb-140600-001`), UUIDv7 at run time. Short ones hold their text themselves.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(try_from = "String", into = "String")]
#[schema(value_type = String, example = "amb-140600-001", pattern = "^[a-z0-9][a-z0-9-]{0,63}$")]
pub struct EntityId(SmolStr);

impl EntityId {
    /// Checks and wraps a name.
    pub fn new(name: &str) -> Result<Self, IdError> {
        let legal = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        let bytes = name.as_bytes();
        let fits =
            (1..=64).contains(&bytes.len()) && bytes[0] != b'-' && bytes.iter().all(|b| legal(*b));
        if fits {
            Ok(Self(name.into()))
        } else {
            Err(IdError::Id)
        }
    }

    /// The name itself.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What sorts before every id; no entity has it.
    pub(crate) fn first() -> Self {
        Self(SmolStr::default())
    }
}

impl TryFrom<String> for EntityId {
    type Error = IdError;
    fn try_from(name: String) -> Result<Self, IdError> {
        Self::new(&name)
    }
}

impl From<EntityId> for String {
    fn from(id: EntityId) -> Self {
        id.0.into()
    }
}

impl std::fmt::Display for EntityId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::borrow::Borrow<str> for EntityId {
    fn borrow(&self) -> &str {
        &self.0
    }
}

/// Id of a world: `live`, or the id of a drill.
pub type WorldId = EntityId;

/// 行政区划代码: a GB/T 2260 code, six digits.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema,
)]
#[serde(try_from = "String", into = "String")]
#[schema(value_type = String, example = "140602", pattern = "^[0-9]{6}$")]
pub struct DivisionCode([u8; 6]);

/// The command centre an entity belongs to: the code of its city, or of a stand-alone county.
pub type Centre = DivisionCode;

impl DivisionCode {
    /// What belongs to no single centre (the item catalogue): seen by everybody.
    pub const SHARED: Self = Self(*b"000000");

    /// Checks and wraps a code.
    pub fn new(code: &str) -> Result<Self, IdError> {
        let bytes: [u8; 6] = code.as_bytes().try_into().map_err(|_| IdError::Division)?;
        if bytes.iter().all(u8::is_ascii_digit) {
            Ok(Self(bytes))
        } else {
            Err(IdError::Division)
        }
    }

    /// The six digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

impl TryFrom<String> for DivisionCode {
    type Error = IdError;
    fn try_from(code: String) -> Result<Self, IdError> {
        Self::new(&code)
    }
}

impl From<DivisionCode> for String {
    fn from(code: DivisionCode) -> Self {
        code.as_str().to_owned()
    }
}

impl std::fmt::Display for DivisionCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_short_and_plain() {
        for good in [
            "a",
            "amb-140600-001",
            "0198f2c0-7a7e-7000-8000-000000000000",
        ] {
            assert!(EntityId::new(good).is_ok(), "{good}");
        }
        for bad in ["", "-a", "A", "a b", "a/b", "é", &"x".repeat(65)] {
            assert_eq!(EntityId::new(bad), Err(IdError::Id), "{bad}");
        }
    }

    #[test]
    fn division_codes_have_six_digits() {
        assert_eq!(
            DivisionCode::new("140602").map(|c| c.to_string()),
            Ok("140602".to_owned())
        );
        for bad in ["", "14060", "1406022", "14060x"] {
            assert_eq!(DivisionCode::new(bad), Err(IdError::Division), "{bad}");
        }
    }
}
