"""Training: logistic regression with a quadratic penalty, by dual coordinate descent.

Yu, Huang and Lin, "Dual coordinate descent methods for logistic regression and maximum entropy
models", Machine Learning 85 (2011), algorithm 5. Plain Python, because it must run wherever the
crawl does, give the same weights everywhere, and start from the weights of another model.
"""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from dataclasses import dataclass

PASSES = 40
NEWTON_STEPS = 8
CLOSE_ENOUGH = 1e-4


@dataclass(frozen=True, slots=True)
class Row:
    """One row: indices and values of its features, label, weight, and the margin it starts from."""

    indices: Sequence[int]
    values: Sequence[float]
    label: bool
    weight: float = 1.0
    margin: float = 0.0


def fit(rows: Sequence[Row], features: int, *, strength: float, seed: int = 0) -> list[float]:
    """The weights of `features` features that minimise |w|²/2 + strength · Σ weight · log loss.

    A row's loss is taken at its `margin` plus w·x. The same rows give the same weights.
    """
    weights = [0.0] * features
    bounds = [strength * row.weight for row in rows]
    squares = [sum(value * value for value in row.values) for row in rows]
    alphas = [min(0.001 * bound, 1e-8) for bound in bounds]
    for row, alpha in zip(rows, alphas, strict=True):
        _add(weights, row, alpha if row.label else -alpha)
    order = list(range(len(rows)))
    shuffle = random.Random(seed).shuffle
    for _ in range(PASSES):
        shuffle(order)
        largest = 0.0
        for index in order:
            row, bound = rows[index], bounds[index]
            sign = 1.0 if row.label else -1.0
            there = row.margin + sum(
                [weights[i] * v for i, v in zip(row.indices, row.values, strict=True)]
            )
            old = alphas[index]
            new = _minimum(old, bound, squares[index], sign * there)
            largest = max(largest, abs(new - old) / bound)
            if new != old:
                alphas[index] = new
                _add(weights, row, sign * (new - old))
        if largest < CLOSE_ENOUGH:
            break
    return weights


def _add(weights: list[float], row: Row, step: float) -> None:
    for index, value in zip(row.indices, row.values, strict=True):
        weights[index] += step * value


def _minimum(old: float, bound: float, square: float, margin: float) -> float:
    """Of z·log z + (C-z)·log(C-z) + a(z-old)²/2 + b(z-old) over 0 < z < C, by Newton's method."""
    z = old
    for _ in range(NEWTON_STEPS):
        slope = square * (z - old) + margin + math.log(z / (bound - z))
        if abs(slope) < 1e-6:
            break
        step = slope / (square + bound / (z * (bound - z)))
        nearer = z - step
        if nearer <= 0:
            nearer = z * 0.1
        elif nearer >= bound:
            nearer = bound - (bound - z) * 0.1
        z = nearer
    return min(max(z, bound * 1e-10), bound * (1 - 1e-10))


def calibrate(margins: Sequence[float], labels: Sequence[bool]) -> tuple[float, float]:
    """Platt's a and b: P(label) = 1 / (1 + exp(-(a·margin + b))), for margins of unseen rows.

    Newton's method with Platt's smoothed targets (Lin, Lin and Weng, Machine Learning 68, 2007).
    """
    positives = sum(labels)
    high = (positives + 1) / (positives + 2)
    low = 1 / (len(labels) - positives + 2)
    a, b = 1.0, 0.0
    for _ in range(50):
        ga = gb = 0.0
        haa = hbb = 1e-9
        hab = 0.0
        for margin, label in zip(margins, labels, strict=True):
            p = sigmoid(a * margin + b)
            error, curve = p - (high if label else low), p * (1 - p)
            ga += error * margin
            gb += error
            haa += curve * margin * margin
            hab += curve * margin
            hbb += curve
        determinant = haa * hbb - hab * hab
        da = (hbb * ga - hab * gb) / determinant
        db = (haa * gb - hab * ga) / determinant
        a, b = a - da, b - db
        if abs(da) + abs(db) < 1e-9:
            break
    return a, b


def sigmoid(margin: float) -> float:
    """1 / (1 + exp(-margin)), without overflow."""
    if margin >= 0:
        return 1 / (1 + math.exp(-margin))
    e = math.exp(margin)
    return e / (1 + e)
