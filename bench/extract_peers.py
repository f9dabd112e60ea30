#!/usr/bin/env python3
"""The same pages through other extractors: CPU ms a page, and lines of {"id", "text"} to score.

  extract_peers.py OUT_FOLDER PAGE...      tools that are not installed are left out, and named
  extract_peers.py --warc FILE             records and MB/s of warcio and FastWARC
"""
import json
import os
import sys
import time


def trafilatura_text(page):
    import trafilatura
    doc = trafilatura.bare_extraction(page)
    return (doc.text if hasattr(doc, "text") else doc["text"]) if doc else ""


def newspaper_text(page):
    import newspaper
    article = newspaper.Article("http://example.org/", fetch_images=False)
    article.download(input_html=page.decode("utf-8", "replace"))
    article.parse()
    return article.text


def readability_text(page):
    import lxml.html
    import readability
    summary = readability.Document(page.decode("utf-8", "replace")).summary()
    return "\n".join(lxml.html.fromstring(summary).itertext())


def warc(path):
    size = os.path.getsize(path)
    for name in ("warcio", "fastwarc"):
        try:
            start, n = time.process_time(), 0
            if name == "warcio":
                from warcio.archiveiterator import ArchiveIterator
                with open(path, "rb") as f:
                    for record in ArchiveIterator(f):
                        n += record.rec_type == "response" and len(record.content_stream().read()) >= 0
            else:
                from fastwarc.warc import ArchiveIterator, WarcRecordType
                with open(path, "rb") as f:
                    for record in ArchiveIterator(f, record_types=WarcRecordType.response):
                        n += len(record.reader.read()) >= 0
            took = time.process_time() - start
            print("%s: %d documents, %.1f MB/s of the file" % (name, n, size / 1e6 / took))
        except ImportError:
            print("%s: not installed" % name)


def main():
    if len(sys.argv) == 3 and sys.argv[1] == "--warc":
        return warc(sys.argv[2])
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    out, paths = sys.argv[1], sys.argv[2:]
    pages = [(os.path.basename(p).split(".")[0], open(p, "rb").read()) for p in paths]
    for name, text_of in (("trafilatura", trafilatura_text), ("newspaper4k", newspaper_text),
                          ("readability-lxml", readability_text)):
        try:
            text_of(pages[0][1])
        except ImportError:
            print("%s: not installed" % name)
            continue
        took = 0.0
        with open(os.path.join(out, name + ".jsonl"), "w", encoding="utf-8") as f:
            for page_id, page in pages:
                start = time.process_time()
                try:
                    text = text_of(page)
                except Exception as e:  # a page one tool cannot read is that tool's loss
                    text = ""
                    print("%s: %s: %s" % (name, page_id[:12], type(e).__name__), file=sys.stderr)
                took += time.process_time() - start
                f.write(json.dumps({"id": page_id, "text": text or ""}) + "\n")
        print("%s: %d pages, %.3f ms a page" % (name, len(pages), took * 1000 / len(pages)))


if __name__ == "__main__":
    main()
