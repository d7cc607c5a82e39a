//! What is personal (names, telephones, addresses, free text about patients) never enters an entity or the journal:
//! a command carries it in, the program keeps it in a row of its own, and only a reference with a salted commitment
//! stays. The row can be erased; the record of what happened cannot.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{Command, EntityId, text::Text};

/// Free text about a person: a complaint, an address, findings.
pub type Prose = Text<2000>;
/// A telephone number, a person's name.
pub type Contact = Text<80>;

/// Where the personal part lies, and what binds it: SHA-256(salt || content), hex.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PrivateRef {
    pub id: EntityId,
    #[schema(value_type = String)]
    pub commitment: Text<64>,
}

/// The personal part of a command: field to text.
pub type PrivatePart = BTreeMap<&'static str, String>;

macro_rules! take {
    ($command:expr, $($field:ident),*) => {{
        let mut part = PrivatePart::new();
        $(if let Some(text) = $command.$field.take() {
            part.insert(stringify!($field), text.into());
        })*
        part
    }};
}

impl Command {
    /// Takes out what is personal; what is left may be stored.
    pub fn take_private(&mut self) -> PrivatePart {
        match self {
            Self::ReceiveCall(c) => take!(c, caller_number, caller_name, location_text),
            Self::OpenIncident(c) => take!(c, description, address, contact_name, contact_phone),
            Self::UpdateIncident(c) => take!(c, description, address, contact_name, contact_phone),
            Self::AddNote(c) => take!(c, text),
            Self::WriteCareRecord(c) => take!(c, patient_name, patient_id, age, sex, findings),
            _ => PrivatePart::new(),
        }
    }

    /// Where a reference to the personal part goes; none for commands that have none.
    pub fn private_mut(&mut self) -> Option<&mut Option<PrivateRef>> {
        match self {
            Self::ReceiveCall(c) => Some(&mut c.private),
            Self::OpenIncident(c) => Some(&mut c.private),
            Self::UpdateIncident(c) => Some(&mut c.private),
            Self::AddNote(c) => Some(&mut c.private),
            Self::WriteCareRecord(c) => Some(&mut c.private),
            _ => None,
        }
    }
}
