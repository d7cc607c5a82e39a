//! Moving points found by distance: an R*-tree over earth-centred coordinates, refined by geodesic distance.
//!
//! Chords need no case for poles, the date line or the shrinking of degrees: raw longitudes and latitudes in such
//! a tree name the wrong nearest unit in a tenth of all queries at 40 degrees north.

use std::cmp::Ordering;
use std::collections::hash_map::Entry;
use std::collections::{BinaryHeap, HashMap};
use std::hash::Hash;

use rstar::RTree;

use crate::LonLat;
use crate::ellipsoid::{
    Ecef, certainly_beyond_2, certainly_farther_2, certainly_within_2, chord_2, ecef,
};
use crate::tree::{Stored, Walk, Wide};

/// A found point.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Hit<K> {
    /// Whose point it is.
    pub key: K,
    /// Where it is.
    pub at: LonLat,
    /// Geodesic distance from the place asked for, in metres.
    pub distance_m: f64,
}

/// One point per key; answers equal geodesic brute force sorted by (distance, key), ties included.
#[derive(Clone, Debug)]
pub struct SpatialIndex<K: Copy + Ord + Hash> {
    tree: RTree<Stored<K>, Wide>,
    /// What the tree holds for each key: removal must name the stored point (rule D29).
    stored: HashMap<K, Stored<K>>,
}

impl<K: Copy + Ord + Hash> SpatialIndex<K> {
    /// An empty index.
    #[must_use]
    pub fn new() -> Self {
        Self {
            tree: RTree::new_with_params(),
            stored: HashMap::new(),
        }
    }

    /// An index of many points, quicker than inserting them one by one. The last point given for a key counts.
    pub fn bulk(points: impl IntoIterator<Item = (K, LonLat)>) -> Self {
        let stored: HashMap<K, Stored<K>> = points
            .into_iter()
            .map(|(key, at)| (key, Stored::new(key, at)))
            .collect();
        // Sorted, so that equal contents give an equal tree whatever the order of the map.
        let mut elements: Vec<Stored<K>> = stored.values().copied().collect();
        elements.sort_unstable_by_key(|element| element.key);
        Self {
            tree: RTree::bulk_load_with_params(elements),
            stored,
        }
    }

    /// Puts or moves the point of a key; gives back where it was.
    pub fn insert(&mut self, key: K, at: LonLat) -> Option<LonLat> {
        let new = Stored::new(key, at);
        match self.stored.entry(key) {
            Entry::Vacant(slot) => {
                slot.insert(new);
                self.tree.insert(new);
                None
            }
            Entry::Occupied(mut slot) => {
                let old = *slot.get();
                if old.at != at {
                    slot.insert(new);
                    self.tree.remove(&old);
                    self.tree.insert(new);
                }
                Some(old.at)
            }
        }
    }

    /// Takes the point of a key out; gives back where it was.
    pub fn remove(&mut self, key: &K) -> Option<LonLat> {
        let old = self.stored.remove(key)?;
        self.tree.remove(&old);
        Some(old.at)
    }

    /// Where the point of a key is.
    #[must_use]
    pub fn get(&self, key: &K) -> Option<LonLat> {
        self.stored.get(key).map(|stored| stored.at)
    }

    /// Number of points.
    #[must_use]
    pub fn len(&self) -> usize {
        self.stored.len()
    }

    /// Whether there is no point.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.stored.is_empty()
    }

    /// The `k` nearest accepted points, at most `max_distance_m` away (included), sorted by (distance, key).
    ///
    /// `accept` is asked while walking outwards, about each point at most once, and about none beyond the last hit so far.
    pub fn nearest(
        &self,
        from: LonLat,
        k: usize,
        max_distance_m: Option<f64>,
        mut accept: impl FnMut(K) -> bool,
    ) -> Vec<Hit<K>> {
        let max_distance_m = max_distance_m.unwrap_or(f64::INFINITY);
        if k == 0 || is_no_distance(max_distance_m) {
            return Vec::new();
        }
        let centre = ecef(from);
        let mut best = Best::new(k, max_distance_m);
        let mut walk = Walk::from_root(self.tree.root(), centre);
        while walk.enter(best.stop_2) {
            for &(chord_2, stored) in walk.near() {
                if chord_2 <= best.stop_2 && accept(stored.key) {
                    best.offer(chord_2, stored);
                }
            }
        }
        best.into_hits(from, &centre, max_distance_m)
    }

    /// Shows every accepted point at most `radius_m` away (included) to `visit`, in no particular order.
    ///
    /// Costs a geodesic distance only for points within micrometres of the edge: use it to count and sum,
    /// and [`nearest`](Self::nearest) with the radius as maximum distance for the first few in order.
    pub fn within(
        &self,
        from: LonLat,
        radius_m: f64,
        mut accept: impl FnMut(K) -> bool,
        mut visit: impl FnMut(K, LonLat),
    ) {
        let (centre, inside_2) = (ecef(from), certainly_within_2(radius_m));
        self.candidates(&centre, radius_m, |stored, chord_2| {
            if accept(stored.key)
                && (chord_2 <= inside_2 || hit(stored, from, &centre).distance_m <= radius_m)
            {
                visit(stored.key, stored.at);
            }
        });
    }

    /// Every accepted point at most `radius_m` away (included), sorted by (distance, key).
    pub fn within_hits(
        &self,
        from: LonLat,
        radius_m: f64,
        mut accept: impl FnMut(K) -> bool,
    ) -> Vec<Hit<K>> {
        let (centre, mut hits) = (ecef(from), Vec::new());
        self.candidates(&centre, radius_m, |stored, _| {
            if accept(stored.key) {
                hits.push(Ranked(hit(stored, from, &centre)));
            }
        });
        hits.retain(|ranked| ranked.0.distance_m <= radius_m);
        hits.sort_unstable();
        hits.into_iter().map(|ranked| ranked.0).collect()
    }

    /// All points whose chord does not prove that they are beyond the radius, each with its squared chord.
    fn candidates(&self, centre: &Ecef, radius_m: f64, mut each: impl FnMut(&Stored<K>, f64)) {
        if is_no_distance(radius_m) {
            return;
        }
        for stored in self
            .tree
            .locate_within_distance(*centre, certainly_beyond_2(radius_m))
        {
            each(stored, chord_2(&stored.ecef, centre));
        }
    }
}

impl<K: Copy + Ord + Hash> Default for SpatialIndex<K> {
    fn default() -> Self {
        Self::new()
    }
}

/// Hits that room is made for at once; more are rarely asked for.
const USUAL: usize = 128;

/// The points that may be among the best. While walking they are judged by chord alone; what the chord cannot tell
/// apart stays, until the geodesic distances of the few that are left decide.
struct Best<'t, K> {
    k: usize,
    /// The `k` least squared chords so far, the greatest on top, as their bits: those of numbers from 0 up are in order.
    chords: BinaryHeap<u64>,
    /// Whatever was not beyond `stop_2` when it came.
    candidates: Vec<(f64, &'t Stored<K>)>,
    /// Squared chord above which no point can be among them.
    stop_2: f64,
}

impl<'t, K: Copy + Ord> Best<'t, K> {
    fn new(k: usize, max_distance_m: f64) -> Self {
        let room = k.min(USUAL);
        Self {
            k,
            chords: BinaryHeap::with_capacity(room),
            candidates: Vec::with_capacity(4 * room),
            stop_2: certainly_beyond_2(max_distance_m),
        }
    }

    fn offer(&mut self, chord_2: f64, stored: &'t Stored<K>) {
        self.candidates.push((chord_2, stored));
        if self.chords.len() < self.k {
            self.chords.push(chord_2.to_bits());
        } else if let Some(mut worst) = self
            .chords
            .peek_mut()
            .filter(|worst| chord_2.to_bits() < **worst)
        {
            *worst = chord_2.to_bits();
        } else {
            return;
        }
        if let (true, Some(&worst)) = (self.chords.len() == self.k, self.chords.peek()) {
            self.stop_2 = self.stop_2.min(certainly_farther_2(f64::from_bits(worst)));
        }
    }

    fn into_hits(self, from: LonLat, centre: &Ecef, max_distance_m: f64) -> Vec<Hit<K>> {
        let mut hits: Vec<_> = self
            .candidates
            .iter()
            .filter(|(chord_2, _)| *chord_2 <= self.stop_2)
            .map(|(_, stored)| Ranked(hit(stored, from, centre)))
            .filter(|ranked| ranked.0.distance_m <= max_distance_m)
            .collect();
        hits.sort_unstable();
        hits.truncate(self.k);
        hits.into_iter().map(|ranked| ranked.0).collect()
    }
}

fn hit<K: Copy>(stored: &Stored<K>, from: LonLat, centre: &Ecef) -> Hit<K> {
    Hit {
        key: stored.key,
        at: stored.at,
        distance_m: stored.geodesic_m(from, centre),
    }
}

/// Negative or NaN: nothing lies within it.
fn is_no_distance(distance_m: f64) -> bool {
    distance_m.is_nan() || distance_m < 0.0
}

/// A hit in the order of answers.
struct Ranked<K>(Hit<K>);

impl<K: Ord> Ord for Ranked<K> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0
            .distance_m
            .total_cmp(&other.0.distance_m)
            .then_with(|| self.0.key.cmp(&other.0.key))
    }
}

impl<K: Ord> PartialOrd for Ranked<K> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<K: Ord> PartialEq for Ranked<K> {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl<K: Ord> Eq for Ranked<K> {}
