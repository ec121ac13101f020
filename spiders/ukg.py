"""UKG Pro Recruiting, once UltiPro. Not UKG Ready (saashr.com), which is another product.

URL forms (ats/ukg.md section 1):
    https://{host}/{company}/JobBoard/{board}/[Opportunity/]OpportunityDetail?opportunityId={guid}
    .../OpportunityApply?opportunityId={guid}                the login before its form
    https://{host}/{company}/JobBoard/{board}                the board
{host} is recruiting[2-9].ultipro.com, recruiting.ultipro.ca or {x}.rec.pro.ukg.net.

Endpoints of the site's own pages (sections 3, 5):
    GET  {board}                                        session cookie; the address of the next call
    POST {board}/JobBoardView/LoadSearchResults         rows without their text
    GET  {board}/OpportunityDetail?opportunityId=...    the posting, as JSON inside a script

Traps:
- robots.txt forbids the list call and allows the rest (section 7): sources ship disabled.
- A double slash before OpportunityDetail occurs. GUIDs are the same in either case; the company's
  name keeps its case in the URL.
- One company may have several boards; the same opportunity may be on two of them.
- Of the query, opportunityId is everything (sourceId, utm_*, lang).
- The board's page names its list call under `loadUrl`, and that may be another board (section 3).
- The list of an unknown board answers like an empty one (same); its page is asked first for that,
  too: that an unknown board's page names no list call is inferred.
- The server may serve fewer rows than `Top` asks for: `Skip` goes on by the rows received (same).
- A row's PostedDate is that of its latest re-posting, the detail's is the first one (section 5).
- Descriptions hold `{ } " );`, so the detail's JSON is decoded, not cut at a pattern (same).
- Pay that the employer does not show (PayRangeVisible false) is left alone. PayRange has no unit.
- Closed is 200 with a message key instead of the opportunity (section 6).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from json import JSONDecodeError, JSONDecoder
from typing import Any, ClassVar

from scrapy import Request
from scrapy.http import JsonRequest, Response, TextResponse

from crawler import platform
from crawler.answers import given, json_of, need, objects, one_text, text_of
from crawler.errors import UnexpectedAnswer
from crawler.patterns import Output, Page, PagedListing, Row
from crawler.posting import Salary
from crawler.schema_values import places_of

TOP = 500  # rows asked for; accepted (section 3)

_GUID = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_HOSTS = r"recruiting\d?\.ultipro\.(?:com|ca)|[\w-]+\.rec\.pro\.ukg\.net"
_BOARD = rf"""https?://(?P<host>{_HOSTS})/(?P<company>[\w-]+)/JobBoard/(?P<board>{_GUID})"""

LOAD_URL = re.compile(
    rf"""loadUrl["']?\s*:\s*["'](/[\w-]+/JobBoard/{_GUID}/JobBoardView/LoadSearchResults)["']""",
    re.I,
)
DETAIL = re.compile(r"CandidateOpportunityDetail\(\s*(?=\{)")
TITLE = "[data-automation=opportunity-title]"
CLOSED = re.compile(r'"OpportunityIsClosed"\s*:\s*true')
UNAVAILABLE = re.compile(r"OpportunityError\.\w*(?:Unavailable|NotFound)\w*Message")
# JobLocationType, in the words of the vendor's translations (section 4).
WORKPLACES = {0: "Hybrid", 1: "On-site", 2: "Remote"}
NO_CRITERIA: dict[str, Any] = {
    "PreferredJobs": [],
    "Educations": [],
    "LicenseAndCertifications": [],
    "Skills": [],
    "hasNoLicenses": False,
    "SkippedSkills": [],
}


class UKGParams(platform.Params):
    host: str
    company: str  # letter case kept
    board: str


class UKG(PagedListing):
    name = "ukg"
    label = "UKG Pro Recruiting"
    Params = UKGParams
    tenant_params = ("company",)
    url_rules = (
        rf"""{_BOARD}/+(?P<section>Opportunity/+)?Opportunity(?:Detail|Apply)/?
            \?(?:[^\#]*&)?opportunityId=(?P<posting_id>{_GUID})""",
        rf"{_BOARD}(?:/+(?:JobBoardView(?:/LoadSearchResults)?)?)?(?:[?\#]|$)",
    )
    page_rules = (
        platform.PageRule(
            re.compile(
                rf"//(?P<host>{_HOSTS})/(?P<company>[\w-]+)/JobBoard/(?P<board>{_GUID})", re.I
            ),
            "a link to a UKG job board",
        ),
    )
    examples: ClassVar = {
        "https://recruiting2.ultipro.com/FER1004WOOD/JobBoard/93330E50-7b3a-4ba8-94f2-6f32360aa4e1/"
        "/OpportunityDetail?sourceId=x&opportunityId=42f32b92-42c5-4f15-b298-6735c43eb416": {
            "host": "recruiting2.ultipro.com",
            "company": "FER1004WOOD",
            "board": "93330E50-7b3a-4ba8-94f2-6f32360aa4e1",
            "posting_id": "42f32b92-42c5-4f15-b298-6735c43eb416",
        },
        "https://fern.rec.pro.ukg.net/FER1004WOOD/JobBoard/93330e50-7b3a-4ba8-94f2-6f32360aa4e1/"
        "Opportunity/OpportunityDetail?opportunityId=42F32B92-42c5-4f15-b298-6735c43eb417": {
            "host": "fern.rec.pro.ukg.net",
            "company": "FER1004WOOD",
            "board": "93330e50-7b3a-4ba8-94f2-6f32360aa4e1",
            "posting_id": "42F32B92-42c5-4f15-b298-6735c43eb417",
        },
        "https://recruiting.ultipro.ca/QUA5000HOF/JobBoard/9a9d6241-e23f-47c0-80f3-e43a148972a0/"
        "?q=&o=postedDateDesc": {
            "host": "recruiting.ultipro.ca",
            "company": "QUA5000HOF",
            "board": "9a9d6241-e23f-47c0-80f3-e43a148972a0",
        },
    }
    not_examples = (
        "https://www.ultipro.com/careers",
        "https://secure7.saashr.com/ta/6179001.careers?ShowJob=100001",
        "https://recruiting.ultipro.com/FER1004WOOD/JobBoard/not-a-guid/OpportunityDetail",
    )

    @classmethod
    def key_from_url(cls, match: platform.Match) -> str:
        return (match.posting_id or "").lower()

    @classmethod
    def canonical_url(cls, match: platform.Match) -> str:
        said = match.groups
        start = f"https://{said['host'].lower()}/{said['company']}/JobBoard/{said['board'].lower()}"
        if match.posting_id is None:
            return start
        section = "Opportunity/" if "section" in said else ""
        return f"{start}/{section}OpportunityDetail?opportunityId={match.posting_id.lower()}"

    _list_url = ""  # the list call that the board's page names

    def _board(self) -> str:
        said = self.params
        return f"https://{said.host.lower()}/{said.company}/JobBoard/{said.board.lower()}"

    # --- listing ------------------------------------------------------------------------------

    def listing(self) -> Iterable[Request]:
        yield Request(self._board(), self._on_board)

    def _on_board(self, response: Response) -> Output:
        found = LOAD_URL.search(text_of(response).text)
        if found is None:
            raise UnexpectedAnswer(f"{response.url}: the page names no list call (loadUrl)")
        self._list_url = response.urljoin(found[1])
        yield self.listing_request(self.page_request(0, None))

    def page_request(self, number: int, response: Response | None) -> Request:
        skip = 0
        if response is not None:
            skip = response.meta["skip"] + len(_rows(text_of(response)))
        search = {
            "Top": TOP,
            "Skip": skip,
            "QueryString": "",
            "OrderBy": [
                {"Value": "postedDateDesc", "PropertyName": "PostedDate", "Ascending": False}
            ],
            "Filters": [],
        }
        body = {"opportunitySearch": search, "matchCriteria": NO_CRITERIA}
        return JsonRequest(self._list_url, data=body, meta={"skip": skip})

    def read_listing(self, response: TextResponse) -> Page:
        rows = [self._row(row, response.url) for row in _rows(response)]
        return Page(rows, need(json_of(response), "totalCount", int, response.url))

    def _row(self, item: dict[str, Any], where: str) -> Row:
        native_id = need(item, "Id", str, where).lower()
        where = f"{where}: opportunity {native_id}"
        return Row(
            native_id,
            {
                **_fields(item, where),
                "title": need(item, "Title", str, where),
                "url": f"{self._board()}/OpportunityDetail?opportunityId={native_id}",
                "description_html": item.get("BriefDescription"),
            },
            # The row's date is left out of the fingerprint; a posting that is put up again is not.
            stamp=item.get("PostedDate") or "",
        )

    # --- detail -------------------------------------------------------------------------------

    def detail_request(self, native_id: str, url: str) -> Request:
        return Request(url)

    def read_detail(self, response: TextResponse) -> dict[str, Any]:
        item = _opportunity(response)
        if item is None:
            raise UnexpectedAnswer(f"{response.url}: the page has no CandidateOpportunityDetail")
        raw_salary, salary = _pay(item)
        return {
            **_fields(item, response.url),
            "title": item.get("Title") or one_text(response.css(TITLE)),
            "description_html": need(item, "Description", str, response.url),
            "raw_salary": raw_salary,
            "salary": salary,
        }

    def closed(self, response: Response) -> str | None:
        if response.status != 200 or not isinstance(response, TextResponse):
            return None
        if DETAIL.search(response.text):
            return "OpportunityIsClosed is true" if CLOSED.search(response.text) else None
        found = UNAVAILABLE.search(response.text)
        return f"the page shows {found[0]}" if found else None


def _rows(response: TextResponse) -> list[dict[str, Any]]:
    return objects(need(json_of(response), "opportunities", list, response.url), response.url)


def _opportunity(response: TextResponse) -> dict[str, Any] | None:
    """The posting of a detail page; None when the page has none."""
    found = DETAIL.search(response.text)
    if found is None:
        return None
    try:
        return dict(JSONDecoder().raw_decode(response.text, found.end())[0])
    except JSONDecodeError as error:
        raise UnexpectedAnswer(f"{response.url}: the opportunity is no JSON: {error}") from None


def _fields(item: dict[str, Any], where: str) -> dict[str, Any]:
    """What rows and details have in common."""
    places, country = places_of({"jobLocation": _places(item, where)}, "")
    full_time = given(item, "FullTime", bool, where)
    return {
        "requisition_id": given(item, "RequisitionNumber", str, where),
        "raw_location": places,
        "raw_country": country,
        "raw_workplace": WORKPLACES.get(item.get("JobLocationType", -1)),
        "raw_employment_type": {True: "Full time", False: "Part time", None: None}[full_time],
        "raw_date_posted": given(item, "PostedDate", str, where),
    }


def _places(item: dict[str, Any], where: str) -> list[dict[str, Any]]:
    """The locations as schema.org has them; one without an address is known by its name."""
    found = []
    for location in objects(given(item, "Locations", list, where) or [], where):
        address = need(location, "Address", (dict, type(None)), where) or {}
        state, country = address.get("State") or {}, address.get("Country") or {}
        found.append(
            {
                "name": location.get("LocalizedName") or location.get("LocalizedDescription"),
                "addressLocality": address.get("City"),
                "addressRegion": state.get("Code") or state.get("Name"),
                "addressCountry": country.get("Code") or country.get("Name"),
            }
        )
    return found


def _pay(item: dict[str, Any]) -> tuple[str | None, Salary | None]:
    """Pay as text and, where the site says of what, as numbers."""
    if item.get("PayRangeVisible") is False:
        return None, None
    shown = item.get("PayRange") or {}
    found: list[tuple[Any, Any, Any]] = [
        (item.get(f"Compensation{per}Minimum"), item.get(f"Compensation{per}Maximum"), unit)
        for per, unit in (("Annual", "YEAR"), ("Hourly", "HOUR"))
    ]
    found.append((shown.get("PayRangeMinimum"), shown.get("PayRangeMaximum"), None))
    # Numbers, or numbers in quotes; 0 is none.
    rates = [(float(low or 0) or None, float(high or 0) or None, unit) for low, high, unit in found]
    low, high, unit = next((rate for rate in rates if rate[0] or rate[1]), (None, None, None))
    if not (low or high):
        return None, None
    currency = item.get("CompensationCurrencyCode") or item.get("PayRangeCurrencyCode")
    figures = "-".join(str(figure).removesuffix(".0") for figure in (low, high) if figure)
    raw = " ".join(filter(None, (currency, figures, unit)))
    return raw, Salary(min=low, max=high, currency=currency, unit=unit) if unit else None
