//! Commands: verbs on entities, as people and programs send them.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    assignment::{
        AcknowledgeAssignment, AssignUnits, CancelAssignment, DivertAssignment, ProposeStage,
        ReportBreakdown, ReportStage, SetDestination, StandDown, UndoStage,
    },
    bed_pool::ReportBeds,
    call::{CallStep, EndCallTaking, ReceiveCall},
    care_record::WriteCareRecord,
    clock::SetClock,
    copy::CopyRegistry,
    deadline::MeetDeadline,
    handover::{AcceptHandover, HandOver},
    incident::{
        AddNote, AttendIncident, CloseIncident, HoldIncident, LinkCall, MergeIncidents,
        OpenIncident, ReinforceIncident, ResumeIncident, UnlinkCall, UpdateIncident,
    },
    mark::{ChangeMark, DrawMark, RemoveMark},
    registry::{RegisterResource, RetireResource, UpdateResource},
    shift::{BeginShift, EndShift},
    stockpile::CountStock,
    unit::{ReserveUnit, SetUnitStatus},
};

macro_rules! commands {
    ($($(#[$doc:meta])* $variant:ident($body:ident) = $word:literal;)*) => {
        /// A command, tagged by `type`.
        #[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
        #[serde(tag = "type", rename_all = "snake_case")]
        pub enum Command { $($(#[$doc])* $variant($body),)* }

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
    RegisterResource(RegisterResource) = "register_resource";
    /// Replaces what the registry says of a resource.
    UpdateResource(UpdateResource) = "update_resource";
    /// Takes a resource out of use; its record stays.
    RetireResource(RetireResource) = "retire_resource";
    /// Sets the status of a unit by hand.
    SetUnitStatus(SetUnitStatus) = "set_unit_status";
    /// Keeps a unit for an incident, or lets it go.
    ReserveUnit(ReserveUnit) = "reserve_unit";
    /// A crew takes over a unit.
    BeginShift(BeginShift) = "begin_shift";
    /// A crew goes off duty.
    EndShift(EndShift) = "end_shift";
    /// Reports the beds of a pool.
    ReportBeds(ReportBeds) = "report_beds";
    /// Replaces the lots of a stockpile by what was counted.
    CountStock(CountStock) = "count_stock";
    /// A call rings.
    ReceiveCall(ReceiveCall) = "receive_call";
    /// A dispatcher answers a call.
    AnswerCall(CallStep) = "answer_call";
    /// Call-taking begins.
    BeginCallTaking(CallStep) = "begin_call_taking";
    /// Call-taking ends.
    EndCallTaking(EndCallTaking) = "end_call_taking";
    /// The caller hung up before anybody answered.
    AbandonCall(CallStep) = "abandon_call";
    /// Opens an incident.
    OpenIncident(OpenIncident) = "open_incident";
    /// Changes what is known of an incident.
    UpdateIncident(UpdateIncident) = "update_incident";
    /// Takes an incident to one's own desk, or gives it back.
    AttendIncident(AttendIncident) = "attend_incident";
    /// Lets an incident wait.
    HoldIncident(HoldIncident) = "hold_incident";
    /// Wakes an incident that was held.
    ResumeIncident(ResumeIncident) = "resume_incident";
    /// More is wanted at an incident.
    ReinforceIncident(ReinforceIncident) = "reinforce_incident";
    /// Writes a note on an incident.
    AddNote(AddNote) = "add_note";
    /// Links a call to an incident that is known.
    LinkCall(LinkCall) = "link_call";
    /// Takes a call off its incident.
    UnlinkCall(UnlinkCall) = "unlink_call";
    /// Joins an incident that was opened twice.
    MergeIncidents(MergeIncidents) = "merge_incidents";
    /// Closes an incident.
    CloseIncident(CloseIncident) = "close_incident";
    /// Sends units to an incident: all or none.
    AssignUnits(AssignUnits) = "assign_units";
    /// The crew has received the order.
    AcknowledgeAssignment(AcknowledgeAssignment) = "acknowledge_assignment";
    /// The next stage of an assignment has come.
    ReportStage(ReportStage) = "report_stage";
    /// Takes back the last stage.
    UndoStage(UndoStage) = "undo_stage";
    /// Says where the patient goes.
    SetDestination(SetDestination) = "set_destination";
    /// The vehicle has broken down.
    ReportBreakdown(ReportBreakdown) = "report_breakdown";
    /// Sends a unit on its way to a more urgent incident.
    DivertAssignment(DivertAssignment) = "divert_assignment";
    /// Calls a unit back.
    CancelAssignment(CancelAssignment) = "cancel_assignment";
    /// Calls back every unit that has not arrived.
    StandDown(StandDown) = "stand_down";
    /// Writes the pre-hospital record of an assignment.
    WriteCareRecord(WriteCareRecord) = "write_care_record";
    /// Offers one's desk to another dispatcher.
    HandOver(HandOver) = "hand_over";
    /// Takes over a desk.
    AcceptHandover(AcceptHandover) = "accept_handover";
    /// Draws a mark on the map.
    DrawMark(DrawMark) = "draw_mark";
    /// Changes a mark.
    ChangeMark(ChangeMark) = "change_mark";
    /// Takes a mark off the map.
    RemoveMark(RemoveMark) = "remove_mark";
    /// A geofence proposes a stage (by the program only).
    ProposeStage(ProposeStage) = "propose_stage";
    /// Something has become due (by the program only).
    MeetDeadline(MeetDeadline) = "meet_deadline";
    /// Sets the clock of a drill (by the drill endpoints only).
    SetClock(SetClock) = "set_clock";
    /// Copies the registry of another world into a new drill (by the program only).
    CopyRegistry(CopyRegistry) = "copy_registry";
}

impl Command {
    /// Commands that the program gives itself; nobody may send them.
    #[must_use]
    pub fn is_internal(&self) -> bool {
        matches!(
            self,
            Self::SetClock(_)
                | Self::CopyRegistry(_)
                | Self::ProposeStage(_)
                | Self::MeetDeadline(_)
        )
    }
}
