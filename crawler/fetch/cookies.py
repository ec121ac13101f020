"""Scrapy's cookies, without the request that Scrapy makes for them behind our back.

To refuse cookies for whole public suffixes, Scrapy's middleware asks tldextract, which fetches the
public suffix list from the internet on first use: past the limiter, the gateway and robots.txt.
The list that ships with tldextract serves as well.
"""

from __future__ import annotations

from scrapy.downloadermiddlewares import cookies
from tldextract import TLDExtract

SUFFIXES = TLDExtract(suffix_list_urls=(), cache_dir=None, include_psl_private_domains=True)


class OfflineCookies(cookies.CookiesMiddleware):
    """Scrapy's middleware; importing this module has given it the shipped list."""


cookies._split_domain = SUFFIXES
