"""BambooHR ({tenant}.bamboohr.com).

URL forms (docs/platforms/bamboohr.md):
    https://{tenant}.bamboohr.com/careers/{id}              one posting; /detail is its JSON
    https://{tenant}.bamboohr.com/jobs/view.php?id={id}     the same before 2022
    https://{tenant}.bamboohr.com/careers[/list], /jobs/[embed2.php]      the board

Endpoints of the site's own pages (docs/platforms/bamboohr.md; public code, no vendor documentation):
    GET https://{tenant}.bamboohr.com/careers/list             the whole board, `meta.totalCount`
    GET https://{tenant}.bamboohr.com/careers/{id}/detail      one posting: text, date, pay

Traps:
- The numbers are small and each tenant's own. Both URL forms count in one series (inferred: public
  crawlers read the id of either for the same request).
- `source` is tracking, also where it looks like an id in Base64 ("aWQ9MTE=" is "id=11").
- The list has neither date nor text.
- Two forms of a place: `location` is an office of the company, `atsLocation` is typed in. Either may
  be all null.
- `locationType` "1" is remote and "2" hybrid (public code, 3; no label says so).
- A posting that is not open answers 404 (https://docs.kombo.dev/ats/connectors/bamboohr), or, as one
  recorded in public code, with a `jobOpeningStatus` of "Filled": both close.
- A tenant that is unknown, or has its careers page switched off, redirects to the vendor's own site.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, ClassVar

from scrapy import Request
from scrapy.http import Response, TextResponse

from crawler import platform
from crawler.answers import given, json_of, need, objects
from crawler.patterns import Page, Row, WholeBoard

WAYS = {"1": "Remote", "2": "Hybrid"}
# Of an opening that is none (docs/platforms/bamboohr.md).
STATUS = re.compile(r'"jobOpeningStatus"\s*:\s*"([^"]*)"')
ENDED = {"Filled", "Closed", "Canceled", "On Hold", "Draft"}

_NO_TENANTS = r"(?!(?:www|app|api|help|documentation|partners|marketplace)\.)"
_HOST = rf"https?://(?P<tenant>{_NO_TENANTS}[\w-]+)\.bamboohr\.com"


class BambooHRParams(platform.Params):
    tenant: str


class BambooHR(WholeBoard):
    name = "bamboohr"
    label = "BambooHR"
    closed_statuses = (404,)
    Params = BambooHRParams
    gone_when_led_away = True
    url_rules = (
        rf"{_HOST}/careers/(?P<posting_id>\d+)(?:/(?:detail|apply))?/?(?:[?\#]|$)",
        rf"{_HOST}/jobs/(?:view|apply)\.php\?(?:[^\#]*&)?id=(?P<posting_id>\d+)(?:[&\#]|$)",
        rf"{_HOST}(?:/(?:careers(?:/list)?|jobs(?:/embed2?\.php)?)?/?)?(?:[?\#]|$)",
    )
    page_rules = (
        platform.PageRule(
            re.compile(
                rf"//(?P<tenant>{_NO_TENANTS}[\w-]+)\.bamboohr\.com/(?:careers|jobs|js)\b", re.I
            ),
            "a link to a BambooHR board",
        ),
    )
    examples: ClassVar = {
        "https://fernwood.bamboohr.com/careers/41?source=aWQ9MTE%3D": {
            "tenant": "fernwood",
            "posting_id": "41",
        },
        "https://fernwood.bamboohr.com/jobs/view.php?id=42&source=indeed&postedDate=2021-08-06": {
            "tenant": "fernwood",
            "posting_id": "42",
        },
        "https://fernwood.bamboohr.com/jobs/": {"tenant": "fernwood"},
        "https://fernwood.bamboohr.com/careers": {"tenant": "fernwood"},
    }
    not_examples = (
        "https://www.bamboohr.com/careers/",
        "https://fernwood.bamboohr.com/login.php?r=%2Fcareers%2F41",
        "https://fernwood.bamboohr.com/jobs/view.php?source=indeed",
    )

    @classmethod
    def tenant_of(cls, params: Any) -> str:
        return str(params.tenant).lower()

    @classmethod
    def canonical_url(cls, match: platform.Match) -> str:
        board = f"https://{match.params.tenant.lower()}.bamboohr.com/careers"
        return f"{board}/{match.posting_id}" if match.posting_id else board

    # --- listing ------------------------------------------------------------------------------

    def listing(self) -> Iterable[Request]:
        yield Request(f"{self._board()}/list", headers={"Accept": "application/json"})

    def _board(self) -> str:
        return f"https://{self.params.tenant.lower()}.bamboohr.com/careers"

    def read_listing(self, response: TextResponse) -> Page:
        answer, where = json_of(response), response.url
        total = need(need(answer, "meta", dict, where), "totalCount", int, where)
        jobs = objects(need(answer, "result", list, where), where)
        return Page([self._row(job) for job in jobs], total)

    def _row(self, job: dict[str, Any]) -> Row:
        native_id = str(need(job, "id", (str, int), "a job"))
        where = f"job {native_id}"
        places, country = _places(job, where)
        way = need(job, "locationType", (str, int, type(None)), where)
        remote = given(job, "isRemote", (bool, int, str), where)
        return Row(
            native_id,
            {
                "title": need(job, "jobOpeningName", str, where),
                "url": f"{self._board()}/{native_id}",
                "unit": given(job, "departmentLabel", str, where),
                "raw_location": places,
                "raw_country": country,
                "raw_workplace": WAYS.get(str(way)) or ("Remote" if remote else None),
                "raw_employment_type": given(job, "employmentStatusLabel", str, where),
            },
        )

    # --- detail -------------------------------------------------------------------------------

    def detail_request(self, native_id: str, url: str) -> Request:
        return Request(
            f"{self._board()}/{native_id}/detail", headers={"Accept": "application/json"}
        )

    def closed(self, response: Response) -> str | None:
        if response.status == 200 and isinstance(response, TextResponse):
            status = STATUS.search(response.text)
            if status and status[1] in ENDED:
                return f"jobOpeningStatus is {status[1]!r}"
        return super().closed(response)

    def read_detail(self, response: TextResponse) -> dict[str, Any]:
        job, where = _opening(response), response.url
        places, country = _places(job, where)
        return {
            "title": need(job, "jobOpeningName", str, where),
            "unit": given(job, "departmentLabel", str, where),
            "raw_location": places,
            "raw_country": country,
            "raw_employment_type": given(job, "employmentStatusLabel", str, where),
            "raw_workplace": WAYS.get(str(job.get("locationType"))),
            "raw_date_posted": need(job, "datePosted", (str, type(None)), where),
            "raw_salary": given(job, "compensation", str, where),
            "description_html": need(job, "description", (str, type(None)), where),
        }


def _opening(response: TextResponse) -> dict[str, Any]:
    result = need(json_of(response), "result", dict, response.url)
    opening: dict[str, Any] = need(result, "jobOpening", dict, response.url)
    return opening


def _places(job: dict[str, Any], where: str) -> tuple[list[str], str | None]:
    """The office and the place that was typed in, as far as they say anything, and the country."""
    office = need(job, "location", (dict, type(None)), where) or {}
    typed = need(job, "atsLocation", (dict, type(None)), where) or {}
    texts, countries = [], set()
    for place, region, country in (
        (office, office.get("state"), office.get("addressCountry")),
        (typed, typed.get("state") or typed.get("province"), typed.get("country")),
    ):
        parts = [part for part in (place.get("city"), region) if part]
        texts.append(", ".join(parts or filter(None, [country])))
        countries.add(country)
    countries.discard(None)
    common = countries.pop() if len(countries) == 1 else None
    return list(dict.fromkeys(filter(None, texts))), common
