"""Who advertises (agencies marked, other names of an employer), and where a record came from."""

from __future__ import annotations

from sqlite_utils import Database


def apply(db: Database) -> None:
    """Add the columns; postings stored before keep NULL until they are read again."""
    db.execute("ALTER TABLE postings ADD COLUMN recruiter INTEGER")
    db.execute("ALTER TABLE sources ADD COLUMN aliases TEXT")
    db.execute("ALTER TABLE texts ADD COLUMN provenance TEXT")
