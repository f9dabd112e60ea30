#!/usr/bin/env python3
"""Fit the weights of statements (data/statements/weights.tsv) to annotated articles.

  statement_dump --features PARSES/wikinews_train > w.jsonl        (and so on)
  tools/fit_statements.py --out data/statements/weights.tsv \\
      wikinews:GOLD/wikinews/train.jsonl:w.jsonl record:ARTICLES/train:a.jsonl gum:GOLD/gum/train.jsonl.gz:g.jsonl

A candidate is right where its content and that of an annotated statement share at least half of
their words, and its source is right too (--label). Logistic regression with L2; folds by article
give the numbers that are printed; the weights are fitted to all. Needs numpy.

gum: marks clauses alone; candidates of other shapes are left out there.
"""
import argparse
import collections
import gzip
import json
import os
import re
import sys

import numpy as np


def read_lines(path):
    with (gzip.open(path, "rt", encoding="utf-8") if path.endswith(".gz") else open(path, encoding="utf-8")) as f:
        return [json.loads(l) for l in f]


def gold_articles(kind, path):
    """id -> (text bytes, statements)"""
    out = {}
    if kind == "record":
        for name in sorted(os.listdir(path)):
            if name.endswith(".gold.json"):
                d = json.load(open(os.path.join(path, name), encoding="utf-8"))
                text = open(os.path.join(path, name[:-10] + ".txt"), "rb").read()
                out[d["id"]] = (text, [s for s in d["statements"]])
    else:
        for d in read_lines(path):
            out[d["id"]] = (d["text"].encode(), d["attributions"])
    return out


def listed(v):
    if not v:
        return []
    if isinstance(v, dict):
        v = v.get("span")
        return [v] if v else []
    return [v] if isinstance(v[0], int) else v


def tokens_of(text):
    return [(m.start(), m.end()) for m in re.finditer(rb"\S+", text)]


def covered(tokens, spans):
    return {i for i, (s, e) in enumerate(tokens) for a, b in spans if s < b and a < e}


def jaccard(a, b):
    return len(a & b) / len(a | b) if a | b else 0.0


def load(spec, label):
    kind, gold_path, cands_path = spec.split(":")
    rows = []  # (article, features, y, cand)
    missed = collections.Counter()
    gold = gold_articles(kind, gold_path)
    for line in read_lines(cands_path):
        if line["id"] not in gold:
            continue
        text, statements = gold[line["id"]]
        toks = tokens_of(text)
        g = [(covered(toks, listed(s["content"])), covered(toks, listed(s.get("source"))), covered(toks, listed(s.get("cue"))), s) for s in statements]
        found = set()
        best = collections.defaultdict(float)  # gold -> best share among the candidates
        for c in line["candidates"]:
            ct = covered(toks, c["content"])
            for n, x in enumerate(g):
                best[n] = max(best[n], jaccard(ct, x[0]))
        for c in line["candidates"]:
            family = c["rule"].split(".")[0]
            if kind == "gum" and family not in ("clause", "quote", "according", "name"):
                continue
            ct, cs, cc = covered(toks, c["content"]), covered(toks, listed(c.get("source"))), covered(toks, c["cue"])
            y = 0.0
            for n, (gt, gs, gc, s) in enumerate(g):
                j = jaccard(ct, gt)
                if j >= 0.5:
                    ok = (not gs and not cs) or (gs and cs and (jaccard(gs, cs) >= 0.5 or (len(gs & cs) * 2 >= len(cs))))
                    v = 1.0 if label == "content" or ok else 0.3
                    if j < best[n] - 0.05:  # another candidate has it better
                        v *= 0.5
                    found.add(n)
                    y = max(y, v)
            rows.append((line["id"], c["features"], y, c, max([jaccard(ct, x[0]) for x in g], default=0)))
        for n, (_, _, _, s) in enumerate(g):
            missed["found" if n in found else "missed", s.get("layer", "core")] += 1
    print(spec.split(":")[0], dict(missed), len(rows), "candidates, right", sum(r[2] >= .5 for r in rows))
    return rows


def fit(X, y, n, l2, steps=300):
    """X: list of index arrays. Weighted features 0/1. Newton-free: Adagrad-free plain L-BFGS by numpy."""
    rows = np.concatenate([np.full(len(x), i) for i, x in enumerate(X)])
    cols = np.concatenate(X)
    w = np.zeros(n)
    reg = np.full(n, l2)
    reg[0] = 0.0
    y = np.asarray(y)

    def value(w):
        z = np.bincount(rows, w[cols], len(X))
        p = 1 / (1 + np.exp(-z))
        loss = np.sum(np.logaddexp(0, z) - y * z) + 0.5 * np.sum(reg * w * w)
        grad = np.bincount(cols, (p - y)[rows], n) + reg * w
        return loss, grad

    # L-BFGS
    S, Y = [], []
    f, g = value(w)
    for _ in range(steps):
        q = g.copy()
        al = []
        for s, yy in reversed(list(zip(S, Y))):
            a = s @ q / (yy @ s)
            al.append(a)
            q -= a * yy
        if S:
            q *= (S[-1] @ Y[-1]) / (Y[-1] @ Y[-1])
        else:
            q *= 1e-2
        for (s, yy), a in zip(zip(S, Y), reversed(al)):
            q += s * (a - yy @ q / (yy @ s))
        t = 1.0
        while True:
            nw = w - t * q
            nf, ng = value(nw)
            if nf <= f - 1e-4 * t * (g @ q) or t < 1e-8:
                break
            t /= 2
        if f - nf < 1e-5 * abs(f) * 1e-2:
            w = nw
            break
        s, yy = nw - w, ng - g
        if s @ yy > 1e-10:
            S.append(s)
            Y.append(yy)
            S, Y = S[-10:], Y[-10:]
        w, f, g = nw, nf, ng
    return w


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("sets", nargs="+", help="KIND:GOLD:CANDIDATES")
    ap.add_argument("--out", help="file to write")
    ap.add_argument("--label", choices=("content", "source"), default="source")
    ap.add_argument("--l2", type=float, default=6.0)
    ap.add_argument("--min", type=int, default=3, help="features seen less often are left out")
    ap.add_argument("--threshold", type=float, default=0.44)
    ap.add_argument("--threshold-nested", type=float, default=0.55, help="within the content of another statement")
    ap.add_argument("--threshold-quoted", type=float, default=0.3, help="of a quotation beside its cue")
    args = ap.parse_args()
    rows = [r for s in args.sets for r in load(s, args.label)]
    count = collections.Counter(f for r in rows for f in set(r[1]))
    names = ["bias=1"] + sorted(f for f, n in count.items() if n >= args.min and f != "bias=1")
    index = {f: i for i, f in enumerate(names)}
    X = [np.array(sorted({index[f] for f in r[1] if f in index})) for r in rows]
    y = np.array([r[2] for r in rows])
    articles = sorted({r[0] for r in rows})
    fold = {a: i % 5 for i, a in enumerate(articles)}
    p = np.zeros(len(rows))
    for k in range(5):
        train = [i for i, r in enumerate(rows) if fold[r[0]] != k]
        test = [i for i, r in enumerate(rows) if fold[r[0]] == k]
        w = fit([X[i] for i in train], y[train], len(names), args.l2)
        p[test] = [1 / (1 + np.exp(-w[X[i]].sum())) for i in test]
    hard = y >= 0.5
    print("folds: log loss %.4f" % -np.mean(y * np.log(p + 1e-9) + (1 - y) * np.log(1 - p + 1e-9)))
    print("  p          n   right")
    for lo in np.arange(0, 1, 0.1):
        m = (p >= lo) & (p < lo + 0.1 + (lo > 0.89))
        if m.any():
            print("  %.1f-%.1f %6d   %.3f" % (lo, lo + 0.1, m.sum(), y[m].mean()))
    for t in (0.2, 0.3, 0.35, 0.4, 0.45, 0.5, 0.6):
        m = p >= t
        print("  threshold %.2f: kept %d, precision %.3f, recall of right candidates %.3f" % (t, m.sum(), hard[m].mean(), hard[m].sum() / hard.sum()))
    by = collections.defaultdict(list)
    for r, q in zip(rows, p):
        by[r[3]["rule"]].append((r[2] >= .5, q))
    for rule, v in sorted(by.items(), key=lambda x: -len(x[1])):
        kept = [a for a, q in v if q >= args.threshold]
        print("  %-26s n %5d right %.2f   kept %5d right %.2f" % (rule, len(v), sum(a for a, _ in v) / len(v), len(kept), sum(kept) / len(kept) if kept else 0))
    if args.out:
        w = fit(X, y, len(names), args.l2)
        with open(args.out, "w", encoding="utf-8") as f:
            f.write("# Weights of candidates of statements: log odds that one is right, summed over its features.\n"
                    "# Source: fitted by tools/fit_statements.py to Wikinews articles (CC BY 2.5, Wikinews contributors;\n"
                    "#   texts from dexter/dexter-datasets) annotated for this project, and to the train part of GUM V11\n"
                    "#   (Zeldes 2017; annotations CC BY 4.0), clauses alone. A statement needs p >= threshold.\n"
                    "# License: CC BY 4.0\n# Fields: feature weight\n")
            f.write("threshold\t%g\nthreshold-nested\t%g\nthreshold-quoted\t%g\n"
                    % (args.threshold, args.threshold_nested, args.threshold_quoted))
            for n, v in zip(names, w):
                if abs(v) >= 0.005:
                    f.write("%s\t%.3f\n" % (n, v))


if __name__ == "__main__":
    main()
