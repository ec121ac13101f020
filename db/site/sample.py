"""What the scores hid: each week a random sample of it, and what its judgement tells of the rest.

The sample of a week is drawn from the postings first seen in it whose scores are below what the
desk shows, in an order that depends on nothing but week and number: drawn again, it is the same.
"""

from __future__ import annotations

import math
import sqlite3
from dataclasses import dataclass
from datetime import date, timedelta

from db.site.finds import SHOWN, with_details
from db.site.marks import latest, now
from db.site.rows import Row, dicts

SIZE = 20
_HIDDEN = "(topic_score < ? OR lead_score < ?)"
_WANTED = ("keep", "listed", "snooze")
_PRIME = 2_147_483_647  # 2**31 - 1


@dataclass(frozen=True)
class Sample:
    """A week's sample. `rows` are postings, each with `judged`: wanted, unwanted or None."""

    week: str
    hidden: int
    rows: list[Row]


def last_week(today: date) -> str:
    """The last whole ISO week, as 2026-W08."""
    return name_of(today - timedelta(days=7))


def name_of(day: date) -> str:
    """The ISO week of a day, as 2026-W08."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02}"


def days_of(week: str) -> tuple[str, str]:
    """First and last day of a week. Raises ValueError when it is none."""
    year, number = week.split("-W")
    monday = date.fromisocalendar(int(year), int(number), 1)
    return monday.isoformat(), (monday + timedelta(days=6)).isoformat()


def draw(conn: sqlite3.Connection, week: str) -> Sample:
    """The sample of a week with the editor's judgement so far."""
    first, last = days_of(week)
    seed = int(first.replace("-", "")) % _PRIME
    values = (first, last, SHOWN, SHOWN)
    where = f"first_seen BETWEEN ? AND ? AND {_HIDDEN}"
    (hidden,) = conn.execute(f"SELECT count(*) FROM postings WHERE {where}", values).fetchone()
    # A multiplicative hash: neighbouring numbers fall far apart, and each week otherwise.
    drawn = [
        row[0]
        for row in conn.execute(
            f"SELECT id FROM postings WHERE {where} "
            f"ORDER BY ((id + {seed}) * 48271 % {_PRIME}) * 16807 % {_PRIME}, id LIMIT {SIZE}",
            values,
        )
    ]
    marked = latest(conn, drawn)
    rows = with_details(conn, drawn)
    for row in rows:
        decision = marked[row["id"]]["decision"] if row["id"] in marked else "undo"
        row["judged"] = (
            "wanted" if decision in _WANTED else "unwanted" if decision == "reject" else None
        )
    return Sample(week, hidden, rows)


def remember(conn: sqlite3.Connection, week: str) -> None:
    """Write down what the judgement of a week's sample says, for readers."""
    sample = draw(conn, week)
    judged = [row["judged"] for row in sample.rows if row["judged"]]
    conn.execute(
        "INSERT OR REPLACE INTO samples (week, hidden, size, judged, relevant, at) "
        "VALUES (?, ?, ?, ?, ?, ?)",
        (week, sample.hidden, len(sample.rows), len(judged), judged.count("wanted"), now()),
    )


def estimates(conn: sqlite3.Connection, weeks: int = 12) -> list[Row]:
    """The judged weeks, newest first, each with `missed`, `low` and `high`."""
    rows = dicts(
        conn, "SELECT * FROM samples WHERE judged > 0 ORDER BY week DESC LIMIT ?", (weeks,)
    )
    for row in rows:
        row["missed"], row["low"], row["high"] = estimate(
            row["hidden"], row["judged"], row["relevant"]
        )
    return rows


def estimate(hidden: int, judged: int, relevant: int) -> tuple[int, int, int]:
    """How many of the hidden were relevant: best guess, and a 95 % interval (Wilson 1927).

    A sample of all that is hidden is no guess.
    """
    if not judged:
        return 0, 0, hidden
    if judged >= hidden:
        return relevant, relevant, relevant
    share, z = relevant / judged, 1.96
    middle = share + z * z / (2 * judged)
    spread = z * math.sqrt(share * (1 - share) / judged + z * z / (4 * judged * judged))
    whole = 1 + z * z / judged
    low = max(relevant, round(hidden * max(0.0, (middle - spread) / whole)))
    high = min(hidden, round(hidden * (middle + spread) / whole))
    return round(hidden * share), low, high
