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
  nothing is open; links in its menus and footers are none. A sitemap without a matching URL is an empty board.
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
from typing import Any
from urllib.parse import urldefrag, urlsplit

from scrapy.http import TextResponse

from crawler import platform
from crawler.errors import UnexpectedAnswer
from crawler.own_address import without_visitor
from crawler.own_pages import SITEMAPS, OwnPages, OwnPagesParams, html_links, says
from crawler.patterns import Page, Row
from crawler.sitemap import is_sitemap

__all__ = ["SITEMAPS", "JsonLd", "Params"]


class Params(OwnPagesParams):
    empty: str | None = None


class JsonLd(OwnPages):
    name = "jsonld"
    label = "structured data of a site's own pages"
    Params = Params
    reads_text = False

    @classmethod
    def id_of(cls, url: str, params: Any) -> str | None:
        if not re.search(params.posting_pattern, url):
            return None
        if params.id_pattern:
            found = re.search(params.id_pattern, url)
            return found["id"] if found else None
        parts = urlsplit(url)
        return "#".join(filter(None, (parts.path.strip("/"), parts.fragment)))

    @classmethod
    def is_listing(cls, url: str, params: Any) -> bool:
        return url in params.listing

    @classmethod
    def canonical_url(cls, match: platform.Match) -> str:
        return without_visitor(match.url)

    def read_listing(self, response: TextResponse) -> Page:
        if is_sitemap(response):
            return self.sitemap_page(response)
        rows = {row.native_id: row for row in self.nodes(response)}
        for link, _ in html_links(response):
            url = urldefrag(link).url
            native_id = self.own_id(url)
            if native_id:
                rows.setdefault(native_id, Row(native_id, {"url": without_visitor(url)}))
        if not rows and not says(response, self.params.empty):
            raise UnexpectedAnswer(
                f"{response.url}: no link matches {self.params.posting_pattern!r}, and the page does "
                "not say that nothing is open (parameter `empty`)"
            )
        return Page(list(rows.values()))
