"""Any career site whose pages carry schema.org JobPosting (JSON-LD, microdata or RDFa).

A generic engine: an entry of the catalogue says where the listing is and what a posting's URL looks
like. The listing is a sitemap (https://www.sitemaps.org/protocol.html), an index of sitemaps, or an
HTML page with links; each posting is a page that states a JobPosting. Where the HTML listing itself
carries whole nodes with addresses of their own, no detail is read.

    listing          URL or URLs of the listing
    posting_pattern  regular expression that finds a posting's URL, and no blog or category page
    id_pattern       with the group `id`, where the URL's path is not what identifies a posting
    empty            words an HTML listing shows when nothing is open
    complete         false when the listing shows only a part (a search, "latest jobs")

Traps (ats/schemaorg_jobposting.md section 5, ats/generic_small_sites.md):
- An HTML listing without a matching link is broken, unless it says in the words of `empty` that
  nothing is open. A sitemap without a matching URL is an empty board.
- A sitemap cut off in transfer would look like a shorter board; it is refused.
- Sitemaps with a raw `&` in loc: an XML parser that recovers silently cuts the URL.
- lastmod is worth something only where it differs between postings: many sites write "now".
- A page without a JobPosting among many must not fail the run: a new posting is then rejected for
  its missing title and counted (more than half of them make the run a parse_error), a known one
  stays open and unread. Lost markup alone closes nothing; 404, 410 and a redirect to the listing
  or the front page do.
- Share links hold a posting's URL in their query: only links to the site's own hosts count.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import parse_qsl, urldefrag, urlencode, urlsplit

from pydantic import Field, field_validator
from scrapy import Request
from scrapy.http import HtmlResponse, Response, TextResponse
from scrapy.linkextractors import LinkExtractor

from crawler import platform
from crawler.errors import UnexpectedAnswer
from crawler.loader import platforms
from crawler.patterns import Listing, Output, Page, Row
from crawler.platform import hosts_of
from crawler.posting import Key, Posting
from crawler.schema_values import DEFAULT_VALIDITY
from crawler.sitemap import is_sitemap, read_sitemap, unpacked
from crawler.structured_data import fields_of, job_postings, node_for, own_url

SITEMAPS = 50  # of one index; the protocol allows 50,000 URLs in each


class Params(platform.PatternParams):
    listing: tuple[str, ...] = Field(min_length=1)
    posting_pattern: str
    empty: str | None = None
    complete: bool = True

    @field_validator("listing", mode="before")
    @classmethod
    def _one_or_several(cls, value: Any) -> Any:
        return (value,) if isinstance(value, str) else value


class JsonLd(Listing):
    name = "jsonld"
    label = "structured data of a site's own pages"
    default_validity = DEFAULT_VALIDITY
    generic = True
    Params = Params

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.listing_is_authoritative = self.params.complete  # type: ignore[misc]
        hosts = {urlsplit(url).hostname or "" for url in self.params.listing}
        self._hosts = {_bare(host) for host in hosts | hosts_of(self.source)}
        self._told: set[str] = set()  # postings of which the listing says all
        self._sitemaps: set[str] = set(self.params.listing)

    # --- identity -----------------------------------------------------------------------------

    @classmethod
    def tenant_of(cls, params: Any) -> str:
        return _bare(urlsplit(str(params.listing[0])).hostname or "")

    @classmethod
    def match_on_known_host(cls, url: str, params: Any, evidence: str) -> platform.Match | None:
        native_id = _native_id(url, params)
        if native_id is None and url not in params.listing:
            return None
        return platform.Match(cls, url, params, native_id, {}, evidence)

    @classmethod
    def canonical_url(cls, match: platform.Match) -> str:
        return _clean(match.url)

    def posting(self, native_id: str, *, aliases: Iterable[Key] = (), **fields: Any) -> Posting:
        """Also under the key of the platform whose form the URL has: that is how a link is read."""
        claims = (p.match(fields.get("url") or "") for p in platforms().values())
        keys = [claim.key for claim in claims if claim and claim.key]
        return super().posting(native_id, aliases=[*aliases, *keys], **fields)

    # --- the listing --------------------------------------------------------------------------

    def listing(self) -> Iterable[Request]:
        return map(Request, self.params.listing)

    def _on_listing(self, response: Response, **kwargs: Any) -> Output:
        return super()._on_listing(unpacked(response), **kwargs)

    def read_listing(self, response: TextResponse) -> Page:
        if is_sitemap(response):
            return self._read_sitemap(response)
        rows = {row.native_id: row for row in self._nodes(response)}
        for url in _links(response, self.params.posting_pattern):
            native_id = self._own_id(url)
            if native_id:
                rows.setdefault(native_id, Row(native_id, {"url": _clean(url)}))
        if not rows and not self._says_empty(response):
            raise UnexpectedAnswer(
                f"{response.url}: no link matches {self.params.posting_pattern!r}, and the page does "
                "not say that nothing is open (parameter `empty`)"
            )
        return Page(list(rows.values()))

    def _nodes(self, response: TextResponse) -> Iterable[Row]:
        for node in job_postings(response.text, response.url):
            url = own_url(node, response.url)
            native_id = url and self._own_id(url)
            if not url or not native_id:
                self.report.skip_row("a JobPosting without an address of its own")
                continue
            fields = {**fields_of(node, response.url), "url": _clean(url)}
            if fields.get("description_html"):
                self._told.add(native_id)
            yield Row(native_id, fields)

    def _says_empty(self, response: TextResponse) -> bool:
        words = " ".join(" ".join(response.xpath("//body//text()").getall()).split())
        return bool(self.params.empty and self.params.empty.lower() in words.lower())

    def _read_sitemap(self, response: TextResponse) -> Page:
        sitemap = read_sitemap(response)
        if sitemap.is_index:
            return Page([], more=self._further([loc for loc, _ in sitemap.entries]))
        rows = []
        for url, lastmod in sitemap.entries:
            native_id = self._own_id(url)
            if native_id:
                rows.append(Row(native_id, {"url": _clean(url)}, stamp=lastmod))
        if len({row.stamp[:10] for row in rows}) == 1 < len(rows):
            rows = [Row(row.native_id, row.fields) for row in rows]  # "now" for all
        return Page(rows)

    def _further(self, urls: list[str]) -> list[Request]:
        fresh = [
            url for url in dict.fromkeys(urls) if url not in self._sitemaps and self._is_own(url)
        ]
        if len(self._sitemaps) + len(fresh) > SITEMAPS:
            fresh = fresh[: max(0, SITEMAPS - len(self._sitemaps))]
            self.report.cut_short = f"stopped after {SITEMAPS} sitemaps; name the right one"
        self._sitemaps.update(fresh)
        return [Request(url) for url in fresh]

    def _own_id(self, url: str) -> str | None:
        return _native_id(url, self.params) if self._is_own(url) else None

    def _is_own(self, url: str) -> bool:
        return _bare(urlsplit(url).hostname or "") in self._hosts

    # --- the detail ---------------------------------------------------------------------------

    def detail_request(self, native_id: str, url: str) -> Request | None:
        if native_id in self._told or urldefrag(url).url in self.params.listing:
            return None
        return Request(url)

    def read_detail(self, response: TextResponse) -> dict[str, Any]:
        """The fields of the page's node; none when it has no JobPosting."""
        node = node_for(job_postings(response.text, response.url), url=response.url)
        fields = fields_of(node, response.url) if node else {}
        fields.pop("url", None)  # the listing's address is the one that is asked again
        return fields

    def closed(self, response: Response) -> str | None:
        if response.status in (404, 410):
            return f"HTTP {response.status}"
        redirected = response.request and response.request.meta.get("redirect_urls")
        front = not urlsplit(response.url).path.strip("/")
        if redirected and response.status == 200 and (front or response.url in self.params.listing):
            return f"redirected to {response.url}"
        return None

    def _with_detail(self, row: Row, mark: str, said: dict[str, Any]) -> Posting:
        return super()._with_detail(row, mark, said) if said else self._without_detail(row, mark)


def _native_id(url: str, params: Params) -> str | None:
    """What identifies a posting; None when the URL is no posting's."""
    if not re.search(params.posting_pattern, url):
        return None
    if params.id_pattern:
        found = re.search(params.id_pattern, url)
        return found["id"] if found else None
    parts = urlsplit(url)
    return "#".join(filter(None, (parts.path.strip("/"), parts.fragment)))


def _links(response: TextResponse, pattern: str) -> list[str]:
    if not isinstance(response, HtmlResponse):
        raise UnexpectedAnswer(f"{response.url} is neither a sitemap nor an HTML page")
    links = LinkExtractor(allow=pattern).extract_links(response)
    return [urldefrag(link.url).url for link in links]


def _clean(url: str) -> str:
    """The URL without the parameters that only say where a visitor came from."""
    parts = urlsplit(url)
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    kept = [(name, value) for name, value in pairs if not name.lower().startswith("utm_")]
    return parts._replace(query=urlencode(kept)).geturl() if len(kept) < len(pairs) else url


def _bare(host: str) -> str:
    return host.lower().removeprefix("www.")
