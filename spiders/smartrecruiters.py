"""SmartRecruiters (jobs.smartrecruiters.com).

URL forms (ats/smartrecruiters.md section 1):
    https://jobs.smartrecruiters.com/{company}/{id}[-{slug}]              the slug is decoration
    https://careers.smartrecruiters.com/{company}                         the board
    https://jobs.smartrecruiters.com/{oneclick-ui|external-referrals}/company/{company}/publication/{uuid}
    https://jobs.smartrecruiters.com/oneclick-ui/company/{company}/job/{uuid or 10 digits}
    https://api.smartrecruiters.com/v1/companies/{company}/postings[/{id}]
    https://[us.]smrtr.io/{code}                                          a short link

Traps:
- Ids have 15 or 16 digits, 8 or 9 in very old postings. The uuid of the oneclick and referral forms
  is the API's field `uuid`: a crawl has to store it as an alias. What the 10 digits of an older
  oneclick form are is unknown.
- A company's spelling varies (knight, Knight): compared without case. Slugs may begin with a hyphen.
- No public page has /postings/ in its path. `oga`, `dcr_ci`, `trid`, utm_* are tracking.
- Some employers show postings on pages of their own with the same id at the end of the path, a
  laboratory those of the series 3743990... (data/platform_distribution.md): vanity rule.

- An unknown company answers like an empty board (section 4): a total of 0 closes nothing by itself;
  the details of what was open are asked instead.
- One requisition (`refNumber`) may have several ads, one a city; each is a posting.
- "permanent" is labelled Full-time: it says nothing about the length of the contract.
- `fullLocation` may have an empty middle part ("Warsaw, , Poland").
- The text of many details stands in another section than the job's: all are read (section 3).

Endpoints (sections 2 and 3; documented, https://developers.smartrecruiters.com/docs/posting-api):
    GET https://api.smartrecruiters.com/v1/companies/{company}/postings?limit=100&offset=0
                                                                    100 rows at most, no text
    GET https://api.smartrecruiters.com/v1/companies/{company}/postings/{id}
A closed posting answers 404 or 410 there; `active` false is read as closed (inferred). robots.txt of
the host shuts everybody out though the API is documented for public use (section 5).
"""

from __future__ import annotations

import re
from html import escape
from typing import Any, ClassVar

from scrapy import Request
from scrapy.http import Response, TextResponse
from w3lib.url import url_query_parameter

from crawler import platform
from crawler.answers import given, json_of, need, object_if_any, objects
from crawler.patterns import Page, PagedListing, Row
from crawler.posting import Key

PAGE_SIZE = 100

_UUID = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_COMPANY = r"(?P<company>(?!(?:oneclick-ui|external-referrals)\b)[^/?\#]+)"


class SmartRecruitersParams(platform.Params):
    company: str | None = None  # a short link does not say it


class SmartRecruiters(PagedListing):
    name = "smartrecruiters"
    label = "SmartRecruiters"
    Params = SmartRecruitersParams
    tenant_params = ("company",)
    needed = ("company",)
    url_rules = (
        rf"""https?://(?:jobs|careers)\.smartrecruiters\.com/{_COMPANY}
            (?:/(?P<posting_id>\d{{6,20}})(?:-[^/?\#]*)?)?/?(?:[?\#]|$)""",
        rf"""https?://jobs\.smartrecruiters\.com/
            (?P<form>(?:oneclick-ui|external-referrals)/company)/(?P<company>[^/?\#]+)/
            (?P<kind>publication|job)/(?P<posting_id>{_UUID}|\d+)/?(?:[?\#]|$)""",
        r"""https?://api\.smartrecruiters\.com/v1/companies/(?P<company>[^/?\#]+)
            (?:/postings(?:/(?P<posting_id>\d{6,20}))?)?/?(?:[?\#]|$)""",
        r"https?://(?:us\.)?smrtr\.io/\w+",
    )
    vanity_rules = (r"https?://[\w.-]+/(?:[^?\#]*/)?(?P<posting_id>3?74\d{13,14})/?(?:[?\#]|$)",)
    page_rules = (
        platform.PageRule(
            re.compile(
                r"//(?:(?:jobs|careers)\.smartrecruiters\.com|api\.smartrecruiters\.com/v1/companies)"
                r"/(?!oneclick-ui|external-referrals)(?P<company>[^/?#\"'<>\s\\]+)",
                re.IGNORECASE,
            ),
            "the page links to a SmartRecruiters board",
        ),
    )
    examples: ClassVar = {
        "https://jobs.smartrecruiters.com/FernLabs/743999835739833-lead-bioinformatician?trid=2d92": {
            "company": "FernLabs",
            "posting_id": "743999835739833",
        },
        "https://jobs.smartrecruiters.com/FernLabs/744000093741070--hpc-lead?oga=true": {
            "company": "FernLabs",
            "posting_id": "744000093741070",
        },
        "https://jobs.smartrecruiters.com/external-referrals/company/FernLabs/publication/"
        "0a1b2c3d-0001-4a5b-8c6d-0e1f2a3b4c5d?dcr_ci=FernLabs": {
            "company": "FernLabs",
            "posting_id": "0a1b2c3d-0001-4a5b-8c6d-0e1f2a3b4c5d",
        },
        "https://careers.smartrecruiters.com/FernLabs/": {"company": "FernLabs"},
        "https://api.smartrecruiters.com/v1/companies/fernlabs/postings?limit=100&offset=0": {
            "company": "fernlabs"
        },
        "https://us.smrtr.io/nF2r": {},
    }
    not_examples = (
        "https://www.smartrecruiters.com/jobs/",
        "https://jobs.smartrecruiters.com/",
        "https://jobs.smartrecruiters.com/FernLabs/postings/743999835739833",
        "https://www.fernlabs.example/careers/find-your-job/3743990000911246",
    )

    public_api: ClassVar = {
        "api.smartrecruiters.com": "https://developers.smartrecruiters.com/docs/posting-api"
    }
    closed_statuses = (404, 410)

    @classmethod
    def key_from_url(cls, match: platform.Match) -> str:
        return (match.posting_id or "").lower()

    @classmethod
    def canonical_url(cls, match: platform.Match) -> str:
        said, key = match.groups, (match.posting_id or "").lower()
        company = said.get("company") or match.params.company
        if company is None:
            return super().canonical_url(match)
        if "form" in said:
            parts = [said["form"], company, said["kind"].lower(), key]
        else:
            parts = [company, key]
        return "/".join(["https://jobs.smartrecruiters.com", *filter(None, parts)])

    # --- listing ------------------------------------------------------------------------------

    def page_request(self, number: int, response: Response | None) -> Request:
        offset = 0
        if isinstance(response, TextResponse):
            asked = int(url_query_parameter(response.url, "offset") or 0)
            offset = asked + len(json_of(response)["content"])
        return Request(f"{self._api()}?limit={PAGE_SIZE}&offset={offset}")

    def read_listing(self, response: TextResponse) -> Page:
        answer, where = json_of(response), response.url
        total = need(answer, "totalFound", int, where)
        rows = [self._row(item) for item in objects(need(answer, "content", list, where), where)]
        if not total and not rows:
            # As of a company that is not there: no absence may be counted.
            self.listing_is_authoritative = False  # type: ignore[misc]
        return Page(rows, total)

    def _row(self, item: dict[str, Any]) -> Row:
        native_id = need(item, "id", str, "a posting")
        where = f"posting {native_id}"
        uuid = need(item, "uuid", str, where)
        company = (item.get("company") or {}).get("identifier") or self.params.company
        return Row(
            native_id,
            {
                "title": need(item, "name", str, where),
                "url": f"https://jobs.smartrecruiters.com/{company}/{native_id}",
                "requisition_id": given(item, "refNumber", str, where),
                "unit": _label(item, "department", where),
                "language": need(need(item, "language", dict, where), "code", str, where),
                "raw_employment_type": _label(item, "typeOfEmployment", where),
                "raw_date_posted": need(item, "releasedDate", (str, type(None)), where),
                **_place(need(item, "location", dict, where)),
            },
            (Key(self.platform, self.tenant_of(self.params), uuid.lower()),),
        )

    # --- detail -------------------------------------------------------------------------------

    def detail_request(self, native_id: str, url: str) -> Request | None:
        # The uuid or ten digits of a oneclick link are no ids of the API: the listing knows them.
        if not native_id.isdigit() or len(native_id) == 10:
            return None
        return Request(f"{self._api()}/{native_id}")

    def read_detail(self, response: TextResponse) -> dict[str, Any]:
        answer, where = json_of(response), response.url
        sections = need(need(answer, "jobAd", dict, where), "sections", dict, where)
        texts = [part for part in sections.values() if isinstance(part, dict) and part.get("text")]
        return {
            "title": need(answer, "name", str, where),
            "apply_url": given(answer, "applyUrl", str, where),
            "description_html": "\n".join(
                f"<h3>{escape(part.get('title') or '')}</h3>\n{part['text']}" for part in texts
            ),
        }

    def closed(self, response: Response) -> str | None:
        if response.status == 200 and object_if_any(response).get("active") is False:
            return "active is false"
        return super().closed(response)

    def _api(self) -> str:
        return f"https://api.smartrecruiters.com/v1/companies/{self.params.company}/postings"


def _label(item: dict[str, Any], key: str, where: str) -> str | None:
    """The label of a value that may be an empty object."""
    return (given(item, key, dict, where) or {}).get("label")


def _place(location: dict[str, Any]) -> dict[str, Any]:
    named = [location.get("city"), location.get("region")]
    place = location.get("fullLocation") or ", ".join(part for part in named if part)
    flags = [way for way in ("remote", "hybrid") if location.get(way)]
    return {
        "raw_location": [place] if place else [],
        "raw_country": location.get("country"),
        "raw_workplace": ", ".join(flags) or None,
    }
