"""The generic engines' common ground: a site's own pages, found by sitemap, feed or list of links.

An entry of the catalogue says where the listing is and what a posting's address looks like. What
differs between engines is the listing; what a posting's own page or document says, when it says
that it is closed, and who it is, is here.

A posting's page is read as the first of: schema.org JobPosting; the page's own title, main text and
labelled facts; a PDF's. Facts without such words stay empty (ats/generic_small_sites.md).

Closed is 404, 410, a redirect to the listing or a front page, or a sentence that stands alone, on a
page without a JobPosting: adverts speak of what happens "once this vacancy has closed".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, ClassVar
from urllib.parse import urldefrag, urlsplit

from parsel import Selector
from pydantic import Field, field_validator
from scrapy import Request
from scrapy.http import HtmlResponse, Response, TextResponse
from w3lib.url import safe_url_string

from crawler import platform
from crawler.answers import one_text, text_of
from crawler.errors import SiteGone, UnexpectedAnswer
from crawler.labelled import lines_of
from crawler.loader import platforms
from crawler.own_address import (
    addresses,
    bare_host,
    is_front,
    listings_of,
    without_visitor,
)
from crawler.page_text import FRAME, NO_TITLE, is_pdf, read_html, read_pdf
from crawler.patterns import Listing, Output, Page, Row
from crawler.platform import hosts_of
from crawler.posting import Key, Posting
from crawler.report import FetchFailure
from crawler.schema_values import DEFAULT_VALIDITY
from crawler.sitemap import read_sitemap, unpacked
from crawler.structured_data import fields_of, job_postings, node_for, own_url

SITEMAPS = 50  # of one index; the protocol allows 50,000 URLs in each
LONGEST_TEXT = 150  # characters of a link; a longer one is a whole card

_NOUN = r"(?:job|position|vacancy|posting|role|opening|opportunity|listing|advert(?:isement)?|post)"
_SORRY = r"(?:(?:we(?:'re| are) )?(?:very )?sorry\W+(?:but )?|unfortunately\W+)?"
_CLOSED = re.compile(
    rf"{_SORRY}(?:(?:this|the) (?:job |vacant )?{_NOUN}(?: you (?:are|were) looking for)? (?:"
    r"has (?:now |already )?(?:been (?:filled|closed|removed|withdrawn)|closed|expired)"
    r"|is (?:now )?(?:closed|filled|no longer (?:available|open|active|accepting applications)))"
    rf"|applications (?:for this {_NOUN} )?(?:are|have) (?:now )?closed"
    rf"|(?:we are )?no longer accepting applications(?: for this {_NOUN})?"
    rf"|{_NOUN} (?:not found|(?:is )?no longer available)"
    r"|diese (?:stelle|position|stellenanzeige|stellenausschreibung) ist (?:leider )?"
    r"(?:bereits besetzt|nicht mehr (?:verfügbar|online|aktiv)|abgelaufen)"
    r"|cette (?:offre|annonce)(?: d'emploi)? "
    r"(?:n'est plus (?:disponible|en ligne)|a expiré|est pourvue))"
    r"(?: to (?:new )?(?:applications|applicants|candidates)| for applications| at this time)?"
    r"\s*(?:[.!].*)?",
    re.IGNORECASE,
)
IN_FRAME = " or ".join(f"ancestor-or-self::{path}" for path in FRAME)
_HEADING = ".//*[self::h1 or self::h2 or self::h3 or self::h4 or self::h5 or self::h6]"
_CARD_HEADING = f"ancestor::*[self::li or self::article or self::tr][1]{_HEADING[1:]}"
_HIDDEN = (
    "//*[@hidden or contains(translate(@style, ' ', ''), 'display:none')"
    " or self::script or self::style or self::template]"
)


class OwnPagesParams(platform.PatternParams):
    """Parameters of an engine whose listing names addresses and nothing else."""

    listing: tuple[str, ...] = Field(min_length=1)
    posting_pattern: str
    complete: bool = True

    @field_validator("listing", mode="before")
    @classmethod
    def _one_or_several(cls, value: Any) -> Any:
        return (value,) if isinstance(value, str) else value


class OwnPages(Listing):
    """What the generic engines share. An engine writes `read_listing` and its parameters."""

    generic = True
    default_validity = DEFAULT_VALIDITY
    # Is a page without a JobPosting still a posting, by its title and text?
    reads_text: ClassVar[bool] = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.listing_is_authoritative = self.params.complete  # type: ignore[misc]
        hosts = {urlsplit(url).hostname or "" for url in listings_of(self.params)}
        self._hosts = {host.lower().removeprefix("www.") for host in hosts | hosts_of(self.source)}
        self._told: set[str] = set()  # postings of which the listing says all
        self._sitemaps: set[str] = set(listings_of(self.params))

    # --- identity -----------------------------------------------------------------------------

    @classmethod
    def tenant_of(cls, params: Any) -> str:
        return bare_host(listings_of(params)[0])

    @classmethod
    def id_of(cls, url: str, params: Any) -> str | None:
        """What identifies a posting of this site; None when the URL is no posting's."""
        return addresses(params).posting_id(url)

    @classmethod
    def is_listing(cls, url: str, params: Any) -> bool:
        return addresses(params).is_listing(url)

    @classmethod
    def match_on_known_host(cls, url: str, params: Any, evidence: str) -> platform.Match | None:
        native_id = cls.id_of(url, params)
        if native_id is None and not cls.is_listing(url, params):
            return None
        return platform.Match(cls, url, params, native_id, {}, evidence)

    @classmethod
    def canonical_url(cls, match: platform.Match) -> str:
        return addresses(match.params).canonical(match.url)

    def posting(self, native_id: str, *, aliases: Iterable[Key] = (), **fields: Any) -> Posting:
        """Also under the key of the platform whose form the URL has: that is how a link is read."""
        claims = (p.match(fields.get("url") or "") for p in platforms().values())
        keys = [claim.key for claim in claims if claim and claim.key]
        return super().posting(native_id, aliases=[*aliases, *keys], **fields)

    def own_id(self, url: str) -> str | None:
        """What identifies a posting on one of the site's own hosts."""
        return self.id_of(url, self.params) if self.is_own(url) else None

    def is_own(self, url: str) -> bool:
        return bare_host(url) in self._hosts

    # --- the listing --------------------------------------------------------------------------

    def listing(self) -> Iterable[Request]:
        return map(Request, listings_of(self.params))

    def _on_listing(self, response: Response, **kwargs: Any) -> Output:
        if _redirected(response) and is_front(response.url):
            asked = response.request.meta["redirect_urls"][0]  # type: ignore[union-attr]
            raise SiteGone(f"the listing {asked} leads to the front page")
        return super()._on_listing(unpacked(response), **kwargs)

    def sitemap_page(self, response: TextResponse) -> Page:
        """The site's own postings of a sitemap, or the further sitemaps of an index."""
        sitemap = read_sitemap(response)
        if sitemap.is_index:
            return Page([], more=self._further([loc for loc, _ in sitemap.entries]))
        rows = []
        for url, lastmod in sitemap.entries:
            native_id = self.own_id(url)
            if native_id:
                rows.append(Row(native_id, {"url": without_visitor(url)}, stamp=lastmod))
        if len({row.stamp[:10] for row in rows}) == 1 < len(rows):
            rows = [Row(row.native_id, row.fields) for row in rows]  # "now" for all
        return Page(rows)

    def _further(self, urls: list[str]) -> list[Request]:
        fresh = [
            url for url in dict.fromkeys(urls) if url not in self._sitemaps and self.is_own(url)
        ]
        if len(self._sitemaps) + len(fresh) > SITEMAPS:
            fresh = fresh[: max(0, SITEMAPS - len(self._sitemaps))]
            self.report.cut_short = f"stopped after {SITEMAPS} sitemaps; name the right one"
        self._sitemaps.update(fresh)
        return [Request(url) for url in fresh]

    def nodes(self, response: TextResponse) -> Iterator[Row]:
        """The postings whose JobPosting stands in the listing itself, with an address each."""
        for node in job_postings(response.text, response.url):
            url = own_url(node, response.url)
            native_id = url and self.own_id(url)
            if not url or not native_id:
                self.report.skip_row("a JobPosting without an address of its own")
                continue
            fields = {**fields_of(node, response.url), "url": without_visitor(url)}
            if fields.get("description_html"):
                self._told.add(native_id)
            yield Row(native_id, fields)

    # --- the detail ---------------------------------------------------------------------------

    def detail_request(self, native_id: str, url: str) -> Request | None:
        page = urldefrag(url).url
        if native_id in self._told or (page != url and self.is_listing(page, self.params)):
            return None
        return Request(url) if page not in listings_of(self.params) else None

    def detail_answer(self, response: Response) -> Response:
        return response if self.reads_text and _is_document(response) else text_of(response)

    def read_detail(self, response: Response) -> dict[str, Any]:
        """The fields of the posting's page or document; none when it is no posting's."""
        if not isinstance(response, TextResponse) or is_pdf(response.body):
            return self._document(response)
        node = node_for(job_postings(response.text, response.url), url=response.url)
        fields = fields_of(node, response.url) if node else {}
        if self.reads_text and not (fields.get("title") and fields.get("description_html")):
            fields = {**read_html(response.text, self.source.employer).fields(), **fields}
        fields.pop("url", None)  # the listing's address is the one that is asked again
        return fields

    def _document(self, response: Response) -> dict[str, Any]:
        if not is_pdf(response.body):
            return {"title": None}  # Word and the like: the text of the link to it is all there is
        try:
            return read_pdf(response.body).fields()
        except UnexpectedAnswer as error:
            # One damaged document is a lost detail, and no reason to distrust the whole listing.
            lost = FetchFailure("cut_short", response.url, str(error))
            self.report.detail_failures.append(lost)
            return {}

    def closed(self, response: Response) -> str | None:
        if response.status in (404, 410):
            return f"HTTP {response.status}"
        if response.status != 200:
            return None
        listed = self.is_listing(response.url, self.params) or response.url == self.source.url
        if _redirected(response) and (listed or is_front(response.url)):
            return f"redirected to {response.url}"
        if not self.reads_text or not isinstance(response, HtmlResponse):
            return None
        if job_postings(response.text, response.url):
            return None
        said = closed_sentence(response.text)
        return f"the page says {said!r}" if said else None

    def _with_detail(self, row: Row, mark: str, said: dict[str, Any]) -> Posting:
        if not said or not (said.get("title") or row.fields.get("title")):
            return self._without_detail(row, mark)
        return super()._with_detail(row, mark, said)


def closed_sentence(text: str) -> str | None:
    """The visible line of a page by which the posting is closed, or None."""
    page = Selector(text=text or " ", type="html")
    for element in page.root.xpath(_HIDDEN):
        if element.getparent() is not None:
            element.drop_tree()
    return next((line for line in lines_of(page) if _CLOSED.fullmatch(line)), None)


def _is_document(response: Response) -> bool:
    return not isinstance(response, TextResponse) or is_pdf(response.body)


def _redirected(response: Response) -> bool:
    return bool(response.request and response.request.meta.get("redirect_urls"))


def html_links(response: TextResponse) -> list[tuple[str, str]]:
    """The links of a page outside its frame, resolved, each once, with the title that it shows.

    A button ("Read more") has the title of the card it stands in. Raises UnexpectedAnswer for what
    is no HTML page.
    """
    if not isinstance(response, HtmlResponse):
        raise UnexpectedAnswer(f"{response.url} is neither a sitemap nor an HTML page")
    titles: dict[str, str] = {}
    for link in response.xpath(f"//a[@href][not({IN_FRAME})]"):
        url = absolute(response, link.attrib["href"])
        if url:
            texts = (one_text(link.xpath(where)) for where in (_HEADING, ".", _CARD_HEADING))
            usable = (text for text in texts if is_title_of_link(text))
            titles[url] = titles.get(url) or next(usable, "")
    return list(titles.items())


def absolute(response: Response, href: str) -> str:
    """A link's web address; "" for what is none."""
    try:
        url = safe_url_string(response.urljoin(href.strip()))
        return url if urlsplit(url).scheme in ("http", "https") else ""
    except ValueError:  # "Invalid IPv6 URL"
        return ""


def is_title_of_link(text: str) -> bool:
    return 0 < len(text) <= LONGEST_TEXT and not NO_TITLE.fullmatch(text)


def says(response: TextResponse, words: str | None) -> bool:
    """Does the page say these words, however they are broken into lines and elements?"""
    shown = " ".join(" ".join(response.xpath("//body//text()").getall()).split())
    return bool(words and " ".join(words.split()).lower() in shown.lower())
