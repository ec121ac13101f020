"""The editor's decisions into `marks`: append-only, the latest wins."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

from db.migrations.m0010_desk import DECISION
from db.schema import DECISIONS
from db.site.rows import OF_THESE, Row, dicts, ids, one

LONGEST = {"excerpt": 20_000, "note": 2_000, "issue": 100}  # characters
SNOOZE_DAYS = 7


class NotAMark(ValueError):
    """What was sent is no decision; the message says why."""


def now() -> str:
    """This moment as marks and visits hold it."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def mark_of(form: Mapping[str, str], editor: str, description: str = "") -> Row:
    """A form as a row of `marks`. Raises NotAMark.

    Without script the excerpt is what the ticked paragraphs (`paragraphs`, "2,5") of the
    description say.
    """
    decision = form.get("decision", "")
    if decision not in DECISIONS:
        raise NotAMark(f"{decision!r} is no decision")
    row: Row = {
        "posting": _number(form.get("posting")), "decision": decision, "other": None, "until": None,
        "note": None, "excerpt": None, "issue": None, "position": None,
        "editor": editor, "at": now(),
    }  # fmt: skip
    for name, longest in LONGEST.items():
        row[name] = (form.get(name) or "").replace("\r\n", "\n").strip()[:longest] or None
    if decision == "snooze":
        row["until"] = _until(form.get("until"))
    if decision == "not_duplicate" or (decision == "undo" and form.get("other")):
        row["other"] = _number(form.get("other"))
    if decision != "keep":
        row["excerpt"] = None
    elif row["excerpt"] is None and form.get("paragraphs"):
        row["excerpt"] = _picked(form["paragraphs"], description)
    if decision != "listed":
        row["issue"] = None
    return row


def _number(text: str | None) -> int:
    try:
        return int(text or "")
    except ValueError:
        raise NotAMark("which posting?") from None


def _until(text: str | None) -> str:
    if not text:
        return (datetime.now(UTC).date() + timedelta(days=SNOOZE_DAYS)).isoformat()
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise NotAMark(f"{text!r} is no day") from None


def _picked(numbers: str, description: str) -> str | None:
    said = paragraphs(description)
    wanted = sorted({int(n) for n in numbers.split(",") if n.isdigit() and int(n) < len(said)})
    return "\n\n".join(said[n] for n in wanted) or None


def paragraphs(text: str | None) -> list[str]:
    """The paragraphs of a description, as the desk numbers them."""
    blocks = (block.strip() for block in (text or "").replace("\r\n", "\n").split("\n\n"))
    return [block for block in blocks if block]


def add(conn: sqlite3.Connection, rows: Iterable[Mapping[str, Any]]) -> None:
    """Append marks, within the caller's transaction. Raises NotAMark for an unknown posting."""
    for row in rows:
        for posting in (row["posting"], row["other"]):
            if (
                posting is not None
                and one(conn, "SELECT id FROM postings WHERE id = ?", (posting,)) is None
            ):
                raise NotAMark(f"there is no posting {posting}")
        conn.execute(
            "INSERT INTO marks (posting, decision, other, until, note, excerpt, issue, position, "
            "editor, at) VALUES (:posting, :decision, :other, :until, :note, :excerpt, :issue, "
            ":position, :editor, :at)",
            row,
        )


def decision(conn: sqlite3.Connection, posting: int) -> str:
    """What stands about this posting; `undo` when nothing does."""
    return str(one(conn, f"SELECT {DECISION} FROM postings WHERE id = ?", (posting,)) or "undo")


def latest(conn: sqlite3.Connection, postings: Iterable[int]) -> dict[int, Row]:
    """The mark that counts, by posting."""
    rows = dicts(
        conn,
        f"SELECT * FROM marks WHERE posting {OF_THESE} AND other IS NULL "
        "AND decision <> 'not_duplicate' ORDER BY id",
        (ids(postings),),
    )
    return {row["posting"]: row for row in rows}


def log(conn: sqlite3.Connection, limit: int = 200) -> list[Row]:
    """The latest marks with their postings, newest first."""
    return dicts(
        conn,
        "SELECT marks.*, title, organization, marks.id = (SELECT max(id) FROM marks AS later "
        "WHERE later.posting = marks.posting) AS stands "
        "FROM marks JOIN postings ON postings.id = posting ORDER BY marks.id DESC LIMIT ?",
        (limit,),
    )


# --- visits ---------------------------------------------------------------------------------------

PAUSE_MINUTES = 60  # longer away, and coming back is a new visit


def visit(conn: sqlite3.Connection, editor: str) -> None:
    """The editor is at the desk: the same visit goes on, or a new one begins."""
    moment = datetime.now(UTC)
    row = conn.execute(
        "SELECT id, seen FROM visits WHERE editor = ? ORDER BY id DESC LIMIT 1", (editor,)
    ).fetchone()
    text = moment.isoformat(timespec="seconds")
    if row and moment - datetime.fromisoformat(row[1]) < timedelta(minutes=PAUSE_MINUTES):
        conn.execute("UPDATE visits SET seen = ? WHERE id = ?", (text, row[0]))
    else:
        conn.execute(
            "INSERT INTO visits (editor, began, seen) VALUES (?, ?, ?)", (editor, text, text)
        )


def last_visit(conn: sqlite3.Connection, editor: str) -> str | None:
    """The moment the visit before this one ended."""
    rows = conn.execute(
        "SELECT seen FROM visits WHERE editor = ? ORDER BY id DESC LIMIT 2", (editor,)
    ).fetchall()
    if not rows:
        return None
    pause = datetime.now(UTC) - datetime.fromisoformat(rows[0][0])
    if pause >= timedelta(minutes=PAUSE_MINUTES):
        return str(rows[0][0])  # this page begins a visit
    return str(rows[1][0]) if len(rows) > 1 else None


def last_issue(conn: sqlite3.Connection) -> tuple[str, str] | None:
    """Name and moment of the issue sent last: its postings were listed in their order."""
    row = conn.execute(
        "SELECT issue, at FROM marks WHERE decision = 'listed' AND position IS NOT NULL "
        "ORDER BY id DESC LIMIT 1"
    ).fetchone()
    return (row[0] or "", row[1]) if row else None


def first_day_after(conn: sqlite3.Connection, moment: str) -> str:
    """The day from which on postings are new to somebody who left at this moment.

    Postings carry the day of the crawl that found them, so it is the day of the next crawl; a day
    in the far future when there was none.
    """
    day = one(conn, "SELECT min(substr(started, 1, 10)) FROM runs WHERE started > ?", (moment,))
    return str(day or "9999-12-31")
