"""TriNet Hire (app.trinethire.com), the recruiting module of an American payroll service.

URL forms (docs/platforms/trinet.md):
    https://app.trinethire.com/companies/{number}-{company}/jobs/{id}[-{slug}]
    https://app.trinethire.com/companies/{number}-{company}/jobs            the listing

Endpoints, pages as people see them (docs/platforms/trinet.md; public code, one repository):
    GET https://app.trinethire.com/companies/{number}-{company}/jobs        every opening, one table
    GET https://app.trinethire.com/companies/{number}-{company}/jobs/{id}-{slug}     one posting

Traps:
- The numbers are the identity, of company and posting; the words after them are cosmetic and at
  times missing. The listing is asked as the entry writes it.
- An empty board is the table without rows: it says nothing else.
- A table with further pages was never seen: one ends the run.
- The detail has JSON-LD on some postings; others have their text alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from scrapy import Request
from scrapy.http import TextResponse

from crawler import platform
from crawler.answers import one_text, texts_of
from crawler.errors import UnexpectedAnswer
from crawler.patterns import Page, Row, WholeBoard
from crawler.structured_data import detail_fields, job_postings


class TriNetParams(platform.Params):
    company: str


class TriNet(WholeBoard):
    name = "trinet"
    label = "TriNet Hire"
    closed_statuses = (404, 410)
    Params = TriNetParams
    url_rules = (
        r"""https?://app\.trinethire\.com/(?P<board>companies/(?P<company>\d+)(?:-[^/?\#]*)?)
            (?:/jobs(?:/(?P<job>(?P<posting_id>\d+)(?:-[^/?\#]*)?)(?:/[^?\#]*)?)?)?/?(?:[?\#]|$)""",
    )
    examples: ClassVar = {
        "https://app.trinethire.com/companies/99001-fernwood-labs/jobs/90001-hpc-engineer?x=1": {
            "company": "99001",
            "posting_id": "90001",
        },
        "https://app.trinethire.com/companies/99001/jobs/90002": {
            "company": "99001",
            "posting_id": "90002",
        },
        "https://app.trinethire.com/companies/99001-fernwood-labs/jobs": {"company": "99001"},
    }
    not_examples = (
        "https://www.trinet.com/companies/99001/jobs/90002",
        "https://app.trinethire.com/companies/fernwood-labs/jobs",
    )

    @classmethod
    def canonical_url(cls, match: platform.Match) -> str:
        start = f"https://app.trinethire.com/{match.groups['board']}/jobs"
        return f"{start}/{match.groups['job']}" if match.posting_id else start

    # --- listing ------------------------------------------------------------------------------

    def listing(self) -> Iterable[Request]:
        match = type(self).match(self.source.url)
        board = f"companies/{self.params.company}" if match is None else match.groups["board"]
        yield Request(f"https://app.trinethire.com/{board}/jobs")

    def read_listing(self, response: TextResponse) -> Page:
        table = response.css("table.job-list")
        if not table:
            raise UnexpectedAnswer(f"{response.url}: no table 'job-list'")
        if response.css(".pagination, a[rel=next]"):
            raise UnexpectedAnswer(f"{response.url}: a listing of several pages, never seen before")
        rows = [self._row(row, response) for row in table.css("tr.job")]
        if not rows and table.css("a[href*='/jobs/']"):
            raise UnexpectedAnswer(f"{response.url}: links of postings, but no row 'job'")
        return Page(rows)

    def _row(self, row: Any, response: TextResponse) -> Row:
        link = row.css("a[href]")[:1]
        return self.linked_row(link, response, raw_location=texts_of(row.css(".location"))[:1])

    # --- detail -------------------------------------------------------------------------------

    def detail_request(self, native_id: str, url: str) -> Request:
        return Request(url)

    def read_detail(self, response: TextResponse) -> dict[str, Any]:
        if job_postings(response.text, response.url):
            said = detail_fields(response)
            said.pop("requisition_id", None)
            return {**said, "url": None, "organization": None}
        text = response.css(".job-descr.content")[:1]
        if not one_text(text):
            raise UnexpectedAnswer(f"{response.url}: neither JSON-LD nor a text 'job-descr'")
        return {"description_html": "".join(text.xpath("node()").getall()).strip()}
