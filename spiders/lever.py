"""Lever (jobs.lever.co, jobs.eu.lever.co).

Endpoints (documented by the vendor, https://github.com/lever/postings-api):
    GET https://api.lever.co/v0/postings/{site}?mode=json      every posting, with its full text
    https://api.eu.lever.co/...                                the same for sites of the EU region

Traps (ats/lever.md):
- The region matters: a site lives on one of the two hosts, the other answers 404.
- The answer is a bare JSON array. Without `mode=json` a browser-like Accept gets an HTML widget.
- Without `limit` the whole board comes in one answer; an empty array is a site without postings,
  a 404 is no such site.
- `description` holds neither `lists` (the requirements), nor `additional`, nor `salaryDescription`.
- A list's `content` is mostly bare `<li>` items, at times a `<div>` with a heading before them.
- `createdAt` is missing from the vendor's documentation but in every answer: epoch milliseconds.
- Site names may hold dots and capitals; the API is asked with the name as it is written.
- A 404 for one posting is no proof of closing: confidential postings are hidden from the API while
  their page works (postings-api issue 48). Absence from the complete list is.
- robots.txt of both hosts allows all with Crawl-delay 1.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape
from typing import Any, ClassVar, Literal

from scrapy import Request
from scrapy.http import TextResponse

from crawler import platform
from crawler.answers import given, json_of, need
from crawler.errors import UnexpectedAnswer
from crawler.patterns import Page, Row, WholeBoard
from crawler.posting import Salary

UNITS = {"hour": "HOUR", "day": "DAY", "week": "WEEK", "month": "MONTH", "year": "YEAR"}


class LeverParams(platform.Params):
    site: str
    region: Literal["us", "eu"] = "us"


class Lever(WholeBoard):
    name = "lever"
    label = "Lever"
    Params = LeverParams
    tenant_params = ("site",)
    url_rules = (
        r"""https?://jobs\.(?:(?P<region>eu)\.)?lever\.co/(?P<site>[^/?\#]+)
            (?:/(?P<posting_id>[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?:/apply|/thanks)?)?
            /?(?:[?\#]|$)""",
        r"https?://api\.(?:(?P<region>eu)\.)?lever\.co/v0/postings/(?P<site>[^/?\#]+)"
        r"(?:/(?P<posting_id>[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}))?/?(?:[?\#]|$)",
    )
    examples: ClassVar = {
        "https://jobs.lever.co/fernlab/0a1b2c3d-0001-4a5b-8c6d-0e1f2a3b4c5d?lever-source=Indeed": {
            "site": "fernlab",
            "posting_id": "0a1b2c3d-0001-4a5b-8c6d-0e1f2a3b4c5d",
        },
        "https://jobs.eu.lever.co/quantenhof/0a1b2c3d-0002-4a5b-8c6d-0e1f2a3b4c5d/apply": {
            "site": "quantenhof",
            "region": "eu",
            "posting_id": "0a1b2c3d-0002-4a5b-8c6d-0e1f2a3b4c5d",
        },
        "https://api.eu.lever.co/v0/postings/quantenhof?mode=json": {
            "site": "quantenhof",
            "region": "eu",
        },
        "https://jobs.lever.co/Fern.Labs": {"site": "Fern.Labs"},
        "https://jobs.lever.co/fernlab/?lever-via=s7Jk&team=Research": {"site": "fernlab"},
    }
    not_examples = (
        "https://www.lever.co/careers/",
        "https://lever.co.example.org/fernlab",
        "https://jobs.lever.co/",
        "https://jobs.lever.co/fernlab/not-a-posting-id",
        "https://github.com/lever/postings-api",
    )
    page_rules = (
        platform.PageRule(
            re.compile(
                r"//(?:jobs|api)\.(?:(?P<region>eu)\.)?lever\.co/(?:v0/postings/)?"
                r"(?P<site>[^/?#\"'<>\s\\]+)",
                re.IGNORECASE,
            ),
            "the page links to a Lever board",
        ),
    )
    shared_back_ends = ("lever.co",)
    public_api: ClassVar = {
        "api.lever.co": "https://github.com/lever/postings-api",
        "api.eu.lever.co": "https://github.com/lever/postings-api",
    }
    time_zone = "UTC"

    @classmethod
    def key_from_url(cls, match: platform.Match) -> str:
        return (match.posting_id or "").lower()

    @classmethod
    def canonical_url(cls, match: platform.Match) -> str:
        host = "jobs.eu.lever.co" if match.params.region == "eu" else "jobs.lever.co"
        parts = [f"https://{host}", match.groups["site"], (match.posting_id or "").lower()]
        return "/".join(part for part in parts if part)

    def listing(self) -> Iterable[Request]:
        host = "api.eu.lever.co" if self.params.region == "eu" else "api.lever.co"
        yield Request(
            f"https://{host}/v0/postings/{self.params.site}?mode=json",
            headers={"Accept": "application/json"},
        )

    def read_listing(self, response: TextResponse) -> Page:
        return Page([self._row(item, response.url) for item in json_of(response, list)])

    def _row(self, item: Any, where: str) -> Row:
        native_id = need(_object(item, f"{where}: a posting"), "id", str, where)
        where = f"{where}: posting {native_id}"
        categories = given(item, "categories", dict, where) or {}
        places = [categories.get("location"), *(categories.get("allLocations") or [])]
        created = given(item, "createdAt", (int, str), where)
        return Row(
            native_id,
            {
                "title": need(item, "text", str, where),
                "url": item.get("hostedUrl") or f"{self._board()}/{native_id}",
                "apply_url": item.get("applyUrl"),
                "unit": categories.get("department") or categories.get("team"),
                "raw_location": list(dict.fromkeys(place for place in places if place)),
                "raw_country": item.get("country"),
                "raw_workplace": item.get("workplaceType"),
                "raw_employment_type": categories.get("commitment"),
                "raw_date_posted": str(created) if created else None,
                "raw_salary": item.get("salaryDescriptionPlain"),
                "salary": _salary(given(item, "salaryRange", dict, where)),
                "description_html": _full_text(item, where),
            },
        )

    def _board(self) -> str:
        region = "eu." if self.params.region == "eu" else ""
        return f"https://jobs.{region}lever.co/{self.params.site}"


def _object(value: Any, what: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise UnexpectedAnswer(f"{what} is a {type(value).__name__}, not an object")
    return value


def _full_text(item: dict[str, Any], where: str) -> str:
    parts = [_markup(item, "description")]
    for section in given(item, "lists", list, where) or []:
        said = _object(section, f"{where}: one of its 'lists'")
        heading, content = said.get("text") or "", said.get("content") or ""
        parts.append(f"<h3>{escape(heading)}</h3>" if heading else "")
        parts.append(f"<ul>{content}</ul>" if content.lstrip().startswith("<li") else content)
    parts += [_markup(item, "additional"), _markup(item, "salaryDescription")]
    return "\n".join(part for part in parts if part)


def _markup(item: dict[str, Any], key: str) -> str:
    """A text field, which comes twice: as HTML, and plain under the same name with `Plain`."""
    if item.get(key):
        return str(item[key])
    lines = (item.get(f"{key}Plain") or "").strip().splitlines()
    return f"<p>{'<br>'.join(map(escape, lines))}</p>" if lines else ""


def _salary(given: dict[str, Any] | None) -> Salary | None:
    if not given:
        return None
    # "per-year-salary", "per-hour-wage"; "one-time" is no rate.
    per = (given.get("interval") or "").removeprefix("per-").partition("-")[0]
    return Salary(
        min=given.get("min"),
        max=given.get("max"),
        currency=given.get("currency"),
        unit=UNITS.get(per),
    )
