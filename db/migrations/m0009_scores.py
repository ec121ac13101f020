"""Which model made a score, and what models learned from an editor's marks."""

from __future__ import annotations

from sqlite_utils import Database


def apply(db: Database) -> None:
    """Add the column and the table; scores made before say of no model."""
    db.execute("ALTER TABLE postings ADD COLUMN score_model TEXT")
    db.execute(
        "CREATE TABLE models (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, "
        "base TEXT NOT NULL, at TEXT NOT NULL, marks INTEGER NOT NULL, changes TEXT NOT NULL)"
    )
