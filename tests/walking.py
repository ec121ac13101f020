"""A spider's walk over a simulated site without network, one request after another."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from scrapy import Request
from scrapy.http import Response
from scrapy.responsetypes import responsetypes
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.python.failure import Failure

from crawler.loader import spider_class
from crawler.memory import Memory
from crawler.posting import Posting
from crawler.sources import Source
from tests.simulator.base import Protocol, SimRequest, SimResponse

MISSING = SimResponse("<h1>Not found</h1>", 404)


class Walk:
    """One walk: the postings that came, the URLs that were asked, the spider's report."""

    def __init__(self, protocol: Protocol, memory: Memory | None = None, **params: Any):
        entry = protocol.entry()
        entry["params"] = {**entry.get("params", {}), **params}
        self.protocol = protocol
        self.spider: Any = spider_class(Source(platform=protocol.platform, **entry))()
        self.spider.memory = memory or self.spider.memory
        self.asked: list[str] = []
        self.postings: list[Posting] = []
        waiting = [self.spider.listing_request(request) for request in self.spider.listing()]
        while waiting:
            for thing in self.answered(waiting.pop(0)):
                if isinstance(thing, Request):
                    waiting.append(thing)
                else:
                    self.postings.append(thing)
        self.report = self.spider.report

    def answered(self, request: Request) -> Iterator[Posting | Request]:
        """What the spider makes of the site's answer."""
        self.asked.append(request.url)
        response = self._response(request)
        if response.status == 200:
            yield from request.callback(response, **request.cb_kwargs)  # type: ignore[misc]
            return
        failure = Failure(HttpError(response))
        failure.request = request  # type: ignore[attr-defined]
        yield from request.errback(failure)  # type: ignore[misc]

    def _response(self, request: Request) -> Response:
        headers = {k.decode().lower(): v[0].decode() for k, v in request.headers.items()}
        asked = SimRequest(request.method, request.url, headers, request.body)
        said = self.protocol.answer(asked) or MISSING
        if said.status in (302, 303):
            before = [*request.meta.get("redirect_urls", []), request.url]
            meta = {**request.meta, "redirect_urls": before}
            return self._response(request.replace(url=said.headers["Location"], meta=meta))
        body = said.body if isinstance(said.body, (str, bytes)) else json.dumps(said.body)
        raw = body if isinstance(body, bytes) else body.encode()
        kind = responsetypes.from_args(headers=said.headers or None, url=request.url, body=raw)
        return kind(request.url, status=said.status, body=raw, request=request)
