#!/usr/bin/env python3
"""Parse the texts of tests/golden/actors/cases.txt anew (needs spaCy: see spacy_conllu.py).

    actor_cases.py        writes tests/golden/actors/parses/ID.conllu and ID.txt
"""
import os
import re
import subprocess
import sys
import tempfile

here = os.path.dirname(os.path.abspath(__file__))
golden = os.path.join(here, "..", "golden", "actors")
fact = re.compile(r"~?(=|!|type|code|country|role|none) ")
cases, ident = {}, None
for line in open(os.path.join(golden, "cases.txt"), encoding="utf-8"):
    line = line.rstrip("\n")
    if line.startswith("## "):
        ident = line[3:]
        cases[ident] = []
    elif ident and line and not line.startswith("#") and not fact.match(line):
        cases[ident].append(line)
with tempfile.TemporaryDirectory() as tmp:
    for name, lines in cases.items():
        with open(os.path.join(tmp, name + ".txt"), "w", encoding="utf-8", newline="") as f:
            f.write("\n".join(lines))
    out = os.path.join(golden, "parses")
    files = [os.path.join(tmp, n + ".txt") for n in cases]
    subprocess.run([sys.executable, os.path.join(here, "spacy_conllu.py"), "-o", out] + files, check=True)
    for n in os.listdir(out):
        if n.rsplit(".", 1)[0] not in cases:
            os.remove(os.path.join(out, n))
