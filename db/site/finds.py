"""New finds: what is open, relevant and undecided, best first, and what is known about each."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from typing import Any

from db.migrations.m0010_desk import DEADLINE, DECISION, RANK
from db.publish._links import employers_url
from db.site.hints import hints
from db.site.rows import IN_TIME, OF_THESE, OPEN, Row, by_posting, dicts, ids, match_of

PAGE = 50
COUNTED = 1000  # more are "more than 1,000": counting all would read all
SHOWN = 0.5  # the scores from which on the desk shows a posting, unless told otherwise

ORDERS = {
    "best": f"{RANK} DESC, first_seen DESC, id DESC",
    "topic": "topic_score DESC, first_seen DESC, id DESC",
    "lead": "lead_score DESC, first_seen DESC, id DESC",
    "newest": "first_seen DESC, id DESC",
    "deadline": f"{DEADLINE}, id DESC",
}


@dataclass(frozen=True)
class Filters:
    """What the editor wants to see; as the query string says it."""

    q: str = ""
    topic: float = SHOWN
    lead: float = SHOWN
    country: str = ""
    sector: str = ""
    category: str = ""
    source: str = ""
    since: str = ""  # visit, issue or a day
    order: str = "best"
    page: int = 1

    @classmethod
    def read(cls, said: Mapping[str, str]) -> Filters:
        """From a query string; nonsense counts as not said."""
        told: dict[str, Any] = {}
        for field in fields(cls):
            text = (said.get(field.name) or "").strip()[:200]
            if field.name in ("topic", "lead"):
                told[field.name] = _score(text)
            elif field.name == "page":
                told["page"] = int(text) if text.isdigit() and 0 < int(text) < 10_000 else 1
            else:
                told[field.name] = text
        told["order"] = told["order"] if told["order"] in ORDERS else "best"
        return cls(**told)

    def query(self, **other: Any) -> dict[str, str]:
        """As a query string again; what is usual is left out."""
        usual = Filters()
        said = {f.name: getattr(self, f.name) for f in fields(self)} | other
        return {name: str(value) for name, value in said.items() if value != getattr(usual, name)}


def _score(text: str) -> float:
    try:
        return min(1.0, max(0.0, float(text)))
    except ValueError:
        return SHOWN


@dataclass(frozen=True)
class Found:
    """A page of finds. `total` is None when there are more than COUNTED."""

    rows: list[Row]
    total: int | None
    more: bool


def find(conn: sqlite3.Connection, filters: Filters, since_day: str | None = None) -> Found:
    """One page of undecided postings, with everything the list shows of them.

    `since_day`: only those first seen then or later.
    """
    where, values = _where(filters, since_day)
    sql = f"SELECT id FROM postings WHERE {where}"
    begin = (filters.page - 1) * PAGE
    chosen = [
        row[0]
        for row in conn.execute(
            f"{sql} ORDER BY {ORDERS[filters.order]} LIMIT ? OFFSET ?", (*values, PAGE + 1, begin)
        )
    ]
    if filters.page == 1 and len(chosen) <= PAGE:
        total: int | None = len(chosen)
    else:
        (count,) = conn.execute(
            f"SELECT count(*) FROM ({sql} LIMIT ?)", (*values, COUNTED + 1)
        ).fetchone()
        total = count if count <= COUNTED else None
    return Found(with_details(conn, chosen[:PAGE]), total, len(chosen) > PAGE)


def _where(filters: Filters, since_day: str | None) -> tuple[str, list[Any]]:
    parts = [OPEN, IN_TIME]
    values: list[Any] = []

    def add(part: str, *more: Any) -> None:
        parts.append(part)
        values.extend(more)

    if filters.topic:
        add("(topic_score IS NULL OR topic_score >= ?)", filters.topic)
    if filters.lead:
        add("(lead_score IS NULL OR lead_score >= ?)", filters.lead)
    if since_day:
        add("first_seen >= ?", since_day)
    if filters.source:
        add("source = ?", filters.source)
    if filters.country == "remote":
        add("EXISTS (SELECT 1 FROM places WHERE posting = postings.id AND remote = 1)")
    elif filters.country:
        add(
            "EXISTS (SELECT 1 FROM places WHERE posting = postings.id AND country = ?)",
            filters.country,
        )
    if filters.sector:
        add("EXISTS (SELECT 1 FROM categories WHERE posting = postings.id "
            "AND type = 'sector' AND category = ?)",
            filters.sector)  # fmt: skip
    if filters.category:
        add("EXISTS (SELECT 1 FROM categories WHERE posting = postings.id "
            "AND type <> 'sector' AND category = ?)",
            filters.category)  # fmt: skip
    match = match_of(filters.q)
    if match:
        add("id IN (SELECT rowid FROM postings_fts WHERE postings_fts MATCH ?)", match)
    add(f"{DECISION} = 'undo'")
    return " AND ".join(parts), values


COLUMNS = (
    "id, source, platform, requisition_id, url, apply_url, title, organization, unit, location, "
    "workplace, employment_type, date_posted, valid_through, first_seen, last_seen, closed_at, "
    "closed_reason, topic_score, lead_score, score_model, duplicate_of, salary_min, salary_max, "
    "salary_currency, salary_unit"
)


def with_details(
    conn: sqlite3.Connection, postings: Iterable[int], *, hinted: bool = True
) -> list[Row]:
    """These postings in this order, with link, categories, reasons and, if `hinted`, what the
    editor should know (of the private tables): a few statements whatever their number."""
    order = list(postings)
    of = (ids(order),)
    found = {
        row["id"]: row
        for row in dicts(conn, f"SELECT {COLUMNS} FROM postings WHERE id {OF_THESE}", of)
    }
    reasons = dict(
        conn.execute(f"SELECT posting, score_reasons FROM texts WHERE posting {OF_THESE}", of)
    )
    categories = by_posting(
        dicts(
            conn, f"SELECT * FROM categories WHERE posting {OF_THESE} ORDER BY type, category", of
        )
    )
    known = hints(conn, [found[n] for n in order if n in found]) if hinted else {}
    elsewhere = by_posting(
        dicts(
            conn,
            "SELECT duplicate_of AS posting, id, url, source, organization FROM postings "
            f"WHERE duplicate_of {OF_THESE} ORDER BY id",
            of,
        )
    )
    for number, row in found.items():
        copies = elsewhere.get(number, [])
        row["copies"] = copies
        row["link"] = employers_url(row["url"], row["apply_url"], [c["url"] for c in copies])
        row["categories"] = categories.get(number, [])
        row["reasons"] = reasons_of(reasons.get(number))
        row["hints"] = known.get(number, [])
    return [found[number] for number in order if number in found]


def reasons_of(text: str | None) -> dict[str, list[Row]]:
    """score_reasons as `topic` and `lead`: rows of words, field and weight."""
    try:
        said = json.loads(text or "{}")
    except ValueError:
        return {}
    if not isinstance(said, dict):
        return {}
    found: dict[str, list[Row]] = {}
    for axis in ("topic", "lead"):
        given = said.get(axis)
        rows = given if isinstance(given, list) else []
        found[axis] = [_reason(row) for row in rows if isinstance(row, dict)][:12]
    return found


def _reason(row: Row) -> Row:
    weight = row.get("weight")
    return {
        "words": str(row.get("words") or ""),
        "field": str(row.get("field") or ""),
        "weight": float(weight) if isinstance(weight, int | float) else 0.0,
    }


# --- choices --------------------------------------------------------------------------------------


def choices(conn: sqlite3.Connection) -> dict[str, list[str]]:
    """What the filters offer; by loose index scans, so that no table is read whole."""
    return {
        "country": _distinct(conn, "places", "country"),
        "sector": [
            r[0]
            for r in conn.execute(
                "SELECT DISTINCT category FROM categories WHERE type = 'sector' ORDER BY 1"
            )
        ],
        "category": _distinct(conn, "categories", "category"),
        "source": [
            r[0]
            for r in conn.execute(
                "SELECT id FROM sources WHERE EXISTS (SELECT 1 FROM postings "
                "WHERE source = sources.id AND closed_at IS NULL) ORDER BY id"
            )
        ],
    }


def _distinct(conn: sqlite3.Connection, table: str, column: str) -> list[str]:
    return [
        row[0]
        for row in conn.execute(
            f"""
            WITH RECURSIVE next(value) AS (
                SELECT min({column}) FROM {table}
                UNION ALL
                SELECT (SELECT min({column}) FROM {table} WHERE {column} > value) FROM next
                WHERE value IS NOT NULL
            )
            SELECT value FROM next WHERE value IS NOT NULL
            """
        )
    ]
