"""Categories proposed for the board's own listings, against those its editor gave them."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

from pipelines.relevance import Words, shipped
from pipelines.relevance.categories import TYPES
from pipelines.relevance.examples import plain, read_rows
from pipelines.relevance.shipping import sha256
from tests.measure._kinds import kinds

BOARD = "rct_board.csv"
SHOWN = 20


def measure(data: Path) -> dict[str, Any] | None:
    """precision, recall and f1 over all categories of all rows (micro), and of each type.

    The description is that of `listings.csv` (300 characters), where the row is found there.
    "in_sample" is true for the very file that the word lists were written beside.
    """
    rows = read_rows(data / BOARD)
    if not rows:
        return None
    model, known = shipped(), kinds()
    texts = {row["url"]: row["summary"] for row in read_rows(data / "listings.csv")}
    right: Counter[str] = Counter()
    said: Counter[str] = Counter()
    his: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    for row in rows:
        company = row["company"]
        words = Words(
            row["title"], company or None, None, known.get(plain(company)),
            texts.get(row["url"]) or None,
        )  # fmt: skip
        proposed = {(c.type, c.category) for c in model.score(words).categories}
        given = {(kind, name) for kind in TYPES for name in row[kind].split("|") if name}
        for counter, pairs in (
            (right, proposed & given),
            (said, proposed),
            (his, given),
        ):
            counter.update(kind for kind, _ in pairs)
        wrong.update(f"missed {name}" for _, name in given - proposed)
        wrong.update(f"wrongly {name}" for _, name in proposed - given)
    return {
        "in_sample": sha256(data / BOARD) == model.about["files"].get(BOARD),
        "rows": len(rows),
        **_figures(right.total(), said.total(), his.total()),
        "types": {kind: _figures(right[kind], said[kind], his[kind]) for kind in TYPES},
        "wrong": dict(wrong.most_common(SHOWN)),
    }


def _figures(right: int, said: int, given: int) -> dict[str, float]:
    precision, recall = right / max(1, said), right / max(1, given)
    return {
        "precision": round(precision, 4),
        "recall": round(recall, 4),
        "f1": round(2 * precision * recall / max(1e-9, precision + recall), 4),
    }
