//! What will come of a call, drawn beforehand from a seed.

use super::ground::{Ground, Spot};
use crate::random::Random;

/// What comes of a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// The caller hangs up.
    Abandoned,
    /// Nobody ever answers.
    Unanswered,
    /// Entered by hand; a consultation.
    Consultation,
    /// No vehicle, and no incident is opened.
    TurnedAway,
    /// An incident for which there is no vehicle.
    NoVehicle,
    FalseAlarm,
    /// Waits first.
    Held,
    /// Tells of an incident that another call told of.
    Repeated,
    /// Opened twice, then merged.
    Merged,
    Transported,
    TreatedOnScene,
    DiedOnScene,
    EmptyRun,
    PatientRefused,
    /// The vehicle breaks down on its way.
    BrokenDown,
    /// Called back on its way.
    Cancelled,
    /// Called back before it left, late or soon.
    NeverLeft,
    /// Two vehicles.
    Reinforced,
    /// Still under way when everything ends.
    Open,
}

/// One in so many (weights) of each fate, near what centres report.
const FATES: &[(Fate, usize)] = &[
    (Fate::Abandoned, 30),
    (Fate::Unanswered, 2),
    (Fate::Consultation, 60),
    (Fate::TurnedAway, 6),
    (Fate::NoVehicle, 12),
    (Fate::FalseAlarm, 8),
    (Fate::Held, 30),
    (Fate::Repeated, 30),
    (Fate::Merged, 10),
    (Fate::Transported, 540),
    (Fate::TreatedOnScene, 80),
    (Fate::DiedOnScene, 10),
    (Fate::EmptyRun, 60),
    (Fate::PatientRefused, 20),
    (Fate::BrokenDown, 5),
    (Fate::Cancelled, 40),
    (Fate::NeverLeft, 20),
    (Fate::Reinforced, 25),
    (Fate::Open, 12),
];

/// A call and what will come of it; durations in milliseconds.
#[derive(Debug, Clone)]
pub struct Plan {
    pub number: usize,
    /// T0.
    pub rings_at: i64,
    pub spot: Spot,
    pub fate: Fate,
    pub priority: &'static str,
    pub infectious: bool,
    pub emergency: bool,
    /// T1 - T0.
    pub ring: i64,
    /// T2 - T1.
    pub greet: i64,
    /// Opening of the incident - T2.
    pub ask: i64,
    /// T4 - opening.
    pub choose: i64,
    /// T3 - T4.
    pub talk: i64,
    /// T5 - T4; none: the button is not pressed.
    pub receive: Option<i64>,
    /// T6 - T5.
    pub turnout: i64,
    pub drive: i64,
    pub on_scene: i64,
    /// Of which before the patient is aboard, in tenths.
    pub treat_tenths: i64,
    /// T9 is reported; else the button is skipped.
    pub leaves: bool,
    pub transport: i64,
    pub handover: i64,
    pub severity: &'static str,
    pub measures: usize,
    pub recorded: bool,
    pub destination: String,
}

impl Plan {
    /// Draws a case. With `sharp`, durations often lie on, just under and just over the limits.
    #[must_use]
    pub fn draw(
        number: usize,
        rings_at: i64,
        ground: &Ground,
        random: &mut Random,
        sharp: bool,
    ) -> Self {
        let fate = weighted(random, FATES);
        let spot = ground.spot(random);
        let emergency = random.below(100) >= 8;
        let severity = weighted(
            random,
            &[
                ("critical", 12),
                ("severe", 20),
                ("moderate", 40),
                ("mild", 26),
                ("dead", 2),
            ],
        );
        let limit = |random: &mut Random, usual: (f64, f64), limit: i64| {
            if sharp && random.below(3) == 0 {
                limit + *random.one_of(&[-1, 0, 1])
            } else {
                random.within(usual.0, usual.1) as i64
            }
        };
        Self {
            number,
            rings_at,
            fate,
            emergency,
            priority: weighted(random, &[("P1", 15), ("P2", 40), ("P3", 35), ("P4", 10)]),
            infectious: random.below(100) < 4,
            ring: limit(random, (1_500.0, 10_500.0), 10_000),
            greet: random.below(3_000) as i64,
            ask: random.within(10_000.0, 45_000.0) as i64,
            choose: random.within(5_000.0, 40_000.0) as i64,
            talk: random.within(5_000.0, 60_000.0) as i64,
            receive: (random.below(20) > 0).then(|| random.within(3_000.0, 40_000.0) as i64),
            turnout: limit(random, (40_000.0, 184_000.0), 180_000),
            drive: random.within(120_000.0, 1_500_000.0) as i64,
            on_scene: random.within(300_000.0, 1_500_000.0) as i64,
            treat_tenths: 5 + random.below(5) as i64,
            leaves: random.below(12) > 0,
            transport: random.within(240_000.0, 1_800_000.0) as i64,
            handover: random.within(120_000.0, 1_200_000.0) as i64,
            measures: match random.below(if sharp { 4 } else { 40 }) {
                0 => 0,
                _ => 1 + random.below(4),
            },
            recorded: random.below(50) > 0,
            destination: ground.hospital(&spot.centre, random),
            severity,
            spot,
        }
    }
}

/// One of several by weight.
pub fn weighted<T: Copy>(random: &mut Random, choices: &[(T, usize)]) -> T {
    let total = choices.iter().map(|(_, weight)| weight).sum();
    let mut at = random.below(total);
    for (choice, weight) in choices {
        if at < *weight {
            return *choice;
        }
        at -= weight;
    }
    choices[0].0
}
