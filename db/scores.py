"""Scores and categories of postings, and the models that an editor's marks made."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sqlite_utils import Database

from db.sql import as_json, writing

COLUMNS = ("topic_score", "lead_score", "score_model")
BATCH = 1000  # postings scored between two transactions

_WORDS = """
    SELECT postings.id, title, organization, unit, description_text, sources.kind, employer
    FROM postings
    JOIN texts ON texts.posting = postings.id
    LEFT JOIN sources ON sources.id = postings.source
"""


def write_scores(conn: sqlite3.Connection, scored: Iterable[tuple[int, Mapping[str, Any]]]) -> None:
    """Store the scores of postings: (id, row); the caller holds the transaction.

    A row has topic_score, lead_score, score_model, score_reasons (anything JSON can hold) and
    categories (pairs of type and category). One without a `score_model` was not scored, and leaves
    what is stored.
    """
    rows = [(posting, row) for posting, row in scored if row.get("score_model")]
    conn.executemany(
        "UPDATE postings SET topic_score = ?, lead_score = ?, score_model = ? WHERE id = ?",
        ((*(row[column] for column in COLUMNS), posting) for posting, row in rows),
    )
    conn.executemany(
        "UPDATE texts SET score_reasons = ? WHERE posting = ?",
        ((as_json(row.get("score_reasons")), posting) for posting, row in rows),
    )
    conn.executemany(
        "DELETE FROM categories WHERE posting = ?", ((posting,) for posting, _ in rows)
    )
    conn.executemany(
        "INSERT OR IGNORE INTO categories (posting, type, category) VALUES (?, ?, ?)",
        ((posting, *category) for posting, row in rows for category in row.get("categories") or ()),
    )


def is_other_score(stored: Mapping[str, Any], row: Mapping[str, Any]) -> bool:
    """Does a row say another score than the stored one, or one by another model?"""
    return any(stored[column] != row.get(column) for column in COLUMNS)


def batches(db: Database) -> Iterator[list[dict[str, Any]]]:
    """What a model reads of every stored posting, open ones first, in lists of a thousand.

    Each is id, title, organization, unit, description_text, kind and employer (of its source).
    No transaction is open between two lists.
    """
    for where in ("closed_at IS NULL", "closed_at IS NOT NULL"):
        last = 0
        while True:
            rows = _dicts(
                db.conn.execute(
                    f"{_WORDS} WHERE {where} AND postings.id > ? ORDER BY postings.id LIMIT ?",
                    (last, BATCH),
                )
            )
            if not rows:
                break
            yield rows
            last = rows[-1]["id"]


def store_scores(db: Database, scored: Iterable[tuple[int, Mapping[str, Any]]]) -> None:
    """`write_scores` in a transaction of its own."""
    rows = list(scored)
    with writing(db) as conn:
        write_scores(conn, rows)


def marked(db: Database) -> list[dict[str, Any]]:
    """Every posting whose latest decision says what the editor wants, as in `batches`.

    `decision` is keep, listed or reject; a snooze says nothing yet, and what was taken back is not
    said.
    """
    return _dicts(
        db.conn.execute(
            f"""
            SELECT words.*, latest.decision FROM ({_WORDS}) AS words JOIN (
                SELECT posting, decision, max(id) FROM marks
                WHERE decision <> 'not_duplicate' GROUP BY posting
            ) AS latest ON latest.posting = words.id
            WHERE latest.decision IN ('keep', 'listed', 'reject') ORDER BY words.id
            """
        )
    )


def add_model(
    db: Database, *, name: str, base: str, at: str, marks: int, changes: Mapping[str, Any]
) -> None:
    """Remember a model: `changes` are what it adds to the weights of the shipped model `base`.

    The same name again replaces it, and makes it the latest.
    """
    with writing(db) as conn:
        conn.execute(
            "INSERT OR REPLACE INTO models (name, base, at, marks, changes) VALUES (?, ?, ?, ?, ?)",
            (name, base, at, marks, as_json(changes)),
        )


def latest_model(db: Database) -> dict[str, Any] | None:
    """name, base, at, marks and changes of the model learned last; None before the first."""
    rows = _dicts(
        db.conn.execute(
            "SELECT name, base, at, marks, changes FROM models ORDER BY id DESC LIMIT 1"
        )
    )
    return {**rows[0], "changes": json.loads(rows[0]["changes"])} if rows else None


def forget_models(db: Database) -> None:
    """Back to the shipped model."""
    with writing(db) as conn:
        conn.execute("DELETE FROM models")


def _dicts(cursor: sqlite3.Cursor) -> list[dict[str, Any]]:
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]
