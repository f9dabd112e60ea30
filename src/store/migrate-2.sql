-- Version 1 to 2: states are found by their country's code without reading all entities; tables across
-- articles, which version 1 never filled, are made as they are now (links.sql, run behind this file).
-- Views and full text are made anew behind every migration.

DROP INDEX entity_country;
CREATE INDEX entity_country ON entity(country, type, name) WHERE country IS NOT NULL;

DROP TABLE same_fact;
DROP TABLE article_copy;
DROP TABLE copy_cluster;
DROP TABLE actor_entity;
DROP TABLE actor_name;
DROP TABLE actor;
DROP TABLE correction;

CREATE TABLE correction (id INTEGER PRIMARY KEY, made_at TEXT NOT NULL, who TEXT NOT NULL, why TEXT,
  action TEXT NOT NULL, article_uid TEXT, target_uid TEXT, target TEXT NOT NULL, change TEXT NOT NULL,
  applies INTEGER NOT NULL DEFAULT 1, undone_at TEXT, undone_by TEXT) STRICT;
CREATE TABLE fact_corrected (fact INTEGER PRIMARY KEY REFERENCES fact(id) ON DELETE CASCADE,
  correction INTEGER NOT NULL REFERENCES correction(id), action TEXT NOT NULL) STRICT;
