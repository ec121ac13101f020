"""DirectEmployers (dejobs.org, my.jobs, employers' own hosts, many of them under .jobs).

URL forms (ats/us_universities.md section 5; for my.jobs and dejobs.org the vendor's published code):
    https://{host}/{place}/{slug}/{GUID}/job/     on sandia.jobs, {tenant}.dejobs.org, any host
    https://{tenant}.dejobs.org/{GUID}
    http://my.jobs/{guid}{number of the channel}  a tracked short form of the same GUID
{GUID} is 32 hexadecimal digits without hyphens.

Endpoint of the sites' own pages (docs/platforms/directemployers.md, from public code):
    GET https://prod-search-api.jobsyn.org/api/v1/solr/search?q=&page=1&num_items=50
        x-origin: {host}      selects the site; without it the answer is 403
Every row has the whole text.

Traps:
- A mirror: the employer's own system has the posting too, under its own number (`reqid`).
- The GUID is the posting's on all hosts, so that keys have no tenant. Its letter case differs.
- `vs=` in the query is the channel, as the digits after the GUID of my.jobs are.
- A host under .jobs proves nothing: amazon.jobs and others have their own software, and lanl.jobs
  has had this one and spiders/activate.py.
- The service gives fewer rows than asked for where it likes to (10 and 15 were seen): what the first
  answer says of itself is asked for from then on.
- No more than 10,000 rows are given.
- `date_new` may be the day of the last synchronisation: an "Open Date" in the text is better.
- `description` is Markdown; employers begin it with labels in bold.
- A page of the site answers 200 for any GUID: nothing but absence from the listing closes.

Inferred: the place in the address is `location_exact` with hyphens, and cosmetic.
"""

from __future__ import annotations

import re
from typing import Any, ClassVar
from urllib.parse import urlencode

from scrapy import Request
from scrapy.http import Response, TextResponse

from crawler import platform
from crawler.answers import json_of, need, text_of
from crawler.patterns import Page, PagedListing, Row
from spiders.labels import fields_by_label

API = "https://prod-search-api.jobsyn.org/api/v1/solr/search"
PAGE_SIZE = 50
CAP = 10_000
LABELLED = re.compile(r"\*\*([^*\n]{2,40}?):?\s*\*\*:?[ \t]*([^*\n]{1,120})")

_GUID = r"(?P<posting_id>[0-9a-f]{32})"


class DirectEmployersParams(platform.Params):
    host: str | None = None


class DirectEmployers(PagedListing):
    name = "directemployers"
    label = "DirectEmployers"
    Params = DirectEmployersParams
    single_site = "dejobs.org"
    needed = ("host",)
    url_rules = (
        rf"https?://(?P<host>[\w.-]+)/(?P<path>(?:[^/?\#]+/[^/?\#]+/)?{_GUID}/job)/?(?:[?\#]|$)",
        rf"""https?://(?P<host>(?:[\w-]+\.)?dejobs\.org)
            (?:/{_GUID}|/jobs|/locations/[^?\#]*?)?/?(?:[?\#]|$)""",
        rf"https?://my\.jobs/{_GUID}(?P<channel>\d*)/?(?:[?\#]|$)",
    )
    vanity_rules = (r"https?://(?P<host>[\w.-]+)(?:/jobs)?/?(?:[?\#]|$)",)
    examples: ClassVar = {
        "https://fernwood.jobs/port-ellery-or/hpc-engineer/0A1B2C3D4E5F60718293A4B5C6D7E8F9/job/"
        "?vs=1606": {"host": "fernwood.jobs", "posting_id": "0A1B2C3D4E5F60718293A4B5C6D7E8F9"},
        "http://my.jobs/0a1b2c3d4e5f60718293a4b5c6d7e8f91839": {
            "posting_id": "0a1b2c3d4e5f60718293a4b5c6d7e8f9"
        },
        "https://fernwood.dejobs.org/0A1B2C3D4E5F60718293A4B5C6D7E8F9": {
            "host": "fernwood.dejobs.org",
            "posting_id": "0A1B2C3D4E5F60718293A4B5C6D7E8F9",
        },
        "https://fernwood.dejobs.org/jobs/?q=hpc": {"host": "fernwood.dejobs.org"},
    }
    not_examples = (
        "https://lanl.jobs/search/jobdetails/scientist-1/ee31fa52-e1c0-47b1-9e9a-7a04c8f87706",
        "https://www.amazon.jobs/en/jobs/9900001/hpc-engineer",
        "https://fernwood.jobs/job/88890",
        "https://secure.my.jobs/account",
    )
    shared_back_ends = ("dejobs.org", "jobsyn.org")

    max_pages = CAP // 10
    time_zone = "UTC"
    day_first = False

    @classmethod
    def key_from_url(cls, match: platform.Match) -> str:
        return str(match.posting_id).upper()

    @classmethod
    def canonical_url(cls, match: platform.Match) -> str:
        said = match.groups
        if "host" not in said:
            return f"https://my.jobs/{match.posting_id}{said.get('channel', '')}"
        return f"https://{said['host'].lower()}/{said.get('path') or match.posting_id or 'jobs'}/"

    # --- listing ------------------------------------------------------------------------------

    def page_request(self, number: int, response: Response | None) -> Request | None:
        host, size = self.params.host, PAGE_SIZE
        if response is not None:
            said = (
                response.meta.get("size") or json_of(text_of(response))["pagination"]["page_size"]
            )
            size = min(int(said), PAGE_SIZE) or PAGE_SIZE
            if number * size >= CAP:
                self.report.cut_short = f"the service gives no more than {CAP:,} rows"
                return None
        return Request(
            f"{API}?{urlencode({'q': '', 'page': number + 1, 'num_items': size})}",
            headers={"Accept": "application/json", "x-origin": host},
            # A refusal of the site itself counts too, not only one of the service behind it.
            meta={"robots_also": [f"https://{host}/jobs/"]} | ({"size": size} if number else {}),
        )

    def read_listing(self, response: TextResponse) -> Page:
        answer = json_of(response)
        pages = need(answer, "pagination", dict, response.url)
        need(pages, "page_size", int, response.url)
        goes_on = need(pages, "has_more_pages", bool, response.url)
        jobs = need(answer, "jobs", list, response.url)
        rows = [self._row(job, f"{response.url}: a job") for job in jobs]
        return Page(rows, need(pages, "total", int, response.url), goes_on=goes_on)

    def _row(self, job: Any, where: str) -> Row:
        job = need({"job": job}, "job", dict, where)
        guid = need(job, "guid", str, where).upper()
        place = job.get("location_exact") or _joined(job.get("city_exact"), job.get("state_short"))
        text = need(job, "description", str, where)
        said = fields_by_label(LABELLED.findall(text))
        slug = need(job, "title_slug", str, where)
        folder = re.sub(r"[\s-]+", "-", re.sub(r"[^\w\s-]", "", place.lower()))
        path = f"{folder}/{slug}/{guid}" if folder else guid
        return Row(
            guid,
            {
                "title": need(job, "title_exact", str, where),
                "url": f"https://{self.params.host}/{path}/job/",
                "requisition_id": job.get("reqid"),
                "unit": job.get("company_exact"),  # a site may be of several companies
                "raw_location": [place] if place else [],
                "raw_country": job.get("country_exact"),
                "raw_date_posted": said.get("raw_date_posted") or job.get("date_new"),
                "raw_valid_through": said.get("raw_valid_through"),
                "raw_salary": said.get("raw_salary"),
                "description_text": text,
            },
        )


def _joined(*parts: str | None) -> str:
    return ", ".join(part for part in parts if part)
