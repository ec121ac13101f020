"""Any career site that announces its postings in a feed: RSS, Atom or JSON Feed.

A generic engine: an entry of the catalogue says where the feed is and what a posting's address
looks like. RSS and Atom are read by feedparser (https://feedparser.readthedocs.io), which knows
their ten dialects; JSON Feed by its specification (https://www.jsonfeed.org/version/1.1/).

    listing          URL or URLs of the feed
    posting_pattern  regular expression, searched in `/path?query`, that finds a posting
    id_pattern       the same with the group `id`, where the path is not what identifies a posting
    details          false when the items say all; else each posting's page or PDF is read
                     (crawler/own_pages.py), and the item's summary stands in for one that is lost
    complete         true when the feed is known to hold every open posting

Traps:
- A feed holds the newest items only (WordPress: ten), so that absence proves nothing unless the
  entry says `complete`.
- A feed cut off in transfer reads like a shorter one; it is refused, and so is one of whose items
  the parser lost any.
- Items whose addresses are no postings are counted and left out; when all are, the feed is not the
  one that the entry speaks of. A feed without items is an empty board.
- `updated` tells of a change, `published` is the date posted; one never stands for the other.
- WP Job Manager adds elements of its own: location, job_type and company, in the namespace
  job_listing (public code: Automattic/WP-Job-Manager, class-wp-job-manager-post-types.php).
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin, urlsplit

import feedparser
from scrapy.http import TextResponse
from w3lib.html import remove_tags

from crawler.answers import given, json_of, need, objects
from crawler.errors import UnexpectedAnswer
from crawler.own_address import common_pattern, without_visitor
from crawler.own_pages import OwnPages, OwnPagesParams
from crawler.patterns import Page, Row

JSON_FEED = re.compile(r"https?://(?:www\.)?jsonfeed\.org/version/1")
_END = re.compile(rb"</(?:\w+:)?(?:rss|feed|RDF)\s*>\s*(?:<!--(?s:.*)-->\s*)?$")
_ITEM = re.compile(rb"<(?:\w+:)?(?:item|entry)[\s>]")
_PART_OF_ITEM = re.compile(rb"<(?:guid|published)[\s>]")
_TITLE = re.compile(rb"<title[\s>]")  # the feed's own, and its picture's
_OPAQUE = re.compile(rb"<!--.*?-->|<!\[CDATA\[.*?\]\]>", re.DOTALL)
# What an item says, by the names that feedparser gives it.
EXTENSIONS = {
    "organization": "job_listing_company",
    "raw_employment_type": "job_listing_job_type",
}


class Params(OwnPagesParams):
    details: bool = True
    complete: bool = False


class Feed(OwnPages):
    name = "feed"
    label = "a feed of postings"
    Params = Params

    @classmethod
    def params_for(cls, url: str, page: str) -> dict[str, Any] | None:
        try:
            items = list(_items(TextResponse(url, body=page.encode(), encoding="utf-8")))
        except UnexpectedAnswer:
            return None
        pattern = common_pattern(item["url"] for item, _ in items)
        return {"listing": url, "posting_pattern": pattern} if pattern else None

    def read_listing(self, response: TextResponse) -> Page:
        rows, others = [], 0
        for fields, stamp in _items(response):
            native_id = self.own_id(fields["url"])
            if native_id is None:
                self.report.skip_row("an item whose address is no posting's")
                others += 1
                continue
            if not self.params.details:
                self._told.add(native_id)
            rows.append(Row(native_id, fields, stamp=stamp))
        if others and not rows:
            raise UnexpectedAnswer(
                f"{response.url}: of {others} items none has an address that matches "
                f"{self.params.posting_pattern!r}"
            )
        return Page(rows)


def _items(response: TextResponse) -> Iterator[tuple[dict[str, Any], str]]:
    """The items as fields of Posting, and what else tells of a change. Raises UnexpectedAnswer."""
    is_json = response.text.lstrip("\ufeff \t\r\n").startswith("{")
    for item, stamp in _json_items(response) if is_json else _xml_items(response):
        if not item["url"] or not item["title"]:
            lacks = "title" if item["url"] else "link"
            raise UnexpectedAnswer(f"{response.url}: an item of the feed has no {lacks}")
        item["url"] = without_visitor(urljoin(response.url, item["url"]))
        if urlsplit(item["url"]).scheme not in ("http", "https"):
            raise UnexpectedAnswer(f"{response.url}: {item['url']!r} is no link")
        yield {name: value for name, value in item.items() if value}, stamp


def _xml_items(response: TextResponse) -> Iterator[tuple[dict[str, Any], str]]:
    url, body = response.url, response.body
    if b"<!ENTITY" in body:
        raise UnexpectedAnswer(f"{url}: this XML defines entities; they are not expanded")
    # As a stream: a text that looks like a URL would be fetched, one like a path opened.
    headers = {"content-location": url, "content-type": "application/xml; charset=utf-8"}
    feed = feedparser.parse(
        io.BytesIO(response.text.encode()), response_headers=headers, sanitize_html=False
    )
    if not feed.get("version"):
        said = " ".join(response.text.split())[:60]
        raise UnexpectedAnswer(f"{url} is no feed but {said!r}")
    if not _END.search(body):
        raise UnexpectedAnswer(f"{url}: the feed ends in the middle")
    count = len(_ITEM.findall(_OPAQUE.sub(b"", body)))
    if len(feed.entries) != count:
        raise UnexpectedAnswer(f"{url}: {len(feed.entries)} of {count} items could be read")
    if not count and (_PART_OF_ITEM.search(body) or len(_TITLE.findall(body)) > 2):
        raise UnexpectedAnswer(f"{url}: the feed holds something, but no items")
    is_atom = feed.version.startswith("atom")  # elsewhere `updated` is Dublin Core's one date
    for entry in feed.entries:
        # Asked without the check, feedparser would give `published` for it.
        updated = entry["updated"] if "updated" in entry else ""  # noqa: SIM401
        texts = [entry.get("summary") or "", *(part.value for part in entry.get("content", ()))]
        place = entry.get("job_listing_location")
        own = {name: entry.get(theirs) for name, theirs in EXTENSIONS.items()}
        fields = {
            "title": _plain(entry.get("title") or ""),
            "url": entry.get("link"),
            "description_html": max(texts, key=len),
            "raw_date_posted": entry.get("published") or ("" if is_atom else updated),
            "raw_location": [place] if place else [],
            **own,
        }
        yield fields, updated if is_atom else ""


def _plain(title: str) -> str:
    """Atom allows markup in a title; `<T>` alone is none."""
    return str(remove_tags(title)) if "</" in title else title


def _json_items(response: TextResponse) -> Iterator[tuple[dict[str, Any], str]]:
    feed, url = json_of(response), response.url
    if not JSON_FEED.match(need(feed, "version", str, url)):
        raise UnexpectedAnswer(f"{url}: {feed['version']!r} is no version of JSON Feed")
    for item in objects(need(feed, "items", list, url), url):
        fields = {
            "title": need(item, "title", str, url),
            "url": need(item, "url", str, url),
            "description_html": given(item, "content_html", str, url)
            or given(item, "content_text", str, url)
            or given(item, "summary", str, url),
            "raw_date_posted": given(item, "date_published", str, url),
        }
        yield fields, given(item, "date_modified", str, url) or ""
