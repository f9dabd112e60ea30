#!/usr/bin/env python3
"""Make data/disputes/related.tsv, how words of claims and answers are related, from WordNet 3.0.

  tools/wordnet_related.py /usr/share/wordnet data/disputes/related.tsv      (Debian: wordnet-base)

same: derived from it (supply, supplier; military, militarily). like: in one of its first two synsets
(supply, provide). opposite: antonyms (accept, reject). Only words that WordNet's tagged texts have,
of four letters or more, and senses that make up a fair share of their word's uses.
"""
import collections
import sys

from wordnet_tail import read_data, senses

LICENSE = ("WordNet 3.0 license (Princeton University): free use, copying and distribution with its notice;\n"
           "#   WordNet 3.0 Copyright 2006 by Princeton University. All rights reserved.")
POS = {"noun": "n", "verb": "v", "adj": "a", "adv": "r"}
NUMBER = {"1": "noun", "2": "verb", "3": "adj", "4": "adv", "5": "adj"}
# judgement: words of so many meanings that a relation of one of them says nothing
LIGHT = set("""make take give have come become hold keep turn work call part place point thing time head hand form
    state case line good high full large great people year country world matter room side head body name order""".split())


def main():
    folder, out = sys.argv[1], sys.argv[2]
    data = {p: read_data("%s/data.%s" % (folder, p), c) for p, c in POS.items()}
    count = collections.Counter()
    for line in open(folder + "/cntlist.rev", encoding="latin-1"):
        key, number, n = line.split()
        lemma, rest = key.split("%")
        count[NUMBER[rest.split(":")[0]], lemma, int(number)] += int(n)
    used = collections.defaultdict(list)  # (part of speech, lemma) -> (offset, rank, share)
    for p in POS:
        for lemma, offsets in senses("%s/index.%s" % (folder, p)):
            total = sum(count[p, lemma, i + 1] for i in range(len(offsets)))
            for i, off in enumerate(offsets):
                n = count[p, lemma, i + 1]
                if total >= 2 and n and (i < 2 or n / total >= 0.2):
                    used[p, lemma].append(off)
    words = {lemma for _, lemma in used}
    related = collections.defaultdict(dict)  # word -> other -> relation

    def fit(w):
        return w in words and len(w) >= 4 and w.isalpha() and w not in LIGHT

    def put(a, b, relation):
        a, b = sorted((a, b))
        if a != b and fit(a) and fit(b) and not (related[a].get(b) == "same" and relation == "like"):
            related[a][b] = relation

    for (p, lemma), offsets in sorted(used.items()):
        if not fit(lemma):
            continue
        for off in offsets:
            _, members, _, pointers = data[p][off]
            for m in members:
                m = m.split("(")[0]
                if off in used.get((p, m), ()):
                    put(lemma, m, "like")
            for symbol, target, tp, which in pointers:
                source, to = int(which[:2], 16), int(which[2:], 16)
                if source == 0 or members[source - 1].split("(")[0] != lemma:
                    continue
                tpos = {"n": "noun", "v": "verb", "a": "adj", "s": "adj", "r": "adv"}[tp]
                other = data[tpos][target][1][to - 1].split("(")[0]
                if symbol == "!":
                    put(lemma, other, "opposite")
                elif symbol in "+\\<":
                    put(lemma, other, "same")
    with open(out, "w", encoding="utf-8") as f:
        f.write("# How words are related: made by tools/wordnet_related.py, do not edit.\n"
                "# Fields: word, relation, words that stand in it to the first\n"
                "# Source: WordNet 3.0, first senses of words its tagged texts have\n# License: %s\n" % LICENSE)
        for a in sorted(related):
            by = collections.defaultdict(list)
            for b, r in related[a].items():
                by[r].append(b)
            for r in ("same", "like", "opposite"):
                if by[r]:
                    f.write("%s\t%s\t%s\n" % (a, r, " ".join(sorted(by[r]))))


if __name__ == "__main__":
    main()
