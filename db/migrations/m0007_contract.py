"""Whether a contract has an end, and how many hours it is: schema.org has no words for either."""

from __future__ import annotations

from sqlite_utils import Database


def apply(db: Database) -> None:
    """Add the columns; postings read before keep NULL until their detail is read again."""
    db.execute("ALTER TABLE postings ADD COLUMN contract TEXT")
    db.execute("ALTER TABLE postings ADD COLUMN hours REAL")
