"""Varbi (varbi.com, Grade), the recruitment system of Swedish universities (docs/platforms/varbi.md).

URL forms (data/platform_distribution.md; public code):
    https://{tenant}.varbi.com/[{language}/]what:job/jobID:{id}/[where:4/...]
    https://{host}/.../what:job/jobID:{id}/...     embedded in the employer's own site
    https://www.kth.se/lediga-jobb/{id}?l=en       an own form around the same ids
    GET https://{tenant}.varbi.com/en/             the listing: every posting in one table
    GET https://{tenant}.varbi.com/en/what:rssfeed/    the same as RSS, with texts

Traps:
- What follows jobID is the channel (where:, type:, apply:, iframeEmbedded:); what:login, what:apply
  and the language are views of the same posting.
- Ids are one series for all tenants (inferred: the ids of five universities, published over two
  years, grow with the date together), so that an embedded posting and the tenant's own are one key.
- The table is the board: it states no total and has no pages. A table without rows counts as an
  empty board only when the feed has no item either. The feed may forget older postings.
- A posting's facts are rows `quick-info-{key}`, whose keys do not depend on the language; those of
  contacts and unions name people and are not read. Dates are "07.Oct.2026" or "2026-10-16", the
  months in the page's language. There is no JobPosting.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from parsel import Selector
from scrapy import Request
from scrapy.http import TextResponse

from crawler import platform
from crawler.answers import one_text, texts_of
from crawler.errors import UnexpectedAnswer
from crawler.patterns import Page, Row, WholeBoard
from spiders.feeds import feed_items

TABLE = "//table[@id='table-position']"
LINK = ".//a[contains(@href, 'what:job/jobID:')]"


class Varbi(WholeBoard):
    name = "varbi"
    label = "Varbi"
    Params = platform.HostParams
    single_site = "varbi.com"
    closed_statuses = (404, 410)
    day_first = True
    time_zone = "Europe/Stockholm"
    languages = ("en", "sv")
    url_rules = (
        r"""https?://(?P<host>[\w.-]+)/(?P<path>(?:[^?\#]*/)?what:(?:job|login|apply)/
            (?:[^/?\#]+/)*?jobID:(?P<posting_id>\d+))(?:[/?\#]|$)""",
        r"https?://(?P<host>[\w-]+\.varbi\.com)(?:[/?\#]|$)",
    )
    vanity_rules = (
        r"https?://(?P<host>[\w.-]+)/(?P<path>(?:\w{2}/)?lediga-jobb/(?P<posting_id>\d+))/?"
        r"(?:[?\#]|$)",
    )
    examples: ClassVar = {
        "https://fernwood.varbi.com/en/what:job/jobID:990001/": {
            "host": "fernwood.varbi.com",
            "posting_id": "990001",
        },
        "https://fernwood.varbi.com/what:job/jobID:990002/type:job/where:4/apply:1": {
            "host": "fernwood.varbi.com",
            "posting_id": "990002",
        },
        "https://www.fernwood.example/en/om/lediga-jobb/what:job/jobID:990003/where:4/": {
            "host": "www.fernwood.example",
            "posting_id": "990003",
        },
        "https://fernwood.varbi.com/en/": {"host": "fernwood.varbi.com"},
    }
    not_examples = (
        "https://www.fernwood.example/lediga-jobb/990001?l=en",
        "https://www.fernwood.example/en/what:list/",
    )
    shared_back_ends = ("varbi.com",)

    @classmethod
    def canonical_url(cls, match: platform.Match) -> str:
        host = match.groups["host"].lower()
        if match.posting_id and host.endswith(".varbi.com"):
            return f"https://{host}/en/what:job/jobID:{match.posting_id}/"
        return f"https://{host}/{match.groups.get('path', '')}"

    # --- the listing --------------------------------------------------------------------------

    def listing(self) -> Iterable[Request]:
        return [Request(f"https://{self.params.host}/en/")]

    def read_listing(self, response: TextResponse) -> Page:
        if "what:rssfeed" in response.url:
            if items := feed_items(response):
                raise UnexpectedAnswer(f"the table is empty, but {response.url} has {len(items)}")
            return Page([])
        if not response.xpath(TABLE):
            raise UnexpectedAnswer(f"{response.url}: no table 'table-position'")
        rows = response.xpath(f"{TABLE}//tr[td][{LINK}]")
        if rows and len(rows) < len(response.xpath(f"{TABLE}//tr[td]")):
            raise UnexpectedAnswer(f"{response.url}: a row without a posting's link")
        feed = Request(f"https://{self.params.host}/en/what:rssfeed/")
        return Page([self._row(row, response) for row in rows], more=[] if rows else [feed])

    def _row(self, row: Selector, response: TextResponse) -> Row:
        link = row.xpath(LINK)
        return self.linked_row(
            link,
            response,
            unit=one_text(row.css("td.pos-subcompany")) or None,
            raw_location=texts_of(row.css("td.pos-town"))[:1],
            raw_valid_through=one_text(row.css("td.pos-ends")) or None,
        )

    # --- the detail ---------------------------------------------------------------------------

    def detail_request(self, native_id: str, url: str) -> Request | None:
        return Request(url)

    def read_detail(self, response: TextResponse) -> dict[str, Any]:
        text = response.css("div.job-desc").get()
        if not text or not response.css("table.quick-info"):
            raise UnexpectedAnswer(f"{response.url}: no div.job-desc and table.quick-info")

        def said(key: str) -> str:
            return one_text(response.css(f"tr.quick-info-{key} td"))

        place = ", ".join(filter(None, (said("town"), said("county"))))
        terms = ", ".join(filter(None, (said("type-of-employment"), said("hours"))))
        return {
            "title": one_text(response.css("h1")) if self.only else "",
            "description_html": text,
            "raw_location": [place] if place else [],
            "raw_country": said("country"),
            "raw_employment_type": terms,
            "raw_salary": said("pay"),
            "requisition_id": said("reference-number"),
            "raw_date_posted": said("published"),
            "raw_valid_through": said("ends"),
        }
