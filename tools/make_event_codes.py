#!/usr/bin/env python3
"""Make data/events/codes.tsv: CAMEO code and Goldstein value.

  make_event_codes.py CAMEO_TABLE > data/events/codes.tsv

CAMEO_TABLE: tab-separated, with the columns code and goldstein (values as GDELT and ICEWS publish
them; a code without a value takes that of its parent)."""
import csv
import sys

rows = list(csv.DictReader(open(sys.argv[1], encoding="utf-8"), delimiter="\t"))
value = {r["code"]: r["goldstein"] for r in rows}
print("# CAMEO codes and their Goldstein values (-10 to 10). Fields: code, value")
print("# Source: the scale published with GDELT and ICEWS; made by tools/make_event_codes.py. License: numbers (facts)")
for r in rows:
    code = r["code"]
    while code and not value.get(code):
        code = code[:-1]
    if code:
        print("%s\t%s" % (r["code"], value[code]))
