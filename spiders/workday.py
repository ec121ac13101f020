"""Workday (myworkdayjobs.com, myworkdaysite.com).

Endpoints of the site's own pages ("CXS"; no vendor documentation, facts from ats/workday.md):
    POST https://{host}/wday/cxs/{tenant}/{site}/jobs      20 rows: title, path, no text
         {"appliedFacets": {}, "limit": 20, "offset": 0, "searchText": ""}
    GET  https://{host}/wday/cxs/{tenant}/{site}/job/...   one posting; Accept: application/json
{host} is {tenant}.wdN.myworkdayjobs.com or wdN.myworkdaysite.com. wdN, the data centre, cannot be
derived from the tenant: a wrong one, and a wrong tenant or site, answers 422 (section 4).

Traps:
- More than 20 rows a page answer 400 or an empty list (section 2).
- `total` is right on the first page and often 0 on later ones. Offsets past the end may wrap to the
  first page or repeat one for ever. Exactly 2000 is a clamp, not a count: such a board is split by
  a facet whose parts do not overlap. Locations do overlap: a posting counts once in each.
- Facets may be nested; the inner `facetParameter` is the one to send.
- Rows without title or path occur, and rows without `postedOn`. "3 Locations" names none of them.
- `startDate` of a detail is the day of posting, whatever its name says; `endDate` is the deadline
  (section 3). `postedOn` is relative and in the language of Accept-Language.
- `hiringOrganization` is a legal entity ("1000 Merck Sharp & Dohme LLC"), not the employer's name.
- The end of a slug is the requisition id and, often, a copy number: `_R22976-1` of R22976. It
  cannot be cut off blindly (R26-129), so the key read from a URL is an alias of `jobReqId`. Ids may
  hold a `_` themselves (REQ_0000065049); titles in slugs never do, so the first `_` counts.
- Closed is 403 with errorCode S22, or 404. Maintenance and bot walls answer other 403, 401, 422,
  429, 5xx, a redirect, or HTML with 200 (section 4).
- robots.txt forbids boards by their public path, which the path of an API call does not show: both
  are asked (section 5).
- The same requisition may be on several sites of a tenant: the tenant is the scope of keys.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, ClassVar, Literal

from pydantic import Field
from scrapy import Request
from scrapy.http import JsonRequest, Response, TextResponse

from crawler import platform
from crawler.answers import json_of, need, object_if_any
from crawler.errors import UnexpectedAnswer
from crawler.patterns import Output, Page, PagedListing, Row

PAGE_SIZE = 20
CLAMP = 2000
# Facets whose counts add up to the total, on the recorded board; locations do not (section 2).
PARTITIONS = ("jobFamilyGroup", "workerSubType", "timeType")
HEADERS = {"Accept": "application/json", "Accept-Language": "en-US"}

_LOCALE = r"(?:(?-i:[a-z]{2})(?:-[a-z]{2,4})?/(?=[^/?\#]))?"
_SITE = r"""(?P<site>[^/?\#]+)
    (?:/(?P<path>(?:job|(?:jobs/)?details)/(?:[^/?\#]+/)?
        (?!(?:apply|login)(?:[/?\#]|$))(?:[^/?\#_]*_)?(?P<posting_id>[^/?\#]+))
        (?:/(?:apply|login)[^?\#]*)?
    |/(?:jobs|login|userHome))?
    /?(?:[?\#]|$)"""


class WorkdayParams(platform.Params):
    tenant: str
    data_centre: str = Field(pattern=r"^wd\d+$")
    site: str  # letter case kept
    domain: Literal["myworkdayjobs", "myworkdaysite"] = "myworkdayjobs"
    cxs_tenant: str | None = None  # where the API spells the tenant otherwise: a-b as a_b
    search_text: str = ""  # the site's own full-text search, for boards too large to read whole


@dataclass
class Part:
    """A walk through the board, or through the part of it that has these facets."""

    facets: dict[str, list[str]] = field(default_factory=dict)
    total: int = 0
    seen: set[str] = field(default_factory=set)


class Workday(PagedListing):
    name = "workday"
    label = "Workday"
    Params = WorkdayParams
    tenant_params = ("tenant",)
    closed_statuses = (404,)
    url_rules = (
        rf"https?://(?P<tenant>[a-z0-9_-]+)\.(?P<data_centre>wd\d+)\.myworkdayjobs\.com/{_LOCALE}"
        rf"{_SITE}",
        rf"https?://(?P<data_centre>wd\d+)\.(?P<domain>myworkdaysite)\.com/{_LOCALE}"
        rf"recruiting/(?P<tenant>[^/?\#]+)/{_SITE}",
    )
    page_rules = (
        platform.PageRule(
            re.compile(
                r"https://(?P<tenant>[a-z0-9_-]+)\.(?P<data_centre>wd\d+)\.myworkdayjobs\.com/"
                r"(?:[a-z]{2}-[A-Z]{2}/)?(?!wday/)(?P<site>[\w-]+)"
            ),
            "a link to a Workday career site",
        ),
    )
    examples: ClassVar = {
        "https://fernwood.wd5.myworkdayjobs.com/en-US/Staff/job/Port-Ellery/Lead_R-7549-1?q=HPC": {
            "tenant": "fernwood",
            "data_centre": "wd5",
            "site": "Staff",
            "posting_id": "R-7549-1",
        },
        "https://fernwood.wd103.myworkdayjobs.com/FT/details/Data-Steward_REQ_0000065049/apply": {
            "tenant": "fernwood",
            "data_centre": "wd103",
            "site": "FT",
            "posting_id": "REQ_0000065049",
        },
        "https://wd1.myworkdaysite.com/en-US/recruiting/quantenhof/Careers": {
            "tenant": "quantenhof",
            "data_centre": "wd1",
            "domain": "myworkdaysite",
            "site": "Careers",
        },
    }
    not_examples = (
        "https://www.workday.com/en-us/company/careers.html",
        "https://fernwood.wd5.myworkdayjobs.com/",
        "https://fernwood.myworkdayjobs.com.example.org/Careers/job/Ulm/Lab-Lead_JR9",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.params.search_text:
            # What a search no longer finds may be open still.
            self.listing_is_authoritative = False  # type: ignore[misc]

    # --- identity -----------------------------------------------------------------------------

    @classmethod
    def key_of(cls, native_id: str, requisition_id: str | None) -> str:
        return requisition_id or native_id

    @classmethod
    def canonical_url(cls, match: platform.Match) -> str:
        board = _board(match.params, match.groups["site"])
        return "/".join(filter(None, (board, match.groups.get("path"))))

    # --- listing ------------------------------------------------------------------------------

    def page_request(self, number: int, response: Response | None) -> Request:
        return self._page(response.meta["part"] if response else Part(), number)

    def _page(self, part: Part, number: int) -> Request:
        board = _board(self.params, self.params.site)
        return JsonRequest(
            f"{_api(self.params)}/jobs",
            method="POST",
            headers=HEADERS,
            data={
                "appliedFacets": part.facets,
                "limit": PAGE_SIZE,
                "offset": number * PAGE_SIZE,
                "searchText": self.params.search_text,
            },
            meta={"part": part, "dont_redirect": True, "robots_also": [board, f"{board}/job/"]},
        )

    def read_listing(self, response: TextResponse) -> Page:
        answer = json_of(response)
        rows = map(self._row, need(answer, "jobPostings", list, response.url))
        return Page([row for row in rows if row], need(answer, "total", int, response.url))

    def _row(self, item: dict[str, Any]) -> Row | None:
        title, path = item.get("title"), item.get("externalPath")
        if not title or not path:
            self.report.skip_row("no title or externalPath")
            return None
        slug = path.rpartition("/")[2]
        native_id = slug.partition("_")[2] or slug
        place = item.get("locationsText") or ""
        is_named = place and not re.fullmatch(r"\d+ Locations?", place)
        return Row(
            native_id,
            {
                "title": title,
                "url": _board(self.params, self.params.site) + path,
                "requisition_id": _requisition(native_id, item.get("bulletFields") or []),
                "raw_location": [place] if is_named else [],
                "raw_workplace": item.get("remoteType"),
                "raw_employment_type": item.get("timeType"),
                "raw_date_posted": item.get("postedOn"),
            },
            stamp=place,  # from "2 Locations" to "3 Locations": read it again
        )

    def is_last(self, page: Page, number: int) -> bool:
        return False  # decided below, for each part of the board by itself

    def _after_page(self, response: Response, page: Page, fresh: int) -> Output:
        part: Part = response.meta["part"]
        number = response.meta.get("page", 0)
        if number == 0 and not part.facets and not page.rows and self.report.skipped_rows:
            raise UnexpectedAnswer(f"{response.url}: no row has both title and externalPath")
        part.total = max(part.total, page.total or 0)
        new = {row.native_id for row in page.rows} - part.seen
        part.seen |= new
        if number == 0 and part.total == CLAMP:
            smaller = self._split(part, response)  # type: ignore[arg-type]
            if smaller:
                yield from (self.listing_request(self._page(each, 0)) for each in smaller)
                return
            self.report.cut_short = "the 2,000 cap: the board is larger and no facet can split it"
        if (number + 1) * PAGE_SIZE >= part.total:
            return
        if not new:
            said = f"{len(part.seen)} of {part.total} were listed, then a page brought nothing new"
            self.report.cut_short = self.report.cut_short or said
            return
        yield from super()._after_page(response, page, len(new))

    def _split(self, part: Part, response: TextResponse) -> list[Part]:
        """Parts that together make up this one, by the facet that covers most of it."""
        facets = dict(_facets(json_of(response).get("facets") or []))
        usable = [
            name for name in PARTITIONS if name not in part.facets and len(facets.get(name, ())) > 1
        ]
        if not usable:
            return []
        name = max(usable, key=lambda name: sum(facets[name].values()))
        return [Part({**part.facets, name: [value]}) for value in facets[name]]

    # --- detail -------------------------------------------------------------------------------

    def detail_request(self, native_id: str, url: str) -> Request:
        # A /details/ page has no place in its path, and its posting is at /job/{slug} too (3).
        path = re.sub(r"^.*?/(?:job|(?:jobs/)?details)/", "/job/", url)
        return Request(
            _api(self.params) + path,
            headers=HEADERS,
            meta={"dont_redirect": True, "robots_also": [url]},
        )

    def read_detail(self, response: TextResponse) -> dict[str, Any]:
        info = need(json_of(response), "jobPostingInfo", dict, response.url)
        place = info.get("jobRequisitionLocation") or {}
        country = place.get("country") or info.get("country") or {}
        places = [info.get("location"), *(info.get("additionalLocations") or [])]
        return {
            "title": need(info, "title", str, response.url),
            "url": info.get("externalUrl"),
            "requisition_id": info.get("jobReqId"),
            "description_html": need(info, "jobDescription", str, response.url),
            "raw_location": [place for place in places if place],
            "raw_country": country.get("alpha2Code") or country.get("descriptor"),
            "raw_workplace": info.get("remoteType"),
            "raw_employment_type": info.get("timeType"),
            "raw_date_posted": info.get("startDate") or info.get("postedOn"),
            "raw_valid_through": info.get("endDate"),
        }

    def closed(self, response: Response) -> str | None:
        if response.status == 403 and object_if_any(response).get("errorCode") == "S22":
            return "HTTP 403 with errorCode S22: no longer published"
        return super().closed(response)


def _host(params: WorkdayParams) -> str:
    tenant = "" if params.domain == "myworkdaysite" else f"{params.tenant}."
    return f"https://{tenant}{params.data_centre}.{params.domain}.com"


def _board(params: WorkdayParams, site: str) -> str:
    """The public address of a site, as the canonical URLs of its postings begin."""
    path = f"recruiting/{params.tenant}/" if params.domain == "myworkdaysite" else ""
    return f"{_host(params)}/{path}{site}"


def _api(params: WorkdayParams) -> str:
    return f"{_host(params)}/wday/cxs/{params.cxs_tenant or params.tenant}/{params.site}"


def _requisition(native_id: str, bullets: list[Any]) -> str | None:
    """The bullet that is the requisition id; tenants show market, grade or deadline there too."""
    found = [b for b in map(str, bullets) if re.fullmatch(re.escape(b) + r"(?:-\d+)?", native_id)]
    return max(found, key=len, default=None)


def _facets(groups: list[dict[str, Any]]) -> Iterator[tuple[str, dict[str, int]]]:
    """Each facet's parameter with its values' ids and counts; nested groups are flattened."""
    for group in groups:
        values = group.get("values") or []
        yield from _facets([value for value in values if "facetParameter" in value])
        ids = {value["id"]: value.get("count") or 0 for value in values if "id" in value}
        if ids:
            yield group["facetParameter"], ids
