"""Employment types: the spellings of the sheets and the data (truth/employment.csv), and of DIR.

`accuracy` is of the hand-written rows: types, contract and hours all as a person reads them.
`understood` is the share of DIR's listings that state a type and of which something is known.
"""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path
from typing import Any

from pipelines.normalise.employment import parse_contract, parse_employment, parse_hours

TRUTH = Path(__file__).parent / "truth" / "employment.csv"


def measure(data: Path) -> dict[str, Any]:
    """The share understood as a person does, and what of DIR's listings is not understood."""
    with TRUTH.open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    wrong = [{**row, "got": got} for row in rows if (got := _read(row["text"])) != _expected(row)]
    figures: dict[str, Any] = {
        "spellings": len(rows),
        "accuracy": round(1 - len(wrong) / len(rows), 4),
        "wrong": wrong,
    }
    listings = data / "listings.csv"
    if listings.is_file():
        with listings.open(newline="", encoding="utf-8") as file:
            given = Counter(row["employment_type"].strip() for row in csv.DictReader(file))
        del given[""]
        rest = {text: n for text, n in given.items() if not any(_read(text))}
        figures |= {
            "listings": given.total(),
            "understood": round(1 - sum(rest.values()) / max(given.total(), 1), 4),
            "rest": rest,
        }
    return figures


def _read(text: str) -> tuple[str | None, str | None, float | None]:
    return parse_employment(text), parse_contract(text), parse_hours(text)


def _expected(row: dict[str, str]) -> tuple[str | None, str | None, float | None]:
    hours = float(row["hours"]) if row["hours"] else None
    return row["types"] or None, row["contract"] or None, hours
