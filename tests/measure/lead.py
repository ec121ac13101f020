"""The score `lead` of the shipped model, on labelled postings."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pipelines.relevance.shipping import measured_on
from tests.measure._kinds import kinds


def measure(data: Path) -> dict[str, Any] | None:
    """f1 and average_precision; `picks` asks for the editor's own choice against the rest.

    "in_sample" as in the measure `topic`.
    """
    return measured_on("lead", data, kinds())
