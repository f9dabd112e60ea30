-- Version 2 to 3: who corrected a fact stands beside it; rejected facts have a table of their own; a
-- correction says why it does not fit. corrections.sql is run behind this file, migrate-3-end.sql
-- behind that.

CREATE TABLE old_correction AS SELECT * FROM correction;
CREATE TABLE old_corrected AS SELECT * FROM fact_corrected;
DROP TABLE fact_corrected;
DROP TABLE correction;
CREATE INDEX IF NOT EXISTS same_fact_across ON same_fact(other) WHERE kind IN ('denies', 'contradicts');
CREATE INDEX IF NOT EXISTS event_met ON event(fact) WHERE plover = 'CONSULT' AND status IN ('happened', 'ongoing');
