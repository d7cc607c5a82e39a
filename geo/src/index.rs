//! Moving points found by distance: an R*-tree over earth-centred coordinates, refined by geodesic distance.
//!
//! Chords need no case for poles, the date line or the shrinking of degrees: raw longitudes and latitudes in such
//! a tree name the wrong nearest unit in a tenth of all queries at 40 degrees north.

use std::cmp::Ordering;
use std::collections::hash_map::Entry;
use std::collections::{BinaryHeap, HashMap};
use std::hash::Hash;

use rstar::{AABB, PointDistance, RTree, RTreeObject};

use crate::LonLat;
use crate::ellipsoid::{Ecef, certainly_beyond_2, certainly_within_2, chord_2, ecef};

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
    tree: RTree<Stored<K>>,
    /// What the tree holds for each key: removal must name the stored point (rule D29).
    stored: HashMap<K, Stored<K>>,
}

impl<K: Copy + Ord + Hash> SpatialIndex<K> {
    /// An empty index.
    #[must_use]
    pub fn new() -> Self {
        Self {
            tree: RTree::new(),
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
            tree: RTree::bulk_load(elements),
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
    /// `accept` is asked while walking outwards, about each point at most once, and only until `k` are sure.
    /// If it refuses a large share of all points, the rest is looked through without order, which is quicker then.
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
        let mut best = Best::new(from, k, max_distance_m);
        let mut patience = PATIENCE + self.len() / PATIENCE_PART;
        let mut walked_2 = -1.0;
        // Chords come in rising order, so the first one beyond the worst hit ends the walk.
        for (stored, chord_2) in self.tree.nearest_neighbor_iter_with_distance_2(centre) {
            if chord_2 > best.stop_2 {
                break;
            }
            if patience == 0 && chord_2 > walked_2 {
                self.scan(&centre, chord_2, &mut best, &mut accept);
                break;
            }
            walked_2 = chord_2;
            if accept(stored.key) {
                best.offer(stored);
            } else {
                patience = patience.saturating_sub(1);
            }
        }
        best.into_hits()
    }

    /// Offers every accepted point whose squared chord is `least_2` or more. The order of the map does not show:
    /// what is kept depends on (distance, key) alone.
    fn scan(
        &self,
        centre: &Ecef,
        least_2: f64,
        best: &mut Best<K>,
        mut accept: impl FnMut(K) -> bool,
    ) {
        for stored in self.stored.values() {
            let chord_2 = chord_2(&stored.ecef, centre);
            if chord_2 >= least_2 && chord_2 <= best.stop_2 && accept(stored.key) {
                best.offer(stored);
            }
        }
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
        let inside_2 = certainly_within_2(radius_m);
        self.candidates(from, radius_m, |stored, chord_2| {
            if accept(stored.key) && (chord_2 <= inside_2 || from.geodesic_m(stored.at) <= radius_m)
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
        let mut hits = Vec::new();
        self.candidates(from, radius_m, |stored, _| {
            if accept(stored.key) {
                hits.push(Ranked(stored.hit(from)));
            }
        });
        hits.retain(|ranked| ranked.0.distance_m <= radius_m);
        hits.sort_unstable();
        hits.into_iter().map(|ranked| ranked.0).collect()
    }

    /// All points whose chord does not prove that they are beyond the radius, each with its squared chord.
    fn candidates(&self, from: LonLat, radius_m: f64, mut each: impl FnMut(&Stored<K>, f64)) {
        if is_no_distance(radius_m) {
            return;
        }
        let centre = ecef(from);
        for stored in self
            .tree
            .locate_within_distance(centre, certainly_beyond_2(radius_m))
        {
            each(stored, chord_2(&stored.ecef, &centre));
        }
    }
}

impl<K: Copy + Ord + Hash> Default for SpatialIndex<K> {
    fn default() -> Self {
        Self::new()
    }
}

/// Refused points after which a walk turns into a scan: this many, and
const PATIENCE: usize = 256;
/// this part of all points. A step of the walk costs some thirty times that of a scan, so that neither costs
/// much more than twice what the better one alone would have.
const PATIENCE_PART: usize = 32;

/// The best hits so far.
struct Best<K> {
    from: LonLat,
    k: usize,
    max_distance_m: f64,
    /// The worst on top.
    heap: BinaryHeap<Ranked<K>>,
    /// Squared chord above which no point can be among them.
    stop_2: f64,
}

impl<K: Copy + Ord> Best<K> {
    fn new(from: LonLat, k: usize, max_distance_m: f64) -> Self {
        Self {
            from,
            k,
            max_distance_m,
            heap: BinaryHeap::new(),
            stop_2: certainly_beyond_2(max_distance_m),
        }
    }

    fn offer(&mut self, stored: &Stored<K>) {
        let ranked = Ranked(stored.hit(self.from));
        if ranked.0.distance_m > self.max_distance_m {
            return;
        }
        self.heap.push(ranked);
        if self.heap.len() > self.k {
            self.heap.pop();
        }
        if let (true, Some(worst)) = (self.heap.len() == self.k, self.heap.peek()) {
            self.stop_2 = self.stop_2.min(certainly_beyond_2(worst.0.distance_m));
        }
    }

    fn into_hits(self) -> Vec<Hit<K>> {
        self.heap
            .into_sorted_vec()
            .into_iter()
            .map(|ranked| ranked.0)
            .collect()
    }
}

/// Negative or NaN: nothing lies within it.
fn is_no_distance(distance_m: f64) -> bool {
    distance_m.is_nan() || distance_m < 0.0
}

/// What the tree holds.
#[derive(Clone, Copy, Debug)]
struct Stored<K> {
    key: K,
    at: LonLat,
    ecef: Ecef,
}

impl<K: Copy> Stored<K> {
    fn new(key: K, at: LonLat) -> Self {
        Self {
            key,
            at,
            ecef: ecef(at),
        }
    }

    fn hit(&self, from: LonLat) -> Hit<K> {
        Hit {
            key: self.key,
            at: self.at,
            distance_m: from.geodesic_m(self.at),
        }
    }
}

/// A key is in the tree once, so that the key alone tells which point to remove.
impl<K: PartialEq> PartialEq for Stored<K> {
    fn eq(&self, other: &Self) -> bool {
        self.key == other.key
    }
}

impl<K> RTreeObject for Stored<K> {
    type Envelope = AABB<Ecef>;

    fn envelope(&self) -> Self::Envelope {
        AABB::from_point(self.ecef)
    }
}

impl<K> PointDistance for Stored<K> {
    fn distance_2(&self, point: &Ecef) -> f64 {
        chord_2(&self.ecef, point)
    }
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
