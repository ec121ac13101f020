"""Duplicates: labelled pairs of postings, each decided by the rules as shipped.

A row gives two postings as they stood on a community board: title, employer, place, link, day. What
its link identifies is read by the shipped platforms and catalogue. Whether a row is a duplicate
counts (DUP against SIBLING, NOT_DUP and REPOST); rows whose label is no judgement of that
(REPOST_OR_SIBLING, AMBIGUOUS) or whose link was pasted wrongly are told apart.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from crawler.errors import ConfigError
from crawler.recognise import Recogniser
from crawler.sources import SHIPPED, read_catalogue
from pipelines.dedupe import Candidate, Decision, Spot, decide
from pipelines.normalise.places import parse_places

NEGATIVE = frozenset({"SIBLING", "NOT_DUP", "REPOST"})
APART = ("REPOST_OR_SIBLING", "AMBIGUOUS")
WRONG_LINK = "wrong link pasted by a human"


def measure(data: Path) -> dict[str, Any] | None:
    """Precision, recall and F1 of "duplicate", and what was decided about the other rows."""
    path = data / "duplicate_pairs.csv"
    if not path.exists():
        return None
    recogniser = Recogniser(read_catalogue([SHIPPED]).values())
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    counts: Counter[str] = Counter()
    by_rule: Counter[str] = Counter()
    apart: dict[str, Counter[str]] = {}
    wrong: list[dict[str, Any]] = []
    siblings = siblings_merged = 0
    for number, row in enumerate(rows, start=2):  # as a spreadsheet numbers them
        said = decide(_candidate(row, "a", recogniser), _candidate(row, "b", recogniser))
        merged = said is not None and said.kind == "duplicate"
        told = _told_apart(row)
        if told:
            apart.setdefault(told, Counter())[said.kind if said else "nothing"] += 1
            continue
        if row["label"] == "SIBLING":
            siblings += 1
            siblings_merged += merged
        is_one = row["label"] == "DUP"
        counts[f"{'true' if merged == is_one else 'false'}_{'one' if merged else 'two'}"] += 1
        if merged and said:
            by_rule[said.how] += 1
        if merged != is_one:
            wrong.append(_shown(number, row, said))
    right = counts["true_one"]
    precision = right / max(1, right + counts["false_one"])
    recall = right / max(1, right + counts["false_two"])
    return {
        "rows": len(rows),
        "positive": right + counts["false_two"],
        "negative": counts["true_two"] + counts["false_one"],
        "precision": round(precision, 4),
        "recall": round(recall, 4),
        "f1": round(2 * precision * recall / max(1e-9, precision + recall), 4),
        "siblings": siblings,
        "siblings_merged": siblings_merged,
        "by_rule": dict(by_rule),
        "apart": {name: dict(kinds) for name, kinds in apart.items()},
        "wrong": wrong,
    }


def _told_apart(row: Mapping[str, str]) -> str | None:
    """The name under which a row is reported that is no test of the rules."""
    if row["kind"] == WRONG_LINK:
        return "WRONG_LINK"
    if row["label"] in APART:
        return row["label"]
    if row["label"] != "DUP" and row["label"] not in NEGATIVE:
        raise ValueError(f"unknown label {row['label']!r}")
    return None


def _candidate(row: Mapping[str, str], side: str, recogniser: Recogniser) -> Candidate:
    def said(column: str) -> str:
        return row[f"{column}_{side}"].strip()

    try:
        match = recogniser.recognise(said("url"))
    except ConfigError:
        match = None
    platform, key = (match.platform, match.key) if match else (None, None)
    places = parse_places([said("location")])
    return Candidate(
        id="ab".index(side),
        platform=platform.platform if platform else "",
        tenant=match.tenant if match else "",
        native_id=key.key if key else None,
        keys=frozenset([key]) if key else frozenset(),
        url=said("url"),
        title=said("title"),
        organization=said("organization"),
        location=said("location"),
        places=tuple(Spot(p.city, p.region, p.country, p.remote) for p in places),
        first=date.fromisoformat(said("date")) if said("date") else None,
        board=bool(platform and platform.many_employers),
        generic=bool(platform and platform.generic),
    )


def _shown(number: int, row: Mapping[str, str], said: Decision | None) -> dict[str, Any]:
    return {
        "row": number,
        "label": row["label"],
        "kind": row["kind"],
        "decided": said._asdict() if said else None,
        "titles": [row["title_a"], row["title_b"]],
        "urls": [row["url_a"][:120], row["url_b"][:120]],
    }
