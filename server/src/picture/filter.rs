//! What a query accepts; applied while walking neighbours, never after fetching.

use chiyuan_core::{Centre, DivisionCode, Kind, Timestamp, World, unit::UnitStatus};
use chiyuan_geo::Bounds;

use super::Slot;

/// Filters of `resources`, `nearest` and `within`; an empty list accepts everything.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Any of these.
    pub kinds: Vec<Kind>,
    /// Any of these.
    pub statuses: Vec<UnitStatus>,
    /// All of these.
    pub capabilities: Vec<String>,
    /// Any of these and of their counties.
    pub jurisdictions: Vec<DivisionCode>,
    pub available: Option<bool>,
    pub max_fix_age_s: Option<i64>,
    pub bbox: Option<Bounds>,
    /// What the asking user may see; none is everything.
    pub scope: Option<Centre>,
}

/// A filter made ready for one world at one moment.
pub struct Prepared<'f> {
    filter: &'f Filter,
    codes: Vec<DivisionCode>,
    now: Timestamp,
    today: chrono::NaiveDate,
    /// Something but the kind is asked.
    beyond_kind: bool,
}

impl Filter {
    /// Resolves counties and time.
    #[must_use]
    pub fn prepare(&self, world: &World, now: Timestamp) -> Prepared<'_> {
        let mut codes = self.jurisdictions.clone();
        if !codes.is_empty() {
            let counties = world.entities().filter_map(|entity| match entity.as_ref() {
                chiyuan_core::Entity::Jurisdiction(county) => Some(&county.spec),
                _ => None,
            });
            let inside = counties.filter(|county| {
                county
                    .parent
                    .is_some_and(|city| self.jurisdictions.contains(&city))
            });
            codes.extend(inside.map(|county| county.code));
        }
        Prepared {
            filter: self,
            codes,
            now,
            today: crate::time::local_date(now),
            beyond_kind: self.beyond_kind(),
        }
    }

    fn beyond_kind(&self) -> bool {
        self.scope.is_some()
            || !self.statuses.is_empty()
            || !self.capabilities.is_empty()
            || !self.jurisdictions.is_empty()
            || self.available.is_some()
            || self.max_fix_age_s.is_some()
            || self.bbox.is_some()
    }
}

impl Prepared<'_> {
    /// The local day on which expiry is judged.
    #[must_use]
    pub fn today(&self) -> chrono::NaiveDate {
        self.today
    }

    /// World time of the query.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.now
    }

    /// Whether a placed entity of a kind passes; it is looked at only if its kind does not decide.
    pub fn accepts<'s>(&self, kind: Kind, slot: impl FnOnce() -> Option<&'s Slot>) -> bool {
        let kinds = &self.filter.kinds;
        (kinds.is_empty() || kinds.contains(&kind))
            && (!self.beyond_kind || slot().is_some_and(|slot| self.accepts_beyond_kind(slot)))
    }

    fn accepts_beyond_kind(&self, slot: &Slot) -> bool {
        let (filter, entity) = (self.filter, slot.entity.as_ref());
        filter
            .scope
            .is_none_or(|centre| entity.header().visible_in(centre))
            && (filter.statuses.is_empty()
                || entity
                    .duty()
                    .is_some_and(|duty| filter.statuses.contains(&duty.status)))
            && filter
                .available
                .is_none_or(|available| entity.available(self.today) == available)
            && (self.codes.is_empty()
                || entity
                    .jurisdiction()
                    .is_some_and(|code| self.codes.contains(&code)))
            && filter
                .capabilities
                .iter()
                .all(|word| entity.has_capability(word))
            && filter.max_fix_age_s.is_none_or(|age| self.fresh(slot, age))
            && filter.bbox.is_none_or(|bbox| bbox.contains(slot.position))
    }

    fn fresh(&self, slot: &Slot, age_s: i64) -> bool {
        slot.fix
            .as_ref()
            .is_some_and(|fix| (self.now - fix.at).num_seconds() <= age_s)
    }
}
