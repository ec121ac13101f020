"""The walk all platforms share: totals, guards, what need not be asked again, missing postings."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any, ClassVar

import pytest
from scrapy import Request
from scrapy.http import Response, TextResponse

from crawler.answers import json_of, need
from crawler.memory import Memory, Remembered, fingerprint
from crawler.patterns import Page, PagedListing, Row
from crawler.sources import Source
from tests.cases import Result, replay

API = "https://jobs.example.org/api"
TODAY = date(2026, 8, 20)


class Toy(PagedListing):
    name = "test_patterns"
    label = "Toy"
    url_rules = (r"https://jobs\.example\.org/job/(?P<posting_id>\d+)$",)
    examples: ClassVar = {"https://jobs.example.org/job/1": {"posting_id": "1"}}

    @classmethod
    def tenant_of(cls, params: Any) -> str:
        return "toy"

    def page_request(self, number: int, response: Response | None) -> Request:
        return Request(f"{API}?page={number}")

    def read_listing(self, response: TextResponse) -> Page:
        answer = json_of(response)
        rows = [
            Row(str(n), {"title": f"Job {n}", "url": f"https://jobs.example.org/job/{n}"})
            for n in need(answer, "jobs", list, response.url)
        ]
        return Page(rows, answer.get("total"))

    def detail_request(self, native_id: str, url: str) -> Request:
        return Request(url)

    def read_detail(self, response: TextResponse) -> dict[str, Any]:
        return {"description_html": need(json_of(response), "text", str, response.url)}

    def closed(self, response: Response) -> str | None:
        return "HTTP 410" if response.status == 410 else None


class Forgetful(Toy):
    """Its listing forgets rows of its own accord."""

    listing_is_authoritative = False


def crawl(
    tmp_path: Path,
    pages: Iterable[Any],
    details: dict[int, int | str] | None = None,
    memory: Memory | None = None,
    toy: type[Toy] = Toy,
) -> Result:
    """A crawl of pages (bodies or statuses) and details (texts or statuses), strictly replayed."""
    blocks = []
    answers = [(f"{API}?page={n}", page) for n, page in enumerate(pages)]
    answers += [(f"https://jobs.example.org/job/{n}", d) for n, d in (details or {}).items()]
    for url, answer in answers:
        status = answer if isinstance(answer, int) else 200
        body = {"text": answer} if isinstance(answer, str) else answer
        text = json.dumps("" if isinstance(answer, int) else json.dumps(body))
        kind = "application/json"
        blocks.append(
            f'[[exchange]]\nrequest = "GET {url}"\nstatus = {status}\n'
            f'headers = {{ Content-Type = "{kind}" }}\ntext = {text}\n'
        )
    (tmp_path / "tape.toml").write_text("\n".join(blocks), encoding="utf-8")
    source = Source(
        id="toy", platform="test_patterns", employer="Toy Works", url="https://jobs.example.org"
    )
    result = replay(type("ToySource", (toy,), {"name": "toy", "source": source}), tmp_path, memory)
    assert result.unused == []
    return result


def remembered(*numbers: int, read_on: date = TODAY) -> Memory:
    """A memory of postings as the toy's listing shows them."""
    postings = {}
    for n in numbers:
        url = f"https://jobs.example.org/job/{n}"
        mark = fingerprint(Toy.version, {"title": f"Job {n}", "url": url})
        postings[str(n)] = Remembered(str(n), url, mark, read_on, is_open=True)
    return Memory(TODAY, postings)


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ROLECALL_NOW", f"{TODAY}T03:00:00+00:00")


def test_pages_are_walked_to_the_declared_total(tmp_path: Path) -> None:
    pages = [{"jobs": [1, 2], "total": 3}, {"jobs": [3], "total": 0}]
    result = crawl(tmp_path, pages, {1: "a", 2: "b", 3: "c"})
    assert result.verdict.outcome == "ok"
    assert result.report.declared_total == 3, "a later page that declares 0 does not lower it"
    assert [posting.description_text for posting in result.postings] == ["a", "b", "c"]


def test_a_listing_that_repeats_itself_ends(tmp_path: Path) -> None:
    result = crawl(tmp_path, [{"jobs": [1, 2]}, {"jobs": [1, 2]}], {1: "a", 2: "b"})
    assert result.verdict.outcome == "ok"
    assert (result.report.listed, result.report.repeated_rows) == (2, 2)


def test_a_listing_that_never_ends_is_partial(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Toy, "max_pages", 3)
    pages = [{"jobs": [n], "total": 99} for n in (1, 2, 3)]
    result = crawl(tmp_path, pages, {1: "a", 2: "b", 3: "c"})
    assert result.verdict.outcome == "partial"
    assert "3 pages" in result.verdict.reason


def test_fewer_postings_than_declared_is_partial(tmp_path: Path) -> None:
    result = crawl(tmp_path, [{"jobs": [1], "total": 5}, {"jobs": [], "total": 5}], {1: "a"})
    assert result.verdict.outcome == "partial"
    assert "1 of 5" in result.verdict.reason


def test_a_failed_page_is_partial_and_asks_nothing_about_missing_postings(tmp_path: Path) -> None:
    result = crawl(tmp_path, [{"jobs": [1], "total": 3}, 500], {1: "a"}, remembered(7))
    assert result.verdict.outcome == "partial"
    assert [posting.native_id for posting in result.postings] == ["1"]


def test_known_postings_are_sighted_without_a_request(tmp_path: Path) -> None:
    result = crawl(tmp_path, [{"jobs": [1, 2, 3], "total": 3}], {3: "new"}, remembered(1, 2))
    assert {p.native_id: p.sighting for p in result.postings} == {
        "1": True, "2": True, "3": False,
    }  # fmt: skip


def test_a_changed_row_and_a_due_one_are_read_again(tmp_path: Path) -> None:
    memory = remembered(1, 2)
    memory.postings["1"] = Remembered("1", "u", "another fingerprint", TODAY, is_open=True)
    long_ago = remembered(2, read_on=date(2026, 7, 1))
    memory.postings["2"] = long_ago.postings["2"]
    result = crawl(tmp_path, [{"jobs": [1, 2], "total": 2}], {1: "a", 2: "b"}, memory)
    assert [posting.sighting for posting in result.postings] == [False, False]


def test_a_closed_posting_that_is_listed_again_is_read_again(tmp_path: Path) -> None:
    memory = remembered(1)
    known = memory.postings["1"]
    memory.postings["1"] = Remembered("1", known.url, known.fingerprint, TODAY, is_open=False)
    result = crawl(tmp_path, [{"jobs": [1], "total": 1}], {1: "back"}, memory)
    assert result.postings[0].description_text == "back"


def test_a_missing_posting_is_asked_and_its_own_word_closes_it(tmp_path: Path) -> None:
    details = {8: 410, 9: "still there"}
    result = crawl(tmp_path, [{"jobs": [1], "total": 1}], details, remembered(1, 8, 9))
    assert [(p.native_id, p.closed_reason) for p in result.postings] == [
        ("1", None),
        ("8", "HTTP 410"),
    ]


@pytest.mark.parametrize("status", [401, 403, 404, 429, 500])
def test_nothing_but_the_platforms_own_word_closes(tmp_path: Path, status: int) -> None:
    result = crawl(tmp_path, [{"jobs": [1], "total": 1}], {8: status}, remembered(1, 8))
    assert [posting.native_id for posting in result.postings] == ["1"]
    assert result.verdict.outcome == "ok"


def test_where_the_listing_forgets_a_living_detail_is_a_sighting(tmp_path: Path) -> None:
    pages = [{"jobs": [1], "total": 1}]
    result = crawl(tmp_path, pages, {8: "alive"}, remembered(1, 8), toy=Forgetful)
    assert [(p.native_id, p.sighting) for p in result.postings] == [("1", True), ("8", True)]


def test_a_listed_posting_whose_detail_says_closed(tmp_path: Path) -> None:
    result = crawl(tmp_path, [{"jobs": [1], "total": 1}], {1: 410})
    assert result.postings[0].closed_reason == "HTTP 410"


def test_a_detail_that_failed_leaves_the_listing_row_and_is_owed(tmp_path: Path) -> None:
    result = crawl(tmp_path, [{"jobs": [1], "total": 1}], {1: 500})
    (posting,) = result.postings
    assert (posting.title, posting.detail_read) == ("Job 1", False)
    assert result.verdict.outcome == "ok"
    assert "1 details failed" in result.verdict.reason


def test_a_detail_in_an_unknown_form_is_a_parse_error_but_its_row_is_kept(tmp_path: Path) -> None:
    (tmp_path / "x").mkdir()
    result = crawl(tmp_path / "x", [{"jobs": [1], "total": 1}], {1: 200})
    assert result.verdict.outcome == "parse_error"
    assert [(p.title, p.detail_read) for p in result.postings] == [("Job 1", False)]


def test_details_beyond_the_nightly_limit_are_owed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Toy, "max_details", 1)
    result = crawl(tmp_path, [{"jobs": [1, 2], "total": 2}], {1: "a"})
    assert [posting.detail_read for posting in result.postings] == [True, False]


def test_a_relative_date_does_not_change_the_fingerprint() -> None:
    row = {"title": "HPC Lead", "raw_date_posted": "Posted Today"}
    assert fingerprint(1, row) == fingerprint(1, {**row, "raw_date_posted": "Posted Yesterday"})
    assert fingerprint(1, row) != fingerprint(1, {**row, "title": "HPC Manager"})
    assert fingerprint(1, row) != fingerprint(2, row)
