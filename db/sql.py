"""Statements and parts of statements that several files need."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sized
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

from sqlite_utils import Database

from db.schema import COMPLETE


@contextmanager
def writing(db: Database) -> Iterator[sqlite3.Connection]:
    """A transaction that takes the write lock at once.

    `db.atomic()` begins as a reader, and a reader that turns writer after somebody else's commit
    fails without waiting for the busy timeout.
    """
    db.conn.execute("BEGIN IMMEDIATE")
    try:
        yield db.conn
        db.conn.execute("COMMIT")
    except BaseException:
        db.conn.rollback()
        raise


def marks(values: Sized) -> str:
    """One question mark per value."""
    return ", ".join("?" * len(values))


def assignments(columns: Iterable[str]) -> str:
    """`a = ?, b = ?`"""
    return ", ".join(f"{column} = ?" for column in columns)


def as_json(value: Any) -> str | None:
    """A value for a JSON column; None stays NULL."""
    return None if value is None else json.dumps(value, ensure_ascii=False, default=str)


def is_fresh(conn: sqlite3.Connection, source: str, today: str, days: int) -> bool:
    """Did this source have a complete run in the last `days` days?"""
    since = date.fromisoformat(today) - timedelta(days=days)
    latest = conn.execute(
        f"SELECT started FROM source_runs WHERE source = ? AND outcome IN ({marks(COMPLETE)}) "
        "ORDER BY id DESC LIMIT 1",
        (source, *COMPLETE),
    ).fetchone()
    return latest is not None and latest[0][:10] >= since.isoformat()
