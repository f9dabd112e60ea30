#!/usr/bin/env python3
"""Make data/statements/tail.tsv and tailnouns.tsv, the long tail of cue words, from WordNet 3.0.

  tools/wordnet_tail.py /usr/share/wordnet data/statements      (Debian: wordnet-base)

Verbs: lemmas of one word of which a fair share of uses (WordNet's own sense counts) is in the files
verb.communication, verb.cognition or verb.emotion; their frames are WordNet's sentence frames of those
senses. Nouns: those derived from such a verb sense whose own sense is a communication, a thought, a
feeling or an act. What verbs.tsv and nouns.tsv have is left in: the weights see both.
"""
import collections
import os
import sys

VERB_FILES = {31: "cognition", 32: "communication", 37: "emotion"}
NOUN_FILES = {4: "act", 9: "cognition", 10: "communication", 12: "feeling"}
# judgement: light, modal and bodily verbs that have such a sense but seldom report
NO_VERBS = set("""be have do make get go come take give put let keep set run play turn pass hold bring follow move show
    work use try fall break cut draw carry drop lay meet open pick sit stand stick strike throw touch hit sign call-in""".split())
NO_NOUNS = set("""name number language book letter show play party field music film article program page title
    word line list sign call-in""".split())
LICENSE = ("WordNet 3.0 license (Princeton University): free use, copying and distribution with its notice;\n"
           "#   WordNet 3.0 Copyright 2006 by Princeton University. All rights reserved.")


def read_data(path, pos):
    """offset -> (file number, words, frames by word number, pointers)"""
    out = {}
    for line in open(path, encoding="latin-1"):
        if line.startswith(" "):
            continue
        f = line.split("|")[0].split()
        n = int(f[3], 16)
        words = [f[4 + 2 * i].lower() for i in range(n)]
        at = 4 + 2 * n
        np = int(f[at])
        pointers = [tuple(f[at + 1 + 4 * i:at + 5 + 4 * i]) for i in range(np)]
        at += 1 + 4 * np
        frames = collections.defaultdict(set)
        if pos == "v":
            for i in range(int(f[at])):
                frames[int(f[at + 3 + 3 * i], 16)].add(int(f[at + 2 + 3 * i]))
        out[f[0]] = (int(f[1]), words, frames, pointers)
    return out


def senses(path):
    for line in open(path, encoding="latin-1"):
        if line.startswith(" "):
            continue
        f = line.split()
        n = int(f[2])
        yield f[0], f[-n:]


def shares(offsets, data, wanted, counts, lemma, pos):
    """Share of the uses of a lemma in the wanted files, and the best of them."""
    total, by = 0.0, collections.Counter()
    for rank, off in enumerate(offsets):
        w = counts.get((pos, off, lemma), 0) + 1.0 / (rank + 1)
        total += w
        if data[off][0] in wanted:
            by[wanted[data[off][0]]] += w
    if not by:
        return 0.0, ""
    return sum(by.values()) / total, by.most_common(1)[0][0]


def main():
    wn, out = sys.argv[1:3]
    verbs = read_data(os.path.join(wn, "data.verb"), "v")
    nouns = read_data(os.path.join(wn, "data.noun"), "n")
    rank_of = {}
    for pos, name in (("v", "verb"), ("n", "noun")):
        for lemma, offs in senses(os.path.join(wn, "index." + name)):
            for i, off in enumerate(offs):
                rank_of[pos, lemma, i + 1] = off
    counts = {}
    for line in open(os.path.join(wn, "cntlist.rev"), encoding="latin-1"):
        key, number, n = line.split()
        lemma, kind = key.split("%")
        pos = {"1": "n", "2": "v"}.get(kind[0])
        off = rank_of.get((pos, lemma, int(number)))
        if off:
            counts[pos, off, lemma] = int(n)
    rows = []
    for lemma, offs in senses(os.path.join(wn, "index.verb")):
        if not lemma.isalpha() or lemma in NO_VERBS:
            continue
        share, best = shares(offs, verbs, VERB_FILES, counts, lemma, "v")
        if share < 0.2:
            continue
        frames = set()
        for off in offs:
            number, words, fr, _ = verbs[off]
            if number in VERB_FILES:
                frames |= fr[0] | fr[words.index(lemma) + 1]
        names = []
        if frames & {26, 29}:
            names.append("that")
        if frames & {28, 35}:
            names.append("to")
        if frames & {24, 25}:
            names.append("ask-to")
        if frames & {8, 9, 11, 15, 17, 18, 20, 21, 33}:
            names.append("np")
        if frames & {22, 27, 12, 16, 2}:
            names.append("prep")
        if names:
            rows.append((lemma, " ".join(names), best + ("" if share >= 0.6 else "-part")))
    head = ("# %s of the long tail that WordNet has among communication, cognition and emotion.\n"
            "# Source: WordNet 3.0 (Debian wordnet-base), by tools/wordnet_tail.py.\n# License: %s\n# Fields: lemma frames class\n")
    with open(os.path.join(out, "tail.tsv"), "w") as f:
        f.write(head % ("Verbs", LICENSE))
        f.writelines("\t".join(r) + "\n" for r in rows)
    print(len(rows), "verbs")
    rows = []
    for lemma, offs in senses(os.path.join(wn, "index.noun")):
        if not lemma.isalpha() or lemma in NO_NOUNS or lemma.endswith("ing"):
            continue
        share, best = shares(offs, nouns, NOUN_FILES, counts, lemma, "n")
        derived = 0.0
        total = 0.0
        for rank, off in enumerate(offs):
            number, words, _, pointers = nouns[off]
            w = counts.get(("n", off, lemma), 0) + 1.0 / (rank + 1)
            total += w
            at = words.index(lemma) + 1
            if number in NOUN_FILES and any(
                    p[0] == "+" and p[2] == "v" and int(p[3][:2], 16) in (0, at) and verbs[p[1]][0] in VERB_FILES for p in pointers):
                derived += w
        if derived / total >= 0.3:
            rows.append((lemma, best + ("" if derived / total >= 0.6 else "-part")))
    with open(os.path.join(out, "tailnouns.tsv"), "w") as f:
        f.write(head.replace("frames class", "class") % ("Nouns", LICENSE))
        f.writelines("\t".join(r) + "\n" for r in rows)
    print(len(rows), "nouns")


if __name__ == "__main__":
    main()
