#!/usr/bin/env python3
"""Fit the weights of disputes (data/disputes/weights.tsv) to annotated articles and own sentences.

  dispute_dump MODEL ARTICLES.jsonl > a.jsonl
  tools/fit_disputes.py [--out data/disputes/weights.tsv] record:ARTICLES/train:a.jsonl \\
      quoted:tools/disputes_wikinews.tsv:w.jsonl cases:tests/golden/facts/cases.tsv:c.jsonl

--texts FILE.jsonl writes the sentences of cases for dispute_dump. A pair is right where its claim
shares half of its words with an annotated claim and its answer a word with an answer to that claim.
Logistic regression with L2. Folds by article, drawn anew some times because there are few disputes, give the
numbers that are printed (disputes, responses, verdicts, counted as shared/score/score_record.py does, summed
over the draws); the weights are fitted to all. Needs numpy.
"""
import argparse
import collections
import json
import os
import random
import re

import numpy as np


def read_lines(path):
    with open(path, encoding="utf-8") as f:
        return [json.loads(l) for l in f]


def listed(v):
    if isinstance(v, dict):
        v = v.get("span")
    if not v:
        return []
    return [v] if isinstance(v[0], int) else v


class Words:
    def __init__(self, text):
        self.at = [(m.start(), m.end()) for m in re.finditer(rb"\w+|[^\w\s]", text)]

    def set(self, spans):
        return frozenset(i for i, (s, e) in enumerate(self.at) for a, b in spans if s < b and a < e)


def jaccard(a, b):
    return len(a & b) / len(a | b) if a | b else 0.0


def cells(path):
    for row in open(path, encoding="utf-8"):
        row = row.rstrip("\n")
        if row and not row.startswith("#"):
            yield row.split("\t")


def gold_of(kind, path):
    """id -> list of disputes: {"claim": spans or words, "free": extended, "responses": [(spans or words, verdicts)]}"""
    out = {}
    if kind == "record":
        for name in sorted(os.listdir(path)):
            if name.endswith(".gold.json"):
                d = json.load(open(os.path.join(path, name), encoding="utf-8"))
                out[name[:-10]] = [{"claim": listed(g["claim"]), "free": g.get("layer") == "extended",
                                    "responses": [(listed(r["span"]), [r["verdict"]] + g.get("verdict_also", []))
                                                  for r in g["responses"]]} for g in d["disputes"]]
    elif kind == "quoted":
        for ident, layer, claim, verdicts, answer in cells(path):
            out.setdefault(ident, []).append({"claim": claim, "free": layer == "extended", "responses": [(answer, verdicts.split(","))]})
    elif kind == "cases":
        n = 0
        for layer, text, facts in cells(path):
            if layer.lstrip("~") == "dispute":
                out["case-%04d" % n] = got = []
                for fact in facts.split(";") if facts else []:
                    verdict, _, answer, claim = [f.strip() for f in fact.split("|")]
                    got.append({"claim": claim, "free": False, "responses": [(answer, [verdict])]})
                n += 1
    return out


def place(text, what):
    if isinstance(what, str):
        at = text.find(what.encode())
        return [[at, at + len(what.encode())]] if at >= 0 else []
    return what


class Article:
    def __init__(self, line, gold, weight, kind):
        text = line["text"].encode()
        self.id, self.weight, self.kind = line["id"], weight, kind
        words = Words(text)
        self.gold = []
        for g in gold:
            self.gold.append(dict(g, claim=words.set(place(text, g["claim"])),
                                  responses=[(words.set(place(text, s)), v) for s, v in g["responses"]]))
        self.answers = []  # lists of pairs
        last = None
        for p in line["pairs"]:
            key = p["group"]
            if key != last:
                self.answers.append([])
                last = key
            p["c"], p["a"] = words.set([p["claim"]]), words.set([p["answer"]])
            p["text"] = text
            p["y"] = any(self.right(g, p) for g in self.gold)
            self.answers[-1].append(p)

    def right(self, g, p):
        # own sentences name a few words of the claim alone
        same = len(g["claim"] & p["c"]) == len(g["claim"]) > 0 if self.kind == "cases" else jaccard(g["claim"], p["c"]) >= 0.5
        return same and any(s & p["a"] for s, _ in g["responses"])


class Model:
    def __init__(self, names, w):
        self.index, self.w = {n: i for i, n in enumerate(names)}, w

    def p(self, features):
        z = sum(self.w[self.index[f]] for f in features if f in self.index)
        return 1.0 / (1.0 + np.exp(-z))


def fit(articles, l2, least, counter):
    count = collections.Counter(f for a in articles for pairs in a.answers for p in pairs for f in p["features"])
    names = sorted(f for f, n in count.items() if n >= least)
    index = {n: i for i, n in enumerate(names)}
    rows = [([index[f] for f in p["features"] if f in index], p["y"], a.weight * (counter if a.kind == "cases" and p["rule"] == "dispute.counter" else 1.0)) for a in articles for pairs in a.answers for p in pairs]
    x = np.zeros((len(rows), len(names)))
    for i, (r, _, _) in enumerate(rows):
        x[i, r] = 1.0
    y = np.array([r[1] for r in rows], float)
    weight = np.array([r[2] for r in rows], float)
    reg = np.array([l2 * (0.05 if n.endswith("bias=1") else 1.0) for n in names])
    w = np.zeros(len(names))
    for _ in range(60):  # Newton
        p = 1.0 / (1.0 + np.exp(-x @ w))
        g = x.T @ (weight * (p - y)) + reg * w
        h = (x * (weight * p * (1 - p))[:, None]).T @ x + np.diag(reg + 1e-9)
        step = np.linalg.solve(h, g)
        w -= step
        if np.abs(step).max() < 1e-6:
            break
    return Model(names, w)


def chosen(article, model, threshold):
    """The disputes the program would write: claim span -> (claim words, [pairs])."""
    out = collections.OrderedDict()
    for pairs in article.answers:
        best = max(pairs, key=lambda p: model.p(p["features"]))
        if model.p(best["features"]) >= threshold:
            out.setdefault(tuple(best["claim"]), (best["c"], []))[1].append(best)
    return out


def pair_up(scored):
    used_g, used_s, got = set(), set(), []
    for _, g, s in sorted(scored, key=lambda t: -t[0]):
        if g not in used_g and s not in used_s:
            used_g.add(g)
            used_s.add(s)
            got.append((g, s))
    return got


def tally(article, system, count):
    gold, sysd = article.gold, list(system.values())
    got = pair_up([(jaccard(g["claim"], c), i, j) for i, g in enumerate(gold) for j, (c, _) in enumerate(sysd)
                   if jaccard(g["claim"], c) >= 0.5])
    core = [(i, j) for i, j in got if not gold[i]["free"]]
    count["gold"] += sum(not g["free"] for g in gold)
    count["sys"] += len(sysd) - (len(got) - len(core))
    count["hit"] += len(core)
    gr = [(i, s, v) for i, g in enumerate(gold) for s, v in g["responses"]]
    sr = [(j, p["a"], p["verdict"]) for j, (_, ps) in enumerate(sysd) for p in ps]
    ans = pair_up([(jaccard(s, a), k, m) for k, (i, s, _) in enumerate(gr) for m, (j, a, _) in enumerate(sr)
                   if (i, j) in got and s & a])
    free = [(k, m) for k, m in ans if gold[gr[k][0]]["free"]]
    count["rgold"] += sum(not gold[i]["free"] for i, _, _ in gr)
    count["rsys"] += len(sr) - len(free)
    hits = [(k, m) for k, m in ans if not gold[gr[k][0]]["free"]]
    count["rhit"] += len(hits)
    count["vhit"] += sum(sr[m][2] in gr[k][2] for k, m in hits)


def f1(h, s, g):
    return 2 * h / (s + g) if s + g else 0.0


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("sets", nargs="*")
    ap.add_argument("--out")
    ap.add_argument("--texts", help="write the sentences of cases for dispute_dump")
    ap.add_argument("--l2", type=float, default=2.0)
    ap.add_argument("--least", type=int, default=3)
    ap.add_argument("--cases-weight", type=float, default=0.3, help="of explicit answers in own sentences")
    ap.add_argument("--counter-weight", type=float, default=0.1, help="of counter-statements in them")
    ap.add_argument("--folds", type=int, default=8)
    ap.add_argument("--repeats", type=int, default=3, help="how often the articles are put in folds anew; counts are summed")
    ap.add_argument("--threshold", type=float)
    ap.add_argument("--show", help="print the held-out choices of a kind: record, quoted, cases")
    args = ap.parse_args()
    if args.texts:
        with open(args.texts, "w", encoding="utf-8") as f:
            n = 0
            for layer, text, _ in cells(args.sets[0].split(":")[1]):
                if layer.lstrip("~") == "dispute":
                    f.write(json.dumps({"id": "case-%04d" % n, "text": text}) + "\n")
                    n += 1
        return
    groups = {"record": [], "quoted": [], "cases": []}
    for spec in args.sets:
        kind, path, dump = spec.split(":")
        lines = read_lines(dump)
        gold = gold_of(kind, path)
        groups[kind] += [Article(l, gold.get(l["id"], []), args.cases_weight if kind == "cases" else 1.0, kind)
                         for l in lines if l["id"] in gold or kind == "quoted"]
    everything = [a for g in groups.values() for a in g]
    for kind, group in groups.items():
        print("%s: %d articles, %d answers, %d pairs, %d right" % (
            kind, len(group), sum(len(a.answers) for a in group), sum(len(p) for a in group for p in a.answers),
            sum(p["y"] for a in group for ps in a.answers for p in ps)))
        reach = sum(any(p["y"] and a.right(g, p) for ps in a.answers for p in ps) for a in group for g in a.gold)
        if group:
            print("   disputes %d, within reach of the pairs %d" % (sum(len(a.gold) for a in group), reach))
    results = {k: collections.defaultdict(collections.Counter) for k in groups}
    shown, ranked, loss = [], [], []
    grid = [args.threshold] if args.threshold and not args.out else [0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6]
    place_of = {}
    for turn in range(args.repeats * args.folds):
        fold = turn % args.folds
        if fold == 0:
            for g in groups.values():
                order = list(range(len(g)))
                random.Random(turn // args.folds + 1).shuffle(order)
                place_of.update((id(g[i]), k % args.folds) for k, i in enumerate(order))
        held = {a for a, k in place_of.items() if k == fold}
        model = fit([a for a in everything if id(a) not in held], args.l2, args.least, args.counter_weight)
        for kind, group in groups.items():
            for a in group:
                if id(a) not in held:
                    continue
                for t in grid:
                    tally(a, chosen(a, model, t), results[kind][t])
                if kind != "cases":
                    loss += [-np.log(max(1e-9, q if p["y"] else 1 - q)) for ps in a.answers for p in ps for q in [model.p(p["features"])]]
                    ranked += [max((model.p(p["features"]), p["y"]) for p in ps) for ps in a.answers]
                if args.show == kind and turn < args.folds:
                    for c, (_, ps) in chosen(a, model, grid[0]).items():
                        for p in ps:
                            shown.append((model.p(p["features"]), p["y"], a.id, p))
    ranked.sort(key=lambda r: -r[0])
    right = np.cumsum([y for _, y in ranked])
    if ranked and right[-1]:
        print("articles, held out: loss of a pair %.5f, average precision of each answer's best pair %.3f" % (
            np.mean(loss), np.mean([right[i] / (i + 1) for i, (_, y) in enumerate(ranked) if y])))
    results["record and quoted"] = {t: results["record"][t] + results["quoted"][t] for t in grid}
    for kind, res in results.items():
        print(kind + ", held out")
        for t in grid if groups.get(kind, True) else []:
            c = res[t]
            print("  t %.2f  disputes P %.3f R %.3f F1 %.3f (%d/%d/%d)  responses %.3f  verdict %.3f" % (
                t, c["hit"] / max(1, c["sys"]), c["hit"] / max(1, c["gold"]), f1(c["hit"], c["sys"], c["gold"]), c["hit"],
                c["sys"], c["gold"], f1(c["rhit"], c["rsys"], c["rgold"]), f1(c["vhit"], c["rsys"], c["rgold"])))
    for p, y, ident, pair in sorted(shown, key=lambda t: -t[0]):
        cut = lambda s: pair["text"][s[0]:s[1]].decode("utf-8", "replace").replace("\n", " ")
        print("%.2f %s %s %s [%s] %s\n      [%s] %s" % (p, "RIGHT" if y else "wrong", ident, pair["rule"], pair["claimant"], cut(pair["claim"]),
                                                     pair["by"], cut(pair["answer"])))
    if args.out:
        model = fit(everything, args.l2, args.least, args.counter_weight)
        both = {t: results["record"][t] + results["quoted"][t] for t in grid}
        best = args.threshold or max(grid, key=lambda t: f1(both[t]["hit"], both[t]["sys"], both[t]["gold"]))
        with open(args.out, "w", encoding="utf-8") as f:
            f.write("# Weights of disputes: made by tools/fit_disputes.py, do not edit.\n"
                    "# Fields: feature (sort of answer and claim, name=value), weight; a pair whose p is under the threshold is dropped\n"
                    "# Source: fitted to 162 Wikinews articles (Creative Commons Attribution 2.5, Wikinews contributors;\n"
                    "#   annotations of the project) and to own sentences. License: MIT\n")
            f.write("threshold\t%.2f\n" % best)
            for n, i in sorted(model.index.items()):
                if abs(model.w[i]) >= 0.005:
                    f.write("%s\t%.3f\n" % (n, model.w[i]))


if __name__ == "__main__":
    main()
