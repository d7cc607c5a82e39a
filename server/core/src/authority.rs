//! Who may give which command: one table, closed by default.

use crate::{Command, Role};

/// Roles that may give a command, by its word. What is not listed is denied.
#[must_use]
pub fn roles_for(word: &str) -> &'static [Role] {
    use Role::{
        Administrator, BedDesk, Commander, Crew, Dispatcher, ExerciseDirector, StoreKeeper,
    };
    match word {
        "register_resource" | "update_resource" | "retire_resource" => &[Administrator],
        "set_unit_status" => &[Administrator, Commander, Dispatcher, Crew],
        "report_beds" => &[Administrator, Commander, BedDesk],
        "count_stock" => &[Administrator, Commander, StoreKeeper],
        "set_clock" => &[ExerciseDirector],
        _ => &[],
    }
}

/// Whether a role may give this command at all; where it may is decided on the entity.
#[must_use]
pub fn may(role: Role, command: &Command) -> bool {
    role == Role::System || roles_for(command.word()).contains(&role)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_command_word_that_people_send_has_roles() {
        for word in Command::WORDS
            .iter()
            .filter(|word| **word != "copy_registry")
        {
            assert!(!roles_for(word).is_empty(), "{word}");
        }
        assert!(roles_for("drop_table").is_empty());
    }

    #[test]
    fn the_administrative_duties_change_nothing_they_watch() {
        for word in Command::WORDS {
            assert!(!roles_for(word).contains(&Role::Auditor));
            assert!(!roles_for(word).contains(&Role::SecurityAdministrator));
        }
    }
}
