"""Oracle Recruiting Cloud, the "Candidate Experience" of Oracle Fusion; successor of Taleo.

URL forms (ats/oracle-orc.md, "URLs"):
    https://{host}/hcmUI/CandidateExperience/{lang}/sites/{site}/job/{id}
    .../requisitions/job/{id}, .../requisitions/preview/{id}, .../jobs/job/{id}, .../job/{id}/apply
    https://{host}/hcmUI/CandidateExperience/{lang}/job/{id}            the default site
    https://{host}/hcmUI/CandidateExperience/{lang}/sites/{site}[/requisitions|/jobs]
    https://{employer's host}/[jobs/#]{lang}/sites/{site}/job/{id}      vanity
{host} is {pod}.fa[.{data centre}].oraclecloud.com.

Endpoints of the site's own pages (same, "List" and "Detail"; Oracle's reference calls the resource
internal and lists the privilege "Anonymous User"):
    GET https://{host}/hcmRestApi/resources/latest/recruitingCEJobRequisitions
        ?onlyData=true&expand=...&finder=findReqs;siteNumber={site},limit=200,offset=0,sortBy=...
    GET https://{host}/hcmRestApi/resources/latest/recruitingCEJobRequisitionDetails
        ?onlyData=true&expand=all&finder=ById;Id="{id}",siteNumber={site}

Traps:
- The same id on several sites of one host is one posting: the host is the scope of keys.
- Site names are case-sensitive and the API's siteNumber. The form without a site is the default one,
  whose number it does not say.
- Everything in the query is view state or tracking (keyword, lastSelectedFacet, utm_*).
- Hosts with -dev or -test in them are not production.
- A vanity host hides {host}, which the entry has to state; the page's source names it.
- Paging counts inside `finder` only, whose `;`, `,` and `=` stay unencoded; without `expand` there are
  no rows. Count, totalResults and hasMore of the answer are about its one wrapper.
- At most 200 rows come, sometimes fewer than asked for in the middle: the offset goes on by the rows
  received. Totals drift between requests, hence a slack of one in a hundred.
- No row behind 10,000, and a total of 0 there.
- A detail's text is in up to four parts; the first is empty in a quarter of them. Pay is in the text.
- Closed is 404 or 410. An empty `items` is unknown: also what a wrong site gets, so it closes only a
  posting that tonight's complete list does not have either ("Closed").
- Distance, Relevancy and the flags change from request to request and say nothing of the posting.
- robots.txt is not verified. No JSON-LD.
"""

from __future__ import annotations

import re
from typing import Any, ClassVar

from scrapy import Request
from scrapy.http import Response, TextResponse

from crawler import platform
from crawler.answers import given, json_of, need, object_if_any, objects, text_of
from crawler.errors import UnexpectedAnswer
from crawler.patterns import Page, PagedListing, Row

LIMIT, WINDOW = 200, 10_000  # rows of a page; of a listing, however many there are
LIST = (
    "recruitingCEJobRequisitions?onlyData=true"
    "&expand=requisitionList.workLocation,requisitionList.secondaryLocations&finder=findReqs;"
)
DETAILS = "recruitingCEJobRequisitionDetails?onlyData=true&expand=all&finder=ById;"
TEXTS = (
    "ExternalDescriptionStr", "ExternalResponsibilitiesStr",
    "ExternalQualificationsStr", "CorporateDescriptionStr",
)  # fmt: skip

_SITE = r"sites/(?P<site>[^/?\#]+)"
_JOB = r"""(?:requisitions/|jobs/)?(?:job|preview)/(?P<posting_id>[^/?\#]+)
    (?:/[^?\#]*)?(?:[?\#]|$)"""
_CE = r"""https?://(?P<host>(?![^/?\#]*-(?:dev|test)\d*[.-])[\w-]+\.fa(?:\.[\w-]+)?\.oraclecloud\.com)
    /hcmUI/CandidateExperience/(?P<lang>[a-z]{2}(?:-[\w-]+)?)"""


class OracleRecruitingParams(platform.Params):
    host: str  # Oracle's, also where the employer has a host of its own
    site: str | None = None  # letter case kept; the default site when a URL has none


class OracleRecruiting(PagedListing):
    name = "oracle_recruiting"
    label = "Oracle Recruiting Cloud"
    Params = OracleRecruitingParams
    tenant_params = ("host",)
    needed = ("site",)
    url_rules = (
        rf"{_CE}/(?:{_SITE}/)?{_JOB}",
        rf"{_CE}/{_SITE}(?:/(?:requisitions|jobs)?)?/?(?:[?\#]|$)",
        rf"{_CE}/?(?:requisitions/?)?(?:[?\#]|$)",
    )
    vanity_rules = (
        rf"https?://[\w.-]+/(?:(?:jobs/)?\#/?)?(?P<lang>[a-z]{{2}}(?:-[\w-]+)?)/{_SITE}/{_JOB}",
        rf"https?://[\w.-]+(?:/(?:[a-z]{{2}}(?:-[\w-]+)?/{_SITE}(?:/(?:requisitions|jobs))?/?)?)?"
        r"(?:[?\#]|$)",
    )
    page_rules = (
        platform.PageRule(
            re.compile(
                r"//(?P<host>[\w-]+\.fa(?:\.[\w-]+)?\.oraclecloud\.com)(?::443)?"
                r"/hcmUI/CandidateExperience/[\w-]+/sites/(?P<site>[\w-]+)",
                re.IGNORECASE,
            ),
            "a link to an Oracle career site",
        ),
        platform.PageRule(
            re.compile(
                r"//(?P<host>[\w-]+\.fa(?:\.[\w-]+)?\.oraclecloud\.com)(?::443)?/hcm(?:UI|RestApi)",
                re.IGNORECASE,
            ),
            "Oracle's host of the career site",
        ),
    )
    examples: ClassVar = {
        "https://fern.fa.us2.oraclecloud.com/hcmUI/CandidateExperience/en/sites/CX_1001/job/4278/"
        "?utm_medium=jobshare": {
            "host": "fern.fa.us2.oraclecloud.com",
            "site": "CX_1001",
            "posting_id": "4278",
        },
        "https://fa-quan-saasfaprod1.fa.ocs.oraclecloud.com/hcmUI/CandidateExperience/en-GB/sites/"
        "Quantenhof-Jobs/requisitions/preview/R290099/?lastSelectedFacet=CATEGORIES": {
            "host": "fa-quan-saasfaprod1.fa.ocs.oraclecloud.com",
            "site": "Quantenhof-Jobs",
            "posting_id": "R290099",
        },
        "https://fern.fa.oraclecloud.com/hcmUI/CandidateExperience/en/job/5465": {
            "host": "fern.fa.oraclecloud.com",
            "posting_id": "5465",
        },
        "https://fern.fa.em3.oraclecloud.com/hcmUI/CandidateExperience/fr/sites/CX/jobs?x=1": {
            "host": "fern.fa.em3.oraclecloud.com",
            "site": "CX",
        },
    }
    not_examples = (
        "https://fern-test.fa.us2.oraclecloud.com/hcmUI/CandidateExperience/en/sites/CX/job/1",
        "https://fa-fern-dev2-saasfaprod1.fa.ocs.oraclecloud.com/hcmUI/CandidateExperience/en/job/1",
        "https://careers.fernwood.example/en/sites/jobsearch/job/4278",
        "https://fern.fa.us2.oraclecloud.com/hcmUI/faces/FuseWelcome",
    )

    closed_statuses = (404, 410)
    total_slack = 0.01

    @classmethod
    def canonical_url(cls, match: platform.Match) -> str:
        site = match.groups.get("site") or match.params.site
        parts = [f"https://{match.params.host.lower()}/hcmUI/CandidateExperience/en"]
        parts += [f"sites/{site}"] if site else []
        parts += [f"job/{match.posting_id}"] if match.posting_id else []
        return "/".join(parts)

    def _api(self, resource: str) -> Request:
        host = self.params.host.lower()
        return Request(
            f"https://{host}/hcmRestApi/resources/latest/{resource}siteNumber={self.params.site}",
            headers={"Accept": "application/json"},
        )

    # --- listing ------------------------------------------------------------------------------

    def page_request(self, number: int, response: Response | None) -> Request | None:
        offset = response.meta["offset"] + len(_rows(text_of(response))) if response else 0
        limit = min(LIMIT, WINDOW - offset)
        if limit <= 0:
            self.report.cut_short = f"the {WINDOW:,} cap: the site lists no posting behind it"
            return None
        request = self._api(LIST)
        paging = f",limit={limit},offset={offset},sortBy=POSTING_DATES_DESC"
        return request.replace(url=request.url + paging, meta={"offset": offset})

    def read_listing(self, response: TextResponse) -> Page:
        rows = [self._row(row, response.url) for row in _rows(response)]
        return Page(rows, need(_first(response) or {}, "TotalJobsCount", int, response.url))

    def _row(self, item: dict[str, Any], where: str) -> Row:
        native_id = str(need(item, "Id", (str, int), where))
        where = f"{where}: requisition {native_id}"
        start = f"https://{self.params.host.lower()}/hcmUI/CandidateExperience/en"
        return Row(
            native_id,
            {
                **_fields(item, where),
                "url": f"{start}/sites/{self.params.site}/job/{native_id}",
                "raw_date_posted": item.get("PostedDate"),
                "raw_valid_through": item.get("PostingEndDate"),
            },
            stamp=item.get("ShortDescriptionStr") or "",
        )

    # --- detail -------------------------------------------------------------------------------

    def detail_request(self, native_id: str, url: str) -> Request:
        request = self._api(f'{DETAILS}Id="{native_id}",')
        return request.replace(meta={"native_id": native_id})

    def read_detail(self, response: TextResponse) -> dict[str, Any]:
        said = _first(response)
        if said is None:
            raise UnexpectedAnswer(f"{response.url}: 'items' is empty: an unknown posting or site")
        need(said, TEXTS[0], (str, type(None)), response.url)
        texts = [given(said, name, str, response.url) for name in TEXTS]
        return {
            **_fields(said, response.url),
            "description_html": "\n".join(text for text in texts if text),
            "raw_date_posted": said.get("ExternalPostedStartDate"),
            "raw_valid_through": said.get("ExternalPostedEndDate"),
        }

    def closed(self, response: Response) -> str | None:
        evidence = super().closed(response)
        empty = response.status == 200 and object_if_any(response).get("items") == []
        if empty and self._is_unlisted(response):
            return "neither the complete list nor the detail has the posting"
        return evidence

    def _is_unlisted(self, response: Response) -> bool:
        return self.listing_complete() and response.meta.get("native_id") not in self._seen


def _first(response: TextResponse) -> dict[str, Any] | None:
    """The one item of an answer; None when there is none. The object itself where it comes bare."""
    answer = json_of(response)
    if "Id" in answer:
        return dict(answer)
    items = objects(need(answer, "items", list, response.url), response.url)
    return items[0] if items else None


def _rows(response: TextResponse) -> list[dict[str, Any]]:
    """The rows of a page of the listing."""
    wrapper = _first(response)
    if wrapper is None:
        raise UnexpectedAnswer(f"{response.url}: 'items' is empty, not one list of postings")
    return objects(need(wrapper, "requisitionList", list, response.url), response.url)


def _fields(item: dict[str, Any], where: str) -> dict[str, Any]:
    """What rows and details have in common."""
    others = objects(given(item, "secondaryLocations", list, where) or [], where)
    places = [item.get("PrimaryLocation"), *(other.get("Name") for other in others)]
    kinds = [item.get(name) for name in ("JobSchedule", "ContractType", "WorkerType")]
    return {
        "title": need(item, "Title", str, where),
        "unit": item.get("Department") or item.get("Organization"),
        "raw_location": list(dict.fromkeys(place for place in places if place)),
        "raw_country": item.get("PrimaryLocationCountry"),
        "raw_workplace": item.get("WorkplaceType") or item.get("WorkplaceTypeCode"),
        "raw_employment_type": ", ".join(kind for kind in kinds if kind) or None,
    }
