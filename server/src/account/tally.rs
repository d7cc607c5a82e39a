//! Audit events that repeat (denials, failed log-ins) are counted: at most one row a minute for each.

use std::{
    collections::HashMap,
    time::{Duration, Instant},
};

use parking_lot::Mutex;

use super::audit::{self, Event};
use crate::store::Store;

/// Least time between two rows of the same event.
pub const ROW_EVERY: Duration = Duration::from_secs(60);
/// Events that are told apart; further ones share a row.
const EVENTS: usize = 4_096;

#[derive(Debug, Clone, Copy)]
struct Counted {
    /// Not written yet.
    pending: i64,
    written: Option<Instant>,
}

/// The counts; an event's own count is always 1 here.
#[derive(Default)]
pub struct Tally(Mutex<HashMap<Event, Counted>>);

impl Tally {
    /// Counts an event: the first is written now, those of the following minute together.
    pub async fn count(&self, store: &Store, event: Event) {
        let event = self.add(event, Instant::now());
        if let Some(event) = event {
            self.write(store, event).await;
        }
    }

    /// Writes what is due, or everything.
    pub async fn flush(&self, store: &Store, everything: bool) {
        for event in self.due(everything, Instant::now()) {
            self.write(store, event).await;
        }
    }

    /// Writes a counted event; if that fails it is counted again.
    async fn write(&self, store: &Store, event: Event) {
        let (count, once) = (
            event.count,
            Event {
                count: 1,
                ..event.clone()
            },
        );
        if let Err(error) = audit::record(store, event).await {
            tracing::warn!(%error, "an audit event waits for the database");
            let mut events = self.0.lock();
            if let Some(counted) = events.get_mut(&once) {
                counted.pending += count;
                counted.written = None;
            }
        }
    }

    /// The event to write now, if any.
    fn add(&self, event: Event, now: Instant) -> Option<Event> {
        let mut events = self.0.lock();
        let event = if events.len() >= EVENTS && !events.contains_key(&event) {
            Event {
                actor: "various".to_owned(),
                role: None,
                address: "various".to_owned(),
                object: "various".to_owned(),
                ..event
            }
        } else {
            event
        };
        let counted = events.entry(event.clone()).or_insert(Counted {
            pending: 0,
            written: None,
        });
        counted.pending += 1;
        let first = counted.written.is_none() && counted.pending == 1;
        first.then(|| Self::take(&event, counted, now))
    }

    fn due(&self, everything: bool, now: Instant) -> Vec<Event> {
        let mut events = self.0.lock();
        let rested = |counted: &Counted| {
            everything
                || counted
                    .written
                    .is_none_or(|written| now.duration_since(written) >= ROW_EVERY)
        };
        events.retain(|_, counted| counted.pending > 0 || !rested(counted));
        events
            .iter_mut()
            .filter(|(_, counted)| counted.pending > 0 && rested(counted))
            .map(|(event, counted)| Self::take(event, counted, now))
            .collect()
    }

    fn take(event: &Event, counted: &mut Counted, now: Instant) -> Event {
        let count = std::mem::take(&mut counted.pending);
        counted.written = Some(now);
        Event {
            count,
            ..event.clone()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(number: usize) -> Event {
        Event {
            actor: format!("user:{number}"),
            role: None,
            address: "127.0.0.1".to_owned(),
            action: "denied".to_owned(),
            object: "/api".to_owned(),
            result: "forbidden".to_owned(),
            count: 1,
        }
    }

    #[test]
    fn one_row_a_minute_and_every_event_counts() {
        let (tally, start) = (Tally::default(), Instant::now());
        let mut rows: Vec<i64> = Vec::new();
        for second in 0..600 {
            let now = start + Duration::from_secs(second);
            rows.extend(tally.add(event(1), now).map(|event| event.count));
            rows.extend(tally.due(false, now).iter().map(|event| event.count));
        }
        rows.extend(tally.due(true, start).iter().map(|event| event.count));
        assert_eq!(rows.iter().sum::<i64>(), 600);
        assert!(rows.len() <= 12, "{rows:?}");
        assert!(tally.due(true, start).is_empty());
        assert!(tally.0.lock().is_empty());
    }

    #[test]
    fn a_flood_of_different_events_is_bounded() {
        let (tally, now) = (Tally::default(), Instant::now());
        for number in 0..EVENTS + 500 {
            tally.add(event(number), now);
        }
        assert!(tally.0.lock().len() <= EVENTS + 1);
    }
}
