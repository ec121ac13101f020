"""UKG's recorded answers. Every expectation was read from the files by a person."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import pytest

from crawler.loader import spider_class
from crawler.posting import Salary
from crawler.recognise import Recogniser
from crawler.sources import Source
from spiders.ukg import LOAD_URL, UKG
from tests.real.conftest import crawl, response, sample, sample_files

BOARD_PAGE = "shape_board_page_loadurl_constructed.html"
DETAIL = "shape_opportunitydetail_constructed.html"
TENANTS = "tenants_research_sector.csv"
# Files of samples/ukg that no test here reads, with the reason.
SKIPPED: dict[str, str] = {}
BOARD = "https://recruiting.ultipro.com/ACM1000/JobBoard/11111111-2222-3333-4444-555555555555"
BLOCK = {"id": "recorded", "employer": "The Employer", "url": BOARD}
# Ids, titles, places, country, date, requisition, workplace and contract of each row; the start of
# the first one's text.
# fmt: off
LISTINGS: dict[str, tuple[list[tuple[Any, ...]], str]] = {
    "kimley_loadsearchresults_reduced.json": ([
        ("f2c53c84-bd66-45f6-99d6-40d6684ab9a3", "Transportation EIT", ["Henderson, NV"], None,
         "2026-09-01T00:00:00Z", None, None, None),
        ("f2c53c84-bd66-45f6-99d6-40d6684ab9a4", "Municipal Client Manager", ["Las Vegas, NV"],
         None, "2026-09-02T00:00:00Z", None, None, None),
    ], ""),
    "jobwatch_loadsearchresults_reduced.json": ([
        ("op-1", "Senior Security Engineer", ["Eden Prairie, MN"], "US", None, "R-100", None,
         "Full time"),
    ], "Lead embedded security work."),
    "shape_loadsearchresults_constructed.json": ([
        ("00000000-0000-4000-8000-000000000001", "Role 1", ["Patrick, SC"], "USA",
         "2026-08-02T19:44:33.109Z", "REQ-1", "On-site", "Full time"),
    ], "Build safely."),
}
# fmt: on


def test_every_sample_is_used() -> None:
    assert {*LISTINGS, BOARD_PAGE, DETAIL, TENANTS, *SKIPPED} == sample_files("ukg")


@pytest.mark.parametrize("name", LISTINGS)
def test_listing(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The recorded board page, then the recorded list; no details are recorded with them."""
    monkeypatch.setattr(UKG, "max_details", 0)
    expected, text = LISTINGS[name]
    exchanges = [
        (f"GET {BOARD}", f"ukg/{BOARD_PAGE}"),
        (f"POST {BOARD}/JobBoardView/LoadSearchResults", f"ukg/{name}"),
    ]
    result = crawl(tmp_path, monkeypatch, "ukg", BLOCK, exchanges)
    assert result.verdict.outcome == "ok"
    assert result.report.declared_total == len(expected)
    assert [
        (
            posting.native_id,
            posting.title,
            posting.raw_location,
            posting.raw_country,
            posting.raw_date_posted,
            posting.requisition_id,
            posting.raw_workplace,
            posting.raw_employment_type,
        )
        for posting in result.postings
    ] == expected
    assert (result.postings[0].description_text or "") == text


def test_the_list_call_of_a_board_page() -> None:
    found = LOAD_URL.search(sample(f"ukg/{BOARD_PAGE}"))
    assert found is not None
    assert found[1] == BOARD.removeprefix("https://recruiting.ultipro.com") + (
        "/JobBoardView/LoadSearchResults"
    )


def test_detail() -> None:
    spider: Any = spider_class(Source.model_validate({"platform": "ukg", **BLOCK}))()
    url = f"{BOARD}/OpportunityDetail?opportunityId=aaaaaaaa-1111-2222-3333-444444444444"
    page = response(url, sample(f"ukg/{DETAIL}"))
    said = spider.read_detail(page)
    assert said["description_html"] == "<p>Build systems.</p>"
    assert (said["raw_location"], said["raw_country"]) == (["Remote"], "USA")
    assert said["raw_workplace"] == "Remote"
    assert said["raw_salary"] == "USD 100000-125000 YEAR"
    assert said["salary"] == Salary(min=100000, max=125000, currency="USD", unit="YEAR")
    assert spider.closed(page) is None


def test_boards_of_the_research_sector() -> None:
    found = list(csv.DictReader(io.StringIO(sample(f"ukg/{TENANTS}"))))
    assert len(found) == 9
    for board in found:
        match = Recogniser().recognise(board["board_url"])
        assert match is not None, board
        assert (match.platform.name, match.posting_id) == ("ukg", None), board
