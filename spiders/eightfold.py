"""Eightfold ({tenant}.eightfold.ai and the employers' own hosts).

URL forms (ats/eightfold.md section 1):
    https://{host}/careers/job/{pid}[-{slug}][?domain={domain}]      one posting
    https://{host}/careers?pid={pid}&domain={domain}                 the board with it opened
    https://{host}/careers[?domain={domain}]                         the board

Endpoints of the site's own pages (no vendor documentation; sections 3 and 4). A tenant has one of two
interfaces; the newer one is asked first and says "PCSX is not enabled" when it is the other:
    GET https://{host}/api/pcsx/search?domain=&query=&location=&start=&sort_by=timestamp
    GET https://{host}/api/pcsx/position_details?position_id=&domain=&hl=en
    GET https://{host}/api/apply/v2/jobs?domain=&start=&num=10&sort_by=timestamp
    GET https://{host}/api/apply/v2/jobs/{pid}?domain=

Traps:
- `domain` is the employer's domain for e-mail, not the host. It may be missing on eightfold.ai; on
  employers' own hosts it stays in the canonical URL. The board's page holds it (`pcsx-data`).
- {pid} has 8 to 16 digits. The employer's own number is another one (display_job_id).
- On employers' own hosts (apply.careers.microsoft.com is one) `domain` makes the form unmistakable, and
  so do 12 digits or more behind /careers/job/: all such links in the lists of listings are on hosts
  that run Eightfold. Otherwise the catalogue has to name the host.
- source, query, location, sort_by and utm_* are tracking or view state.
- app.eightfold.ai is everybody's.
- 10 rows a call, whatever `num` says. `count` may be too low, and a short page may come before the
  end: only a page without rows is the end. Nothing is answered from offset 2,000 on (section 3).
- Any other 403 than the one above is a block. After some 290 requests everything is 403 (section 7):
  hence few details a night. robots.txt allows both interfaces (public code, 2026).
- Locations are spelt country first in the newer interface, city first in the older one. `department`
  may be a list. Dates are epoch seconds. The JSON-LD of the pages is not read: its `validThrough` is
  made up (section 4).
- Closed is 404, or an answer whose `data` is empty (section 6; the latter is inferred).
- `also_at` of an entry is an address with {} for the employer's number: links of a former site, or of
  the system behind, that hold this number.
"""

from __future__ import annotations

import re
from typing import Any, ClassVar
from urllib.parse import urlencode, urlsplit

from pydantic import field_validator
from scrapy import Request
from scrapy.http import Response, TextResponse
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.python.failure import Failure

from crawler import platform
from crawler.answers import json_of, need, object_if_any, objects, text_of
from crawler.errors import UnexpectedAnswer
from crawler.patterns import Output, Page, PagedListing, Row
from crawler.posting import Key
from spiders.fronts import keys_behind

OFFSET_CAP = 2000
OTHER_INTERFACE = "PCSX is not enabled"
DOMAIN = re.compile(r'"domain":\s*"([\w.-]+)"')
JSON = {"Accept": "application/json"}

_VENDORS = r"""https?://(?P<host>(?!(?:app|www|static|api|docs)\.)[\w-]+\.eightfold(?:-eu)?\.ai)"""
_ANY = r"https?://(?P<host>(?![\w.-]*\beightfold(?:-eu)?\.ai[:/?\#])[\w.-]+)"
_DOMAIN = r"(?=[^\#]*?[?&]domain=(?P<domain>[\w.-]+))"
_JOB = r"/careers/job/(?P<posting_id>\d{6,20})(?:-[^/?\#]*)?/?(?:[?\#]|$)"
_OPENED = r"/careers/?\?(?:[^\#]*&)?pid=(?P<posting_id>\d{6,20})(?:[&\#]|$)"
_BOARD = r"(?:/(?:careers(?:/search)?/?)?)?(?:[?\#]|$)"


class EightfoldParams(platform.HostParams):
    domain: str | None = None
    also_at: str | None = None

    @field_validator("also_at")
    @classmethod
    def _has_room_for_a_number(cls, value: str | None) -> str | None:
        if value and "{}" not in value:
            raise ValueError(f"{value!r} has no {{}} for the employer's number")
        return value


class Eightfold(PagedListing):
    name = "eightfold"
    label = "Eightfold"
    Params = EightfoldParams
    tenant_params = ("host",)
    closed_statuses = (404,)
    front_end = True
    shared_back_ends = ("eightfold.ai",)
    max_details = 80
    time_zone = "UTC"
    url_rules: ClassVar[tuple[str, ...]] = (
        rf"{_VENDORS}(?:{_DOMAIN}|)(?:{_JOB})",
        rf"{_VENDORS}(?:{_DOMAIN}|)(?:{_OPENED})",
        rf"{_VENDORS}(?:{_DOMAIN}|)(?:{_BOARD})",
        rf"{_ANY}(?=/careers/job/\d{{8}})(?:{_DOMAIN}|(?=/careers/job/\d{{12}}))(?:{_JOB})",
        rf"{_ANY}(?=/careers/?\?){_DOMAIN}{_OPENED}",
    )
    vanity_rules: ClassVar[tuple[str, ...]] = (
        rf"{_ANY}(?:{_DOMAIN}|)(?:{_JOB})",
        rf"{_ANY}(?:{_DOMAIN}|)(?:{_OPENED})",
        rf"{_ANY}(?:{_DOMAIN}|)(?:{_BOARD})",
    )
    page_rules: ClassVar[tuple[platform.PageRule, ...]] = (
        platform.PageRule(
            re.compile(r"\bstatic\.vscdn\.net\b|\bpcsx-data\b|\bsmartApplyData\b", re.I),
            "the scripts of an Eightfold career site",
        ),
        platform.PageRule(
            re.compile(
                r"//(?P<host>(?!(?:app|www|static)\.)[\w-]+\.eightfold(?:-eu)?\.ai)/careers"
            ),
            "a link to an Eightfold career site",
        ),
    )
    examples: ClassVar = {
        "https://fernwood.eightfold.ai/careers?pid=12070884&domain=fernwood.example&source=li": {
            "host": "fernwood.eightfold.ai",
            "domain": "fernwood.example",
            "posting_id": "12070884",
        },
        "https://fernwood.eightfold.ai/careers/job/1970324837005181": {
            "host": "fernwood.eightfold.ai",
            "posting_id": "1970324837005181",
        },
        "https://jobs.fernwood.example/careers/job/1340068154912-hpc-lead-ulm?domain=fern.example": {
            "host": "jobs.fernwood.example",
            "domain": "fern.example",
            "posting_id": "1340068154912",
        },
        "https://hiring.fernwood.example/careers/job/1133911084707": {
            "host": "hiring.fernwood.example",
            "posting_id": "1133911084707",
        },
        "https://fernwood.eightfold.ai/careers?query=hpc": {"host": "fernwood.eightfold.ai"},
    }
    not_examples: ClassVar[tuple[str, ...]] = (
        "https://www.fernwood.example/careers/job/12070884",
        "https://www.fernwood.example/careers?domain=fern.example",
        "https://app.eightfold.ai/careers?pid=12070884&domain=fern.example",
        "https://eightfold.ai/about/",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._older = False  # the tenant has the older interface
        self._received = 0  # rows, repeated ones included: the next offset

    # --- identity -----------------------------------------------------------------------------

    @classmethod
    def canonical_url(cls, match: platform.Match) -> str:
        domain = match.groups.get("domain") or match.params.domain
        return _address(match.groups["host"].lower(), match.posting_id, domain)

    # --- listing ------------------------------------------------------------------------------

    def listing(self) -> Any:
        if self.params.domain:
            return super().listing()
        return [Request(_address(self.params.host, None, None), callback=self._on_board)]

    def _on_board(self, response: Response) -> Output:
        """The board's page, which names the domain that both interfaces ask for."""
        data = text_of(response).css("#pcsx-data::text, #smartApplyData::text").getall()
        found = DOMAIN.search(" ".join(data))
        if found is None:
            raise UnexpectedAnswer(f"{response.url}: no 'domain' in pcsx-data or smartApplyData")
        self.params = self.params.model_copy(update={"domain": found[1]})
        yield self.listing_request(self.page_request(0, None))

    def page_request(self, number: int, response: Response | None) -> Request:
        if number == 0:
            self._received = 0
        about = {"start": self._received, "sort_by": "timestamp"}
        if self._older:
            return self._api("apply/v2/jobs", num=10, **about)
        return self._api("pcsx/search", query="", location="", **about)

    def _api(self, path: str, **query: Any) -> Request:
        query = {"domain": self.params.domain, **query} if self.params.domain else query
        return Request(f"https://{self.params.host}/api/{path}?{urlencode(query)}", headers=JSON)

    def _has_other_interface(self, failure: Failure) -> bool:
        """Does this failure say so? Then the older one is asked from here on."""
        error = failure.value
        if self._older or not isinstance(error, HttpError) or error.response.status != 403:
            return False
        self._older = OTHER_INTERFACE.encode() in error.response.body
        return self._older

    def _on_listing_failed(self, failure: Failure) -> Output:
        if self._has_other_interface(failure):
            yield self.listing_request(self.page_request(0, None))
        else:
            yield from super()._on_listing_failed(failure)

    def read_listing(self, response: TextResponse) -> Page:
        answer = json_of(response)
        said = answer if self._older else need(answer, "data", dict, response.url)
        positions = objects(need(said, "positions", list, response.url), response.url)
        total = need(said, "count", int, response.url)
        self._received += len(positions)
        if not positions and self._received >= OFFSET_CAP and total > self._received:
            self.report.cut_short = f"the cap of {OFFSET_CAP:,} rows: the board has {total:,}"
        return Page([self._row(item, response.url) for item in positions], total)

    def is_last(self, page: Page, number: int) -> bool:
        return False  # `count` may be too low

    def _row(self, item: dict[str, Any], where: str) -> Row:
        native_id = str(need(item, "id", (int, str), where))
        requisition = item.get("displayJobId") or item.get("display_job_id")
        fields = _fields(item, f"{where}: posting {native_id}")
        fields["url"] = _address(self.params.host, native_id, self.params.domain)
        fields["requisition_id"] = requisition
        changed = item.get("t_update") or item.get("postedTs") or item.get("t_create")
        return Row(native_id, fields, self._aliases(native_id, item, requisition), str(changed))

    def _aliases(self, native_id: str, item: dict[str, Any], requisition: Any) -> tuple[Key, ...]:
        """Keys under all hosts of the site, and where `also_at` says."""
        shown = item.get("canonicalPositionUrl") or item.get("publicUrl") or ""
        hosts = filter(None, (self.params.host, urlsplit(shown).hostname))
        keys = [Key("eightfold", host, native_id) for host in hosts]
        if self.params.also_at and requisition:
            keys += keys_behind(self.params.also_at.replace("{}", str(requisition)), requisition)
        return tuple(keys)

    # --- detail -------------------------------------------------------------------------------

    def detail_request(self, native_id: str, url: str) -> Request:
        if self._older:
            return self._api(f"apply/v2/jobs/{native_id}")
        return self._api("pcsx/position_details", position_id=native_id, hl="en")

    def _on_detail_failed(self, failure: Failure) -> Output:
        request: Request = failure.request  # type: ignore[attr-defined]
        if self._has_other_interface(failure):
            row = request.cb_kwargs["row"]
            again = self.detail_request(row.native_id, row.fields["url"])
            yield self._detail_request(again, row, request.cb_kwargs["mark"])
        else:
            yield from super()._on_detail_failed(failure)

    def read_detail(self, response: TextResponse) -> dict[str, Any]:
        answer = json_of(response)
        said = answer if self._older else need(answer, "data", dict, response.url)
        native_id = str(need(said, "id", (int, str), response.url))
        if native_id not in response.url:
            raise UnexpectedAnswer(f"{response.url}: the answer is about posting {native_id}")
        text = "job_description" if self._older else "jobDescription"
        requisition = said.get("displayJobId") or said.get("display_job_id")
        apply_url = said.get("applyRedirectUrl") or said.get("apply_redirect_url")
        kind = said.get("efcustomTextEmploymentType")
        return {
            **_fields(said, response.url),
            "requisition_id": requisition,
            "apply_url": apply_url,
            "raw_employment_type": _joined(kind),
            "description_html": need(said, text, str, response.url),
            "aliases": (
                *self._aliases(native_id, said, requisition),
                *keys_behind(apply_url, requisition),
            ),
        }

    def closed(self, response: Response) -> str | None:
        newer = response.status == 200 and not self._older
        if newer and object_if_any(response).get("data", True) in ({}, None):
            return "the answer for the posting has no data"
        return super().closed(response)


def _address(host: str, native_id: str | None, domain: str | None) -> str:
    job = f"/job/{native_id}" if native_id else ""
    query = f"?domain={domain}" if domain else ""
    return f"https://{host}/careers{job}{query}"


def _fields(item: dict[str, Any], where: str) -> dict[str, Any]:
    """What rows and details of both interfaces say alike."""
    places = item.get("locations") or [item.get("location")]
    posted = item.get("postedTs") or item.get("t_create")
    return {
        "title": need(item, "name", str, where),
        "unit": _joined(item.get("department")),
        "raw_location": [place for place in places if place],
        "raw_workplace": item.get("workLocationOption") or item.get("work_location_option"),
        "raw_date_posted": str(posted) if posted else None,
    }


def _joined(value: Any) -> str | None:
    """A value that is a text, a list of them, or nothing."""
    return ", ".join(filter(None, value)) if isinstance(value, list) else value
