//! Who may give which command: one table, closed by default.

use crate::{Command, Role};

/// Roles that may give a command, by its word. What is not listed is denied.
#[must_use]
pub fn roles_for(word: &str) -> &'static [Role] {
    use Role::{
        Administrator, BedDesk, Commander, Crew, Device, Dispatcher, ExerciseDirector, StoreKeeper,
    };
    match word {
        "register_resource" | "update_resource" | "retire_resource" => &[Administrator],
        "set_unit_status" => &[Administrator, Commander, Dispatcher, Crew],
        "begin_shift"
        | "end_shift"
        | "acknowledge_assignment"
        | "report_stage"
        | "undo_stage"
        | "set_destination"
        | "report_breakdown"
        | "write_care_record" => &[Commander, Dispatcher, Crew],
        // A telephone switch is a device.
        "receive_call" | "answer_call" | "abandon_call" => &[Commander, Dispatcher, Device],
        "reserve_unit" | "begin_call_taking" | "end_call_taking" | "open_incident"
        | "update_incident" | "attend_incident" | "hold_incident" | "resume_incident"
        | "reinforce_incident" | "add_note" | "link_call" | "unlink_call" | "merge_incidents"
        | "close_incident" | "assign_units" | "divert_assignment" | "cancel_assignment"
        | "stand_down" | "hand_over" | "accept_handover" | "draw_mark" | "change_mark"
        | "remove_mark" => &[Commander, Dispatcher],
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
            .filter(|word| !["copy_registry", "propose_stage", "meet_deadline"].contains(word))
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
