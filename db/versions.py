"""What postings say at length: their earlier versions, and the difference between two of them.

`changes` keeps what a field said before each change, `texts` what it says now; together they are
every version of a description that was ever read.
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass

from sqlite_utils import Database

FIELDS = ("description_text", "title")
# A source's newest descriptions, as many as it takes to tell what stands in all of them.
RECENT = 60


@dataclass(frozen=True)
class Version:
    """What a field of a posting said from `since` on (a day; the first one's is `first_seen`)."""

    number: int  # from 1
    since: str
    run: int | None  # the night that noticed it; None for the first and for changes outside of one
    text: str


def versions(db: Database, posting: int, field: str = "description_text") -> list[Version]:
    """Every version of a field of a posting, the first one first.

    Raises LookupError for an unknown posting, ValueError for a field without versions.
    """
    if field not in FIELDS:
        raise ValueError(f"no versions are shown of {field!r}, but of {' and '.join(FIELDS)}")
    table, key = ("texts", "posting") if field == "description_text" else ("postings", "id")
    found = db.conn.execute(
        f"SELECT first_seen, {table}.{field} FROM postings "
        f"LEFT JOIN texts ON texts.posting = postings.id WHERE {table}.{key} = ?",
        (posting,),
    ).fetchone()
    if found is None:
        raise LookupError(f"no posting {posting}")
    since, now = found
    run: int | None = None
    told: list[Version] = []
    for noticed, day, old in db.conn.execute(
        "SELECT changes.run, substr(coalesce(source_runs.started, runs.started), 1, 10), old "
        "FROM changes JOIN postings ON postings.id = posting "
        "LEFT JOIN runs ON runs.id = changes.run "
        "LEFT JOIN source_runs ON source_runs.run = changes.run "
        "AND source_runs.source = postings.source "
        "WHERE posting = ? AND field = ? ORDER BY changes.id",
        (posting, field),
    ):
        told.append(Version(len(told) + 1, since, run, old or ""))
        since, run = day or since, noticed
    return [*told, Version(len(told) + 1, since, run, now or "")]


def difference(
    db: Database,
    posting: int,
    before: int = -2,
    after: int = -1,
    field: str = "description_text",
) -> str:
    """The unified diff of two versions of a posting's text, empty when they are the same.

    `before` and `after` are version numbers from 1, or count from the last one as -1. Raises
    LookupError when there is no such posting or version.
    """
    told = versions(db, posting, field)
    old, new = _numbered(told, before), _numbered(told, after)
    lines = difflib.unified_diff(
        old.text.splitlines(),
        new.text.splitlines(),
        f"version {old.number}",
        f"version {new.number}",
        old.since,
        new.since,
        lineterm="",
    )
    return "\n".join(lines)


def recent_descriptions(db: Database, source: str, limit: int = RECENT) -> list[tuple[str, str]]:
    """Title and text of the newest postings of a source that have one."""
    return db.conn.execute(
        # The sum keeps SQLite from walking all postings in the order of their ids.
        "SELECT title, description_text FROM "
        "(SELECT id, title FROM postings WHERE source = ? ORDER BY id + 0 DESC LIMIT ?) "
        "JOIN texts ON posting = id WHERE description_text IS NOT NULL",
        (source, limit),
    ).fetchall()


def _numbered(told: list[Version], number: int) -> Version:
    place = number - 1 if number > 0 else len(told) + number
    if number == 0 or not 0 <= place < len(told):
        raise LookupError(f"no version {number}; there are {len(told)}")
    return told[place]
