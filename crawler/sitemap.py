"""Sitemaps (https://www.sitemaps.org/protocol.html): a broken one is never a shorter board.

Traps: a sitemap cut off in transfer looks like a shorter one; a raw `&` in loc makes a recovering
XML parser cut the URL; lastmod is worth something only where it differs between postings, because
many sites write "now"; `.gz` files come as binary bodies.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from scrapy.http import Response, TextResponse, XmlResponse
from scrapy.utils.gz import gunzip, gzip_magic_number
from scrapy.utils.sitemap import Sitemap

from crawler.errors import UnexpectedAnswer

UNPACKED = 64 * 1024 * 1024  # bytes; the protocol allows 50 MB
_ROOT = re.compile(r"<(?:\w+:)?(?:urlset|sitemapindex)[\s/>]")
_WHOLE = re.compile(
    rb"<((?:\w+:)?(?:urlset|sitemapindex))\b(?:[^>]*/>|(?s:.*)</\1\s*>)\s*(?:<!--(?s:.*)-->\s*)?$"
)
# Between the root's tags nothing but blanks and comments, or a root without content.
_EMPTY = re.compile(
    rb"<(?:\w+:)?(?:urlset|sitemapindex)(?:\s[^>]*)?(?:/>|>(?:\s|<!--(?s:.*?)-->)*</)"
)
_RAW_AMPERSAND = re.compile(rb"&(?!(?:amp|lt|gt|quot|apos|#\d+|#x[0-9a-fA-F]+);)")


@dataclass(frozen=True)
class SitemapPage:
    """One sitemap. `entries` are (URL, lastmod or ""); of an index they are further sitemaps."""

    is_index: bool
    entries: list[tuple[str, str]]


def unpacked(response: Response) -> Response:
    """The response, as text where it was a compressed sitemap."""
    if not gzip_magic_number(response):
        return response
    body = gunzip(response.body, max_size=UNPACKED)
    return XmlResponse(response.url, body=body, request=response.request)


def is_sitemap(response: TextResponse) -> bool:
    """Is this answer a sitemap, or an index of them?"""
    return bool(_ROOT.search(response.text[:2000]))


def read_sitemap(response: TextResponse) -> SitemapPage:
    """The sitemap's entries. Raises UnexpectedAnswer for anything else, or one that is cut off."""
    if not _WHOLE.search(response.body):
        said = " ".join(response.text.split())[:60]
        raise UnexpectedAnswer(f"{response.url} is no whole sitemap but {said!r}")
    sitemap = Sitemap(_RAW_AMPERSAND.sub(b"&amp;", response.body))
    entries = [(entry["loc"], entry.get("lastmod") or "") for entry in sitemap if entry.get("loc")]
    if not entries and _EMPTY.search(response.body) is None:
        raise UnexpectedAnswer(f"{response.url}: a sitemap whose entries have no `loc`")
    return SitemapPage(sitemap.type == "sitemapindex", entries)
