"""read.py STORE SCHEMA.md: ask everything the schema names of the store in datasette and in DuckDB."""
import asyncio
import pathlib
import re
import sys
import urllib.parse

import datasette.app

store, schema = sys.argv[1:]
text = pathlib.Path(schema).read_text()
tables = re.findall(r"^### (\w+)$", text, re.M)
views = re.findall(r"^\| `(\w+)` \| one row|^\| `(\w+)` \| (?!`)[^|]+\|$", text.split("## Views")[1].split("\n## ")[0], re.M)
views = [a or b for a, b in views]
assert len(tables) >= 30 and len(views) >= 15, (tables, views)
corrected = "SELECT corrected, corrected_by, corrected_why FROM statements WHERE corrected IS NOT NULL"
bad, keys = [], []


def is_right(what, got, want):
    if got != want:
        bad.append(f"{what}: {got!r} instead of {want!r}")


async def in_datasette():
    ds = datasette.app.Datasette([store], immutables=[], settings={"sql_time_limit_ms": 20000})
    await ds.invoke_startup()
    async def get(path):
        answer = await ds.client.get(path)
        if answer.status_code != 200:
            bad.append(f"datasette {path}: {answer.status_code} {answer.text[:200]}")
            return []
        return answer.json()
    for name in tables + views:
        rows = await get(f"/record/{name}.json?_shape=array&_size=5")
        print("datasette", name, len(rows))
        page = await ds.client.get(f"/record/{name}")
        is_right(f"datasette's page of {name}", page.status_code, 200)
    about = await get("/record.json")
    have = {t["name"]: t for t in about["tables"]}
    is_right("datasette's views", sorted(set(views) - set(v["name"] for v in about["views"])), [])
    fact = have["statement"]["foreign_keys"]["outgoing"]
    is_right("statement refers to", sorted({k["other_table"] for k in fact}), ["fact", "statement"])
    for name, about in have.items():
        for key in about["foreign_keys"]["outgoing"]:
            column, there, other = key["column"], key["other_column"], key["other_table"]
            asked = (f'SELECT count(*) AS n FROM "{name}" WHERE "{column}" IS NOT NULL AND "{column}" NOT IN '
                     f'(SELECT "{there}" FROM "{other}")')
            rows = await get("/record.json?_shape=array&sql=" + urllib.parse.quote(asked))
            is_right(f"{name}.{column} to no {other}", rows, [{"n": 0}])
            keys.append(f"{name}.{column}")
    is_right("references looked at", len(keys) > 40, True)
    rows = await get("/record.json?_shape=array&sql=" + urllib.parse.quote(corrected))
    is_right("datasette: corrected", [tuple(r.values()) for r in rows], [("mend", "mb", "to be seen")])


def in_duckdb():
    import duckdb
    import duckdb_extension_sqlite_scanner as scanner
    extension = next(pathlib.Path(scanner.__file__).parent.rglob("*.duckdb_extension"))
    db = duckdb.connect(config={"autoinstall_known_extensions": False})
    db.execute(f"LOAD '{extension}'")
    db.execute(f"ATTACH '{store}' AS record (TYPE sqlite, READ_ONLY)")
    for name in tables + views:
        rows = db.execute(f'SELECT * FROM record."{name}" LIMIT 5').fetchall()
        first = db.description[0][0]
        n = db.execute(f'SELECT count("{first}") FROM record."{name}"').fetchone()[0]
        print("duckdb", name, n)
        is_right(f"rows of {name}", n >= len(rows) > 0 or name in MAY_BE_EMPTY, True)
    is_right("duckdb: corrected", db.execute(f"USE record; {corrected}").fetchall(), [("mend", "mb", "to be seen")])
    is_right("duckdb: rejected", db.execute("SELECT corrected_by FROM rejected_facts").fetchall(), [("mb",)])
    n = db.execute("SELECT count(*) FROM facts f JOIN articles a ON a.id = f.article").fetchone()[0]
    is_right("facts with their articles", n, db.execute("SELECT count(*) FROM fact").fetchone()[0])


MAY_BE_EMPTY = {"entity_part", "boilerplate"}  # nobody in these articles is "they", all of them are clean
asyncio.run(in_datasette())
in_duckdb()
for line in bad:
    print("WRONG:", line)
sys.exit(1 if bad else 0)
