-- The store's own tables: articles, their sentences, entities and facts, as the records have them.
-- What is found across articles stands in links.sql, what people ask for in views.sql.
--
-- Numbers. id of an article, a sentence or a fact is DAY * 2^26 + N: DAY counts from 0001-01-01 (0:
-- no date), N from 1 within that day. The order of ids is therefore the order of dates, "since" and
-- "until" are ranges of ids, and the newest facts come first without sorting. An article that is
-- read again may get other numbers; what lasts is uid, made from content (docs/formats/record.md):
-- (article.uid, fact.uid) names a fact for ever.
-- start and stop are [start,stop) in UTF-8 bytes of the article's text. ('end' is a word of SQL's.)
-- Comments behind columns and tables become docs/schema.md.

CREATE TABLE meta ( -- what this file is: schema, made_by, made_at, ...
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE made_by ( -- the programs that read the articles
  id INTEGER PRIMARY KEY,
  version TEXT NOT NULL, -- of onrecord
  model TEXT NOT NULL, -- language model, empty if none is told
  rules TEXT NOT NULL, -- hash of all rules and word lists
  UNIQUE (version, model, rules)
) STRICT;

CREATE TABLE publisher ( -- who printed it
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE article ( -- one document each
  id INTEGER PRIMARY KEY, -- in the order of dates
  uid TEXT NOT NULL UNIQUE, -- the record's id: as given, else made from the document's bytes
  uri TEXT, -- where it came from
  publisher INTEGER REFERENCES publisher(id),
  author TEXT,
  title TEXT,
  date TEXT, -- "2018-07-13", shorter when coarser
  date_source TEXT, -- given, json-ld, meta, time, url, byline, dateline
  lang TEXT,
  text_sha256 TEXT, -- of the whole text
  record_sha256 TEXT NOT NULL, -- of the record without its uri: equal, and there is nothing to do
  input_sha256 TEXT, -- of what it was read from, with made_by: equal, and it need not be read again
  kept_from TEXT, -- file and line of the document
  made_by INTEGER REFERENCES made_by(id),
  error TEXT, -- why it could not be read; no text and no facts then
  n_sentences INTEGER NOT NULL DEFAULT 0,
  n_facts INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX article_date ON article(date);
CREATE INDEX article_publisher ON article(publisher, id);
CREATE INDEX article_text_sha256 ON article(text_sha256);
CREATE INDEX article_input ON article(input_sha256) WHERE input_sha256 IS NOT NULL;
CREATE INDEX article_uri ON article(uri) WHERE uri IS NOT NULL;
CREATE INDEX article_error ON article(id) WHERE error IS NOT NULL;
CREATE INDEX article_made_by ON article(made_by);

CREATE TABLE article_text ( -- the text that all spans count
  article INTEGER PRIMARY KEY REFERENCES article(id) ON DELETE CASCADE,
  text TEXT NOT NULL
) STRICT;

CREATE TABLE article_record ( -- the record as it was read: JSON, compressed with zstd
  article INTEGER PRIMARY KEY REFERENCES article(id) ON DELETE CASCADE,
  json BLOB NOT NULL
) STRICT;

CREATE TABLE boilerplate ( -- stretches of the text that are not the article
  article INTEGER NOT NULL REFERENCES article(id) ON DELETE CASCADE,
  start INTEGER NOT NULL,
  stop INTEGER NOT NULL,
  kind TEXT NOT NULL, -- navigation, promo, caption, byline, ...
  PRIMARY KEY (article, start, stop)
) STRICT, WITHOUT ROWID;

CREATE TABLE sentence ( -- where each sentence stands; its words: view sentences
  id INTEGER PRIMARY KEY, -- in the order of dates
  article INTEGER NOT NULL REFERENCES article(id) ON DELETE CASCADE,
  n INTEGER NOT NULL, -- 0, 1, 2 in the article
  start INTEGER NOT NULL,
  stop INTEGER NOT NULL,
  UNIQUE (article, n)
) STRICT;

CREATE TABLE entity ( -- a person, organisation, state or thing in one article
  id INTEGER PRIMARY KEY,
  uid TEXT NOT NULL, -- the record's id
  article INTEGER NOT NULL REFERENCES article(id) ON DELETE CASCADE,
  type TEXT NOT NULL, -- person, organization, group, state, place, medium, ...
  name TEXT NOT NULL, -- the fullest name, or the noun it is called by
  country TEXT, -- ISO 3166-1 alpha-3
  code TEXT, -- CAMEO actor code
  wikidata TEXT,
  n_mentions INTEGER NOT NULL,
  named INTEGER NOT NULL, -- 1: mentioned by name at least once
  UNIQUE (article, uid)
) STRICT;
CREATE INDEX entity_name ON entity(name COLLATE NOCASE, type);
CREATE INDEX entity_uid ON entity(uid);
CREATE INDEX entity_country ON entity(country, type, name) WHERE country IS NOT NULL;
CREATE INDEX entity_wikidata ON entity(wikidata) WHERE wikidata IS NOT NULL;

CREATE TABLE entity_part ( -- whom a "they" stands for
  entity INTEGER NOT NULL REFERENCES entity(id) ON DELETE CASCADE,
  part INTEGER NOT NULL REFERENCES entity(id) ON DELETE CASCADE,
  PRIMARY KEY (entity, part)
) STRICT, WITHOUT ROWID;
CREATE INDEX entity_part_part ON entity_part(part);

CREATE TABLE role ( -- an office or task that the article gives somebody
  entity INTEGER NOT NULL REFERENCES entity(id) ON DELETE CASCADE,
  n INTEGER NOT NULL,
  title TEXT NOT NULL, -- "foreign minister"
  of_entity INTEGER REFERENCES entity(id) ON DELETE CASCADE, -- of what
  country TEXT,
  period TEXT, -- former, acting, elect, then; NULL: now
  start INTEGER NOT NULL,
  stop INTEGER NOT NULL,
  rule TEXT,
  PRIMARY KEY (entity, n)
) STRICT, WITHOUT ROWID;
CREATE INDEX role_title ON role(title COLLATE NOCASE);
CREATE INDEX role_of ON role(of_entity) WHERE of_entity IS NOT NULL;

CREATE TABLE mention ( -- the places where an entity is spoken of
  entity INTEGER NOT NULL REFERENCES entity(id) ON DELETE CASCADE,
  n INTEGER NOT NULL,
  start INTEGER NOT NULL,
  stop INTEGER NOT NULL,
  head_start INTEGER NOT NULL,
  head_stop INTEGER NOT NULL,
  kind TEXT NOT NULL, -- name, nominal, pronoun, adjective
  rule TEXT NOT NULL, -- how it came to its entity
  p REAL NOT NULL, -- how often that is right
  joined_to INTEGER, -- n of the mention it was joined through
  PRIMARY KEY (entity, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE fact ( -- every fact of every layer; what is peculiar to a layer stands in its table
  id INTEGER PRIMARY KEY, -- in the order of dates
  uid TEXT NOT NULL, -- the record's id
  article INTEGER NOT NULL REFERENCES article(id) ON DELETE CASCADE,
  layer TEXT NOT NULL CHECK (layer IN
    ('statement', 'event', 'commitment', 'dispute', 'position', 'relation')),
  kind TEXT NOT NULL, -- statement, commitment, relation: kind; event: plover; dispute: the
                      -- first answer's verdict, 'none' without one; position: stance
  start INTEGER NOT NULL, -- from the first to the last byte of the words it is read from
  stop INTEGER NOT NULL,
  sentence INTEGER, -- n of the sentence that holds start
  words TEXT NOT NULL, -- what is said, done, promised, claimed, held: its words, pieces joined by ' … '
  rule TEXT NOT NULL, -- that made it
  p REAL NOT NULL, -- how often such a fact is right
  UNIQUE (article, uid)
) STRICT;
CREATE INDEX fact_uid ON fact(uid);
CREATE INDEX fact_layer ON fact(layer);
CREATE INDEX fact_kind ON fact(kind);
CREATE INDEX fact_article_start ON fact(article, start);

CREATE TABLE fact_span ( -- the very bytes of each piece of a fact
  fact INTEGER NOT NULL REFERENCES fact(id) ON DELETE CASCADE,
  part TEXT NOT NULL, -- cue, content, trigger, status, action, condition, claim, evidence, time, deadline
  n INTEGER NOT NULL,
  start INTEGER NOT NULL,
  stop INTEGER NOT NULL,
  PRIMARY KEY (fact, part, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE party ( -- who has what part in a fact
  fact INTEGER NOT NULL REFERENCES fact(id) ON DELETE CASCADE,
  part TEXT NOT NULL CHECK (part IN ('by', 'to', 'place', 'about')),
    -- by: who says, does, promises, claims, holds it, a relation's first actor;
    -- to: addressee, target, who answers a claim, a relation's second actor;
    -- place: venue; about: spoken of in its words
  n INTEGER NOT NULL,
  entity INTEGER REFERENCES entity(id) ON DELETE CASCADE, -- NULL: words that lead to nobody
  start INTEGER NOT NULL, -- the words, 0 and 0: none of its own
  stop INTEGER NOT NULL,
  PRIMARY KEY (fact, part, n)
) STRICT, WITHOUT ROWID;
CREATE INDEX party_entity ON party(entity, part, fact);

CREATE TABLE statement (
  fact INTEGER PRIMARY KEY REFERENCES fact(id) ON DELETE CASCADE,
  form TEXT NOT NULL, -- direct, indirect, mixed
  negated INTEGER NOT NULL, -- 1: "did not say whether"
  cue TEXT, -- the words that say that it was said
  time_from TEXT,
  time_to TEXT,
  within INTEGER REFERENCES statement(fact) ON DELETE SET NULL, -- the statement it is told in
  responds_to INTEGER REFERENCES statement(fact) ON DELETE SET NULL
) STRICT;
CREATE INDEX statement_within ON statement(within) WHERE within IS NOT NULL;
CREATE INDEX statement_responds_to ON statement(responds_to) WHERE responds_to IS NOT NULL;

CREATE TABLE event (
  fact INTEGER PRIMARY KEY REFERENCES fact(id) ON DELETE CASCADE,
  plover TEXT NOT NULL, -- CONSULT, SANCTION, ...
  mode TEXT,
  cameo TEXT,
  goldstein REAL,
  contexts TEXT, -- a JSON list
  status TEXT NOT NULL, -- happened, ongoing, planned, proposed, conditional, negated, alleged
  trigger_words TEXT, -- the words that name the event
  time_from TEXT,
  time_to TEXT,
  reported_by INTEGER REFERENCES statement(fact) ON DELETE SET NULL,
  same_as INTEGER REFERENCES event(fact) ON DELETE SET NULL -- in the same article
) STRICT;
CREATE INDEX event_plover ON event(plover, mode);
CREATE INDEX event_status ON event(status);
CREATE INDEX event_met ON event(fact) WHERE plover = 'CONSULT' AND status IN ('happened', 'ongoing');
CREATE INDEX event_reported_by ON event(reported_by) WHERE reported_by IS NOT NULL;
CREATE INDEX event_same_as ON event(same_as) WHERE same_as IS NOT NULL;

CREATE TABLE commitment (
  fact INTEGER PRIMARY KEY REFERENCES fact(id) ON DELETE CASCADE,
  kind TEXT NOT NULL, -- will, will-not, only-if, unless, until
  strength TEXT, -- vow, promise, plan, readiness, refusal, threat, agreement
  action TEXT NOT NULL, -- its words
  condition TEXT,
  action_event INTEGER REFERENCES event(fact) ON DELETE SET NULL,
  condition_event INTEGER REFERENCES event(fact) ON DELETE SET NULL,
  statement INTEGER REFERENCES statement(fact) ON DELETE SET NULL,
  deadline_from TEXT,
  deadline_to TEXT
) STRICT;
CREATE INDEX commitment_kind ON commitment(kind, strength);
CREATE INDEX commitment_deadline ON commitment(deadline_to) WHERE deadline_to IS NOT NULL;
CREATE INDEX commitment_statement ON commitment(statement) WHERE statement IS NOT NULL;
CREATE INDEX commitment_action ON commitment(action_event) WHERE action_event IS NOT NULL;
CREATE INDEX commitment_condition ON commitment(condition_event) WHERE condition_event IS NOT NULL;

CREATE TABLE dispute (
  fact INTEGER PRIMARY KEY REFERENCES fact(id) ON DELETE CASCADE,
  claim TEXT NOT NULL, -- its words
  statement INTEGER REFERENCES statement(fact) ON DELETE SET NULL -- that makes the claim
) STRICT;
CREATE INDEX dispute_statement ON dispute(statement) WHERE statement IS NOT NULL;

CREATE TABLE response ( -- an answer to the claim of a dispute
  dispute INTEGER NOT NULL REFERENCES dispute(fact) ON DELETE CASCADE,
  n INTEGER NOT NULL,
  entity INTEGER REFERENCES entity(id) ON DELETE CASCADE,
  verdict TEXT NOT NULL, -- confirms, denies, not-confirmed, dismisses
  words TEXT NOT NULL,
  start INTEGER NOT NULL,
  stop INTEGER NOT NULL,
  statement INTEGER REFERENCES statement(fact) ON DELETE SET NULL,
  PRIMARY KEY (dispute, n)
) STRICT, WITHOUT ROWID;
CREATE INDEX response_entity ON response(entity);
CREATE INDEX response_statement ON response(statement) WHERE statement IS NOT NULL;

CREATE TABLE position (
  fact INTEGER PRIMARY KEY REFERENCES fact(id) ON DELETE CASCADE,
  issue TEXT NOT NULL, -- normalized, the same in every article
  topic TEXT, -- its name in the reader's own list
  stance TEXT NOT NULL, -- for, against, conditional, ambiguous
  statement INTEGER REFERENCES statement(fact) ON DELETE SET NULL
) STRICT;
CREATE INDEX position_issue ON position(issue);
CREATE INDEX position_topic ON position(topic) WHERE topic IS NOT NULL;
CREATE INDEX position_statement ON position(statement) WHERE statement IS NOT NULL;

CREATE TABLE relation ( -- what lasts between two actors
  fact INTEGER PRIMARY KEY REFERENCES fact(id) ON DELETE CASCADE,
  kind TEXT NOT NULL, -- office-of, member-of, part-of, owns, ally-of, talks-with, conflict-with, relative-of
  role TEXT, -- what the words call it
  period TEXT, -- former, acting, elect, then; NULL: now
  statement INTEGER REFERENCES statement(fact) ON DELETE SET NULL
) STRICT;
CREATE INDEX relation_kind ON relation(kind);
CREATE INDEX relation_statement ON relation(statement) WHERE statement IS NOT NULL;
