//! Journal format 1: stored bytes are never rewritten, so this program reads what an earlier one wrote and would write
//! the same bytes again. A later format gets a file of its own beside this one.

use chiyuan_core::{
    Kind,
    journal::{ENVELOPE_VERSION, Envelope, chain, genesis},
};

/// One line, one envelope; every kind of entity and every command word of the format.
const GOLDEN: &str = include_str!("golden/envelope_v1.json");
/// The chain over its lines.
const HEAD: &str = include_str!("golden/envelope_v1.head");

#[test]
fn format_1_reads_and_writes_the_same_bytes() {
    let lines: Vec<&str> = GOLDEN.lines().collect();
    assert_eq!(
        ENVELOPE_VERSION, 1,
        "a new format needs a golden file of its own; this one stays"
    );
    for line in &lines {
        let envelope = Envelope::parse(line.as_bytes()).unwrap();
        assert_eq!(envelope.v, 1);
        assert_eq!(String::from_utf8(envelope.bytes().unwrap()).unwrap(), *line);
    }
    let first = Envelope::parse(lines[0].as_bytes()).unwrap();
    let head = lines.iter().fold(genesis(&first.world), |head, line| {
        chain(&head, line.as_bytes())
    });
    assert_eq!(hex::encode(head), HEAD.trim());
}

#[test]
fn every_kind_of_the_first_version_stands_in_it() {
    let envelopes = GOLDEN
        .lines()
        .map(|line| Envelope::parse(line.as_bytes()).unwrap());
    let kinds: std::collections::BTreeSet<Kind> = envelopes
        .flat_map(|envelope| envelope.changes)
        .map(|change| change.kind)
        .collect();
    assert_eq!(kinds.len(), 11);
}
