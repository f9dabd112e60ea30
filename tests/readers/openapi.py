"""openapi.py URL: lint URL/openapi.json, then ask each of its addresses that has no name in it."""
import csv
import io
import json
import sys
import urllib.parse
import urllib.request

from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator

base = urllib.parse.urljoin(sys.argv[1].strip(), "/")


def get(path):
    with urllib.request.urlopen(urllib.parse.urljoin(base, path), timeout=60) as answer:
        return answer.headers.get_content_type(), answer.read().decode()


about = json.loads(get("/openapi.json")[1])
bad = [f"{'/'.join(map(str, e.absolute_path))}: {e.message}" for e in OpenAPIV31SpecValidator(about).iter_errors()]
asked = 0
two = [urllib.parse.quote(r["article_uid"]) for r in json.loads(get("/articles.json")[1])["rows"][:2]]
for path, item in about["paths"].items():
    if "{" in path or "get" not in item:
        continue
    query = f"?a={two[0]}&b={two[1]}" if path.startswith("/compare") else "?q=dam" if path.startswith("/search") else ""
    content = item["get"]["responses"]["200"]["content"]
    kind, text = get(path + query)
    asked += 1
    if kind not in content:
        bad.append(f"{path}: {kind} instead of {', '.join(content)}")
    elif kind == "text/csv":
        rows = list(csv.reader(io.StringIO(text)))
        if not rows or any(len(r) != len(rows[0]) for r in rows):
            bad.append(f"{path}: rows of unlike length")
    else:
        schema = dict(content[kind]["schema"], components=about["components"])
        for e in Draft202012Validator(schema).iter_errors(json.loads(text)):
            bad.append(f"{path}: {'/'.join(map(str, e.absolute_path))}: {e.message[:200]}")
print(*bad, sep="\n")
print(f"{len(about['paths'])} addresses, {asked} asked, {len(bad)} wrong")
sys.exit(1 if bad or asked < 20 else 0)
