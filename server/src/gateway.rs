//! Position sources: what comes in is judged, moves units in the picture, and is kept as tracks.

pub mod counts;
pub mod demo_feed;
pub mod elements;
mod geofence;
mod history;
pub mod last_fix;
pub mod osmand;
pub mod plausibility;
mod public_interface;
pub mod replay;
mod swapped;
mod tracks;
mod writer;

pub use elements::{Element, MAX_BODY, MAX_FIXES, parse};
pub use writer::{finish, start};

use std::{collections::HashMap, sync::Arc};

use chiyuan_core::{Actor, Entity, EntityId, Role, Timestamp, World, WorldId};
use chrono::TimeDelta;
use parking_lot::{Mutex, RwLock};
use serde::Serialize;
use utoipa::ToSchema;

use self::{
    counts::{Counts, add},
    history::History,
    plausibility::{Claim, Code, Place, Verdict, judge},
    tracks::{Queue, TrackRow},
};
use crate::{
    app::App,
    picture::{Fix, Picture, lon_lat},
    world::WorldRuntime,
};

/// Elements judged while the picture is held for reading, so that commands are published between them.
const AT_ONCE: usize = 512;
/// A unit that stays within this distance is standing, metres...
const STANDING_M: f64 = 20.0;
/// ... and its track has one point in this time.
const STANDING_EVERY: TimeDelta = TimeDelta::seconds(60);

/// What this server remembers of positions.
#[derive(Default)]
pub struct Gateway {
    histories: RwLock<HashMap<WorldId, Arc<Mutex<Histories>>>>,
    tracks: Queue,
    counts: Counts,
}

type Histories = HashMap<EntityId, History>;

/// Who reports.
#[derive(Debug, Clone)]
pub struct Sender {
    pub actor: Actor,
    /// Source that belongs to the sender's token; wins over what a fix says, so that a simulation stays marked.
    pub source: Option<String>,
    /// Source of fixes that name none.
    pub default_source: &'static str,
}

/// A refused fix.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Refusal {
    /// Place in the request, from 0.
    pub index: usize,
    pub code: Code,
    pub detail: String,
}

/// What became of a batch.
#[derive(Debug, Clone, Default, PartialEq, Serialize, ToSchema)]
pub struct Report {
    /// Moved their unit.
    pub accepted: usize,
    /// Went to the track only.
    pub late: usize,
    pub rejected: Vec<Refusal>,
}

/// What a batch does to the world.
#[derive(Default)]
struct Outcome {
    report: Report,
    moved: Vec<(EntityId, Arc<Fix>)>,
    rows: Vec<TrackRow>,
}

impl Gateway {
    /// What has been counted since the start.
    #[must_use]
    pub fn counts(&self) -> &Counts {
        &self.counts
    }

    /// Track rows that wait to be written.
    #[must_use]
    pub fn waiting(&self) -> usize {
        self.tracks.len()
    }

    fn histories(&self, world: &WorldId) -> Arc<Mutex<Histories>> {
        if let Some(histories) = self.histories.read().get(world) {
            return Arc::clone(histories);
        }
        Arc::clone(self.histories.write().entry(world.clone()).or_default())
    }
}

/// Takes in a batch: judges each element alone, moves units at once, leaves tracks and relay to their tasks.
/// Touches neither database nor Redis.
pub fn take(
    app: &App,
    world: &WorldRuntime,
    sender: &Sender,
    elements: &[Result<Element, String>],
) -> Report {
    let gateway = &app.gateway;
    let histories = gateway.histories(world.id());
    let mut outcome = Outcome::default();
    for (chunk, part) in elements.chunks(AT_ONCE).enumerate() {
        // One batch of a world after the other, so that two senders of one unit cannot both be the newer one.
        let mut histories = histories.lock();
        let picture = world.picture();
        let now = picture.now(crate::time::now());
        for (place, element) in part.iter().enumerate() {
            let index = chunk * AT_ONCE + place;
            let judged = element
                .as_ref()
                .map_err(|detail| (Code::Malformed, detail.clone()))
                .and_then(|element| {
                    take_one(&picture, &mut histories, sender, element, now, &mut outcome)
                        .map_err(|code| (code, code.detail().to_owned()))
                });
            if let Err((code, detail)) = judged {
                gateway.counts.reject(code);
                outcome.report.rejected.push(Refusal {
                    index,
                    code,
                    detail,
                });
            }
        }
        drop(picture);
        world.take_fixes(&outcome.moved);
        geofence::propose(world, &outcome.moved);
        app.relay.fixes(world.id(), &outcome.moved);
        let rows = std::mem::take(&mut outcome.rows);
        let moved = std::mem::take(&mut outcome.moved);
        let shed = gateway.tracks.push(world.id(), rows, moved);
        add(&gateway.counts.shed, shed);
    }
    add(&gateway.counts.accepted, outcome.report.accepted);
    add(&gateway.counts.late, outcome.report.late);
    outcome.report
}

fn take_one(
    picture: &Picture,
    histories: &mut Histories,
    sender: &Sender,
    element: &Element,
    now: Timestamp,
    outcome: &mut Outcome,
) -> Result<(), Code> {
    let unit = reported_unit(picture.world(), sender, &element.unit_id)?;
    let history = histories.entry(unit.id().clone()).or_default();
    if let Some(fix) = picture.fixes().get(unit.id()) {
        history.learn(Place {
            at: fix.at,
            position: fix.position,
            accuracy_m: f64::from(fix.accuracy_m.unwrap_or(0.0)),
        });
    }
    let home = unit.point().map(lon_lat);
    let (position, late) = match judge(&element.claim, history, home, now) {
        Verdict::Accepted(position) => (position, false),
        Verdict::Late(position) => (position, true),
        Verdict::Rejected(code) => return Err(code),
    };
    let fix = Arc::new(fix(&element.claim, position, source(sender, element)));
    if late {
        outcome.report.late += 1;
    } else {
        outcome.report.accepted += 1;
        outcome.moved.push((unit.id().clone(), Arc::clone(&fix)));
    }
    if late || worth_keeping(history, &fix) {
        let unit = unit.id().clone();
        outcome.rows.push(TrackRow { unit, fix, late });
    }
    Ok(())
}

/// The unit of a fix, if the sender may report for it. What he does not see is unknown to him (S18).
fn reported_unit<'w>(world: &'w World, sender: &Sender, id: &str) -> Result<&'w Entity, Code> {
    let actor = &sender.actor;
    let id = EntityId::new(id).map_err(|_| Code::UnknownUnit)?;
    let unit = world
        .get(&id)
        .filter(|entity| entity.kind().is_unit() && !entity.header().retired)
        .filter(|entity| sees(world, actor, entity))
        .ok_or(Code::UnknownUnit)?;
    let bound = actor.unit.is_some() || actor.role == Role::Crew;
    let own = !bound || actor.unit.as_ref() == Some(&id);
    let inside = actor.jurisdiction.is_none_or(|scope| {
        unit.jurisdiction()
            .is_some_and(|place| world.covers(scope, place))
    });
    if own && inside {
        Ok(unit)
    } else {
        Err(Code::NotYourUnit)
    }
}

/// Whether a unit lies in what the sender sees: the centre of his place, else that of his own unit, else everything.
fn sees(world: &World, actor: &Actor, unit: &Entity) -> bool {
    let centre = match (actor.jurisdiction, &actor.unit) {
        (Some(code), _) => world.centre_of(code),
        (None, Some(own)) => world.get(own).map(|own| own.header().centre),
        (None, None) => return true,
    };
    centre.is_some_and(|centre| unit.header().visible_in(centre))
}

fn source<'a>(sender: &'a Sender, element: &'a Element) -> &'a str {
    let own = sender.source.as_deref();
    own.or(element.source.as_deref())
        .unwrap_or(sender.default_source)
}

fn fix(claim: &Claim, position: chiyuan_geo::LonLat, source: &str) -> Fix {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "metres, degrees and metres a second need no more than seven digits"
    )]
    let short = |value: Option<f64>| value.map(|value| value as f32);
    Fix {
        at: claim.at,
        position,
        speed_mps: short(claim.speed_mps),
        heading_deg: short(claim.heading_deg),
        accuracy_m: short(claim.accuracy_m),
        source: source.into(),
    }
}

/// Whether the track needs this fix: not if the unit is standing and the last minute has a point.
fn worth_keeping(history: &mut History, fix: &Fix) -> bool {
    let standing = history.written.is_some_and(|written| {
        fix.at - written.at < STANDING_EVERY
            && written.position.geodesic_m(fix.position) <= STANDING_M
    });
    if !standing {
        history.written = Some(Place {
            at: fix.at,
            position: fix.position,
            accuracy_m: 0.0,
        });
    }
    !standing
}
