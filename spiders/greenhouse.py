"""Greenhouse (boards.greenhouse.io, job-boards.greenhouse.io, `gh_jid` on employers' pages).

URL forms (ats/greenhouse.md section 1):
    https://{boards|job-boards}[.eu].greenhouse.io/{token}/jobs/{id}       one posting
    https://boards.greenhouse.io/embed/job_app?for={token}&token={id}      the same in a frame
    https://boards.greenhouse.io/embed/job_board[/js]?for={token}          the board in a frame
    https://boards-api.greenhouse.io/v1/boards/{token}/jobs[/{id}]         the public API
    https://{any host}/...?gh_jid={id}                                     an employer's own page
    https://{employer's host}/.../{id}                                     vanity; ids of 10 digits
    https://grnh.se/{code}                                                 a short link

Endpoint (section 2; documented, https://developers.greenhouse.io/job-board.html):
    GET https://boards-api.greenhouse.io/v1/boards/{token}/jobs?content=true&pay_transparency=true
the whole board with its texts in one answer, also for boards of the EU host. An unknown token
answers 404. pay_transparency is documented for one job and reported to work on the list.

Traps:
- `gh_jid` is the identity on employers' pages and a repetition on Greenhouse's own, where the path
  decides, and on another platform's URL. `gh_src`, `source` and utm_* are tracking.
- In embed/job_app the parameter `token` is the posting's id, and `for` the board's token.
- A `gh_jid` page does not name the token, and the API needs it. Such a posting has the key of its id
  alone (ids are of 7 or 10 digits, and no two boards' were seen equal: inferred) until the
  catalogue names the host; that key is stored as an alias of every posting.
- A short link names nothing; its redirect does.
- `internal_job_id` null is a form for general interest, no job (section 2).
- `content` is HTML escaped once; `first_published` is the day of posting, `updated_at` moves in bulk.
- `requisition_id` may be a placeholder shared by a whole board ("See Opening ID", "MULTI"): one
  without a figure is none (inferred; the recorded ones have none).
- `location.name` is free text: several places stand between `;` or `|`, never between commas. It may
  be a way of working alone; the places are the offices' then.
- Contract and way of working stand in `metadata` under names of the tenant's choice.
- Pay is in cents; its period stands in the range's title alone.
- A posting absent from the board is closed; employers' pages go on answering 200 (section 3).
- robots.txt forbids /embed/ only (section 4).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import unescape
from typing import Any, ClassVar

from scrapy import Request
from scrapy.http import TextResponse

from crawler import platform
from crawler.answers import given, json_of, need, objects
from crawler.patterns import Page, Row, WholeBoard
from crawler.posting import Key, Salary
from spiders.embedded import EMPLOYERS_PAGE, left_to_others

_BOARDS = r"https?://(?P<boards>(?:job-)?boards(?:\.eu)?\.greenhouse\.io)"
_TOKEN = r"(?P<token>(?!embed\b)[\w.-]+)"
_ID = r"(?P<posting_id>\d+)(?:[&\#]|$)"

# Names that tenants give their metadata (ats/greenhouse.md section 2: varied, so by their words).
EMPLOYMENT = re.compile(r"employment type|time type|role type", re.IGNORECASE)
WORKPLACE = re.compile(r"workplace type|location type|remote", re.IGNORECASE)
PAY = re.compile(r"\b(?:pay|salary|compensation)\b.*range", re.IGNORECASE)
MODE = re.compile(r"(?:(?:fully )?remote|hybrid|on-?\s?site|in[- ]office)", re.IGNORECASE)
PERIODS: dict[str, Any] = {
    "YEAR": r"annual|annum|year",
    "MONTH": r"month",
    "WEEK": r"week",
    "DAY": r"\bda(?:y|ily)",
    "HOUR": r"hour",
}


class GreenhouseParams(platform.Params):
    token: str | None = None  # of the board; an employer's page does not say it


class Greenhouse(WholeBoard):
    name = "greenhouse"
    label = "Greenhouse"
    Params = GreenhouseParams
    tenant_params = ("token",)
    needed = ("token",)
    url_rules = (
        rf"{_BOARDS}/{_TOKEN}/jobs/(?P<posting_id>\d+)(?:[/?\#]|$)",
        rf"{_BOARDS}/embed/job_app/?(?=\?(?:[^\#]*&)?token={_ID})"
        r"(?:(?=\?(?:[^\#]*&)?for=(?P<token>[\w.-]+))|)",
        rf"{_BOARDS}/embed/job_board(?:/js)?/?\?(?:[^\#]*&)?for=(?P<token>[\w.-]+)",
        rf"{_BOARDS}/{_TOKEN}/?\?(?:[^\#]*&)?gh_jid={_ID}",
        rf"{_BOARDS}/{_TOKEN}(?:/jobs)?/?(?:[?\#]|$)",
        r"https?://(?:boards-)?api(?:\.eu)?\.greenhouse\.io/v1/boards/(?P<token>[\w.-]+)"
        r"(?:/jobs(?:/(?P<posting_id>\d+))?|/departments|/offices|/sections)?/?(?:[?\#]|$)",
        r"https?://grnh\.se/\w+",
        rf"https?://(?=[^?\#]*\?(?:[^\#]*&)?gh_jid=\d){EMPLOYERS_PAGE}\?(?:[^\#]*&)?gh_jid={_ID}",
    )
    # The last three digits of the longer ids name a part of Greenhouse: 002 to 010, 101 (inferred).
    vanity_rules = (
        r"https?://(?P<own>[\w.-]+/(?:[^?\#]*/)?(?P<posting_id>\d{7}(?:0\d|10)\d))/?(?:[?\#]|$)",
    )
    page_rules = (
        platform.PageRule(
            re.compile(r"greenhouse\.io/embed/job_board(?:/js)?\?for=(?P<token>[\w.-]+)", re.I),
            "the page embeds a Greenhouse board",
        ),
        platform.PageRule(
            re.compile(r"boards-api\.greenhouse\.io/v1/boards/(?P<token>[\w.-]+)", re.I),
            "the page asks Greenhouse's API",
        ),
        platform.PageRule(
            re.compile(
                r"//(?:job-)?boards(?:\.eu)?\.greenhouse\.io/(?!embed\b)(?P<token>[\w.-]+)", re.I
            ),
            "the page links to a Greenhouse board",
        ),
    )
    examples: ClassVar = {
        "https://boards.greenhouse.io/fernlabs/jobs/4015520005?gh_src=b27165557us": {
            "token": "fernlabs",
            "posting_id": "4015520005",
        },
        "https://job-boards.eu.greenhouse.io/quantenhof/jobs/4100001101?gh_jid=4100001101": {
            "token": "quantenhof",
            "posting_id": "4100001101",
        },
        "https://boards.greenhouse.io/embed/job_app?token=4015520006&for=fernlabs&b=x": {
            "token": "fernlabs",
            "posting_id": "4015520006",
        },
        "https://boards.greenhouse.io/embed/job_app?token=4015520006": {"posting_id": "4015520006"},
        "https://boards.greenhouse.io/embed/job_board/js?for=fernlabs": {"token": "fernlabs"},
        "https://boards.greenhouse.io/fernlabs?gh_jid=5353229": {
            "token": "fernlabs",
            "posting_id": "5353229",
        },
        "https://job-boards.greenhouse.io/fernlabs?departments[]=7": {"token": "fernlabs"},
        "https://boards-api.greenhouse.io/v1/boards/fernlabs/jobs/5353229?questions=true": {
            "token": "fernlabs",
            "posting_id": "5353229",
        },
        "https://www.fernlabs.example/careers/?gh_src=News+board&gh_jid=4899302003": {
            "posting_id": "4899302003"
        },
        "https://app.careerpuck.com/job-board/fernlabs/job/4390029005?gh_jid=4390029005": {
            "posting_id": "4390029005"
        },
        "https://grnh.se/b12d84713us": {},
    }
    not_examples = (
        "https://www.greenhouse.com/careers",
        "https://my.greenhouse.io/users/sign_in?job_board=fernlabs",
        "https://boards.greenhouse.io.example.org/fernlabs/jobs/4015520005",
        "https://www.fernlabs.example/careers?xgh_jid=4899302003",
        "https://www.fernlabs.example/careers#gh_jid=4899302003",
        "https://jobs.lever.co/fernlab?gh_jid=4899302003",
    )

    public_api: ClassVar = {
        "boards-api.greenhouse.io": "https://developers.greenhouse.io/job-board.html"
    }

    @classmethod
    def match(cls, url: str) -> platform.Match | None:
        return left_to_others(super().match(url))

    @classmethod
    def match_on_known_host(
        cls, url: str, params: platform.BaseParams, evidence: str
    ) -> platform.Match | None:
        # Only an employer's own host stands for its board; Greenhouse's are everybody's.
        match = super().match_on_known_host(url, params, evidence)
        return match if match and match.groups.keys() & {"token", "page", "own"} else None

    @classmethod
    def canonical_url(cls, match: platform.Match) -> str:
        said, number = match.groups, match.posting_id
        if "own" in said:
            return f"https://{said['own']}"
        if "page" in said:
            return f"https://{said['page']}?gh_jid={number}"
        if "token" in said:
            board = f"https://{said.get('boards', 'job-boards.greenhouse.io')}/{said['token']}"
            return f"{board}/jobs/{number}" if number else board
        if number:
            return f"https://{said['boards']}/embed/job_app?token={number}"
        return super().canonical_url(match)

    # --- the board ----------------------------------------------------------------------------

    def listing(self) -> Iterable[Request]:
        board = f"https://boards-api.greenhouse.io/v1/boards/{self.params.token}/jobs"
        yield Request(f"{board}?content=true&pay_transparency=true")

    def read_listing(self, response: TextResponse) -> Page:
        answer, where = json_of(response), response.url
        jobs = objects(need(answer, "jobs", list, where), where)
        meta = given(answer, "meta", dict, where)
        total = need(meta, "total", int, f"{where}: meta") if meta else None
        return Page([row for row in map(self._row, jobs) if row], total)

    def _row(self, job: dict[str, Any]) -> Row | None:
        native_id = str(need(job, "id", int, "a job"))
        where = f"job {native_id}"
        if need(job, "internal_job_id", (int, type(None)), where) is None:
            self.report.skip_row("a form for general interest")
            return None
        metadata = list(_metadata(job, where))
        mode, places = _places(job, where)
        raw_salary, salary = _pay(job, metadata, where)
        requisition = given(job, "requisition_id", str, where) or ""
        return Row(
            native_id,
            {
                "title": need(job, "title", str, where),
                "url": need(job, "absolute_url", str, where),
                "requisition_id": requisition if re.search(r"\d", requisition) else None,
                "unit": _department(job, where),
                "language": need(job, "language", (str, type(None)), where),
                "raw_location": places,
                "raw_workplace": _said(metadata, WORKPLACE) or mode,
                "raw_employment_type": _said(metadata, EMPLOYMENT),
                "raw_date_posted": given(job, "first_published", str, where),
                "raw_valid_through": given(job, "application_deadline", str, where),
                "raw_salary": raw_salary,
                "salary": salary,
                "description_html": unescape(given(job, "content", str, where) or ""),
            },
            (Key(self.platform, "", native_id),),
        )


def _metadata(job: dict[str, Any], where: str) -> Iterator[tuple[str, Any]]:
    for item in objects(given(job, "metadata", list, where) or [], where):
        yield item.get("name") or "", item.get("value")


def _said(metadata: list[tuple[str, Any]], name: re.Pattern[str]) -> str | None:
    """What the metadata of these names say, in words."""
    values = [value for said, value in metadata if name.search(said)]
    return ", ".join(value for value in values if isinstance(value, str)) or None


def _department(job: dict[str, Any], where: str) -> str | None:
    departments = objects(given(job, "departments", list, where) or [], where)
    names = [item.get("name") for item in departments]
    return next((name for name in names if name and name != "No Department"), None)


def _places(job: dict[str, Any], where: str) -> tuple[str | None, list[str]]:
    """The way of working, where `location` says nothing else, and the places."""
    name = need(need(job, "location", dict, where), "name", (str, type(None)), where) or ""
    if name.strip() and not MODE.fullmatch(name.strip()):
        return None, [place.strip() for place in re.split(r"[;|]", name) if place.strip()]
    offices = objects(given(job, "offices", list, where) or [], where)
    places = [office.get("location") or office.get("name") for office in offices]
    return name.strip() or None, list(dict.fromkeys(place for place in places if place))


def _pay(
    job: dict[str, Any], metadata: list[tuple[str, Any]], where: str
) -> tuple[str | None, Salary | None]:
    """Pay as text, and as numbers where there is one range: several are of several countries."""
    ranges = [
        (each.get("title") or "", each.get("min_cents"), each.get("max_cents"),
         each.get("currency_type"), 100)
        for each in objects(given(job, "pay_input_ranges", list, where) or [], where)
    ] or [
        ("", value.get("min_value"), value.get("max_value"), value.get("unit"), 1)
        for name, value in metadata
        if isinstance(value, dict) and PAY.search(name)
    ]  # fmt: skip
    found = []
    for title, low, high, currency, parts in ranges:
        least, most = (float(amount) / parts if amount else None for amount in (low, high))
        unit = next((u for u, words in PERIODS.items() if re.search(words, title, re.I)), None)
        figures = " - ".join(f"{amount:.2f}" for amount in (least, most) if amount)
        text = f"{title}: {currency} {figures}" if title else f"{currency} {figures}"
        if figures:
            found.append((text, Salary(min=least, max=most, currency=currency, unit=unit)))
    raw = "; ".join(text for text, _ in found) or None
    return raw, found[0][1] if len(found) == 1 else None
