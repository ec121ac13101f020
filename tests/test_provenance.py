"""Where the fields of a posting came from."""

from __future__ import annotations

import json
from urllib.parse import urljoin

import pytest

from crawler.provenance import provenance
from tests.cases import FIXTURES, run_case

BOARD = "https://fernwood.wd5.myworkdayjobs.com/wday/cxs/fernwood/Fern_Staff/jobs"


def test_a_posting_says_which_answer_gave_which_field(monkeypatch: pytest.MonkeyPatch) -> None:
    (posting, *_) = run_case(FIXTURES / "workday" / "normal", monkeypatch).postings
    told = json.loads(posting.provenance or "")
    assert told["at"] == "2026-08-20T03:00:00+00:00"
    assert told["by"] == "workday 1"
    assert told["listing"].endswith("/jobs")
    assert "/job/" in urljoin(told["listing"], told["detail"])
    assert "description_html" in told["of_detail"].split()
    assert len(posting.provenance or "") < 360


def test_a_board_of_one_answer_has_no_detail(monkeypatch: pytest.MonkeyPatch) -> None:
    (posting, *_) = run_case(FIXTURES / "lever" / "normal", monkeypatch).postings
    told = json.loads(posting.provenance or "")
    assert list(told) == ["at", "by", "listing"]
    assert told["listing"].startswith("https://api.lever.co/")


@pytest.mark.parametrize(
    ("detail", "written"),
    [
        (BOARD.replace("/jobs", "/job/Leeds/Steward_R-1"), "job/Leeds/Steward_R-1"),
        ("https://fernwood.wd5.myworkdayjobs.com/x/1", "/x/1"),
        ("https://other.example/1", "https://other.example/1"),
        (BOARD, "jobs"),
        ("", None),
    ],
)
def test_the_detail_is_written_relative_to_the_listing(detail: str, written: str | None) -> None:
    told = json.loads(provenance("workday 1", BOARD, detail, ()))
    assert told.get("detail") == written
    assert not written or urljoin(told["listing"], written) == detail


def test_long_addresses_are_cut() -> None:
    told = json.loads(provenance("x 1", "https://x.example/list?" + "a=1&" * 99, "", ["url"]))
    assert told["listing"] == "https://x.example/list"
    assert told["of_detail"] == "url"
