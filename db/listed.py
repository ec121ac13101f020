"""What an editor has listed already, told from documents; never written by a crawl."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from db.sql import writing

COLUMNS = (
    "platform", "tenant", "key", "url", "title", "organization", "issue", "listed_on", "document",
)  # fmt: skip


@dataclass
class Counts:
    """What came of telling the database: rows never told before, and stored postings marked."""

    new: int = 0
    known: int = 0
    marked: int = 0


def mark_listed(
    db: Database, rows: Iterable[Mapping[str, Any]], at: str, editor: str | None = None
) -> Counts:
    """Remember these as listed already; `at` is the moment (ISO 8601).

    A row has the keys of COLUMNS, all but `url` optional: `platform`, `tenant` and `key` where the
    posting is known, `platform` alone where its link is of a platform and names no posting. Stored
    postings get a mark `listed`, unless that is what was decided last. What was told before is left
    alone: a decision taken back since then stays taken back.
    """
    counts = Counts()
    columns = ", ".join(COLUMNS)
    with writing(db) as conn:
        for row in rows:
            values = [row.get(name) for name in COLUMNS]
            values[COLUMNS.index("issue")] = row.get("issue") or ""
            told = conn.execute(
                f"INSERT OR IGNORE INTO listed ({columns}, at) "
                f"VALUES ({', '.join('?' * len(values))}, ?)",
                (*values, at),
            ).rowcount
            if not told:
                counts.known += 1
                continue
            counts.new += 1
            counts.marked += conn.execute(
                """
                INSERT INTO marks (posting, decision, issue, note, editor, at)
                SELECT posting, 'listed', ?, ?, ?, ? FROM keys
                WHERE platform = ? AND tenant = ? AND key = ? AND coalesce((
                    SELECT decision FROM marks
                    WHERE marks.posting = keys.posting AND decision <> 'not_duplicate'
                    ORDER BY id DESC LIMIT 1
                ), 'undo') <> 'listed'
                """,
                (row.get("issue"), row.get("document"), editor, at, *values[:3]),
            ).rowcount
    return counts


def unplaced(db: Database) -> list[tuple[int, str]]:
    """Number and URL of each row of `listed` whose posting is not known."""
    return db.conn.execute("SELECT id, url FROM listed WHERE key IS NULL ORDER BY id").fetchall()


def place(db: Database, rows: Iterable[tuple[int, str, str, str]]) -> int:
    """Give rows of `listed` their posting: number, platform, tenant, key. Returns how many."""
    with writing(db) as conn:
        done = conn.executemany(
            "UPDATE listed SET platform = ?, tenant = ?, key = ? WHERE id = ?",
            [(platform, tenant, key, number) for number, platform, tenant, key in rows],
        )
    return max(0, done.rowcount)
