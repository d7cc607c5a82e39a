//! Queries on the picture: resources by page, nearest, within.

use std::collections::BTreeMap;

use chiyuan_core::{Entity, EntityId, Timestamp};
use chiyuan_geo::{Hit, LonLat};
use serde::Serialize;
use utoipa::ToSchema;

use super::{
    ETA_BASIS_STRAIGHT, Extra, Filter, Key, Picture, Slot, eta_s, feature::MOST_EXTRA,
    filter::Prepared, write_feature,
};

/// A page of features as GeoJSON text.
pub struct Page {
    pub body: String,
    pub features: usize,
}

/// What is asked about a place.
#[derive(Debug, Clone, Copy)]
pub struct Question<'f> {
    pub from: LonLat,
    pub filter: &'f Filter,
    /// Most resources told one by one.
    pub limit: usize,
    /// Edge included; none is any distance.
    pub max_distance_m: Option<f64>,
    pub with_eta: bool,
    pub now: Timestamp,
}

/// Who is near, for a caller who has their properties from the feed.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Ranking<'p> {
    /// By distance.
    pub ranking: Vec<Ranked<'p>>,
    /// What the times rest on, if they were asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub eta_basis: Option<&'static str>,
    /// What `within` counts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub summary: Option<Summary>,
}

/// How far one resource is.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, ToSchema)]
pub struct Ranked<'p> {
    pub id: &'p EntityId,
    pub distance_m: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub eta_s: Option<u32>,
}

/// What lies within a radius, whatever the limit of the list.
#[derive(Debug, Clone, Default, PartialEq, Serialize, ToSchema)]
pub struct Summary {
    pub units: UnitSummary,
    pub beds: BedSummary,
    pub stock: StockSummary,
}

/// Units inside.
#[derive(Debug, Clone, Default, PartialEq, Serialize, ToSchema)]
pub struct UnitSummary {
    pub total: u32,
    pub available: u32,
}

/// Bed pools inside.
#[derive(Debug, Clone, Default, PartialEq, Serialize, ToSchema)]
pub struct BedSummary {
    pub pools: u32,
    pub staffed: u64,
    pub free: u64,
}

/// Stockpiles inside; usable quantities by item.
#[derive(Debug, Clone, Default, PartialEq, Serialize, ToSchema)]
pub struct StockSummary {
    pub sites: u32,
    pub items: BTreeMap<String, u64>,
}

impl Summary {
    fn count(&mut self, entity: &Entity, today: chrono::NaiveDate) {
        if entity.kind().is_unit() {
            self.units.total += 1;
            self.units.available += u32::from(entity.available(today));
        }
        match entity {
            Entity::BedPool(pool) => {
                self.beds.pools += 1;
                self.beds.staffed += u64::from(pool.state.staffed);
                self.beds.free += u64::from(pool.state.free());
            }
            Entity::Stockpile(stockpile) => {
                self.stock.sites += 1;
                for lot in stockpile.state.lots.iter().filter(|lot| lot.usable(today)) {
                    *self.stock.items.entry(lot.item_id.to_string()).or_default() += lot.quantity;
                }
            }
            _ => {}
        }
    }
}

impl Picture {
    /// Resources in the order of their ids, after a cursor.
    #[must_use]
    pub fn resources(
        &self,
        filter: &Filter,
        after: Option<&EntityId>,
        limit: usize,
        now: Timestamp,
    ) -> Page {
        let prepared = filter.prepare(&self.world, now);
        let mut body = String::from(r#"{"type":"FeatureCollection","features":["#);
        let mut features = 0;
        let mut next = None;
        let mut last: Option<&Slot> = None;
        let slots = self
            .world
            .entities_after(after)
            .filter_map(|entity| self.slot(entity.id()));
        for slot in slots.filter(|slot| prepared.accepts(slot.entity.kind(), || Some(slot))) {
            if features == limit {
                next = last.map(|slot| slot.entity.id().to_string());
                break;
            }
            self.push(&mut body, features, slot, &prepared, Extra::default());
            features += 1;
            last = Some(slot);
        }
        let next = next.map_or_else(|| "null".to_owned(), |id| format!("\"{id}\""));
        body.push_str(r#"],"next_cursor":"#);
        body.push_str(&next);
        body.push('}');
        Page { body, features }
    }

    /// The nearest that pass, by geodesic distance, ties by slot.
    #[must_use]
    pub fn nearest(&self, question: &Question<'_>) -> Page {
        let head = r#"{"type":"FeatureCollection","features":["#;
        self.features(head, question, &self.prepare(question))
    }

    /// The same, as ids and distances only.
    #[must_use]
    pub fn nearest_ranking(&self, question: &Question<'_>) -> Ranking<'_> {
        self.ranking(question, &self.prepare(question), None)
    }

    /// What lies within [`Question::max_distance_m`], edge included: a summary of everything and the first by distance.
    #[must_use]
    pub fn within(&self, question: &Question<'_>) -> Page {
        let prepared = self.prepare(question);
        let summary = self.summary(question, &prepared);
        let summary = serde_json::to_string(&summary).unwrap_or_default();
        let head = format!(r#"{{"type":"FeatureCollection","summary":{summary},"features":["#);
        self.features(&head, question, &prepared)
    }

    /// The same, as ids and distances only.
    #[must_use]
    pub fn within_ranking(&self, question: &Question<'_>) -> Ranking<'_> {
        let prepared = self.prepare(question);
        let summary = self.summary(question, &prepared);
        self.ranking(question, &prepared, Some(summary))
    }

    /// The feature of one entity.
    #[must_use]
    pub fn resource(&self, id: &EntityId, now: Timestamp) -> Option<String> {
        let slot = self.slot(id)?;
        let mut body = String::new();
        write_feature(
            &mut body,
            slot,
            now,
            crate::time::local_date(now),
            Extra::default(),
        );
        Some(body)
    }

    fn prepare<'f>(&self, question: &Question<'f>) -> Prepared<'f> {
        question.filter.prepare(&self.world, question.now)
    }

    fn hits(&self, question: &Question<'_>, prepared: &Prepared<'_>) -> Vec<Hit<Key>> {
        let accept = |key: Key| prepared.accepts(key.kind, || self.at(key));
        let (limit, max_distance_m) = (question.limit, question.max_distance_m);
        self.index
            .nearest(question.from, limit, max_distance_m, accept)
    }

    fn summary(&self, question: &Question<'_>, prepared: &Prepared<'_>) -> Summary {
        let mut summary = Summary::default();
        self.index.within(
            question.from,
            question.max_distance_m.unwrap_or(f64::INFINITY),
            |key| prepared.accepts(key.kind, || self.at(key)),
            |key, _| {
                if let Some(slot) = self.at(key) {
                    summary.count(&slot.entity, prepared.today());
                }
            },
        );
        summary
    }

    fn ranking(
        &self,
        question: &Question<'_>,
        prepared: &Prepared<'_>,
        summary: Option<Summary>,
    ) -> Ranking<'_> {
        let hits = self.hits(question, prepared);
        let ranked = hits.iter().map(|hit| Ranked {
            id: &self.ids[hit.key.number as usize],
            distance_m: (hit.distance_m * 1_000.0).round() / 1_000.0,
            eta_s: question.with_eta.then(|| eta_s(hit.distance_m)),
        });
        Ranking {
            ranking: ranked.collect(),
            eta_basis: question.with_eta.then_some(ETA_BASIS_STRAIGHT),
            summary,
        }
    }

    fn features(&self, head: &str, question: &Question<'_>, prepared: &Prepared<'_>) -> Page {
        let hits = self.hits(question, prepared);
        let found: Vec<_> = hits
            .iter()
            .filter_map(|hit| Some((self.at(hit.key)?, hit.distance_m)))
            .collect();
        // Texts lie anywhere in memory. Asked for all at once they come side by side, not one after the other.
        let length = found.iter().map(|(slot, _)| slot.text.fetch() + MOST_EXTRA);
        let mut body = String::with_capacity(head.len() + length.sum::<usize>());
        body.push_str(head);
        for (number, (slot, distance_m)) in found.iter().enumerate() {
            let extra = Extra {
                distance_m: Some(*distance_m),
                with_eta: question.with_eta,
            };
            self.push(&mut body, number, slot, prepared, extra);
        }
        body.push_str("]}");
        Page {
            body,
            features: found.len(),
        }
    }

    fn push(
        &self,
        body: &mut String,
        number: usize,
        slot: &Slot,
        prepared: &Prepared<'_>,
        extra: Extra,
    ) {
        if number > 0 {
            body.push(',');
        }
        write_feature(body, slot, prepared.now(), prepared.today(), extra);
    }
}
