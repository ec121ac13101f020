"""Personio ({tenant}.jobs.personio.de, .com).

URL forms (ats/later-additions.md, "Personio"; the hyphen of old links: public repositories):
    https://{tenant}.jobs.personio.{de|com}/job/{id}[?language=de]      one posting
    https://{tenant}-jobs.personio.de/job/{id}                          the same, older
    https://{tenant}.jobs.personio.{de|com}/                            the board; /xml its feed

Endpoint (ats/later-additions.md, "Personio"; documented,
https://developer.personio.de/docs/retrieving-open-job-positions):
    GET https://{tenant}.jobs.personio.{de|com}/xml
The one answer is the whole board with its texts, in the tenant's first language (inferred).

Traps:
- Both domains answer for every tenant.
- Versions in other languages share the number. The feed has no address: it is built from the number.
- The feed may be switched off (404) while the board goes on; one public crawler met that at all of
  its tenants in October 2026. An unknown tenant answers 404, or is redirected to another host.
- `createdAt` is the day on which the position was made, at times long before its posting; there is
  no other date.
- `office` is a place, "Remote" or a name of the tenant's choice; `additionalOffices` has the others.
- `subcompany` is the legal entity that hires, mostly the tenant itself: the unit where there is no
  department.
- Bursts are refused (429); all tenants seem to share one back end (inferred).
- robots.txt allows all.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape
from typing import Any, ClassVar, Literal

from parsel import Selector
from scrapy import Request
from scrapy.http import TextResponse

from crawler import platform
from crawler.errors import UnexpectedAnswer
from crawler.patterns import Page, Row, WholeBoard
from crawler.posting import Salary
from spiders.feeds import optional, part

WHOLE = re.compile(r"<workzag-jobs(?:\s*/>|[\s>].*</workzag-jobs>)\s*$", re.DOTALL)
UNITS: dict[str, Any] = {"hourly": "HOUR", "monthly": "MONTH", "yearly": "YEAR"}

_HOST = r"(?P<tenant>[\w-]+?)[.-]jobs\.personio\.(?P<domain>de|com)\b"


class PersonioParams(platform.Params):
    tenant: str
    domain: Literal["de", "com"] = "de"


class Personio(WholeBoard):
    name = "personio"
    label = "Personio"
    Params = PersonioParams
    gone_when_led_away = True
    url_rules = (
        rf"https?://{_HOST}/job/(?P<posting_id>\d+)(?:/apply)?/?(?:[?\#]|$)",
        rf"https?://{_HOST}(?:/(?:xml|search\.json)?)?(?:[?\#]|$)",
    )
    page_rules = (platform.PageRule(re.compile(rf"//{_HOST}", re.I), "a link to a Personio board"),)
    examples: ClassVar = {
        "https://quantenhof.jobs.personio.de/job/1234567?language=en&display=en": {
            "tenant": "quantenhof",
            "domain": "de",
            "posting_id": "1234567",
        },
        "https://quantenhof-institut-jobs.personio.de/job/1234568": {
            "tenant": "quantenhof-institut",
            "domain": "de",
            "posting_id": "1234568",
        },
        "https://fernwood.jobs.personio.com/xml?language=en": {
            "tenant": "fernwood",
            "domain": "com",
        },
    }
    not_examples = (
        "https://www.personio.com/about-personio/careers/",
        "https://jobs.personio.de/",
        "https://quantenhof.jobs.personio.de.example.org/job/1234567",
    )
    shared_back_ends = ("personio.de", "personio.com")

    @classmethod
    def tenant_of(cls, params: Any) -> str:
        return str(params.tenant).lower()

    @classmethod
    def canonical_url(cls, match: platform.Match) -> str:
        params: Any = match.params
        domain = match.groups.get("domain", params.domain).lower()
        board = f"https://{params.tenant.lower()}.jobs.personio.{domain}/"
        return f"{board}job/{match.posting_id}" if match.posting_id else board

    # --- the board ----------------------------------------------------------------------------

    def listing(self) -> Iterable[Request]:
        yield Request(f"{self._board()}xml")

    def _board(self) -> str:
        return f"https://{self.params.tenant.lower()}.jobs.personio.{self.params.domain}/"

    def read_listing(self, response: TextResponse) -> Page:
        if not WHOLE.search(response.text):
            said = " ".join(response.text.split())[:60]
            raise UnexpectedAnswer(f"{response.url} is no whole 'workzag-jobs' but {said!r}")
        found = Selector(text=response.text, type="xml").xpath("/workzag-jobs/*")
        for other in found.xpath("self::*[not(self::position)]"):
            raise UnexpectedAnswer(f"{response.url}: no position, but {other.root.tag!r}")
        return Page([self._row(position) for position in found])

    def _row(self, position: Selector) -> Row:
        native_id = part(position, "id", "the feed")
        where = f"position {native_id}"
        if not native_id.isdigit():
            raise UnexpectedAnswer(f"{where}: the key 'id' is no number")
        offices = position.xpath("office | additionalOffices/office").xpath("string()").getall()
        kinds = [optional(position, name) for name in ("employmentType", "schedule")]
        unit = optional(position, "department") or optional(position, "subcompany")
        raw_salary, salary = _pay(position)
        return Row(
            native_id,
            {
                "title": part(position, "name", where),
                "url": f"{self._board()}job/{native_id}",
                "unit": unit or None,
                "raw_location": list(dict.fromkeys(filter(None, map(str.strip, offices)))),
                "raw_employment_type": ", ".join(filter(None, kinds)) or None,
                "raw_date_posted": optional(position, "createdAt") or None,
                "raw_salary": raw_salary,
                "salary": salary,
                "description_html": _text(position),
            },
        )


def _text(position: Selector) -> str | None:
    """The parts of the text, each under its heading."""
    parts = []
    for section in position.xpath("jobDescriptions/jobDescription"):
        heading, text = optional(section, "name"), optional(section, "value")
        parts.append(f"<h3>{escape(heading)}</h3>\n{text}" if heading else text)
    return "\n".join(parts) or None


def _pay(position: Selector) -> tuple[str | None, Salary | None]:
    least, most, currency, per = (
        optional(position, f"salaryInformation/{name}")
        for name in ("min", "max", "currencyCode", "type")
    )
    figures = " - ".join(figure for figure in (least, most) if figure)
    if not figures:
        return None, None
    raw = " ".join(said for said in (currency, figures, per) if said)
    try:
        low, high = (float(figure) if figure else None for figure in (least, most))
    except ValueError:
        return raw, None
    return raw, Salary(min=low, max=high, currency=currency or None, unit=UNITS.get(per))
