"""Cornerstone OnDemand ({tenant}.csod.com).

URL forms (ats/cornerstone.md section 1):
    https://{tenant}.csod.com/ux/ats/careersite/{site}/home/requisition/{id}?c={corp}
    https://{tenant}.csod.com/ux/ats/careersite/{site}/job/{id}?c={corp}
    https://{tenant}.csod.com/ats/careersite/JobDetails.aspx?id={id}[&site={site}][&c={corp}]
    https://{tenant}.csod.com/ux/ats/careersite/{site}/home?c={corp}                  the board

Endpoints of the site's own pages (sections 3, 4, 6; no vendor documentation):
    GET  .../careersite/{site}/home?c={corp}                 a token, the culture, {cloud}; cookies
    POST {cloud}/rec-job-search/external/jobs                the listing, pages counted from 1
    GET  https://{tenant}.csod.com/services/x/job-requisition/v2/requisitions/{id}/jobDetails

Traps:
- The older form is the same posting under the same number (inferred).
- `c` is mostly the tenant's name, but not always: it stays where it is given, and is never made up
  for a canonical URL. For the request of a board that lacks it, the tenant's name is tried.
- One employer has several sites; a requisition is one posting on all of them.
- source, sq, referralToken, jobboard and lang are tracking.
- The token is bound to {cloud}, the details to the session cookie of the home page; it lives from 21
  minutes to a day (sarthakjain004/headstart, measured in 2026-09), hence a limit on details in a run.
- The address of a site that does not exist leads to /ui/error (headstart). The listing answers a wrong
  or inactive site with a total of 0, like an empty one.
- Dates follow the culture of the page, never a guess (section 5); "-" is none.
- The listing's externalDescription is the text without its markup, or a placeholder (section 5): the
  detail's is read. Its `jobAd` mostly contains its `externalDescription`, but not always.
- A detail comes bare or inside `data` (public crawlers differ); the latter is inferred.
- Absence closes. A missing detail is no evidence: that it is one is inferred (section 7).
- robots.txt is not recorded (section 8).
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping
from json import JSONDecodeError, JSONDecoder
from types import MappingProxyType
from typing import Any, ClassVar

from scrapy import Request
from scrapy.http import JsonRequest, Response, TextResponse
from w3lib.html import remove_tags

from crawler import platform
from crawler.answers import given, json_of, need, objects, text_of
from crawler.errors import SiteGone, UnexpectedAnswer
from crawler.patterns import Output, Page, PagedListing, Row
from crawler.schema_values import places_of

PAGE_SIZE = 100
FILTERS = (
    "states", "countryCodes", "cities",
    "customFieldCheckboxKeys", "customFieldDropdowns", "customFieldRadios",
)  # fmt: skip
CONTEXT = re.compile(r"csod\.context\s*=\s*(?=\{)")
CLOUD = re.compile(r"https://[\w.-]+\.csod\.com/")

_HOST = r"""https?://(?P<tenant>(?!www\.)[\w-]+)\.csod\.com
    (?:(?=[^\#]*?[?&]c=(?P<corp>[\w-]+))|)"""
_SITE = r"(?:(?=\?(?:[^\#]*&)?site=(?P<site>\d+))|)"


class CornerstoneParams(platform.Params):
    tenant: str
    site: str | None = None  # number of the career site
    corp: str | None = None


class Cornerstone(PagedListing):
    name = "cornerstone"
    label = "Cornerstone OnDemand"
    Params = CornerstoneParams
    tenant_params = ("tenant",)
    url_rules = (
        rf"""{_HOST}/ux/ats/careersite/(?P<site>\d+)/(?:home/requisition|requisition|job)/
            (?P<posting_id>\d+)/?(?:[?\#]|$)""",
        rf"""{_HOST}/ats/careersite/JobDetails\.aspx{_SITE}\?(?:[^\#]*&)?id=(?P<posting_id>\d+)
            (?:[&\#]|$)""",
        rf"{_HOST}/ux/ats/careersite/(?P<site>\d+)(?:/home)?/?(?:[?\#]|$)",
        rf"{_HOST}/ats/careersite/search\.aspx{_SITE}(?:[?\#]|$)",
    )
    page_rules = (
        platform.PageRule(
            re.compile(
                r"//(?P<tenant>(?!www\.)[\w-]+)\.csod\.com/ux/ats/careersite/(?P<site>\d+)", re.I
            ),
            "a link to a Cornerstone career site",
        ),
    )
    examples: ClassVar = {
        "https://fernwood.csod.com/ux/ats/careersite/4/home/requisition/2120"
        "?c=fernwood&referralToken=MX8l": {
            "tenant": "fernwood",
            "site": "4",
            "corp": "fernwood",
            "posting_id": "2120",
        },
        "https://fernwood.csod.com/ux/ats/careersite/1/job/2121?sq=req2121": {
            "tenant": "fernwood",
            "site": "1",
            "posting_id": "2121",
        },
        "https://fernwood.csod.com/ats/careersite/jobdetails.aspx?c=fern&id=10893": {
            "tenant": "fernwood",
            "corp": "fern",
            "posting_id": "10893",
        },
        "https://fernwood.csod.com/ats/careersite/JobDetails.aspx?id=3875&site=1&source=Indeed": {
            "tenant": "fernwood",
            "site": "1",
            "posting_id": "3875",
        },
        "https://fernwood.csod.com/ux/ats/careersite/4/home?c=fernwood": {
            "tenant": "fernwood",
            "site": "4",
            "corp": "fernwood",
        },
    }
    not_examples = (
        "https://www.csod.com/ux/ats/careersite/4/home",
        "https://fernwood.csod.com/samldefault.aspx",
        "https://uk.api.csod.com/rec-job-search/external/jobs",
    )

    @classmethod
    def canonical_url(cls, match: platform.Match) -> str:
        said, params, number = match.groups, match.params, match.posting_id
        start = f"https://{params.tenant.lower()}.csod.com"
        site, corp = said.get("site") or params.site, said.get("corp") or params.corp
        query = f"c={corp}" if corp else ""
        if site:
            page = f"/home/requisition/{number}" if number else "/home"
            return f"{start}/ux/ats/careersite/{site}{page}?{query}".rstrip("?")
        if number:
            return f"{start}/ats/careersite/JobDetails.aspx?id={number}&{query}".rstrip("&")
        return f"{start}/ats/careersite/search.aspx?{query}".rstrip("?")

    max_details = 400
    _context: Mapping[str, Any] = MappingProxyType({})  # what the home page said, once it is read

    def _site(self) -> str:
        return f"https://{self.params.tenant.lower()}.csod.com"

    def _board(self) -> str:
        # Site 1 is most tenants' first; only links of the older form name none.
        return f"{self._site()}/ux/ats/careersite/{self.params.site or 1}/home"

    # --- listing ------------------------------------------------------------------------------

    def listing(self) -> Iterable[Request]:
        yield Request(f"{self._board()}?c={self.params.corp or self.params.tenant}", self._on_home)

    def _on_home(self, response: Response) -> Output:
        self._context = read_context(text_of(response))
        culture = self._context["cultureName"]
        self.day_first = not culture.endswith("-US")  # type: ignore[misc]
        yield self.listing_request(self.page_request(0, None))

    def page_request(self, number: int, response: Response | None) -> Request:
        said, site = self._context, int(self.params.site or 1)
        asked = {
            "careerSiteId": site,
            "careerSitePageId": site,
            "pageNumber": number + 1,
            "pageSize": PAGE_SIZE,
            "cultureId": said["cultureID"],
            "cultureName": said["cultureName"],
            "searchText": "",
            "placeID": "",
            "radius": None,
            "postingsWithinDays": None,
        }
        return JsonRequest(
            f"{said['endpoints']['cloud']}rec-job-search/external/jobs",
            data={**asked, **{name: [] for name in FILTERS}},
            headers=self._headers(),
        )

    def _headers(self) -> dict[str, str]:
        return {
            "Authorization": f"Bearer {self._context['token']}",
            "Accept": "application/json",
            "CSOD-Accept-Language": self._context["cultureName"],
        }

    def read_listing(self, response: TextResponse) -> Page:
        data = need(json_of(response), "data", dict, response.url)
        rows = objects(need(data, "requisitions", list, response.url), response.url)
        total = need(data, "totalCount", int, response.url)
        return Page([self._row(row, response.url) for row in rows], total)

    def _row(self, item: dict[str, Any], where: str) -> Row:
        native_id = str(need(item, "requisitionId", (int, str), where))
        where = f"{where}: requisition {native_id}"
        places, country = _places(given(item, "locations", list, where) or [], where)
        corp = self.params.corp or self._context.get("corp")
        return Row(
            native_id,
            {
                "title": html.unescape(need(item, "displayJobTitle", str, where)),
                "url": f"{self._board()}/requisition/{native_id}" + (f"?c={corp}" if corp else ""),
                "raw_location": places,
                "raw_country": country,
                "raw_date_posted": _date(item, "postingEffectiveDate"),
                "raw_valid_through": _date(item, "postingExpirationDate"),
                "description_html": item.get("externalDescription"),
            },
        )

    # --- detail -------------------------------------------------------------------------------

    def detail_request(self, native_id: str, url: str) -> Request | None:
        if not self._context:
            return None  # one posting asked alone: the listing has it, and brings the token
        return Request(
            f"{self._site()}/services/x/job-requisition/v2/requisitions/{native_id}/jobDetails"
            f"?cultureId={self._context['cultureID']}",
            headers=self._headers(),
        )

    def read_detail(self, response: TextResponse) -> dict[str, Any]:
        said = json_of(response)
        said = given(said, "data", dict, response.url) or said
        found = [said.get("primaryLocation"), *(said.get("additionalLocations") or [])]
        places, country = _places([place for place in found if place], response.url)
        return {
            "title": html.unescape(need(said, "displayTitle", str, response.url)),
            "requisition_id": given(said, "ref", str, response.url),
            "raw_location": places,
            "raw_country": country,
            "description_html": _whole_text(
                need(said, "externalDescription", (str, type(None)), response.url),
                said.get("jobAd"),
            ),
        }


def read_context(response: TextResponse) -> dict[str, Any]:
    """What a board's page says of its token, culture and API (ats/cornerstone.md section 3)."""
    if "/ui/error" in response.url:
        raise SiteGone(f"the tenant has no such career site: it leads to {response.url}")
    found = CONTEXT.search(response.text)
    if found is None:
        raise UnexpectedAnswer(f"{response.url}: the page has no csod.context")
    try:
        context = JSONDecoder().raw_decode(response.text, found.end())[0]
    except JSONDecodeError as error:
        raise UnexpectedAnswer(f"{response.url}: csod.context is no JSON: {error}") from None
    need(context, "token", str, response.url)
    need(context, "cultureID", int, response.url)
    need(context, "cultureName", str, response.url)
    cloud = need(need(context, "endpoints", dict, response.url), "cloud", str, response.url)
    if not CLOUD.match(cloud):  # the token is for Cornerstone's eyes
        raise UnexpectedAnswer(f"{response.url}: endpoints.cloud is no host of csod.com: {cloud}")
    return dict(context)


def _places(found: list[Any], where: str) -> tuple[list[str], str | None]:
    return places_of(
        {
            "jobLocation": [
                {
                    "addressLocality": place.get("city"),
                    "addressRegion": place.get("state"),
                    "addressCountry": place.get("country"),
                }
                for place in objects(found, where)
            ]
        },
        "",
    )


def _date(item: dict[str, Any], key: str) -> str | None:
    said = item.get(key)
    return None if said == "-" else said


def _whole_text(description: str | None, job_ad: str | None) -> str:
    """Both texts of a detail, or the one that contains the other."""
    texts = [text for text in (description, job_ad) if text]
    plain = [" ".join(remove_tags(text).split()) for text in texts]
    if len(texts) == 2 and plain[0] in plain[1]:
        return texts[1]
    return texts[0] if len(texts) == 2 and plain[1] in plain[0] else "\n".join(texts)
