"""The shipped model from the data files, and the cross-validated figures that speak for it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from pathlib import Path
from typing import Any

from pipelines.relevance import learning
from pipelines.relevance.examples import (
    FILES,
    HARD,
    PICKS,
    Example,
    background,
    labelled,
    place_words,
    read_rows,
)
from pipelines.relevance.features import Words
from pipelines.relevance.figures import (
    best_f1,
    expected_calibration_error,
    figures,
    share_above,
)
from pipelines.relevance.model import Axis, Model, shipped

BOARD = "rct_board.csv"  # the word lists of categories were written beside it
UK = "labelled_uk_academic_jobs.csv"


def build(data: Path, kinds: Mapping[str, str]) -> tuple[Model, dict[str, Any]]:
    """The model trained on the files of a folder, and its cross-validated figures.

    `kinds`: plain employer name -> kind. Raises FileNotFoundError without the files. The same
    files, catalogue and code give the same model to the byte.
    """
    for name in FILES:
        if not (data / name).exists():
            raise FileNotFoundError(data / name)
    examples, invented, places = labelled(data, kinds), background(), place_words(data)
    axes: dict[str, Axis] = {}
    found: dict[str, Any] = {}
    for axis in ("topic", "lead"):
        axes[axis], found[axis] = _axis(axis, examples, invented, places)
    about = {
        "files": {name: sha256(data / name) for name in (*FILES, BOARD) if (data / name).exists()},
        "rows": sorted({example.key for example in examples}),
        "figures": found,
    }
    weights = json.dumps([vars(axis) for axis in axes.values()], sort_keys=True)
    name = f"rolecall-{hashlib.sha256(weights.encode()).hexdigest()[:8]}"
    model = Model(name, axes, about)
    uk = uk_figures(data, model)
    if uk:
        found["topic"]["uk"] = uk
    return model, found


def _axis(
    axis: str,
    examples: Sequence[Example],
    invented: Sequence[Example],
    places: AbstractSet[str],
) -> tuple[Axis, dict[str, Any]]:
    margins = learning.cross_validated(axis, examples, invented, places)
    labels = [learning.label_of(example, axis) for example in examples]
    trained = learning.train(axis, [*examples, *invented], places)
    trained = learning.calibrated(trained, margins, labels)
    held_out = replace(trained, bias=0.0)  # margins hold each fold's own
    found: dict[str, Any] = {"folds": learning.FOLDS, "split": "employer"}
    for view, values in margins.items():
        found[view] = measured(axis, examples, [held_out.probability(v) for v in values])
    return trained, found


def measured(axis: str, examples: Sequence[Example], values: Sequence[float]) -> dict[str, Any]:
    """The figures of one score on labelled examples; those without a label are left out."""
    known = [
        (value, example, bool(label))
        for value, example in zip(values, examples, strict=True)
        if (label := learning.label_of(example, axis)) is not None
    ]
    scores, labels = [value for value, _, _ in known], [label for _, _, label in known]
    found: dict[str, Any] = figures(scores, labels)
    found["calibration_error"] = expected_calibration_error(scores, labels)
    if axis == "topic":
        for kind in sorted({example.kind for _, example, label in known if not label}):
            share = share_above([v for v, e, label in known if not label and e.kind == kind])
            found.setdefault("false_positives", {})[kind] = share
        hard = [value for value, example, _ in known if example.kind == HARD]
        found["false_positives_industry_data"] = share_above(hard)
        for source in sorted({example.source for _, example, label in known if label}):
            share = share_above([v for v, e, label in known if label and e.source == source])
            found.setdefault("recall_of", {})[source] = share
    else:
        # The stricter question: his own picks against what holds no word of leading.
        strict = [(v, e.source in PICKS) for v, e, label in known if e.source in PICKS or not label]
        found["picks"] = figures([v for v, _ in strict], [label for _, label in strict])
    return found


def measured_on(
    axis: str, data: Path, kinds: Mapping[str, str], model: Model | None = None
) -> dict[str, Any] | None:
    """The figures of a score of the shipped model on a folder's rows; None when it has none.

    Rows that the model was trained on are left out, unless there are no others ("in_sample" true).
    """
    model = model or shipped()
    examples = labelled(data, kinds)
    if not examples:
        return None
    trained = set(model.about["rows"])
    unseen = [example for example in examples if example.key not in trained]
    in_sample = not unseen
    shown = unseen or examples
    found: dict[str, Any] = {
        "in_sample": in_sample,
        "left_out_as_trained_on": len(examples) - len(shown),
    }
    score = model.topic if axis == "topic" else model.lead
    views = {
        "title": [Words(e.words.title) for e in shown],
        "employer": [replace(e.words, description=None) for e in shown],
    }
    found |= measured(axis, shown, [score(example.words) for example in shown])
    for view, words in views.items():
        found[view] = measured(axis, shown, [score(w) for w in words])
    return found


def uk_figures(data: Path, model: Model | None = None) -> dict[str, Any] | None:
    """The score `topic` on the experts' labels of UK university jobs, none of them trained on."""
    model = model or shipped()
    trained = set(model.about.get("rows", ()))
    rows = []
    for row in read_rows(data / UK):
        words = Words(row["title"], row["employer"] or None)
        key = Example(words, None, None, "", "", "", "").key
        if key not in trained:
            rows.append((words, row["label_software"] == "1"))
    if not rows:
        return None
    labels = [label for _, label in rows]
    title = [model.topic(Words(words.title)) for words, _ in rows]
    employer = [model.topic(words) for words, _ in rows]
    return {
        "title": {**figures(title, labels), "best_f1": best_f1(title, labels)},
        "employer": {**figures(employer, labels), "best_f1": best_f1(employer, labels)},
    }


def sha256(path: Path) -> str:
    """Of a file's bytes, in hexadecimal digits."""
    return hashlib.sha256(path.read_bytes()).hexdigest()
