"""Teamtailor: a full page of its feed without the key that leads on."""

from __future__ import annotations

import json

from scrapy.http import TextResponse

from crawler.loader import spider_class
from crawler.sources import Source

HOST = "fernwood.teamtailor.com"


def page(postings: int) -> TextResponse:
    items = [
        {
            "id": f"0a1b2c3d-{number}",
            "title": f"Engineer {number}",
            "url": f"https://{HOST}/jobs/{7000000 + number}-engineer",
            "date_published": "2026-08-01T09:00:00+02:00",
            "_jobposting": {"@type": "JobPosting", "title": f"Engineer {number}"},
        }
        for number in range(postings)
    ]
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "Fernwood", "items": items}
    return TextResponse(f"https://{HOST}/jobs.json", body=json.dumps(feed), encoding="utf-8")


def test_after_a_full_page_the_next_is_asked_though_no_key_leads_there() -> None:
    source = Source(
        id="fern", platform="teamtailor", employer="Fernwood", url=f"https://{HOST}/jobs"
    )
    spider = spider_class(source)()
    assert spider.read_listing(page(99)).goes_on is False  # type: ignore[attr-defined]
    assert spider.read_listing(page(100)).goes_on is True  # type: ignore[attr-defined]
    following = spider.page_request(1, page(100))  # type: ignore[attr-defined]
    assert following.url == f"https://{HOST}/jobs.json?page=2&per_page=100"
