#!/usr/bin/env python3
"""Fit data/events/weights.tsv: who is meant where a role is not told, and how sure an event is.

  event_dump MODEL ARTICLES.jsonl > dump.jsonl
  tools/fit_events.py ARTICLES/train dump.jsonl [--out data/events/weights.tsv]

ARTICLES/train holds NAME.gold.json beside NAME.txt. A candidate is an annotated event's where their
triggers share a word and the type is right; an actor is right as in shared/score/score_record.py.
Two logistic regressions with L2: over everybody weighed for an open role (right: the annotated actor;
a role left empty there has nobody right), and over the events kept (right: type and both actors).
Printed by folds of articles, so each article is judged by weights that have not seen it; what is
written is fitted to all. Needs numpy.
"""
import argparse
import collections
import glob
import json
import os
import re

import numpy as np


MARGIN = 1.0  # log odds by which a guess must beat whom grammar took; as in event_guess.c


def plain(text, span):
    """A span without article, possessive and edge punctuation."""
    s, e = span
    word = text[s:e]
    m = re.match(rb"(?i)(?:the|a|an)\s+", word)
    if m:
        s += m.end()
    word = text[s:e]
    m = re.search(rb"(?:'s|\xe2\x80\x99s|['\"\.,;:\s])+$", word)
    if m:
        e -= len(m.group())
    return s, e


class Article:
    def __init__(self, gold_path, line):
        gold = json.load(open(gold_path, encoding="utf-8"))
        self.id = line["id"]
        self.text = open(gold_path[:-10] + ".txt", "rb").read()
        self.people = {a["id"]: a for a in gold["actors"] + gold.get("other_entities", [])}
        index, self.at = {}, {}
        for a in self.people.values():
            for m in a.get("mentions", []):
                for key in ("span", "extent"):
                    if key in m:
                        index.setdefault(plain(self.text, m[key]), a["id"])
                self.at[tuple(m["span"])] = a["id"]
        self.actor = []
        for en in line["entities"]:
            votes = collections.Counter()
            for m in en["mentions"]:
                who = index.get(plain(self.text, m["span"]))
                if who:
                    votes[who] += 2 if m["kind"] == "name" else 1
            self.actor.append(votes.most_common(1)[0][0] if votes else None)
        self.gold = gold["events"]
        self.cands = [r for r in line["rows"] if "cand" in r]
        self.guesses = [r for r in line["rows"] if "guess" in r]
        self.pair()

    def accepted(self, ids):
        out = set(ids)
        for i in list(out):
            out |= set(self.people.get(i, {}).get("accept", []))
        return out

    def is_actor(self, ref, ids):
        ids = self.accepted(ids)
        if ref["entity"] is not None and self.actor[ref["entity"]] in ids:
            return True
        s, e = ref.get("span") or (0, 0)
        return any(s <= a and b <= e for (a, b), who in self.at.items() if who in ids)

    def wanted(self, g, role):
        ids = [i for i in g.get(role, []) if i in self.people]
        return ids + g.get(role + "_also", []) if ids else []

    def side(self, g, c, role, other):
        ids = self.wanted(g, role)
        if not ids:
            return True
        mutual = g.get("reciprocal") or len(g.get("source", [])) > 1 and not g.get("target")
        among = c[role] + (c[other] if mutual else [])
        if g.get("reciprocal"):
            return sum(any(self.is_actor(a, [w]) for a in among) for w in ids) >= min(2, len(ids))
        return any(self.is_actor(a, ids) for a in among)

    def pair(self):
        """self.of: candidate -> its annotated event, by trigger and type; kept ones first."""
        scored = []
        for i, g in enumerate(self.gold):
            for k, c in enumerate(self.cands):
                if c["plover"] not in [g["plover"]] + g.get("also", []):
                    continue
                share = sum(max(0, min(e, f) - max(s, b)) for s, e in g["trigger"] for b, f in c["trigger"])
                if share:
                    scored.append((-c["kept"], -share, i, k))
        self.of, used = {}, set()
        for _, _, i, k in sorted(scored):
            if i not in used and k not in self.of:
                used.add(i)
                self.of[k] = self.gold[i]

    def role_rows(self, role, kept=False):
        """Lists of (features, right), one list an open role; and whether anybody is annotated. kept: of the
        events that stand without a guess alone; the others teach too."""
        for r in self.guesses:
            if r["role"] != role or kept and not self.cands[r["guess"]]["kept"]:
                continue
            g = self.of.get(r["guess"])
            if g is None and self.cands[r["guess"]]["kept"]:
                continue  # an event that is not annotated says nothing of its actors
            if g is not None and g.get("reciprocal") and role == "target":
                continue
            ids = self.wanted(g, role) if g is not None else []
            yield [(f["features"], bool(ids) and self.is_actor({"entity": f["entity"]}, ids)) for f in r["found"]], bool(ids)

    def guessed(self, k, weights, least):
        """Candidate k with its open roles filled by these weights, as the program does."""
        c = dict(self.cands[k])
        for r in self.guesses:
            if r["guess"] != k or not r["found"]:
                continue
            role = r["role"]
            z, best = max(((odds(weights[role], f["features"]), f) for f in r["found"]), key=lambda t: t[0])
            now = [a["entity"] for a in c[role]]
            if z < least[role] or any(f["entity"] in now and z - odds(weights[role], f["features"]) < MARGIN for f in r["found"]):
                continue
            c[role] = [{"entity": best["entity"], "span": None}]
            kind = "nameless" if "named=no" in best["features"] else "named"
            c["traits"] = [t for t in c["traits"] if not t.startswith((role + "=", role + "-is="))] + [role + "=guess", role + "-is=" + kind]
        return c

    def belief_rows(self, weights, least):
        free = [e for e in self.gold if e.get("layer") == "extended"]
        for k, c in enumerate(self.cands):
            g = self.of.get(k)
            if not c["kept"] or g in free:
                continue
            c = self.guessed(k, weights, least)
            yield c["traits"], g is not None and self.side(g, c, "source", "target") and self.side(g, c, "target", "source")


def fit(rows, l2, least):
    count = collections.Counter(f for fs, _ in rows for f in fs)
    names = sorted(f for f, n in count.items() if n >= least)
    index = {n: i for i, n in enumerate(names)}
    x = np.zeros((len(rows), len(names)))
    for i, (fs, _) in enumerate(rows):
        x[i, [index[f] for f in fs if f in index]] = 1.0
    y = np.array([float(r) for _, r in rows])
    reg = np.array([l2 * (0.05 if n == "bias" else 1.0) for n in names])
    w = np.zeros(len(names))
    for _ in range(60):  # Newton
        p = 1.0 / (1.0 + np.exp(-x @ w))
        step = np.linalg.solve((x * (p * (1 - p))[:, None]).T @ x + np.diag(reg + 1e-9), x.T @ (p - y) + reg * w)
        w -= step
        if np.abs(step).max() < 1e-6:
            break
    return dict(zip(names, w))


def odds(w, features):
    return sum(w.get(f, 0.0) for f in features)


def folds(articles, n):
    for k in range(n):
        yield [a for i, a in enumerate(articles) if i % n != k], [a for i, a in enumerate(articles) if i % n == k]


def reliability(got, edges=(0.0, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.01)):
    for lo, hi in zip(edges, edges[1:]):
        part = [(p, y) for p, y in got if lo <= p < hi]
        if part:
            print("  p %.2f-%.2f: %3d events, mean p %.2f, right %.2f" % (
                lo, min(hi, 1), len(part), sum(p for p, _ in part) / len(part), sum(y for _, y in part) / len(part)))
    print("  Brier %.3f (constant %.3f)" % (np.mean([(p - y) ** 2 for p, y in got]), np.var([float(y) for _, y in got])))


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("articles")
    ap.add_argument("dump")
    ap.add_argument("--out")
    ap.add_argument("--l2", type=float, default=4.0)
    ap.add_argument("--l2-belief", type=float, default=10.0)
    ap.add_argument("--least", type=int, default=4, help="a feature seen less often has no weight")
    ap.add_argument("--folds", type=int, default=12)
    ap.add_argument("--source", type=float, default=0.5, help="chance from which a source is guessed")
    ap.add_argument("--target", type=float, default=0.35, help="chance from which a target is guessed")
    args = ap.parse_args()
    lines = {d["id"]: d for d in map(json.loads, open(args.dump, encoding="utf-8"))}
    articles = [Article(p, lines[os.path.basename(p)[:-10]]) for p in sorted(glob.glob(os.path.join(args.articles, "*.gold.json")))
                if os.path.basename(p)[:-10] in lines]
    out, part = [], [{} for _ in range(args.folds)]
    for role, chance in (("source", args.source), ("target", args.target)):
        held = []
        for k, (train, test) in enumerate(folds(articles, args.folds)):
            w = part[k][role] = fit([r for a in train for rows, _ in a.role_rows(role) for r in rows], args.l2, args.least)
            for a in test:
                for rows, told in a.role_rows(role, kept=True):
                    if rows:
                        z, y = max((odds(w, fs), y) for fs, y in rows)
                        held.append((1.0 / (1.0 + np.exp(-z)), y, told, any(r for _, r in rows)))
        print("%s: %d open, %d annotated, %d with the right one weighed" % (
            role, len(held), sum(t for _, _, t, _ in held), sum(a for _, _, _, a in held)))
        for least in (0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.6, 0.7):
            taken = [h for h in held if h[0] >= least]
            print("  from %.2f: %3d guessed, %3d right, %3d wrong, %3d where nobody is annotated" % (
                least, len(taken), sum(y for _, y, _, _ in taken), sum(t and not y for _, y, t, _ in taken), sum(not t for _, _, t, _ in taken)))
        w = fit([r for a in articles for rows, _ in a.role_rows(role) for r in rows], args.l2, args.least)
        out += [(role, "least", np.log(chance / (1 - chance)))] + [(role, n, v) for n, v in sorted(w.items())]
    # who is guessed is judged by weights that have not seen the article, here and in what is written:
    # else a guess would look surer than it is
    least = {"source": np.log(args.source / (1 - args.source)), "target": np.log(args.target / (1 - args.target))}
    rows = {a.id: list(a.belief_rows(part[k], least)) for k, (_, test) in enumerate(folds(articles, args.folds)) for a in test}
    held = []
    for train, test in folds(articles, args.folds):
        w = fit([r for a in train for r in rows[a.id]], args.l2_belief, args.least)
        held += [(1.0 / (1.0 + np.exp(-odds(w, fs))), y) for a in test for fs, y in rows[a.id]]
    print("both actors right: %d of %d events" % (sum(y for _, y in held), len(held)))
    print("p, held out by article:")
    reliability(held)
    w = fit([r for a in articles for r in rows[a.id]], args.l2_belief, args.least)
    out += [("p", n, v) for n, v in sorted(w.items())]
    if args.out:
        with open(args.out, "w", encoding="utf-8") as f:
            f.write("# Weights of events: made by tools/fit_events.py, do not edit.\n"
                    "# Fields: what for (source, target: who is meant where it is not told; p: how sure the event is), feature, weight\n"
                    "#   least: log odds from which somebody is taken\n"
                    "# Source: fitted to %d Wikinews articles (Creative Commons Attribution 2.5, Wikinews contributors;\n"
                    "#   annotations of the project). License: MIT\n" % len(articles))
            for role, name, v in out:
                f.write("%s\t%s\t%.3f\n" % (role, name, v))


if __name__ == "__main__":
    main()
