//! Properties of the rules under a hundred thousand random commands of random actors. A failure prints the seed of its
//! episode; `episode(seed)` alone repeats it.
#![expect(clippy::unwrap_used, reason = "a test fails loudly")]

mod episode;
mod generator;
mod oracle;

use chiyuan_core::{Actor, Command, RejectionCode, Role, World, WorldId, decide};
use episode::{Episode, Tally, context, episode, id, moment, start};
use generator::Rng;

/// Episodes of a normal run: well over 100 000 commands that parse.
const EPISODES: u64 = 56;

#[expect(
    clippy::disallowed_macros,
    reason = "the tally of a run is read by people"
)]
fn episodes(seeds: std::ops::Range<u64>) -> Tally {
    let mut sum = Tally::default();
    for seed in seeds {
        let tally = episode(seed);
        sum.decided += tally.decided;
        sum.accepted += tally.accepted;
        sum.unchanged += tally.unchanged;
        sum.met += tally.met;
        for (code, count) in tally.codes {
            *sum.codes.entry(code).or_default() += count;
        }
        for (word, count) in tally.words {
            *sum.words.entry(word).or_default() += count;
        }
        for (word, count) in tally.done {
            *sum.done.entry(word).or_default() += count;
        }
    }
    println!("{sum:?}");
    sum
}

#[test]
fn a_hundred_thousand_commands_keep_every_promise() {
    let sum = episodes(0..EPISODES);
    assert!(
        sum.decided >= 100_000,
        "{} commands are too few",
        sum.decided
    );
    assert!(
        sum.accepted >= sum.decided / 20,
        "{} accepted of {}",
        sum.accepted,
        sum.decided
    );
    for word in Command::WORDS {
        assert!(
            sum.words.get(word).is_some_and(|count| *count > 100),
            "{word} was hardly tried"
        );
    }
    for code in RejectionCode::ALL {
        assert!(
            sum.codes.contains_key(code.as_str()),
            "{} never came up",
            code.as_str()
        );
    }
}

#[test]
#[ignore = "millions of commands; for the nightly run"]
fn millions_of_commands_keep_every_promise() {
    episodes(10_000..11_000);
}

#[test]
fn the_same_inputs_give_the_same_bytes() {
    for seed in [3, 4] {
        assert_eq!(episode(seed), episode(seed));
    }
}

#[test]
fn no_json_makes_a_decision_panic() {
    let Episode { mut rng, world, .. } = Episode::play(76, 500);
    let mut decided = 0;
    for step in 0..100_000 {
        let mut body = generator::command(&mut rng, &world);
        for _ in 0..rng.below(4) {
            generator::spoil(&mut rng, &mut body);
        }
        if rng.chance(10) {
            body["type"] = generator::odd(&mut rng);
        }
        let told = body.clone();
        if let Ok(command) = serde_json::from_value::<Command>(body) {
            let actor = generator::actor(&mut rng, &told, &world);
            let context = context(actor, world.at(), moment(5), 1_000_000 + step);
            let _ = decide(&world, &command, &context);
            decided += 1;
        }
    }
    assert!(decided > 10_000, "{decided} of 100 000 parsed");
}

#[test]
fn roles_that_only_watch_are_refused_everything() {
    let mut rng = Rng::new(5);
    let world = start(1);
    for step in 0..2_000 {
        let Ok(command) = serde_json::from_value::<Command>(generator::command(&mut rng, &world))
        else {
            continue;
        };
        for role in [Role::Observer, Role::Auditor, Role::SecurityAdministrator] {
            let actor = Actor {
                role,
                ..Actor::system()
            };
            let outcome = decide(
                &world,
                &command,
                &context(actor, moment(5), moment(5), step),
            );
            assert_eq!(
                outcome.map_err(|rejection| rejection.code),
                Err(RejectionCode::RoleForbidden)
            );
        }
    }
}

#[test]
fn a_world_is_named_by_its_id() {
    assert_eq!(World::new(id("live")).id(), &WorldId::new("live").unwrap());
}
