//! Queries on the picture: resources by page, nearest, within.

use std::collections::BTreeMap;

use chiyuan_core::{Entity, EntityId, Timestamp};
use chiyuan_geo::LonLat;
use serde::Serialize;
use utoipa::ToSchema;

use super::{
    Extra, Filter, Key, Picture, Slot, feature::MOST_EXTRA, filter::Prepared, write_feature,
};

/// A page of features as GeoJSON text.
pub struct Page {
    pub body: String,
    pub features: usize,
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
    pub fn nearest(
        &self,
        from: LonLat,
        filter: &Filter,
        limit: usize,
        max_distance_m: Option<f64>,
        with_eta: bool,
        now: Timestamp,
    ) -> Page {
        let prepared = filter.prepare(&self.world, now);
        let head = r#"{"type":"FeatureCollection","features":["#;
        let mut page = self.hits(head, from, &prepared, limit, max_distance_m, with_eta);
        page.body.push_str("]}");
        page
    }

    /// What lies within a radius, edge included: a summary of everything and the first `limit` by distance.
    #[must_use]
    pub fn within(
        &self,
        from: LonLat,
        radius_m: f64,
        filter: &Filter,
        limit: usize,
        with_eta: bool,
        now: Timestamp,
    ) -> Page {
        let prepared = filter.prepare(&self.world, now);
        let mut summary = Summary::default();
        self.index.within(
            from,
            radius_m,
            |key| prepared.accepts(key.kind, || self.at(key)),
            |key, _| {
                if let Some(slot) = self.at(key) {
                    summary.count(&slot.entity, prepared.today());
                }
            },
        );
        let summary = serde_json::to_string(&summary).unwrap_or_default();
        let head = format!(r#"{{"type":"FeatureCollection","summary":{summary},"features":["#);
        let mut page = self.hits(&head, from, &prepared, limit, Some(radius_m), with_eta);
        page.body.push_str("]}");
        page
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

    fn hits(
        &self,
        head: &str,
        from: LonLat,
        prepared: &Prepared<'_>,
        limit: usize,
        max_distance_m: Option<f64>,
        with_eta: bool,
    ) -> Page {
        let accept = |key: Key| prepared.accepts(key.kind, || self.at(key));
        let hits = self.index.nearest(from, limit, max_distance_m, accept);
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
                with_eta,
            };
            self.push(&mut body, number, slot, prepared, extra);
        }
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
