"""The quick harness against the real engine, on every fixture case."""

from __future__ import annotations

from pathlib import Path

import pytest

from crawler.fetch.tape import read_tape
from crawler.loader import spider_class
from tests.cases import NOW, case_source, cases, expectation
from tests.quick import run


@pytest.mark.parametrize("folder", cases(), ids=lambda f: f"{f.parent.name}-{f.name}")
def test_a_quick_run_ends_as_the_engines_does(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = expectation(folder)
    monkeypatch.setenv("ROLECALL_NOW", expected.get("now") or NOW.isoformat())
    found = run(spider_class(case_source(folder)), read_tape(folder / "tape"))
    assert found.verdict.outcome == expected["outcome"], found.verdict.reason
    assert expected.get("reason", "") in found.verdict.reason
    assert found.rejected == expected.get("rejects", 0)
    assert len(found.postings) == len(expected.get("postings", []))
    titles = {posting.title for posting in found.postings}
    assert titles >= {posting.get("title", "") for posting in expected.get("postings", [])} - {""}
