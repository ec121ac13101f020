"""Raw answers, kept so that a mended parser reads them again; and what a run was."""

from __future__ import annotations

from sqlite_utils import Database

# The index holds the sizes, so that adding them up touches no body.
TABLE = """
CREATE TABLE answers (
    id INTEGER PRIMARY KEY, source TEXT NOT NULL REFERENCES sources(id), native_id TEXT,
    run INTEGER NOT NULL REFERENCES runs(id), fetched_at TEXT NOT NULL, method TEXT NOT NULL,
    url TEXT NOT NULL, body_hash TEXT NOT NULL, status INTEGER NOT NULL, answered_by TEXT,
    headers TEXT NOT NULL, bytes INTEGER NOT NULL, body BLOB NOT NULL
);
CREATE INDEX answers_source ON answers(source, native_id, fetched_at, bytes)
"""


def apply(db: Database) -> None:
    """Add the table; runs until now were crawls."""
    for statement in TABLE.split(";\n"):
        db.execute(statement)
    db.execute("ALTER TABLE runs ADD COLUMN kind TEXT NOT NULL DEFAULT 'crawl'")
