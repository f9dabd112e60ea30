-- What is found across articles, and what people corrected. Made by the linking step from the tables
-- of schema.sql; all but correction can be made again from them at any time.

CREATE TABLE actor ( -- one person, organisation or state of the world, over all articles
  id INTEGER PRIMARY KEY,
  uid TEXT NOT NULL UNIQUE, -- lasts: wikidata id, or made from name, type and country
  name TEXT NOT NULL,
  type TEXT NOT NULL, -- as entity.type
  country TEXT,
  code TEXT,
  wikidata TEXT,
  n_articles INTEGER NOT NULL DEFAULT 0,
  n_facts INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX actor_by_name ON actor(name COLLATE NOCASE);
CREATE INDEX actor_wikidata ON actor(wikidata) WHERE wikidata IS NOT NULL;
CREATE INDEX actor_country ON actor(country, type) WHERE country IS NOT NULL;

CREATE TABLE actor_name ( -- every name it goes by
  actor INTEGER NOT NULL REFERENCES actor(id) ON DELETE CASCADE,
  name TEXT NOT NULL COLLATE NOCASE,
  n_articles INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (actor, name)
) STRICT, WITHOUT ROWID;
CREATE INDEX actor_name_name ON actor_name(name);

CREATE TABLE actor_entity ( -- which entities of articles it is
  entity INTEGER PRIMARY KEY REFERENCES entity(id) ON DELETE CASCADE,
  actor INTEGER NOT NULL REFERENCES actor(id) ON DELETE CASCADE,
  evidence TEXT NOT NULL, -- wikidata, name+country, name+role, person, ...
  score REAL NOT NULL
) STRICT;
CREATE INDEX actor_entity_actor ON actor_entity(actor);

CREATE TABLE copy_cluster ( -- articles that print the same text
  id INTEGER PRIMARY KEY,
  first INTEGER NOT NULL REFERENCES article(id) ON DELETE CASCADE, -- the copy that counts
  n_articles INTEGER NOT NULL
) STRICT;
CREATE INDEX copy_cluster_first ON copy_cluster(first);

CREATE TABLE article_copy (
  article INTEGER PRIMARY KEY REFERENCES article(id) ON DELETE CASCADE,
  cluster INTEGER NOT NULL REFERENCES copy_cluster(id) ON DELETE CASCADE,
  similarity REAL NOT NULL -- share of equal shingles with the copy that counts
) STRICT;
CREATE INDEX article_copy_cluster ON article_copy(cluster);

CREATE TABLE same_fact ( -- the same statement, event, claim, denial or commitment in two articles
  fact INTEGER NOT NULL REFERENCES fact(id) ON DELETE CASCADE, -- the later
  other INTEGER NOT NULL REFERENCES fact(id) ON DELETE CASCADE, -- the earlier
  kind TEXT NOT NULL, -- copy, same, repeats, changes, meets, breaks, denies, ...
  score REAL NOT NULL,
  evidence TEXT,
  PRIMARY KEY (fact, other)
) STRICT, WITHOUT ROWID;
CREATE INDEX same_fact_other ON same_fact(other);

CREATE TABLE correction ( -- what people changed, never deleted
  id INTEGER PRIMARY KEY,
  made_at TEXT NOT NULL, -- "2018-07-13T10:00:00Z"
  who TEXT NOT NULL,
  why TEXT,
  action TEXT NOT NULL, -- merge, split, rename, reject, mend, add
  article_uid TEXT, -- of the fact or entity; uids last where ids do not
  target_uid TEXT, -- fact, entity or actor
  target TEXT NOT NULL, -- 'fact', 'entity', 'actor'
  change TEXT NOT NULL, -- JSON: what it was, what it is
  undone_at TEXT,
  undone_by TEXT
) STRICT;
CREATE INDEX correction_target ON correction(target_uid, article_uid);
