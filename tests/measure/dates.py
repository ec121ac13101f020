"""Dates: every spelling of the platforms' sheets against the day a person read (truth/dates.csv).

`expected` is a day, empty for what is no date, or `bound` for what only bounds one ("30+ days ago":
no date, but told from the day of the crawl). Microseconds are of one call that is not cached.
"""

from __future__ import annotations

import csv
import time
from datetime import date
from pathlib import Path
from typing import Any

from pipelines.normalise import dates

TRUTH = Path(__file__).parent / "truth" / "dates.csv"
TODAY = date(2026, 8, 20)
TIMED = {
    "iso": "2026-07-25",
    "iso_moment": "2026-07-29T08:50:01-04:00",
    "words": "21st August 2026",
    "relative": "Posted 3 Days Ago",
    "windows_zone": "2 Aug 2026 11:55pm AUS Eastern Standard Time",
    "none": "Open until filled",
    "dateparser": "21 серпня 2026",  # a language that only dateparser knows
}


def read_truth() -> list[dict[str, str]]:
    """The rows of truth/dates.csv."""
    with TRUTH.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def read(row: dict[str, str]) -> str:
    """What the code makes of a row, in the terms of its column `expected`."""
    found = dates.parse_date(
        row["spelling"],
        today=date.fromisoformat(row["today"]),
        day_first={"true": True, "false": False}.get(row["day_first"]),
        time_zone=row["time_zone"] or None,
        languages=(*row["languages"].split(), "en"),
    )
    if found.value is None:
        return "bound" if found.relative else ""
    return found.value.isoformat()


def measure(data: Path) -> dict[str, Any]:
    """The share of the spellings that are read as a person reads them, and the others."""
    rows = read_truth()
    wrong = [{**row, "got": read(row)} for row in rows if read(row) != row["expected"]]
    return {
        "spellings": len(rows),
        "sheets": len({row["sheet"] for row in rows}),
        "accuracy": round(1 - len(wrong) / len(rows), 4),
        "wrong": wrong,
        "microseconds": {name: _time(text) for name, text in TIMED.items()},
    }


def _time(text: str, calls: int = 200) -> float:
    parse = dates._parse.__wrapped__
    languages = ("uk", "en") if text == TIMED["dateparser"] else ("en",)
    parse(text, TODAY, None, "Europe/London", languages)  # what is loaded once
    started = time.perf_counter()
    for _ in range(calls):
        parse(text, TODAY, None, "Europe/London", languages)
    return round((time.perf_counter() - started) / calls * 1e6, 1)
