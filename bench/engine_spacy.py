"""spaCy's side of bench/engine: CPU time of one thread for the whole pipeline.

usage: engine_spacy.py MODEL TEXTS [--whole] [--rounds N] [--batch N]

MODEL: name or folder of the package. TEXTS: JSON lines with "text", or one plain text. Without
--whole every line of a text is a document of its own, as onrecord reads it. Prints one line of JSON
a round. Set OMP_NUM_THREADS=1 outside.
"""
import argparse
import json
import resource
import sys
import time

start = time.process_time()
import spacy  # noqa: E402  (its import is part of what is measured)

args = argparse.ArgumentParser()
args.add_argument("model")
args.add_argument("texts")
args.add_argument("--whole", action="store_true")
args.add_argument("--rounds", type=int, default=3)
args.add_argument("--batch", type=int, default=16)
args = args.parse_args()

nlp = spacy.load(args.model)
open_ms = (time.process_time() - start) * 1e3
with open(args.texts, encoding="utf-8") as f:
    data = f.read()
texts = [json.loads(line)["text"] for line in data.split("\n") if line.strip()] if data.startswith("{") else [data]
if not args.whole:
    texts = [line for text in texts for line in text.split("\n") if line.strip()]
for i in range(args.rounds):
    start = time.process_time()
    tokens = sum(len(doc) for doc in nlp.pipe(texts, batch_size=args.batch))
    seconds = time.process_time() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"round": i + 1, "tokens": tokens, "cpu_s": round(seconds, 4),
                      "tokens_per_s": round(tokens / seconds), "open_ms": round(open_ms, 1),
                      "peak_mb": round(peak, 1)}))
    sys.stdout.flush()
