"""SuccessFactors: what its cases do not show."""

from __future__ import annotations

from typing import Any

import pytest
from scrapy import Request
from scrapy.exceptions import DownloadCancelledError
from scrapy.http import HtmlResponse
from twisted.python.failure import Failure

from crawler.errors import UnexpectedAnswer
from crawler.fetch.tape import read_tape
from crawler.loader import spider_class
from crawler.sources import Source
from spiders.sap_feeds import classic_jobs, day_first
from spiders.sap_pages import country_of, declared_total, detail_of, search_rows
from tests.cases import FIXTURES, case_source
from tests.quick import run

HOST = "https://jobs.fernwood.example"


def spider() -> Any:
    params = {"host": "jobs.fernwood.example"}
    source = Source(id="fern", platform="successfactors", employer="F", url=HOST, params=params)
    return spider_class(source)()


def page(body: str, path: str = "/search/") -> HtmlResponse:
    text = f"<html><body>{body}</body></html>"
    return HtmlResponse(HOST + path, body=text.encode(), encoding="utf-8")


@pytest.mark.parametrize(
    ("label", "total"),
    [
        ("Results <b>1 – 25</b> of <b>262</b>", 262),
        ("Results <b>26 – 50</b> of <b>1,262</b>", 1262),
        ("Ergebnisse <b>1 – 25</b> von <b>1.262</b>", 1262),
        ("Showing 1 Job", 1),
        ("", None),
    ],
)
def test_the_total_is_read_in_any_language(label: str, total: int | None) -> None:
    assert declared_total(page(f'<span class="paginationLabel">{label}</span>')) == total


def test_a_row_that_lost_its_link_is_refused() -> None:
    with pytest.raises(UnexpectedAnswer, match=r"without a\.jobTitle-link"):
        search_rows(page('<table><tr class="data-row"><td>HPC Lead</td></tr></table>'))


def test_a_feed_larger_than_the_cap_leads_to_the_search() -> None:
    one = spider()
    (first,) = one.listing()
    failure: Any = Failure(DownloadCancelledError("too large"))
    failure.request = one.listing_request(first)
    (following,) = one._on_listing_failed(failure)
    assert isinstance(following, Request)
    assert following.url.startswith(f"{HOST}/search/?")
    assert not one.report.listing_failures


def test_a_feed_that_is_refused_ends_the_run() -> None:
    folder = FIXTURES / "successfactors" / "normal"
    exchanges = read_tape(folder / "tape")
    exchanges[0].status = 403
    assert run(spider_class(case_source(folder)), exchanges).verdict.outcome == "blocked"


def test_the_second_night_asks_the_list_alone() -> None:
    folder = FIXTURES / "successfactors" / "normal"
    platform, exchanges = spider_class(case_source(folder)), read_tape(folder / "tape")
    first = run(platform, exchanges)
    second = run(platform, exchanges, first.memory())
    assert [posting.sighting for posting in second.postings] == [True] * 3
    assert second.asked == first.asked[:5]


def test_a_posting_missing_from_the_feed_is_looked_at_again() -> None:
    """The feed says all of what it lists; the page of what it lists no longer may say why."""
    one = spider()
    one._whole = True
    one._seen["1"] = None
    assert one.detail_request("1", f"{HOST}/job/x/1/") is None
    assert one.detail_request("2", f"{HOST}/job/x/2/").url == f"{HOST}/job/x/2/"
    filled = page("<strong>Sorry, this position has been filled.</strong>", "/job/x/2/")
    assert "has been filled" in one.closed(filled)
    assert one.closed(page('<h1 itemprop="title">HPC Lead</h1>', "/job/x/2/")) is None


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("Req ID: 81838", "81838"),
        ("Requisition Number 2026-0117", "2026-0117"),
        ("<span>Requisition ID:</span> <span>R38120</span>", "R38120"),
        ("Requirements: 10 years", None),
    ],
)
def test_a_requisition_is_read_where_it_is_labelled(words: str, number: str | None) -> None:
    said = detail_of(
        page(f'<h1 itemprop="title">Lead</h1><p>{words}</p><div class="jobdescription">x</div>')
    )
    assert said["requisition_id"] == number


@pytest.mark.parametrize(
    ("dates", "order"),
    [
        (["08/05/2026", "08/14/2026"], False),
        (["05/08/2026", "14/08/2026", None], True),
        (["08/05/2026", ""], None),
        (["08/14/2026", "14/08/2026"], None),
    ],
)
def test_one_list_writes_its_dates_alike(dates: list[str | None], order: bool | None) -> None:
    assert day_first(dates) is order


@pytest.mark.parametrize(
    "answer",
    [
        "<Job-Listing><Job><JobTitle>Lead</JobTitle><ReqId>1</ReqId></Job>",
        "<Job-Listing><Job><JobTitle>Lead</JobTitle><ReqId>1</ReqId></Job><Job></Job-Listing>",
        "<Job-Listing><Vacancy><JobTitle>Lead</JobTitle></Vacancy></Job-Listing>",
        "<Job-Listing><Job><JobTitle>Lead</JobTitle></Job></Job-Listing>",
        "<html>no such company</html>",
    ],
)
def test_a_classic_list_that_is_not_whole_is_refused(answer: str) -> None:
    with pytest.raises(UnexpectedAnswer):
        classic_jobs(answer, "here")


@pytest.mark.parametrize(
    ("places", "country"),
    [
        (["Berlin, DE"], "DE"),
        (["Amsterdam, NL, 1096 HA"], "NL"),
        (["CHICAGO, IL, US, 60654-4203"], "US"),
        (["Karlovy Vary, CZE, 36004"], "CZE"),
        (["Noida, NCR, India"], None),
        (["Ulm, DE", "Port Ellery, OR, US"], None),
        ([""], None),
        ([], None),
    ],
)
def test_a_place_ends_in_its_country(places: list[str], country: str | None) -> None:
    assert country_of(places) == country
