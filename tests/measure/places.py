"""Places: parsed, then written in the editor's notation from what was parsed alone."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

from pipelines.normalise.places import location_text, parse_places

SHOWN = 40  # of what went wrong


def measure(data: Path) -> dict[str, Any] | None:
    """`identity`: the share of the editor's own place texts that come back to the letter.

    His grammar has no comma and no dot (section 5 of the study of him); rows that break it are
    counted apart.
    """
    texts = _his_own(data)
    if not texts:
        return None
    his = [text for text in texts if not set(",.") & set(text) and "://" not in text]
    wrong = [(text, found) for text in his if (found := _again(text)) != text]
    return {
        "rows": len(his),
        "outside_the_grammar": len(texts) - len(his),
        "identity": round(1 - len(wrong) / max(1, len(his)), 4),
        "wrong": [{"text": text, "found": found} for text, found in wrong[:SHOWN]],
    }


def _again(text: str) -> str | None:
    return location_text(parse_places([text]))


def _his_own(data: Path) -> list[str]:
    """The places of his board and newsletters."""
    texts = []
    board, listings = data / "rct_board.csv", data / "listings.csv"
    if board.exists():
        with board.open(encoding="utf-8", newline="") as file:
            texts += [row["location"] for row in csv.DictReader(file)]
    if listings.exists():
        with listings.open(encoding="utf-8", newline="") as file:
            rows = csv.DictReader(file)
            texts += [row["location"] for row in rows if row["source"] == "newsletter"]
    return [text.strip() for text in texts if text.strip()]
