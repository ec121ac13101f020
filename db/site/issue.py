"""The next issue: what is kept, in the editor's order, and the finished section."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from sqlite_utils import Database

from db.publish import Choice, Edition, board_total, chosen, entries_of
from db.publish.newsletter import section
from db.schema import COMPLETE
from db.site.marks import add, now
from db.site.rows import OF_THESE, Row, dicts, ids


def kept(conn: sqlite3.Connection) -> tuple[list[Row], list[str]]:
    """The kept postings that are open, in his order, and the titles of those that closed since."""
    found = chosen(_database(conn), Choice("kept", today=_today()))
    rows = []
    for row in found.rows:
        entries, _ = entries_of([row])
        row["entry"] = entries[0] if entries else None
        rows.append(row)
    return rows, found.closed


def markdown(conn: sqlite3.Connection, site: str | None = None) -> tuple[str, list[str]]:
    """The section to paste, and what is left out with the reason. `site` is the board's address."""
    database = _database(conn)
    rows = chosen(database, Choice("kept", today=_today())).rows
    entries, left_out = entries_of(rows)
    edition = Edition(at=datetime.now(UTC), total=board_total(database))
    if site:
        edition = Edition(at=edition.at, total=edition.total, site=site)
    return section(entries, edition), [f"{one.title}: {one.reason}" for one in left_out]


def seen_lately(conn: sqlite3.Connection, postings: Iterable[int]) -> dict[int, str]:
    """Of these, the ones that need not be asked about: posting -> the day of the listing.

    They were in their source's last listing that was read to its end, and that was today or the
    night before. It is the rule of `rolecall check`, for postings whose number is known.
    """
    rows = dicts(
        conn,
        f"""
        SELECT postings.id, last_seen, (
            SELECT substr(started, 1, 10) FROM source_runs
            WHERE source_runs.source = postings.source
                AND outcome IN ({", ".join("?" * len(COMPLETE))}) ORDER BY id DESC LIMIT 1
        ) AS read_on
        FROM postings WHERE postings.id {OF_THESE} AND closed_at IS NULL
        """,
        (*COMPLETE, ids(postings)),
    )
    yesterday = (datetime.now(UTC).date() - timedelta(days=1)).isoformat()
    return {
        row["id"]: row["read_on"]
        for row in rows
        if row["read_on"] and row["read_on"] == row["last_seen"] and row["read_on"] >= yesterday
    }


def reorder(conn: sqlite3.Connection, order: Iterable[int], editor: str) -> None:
    """Give the kept postings this order; those not named follow as they were."""
    rows, _ = kept(conn)
    by_id = {row["id"]: row for row in rows}
    named = [number for number in dict.fromkeys(order) if number in by_id]
    whole = named + [number for number in by_id if number not in named]
    moved = [
        (position, by_id[number])
        for position, number in enumerate(whole, 1)
        if by_id[number]["mark"].get("position") != position
    ]
    add(conn, [_again(row, "keep", editor, position) for position, row in moved])


def send(conn: sqlite3.Connection, issue: str, editor: str) -> int:
    """The issue is out: what was kept is listed in it from now on. Returns how many."""
    rows, _ = kept(conn)
    add(
        conn,
        [
            _again(row, "listed", editor, position) | {"issue": issue}
            for position, row in enumerate(rows, 1)
        ],
    )
    return len(rows)


def _again(row: Row, decision: str, editor: str, position: int) -> Row:
    mark = row["mark"]
    return {
        "posting": row["id"], "decision": decision, "other": None, "until": None,
        "note": mark.get("note"), "excerpt": mark.get("excerpt"), "issue": mark.get("issue"),
        "position": position, "editor": editor, "at": now(),
    }  # fmt: skip


def _database(conn: sqlite3.Connection) -> Database:
    return Database(conn, execute_plugins=False)


def _today() -> str:
    return datetime.now(UTC).date().isoformat()
