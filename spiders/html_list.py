"""Any career site that is a page of links to postings, or that holds its openings itself.

A generic engine: an entry of the catalogue says where the listing is and, where that is not plain,
what a posting's address looks like. Small institutes, project pages and portals of systems that no
platform here knows. Each posting is a page or PDF document, read by its schema.org JobPosting, else
by its own title, main text and labelled facts (crawler/own_pages.py).

    listing          address of the page that lists the postings
    posting_pattern  regular expression, searched in `/path?query#opening`, that finds a posting
    id_pattern       the same with the group `id`, where the path is not what identifies a posting
    empty            words that the listing shows when nothing is open
    next             CSS selector of the link to the listing's next page; else the link that says
                     rel=next is followed, as far as it stays below the listing
    total            regular expression with the group `total`, for a number of postings that the
                     listing states in its text
    complete         false when the listing shows only a part ("latest jobs")

What is a posting and what identifies it is in crawler/own_address.py: without a pattern every page
below the listing, and the listing's own page with a fragment that names an opening.

Traps (data/platform_distribution.md section 6, ats/generic_small_sites.md):
- A listing without a posting is broken, unless it says in the words of `empty` that nothing is
  open. Links in menus and footers are no postings, so that a page in a new frame is not a shorter
  list.
- One page may hold several openings: an element with an id is one when the page links to it, or
  when `posting_pattern` has a `#`. Its title is its heading; without a heading it is none. Of
  headings inside one another the outer ones are the openings ("Research engineer", not
  "Requirements"), but never the page's own `h1` above them.
- The same fragment on any other page is a place in the text, or a share mark
  (`#.Xbn7VL1Tw0Y.twitter`), and means nothing.
- `id=` and `position=` identify, `source=` and `referrer=` do not; `ref=` does either.
- An address with a search in its query is a view of the listing.
- Institutes share a host: the tenant is the host, so that a posting has one key whichever entry
  speaks for it, and an entry claims only what its listing or pattern covers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urldefrag

from parsel import Selector
from parsel.csstranslator import css2xpath
from pydantic import field_validator
from scrapy import Request
from scrapy.http import HtmlResponse, Response, TextResponse

from crawler import platform
from crawler.answers import one_text, visible_text
from crawler.errors import UnexpectedAnswer
from crawler.own_address import bare_host, common_pattern, is_front, without_visitor
from crawler.own_pages import IN_FRAME, OwnPages, absolute, html_links, is_title_of_link, says
from crawler.page_text import read_part
from crawler.patterns import Page, PagedListing, Row

HEADINGS = "*[self::h1 or self::h2 or self::h3 or self::h4 or self::h5 or self::h6]"
INNER = 7  # the level of an opening whose title is no heading
# Titles inside an element that stands for an opening, the best first.
TITLES = (f".//{HEADINGS}", ".//summary", ".//dt", ".//strong", ".//b")


class HtmlListParams(platform.PatternParams):
    listing: str
    empty: str | None = None
    next: str | None = None
    total: str | None = None
    complete: bool = True

    @field_validator("listing")
    @classmethod
    def _is_an_address(cls, value: str) -> str:
        if not re.match(r"https?://[^/\s]+", value):
            raise ValueError(f"{value!r} is not an http(s) URL")
        return value

    @field_validator("next")
    @classmethod
    def _is_a_selector(cls, value: str | None) -> str | None:
        try:
            css2xpath(value or "a")
        except (SyntaxError, RuntimeError) as error:  # cssselect's own errors are of these
            raise ValueError(f"{value!r} is no CSS selector: {error}") from None
        return value

    @field_validator("total")
    @classmethod
    def _has_a_number(cls, value: str | None) -> str | None:
        try:
            groups = re.compile(value or "").groupindex
        except re.error as error:
            raise ValueError(f"{value!r} is no regular expression: {error}") from None
        if value and "total" not in groups:
            raise ValueError(f"{value!r} has no group `(?P<total>...)`")
        return value


@dataclass(frozen=True)
class Opening:
    """An element of the listing that may stand for an opening."""

    anchor: str
    title: str
    level: int  # of its heading
    nodes: list[Selector]


class HtmlList(OwnPages, PagedListing):
    name = "html_list"
    label = "a plain page of links"
    Params = HtmlListParams

    @classmethod
    def params_for(cls, url: str, page: str) -> dict[str, Any] | None:
        response = HtmlResponse(url, body=page.encode(), encoding="utf-8")
        links = [link for link, _ in html_links(response)]
        params = {"listing": urldefrag(url).url}
        plain = HtmlListParams.model_validate(params)
        own = [link for link in links if bare_host(link) == bare_host(url)]
        if not is_front(url) and any(cls.id_of(link, plain) for link in own):
            return params
        pattern = common_pattern(link for link in own if not cls.is_listing(link, plain))
        return {**params, "posting_pattern": pattern} if pattern else None

    # --- the listing --------------------------------------------------------------------------

    def page_request(self, number: int, response: Response | None) -> Request | None:
        if response is None:
            return Request(self.params.listing)
        url = self._next(response)
        return Request(url) if url else None

    def read_listing(self, response: TextResponse) -> Page:
        rows = {row.native_id: row for row in self.nodes(response)}
        for url, title in html_links(response):
            native_id = self.own_id(url)
            if native_id and not self._is_part(url):
                fields = {"url": without_visitor(urldefrag(url).url), "title": title}
                row = Row(native_id, {name: value for name, value in fields.items() if value})
                rows.setdefault(native_id, row)
        for row in self._openings(response):
            rows.setdefault(row.native_id, row)
        is_empty = says(response, self.params.empty)
        if not rows and not is_empty:
            raise UnexpectedAnswer(
                f"{response.url}: no link and no part of the page is a posting, and it does not say "
                "that nothing is open (parameter `empty`)"
            )
        total = self._total(response) if rows else 0
        return Page(list(rows.values()), total, goes_on=self._next(response) is not None)

    def _next(self, response: Response) -> str | None:
        """The address of the listing's next page."""
        css = self.params.next or "a[rel~=next], link[rel~=next]"
        href = response.css(css).xpath("@href").get()
        url = absolute(response, href) if href else ""
        if not url or urldefrag(url).url == urldefrag(response.url).url:
            return None
        # `link rel=next` of a blog leads to its next article.
        below = self.is_own(url) and self.own_id(url) is None
        return url if self.params.next or below else None

    def _total(self, response: TextResponse) -> int | None:
        if self.params.total is None:
            return None
        found = re.search(self.params.total, " ".join(visible_text(response).split()))
        digits = re.sub(r"\D", "", found["total"] or "") if found else ""
        if not digits:
            raise UnexpectedAnswer(f"{response.url} does not say {self.params.total!r}")
        return int(digits)

    # --- openings on the listing itself -------------------------------------------------------

    def _is_part(self, url: str) -> bool:
        page, fragment = urldefrag(url)
        return bool(fragment) and self.is_listing(page, self.params)

    def _openings(self, response: TextResponse) -> Iterator[Row]:
        page = urldefrag(response.url).url
        if not self.is_listing(page, self.params):
            return
        links = (
            urldefrag(absolute(response, href)) for href in response.css("a::attr(href)").getall()
        )
        linked = {unquote(link.fragment) for link in links if self._same(link.url, page)}
        by_pattern = "#" in (self.params.posting_pattern or "")
        found = []
        for element in response.xpath(f"//*[@id or self::a[@name]][not({IN_FRAME})]"):
            anchor = element.attrib.get("id") or element.attrib.get("name") or ""
            if anchor and (by_pattern or anchor in linked) and self.own_id(f"{page}#{anchor}"):
                opening = _opening(element, anchor)
                if opening:
                    found.append(opening)
        for opening in found if by_pattern else _outer(found):
            url = f"{page}#{opening.anchor}"
            native_id = self.own_id(url)
            assert native_id is not None
            self._told.add(native_id)
            yield Row(native_id, {**read_part(opening.nodes, opening.title).fields(), "url": url})

    def _same(self, url: str, page: str) -> bool:
        return url == page or (self.is_own(url) and self.is_listing(url, self.params))


def _outer(found: list[Opening]) -> list[Opening]:
    """The openings of the outermost level, without the page's own heading above them."""
    levels = {opening.level for opening in found}
    top = min(levels - {1} or levels, default=0)
    return [opening for opening in found if opening.level == top]


def _opening(element: Selector, anchor: str) -> Opening | None:
    """The opening that an element with an id stands for; None when no heading names it."""
    heading = element.xpath(f"(ancestor-or-self::{HEADINGS})[last()]")
    if not heading and not one_text(element):  # an empty mark before its heading
        heading = element.xpath(f"following::{HEADINGS}[1]")
    if heading:
        title, level = _heading(heading[0]), _level(heading[0])
        nodes = _section(heading[0], level)
    else:
        where = next((found for path in TITLES if (found := element.xpath(path))), None)
        if where is None and element.root.tag not in ("dt", "summary"):
            return None
        title = _heading(where[0] if where else element)
        level = _level(where[0]) if where else INNER
        nodes = [node for node in element.xpath("*|text()") if _heading(node) != title]
        if element.root.tag in ("dt", "summary"):
            nodes = element.xpath("following-sibling::*[1]")
    return Opening(anchor, title, level, list(nodes)) if is_title_of_link(title) else None


def _heading(node: Selector) -> str:
    """The text of a heading without the sign that links to it; "" for bare text."""
    return "" if isinstance(node.root, str) else one_text(node).strip(" ¶#§🔗").strip()


def _level(node: Selector) -> int:
    found = re.fullmatch(r"h([1-6])", str(node.root.tag))
    return int(found[1]) if found else INNER


def _section(heading: Selector, level: int) -> list[Selector]:
    """What follows a heading, up to the next one of its level or above."""
    start = heading
    while not start.xpath("following-sibling::*"):
        wrapper = start.xpath("parent::div | parent::header")
        if not wrapper:
            break
        start = wrapper[0]
    nodes = []
    for node in start.xpath("following-sibling::*|following-sibling::text()"):
        is_text = isinstance(node.root, str)
        within = [] if is_text else node.xpath(f"descendant-or-self::{HEADINGS}")
        if any(_level(inner) <= level for inner in within):
            break
        nodes.append(node)
    return nodes
