"""robots.txt, asked before anything else of a host and obeyed (RFC 9309).

Scrapy's own middleware is per crawler, takes a failed robots.txt for permission, parses error pages
as rules and ignores Crawl-delay. Here robots.txt is read once per run for all crawlers together,
and a host that does not show it, although it should, is not visited: 401, 403 and 429 are a no, and
so are server errors, time-outs and failed connections. Any other 4xx says that there are no rules.

The only exception is an API that its vendor documents for public use (`Platform.public_api`), and
there is none with ROLECALL_STRICT_ROBOTS. Its Crawl-delay is kept all the same.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from protego import Protego
from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK

from crawler.errors import FailureKind, Refused, TapeError
from crawler.fetch.addresses import host_of, refuse
from crawler.fetch.failures import kind_of_status
from crawler.fetch.politeness import Limiter
from crawler.fetch.shared import shared

TOKEN = "rolecall"  # our name in robots.txt: the first word of the user agent (RFC 9309 2.2.1)
LARGEST = 500 * 1024  # bytes that are read (RFC 9309 section 2.5)
SECONDS = 30  # for one attempt to fetch a robots.txt
ROBOTS = "robots_txt"  # in the meta of a request for robots.txt itself, redirects included


@dataclass(frozen=True)
class Rules:
    """What one robots.txt says; `failure` when it could not be read, which is no permission."""

    protego: Protego | None = None
    failure: tuple[FailureKind, str] | None = None

    @property
    def crawl_delay(self) -> float:
        """Seconds, 0 when nothing is asked for."""
        return (self.protego and self.protego.crawl_delay(TOKEN)) or 0.0

    def check(self, url: str) -> None:
        """Raise Refused when this URL may not be requested."""
        if self.failure:
            raise Refused(*self.failure)
        if self.protego and not self.protego.can_fetch(url, TOKEN):
            path = urlsplit(url)._replace(scheme="", netloc="", fragment="").geturl()
            raise Refused("blocked", f"robots.txt of {host_of(url)} forbids {path or '/'}")


def rules_of(response: Response) -> Rules:
    """The rules in an answer to the request for robots.txt."""
    if 200 <= response.status < 300:
        body = response.body[:LARGEST]
        if body.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<"):
            return Rules()  # a page, which holds no rules
        return Rules(Protego.parse(body.decode("utf-8-sig", errors="replace")))
    if 400 <= response.status < 500 and response.status not in (401, 403, 429):
        return Rules()
    kind = kind_of_status(response.status)
    said = f"robots.txt of {host_of(response.url)} answers HTTP {response.status}"
    return Rules(failure=(kind, f"{said}, which is no permission"))


class RobotsCache:
    """The rules of every scheme, host and port asked in this run: `shared(RobotsCache)`."""

    def __init__(self) -> None:
        self._rules: dict[str, Rules] = {}
        self._locks: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def rules(self, origin: str, read: Callable[[str], Awaitable[Rules]]) -> Rules:
        """The rules of an origin, read by whoever asks first; all others wait for that reading."""
        async with self._locks[origin]:
            if origin not in self._rules:
                self._rules[origin] = await read(origin)
            return self._rules[origin]


class RobotsMiddleware:
    """Downloader middleware: lets a request pass that robots.txt allows, or raises Refused.

    `meta["robots_also"]` lists further URLs that must be allowed too, where a platform reads its
    data at another address than the public page.
    """

    def __init__(self, crawler: Crawler):
        self.crawler = crawler
        self.strict = crawler.settings.getbool("ROLECALL_STRICT_ROBOTS")

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> RobotsMiddleware:
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        if request.meta.get(ROBOTS):
            return
        refuse(request.url)
        for url in (request.url, *request.meta.get("robots_also", ())):
            rules = await shared(RobotsCache).rules(origin_of(url), self._read)
            if not self._is_public_api(url):
                rules.check(url)

    def _is_public_api(self, url: str) -> bool:
        documented = getattr(self.crawler.spider, "public_api", {})
        return not self.strict and host_of(url) in documented

    async def _read(self, origin: str) -> Rules:
        request = Request(
            f"{origin}/robots.txt",
            callback=NO_CALLBACK,
            meta={
                ROBOTS: True,
                "download_timeout": SECONDS,
                "max_retry_times": 1,
                "dont_merge_cookies": True,
            },
        )
        assert self.crawler.engine is not None
        try:
            rules = rules_of(await self.crawler.engine.download_async(request))
        except Refused as refused:
            return Rules(failure=(refused.kind, refused.reason))
        except TapeError:
            raise
        except Exception as error:  # noqa: BLE001 - however it failed, it is no permission
            said = " ".join(f"{type(error).__name__}: {error}".split())[:200]
            what = f"robots.txt of {host_of(origin)} cannot be fetched ({said})"
            return Rules(failure=("unreachable", what))
        shared(Limiter).crawl_delay(origin, rules.crawl_delay)
        return rules


def origin_of(url: str) -> str:
    """Scheme, host and port of a URL, the default port left out."""
    parts = urlsplit(url)
    host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else host_of(url)
    default = {"http": 80, "https": 443}.get(parts.scheme)
    port = "" if parts.port in (None, default) else f":{parts.port}"
    return f"{parts.scheme}://{host}{port}"
