"""jobs.ac.uk, the United Kingdom's board of academic jobs: a search, many employers, no tenants.

Endpoints (found in use by several public crawlers, undocumented):
    GET https://www.jobs.ac.uk/search/?keywords=...&startIndex=1&pageSize=25&sortOrder=1
                                             cards, newest first; startIndex counts adverts from 1
    GET https://www.jobs.ac.uk/job/{REF}/{slug}   one advert; the slug is cosmetic

Traps (ats/jobs_ac_uk.md):
- It is a board: the employer is on the card, never the host; the same vacancy is usually also in
  the employer's own portal.
- The listing is a capped search, so that absence proves nothing (`listing_is_authoritative`).
- Dates on cards have no year: placed is the latest such date that is not after today, closing the
  first one not before that. The detail's dates are better and replace them.
- A normal advert has one JSON-LD JobPosting, whose employmentType is one text with the hours first
  and the contract last. An "enhanced" (branded) advert has none: its facts are labels, in one of
  four layouts.
- Job Ref is the employer's number. REF (three letters, digits) is the board's and the key; the
  card's `data-advert-id` is a third number, unused.
- An amount below about 8,000 is an hourly rate or a fee, whatever the unit says.
- The announced RSS feeds answer 404. robots.txt forbids /enhanced/fp/, so adverts are asked as /job/.

Not verified against a recorded answer (there is one of a listing only): the detail pages, an empty
result, an expired advert, the answer for a removed one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, ClassVar
from urllib.parse import parse_qs, urlencode, urljoin, urlsplit

from parsel import Selector, SelectorList
from pydantic import Field
from scrapy import Request
from scrapy.http import Response, TextResponse

from crawler import platform
from crawler.clock import today
from crawler.errors import UnexpectedAnswer
from crawler.patterns import Listing, Page, Row
from crawler.structured_data import Node, fields_of, job_postings, node_for
from crawler.yearless import first_from, latest_until

SITE = "https://www.jobs.ac.uk"
PAGE_SIZE = 25
YEARLY = 8000  # pounds; smaller figures are no annual pay (ats/jobs_ac_uk.md, "Values")
CARD = ".j-search-result__result[data-advert-id]"
# Where a label stands and where its value does, in the order to try.
LAYOUTS = (
    ("//td[contains(@class, 'detail-heading')]", "following-sibling::td[1]"),
    ("//th[contains(@class, 'j-advert-details__table-header')]", "following-sibling::td[1]"),
    ("//dt", "following-sibling::dd[1]"),
    ("//strong[contains(., ':')]", "following-sibling::node()[normalize-space()][1]"),
)
CLOSING = ("closes", "closing date", "closes on", "expires")
REFERENCE = ("job ref", "reference")
KNOWN = {"location", "salary", "hours", "contract type", "placed on", *CLOSING, *REFERENCE}


class Params(platform.Params):
    keywords: tuple[str, ...] = Field(
        default=("research software", "research computing", "high performance computing"),
        min_length=1,
    )
    max_pages: int = Field(default=4, ge=1, le=40)  # of 25 adverts, for each phrase


class JobsAcUk(Listing):
    name = "jobs_ac_uk"
    label = "jobs.ac.uk"
    single_site = "jobs.ac.uk"
    many_employers = True
    Params = Params
    url_rules = (
        r"""https?://(?:www\.)?jobs\.ac\.uk/(?:enhanced/fp/|job/)
            (?P<posting_id>[a-z]{3}\d{2,4})(?:/(?P<slug>[^/?\#]*))?/?(?:[?\#]|$)""",
        r"https?://(?:www\.)?jobs\.ac\.uk/?(?:(?:search|employer)(?:/[^?\#]*)?)?(?:[?\#]|$)",
    )
    examples: ClassVar = {
        "https://www.jobs.ac.uk/job/ZZQ101/research-software-engineer?source=newsletter": {
            "posting_id": "ZZQ101"
        },
        "http://jobs.ac.uk/job/zzq102/": {"posting_id": "zzq102"},
        "https://www.jobs.ac.uk/enhanced/fp/ZZQ103/head-of-scientific-computing": {
            "posting_id": "ZZQ103"
        },
        "https://www.jobs.ac.uk/search/?keywords=research+software": {},
        "https://www.jobs.ac.uk/employer/fernwood-university": {},
    }
    not_examples = (
        "https://www.jobs.cam.ac.uk/job/38249/",
        "https://www.jobs.ac.uk.example.org/job/ZZQ101",
        "https://career-advice.jobs.ac.uk/job/ZZQ101",
        "https://www.jobs.ac.uk/job/feedback/",
    )
    listing_is_authoritative = False
    day_first = True
    time_zone = "Europe/London"

    @classmethod
    def key_from_url(cls, match: platform.Match) -> str:
        return str(match.posting_id).upper()

    @classmethod
    def canonical_url(cls, match: platform.Match) -> str:
        if match.posting_id is None:
            return super().canonical_url(match)
        parts = (SITE, "job", cls.key_from_url(match), match.groups.get("slug"))
        return "/".join(part for part in parts if part)

    # --- the listing --------------------------------------------------------------------------

    def listing(self) -> Iterable[Request]:
        return [Request(_search(phrase, 1)) for phrase in self.params.keywords]

    def read_listing(self, response: TextResponse) -> Page:
        cards = response.css(CARD)
        frame = response.css("#job-listings, [class*='j-search']")
        if not cards and (not frame or frame.css("a[href*='/job/']")):
            raise UnexpectedAnswer(f"{response.url}: neither a card nor the frame of a result list")
        rows = [row for card in cards if (row := self._row(card))]
        asked = parse_qs(urlsplit(response.url).query)
        start = int(asked.get("startIndex", ["1"])[0])
        more = []
        further = start + PAGE_SIZE <= self.params.max_pages * PAGE_SIZE
        if len(cards) >= PAGE_SIZE and further and "keywords" in asked:
            more.append(Request(_search(asked["keywords"][0], start + PAGE_SIZE)))
        return Page(rows, more=more)

    def _row(self, card: Selector) -> Row | None:
        link = card.css("a[href*='/job/']")
        match = self.match(urljoin(SITE, link.attrib["href"])) if link else None
        if match is None or match.posting_id is None:
            self.report.skip_row("a card without the address of an advert")
            return None
        labels = dict(_card_labels(card))
        closing = _words(card.css(".j-search-result__date--blue"))
        placed, closes = _card_dates(labels.get("date placed", ""), closing, today())
        fields = {
            "title": _words(link[:1]),
            "url": match.canonical_url,
            "organization": _words(card.css(".j-search-result__employer")[:1]),
            "unit": _words(card.css(".j-search-result__department")[:1]) or None,
            "raw_location": [labels["location"]] if labels.get("location") else [],
            "raw_salary": labels.get("salary"),
            "raw_date_posted": placed,
            "raw_valid_through": closes,
        }
        return Row(self.key_from_url(match), fields)

    # --- the detail ---------------------------------------------------------------------------

    def detail_request(self, native_id: str, url: str) -> Request | None:
        return Request(url)

    def closed(self, response: Response) -> str | None:
        if response.status in (404, 410):
            return f"HTTP {response.status}"
        match = self.match(response.url) if response.status == 200 else None
        return f"redirected to {response.url}" if match and not match.posting_id else None

    def read_detail(self, response: TextResponse) -> dict[str, Any]:
        labels = _labels(response.selector)
        node = node_for(job_postings(response.text, response.url), url=response.url)
        if not node and not labels:
            raise UnexpectedAnswer(f"{response.url}: neither a JobPosting nor labelled facts")
        fields = _from_node(node) if node else _from_labels(response.selector, labels)
        if not node and self.only:  # no card was read; with one, its title is the surer
            fields["title"] = _words(response.css("h1")[:1])
        fields["requisition_id"] = _first(labels, REFERENCE)
        return fields


def _search(phrase: str, start: int) -> str:
    asked = {"keywords": phrase, "startIndex": start, "pageSize": PAGE_SIZE, "sortOrder": 1}
    return f"{SITE}/search/?{urlencode(asked)}"


def _from_node(node: Node) -> dict[str, Any]:
    fields = fields_of(node, "")
    fields.pop("url", None)  # the card's is canonical
    salary = fields.get("salary")
    if salary and (salary.max or salary.min or 0) < YEARLY and salary.unit in (None, "YEAR"):
        del fields["salary"]
    return fields


def _from_labels(page: Selector, labels: dict[str, str]) -> dict[str, Any]:
    """An enhanced advert: labels, and the longest of the places where its text may be."""
    bodies = page.css("div.section:not([id]), #enhanced-right, #enhanced-content").getall()
    terms = (labels.get("hours"), labels.get("contract type"))
    return {
        "description_html": max(bodies, key=len, default=None),
        "raw_location": [labels["location"]] if labels.get("location") else [],
        "raw_salary": labels.get("salary"),
        "raw_employment_type": ", ".join(term for term in terms if term),
        "raw_date_posted": labels.get("placed on"),
        "raw_valid_through": _first(labels, CLOSING),
    }


def _labels(page: Selector) -> dict[str, str]:
    """The labelled facts of an advert, from the first layout that shows a known label."""
    for label, value in LAYOUTS:
        pairs = [
            (_words(found.xpath(".")).rstrip(":").lower(), _words(found.xpath(value)))
            for found in page.xpath(label)
        ]
        if KNOWN & {name for name, _ in pairs}:
            return {name: said for name, said in reversed(pairs) if said}
    return {}


def _card_labels(card: Selector) -> Iterator[tuple[str, str]]:
    """The `Label: value` lines of a card; the label may be bold or not."""
    for line in card.xpath(".//div[not(div)]"):
        label, colon, value = _words(line.xpath(".")).partition(":")
        if colon:
            yield label.strip().lower(), value.strip()


def _card_dates(placed: str, closes: str, day: date) -> tuple[str | None, str | None]:
    """The two dates of a card with the years that the rule gives them, as of a day."""
    begin = latest_until(placed, day)
    end = first_from(closes, begin or day)
    return (
        f"{placed} {begin.year}" if begin else placed or None,
        f"{closes} {end.year}" if end else closes or None,
    )


def _first(labels: dict[str, str], names: Iterable[str]) -> str | None:
    return next((labels[name] for name in names if name in labels), None)


def _words(found: SelectorList) -> str:
    """The text of elements or text nodes on one line."""
    texts = (
        one.root if isinstance(one.root, str) else one.xpath("string()").get("") for one in found
    )
    return " ".join(" ".join(texts).split())
