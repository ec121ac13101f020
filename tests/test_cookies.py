"""Cookies are kept without asking the internet for the public suffix list."""

from __future__ import annotations

from scrapy.downloadermiddlewares import cookies

from crawler import settings
from crawler.fetch.cookies import SUFFIXES


def test_public_suffixes_come_from_the_shipped_list() -> None:
    assert settings.DOWNLOADER_MIDDLEWARES["crawler.fetch.cookies.OfflineCookies"]
    assert cookies._split_domain is SUFFIXES
    assert SUFFIXES.suffix_list_urls == ()
    assert cookies._is_public_domain("co.uk")
    assert not cookies._is_public_domain("fernwood.ac.uk")
