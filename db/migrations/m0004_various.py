"""Places that are several: "Various USA" says a country, and that there is more than one place."""

from __future__ import annotations

from sqlite_utils import Database


def apply(db: Database) -> None:
    """Add the column; places stored before are single ones."""
    db.execute("ALTER TABLE places ADD COLUMN various INTEGER NOT NULL DEFAULT 0")
