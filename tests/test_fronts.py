"""What the front ends share, and Phenom's token."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from datetime import date
from typing import Any

import pytest
from scrapy import Request
from scrapy.http import HtmlResponse

from crawler.loader import spider_class
from crawler.patterns import Row
from crawler.sources import Source
from spiders.fronts import led_away
from tests.simulator.generator import employers, make_site
from tests.simulator.phenom import Phenom as SimulatedPhenom
from tests.walking import Walk

JOB = "https://careers.fernwood.example/us/en/job/FERNUS7549EXTERNALENUS"
HOME = "https://careers.fernwood.example/us/en"
TOKEN = "0a1b2c3d4e5f60718293a4b5c6d7e8f9"


def answer(url: str = HOME, status: int = 200, **meta: Any) -> HtmlResponse:
    row = Row("FERNUS7549EXTERNALENUS", {})
    request = Request(url, meta=meta, cb_kwargs={"row": row})
    return HtmlResponse(url, status=status, body=b"<html></html>", request=request)


@pytest.mark.parametrize(
    ("response", "listed", "said"),
    [
        (answer(redirect_urls=[JOB]), {}, f"redirected to {HOME}"),
        (answer(redirect_urls=[JOB]), {"FERNUS7549EXTERNALENUS": None}, None),
        (answer(f"{JOB}/Lead", redirect_urls=[JOB]), {}, None),
        (answer(), {}, None),
        (answer(status=503, redirect_urls=[JOB]), {}, None),
        (HtmlResponse(HOME, body=b""), {}, None),
    ],
    ids=["led away", "listed tonight", "to its own slug", "not redirected", "503", "no request"],
)
def test_a_posting_that_leads_away(response: HtmlResponse, listed: Any, said: str | None) -> None:
    assert led_away(response, "/job/", listed) == said


def phenom(url: str = f"{HOME}/search-results") -> Any:
    params = {"host": "careers.fernwood.example"}
    source = Source(id="fern", platform="phenom", employer="Fernwood", url=url, params=params)
    return spider_class(source)()


def session(said: str) -> str:
    payload = urlsafe_b64encode(said.encode()).decode().rstrip("=")
    return f"PLAY_SESSION=eyJhbGciOiJIUzI1NiJ9.{payload}.c2ln; Path=/; HttpOnly"


@pytest.mark.parametrize(
    ("page", "cookie"),
    [
        (f'<script>phApp.x = {{"csrfToken":"{TOKEN}"}}</script>', ""),
        ("<script></script>", session(f'{{"data":{{"JSESSIONID":"x","csrfToken":"{TOKEN}"}}}}')),
    ],
    ids=["page", "session cookie"],
)
def test_the_token_of_a_phenom_site(page: str, cookie: str) -> None:
    one = phenom()
    headers = {"Set-Cookie": ["PHPPPE_ACT=1; Path=/", cookie]}
    (request,) = one._on_front(
        HtmlResponse(one.source.url, body=page.encode(), headers=headers, encoding="utf-8")
    )
    assert request.method == "POST"
    assert request.headers["x-csrf-token"] == TOKEN.encode()


def test_the_locale_of_a_phenom_posting() -> None:
    one, bare = phenom(), phenom("https://careers.fernwood.example/")
    assert one._path({"locale": "en_GLOBAL"}, "X") == "/global/en"
    assert one._path({}, "FERN1EXTERNALDEDE") == "/us/en"  # the entry's
    assert bare._path({}, "FERN1EXTERNALDEDE") == "/de/de"
    assert bare._path({}, "FERN1EXTERNALENGLOBAL") == "/global/en"
    assert bare._path({}, "FERN1ENUS") == "/us/en"
    assert b"country" not in bare.page_request(0, None).body


@pytest.mark.parametrize("quirks", [{"size": 10}, {"token": True}, {"embedded": True}], ids=str)
def test_a_whole_phenom_board_is_walked(quirks: dict[str, Any]) -> None:
    site = make_site(next(employers(1)), 34, seed=1, today=date(2026, 8, 20))
    site.quirks = quirks
    walk = Walk(SimulatedPhenom(site))
    assert walk.report.declared_total == walk.report.listed == len(walk.postings) == 34
    assert not walk.report.listing_failures
    assert {posting.title for posting in walk.postings} == {job.title for job in site.jobs}
    assert all(posting.description_html for posting in walk.postings)
