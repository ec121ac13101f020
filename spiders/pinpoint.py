"""Pinpoint ({tenant}.pinpointhq.com and employers' own hosts).

URL forms (ats/later-additions.md, "Pinpoint"):
    https://{host}[/{lang}]/postings/{uuid}      one posting
    https://{host}/                              the board; /postings.json its data

Endpoint (ats/later-additions.md, "Pinpoint"; public code):
    GET https://{host}/postings.json
The one answer is the whole board with its texts, `data` an empty list where there is none. An unknown
tenant answers 404.

Traps:
- /postings/{uuid} counts on employers' own hosts where the catalogue names the host; /postings/{number}
  is PeopleAdmin's. The data's `id` is a number that no address shows: the UUID is the identity.
- There is a deadline and no posting date.
- The text has up to four parts, each under a heading of the tenant's words.
- `location.name` is a label of the tenant's choice ("Remote", "Head Office", "Texas"); city and
  province may be "" or a placeholder ("ALL").
- Pay that is not `compensation_visible` is not shown to candidates, and not read.
- `requisition_id` is made by the software (PIN-0679) where the tenant gives none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape
from typing import Any, ClassVar, get_args

from scrapy import Request
from scrapy.http import TextResponse

from crawler import platform
from crawler.answers import given, json_of, need, objects
from crawler.errors import UnexpectedAnswer
from crawler.patterns import Page, Row, WholeBoard
from crawler.posting import Salary, SalaryUnit

UNITS: dict[str, Any] = {unit.lower(): unit for unit in get_args(SalaryUnit)}
PARTS = ("key_responsibilities", "skills_knowledge_expertise", "benefits")  # of the text, in order

_VENDORS = r"https?://(?P<host>(?!(?:www|app|api|developers|help)\.)[\w-]+\.pinpointhq\.com)"
_ANY = r"https?://(?P<host>[\w.-]+)"
_LANG = r"(?:/[a-z]{2}(?:-[a-z]{2})?)?"
_UUID = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_POSTING = rf"{_LANG}/postings/(?P<posting_id>{_UUID})(?:/[\w/-]*)?(?:[?\#]|$)"
_BOARD = rf"{_LANG}(?:/(?:jobs|postings(?:\.json)?)?/?)?(?:[?\#]|$)"


class Pinpoint(WholeBoard):
    name = "pinpoint"
    label = "Pinpoint"
    Params = platform.HostParams
    url_rules = (_VENDORS + _POSTING, _VENDORS + _BOARD)
    vanity_rules = (_ANY + _POSTING, _ANY + _BOARD)
    page_rules = (
        platform.PageRule(
            re.compile(
                r"//(?P<host>(?!(?:www|app|api|developers|help)\.)[\w-]+\.pinpointhq\.com)\b",
                re.IGNORECASE,
            ),
            "a link to a Pinpoint board",
        ),
    )
    examples: ClassVar = {
        "https://fernwood.pinpointhq.com/en/postings/0a1b2c3d-0001-4a5b-8c6d-0e1f2a3b4c5d?x=1": {
            "host": "fernwood.pinpointhq.com",
            "posting_id": "0a1b2c3d-0001-4a5b-8c6d-0e1f2a3b4c5d",
        },
        "https://fernwood.pinpointhq.com/postings/0A1B2C3D-0002-4a5b-8c6d-0e1f2a3b4c5d": {
            "host": "fernwood.pinpointhq.com",
            "posting_id": "0A1B2C3D-0002-4a5b-8c6d-0e1f2a3b4c5d",
        },
        "https://fernwood.pinpointhq.com/postings.json": {"host": "fernwood.pinpointhq.com"},
    }
    not_examples = (
        "https://www.pinpointhq.com/pricing/",
        "https://careers.fernwood.example/postings/0a1b2c3d-0001-4a5b-8c6d-0e1f2a3b4c5d",
        "https://fernwood.pinpointhq.com/postings/9516",
    )

    @classmethod
    def key_from_url(cls, match: platform.Match) -> str:
        return (match.posting_id or "").lower()

    @classmethod
    def canonical_url(cls, match: platform.Match) -> str:
        start = f"https://{match.groups['host'].lower()}/"
        return f"{start}postings/{match.posting_id.lower()}" if match.posting_id else start

    # --- the board ----------------------------------------------------------------------------

    def listing(self) -> Iterable[Request]:
        board = f"https://{self.params.host}/postings.json"
        yield Request(board, headers={"Accept": "application/json"})

    def read_listing(self, response: TextResponse) -> Page:
        answer, where = json_of(response), response.url
        items = objects(need(answer, "data", list, where), where)
        return Page([self._row(item) for item in items])

    def _row(self, item: dict[str, Any]) -> Row:
        url = need(item, "url", str, "a posting")
        match = self.match_on_known_host(url, self.params, "own posting")
        if match is None or match.key is None:
            raise UnexpectedAnswer(f"the key 'url' is no posting: {url}")
        native_id, where = match.key.key, f"posting {match.key.key}"
        job = need(item, "job", dict, where)
        department = given(job, "department", dict, where) or {}
        kind = need(item, "employment_type", (str, type(None)), where)
        raw_salary, salary = _pay(item, where)
        return Row(
            native_id,
            {
                "title": need(item, "title", str, where).strip(),
                "url": url,
                "requisition_id": given(job, "requisition_id", str, where),
                "unit": given(department, "name", str, where),
                "raw_location": _place(need(item, "location", (dict, type(None)), where), where),
                "raw_workplace": need(item, "workplace_type", (str, type(None)), where),
                "raw_employment_type": given(item, "employment_type_text", str, where) or kind,
                "raw_valid_through": need(item, "deadline_at", (str, type(None)), where),
                "raw_salary": raw_salary,
                "salary": salary,
                "description_html": _text(item, where),
            },
        )


def _place(location: dict[str, Any] | None, where: str) -> list[str]:
    """The label, and what city and province add to it, as one text."""
    if location is None:
        return []
    name = need(location, "name", (str, type(None)), where)
    said = [name, given(location, "city", str, where), given(location, "province", str, where)]
    parts = [part for part in said if part and part != "ALL"]
    return [", ".join(dict.fromkeys(parts))] if parts else []


def _text(item: dict[str, Any], where: str) -> str:
    parts = [given(item, "description", str, where)]
    for name in PARTS:
        part = given(item, name, str, where)
        heading = given(item, f"{name}_header", str, where)
        parts.append(f"<h3>{escape(heading)}</h3>" if part and heading else None)
        parts.append(part)
    return "\n".join(part for part in parts if part)


def _pay(item: dict[str, Any], where: str) -> tuple[str | None, Salary | None]:
    if not need(item, "compensation_visible", (bool, type(None)), where):
        return None, None
    currency = given(item, "compensation_currency", str, where)
    least, most = (
        given(item, f"compensation_{end}", (int, float), where) for end in ("minimum", "maximum")
    )
    unit = UNITS.get(given(item, "compensation_frequency", str, where) or "")
    salary = Salary(min=least, max=most, currency=currency, unit=unit) if least or most else None
    return given(item, "compensation", str, where), salary
