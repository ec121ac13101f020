"""The public board: filters, facets with their counts, one page of postings."""

from __future__ import annotations

import sqlite3
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from db.publish._links import employers_url
from db.publish._words import country_name
from db.site.rows import IN_TIME, OF_THESE, OPEN, Row, by_posting, dicts, ids, match_of, one

PAGE = 40
COUNTED = 20_000  # facets of a choice count its newest so many: a page must not read a million rows
FRESH_SECONDS = 300  # counts of the whole board are kept so long
ON_BOARD = f"{OPEN} AND off_board = 0 AND {IN_TIME}"

POSTED = {"1": "today", "7": "last 7 days", "30": "last 30 days"}
REMOTE = {"remote": "Remote", "hybrid": "Hybrid", "onsite": "On site"}
FACETS = ("sector", "role", "technical", "domain", "country", "remote", "posted")
_TYPES = ("sector", "role", "technical", "domain")


@dataclass(frozen=True)
class Choice:
    """What a reader asked for; as the query string says it."""

    q: str = ""
    country: str = ""
    remote: str = ""
    sector: str = ""
    role: str = ""
    technical: str = ""
    domain: str = ""
    posted: str = ""
    page: int = 1

    @classmethod
    def read(cls, said: Mapping[str, str]) -> Choice:
        """From a query string; nonsense counts as not said."""
        told: dict[str, Any] = {
            f.name: " ".join((said.get(f.name) or "").split())[:120] for f in fields(cls)
        }
        page = told["page"]
        told["page"] = int(page) if page.isdigit() and 0 < int(page) < 100_000 else 1
        told["posted"] = told["posted"] if told["posted"] in POSTED else ""
        told["remote"] = told["remote"] if told["remote"] in REMOTE else ""
        return cls(**told)

    def query(self, **other: Any) -> str:
        """As a query string again, for a link; a change of filters begins at the first page."""
        said = {f.name: getattr(self, f.name) for f in fields(self) if f.name != "page"} | other
        pairs = {k: v for k, v in said.items() if v and not (k == "page" and v == 1)}
        return f"?{urlencode(pairs)}" if pairs else ""

    @property
    def chosen(self) -> dict[str, str]:
        """The filters that are set."""
        said = {f.name: getattr(self, f.name) for f in fields(self) if f.name != "page"}
        return {name: value for name, value in said.items() if value}

    def in_words(self) -> str:
        """The choice for a heading or a feed's title; "" for everything."""
        words = [label(name, value) for name, value in self.chosen.items() if name != "q"]
        return ", ".join(([f"“{self.q}”"] if self.q else []) + words)


def label(facet: str, value: str) -> str:
    """A facet's value for a reader."""
    if facet == "country":
        return country_name(value) or value
    return (POSTED if facet == "posted" else REMOTE if facet == "remote" else {}).get(value, value)


def page(conn: sqlite3.Connection, choice: Choice, size: int = PAGE) -> tuple[list[Row], bool]:
    """One page of the board, newest first (best matches first in a search), and is there more?"""
    sql, values = _matching(choice)
    begin = (choice.page - 1) * size
    chosen = [r[0] for r in conn.execute(f"{sql} LIMIT ? OFFSET ?", (*values, size + 1, begin))]
    return cards(conn, chosen[:size]), len(chosen) > size


def cards(conn: sqlite3.Connection, postings: list[int]) -> list[Row]:
    """These postings as the list shows them, in this order."""
    of = (ids(postings),)
    rows = {
        row["id"]: row
        for row in dicts(
            conn,
            "SELECT id, title, organization, unit, location, workplace, employment_type, "
            "date_posted, valid_through, first_seen, url, apply_url, salary_min, salary_max, "
            f"salary_currency, salary_unit, closed_at FROM postings WHERE id {OF_THESE}",
            of,
        )
    }
    for row in rows.values():
        row["link"] = employers_url(row["url"], row["apply_url"])
    found = by_posting(
        dicts(
            conn, f"SELECT * FROM categories WHERE posting {OF_THESE} ORDER BY type, category", of
        )
    )
    for number, row in rows.items():
        row["categories"] = found.get(number, [])
    return [rows[number] for number in postings if number in rows]


def _matching(choice: Choice, *, order: bool = True, columns: str = "id") -> tuple[str, list[Any]]:
    parts = [ON_BOARD]
    values: list[Any] = []

    def add(part: str, *more: Any) -> None:
        parts.append(part)
        values.extend(more)

    if choice.posted:
        day = datetime.now(UTC).date() - timedelta(days=int(choice.posted) - 1)
        add("first_seen >= ?", day.isoformat())
    if choice.remote == "remote":
        add(
            "(workplace = 'remote' OR EXISTS "
            "(SELECT 1 FROM places WHERE posting = postings.id AND remote = 1))"
        )
    elif choice.remote:
        add("workplace = ?", choice.remote)
    if choice.country:
        add(
            "EXISTS (SELECT 1 FROM places WHERE posting = postings.id AND country = ?)",
            choice.country,
        )
    for kind in _TYPES:
        if getattr(choice, kind):
            add("EXISTS (SELECT 1 FROM categories WHERE posting = postings.id "
                "AND type = ? AND category = ?)",
                kind, getattr(choice, kind))  # fmt: skip
    match = match_of(choice.q)
    if match:
        add("id IN (SELECT rowid FROM postings_fts WHERE postings_fts MATCH ?)", match)
    elif choice.q:
        add("0")
    ordered = " ORDER BY first_seen DESC, id DESC" if order else ""
    return f"SELECT {columns} FROM postings WHERE {' AND '.join(parts)}{ordered}", values


# --- facets ---------------------------------------------------------------------------------------

Facets = dict[str, list[tuple[str, int]]]


@dataclass(frozen=True)
class Counts:
    """How many match, and per facet its values, the most frequent first.

    `capped`: only the newest COUNTED were counted.
    """

    total: int
    facets: Facets
    capped: bool = False


_kept: dict[tuple[str, Choice, int], tuple[float, Counts]] = {}


def counts(conn: sqlite3.Connection, choice: Choice) -> Counts:
    """The facets of a choice. Those of single filters are kept for a few minutes."""
    path = one(conn, "SELECT file FROM pragma_database_list WHERE name = 'main'") or ""
    version = one(conn, "SELECT coalesce(max(id), 0) FROM runs WHERE finished IS NOT NULL") or 0
    plain = replace(choice, page=1)
    key = (str(path), plain, int(version))
    told = _kept.get(key)
    if told and time.monotonic() - told[0] < FRESH_SECONDS:
        return told[1]
    found = _count(conn, plain)
    if len(plain.chosen) <= 1 and not plain.q:
        if len(_kept) > 500:
            _kept.clear()
        _kept[key] = (time.monotonic(), found)
    return found


def _count(conn: sqlite3.Connection, choice: Choice) -> Counts:
    sql, values = _matching(choice, columns="id, first_seen, workplace")
    rows = conn.execute(f"{sql} LIMIT ?", (*values, COUNTED + 1)).fetchall()
    of = (ids(row[0] for row in rows),)
    facets: Facets = {name: [] for name in FACETS}
    for kind, category, count in conn.execute(
        "SELECT categories.type, category, count(*) FROM json_each(?) CROSS JOIN categories "
        "ON posting = value GROUP BY categories.type, category ORDER BY 3 DESC, 2",
        of,
    ):
        facets.setdefault(kind, []).append((category, count))
    facets["country"] = [
        (country, count)
        for country, count in conn.execute(
            "SELECT country, count(DISTINCT posting) FROM json_each(?) CROSS JOIN places "
            "ON posting = value WHERE country IS NOT NULL GROUP BY country ORDER BY 2 DESC, 1",
            of,
        )
    ]
    modes = Counter(row[2] for row in rows)
    facets["remote"] = [(mode, modes[mode]) for mode in REMOTE if modes[mode]]
    today = datetime.now(UTC).date()
    for days in POSTED:
        since = (today - timedelta(days=int(days) - 1)).isoformat()
        count = sum(row[1] >= since for row in rows)
        if count:
            facets["posted"].append((days, count))
    return Counts(len(rows), facets, capped=len(rows) > COUNTED)


def figures(conn: sqlite3.Connection) -> Row:
    """For the front page: postings, sources, last crawl."""
    return dicts(
        conn,
        "SELECT (SELECT count(*) FROM postings INDEXED BY postings_board "
        f"WHERE {ON_BOARD}) AS open, "
        "(SELECT count(*) FROM sources WHERE EXISTS "
        "(SELECT 1 FROM source_runs WHERE source = sources.id)) AS sources, "
        "(SELECT max(started) FROM runs WHERE kind = 'crawl') AS last",
    )[0]
