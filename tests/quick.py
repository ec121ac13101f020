"""A source-run over a list of exchanges without Scrapy's engine: it takes some milliseconds.

For the suites that run every platform through hundreds of broken answers. What the engine would do
for a spider (order by priority, redirects, statuses as errors, challenge pages) is done here in the
plainest form; tests/test_quick.py holds it against the real engine on every fixture case.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import count
from typing import Any
from urllib.parse import urljoin

from scrapy import Request
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.responsetypes import responsetypes
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.python.failure import Failure

from crawler.clock import today
from crawler.errors import Refused, SiteGone
from crawler.fetch.challenge import challenge_of
from crawler.fetch.tape import Exchange
from crawler.memory import Memory, Remembered
from crawler.night.outcome import Facts, Verdict, decide
from crawler.night.source_run import one_line
from crawler.platform import Platform
from crawler.posting import Posting
from crawler.report import FetchFailure, Report
from pipelines import process
from pipelines.validate import Reject

MOST_REQUESTS = 400  # of one run: a spider that goes in circles is a failure, not a hang
REDIRECTS = (301, 302, 303, 307, 308)


@dataclass
class Run:
    """What a run brought."""

    spider: type[Platform]
    verdict: Verdict
    postings: list[Posting]
    report: Report
    rejected: int = 0
    asked: list[str] = field(default_factory=list)  # "GET https://..."

    @property
    def by_id(self) -> dict[str, Posting]:
        return {posting.native_id: posting for posting in self.postings}

    def memory(self, *, all_open: bool = False) -> Memory:
        """What the next night would know of these postings."""
        known = {
            p.native_id: Remembered(
                p.native_id,
                p.url,
                p.fingerprint,
                today() if p.detail_read else None,
                is_open=all_open or not p.closed_reason,
            )
            for p in self.postings
        }
        return Memory(today=today(), postings=known)


def fresh(exchanges: Iterable[Exchange]) -> list[Exchange]:
    """Copies of which none was asked for yet."""
    return [replace(exchange, used=False) for exchange in exchanges]


def run(
    spider_cls: type[Platform],
    exchanges: Sequence[Exchange],
    memory: Memory | None = None,
    *,
    tidy: bool = True,
    change: Callable[[Any], None] | None = None,
) -> Run:
    """One run of a source. A request that no exchange answers is a 404.

    `change` may alter the spider before it starts; `tidy=False` leaves the pipelines out.
    """
    spider: Any = spider_cls()
    spider.memory = memory or spider.memory
    if change:
        change(spider)
    walk = _Walk(spider, fresh(exchanges), tidy)
    walk.go()
    report = spider.report
    facts = Facts(
        report=report,
        total_slack=spider.total_slack,
        errors=walk.errors,
        stored=len(walk.postings),
        rejected=walk.rejected,
        reject_reason=walk.reject_reason,
    )
    order = list(spider._seen)
    walk.postings.sort(
        key=lambda p: order.index(p.native_id) if p.native_id in order else len(order)
    )
    return Run(spider_cls, decide(facts), walk.postings, report, walk.rejected, walk.asked)


class _Walk:
    def __init__(self, spider: Any, exchanges: list[Exchange], tidy: bool):
        self.spider = spider
        self.exchanges = exchanges
        self.tidy = tidy
        self.postings: list[Posting] = []
        self.errors: list[str] = []
        self.rejected = 0
        self.reject_reason = ""
        self.asked: list[str] = []
        self.waiting: list[tuple[int, int, Request]] = []
        self.number = count()
        self.left_alone = ""  # a challenge page was met: nothing more is asked

    def go(self) -> None:
        try:
            first = [self.spider.listing_request(request) for request in self.spider.listing()]
        except Exception as error:  # noqa: BLE001
            self.errors.append(one_line(error))
            return
        for request in first:
            self._wait(request)
        while self.waiting:
            _, _, request = heapq.heappop(self.waiting)
            self._take(request)

    def _wait(self, request: Request) -> None:
        heapq.heappush(self.waiting, (-request.priority, next(self.number), request))

    def _take(self, request: Request) -> None:
        try:
            for thing in self._answered(request) or ():
                if isinstance(thing, Request):
                    self._wait(thing)
                else:
                    self._keep(thing)
        except SiteGone as error:
            gone = FetchFailure("not_found", request.url, str(error))
            self.spider.report.listing_failures.append(gone)
        except Exception as error:  # noqa: BLE001 - one callback's failure is one error, as there
            self.errors.append(one_line(error))

    def _keep(self, posting: Posting) -> None:
        if self.tidy and not (posting.sighting or posting.closed_reason):
            try:
                posting = process(posting)
            except Reject as reject:
                self.rejected += 1
                self.reject_reason = self.reject_reason or str(reject)
                return
        self.postings.append(posting)

    def _answered(self, request: Request) -> Iterator[Any]:
        try:
            response = self._response(request)
        except IgnoreRequest as error:
            return self._failed(request, error)
        allowed = request.meta.get("handle_httpstatus_list") or ()
        if request.meta.get("handle_httpstatus_all") or response.status in allowed:
            return self._called(request, response)
        if not 200 <= response.status < 300:
            return self._failed(request, HttpError(response))
        return self._called(request, response)

    def _called(self, request: Request, response: Response) -> Iterator[Any]:
        assert request.callback is not None
        return request.callback(response, **request.cb_kwargs)

    def _failed(self, request: Request, error: Exception) -> Iterator[Any]:
        assert request.errback is not None
        failure = Failure(error)
        failure.request = request  # type: ignore[attr-defined]
        return request.errback(failure)

    def _response(self, request: Request) -> Response:
        if len(self.asked) >= MOST_REQUESTS:
            raise RuntimeError(f"more than {MOST_REQUESTS} requests")
        if self.left_alone:
            raise Refused("blocked", self.left_alone)
        self.asked.append(f"{request.method} {request.url}")
        response = self._exchanged(request)
        vendor = challenge_of(response)
        if vendor:
            self.left_alone = f"challenge page ({vendor})"
            raise Refused("blocked", self.left_alone)
        where = response.headers.get("Location")
        handled = request.meta.get("handle_httpstatus_list") or ()
        if (
            response.status in REDIRECTS
            and where
            and not request.meta.get("dont_redirect")
            and response.status not in handled
        ):
            before = [*request.meta.get("redirect_urls", []), request.url]
            url = urljoin(request.url, where.decode())
            method = request.method if response.status in (307, 308) else "GET"
            body = request.body if method == request.method else b""
            meta = {**request.meta, "redirect_urls": before}
            return self._response(request.replace(url=url, method=method, body=body, meta=meta))
        return response

    def _exchanged(self, request: Request) -> Response:
        matching = [exchange for exchange in self.exchanges if exchange.matches(request)]
        exchange = next((e for e in matching if not e.used), matching[-1] if matching else None)
        if exchange is None:
            kind = responsetypes.from_args(headers={b"Content-Type": b"text/html"})
            body = b"<html><body><h1>Not found</h1></body></html>"
            return kind(request.url, status=404, body=body, request=request)
        exchange.used = True
        return exchange.response(request)
