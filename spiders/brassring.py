"""BrassRing (once Kenexa and IBM, now Infinite), the "Talent Gateway" with /TGnewUI/ in its paths.

Endpoints of the gateway's own pages (no vendor documentation; facts from ats/brassring.md):
    GET  https://{host}/TGnewUI/Search/Home/Home?partnerid={p}&siteid={s}   handshake, about 1 MB
    POST https://{host}/TgNewUI/Search/Ajax/ProcessSortAndShowMoreJobs      50 rows a page
    POST https://{host}/TgNewUI/Search/Ajax/JobDetails                      one posting with its text
{host} is sjobs. or krb-sjobs.brassring.com, {company}.brassring.com or a host of the employer's.

Traps:
- The handshake gives cookies, `__RequestVerificationToken` (sent back as the header RFT),
  `CookieValue` (sent back as encryptedSessionValue) and, as entity-encoded JSON in a hidden input,
  which fields this gateway shows: JobFieldsToDisplay and LocationCustomSolrFields. Reports differ
  on whether the list answers without it; the names of the fields are needed in any case.
- formtext1 ... formtextN mean something else in every gateway. They are read through those two
  names, through the labels of the detail, or through `fields` of the entry; never by number.
- A page has 50 rows whatever is asked. The order is unstable and JobsCount drifts during a walk.
- `lastupdated` is the day of the last update, not of posting, and its order of day and month
  differs per gateway. It is a sign that a posting changed, and nothing else.
- `IsActive` of a row is false for living postings.
- An unknown partner and site answer HTTP 500 with HTML, a retired gateway 200 with JobsCount 0.
- The id of a posting may stand in the fragment alone: `#jobDetails={jobid}_{siteid}`. Older links
  carry the employer's number instead (`Areq=36580BR`, the row's `autoreq`). Names of path and query
  are case-insensitive. One posting may be in several gateways of one partner.
- The classic pages (/TGWebHost/*.aspx) are recognised by their URL and not crawled.

Not verified against a recorded answer: the handshake page, a whole JobDetails answer, the null of a
closed posting, and all labels of LABELS but City and Country. LocationCustomSolrFields is known from
requests and pages that several public crawlers show, not from the recordings.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from html import unescape
from typing import Any, ClassVar, Literal

from scrapy import Request
from scrapy.http import JsonRequest, Response, TextResponse

from crawler import platform
from crawler.answers import json_of, need, object_if_any, text_of
from crawler.errors import UnexpectedAnswer
from crawler.patterns import Output, Page, PagedListing, Row
from crawler.posting import Key

# What a detail's labels, the employer's own words, call a field. The first that matches counts.
_OF = r"(?:(?:job|work|primary) )?(?:location )?"
LABELS = {
    "city": rf"{_OF}(?:city|town|campus|location)\b(?! (?:state|country))",
    "region": rf"{_OF}(?:state|province|region|country ?/)",
    "raw_country": rf"{_OF}country$",
    "raw_employment_type": r"(?:employment|job|position|work|appointment|schedule) type\b|schedule$"
    r"|full[ -]?(?:time)? ?/ ?part[ -]?time",
    "raw_salary": r".*\b(?:salary|pay range|compensation range|wage)\b",
    "raw_date_posted": r"(?:date posted|post(?:ed|ing) date|open(?:ing)? date)\b",
    "raw_valid_through": r"(?:clos(?:e|ing) date|(?:application )?deadline|end date)\b",
}
# Zones with one meaning in every gateway (ats/brassring.md, "Fields"); none of them is a place.
ZONES = {"jobtitle": "title", "autoreq": "requisition_id", "department": "unit"}
NO_PLACE = {*ZONES, "reqid", "jobdescription", "lastupdated"}

_GATEWAY = r"""https?://(?P<host>[^/?\#]+)/
    (?:tgnewui/search/home/home(?:withpreload)?/?|tgwebhost/(?:home|searchresults|jobdetails)\.aspx)
    (?=\?(?:[^\#]*&)?partnerid=(?P<partner>\d+))(?=\?(?:[^\#]*&)?siteid=(?P<site>\d+))"""


class BrassRingParams(platform.Params):
    partner: str
    site: str
    host: str = "sjobs.brassring.com"
    # Names of the Questions of a row that hold a field, where the gateway itself is not clear.
    fields: dict[
        Literal["location", "unit", "raw_employment_type", "raw_salary"], tuple[str, ...]
    ] = {}


class BrassRing(PagedListing):
    name = "brassring"
    label = "BrassRing"
    Params = BrassRingParams
    tenant_params = ("partner",)
    closed_statuses = (404, 410)
    url_rules = (
        _GATEWAY + r"(?=.*[?&\#]job(?:id|details)=(?P<posting_id>\d+))",
        _GATEWAY + r"(?=\?(?:[^\#]*&)?areq=(?P<posting_id>\w+))",
        _GATEWAY,
    )
    page_rules = (
        platform.PageRule(
            re.compile(
                r"https?://(?P<host>[\w.-]*brassring\.com)/TGnewUI/[^\"']*?"
                r"partnerid=(?P<partner>\d+)(?:&amp;|&)siteid=(?P<site>\d+)",
                re.IGNORECASE,
            ),
            "a link to a BrassRing gateway",
        ),
    )
    examples: ClassVar = {
        "https://sjobs.brassring.com/TGnewUI/Search/home/HomeWithPreLoad"
        "?PageType=JobDetails&partnerid=29901&siteid=5901&jobId=700123&Codes=X": {
            "host": "sjobs.brassring.com",
            "partner": "29901",
            "site": "5901",
            "posting_id": "700123",
        },
        "https://krb-sjobs.brassring.com/TGNewUI/Search/Home/Home"
        "?partnerId=29901&SiteID=5901#jobDetails=700124_5901": {
            "host": "krb-sjobs.brassring.com",
            "partner": "29901",
            "site": "5901",
            "posting_id": "700124",
        },
        "https://jobs.fernwood.example/TGnewUI/Search/home/HomeWithPreLoad"
        "?PageType=JobDetails&partnerid=29901&siteid=5901&Areq=36580BR": {
            "host": "jobs.fernwood.example",
            "partner": "29901",
            "site": "5901",
            "posting_id": "36580BR",
        },
        "https://fernwood.brassring.com/TGWebHost/home.aspx?siteid=5901&partnerid=29901#home": {
            "host": "fernwood.brassring.com",
            "partner": "29901",
            "site": "5901",
        },
    }
    not_examples = (
        "https://www.brassring.com/",
        "https://sjobs.brassring.com/TGnewUI/Search/Home/Home?partnerid=29901",
        "https://sjobs.brassring.com/TGnewUI/Search/Home/Home?xpartnerid=1&siteid=5901",
        "https://example.org/jobs?partnerid=29901&siteid=5901&jobid=700123",
    )
    shared_back_ends = ("brassring.com",)
    # JobsCount drifts while the pages are walked and counts rows that no page shows.
    total_slack = 0.02

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._token = ""
        self._session = ""
        self._display: dict[str, Any] = {}  # JobFieldsToDisplay
        self._place_fields: list[str] = []

    @classmethod
    def canonical_url(cls, match: platform.Match) -> str:
        params: Any = match.params
        start = f"https://{params.host.lower()}/TGnewUI/Search"
        gateway = f"partnerid={params.partner}&siteid={params.site}"
        if match.posting_id is None:
            return f"{start}/Home/Home?{gateway}"
        what = "jobid" if match.posting_id.isdigit() else "Areq"
        said = f"{gateway}&PageType=JobDetails&{what}={match.posting_id}"
        return f"{start}/home/HomeWithPreLoad?{said}"

    # --- handshake ----------------------------------------------------------------------------

    def listing(self) -> Iterable[Request]:
        yield Request(
            f"https://{self.params.host}/TGnewUI/Search/Home/Home"
            f"?partnerid={self.params.partner}&siteid={self.params.site}",
            callback=self._on_gateway,
        )

    def _on_gateway(self, response: Response) -> Output:
        page = text_of(response)
        self._token = _input(page, "__RequestVerificationToken")
        self._session = _input(page, "CookieValue")
        text = unescape(page.text)
        if found := re.search(r'"JobFieldsToDisplay"\s*:\s*(?=\{)', text):
            self._display, _ = json.JSONDecoder().raw_decode(text, found.end())
        searched = re.search(r'"LocationCustomSolrFields\\?"\s*:\s*\\?"([\w,\s]+)', text)
        under_title = [n for n in self._display.get("Position3") or [] if n.lower() not in NO_PLACE]
        self._place_fields = searched[1].split(",") if searched else under_title or ["location"]
        if self.only and (self.only.posting_id or "").isdigit():
            row = Row(str(self.only.posting_id), {"url": self.only.canonical_url})
            yield self._detail_request(self._detail(row.native_id), row, "")
        else:
            yield self.listing_request(self.page_request(0, None))

    def _ajax(self, method: str, **data: Any) -> Request:
        return JsonRequest(
            f"https://{self.params.host}/TgNewUI/Search/Ajax/{method}",
            method="POST",
            headers={"X-Requested-With": "XMLHttpRequest", "RFT": self._token},
            data={"partnerId": self.params.partner, "siteId": self.params.site, **data},
        )

    # --- listing ------------------------------------------------------------------------------

    def page_request(self, number: int, response: Response | None) -> Request:
        return self._ajax(
            "ProcessSortAndShowMoreJobs",
            keyword="",
            location="",
            keywordCustomSolrFields="",
            locationCustomSolrFields="",
            linkId="",
            Latitude=0,
            Longitude=0,
            facetfilterfields={"Facet": []},
            powersearchoptions={"PowerSearchOption": []},
            SortType="LastUpdated",
            pageNumber=number + 1,
            encryptedSessionValue=self._session,
        )

    def read_listing(self, response: TextResponse) -> Page:
        answer = json_of(response)
        jobs = need(answer, "Jobs", (dict, type(None)), response.url) or {}
        rows = [self._row(job, response.url) for job in jobs.get("Job") or []]
        return Page(rows, need(answer, "JobsCount", int, response.url))

    def _row(self, job: Any, where: str) -> Row:
        questions = need(need({"job": job}, "job", dict, where), "Questions", list, where)
        said = {str(q.get("QuestionName")).lower(): _text(q.get("Value")) for q in questions}
        native_id, autoreq = need(said, "reqid", str, where), said.get("autoreq")
        summary = (self._display.get("Summary") or "").lower()
        fields = {
            "title": said.get((self._display.get("JobTitle") or "jobtitle").lower()) or "",
            "url": need(job, "Link", str, f"{where}: posting {native_id}"),
            "requisition_id": autoreq,
            "unit": said.get("department"),
            "description_html": said.get(summary) or said.get("jobdescription"),
        }
        named = {"location": self._place_fields, **self.params.fields}
        for name, names in named.items():
            fields[name] = ", ".join(_values(said, [n.strip().lower() for n in names])) or None
        place = fields.pop("location")
        aliases = (Key(self.platform, self.params.partner, autoreq),) if autoreq else ()
        fields["raw_location"] = [place] if place else []
        return Row(native_id, fields, aliases, stamp=said.get("lastupdated") or "")

    # --- detail -------------------------------------------------------------------------------

    def detail_request(self, native_id: str, url: str) -> Request | None:
        return self._detail(native_id) if self._token else None  # the handshake comes first

    def _detail(self, native_id: str) -> Request:
        site = self.params.site
        return self._ajax(
            "JobDetails", jobid=native_id, configMode="", jobSiteId=site, turnOffHttps=False
        )

    def read_detail(self, response: TextResponse) -> dict[str, Any]:
        answer = need(json_of(response), "ServiceResponse", dict, response.url)
        detail = need(answer, "Jobdetails", dict, response.url)
        display = answer.get("JobFieldsToDisplay") or self._display
        texts = {"jobdescription", (display.get("Summary") or "").lower()}
        said: dict[str, str] = {}
        parts: list[str] = []
        for question in need(detail, "JobDetailQuestions", list, response.url):
            zone = (question.get("VerityZone") or "").lower()
            label, value = _text(question.get("QuestionName")), question.get("AnswerValue") or ""
            if zone in texts or "textarea" in (question.get("ClassName") or "").lower():
                parts += [f"<h3>{label}</h3>" if label else "", value]
                continue
            by_label = (name for name in LABELS if re.match(LABELS[name], label, re.IGNORECASE))
            said.setdefault(ZONES.get(zone) or next(by_label, zone), _text(value))
        place = ", ".join(_values(said, ["city", "region"]))
        fields: dict[str, Any] = {
            **{name: said.get(name) for name in (*ZONES.values(), *LABELS) if name in said},
            "raw_location": [place] if place else [],
            "description_html": "\n".join(part for part in parts if part),
        }
        stated = {"city", "region", *self.params.fields}
        if "location" in stated:
            stated.add("raw_location")  # the entry knows better than the labels
        return {name: value for name, value in fields.items() if name not in stated}

    def closed(self, response: Response) -> str | None:
        service = object_if_any(response).get("ServiceResponse") if response.status == 200 else None
        if isinstance(service, dict) and service.get("Jobdetails", "") is None:
            return "Jobdetails is null for the posting"
        return super().closed(response)


def _input(response: TextResponse, name: str) -> str:
    """The value of a hidden input. Raises UnexpectedAnswer when the page has none."""
    value = response.xpath("//input[@name=$name or @id=$name]/@value", name=name).get()
    if not value:
        raise UnexpectedAnswer(f"{response.url}: no input {name!r}; not a BrassRing gateway page")
    return str(value)


def _values(said: dict[str, str], names: Iterable[str]) -> list[str]:
    """The distinct values under these names, in their order."""
    return list(dict.fromkeys(said[name] for name in names if said.get(name)))


def _text(value: Any) -> str:
    """A Question's value: entities resolved, non-breaking and trailing blanks gone."""
    return unescape(str(value or "")).replace("\xa0", " ").strip()
