"""From labelled postings to a model, and how good it is on employers it has not seen."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace

from pipelines.relevance.examples import Example
from pipelines.relevance.features import Words, read, tells_nothing
from pipelines.relevance.model import FEATURES, Axis, Model, Weights
from pipelines.relevance.training import Row, calibrate, fit

FOLDS = 5
STRENGTH = {"topic": 10.0, "lead": 3.0}
MIN_EMPLOYERS = 2  # a word of one employer alone is a name, and stays out
LARGE = 10  # rows of an employer; a larger one counts less than its rows
SMALLEST = 0.002  # a weight below is left out of the file
# Descriptions of positives outnumber those of negatives in the files; having one must say nothing.
DESCRIBED_NEGATIVE = 5.0

BLOCKS = {"topic": ("t", "o", "d", "w", "k", "r", "i", "p", "n"), "lead": ("t", "d")}

Featured = tuple[list[tuple[tuple[str, str], float]], bool, float, str]


def views(words: Words) -> list[tuple[Words, float]]:
    """A posting as it is, and as a source would show it that says less; the weights sum to 1."""
    title = Words(words.title)
    known = replace(words, description=None)
    employer = words.organization or words.kind
    if words.description:
        return [(title, 0.25), (known, 0.3), (words, 0.45)] if employer else [(words, 1.0)]
    return [(title, 0.4), (known, 0.6)] if employer else [(title, 1.0)]


def label_of(example: Example, axis: str) -> bool | None:
    """The label of one score: `topic` or `lead`."""
    return example.topic if axis == "topic" else example.lead


def train(axis: str, examples: Iterable[Example], places: AbstractSet[str] = frozenset()) -> Axis:
    """Weights of one score, not calibrated. The same examples give the same weights."""
    known = [example for example in examples if label_of(example, axis) is not None]
    sizes = Counter(example.employer for example in known)
    rows: list[Featured] = []
    employers: dict[tuple[str, str], set[str]] = {}
    for example in known:
        label = bool(label_of(example, axis))
        fair = min(1.0, (LARGE / sizes[example.employer]) ** 0.5)
        for words, share in views(example.words):
            weight = example.weight * fair * share
            if axis == "topic" and words.description and not label:
                weight *= DESCRIBED_NEGATIVE
            found = [
                ((block, term), value)
                for block, terms, value in FEATURES[axis](read(words))
                for term in terms
                if places.isdisjoint(term.split(" ")) and not tells_nothing(block, term)
            ]
            rows.append((found, label, weight, example.employer))
            for feature, _ in found:
                employers.setdefault(feature, set()).add(example.employer)
    kept = sorted(
        feature
        for feature, names in employers.items()
        if len(names) >= MIN_EMPLOYERS or feature[0] in "kn"
    )
    index = {feature: number for number, feature in enumerate(kept, start=1)}  # 0 is the bias
    weights = fit([_row(row, index) for row in rows], len(kept) + 1, strength=STRENGTH[axis])
    blocks: Weights = {block: {} for block in BLOCKS[axis]}
    for (block, term), number in index.items():
        if abs(weights[number]) >= SMALLEST:
            blocks[block][term] = round(weights[number], 4)
    return Axis(blocks, round(weights[0], 4))


def _row(row: Featured, index: dict[tuple[str, str], int]) -> Row:
    found, label, weight, _ = row
    pairs = [(index[feature], value) for feature, value in found if feature in index]
    return Row([0, *(n for n, _ in pairs)], [1.0, *(v for _, v in pairs)], label, weight)


def fold_of(example: Example) -> int:
    """Which fifth an example is in: its employer decides, and copies of a posting go together."""
    digest = hashlib.sha256(example.group.encode()).digest()
    return int.from_bytes(digest[:8], "big") % FOLDS


def cross_validated(
    axis: str,
    examples: Sequence[Example],
    background: Sequence[Example],
    places: AbstractSet[str] = frozenset(),
) -> dict[str, list[float]]:
    """Margins of every example, by models that saw none of its employer's, in three views.

    title      the title alone
    employer   with organisation and kind
    all        with the description, as far as there is one
    """
    margins = {view: [0.0] * len(examples) for view in ("title", "employer", "all")}
    for fold in range(FOLDS):
        seen = [example for example in examples if fold_of(example) != fold]
        model = Model("fold", {axis: train(axis, [*seen, *background], places)})
        for number, example in enumerate(examples):
            if fold_of(example) != fold:
                continue
            words = example.words
            for view, shown in (
                ("title", Words(words.title)),
                ("employer", replace(words, description=None)),
                ("all", words),
            ):
                margins[view][number] = model.margins(shown)[axis]
    return margins


def calibrated(axis: Axis, margins: dict[str, list[float]], labels: Sequence[bool | None]) -> Axis:
    """The axis with the slope and offset that make held-out margins of all views probabilities."""
    pairs = [
        (margin, label)
        for view in margins.values()
        for margin, label in zip(view, labels, strict=True)
        if label is not None
    ]
    slope, offset = calibrate([m for m, _ in pairs], [label for _, label in pairs])
    return replace(axis, slope=round(slope, 4), offset=round(offset, 4))
