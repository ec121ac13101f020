"""One posting with everything the desk or the board says of it."""

from __future__ import annotations

import difflib
import sqlite3

from db.site.finds import with_details
from db.site.marks import latest, paragraphs
from db.site.rows import Row, dicts, one

SHOWN = 60_000  # characters of a description; two novels' worth are not a posting


def posting(conn: sqlite3.Connection, number: int, *, hinted: bool = False) -> Row | None:
    """The posting with its paragraphs, the proposed excerpt and copies; None for no such.

    Only `hinted`, for the desk, are private tables read.
    """
    found = with_details(conn, [number], hinted=hinted)
    if not found:
        return None
    row = found[0]
    texts = dicts(conn, "SELECT * FROM texts WHERE posting = ?", (number,))
    text = texts[0] if texts else {}
    whole = text.get("description_text") or ""
    row["shortened"] = len(whole) > SHOWN
    row["paragraphs"] = paragraphs(whole[:SHOWN])
    row["excerpt"] = text.get("excerpt") or ""
    row["raw_location"] = text.get("raw_location")
    row["employer"] = one(conn, "SELECT employer FROM sources WHERE id = ?", (row["source"],))
    row["places"] = dicts(
        conn, "SELECT city, region, country, remote FROM places WHERE posting = ?", (number,)
    )
    return row


def for_desk(conn: sqlite3.Connection, number: int) -> Row | None:
    """Also with the mark that stands, the excerpt as he left it, and what changed."""
    row = posting(conn, number, hinted=True)
    if row is None:
        return None
    mark = latest(conn, [number]).get(number)
    row["mark"] = mark if mark and mark["decision"] != "undo" else None
    kept = mark and mark["decision"] == "keep"
    row["draft"] = (mark["excerpt"] if mark and kept else None) or row["excerpt"] or ""
    picked = {p.strip() for p in paragraphs(row["draft"])}
    row["picked"] = [p in picked for p in row["paragraphs"]]
    row["changes"] = changes(conn, number)
    return row


def changes(conn: sqlite3.Connection, number: int) -> list[Row]:
    """What the posting said before, newest first; long texts as the words that differ."""
    rows = dicts(
        conn,
        "SELECT field, old, new, substr(started, 1, 10) AS day FROM changes "
        "LEFT JOIN runs ON runs.id = run WHERE posting = ? ORDER BY changes.id DESC LIMIT 20",
        (number,),
    )
    for row in rows:
        old, new = str(row["old"] or ""), str(row["new"] or "")
        if max(len(old), len(new)) > 200:
            row["diff"] = differing(old, new)
    return rows


def differing(old: str, new: str) -> list[tuple[str, str]]:
    """The lines that only one of two texts has, at most 40, as ("-" or "+", line)."""
    lines = difflib.unified_diff(
        old[:SHOWN].splitlines(), new[:SHOWN].splitlines(), lineterm="", n=0
    )
    marked = [line for line in lines if line[:1] in "+-" and line[:3] not in ("+++", "---")]
    return [(line[0], line[1:400]) for line in marked if line[1:].strip()][:40]
