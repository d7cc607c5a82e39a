//! What the index keeps its points in: an R*-tree over earth-centred coordinates, and a walk outwards through it.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use rstar::{
    AABB, ParentNode, PointDistance, RStarInsertionStrategy, RTreeNode, RTreeObject, RTreeParams,
};

use crate::LonLat;
use crate::ellipsoid::{Ecef, chord_2, ecef, geodesic_m};

/// Form of the tree: wide nodes, whose children lie side by side in memory. With 100 000 points a walk is bound by
/// the time to fetch nodes; against nodes of six (rstar's own) a query takes half the time and a move, too.
#[derive(Clone, Debug)]
pub(crate) struct Wide;

impl RTreeParams for Wide {
    const MIN_SIZE: usize = 10;
    const MAX_SIZE: usize = 32;
    const REINSERTION_COUNT: usize = 8;
    type DefaultInsertionStrategy = RStarInsertionStrategy;
}

/// A walk outwards from a place: nodes in rising order of the least chord to anything in them.
pub(crate) struct Walk<'t, K> {
    centre: Ecef,
    ahead: BinaryHeap<Ahead<'t, K>>,
    /// The points of the node entered last, each with its squared chord.
    near: Vec<(f64, &'t Stored<K>)>,
    /// The squared chords of its children, in their order.
    chords: Vec<f64>,
}

/// Nodes that a walk usually has ahead at once.
const AHEAD: usize = 64;

impl<'t, K: Copy> Walk<'t, K> {
    pub(crate) fn from_root(root: &'t ParentNode<Stored<K>>, centre: Ecef) -> Self {
        let mut ahead = BinaryHeap::with_capacity(AHEAD);
        ahead.push(Ahead {
            chord_2: 0.0,
            node: root,
        });
        Self {
            centre,
            ahead,
            near: Vec::with_capacity(Wide::MAX_SIZE),
            chords: Vec::with_capacity(Wide::MAX_SIZE),
        }
    }

    /// Enters the next node; false if all that are left lie beyond `stop_2`.
    pub(crate) fn enter(&mut self, stop_2: f64) -> bool {
        self.near.clear();
        let next = self.ahead.pop();
        let Some(Ahead { node, .. }) = next.filter(|next| next.chord_2 <= stop_2) else {
            return false;
        };
        let children = node.children();
        // First all chords, then what follows from them: so memory is read ahead of every decision.
        self.chords.clear();
        let chords = children.iter().map(|child| match child {
            RTreeNode::Parent(node) => least_chord_2(&node.envelope(), &self.centre),
            RTreeNode::Leaf(stored) => chord_2(&stored.ecef, &self.centre),
        });
        self.chords.extend(chords);
        for (child, &chord_2) in children.iter().zip(&self.chords) {
            match child {
                _ if chord_2 > stop_2 => {}
                RTreeNode::Parent(node) => self.ahead.push(Ahead { chord_2, node }),
                RTreeNode::Leaf(stored) => self.near.push((chord_2, stored)),
            }
        }
        true
    }

    /// The points of the node entered last, in no particular order.
    pub(crate) fn near(&self) -> &[(f64, &'t Stored<K>)] {
        &self.near
    }
}

/// Least squared chord to anything in a box. Does what rstar does, in a form that compiles to a few instructions.
fn least_chord_2(within: &AABB<Ecef>, centre: &Ecef) -> f64 {
    let (low, high) = (within.lower(), within.upper());
    let beyond = |axis: usize| {
        (low[axis] - centre[axis])
            .max(centre[axis] - high[axis])
            .max(0.0)
    };
    let [x, y, z] = [beyond(0), beyond(1), beyond(2)];
    x * x + y * y + z * z
}

/// A node that a walk has yet to enter; the nearest is the greatest.
struct Ahead<'t, K> {
    /// Least squared chord to anything in it.
    chord_2: f64,
    node: &'t ParentNode<Stored<K>>,
}

impl<K> Ord for Ahead<'_, K> {
    fn cmp(&self, other: &Self) -> Ordering {
        other.chord_2.total_cmp(&self.chord_2)
    }
}

impl<K> PartialOrd for Ahead<'_, K> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<K> PartialEq for Ahead<'_, K> {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl<K> Eq for Ahead<'_, K> {}

/// What the tree holds.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Stored<K> {
    pub(crate) key: K,
    pub(crate) at: LonLat,
    pub(crate) ecef: Ecef,
}

impl<K: Copy> Stored<K> {
    pub(crate) fn new(key: K, at: LonLat) -> Self {
        Self {
            key,
            at,
            ecef: ecef(at),
        }
    }

    /// Its distance in metres from a place that is given twice.
    pub(crate) fn geodesic_m(&self, from: LonLat, centre: &Ecef) -> f64 {
        geodesic_m((from, centre), (self.at, &self.ecef))
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
