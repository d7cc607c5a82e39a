//! Journal formats: stored bytes are never rewritten, so this program reads what every earlier one wrote. A later
//! format gets a file of its own beside these.

#![expect(clippy::unwrap_used, reason = "a test fails loudly")]

mod marks;
mod story;

use std::collections::BTreeSet;

use chiyuan_core::{
    Command, Kind, World,
    journal::{ENVELOPE_VERSION, Envelope, chain, genesis},
};

/// Format 1, before there were cases: one line, one envelope, every kind and every command word of its time.
const FIRST: &str = include_str!("envelope_v1.json");
/// The chain over its lines.
const FIRST_HEAD: &str = include_str!("envelope_v1.head");

/// Format 2, with cases.
const SECOND: &str = include_str!("envelope_v2.json");
/// The chain over its lines.
const SECOND_HEAD: &str = include_str!("envelope_v2.head");

/// Format 3, with marks.
const THIRD: &str = include_str!("envelope_v3.json");
/// The chain over its lines.
const THIRD_HEAD: &str = include_str!("envelope_v3.head");

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

#[test]
fn later_formats_are_read_and_written_as_the_same_bytes() {
    assert_eq!(
        ENVELOPE_VERSION, 3,
        "a new format needs a golden file of its own; these stay"
    );
    for (v, golden, chained) in [(2, SECOND, SECOND_HEAD), (3, THIRD, THIRD_HEAD)] {
        assert_eq!(head(golden), chained.trim());
        for (line, envelope) in golden.lines().zip(envelopes(golden)) {
            assert_eq!(envelope.v, v);
            assert_eq!(text(&envelope), line);
        }
    }
}

fn text(envelope: &Envelope) -> String {
    String::from_utf8(envelope.bytes().unwrap()).unwrap()
}

/// The same stories told today give the same bytes: rules and shapes are those of their formats.
#[test]
fn the_stories_are_told_as_they_were() {
    for (today, then) in [(story::envelopes(), SECOND), (marks::envelopes(), THIRD)] {
        for (number, (today, then)) in today.iter().zip(then.lines()).enumerate() {
            assert_eq!(text(today), then, "line {}", number + 1);
        }
        assert_eq!(today.len(), then.lines().count());
    }
}

#[test]
fn every_word_and_kind_of_a_case_is_told() {
    let words: BTreeSet<String> = [SECOND, THIRD]
        .into_iter()
        .flat_map(envelopes)
        .map(|envelope| envelope.command["type"].as_str().unwrap().to_owned())
        .collect();
    // These are told by format 1.
    let elsewhere = [
        "update_resource",
        "retire_resource",
        "report_beds",
        "count_stock",
        "set_clock",
        "copy_registry",
    ];
    for word in Command::WORDS {
        assert!(
            words.contains(*word) || elsewhere.contains(word),
            "{word} is not told"
        );
    }
    let all: BTreeSet<Kind> = [FIRST, SECOND, THIRD].into_iter().flat_map(kinds).collect();
    assert_eq!(all.len(), Kind::ALL.len());
}

/// Prints the newest story; a new format begins with it.
#[test]
#[ignore = "prints a golden file and its chain"]
#[expect(clippy::disallowed_macros, reason = "it is for people to keep")]
fn print_the_story() {
    for envelope in marks::envelopes() {
        println!("golden {}", text(&envelope));
    }
}
