"""Ashby (jobs.ashbyhq.com, `ashby_jid` on employers' pages).

URL forms (ats/ashby.md):
    https://jobs.ashbyhq.com/{org}/{uuid}[/application]        one posting
    https://jobs.ashbyhq.com/{org}                             the board
    https://api.ashbyhq.com/posting-api/job-board/{org}        the public API: the whole board
    https://{any host}/...?ashby_jid={uuid}                    an employer's own page (reported once;
                                                               one listing of the community has it)

Traps:
- {org} may be percent-encoded ("Fern%20Labs"), hold a dot and capitals; the API wants its case.
- `ashby_jid` repeats the path's id on Ashby's own host and is the identity on employers' pages.
  These do not name the org: such a posting has the key of its id alone until the catalogue names
  the host; a crawl has to store that key as an alias.
- `Ashby` and utm_* are tracking.

- `isListed` false is a posting that its employer does not show.
- `isRemote` may be true beside a `workplaceType` of Hybrid: the latter is the employer's word.
- Pay has several components (equity, bonus) and may have a tier for each place: numbers are kept
  where one component is a salary.

Endpoint (ats/ashby.md; documented, https://developers.ashbyhq.com/docs/public-job-posting-api):
    GET https://api.ashbyhq.com/posting-api/job-board/{org}?includeCompensation=true
The one answer is the whole board with its texts; there is none for one posting, so absence closes
it. 404 is an unknown org, or one that has its API switched off. About 10 s for an answer and limits
on repeated calls: one request at a time.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, ClassVar
from urllib.parse import quote, unquote

from scrapy import Request
from scrapy.http import TextResponse

from crawler import platform
from crawler.answers import given, json_of, need, objects
from crawler.patterns import Page, Row, WholeBoard
from crawler.posting import Key, Salary
from spiders.embedded import EMPLOYERS_PAGE, left_to_others

_UUID = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
UNITS: dict[str, Any] = {
    "1 YEAR": "YEAR",
    "1 MONTH": "MONTH",
    "1 WEEK": "WEEK",
    "1 DAY": "DAY",
    "1 HOUR": "HOUR",
}


class AshbyParams(platform.Params):
    org: str | None = None  # letter case kept; an employer's page does not say it


class Ashby(WholeBoard):
    name = "ashby"
    label = "Ashby"
    Params = AshbyParams
    needed = ("org",)
    url_rules = (
        rf"""https?://jobs\.ashbyhq\.com/(?P<org>[^/?\#]+)/?
            \?(?:[^\#]*&)?ashby_jid=(?P<posting_id>{_UUID})""",
        rf"""https?://jobs\.ashbyhq\.com/(?P<org>(?!(?:api|meeting|b)/)[^/?\#]+)
            (?:/(?P<posting_id>{_UUID})(?:/application)?)?/?(?:[?\#]|$)""",
        r"https?://api\.ashbyhq\.com/posting-api/job-board/(?P<org>[^/?\#]+)/?(?:[?\#]|$)",
        rf"""https?://(?=[^?\#]*\?(?:[^\#]*&)?ashby_jid=)
            (?![^?\#]*\?(?:[^\#]*&)?gh_jid=\d){EMPLOYERS_PAGE}
            \?(?:[^\#]*&)?ashby_jid=(?P<posting_id>{_UUID})""",
    )
    page_rules = (
        platform.PageRule(
            re.compile(
                r"//(?:jobs\.ashbyhq\.com|api\.ashbyhq\.com/posting-api/job-board)/"
                r"(?P<org>[^/?#\"'<>\s\\]+)",
                re.IGNORECASE,
            ),
            "the page links to an Ashby board",
        ),
    )
    examples: ClassVar = {
        "https://jobs.ashbyhq.com/fernlabs/0a1b2c3d-0001-4a5b-8c6d-0e1f2a3b4c5d?Ashby=LinkedIn": {
            "org": "fernlabs",
            "posting_id": "0a1b2c3d-0001-4a5b-8c6d-0e1f2a3b4c5d",
        },
        "https://jobs.ashbyhq.com/Fern%20Labs/0A1B2C3D-0002-4A5B-8C6D-0E1F2A3B4C5D/application": {
            "org": "Fern%20Labs",
            "posting_id": "0A1B2C3D-0002-4A5B-8C6D-0E1F2A3B4C5D",
        },
        "https://jobs.ashbyhq.com/fern.ai/0a1b2c3d-0003-4a5b-8c6d-0e1f2a3b4c5d"
        "?ashby_jid=0a1b2c3d-0003-4a5b-8c6d-0e1f2a3b4c5d": {
            "org": "fern.ai",
            "posting_id": "0a1b2c3d-0003-4a5b-8c6d-0e1f2a3b4c5d",
        },
        "https://api.ashbyhq.com/posting-api/job-board/FernTA?includeCompensation=true": {
            "org": "FernTA"
        },
        "https://jobs.ashbyhq.com/fernlabs": {"org": "fernlabs"},
        "https://www.fern.example/careers?ashby_jid=0a1b2c3d-0004-4a5b-8c6d-0e1f2a3b4c5d&x=1": {
            "posting_id": "0a1b2c3d-0004-4a5b-8c6d-0e1f2a3b4c5d"
        },
    }
    not_examples = (
        "https://www.ashbyhq.com/careers",
        "https://jobs.ashbyhq.com/",
        "https://jobs.ashbyhq.com/fernlabs/not-a-posting-id",
        "https://www.fern.example/careers?ashby_jid=7",
    )

    public_api: ClassVar = {
        "api.ashbyhq.com": "https://developers.ashbyhq.com/docs/public-job-posting-api"
    }

    @classmethod
    def match(cls, url: str) -> platform.Match | None:
        return left_to_others(super().match(url))

    @classmethod
    def tenant_of(cls, params: Any) -> str:
        return unquote(params.org or "").lower()

    @classmethod
    def key_from_url(cls, match: platform.Match) -> str:
        return (match.posting_id or "").lower()

    @classmethod
    def canonical_url(cls, match: platform.Match) -> str:
        key = (match.posting_id or "").lower()
        if match.params.org is None:
            return f"https://{match.groups['page']}?ashby_jid={key}"
        org = quote(unquote(match.groups.get("org") or match.params.org))
        return f"https://jobs.ashbyhq.com/{org}/{key}".rstrip("/")

    # --- the board ----------------------------------------------------------------------------

    def listing(self) -> Iterable[Request]:
        org = quote(unquote(self.params.org or ""))
        board = f"https://api.ashbyhq.com/posting-api/job-board/{org}"
        yield Request(f"{board}?includeCompensation=true")

    def read_listing(self, response: TextResponse) -> Page:
        answer, where = json_of(response), response.url
        jobs = objects(need(answer, "jobs", list, where), where)
        return Page([row for row in map(self._row, jobs) if row])

    def _row(self, job: dict[str, Any]) -> Row | None:
        native_id = need(job, "id", str, "a job").lower()
        where = f"job {native_id}"
        if not need(job, "isListed", bool, where):
            self.report.skip_row("not listed by its employer")
            return None
        places, country = _places(job, where)
        way = need(job, "workplaceType", (str, type(None)), where)
        remote = need(job, "isRemote", (bool, type(None)), where)
        raw_salary, salary = _pay(given(job, "compensation", dict, where) or {}, where)
        return Row(
            native_id,
            {
                "title": need(job, "title", str, where),
                "url": need(job, "jobUrl", str, where),
                "apply_url": given(job, "applyUrl", str, where),
                "unit": given(job, "department", str, where),
                "raw_location": places,
                "raw_country": country,
                "raw_workplace": way or ("Remote" if remote else None),
                "raw_employment_type": given(job, "employmentType", str, where),
                "raw_date_posted": need(job, "publishedAt", (str, type(None)), where),
                "raw_salary": raw_salary,
                "salary": salary,
                "description_html": need(job, "descriptionHtml", str, where),
            },
            (Key(self.platform, "", native_id),),
        )


def _places(job: dict[str, Any], where: str) -> tuple[list[str], str | None]:
    """All places, and their country when it is one."""
    found = [job, *objects(given(job, "secondaryLocations", list, where) or [], where)]
    names = [given(place, "location", str, where) for place in found]
    addresses = [(place.get("address") or {}).get("postalAddress") or {} for place in found]
    countries = {address.get("addressCountry") for address in addresses}
    country = countries.pop() if len(countries) == 1 else None
    return list(dict.fromkeys(name for name in names if name)), country


def _pay(compensation: dict[str, Any], where: str) -> tuple[str | None, Salary | None]:
    """Pay as the posting shows it, and as numbers where one component is a salary."""
    summary = given(compensation, "compensationTierSummary", str, where)
    components = objects(given(compensation, "summaryComponents", list, where) or [], where)
    salaries = [each for each in components if each.get("compensationType") == "Salary"]
    if len(salaries) != 1:
        return summary, None
    (one,) = salaries
    return summary, Salary(
        min=one.get("minValue"),
        max=one.get("maxValue"),
        currency=one.get("currencyCode"),
        unit=UNITS.get(one.get("interval") or ""),
    )
