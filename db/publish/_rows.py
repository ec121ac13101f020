"""Which postings are published, as plain rows: a few statements whatever their number."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

from sqlite_utils import Database

from db.publish._text import one_line

Row = dict[str, Any]

# What a mark may say instead of the posting, where the table has the column.
_EDITED = ("title", "location", "excerpt", "issue", "position")


@dataclass(frozen=True)
class Choice:
    """Which postings. Days are ISO 8601.

    `kept`: the editor's latest decision is `keep`, in his order. `board`: the view of that name,
    newest first; with `decided` only what he kept or listed. `all`: every open posting but
    duplicates and rejected ones whose topic score is at least `min_score`, best first.
    """

    which: Literal["kept", "board", "all"]
    today: str
    issue: str | None = None
    decided: bool = False
    min_score: float = 0.5
    since: str | None = None
    limit: int | None = None


@dataclass(frozen=True)
class Chosen:
    """The rows, and the titles of those kept that are open no more."""

    rows: list[Row]
    closed: list[str]


def chosen(db: Database, choice: Choice) -> Chosen:
    """The postings of this choice with all that a format may say of them (see `entry_of`)."""
    ids = [posting for (posting,) in db.conn.execute(*_statement(choice))]
    rows = _complete(db, ids)
    closed: list[str] = []
    if choice.which == "kept":
        if choice.issue is not None:
            rows = [row for row in rows if row["mark"].get("issue") == choice.issue]
        closed = [one_line(row["title"]) for row in rows if not _is_open(row, choice.today)]
        rows = [row for row in rows if _is_open(row, choice.today)]
        rows.sort(key=_editors_order)
    return Chosen(rows[: choice.limit], closed)


def board_total(db: Database) -> int:
    """How many postings the board shows."""
    return int(db.conn.execute("SELECT count(*) FROM board").fetchone()[0])


_DECISION = """coalesce((
    SELECT decision FROM marks WHERE marks.posting = {id}
        AND NOT (decision = 'not_duplicate' OR (decision = 'undo' AND other IS NOT NULL))
    ORDER BY marks.id DESC LIMIT 1
), 'undo')"""


def _statement(choice: Choice) -> tuple[str, tuple[Any, ...]]:
    since = choice.since or ""
    if choice.which == "kept":
        # An issue that was sent is listed by now.
        wanted = ("keep", "listed" if choice.issue is not None else "keep")
        return (
            f"""
            SELECT postings.id FROM (SELECT DISTINCT posting FROM marks) AS marked
            JOIN postings ON postings.id = marked.posting
            WHERE {_DECISION.format(id="postings.id")} IN (?, ?) AND first_seen >= ?
            """,
            (*wanted, since),
        )
    limit = -1 if choice.limit is None else choice.limit
    if choice.which == "board":
        decided = f"AND {_DECISION.format(id='board.id')} IN ('keep', 'listed')"
        return (
            f"""
            SELECT id FROM board WHERE first_seen >= ? {decided if choice.decided else ""}
            ORDER BY first_seen DESC, id DESC LIMIT ?
            """,
            (since, limit),
        )
    return (
        f"""
        SELECT id FROM postings
        WHERE closed_at IS NULL AND duplicate_of IS NULL
            AND (valid_through IS NULL OR valid_through >= ?) AND first_seen >= ?
            AND coalesce(topic_score, 0) >= ? AND {_DECISION.format(id="postings.id")} <> 'reject'
        ORDER BY topic_score DESC, first_seen DESC, id DESC LIMIT ?
        """,
        (choice.today, since, choice.min_score, limit),
    )


def _is_open(row: Row, today: str) -> bool:
    deadline = row["valid_through"]
    return row["closed_at"] is None and (deadline is None or deadline >= today)


def _editors_order(row: Row) -> tuple[bool, int, str, int]:
    position = row["mark"].get("position")
    title = row["mark"].get("title") or row["title"]
    return position is None, position or 0, title.casefold(), row["id"]


def _complete(db: Database, ids: list[int]) -> list[Row]:
    """The rows of these postings, in this order."""
    chosen_ids = json.dumps(ids)
    of_these = "IN (SELECT value FROM json_each(?))"
    rows = _dicts(
        db,
        f"""
        SELECT postings.*, texts.excerpt, texts.description_html, texts.description_text,
            texts.language, sources.note AS source_note
        FROM postings LEFT JOIN texts ON texts.posting = postings.id
        LEFT JOIN sources ON sources.id = postings.source WHERE postings.id {of_these}
        """,
        chosen_ids,
    )
    by_id: dict[int, Row] = {}
    for row in rows:
        more: Row = {"mark": {}, "places": [], "categories": [], "other_urls": [], "updated": None}
        by_id[row["id"]] = row | more
    for mark in _dicts(
        db,
        f"SELECT * FROM marks WHERE posting {of_these} "
        "AND NOT (decision = 'not_duplicate' OR (decision = 'undo' AND other IS NOT NULL)) "
        "ORDER BY id",
        chosen_ids,
    ):
        by_id[mark["posting"]]["mark"] = _merged(by_id[mark["posting"]]["mark"], mark)
    for place in _dicts(
        db, f"SELECT * FROM places WHERE posting {of_these} ORDER BY rowid", chosen_ids
    ):
        by_id[place["posting"]]["places"].append(place)
    for posting, kind, category in db.conn.execute(
        f"SELECT posting, type, category FROM categories WHERE posting {of_these}", (chosen_ids,)
    ):
        by_id[posting]["categories"].append((kind, category))
    for posting, started in db.conn.execute(
        "SELECT posting, max(started) FROM changes JOIN runs ON runs.id = changes.run "
        f"WHERE posting {of_these} GROUP BY posting",
        (chosen_ids,),
    ):
        by_id[posting]["updated"] = started
    _add_other_urls(db, by_id.values())
    return [by_id[posting] for posting in ids]


def _merged(before: Row, mark: Row) -> Row:
    """A mark over the one before it: marks are appended, and one that only moves a kept posting to
    another place does not repeat its excerpt. Any other decision starts anew."""
    if mark["decision"] not in ("keep", "listed") or not before:
        return mark
    if before["decision"] not in ("keep", "listed"):
        return mark
    kept = {name: before.get(name) for name in _EDITED if mark.get(name) is None}
    return mark | kept | {"at": before["at"]}


def _add_other_urls(db: Database, rows: Iterable[Row]) -> None:
    """Where the same vacancy is also shown, the posting that stands for it first."""
    by_vacancy: dict[int, list[Row]] = {}
    for row in rows:
        by_vacancy.setdefault(row["duplicate_of"] or row["id"], []).append(row)
    vacancies = json.dumps(list(by_vacancy))
    found = db.conn.execute(
        "SELECT coalesce(duplicate_of, id), id, url FROM postings WHERE closed_at IS NULL AND "
        "(id IN (SELECT value FROM json_each(?)) OR "
        "duplicate_of IN (SELECT value FROM json_each(?))) ORDER BY duplicate_of IS NOT NULL, id",
        (vacancies, vacancies),
    )
    for vacancy, posting, url in found:
        for row in by_vacancy.get(vacancy, ()):
            if row["id"] != posting:
                row["other_urls"].append(url)


def _dicts(db: Database, sql: str, *parameters: Any) -> Iterable[Row]:
    cursor = db.conn.execute(sql, parameters)
    names = [column[0] for column in cursor.description]
    return (dict(zip(names, row, strict=True)) for row in cursor)
