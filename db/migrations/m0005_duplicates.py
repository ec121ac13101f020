"""What finding duplicates must remember, so that a night compares only what is new or changed."""

from __future__ import annotations

from sqlite_utils import Database

TABLES = """
CREATE TABLE blocks (
    block INTEGER NOT NULL, posting INTEGER NOT NULL REFERENCES postings(id),
    PRIMARY KEY (block, posting)
) WITHOUT ROWID;
CREATE INDEX blocks_posting ON blocks(posting);
CREATE TABLE compared (
    posting INTEGER PRIMARY KEY REFERENCES postings(id), content_hash TEXT NOT NULL,
    closed_at TEXT, rules INTEGER NOT NULL
)
"""


def apply(db: Database) -> None:
    """Add the tables; the first night afterwards compares everything."""
    for statement in TABLES.split(";\n"):
        db.execute(statement)
