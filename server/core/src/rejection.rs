//! Why a command was refused: one closed list of codes, each with its class.

use serde::Serialize;
use utoipa::ToSchema;

/// What kind of refusal it is; the HTTP layer maps it to a status.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RejectionClass {
    /// The thing named does not exist, or the actor must not know that it does.
    NotFound,
    /// The actor sees it but has no right over it.
    Forbidden,
    /// Forbidden by the present state.
    Conflict,
    /// Never valid as written.
    Invalid,
}

macro_rules! rejection_codes {
    ($($(#[$doc:meta])* $code:ident = $word:literal, $class:ident;)*) => {
        /// Stable codes of refusals.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum RejectionCode { $($(#[$doc])* $code,)* }

        impl RejectionCode {
            /// Every code, for the documents and the duty tests.
            pub const ALL: &'static [Self] = &[$(Self::$code,)*];

            /// The stable word of the contract.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$code => $word,)* }
            }

            /// What kind of refusal it is.
            #[must_use]
            pub fn class(self) -> RejectionClass {
                match self { $(Self::$code => RejectionClass::$class,)* }
            }
        }
    };
}

rejection_codes! {
    /// No such entity in this world, or out of the actor's scope.
    NotFound = "not_found", NotFound;
    /// The role may not give this command.
    RoleForbidden = "role_forbidden", Forbidden;
    /// The entity lies outside the actor's jurisdiction.
    OutsideJurisdiction = "outside_jurisdiction", Forbidden;
    /// A crew may only act for its own unit.
    NotYourUnit = "not_your_unit", Forbidden;
    /// The entity is retired.
    Retired = "retired", Conflict;
    /// An entity with this id exists.
    IdTaken = "id_taken", Conflict;
    /// `based_on_version` is not the present version.
    VersionChanged = "version_changed", Conflict;
    /// Others still depend on the entity.
    StillReferenced = "still_referenced", Conflict;
    /// A place, home or facility that the entity names does not exist or is retired.
    UnknownReference = "unknown_reference", Conflict;
    /// The call is not at the step that this one follows.
    CallStage = "call_stage", Conflict;
    /// The call has an incident already.
    CallLinked = "call_linked", Conflict;
    /// The incident is closed.
    IncidentClosed = "incident_closed", Conflict;
    /// Units of the incident are still assigned.
    AssignmentsOpen = "assignments_open", Conflict;
    /// The unit is assigned, or in a status in which it is not sent.
    UnitNotAvailable = "unit_not_available", Conflict;
    /// The unit is kept for another incident.
    UnitReserved = "unit_reserved", Conflict;
    /// Nobody is on duty on the unit.
    NoCrew = "no_crew", Conflict;
    /// While assigned, a unit follows its assignment.
    UnitAssigned = "unit_assigned", Conflict;
    /// A crew is on duty already.
    ShiftOpen = "shift_open", Conflict;
    /// The assignment has ended.
    AssignmentEnded = "assignment_ended", Conflict;
    /// The stage does not follow the present one.
    StageNotNext = "stage_not_next", Conflict;
    /// With a patient aboard the way leads to a destination.
    DestinationNeeded = "destination_needed", Conflict;
    /// Closing before the end needs a result.
    ResultNeeded = "result_needed", Conflict;
    /// A patient is aboard.
    PatientAboard = "patient_aboard", Conflict;
    /// Units are diverted to more urgent incidents only.
    NotMoreUrgent = "not_more_urgent", Conflict;
    /// There is no stage to take back.
    NothingToUndo = "nothing_to_undo", Conflict;
    /// The minute in which a stage can be taken back is over.
    TooLateToUndo = "too_late_to_undo", Conflict;
    /// The mark has left the map.
    MarkEnded = "mark_ended", Conflict;
    /// The desk was offered to somebody else.
    NotYourDesk = "not_your_desk", Forbidden;
    /// A time lies in the future, in the past or before the one ahead of it.
    TimeOutOfOrder = "time_out_of_order", Invalid;
    /// The counts contradict what stands in the record.
    CountsContradict = "counts_contradict", Conflict;
    /// The drill is finished.
    WorldFinished = "world_finished", Conflict;
    /// The command belongs to drills.
    NotADrill = "not_a_drill", Conflict;
    /// While assigned, the status of a unit follows its assignment.
    StatusIsDerived = "status_is_derived", Invalid;
    /// The counts can never be right.
    CountsImpossible = "counts_impossible", Invalid;
    /// A line or an area has too few different vertices.
    TooFewVertices = "too_few_vertices", Invalid;
    /// The last vertex of an area is not its first.
    RingOpen = "ring_open", Invalid;
    /// The outline of an area crosses or touches itself.
    RingCrosses = "ring_crosses", Invalid;
    /// An area holds nothing.
    NoArea = "no_area", Invalid;
    /// A field has a value outside its limits.
    OutOfLimits = "out_of_limits", Invalid;
    /// The entity named is of another kind.
    WrongKind = "wrong_kind", Invalid;
}

/// A refusal with its reason in words and what stands in the way.
#[derive(Debug, Clone, PartialEq)]
pub struct Rejection {
    pub code: RejectionCode,
    /// For people, English; screens translate by code.
    pub detail: String,
    /// What stands in the way, if it is a thing.
    pub blocked_by: Option<Standing>,
}

/// What stands in the way of a command.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Standing {
    pub kind: String,
    pub id: String,
    pub version: u64,
}

impl Rejection {
    /// A refusal with its words.
    pub fn new(code: RejectionCode, detail: impl Into<String>) -> Self {
        Self {
            code,
            detail: detail.into(),
            blocked_by: None,
        }
    }

    /// Names what stands in the way.
    #[must_use]
    pub fn blocked_by(mut self, entity: &crate::Entity) -> Self {
        self.blocked_by = Some(Standing {
            kind: entity.kind().as_str().to_owned(),
            id: entity.id().to_string(),
            version: entity.header().version,
        });
        self
    }

    /// The named thing does not exist, or must not be known to.
    #[must_use]
    pub fn not_found(id: &crate::EntityId) -> Self {
        Self::new(RejectionCode::NotFound, format!("no {id} here"))
    }
}
