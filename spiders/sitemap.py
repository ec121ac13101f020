"""Any career site whose sitemap lists its postings, whatever their pages are made of.

A generic engine: an entry of the catalogue says where the sitemap is and what a posting's address
looks like. The listing is a sitemap (https://www.sitemaps.org/protocol.html) or an index of them;
each posting is a page or PDF document, read by its schema.org JobPosting, else by its own title,
main text and labelled facts (crawler/own_pages.py). Where every page is sure to state a JobPosting,
spiders/jsonld.py takes nothing less.

    listing          URL or URLs of the sitemap
    posting_pattern  regular expression, searched in `/path?query`, that finds a posting
    id_pattern       the same with the group `id`, where the path is not what identifies a posting
    complete         false when postings are known to be missing from the sitemap

Traps (ats/schemaorg_jobposting.md section 5):
- A sitemap without a matching address is an empty board: it lists the site's other pages still.
  One that is cut off, or no sitemap, is refused.
- It holds blog and category pages too; closed postings stay in it for weeks.
- lastmod counts only where it differs between postings: many sites write "now" for all.
- It has no titles: a page that says none is rejected, and counted.
"""

from __future__ import annotations

from typing import Any

from scrapy.http import TextResponse, XmlResponse

from crawler.errors import UnexpectedAnswer
from crawler.own_address import common_pattern
from crawler.own_pages import OwnPages, OwnPagesParams
from crawler.patterns import Page
from crawler.sitemap import is_sitemap, read_sitemap


class SitemapPages(OwnPages):
    name = "sitemap"
    label = "the pages of a site's sitemap"
    Params = OwnPagesParams

    @classmethod
    def params_for(cls, url: str, page: str) -> dict[str, Any] | None:
        response = XmlResponse(url, body=page.encode(), encoding="utf-8")
        try:
            sitemap = read_sitemap(response) if is_sitemap(response) else None
        except UnexpectedAnswer:
            return None
        pattern = common_pattern(loc for loc, _ in sitemap.entries) if sitemap else None
        return {"listing": url, "posting_pattern": pattern} if pattern else None

    def read_listing(self, response: TextResponse) -> Page:
        return self.sitemap_page(response)
