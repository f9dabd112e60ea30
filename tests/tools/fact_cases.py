#!/usr/bin/env python3
"""Store the parses of tests/golden/facts/cases.tsv, each sentence a document, as cases.conllu.

    fact_cases.py [CASES.TSV]      needs what spacy_conllu.py needs
"""
import json
import os
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
CASES = sys.argv[1] if len(sys.argv) > 1 else os.path.join(HERE, "..", "golden", "facts", "cases.tsv")


def main():
    with open(CASES, encoding="utf-8", newline="\n") as f:
        texts = [row.split("\t")[1] for row in f.read().split("\n") if row and not row.startswith("#")]
    with tempfile.TemporaryDirectory() as d:
        with open(os.path.join(d, "cases.jsonl"), "w", encoding="utf-8") as f:
            f.writelines(json.dumps({"id": "%04d" % i, "text": t}) + "\n" for i, t in enumerate(texts))
        subprocess.run([sys.executable, os.path.join(HERE, "spacy_conllu.py"), "--only-parses", "-o", d,
                        os.path.join(d, "cases.jsonl")], check=True)
        with open(os.path.splitext(CASES)[0] + ".conllu", "w", encoding="utf-8", newline="") as out:
            for i in range(len(texts)):
                with open(os.path.join(d, "%04d.conllu" % i), encoding="utf-8", newline="") as f:
                    out.write("# newdoc id = %04d\n" % i + f.read())


if __name__ == "__main__":
    main()
