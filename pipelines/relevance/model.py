"""The model: weights of features, and what it makes of a posting. See docs/model-card.md."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from pipelines.relevance.categories import Category, categories_of
from pipelines.relevance.features import Group, Reading, Words, lead_features, read, topic_features
from pipelines.relevance.reasons import Reason, reasons
from pipelines.relevance.training import sigmoid

SHIPPED = Path(__file__).resolve().parent.parent / "models" / "relevance.json.gz"
FEATURES = {"topic": topic_features, "lead": lead_features}

Weights = dict[str, dict[str, float]]  # block -> term -> weight
Contribution = tuple[str, str, float]  # block, term, weight times value


@dataclass(frozen=True)
class Axis:
    """One of the two scores."""

    weights: Weights
    bias: float = 0.0
    slope: float = 1.0  # calibration: P = sigmoid(slope * margin + offset)
    offset: float = 0.0

    def contributions(self, features: Iterable[Group]) -> list[Contribution]:
        """What each known feature adds to the margin."""
        found: list[Contribution] = []
        for block, terms, value in features:
            weights = self.weights[block]
            found += [(block, term, weights[term] * value) for term in terms if term in weights]
        return found

    def probability(self, margin: float) -> float:
        return sigmoid(self.slope * (margin + self.bias) + self.offset)


@dataclass(frozen=True)
class Scores:
    """What the model makes of one posting."""

    topic: float
    lead: float
    reasons: dict[str, list[Reason]]
    categories: list[Category]
    model: str


@dataclass(frozen=True)
class Model:
    """Two scores and a name that says which weights made them."""

    name: str
    axes: dict[str, Axis]
    about: dict[str, Any] = field(default_factory=dict)

    def margins(self, words: Words) -> dict[str, float]:
        """The uncalibrated scores, for training and measuring."""
        reading = read(words)
        return {
            name: axis.bias
            + sum(amount for _, _, amount in axis.contributions(FEATURES[name](reading)))
            for name, axis in self.axes.items()
        }

    def score(self, words: Words) -> Scores:
        """Both scores (0 to 1, three decimals), their reasons, and categories."""
        reading = read(words)
        values, why = {}, {}
        for name, axis in self.axes.items():
            parts = axis.contributions(FEATURES[name](reading))
            values[name] = round(axis.probability(sum(part[2] for part in parts)), 3)
            why[name] = reasons(reading, parts)
        return Scores(
            values["topic"], values["lead"], why, categories_of(words, reading), self.name
        )

    def topic(self, words: Words) -> float:
        """The score `topic` alone."""
        return self._value("topic", read(words))

    def lead(self, words: Words) -> float:
        """The score `lead` alone."""
        return self._value("lead", read(words))

    def _value(self, name: str, reading: Reading) -> float:
        axis = self.axes[name]
        parts = axis.contributions(FEATURES[name](reading))
        return axis.probability(sum(part[2] for part in parts))

    def with_weights(self, name: str, changes: Mapping[str, Mapping[str, Any]]) -> Model:
        """This model under another name, with these changes: axis -> {bias, weights} to add."""
        axes = {}
        for axis_name, axis in self.axes.items():
            change = changes.get(axis_name, {})
            weights = {block: dict(terms) for block, terms in axis.weights.items()}
            for block, terms in change.get("weights", {}).items():
                for term, weight in terms.items():
                    weights[block][term] = weights[block].get(term, 0.0) + weight
            bias = axis.bias + change.get("bias", 0.0)
            axes[axis_name] = Axis(weights, bias, axis.slope, axis.offset)
        return Model(name, axes, self.about)

    def as_bytes(self) -> bytes:
        """The model file: gzip, the same bytes for the same model."""
        document = {
            "name": self.name,
            "about": self.about,
            "axes": {
                name: {
                    "bias": axis.bias, "slope": axis.slope, "offset": axis.offset,
                    "weights": axis.weights,
                }
                for name, axis in self.axes.items()
            },
        }  # fmt: skip
        text = json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return gzip.compress(text.encode(), compresslevel=9, mtime=0)


def from_bytes(data: bytes) -> Model:
    """A model from its file's content. Raises OSError, ValueError or KeyError if it is none."""
    document = json.loads(gzip.decompress(data))
    axes = {
        name: Axis(axis["weights"], axis["bias"], axis["slope"], axis["offset"])
        for name, axis in document["axes"].items()
    }
    return Model(document["name"], axes, document["about"])


@cache
def shipped() -> Model:
    """The model that comes with the project."""
    return from_bytes(SHIPPED.read_bytes())
