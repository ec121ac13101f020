"""Every fixture case, found by walking: tape in, hand-written expectation out."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from crawler.loader import platforms
from tests.cases import FIXTURES, case_source, cases, expectation, run_case
from tests.simulator.plan import protocols

SITUATIONS = {"normal", "empty", "gone", "broken"}


def name(folder: Path) -> str:
    return f"{folder.parent.name}-{folder.name}"


@pytest.mark.parametrize("folder", cases(), ids=name)
def test_case(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = expectation(folder)
    assert expected.get("reviewed", True), "read expected.json, then remove `reviewed`"
    result = run_case(folder, monkeypatch)
    said = f"{result.verdict.outcome}: {result.verdict.reason}"
    assert result.verdict.outcome == expected["outcome"], said
    assert expected.get("reason", "") in result.verdict.reason
    for fact in ("listed", "declared_total"):
        if fact in expected:
            assert getattr(result.report, fact) == expected[fact], fact
    assert result.rejected == expected.get("rejects", 0)
    found = [posting.model_dump(mode="json") for posting in result.postings]
    wanted: list[dict[str, Any]] = expected.get("postings", [])
    assert len(found) == len(wanted)
    for posting, fields in zip(found, wanted, strict=True):
        assert {field: posting[field] for field in fields} == fields
    assert not result.unused, f"never asked for: {result.unused}"


@pytest.mark.parametrize("platform", [n for n, p in platforms().items() if not p.unread])
def test_every_platform_shows_the_four_situations(platform: str) -> None:
    shown = {folder.name for folder in cases(platform)}
    assert shown >= SITUATIONS, f"add to {FIXTURES / platform}: {sorted(SITUATIONS - shown)}"


def test_every_platforms_normal_case_has_an_id_of_its_own() -> None:
    """The demo plays those without a protocol of their own, side by side."""
    played = [f for f in cases() if f.name == "normal" and f.parent.name not in protocols()]
    ids = Counter(case_source(folder).id for folder in played)
    assert [source for source, count in ids.items() if count > 1] == []


def test_fixtures_stay_small() -> None:
    sizes = {f: sum(x.stat().st_size for x in f.rglob("*") if x.is_file()) for f in cases()}
    assert {f.name: size for f, size in sizes.items() if size > 60_000} == {}
    assert sum(sizes.values()) < 10_000_000
