"""The store: what the house asks of the database, in plain dicts.

`open_db` opens (and migrates) a file; `commit_source_run` (db/commit.py) writes one source-run; the
rest are the few reads and writes around it. Marks are the editor's: nothing here writes them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from db.commit import POLICY, Policy, commit_source_run
from db.commit import close_past_deadlines as _close_past_deadlines
from db.migrations import migrate
from db.schema import COMPLETE, CONFIRMED, DEADLINE, TABLES
from db.sql import as_json, is_fresh, marks, writing

__all__ = [
    "POLICY", "Policy", "close_past_deadlines", "commit_source_run", "confirm", "finish_run",
    "history", "memory_rows", "open_db", "query", "source_health", "start_run", "sync_sources",
]  # fmt: skip

QUERIES = Path(__file__).parent / "queries"

PRAGMAS = (
    "page_size = 16384",  # of a new file: a posting's texts fit in a page, a tenth faster
    "busy_timeout = 30000",  # ms; crawl and desk share the file, a commit holds it far shorter
    "journal_mode = WAL",
    "synchronous = NORMAL",  # safe in WAL; a power cut may lose the last source-run, no more
    "foreign_keys = ON",
    "cache_size = -65536",  # KiB
    "temp_store = MEMORY",
)

# A posting past its deadline that its site still lists is read again this often: deadlines move.
DEADLINE_RECHECK_DAYS = 3


def open_db(path: str | Path) -> Database:
    """The database at `path`, made or migrated to the newest schema, in WAL mode.

    Raises sqlite3.Error when the file is no database or cannot be written.
    """
    db = Database(path)
    try:
        for pragma in PRAGMAS:
            db.conn.execute(f"PRAGMA {pragma}")
        migrate(db)
    except BaseException:
        db.close()
        raise
    return db


# --- the catalogue and the nights -----------------------------------------------------------------


def sync_sources(db: Database, rows: Iterable[Mapping[str, Any]]) -> None:
    """Write these catalogue entries to `sources`; others stay, for postings refer to them.

    A row is `Source.model_dump(mode="json")`; keys that are no column are left out.
    """
    columns = list(TABLES["sources"][1])
    values = [
        tuple(_plain({"enabled": 1, **row}.get(column)) for column in columns) for row in rows
    ]
    updated = ", ".join(f"{column} = excluded.{column}" for column in columns[1:])
    with writing(db) as conn:
        conn.executemany(
            f"INSERT INTO sources ({', '.join(columns)}) "
            f"VALUES ({marks(columns)}) ON CONFLICT (id) DO UPDATE SET {updated}",
            values,
        )


def start_run(db: Database, started: str, kind: str = "crawl") -> int:
    """Begin a night, or a run of another kind, at this moment (ISO 8601); returns its number."""
    with writing(db) as conn:
        number = conn.execute(
            "INSERT INTO runs (started, kind) VALUES (?, ?)", (started, kind)
        ).lastrowid
    assert number is not None
    return number


def finish_run(
    db: Database,
    run: int,
    finished: str,
    *,
    seconds: float | None = None,
    sources: int | None = None,
    alarming: int | None = None,
) -> None:
    """End a night, and let SQLite refresh the statistics its query planner goes by."""
    with writing(db) as conn:
        conn.execute(
            "UPDATE runs SET finished = ?, seconds = ?, sources = ?, alarming = ? WHERE id = ?",
            (finished, seconds, sources, alarming, run),
        )
    db.conn.execute("PRAGMA analysis_limit = 1000")
    db.conn.execute("PRAGMA optimize")


# --- what earlier nights know ---------------------------------------------------------------------


def memory_rows(db: Database, source: str, today: str | None = None) -> list[dict[str, Any]]:
    """What a visit to this source should know: one row per native id it ever listed.

    Each row is native_id, url, fingerprint, detail_read_on and is_open, also for postings that
    another source owns. `is_open` is false where the posting should be read again when listed and
    not be looked for when missing: it is closed, this native id left the listing while the posting
    lives on elsewhere, or the source that owns it is no longer read. A posting past its deadline
    that is still listed counts as open for three days after its detail was read.
    """
    day = today or _today()
    recheck = (date.fromisoformat(day) - timedelta(days=DEADLINE_RECHECK_DAYS)).isoformat()
    rows = db.conn.execute(
        """
        SELECT s.native_id, coalesce(s.url, p.url), fingerprint, detail_read_on,
            CASE
                WHEN p.closed_at IS NULL THEN
                    s.listed OR (p.source = s.source AND p.absences > 0)
                ELSE p.closed_reason = ? AND s.listed AND coalesce(detail_read_on, '') > ?
            END,
            p.source
        FROM sightings AS s JOIN postings AS p ON p.id = s.posting WHERE s.source = ?
        """,
        (DEADLINE, recheck, source),
    ).fetchall()
    others = {owner for *_, owner in rows} - {source}
    fresh = {owner for owner in others if is_fresh(db.conn, owner, day, POLICY.owner_stale_days)}
    return [
        {
            "native_id": native_id,
            "url": url,
            "fingerprint": fingerprint,
            "detail_read_on": read_on,
            "is_open": bool(is_open) and (owner == source or owner in fresh),
        }
        for native_id, url, fingerprint, read_on, is_open, owner in rows
    ]


def history(db: Database, source: str) -> dict[str, Any]:
    """What deciding an outcome needs of a source's past.

    listed    counts of the last five complete runs, newest first
    outcomes  of the last thirty runs, newest first
    open      open postings
    held      of these, absent ones that only the guard against mass drops keeps open
    """
    listed = db.conn.execute(
        f"SELECT listed FROM source_runs WHERE source = ? AND outcome IN ({marks(COMPLETE)}) "
        "ORDER BY id DESC LIMIT 5",
        (source, *COMPLETE),
    )
    outcomes = db.conn.execute(
        "SELECT outcome FROM source_runs WHERE source = ? ORDER BY id DESC LIMIT 30", (source,)
    )
    is_open, held = db.conn.execute(
        "SELECT count(*), count(CASE WHEN absences >= ? THEN 1 END) FROM postings "
        "WHERE source = ? AND closed_at IS NULL",
        (POLICY.close_after, source),
    ).fetchone()
    return {
        "listed": [count or 0 for (count,) in listed],
        "outcomes": [outcome for (outcome,) in outcomes],
        "open": is_open,
        "held": held,
    }


# --- closing outside of a source-run --------------------------------------------------------------


def confirm(db: Database, source: str, today: str | None = None) -> int:
    """A person says that a mass drop is real: closes at once what the source no longer lists.

    That is every open posting absent from its last complete run, so that nobody has to wait for
    the third one. Like every closing it is undone when the posting is seen again. Returns how many.
    """
    with writing(db) as conn:
        return conn.execute(
            "UPDATE postings SET closed_at = ?, closed_reason = ? "
            "WHERE source = ? AND closed_at IS NULL AND absences > 0",
            (today or _today(), CONFIRMED, source),
        ).rowcount


def close_past_deadlines(db: Database, today: str) -> int:
    """Close every open posting whose deadline was before today; returns how many."""
    with writing(db) as conn:
        return _close_past_deadlines(conn, today)


# --- named queries --------------------------------------------------------------------------------


def query(db: Database, name: str, /, **parameters: Any) -> list[dict[str, Any]]:
    """The rows of `db/queries/<name>.sql`."""
    cursor = db.conn.execute(_sql(name), parameters)
    columns = [column[0] for column in cursor.description]
    return [dict(zip(columns, row, strict=True)) for row in cursor]


def source_health(db: Database) -> list[dict[str, Any]]:
    """The view of that name: how each visited source is."""
    return query(db, "source_health")


@cache
def _sql(name: str) -> str:
    return (QUERIES / f"{name}.sql").read_text(encoding="utf-8")


def _plain(value: Any) -> Any:
    """A value as SQLite takes it: lists and mappings as JSON, nothing for empty ones."""
    if isinstance(value, list | tuple | dict):
        return as_json(value) if value else None
    return value


def _today() -> str:
    return datetime.now(UTC).date().isoformat()
