//! The columns of the typed tables; they have the names of the entities' JSON fields.

use chiyuan_core::Kind;

const HEADER: &[&str] = &["id", "version", "centre", "visible_to", "retired", "source"];
const PLACE: &[&str] = &["lon", "lat"];
const UNIT: &[&str] = &[
    "name",
    "jurisdiction",
    "home_id",
    "capabilities",
    "equipment",
    "status",
    "status_since",
    "status_reason",
    "assignment_id",
    "shift_id",
    "reserved_for",
    "reserved_until",
];

const CALL: &[&str] = &[
    "jurisdiction",
    "line",
    "reference",
    "status",
    "received_at",
    "answered_at",
    "answered_by",
    "call_taking_began_at",
    "call_taking_ended_at",
    "abandoned_at",
    "acceptance",
    "incident_id",
    "private",
];
const INCIDENT: &[&str] = &[
    "number",
    "day",
    "day_count",
    "jurisdiction",
    "incident_type",
    "service",
    "priority",
    "grade",
    "infectious",
    "status",
    "acceptance",
    "patients",
    "needs",
    "call_ids",
    "assignment_ids",
    "attended_by",
    "opened_at",
    "opened_by",
    "held_at",
    "held_until",
    "held_reason",
    "held_s",
    "closed_at",
    "closed_by",
    "outcome",
    "merged_into",
    "merge_reason",
    "notes",
    "private",
];
const ASSIGNMENT: &[&str] = &[
    "jurisdiction",
    "incident_id",
    "unit_id",
    "need_id",
    "status",
    "result",
    "carries_patients",
    "infectious",
    "destination_id",
    "shift_id",
    "assigned_at",
    "assigned_by",
    "acknowledged_at",
    "departed_at",
    "arrived_at",
    "patient_aboard_at",
    "left_scene_at",
    "at_hospital_at",
    "handed_over_at",
    "ended_at",
    "escalated_at",
    "reason",
    "diverted_to",
    "care_record_id",
    "proposal",
    "choice",
    "stamps",
];
const JURISDICTION: &[&str] = &[
    "code",
    "name",
    "name_en",
    "parent",
    "tier",
    "zone",
    "population",
    "area_km2",
];
const FACILITY: &[&str] = &[
    "name",
    "jurisdiction",
    "facility_type",
    "level",
    "ownership",
    "roles",
    "authorised_beds",
];
const STATION: &[&str] = &[
    "name",
    "jurisdiction",
    "tier",
    "zone",
    "service_radius_m",
    "facility_id",
    "parent_id",
];
const AMBULANCE: &[&str] = &["plate", "class"];
const TEAM: &[&str] = &[
    "tier",
    "category",
    "members",
    "required_members",
    "specialities",
];
const SPECIAL_VEHICLE: &[&str] = &["plate", "vehicle_type"];
const BED_POOL: &[&str] = &[
    "name",
    "facility_id",
    "jurisdiction",
    "ward",
    "properties",
    "activation_hours",
    "physical",
    "staffed",
    "occupied",
    "held",
    "reported_at",
    "reported_by",
];
const STOCKPILE: &[&str] = &[
    "name",
    "facility_id",
    "jurisdiction",
    "reserve_kind",
    "callable_hours",
    "counted_at",
    "counted_by",
];
const ITEM: &[&str] = &["name", "name_en", "category", "unit", "gb_code"];
const NORM: &[&str] = &[
    "key",
    "place",
    "value",
    "operator",
    "unit",
    "base",
    "source_row",
    "doc",
    "doc_status",
    "valid_from",
    "valid_to",
    "text",
];
const CLOCK: &[&str] = &["world_at", "real_at", "running", "speed", "finished"];
const SHIFT: &[&str] = &[
    "jurisdiction",
    "unit_id",
    "crew",
    "began_at",
    "ends_at",
    "overtime",
    "ended_at",
    "ended_by",
];
const CARE_RECORD: &[&str] = &[
    "jurisdiction",
    "assignment_id",
    "incident_id",
    "unit_id",
    "severity",
    "measures",
    "patient_outcome",
    "written_at",
    "written_by",
    "private",
];
const HANDOVER: &[&str] = &[
    "\"from\"",
    "\"to\"",
    "incident_ids",
    "note",
    "offered_at",
    "accepted_at",
];

const MARK: &[&str] = &[
    "jurisdiction",
    "mark_type",
    "title",
    "text",
    "geometry",
    "incident_id",
    "drawn_at",
    "drawn_by",
    "changed_at",
    "changed_by",
    "valid_until",
    "ended_at",
    "ended_by",
];

/// Columns of a kind's table, the header's first.
pub(super) fn of(kind: Kind) -> Vec<&'static str> {
    let (groups, own): (&[&[&'static str]], &[&'static str]) = match kind {
        Kind::Jurisdiction => (&[PLACE], JURISDICTION),
        Kind::Facility => (&[PLACE], FACILITY),
        Kind::Station => (&[PLACE], STATION),
        Kind::Ambulance => (&[PLACE, UNIT], AMBULANCE),
        Kind::Team => (&[PLACE, UNIT], TEAM),
        Kind::SpecialVehicle => (&[PLACE, UNIT], SPECIAL_VEHICLE),
        Kind::BedPool => (&[PLACE], BED_POOL),
        Kind::Stockpile => (&[PLACE], STOCKPILE),
        Kind::Item => (&[], ITEM),
        Kind::Norm => (&[], NORM),
        Kind::Clock => (&[], CLOCK),
        Kind::Call => (&[PLACE], CALL),
        Kind::Incident => (&[PLACE], INCIDENT),
        Kind::Assignment => (&[], ASSIGNMENT),
        Kind::Shift => (&[], SHIFT),
        Kind::CareRecord => (&[], CARE_RECORD),
        Kind::Handover => (&[], HANDOVER),
        Kind::Mark => (&[], MARK),
    };
    HEADER
        .iter()
        .chain(groups.iter().copied().flatten())
        .chain(own)
        .copied()
        .collect()
}
