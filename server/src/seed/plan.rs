//! What a seed folder would change: its rows decided by the rules on a copy of the world, before anything is written.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use chiyuan_core::{
    Actor, Change, Command, Context, Entity, EntityId, Kind, Rejection, Role, Timestamp, World,
    decide,
    journal::request_hash,
    registry::{Initial, RegisterResource, Registration, Spec, UpdateResource},
};
use serde_json::Value;

use super::{
    SeedError, check,
    fault::{FaultCode, Faults, Place},
    read,
    row::{self, LotRow, Row, Stated},
};
use crate::field_changes::{self, FieldChange};

/// The order of loading: what is named comes before what names it.
pub const ORDER: [Kind; 10] = [
    Kind::Jurisdiction,
    Kind::Item,
    Kind::Facility,
    Kind::Station,
    Kind::Ambulance,
    Kind::Team,
    Kind::SpecialVehicle,
    Kind::BedPool,
    Kind::Stockpile,
    Kind::Norm,
];

/// A command that a row asks for.
#[derive(Debug, Clone)]
pub struct Step {
    pub place: Place,
    pub kind: Kind,
    pub id: EntityId,
    /// Version that stands; 0 if nothing does.
    pub version: u64,
    pub command: Command,
    pub body: Value,
    pub request_hash: String,
    /// Follows from content and standing version, so that a repeated load never does anything twice.
    pub key: String,
}

impl Step {
    /// Whether it enters a resource, or changes one.
    #[must_use]
    pub fn registers(&self) -> bool {
        matches!(self.command, Command::RegisterResource(_))
    }
}

/// What a seed folder would do to a world.
#[derive(Debug)]
pub struct Plan {
    /// Rows of resources; lots are counted with their stockpiles.
    pub rows: usize,
    pub steps: Vec<Step>,
    /// Rows that say what stands already.
    pub unchanged: usize,
    /// Rows of resources that were retired since; retired is for good.
    pub retired: usize,
    /// The world as it would be.
    pub world: World,
    /// Whether what stands is the beginning of a first load that was interrupted.
    pub unfinished: bool,
}

/// What became of a row.
#[derive(Debug, Clone, PartialEq)]
pub enum Verdict {
    Registered,
    /// With the fields that change.
    Updated(Vec<FieldChange>),
    Unchanged,
    /// It was retired since.
    Retired,
    /// The fault says why; there is none if a row that it names was refused.
    Refused,
}

/// Reads a folder and decides every row on a copy of the world.
///
/// # Errors
/// Every fault of the files with its place; if the folder cannot be read.
pub fn plan(world: &World, dir: &Path, now: Timestamp) -> Result<Plan, SeedError> {
    let mut faults = Faults::default();
    let raw = read::folder(dir, &mut faults)
        .map_err(|error| SeedError::Folder(dir.display().to_string(), error))?;
    check::sources(&raw, &mut faults);
    check::names(&raw, world, |_| true, &mut faults);
    let (mut rows, mut lots) = (Vec::new(), Vec::new());
    for stated in raw.iter().filter_map(|raw| row::read(raw, &mut faults)) {
        match stated {
            Stated::Resource(row) => rows.push(*row),
            Stated::Lot(lot) => lots.push(lot),
        }
    }
    // Sums over rows of which some are missing would only repeat what is known to be wrong.
    if faults.is_empty() {
        check::sums(&rows, &lots, world, &mut faults);
    }
    if !faults.is_empty() {
        return Err(SeedError::Faults(faults));
    }
    let rows = ordered(rows, &mut faults);
    let rows = joined(rows, lots);
    let plan = Decider::new(world, now, Actor::system()).decide(rows, &mut faults);
    if faults.is_empty() {
        Ok(plan)
    } else {
        Err(SeedError::Faults(faults))
    }
}

/// Rows in the order of loading: by kind, cities before counties, stations after their parents.
pub(crate) fn ordered(mut rows: Vec<Row>, faults: &mut Faults) -> Vec<Row> {
    let parents: BTreeMap<EntityId, EntityId> = rows
        .iter()
        .filter_map(|row| match &row.registration.spec {
            Spec::Station(spec) => Some((row.id.clone(), spec.parent_id.clone()?)),
            _ => None,
        })
        .collect();
    let depth = |row: &Row| match &row.registration.spec {
        Spec::Jurisdiction(spec) => usize::from(spec.parent.is_some()),
        Spec::Station(_) => {
            let ancestors = std::iter::successors(parents.get(&row.id), |id| parents.get(*id));
            ancestors.take(parents.len() + 1).count()
        }
        _ => 0,
    };
    for row in rows
        .iter()
        .filter(|row| row.kind == Kind::Station && depth(row) > parents.len())
    {
        let detail = "the station is above itself";
        faults.add(&row.place, "parent_id", FaultCode::Contradiction, detail);
    }
    let rank = |kind| ORDER.iter().position(|other| *other == kind);
    rows.sort_by_cached_key(|row| (rank(row.kind), depth(row)));
    rows
}

/// Stockpiles with their lots, in the order of the files.
fn joined(mut rows: Vec<Row>, lots: Vec<LotRow>) -> Vec<Row> {
    let mut sites: BTreeMap<String, Vec<_>> = BTreeMap::new();
    for row in lots {
        sites.entry(row.stockpile_id).or_default().push(row.lot);
    }
    for row in rows.iter_mut().filter(|row| row.kind == Kind::Stockpile) {
        row.registration.initial.lots = sites.remove(row.id.as_str());
    }
    rows
}

/// Decides rows in turn on a copy of the world.
pub(crate) struct Decider {
    context: Context,
    pub plan: Plan,
    /// Rows that were refused; what names them is not reported again.
    pub refused: BTreeSet<EntityId>,
    standing: usize,
    first_versions: bool,
}

impl Decider {
    pub(crate) fn new(world: &World, now: Timestamp, actor: Actor) -> Self {
        let at = now.max(world.at());
        let context = Context {
            at,
            real_at: now,
            actor,
            fresh_id: fresh(0),
        };
        let plan = Plan {
            rows: 0,
            steps: Vec::new(),
            unchanged: 0,
            retired: 0,
            world: world.clone(),
            unfinished: false,
        };
        Self {
            context,
            plan,
            refused: BTreeSet::new(),
            standing: resources(world).count(),
            first_versions: resources(world).all(|entity| entity.header().version == 1),
        }
    }

    fn decide(mut self, rows: Vec<Row>, faults: &mut Faults) -> Plan {
        self.plan.rows = rows.len();
        for row in rows {
            self.row(row, faults);
        }
        let steps = self.plan.steps.iter();
        let registered = steps.filter(|step| step.registers()).count();
        let ours = self.plan.rows - registered;
        self.plan.unfinished =
            self.standing > 0 && self.first_versions && ours == self.standing && registered > 0;
        self.plan
    }

    /// Decides a row; what it changes stands on the copy afterwards.
    pub(crate) fn row(&mut self, row: Row, faults: &mut Faults) -> Verdict {
        let standing = self.plan.world.shared(&row.id);
        if standing.as_ref().is_some_and(|e| e.header().retired) {
            self.plan.retired += 1;
            return Verdict::Retired;
        }
        self.context.fresh_id = fresh(self.plan.steps.len());
        let (place, id, centre) = (row.place, row.id, row.centre);
        let role = self.context.actor.role;
        let command = command(row.registration, standing.as_deref(), role);
        let changes = match self.changes(standing.as_deref(), &command) {
            Ok(changes) => changes,
            Err(rejection) => {
                if !named(&command).any(|other| self.refused.contains(other)) {
                    let code = FaultCode::Refused(rejection.code);
                    faults.add(&place, "", code, format!("{id}: {}", rejection.detail));
                }
                self.refused.insert(id);
                return Verdict::Refused;
            }
        };
        let seq = self.plan.world.seq() + 1;
        self.plan.world.apply(seq, self.context.at, &changes);
        let after = self.plan.world.get(&id);
        let at = after.map(|entity| entity.header().centre);
        if let Some(at) = at.filter(|at| !centre.is_empty() && at.as_str() != centre) {
            let detail = format!("{centre}, but its jurisdiction belongs to {at}");
            faults.add(&place, "centre", FaultCode::Contradiction, detail);
        }
        if changes.is_empty() {
            self.plan.unchanged += 1;
            return Verdict::Unchanged;
        }
        let verdict = match &standing {
            None => Verdict::Registered,
            Some(before) => Verdict::Updated(field_changes::between(Some(before), after)),
        };
        let version = standing.map_or(0, |standing| standing.header().version);
        let step = step(place, row.kind, id, version, command);
        self.plan.steps.push(step);
        verdict
    }

    /// What stands already needs no right over it: a file may hold more than its bearer may change.
    fn changes(
        &self,
        standing: Option<&Entity>,
        command: &Command,
    ) -> Result<Vec<Change>, Rejection> {
        if self.context.actor.jurisdiction.is_some()
            && standing.is_some_and(|entity| self.sees(entity))
        {
            let context = Context {
                actor: Actor::system(),
                ..self.context.clone()
            };
            if decide(&self.plan.world, command, &context).is_ok_and(|all| all.is_empty()) {
                return Ok(Vec::new());
            }
        }
        decide(&self.plan.world, command, &self.context)
    }

    /// Whether the actor may know that the entity exists.
    pub(crate) fn sees(&self, entity: &Entity) -> bool {
        self.context.actor.jurisdiction.is_none_or(|scope| {
            let centre = self.plan.world.centre_of(scope);
            centre.is_some_and(|centre| entity.header().visible_in(centre))
        })
    }
}

/// An id for what arises on the copy only.
fn fresh(number: usize) -> EntityId {
    EntityId::new(&format!("planned-{number}")).expect("the id is legal")
}

/// What the registry holds, without who is on duty and what is going on.
fn resources(world: &World) -> impl Iterator<Item = &Entity> {
    let entities = world.entities().map(AsRef::as_ref);
    entities.filter(|entity: &&Entity| !entity.kind().is_archived())
}

/// Registers a resource, or brings the standing one in line; status and counts are its desks' from then on.
fn command(mut registration: Registration, standing: Option<&Entity>, role: Role) -> Command {
    let Some(standing) = standing else {
        return Command::RegisterResource(RegisterResource {
            resource: registration,
        });
    };
    registration.initial = Initial::default();
    // The files do not say who else sees it.
    registration.visible_to = standing.header().visible_to.clone();
    Command::UpdateResource(UpdateResource {
        resource: registration,
        // What a person saw must still stand when it is changed.
        based_on_version: (role != Role::System).then_some(standing.header().version),
    })
}

/// The entities that a registration names.
fn named(command: &Command) -> impl Iterator<Item = &EntityId> {
    let registration = match command {
        Command::RegisterResource(command) => Some(&command.resource),
        Command::UpdateResource(command) => Some(&command.resource),
        _ => None,
    };
    let named = match registration.map(|registration| &registration.spec) {
        Some(Spec::Station(spec)) => [spec.facility_id.as_ref(), spec.parent_id.as_ref()],
        Some(Spec::Ambulance(spec)) => [Some(&spec.home_id), None],
        Some(Spec::Team(spec)) => [Some(&spec.home_id), None],
        Some(Spec::SpecialVehicle(spec)) => [Some(&spec.home_id), None],
        Some(Spec::BedPool(spec)) => [Some(&spec.facility_id), None],
        Some(Spec::Stockpile(spec)) => [Some(&spec.facility_id), None],
        _ => [None, None],
    };
    named.into_iter().flatten()
}

fn step(place: Place, kind: Kind, id: EntityId, version: u64, command: Command) -> Step {
    let body = serde_json::to_value(&command).unwrap_or_default();
    let request_hash = request_hash(&body);
    // Half of the hash keeps the longest key within its 128 characters.
    let key = format!(
        "seed:{id}:{version}:{}",
        request_hash.get(..32).unwrap_or_default()
    );
    Step {
        place,
        kind,
        id,
        version,
        command,
        body,
        request_hash,
        key,
    }
}
