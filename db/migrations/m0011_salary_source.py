"""Whether pay was stated in a field of its own or read out of the description."""

from __future__ import annotations

from sqlite_utils import Database


def apply(db: Database) -> None:
    """Add the column; of pay stored before, nobody knows."""
    db.execute(
        "ALTER TABLE postings ADD COLUMN salary_source TEXT "
        "CHECK (salary_source IN ('field', 'text'))"
    )
