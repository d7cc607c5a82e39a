//! Where the cases of a report lie: a jurisdiction with its counties, inside what the caller may see.

use chiyuan_core::{DivisionCode, Entity, Kind, World};

/// Not registered here, or of another centre than the caller's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no such jurisdiction")]
pub struct UnknownPlace;

/// The place of a report: the one asked for, else the caller's own; none is the whole world. Everybody reads the whole
/// of his centre.
///
/// # Errors
/// [`UnknownPlace`].
pub fn resolve(
    world: &World,
    asked: Option<DivisionCode>,
    own: Option<DivisionCode>,
) -> Result<Option<DivisionCode>, UnknownPlace> {
    let Some(place) = asked.or(own) else {
        return Ok(None);
    };
    let centre = world.centre_of(place).ok_or(UnknownPlace)?;
    match own {
        Some(own) if world.centre_of(own) != Some(centre) => Err(UnknownPlace),
        _ => Ok(Some(place)),
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
