"""USAJOBS (www.usajobs.gov), the board of the United States' federal government.

URL forms (data/platform_distribution.md):
    https://www.usajobs.gov/job/{control number}                  today's
    https://www.usajobs.gov/GetJob/ViewDetails/{control number}   the older one; also PrintPreview
    https://www.usajobs.gov/Search/Results?k=...                  a search

Endpoint (documented by the site, https://developer.usajobs.gov/api-reference/get-api-search):
    GET https://data.usajobs.gov/api/Search?Keyword=...&ResultsPerPage=500&Page=1&Fields=Full
        Authorization-Key: {key}   User-Agent: {the e-mail address the key was given to}
The key is personal and free (https://developer.usajobs.gov/apirequest/). It is read from the
environment, ROLECALL_USAJOBS_KEY and ROLECALL_USAJOBS_EMAIL, or from an entry in a catalogue of
one's own. A source without one is not started: config_error says what to do.

Traps:
- The control number (`MatchedObjectId`) is the identity; the announcement number on the page
  (26-EX-12903718-MJB) is the agency's and not unique.
- The employer is the agency, never the host.
- The listing is a search by words, so that absence proves nothing.
- A search gives 10,000 rows at most, 500 a page.
- A wrong key, and an address that is not the key's, answer 401.
- An announcement may be for federal employees only: the text says so, no field is read for it.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from html import escape
from typing import Any, ClassVar
from urllib.parse import urlencode

from pydantic import Field
from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response, TextResponse
from w3lib.url import add_or_replace_parameter, url_query_parameter

from crawler import platform
from crawler.answers import json_of, need
from crawler.errors import ConfigError
from crawler.patterns import Page, PagedListing, Row
from crawler.posting import Salary

API = "https://data.usajobs.gov/api/Search"
PAGE_SIZE = 500
CAP = 10_000
TAG = re.compile(r"</?\w+[^<>]*>")
UNITS = {"PA": "YEAR", "PH": "HOUR", "PD": "DAY", "PM": "MONTH", "PW": "WEEK",
         "Per Year": "YEAR", "Per Hour": "HOUR", "Per Day": "DAY", "Per Month": "MONTH"}  # fmt: skip
# Parts of an announcement's text, with the heading that the site gives them.
PARTS = {"JobSummary": "Summary", "MajorDuties": "Duties", "Requirements": "Requirements",
         "Education": "Education", "Evaluations": "How you will be evaluated"}  # fmt: skip


class UsaJobsParams(platform.Params):
    keywords: tuple[str, ...] = Field(
        default=("research software", "research computing", "high performance computing",
                 "scientific computing"),
        min_length=1,
    )  # fmt: skip
    key: str | None = None  # better in the environment
    email: str | None = None


class UsaJobs(PagedListing):
    name = "usajobs"
    label = "USAJOBS"
    single_site = "usajobs.gov"
    many_employers = True
    Params = UsaJobsParams
    url_rules = (
        r"""https?://(?:www\.)?usajobs\.gov(?::443)?/(?:job|GetJob/\w+)/(?P<posting_id>\d+)
            (?:[/?\#;]|$)""",
        r"https?://(?:www\.)?usajobs\.gov(?:[/?\#]|$)",
    )
    examples: ClassVar = {
        "https://www.usajobs.gov/job/990000100": {"posting_id": "990000100"},
        "https://www.usajobs.gov:443/GetJob/ViewDetails/990000200?org=x": {
            "posting_id": "990000200"
        },
        "http://usajobs.gov/job/990000300/apply": {"posting_id": "990000300"},
        "https://www.usajobs.gov/Search/Results?k=scientific%20computing": {},
    }
    not_examples = (
        "https://data.usajobs.gov/api/search?Keyword=hpc",
        "https://www.usajobs.gov.example.org/job/990000100",
    )

    listing_is_authoritative = False
    public_api: ClassVar = {
        "data.usajobs.gov": "https://developer.usajobs.gov/api-reference/get-api-search"
    }
    time_zone = "America/New_York"
    day_first = False

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> UsaJobs:
        spider = super().from_crawler(crawler, *args, **kwargs)
        assert isinstance(spider, UsaJobs)
        spider._headers()  # a run without a key does not even begin
        return spider

    def _headers(self) -> dict[str, str]:
        """Raises ConfigError when there is no key."""
        key = self.params.key or os.environ.get("ROLECALL_USAJOBS_KEY")
        email = self.params.email or os.environ.get("ROLECALL_USAJOBS_EMAIL")
        if not key or not email:
            raise ConfigError(
                f"{self.source.id}: USAJOBS wants a key of your own; ask for it at "
                "https://developer.usajobs.gov/apirequest/ and set ROLECALL_USAJOBS_KEY and "
                "ROLECALL_USAJOBS_EMAIL"
            )
        return {"Authorization-Key": key, "User-Agent": email}

    @classmethod
    def canonical_url(cls, match: platform.Match) -> str:
        if match.posting_id is None:
            return super().canonical_url(match)
        return f"https://www.usajobs.gov/job/{match.posting_id}"

    # --- listing ------------------------------------------------------------------------------

    def listing(self) -> Iterable[Request]:
        for words in self.params.keywords:
            asked = {"Keyword": words, "ResultsPerPage": PAGE_SIZE, "Page": 1, "Fields": "Full"}
            yield Request(f"{API}?{urlencode(asked)}", headers=self._headers())

    def page_request(self, number: int, response: Response | None) -> Request | None:
        assert response is not None
        if number * PAGE_SIZE >= CAP:
            self.report.cut_short = f"a search gives no more than {CAP:,} rows: use closer words"
            return None
        url = add_or_replace_parameter(response.url, "Page", str(number + 1))
        return Request(url, headers=self._headers())

    def read_listing(self, response: TextResponse) -> Page:
        result = need(json_of(response), "SearchResult", dict, response.url)
        total = need(result, "SearchResultCountAll", int, response.url)
        items = need(result, "SearchResultItems", list, response.url)
        pages = need(
            need(result, "UserArea", dict, response.url), "NumberOfPages", (str, int), response.url
        )
        rows = [self._row(item, f"{response.url}: an item") for item in items]
        here = int(url_query_parameter(response.url, "Page") or 1)
        return Page(rows, total, goes_on=here < int(pages))

    def _row(self, item: Any, where: str) -> Row:
        item = need({"item": item}, "item", dict, where)
        number = str(need(item, "MatchedObjectId", (str, int), where))
        job = need(item, "MatchedObjectDescriptor", dict, where)
        details = (job.get("UserArea") or {}).get("Details") or {}
        places = [place for place in job.get("PositionLocation") or [] if place.get("LocationName")]
        terms = [*(job.get("PositionSchedule") or []), *(job.get("PositionOfferingType") or [])]
        raw_salary, salary = _pay(job.get("PositionRemuneration") or [])
        return Row(
            number,
            {
                "title": need(job, "PositionTitle", str, where),
                "url": f"https://www.usajobs.gov/job/{number}",
                "apply_url": next(iter(job.get("ApplyURI") or []), None),
                "requisition_id": job.get("PositionID"),
                "organization": need(job, "OrganizationName", str, where),
                "raw_location": list(dict.fromkeys(place["LocationName"] for place in places)),
                "raw_country": next((place.get("CountryCode") for place in places), None),
                "raw_workplace": "Remote" if details.get("RemoteIndicator") else None,
                "raw_employment_type": ", ".join(t["Name"] for t in terms if t.get("Name")) or None,
                "raw_date_posted": job.get("PublicationStartDate"),
                "raw_valid_through": job.get("ApplicationCloseDate") or job.get("PositionEndDate"),
                "raw_salary": raw_salary,
                "salary": salary,
                "description_html": _text(details, job.get("QualificationSummary")),
            },
        )


def _pay(rates: list[dict[str, Any]]) -> tuple[str | None, Salary | None]:
    for rate in rates:
        low, high = rate.get("MinimumRange"), rate.get("MaximumRange")
        unit = UNITS.get(rate.get("RateIntervalCode") or "") or UNITS.get(
            rate.get("Description") or ""
        )
        if low and high and float(high) > 0:
            shown = f"{low} - {high} USD {rate.get('Description') or rate.get('RateIntervalCode')}"
            return shown, Salary(min=float(low), max=float(high), currency="USD", unit=unit)
    return None, None


def _text(details: dict[str, Any], qualifications: str | None) -> str:
    said = {heading: details.get(name) for name, heading in PARTS.items()}
    parts = []
    for heading, value in {**said, "Qualifications": qualifications}.items():
        lines = [line for line in (value if isinstance(value, list) else [value]) if line]
        if lines:
            parts.append(f"<h3>{escape(heading)}</h3>")
            # Some agencies write HTML, most do not.
            parts += [line if TAG.search(line) else f"<p>{escape(line)}</p>" for line in lines]
    return "\n".join(parts)
