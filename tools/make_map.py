#!/usr/bin/env python3
"""Makes web/map.tsv from Natural Earth's outlines (public domain) as npm world-atlas 2.0.2 carries them:
    make_map.py node_modules/world-atlas/countries-110m.json iso_3166-1.json > web/map.tsv
iso_3166-1.json is Debian's iso-codes (numbers to alpha-3). Projection: Equal Earth (Savric, Patterson,
Jenny 2018) into 2000 x 973. Needed once a release of the outlines, never to build or run."""
import json, math, sys

topo = json.load(open(sys.argv[1]))
alpha3 = {c["numeric"]: c["alpha_3"] for c in json.load(open(sys.argv[2]))["3166-1"]}
scale, move = topo["transform"]["scale"], topo["transform"]["translate"]
A1, A2, A3, A4 = 1.340264, -0.081106, 0.000893, 0.003796


def project(lon, lat):
    t = math.asin(math.sqrt(3) / 2 * math.sin(math.radians(lat)))
    x = 2 * math.sqrt(3) * math.radians(lon) * math.cos(t) / (
        3 * (9 * A4 * t**8 + 7 * A3 * t**6 + 3 * A2 * t**2 + A1))
    y = A4 * t**9 + A3 * t**7 + A2 * t**3 + A1 * t
    return round(1000 + x * 369.5), round(486.5 - y * 369.5)


def decode(arc):
    x = y = 0
    out = []
    for dx, dy in arc:
        x, y = x + dx, y + dy
        out.append((x * scale[0] + move[0], y * scale[1] + move[1]))
    return out


arcs = [decode(a) for a in topo["arcs"]]


def ring(indices):
    points = []
    for i in indices:
        part = arcs[i] if i >= 0 else arcs[~i][::-1]
        points += part if not points else part[1:]
    whole, shift = [], 0  # a coast that crosses 180 degrees goes on beyond it
    for k, (lon, lat) in enumerate(points):
        if k and lon - points[k - 1][0] > 180:
            shift -= 360
        elif k and lon - points[k - 1][0] < -180:
            shift += 360
        whole.append((lon + shift, lat))
    if min(p[0] for p in whole) < -181:
        whole = [(lon + 360, lat) for lon, lat in whole]
    out, last = [], None
    for p in (project(lon, lat) for lon, lat in whole):
        if last is None:
            out.append("M%d %d" % p)
        elif p != last:
            out.append("l%d %d" % (p[0] - last[0], p[1] - last[1]))
        last = p
    return "".join(out).replace(" -", "-") + "z" if len(out) > 3 else ""


print("# Source: Natural Earth 1:110m admin 0, npm world-atlas 2.0.2; made by tools/make_map.py")
print("# License: public domain")
print("# Fields: ISO 3166-1 alpha-3 (empty: none), name, path in 2000 x 973 (Equal Earth)")
rows = []
for g in topo["objects"]["countries"]["geometries"]:
    polygons = g["arcs"] if g["type"] == "MultiPolygon" else [g["arcs"]]
    path = "".join(ring(r) for p in polygons for r in p)
    name = g["properties"]["name"]
    code = alpha3.get(g.get("id", ""), "XKX" if name == "Kosovo" else "")
    if code != "ATA":
        rows.append((code, name, path))
for row in sorted(rows):
    print("\t".join(row))
