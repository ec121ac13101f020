"""The engine for sitemaps: any page behind them. The sitemaps themselves are in test_jsonld.py."""

from __future__ import annotations

from typing import Any

import pytest
from scrapy.http import XmlResponse

from crawler.errors import UnexpectedAnswer
from crawler.loader import spider_class
from crawler.recognise import Recogniser
from crawler.sources import Source
from spiders.sitemap import SitemapPages

SITE = "https://careers.bracken.example"
MAP = f"{SITE}/sitemap.xml"


def source(**params: Any) -> Source:
    said = {"listing": MAP, "posting_pattern": r"^/role/\d+", **params}
    return Source(id="bracken", platform="sitemap", employer="Bracken", url=SITE, params=said)


def sitemap(*paths: str, root: str = "urlset") -> str:
    rows = "".join(f"<url><loc>{SITE}{path}</loc></url>" for path in paths)
    return f'<{root} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{rows}</{root}>'


def read(text: str, **params: Any) -> list[tuple[str, str]]:
    spider: Any = spider_class(source(**params))()
    rows = spider.read_listing(XmlResponse(MAP, body=text.encode())).rows
    return [(row.native_id, row.fields["url"]) for row in rows]


def test_the_pattern_is_searched_in_path_and_query() -> None:
    text = sitemap("/role/1-tide", "/en/role/2", "/role/3?lang=en&amp;utm_source=x", "/roles")
    assert read(text) == [
        ("role/1-tide", f"{SITE}/role/1-tide"),
        ("role/3", f"{SITE}/role/3?lang=en"),
    ]
    assert [n for n, _ in read(text, id_pattern=r"/role/(?P<id>\d+)")] == ["1", "3"]


def test_another_answer_is_no_empty_board() -> None:
    assert read(sitemap("/about")) == []
    for text in ("", "<html><body></body></html>", sitemap("/role/1")[:-6]):
        with pytest.raises(UnexpectedAnswer, match="is no whole sitemap"):
            read(text)


def test_a_posting_is_recognised_by_the_key_that_a_crawl_stores() -> None:
    url = f"{SITE}/role/1-tide"
    match = Recogniser([source()]).recognise(f"{url}/?source=x")
    assert match is not None
    assert match.key in spider_class(source())().posting("role/1-tide", url=url).keys


def test_a_proposal_needs_addresses_of_jobs() -> None:
    expected = {"listing": MAP, "posting_pattern": "^/jobs/[^/?]+"}
    assert SitemapPages.params_for(MAP, sitemap("/about", "/jobs/1")) == expected
    assert SitemapPages.params_for(MAP, sitemap("/about", "/blog/1")) is None
    assert SitemapPages.params_for(MAP, sitemap("/jobs/1")[:-6]) is None
    assert SitemapPages.params_for(MAP, "<html></html>") is None
