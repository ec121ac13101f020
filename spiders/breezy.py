"""Breezy HR ({tenant}.breezy.hr).

URL forms (docs/platforms/breezy.md):
    https://{tenant}.breezy.hr/p/{12 hex digits}[-{slug}][/apply]      one posting
    https://{tenant}.breezy.hr/                                        the board; /json its data

Endpoint of the site's own pages (docs/platforms/breezy.md; public code, 10 repositories):
    GET https://{tenant}.breezy.hr/json?verbose=true
The one answer is the whole board, a bare array; `verbose` adds the texts.

Traps:
- The slug is decoration: links without it exist in public, so the canonical URL has none.
- `source` is tracking.
- An empty array may be a tenant that does not exist: public code saw 404, a redirect to the vendor's
  site and an empty array for one.
- `salary` is free text. `location` is one place, `locations` (not everywhere) all of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, ClassVar

from scrapy import Request
from scrapy.http import TextResponse

from crawler import platform
from crawler.answers import given, json_of, need, objects
from crawler.patterns import Page, Row, WholeBoard

_HOST = r"https?://(?P<tenant>(?!(?:www|app|api|help|developer|marketing)\.)[\w-]+)\.breezy\.hr"


class BreezyParams(platform.Params):
    tenant: str


class Breezy(WholeBoard):
    name = "breezy"
    label = "Breezy HR"
    Params = BreezyParams
    gone_when_led_away = True
    url_rules = (
        rf"{_HOST}/p/(?P<posting_id>[0-9a-f]{{12}})(?:-[^/?\#]*)?(?:/apply)?/?(?:[?\#]|$)",
        rf"{_HOST}(?:/(?:json)?)?(?:[?\#]|$)",
    )
    page_rules = (
        platform.PageRule(
            re.compile(r"//(?P<tenant>(?!(?:www|app|api|help)\.)[\w-]+)\.breezy\.hr\b", re.I),
            "a link to a Breezy board",
        ),
    )
    examples: ClassVar = {
        "https://fernwood.breezy.hr/p/428f95d75da4-software-engineer--dask?source=www.fern.example": {
            "tenant": "fernwood",
            "posting_id": "428f95d75da4",
        },
        "https://fernwood.breezy.hr/p/428F95D75DA5/apply": {
            "tenant": "fernwood",
            "posting_id": "428F95D75DA5",
        },
        "https://fernwood.breezy.hr/": {"tenant": "fernwood"},
    }
    not_examples = (
        "https://breezy.hr/pricing",
        "https://app.breezy.hr/signin",
        "https://fernwood.breezy.hr/p/software-engineer",
    )

    @classmethod
    def tenant_of(cls, params: Any) -> str:
        return str(params.tenant).lower()

    @classmethod
    def key_from_url(cls, match: platform.Match) -> str:
        return (match.posting_id or "").lower()

    @classmethod
    def canonical_url(cls, match: platform.Match) -> str:
        board = f"https://{match.params.tenant.lower()}.breezy.hr"
        return f"{board}/p/{match.posting_id.lower()}" if match.posting_id else f"{board}/"

    # --- the board ----------------------------------------------------------------------------

    def listing(self) -> Iterable[Request]:
        board = f"https://{self.params.tenant.lower()}.breezy.hr/json?verbose=true"
        yield Request(board, headers={"Accept": "application/json"})

    def read_listing(self, response: TextResponse) -> Page:
        items = objects(json_of(response, list), response.url)
        return Page([self._row(item) for item in items])

    def _row(self, item: dict[str, Any]) -> Row:
        native_id = need(item, "id", str, "a position").lower()
        where = f"position {native_id}"
        location = need(item, "location", (dict, type(None)), where) or {}
        places = objects(given(item, "locations", list, where) or [], where) or [location]
        countries = {_name(place, "country", where) for place in places}
        remote = given(location, "is_remote", bool, where)
        return Row(
            native_id,
            {
                "title": need(item, "name", str, where),
                "url": need(item, "url", str, where),
                "unit": given(item, "department", str, where),
                "raw_location": list(dict.fromkeys(_place(p, where) for p in places if p)),
                "raw_country": countries.pop() if len(countries) == 1 else None,
                "raw_workplace": "remote" if remote else None,
                "raw_employment_type": _name(item, "type", where),
                "raw_date_posted": need(item, "published_date", (str, type(None)), where),
                "raw_salary": given(item, "salary", str, where) or None,
                "description_html": given(item, "description", str, where),
            },
        )


def _name(item: dict[str, Any], key: str, where: str) -> str | None:
    """The name of something that is given as an id and a name."""
    name: str | None = given(given(item, key, dict, where) or {}, "name", str, where)
    return name or None


def _place(place: dict[str, Any], where: str) -> str:
    """One place as the board shows it; of one that has no name, its parts."""
    name = given(place, "name", str, where)
    city, state = given(place, "city", str, where), _name(place, "state", where)
    parts = [part for part in (city, state) if part] or [_name(place, "country", where) or ""]
    return name or ", ".join(parts)
