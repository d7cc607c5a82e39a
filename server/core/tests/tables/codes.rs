//! Every reason for a refusal has a row of a table.

use chiyuan_core::RejectionCode;

const TABLES: [&str; 14] = [
    include_str!("main.rs"),
    include_str!("registry.rs"),
    include_str!("calls.rs"),
    include_str!("incidents.rs"),
    include_str!("assignments.rs"),
    include_str!("openings.rs"),
    include_str!("progress.rs"),
    include_str!("recalls.rs"),
    include_str!("stages_back.rs"),
    include_str!("shifts.rs"),
    include_str!("care_records.rs"),
    include_str!("handovers.rs"),
    include_str!("deadlines.rs"),
    include_str!("marks.rs"),
];

#[test]
fn every_code_stands_in_a_table() {
    for code in RejectionCode::ALL {
        let quoted = format!("\"{}\"", code.as_str());
        let told = TABLES.iter().any(|table| table.contains(&quoted));
        assert!(told, "{quoted} stands in no table");
    }
}
