"""Symphony Talent and Activate: what their cases do not show."""

from __future__ import annotations

import json
from typing import Any

import pytest
from scrapy.http import HtmlResponse

from crawler.errors import UnexpectedAnswer
from crawler.loader import spider_class
from crawler.sources import Source

HOST = "careers.fernwood.example"
PAGE = f"https://{HOST}/jobs"


def spider(platform: str = "symphonytalent") -> Any:
    params = {"host": HOST}
    source = Source(id="fern", platform=platform, employer="Fern", url=PAGE, params=params)
    return spider_class(source)()


def page(script: str) -> HtmlResponse:
    body = f"<html><script>{script}</script></html>".encode()
    return HtmlResponse(PAGE, body=body, encoding="utf-8")


def test_an_interface_elsewhere_is_not_asked() -> None:
    options = json.dumps({"org": "2015", "api": "https://jobs.m-cloud.io.example.org/api/"})
    with pytest.raises(UnexpectedAnswer, match=r"no organisation of m-cloud\.io"):
        list(spider()._on_front(page(f"var cws_opts = {options};")))
    with pytest.raises(UnexpectedAnswer, match=r"no organisation of m-cloud\.io"):
        list(spider()._on_front(page('var cws_opts = {"theme": "x"};')))


@pytest.mark.parametrize(
    ("script", "said"),
    [
        ("window.__PRELOAD_STATE__ = {broken};", "no JSON"),
        ("window.__PRELOAD_STATE__ = null;", "assigns cws_opts"),
        ('window.__PRELOAD_STATE__ = {"jobSearch": []};', "'jobSearch' is a list"),
    ],
)
def test_a_state_in_another_form_is_no_board(script: str, said: str) -> None:
    with pytest.raises(UnexpectedAnswer, match=said):
        list(spider()._on_front(page(script)))


def test_a_posting_on_another_host_has_no_page_to_read() -> None:
    one = spider()
    assert one.detail_request("99000001", f"https://{HOST}/lead-990001/job/99000001") is not None
    assert one.detail_request("99000001", "https://fern.paradox.ai/co/Fern/Job?job_id=9") is None


def test_a_slug_is_made_as_the_site_makes_it() -> None:
    row = spider("activate")._row({"ID": "0A1B-2", "Title": "<span>Ölprüfer / R&amp;D</span>"}, "x")
    assert row.fields["title"] == "Ölprüfer / R&D"
    assert row.fields["url"] == f"https://{HOST}/search/jobdetails/lprfer--rd/0a1b-2"
    assert (
        spider("activate")._row({"ID": "1", "Title": "量子"}, "x").fields["url"].endswith("/job/1")
    )
