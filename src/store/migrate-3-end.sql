-- What version 2 knew of a rejected fact is its place, kind and words. `onrecord doctor
-- --rebuild` tells the rest.

INSERT INTO correction(id, made_at, who, why, action, article_uid, target_uid, target, change, applies,
    undone_at, undone_by)
  SELECT id, made_at, who, why, action, article_uid, target_uid, target, change, applies, undone_at,
    undone_by FROM old_correction;
INSERT INTO fact_corrected(fact, correction, action, who, made_at, why)
  SELECT k.fact, c.id, k.action, c.who, c.made_at, c.why FROM old_corrected k
  JOIN correction c ON c.id = k.correction;
INSERT OR IGNORE INTO rejected(id, uid, article, layer, kind, start, stop, sentence, words, rule, p,
    correction, who, made_at, why)
  SELECT (a.id >> 26 << 26) + c.id, c.target_uid, a.id, c.change ->> '$.fact.layer',
    c.change ->> '$.fact.kind', c.change ->> '$.fact.start', c.change ->> '$.fact.stop',
    (SELECT n FROM sentence s WHERE s.article = a.id AND s.stop > c.change ->> '$.fact.start'
       ORDER BY n LIMIT 1),
    c.change ->> '$.fact.words', '', 0, c.id, c.who, c.made_at, c.why
  FROM correction c JOIN article a ON a.uid = c.article_uid
  WHERE c.action = 'reject' AND c.undone_at IS NULL AND c.applies;
DROP TABLE old_corrected;
DROP TABLE old_correction;
