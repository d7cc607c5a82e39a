//! Incident numbers: centre, local day, count; spoken on the radio as month and day, then the count.

use chrono::{Datelike, NaiveDate};

use crate::{Centre, Entity, Kind, World, text::Name};

/// The count of a centre's next incident of a day. Ended incidents stay in memory for a day after their end, so every
/// incident of today is there to be counted.
pub(super) fn next_count(world: &World, centre: Centre, day: NaiveDate) -> u32 {
    let counts = world
        .of_kind(Kind::Incident)
        .filter_map(|entity| match entity {
            Entity::Incident(i) if i.header.centre == centre && i.day == day => Some(i.day_count),
            _ => None,
        });
    counts.max().unwrap_or(0) + 1
}

/// `1122-0149`
pub(super) fn spoken(day: NaiveDate, count: u32) -> Name {
    Name::new(&format!("{:02}{:02}-{count:04}", day.month(), day.day())).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_short_enough_to_speak() {
        let day = NaiveDate::from_ymd_opt(2026, 11, 22).unwrap();
        assert_eq!(spoken(day, 149).as_str(), "1122-0149");
        assert_eq!(spoken(day, 12_345).as_str(), "1122-12345");
    }
}
