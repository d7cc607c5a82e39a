//! The norm that a figure is held against, and whether it is met. Several documents, several places, two readings:
//! all of them are entities of the world; here one is chosen.

use chiyuan_core::{
    DivisionCode, Entity, Kind, World,
    norm::{DocumentStatus, NormSpec, Operator},
};
use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

use super::catalogue::{Entry, Unit};

/// Two points: a ratio this near to its norm is nearly met; other values within the same share of their norm.
const NEAR: f64 = 0.02;
/// What two roundings of one figure may differ.
const ROUNDING: f64 = 1e-9;

/// A norm as a figure is held against it.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct NormView {
    pub id: String,
    /// `>=`, `<=` or `=`
    pub operator: &'static str,
    /// In the unit of the figure: a norm of 95 percent is 0.95.
    pub value: f64,
    /// Row of the source document (`SZ-27`).
    pub source: String,
    /// Division code where it applies.
    pub place: String,
    pub doc_status: DocumentStatus,
    /// The sentence in short.
    pub text: String,
}

/// How a value stands to its norm.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum State {
    Met,
    /// Missed by at most two points.
    Near,
    Missed,
    /// There is no norm, or no case.
    None,
}

/// The norm of a figure for a jurisdiction on a day: its own, else its city's. Documents in force go before drafts,
/// later ones before earlier ones.
#[must_use]
pub fn find(
    world: &World,
    entry: &Entry,
    place: Option<DivisionCode>,
    day: NaiveDate,
) -> Option<NormView> {
    let place = place?;
    let parent = world.jurisdiction(place).and_then(|j| j.spec.parent);
    let norms = world.of_kind(Kind::Norm).filter_map(|entity| match entity {
        Entity::Norm(norm) if !norm.header.retired => Some((&norm.header.id, &norm.spec)),
        _ => None,
    });
    let fits = |spec: &NormSpec| {
        spec.key.as_str() == entry.norm_key()
            && (spec.place == place || Some(spec.place) == parent)
            && entry
                .norm_base
                .is_none_or(|base| spec.base.as_str() == base)
            && spec.valid_from.is_none_or(|from| from <= day)
            && spec.valid_to.is_none_or(|to| to >= day)
    };
    let fitting = norms.filter_map(|(id, spec)| {
        let value = in_unit(spec, entry.unit())?;
        fits(spec).then_some((id, spec, value))
    });
    let first = fitting.min_by_key(|(id, spec, _)| {
        let draft = spec.doc_status == DocumentStatus::Draft;
        (
            spec.place != place,
            draft,
            std::cmp::Reverse(spec.valid_from),
            (*id).clone(),
        )
    });
    first.map(|(id, spec, value)| NormView {
        id: id.to_string(),
        operator: spec.operator.as_str(),
        value,
        source: spec.source_row.to_string(),
        place: spec.place.to_string(),
        doc_status: spec.doc_status,
        text: spec.text.to_string(),
    })
}

/// The value of a norm in the unit of a figure; none if it speaks of something else.
fn in_unit(spec: &NormSpec, unit: Unit) -> Option<f64> {
    match (unit, spec.unit.as_str()) {
        (Unit::Ratio, "percent") => Some(spec.value / 100.0),
        (Unit::Ratio, "ratio") | (Unit::S, "s" | "second" | "seconds") | (Unit::Count, "count") => {
            Some(spec.value)
        }
        (Unit::S, "minute" | "minutes") => Some(spec.value * 60.0),
        _ => None,
    }
}

/// Judges a value.
#[must_use]
pub fn judge(value: Option<f64>, norm: Option<&NormView>, unit: Unit) -> State {
    let (Some(value), Some(norm)) = (value, norm) else {
        return State::None;
    };
    let short = match norm.operator {
        sign if sign == Operator::AtLeast.as_str() => norm.value - value,
        sign if sign == Operator::AtMost.as_str() => value - norm.value,
        _ => (value - norm.value).abs(),
    };
    let near = match unit {
        Unit::Ratio => NEAR,
        Unit::S | Unit::Count => NEAR * norm.value.abs(),
    };
    if short <= ROUNDING {
        State::Met
    } else if short <= near + ROUNDING {
        State::Near
    } else {
        State::Missed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn norm(operator: Operator, value: f64) -> NormView {
        NormView {
            id: "nrm-1".to_owned(),
            operator: operator.as_str(),
            value,
            source: "SZ-27".to_owned(),
            place: "140600".to_owned(),
            doc_status: DocumentStatus::InForce,
            text: String::new(),
        }
    }

    #[test]
    fn near_is_within_two_points() {
        let norm_95 = norm(Operator::AtLeast, 0.95);
        for (value, state) in [
            (19.0 / 20.0, State::Met),
            (1.0, State::Met),
            (0.949_999, State::Near),
            (0.93, State::Near),
            (0.929_999, State::Missed),
        ] {
            assert_eq!(
                judge(Some(value), Some(&norm_95), Unit::Ratio),
                state,
                "{value}"
            );
        }
        assert_eq!(judge(None, Some(&norm_95), Unit::Ratio), State::None);
        assert_eq!(judge(Some(1.0), None, Unit::Ratio), State::None);
    }

    #[test]
    fn seconds_have_a_share_of_their_norm() {
        let at_most = norm(Operator::AtMost, 600.0);
        for (value, state) in [
            (600.0, State::Met),
            (612.0, State::Near),
            (612.5, State::Missed),
        ] {
            assert_eq!(judge(Some(value), Some(&at_most), Unit::S), state);
        }
    }
}
