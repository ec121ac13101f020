"""One source-run: gathers what happened and, when its spider has closed, decides and commits.

A Scrapy extension, so that `scrapy crawl <source>` ends the same way as a night does. It acts on
the spider_closed signal: a pipeline's close_spider runs before the finish reason exists, and the
finish reason alone lies (it is `finished` after a callback's exception).
"""

from __future__ import annotations

import sqlite3
import time
from dataclasses import dataclass, field
from typing import Any

from scrapy import Spider, signals
from scrapy.crawler import Crawler
from scrapy.http import Request, Response
from twisted.python.failure import Failure

from crawler.errors import SiteGone
from crawler.night.outcome import Facts, Verdict, decide
from crawler.platform import Platform
from crawler.report import FetchFailure
from pipelines.store import Store
from pipelines.validate import Reject


@dataclass
class Ended:
    """How a source-run ended, for the summary."""

    source: str
    verdict: Verdict
    listed: int
    requests: int
    seconds: float
    counts: dict[str, int] = field(default_factory=dict)  # new, changed, closed, ...


class SourceRun:
    """Listens to one crawler; `ended` is set when its source-run is over."""

    def __init__(self, crawler: Crawler):
        self.crawler = crawler
        self.started = time.monotonic()
        self.requests = 0
        self.errors: list[str] = []
        self.stored = 0
        self.rejected = 0
        self.reject_reason = ""
        self.ended: Ended | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> SourceRun:
        run = cls(crawler)
        for handler, signal in (
            (run.request_reached_downloader, signals.request_reached_downloader),
            (run.spider_error, signals.spider_error),
            (run.item_scraped, signals.item_scraped),
            (run.item_dropped, signals.item_dropped),
            (run.item_error, signals.item_error),
            (run.spider_closed, signals.spider_closed),
        ):
            crawler.signals.connect(handler, signal=signal)
        return run

    def request_reached_downloader(self, request: Request) -> None:
        self.requests += 1

    def spider_error(self, failure: Failure, response: Response) -> None:
        if isinstance(failure.value, SiteGone):
            assert isinstance(self.crawler.spider, Platform)
            gone = FetchFailure("not_found", response.url, str(failure.value))
            self.crawler.spider.report.listing_failures.append(gone)
        else:
            self.errors.append(one_line(failure.value))

    def item_scraped(self, item: Any) -> None:
        self.stored += 1

    def item_dropped(self, item: Any, exception: BaseException) -> None:
        if isinstance(exception, Reject):
            self.rejected += 1
            self.reject_reason = self.reject_reason or str(exception)

    def item_error(self, item: Any, failure: Failure) -> None:
        self.errors.append(f"{one_line(failure.value)} (posting {getattr(item, 'url', '?')})")

    def spider_closed(self, spider: Spider, reason: str) -> None:
        assert isinstance(spider, Platform)
        store = self.crawler.get_item_pipeline(Store)
        facts = Facts(
            report=spider.report,
            total_slack=spider.total_slack,
            finish_reason=reason,
            errors=self.errors,
            stored=self.stored,
            rejected=self.rejected,
            reject_reason=self.reject_reason,
            complete_counts=store.complete_counts() if store else (),
        )
        verdict = decide(facts)
        seconds = round(time.monotonic() - self.started, 2)
        counts: dict[str, int] = {}
        if store:
            try:
                counts = store.commit(
                    outcome=verdict.outcome,
                    reason=verdict.reason,
                    requests=self.requests,
                    seconds=seconds,
                    may_count_absences=verdict.complete and spider.listing_is_authoritative,
                )
            except sqlite3.Error as error:
                said = f"nothing of it could be stored: {error}"
                verdict = Verdict(
                    "config_error", f"{said} (the run itself ended {verdict.outcome})"
                )
        self.ended = Ended(
            spider.name, verdict, spider.report.listed, self.requests, seconds, counts
        )


def one_line(error: BaseException | None) -> str:
    """An exception as one line: its message, with the type where the message says little."""
    text = " ".join(str(error).split())[:300]
    name = type(error).__name__
    return text if name == "UnexpectedAnswer" else f"{name}: {text}"
