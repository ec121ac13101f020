"""Trends: what comes in week by week, where it is, how long it stays open, who advertises."""

from __future__ import annotations

import sqlite3
from datetime import date, timedelta
from typing import Any

from db.publish._words import country_name
from db.site.finds import SHOWN
from db.site.rows import OPEN, Row, dicts, one
from db.site.sample import estimates, name_of

WEEKS = 26
SHORTEST = 10  # weeks shown of a young database
SERIES = 7  # the eighth is everything else
_RELEVANT = "(topic_score IS NULL OR topic_score >= {shown})"


def trends(conn: sqlite3.Connection, today: date, *, relevant: bool = True) -> dict[str, Any]:
    """All figures of the page. With `relevant` only postings of research computing and data."""
    only = _RELEVANT.format(shown=SHOWN) if relevant else "1"
    return {
        "weeks": new_per_week(conn, today, only),
        "countries": [
            (country_name(row["country"]) or "not said", row["count"])
            for row in open_by_country(conn, only)
        ],
        "employers": [(row["organization"], row["count"]) for row in top_employers(conn, only)],
        "days_open": time_open(conn, today, only),
        "estimates": estimates(conn),
    }


def new_per_week(
    conn: sqlite3.Connection, today: date, only: str
) -> tuple[list[str], dict[str, list[int]]]:
    """Names of the last weeks, and how many postings were first seen in each, by category.

    A posting of several categories counts in each; one of none in "no category". The week that
    runs is the last.
    """
    monday = today - timedelta(days=today.weekday())
    starts = [monday - timedelta(weeks=back) for back in reversed(range(WEEKS))]
    at = {start.isoformat(): number for number, start in enumerate(starts)}
    begin = starts[0].isoformat()
    counted: dict[str, list[int]] = {}
    rows = conn.execute(
        f"""
        SELECT coalesce(category, 'no category'),
            date(first_seen, 'weekday 0', '-6 days') AS week, sum(n)
        FROM (
            SELECT category, first_seen, count(*) AS n FROM postings
            LEFT JOIN categories ON posting = postings.id AND type IN ('role', 'technical')
            WHERE first_seen >= ? AND {only} GROUP BY first_seen, category
        ) GROUP BY 1, 2
        """,
        (begin,),
    )
    for category, week, count in rows:
        if week in at:
            counted.setdefault(category, [0] * WEEKS)[at[week]] += count
    ranked = sorted(counted, key=lambda name: (name == "no category", -sum(counted[name]), name))
    series = {name: counted[name] for name in ranked[:SERIES]}
    others = [counted[name] for name in ranked[SERIES:]]
    if others:
        series["others"] = [sum(values) for values in zip(*others, strict=True)]
    first = min((n for values in series.values() for n, v in enumerate(values) if v), default=0)
    first = min(first, WEEKS - SHORTEST)
    names = [name_of(start)[5:] for start in starts]
    return names[first:], {name: values[first:] for name, values in series.items()}


def open_by_country(conn: sqlite3.Connection, only: str) -> list[Row]:
    """Open postings by country, the most first."""
    return dicts(
        conn,
        f"""
        SELECT country, count(DISTINCT posting) AS count FROM postings
        JOIN places ON posting = postings.id WHERE {OPEN} AND {only}
        GROUP BY country ORDER BY count DESC, country LIMIT 15
        """,
    )


def top_employers(conn: sqlite3.Connection, only: str) -> list[Row]:
    """Employers by open postings, the most first."""
    return dicts(
        conn,
        f"SELECT organization, count(*) AS count FROM postings WHERE {OPEN} AND {only} "
        "GROUP BY organization ORDER BY count DESC, organization LIMIT 20",
    )


_SPANS = (7, 14, 30, 60, 90, 180, 365)


def time_open(conn: sqlite3.Connection, today: date, only: str) -> dict[str, Any]:
    """How long postings that closed in the last half year had been open, in days.

    `spans`: (name, count). Those still open are not counted, so the true times are longer.
    """
    begin = (today - timedelta(days=182)).isoformat()
    rows = conn.execute(
        "SELECT CAST(julianday(closed_at) - julianday(first_seen) AS INTEGER) AS days, count(*) "
        f"FROM postings WHERE closed_at >= ? AND {only} GROUP BY days ORDER BY days",
        (begin,),
    ).fetchall()
    spans = dict.fromkeys(_SPANS, 0)
    over = total = 0
    for days, count in rows:
        total += count
        span = next((span for span in _SPANS if days <= span), None)
        if span:
            spans[span] += count
        else:
            over += count
    middle, passed = None, 0
    for days, count in rows:
        passed += count
        if passed * 2 >= total:
            middle = days
            break
    named = [(f"up to {span} days", count) for span, count in spans.items()]
    return {"median": middle, "total": total, "spans": [*named, ("longer", over)]}


FINISHED = "SELECT max(id) FROM runs WHERE finished IS NOT NULL"
_kept: dict[tuple[str, int, date, bool], dict[str, Any]] = {}


def kept(conn: sqlite3.Connection, today: date, *, relevant: bool) -> dict[str, Any]:
    """`trends`, counted anew once a day and after every night; estimates always."""
    path = one(conn, "SELECT file FROM pragma_database_list WHERE name = 'main'") or ""
    key = (str(path), one(conn, FINISHED) or 0, today, relevant)
    if key not in _kept:
        if len(_kept) > 20:
            _kept.clear()
        _kept[key] = trends(conn, today, relevant=relevant)
    return {**_kept[key], "estimates": estimates(conn)}
