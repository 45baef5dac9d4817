-- One SQLite file. Names are the field's; ids are stable, so that a second load elsewhere updates and never doubles.
CREATE TABLE run (
  id INTEGER PRIMARY KEY,
  started TEXT NOT NULL,              -- ISO time, UTC
  finished TEXT,
  folders TEXT NOT NULL,              -- JSON list
  settings TEXT NOT NULL,             -- fingerprint of everything that changes a result
  version TEXT NOT NULL
) STRICT;

CREATE TABLE source (
  path TEXT PRIMARY KEY,              -- as people see it: the folder's name and what follows
  location TEXT NOT NULL UNIQUE,      -- where it is on this machine
  sha256 TEXT NOT NULL,
  bytes INTEGER NOT NULL,
  format TEXT,
  state TEXT NOT NULL CHECK (state IN ('ok','empty','needs_ocr','partial','failed','skipped','gone')),
  cause TEXT,
  message TEXT,
  reader TEXT,
  steps TEXT NOT NULL DEFAULT '',     -- what the reader did, comma-separated
  quality REAL,                       -- share of plausible characters
  characters INTEGER NOT NULL DEFAULT 0,
  seconds REAL NOT NULL DEFAULT 0,
  same_as TEXT,                       -- the path whose content is the same and was read
  done TEXT NOT NULL,                 -- content + settings + code version: what this row was made from
  run INTEGER NOT NULL REFERENCES run(id)
) STRICT;
CREATE INDEX source_sha256 ON source(sha256);

CREATE TABLE report (
  id TEXT PRIMARY KEY,                -- content + folder evidence + ordinal
  source TEXT NOT NULL REFERENCES source(path) ON DELETE CASCADE ON UPDATE CASCADE,
  ordinal INTEGER NOT NULL,           -- from 0 in its file
  state TEXT NOT NULL DEFAULT 'current' CHECK (state IN ('current','superseded','gone')),
  title TEXT, kind TEXT NOT NULL, issuer TEXT,
  town TEXT, county TEXT, city TEXT, province TEXT, town_code TEXT, town_score REAL NOT NULL,
  period_label TEXT, period_start TEXT, period_end TEXT, period_year INTEGER, period_half INTEGER,
  period_inferred INTEGER NOT NULL, period_score REAL NOT NULL,
  published TEXT, as_of TEXT, version TEXT,
  evidence TEXT NOT NULL              -- JSON: field → [{words, where, start, end}]
) STRICT;
CREATE INDEX report_source ON report(source);
CREATE INDEX report_town ON report(town, period_start);

CREATE TABLE section (
  report TEXT NOT NULL REFERENCES report(id) ON DELETE CASCADE,
  ordinal INTEGER NOT NULL,           -- 0 is the report itself
  parent INTEGER NOT NULL,
  level INTEGER NOT NULL,
  number TEXT NOT NULL,
  heading TEXT NOT NULL,
  start INTEGER NOT NULL, end INTEGER NOT NULL,
  PRIMARY KEY (report, ordinal)
) STRICT, WITHOUT ROWID;

CREATE TABLE paragraph (
  n INTEGER PRIMARY KEY AUTOINCREMENT, -- the full-text index's row; never used again, so that it tells what is indexed
  id TEXT NOT NULL UNIQUE,            -- report + ordinal
  source TEXT NOT NULL REFERENCES source(path) ON DELETE CASCADE ON UPDATE CASCADE,
  report TEXT REFERENCES report(id) ON DELETE CASCADE,   -- null: belongs to no report (web residue)
  ordinal INTEGER NOT NULL,           -- from 0 in its report
  line INTEGER NOT NULL,              -- from 0 in its file
  section INTEGER NOT NULL,
  start INTEGER NOT NULL, end INTEGER NOT NULL,          -- in the file's text
  text TEXT NOT NULL,
  words TEXT NOT NULL,                -- cut, for the index
  block TEXT NOT NULL,
  role TEXT NOT NULL, role_score REAL NOT NULL, role_sure INTEGER NOT NULL, role_by TEXT NOT NULL,
  role_top TEXT NOT NULL, role_words TEXT NOT NULL,
  topic TEXT NOT NULL, topic_score REAL NOT NULL, topic_sure INTEGER NOT NULL, topic_by TEXT NOT NULL,
  topic_top TEXT NOT NULL, topic_words TEXT NOT NULL
) STRICT;
CREATE INDEX paragraph_report ON paragraph(report, ordinal);
CREATE INDEX paragraph_source ON paragraph(source);

CREATE TABLE fact (
  id TEXT PRIMARY KEY,                -- paragraph + span
  paragraph TEXT NOT NULL REFERENCES paragraph(id) ON DELETE CASCADE,
  report TEXT NOT NULL REFERENCES report(id) ON DELETE CASCADE,
  start INTEGER NOT NULL, end INTEGER NOT NULL,          -- in the paragraph's text
  text TEXT NOT NULL,
  low REAL, high REAL,                -- base unit; null = unbounded
  low_text TEXT, high_text TEXT,      -- the same, exact decimals
  unit TEXT NOT NULL,
  approx TEXT NOT NULL,
  kind TEXT NOT NULL,
  object TEXT NOT NULL,
  per TEXT, direction TEXT,
  sentence TEXT NOT NULL,
  scope TEXT NOT NULL, authority TEXT NOT NULL,
  period_label TEXT, period_start TEXT, period_end TEXT,
  period_from TEXT NOT NULL CHECK (period_from IN ('clause','report')),
  rule TEXT NOT NULL, score REAL NOT NULL,
  indicator TEXT, indicator_score REAL NOT NULL, indicator_reason TEXT NOT NULL,
  dimensions TEXT NOT NULL DEFAULT '' -- level=市;stage=submitted
) STRICT;
CREATE INDEX fact_report ON fact(report);
CREATE INDEX fact_indicator ON fact(indicator);
CREATE INDEX fact_paragraph ON fact(paragraph);

CREATE TABLE honour (
  id TEXT PRIMARY KEY,
  paragraph TEXT NOT NULL REFERENCES paragraph(id) ON DELETE CASCADE,
  report TEXT NOT NULL REFERENCES report(id) ON DELETE CASCADE,
  start INTEGER NOT NULL, end INTEGER NOT NULL,
  text TEXT NOT NULL, name TEXT NOT NULL, level TEXT, rank TEXT, scope TEXT
) STRICT;
CREATE INDEX honour_report ON honour(report);

CREATE TABLE indicator (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  topic TEXT NOT NULL,
  unit TEXT NOT NULL,
  definition TEXT NOT NULL,
  nature TEXT NOT NULL,               -- process or outcome
  flow TEXT NOT NULL,                 -- flow (adds up over time) or stock (a level at a time)
  better TEXT NOT NULL,               -- up, down or neither
  part_of TEXT,
  version TEXT NOT NULL,
  ordinal INTEGER NOT NULL
) STRICT;

CREATE TABLE town (
  name TEXT NOT NULL, county TEXT NOT NULL, city TEXT NOT NULL, province TEXT NOT NULL,
  code TEXT,
  PRIMARY KEY (name, county, city, province)
) STRICT, WITHOUT ROWID;

CREATE VIRTUAL TABLE paragraph_index USING fts5(
  words, content='paragraph', content_rowid='n', tokenize="unicode61 remove_diacritics 0"
);
-- The indexes are filled when the first question needs them (store/index.py): a run does not wait for them.
CREATE TABLE indexed (
  upto INTEGER NOT NULL,              -- paragraphs up to this n are in the search indexes
  compared INTEGER NOT NULL           -- and up to this one have been compared for copies
) STRICT;
INSERT INTO indexed VALUES (0, 0);
CREATE TRIGGER paragraph_out AFTER DELETE ON paragraph WHEN old.n <= (SELECT upto FROM indexed) BEGIN
  INSERT INTO paragraph_index(paragraph_index, rowid, words) VALUES ('delete', old.n, old.words);
END;

-- What search filters and counts by: narrow rows, so that ten thousand hits are counted in milliseconds.
CREATE TABLE paragraph_facet (
  n INTEGER PRIMARY KEY,
  report TEXT NOT NULL,               -- empty: belongs to no report
  topic TEXT NOT NULL, role TEXT NOT NULL
) STRICT;

-- Pairs of neighbouring characters: finds what a dictionary cuts differently. character_pairs() is the writer's own
-- function, so that only our writer can change paragraphs.
CREATE VIRTUAL TABLE paragraph_characters USING fts5(pairs, content='', tokenize="ascii");
CREATE TRIGGER paragraph_out_facet AFTER DELETE ON paragraph WHEN old.n <= (SELECT upto FROM indexed) BEGIN
  DELETE FROM paragraph_facet WHERE n = old.n;
  INSERT INTO paragraph_characters(paragraph_characters, rowid, pairs) VALUES ('delete', old.n, character_pairs(old.text));
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

CREATE VIEW paragraph_view AS
SELECT p.id, r.town, r.county, r.period_label, r.period_year AS year, r.kind, r.title, s.path AS source,
       p.ordinal, p.role, p.role_score, p.topic, p.topic_score, p.text
FROM paragraph p LEFT JOIN report r ON r.id = p.report JOIN source s ON s.path = p.source
WHERE r.state IS NULL OR r.state = 'current';

CREATE VIEW fact_view AS
SELECT f.id, r.town, r.county, r.period_label AS report_period, f.period_label, f.period_start, f.period_end,
       i.name AS indicator, f.dimensions, f.text AS value, f.low, f.high, f.unit, f.approx, f.kind, f.object, f.per,
       f.direction, f.scope, f.authority, p.role, p.topic, f.sentence, r.title, s.path AS source, p.ordinal AS paragraph,
       f.indicator AS indicator_id, f.score, f.indicator_score, f.report, r.state AS report_state
FROM fact f JOIN paragraph p ON p.id = f.paragraph JOIN report r ON r.id = f.report JOIN source s ON s.path = r.source
LEFT JOIN indicator i ON i.id = f.indicator
WHERE r.state = 'current';

CREATE VIEW town_indicator AS
SELECT r.town, r.county, f.period_label, f.period_start, f.period_end, f.indicator, i.name, f.dimensions, f.kind,
       f.scope, f.unit, f.low AS value_low, f.high AS value_high, f.authority, f.sentence, f.id AS fact
FROM fact f JOIN report r ON r.id = f.report JOIN indicator i ON i.id = f.indicator
WHERE r.state = 'current';

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

-- What the program had found where people say otherwise, so that a withdrawn word leaves everything as it was.
CREATE TABLE paragraph_found (
  n INTEGER PRIMARY KEY REFERENCES paragraph(n) ON DELETE CASCADE,
  role TEXT NOT NULL, role_sure INTEGER NOT NULL, role_by TEXT NOT NULL,
  topic TEXT NOT NULL, topic_sure INTEGER NOT NULL, topic_by TEXT NOT NULL,
  facts TEXT NOT NULL,                -- JSON: rows of fact, by the labels that were found
  said TEXT NOT NULL                  -- role and topic of people that the present facts are by; empty: those found
) STRICT;
