#!/usr/bin/env python3
"""Make data/store/irregular.tsv, forms of words that have another stem than their lemma, from WordNet 3.0.

  tools/wordnet_irregular.py /usr/share/wordnet > data/store/irregular.tsv      (Debian: wordnet-base)

Kept are forms whose stem (onri_stem of src/store/link_words.c, written again below) is not that of the
lemma, of lemmas that WordNet's sense counts have seen in use. Of two lemmas of one form (lay: lie, lay) the
one seen more often is taken.
"""
import sys

ENDS = [("ingly", 3), ("edly", 3), ("ings", 3), ("ing", 3), ("ies", 2), ("ied", 2), ("ed", 3), ("ly", 3),
        ("es", 3), ("s", 3), ("y", 3), ("e", 3)]
# The form is more often a word of its own ("ground" troops, "data"), or an adjective's.
NOT = {"ground", "data", "media", "better", "best", "less", "more", "further", "worse", "agenda", "saw"}


def stem(w):
    for end, least in ENDS:
        if len(w) < len(end) + least or not w.endswith(end):
            continue
        if len(end) == 1 and w[-2] == "s":
            break
        left = len(w) - len(end)
        if end[0] != "s" and left > 3 and w[left - 1] == w[left - 2] and w[left - 1] not in "ls":
            left -= 1
        if left > 3 and w[left - 1] in "ey":
            left -= 1
        return w[:left]
    return w


def main(folder):
    seen = {}
    for line in open(f"{folder}/cntlist.rev", encoding="latin-1"):
        key, _, count = line.split()
        lemma, rest = key.split("%")
        pos = "v" if rest[0] == "2" else "n" if rest[0] == "1" else ""
        seen[lemma, pos] = seen.get((lemma, pos), 0) + int(count)
    lemma_of = {}
    for name, pos in (("verb", "v"), ("noun", "n")):
        for line in open(f"{folder}/{name}.exc", encoding="latin-1"):
            form, *lemmas = line.split()
            for lemma in lemmas:
                count = seen.get((lemma, pos), 0)
                if count == 0 or form in NOT or not (form + lemma).isalpha() or stem(form) == stem(lemma):
                    continue
                if count > lemma_of.get(form, ("", 0))[1]:
                    lemma_of[form] = (lemma, count)
    forms = {}
    for form, (lemma, _) in lemma_of.items():
        if form != lemma:
            forms.setdefault(lemma, []).append(form)
    print("# Forms of words that have another stem than their lemma: said and say are one word.\n"
          "# Source: WordNet 3.0 (Debian wordnet-base), by tools/wordnet_irregular.py\n"
          "# License: WordNet 3.0 license; WordNet 3.0 Copyright 2006 by Princeton University. All rights reserved.\n"
          "# Fields: lemma and its forms, set apart by blanks")
    for lemma in sorted(forms):
        print(" ".join([lemma] + sorted(forms[lemma])))


main(sys.argv[1])
