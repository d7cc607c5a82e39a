//! One episode: a world, random people and commands, what is due met in between as the executor does, everything
//! journaled and read back.

use std::collections::BTreeMap;

use chiyuan_core::{
    Actor, Centre, Change, Command, Context, Entity, EntityId, Header, RejectionCode, Timestamp,
    World,
    clock::Clock,
    copy,
    deadline::MeetDeadline,
    decide,
    journal::{self, Envelope},
    text::Note,
};

use crate::{
    generator::{self, Rng},
    oracle,
};

/// Commands of one episode, at most.
const STEPS: u64 = 2_500;

pub fn id(name: &str) -> EntityId {
    EntityId::new(name).unwrap()
}

pub fn moment(seconds: i64) -> Timestamp {
    Timestamp::from_timestamp(1_790_000_000 + seconds, 0).unwrap()
}

pub fn context(actor: Actor, at: Timestamp, real_at: Timestamp, fresh: u64) -> Context {
    Context {
        at,
        real_at,
        actor,
        fresh_id: id(&format!("fresh-{fresh}")),
    }
}

/// What came of an episode.
#[derive(Default, PartialEq, Debug)]
pub struct Tally {
    pub decided: u64,
    pub accepted: u64,
    pub unchanged: u64,
    /// Deadlines.
    pub met: u64,
    /// Chain over the envelopes of everything accepted.
    pub head: journal::Hash,
    pub codes: BTreeMap<&'static str, u64>,
    /// What was tried and what was done, by word.
    pub words: BTreeMap<&'static str, u64>,
    pub done: BTreeMap<&'static str, u64>,
}

/// A world with its divisions; every second one is a drill, copied and with a clock.
pub fn start(seed: u64) -> World {
    let mut world = World::new(id("live"));
    let divisions = generator::DIVISIONS.map(|(code, parent)| generator::division(code, parent));
    for (number, body) in (0..).zip(divisions.into_iter().chain(generator::first())) {
        let command: Command = serde_json::from_value(body).unwrap();
        let context = context(Actor::system(), moment(0), moment(0), 2_000_000 + number);
        let changes = decide(&world, &command, &context).unwrap();
        world.apply(world.seq() + 1, moment(0), &changes);
    }
    if seed.is_multiple_of(2) {
        world
    } else {
        drill(&world)
    }
}

fn drill(live: &World) -> World {
    let clock = Clock {
        header: Header {
            id: copy::clock_id(),
            version: 1,
            centre: Centre::SHARED,
            visible_to: Vec::new(),
            retired: false,
            source: Note::default(),
        },
        world_at: moment(-86_400),
        real_at: moment(0),
        running: false,
        speed: 1.0,
        finished: false,
    };
    let mut drill = World::new(id("drill-1"));
    for part in copy::parts_of(live.id(), live.seq(), live.entities(), clock) {
        let context = context(Actor::system(), moment(0), moment(0), 0);
        let changes = decide(&drill, &Command::CopyRegistry(part), &context).unwrap();
        drill.apply(drill.seq() + 1, moment(0), &changes);
    }
    drill
}

/// World time of a command: that of the drill's clock, or real time; never backwards.
fn time_of(world: &World, real_at: Timestamp) -> Timestamp {
    let at = match world.clock() {
        Some(Entity::Clock(clock)) => clock.at(real_at),
        _ => real_at,
    };
    at.max(world.at())
}

/// Plays an episode to its end.
pub fn episode(seed: u64) -> Tally {
    let episode = Episode::play(seed, STEPS);
    let world = &episode.world;
    // What the journal says again gives the same world, and so do the rows of its tables.
    assert_eq!(*world, episode.again, "seed {seed}");
    assert_eq!(*world, loaded(world), "seed {seed}");
    oracle::copy(&drill(world));
    episode.tally
}

fn loaded(world: &World) -> World {
    let entities = world.entities().cloned();
    World::load(world.id().clone(), world.seq(), world.at(), entities)
}

pub struct Episode {
    pub rng: Rng,
    pub world: World,
    /// The same, folded from the journal's bytes.
    again: World,
    history: oracle::History,
    tally: Tally,
    real_at: Timestamp,
    fresh: u64,
}

impl Episode {
    pub fn play(seed: u64, steps: u64) -> Self {
        let world = start(seed);
        oracle::world(&world);
        let mut episode = Self {
            rng: Rng::new(seed),
            again: loaded(&world),
            history: oracle::History::default(),
            tally: Tally {
                head: journal::genesis(world.id()),
                ..Tally::default()
            },
            world,
            real_at: moment(1),
            fresh: 0,
        };
        for step in 0..steps {
            episode.step(&format!("seed {seed}, step {step}"));
            if episode.world.is_finished() && episode.rng.chance(5) {
                break;
            }
        }
        episode
    }

    /// Mostly seconds, seldom a night.
    fn pause(&mut self) {
        let most = if self.rng.below(150) == 0 {
            100_000_000
        } else {
            9_000
        };
        let pause = i64::try_from(self.rng.below(most)).unwrap();
        self.real_at += chrono::Duration::milliseconds(pause);
    }

    fn step(&mut self, place: &str) {
        let body = generator::command(&mut self.rng, &self.world);
        let actor = generator::actor(&mut self.rng, &body, &self.world);
        self.pause();
        let Ok(command) = serde_json::from_value::<Command>(body.clone()) else {
            return;
        };
        let clue = format!("{place}, {}: {body}", oracle::who(&actor));
        let clue = Clue(&clue);
        round_trip(&command);
        let at = time_of(&self.world, self.real_at);
        self.meet_due(at);
        self.fresh += 1;
        let context = context(actor, at, self.real_at, self.fresh);
        self.tally.decided += 1;
        *self.tally.words.entry(command.word()).or_default() += 1;
        self.decide(&command, body, &context);
        clue.forget();
    }

    /// Meets what is due before a command, in order, each at its own time; every one of them changes something.
    fn meet_due(&mut self, until: Timestamp) {
        let mut before = None;
        for _ in 0..10_000 {
            let Some((due, entity_id)) = self.world.next_deadline().cloned() else {
                return;
            };
            if due > until {
                return;
            }
            assert_ne!(
                before,
                Some((due, entity_id.clone())),
                "a deadline stands still"
            );
            before = Some((due, entity_id.clone()));
            let command = Command::MeetDeadline(MeetDeadline { entity_id, due });
            let at = due.max(self.world.at());
            let context = context(Actor::system(), at, self.real_at, 0);
            let body = serde_json::to_value(&command).unwrap();
            let seq = self.world.seq();
            self.tally.met += 1;
            self.decide(&command, body, &context);
            assert_eq!(self.world.seq(), seq + 1, "a deadline was not met");
        }
        panic!("deadlines without end");
    }

    fn decide(&mut self, command: &Command, body: serde_json::Value, context: &Context) {
        let outcome = decide(&self.world, command, context);
        // Equal arguments give equal answers.
        assert_eq!(outcome, decide(&self.world, command, context));
        let word = command.word();
        match outcome {
            Err(rejection) => {
                let code = rejection.code;
                *self.tally.codes.entry(code.as_str()).or_default() += 1;
                hidden(&self.world, command, context, code);
            }
            Ok(changes) if changes.is_empty() => self.tally.unchanged += 1,
            Ok(changes) => {
                self.tally.accepted += 1;
                *self.tally.done.entry(word).or_default() += 1;
                let before = self.world.clone();
                self.accept(context, body, &changes);
                let after = &self.world;
                assert_eq!((after.seq(), after.at()), (before.seq() + 1, context.at));
                oracle::step(&before, after, command, context, &changes);
                oracle::world(after);
                self.history.follow(&before, after, &changes);
            }
        }
    }

    /// Journals the changes, reads them back and applies them to both worlds.
    fn accept(&mut self, context: &Context, body: serde_json::Value, changes: &[Change]) {
        let envelope = Envelope {
            v: journal::ENVELOPE_VERSION,
            world: self.world.id().clone(),
            epoch: "e".to_owned(),
            seq: self.world.seq() + 1,
            at: context.at,
            recorded_at: context.real_at,
            actor: context.actor.name.to_string(),
            request_hash: journal::request_hash(&body),
            command: body,
            key: format!("k{}", self.world.seq()),
            changes: changes.to_vec(),
        };
        let bytes = envelope.bytes().unwrap();
        let read = Envelope::parse(&bytes).unwrap();
        assert_eq!(read, envelope);
        assert_eq!(read.bytes().unwrap(), bytes);
        self.tally.head = journal::chain(&self.tally.head, &bytes);
        self.again.apply(read.seq, read.at, &read.changes);
        self.world
            .apply(envelope.seq, envelope.at, &envelope.changes);
    }
}

fn round_trip(command: &Command) {
    let text = serde_json::to_string(command).unwrap();
    let read: Command =
        serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}: {text}"));
    if !matches!(command, Command::CopyRegistry(_)) {
        assert_eq!(read, *command);
    }
    assert_eq!(serde_json::to_string(&read).unwrap(), text);
}

/// Guard: what somebody must not know of is not there for him.
fn hidden(world: &World, command: &Command, context: &Context, code: RejectionCode) {
    let named = match command {
        Command::UpdateResource(command) => command.resource.id.as_ref(),
        Command::RetireResource(command) => Some(&command.id),
        Command::SetUnitStatus(command) => Some(&command.unit_id),
        Command::ReportBeds(command) => Some(&command.bed_pool_id),
        Command::CountStock(command) => Some(&command.stockpile_id),
        Command::ReserveUnit(command) => Some(&command.unit_id),
        Command::BeginShift(command) => Some(&command.unit_id),
        Command::EndShift(command) => Some(&command.unit_id),
        Command::AnswerCall(command) => Some(&command.call_id),
        Command::LinkCall(command) => Some(&command.call_id),
        Command::UpdateIncident(command) => Some(&command.incident_id),
        Command::CloseIncident(command) => Some(&command.incident_id),
        Command::AssignUnits(command) => Some(&command.incident_id),
        Command::ReportStage(command) => Some(&command.assignment_id),
        Command::UndoStage(command) => Some(&command.assignment_id),
        Command::DivertAssignment(command) => Some(&command.assignment_id),
        Command::WriteCareRecord(command) => Some(&command.assignment_id),
        Command::AcceptHandover(command) => Some(&command.handover_id),
        Command::ChangeMark(command) => Some(&command.mark_id),
        Command::RemoveMark(command) => Some(&command.mark_id),
        _ => None,
    };
    let (Some(scope), Some(entity)) = (
        context.actor.jurisdiction,
        named.and_then(|id| world.get(id)),
    ) else {
        return;
    };
    let centre = world
        .jurisdiction(scope)
        .map(|place| place.spec.parent.unwrap_or(scope));
    if !centre.is_some_and(|centre| entity.header().visible_in(centre)) {
        let silent = [
            RejectionCode::NotFound,
            RejectionCode::RoleForbidden,
            RejectionCode::WorldFinished,
        ];
        let unnamed = code == RejectionCode::OutOfLimits && named.is_none();
        assert!(
            silent.contains(&code) || unnamed,
            "{:?} tells of {}",
            code,
            entity.id()
        );
    }
}

/// Prints what was going on if the test panics.
struct Clue<'a>(&'a str);

impl Clue<'_> {
    fn forget(self) {
        std::mem::forget(self);
    }
}

impl Drop for Clue<'_> {
    #[expect(clippy::disallowed_macros, reason = "a failing test tells its seed")]
    fn drop(&mut self) {
        eprintln!("{}", self.0);
    }
}
