"""Pay: real strings against what a person read in them (truth/pay.csv).

105 and 40 of the strings were drawn at random (seed 20261120) from the 648 different salaries of
labelled_uk_academic_jobs.csv, the others are the spellings of the sheets and the recorded answers.
`sample` says whether a row was looked at while the code was written (tuned) or not (unseen).
The figure `read` is the share of the salaries in DIR that are understood at all.
"""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

from pipelines.normalise.pay import parse_pay

TRUTH = Path(__file__).parent / "truth" / "pay.csv"
Pay = tuple[float | None, float | None, str | None, str | None]


def measure(data: Path) -> dict[str, Any]:
    """`accuracy` (all four values right) per sample, and the rows that are wrong."""
    with TRUTH.open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    figures: dict[str, Any] = {}
    wrong = []
    for sample in ("tuned", "unseen"):
        drawn = [row for row in rows if row["sample"] == sample]
        failed = [row for row in drawn if _expected(row) != _read(row["text"], row["country"])]
        figures[f"rows_{sample}"] = len(drawn)
        figures[f"accuracy_{sample}"] = round(1 - len(failed) / len(drawn), 4)
        wrong += [
            {"text": row["text"], "expected": _expected(row), "got": _read(*_asked(row))}
            for row in failed
        ]
    figures["wrong"] = wrong
    texts = _salaries(data)
    if texts:
        unread = [text for text in texts if parse_pay(text, "GB") is None]
        figures["read"] = {
            "texts": len(texts),
            "share": round(1 - len(unread) / len(texts), 4),
            "unread": sorted(set(unread))[:20],
        }
    return figures


def _asked(row: dict[str, str]) -> tuple[str, str]:
    return row["text"], row["country"]


def _expected(row: dict[str, str]) -> Pay:
    low, high = (float(row[name]) if row[name] else None for name in ("min", "max"))
    return low, high, row["currency"] or None, row["unit"] or None


def _read(text: str, country: str) -> Pay:
    found = parse_pay(text, country or None)
    if found is None:
        return None, None, None, None
    return found.min, found.max, found.currency, found.unit


def _salaries(data: Path) -> list[str]:
    """The salaries of DIR, each spelling once."""
    texts: set[str] = set()
    for name in ("labelled_uk_academic_jobs.csv", "listings.csv"):
        if (data / name).is_file():
            with (data / name).open(newline="", encoding="utf-8") as file:
                texts.update(row["salary"].strip() for row in csv.DictReader(file))
    return sorted(texts - {""})
