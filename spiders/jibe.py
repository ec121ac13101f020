"""Jibe, iCIMS' newer front ends, on the employers' own hosts ({tenant}.jibeapply.com is the vendor's).

URL forms (ats/icims.md A1):
    https://{host}[/{landing}]/jobs/{id}?lang=en-us       one posting; mode, iis, source are tracking
    https://{host}[/{landing}]/jobs                       the board

Traps:
- /jobs/{number} alone is anybody's. With a language such as `lang=en-us` in the query it is Jibe's: no
  other link of the community has both. Without, it counts where the catalogue names the host.
- {id} is the employer's requisition at iCIMS customers, not elsewhere. It may hold letters and a
  second number (104479036723-41447668006).
- A posting is listed once in each language, under one id.
- Some boards answer under /careers-home/jobs/ alone: the landing page stays in the canonical URL.
- One board may be on several hosts (A5).

Endpoint (no vendor documentation; facts from ats/icims.md A3 to A5):
    GET https://{host}/api/jobs?page={n}&limit=100      n from 1; every posting with its text

More traps:
- A limit above 100 answers an empty list, or 422.
- `totalCount` counts each language of a posting. The first language that is listed is kept.
- {id} is `slug`; where the posting is applied for names the system behind: iCIMS for three of five.
- `external` is false on public rows, `meta_data` may be false instead of an object, canonical_url null.
- Some boards repeat the description in `responsibilities`.
- 0 as a salary is undisclosed; tags hold pay, place and contract in an order of the customer's own.
- posting_expiry_date is no deadline (five months ahead at AMD), `update_date` is the last import.
- A gateway may be frozen and list what is long gone: no answer says so, but old posting dates do.
- An unknown id answers 200 with the home page: only absence closes (A5).
"""

from __future__ import annotations

import re
from typing import Any, ClassVar
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.http import Response, TextResponse
from w3lib.url import url_query_cleaner

from crawler import platform
from crawler.answers import given, json_of, need, objects, text_of
from crawler.patterns import Output, Page, PagedListing, Row
from crawler.posting import Key, Salary, SalaryUnit
from spiders.fronts import keys_behind

PAGE_SIZE = 100
# Recorded is HOURLY alone.
UNITS: dict[str, SalaryUnit] = {
    "HOURLY": "HOUR", "DAILY": "DAY", "WEEKLY": "WEEK", "MONTHLY": "MONTH", "YEARLY": "YEAR",
    "ANNUALLY": "YEAR",
}  # fmt: skip
TEXTS = ("description", "responsibilities", "qualifications")

_VENDORS = r"https?://(?P<host>(?!www\.)[\w-]+\.jibeapply\.com)"
_ANY = r"https?://(?P<host>[\w.-]+)"
# Numbers, at most with capitals: a word in lower case would be another platform's slug.
_JOB = r"(?P<landing>(?:/(?!jobs/)[\w-]+)?)/jobs/(?P<posting_id>(?-i:\d[\dA-Z]*(?:-\d+)?))/?"
_LANG = r"\?(?:[^\#]*&)?lang=(?P<language>(?-i:[a-z]{2}-[a-z]{2}))(?:[&\#]|$)"
_MAYBE_LANG = rf"(?:(?={_LANG})|)(?:[?\#]|$)"
_BOARD = r"(?P<landing>(?:/(?!jobs\b)[\w-]+)?)(?:/(?:jobs/?)?)?(?:[?\#]|$)"


class Jibe(PagedListing):
    name = "jibe"
    label = "Jibe (iCIMS)"
    Params = platform.HostParams
    front_end = True
    url_rules = (
        _VENDORS + _JOB + _MAYBE_LANG,
        _VENDORS + _BOARD,
        _ANY + _JOB + _LANG,
    )
    vanity_rules = (_ANY + _JOB + _MAYBE_LANG, _ANY + _BOARD)
    page_rules = (
        platform.PageRule(
            re.compile(
                r"window\._jibe\b|\b(?:app|cms)\.jibecdn\.com\b|data-jibe-search-version", re.I
            ),
            "the scripts of a Jibe front end",
        ),
    )
    examples: ClassVar = {
        "https://careers.fernwood.example/jobs/51596?lang=en-us&mode=job&iis=Job+Board": {
            "host": "careers.fernwood.example",
            "posting_id": "51596",
        },
        "https://jobs.fernwood.example/careers-home/jobs/2105942289W?previousLocale=x&lang=en-gb": {
            "host": "jobs.fernwood.example",
            "posting_id": "2105942289W",
        },
        "https://quantenhof.jibeapply.com/jobs/104479036723-41447668006": {
            "host": "quantenhof.jibeapply.com",
            "posting_id": "104479036723-41447668006",
        },
        "https://quantenhof.jibeapply.com/jobs?page=1": {"host": "quantenhof.jibeapply.com"},
    }
    not_examples = (
        "https://careers.fernwood.example/jobs/51596",
        "https://careers.fernwood.example/jobs/51596?lang=en",
        "https://careers.fernwood.example/jobs/7459617-hpc-engineer?lang=en-us",
        "https://careers.fernwood.example/jobs?lang=en-us",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._languages: dict[str, set[str]] = {}  # of each posting that was listed

    @classmethod
    def canonical_url(cls, match: platform.Match) -> str:
        said = match.groups
        start = f"https://{said['host'].lower()}{said.get('landing', '')}/jobs"
        if match.posting_id is None:
            return start
        language = f"?lang={said['language']}" if "language" in said else ""
        return f"{start}/{match.posting_id}{language}"

    # --- listing ------------------------------------------------------------------------------

    def page_request(self, number: int, response: Response | None) -> Request:
        url = f"https://{self.params.host}/api/jobs?page={number + 1}&limit={PAGE_SIZE}"
        return Request(url, headers={"Accept": "application/json"})

    def read_listing(self, response: TextResponse) -> Page:
        answer, where = json_of(response), response.url
        items = objects(need(answer, "jobs", list, where), where)
        rows = [self._row(need(item, "data", dict, where), where) for item in items]
        return Page([row for row in rows if row], need(answer, "totalCount", int, where))

    def _after_page(self, response: Response, page: Page, fresh: int) -> Output:
        # A page of further languages alone is not the end.
        copies = len(json_of(text_of(response))["jobs"]) > len(page.rows)
        yield from super()._after_page(response, page, fresh or copies)

    def _row(self, said: dict[str, Any], where: str) -> Row | None:
        slug = need(said, "slug", str, where)
        where = f"{where}: posting {slug}"
        language = given(said, "language", str, where) or ""
        known = self._languages.setdefault(slug, set())
        if known and language not in known:
            known.add(language)
            self.report.skip_row("a posting's further languages")
            return None
        known.add(language)
        meta = said.get("meta_data") or {}
        url = self._url(slug, language, given(meta, "canonical_url", str, where))
        requisition = given(said, "req_id", str, where)
        places = [p.strip() for p in (said.get("full_location") or "").split(";") if p.strip()]
        own = ", ".join(filter(None, (said.get("city"), said.get("state")))) or said.get("country")
        texts = [given(said, name, str, where) for name in TEXTS]
        raw_salary, salary = _salary(said)
        aliases = keys_behind(said.get("apply_url"), requisition)
        if (host := urlsplit(url).hostname or "") != self.params.host:
            aliases.append(Key(self.platform, host, slug))  # one board on several hosts
        fields = {
            "title": need(said, "title", str, where),
            "url": url,
            "apply_url": said.get("apply_url"),
            "requisition_id": requisition,
            "unit": said.get("department") or None,
            "language": language or None,
            "description_html": "\n".join(dict.fromkeys(text for text in texts if text)) or None,
            "raw_location": places or ([own] if own else []),
            "raw_country": said.get("country_code") if len(places) < 2 else None,
            "raw_workplace": _workplace(said.get("location_type") or ""),
            "raw_employment_type": said.get("employment_type"),
            "raw_date_posted": said.get("posted_date"),
            "raw_salary": raw_salary,
            "salary": salary,
        }
        return Row(slug, fields, tuple(aliases))

    def _url(self, slug: str, language: str, canonical: str | None) -> str:
        if canonical:
            return str(url_query_cleaner(canonical, ["lang"]))
        landing = re.match(_ANY + _BOARD, self.source.url, re.VERBOSE | re.IGNORECASE)
        path = landing["landing"] if landing else ""
        query = f"?lang={language}" if language else ""
        return f"https://{self.params.host}{path}/jobs/{slug}{query}"


def _workplace(location_type: str) -> str | None:
    """LAT_LNG and ANY say how the place is drawn, not where one works."""
    found = re.search(r"remote|hybrid|home|telecommut", location_type, re.IGNORECASE)
    return location_type if found else None


def _salary(said: dict[str, Any]) -> tuple[str | None, Salary | None]:
    low, high = (said.get(f"salary_{end}_value") or None for end in ("min", "max"))
    low, high = low or said.get("salary_value") or None, high or said.get("salary_value") or None
    if not low and not high:
        return None, None
    currency, per = said.get("salary_currency") or None, said.get("salary_frequency") or ""
    figures = "-".join(str(value) for value in dict.fromkeys((low, high)) if value)
    raw = " ".join(filter(None, (currency, figures, per)))
    return raw, Salary(min=low, max=high, currency=currency, unit=UNITS.get(per.upper()))
