//! What of a change a scope sees; queries, feed, replies and journal use the same filter.

use chiyuan_core::{Centre, Change, Entity};

/// The change as this scope sees it without knowing what stood before: a removal or a visible entity.
#[must_use]
pub fn in_scope(change: Change, scope: Option<Centre>) -> Option<Change> {
    let Some(centre) = scope else {
        return Some(change);
    };
    match &change.entity {
        Some(entity) if entity.header().visible_in(centre) => Some(change),
        _ => None,
    }
}

/// The change as a feed of this scope sends it: an entity that enters comes whole, one that leaves comes as null.
#[must_use]
pub fn seen_change(
    change: &Change,
    before: Option<&Entity>,
    scope: Option<Centre>,
) -> Option<Change> {
    let Some(centre) = scope else {
        return Some(change.clone());
    };
    let saw = before.is_some_and(|entity| entity.header().visible_in(centre));
    let sees = change
        .entity
        .as_ref()
        .is_some_and(|entity| entity.header().visible_in(centre));
    match (saw, sees) {
        (_, true) => Some(change.clone()),
        (true, false) => Some(Change {
            entity: None,
            ..change.clone()
        }),
        (false, false) => None,
    }
}

/// Whether others see the entity after a change than before it.
#[must_use]
pub fn sight_changes(before: Option<&Entity>, change: &Change) -> bool {
    match (before, change.entity.as_deref()) {
        (Some(before), Some(after)) => {
            let (before, after) = (before.header(), after.header());
            before.centre != after.centre || before.visible_to != after.visible_to
        }
        _ => true,
    }
}
