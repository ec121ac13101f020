"""How good scores are: precision, recall, F1 and average precision."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

THRESHOLD = 0.5


def figures(
    values: Sequence[float], labels: Sequence[bool], threshold: float = THRESHOLD
) -> dict[str, float]:
    """precision, recall, f1 at the threshold; average_precision of the ranking; rows, positives."""
    said = [value >= threshold for value in values]
    right = sum(s and label for s, label in zip(said, labels, strict=True))
    precision = right / max(1, sum(said))
    recall = right / max(1, sum(labels))
    return {
        "rows": len(labels),
        "positives": sum(labels),
        "precision": round(precision, 4),
        "recall": round(recall, 4),
        "f1": round(2 * precision * recall / max(1e-9, precision + recall), 4),
        "average_precision": round(average_precision(values, labels), 4),
    }


def average_precision(values: Sequence[float], labels: Sequence[bool]) -> float:
    """The mean of the precision at every recall step, equal values taken together."""
    ranked = sorted(zip(values, labels, strict=True), key=lambda pair: -pair[0])
    positives, seen, right, total = sum(labels), 0, 0, 0.0
    for _, tied in groupby(ranked, key=lambda pair: pair[0]):
        group = [label for _, label in tied]
        seen, right = seen + len(group), right + sum(group)
        total += right / seen * sum(group)
    return total / max(1, positives)


def best_f1(values: Sequence[float], labels: Sequence[bool]) -> float:
    """The F1 of the best threshold: what the ranking could give, not what it gives."""
    ranked = sorted(zip(values, labels, strict=True), key=lambda pair: -pair[0])
    positives, right, best = sum(labels), 0, 0.0
    for seen, (_, label) in enumerate(ranked, start=1):
        right += label
        best = max(best, 2 * right / (seen + positives))
    return round(best, 4)


def share_above(values: Sequence[float], threshold: float = THRESHOLD) -> float:
    """Which share of these is called relevant."""
    return round(sum(value >= threshold for value in values) / max(1, len(values)), 4)


def expected_calibration_error(values: Sequence[float], labels: Sequence[bool]) -> float:
    """How far, on average over ten bins, a score is from the share of positives that have it."""
    bins: dict[int, list[tuple[float, bool]]] = {}
    for value, label in zip(values, labels, strict=True):
        bins.setdefault(min(9, int(value * 10)), []).append((value, label))
    off = sum(abs(sum(v for v, _ in pairs) - sum(y for _, y in pairs)) for pairs in bins.values())
    return round(off / max(1, len(values)), 4)
