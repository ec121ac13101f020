"""ADP Workforce Now Recruitment (workforcenow.adp.com). Not recruiting.adp.com (adp_recruiting.py).

URL form (ats/adp.md section 1):
    https://workforcenow[.cloud].adp.com/mascsr/default/mdf/recruitment/recruitment.html
        ?cid={guid}&ccId={centre}&jobId={id}&lang=en_US      without jobId: the board

Endpoints of the site's own pages (sections 3, 5):
    GET .../careercenter/public/events/staffing/v1/job-requisitions?cid=...&$top=20&$skip=1
    GET .../job-requisitions/{itemID}?cid=...              the same row, with its text

Traps:
- `cid` is the employer. Links are often shared without it: these name neither employer nor posting,
  whatever jobId says, and no entry of the catalogue may complete them. They match without a posting.
- jobId is the ExternalJobID (596289) or the itemID (9202933508020_1); both open the posting, and both
  are stored.
- ccId is mostly 19000101_000001, which is asked for where a URL has none.
- source, type, selectedMenuKey, jwId and timestamp are view state or tracking.
- `$skip` counts from 1: it goes on by the rows received. `$top` other than 20 is not reliable.
- The total may be missing; then the walk ends at a page that brings nothing new.
- A rate of 0 is "not given" (section 4, inferred). Pay has no unit but the SalaryType field.
- Closed is 404, 410, or 200 without an itemID (section 6).
- One host for all employers; robots.txt is not recorded (section 7).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, ClassVar

from scrapy import Request
from scrapy.http import Response, TextResponse
from w3lib.url import url_query_cleaner, url_query_parameter

from crawler import platform
from crawler.answers import given, json_of, need, object_if_any, objects, text_of
from crawler.patterns import Page, PagedListing, Row
from crawler.posting import Key, Salary

PAGE = "https://workforcenow.adp.com/mascsr/default/mdf/recruitment/recruitment.html"
API = (
    "https://workforcenow.adp.com/mascsr/default/careercenter/public/events/staffing/v1/"
    "job-requisitions"
)
TOP = 20
NO_SKELETON = re.compile("error|message|fault|exception|status", re.IGNORECASE)
USUAL_CENTRE = "19000101_000001"
UNITS: dict[str, Any] = {
    "hour": "HOUR", "hr": "HOUR", "dai": "DAY", "day": "DAY", "week": "WEEK", "month": "MONTH",
    "ann": "YEAR", "year": "YEAR", "sal": "YEAR",
}  # fmt: skip
_PAGE = r"""https?://workforcenow(?:\.cloud)?\.adp\.com/mascsr/default/mdf/recruitment/
    recruitment\.html"""
_CID = r"""(?=\?(?:[^\#]*&)?cid=(?P<cid>[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}))
    (?:(?=\?(?:[^\#]*&)?ccId=(?P<centre>\w+))|)(?:(?=\?(?:[^\#]*&)?lang=(?P<lang>\w+))|)"""


class ADPParams(platform.Params):
    cid: str | None = None  # the employer; a link may lack it
    centre: str | None = None  # ccId, the career centre


class ADP(PagedListing):
    name = "adp"
    label = "ADP Workforce Now"
    Params = ADPParams
    tenant_params = ("cid",)
    needed = ("cid",)
    url_rules = (
        rf"{_PAGE}{_CID}\?(?:[^\#]*&)?jobId=(?P<posting_id>\w+)(?:[&\#]|$)",
        rf"{_PAGE}{_CID}",
        rf"{_PAGE}(?:[?\#]|$)",
    )
    examples: ClassVar = {
        f"{PAGE}?cid=61008C6C-69b0-4ac1-8727-d86f6a6d54f5&ccId=19000101_000001&type=JS&lang=en_CA"
        "&selectedMenuKey=CurrentOpenings&jobId=533976": {
            "cid": "61008C6C-69b0-4ac1-8727-d86f6a6d54f5",
            "centre": "19000101_000001",
            "posting_id": "533976",
        },
        "https://workforcenow.cloud.adp.com/mascsr/default/mdf/recruitment/recruitment.html"
        "?cid=1ced9ffc-a792-4233-bf3f-abcac9a25e27&&jobId=9202933508020_1": {
            "cid": "1ced9ffc-a792-4233-bf3f-abcac9a25e27",
            "posting_id": "9202933508020_1",
        },
        f"{PAGE}?cid=1ced9ffc-a792-4233-bf3f-abcac9a25e27&ccId=2641351383_637&lang=en_US": {
            "cid": "1ced9ffc-a792-4233-bf3f-abcac9a25e27",
            "centre": "2641351383_637",
        },
        f"{PAGE}?ccId=19000101_000001&jobId=533286&lang=en_US": {},
        f"{PAGE}?ccId=19000101_000001&lang=en_US": {},
    }
    not_examples = (
        "https://www.adp.com/careers.aspx",
        "https://workforcenow.adp.com/theme/index.html",
        "https://recruiting.adp.com/srccar/public/nghome.guid?c=1206101&d=External&r=5000915877000",
    )
    shared_back_ends = ("adp.com",)
    closed_statuses = (404, 410)

    @classmethod
    def match_on_known_host(
        cls, url: str, params: platform.BaseParams, evidence: str
    ) -> platform.Match | None:
        match = super().match_on_known_host(url, params, evidence)
        return match if match and "cid" in match.groups else None

    @classmethod
    def canonical_url(cls, match: platform.Match) -> str:
        said = match.groups
        if "cid" not in said:
            kept = url_query_cleaner(match.url, ["ccId", "jobId", "lang"])
            return PAGE + kept[len(kept.partition("?")[0]) :]
        query = {
            "cid": said["cid"].lower(),
            "ccId": said.get("centre") or match.params.centre,
            "jobId": match.posting_id,
            "lang": said.get("lang"),
        }
        return f"{PAGE}?" + "&".join(f"{name}={value}" for name, value in query.items() if value)

    def _request(self, url: str, **parameters: str) -> Request:
        language = url_query_parameter(self.source.url, "lang") or "en_US"
        said = {
            "cid": self.params.cid,
            "ccId": self.params.centre or USUAL_CENTRE,
            "lang": language,
            "locale": language,
            **parameters,
        }
        query = "&".join(f"{name}={value}" for name, value in said.items())
        headers = {"Accept": "application/json", "X-Requested-With": "XMLHttpRequest"}
        return Request(f"{url}?{query}", headers=headers)

    # --- listing ------------------------------------------------------------------------------

    def page_request(self, number: int, response: Response | None) -> Request:
        start = response.meta["start"] + len(_rows(text_of(response))) if response else 1
        request = self._request(API, **{"$top": str(TOP), "$skip": str(start)})
        return request.replace(meta={"start": start})

    def read_listing(self, response: TextResponse) -> Page:
        meta = given(json_of(response), "meta", dict, response.url) or {}
        total = given(meta, "totalNumber", int, response.url)
        return Page([self._row(row, response.url) for row in _rows(response)], total)

    def _row(self, item: dict[str, Any], where: str) -> Row:
        native_id = need(item, "itemID", str, where)
        fields = self._fields(item, f"{where}: requisition {native_id}")
        return Row(native_id, fields, aliases=self._aliases(item))

    # --- detail -------------------------------------------------------------------------------

    def detail_request(self, native_id: str, url: str) -> Request:
        return self._request(f"{API}/{native_id}")

    def read_detail(self, response: TextResponse) -> dict[str, Any]:
        item = json_of(response)
        need(item, "itemID", str, response.url)
        return {
            **self._fields(item, response.url),
            "aliases": self._aliases(item),
            "description_html": need(
                item, "requisitionDescription", (str, type(None)), response.url
            ),
        }

    def closed(self, response: Response) -> str | None:
        evidence = super().closed(response)
        # A skeleton has keys of a posting but no values; an error has other keys.
        said = object_if_any(response) if response.status == 200 else {}
        is_posting = said.get("itemID") or said.get("requisitionTitle")
        if said and not is_posting and not any(map(NO_SKELETON.search, said)):
            return "HTTP 200 without an itemID"
        return evidence

    # --- fields -------------------------------------------------------------------------------

    def _aliases(self, item: dict[str, Any]) -> tuple[Key, ...]:
        """Under both numbers: a link may have either (ats/adp.md section 1)."""
        numbers = [item["itemID"], dict(_texts(item)).get("ExternalJobID")]
        tenant = self.tenant_of(self.params)
        return tuple(Key(self.platform, tenant, number) for number in numbers if number)

    def _fields(self, item: dict[str, Any], where: str) -> dict[str, Any]:
        texts = dict(_texts(item))
        query = {
            "cid": (self.params.cid or "").lower(),
            "ccId": self.params.centre or USUAL_CENTRE,
            "jobId": texts.get("ExternalJobID") or item["itemID"],
        }
        locations = objects(given(item, "requisitionLocations", list, where) or [], where)
        raw_salary, salary = _pay(item, texts.get("SalaryRange"))
        return {
            "title": need(item, "requisitionTitle", str, where),
            "url": f"{PAGE}?" + "&".join(f"{name}={value}" for name, value in query.items()),
            "requisition_id": given(item, "clientRequisitionID", str, where),
            "unit": texts.get("HomeDepartment"),
            "raw_location": list(dict.fromkeys(filter(None, map(_place, locations)))),
            "raw_employment_type": (item.get("workLevelCode") or {}).get("shortName"),
            "raw_date_posted": given(item, "postDate", str, where),
            "raw_salary": raw_salary,
            "salary": salary,
        }


def _rows(response: TextResponse) -> list[dict[str, Any]]:
    return objects(need(json_of(response), "jobRequisitions", list, response.url), response.url)


def _texts(item: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """The employer's own fields that are text, by their code."""
    for field in (item.get("customFieldGroup") or {}).get("stringFields") or []:
        code = (field.get("nameCode") or {}).get("codeValue")
        if code and field.get("stringValue"):
            yield code, field["stringValue"]


def _place(location: dict[str, Any]) -> str:
    """A place in the site's words ("Main Store, Austin, TX, US"), or put together."""
    said = (location.get("nameCode") or {}).get("shortName")
    address = location.get("address") or {}
    state = (address.get("countrySubdivisionLevel1") or {}).get("codeValue")
    parts = [address.get("cityName"), state, address.get("countryCode")]
    return said or ", ".join(part for part in parts if part)


def _pay(item: dict[str, Any], shown: str | None) -> tuple[str | None, Salary | None]:
    rates = item.get("payGradeRange") or {}
    low, high = rates.get("minimumRate") or {}, rates.get("maximumRate") or {}
    least, most = low.get("amountValue") or None, high.get("amountValue") or None
    if not (least or most):
        return shown, None
    currency = low.get("currencyCode") or high.get("currencyCode")
    kinds = [
        field.get("shortName") or field.get("codeValue") or ""
        for field in (item.get("customFieldGroup") or {}).get("codeFields") or []
        if (field.get("nameCode") or {}).get("codeValue") == "SalaryType"
    ]
    per = next(iter(kinds), "").lower()
    unit = next((unit for start, unit in UNITS.items() if per.startswith(start)), None)
    figures = "-".join(str(figure).removesuffix(".0") for figure in (least, most) if figure)
    raw = shown or " ".join(filter(None, (currency, figures, *kinds)))
    salary = Salary(min=least, max=most, currency=currency, unit=unit)
    return raw, salary if unit else None
