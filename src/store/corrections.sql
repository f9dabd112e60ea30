-- What people corrected. A correction is a row that is never deleted: it is asked whenever an article
-- is kept or actors are grouped. fact_corrected and rejected follow from it.

CREATE TABLE correction ( -- what people changed, never deleted
  id INTEGER PRIMARY KEY,
  made_at TEXT NOT NULL, -- "2018-07-13T10:00:00Z"
  who TEXT NOT NULL,
  why TEXT,
  action TEXT NOT NULL, -- merge, split, rename, reject, mend, add
  article_uid TEXT, -- of the fact or entity; uids last where ids do not
  target_uid TEXT, -- fact, entity or actor
  target TEXT NOT NULL, -- 'fact', 'entity' (target_uid is a name_key), 'actor', 'article'
  change TEXT NOT NULL, -- JSON: what it was, what it is
  applies INTEGER NOT NULL DEFAULT 1, -- 0: the article as it is read now has nothing that it fits
  misfit TEXT, -- why it does not apply
  undone_at TEXT,
  undone_by TEXT
) STRICT;
CREATE INDEX correction_target ON correction(target_uid, article_uid);
CREATE INDEX correction_article ON correction(article_uid);

CREATE TABLE fact_corrected ( -- facts that people changed or added
  fact INTEGER PRIMARY KEY REFERENCES fact(id) ON DELETE CASCADE,
  correction INTEGER REFERENCES correction(id), -- the last; NULL: the record came corrected from elsewhere
  action TEXT NOT NULL, -- mend, add
  who TEXT NOT NULL,
  made_at TEXT NOT NULL,
  why TEXT
) STRICT;
CREATE INDEX fact_corrected_correction ON fact_corrected(correction);

CREATE TABLE rejected ( -- facts that people rejected: they stand here and nowhere else
  id INTEGER PRIMARY KEY, -- in the order of dates; of its own count
  uid TEXT NOT NULL, -- the id that the fact had
  article INTEGER NOT NULL REFERENCES article(id) ON DELETE CASCADE,
  layer TEXT NOT NULL,
  kind TEXT NOT NULL,
  start INTEGER NOT NULL,
  stop INTEGER NOT NULL,
  sentence INTEGER, -- n of the sentence that holds start
  words TEXT NOT NULL,
  by_name TEXT, -- who said, did, promised it
  to_name TEXT,
  rule TEXT NOT NULL,
  p REAL NOT NULL,
  correction INTEGER REFERENCES correction(id), -- NULL: the record came corrected from elsewhere
  who TEXT NOT NULL, -- who rejected it
  made_at TEXT NOT NULL,
  why TEXT,
  UNIQUE (article, uid)
) STRICT;
CREATE INDEX rejected_correction ON rejected(correction);

CREATE VIRTUAL TABLE rejected_fts USING fts5(words, by_name, to_name,
  content='rejected', content_rowid='id', tokenize='porter unicode61 remove_diacritics 2');
