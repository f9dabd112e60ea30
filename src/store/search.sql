-- Full text. Both indexes take their words from views, so that nothing is stored twice; stemmed
-- (porter), without accents. The program fills them as it keeps; `onrecord doctor --rebuild` makes
-- them anew. Columns other than words are for filters: fact_fts MATCH 'words: sanctions AND who: iran'.

CREATE VIRTUAL TABLE fact_fts USING fts5(words, who, whom, about, role, country, tags, publisher,
  content='fact_index', content_rowid='id', tokenize='porter unicode61 remove_diacritics 2');

CREATE VIRTUAL TABLE sentence_fts USING fts5(words,
  content='sentences', content_rowid='id', tokenize='porter unicode61 remove_diacritics 2');
