"""Workday: the walk over simulated boards with the quirks of real ones, and what these refuse."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from scrapy import Request
from scrapy.http import TextResponse
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.python.failure import Failure

import spiders.workday
from crawler.loader import spider_class
from crawler.memory import Remembered
from crawler.posting import Posting
from crawler.sources import Source
from tests.simulator.base import Job, SimRequest, Site
from tests.simulator.workday import Workday as SimulatedWorkday

TODAY = date(2026, 8, 20)
FERN = "https://fernwood.wd5.myworkdayjobs.com"


def job(number: int, **changes: Any) -> Job:
    said: dict[str, Any] = {
        "title": f"Research Engineer {number}",
        "unit": ("Physics", "Biology", "Library", "Computing")[number % 4],
        "city": "Port Ellery",
        "region": "WA",
        "country": "US",
        "country_name": "United States of America",
        "employment_type": ("FULL_TIME", "PART_TIME", "TEMPORARY")[number % 3],
        "workplace": "hybrid",
        "description_html": f"<p>Task {number}.</p>",
        "posted_on": TODAY - timedelta(days=number % 40),
    }
    return Job(number=number, **{**said, **changes})


def board(count: int, **quirks: Any) -> Site:
    return Site("fernwood", "Fernwood", [job(n) for n in range(1, count + 1)], TODAY, quirks)


class Crawl:
    """A crawl of a simulated board without network: requests are answered one after another."""

    def __init__(self, site: Site, spider: Any = None):
        self.protocol = SimulatedWorkday(site)
        self.spider = spider or spider_class(Source(platform="workday", **self.protocol.entry()))()
        self.asked: list[dict[str, Any]] = []  # bodies of the listing's requests
        self.details = 0
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
        if request.method == "POST":
            self.asked.append(json.loads(request.body))
        else:
            self.details += 1
        headers = {k.decode().lower(): v[0].decode() for k, v in request.headers.items()}
        said = self.protocol.answer(SimRequest(request.method, request.url, headers, request.body))
        assert said is not None
        body = said.body if isinstance(said.body, str) else json.dumps(said.body)
        response = TextResponse(
            request.url, said.status, body=body.encode(), encoding="utf-8", request=request
        )
        if said.status == 200:
            yield from request.callback(response, **request.cb_kwargs)
            return
        failure = Failure(HttpError(response))
        failure.request = request  # type: ignore[attr-defined]
        yield from request.errback(failure)


@pytest.mark.parametrize(
    ("count", "offsets"),
    [
        (0, [0]),
        (1, [0]),
        (20, [0]),
        (21, [0, 20]),
        (40, [0, 20]),
        (45, [0, 20, 40]),
    ],
)
@pytest.mark.parametrize("later_total", [0, 45])
def test_a_board_is_read_to_its_end_and_not_further(
    count: int, offsets: list[int], later_total: int
) -> None:
    crawl = Crawl(board(count, later_total=min(later_total, count)))
    assert [body["offset"] for body in crawl.asked] == offsets
    assert crawl.report.listed == crawl.report.declared_total == len(crawl.postings) == count
    assert crawl.report.cut_short is None


def test_what_a_simulated_posting_says() -> None:
    site = board(0)
    site.jobs = [job(15, closes_on=date(2026, 9, 1), salary=(60000, 70000, "USD"))]
    (posting,) = Crawl(site).postings
    assert posting.keys == [
        ("workday", "fernwood", "JR-00015"),
        ("workday", "fernwood", "JR-00015-1"),
    ]
    assert posting.organization == "Fernwood"
    assert posting.url.startswith(f"{FERN}/Careers/job/Port-Ellery-WA/")
    assert posting.raw_location == ["Port Ellery, WA", "Remote US"]
    assert (posting.raw_country, posting.raw_workplace) == ("US", "Hybrid")
    assert (posting.raw_date_posted, posting.raw_valid_through) == ("2026-08-05", "2026-09-01")
    assert posting.salary is None


def test_a_shared_host_is_crawled_too() -> None:
    crawl = Crawl(board(3, domain="myworkdaysite"))
    assert [posting.title for posting in crawl.postings] == [
        f"Research Engineer {n}" for n in (1, 2, 3)
    ]
    assert crawl.postings[0].url.startswith(
        "https://wd5.myworkdaysite.com/recruiting/fernwood/Careers/job/"
    )


@pytest.mark.parametrize("past_end", ["empty", "wrap", "repeat"])
def test_a_board_that_serves_less_than_it_declares_ends(past_end: str) -> None:
    crawl = Crawl(board(30, past_end=past_end, declares=70))
    assert [body["offset"] for body in crawl.asked] == [0, 20, 40]
    assert crawl.report.listed == 30
    assert crawl.report.cut_short == "30 of 70 were listed, then a page brought nothing new"


def test_rows_that_are_no_postings_are_counted() -> None:
    crawl = Crawl(board(5, ghosts=2, declares=7))
    assert crawl.report.listed == 5
    assert crawl.report.skipped_rows == {"no title or externalPath": 2}


@pytest.mark.parametrize("past_end", ["empty", "wrap", "repeat"])
def test_a_clamped_board_is_split_until_every_part_is_whole(
    monkeypatch: pytest.MonkeyPatch, past_end: str
) -> None:
    monkeypatch.setattr(spiders.workday, "CLAMP", 40)
    site = board(130, clamp=40, past_end=past_end)
    for one in site.jobs[:90]:
        one.unit = "Physics"  # so large that this part is clamped again
    crawl = Crawl(site)
    assert {posting.title for posting in crawl.postings} == {one.title for one in site.jobs}
    assert len(crawl.postings) == 130, "a posting that several parts show is yielded once"
    assert crawl.report.cut_short is None
    used = {tuple(body["appliedFacets"]) for body in crawl.asked}
    by_all = ("jobFamilyGroup", "timeType", "workerSubType")  # 60 in Physics are regular
    assert {tuple(sorted(facets)) for facets in used} == {(), by_all[:1], by_all[::2], by_all}


def test_a_clamp_without_a_facet_to_split_by_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spiders.workday, "CLAMP", 40)
    crawl = Crawl(board(130, clamp=40, unsplittable=True))
    assert crawl.report.listed == 40
    assert "2,000 cap" in (crawl.report.cut_short or "")


def test_a_known_posting_is_sighted_under_the_same_key_without_a_detail() -> None:
    site = board(4)
    first = Crawl(site)
    again = spider_class(Source(platform="workday", **first.protocol.entry()))()
    for posting in first.postings:
        again.memory.postings[posting.native_id] = Remembered(
            posting.native_id, posting.url, posting.fingerprint, again.memory.today, is_open=True
        )
    site.today += timedelta(days=1)  # "Posted Today" has become "Posted Yesterday"
    second = Crawl(site, again)
    assert second.details == 0
    assert all(posting.sighting for posting in second.postings)
    assert [p.keys[0] for p in second.postings] == [p.keys[0] for p in first.postings]


def test_a_removed_posting_says_so_or_not() -> None:
    site = board(2)
    said, unsaid = site.jobs
    protocol = SimulatedWorkday(site)
    spider = spider_class(Source(platform="workday", **protocol.entry()))()
    urls = {posting.title: posting.url for posting in Crawl(site).postings}
    for one in site.jobs:
        one.removed = True
    said.closed_said = True
    answers = []
    for one in (said, unsaid):
        request = spider.detail_request("", urls[one.title])
        answer = protocol.answer(SimRequest("GET", request.url, {"accept": "application/json"}))
        assert answer is not None
        response = TextResponse(request.url, answer.status, body=json.dumps(answer.body).encode())
        answers.append((answer.status, bool(spider.closed(response))))
    assert answers == [(403, True), (200, False)]


# --- what the simulated site refuses, as the real one does ------------------------------------

API = f"{FERN}/wday/cxs/fernwood/Careers"
ASKED = {"appliedFacets": {}, "limit": 20, "offset": 0, "searchText": ""}


@pytest.mark.parametrize(
    ("method", "url", "body", "status"),
    [
        ("POST", f"{API}/jobs", ASKED, 200),
        ("POST", f"{API}/jobs", {**ASKED, "limit": 50}, 400),
        ("POST", f"{API}/jobs", {"limit": 20}, 400),
        ("GET", f"{API}/jobs", None, 400),
        ("POST", f"{FERN}/wday/cxs/fernwood/Other/jobs", ASKED, 422),
        ("GET", f"{API}/job/Port-Ellery-WA/Lead_JR-99999", None, 404),
    ],
)
def test_the_simulated_site_is_strict(method: str, url: str, body: Any, status: int) -> None:
    request = SimRequest(
        method, url, {"accept": "application/json"}, json.dumps(body).encode() if body else b""
    )
    answer = SimulatedWorkday(board(3)).answer(request)
    assert answer is not None
    assert answer.status == status
