"""The tables of the folded state, in SQLite."""

from __future__ import annotations

SHAPE = 17
"""Raised when the tables below, or what the projections make of events, change: older files are folded again."""

TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT);
CREATE TABLE documents (
  document_id TEXT PRIMARY KEY, source TEXT, source_uri TEXT, url TEXT, outlet TEXT, language TEXT, media_type TEXT,
  size INTEGER, sha256 TEXT, revision INTEGER, status TEXT, reason TEXT, detail TEXT, article_id TEXT,
  article_sha256 TEXT, output_id TEXT, first_received_at TEXT, received_at TEXT, decided_at TEXT, raw_file TEXT,
  problem TEXT, problem_detail TEXT, received_position INTEGER, position INTEGER,
  tries INTEGER NOT NULL DEFAULT 0, title TEXT, published TEXT, source_outlet TEXT,
  authors TEXT, published_at TEXT) WITHOUT ROWID;
CREATE INDEX documents_pending ON documents (received_position) WHERE status = 'pending';
CREATE INDEX documents_waiting ON documents (sha256, received_position) WHERE status = 'pending';
CREATE INDEX documents_raw ON documents (raw_file);
CREATE INDEX documents_article ON documents (article_sha256);
CREATE INDEX documents_changed ON documents (position);
CREATE INDEX documents_status ON documents (status, source);
CREATE TABLE outputs (
  output_id TEXT PRIMARY KEY, document_id TEXT, revision INTEGER, sha256 TEXT, article_id TEXT, batch_id TEXT,
  rules TEXT, signature TEXT, duplicate_of TEXT, similarity REAL, position INTEGER) WITHOUT ROWID;
CREATE INDEX outputs_copies ON outputs (position) WHERE duplicate_of IS NOT NULL;
CREATE INDEX outputs_made ON outputs (position);
CREATE TABLE bands (key INTEGER, output_id TEXT, PRIMARY KEY (key, output_id)) WITHOUT ROWID;
CREATE TABLE contents (sha256 TEXT PRIMARY KEY, output_id TEXT) WITHOUT ROWID;
CREATE TABLE dead (output_id TEXT PRIMARY KEY, batch_id TEXT, position INTEGER, died_at TEXT, cause TEXT) WITHOUT ROWID;
CREATE INDEX dead_batches ON dead (batch_id);
CREATE INDEX dead_since ON dead (position);
CREATE TABLE owners (output_id TEXT PRIMARY KEY, document_id TEXT) WITHOUT ROWID;
CREATE TABLE files (
  path TEXT PRIMARY KEY, tab TEXT, rows INTEGER, bytes INTEGER, sha256 TEXT, schema INTEGER, position INTEGER) WITHOUT ROWID;
CREATE TABLE batch_files (batch_id TEXT, path TEXT, PRIMARY KEY (batch_id, path)) WITHOUT ROWID;
CREATE TABLE moved (path TEXT PRIMARY KEY, now TEXT) WITHOUT ROWID;
CREATE TABLE retired (path TEXT PRIMARY KEY, retired_at TEXT) WITHOUT ROWID;
CREATE TABLE knowledge (site TEXT PRIMARY KEY, knowledge_id TEXT, lines TEXT, position INTEGER) WITHOUT ROWID;
CREATE TABLE runs (
  run_id TEXT PRIMARY KEY, kind TEXT, outcome TEXT, started_at TEXT, finished_at TEXT, counts TEXT, sources TEXT,
  detail TEXT, rules TEXT, program TEXT, position INTEGER) WITHOUT ROWID;
CREATE INDEX runs_open ON runs (position) WHERE outcome IS NULL;
CREATE INDEX runs_changed ON runs (position);
CREATE TABLE reviews (
  claim_id TEXT PRIMARY KEY, verdict TEXT, why TEXT, who TEXT, corrections TEXT, reviewed_at TEXT) WITHOUT ROWID;
CREATE TABLE added_claims (
  claim_id TEXT PRIMARY KEY, article_id TEXT, kind TEXT, text TEXT, span_start INTEGER, fields TEXT, who TEXT, why TEXT,
  added_at TEXT) WITHOUT ROWID;
CREATE TABLE entity_rulings (
  entity_id TEXT PRIMARY KEY, into_id TEXT, name TEXT, kind TEXT, country TEXT, who TEXT, why TEXT, ruled_at TEXT
) WITHOUT ROWID;
CREATE TABLE splits (
  entity_id TEXT, alias TEXT, article_id TEXT, into_id TEXT, name TEXT, who TEXT, why TEXT, ruled_at TEXT);
CREATE VIEW rulings AS
  WITH RECURSIVE chain (entity_id, last, name, kind, country, depth) AS (
    SELECT entity_id, entity_id, name, kind, country, 0 FROM entity_rulings
    UNION ALL
    SELECT c.entity_id, r.into_id, coalesce(t.name, r.name), coalesce(t.kind, r.kind), coalesce(t.country, r.country),
      c.depth + 1
    FROM chain c JOIN entity_rulings r ON r.entity_id = c.last AND r.into_id IS NOT NULL
      LEFT JOIN entity_rulings t ON t.entity_id = r.into_id WHERE c.depth < 50
  )
  SELECT entity_id, last AS into_id, name, kind, country FROM chain c
  WHERE depth = (SELECT max(depth) FROM chain d WHERE d.entity_id = c.entity_id);
CREATE TABLE tellings (
  number INTEGER PRIMARY KEY, output_id TEXT UNIQUE, article_id TEXT, story_id TEXT, day INTEGER, vector BLOB,
  agency_id TEXT, agency_from TEXT, quotes TEXT, position INTEGER);
CREATE INDEX tellings_articles ON tellings (article_id);
CREATE INDEX tellings_made ON tellings (position);
CREATE TABLE story_merges (
  story_id TEXT, into_id TEXT, returned INTEGER, position INTEGER, ended INTEGER, PRIMARY KEY (story_id, position)
) WITHOUT ROWID;
CREATE TABLE story_moves (
  article_id TEXT, story_id TEXT, into_id TEXT, position INTEGER, ended INTEGER, PRIMARY KEY (article_id, position)
) WITHOUT ROWID;
CREATE VIEW moved_articles AS
  SELECT article_id, into_id FROM (SELECT article_id, into_id, max(position) FROM story_moves WHERE ended IS NULL
    GROUP BY article_id);
CREATE VIEW merged_stories AS
  WITH RECURSIVE standing AS (
    SELECT story_id, into_id, max(position) FROM story_merges WHERE ended IS NULL GROUP BY story_id
  ), chain (story_id, last, depth) AS (
    SELECT story_id, story_id, 0 FROM standing
    UNION ALL
    SELECT c.story_id, s.into_id, c.depth + 1 FROM chain c JOIN standing s ON s.story_id = c.last WHERE c.depth < 50
  )
  SELECT story_id, last AS into_id FROM chain c WHERE depth = (SELECT max(depth) FROM chain d WHERE d.story_id = c.story_id);
CREATE TABLE story_terms (term INTEGER, day INTEGER, number INTEGER, PRIMARY KEY (term, day, number)) WITHOUT ROWID;
CREATE TABLE story_days (story_id TEXT, day INTEGER, tellings INTEGER, PRIMARY KEY (story_id, day)) WITHOUT ROWID;
CREATE TABLE term_stories (term INTEGER PRIMARY KEY, stories INTEGER);
CREATE TABLE purged_contents (sha256 TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE segments (path TEXT PRIMARY KEY, tab TEXT, rows INTEGER, first INTEGER, last INTEGER) WITHOUT ROWID;
CREATE TABLE exported (tab TEXT, key TEXT, position INTEGER, PRIMARY KEY (tab, key)) WITHOUT ROWID;
CREATE TABLE stale (tab TEXT, key TEXT, position INTEGER, PRIMARY KEY (tab, key, position)) WITHOUT ROWID;
"""
"""`tellings` has a row for each output that is an article, for good: its story is decided once, when the fold comes to it.

Its `vector`, and the rows of `story_terms`, are of those articles that later ones are compared with. `term_stories` counts
the stories that a term began with. What people decided of stories stands beside it, in `story_merges` and `story_moves`: each
row from the position of the log at which it was decided until the one at which it was undone, `ended`.
"""
