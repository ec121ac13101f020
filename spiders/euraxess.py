"""EURAXESS (euraxess.ec.europa.eu), the European Commission's board of research positions.

URL forms (ats/academic_boards.md, "EURAXESS"):
    https://euraxess.ec.europa.eu/jobs/{id}
    GET https://euraxess.ec.europa.eu/jobs/search?page=N    0-based, ten to a page, newest first

Traps:
- A board of copies: the organisation of an offer is at times an aggregator itself.
- robots.txt allows /jobs and /jobs/search?page= and forbids other queries: no facets. The newest
  three pages of some 700 are read each night, so that absence proves nothing.
- Deadlines carry a zone in brackets ("23:59 (Europe/Oslo)"); `time[datetime]` has the moment.
- A place of work is one line of varying parts, the count of offers first: "Number of offers: 1,
  Austria, Centre of Law, Graz, 8010". The page of an offer has its parts under labels, but the same
  labels stand in the offer's own facts above them: of those the first counts.
- The listing has no JobPosting, and its texts are cut.

Not verified against a recorded answer: the page of an offer (labels from public code), an empty
result, an expired offer.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, ClassVar

from parsel import Selector
from pydantic import Field
from scrapy import Request
from scrapy.http import TextResponse

from crawler import platform
from crawler.answers import one_text, texts_of
from crawler.errors import UnexpectedAnswer
from crawler.patterns import Listing, Page, Row

BOARD = "https://euraxess.ec.europa.eu/jobs"


TERM, DEFINITION = "dt.ecl-description-list__term", "following-sibling::dd[1]"


class EuraxessParams(platform.Params):
    max_pages: int = Field(default=3, ge=1, le=40)  # of ten offers


class Euraxess(Listing):
    name = "euraxess"
    label = "EURAXESS"
    single_site = "euraxess.ec.europa.eu"
    many_employers = True
    Params = EuraxessParams
    listing_is_authoritative = False
    closed_statuses = (404, 410)
    day_first = True
    time_zone = "Europe/Brussels"
    url_rules = (
        r"https?://euraxess\.ec\.europa\.eu/jobs/(?P<posting_id>\d+)/?(?:[?\#]|$)",
        r"https?://euraxess\.ec\.europa\.eu/jobs(?:/search)?/?(?:[?\#]|$)",
    )
    examples: ClassVar = {
        "https://euraxess.ec.europa.eu/jobs/990001?utm_source=x": {"posting_id": "990001"},
        "https://euraxess.ec.europa.eu/jobs/search?page=2": {},
        "https://euraxess.ec.europa.eu/jobs": {},
    }
    not_examples = (
        "https://euraxess.ec.europa.eu/worldwide/north-america",
        "https://euraxess.ec.europa.eu/jobs/hosting/12",
        "https://euraxess.ec.europa.eu.example.org/jobs/990001",
    )

    @classmethod
    def canonical_url(cls, match: platform.Match) -> str:
        return f"{BOARD}/{match.posting_id or 'search'}"

    # --- the listing --------------------------------------------------------------------------

    def listing(self) -> Iterable[Request]:
        return [self._page(0)]

    def _page(self, number: int) -> Request:
        return Request(f"{BOARD}/search?page={number}", meta={"number": number})

    def read_listing(self, response: TextResponse) -> Page:
        offers = response.css("article.ecl-content-item")
        count = "".join(texts_of(response.css("#search_results_count")))
        if not offers and not re.search(r"\(0\)", count):
            raise UnexpectedAnswer(f"{response.url}: no offer, and no count of results that is 0")
        rows = [self._row(offer, response) for offer in offers]
        number = response.meta.get("number", 0) + 1
        if rows and all(row.native_id in self._seen for row in rows):
            self.report.cut_short = f"page {number} of the listing repeats those before it"
        further = bool(rows) and number < self.params.max_pages
        return Page(rows, more=[self._page(number)] if further else [])

    def _row(self, offer: Selector, response: TextResponse) -> Row:
        link = offer.css(".ecl-content-block__title a")
        match = self.match(response.urljoin(link.attrib.get("href", "")))
        if match is None or match.posting_id is None:
            raise UnexpectedAnswer(f"{response.url}: an offer without its address")
        meta = [one_text(item) for item in offer.css(".ecl-content-block__primary-meta-item")]
        posted = next((text for text in meta if text.startswith("Posted on:")), "")
        place = one_text(offer.css(".id-Work-Locations .ecl-text-standard"))
        place = re.sub(r"^Number of offers: \d+, ", "", place)
        deadline = offer.css(".id-Application-Deadline time")
        fields = {
            "title": one_text(link),
            "url": match.canonical_url,
            "organization": one_text(offer.css(".ecl-content-block__primary-meta-item a")),
            "unit": one_text(offer.css(".id-Department .ecl-text-standard")) or None,
            "description_html": offer.css(".ecl-content-block__description").get(),
            "raw_location": [place] if place else [],
            "raw_country": place.split(", ")[0] or None,
            "raw_date_posted": posted.removeprefix("Posted on:").strip() or None,
            "raw_valid_through": deadline.attrib.get("datetime") or one_text(deadline) or None,
        }
        return Row(match.posting_id, fields)

    # --- the detail ---------------------------------------------------------------------------

    def detail_request(self, native_id: str, url: str) -> Request | None:
        return Request(f"{BOARD}/{native_id}")

    def read_detail(self, response: TextResponse) -> dict[str, Any]:
        said: dict[str, list[str]] = {}
        for term in response.css(TERM):
            said.setdefault(one_text(term), []).append(one_text(term.xpath(DEFINITION)))
        first = {label: values[0] for label, values in said.items()}
        if not first.get("Organisation/Company"):
            raise UnexpectedAnswer(f"{response.url}: no label 'Organisation/Company'")
        heading = response.xpath("//*[@id='offer-description']")
        kind = ", ".join(filter(None, map(first.get, ("Type of Contract", "Job Status"))))
        fields: dict[str, Any] = {
            "unit": first.get("Department"),
            "requisition_id": first.get("Reference Number"),
            "description_html": heading.xpath("../div[contains(@class, 'ecl')]").get()
            or heading.xpath("..").get(),
            "raw_location": [city for city in said.get("City", []) if city],
            "raw_country": first.get("Country"),
            "raw_employment_type": kind,
        }
        if self.only:
            fields["title"] = one_text(response.css("h1"))
            fields["organization"] = first["Organisation/Company"]
            fields["raw_valid_through"] = first.get("Application Deadline")
        return fields
