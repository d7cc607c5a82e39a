//! Who gives a command.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{DivisionCode, EntityId, text::Name};

/// What an account may do; one per account, so that the three administrative duties stay separated (GB/T 22239).
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// 系统管理员: the registry.
    Administrator,
    /// 安全管理员: accounts and tokens.
    SecurityAdministrator,
    /// 审计管理员: the record.
    Auditor,
    /// 指挥长
    Commander,
    /// 调度员
    Dispatcher,
    /// 床位员
    BedDesk,
    /// 库管员
    StoreKeeper,
    /// 车组、队长: their own unit.
    Crew,
    /// 导调员
    ExerciseDirector,
    /// 观察员: reads.
    Observer,
    /// A position source; no person.
    Device,
    /// The program itself: loading, drills, deadlines.
    System,
}

impl Role {
    /// Every role that an account or token can have.
    pub const ASSIGNABLE: [Self; 11] = [
        Self::Administrator,
        Self::SecurityAdministrator,
        Self::Auditor,
        Self::Commander,
        Self::Dispatcher,
        Self::BedDesk,
        Self::StoreKeeper,
        Self::Crew,
        Self::ExerciseDirector,
        Self::Observer,
        Self::Device,
    ];

    /// The word used in the contract.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Administrator => "administrator",
            Self::SecurityAdministrator => "security_administrator",
            Self::Auditor => "auditor",
            Self::Commander => "commander",
            Self::Dispatcher => "dispatcher",
            Self::BedDesk => "bed_desk",
            Self::StoreKeeper => "store_keeper",
            Self::Crew => "crew",
            Self::ExerciseDirector => "exercise_director",
            Self::Observer => "observer",
            Self::Device => "device",
            Self::System => "system",
        }
    }

    /// The role with this word, if an account can have it.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ASSIGNABLE
            .into_iter()
            .find(|role| role.as_str() == word)
    }
}

/// Who acts: an account, a token or the program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// `user:zhangmin`, `token:...`, `system`.
    pub name: Name,
    pub role: Role,
    /// Where the actor commands; `None` is everywhere.
    pub jurisdiction: Option<DivisionCode>,
    /// The one unit of a crew.
    pub unit: Option<EntityId>,
}

impl Actor {
    /// The program itself.
    #[must_use]
    pub fn system() -> Self {
        Self {
            name: Name::new("system").unwrap_or_default(),
            role: Role::System,
            jurisdiction: None,
            unit: None,
        }
    }
}
