-- What is found across articles. Made by the linking step from the tables of schema.sql; all of it can
-- be made again from them at any time.

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

CREATE TABLE actor_profile ( -- entities that nothing tells apart: they are one actor, or several do not know
  id INTEGER PRIMARY KEY,
  name_key TEXT NOT NULL, -- "person:donald trump": class and name without case, accents, titles
  middle TEXT NOT NULL, -- middle names, '' if none
  type TEXT NOT NULL, -- as entity.type
  country TEXT NOT NULL, -- '' if not known
  fields INTEGER NOT NULL, -- bits: 1 public life, 2 sport, 4 arts, 8 private person; 0: not known
  wikidata TEXT NOT NULL, -- '' if not known
  weak INTEGER NOT NULL, -- 1: a last name alone, an acronym: whose it is, the other articles tell
  base INTEGER NOT NULL, -- hash of the last name; for looking up facts
  code TEXT, -- CAMEO actor code
  n INTEGER NOT NULL DEFAULT 0, -- entities
  actor INTEGER REFERENCES actor(id) ON DELETE SET NULL,
  evidence TEXT, -- what makes it that actor: name, name+country, name+field, wikidata, most told, called so
  score REAL, -- how sure that is
  UNIQUE (name_key, middle, type, country, fields, wikidata)
) STRICT;
CREATE INDEX actor_profile_actor ON actor_profile(actor);

CREATE TABLE profile_name ( -- what articles call the entities of a profile
  profile INTEGER NOT NULL REFERENCES actor_profile(id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  words TEXT NOT NULL, -- without case, accents, titles
  n INTEGER NOT NULL, -- articles that use it
  n_full INTEGER NOT NULL, -- articles in which it is the fullest name
  PRIMARY KEY (profile, name)
) STRICT, WITHOUT ROWID;
CREATE INDEX profile_name_words ON profile_name(words);

CREATE TABLE actor_entity ( -- which entities of articles it is
  entity INTEGER PRIMARY KEY REFERENCES entity(id) ON DELETE CASCADE,
  actor INTEGER NOT NULL REFERENCES actor(id) ON DELETE CASCADE,
  profile INTEGER NOT NULL REFERENCES actor_profile(id) ON DELETE CASCADE,
  evidence TEXT NOT NULL, -- as actor_profile.evidence, or correction
  score REAL NOT NULL
) STRICT;
CREATE INDEX actor_entity_actor ON actor_entity(actor);
CREATE INDEX actor_entity_profile ON actor_entity(profile);

CREATE TABLE actor_fact ( -- what an actor has part in, in the order of dates: party by actor
  actor INTEGER NOT NULL REFERENCES actor(id) ON DELETE CASCADE,
  part TEXT NOT NULL, -- as party.part
  layer TEXT NOT NULL, -- as fact.layer
  fact INTEGER NOT NULL,
  PRIMARY KEY (actor, part, layer, fact)
) STRICT, WITHOUT ROWID;

CREATE TABLE article_sketch ( -- for finding near copies: 63 numbers of 32 bits (MinHash)
  article INTEGER PRIMARY KEY REFERENCES article(id) ON DELETE CASCADE,
  sketch BLOB NOT NULL
) STRICT;

CREATE TABLE copy_band ( -- near copies agree in at least one of 21 of these
  band INTEGER NOT NULL,
  article INTEGER NOT NULL,
  PRIMARY KEY (band, article)
) STRICT, WITHOUT ROWID;

CREATE TABLE fact_key ( -- facts that may be the same agree in at least one of these
  key INTEGER NOT NULL,
  fact INTEGER NOT NULL,
  PRIMARY KEY (key, fact)
) STRICT, WITHOUT ROWID;

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
  kind TEXT NOT NULL, -- copy: of a near copy's; same: told of the same time; repeats: later;
    -- changes: another condition or the opposite; meets, breaks: the event after a commitment;
    -- denies: the denial of a claim; contradicts: one says that it happened, the other that not
  score REAL NOT NULL,
  evidence TEXT, -- what agrees: words 0.82, actors, day, ...
  PRIMARY KEY (fact, other)
) STRICT, WITHOUT ROWID;
CREATE INDEX same_fact_other ON same_fact(other);
CREATE INDEX same_fact_across ON same_fact(other) WHERE kind IN ('denies', 'contradicts');
