"""What a field's count is out of, and how much was given: a text that shrinks is a loss too."""

from __future__ import annotations

from sqlite_utils import Database


def apply(db: Database) -> None:
    """Add the columns; counts of earlier nights keep NULL, for nobody counted then."""
    db.execute("ALTER TABLE field_counts ADD COLUMN postings INTEGER")
    db.execute("ALTER TABLE field_counts ADD COLUMN characters INTEGER")
