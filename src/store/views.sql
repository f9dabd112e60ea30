-- What people and programs ask for, with names instead of numbers, and the full-text index over two
-- of these views. Views are made anew whenever the program that opens the store has other ones.

CREATE VIEW articles AS -- one row an article
  SELECT a.id, a.uid, a.date, p.name AS publisher, a.title, a.author, a.uri, a.lang, a.n_sentences,
    a.n_facts, a.kept_from, m.version AS read_by, m.model, m.rules, a.error
  FROM article a LEFT JOIN publisher p ON p.id = a.publisher LEFT JOIN made_by m ON m.id = a.made_by;

CREATE VIEW sentences AS -- one row a sentence, with its words
  SELECT s.id, s.article, s.n, s.start, s.stop,
    CAST(substr(CAST(t.text AS BLOB), s.start + 1, s.stop - s.start) AS TEXT) AS words
  FROM sentence s JOIN article_text t ON t.article = s.article;

CREATE VIEW facts AS -- one row a fact of any layer, with names, sentence, article and who corrected it
  SELECT f.id, f.uid, f.layer, f.kind, a.date, p.name AS publisher,
    (SELECT coalesce(e.name, CAST(substr(CAST(t.text AS BLOB), y.start + 1, y.stop - y.start) AS TEXT))
       FROM party y LEFT JOIN entity e ON e.id = y.entity
       LEFT JOIN article_text t ON t.article = f.article
       WHERE y.fact = f.id AND y.part = 'by' ORDER BY y.n LIMIT 1) AS who,
    (SELECT coalesce(e.name, CAST(substr(CAST(t.text AS BLOB), y.start + 1, y.stop - y.start) AS TEXT))
       FROM party y LEFT JOIN entity e ON e.id = y.entity
       LEFT JOIN article_text t ON t.article = f.article
       WHERE y.fact = f.id AND y.part = 'to' ORDER BY y.n LIMIT 1) AS whom,
    f.words,
    (SELECT CAST(substr(CAST(t.text AS BLOB), s.start + 1, s.stop - s.start) AS TEXT)
       FROM sentence s JOIN article_text t ON t.article = s.article
       WHERE s.article = f.article AND s.n = f.sentence) AS sentence,
    f.start, f.stop, f.rule, f.p, f.article, a.uid AS article_uid, a.title, a.uri,
    k.action AS corrected, k.who AS corrected_by, k.made_at AS corrected_at, k.why AS corrected_why
  FROM fact f JOIN article a ON a.id = f.article LEFT JOIN publisher p ON p.id = a.publisher
  LEFT JOIN fact_corrected k ON k.fact = f.id;

CREATE VIEW rejected_facts AS -- one row a fact that people rejected; they are in no other view
  SELECT r.id, r.uid, r.layer, r.kind, a.date, p.name AS publisher, r.by_name AS who,
    r.to_name AS whom, r.words,
    (SELECT CAST(substr(CAST(t.text AS BLOB), s.start + 1, s.stop - s.start) AS TEXT)
       FROM sentence s JOIN article_text t ON t.article = s.article
       WHERE s.article = r.article AND s.n = r.sentence) AS sentence,
    r.start, r.stop, r.rule, r.p, r.article, a.uid AS article_uid, a.title, a.uri,
    'reject' AS corrected, r.who AS corrected_by, r.made_at AS corrected_at, r.why AS corrected_why
  FROM rejected r JOIN article a ON a.id = r.article LEFT JOIN publisher p ON p.id = a.publisher;

CREATE VIEW statements AS -- who said what to whom
  SELECT f.*, s.form, s.negated, s.cue, s.time_from, s.time_to, s.within, s.responds_to
  FROM facts f JOIN statement s ON s.fact = f.id;

CREATE VIEW events AS -- who did what to whom
  SELECT f.*, e.plover, e.mode, e.status, e.cameo, e.goldstein, e.contexts, e.trigger_words,
    e.time_from, e.time_to, e.reported_by, e.same_as
  FROM facts f JOIN event e ON e.fact = f.id;

CREATE VIEW commitments AS -- who will do what, under which condition
  SELECT f.*, c.strength, c.action, c.condition, c.deadline_from, c.deadline_to, c.statement,
    c.action_event, c.condition_event
  FROM facts f JOIN commitment c ON c.fact = f.id;

CREATE VIEW disputes AS -- one row an answer to a claim; answers of nobody: one row without answer
  SELECT f.*, d.claim, d.statement, r.n AS answer, x.name AS answered_by, r.verdict,
    r.words AS answer_words, r.statement AS answer_statement
  FROM facts f JOIN dispute d ON d.fact = f.id LEFT JOIN response r ON r.dispute = f.id
  LEFT JOIN entity x ON x.id = r.entity;

CREATE VIEW positions AS -- who is for or against what
  SELECT f.*, o.issue, o.topic, o.stance, o.statement
  FROM facts f JOIN position o ON o.fact = f.id;

CREATE VIEW relations AS -- what lasts between two actors
  SELECT f.*, r.role, r.period, r.statement
  FROM facts f JOIN relation r ON r.fact = f.id;

CREATE VIEW mentions AS -- every mention with its words
  SELECT e.article, m.entity, m.n, e.name, e.type, m.kind, m.start, m.stop,
    CAST(substr(CAST(t.text AS BLOB), m.start + 1, m.stop - m.start) AS TEXT) AS words, m.rule, m.p
  FROM mention m JOIN entity e ON e.id = m.entity JOIN article_text t ON t.article = e.article;

CREATE VIEW roles AS -- who holds which office, as the articles say
  SELECT e.article, a.date, r.entity, e.name, r.title, o.name AS of_name,
    coalesce(r.country, o.country, e.country) AS country, r.period, r.start, r.stop, r.rule
  FROM role r JOIN entity e ON e.id = r.entity JOIN article a ON a.id = e.article
  LEFT JOIN entity o ON o.id = r.of_entity;

-- Words of the columns beside `words` carry a letter, so that Iran who says (wIran), Iran who is told
-- (tIran) and Iran in the words (Iran) are three lists in the index and each is short.
CREATE VIEW fact_index AS -- what fact_fts indexes: words, and the names around them with their letters
  SELECT f.id, f.words || coalesce(' ; ' || o.issue, '') AS words,
    (SELECT group_concat('w' || replace(replace(e.name, '-', ' '), ' ', ' w'), ' ; ')
       FROM party y JOIN entity e ON e.id = y.entity WHERE y.fact = f.id AND y.part = 'by') AS who,
    (SELECT group_concat('t' || replace(replace(e.name, '-', ' '), ' ', ' t'), ' ; ')
       FROM party y JOIN entity e ON e.id = y.entity WHERE y.fact = f.id AND y.part = 'to') AS whom,
    (SELECT group_concat('a' || replace(replace(e.name, '-', ' '), ' ', ' a'), ' ; ')
       FROM party y JOIN entity e ON e.id = y.entity
       WHERE y.fact = f.id AND y.part IN ('about', 'place')) AS about,
    (SELECT group_concat('r' || replace(replace(r.title, '-', ' '), ' ', ' r'), ' ; ')
       FROM party y JOIN role r ON r.entity = y.entity WHERE y.fact = f.id AND y.part = 'by') AS role,
    (SELECT group_concat('c' || e.country, ' ; ') FROM party y JOIN entity e ON e.id = y.entity
       WHERE y.fact = f.id AND y.part = 'by') AS country,
    'k' || f.layer || ' ; k' || replace(f.kind, '-', ' k') || coalesce(' ; k' || s.form, '')
      || coalesce(' ; k' || e.status, '') AS tags,
    'p' || replace(replace(p.name, '-', ' '), ' ', ' p') AS publisher
  FROM fact f JOIN article a ON a.id = f.article LEFT JOIN publisher p ON p.id = a.publisher
  LEFT JOIN statement s ON s.fact = f.id LEFT JOIN event e ON e.fact = f.id
  LEFT JOIN position o ON o.fact = f.id;

CREATE VIEW same_facts AS -- links between facts of two articles, the later first
  SELECT s.kind, s.score, s.evidence, f.layer, a.date, p.name AS publisher, f.words, b.date AS other_date,
    q.name AS other_publisher, o.words AS other_words, s.fact, s.other, a.uid AS article_uid,
    b.uid AS other_article_uid
  FROM same_fact s JOIN fact f ON f.id = s.fact JOIN article a ON a.id = f.article
  LEFT JOIN publisher p ON p.id = a.publisher
  JOIN fact o ON o.id = s.other JOIN article b ON b.id = o.article
  LEFT JOIN publisher q ON q.id = b.publisher;

CREATE VIEW copies AS -- articles that print the same text, with the one that counts
  SELECT y.cluster, a.id AS article, a.uid, a.date, p.name AS publisher, a.title,
    a.id = c.first AS counts, round(y.similarity, 3) AS similarity, c.n_articles, f.uid AS first_uid
  FROM article_copy y JOIN copy_cluster c ON c.id = y.cluster JOIN article a ON a.id = y.article
  LEFT JOIN publisher p ON p.id = a.publisher JOIN article f ON f.id = c.first;

CREATE VIEW actor_facts AS -- facts by actor, copies left out; part: by, to, about, place
  SELECT x.actor, r.uid AS actor_uid, r.name AS actor_name, x.part, f.*
  FROM actor_fact x JOIN actor r ON r.id = x.actor JOIN facts f ON f.id = x.fact
  WHERE NOT EXISTS (SELECT 1 FROM same_fact s WHERE s.fact = x.fact AND s.kind = 'copy');

CREATE VIEW commitment_lives AS -- what became of each commitment; tellings of one are one row, the first
  SELECT c.fact AS id, f.uid, a.date, p.name AS publisher,
    (SELECT r.uid FROM party y JOIN actor_entity x ON x.entity = y.entity JOIN actor r ON r.id = x.actor
       WHERE y.fact = c.fact AND y.part = 'by' ORDER BY y.n LIMIT 1) AS holder_uid,
    (SELECT coalesce(r.name, e.name) FROM party y JOIN entity e ON e.id = y.entity
       LEFT JOIN actor_entity x ON x.entity = e.id LEFT JOIN actor r ON r.id = x.actor
       WHERE y.fact = c.fact AND y.part = 'by' ORDER BY y.n LIMIT 1) AS holder,
    c.kind, c.strength, c.action, c.condition, c.deadline_from, c.deadline_to,
    coalesce((SELECT CASE s.kind WHEN 'meets' THEN 'met' ELSE 'broken' END FROM same_fact s
       WHERE s.other = c.fact AND s.kind IN ('meets', 'breaks') ORDER BY s.score DESC, s.fact LIMIT 1),
      CASE WHEN EXISTS (SELECT 1 FROM same_fact s WHERE s.other = c.fact AND s.kind = 'changes')
        THEN 'changed' END,
      CASE WHEN c.deadline_to < (SELECT max(date) FROM article) THEN 'overdue' END,
      'open') AS status,
    (SELECT count(*) FROM same_fact s WHERE s.other = c.fact AND s.kind IN ('same', 'repeats')) AS repeated,
    (SELECT s.fact FROM same_fact s WHERE s.other = c.fact AND s.kind IN ('meets', 'breaks', 'changes')
       ORDER BY s.kind = 'changes', s.score DESC, s.fact LIMIT 1) AS because,
    f.p, f.rule, a.id AS article, a.uid AS article_uid, a.title, f.start, f.stop,
    k.action AS corrected, k.who AS corrected_by, k.made_at AS corrected_at, k.why AS corrected_why
  FROM commitment c JOIN fact f ON f.id = c.fact JOIN article a ON a.id = f.article
  LEFT JOIN publisher p ON p.id = a.publisher LEFT JOIN fact_corrected k ON k.fact = c.fact
  WHERE NOT EXISTS (SELECT 1 FROM same_fact s WHERE s.fact = c.fact
    AND s.kind IN ('copy', 'same', 'repeats'));
