"""Lever (jobs.lever.co, jobs.eu.lever.co).

Endpoints (documented by the vendor, https://github.com/lever/postings-api):
    GET https://api.lever.co/v0/postings/{site}?mode=json      every posting, with its full text
    https://api.eu.lever.co/...                                the same for sites of the EU region

Traps:
- The region matters: a site lives on one of the two hosts, the other answers 404.
- The answer is a bare JSON array. Without `mode=json` a browser-like Accept gets an HTML widget.
- `description` holds neither `lists` (the requirements) nor `additional`.
- `createdAt` is missing from the vendor's documentation but in every answer: epoch milliseconds.
- A 404 for one posting is no proof of closing: confidential postings are hidden from the API while
  their page works (postings-api issue 48). Absence from the complete list is.
- robots.txt of both hosts allows all with Crawl-delay 1.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import Any, ClassVar, Literal

from scrapy import Request
from scrapy.http import TextResponse

from crawler import platform
from crawler.patterns import Page, Row, WholeBoard, json_of, need
from crawler.posting import Salary

UNITS = {"hour": "HOUR", "day": "DAY", "week": "WEEK", "month": "MONTH", "year": "YEAR"}


class LeverParams(platform.Params):
    site: str
    region: Literal["us", "eu"] = "us"


class Lever(WholeBoard):
    name = "lever"
    label = "Lever"
    Params = LeverParams
    url_rules = (
        r"""https?://jobs\.(?:(?P<region>eu)\.)?lever\.co/(?P<site>[^/?\#]+)
            (?:/(?P<posting_id>[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?:/apply|/thanks)?)?
            /?(?:[?\#]|$)""",
        r"https?://api\.(?:(?P<region>eu)\.)?lever\.co/v0/postings/(?P<site>[^/?\#]+)"
        r"(?:/(?P<posting_id>[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}))?/?(?:[?\#]|$)",
    )
    examples: ClassVar = {
        "https://jobs.lever.co/fernlab/0a1b2c3d-0001-4a5b-8c6d-0e1f2a3b4c5d?lever-source=LinkedIn": {
            "site": "fernlab",
            "posting_id": "0a1b2c3d-0001-4a5b-8c6d-0e1f2a3b4c5d",
        },
        "https://jobs.eu.lever.co/quantenhof/0a1b2c3d-0002-4a5b-8c6d-0e1f2a3b4c5d/apply": {
            "site": "quantenhof",
            "region": "eu",
            "posting_id": "0a1b2c3d-0002-4a5b-8c6d-0e1f2a3b4c5d",
        },
        "https://jobs.lever.co/Fern.Labs": {"site": "Fern.Labs"},
    }
    not_examples = ("https://www.lever.co/careers/", "https://lever.co.example.org/fernlab")
    public_api: ClassVar = {
        "api.lever.co": "https://github.com/lever/postings-api",
        "api.eu.lever.co": "https://github.com/lever/postings-api",
    }
    time_zone = "UTC"

    @classmethod
    def tenant_of(cls, params: LeverParams) -> str:
        return params.site.lower()

    @classmethod
    def canonical_url(cls, match: platform.Match) -> str:
        host = "jobs.eu.lever.co" if match.params.region == "eu" else "jobs.lever.co"
        return "/".join(filter(None, (f"https://{host}", match.groups["site"], match.posting_id)))

    def listing(self) -> Iterable[Request]:
        host = "api.eu.lever.co" if self.params.region == "eu" else "api.lever.co"
        yield Request(
            f"https://{host}/v0/postings/{self.params.site}?mode=json",
            headers={"Accept": "application/json"},
        )

    def read_listing(self, response: TextResponse) -> Page:
        return Page([_row(item, response.url) for item in json_of(response, list)])


def _row(item: dict[str, Any], where: str) -> Row:
    categories = item.get("categories") or {}
    places = categories.get("allLocations") or [categories.get("location")]
    return Row(
        need(item, "id", str, where),
        {
            "title": need(item, "text", str, where),
            "url": item.get("hostedUrl") or "",
            "apply_url": item.get("applyUrl"),
            "unit": categories.get("department") or categories.get("team"),
            "raw_location": [place for place in places if place],
            "raw_country": item.get("country"),
            "raw_workplace": item.get("workplaceType"),
            "raw_employment_type": categories.get("commitment"),
            "raw_date_posted": str(item["createdAt"]) if item.get("createdAt") else None,
            "raw_salary": item.get("salaryDescriptionPlain"),
            "salary": _salary(item.get("salaryRange")),
            "description_html": _full_text(item),
        },
    )


def _full_text(item: dict[str, Any]) -> str:
    parts = [item.get("description") or ""]
    for part in item.get("lists") or []:
        parts.append(
            f"<h3>{escape(part.get('text') or '')}</h3><ul>{part.get('content') or ''}</ul>"
        )
    parts += [item.get("additional") or "", item.get("salaryDescription") or ""]
    return "\n".join(part for part in parts if part)


def _salary(given: dict[str, Any] | None) -> Salary | None:
    if not given:
        return None
    per = (given.get("interval") or "").removeprefix("per-").partition("-")[0]
    return Salary(
        min=given.get("min"),
        max=given.get("max"),
        currency=given.get("currency"),
        unit=UNITS.get(per),
    )
