//! Journal formats: stored bytes are never rewritten, so this program reads what every earlier one wrote. A later
//! format gets a file of its own beside these.

#![expect(clippy::unwrap_used, reason = "a test fails loudly")]

use std::collections::BTreeSet;

use chiyuan_core::{
    Kind, World,
    journal::{Envelope, chain, genesis},
};

/// Format 1, before there were cases: one line, one envelope, every kind and every command word of its time.
const FIRST: &str = include_str!("golden/envelope_v1.json");
/// The chain over its lines.
const FIRST_HEAD: &str = include_str!("golden/envelope_v1.head");

fn envelopes(golden: &str) -> Vec<Envelope> {
    let lines = golden.lines();
    lines
        .map(|line| Envelope::parse(line.as_bytes()).unwrap())
        .collect()
}

fn head(golden: &str) -> String {
    let world = envelopes(golden).remove(0).world;
    let lines = golden.lines().map(str::as_bytes);
    hex::encode(lines.fold(genesis(&world), |head, line| chain(&head, line)))
}

fn kinds(golden: &str) -> BTreeSet<Kind> {
    let changes = envelopes(golden).into_iter().flat_map(|e| e.changes);
    changes.map(|change| change.kind).collect()
}

#[test]
fn format_1_is_read_and_its_chain_holds() {
    assert_eq!(head(FIRST), FIRST_HEAD.trim());
    assert_eq!(kinds(FIRST).len(), 11);
    let mut world = World::new(envelopes(FIRST)[0].world.clone());
    for envelope in envelopes(FIRST) {
        assert_eq!(envelope.v, 1);
        world.apply(envelope.seq, envelope.at, &envelope.changes);
    }
    // What came later is as if it had never been used.
    let bound = world
        .entities()
        .filter_map(|entity| entity.duty())
        .find(|duty| duty.assignment_id.is_some() || duty.shift_id.is_some());
    assert_eq!(bound, None);
}
