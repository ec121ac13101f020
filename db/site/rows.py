"""Rows of the database as dicts, and parts of statements that several pages share."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from typing import Any

Row = dict[str, Any]

OPEN = "closed_at IS NULL AND duplicate_of IS NULL"
IN_TIME = "(valid_through IS NULL OR valid_through >= date('now'))"
OF_THESE = "IN (SELECT value FROM json_each(?))"


def dicts(conn: sqlite3.Connection, sql: str, values: Any = ()) -> list[Row]:
    """All rows of a statement."""
    cursor = conn.execute(sql, values)
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]


def one(conn: sqlite3.Connection, sql: str, values: Any = ()) -> Any:
    """The first value of the first row; None when there is none."""
    row = conn.execute(sql, values).fetchone()
    return row[0] if row else None


def ids(values: Iterable[int]) -> str:
    """Numbers as the parameter of OF_THESE."""
    return json.dumps(list(values))


def by_posting(rows: Iterable[Row]) -> dict[int, list[Row]]:
    """Rows of a table by their posting, in their order."""
    found: dict[int, list[Row]] = {}
    for row in rows:
        found.setdefault(row["posting"], []).append(row)
    return found


def match_of(text: str) -> str | None:
    """What a person typed as an FTS5 expression: every word, the last also as a beginning.

    Words are quoted, so that no operator is left in them; None when there is no word.
    """
    words = [word for word in text.replace('"', " ").replace("\0", " ").split() if word][:12]
    words = [word for word in words if any(c.isalnum() for c in word)]
    if not words:
        return None
    return " ".join(f'"{word}"' for word in words) + ("*" if len(words[-1]) > 2 else "")
