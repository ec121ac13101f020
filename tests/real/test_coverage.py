"""The coverage that docs/platforms.md quotes, measured again."""

from __future__ import annotations

import pytest

from crawler.registry import COVERAGE
from tests.measure.__main__ import DEFAULT
from tests.measure.coverage import markdown, measure


def test_nearly_all_listings_are_on_a_platform_that_works() -> None:
    figures = measure(DEFAULT)
    if figures is None:
        pytest.skip(f"{DEFAULT}: the maintainers' data is not there")
    assert figures["share"] >= 0.95
    assert markdown(figures) == COVERAGE.read_text(encoding="utf-8"), (
        "run python -m tests.measure.coverage and python -m crawler.registry"
    )
