#!/usr/bin/env python3
"""Draw events at random, each with its sentence, to be read by a person.

    draw_events.py RECORDS.jsonl [--n 200] [--seed 1]

RECORDS: what `onrecord read` made of articles. Prints type, mode, status, who to whom, trigger, rule, contexts and the sentence. The same seed draws the same events of the same records. What it prints may quote texts that must not be kept: read it,
write down the counts (docs/measured/events.md), throw it away.
"""
import argparse
import json
import random


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("records")
    ap.add_argument("--n", type=int, default=200)
    ap.add_argument("--seed", type=int, default=1)
    args = ap.parse_args()
    found = []
    with open(args.records, encoding="utf-8") as f:
        for line in f:
            d = json.loads(line)
            text = d.get("text", "").encode()
            found += [(d, text, e) for e in d.get("events", [])]
    random.seed(args.seed)
    for i, (d, text, e) in enumerate(random.sample(found, min(args.n, len(found))), 1):
        def words(span):
            return " ".join(text[span[0]:span[1]].decode("utf-8", "replace").split())
        names = {x["id"]: x["name"] for x in d.get("entities", [])}

        def who(refs):
            return "; ".join("%s{%s}" % (words(r["span"]), names.get(r.get("entity"), "-")) for r in refs) or "-"
        at = e["trigger"][0][0]
        k = next((n for n, s in enumerate(d["sentences"]) if s[0] <= at < s[1]), 0)
        print("%d  %s %s  %s%s  [%s] > [%s]  «%s»  %s  {%s}" % (
            i, e["plover"], e.get("mode", ""), e["status"], " (%s)" % words(e["status_span"]) if "status_span" in e else "",
            who(e.get("source", [])), who(e.get("target", [])), " … ".join(words(t) for t in e["trigger"]), e["rule"], ",".join(e.get("contexts", []))))
        print("   %s" % words(d["sentences"][k]))
    print("%d events in all" % len(found))


if __name__ == "__main__":
    main()
