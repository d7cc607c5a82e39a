//! Commands: verbs on entities, as people and programs send them.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    bed_pool::ReportBeds,
    clock::SetClock,
    copy::CopyRegistry,
    registry::{RegisterResource, RetireResource, UpdateResource},
    stockpile::CountStock,
    unit::SetUnitStatus,
};

macro_rules! commands {
    ($($(#[$doc:meta])* $variant:ident = $word:literal;)*) => {
        /// A command, tagged by `type`.
        #[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
        #[serde(tag = "type", rename_all = "snake_case")]
        pub enum Command { $($(#[$doc])* $variant($variant),)* }

        impl Command {
            /// Every command word.
            pub const WORDS: &'static [&'static str] = &[$($word,)*];

            /// Its `type`.
            #[must_use]
            pub fn word(&self) -> &'static str {
                match self { $(Self::$variant(_) => $word,)* }
            }
        }
    };
}

commands! {
    /// Enters a resource into the registry.
    RegisterResource = "register_resource";
    /// Replaces what the registry says of a resource.
    UpdateResource = "update_resource";
    /// Takes a resource out of use; its record stays.
    RetireResource = "retire_resource";
    /// Sets the status of a unit by hand.
    SetUnitStatus = "set_unit_status";
    /// Reports the beds of a pool.
    ReportBeds = "report_beds";
    /// Replaces the lots of a stockpile by what was counted.
    CountStock = "count_stock";
    /// Sets the clock of a drill (by the drill endpoints only).
    SetClock = "set_clock";
    /// Copies the registry of another world into a new drill (by the program only).
    CopyRegistry = "copy_registry";
}

impl Command {
    /// Commands that the program gives itself; nobody may send them.
    #[must_use]
    pub fn is_internal(&self) -> bool {
        matches!(self, Self::SetClock(_) | Self::CopyRegistry(_))
    }
}
