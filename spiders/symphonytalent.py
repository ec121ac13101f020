"""Symphony Talent (SmashFly, Findly, "m-cloud") and Paradox career sites, on employers' own hosts.

Two products under one name: the lists of listings have both as Symphony Talent's. The first form of
address is of Paradox's sites (recruiting.com), the second of Symphony Talent's
(docs/platforms/symphonytalent.md):
    https://{host}/{slug with the employer's six-digit number}/job/{id}     employment.ucsd.edu
    https://{host}/job/{id}/{slug}/                       experiencedcareers.pwc.co.uk, 8 digits
    https://{host}/jobs?keyword=...                       the search

Endpoints, as public clients use them; the entry's page tells which they are:
    GET https://{host}/jobs[?page_number=2]     ten rows in `window.__PRELOAD_STATE__` (Paradox)
    GET https://jobsapi-internal.m-cloud.io/api/job?Organization={n}&Limit=500&offset=1&...
    GET https://jobsapi-google.m-cloud.io/api/job/search?companyName=companies/{uuid}&pageSize=100&...
                                                with texts, of the organisation that `cws_opts` names

Traps:
- The id is the system's, the number in the slug (-122513) the employer's. A search for that number
  (/jobs?keyword=122513) was published as the link of one posting, and identifies none.
- /job/{id}/{slug}/ is the form of Madgex and others too: it counts where the catalogue names the
  host.
- Paradox: the page's next link is /jobs/page/2 on some sites; past the end the first page may come
  again; there are no more than 99 pages. The JSON-LD's datePosted is renewed while a posting stands,
  and no date is read. Some sites have no page of a posting but one behind a challenge, which is not
  asked. Internal postings are listed too.
- m-cloud: `offset` begins at 1, `Limit` ends at 500 (more answers nothing), and without a sort the
  pages overlap.
- A posting's end is inferred: 404, 410, a redirect elsewhere. None of it was seen recorded.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, ClassVar
from urllib.parse import urlencode, urljoin, urlsplit

from scrapy import Request
from scrapy.http import Response, TextResponse
from w3lib.url import add_or_replace_parameter

from crawler import platform
from crawler.answers import json_of, need, objects, text_of
from crawler.errors import UnexpectedAnswer
from crawler.patterns import Output, Page, PagedListing, Row
from crawler.schema_values import DEFAULT_VALIDITY
from crawler.structured_data import detail_fields
from spiders.fronts import assigned_object, keys_behind, led_away

STATE = re.compile(r"\bwindow\.__PRELOAD_STATE__\s*=\s*(?=\{)")
OPTIONS = re.compile(r"\bcws_opts\s*=\s*(?=\{)")
ORGANISATION = re.compile(r"\borg_id[\"']?\s*:\s*[\"']([\w/-]+)[\"']")
NEXT = "a[aria-label='Go to next page']::attr(href)"
# Of the JSON-LD; its date is renewed, its address and employer are known.
STRUCTURED = ("title", "description_html", "raw_employment_type", "raw_valid_through",
              "raw_workplace", "raw_salary", "salary", "requisition_id")  # fmt: skip

_HOST = r"https?://(?P<host>[\w.-]+)/"


class SymphonyTalent(PagedListing):
    name = "symphonytalent"
    label = "Symphony Talent, Paradox"
    front_end = True
    Params = platform.HostParams
    max_pages = 99
    default_validity = DEFAULT_VALIDITY
    closed_statuses = (404, 410)
    url_rules = (
        _HOST
        + r"""(?P<path>(?:\d{6}-[^/?\#]+|[^/?\#]+-\d{6})/job/(?P<posting_id>\d{7,9}))
            /?(?:[?\#]|$)""",
    )
    vanity_rules = (
        _HOST + r"(?P<path>[^/?\#]+/job/(?P<posting_id>\d{6,9}))/?(?:[?\#]|$)",
        _HOST + r"(?P<path>(?:[a-z]{2}/)?job/(?P<posting_id>\d{6,9})(?:/[^/?\#]+)?)/?(?:[?\#]|$)",
        _HOST + r"(?P<path>(?:jobs)?)/?(?:[?\#]|$)",
    )
    page_rules = (
        platform.PageRule(re.compile(r"\bcws_opts\b|\bm-cloud\.io\b"), "Symphony Talent's scripts"),
        platform.PageRule(re.compile(r"\bcdn\.sites\.paradox\.ai\b"), "Paradox's scripts"),
    )
    examples: ClassVar = {
        "https://employment.fernwood.example/hpc-systems-engineer-990001/job/99000001?src=x": {
            "host": "employment.fernwood.example",
            "posting_id": "99000001",
        },
        "https://employment.fernwood.example/990002-research-software-engineer/job/9900002": {
            "host": "employment.fernwood.example",
            "posting_id": "9900002",
        },
    }
    not_examples = (
        "https://employment.fernwood.example/jobs?keyword=990001",
        "https://careers.fernwood.example/job/15250001/software-architect/",
        "https://careers.fernwood.example/en-us/job/990001",
    )
    shared_back_ends = ("m-cloud.io",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._received = 0  # rows, repeated and internal ones included
        self._api = ""  # of m-cloud, once the entry's page has named it
        self._organisation = ""

    @classmethod
    def canonical_url(cls, match: platform.Match) -> str:
        return f"https://{match.groups['host'].lower()}/{match.groups.get('path', '')}"

    # --- listing ------------------------------------------------------------------------------

    def listing(self) -> Iterable[Request]:
        yield Request(self.source.url, callback=self._on_front)

    def _on_front(self, response: Response) -> Output:
        """The entry's page: it holds rows, or says which interface has them."""
        page = text_of(response)
        if STATE.search(page.text):
            yield from self._on_listing(response)
            return
        said = assigned_object(page, OPTIONS)
        found = ORGANISATION.search(page.text)
        self._api = str(said.get("api") or "https://jobsapi-internal.m-cloud.io/api/").rstrip("/")
        self._organisation = str(said.get("org") or (found[1] if found else ""))
        if not self._organisation or not urlsplit(self._api).netloc.endswith(".m-cloud.io"):
            raise UnexpectedAnswer(f"{response.url}: cws_opts names no organisation of m-cloud.io")
        yield self.listing_request(self.page_request(0, None))

    def page_request(self, number: int, response: Response | None) -> Request:
        if not self._api:
            assert response is not None
            following = text_of(response).css(NEXT).get()
            by_number = add_or_replace_parameter(self.source.url, "page_number", str(number + 1))
            return Request(response.urljoin(following) if following else by_number)
        if self._organisation.startswith("companies/"):
            asked: dict[str, Any] = {
                "companyName": self._organisation,
                "pageSize": 100,
                "offset": self._received,
                "orderBy": "posting_publish_time desc",
            }
            return Request(f"{self._api}/job/search?{urlencode(asked)}")
        asked = {
            "Organization": self._organisation,
            "Limit": 500,
            "offset": self._received + 1,
            "sortfield": "open_date",
            "sortorder": "descending",
        }
        return Request(f"{self._api}/job?{urlencode(asked)}")

    def read_listing(self, response: TextResponse) -> Page:
        if not self._api:
            said = need(assigned_object(response, STATE), "jobSearch", dict, response.url)
            jobs, total, row = need(said, "jobs", list, response.url), "totalJob", self._page_row
        else:
            said, total, row = json_of(response), "totalHits", self._api_row
            jobs = said.get("queryResult")
            if jobs is None:
                found = objects(need(said, "searchResults", list, response.url), response.url)
                jobs = [need(each, "job", dict, response.url) for each in found]
        rows = [row(job, response.url) for job in objects(jobs, response.url)]
        self._received += len(jobs)
        shown = [each for each in rows if each]
        return Page(shown, need(said, total, int, response.url))

    def _page_row(self, job: dict[str, Any], where: str) -> Row | None:
        native_id = str(need(job, "uniqueID", (str, int), where))
        where = f"{where}: posting {native_id}"
        title, path = need(job, "title", str, where), need(job, "originalURL", str, where)
        if str(job.get("isInternal")).lower() == "true":
            self.report.skip_row("an internal posting")
            return None
        requisition, apply_url = job.get("requisitionID"), job.get("applyURL")
        places = [_place(place) for place in job.get("locations") or []]
        return Row(
            native_id,
            {
                "title": title,
                "url": urljoin(f"https://{self.params.host}/", path),
                "apply_url": apply_url,
                "requisition_id": requisition,
                "raw_location": [place for place in places if place],
                "raw_workplace": "Remote" if job.get("isRemote") in (True, "true") else None,
            },
            aliases=tuple(keys_behind(apply_url, requisition)),
        )

    def _api_row(self, job: dict[str, Any], where: str) -> Row:
        native_id = str(need(job, "id", (str, int), where))
        where = f"{where}: posting {native_id}"
        places = [job.get(f"primary_{part}") for part in ("city", "state", "country")]
        return Row(
            native_id,
            {
                "title": need(job, "title", str, where),
                "url": job.get("url") or f"https://{self.params.host}/job/{native_id}",
                "apply_url": job.get("fndly_url"),
                "requisition_id": job.get("ref"),
                "unit": job.get("department"),
                "raw_location": [place] if (place := ", ".join(filter(None, places))) else [],
                "raw_workplace": job.get("location_type"),
                "raw_employment_type": job.get("employment_type") or job.get("job_type"),
                "raw_date_posted": job.get("open_date") or job.get("posting_publish_time"),
                "description_html": job.get("description"),
            },
        )

    # --- detail -------------------------------------------------------------------------------

    def detail_request(self, native_id: str, url: str) -> Request | None:
        told = self._api and native_id in self._seen
        own = (urlsplit(url).hostname or "") == self.params.host
        return Request(url) if own and not told else None

    def read_detail(self, response: TextResponse) -> dict[str, Any]:
        fields = detail_fields(response)
        return {name: fields[name] for name in STRUCTURED if name in fields}

    def closed(self, response: Response) -> str | None:
        return super().closed(response) or led_away(response, "/job/", self._seen)


def _place(said: dict[str, Any]) -> str:
    parts = [said.get("city"), said.get("state") or said.get("stateAbbr"), said.get("country")]
    return ", ".join(filter(None, parts)) or said.get("locationText") or ""
