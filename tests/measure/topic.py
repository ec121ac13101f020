"""The score `topic` of the shipped model, on labelled postings."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from pipelines.relevance.examples import read_rows
from pipelines.relevance.figures import average_precision
from pipelines.relevance.shipping import UK, measured_on, uk_figures
from tests.measure._kinds import kinds

# What a person would write down first: the pattern to beat.
KEYWORDS = re.compile(
    r"hpc|high.performance|research comput|research software|scientific (?:software|comput)"
    r"|bioinformat|data (?:engineer|scien|manag)|quantum|machine learning|\bgpu\b|cloud|software"
    r"|programmer|computational",
    re.IGNORECASE,
)


def measure(data: Path) -> dict[str, Any] | None:
    """f1, average_precision and the false positives at 0.5, with all that a row says.

    `title` and `employer` are the same with less to go by. "in_sample" is true where every row of
    the folder was trained on; otherwise only the others are measured. uk_*: the experts' labels of
    university jobs, by title alone; none of them was trained on.
    """
    found = measured_on("topic", data, kinds())
    uk = uk_figures(data)
    if uk:
        found = {
            **(found or {}),
            "uk_average_precision": uk["title"]["average_precision"],
            "uk_f1": uk["title"]["f1"],
            "uk_best_f1": uk["title"]["best_f1"],
            "uk_keyword_average_precision": _by_keyword(data),
            "uk": uk,
        }
    return found


def _by_keyword(data: Path) -> float:
    rows = read_rows(data / UK)
    found = [float(bool(KEYWORDS.search(row["title"]))) for row in rows]
    return round(average_precision(found, [row["label_software"] == "1" for row in rows]), 4)
