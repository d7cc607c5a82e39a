//! A shape that people draw on the map: a point, a line or an area, GeoJSON in WGS-84 degrees, checked when made.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{Rejection, RejectionCode};

/// Most vertices of a shape, the closing one of a ring not counted.
pub const MAX_VERTICES: usize = 500;
/// Widest shape, degrees of longitude or latitude: what is drawn is local, and flat enough to be judged as such.
pub const MAX_EXTENT_DEG: f64 = 5.0;
/// Shapes are kept to 1e-6 degrees (0.1 m). Exact in whole numbers, and far above what doubles lose, so that PostGIS
/// finds valid what was found valid here.
const GRID: f64 = 1e6;

/// A GeoJSON geometry as it is sent: `Point`, `LineString` or `Polygon` with one ring.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "type", content = "coordinates", deny_unknown_fields)]
pub enum Geometry {
    Point([f64; 2]),
    LineString(Vec<[f64; 2]>),
    Polygon(Vec<Vec<[f64; 2]>>),
}

/// A checked geometry: finite, in range, without repeated vertices; a ring is closed, does not touch itself, holds an
/// area and runs counter-clockwise.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Geometry", into = "Geometry")]
pub struct Shape(Geometry);

/// Why a geometry was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ShapeError {
    #[error("a longitude lies in -180..180, a latitude in -90..90, and 0, 0 is no place of ours")]
    OutOfRange,
    #[error("a shape has at most {MAX_VERTICES} vertices")]
    TooManyVertices,
    #[error("a shape is at most {MAX_EXTENT_DEG} degrees wide")]
    TooWide,
    #[error("an area has one ring")]
    Rings,
    #[error("a line has two different vertices at least, an area three")]
    TooFewVertices,
    #[error("the last vertex of a ring is its first")]
    RingOpen,
    #[error("the ring crosses or touches itself")]
    RingCrosses,
    #[error("the vertices lie on one line")]
    NoArea,
}

impl From<ShapeError> for Rejection {
    fn from(error: ShapeError) -> Self {
        use ShapeError::{
            NoArea, OutOfRange, RingCrosses, RingOpen, Rings, TooFewVertices, TooManyVertices,
            TooWide,
        };
        let code = match error {
            OutOfRange | TooManyVertices | TooWide | Rings => RejectionCode::OutOfLimits,
            TooFewVertices => RejectionCode::TooFewVertices,
            RingOpen => RejectionCode::RingOpen,
            RingCrosses => RejectionCode::RingCrosses,
            NoArea => RejectionCode::NoArea,
        };
        Self::new(code, error.to_string())
    }
}

impl TryFrom<Geometry> for Shape {
    type Error = ShapeError;

    fn try_from(geometry: Geometry) -> Result<Self, ShapeError> {
        Ok(Self(match geometry {
            Geometry::Point(position) => Geometry::Point(degrees(grid(position)?)),
            Geometry::LineString(positions) => Geometry::LineString(line(&positions)?),
            Geometry::Polygon(rings) => match rings.as_slice() {
                [outline] => Geometry::Polygon(vec![ring(outline)?]),
                _ => return Err(ShapeError::Rings),
            },
        }))
    }
}

impl From<Shape> for Geometry {
    fn from(shape: Shape) -> Self {
        shape.0
    }
}

impl Shape {
    /// The geometry.
    #[must_use]
    pub fn geometry(&self) -> &Geometry {
        &self.0
    }

    /// Its first vertex, `[lon, lat]`.
    #[must_use]
    pub fn first(&self) -> [f64; 2] {
        match &self.0 {
            Geometry::Point(position) => *position,
            Geometry::LineString(line) => line.first().copied().unwrap_or_default(),
            Geometry::Polygon(rings) => rings
                .first()
                .and_then(|ring| ring.first())
                .copied()
                .unwrap_or_default(),
        }
    }
}

/// A vertex in whole steps of the grid.
type Vertex = (i64, i64);

fn grid([lon, lat]: [f64; 2]) -> Result<Vertex, ShapeError> {
    // Written so that NaN is out of range too.
    let in_range = lon.abs() <= 180.0 && lat.abs() <= 90.0;
    #[expect(
        clippy::cast_possible_truncation,
        reason = "at most 180 million after the check of the range"
    )]
    let vertex = ((lon * GRID).round() as i64, (lat * GRID).round() as i64);
    if in_range && vertex != (0, 0) {
        Ok(vertex)
    } else {
        Err(ShapeError::OutOfRange)
    }
}

fn degrees((x, y): Vertex) -> [f64; 2] {
    #[expect(clippy::cast_precision_loss, reason = "at most 180 million")]
    [x as f64 / GRID, y as f64 / GRID]
}

/// The vertices without repeats, few enough and near enough to each other.
fn vertices(positions: &[[f64; 2]], most: usize) -> Result<Vec<Vertex>, ShapeError> {
    if positions.len() > most {
        return Err(ShapeError::TooManyVertices);
    }
    let mut vertices: Vec<Vertex> = Vec::with_capacity(positions.len());
    for position in positions {
        vertices.push(grid(*position)?);
    }
    vertices.dedup();
    let wide = |of: fn(&Vertex) -> i64| {
        let values = || vertices.iter().map(of);
        degrees((values().max().unwrap_or(0) - values().min().unwrap_or(0), 0))[0] > MAX_EXTENT_DEG
    };
    if wide(|v| v.0) || wide(|v| v.1) {
        return Err(ShapeError::TooWide);
    }
    Ok(vertices)
}

fn line(positions: &[[f64; 2]]) -> Result<Vec<[f64; 2]>, ShapeError> {
    let vertices = vertices(positions, MAX_VERTICES)?;
    if vertices.len() < 2 {
        return Err(ShapeError::TooFewVertices);
    }
    Ok(vertices.into_iter().map(degrees).collect())
}

fn ring(positions: &[[f64; 2]]) -> Result<Vec<[f64; 2]>, ShapeError> {
    let mut ring = vertices(positions, MAX_VERTICES + 1)?;
    if ring.len() < 2 {
        return Err(ShapeError::TooFewVertices);
    }
    if ring.first() != ring.last() {
        return Err(ShapeError::RingOpen);
    }
    if ring.len() < 4 {
        return Err(ShapeError::TooFewVertices);
    }
    if edges_meet(&ring) {
        return Err(ShapeError::RingCrosses);
    }
    let area = doubled_area(&ring);
    if area == 0 {
        return Err(ShapeError::NoArea);
    }
    if turns_back(&ring) {
        return Err(ShapeError::RingCrosses);
    }
    if area < 0 {
        ring.reverse();
    }
    Ok(ring.into_iter().map(degrees).collect())
}

/// Twice the area of the triangle a, b, c; positive if it runs counter-clockwise. Exact.
fn turn(a: Vertex, b: Vertex, c: Vertex) -> i64 {
    (b.0 - a.0) * (c.1 - a.1) - (b.1 - a.1) * (c.0 - a.0)
}

fn doubled_area(ring: &[Vertex]) -> i64 {
    let Some(origin) = ring.first() else { return 0 };
    ring.windows(2)
        .map(|edge| turn(*origin, edge[0], edge[1]))
        .sum()
}

/// Whether two edges that are no neighbours have a point in common.
fn edges_meet(ring: &[Vertex]) -> bool {
    let edges: Vec<(Vertex, Vertex)> = ring.windows(2).map(|edge| (edge[0], edge[1])).collect();
    let last = edges.len().saturating_sub(1);
    edges.iter().enumerate().any(|(i, edge)| {
        let others = edges.iter().enumerate().skip(i + 2);
        others
            .filter(|(j, _)| i != 0 || *j != last)
            .any(|(_, other)| meet(*edge, *other))
    })
}

/// Whether an edge runs back over the one before it.
fn turns_back(ring: &[Vertex]) -> bool {
    let open = &ring[..ring.len() - 1];
    let count = open.len();
    (0..count).any(|at| {
        let (a, b, c) = (
            open[(at + count - 1) % count],
            open[at],
            open[(at + 1) % count],
        );
        let forth = (b.0 - a.0) * (c.0 - b.0) + (b.1 - a.1) * (c.1 - b.1);
        turn(a, b, c) == 0 && forth < 0
    })
}

fn meet((a, b): (Vertex, Vertex), (c, d): (Vertex, Vertex)) -> bool {
    let side = |a, b, c| turn(a, b, c).signum();
    let (c_side, d_side, a_side, b_side) =
        (side(a, b, c), side(a, b, d), side(c, d, a), side(c, d, b));
    if c_side != d_side && a_side != b_side {
        return true;
    }
    let on = |a: Vertex, b: Vertex, p: Vertex| {
        (a.0.min(b.0)..=a.0.max(b.0)).contains(&p.0) && (a.1.min(b.1)..=a.1.max(b.1)).contains(&p.1)
    };
    (c_side == 0 && on(a, b, c))
        || (d_side == 0 && on(a, b, d))
        || (a_side == 0 && on(c, d, a))
        || (b_side == 0 && on(c, d, b))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn area(points: &[(f64, f64)]) -> Result<Shape, ShapeError> {
        let ring = points
            .iter()
            .map(|(x, y)| [112.0 + x, 39.0 + y])
            .collect::<Vec<_>>();
        Shape::try_from(Geometry::Polygon(vec![ring]))
    }

    type Row<'a> = (&'a [(f64, f64)], Option<ShapeError>);

    #[test]
    fn rings_are_closed_simple_and_hold_something() {
        let square = [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0), (0.0, 0.0)];
        let rows: [Row<'_>; 10] = [
            (&square, None),
            (&square[..4], Some(ShapeError::RingOpen)),
            (&[(0.0, 0.0)], Some(ShapeError::TooFewVertices)),
            (
                &[(0.0, 0.0), (1.0, 1.0), (0.0, 0.0)],
                Some(ShapeError::TooFewVertices),
            ),
            (
                &[(0.0, 0.0), (1.0, 1.0), (2.0, 2.0), (0.0, 0.0)],
                Some(ShapeError::NoArea),
            ),
            // A bow tie, a ring that touches itself in a vertex, one that touches an edge, and one with a spike.
            (
                &[(0.0, 0.0), (1.0, 1.0), (1.0, 0.0), (0.0, 1.0), (0.0, 0.0)],
                Some(ShapeError::RingCrosses),
            ),
            (
                &[
                    (0.0, 0.0),
                    (2.0, 0.0),
                    (1.0, 1.0),
                    (2.0, 2.0),
                    (0.0, 2.0),
                    (1.0, 1.0),
                    (0.0, 0.0),
                ],
                Some(ShapeError::RingCrosses),
            ),
            (
                &[
                    (0.0, 0.0),
                    (2.0, 0.0),
                    (2.0, 2.0),
                    (1.0, 0.0),
                    (0.0, 2.0),
                    (0.0, 0.0),
                ],
                Some(ShapeError::RingCrosses),
            ),
            (
                &[(0.0, 0.0), (2.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 0.0)],
                Some(ShapeError::RingCrosses),
            ),
            (
                &[(0.0, 0.0), (5.1, 0.0), (0.0, 1.0), (0.0, 0.0)],
                Some(ShapeError::TooWide),
            ),
        ];
        for (ring, expected) in rows {
            assert_eq!(area(ring).err(), expected, "{ring:?}");
        }
    }

    #[test]
    fn shapes_are_kept_in_one_way() {
        // Clockwise, with a repeated vertex and more digits than are kept.
        let drawn = area(&[
            (0.0, 0.0),
            (0.0, 1.0),
            (0.0, 1.0),
            (1.000_000_4, 1.0),
            (0.0, 0.0),
        ]);
        let kept = area(&[(0.0, 0.0), (1.0, 1.0), (0.0, 1.0), (0.0, 0.0)]);
        assert_eq!(drawn, kept);
        let again = drawn.map(|shape| Shape::try_from(shape.geometry().clone()));
        assert_eq!(again, Ok(kept));
    }

    #[test]
    fn only_real_places_pass() {
        let point = |lon, lat| Shape::try_from(Geometry::Point([lon, lat]));
        assert!(point(112.4, 39.3).is_ok());
        for (lon, lat) in [
            (f64::NAN, 0.0),
            (f64::INFINITY, 0.0),
            (181.0, 0.0),
            (0.0, -91.0),
            (0.0, 0.0),
        ] {
            assert_eq!(point(lon, lat), Err(ShapeError::OutOfRange), "{lon} {lat}");
        }
        let line = |count: usize| {
            #[expect(clippy::cast_precision_loss, reason = "a few hundred")]
            let positions = (0..count).map(|n| [112.0 + n as f64 / 1e3, 39.0]).collect();
            Shape::try_from(Geometry::LineString(positions)).map(|_| ())
        };
        assert_eq!(line(1), Err(ShapeError::TooFewVertices));
        assert_eq!(line(MAX_VERTICES), Ok(()));
        assert_eq!(line(MAX_VERTICES + 1), Err(ShapeError::TooManyVertices));
    }
}
