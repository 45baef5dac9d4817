"""Steps that bring an older dataset up to date, one SQL script each; ``schema.sql`` is always the newest."""

from __future__ import annotations

SEARCH = """
-- What search filters and counts by: narrow rows, so that ten thousand hits are counted in milliseconds.
CREATE TABLE paragraph_facet (
  n INTEGER PRIMARY KEY,
  report TEXT NOT NULL,               -- empty: belongs to no report
  topic TEXT NOT NULL, role TEXT NOT NULL
) STRICT;

-- Pairs of neighbouring characters: finds what a dictionary cuts differently. character_pairs() is the writer's own
-- function, so that only our writer can change paragraphs.
CREATE VIRTUAL TABLE paragraph_characters USING fts5(pairs, content='', tokenize="ascii");
-- The indexes are filled when the first question needs them (store/index.py): a run does not wait for them.
CREATE TABLE indexed (upto INTEGER NOT NULL, compared INTEGER NOT NULL) STRICT;
INSERT INTO indexed SELECT coalesce(max(n), 0), 0 FROM paragraph;
DROP TRIGGER paragraph_in;
DROP TRIGGER paragraph_out;
CREATE TRIGGER paragraph_out AFTER DELETE ON paragraph WHEN old.n <= (SELECT upto FROM indexed) BEGIN
  INSERT INTO paragraph_index(paragraph_index, rowid, words) VALUES ('delete', old.n, old.words);
END;
CREATE TRIGGER paragraph_out_facet AFTER DELETE ON paragraph WHEN old.n <= (SELECT upto FROM indexed) BEGIN
  DELETE FROM paragraph_facet WHERE n = old.n;
  INSERT INTO paragraph_characters(paragraph_characters, rowid, pairs)
  VALUES ('delete', old.n, character_pairs(old.text));
END;
CREATE TRIGGER paragraph_label_facet AFTER UPDATE OF topic, role ON paragraph BEGIN
  UPDATE paragraph_facet SET topic = new.topic, role = new.role WHERE n = new.n;
END;

-- Where a paragraph stands elsewhere. Pairs are verified and never merged: a ~ b and b ~ c say nothing of a and c.
CREATE TABLE paragraph_copy (
  n INTEGER PRIMARY KEY REFERENCES paragraph(n) ON DELETE CASCADE,
  form TEXT NOT NULL,                 -- of the text with numbers and names masked; equal forms are exact copies
  exact INTEGER NOT NULL,             -- other paragraphs of the same form
  others INTEGER NOT NULL,            -- other paragraphs that are copies in any way
  towns INTEGER NOT NULL,             -- towns that have it, its own included
  years INTEGER NOT NULL,
  common INTEGER NOT NULL             -- 1: a formula that many towns use; 0: a town's own
) STRICT;
CREATE INDEX paragraph_copy_form ON paragraph_copy(form);

CREATE TABLE duplicate (
  one INTEGER NOT NULL REFERENCES paragraph(n) ON DELETE CASCADE,
  other INTEGER NOT NULL REFERENCES paragraph(n) ON DELETE CASCADE,
  kind TEXT NOT NULL CHECK (kind IN ('exact','near','contained')),
  score REAL NOT NULL,                -- near: share of equal text; contained: share of the shorter one
  one_start INTEGER NOT NULL, one_end INTEGER NOT NULL,       -- the passage that both have
  other_start INTEGER NOT NULL, other_end INTEGER NOT NULL,
  PRIMARY KEY (one, other)
) STRICT, WITHOUT ROWID;
CREATE INDEX duplicate_other ON duplicate(other);

INSERT INTO paragraph_facet SELECT n, coalesce(report, ''), topic, role FROM paragraph;
INSERT INTO paragraph_characters(rowid, pairs) SELECT n, character_pairs(text) FROM paragraph;
"""

REVIEW = """
-- The labels and their names, as the settings of the last run say them.
CREATE TABLE category (
  axis TEXT NOT NULL CHECK (axis IN ('role','topic')),
  id TEXT NOT NULL,
  name TEXT NOT NULL,
  also TEXT NOT NULL,                 -- other names, parted by blanks
  definition TEXT NOT NULL,
  parent TEXT,                        -- a county's own label: the one that rows hold in its stead
  ordinal INTEGER NOT NULL,
  PRIMARY KEY (axis, id)
) STRICT, WITHOUT ROWID;

-- What people say of labels. Keyed by the paragraph's text and the headings above it, so that it outlives a new run.
CREATE TABLE review (
  key TEXT NOT NULL,
  person TEXT NOT NULL,
  at TEXT NOT NULL,                   -- ISO time, UTC; the latest word counts
  role TEXT NOT NULL,                 -- empty: not judged
  topic TEXT NOT NULL,
  text TEXT NOT NULL,
  path TEXT NOT NULL,                 -- headings from the top down
  PRIMARY KEY (key, person)
) STRICT, WITHOUT ROWID;
CREATE INDEX review_text ON review(text);
"""

FOUND = """
-- What the program had found where people say otherwise, so that a withdrawn word leaves everything as it was.
CREATE TABLE paragraph_found (
  n INTEGER PRIMARY KEY REFERENCES paragraph(n) ON DELETE CASCADE,
  role TEXT NOT NULL, role_sure INTEGER NOT NULL, role_by TEXT NOT NULL,
  topic TEXT NOT NULL, topic_sure INTEGER NOT NULL, topic_by TEXT NOT NULL,
  facts TEXT NOT NULL,                -- JSON: rows of fact, by the labels that were found
  said TEXT NOT NULL                  -- role and topic of people that the present facts are by; empty: those found
) STRICT;
-- Corrections made so far left no trace of the model's label but the best of its three, and never touched a fact.
INSERT INTO paragraph_found SELECT n,
  CASE role_by WHEN 'person' THEN substr(role_top, 1, instr(role_top, ':') - 1) ELSE role END,
  CASE role_by WHEN 'person' THEN 0 ELSE role_sure END, CASE role_by WHEN 'person' THEN 'model' ELSE role_by END,
  CASE topic_by WHEN 'person' THEN substr(topic_top, 1, instr(topic_top, ':') - 1) ELSE topic END,
  CASE topic_by WHEN 'person' THEN 0 ELSE topic_sure END, CASE topic_by WHEN 'person' THEN 'model' ELSE topic_by END,
  (SELECT json_group_array(json_array(
    f.id, f.paragraph, f.report, f.start, f.end, f.text, f.low, f.high, f.low_text, f.high_text, f.unit, f.approx,
    f.kind, f.object, f.per, f.direction, f.sentence, f.scope, f.authority, f.period_label, f.period_start,
    f.period_end, f.period_from, f.rule, f.score, f.indicator, f.indicator_score, f.indicator_reason, f.dimensions))
    FROM fact f WHERE f.paragraph = paragraph.id), ''
FROM paragraph WHERE role_by = 'person' OR topic_by = 'person';
"""

MIGRATIONS: tuple[str, ...] = (SEARCH, REVIEW, FOUND)
