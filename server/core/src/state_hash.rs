//! The state hash: an order-independent sum with which a screen proves that it shows what the server holds.

use imbl::OrdMap;
use sha2::{Digest, Sha256};

use crate::{Centre, Entity};

/// Sums modulo 2^64 over entities, one for everything and one per centre that sees them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct StateHash {
    all: u64,
    shared: u64,
    centres: OrdMap<Centre, u64>,
}

impl StateHash {
    /// Takes an entity into the sums.
    pub fn add(&mut self, entity: &Entity) {
        self.shift(entity, entity_hash(entity));
    }

    /// Takes an entity out of the sums.
    pub fn remove(&mut self, entity: &Entity) {
        self.shift(entity, entity_hash(entity).wrapping_neg());
    }

    /// The sum over what a scope sees, 16 hex digits; `None` sees everything.
    #[must_use]
    pub fn of(&self, scope: Option<Centre>) -> String {
        let sum = match scope {
            None => self.all,
            Some(centre) => self
                .shared
                .wrapping_add(self.centres.get(&centre).copied().unwrap_or(0)),
        };
        format!("{sum:016x}")
    }

    fn shift(&mut self, entity: &Entity, by: u64) {
        self.all = self.all.wrapping_add(by);
        let header = entity.header();
        if header.centre == Centre::SHARED {
            self.shared = self.shared.wrapping_add(by);
            return;
        }
        let others = header
            .visible_to
            .iter()
            .filter(|centre| **centre != header.centre);
        for centre in std::iter::once(&header.centre).chain(others) {
            let sum = self.centres.entry(*centre).or_insert(0);
            *sum = sum.wrapping_add(by);
            // An empty sum leaves, so that equal worlds have equal sums whatever way they came about.
            if *sum == 0 {
                self.centres.remove(centre);
            }
        }
    }
}

/// First 8 bytes, big-endian, of SHA-256("kind/id/version").
fn entity_hash(entity: &Entity) -> u64 {
    let name = format!(
        "{}/{}/{}",
        entity.kind().as_str(),
        entity.id(),
        entity.header().version
    );
    hash_of(&name)
}

fn hash_of(name: &str) -> u64 {
    let digest = Sha256::digest(name.as_bytes());
    digest
        .iter()
        .take(8)
        .fold(0, |sum, byte| (sum << 8) | u64::from(*byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sum_has_its_published_values() {
        let ambulance = hash_of("ambulance/amb-140600-001/1");
        let station = hash_of("station/sta-140602-01/3");
        assert_eq!(format!("{ambulance:016x}"), "3a53f22eadfd7559");
        assert_eq!(
            format!("{:016x}", ambulance.wrapping_add(station)),
            "e318cf72500bb039"
        );
    }
}
