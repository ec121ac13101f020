"""Radancy, TMP's TalentBrew: career sites on the employers' own hosts.

URL forms (ats/radancy.md section 1):
    https://{host}[/{lang}]/job/{city}/{slug}/{org}/{id}     "emploi" and other words for "job" too
    https://{host}[/{lang}]/search-jobs                      the board

Traps:
- {org} is the site's number and {id} the posting's, of 8 to 12 digits; city and slug are decoration
  and may be "-". Two numbers behind /job/{city}/{slug}/ are unmistakable: no other link of the
  community has that form. With another word than "job" the catalogue has to name the host.
- The same posting has the same two numbers under other languages and hosts of the employer: {org} is
  the tenant, and an entry should state it; `data-org-id` in the pages is that number.
- {id} is Radancy's; the requisition is in the page.

Endpoints of the site's own pages (no vendor documentation; sections 3 and 4):
    GET https://{host}[/{lang}]/search-jobs/results?CurrentPage=1&RecordsPerPage=1000
        &SearchResultsModuleName=Search+Results           JSON whose `results` is HTML
    GET https://{host}[/{lang}]/job/...                   one posting, with JSON-LD

- Without SearchResultsModuleName `results` is empty though there are postings.
- `data-total-job-results` counts postings, `data-total-results` content pages too.
- Only `a[data-job-id][href]` is the same in all rows; buttons repeat the id, some rows have two links.
  Dates in rows are ambiguous (07/10/2026) and left to the JSON-LD, whose own are 2026-7-10.
- Nothing is answered beyond 10,000 rows.
- The page names the system behind in meta `search-job-apply-url`, and its number in `job-ats-req-id`
  and the JSON-LD's identifier. hiringOrganization may be a legal entity: the employer is the entry's.
- Sites of all employers share one edge (section 6), which their hosts do not show.
- Closed is 404 or 410; a redirect to the search is inferred (section 5), and counts only for what is
  not listed.
"""

from __future__ import annotations

import re
from typing import Any, ClassVar
from urllib.parse import urlencode

from parsel import Selector
from scrapy import Request
from scrapy.http import Response, TextResponse

from crawler import platform
from crawler.answers import json_of, need, one_text, texts_of
from crawler.errors import UnexpectedAnswer
from crawler.patterns import Page, PagedListing, Row
from crawler.schema_values import DEFAULT_VALIDITY
from crawler.structured_data import fields_of, job_postings, node_for
from spiders.fronts import keys_behind, led_away

PAGE_SIZE = 1000
WINDOW = 10_000
TITLES = "h1, h2, h3, h4, strong, [class*='title']"
PLACES = "[class*='location'], [class*='address']"
JOB = "[data-selector-name='jobdetails'], section.job-description"

_HOST = r"https?://(?P<host>[\w.-]+)"
_LANG = r"(?:/[a-z]{2}(?:-[a-z]{2})?)?"
_NUMBERS = r"/[^/?\#]+/[^/?\#]+/(?P<org>\d{2,6})/(?P<posting_id>\d{7,12}))/?(?:[?\#]|$)"


class RadancyParams(platform.HostParams):
    org: str | None = None  # number of the site; not in a board's address


class Radancy(PagedListing):
    name = "radancy"
    label = "Radancy TalentBrew"
    Params = RadancyParams
    default_validity = DEFAULT_VALIDITY
    closed_statuses = (404, 410)
    front_end = True
    url_rules = (rf"{_HOST}(?P<path>{_LANG}/job{_NUMBERS}",)
    vanity_rules = (
        rf"{_HOST}(?P<path>{_LANG}/[^/?\#]+{_NUMBERS}",
        rf"{_HOST}(?P<path>{_LANG}(?:/search-jobs(?:/[^?\#]*)?)?)/?(?:[?\#]|$)",
    )
    page_rules = (
        platform.PageRule(
            re.compile(r"\bdata-org-id=[\"'](?P<org>\d{2,6})[\"']", re.IGNORECASE),
            "the number of a TalentBrew career site",
        ),
        platform.PageRule(
            re.compile(
                r"\b(?:tbcdn\.talentbrew\.com|cdn\.radancy\.eu|radancy\.net|tmpwebeng\.com)\b"
                r"|\bdata-ajax-url=[\"'][^\"']*/search-jobs/results\b",
                re.IGNORECASE,
            ),
            "the scripts of a TalentBrew career site",
        ),
    )
    examples: ClassVar = {
        "https://jobs.fernwood.example/job/upton/scientific-software-developer/3437/40739839840": {
            "host": "jobs.fernwood.example",
            "org": "3437",
            "posting_id": "40739839840",
        },
        "https://careers.quantenhof.example/en/job/-/-/4832/39861436176/?source=LinkedIn": {
            "host": "careers.quantenhof.example",
            "org": "4832",
            "posting_id": "39861436176",
        },
    }
    not_examples = (
        "https://jobs.fernwood.example/emploi/paris/ingenieur-hpc/3437/40739839840",
        "https://jobs.fernwood.example/job/upton/40739839840",
        "https://jobs.fernwood.example/search-jobs",
        "https://jobs.fernwood.example/job/upton/developer/2026/08",
    )

    @classmethod
    def tenant_of(cls, params: Any) -> str:
        return str(params.org or params.host)

    @classmethod
    def canonical_url(cls, match: platform.Match) -> str:
        return f"https://{match.groups['host'].lower()}{match.groups.get('path', '')}"

    # --- listing ------------------------------------------------------------------------------

    def page_request(self, number: int, response: Response | None) -> Request | None:
        if self.report.listed >= WINDOW:
            return None
        asked = {
            "CurrentPage": number + 1,
            "RecordsPerPage": PAGE_SIZE,
            "SearchResultsModuleName": "Search Results",
        }
        board = self.source.url.partition("?")[0].partition("/search-jobs")[0].rstrip("/")
        return Request(
            f"{board}/search-jobs/results?{urlencode(asked)}",
            headers={"Accept": "application/json"},
        )

    def read_listing(self, response: TextResponse) -> Page:
        results = need(json_of(response), "results", str, response.url)
        section = Selector(text=results or " ").css("#search-results")
        said = section.attrib.get(
            "data-total-job-results", section.attrib.get("data-total-results")
        )
        if said is None or not said.isdecimal():
            raise UnexpectedAnswer(f"{response.url}: no #search-results with a total in 'results'")
        total = int(said)
        if total > WINDOW:
            self.report.cut_short = f"the cap of {WINDOW:,} rows: the board has {total:,}"
        links = section.css("a[data-job-id][href]")
        rows = {link.attrib["data-job-id"]: self._row(link, response) for link in reversed(links)}
        return Page(list(reversed(rows.values())), total)

    def _row(self, link: Selector, response: TextResponse) -> Row:
        row = link.xpath("ancestor::*[self::li or self::tr][1]") or link.xpath("..")
        first = link.xpath("normalize-space((.//text()[normalize-space()])[1])").get("")
        return Row(
            link.attrib["data-job-id"],
            {
                "title": one_text(link.css(TITLES)) or first,
                "url": response.urljoin(link.attrib["href"]),
                "raw_location": texts_of(row.css(PLACES)),
            },
        )

    # --- detail -------------------------------------------------------------------------------

    def detail_request(self, native_id: str, url: str) -> Request:
        return Request(url)

    def read_detail(self, response: TextResponse) -> dict[str, Any]:
        node = node_for(job_postings(response.text, response.url), url=response.url)
        fields = fields_of(node, response.url) if node else _shown(response)
        fields.pop("organization", None)
        fields.pop("url", None)  # the listing's address is the one that is asked again
        number = response.css("meta[name='job-ats-req-id']").attrib.get("content")
        apply_url = response.css("meta[name='search-job-apply-url']").attrib.get("content")
        requisition = fields.get("requisition_id") or number
        return {
            **fields,
            "requisition_id": requisition,
            "apply_url": apply_url,
            "aliases": tuple(keys_behind(apply_url, requisition)),
        }

    def closed(self, response: Response) -> str | None:
        request = response.request
        row = request.cb_kwargs.get("row") or request.cb_kwargs.get("known") if request else None
        sign = f"/{row.native_id}" if row else "/job/"
        return super().closed(response) or led_away(response, sign, self._seen)


def _shown(response: TextResponse) -> dict[str, Any]:
    """What a page without JSON-LD shows. Raises UnexpectedAnswer when it shows no posting."""
    job = response.css(JOB)
    title = one_text(job.css("h1"))
    if not title:
        raise UnexpectedAnswer(f"{response.url}: neither JSON-LD nor a heading in {JOB}")
    said = {
        # Behind a label in a `span` of its own.
        name: " ".join(job.css(f".{kind}").xpath("text()").getall()).strip()
        for name, kind in (("requisition_id", "job-id"), ("raw_date_posted", "job-date"))
    }
    return {
        **said,
        "title": title,
        "raw_location": texts_of(job.css("[class*='location']")),
        "description_html": job.css(".ats-description").get(),
    }
