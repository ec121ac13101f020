"""The first schema: every table, view, index and the full-text search.

What changes every night is kept narrow (`last_seen` and `absences` by statements over sets,
`sightings` apart), and long texts are in a table of their own, so that a night without news
rewrites little. No syntax newer than SQLite 3.33, which long-term distributions still ship.
"""

from __future__ import annotations

from sqlite_utils import Database

TABLES = """
CREATE TABLE sources (
    id TEXT PRIMARY KEY, platform TEXT NOT NULL, employer TEXT NOT NULL, url TEXT NOT NULL,
    params TEXT, hosts TEXT, country TEXT, kind TEXT, ror TEXT, evidence TEXT, note TEXT,
    enabled INTEGER NOT NULL DEFAULT 1, reason TEXT, moved_to TEXT
);
CREATE TABLE runs (
    id INTEGER PRIMARY KEY, started TEXT NOT NULL, finished TEXT, seconds REAL,
    sources INTEGER, alarming INTEGER
);
CREATE TABLE source_runs (
    id INTEGER PRIMARY KEY, run INTEGER NOT NULL REFERENCES runs(id),
    source TEXT NOT NULL REFERENCES sources(id),
    outcome TEXT NOT NULL CHECK (outcome IN ('config_error', 'blocked', 'not_found', 'unreachable',
        'parse_error', 'partial', 'suspect_drop', 'empty', 'ok')),
    reason TEXT, started TEXT NOT NULL, requests INTEGER, declared_total INTEGER, listed INTEGER,
    new INTEGER, changed INTEGER, closed INTEGER, reopened INTEGER, held INTEGER, rejected INTEGER,
    seconds REAL
);
CREATE TABLE field_counts (
    run INTEGER NOT NULL REFERENCES runs(id), source TEXT NOT NULL REFERENCES sources(id),
    field TEXT NOT NULL, present INTEGER NOT NULL, parsed INTEGER NOT NULL,
    PRIMARY KEY (run, source, field)
);
CREATE TABLE postings (
    id INTEGER PRIMARY KEY, source TEXT NOT NULL REFERENCES sources(id), platform TEXT NOT NULL,
    tenant TEXT NOT NULL, native_id TEXT NOT NULL, requisition_id TEXT, url TEXT NOT NULL,
    apply_url TEXT, title TEXT NOT NULL, organization TEXT NOT NULL, unit TEXT, location TEXT,
    workplace TEXT, employment_type TEXT, date_posted TEXT, valid_through TEXT, salary_min REAL,
    salary_max REAL, salary_currency TEXT, salary_unit TEXT, content_hash TEXT NOT NULL,
    first_seen TEXT NOT NULL, last_seen TEXT NOT NULL, absences INTEGER NOT NULL DEFAULT 0,
    closed_at TEXT, closed_reason TEXT, topic_score REAL, lead_score REAL,
    duplicate_of INTEGER REFERENCES postings(id)
);
CREATE TABLE texts (
    posting INTEGER PRIMARY KEY REFERENCES postings(id), excerpt TEXT, score_reasons TEXT,
    language TEXT, raw_location TEXT, raw_country TEXT, raw_workplace TEXT,
    raw_employment_type TEXT, raw_date_posted TEXT, raw_valid_through TEXT, raw_salary TEXT,
    description_text TEXT, description_html TEXT
);
CREATE TABLE keys (
    posting INTEGER NOT NULL REFERENCES postings(id), platform TEXT NOT NULL, tenant TEXT NOT NULL,
    key TEXT NOT NULL, PRIMARY KEY (platform, tenant, key)
) WITHOUT ROWID;
CREATE TABLE places (
    posting INTEGER NOT NULL REFERENCES postings(id), city TEXT, region TEXT, country TEXT,
    remote INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE categories (
    posting INTEGER NOT NULL REFERENCES postings(id), type TEXT NOT NULL, category TEXT NOT NULL,
    PRIMARY KEY (posting, type, category)
) WITHOUT ROWID;
CREATE TABLE changes (
    id INTEGER PRIMARY KEY, posting INTEGER NOT NULL REFERENCES postings(id),
    run INTEGER REFERENCES runs(id), field TEXT NOT NULL, old TEXT, new TEXT
);
CREATE TABLE rejects (
    id INTEGER PRIMARY KEY, run INTEGER NOT NULL REFERENCES runs(id),
    source TEXT NOT NULL REFERENCES sources(id), url TEXT, reason TEXT NOT NULL, raw TEXT
);
CREATE TABLE duplicates (
    a INTEGER NOT NULL REFERENCES postings(id), b INTEGER NOT NULL REFERENCES postings(id),
    kind TEXT NOT NULL, how TEXT NOT NULL, score REAL, PRIMARY KEY (a, b)
);
CREATE TABLE marks (
    id INTEGER PRIMARY KEY, posting INTEGER NOT NULL REFERENCES postings(id),
    decision TEXT NOT NULL CHECK (decision IN ('keep', 'reject', 'snooze', 'listed',
        'not_duplicate', 'undo')),
    other INTEGER REFERENCES postings(id), until TEXT, note TEXT, excerpt TEXT, issue TEXT,
    position INTEGER, editor TEXT, at TEXT NOT NULL
);
CREATE TABLE sightings (
    source TEXT NOT NULL REFERENCES sources(id), native_id TEXT NOT NULL,
    posting INTEGER NOT NULL REFERENCES postings(id), fingerprint TEXT NOT NULL,
    detail_read_on TEXT, url TEXT, listed INTEGER NOT NULL DEFAULT 1,
    PRIMARY KEY (source, native_id)
) WITHOUT ROWID
"""

# For the store's own statements, the views, and the facets and filters of stock table pages.
INDEXES = """
CREATE INDEX source_runs_source ON source_runs(source, id);
CREATE INDEX source_runs_run ON source_runs(run);
CREATE INDEX postings_source ON postings(source, closed_at);
CREATE INDEX postings_first_seen ON postings(first_seen);
CREATE INDEX postings_open ON postings(first_seen) WHERE closed_at IS NULL AND duplicate_of IS NULL;
CREATE INDEX postings_deadline ON postings(valid_through)
    WHERE closed_at IS NULL AND valid_through IS NOT NULL;
CREATE INDEX postings_duplicate_of ON postings(duplicate_of) WHERE duplicate_of IS NOT NULL;
CREATE INDEX postings_organization ON postings(organization);
CREATE INDEX postings_platform ON postings(platform);
CREATE INDEX postings_workplace ON postings(workplace);
CREATE INDEX postings_employment_type ON postings(employment_type);
CREATE INDEX keys_posting ON keys(posting);
CREATE INDEX places_posting ON places(posting);
CREATE INDEX places_country ON places(country, region, city);
CREATE INDEX categories_category ON categories(category);
CREATE INDEX changes_posting ON changes(posting);
CREATE INDEX changes_run ON changes(run);
CREATE INDEX rejects_source ON rejects(source, run);
CREATE INDEX duplicates_b ON duplicates(b);
CREATE INDEX marks_posting ON marks(posting, id);
CREATE INDEX sightings_posting ON sightings(posting)
"""

# The latest decision about a posting; a not_duplicate says nothing about wanting it, and a snooze
# that is over is no decision any more.
_DECISION = """coalesce((
        SELECT CASE WHEN decision = 'snooze' AND until <= date('now') THEN 'undo' ELSE decision END
        FROM marks WHERE marks.posting = postings.id AND decision <> 'not_duplicate'
        ORDER BY id DESC LIMIT 1
    ), 'undo')"""

VIEWS = f"""
CREATE VIEW new_finds AS
SELECT id, title, organization, unit, location, workplace, employment_type, topic_score, lead_score,
    first_seen, last_seen, date_posted, valid_through AS deadline, url, platform, source,
    requisition_id
FROM postings
WHERE closed_at IS NULL AND duplicate_of IS NULL
    AND (valid_through IS NULL OR valid_through >= date('now'))
    AND {_DECISION} = 'undo'
ORDER BY first_seen DESC, id DESC;

CREATE VIEW board AS
SELECT id, title, organization, unit, location, workplace, employment_type, date_posted,
    valid_through AS deadline, salary_min, salary_max, salary_currency, salary_unit, url, apply_url,
    first_seen, last_seen
FROM postings
WHERE closed_at IS NULL AND duplicate_of IS NULL
    AND (valid_through IS NULL OR valid_through >= date('now'))
    AND {_DECISION} <> 'reject'
ORDER BY first_seen DESC, id DESC;

CREATE VIEW source_health AS
WITH latest AS (SELECT source, max(id) AS id FROM source_runs GROUP BY source)
SELECT sources.id AS source, sources.employer, sources.platform, last.outcome, last.reason,
    last.started,
    (
        SELECT started FROM source_runs
        WHERE source = sources.id AND outcome IN ('ok', 'empty') ORDER BY id DESC LIMIT 1
    ) AS last_ok,
    (
        SELECT count(*) FROM source_runs
        WHERE source = sources.id AND id > coalesce((
            SELECT id FROM source_runs
            WHERE source = sources.id AND outcome IN ('ok', 'empty', 'suspect_drop')
            ORDER BY id DESC LIMIT 1
        ), 0)
    ) AS incomplete_in_a_row,
    last.listed, last.declared_total,
    (
        SELECT avg(listed) FROM (
            SELECT listed, row_number() OVER (ORDER BY listed) AS nth, count(*) OVER () AS total
            FROM (
                SELECT listed FROM source_runs
                WHERE source = sources.id AND id < last.id
                    AND outcome IN ('ok', 'empty', 'suspect_drop')
                ORDER BY id DESC LIMIT 5
            )
        ) WHERE nth IN ((total + 1) / 2, (total + 2) / 2)
    ) AS median_listed,
    (
        SELECT count(*) FROM postings WHERE source = sources.id AND closed_at IS NULL
    ) AS open_postings,
    last.held, last.requests, last.seconds, sources.url
FROM latest JOIN source_runs AS last ON last.id = latest.id
JOIN sources ON sources.id = latest.source
ORDER BY sources.id;

CREATE VIEW postings_search AS
SELECT postings.id, title, organization, description_text AS description
FROM postings JOIN texts ON texts.posting = postings.id
"""

# The index holds no second copy of the texts: its content is the view above. New postings are
# indexed by one statement per source-run (db/commit.py), because a trigger per row makes FTS5 flush
# per row and halves the speed; changes are rare and use triggers, limited to what is searched.
# `hashsize` is the index's write buffer in bytes.
SEARCH = """
CREATE VIRTUAL TABLE postings_fts USING fts5(
    title, organization, description,
    content='postings_search', content_rowid='id', tokenize='porter unicode61 remove_diacritics 2'
);
INSERT INTO postings_fts(postings_fts, rank) VALUES ('hashsize', 8388608)
"""

TRIGGERS = (
    """
    CREATE TRIGGER postings_fts_postings AFTER UPDATE OF title, organization ON postings
    WHEN old.title IS NOT new.title OR old.organization IS NOT new.organization
    BEGIN
        INSERT INTO postings_fts(postings_fts, rowid, title, organization, description)
        SELECT 'delete', old.id, old.title, old.organization, description_text
        FROM texts WHERE posting = old.id;
        INSERT INTO postings_fts(rowid, title, organization, description)
        SELECT new.id, new.title, new.organization, description_text
        FROM texts WHERE posting = new.id;
    END
    """,
    """
    CREATE TRIGGER postings_fts_texts AFTER UPDATE OF description_text ON texts
    WHEN old.description_text IS NOT new.description_text
    BEGIN
        INSERT INTO postings_fts(postings_fts, rowid, title, organization, description)
        SELECT 'delete', id, title, organization, old.description_text
        FROM postings WHERE id = old.posting;
        INSERT INTO postings_fts(rowid, title, organization, description)
        SELECT id, title, organization, new.description_text
        FROM postings WHERE id = new.posting;
    END
    """,
)


def apply(db: Database) -> None:
    """Make everything in an empty database."""
    for script in (TABLES, INDEXES, VIEWS, SEARCH):
        for statement in script.split(";\n"):
            db.execute(statement)
    for trigger in TRIGGERS:
        db.execute(trigger)
