-- Full text. Both indexes take their words from views, so that nothing is stored twice; stemmed
-- (porter), without accents. The program fills them as it keeps; `onrecord doctor --rebuild` makes
-- them anew. The columns beside words are for filters; each word in them carries the letter of its column
-- (who w, whom t, about a, role r, country c, tags k, publisher p):
-- fact_fts MATCH 'words: sanctions AND who: wIran AND tags: kdenial'. 'onrecord find --sql' shows how.

CREATE VIRTUAL TABLE fact_fts USING fts5(words, who, whom, about, role, country, tags, publisher,
  content='fact_index', content_rowid='id', tokenize='porter unicode61 remove_diacritics 2');

CREATE VIRTUAL TABLE sentence_fts USING fts5(words,
  content='sentences', content_rowid='id', tokenize='porter unicode61 remove_diacritics 2');
