"""HireTouch (ImageTrend), ColdFusion sites of American universities.

URL forms (data/platform_distribution.md, inferred there; public code for hiretouch.com):
    https://{tenant}.hiretouch.com/[{folders}/]job-details?jobID={id}
    https://{host}/[{folders}/]{...}job-board/job-details?jobID={id}&job={slug}    own hosts; also
                                                                            .../details?jobID=
    GET https://{tenant}.hiretouch.com/{folder}/[default.cfm]?start=1&per=100      the listing

Traps:
- The query is the identity: jobID; `job` is the slug.
- The first path after hiretouch.com is the tenant's choice, so that own hosts are known by
  "job-board" before the page; job-details?jobID= elsewhere is anybody's and counts where the
  catalogue names the host.
- The listing's folder is the tenant's choice too: it is that of the entry's URL. It states no total;
  the link to the next page is there to the end, on the last page with the class not_active.
- The University of Illinois left it (illinois.csod.com). Lists and details are known from public
  programs of 2014 to 2019 (docs/platforms/hiretouch.md); nothing was recorded, and no employer is
  known that is still on it.
"""

from __future__ import annotations

import re
from typing import Any, ClassVar

from parsel import Selector
from scrapy import Request
from scrapy.http import Response, TextResponse
from w3lib.url import add_or_replace_parameters

from crawler import platform
from crawler.answers import one_text, texts_of, visible_text
from crawler.errors import UnexpectedAnswer
from crawler.patterns import Page, PagedListing, Row

PAGE_SIZE = 100
NONE = re.compile(
    r"\b(?:no|0) (?:current |open |matching )?(?:jobs|positions|openings|results)", re.I
)
BODY = "#element_jobdetails, div#form > fieldset > div.section"

_ID = r"(?:default\.cfm)?\?(?:[^\#]*&)?jobID=(?P<posting_id>\d+)(?:[&\#]|$)"


class HireTouch(PagedListing):
    name = "hiretouch"
    label = "HireTouch"
    Params = platform.HostParams
    closed_statuses = (404, 410)
    url_rules = (
        r"https?://(?P<host>[\w-]+\.hiretouch\.com)/(?P<path>(?:[\w-]+/)*(?:job-)?details)/?" + _ID,
        r"https?://(?P<host>(?!\w+\.hiretouch\.com)[\w.-]+)/"
        r"(?P<path>(?:[\w-]+/)*[\w-]*\bjob-board/(?:job-)?details)/?" + _ID,
        r"https?://(?P<host>(?!www\.)[\w-]+\.hiretouch\.com)(?:[/?\#]|$)",
    )
    vanity_rules = (
        r"https?://(?P<host>[\w.-]+)/(?P<path>(?:[\w-]+/)*(?:job-)?details)/?" + _ID,
        r"https?://(?P<host>[\w.-]+)/(?:[\w-]*job-board)?/?(?:[?\#]|$)",
    )
    examples: ClassVar = {
        "https://fernwood.hiretouch.com/fw-jobs/job-details?jobID=9001&job=hpc-engineer": {
            "host": "fernwood.hiretouch.com",
            "posting_id": "9001",
        },
        "https://jobs.fernwood.example/academic-job-board/job-details?job=hpc&jobID=990002": {
            "host": "jobs.fernwood.example",
            "posting_id": "990002",
        },
        "https://jobs.fernwood.example/employment/job-board/details?jobID=990003": {
            "host": "jobs.fernwood.example",
            "posting_id": "990003",
        },
        "https://fernwood.hiretouch.com/browse-jobs/all-jobs?start=1&per=100": {
            "host": "fernwood.hiretouch.com"
        },
    }
    not_examples = (
        "https://www.hiretouch.com/",
        "https://www.fernwood.example/jobs/find/details/?jobId=9001",
        "https://www.fernwood.example/careers/job-details?jobId=9001",
    )
    shared_back_ends = ("hiretouch.com",)

    @classmethod
    def canonical_url(cls, match: platform.Match) -> str:
        if match.posting_id is None:
            return super().canonical_url(match)
        said = match.groups
        return f"https://{said['host'].lower()}/{said['path']}?jobID={match.posting_id}"

    # --- the listing --------------------------------------------------------------------------

    def page_request(self, number: int, response: Response | None) -> Request | None:
        asked = {"start": str(number * PAGE_SIZE + 1), "per": str(PAGE_SIZE)}
        return Request(add_or_replace_parameters(self.source.url, asked))

    def read_listing(self, response: TextResponse) -> Page:
        rows = [self._row(job, response) for job in response.css("li.job, div.job")]
        following = response.css("li.pagination_next a")
        if not following and (rows or self.report.pages):
            raise UnexpectedAnswer(f"{response.url}: a list without li.pagination_next")
        if not rows and not self.report.pages and not NONE.search(visible_text(response)):
            raise UnexpectedAnswer(f"{response.url}: no job, and no words that say so")
        active = "not_active" not in following.attrib.get("class", "")
        return Page(rows, goes_on=bool(following) and active)

    def _row(self, job: Selector, response: TextResponse) -> Row:
        link = job.css("h4 a")
        return self.linked_row(
            link,
            response,
            unit=one_text(job.css(".department span")) or None,
            raw_location=texts_of(job.css(".location span, #field_for_location"))[:1],
        )

    # --- the detail ---------------------------------------------------------------------------

    def detail_request(self, native_id: str, url: str) -> Request | None:
        return Request(url)

    def read_detail(self, response: TextResponse) -> dict[str, Any]:
        text = response.css(BODY).get()
        if not text:
            raise UnexpectedAnswer(f"{response.url}: no text of a job")
        title = one_text(response.css("h1, h2")) if self.only else ""
        return {"title": title, "description_html": text}
