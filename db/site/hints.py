"""What the editor should know before deciding: likely duplicates, reposts, earlier listings."""

from __future__ import annotations

import json
import sqlite3

from db.site.marks import latest
from db.site.rows import OF_THESE, Row, dicts, ids


def hints(conn: sqlite3.Connection, rows: list[Row]) -> dict[int, list[str]]:
    """Sentences by posting: likely duplicates, reposts, and what was listed already."""
    found: dict[int, list[str]] = {}
    for row in _listed_alike(conn, rows):
        issue = (
            f"in issue {row['issue']}" if row["issue"] else f"in {row['document'] or 'a document'}"
        )
        day = f" ({row['listed_on']})" if row["listed_on"] else ""
        found.setdefault(row["posting"], []).append(
            f"The same title of {row['organization'] or 'an employer'} was listed {issue}{day}"
        )
    ties = _ties(conn, [row["id"] for row in rows])
    marked = latest(conn, {tie["other"] for tie in ties})
    for tie in ties:
        mark = marked.get(tie["other"])
        kept = mark and mark["decision"] in ("keep", "listed", "reject", "snooze")
        if tie["kind"] == "sibling" and not kept:
            continue  # another opening, and nothing was decided about it
        said = f"{_KINDS.get(tie['kind'], tie['kind'])} “{tie['title']}”"
        if tie["closed_at"]:
            said += f", closed {tie['closed_at']}"
        if mark and kept:
            said += f", {_SAID[mark['decision']]}"
            said += f" in issue {mark['issue']}" if mark["issue"] else f" on {mark['at'][:10]}"
        found.setdefault(tie["posting"], []).append(said)
    return {posting: list(dict.fromkeys(said)) for posting, said in found.items()}


_KINDS = {
    "duplicate": "May be the same as",
    "repost": "A repost of",
    "sibling": "A sibling (another opening) of",
}
_SAID = {"keep": "kept", "listed": "listed", "reject": "rejected", "snooze": "snoozed"}


def _ties(conn: sqlite3.Connection, postings: list[int]) -> list[Row]:
    of = ids(postings)
    return dicts(
        conn,
        f"""
        SELECT a AS posting, b AS other, kind, how, score, title, closed_at FROM duplicates
        JOIN postings ON postings.id = b WHERE a {OF_THESE} AND postings.duplicate_of IS NOT a
        UNION ALL
        SELECT b, a, kind, how, score, title, closed_at FROM duplicates
        JOIN postings ON postings.id = a WHERE b {OF_THESE} AND postings.duplicate_of IS NOT b
        """,
        (of, of),
    )


def _listed_alike(conn: sqlite3.Connection, rows: list[Row]) -> list[Row]:
    """What was listed under the same title, of an employer whose name begins alike."""
    wanted = json.dumps([[r["id"], r["title"], r["organization"]] for r in rows])
    return dicts(
        conn,
        """
        SELECT json_extract(value, '$[0]') AS posting, issue, document, listed_on, organization
        FROM json_each(?) CROSS JOIN listed
            ON listed.title = json_extract(value, '$[1]') COLLATE NOCASE
        WHERE listed.organization = json_extract(value, '$[2]') COLLATE NOCASE
        """,
        (wanted,),
    )
