"""Taleo Enterprise: crawls of simulated sections of both generations, and what those refuse."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from scrapy import Request
from scrapy.http import HtmlResponse, TextResponse
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.python.failure import Failure

from crawler.errors import UnexpectedAnswer
from crawler.loader import spider_class
from crawler.memory import Remembered
from crawler.posting import Posting
from crawler.sources import Source
from tests.simulator.base import Job, SimRequest, Site
from tests.simulator.taleo import Taleo as SimulatedTaleo

TODAY = date(2026, 8, 20)
FERN = "https://fernwood.taleo.net/careersection"


def job(number: int, **changes: Any) -> Job:
    said: dict[str, Any] = {
        "title": f"Research Engineer {number}: data & HPC",
        "unit": "Computing",
        "city": "Port Ellery",
        "region": "WA",
        "country": "US",
        "country_name": "United States of America",
        "employment_type": "FULL_TIME",
        "workplace": "hybrid",
        "description_html": f"<p>Task {number}: “data” at 100 %.</p>",
        "posted_on": TODAY - timedelta(days=number % 40),
    }
    return Job(number=number, **{**said, **changes})


def site(count: int, **quirks: Any) -> Site:
    return Site("fernwood", "Fernwood", [job(n) for n in range(1, count + 1)], TODAY, quirks)


class Crawl:
    """A crawl of a simulated section without network: requests are answered one after another."""

    def __init__(self, site: Site, spider: Any = None, **params: Any):
        self.protocol = SimulatedTaleo(site)
        entry = {**self.protocol.entry(), "params": params}
        self.spider = spider or spider_class(Source(platform="taleo", **entry))()
        self.asked: list[str] = []  # "GET jobsearch.ftl", "POST searchjobs 1", ...
        self.postings: list[Posting] = []
        waiting = [self.spider.listing_request(request) for request in self.spider.listing()]
        while waiting:
            for thing in self._answered(waiting.pop(0)):
                if isinstance(thing, Request):
                    waiting.append(thing)
                else:
                    self.postings.append(thing)
        self.report = self.spider.report

    def _answered(self, request: Request) -> Iterator[Posting | Request]:
        headers = {k.decode().lower(): v[0].decode() for k, v in request.headers.items()}
        sent = SimRequest(request.method, request.url, headers, request.body)
        page = sent.parts.path.rpartition("/")[2]
        if page == "searchjobs":
            page += f" {sent.json()['pageNo']}"
        elif request.method == "POST":
            page += f" {sent.form['rlPager.currentPage']}"
        self.asked.append(page)
        said = self.protocol.answer(sent)
        assert said is not None
        body = said.body if isinstance(said.body, str) else json.dumps(said.body)
        kind = HtmlResponse if body.startswith("<") else TextResponse
        response = kind(
            request.url, said.status, body=body.encode(), encoding="utf-8", request=request
        )
        if said.status == 200:
            yield from request.callback(response, **request.cb_kwargs)
            return
        failure = Failure(HttpError(response))
        failure.request = request  # type: ignore[attr-defined]
        yield from request.errback(failure)

    @property
    def lists(self) -> list[str]:
        return [page for page in self.asked if not page.startswith("jobdetail")]


def pages(name: str, count: int) -> list[str]:
    return ["jobsearch.ftl", *(f"{name} {number}" for number in range(1, count + 1))]


@pytest.mark.parametrize(("count", "read"), [(0, 1), (1, 1), (25, 1), (26, 2), (50, 2), (60, 3)])
def test_a_faceted_section_is_read_to_its_end_and_not_further(count: int, read: int) -> None:
    crawl = Crawl(site(count))
    assert crawl.lists == pages("searchjobs", read)
    assert crawl.report.listed == crawl.report.declared_total == len(crawl.postings) == count


@pytest.mark.parametrize(("count", "read"), [(0, 1), (1, 1), (100, 1), (101, 2), (250, 3)])
def test_a_classic_section_is_read_to_its_end_and_not_further(count: int, read: int) -> None:
    crawl = Crawl(site(count, generation="classic"))
    assert crawl.lists == pages("jobsearch.ajax", read)
    assert crawl.report.listed == crawl.report.declared_total == len(crawl.postings) == count


@pytest.mark.parametrize(
    ("overcount", "read"),
    [(10, 3), (40, 4)],  # the fourth page is declared, and empty
)
def test_a_total_that_counts_more_than_is_shown_ends_with_the_last_declared_page(
    overcount: int, read: int
) -> None:
    crawl = Crawl(site(55, overcount=overcount))
    assert crawl.lists == pages("searchjobs", read)
    assert (crawl.report.listed, crawl.report.declared_total) == (55, 55 + overcount)
    assert crawl.report.cut_short is None
    assert crawl.spider.total_slack == pytest.approx(0.35)


def test_a_page_without_news_is_not_the_end() -> None:
    # The first node gives 50 rows and the second 25: page 2 repeats what page 1 brought.
    crawl = Crawl(site(70, node_sizes=[50, 25, 25]))
    assert crawl.lists == pages("searchjobs", 3)
    assert crawl.report.listed == 70
    assert crawl.report.repeated_rows == 25


@pytest.mark.parametrize("states_portal", [False, True])
def test_a_classic_section_that_states_a_portal_is_found_out(states_portal: bool) -> None:
    crawl = Crawl(site(3, generation="classic", states_portal=states_portal))
    tried = ["searchjobs 1"] if states_portal else []
    assert crawl.lists == ["jobsearch.ftl", *tried, "jobsearch.ajax 1"]
    assert len(crawl.postings) == 3


def test_a_wrong_portal_is_an_error_and_not_an_empty_board() -> None:
    with pytest.raises(UnexpectedAnswer, match="1 is not this section's portal number"):
        Crawl(site(3), portal="1")


@pytest.mark.parametrize("generation", ["faceted", "classic"])
@pytest.mark.parametrize("unnamed", [False, True])
def test_what_a_simulated_posting_says(generation: str, unnamed: bool) -> None:
    board = site(0, generation=generation, unnamed=unnamed, columns="wide")
    board.jobs = [job(15, closes_on=date(2026, 9, 1), salary=(60000, 70000, "USD"))]
    (posting,) = Crawl(board).postings
    assert posting.keys == [
        ("taleo", "fernwood.taleo.net", "2600000F"),
        ("taleo", "fernwood.taleo.net", "300015"),
    ]
    assert posting.url == f"{FERN}/ex/jobdetail.ftl?job=2600000F"
    assert (posting.native_id, posting.requisition_id) == ("2600000F", "2600000F")
    assert posting.title == "Research Engineer 15: data & HPC"
    assert posting.organization == "Fernwood"
    assert posting.raw_location == ["US-WA-Port Ellery"]
    assert posting.description_html == "<p>Task 15: “data” at 100 %.</p>"
    said = (posting.raw_date_posted, posting.raw_valid_through)
    american = generation == "faceted"
    assert said == (("Aug 5, 2026", "Sep 1, 2026") if american else ("05/Aug/2026", "01/Sep/2026"))
    if not unnamed:
        assert posting.unit == "Computing"
        assert posting.raw_employment_type == "Full-time, Regular"
        assert posting.raw_salary == "60000 - 70000 USD Yearly"
        assert posting.salary is None


@pytest.mark.parametrize("generation", ["faceted", "classic"])
def test_a_known_posting_is_sighted_under_the_same_key_without_a_detail(generation: str) -> None:
    board = site(4, generation=generation)
    first = Crawl(board)
    again = spider_class(Source(platform="taleo", **first.protocol.entry()))()
    for posting in first.postings:
        again.memory.postings[posting.native_id] = Remembered(
            posting.native_id, posting.url, posting.fingerprint, again.memory.today, is_open=True
        )
    second = Crawl(board, again)
    assert second.asked == second.lists
    assert all(posting.sighting for posting in second.postings)
    assert [p.keys for p in second.postings] == [p.keys for p in first.postings]


@pytest.mark.parametrize("said", [True, False])
def test_a_posting_that_left_the_list_is_looked_at_again(said: bool) -> None:
    board = site(2)
    (posting, _) = Crawl(board).postings
    board.jobs[0].removed, board.jobs[0].closed_said = True, said
    one = Crawl(board)
    known = Remembered(posting.native_id, posting.url, posting.fingerprint, TODAY, is_open=True)
    request = one.spider.detail_request(known.native_id, known.url).replace(
        callback=one.spider._on_recheck, cb_kwargs={"known": known}
    )
    (found,) = one._answered(request)
    assert isinstance(found, Posting)
    assert found.keys[0] == posting.keys[0]
    assert (found.sighting, bool(found.closed_reason)) == (not said, said)


# --- what the simulated site refuses, as the real one does ------------------------------------

REST = {"content-type": "application/json", "tz": "GMT+00:00"}
FORM = {"content-type": "application/x-www-form-urlencoded"}
SEARCH = "rest/jobboard/searchjobs?lang=en&portal="


@pytest.mark.parametrize(
    ("path", "headers", "body", "status"),
    [
        (SEARCH, REST, {"pageNo": 1}, 200),
        (SEARCH, {"content-type": "application/json"}, {"pageNo": 1}, 500),
        (SEARCH, {**FORM, "tz": "GMT"}, {"pageNo": 1}, 400),
        (SEARCH, REST, {"pageNo": 1, "currentPageNo": 1}, 400),
        (SEARCH, REST, {"pageNo": 1, "fieldData": {"fields": []}}, 400),
        ("ex/jobsearch.ajax", FORM, "ftlcompid=rlPager", 500),
    ],
)
def test_the_simulated_site_is_strict(path: str, headers: Any, body: Any, status: int) -> None:
    protocol = SimulatedTaleo(site(3))
    url = f"{FERN}/{path}{protocol.portal if path == SEARCH else ''}"
    sent = body if isinstance(body, str) else json.dumps(body)
    answer = protocol.answer(SimRequest("POST", url, headers, sent.encode()))
    assert answer is not None
    assert answer.status == status


def test_the_simulated_pager_loses_rows_at_25_and_refuses_a_plus() -> None:
    protocol = SimulatedTaleo(site(60, generation="classic"))
    source = Source(platform="taleo", **protocol.entry())
    spider = spider_class(source)()
    page = protocol.answer(SimRequest("GET", f"{FERN}/ex/jobsearch.ftl", {}))
    assert page is not None
    assert isinstance(page.body, str)
    (request,) = spider._on_section(
        HtmlResponse(f"{FERN}/ex/jobsearch.ftl", body=page.body.encode(), encoding="utf-8")
    )
    full = request.body.decode()
    short = full.replace("=100", "=25")

    def ids(number: int, form: str) -> set[str]:
        body = form.replace("rlPager.currentPage=1", f"rlPager.currentPage={number}").encode()
        answer = protocol.answer(SimRequest("POST", f"{FERN}/ex/jobsearch.ajax", FORM, body))
        assert answer is not None
        assert isinstance(answer.body, str)
        return set(answer.body.split("!$!")[2].split("!|!")[::11])

    assert len(ids(1, full)) == 60
    assert ids(2, full) == ids(1, full)  # past the end the last page comes again
    assert len(ids(1, short) | ids(2, short) | ids(3, short)) < 60
    spaced = full.replace("%20", "+").encode()
    answer = protocol.answer(SimRequest("POST", f"{FERN}/ex/jobsearch.ajax", FORM, spaced))
    assert answer is not None
    assert answer.status == 500
