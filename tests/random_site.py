"""Random site: a listing in pages with details, as a platform and as the site it reads.

The site answers in memory, or fails to. A night's `Weather` says how: which requests fail and with
what, what the pages declare, where a listing ends.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from random import Random
from typing import Any

from scrapy import Request
from scrapy.http import HtmlResponse, Response, TextResponse
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.python.failure import Failure

from crawler.answers import json_of
from crawler.errors import Refused
from crawler.patterns import Page, PagedListing, Row

HOST = "https://random.example"
PAGE = 7  # rows
UNREAD = "<!DOCTYPE html><html><body><h1>We are improving our site</h1></body></html>"


class RandomSite(PagedListing):
    name = "random_site"
    label = "A random site"
    generic = True  # nobody's URLs are its own
    closed_statuses = (404,)

    def page_request(self, number: int, response: Response | None) -> Request:
        return Request(f"{HOST}/list?page={number}", meta={"page": number})

    def read_listing(self, response: TextResponse) -> Page:
        answer = json_of(response)
        rows = [
            Row(row["id"], {"title": row["title"], "url": f"{HOST}/job/{row['id']}"})
            for row in answer["jobs"]
        ]
        return Page(rows, answer.get("total"))

    def detail_request(self, native_id: str, url: str) -> Request:
        return Request(url)

    def read_detail(self, response: TextResponse) -> dict[str, Any]:
        answer = json_of(response)
        return {"title": answer["title"], "description_html": f"<p>{answer['text']}</p>"}


@dataclass
class Weather:
    """How a site answers this night. The default is fair."""

    name: str = "fair"
    page: Callable[[int], Any] | None = None  # for a listing page's number: what comes instead
    detail: Callable[[], Any] | None = None  # what comes instead of a detail, or None
    total: Callable[[int, int], int | None] = lambda _, total: total  # what a page declares
    wraps: bool = False  # past the last page comes the last page, for ever
    stops_after: int | None = None  # requests, after which somebody stops the crawl


def status(number: int) -> Callable[..., Any]:
    return lambda *_: number


def failed(error: Exception) -> Callable[..., Any]:
    return lambda *_: error


def random_weather(pick: Random, pages: int) -> Weather:
    """Fair on half of the nights; otherwise one of the ways in which sites fail."""
    if pick.random() < 0.5:
        return Weather()
    bad = pick.randrange(max(1, pages))

    def on(fault: Any) -> Callable[[int], Any]:
        return lambda number: fault if number == bad else None

    some = pick.random()
    refused = Refused("blocked", "challenge page (AWS WAF)")
    return pick.choice(
        [
            Weather("a page fails", on(pick.choice((404, 410, 500, 503)))),
            Weather("a page times out", on(TimeoutError("no answer"))),
            Weather("blocked", status(pick.choice((401, 403, 429)))),
            Weather("blocked later", on(pick.choice((403, 429)))),
            Weather("challenge", failed(refused), failed(refused)),
            Weather("robots", failed(Refused("blocked", "robots.txt forbids it"))),
            Weather("unreachable", failed(ConnectionError("refused"))),
            Weather("gone", status(404)),
            Weather("cut short", on("cut")),
            Weather("a page instead", on("html")),
            Weather("declares more", total=lambda _, total: total + 1 + bad),
            Weather("declares less", total=lambda _, total: _less(total, 1 + 3 * bad)),
            Weather("declares less later", total=lambda page, total: total if page == 0 else 0),
            Weather("declares nothing", total=lambda *_: None),
            Weather("wraps", total=lambda *_: None, wraps=True),
            Weather("stopped", stops_after=pick.randint(1, 4)),
            Weather("details fail", detail=lambda: 500 if pick.random() < some else None),
            Weather("details are blocked", detail=lambda: 403 if pick.random() < some else None),
            Weather("details are pages", detail=lambda: "html" if pick.random() < some else None),
        ]
    )


def _less(total: int, by: int) -> int:
    """A total that is too small, but for one that a page's end happens to agree with."""
    less = max(0, total - by)
    return less - (less > 0 and less % PAGE == 0)


def answer(request: Request, jobs: Iterable[Any], gone: Iterable[int], weather: Weather) -> Any:
    """A response, or the failure that Scrapy would hand to the errback.

    `jobs` are those that the listing shows (`number`, `title`); `gone` the numbers whose page says
    that they are closed. Every other page is there.
    """
    listing = re.search(r"/list\?page=(\d+)", request.url)
    if listing:
        number = int(listing[1])
        instead = weather.page(number) if weather.page else None
        said = _listing(list(jobs), number, weather)
    else:
        wanted = int(request.url.rpartition("/")[2])
        instead = weather.detail() if weather.detail else None
        titles = {job.number: job.title for job in jobs}
        title = titles.get(wanted, f"Research Engineer {wanted}")
        said = {"title": title, "text": f"Number {wanted} of them."}
        if instead is None and wanted in set(gone):
            instead = 404
    return _respond(request, said, instead)


def _listing(jobs: list[Any], number: int, weather: Weather) -> dict[str, Any]:
    last = max(0, (len(jobs) - 1) // PAGE)
    at = min(number, last) if weather.wraps else number
    rows = [{"id": str(job.number), "title": job.title} for job in jobs[at * PAGE :][:PAGE]]
    said: dict[str, Any] = {"jobs": rows}
    total = weather.total(number, len(jobs))
    return said if total is None else {**said, "total": total}


def _respond(request: Request, said: dict[str, Any], instead: Any) -> Any:
    if isinstance(instead, Exception):
        return _failure(request, instead)
    body = json.dumps(said)
    if instead == "cut":
        body = body[: len(body) // 2]
    if instead == "html":
        return HtmlResponse(request.url, body=UNREAD, encoding="utf-8", request=request)
    code = instead if isinstance(instead, int) else 200
    response = TextResponse(
        request.url, status=code, body=body, encoding="utf-8", request=request,
        headers={"Content-Type": "application/json"},
    )  # fmt: skip
    return _failure(request, HttpError(response)) if code >= 400 else response


def _failure(request: Request, error: Exception) -> Failure:
    failure = Failure(error)
    failure.request = request  # type: ignore[attr-defined]
    return failure
