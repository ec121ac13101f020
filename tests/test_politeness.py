"""The limiter: turns, pauses, Retry-After, and hosts that are left alone. Time is simulated."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from scrapy import Request
from scrapy.exceptions import DownloadCancelledError, DownloadTimeoutError
from scrapy.http import Response

from crawler.errors import Refused, TapeError
from crawler.fetch.politeness import Limiter, asked_to_wait, politeness_host
from crawler.fetch.shared import shared

BACK_ENDS = ("taleo.net", "lever.co")


class World:
    """A clock, and a site whose answers take `takes` seconds each."""

    def __init__(self, answers: list[Any] | None = None, takes: float = 0.5):
        self.now = 1000.0
        self.answers = answers or []
        self.takes = takes
        self.sent: list[tuple[float, float, str]] = []  # start, end, URL
        self.limiter = Limiter(clock=lambda: self.now, sleep=self.sleep)

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(0)
        self.now += seconds

    async def send(self, request: Request) -> Response:
        start = self.now
        await self.sleep(self.takes)
        self.sent.append((start, self.now, request.url))
        answer = self.answers.pop(0) if self.answers else 200
        if isinstance(answer, Exception):
            raise answer
        status, headers = answer if isinstance(answer, tuple) else (answer, {})
        return Response(request.url, status=status, headers=headers, request=request)

    def fetch(self, url: str, **options: Any) -> Awaitable[Response]:
        return self.limiter.fetch(Request(url), self.send, **options)

    def pauses(self) -> list[float]:
        """From the end of each request to the start of the next."""
        return [after[0] - before[1] for before, after in pairwise(self.sent)]


def run(world: World, story: Callable[[], Awaitable[Any]]) -> Any:
    return asyncio.run(story())  # type: ignore[arg-type]


# --- one host ---------------------------------------------------------------------------------


def test_one_request_at_a_time_with_the_delay_from_end_to_start() -> None:
    world = World()

    async def story() -> None:
        urls = [f"https://jobs.fernwood.example/{n}" for n in range(5)]
        await asyncio.gather(*(world.fetch(url, delay=1.0) for url in urls))

    run(world, story)
    assert world.pauses() == [1.0] * 4
    assert [url[-1] for _, _, url in world.sent] == list("01234")


def test_hosts_do_not_wait_for_each_other() -> None:
    release = asyncio.Event()

    async def story() -> None:
        limiter = Limiter()

        async def hang(request: Request) -> Response:
            await release.wait()
            return Response(request.url)

        async def answer(request: Request) -> Response:
            release.set()
            return Response(request.url)

        slow = limiter.fetch(Request("https://a.example/"), hang)
        fast = limiter.fetch(Request("https://b.example/"), answer)
        await asyncio.wait_for(asyncio.gather(slow, fast), 1)

    asyncio.run(story())


def test_a_request_that_fails_also_starts_the_pause() -> None:
    world = World([DownloadTimeoutError("60 s"), 200])

    async def story() -> None:
        with pytest.raises(DownloadTimeoutError):
            await world.fetch("https://jobs.fernwood.example/1")
        await world.fetch("https://jobs.fernwood.example/2")

    run(world, story)
    assert world.pauses() == [1.0]


def test_crawl_delay_raises_the_delay_up_to_a_cap_and_never_lowers_it() -> None:
    world = World()

    async def story() -> None:
        for asked in (0.0, 5.0, 2.0, 3600.0):
            world.limiter.crawl_delay("https://jobs.fernwood.example", asked)
            await world.fetch("https://jobs.fernwood.example/1", delay=1.0)

    run(world, story)
    assert world.pauses() == [5.0, 5.0, 30.0]


# --- shared back ends -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://fernwood.taleo.net/careersection/2/jobsearch.ftl", "taleo.net"),
        ("https://phh.tbe.taleo.net/phh01/ats/careers/v2/searchResults", "taleo.net"),
        ("https://TALEO.net", "taleo.net"),
        ("https://api.lever.co/v0/postings/fernlab", "lever.co"),
        ("https://jobs.eu.lever.co/quantenhof", "lever.co"),
        ("https://nottaleo.net/", "nottaleo.net"),
        ("https://fernwood.wd5.myworkdayjobs.com/Careers", "fernwood.wd5.myworkdayjobs.com"),
        ("https://jobs.fernwood.example:8443/1", "jobs.fernwood.example"),
    ],
)
def test_politeness_host(url: str, host: str) -> None:
    assert politeness_host(url, BACK_ENDS) == host


@pytest.mark.parametrize(
    "urls",
    [
        (
            "https://api.lever.co/v0/postings/fernlab?mode=json",
            "https://jobs.eu.lever.co/quantenhof",
        ),
        ("https://fernwood.taleo.net/careersection", "https://phh.tbe.taleo.net/phh01/ats"),
        ("https://sjobs.brassring.com/TGnewUI", "https://krb-sjobs.brassring.com/TGnewUI"),
    ],
)
def test_platforms_declare_their_shared_back_ends(urls: tuple[str, str]) -> None:
    assert politeness_host(urls[0]) == politeness_host(urls[1])


# --- asked to wait ----------------------------------------------------------------------------

DATE = "Thu, 20 Aug 2026 03:00:00 GMT"
LATER = "Thu, 20 Aug 2026 03:01:30 GMT"


@pytest.mark.parametrize(
    ("status", "headers", "wait"),
    [
        (429, {"Retry-After": "7"}, 7),
        (503, {"Retry-After": " 7 "}, 7),
        (429, {"Retry-After": LATER, "Date": DATE}, 90),
        (503, {"Retry-After": DATE, "Date": LATER}, 0),
        (429, {"Retry-After": "Thu, 20 Aug 2009 03:00:00 GMT"}, 0),
        (429, {}, 30),
        (429, {"Retry-After": "soon"}, 30),
        (429, {"Retry-After": "-5"}, 30),
        (503, {}, None),
        (503, {"Retry-After": "soon"}, None),
        (403, {"Retry-After": "7"}, None),
        (200, {"Retry-After": "7"}, None),
    ],
)
def test_asked_to_wait(status: int, headers: dict[str, str], wait: float | None) -> None:
    assert asked_to_wait(Response("https://a.example/", status, headers), 30) == wait


def test_retry_after_stops_the_whole_host_and_the_request_is_asked_again() -> None:
    world = World([(429, {"Retry-After": "40"}), 200, 200])

    async def story() -> list[Response]:
        urls = ["https://jobs.fernwood.example/1", "https://jobs.fernwood.example/2"]
        return await asyncio.gather(*(world.fetch(url) for url in urls))

    answers = run(world, story)
    assert [answer.status for answer in answers] == [200, 200]
    assert [url[-1] for _, _, url in world.sent] == ["1", "1", "2"]
    assert world.pauses() == [40.0, 1.0]


def test_a_shorter_retry_after_does_not_shorten_the_delay() -> None:
    world = World([(503, {"Retry-After": "0"}), 200])
    run(world, lambda: world.fetch("https://jobs.fernwood.example/1", delay=2.0))
    assert world.pauses() == [2.0]


def test_waiting_ends_after_the_given_retries_and_scrapy_adds_none() -> None:
    busy = (503, {"Retry-After": "3"})
    world = World([busy, busy, busy, 200])
    request = Request("https://jobs.fernwood.example/1")

    async def story() -> Response:
        answer = await world.limiter.fetch(request, world.send, retries=2)
        await world.fetch("https://jobs.fernwood.example/2")
        return answer

    assert run(world, story).status == 503
    assert world.pauses() == [3.0, 3.0, 3.0]  # the next request of the host waits as well
    assert request.meta["dont_retry"] is True


def test_a_503_without_retry_after_is_left_to_scrapy() -> None:
    world = World([503])
    request = Request("https://jobs.fernwood.example/1")
    assert run(world, lambda: world.limiter.fetch(request, world.send)).status == 503
    assert len(world.sent) == 1
    assert "dont_retry" not in request.meta


def test_a_429_that_does_not_say_is_given_thirty_delays() -> None:
    world = World([429, 200])
    run(world, lambda: world.fetch("https://jobs.fernwood.example/1", delay=2.0))
    assert world.pauses() == [60.0]


# --- left alone -------------------------------------------------------------------------------


def refusal(world: World, url: str) -> Refused:
    with pytest.raises(Refused) as refused:
        run(world, lambda: world.fetch(url))
    return refused.value


def test_who_asks_for_more_than_two_minutes_is_left_alone() -> None:
    world = World([(429, {"Retry-After": "7200"})])
    first = refusal(world, "https://jobs.fernwood.example/1")
    assert (first.kind, first.reason) == (
        "blocked",
        "jobs.fernwood.example: asked to come back in 2 hours",
    )
    assert refusal(world, "https://jobs.fernwood.example/2").kind == "blocked"
    assert len(world.sent) == 1
    assert world.now == 1000.5  # nobody waited


def test_who_answers_429_in_spite_of_waiting_is_left_alone() -> None:
    world = World([(429, {"Retry-After": "5"})] * 2)
    answer = run(world, lambda: world.fetch("https://jobs.fernwood.example/1", retries=1))
    assert answer.status == 429
    assert "in spite of waiting" in refusal(world, "https://jobs.fernwood.example/2").reason
    assert len(world.sent) == 2


def test_those_who_wait_their_turn_are_refused_when_the_host_is_given_up() -> None:
    world = World()

    async def give_up(request: Request) -> Response:
        raise world.limiter.leave_alone("jobs.fernwood.example", "blocked", "challenge page")

    async def story() -> list[Any]:
        first = world.limiter.fetch(Request("https://jobs.fernwood.example/1"), give_up)
        rest = [world.fetch(f"https://jobs.fernwood.example/{n}") for n in (2, 3)]
        return await asyncio.gather(first, *rest, return_exceptions=True)

    outcomes = run(world, story)
    assert [type(outcome) for outcome in outcomes] == [Refused] * 3
    assert outcomes[2].reason == (
        "jobs.fernwood.example is left alone for this run: challenge page"
    )
    assert world.sent == []


def test_giving_up_one_host_leaves_its_neighbours_on_the_back_end() -> None:
    world = World()
    world.limiter.leave_alone("api.lever.co", "unreachable", "HTTP 500")
    run(world, lambda: world.fetch("https://jobs.lever.co/fernlab"))
    assert len(world.sent) == 1


# --- the circuit breaker ----------------------------------------------------------------------


def attempt(world: World, *urls: str) -> list[str]:
    """What becomes of these requests, one after another."""

    async def story() -> list[str]:
        outcomes = []
        for url in urls:
            try:
                outcomes.append(str((await world.fetch(url)).status))
            except Exception as error:  # noqa: BLE001 - its type is the outcome
                outcomes.append(type(error).__name__)
        return outcomes

    return run(world, story)


PAGES = [f"https://jobs.fernwood.example/{n}" for n in range(8)]


def test_five_failures_in_a_row_end_the_visit() -> None:
    world = World([500, 502, DownloadTimeoutError("60 s"), 503, DownloadTimeoutError("60 s")])
    said = attempt(world, *PAGES[:6])
    assert said[:5] == ["500", "502", "DownloadTimeoutError", "503", "DownloadTimeoutError"]
    assert said[5] == "Refused"
    refused = refusal(world, PAGES[6])
    assert refused.kind == "unreachable"
    assert "5 failures in a row" in refused.reason
    assert len(world.sent) == 5


def test_an_answer_between_them_starts_the_count_anew() -> None:
    world = World([500, 500, 500, 500, 404, 500, 500, 500])
    assert "Refused" not in attempt(world, *PAGES)


def test_one_broken_page_asked_again_and_again_is_no_broken_host() -> None:
    world = World([500] * 8)
    assert "Refused" not in attempt(world, *[PAGES[0]] * 8)


def test_a_host_that_does_not_answer_the_same_page_is_a_broken_host() -> None:
    world = World([DownloadTimeoutError("60 s")] * 5)
    assert attempt(world, *[PAGES[0]] * 6)[5] == "Refused"


@pytest.mark.parametrize(
    "error",
    [DownloadCancelledError("too large"), Refused("blocked", "private"), TapeError("not there")],
    ids=lambda error: type(error).__name__,
)
def test_what_says_nothing_of_the_host_is_no_failure_of_it(error: Exception) -> None:
    world = World([error] * 7)
    attempt(world, *PAGES[:7])
    assert len(world.sent) == 7


# --- one limiter per process ------------------------------------------------------------------


def test_all_share_one_limiter_per_event_loop() -> None:
    async def two() -> tuple[Limiter, Limiter]:
        return shared(Limiter), shared(Limiter)

    first, second = asyncio.run(two())
    assert first is second
    assert asyncio.run(two())[0] is not first


# --- the page that promises all this ----------------------------------------------------------


def test_every_test_that_the_page_names_exists() -> None:
    folder = Path(__file__).parent
    page = (folder.parent / "docs" / "politeness.md").read_text(encoding="utf-8")
    code = "".join(path.read_text(encoding="utf-8") for path in folder.glob("test_*.py"))
    named = set(re.findall(r"`(test_\w+)`", page))
    assert named <= set(re.findall(r"^def (test_\w+)", code, re.MULTILINE))
    assert len(named) > 30
