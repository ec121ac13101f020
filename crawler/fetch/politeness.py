"""One request at a time per host, with a pause between, for all spiders of the process together.

The limiter knows three things of a host: when its next request may start, whether it asked for more
time, and whether it is left alone for the rest of this run. Turns and pauses belong to the
politeness host, which may be many hosts with one back end behind them; being left alone belongs to
the single host, so that one dead tenant does not silence its neighbours.
"""

from __future__ import annotations

import asyncio
import re
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable, Hashable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import cache
from math import inf

from scrapy import Request
from scrapy.exceptions import DownloadCancelledError
from scrapy.http import Response

from crawler.errors import FailureKind, Refused, TapeError
from crawler.fetch.addresses import host_of
from crawler.fetch.failures import kind_of_status
from crawler.loader import platforms

DEFAULT_DELAY = 1.0  # seconds between the end of one request and the start of the next
LONGEST_CRAWL_DELAY = 30.0  # seconds; a larger Crawl-delay in robots.txt counts as this
LONGEST_WAIT = 120.0  # seconds; whoever asks for more is left alone for this run
UNSAID_WAIT = 30.0  # a 429 that does not say for how long: this many times the delay
STRIKES = 5  # failures in a row after which a host counts as unreachable

Send = Callable[[Request], Awaitable[Response]]


@cache
def shared_back_ends() -> tuple[str, ...]:
    """Domains whose hosts all lead to one back end, as the platforms declare them."""
    return tuple(sorted({domain for p in platforms().values() for domain in p.shared_back_ends}))


def politeness_host(url: str, back_ends: Iterable[str] | None = None) -> str:
    """What counts as one host: the URL's host, or the domain of a shared back end it belongs to."""
    host = host_of(url)
    for domain in shared_back_ends() if back_ends is None else back_ends:
        if host == domain or host.endswith(f".{domain}"):
            return domain
    return host


@dataclass
class _Turns:
    """The queue before one politeness host, and what it asked for."""

    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    last_end: float = -inf
    not_before: float = -inf
    crawl_delay: float = 0.0


class Limiter:
    """Gives requests their turn. One per process: `shared(Limiter)`.

    `clock` counts seconds, `sleep` waits for them; tests give their own.
    """

    def __init__(
        self,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ):
        self._clock = clock
        self._sleep = sleep
        self._turns: defaultdict[str, _Turns] = defaultdict(_Turns)
        self._strikes: defaultdict[str, set[Hashable]] = defaultdict(set)
        self._left_alone: dict[str, tuple[FailureKind, str]] = {}

    async def fetch(
        self, request: Request, send: Send, *, delay: float = DEFAULT_DELAY, retries: int = 2
    ) -> Response:
        """Send a request when its turn comes.

        A 429, and a 503 with Retry-After, is waited out here (the whole politeness host waits) and
        asked again up to `retries` times; all other retries are Scrapy's. Raises Refused when the
        host is left alone, and whatever `send` raises.
        """
        host = host_of(request.url)
        turns = self._turns[politeness_host(request.url)]
        async with turns.lock:
            while True:
                self._refuse(host)
                await self._wait(turns, delay)
                response = await self._send(request, send, turns, host)
                wait = asked_to_wait(response, UNSAID_WAIT * delay)
                if wait is None:
                    return response
                if wait > LONGEST_WAIT:
                    kind = kind_of_status(response.status)
                    raise self.leave_alone(host, kind, f"asked to come back in {_words(wait)}")
                turns.not_before = self._clock() + wait
                if retries <= 0:
                    request.meta["dont_retry"] = True  # Scrapy would multiply with what was tried
                    if response.status == 429:
                        self.leave_alone(host, "blocked", "HTTP 429 in spite of waiting")
                    return response
                retries -= 1

    def crawl_delay(self, url: str, seconds: float) -> None:
        """Note the Crawl-delay that robots.txt of this URL's host asks for."""
        turns = self._turns[politeness_host(url)]
        turns.crawl_delay = max(turns.crawl_delay, min(seconds, LONGEST_CRAWL_DELAY))

    def leave_alone(self, host: str, kind: FailureKind, reason: str) -> Refused:
        """Send nothing more to this host in this run; returns the refusal, to be raised."""
        self._left_alone.setdefault(host, (kind, reason))
        return Refused(kind, f"{host}: {reason}")

    def _refuse(self, host: str) -> None:
        if host in self._left_alone:
            kind, reason = self._left_alone[host]
            raise Refused(kind, f"{host} is left alone for this run: {reason}")

    async def _wait(self, turns: _Turns, delay: float) -> None:
        start = max(turns.last_end + max(delay, turns.crawl_delay), turns.not_before)
        while (rest := start - self._clock()) > 0:
            await self._sleep(rest)

    async def _send(self, request: Request, send: Send, turns: _Turns, host: str) -> Response:
        try:
            response = await send(request)
        except (Refused, TapeError, DownloadCancelledError):
            raise  # says nothing of the host's health
        except Exception as error:
            self._strike(host, object(), f"{type(error).__name__}: {error}")
            raise
        finally:
            turns.last_end = self._clock()
        if response.status >= 500:
            # Once per URL: a single broken page, asked three times, is no broken host.
            self._strike(host, request.url, f"HTTP {response.status}")
        else:
            self._strikes.pop(host, None)
        return response

    def _strike(self, host: str, what: Hashable, why: str) -> None:
        strikes = self._strikes[host]
        strikes.add(what)
        if len(strikes) >= STRIKES:
            self.leave_alone(host, "unreachable", f"{STRIKES} failures in a row, the last: {why}")


def asked_to_wait(response: Response, unsaid: float) -> float | None:
    """Seconds that an answer asks for before the next request; None when it does not ask.

    `unsaid` stands for a 429 without a readable Retry-After. RFC 9110 section 10.2.3: seconds or a
    date, which is read against the answer's own clock where it shows one.
    """
    if response.status not in (429, 503):
        return None
    said = (response.headers.get("Retry-After") or b"").decode("latin-1").strip()
    if re.fullmatch(r"\d{1,9}", said):
        return float(said)
    until = _http_date(said)
    if until is None:
        return unsaid if response.status == 429 else None
    shown = _http_date((response.headers.get("Date") or b"").decode("latin-1"))
    return max(0.0, (until - (shown or datetime.now(UTC))).total_seconds())


def _http_date(text: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _words(seconds: float) -> str:
    for size, unit in ((86400, "days"), (3600, "hours"), (60, "minutes")):
        if seconds >= 2 * size:
            return f"{seconds / size:.0f} {unit}"
    return f"{seconds:.0f} seconds"
