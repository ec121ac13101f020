"""Links that no platform claims: their pages, judged by what any page may say.

Closed is 404 or 410, a redirect to a front page or to the page above, or a sentence that stands
alone on the page. A page that still carries the title, or states a JobPosting of that title, is
open. All else is unknown: a page filled by a script, a login, a group's page.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar
from urllib.parse import urlsplit

import scrapy
from itemadapter import ItemAdapter
from scrapy import Request
from scrapy.http import Response, TextResponse
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.python.failure import Failure

from crawler.clock import today
from crawler.errors import UnexpectedAnswer
from crawler.fetch.failures import fetch_failure
from crawler.night.check_known import title_key
from crawler.night.check_site import Finding, deadline
from crawler.own_address import bare_host, is_front
from crawler.own_pages import closed_sentence
from crawler.page_text import is_pdf, read_pdf
from crawler.posting import Posting
from crawler.schema_values import DEFAULT_VALIDITY
from crawler.structured_data import fields_of, job_postings
from pipelines.normalise import Reading, normalise

GONE = (404, 410)


@dataclass(frozen=True)
class PageFinding:
    """What a page said, and where the link led to in the end."""

    finding: Finding
    url: str


class Pages(scrapy.Spider):
    """Asks for each URL once. `titles` are those that the documents give to a URL's postings."""

    name = "pages"
    finish_reason = ""
    titles: ClassVar[dict[str, tuple[str | None, ...]]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.found: dict[tuple[str, str | None], PageFinding] = {}

    async def start(self) -> AsyncIterator[Request]:
        for url in self.titles:
            yield Request(
                url, callback=self._on_page, errback=self._on_failure, cb_kwargs={"asked": url},
                dont_filter=True,
            )  # fmt: skip

    def _on_page(self, response: Response, asked: str) -> None:
        titles = self.titles[asked]
        for title in titles:
            finding = judge(response, asked, title, alone=len(titles) == 1)
            self.found[asked, title] = PageFinding(finding, response.url)

    def _on_failure(self, failure: Failure) -> None:
        request: Request = failure.request  # type: ignore[attr-defined]
        asked = request.cb_kwargs["asked"]
        error = failure.value
        if isinstance(error, HttpError) and error.response.status in GONE:
            finding = Finding("closed", f"HTTP {error.response.status} for the page")
        else:
            said = fetch_failure(failure)
            finding = Finding("unknown", f"{said.kind}: {said.reason}")
        for title in self.titles[asked]:
            self.found[asked, title] = PageFinding(finding, request.url)


def judge(response: Response, asked: str, title: str | None, *, alone: bool = True) -> Finding:
    """What a page that was answered says of the posting with this title.

    `alone`: no other posting has this address; else a closed sentence may be another one's.
    """
    if not isinstance(response, TextResponse) or is_pdf(response.body):
        return _document(response, title)
    stated = _stated(response, title)
    if stated:
        return stated
    said = closed_sentence(response.text) if alone else None
    if said:
        return Finding("closed", f"the page says {said!r}")
    if _carries(" ".join(response.xpath("//body//text()").getall()), title):
        return Finding("open", "the page still carries its title")
    if response.url != asked and leads_away(asked, response.url):
        return Finding("closed", f"redirected to {response.url}")
    what = "does not carry its title" if title else "does not say whether it is open"
    return Finding("unknown", f"the page is there, and {what}")


def leads_away(asked: str, answered: str) -> bool:
    """From a posting's address to a front page, or to the page above on the same site?"""
    before, after = urlsplit(asked), urlsplit(answered)
    if is_front(asked) or bare_host(asked) != bare_host(answered):
        return False
    above = before.path.rstrip("/").startswith(after.path.rstrip("/") + "/")
    return is_front(answered) or (above and not after.query)


def _stated(response: TextResponse, title: str | None) -> Finding | None:
    """By a JobPosting that the page states under this title, or as its only one."""
    nodes = job_postings(response.text, response.url)
    for node in nodes:
        fields = fields_of(node, response.url)
        same = title_key(fields.get("title")) == title_key(title)
        if same or (not title and len(nodes) == 1):
            return deadline(_deadline_of(fields), today()) or Finding(
                "open", f"the page states a JobPosting {fields.get('title')!r}"
            )
    return None


def _deadline_of(fields: dict[str, Any]) -> date | None:
    """The deadline that a person set: software's own default is none."""
    dates = {name: fields.get(f"raw_{name}") for name in ("date_posted", "valid_through")}
    posting = Posting(
        source="", platform="", tenant="", native_id="", raw_date_posted=dates["date_posted"],
        raw_valid_through=dates["valid_through"],
    )  # fmt: skip
    normalise(ItemAdapter(posting), Reading(today(), default_validity=DEFAULT_VALIDITY))
    return posting.valid_through


def _document(response: Response, title: str | None) -> Finding:
    if not is_pdf(response.body):
        return Finding("unknown", "a document that cannot be read here")
    try:
        page = read_pdf(response.body)
    except UnexpectedAnswer as error:
        return Finding("unknown", str(error))
    if _carries(f"{page.title} {page.text}", title):
        return Finding("open", "the document is still there")
    return Finding("unknown", "a document, which does not say whether the posting is open")


def _carries(text: str, title: str | None) -> bool:
    wanted = title_key(title)
    return bool(wanted) and f" {wanted} " in f" {title_key(text)} "
