"""Learning from an editor's marks: what they add to the weights of the shipped model."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pipelines.relevance.examples import employer_name, plain
from pipelines.relevance.features import Words, read, tells_nothing
from pipelines.relevance.learning import FOLDS, MIN_EMPLOYERS, SMALLEST
from pipelines.relevance.model import FEATURES, Model
from pipelines.relevance.training import Row, fit

STRENGTH = 1.0
FEWEST = 5  # kept, and as many rejected, before anything is learned


@dataclass(frozen=True)
class Marked:
    """A posting that the editor kept (or listed), or rejected."""

    words: Words
    kept: bool


Changes = dict[str, dict[str, Any]]


def learn(base: Model, marked: Sequence[Marked]) -> Model:
    """The shipped model with what the marks teach, under a name that says so."""
    changes = changes_of(base, marked)
    return base.with_weights(name_of(base, marked, changes), changes)


def name_of(base: Model, marked: Sequence[Marked], changes: Changes) -> str:
    """rolecall-0a1b2c3d+40-marks-4e5f6a"""
    digest = hashlib.sha256(json.dumps(changes, sort_keys=True).encode()).hexdigest()[:6]
    return f"{base.name}+{len(marked)}-marks-{digest}"


def changes_of(base: Model, marked: Sequence[Marked]) -> Changes:
    """axis -> {bias, weights}, to be added to those of `base`; the same marks give the same.

    A kept posting speaks for both scores. A rejected one speaks against the one that was lower: the
    editor does not say what he missed, and a research job without leading is still a research job.
    """
    axes: Changes = {}
    for axis in base.axes:
        rows = [(m, label) for m in marked if (label := _label(base, m, axis)) is not None]
        axes[axis] = _changes(base, axis, rows)
    return axes


def _label(base: Model, marked: Marked, axis: str) -> bool | None:
    if marked.kept:
        return True
    topic, lead = base.topic(marked.words), base.lead(marked.words)
    lower = "topic" if topic <= lead else "lead"
    return False if axis == lower else None


def _changes(base: Model, axis: str, marked: Sequence[tuple[Marked, bool]]) -> dict[str, Any]:
    """Logistic regression from where the shipped weights are, in the calibrated score."""
    start = base.axes[axis]
    featured = []
    employers: dict[tuple[str, str], set[str]] = {}
    counts: Counter[tuple[str, str]] = Counter()
    for mark, label in marked:
        groups = FEATURES[axis](read(mark.words))
        margin = sum(amount for _, _, amount in start.contributions(groups))
        found = [
            (block, term, value)
            for block, terms, value in groups
            for term in terms
            if not tells_nothing(block, term)
        ]
        margin = start.slope * (margin + start.bias) + start.offset
        featured.append((found, margin, label))
        for block, term, _ in found:
            employers.setdefault((block, term), set()).add(_employer(mark))
            counts[block, term] += 1
    # An employer's own name may be learned here, from two of its postings: this stays at home.
    kept = sorted(
        feature
        for feature, names in employers.items()
        if len(names) >= MIN_EMPLOYERS or (feature[0] == "o" and counts[feature] > 1)
    )
    index = {feature: number for number, feature in enumerate(kept, start=1)}
    rows = []
    for found, margin, label in featured:
        pairs = [(index[b, t], start.slope * v) for b, t, v in found if (b, t) in index]
        rows.append(
            Row([0, *(n for n, _ in pairs)], [start.slope, *(v for _, v in pairs)], label, 1.0,
                margin)
        )  # fmt: skip
    weights = fit(rows, len(kept) + 1, strength=STRENGTH)
    learned: dict[str, dict[str, float]] = {}
    for (block, term), number in index.items():
        if abs(weights[number]) >= SMALLEST:
            learned.setdefault(block, {})[term] = round(weights[number], 4)
    return {"bias": round(weights[0], 4), "weights": learned}


def agreement(base: Model, marked: Sequence[Marked]) -> tuple[float, float]:
    """How often a kept posting ranks above a rejected one: before, and after learning.

    Ranked by the product of both scores. "After" is honest: every posting is ranked by a model that
    learned from marks of other employers only.
    """
    before = [base.topic(m.words) * base.lead(m.words) for m in marked]
    after = [0.0] * len(marked)
    folds = [_fold(m) for m in marked]
    for fold in sorted(set(folds)):
        seen = [m for m, its in zip(marked, folds, strict=True) if its != fold]
        model = learn(base, seen)
        for number, its in enumerate(folds):
            if its == fold:
                words = marked[number].words
                after[number] = model.topic(words) * model.lead(words)
    return _ordered(before, marked), _ordered(after, marked)


def _ordered(values: Sequence[float], marked: Sequence[Marked]) -> float:
    kept = [v for v, m in zip(values, marked, strict=True) if m.kept]
    rejected = [v for v, m in zip(values, marked, strict=True) if not m.kept]
    wins = sum((k > r) + 0.5 * (k == r) for k in kept for r in rejected)
    return round(wins / max(1, len(kept) * len(rejected)), 3)


def _employer(mark: Marked) -> str:
    name = mark.words.organization
    return employer_name(name) if name else plain(mark.words.title)


def _fold(mark: Marked) -> int:
    return hashlib.sha256(_employer(mark).encode()).digest()[0] % FOLDS
