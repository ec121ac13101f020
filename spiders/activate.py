"""A career-site system known in public code as "Activate", on employers' own hosts.

The vendor is not sure: one public list says Oracle (ats/others.md section 4), and
data/platform_distribution.md counts cincinnatichildrens.org with Symphony Talent. Seen on
Cincinnati Children's (until it moved to Phenom), MD Anderson, lanl.jobs, Darden.

URL forms (ats/others.md section 4, ats/fingerprints.md):
    https://{host}/search/jobdetails/{slug}/{uuid}     the slug is cosmetic
    https://{host}/search/searchjobs                   the search

Traps:
- The UUID is the identity; nothing of the query is.
- lanl.jobs is under .jobs, but these pages are not DirectEmployers' (spiders/directemployers.py).

Endpoints of the site's own pages (no vendor documentation; docs/platforms/activate.md):
    GET https://{host}/Search/SearchResults?jtStartIndex=0&jtPageSize=500   rows, without text
    GET https://{host}/search/jobdetails/{slug}/{uuid}                      one posting
- The rows may come as JSON in a JSON text. Their values are wrapped in `<span>`; `TrackingObject`
  has some of them bare. Dates are written as in the United States.
- A wrong slug redirects to the right one; ours is made as the site makes it.
- The text is in JSON-LD (Los Alamos) or in `div.Description` (Ross).
- 404, 410 and a redirect elsewhere as a posting's end are inferred.
"""

from __future__ import annotations

import re
from typing import Any, ClassVar

from parsel import Selector
from scrapy import Request
from scrapy.http import Response, TextResponse

from crawler import platform
from crawler.answers import json_of, need, objects
from crawler.errors import UnexpectedAnswer
from crawler.patterns import Page, PagedListing, Row
from crawler.schema_values import DEFAULT_VALIDITY
from crawler.structured_data import stated_fields
from spiders.fronts import keys_behind, led_away

PAGE_SIZE = 500
# Of the JSON-LD; the row says the rest as the site shows it.
STRUCTURED = ("description_html", "raw_employment_type", "raw_valid_through", "raw_salary",
              "salary", "raw_workplace")  # fmt: skip
APPLY = """//a[contains(translate(normalize-space(.), 'APLY', 'aply'), 'apply')]
    [starts-with(@href, 'http')]/@href"""


class Activate(PagedListing):
    name = "activate"
    label = "Activate"
    Params = platform.HostParams
    front_end = True
    day_first = False
    default_validity = DEFAULT_VALIDITY
    closed_statuses = (404, 410)
    url_rules = (
        r"""https?://(?P<host>[\w.-]+)/search/jobdetails/(?P<slug>[^/?\#]+)/
            (?P<posting_id>[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/?(?:[?\#]|$)""",
        r"https?://(?P<host>[\w.-]+)/search/searchjobs/?(?:[?\#]|$)",
    )
    examples: ClassVar = {
        "https://jobs.fernwood.example/search/jobdetails/director-of-research-software---is/"
        "0A1B2C3D-0001-4a5b-8c6d-0e1f2a3b4c5d?utm_source=x": {
            "host": "jobs.fernwood.example",
            "posting_id": "0A1B2C3D-0001-4a5b-8c6d-0e1f2a3b4c5d",
        },
        "https://jobs.fernwood.example/search/searchjobs?keyword=hpc": {
            "host": "jobs.fernwood.example"
        },
    }
    not_examples = (
        "https://jobs.fernwood.example/search/jobdetails/director/12345",
        "https://careers.fernwood.example/careers/SearchJobs/",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._received = 0  # rows, repeated ones included: the next offset

    @classmethod
    def key_from_url(cls, match: platform.Match) -> str:
        return str(match.posting_id).lower()

    @classmethod
    def canonical_url(cls, match: platform.Match) -> str:
        start = f"https://{match.groups['host'].lower()}/search"
        if match.posting_id is None:
            return f"{start}/searchjobs"
        return f"{start}/jobdetails/{match.groups['slug']}/{cls.key_from_url(match)}"

    # --- listing ------------------------------------------------------------------------------

    def page_request(self, number: int, response: Response | None) -> Request:
        return Request(
            f"https://{self.params.host}/Search/SearchResults"
            f"?jtStartIndex={self._received}&jtPageSize={PAGE_SIZE}",
            headers={"Accept": "application/json", "X-Requested-With": "XMLHttpRequest"},
        )

    def read_listing(self, response: TextResponse) -> Page:
        inner = json_of(response, object)
        if isinstance(inner, str):
            response = response.replace(body=inner.encode())
        answer = json_of(response)
        records = objects(need(answer, "Records", list, response.url), response.url)
        total = need(answer, "TotalRecordCount", int, response.url)
        self._received += len(records)
        return Page([self._row(record, response.url) for record in records], total)

    def _row(self, record: dict[str, Any], where: str) -> Row:
        native_id = need(record, "ID", str, where).lower()
        bare = record.get("TrackingObject") or {}
        said = {name: _text(value) for name, value in record.items() if isinstance(value, str)}
        need(record, "Title", str, f"{where}: posting {native_id}")
        title = bare.get("TitleJson") or said["Title"]
        place = said.get("CityStateDataAbbrev") or said.get("LocationName")
        return Row(
            native_id,
            {
                "title": title,
                "url": f"https://{self.params.host}/search/jobdetails/{_slug(title)}/{native_id}",
                "requisition_id": said.get("ReferenceNumber"),
                "unit": said.get("DepartmentName"),
                "raw_location": bare.get("LocationNamesJson")
                or [place for place in [place] if place],
                "raw_employment_type": said.get("TypeName"),
                "raw_date_posted": said.get("PostedDate"),
            },
        )

    # --- detail -------------------------------------------------------------------------------

    def detail_request(self, native_id: str, url: str) -> Request:
        return Request(url)

    def read_detail(self, response: TextResponse) -> dict[str, Any]:
        said = stated_fields(response, STRUCTURED)
        said.setdefault("description_html", response.css("div.Description").get())
        if not said["description_html"]:
            raise UnexpectedAnswer(
                f"{response.url}: neither JSON-LD with a text nor div.Description"
            )
        apply_url = response.xpath(APPLY).get()
        return {**said, "apply_url": apply_url, "aliases": tuple(keys_behind(apply_url))}

    def closed(self, response: Response) -> str | None:
        return super().closed(response) or led_away(response, "/jobdetails/", self._seen)


def _text(markup: str) -> str:
    return " ".join(Selector(text=markup or " ").xpath("string()").get("").split())


def _slug(title: str) -> str:
    """As the site's own script makes it."""
    return re.sub(r"[^a-z0-9_-]", "", title.lower().replace(" ", "-")) or "job"
