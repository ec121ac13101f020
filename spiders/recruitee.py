"""Recruitee ({tenant}.recruitee.com and employers' own hosts).

URL forms (ats/later-additions.md, "Recruitee"):
    https://{host}/o/{slug}[/c/new]        one posting; /c/new is its form
    https://{host}/                        the board; /api/offers/ its data

Endpoint (ats/later-additions.md, "Recruitee"; documented,
https://docs.recruitee.com/reference/intro-to-careers-site-api):
    GET https://{host}/api/offers/
The one answer is the whole board with its texts. An unknown tenant answers 404.

Traps:
- The slug is the identity in an address and follows the title; the data have a number too. Both are
  stored, that of another host than the entry's under that host.
- /o/{slug} could be anybody's: on employers' own hosts it counts where the catalogue names the host.
- `published_at` is the day of posting; `created_at` may be months before.
- `location` is one text, at times a way of working ("Homeoffice"); `locations`, where given, has every
  place. Country names are in the tenant's language, `country_code` is not.
- remote, hybrid and on_site are three flags, of which several may hold.
- All four parts of `salary` may be null, figures are texts.
- `mailbox_email` is an address to apply to: not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, ClassVar, get_args
from urllib.parse import quote, unquote, urlsplit

from scrapy import Request
from scrapy.http import TextResponse

from crawler import platform
from crawler.answers import given, json_of, need, objects
from crawler.patterns import Page, Row, WholeBoard
from crawler.posting import Key, Salary, SalaryUnit

WAYS = ("remote", "hybrid", "on_site")
UNITS: dict[str, Any] = {unit.lower(): unit for unit in get_args(SalaryUnit)}

_VENDORS = r"https?://(?P<host>(?!(?:www|app|api|docs|support|careers)\.)[\w-]+\.recruitee\.com)"
_ANY = r"https?://(?P<host>[\w.-]+)"
_OFFER = r"/o/(?P<posting_id>[^/?\#]+)(?:/c/new)?/?(?:[?\#]|$)"
_BOARD = r"(?:/(?:api/offers/?)?)?(?:[?\#]|$)"


class Recruitee(WholeBoard):
    name = "recruitee"
    label = "Recruitee"
    Params = platform.HostParams
    url_rules = (_VENDORS + _OFFER, _VENDORS + _BOARD)
    vanity_rules = (_ANY + _OFFER, _ANY + _BOARD)
    page_rules = (
        platform.PageRule(
            re.compile(
                r"//(?P<host>(?!(?:www|app|api|docs|support|careers)\.)[\w-]+\.recruitee\.com)\b",
                re.IGNORECASE,
            ),
            "a link to a Recruitee board",
        ),
    )
    examples: ClassVar = {
        "https://quantenhof.recruitee.com/o/ingenieure-hpc-confirmee?source=LinkedIn": {
            "host": "quantenhof.recruitee.com",
            "posting_id": "ingenieure-hpc-confirmee",
        },
        "https://quantenhof.recruitee.com/o/Tech-Lead-GPU/c/new": {
            "host": "quantenhof.recruitee.com",
            "posting_id": "Tech-Lead-GPU",
        },
        "https://quantenhof.recruitee.com/api/offers/": {"host": "quantenhof.recruitee.com"},
    }
    not_examples = (
        "https://recruitee.com/pricing",
        "https://www.recruitee.com/o/x",
        "https://jobs.quantenhof.example/o/tech-lead-gpu",
    )

    @classmethod
    def key_from_url(cls, match: platform.Match) -> str:
        return unquote(match.posting_id or "").lower()

    @classmethod
    def canonical_url(cls, match: platform.Match) -> str:
        start = f"https://{match.groups['host'].lower()}/"
        return f"{start}o/{quote(cls.key_from_url(match))}" if match.posting_id else start

    # --- the board ----------------------------------------------------------------------------

    def listing(self) -> Iterable[Request]:
        board = f"https://{self.params.host}/api/offers/"
        yield Request(board, headers={"Accept": "application/json"})

    def read_listing(self, response: TextResponse) -> Page:
        answer, where = json_of(response), response.url
        offers = objects(need(answer, "offers", list, where), where)
        return Page([row for row in map(self._row, offers) if row])

    def _row(self, offer: dict[str, Any]) -> Row | None:
        native_id = str(need(offer, "id", int, "an offer"))
        where = f"offer {native_id}"
        if (status := need(offer, "status", str, where)) != "published":
            self.report.skip_row(f"of status {status}")
            return None
        url, slug = need(offer, "careers_url", str, where), need(offer, "slug", str, where)
        ways = [way for way in WAYS if need(offer, way, (bool, type(None)), where)]
        texts = [given(offer, name, str, where) for name in ("description", "requirements")]
        raw_salary, salary = _pay(given(offer, "salary", dict, where) or {}, where)
        return Row(
            native_id,
            {
                "title": need(offer, "title", str, where),
                "url": url,
                "apply_url": given(offer, "careers_apply_url", str, where),
                "unit": given(offer, "department", str, where),
                "raw_location": _places(offer, where),
                "raw_country": given(offer, "country_code", str, where),
                "raw_workplace": ", ".join(ways) or None,
                "raw_employment_type": given(offer, "employment_type_code", str, where),
                "raw_date_posted": need(offer, "published_at", (str, type(None)), where),
                "raw_valid_through": given(offer, "close_at", str, where),
                "raw_salary": raw_salary,
                "salary": salary,
                "description_html": "\n".join(text for text in texts if text) or None,
            },
            (Key(self.platform, (urlsplit(url).hostname or "").lower(), slug.lower()),),
        )


def _places(offer: dict[str, Any], where: str) -> list[str]:
    places = objects(given(offer, "locations", list, where) or [], where)
    if len(places) < 2:
        name = need(offer, "location", (str, type(None)), where)
        return [name] if name else []
    keys = ("city", "state", "country")
    texts = [", ".join(dict.fromkeys(p[key] for key in keys if p.get(key))) for p in places]
    return list(dict.fromkeys(filter(None, texts)))


def _pay(pay: dict[str, Any], where: str) -> tuple[str | None, Salary | None]:
    least, most, per, currency = (
        given(pay, key, (str, int, float), where) for key in ("min", "max", "period", "currency")
    )
    figures = " - ".join(str(figure) for figure in (least, most) if figure)
    if not figures:
        return None, None
    raw = " ".join(str(said) for said in (currency, figures, per) if said)
    return raw, Salary(min=least, max=most, currency=currency, unit=UNITS.get(str(per)))
