"""robots.txt: what counts as permission, what does not, and that it is asked once per run."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from scrapy import Request
from scrapy.exceptions import DownloadTimeoutError, IgnoreRequest
from scrapy.http import Response
from scrapy.settings import Settings

from crawler import settings as house
from crawler.errors import Refused
from crawler.fetch.politeness import Limiter
from crawler.fetch.robots import LARGEST, TOKEN, RobotsMiddleware, origin_of
from crawler.fetch.shared import shared
from tests.fetching import run

JOB = "https://jobs.fernwood.example/jobs/1?lang=en"
NO_JOBS = b"User-agent: *\nDisallow: /jobs/\n"


class Crawler:
    """As much of a crawler as the middleware sees: settings, a spider, an engine that downloads."""

    def __init__(
        self,
        robots: dict[str, Any],
        public_api: dict[str, str] | None = None,
        **settings: Any,
    ):
        self.settings = Settings(settings)
        self.spider = type("Spider", (), {"public_api": public_api or {}})()
        self.engine = self
        self.robots = robots  # URL of a robots.txt -> body, status, response or exception
        self.asked: list[str] = []
        self.middleware = RobotsMiddleware.from_crawler(self)  # type: ignore[arg-type]

    async def download_async(self, request: Request) -> Response:
        self.asked.append(request.url)
        # A robots.txt is itself a request that passes the middleware.
        await self.middleware.process_request(request)
        await asyncio.sleep(0)
        answer = self.robots.get(request.url, 404)
        if isinstance(answer, Exception):
            raise answer
        if isinstance(answer, Response):
            return answer
        if isinstance(answer, bytes):
            return Response(request.url, body=answer)
        return Response(request.url, status=answer, body=b"User-agent: *\nDisallow:\n")

    async def passes(self, url: str, **meta: Any) -> bool:
        await self.middleware.process_request(Request(url, meta=meta))
        return True


def robots(answer: Any, **options: Any) -> Crawler:
    return Crawler({"https://jobs.fernwood.example/robots.txt": answer}, **options)


def passes(crawler: Crawler, url: str = JOB, **meta: Any) -> bool:
    return asyncio.run(crawler.passes(url, **meta))


def refusal(crawler: Crawler, url: str = JOB, **meta: Any) -> Refused:
    with pytest.raises(Refused) as refused:
        passes(crawler, url, **meta)
    return refused.value


# --- rules ------------------------------------------------------------------------------------


def test_a_forbidden_path_is_blocked_and_named() -> None:
    refused = refusal(robots(NO_JOBS))
    assert refused.kind == "blocked"
    assert refused.reason == "robots.txt of jobs.fernwood.example forbids /jobs/1?lang=en"


def test_an_allowed_path_passes() -> None:
    assert passes(robots(NO_JOBS), "https://jobs.fernwood.example/about")


def test_the_longest_rule_decides() -> None:
    rules = b"User-agent: *\nDisallow: /\nAllow: /jobs/\n"
    assert passes(robots(rules))
    assert refusal(robots(rules), "https://jobs.fernwood.example/about")


def test_rules_for_us_by_name_beat_those_for_everybody() -> None:
    assert refusal(robots(b"User-agent: *\nAllow: /\n\nUser-agent: Rolecall\nDisallow: /\n"))
    assert passes(robots(b"User-agent: *\nDisallow: /\n\nUser-agent: rolecall\nDisallow:\n"))
    assert passes(robots(b"User-agent: GPTBot\nUser-agent: ClaudeBot\nDisallow: /\n"))


def test_our_name_in_robots_txt_is_the_one_in_the_user_agent() -> None:
    assert house.USER_AGENT.partition("/")[0] == TOKEN


@pytest.mark.parametrize(
    "page",
    [
        b"<!DOCTYPE html><pre>\nUser-agent: *\nDisallow: /\n</pre>",
        b"\xef\xbb\xbf\n <html>\nUser-agent: *\nDisallow: /",
    ],
)
def test_a_page_in_place_of_robots_txt_has_no_rules(page: bytes) -> None:
    assert passes(robots(page))


def test_a_byte_order_mark_hides_no_rule() -> None:
    assert refusal(robots(b"\xef\xbb\xbfUser-agent: *\r\nDisallow: /\r\n"))


def test_only_the_start_of_an_endless_robots_txt_is_read() -> None:
    assert refusal(robots(NO_JOBS + b"#" * LARGEST))
    assert passes(robots(b"#" * LARGEST + b"\n" + NO_JOBS))


# --- no rules, or no permission ---------------------------------------------------------------


@pytest.mark.parametrize("status", [400, 404, 405, 410, 422, 451])
def test_a_missing_robots_txt_means_no_rules(status: int) -> None:
    assert passes(robots(status))


@pytest.mark.parametrize(
    ("answer", "kind", "said"),
    [
        (401, "blocked", "HTTP 401"),
        (403, "blocked", "HTTP 403"),
        (429, "blocked", "HTTP 429"),
        (500, "unreachable", "HTTP 500"),
        (503, "unreachable", "HTTP 503"),
        (304, "unreachable", "HTTP 304"),
        (DownloadTimeoutError("took longer"), "unreachable", "DownloadTimeoutError"),
        (ConnectionRefusedError("no"), "unreachable", "ConnectionRefusedError"),
        (IgnoreRequest("max redirections reached"), "unreachable", "max redirections"),
        (Refused("blocked", "challenge page (AWS WAF)"), "blocked", "AWS WAF"),
    ],
    ids=str,
)
def test_a_failed_robots_txt_is_no_permission(answer: Any, kind: str, said: str) -> None:
    refused = refusal(robots(answer))
    assert refused.kind == kind
    assert said in refused.reason


# --- once per run -----------------------------------------------------------------------------


def together(*stories: Callable[[], Awaitable[Any]]) -> list[Any]:
    async def all_of_them() -> list[Any]:
        return await asyncio.gather(*(story() for story in stories), return_exceptions=True)

    return asyncio.run(all_of_them())


def test_many_first_requests_of_several_crawlers_ask_once() -> None:
    one, two = robots(NO_JOBS), robots(NO_JOBS)
    about = "https://jobs.fernwood.example/about"
    ways = [lambda: one.passes(JOB), lambda: two.passes(JOB), lambda: two.passes(about)]
    outcomes = together(*ways, *ways)
    assert one.asked + two.asked == ["https://jobs.fernwood.example/robots.txt"]
    assert [type(outcome) for outcome in outcomes] == [Refused, Refused, bool] * 2


def test_a_failure_is_remembered_too() -> None:
    crawler = robots(500)
    together(*[lambda: crawler.passes(JOB)] * 3)
    assert len(crawler.asked) == 1


def test_each_scheme_host_and_port_has_its_own() -> None:
    crawler = Crawler({"http://jobs.fernwood.example/robots.txt": NO_JOBS})
    urls = [JOB, JOB.replace(".example/", ".example:443/"), JOB.replace("https", "http")]
    urls.append(JOB.replace(".example/", ".example:8443/"))
    outcomes = together(*[lambda url=url: crawler.passes(url) for url in urls])
    assert [type(outcome) for outcome in outcomes] == [bool, bool, Refused, bool]
    assert sorted(crawler.asked) == [
        "http://jobs.fernwood.example/robots.txt",
        "https://jobs.fernwood.example/robots.txt",
        "https://jobs.fernwood.example:8443/robots.txt",
    ]


@pytest.mark.parametrize(
    ("url", "origin"),
    [
        ("https://Jobs.Fernwood.Example./x", "https://jobs.fernwood.example"),
        ("https://jobs.fernwood.example:443/x?y", "https://jobs.fernwood.example"),
        ("http://jobs.fernwood.example:443", "http://jobs.fernwood.example:443"),
        ("https://[2606:4700::1111]/x", "https://[2606:4700::1111]"),
    ],
)
def test_origin_of(url: str, origin: str) -> None:
    assert origin_of(url) == origin


def test_a_refused_address_is_not_even_asked_for_its_robots_txt() -> None:
    crawler = robots(404)
    for url in ("https://www.linkedin.com/jobs/1", "http://127.0.0.1/", "file:///etc/passwd"):
        refusal(crawler, url)
    assert crawler.asked == []


# --- what else must be allowed ----------------------------------------------------------------


def test_the_public_page_must_be_allowed_too() -> None:
    crawler = robots(b"User-agent: *\nDisallow: /Careers\n")
    api = "https://jobs.fernwood.example/wday/cxs/fernwood/Careers/jobs"
    assert passes(crawler, api)
    page = "https://jobs.fernwood.example/Careers/job/1"
    assert "forbids /Careers/job/1" in refusal(crawler, api, robots_also=[page]).reason


def test_the_other_page_may_be_on_another_host() -> None:
    crawler = Crawler({"https://www.fernwood.example/robots.txt": 403})
    assert refusal(crawler, robots_also=["https://www.fernwood.example/"]).kind == "blocked"


API = {"jobs.fernwood.example": "https://developers.fernwood.example/postings"}


@pytest.mark.parametrize("answer", [NO_JOBS, 401, 503], ids=str)
def test_a_documented_public_api_is_the_only_exception(answer: Any) -> None:
    assert passes(robots(answer, public_api=API))
    assert refusal(robots(answer, public_api={"api.fernwood.example": "https://example.org"}))
    assert refusal(robots(answer, public_api=API, ROLECALL_STRICT_ROBOTS=True))


@pytest.mark.parametrize("public_api", [{}, API], ids=["site", "public api"])
def test_crawl_delay_reaches_the_limiter(public_api: dict[str, str]) -> None:
    slept: list[float] = []
    now = [0.0]

    async def sleep(seconds: float) -> None:
        slept.append(seconds)
        now[0] += seconds

    async def send(request: Request) -> Response:
        return Response(request.url)

    async def story() -> None:
        limiter = shared(Limiter)
        limiter._clock, limiter._sleep = lambda: now[0], sleep
        crawler = robots(b"User-agent: *\nCrawl-delay: 7.5\n", public_api=public_api)
        await crawler.passes(JOB)
        for _ in range(2):
            await limiter.fetch(Request(JOB), send, delay=1.0)

    asyncio.run(story())
    assert slept == [7.5]


# --- in Scrapy, without a reactor -------------------------------------------------------------

TAPE = """
[[exchange]]
request = "GET https://jobs.fernwood.example/robots.txt"
status = 301
headers = { Location = "https://www.fernwood.example/all/robots.txt" }
text = ""

[[exchange]]
request = "GET https://www.fernwood.example/all/robots.txt"
text = '''
User-agent: *
Disallow: /jobs/2
'''

[[exchange]]
request = "GET https://jobs.fernwood.example/jobs/1"
text = "one"

[[exchange]]
request = "GET https://api.fernwood.example/robots.txt"
status = 403
text = ""

[[exchange]]
request = "GET https://api.fernwood.example/v1"
text = "open"
"""


def test_a_crawl_obeys_robots_txt_behind_a_redirect_to_another_host(tmp_path: Path) -> None:
    (tmp_path / "tape.toml").write_text(TAPE, encoding="utf-8")
    urls = [f"https://jobs.fernwood.example/jobs/{n}" for n in (1, 2)]
    api = "https://api.fernwood.example/v1"
    came = run(
        [
            {"name": "site", "requests": urls},
            {"name": "api", "requests": [api], "public_api": {"api.fernwood.example": "https://x"}},
        ],
        TWISTED_REACTOR_ENABLED=False,
        ROLECALL_TAPE=str(tmp_path),
    )
    said = {one["asked"]: one.get("reason") or one["body"] for one in came}
    assert said == {
        urls[0]: "one",
        urls[1]: "robots.txt of jobs.fernwood.example forbids /jobs/2",
        api: "open",
    }
