"""Single documents from the web, through the same doors as a crawl.

Robots, limiter, refused addresses, gateway, size cap and certificates are those of the house
(crawler/settings.py); there is no source, no outcome and no database.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import scrapy
from scrapy import Request
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.http import Response, TextResponse
from twisted.python.failure import Failure

from crawler.fetch.failures import fetch_failure
from crawler.settings import with_options


@dataclass(frozen=True)
class Fetched:
    """What came for one URL: the text (bytes when it is none that the site names), or why not."""

    url: str  # after redirects
    body: str | bytes = b""
    failure: str | None = None


class Documents(scrapy.Spider):
    """Asks for each URL once and keeps the answers by the URL asked for."""

    name = "documents"
    urls: tuple[str, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.answers: dict[str, Fetched] = {}

    async def start(self) -> AsyncIterator[Request]:
        for url in self.urls:
            yield Request(
                url, callback=self._on_answer, errback=self._on_failure, cb_kwargs={"asked": url}
            )

    def _on_answer(self, response: Response, asked: str) -> None:
        body = response.text if isinstance(response, TextResponse) else response.body
        self.answers[asked] = Fetched(response.url, body)

    def _on_failure(self, failure: Failure) -> None:
        request: Request = failure.request  # type: ignore[attr-defined]
        said = fetch_failure(failure)
        self.answers[request.cb_kwargs["asked"]] = Fetched(
            request.url, failure=f"{said.kind}: {said.reason}"
        )


def fetch_documents(urls: Iterable[str], options: Mapping[str, Any]) -> dict[str, Fetched]:
    """The answer for each URL, in their order; `options` are Scrapy settings of the command line.

    Call once per process: Twisted's reactor does not start again.
    """
    own: dict[str, Any] = {  # no source-run, no catalogue
        "EXTENSIONS": {},
        "ITEM_PIPELINES": {},
        "ROLECALL_DB": None,
        "SPIDER_LOADER_CLASS": "scrapy.spiderloader.SpiderLoader",
        "SPIDER_MODULES": [],
    }
    process = AsyncCrawlerProcess(with_options({**options, **own}))
    asked = tuple(dict.fromkeys(urls))
    crawler = process.create_crawler(type("Asked", (Documents,), {"urls": asked}))
    process.crawl(crawler)
    process.start()
    answers = crawler.spider.answers if isinstance(crawler.spider, Documents) else {}
    nothing = "unreachable: no answer came"
    return {url: answers.get(url, Fetched(url, failure=nothing)) for url in asked}
