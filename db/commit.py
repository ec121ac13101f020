"""One source-run into the database: one transaction, statements over sets.

The rules of history are here, and `commit_source_run` applies them from top to bottom: what is new
or says something else (db/content.py), what was seen, what is back, what is closed, and what is
only absent.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from db import answers as kept
from db.content import Content
from db.schema import ABSENT, COMPLETE, DEADLINE
from db.sql import as_json, marks, writing

_TEMPORARY = {
    "shown": "native_id TEXT PRIMARY KEY",
    "seen": "posting INTEGER PRIMARY KEY",
    "touched": "posting INTEGER PRIMARY KEY",
    "item_keys": "platform TEXT, tenant TEXT, key TEXT",
}


@dataclass(frozen=True)
class Policy:
    """When absence closes, and when a posting changes hands. See docs/reading-a-run.md."""

    close_after: int = 3  # complete runs in a row without the posting
    guard_min: int = 5  # so many going at once, and more than this share of the open ones ...
    guard_share: float = 0.5
    guard_close_after: int = 12  # ... close only after so many, or on a person's word
    owner_stale_days: int = 14  # without a complete run, and another source may take over


POLICY = Policy()


def commit_source_run(
    db: Database,
    run_row: Mapping[str, Any],
    postings: Sequence[Mapping[str, Any]] = (),
    *,
    sightings: Iterable[str] = (),
    closed: Mapping[str, str] | None = None,
    rejects: Sequence[Mapping[str, Any]] = (),
    field_counts: Mapping[str, Mapping[str, int]] | None = None,
    counts_absences: bool = False,
    today: str | None = None,
    answers: Sequence[Mapping[str, Any]] = (),
    policy: Policy = POLICY,
) -> dict[str, int]:
    """Store what one visit to one source brought, in one transaction.

    run_row          run, source, outcome; reason, requests, declared_total, listed, seconds,
                     started (ISO moment, default that of the run)
    postings         what was read: `Posting.model_dump(mode="json")`, and optionally `relative`,
                     the names of dates that were told from today (they never replace a stored one)
    sightings        native ids of known postings that are still there, unchanged
    closed           native id -> the site's own word that this posting is closed
    rejects          url, reason, raw (anything JSON can hold)
    field_counts     field -> present, parsed, postings, characters (docs/database.md)
    counts_absences  the run is complete and its listing authoritative: what it does not show is
                     absent. Otherwise nothing is, whatever is missing.
    today            day of the crawl, default the day of `started`
    answers          raw answers to keep (db/answers.py)

    Returns the counts new, changed, closed, reopened and held (absent, but kept open by the guard
    against mass drops). Raises sqlite3.Error; nothing is stored then.
    """
    started = run_row.get("started") or _started(db, run_row["run"])
    day, source = today or started[:10], run_row["source"]
    complete = run_row["outcome"] in COMPLETE
    content = Content(db.conn, source, complete, postings, day, policy.owner_stale_days)
    shown = [*sightings, *(posting["native_id"] for posting in postings)]
    for table, columns in _TEMPORARY.items():
        db.conn.execute(f"CREATE TEMP TABLE IF NOT EXISTS {table} ({columns})")
    with writing(db) as conn:
        for table in _TEMPORARY:
            conn.execute(f"DELETE FROM temp.{table}")
        conn.executemany("INSERT OR IGNORE INTO temp.shown VALUES (?)", ((name,) for name in shown))
        content.store()
        _see(conn, source, day)
        reopened = _reopen(conn, source, day, content)
        gone = _close_said(conn, source, day, closed or {})
        gone += close_past_deadlines(conn, day, source)
        if counts_absences and complete:
            gone += _count_absences(conn, source, day, policy)
        counts = {
            "new": content.new, "changed": content.changed, "closed": gone, "reopened": reopened,
            "held": _held(conn, source, policy),
        }  # fmt: skip
        row = {**run_row, "started": started, **counts, "rejected": len(rejects)}
        _append(conn, row, content.changes, rejects, field_counts or {})
        if answers:
            kept.keep(conn, source, row["run"], answers, complete=complete, today=day)
    return counts


def _started(db: Database, run: int) -> str:
    (started,) = db.conn.execute("SELECT started FROM runs WHERE id = ?", (run,)).fetchone()
    return str(started)


def _see(conn: sqlite3.Connection, source: str, today: str) -> None:
    """Everything shown was seen today, by whichever of its native ids."""
    conn.execute(
        "INSERT OR IGNORE INTO temp.seen SELECT posting FROM temp.shown "
        "JOIN sightings ON sightings.source = ? AND sightings.native_id = shown.native_id",
        (source,),
    )
    conn.execute(
        "UPDATE postings SET last_seen = ?, absences = 0 "
        "WHERE id IN (SELECT posting FROM temp.seen)",
        (today,),
    )
    conn.execute(
        "UPDATE sightings SET listed = 1 WHERE source = ? AND listed = 0 "
        "AND native_id IN (SELECT native_id FROM temp.shown)",
        (source,),
    )


def _reopen(conn: sqlite3.Connection, source: str, today: str, content: Content) -> int:
    """A closed posting that was seen reopens, unless its deadline is over."""
    closed = conn.execute(
        "SELECT id, closed_at, closed_reason FROM temp.seen JOIN postings ON id = posting "
        "WHERE closed_at IS NOT NULL AND source = ? "
        "AND (valid_through IS NULL OR valid_through >= ?)",
        (source, today),
    ).fetchall()
    back = [row for row in closed if row[0] in content.back or row[0] not in content.known]
    conn.executemany(
        "UPDATE postings SET closed_at = NULL, closed_reason = NULL WHERE id = ?",
        ((posting,) for posting, _, _ in back),
    )
    for posting, closed_at, reason in back:
        content.changes.append((posting, "closed_at", closed_at, None))
        content.changes.append((posting, "closed_reason", reason, None))
    return len(back)


def _close_said(
    conn: sqlite3.Connection, source: str, today: str, closed: Mapping[str, str]
) -> int:
    """The site's own word closes at once, unless the same run shows the posting elsewhere."""
    done = conn.executemany(
        "UPDATE postings SET closed_at = ?, closed_reason = ? "
        "WHERE closed_at IS NULL AND source = ? "
        "AND id = (SELECT posting FROM sightings WHERE source = ? AND native_id = ?) "
        "AND id NOT IN (SELECT posting FROM temp.seen)",
        [(today, said, source, source, native_id) for native_id, said in closed.items()],
    )
    return max(0, done.rowcount)


def close_past_deadlines(conn: sqlite3.Connection, today: str, source: str | None = None) -> int:
    """Close open postings (of one source, or all) whose deadline was before today."""
    where = "closed_at IS NULL AND valid_through < ?" + (" AND source = ?" if source else "")
    return conn.execute(
        f"UPDATE postings SET closed_at = ?, closed_reason = ? WHERE {where}",
        (today, DEADLINE, today, *([source] if source else [])),
    ).rowcount


def _count_absences(conn: sqlite3.Connection, source: str, today: str, policy: Policy) -> int:
    """What a complete, authoritative listing does not show is absent once more; returns closings.

    Half a board that goes at once is an incident until it lasts: nearly all recorded drops of more
    than half of a board recovered. What was held at its third absence stays so until the twelfth,
    though the rest of the board may have grown or partly returned.
    """
    ours = "source = ? AND closed_at IS NULL"
    conn.execute(
        "UPDATE sightings SET listed = 0 WHERE source = ? AND listed = 1 "
        "AND native_id NOT IN (SELECT native_id FROM temp.shown)",
        (source,),
    )
    conn.execute(
        f"UPDATE postings SET absences = absences + 1 WHERE {ours} "
        "AND id NOT IN (SELECT posting FROM temp.seen)",
        (source,),
    )
    is_open, going = conn.execute(
        f"SELECT count(*), count(CASE WHEN absences >= ? THEN 1 END) FROM postings WHERE {ours}",
        (policy.close_after, source),
    ).fetchone()
    mass_drop = going >= policy.guard_min and going > policy.guard_share * is_open
    now = -1 if mass_drop else policy.close_after
    return conn.execute(
        f"UPDATE postings SET closed_at = ?, closed_reason = ? "
        f"WHERE {ours} AND (absences = ? OR absences >= ?)",
        (today, ABSENT, source, now, policy.guard_close_after),
    ).rowcount


def _held(conn: sqlite3.Connection, source: str, policy: Policy) -> int:
    held: int = conn.execute(
        "SELECT count(*) FROM postings WHERE source = ? AND closed_at IS NULL AND absences >= ?",
        (source, policy.close_after),
    ).fetchone()[0]
    return held


def _append(
    conn: sqlite3.Connection,
    row: Mapping[str, Any],
    changes: Iterable[tuple[int, str, Any, Any]],
    rejects: Iterable[Mapping[str, Any]],
    field_counts: Mapping[str, Mapping[str, int]],
) -> None:
    """The run itself, and what is only ever appended."""
    run, source = row["run"], row["source"]
    conn.execute(
        f"INSERT INTO source_runs ({', '.join(row)}) VALUES ({marks(row)})",
        list(row.values()),
    )
    conn.executemany(
        "INSERT INTO changes (posting, run, field, old, new) VALUES (?, ?, ?, ?, ?)",
        ((posting, run, *change) for posting, *change in changes),
    )
    conn.executemany(
        "INSERT INTO rejects (run, source, url, reason, raw) VALUES (?, ?, ?, ?, ?)",
        ((run, source, r.get("url"), r["reason"], as_json(r.get("raw"))) for r in rejects),
    )
    conn.executemany(
        "INSERT OR REPLACE INTO field_counts "
        "(run, source, field, present, parsed, postings, characters) "
        "VALUES (:run, :source, :field, :present, :parsed, :postings, :characters)",
        (
            {"run": run, "source": source, "field": name, **counts}
            for name, counts in field_counts.items()
        ),
    )
