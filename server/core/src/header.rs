//! What every entity carries, and the two shapes of registered things: placed on the map, or listed.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{Centre, EntityId, Point, text::Note};

/// Identity, version and visibility of an entity.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Header {
    pub id: EntityId,
    /// Rises by one with every change, starts at 1.
    pub version: u64,
    /// The command centre it belongs to.
    pub centre: Centre,
    /// Further centres that see it (mutual aid).
    #[serde(default)]
    pub visible_to: Vec<Centre>,
    /// Retired entities stay in the record and leave every query.
    #[serde(default)]
    pub retired: bool,
    /// Ids of the source rows that state it (`SZ-26`), or `demo`.
    #[schema(value_type = String)]
    pub source: Note,
}

impl Header {
    /// Whether people of this centre see the entity.
    #[must_use]
    pub fn visible_in(&self, centre: Centre) -> bool {
        self.centre == centre || self.centre == Centre::SHARED || self.visible_to.contains(&centre)
    }
}

/// A registered thing that stands somewhere: what it is (`spec`, by the registry) and how it is (`state`, by the watch).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Placed<S, T> {
    #[serde(flatten)]
    pub header: Header,
    #[serde(flatten)]
    pub point: Point,
    #[serde(flatten)]
    pub spec: S,
    #[serde(flatten)]
    pub state: T,
}

/// A registered thing without a place: an item of the catalogue, a norm.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Listed<S> {
    #[serde(flatten)]
    pub header: Header,
    #[serde(flatten)]
    pub spec: S,
}

/// The state of a thing that has none.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, ToSchema)]
pub struct Stateless {}
