//! Where the cases of a report lie: a jurisdiction with its counties, inside what the caller may see.

use chiyuan_core::{DivisionCode, Entity, Kind, World};

/// Why a caller gets no report of a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PlaceError {
    /// Not registered here, or of another centre.
    #[error("no such jurisdiction")]
    Unknown,
    /// Of the same centre, and not the caller's.
    #[error("{0} lies outside your jurisdiction")]
    Outside(DivisionCode),
}

/// The place of a report: the one asked for, else the caller's own; none is the whole world.
///
/// # Errors
/// [`PlaceError`]: figures of a place are for those whose jurisdiction covers it.
pub fn resolve(
    world: &World,
    asked: Option<DivisionCode>,
    own: Option<DivisionCode>,
) -> Result<Option<DivisionCode>, PlaceError> {
    let Some(place) = asked.or(own) else {
        return Ok(None);
    };
    let centre = world.centre_of(place).ok_or(PlaceError::Unknown)?;
    let Some(own) = own else {
        return Ok(Some(place));
    };
    if world.covers(own, place) {
        return Ok(Some(place));
    }
    match world.centre_of(own) == Some(centre) {
        true => Err(PlaceError::Outside(place)),
        false => Err(PlaceError::Unknown),
    }
}

/// The codes of a place and its counties, retired ones included: what happened there has happened.
#[must_use]
pub fn codes(world: &World, place: DivisionCode) -> Vec<String> {
    let counties = world
        .of_kind(Kind::Jurisdiction)
        .filter_map(|entity| match entity {
            Entity::Jurisdiction(county) if county.spec.parent == Some(place) => {
                Some(county.spec.code)
            }
            _ => None,
        });
    std::iter::once(place)
        .chain(counties)
        .map(|code| code.to_string())
        .collect()
}
