"""Raw answers of the sites, compressed: what they are kept for, how many, and for how long.

Kept are the details, the newest of each posting, and the listing pages of each source's last
complete run. What exceeds a limit goes, the oldest first; a posting without a kept answer is only
not read again by `rolecall reparse`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlite_utils import Database

from db.sql import marks, writing

COLUMNS = (
    "source", "native_id", "run", "fetched_at", "method", "url", "body_hash", "status",
    "answered_by", "headers", "bytes", "body",
)  # fmt: skip


@dataclass(frozen=True)
class Limits:
    """How much is kept; sizes are bytes after compression."""

    answer: int = 2 * 2**20
    source: int = 64 * 2**20
    total: int = 2 * 2**30
    days: int = 60


LIMITS = Limits()


def keep(
    conn: sqlite3.Connection,
    source: str,
    run: int,
    answers: Sequence[Mapping[str, Any]],
    *,
    complete: bool,
    today: str,
    limits: Limits = LIMITS,
) -> None:
    """Keep the answers of one source-run, inside the caller's transaction.

    An answer has the keys of COLUMNS but `source` and `run`; `native_id` is None for a page of the
    listing. Pages of a listing that was not read to its end are not kept.
    """
    fitting = [answer for answer in answers if answer["bytes"] <= limits.answer]
    details = {answer["native_id"] for answer in fitting} - {None}
    conn.executemany(
        "DELETE FROM answers WHERE source = ? AND native_id = ?",
        ((source, native_id) for native_id in details),
    )
    if complete:
        conn.execute("DELETE FROM answers WHERE source = ? AND native_id IS NULL", (source,))
    conn.executemany(
        f"INSERT INTO answers ({', '.join(COLUMNS)}) VALUES ({marks(COLUMNS)})",
        (
            tuple({**answer, "source": source, "run": run}[column] for column in COLUMNS)
            for answer in fitting
            if complete or answer["native_id"] is not None
        ),
    )
    since = (date.fromisoformat(today) - timedelta(days=limits.days)).isoformat()
    conn.execute("DELETE FROM answers WHERE source = ? AND fetched_at < ?", (source, since))
    _shrink(conn, "source = ?", (source,), limits.source)


def shrink(db: Database, today: str, limits: Limits = LIMITS) -> int:
    """Delete what is too old or too much in all; returns how many answers. Once a night."""
    since = (date.fromisoformat(today) - timedelta(days=limits.days)).isoformat()
    with writing(db) as conn:
        old = conn.execute("DELETE FROM answers WHERE fetched_at < ?", (since,)).rowcount
        return old + _shrink(conn, "TRUE", (), limits.total)


def _shrink(conn: sqlite3.Connection, where: str, values: tuple[str, ...], limit: int) -> int:
    """Delete the oldest details, then the oldest pages of listings, until the rest fits."""
    total = conn.execute(f"SELECT sum(bytes) FROM answers WHERE {where}", values).fetchone()[0]
    if (total or 0) <= limit:
        return 0
    # A newer answer is inserted later; a window over the index adds up without the bodies.
    return conn.execute(
        f"""
        DELETE FROM answers WHERE id IN (
            SELECT id FROM (
                SELECT id, sum(bytes) OVER (
                    ORDER BY native_id IS NULL DESC, fetched_at DESC, id DESC
                ) AS so_far
                FROM answers WHERE {where}
            ) WHERE so_far > ?
        )
        """,
        (*values, limit),
    ).rowcount


def sources(db: Database, names: Collection[str] = ()) -> list[str]:
    """The sources of which answers are kept, in order; of these names only, if any are given."""
    rows = db.conn.execute("SELECT DISTINCT source FROM answers ORDER BY source")
    return [source for (source,) in rows if not names or source in names]


def kept(db: Database, source: str) -> list[dict[str, Any]]:
    """The answers of a source in the order in which they came."""
    rows = db.conn.execute(
        f"SELECT {', '.join(COLUMNS)} FROM answers WHERE source = ? ORDER BY id", (source,)
    )
    return [dict(zip(COLUMNS, row, strict=True)) for row in rows]
