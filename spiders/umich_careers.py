"""careers.umich.edu, the University of Michigan's own site (Drupal): one site, no tenants.

URL forms (ats/us_universities.md section 5):
    https://careers.umich.edu/job_detail/{id}/{slug}      the slug is cosmetic, with - or _
    https://careers.umich.edu/job_detail/apply/{id}       the application (public code)

Endpoints (HTML; docs/platforms/umich_careers.md, from public code):
    GET https://careers.umich.edu/browse-jobs/positions        how many are full-time and part-time
    GET https://careers.umich.edu/browse-jobs/positions/{F|P}[?page=N]    a table, 50 rows a page
    GET https://careers.umich.edu/job_detail/{id}/{slug}       labels in h3, the text under h2

Traps:
- The id is the employer's Job Opening ID too, so that the posting in its PeopleSoft has the same.
- Posting dates and the closing date are one label on the page: "3/02/2026 - 7/31/2026".
- The two counts are those of rows; a posting may stand on two pages (`total_slack`).
- robots.txt forbids /search..., and allows browse-jobs and job_detail.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Any, ClassVar

from scrapy import Request
from scrapy.http import Response, TextResponse

from crawler import platform
from crawler.answers import one_text, text_of, texts_of
from crawler.errors import UnexpectedAnswer
from crawler.patterns import Output, Page, PagedListing, Row
from spiders.labels import fields_by_label

SITE = "https://careers.umich.edu"
BROWSE = f"{SITE}/browse-jobs/positions"
DATES = "posting begin/end date"
NOTHING = re.compile(r"there are currently no posted jobs", re.IGNORECASE)


class UmichCareers(PagedListing):
    name = "umich_careers"
    label = "University of Michigan Careers"
    single_site = "careers.umich.edu"
    url_rules = (
        r"""https?://careers\.umich\.edu/job_detail/(?:apply/)?(?P<posting_id>\d+)
            (?:/(?P<slug>[^/?\#]*))?/?(?:[?\#]|$)""",
        r"https?://careers\.umich\.edu(?:[/?\#]|$)",
    )
    examples: ClassVar = {
        "https://careers.umich.edu/job_detail/990001/research_programmer_-_mobile?src=x": {
            "posting_id": "990001"
        },
        "http://careers.umich.edu/job_detail/990002/": {"posting_id": "990002"},
        "https://careers.umich.edu/job_detail/apply/990003": {"posting_id": "990003"},
        "https://careers.umich.edu/browse-jobs/positions/F": {},
    }
    not_examples = (
        "https://hr.umich.edu/working-u-m/careers",
        "https://careers.umich.edu.example.org/job_detail/990001",
    )

    total_slack = 0.02
    closed_statuses = (404, 410)
    day_first = False
    time_zone = "America/Detroit"

    _total: int | None = None

    @classmethod
    def canonical_url(cls, match: platform.Match) -> str:
        if match.posting_id is None:
            return super().canonical_url(match)
        parts = (SITE, "job_detail", match.posting_id, match.groups.get("slug"))
        return "/".join(part for part in parts if part)

    # --- listing ------------------------------------------------------------------------------

    def listing(self) -> Iterable[Request]:
        yield Request(BROWSE, self._on_counts)

    def _on_counts(self, response: Response) -> Output:
        links = text_of(response).css("a[href*='/browse-jobs/positions/']")
        counts = {
            response.urljoin(link.attrib["href"]): int(found[1].replace(",", ""))
            for link in links
            if (found := re.search(r"\(([\d,]+)\)", _with_what_follows(link)))
        }
        if not counts:
            raise UnexpectedAnswer(
                f"{response.url}: no link that says how many positions there are"
            )
        self._total = sum(counts.values())
        for url in [url for url in counts if counts[url]] or counts:
            yield self.listing_request(Request(url))

    def page_request(self, number: int, response: Response | None) -> Request | None:
        assert response is not None
        following = text_of(response).css("a[rel~=next]::attr(href)").get()
        return Request(response.urljoin(following)) if following else None

    def read_listing(self, response: TextResponse) -> Page:
        cells = [row.xpath("td") for row in response.xpath("//table//tr[td]")]
        if not cells and not NOTHING.search(response.text):
            raise UnexpectedAnswer(f"{response.url}: no table of jobs, and no words that say why")
        return Page([self._row(row, response) for row in cells], self._total)

    def _row(self, cells: Any, response: TextResponse) -> Row:
        links = cells.css("a[href*='/job_detail/']")
        if len(cells) < 5:
            raise UnexpectedAnswer(
                f"{response.url}: a row that is not date, title, id, unit, place"
            )
        row = self.linked_row(
            links,
            response,
            unit=one_text(cells[3]),
            raw_location=texts_of([cells[4]]),
            raw_date_posted=one_text(cells[0]),
        )
        return replace(row, fields={**row.fields, "requisition_id": row.native_id})

    # --- detail -------------------------------------------------------------------------------

    def detail_request(self, native_id: str, url: str) -> Request:
        return Request(url)

    def read_detail(self, response: TextResponse) -> dict[str, Any]:
        labels = response.xpath("//h3[following-sibling::*[1][not(self::h3)]]")
        pairs = [(one_text(label), one_text(label.xpath("following-sibling::*[1]")))
                 for label in labels]  # fmt: skip
        said = {label.lower(): value for label, value in pairs}
        if "working title" not in said and "job opening id" not in said:
            raise UnexpectedAnswer(f"{response.url}: neither a Working Title nor a Job Opening ID")
        begin, _, end = said.get(DATES, "").partition(" - ")
        where = labels.xpath("self::*[normalize-space()='Work Location']/following-sibling::*[1]")
        lines = [
            " ".join(text.split()) for text in where.xpath(".//text()[normalize-space()]").getall()
        ]
        apply_url = response.css("a[href*='/job_detail/apply/']::attr(href)").get()
        return {
            "title": said.get("working title") or one_text(response.css("h1")),
            "apply_url": response.urljoin(apply_url) if apply_url else None,
            "raw_date_posted": begin.strip(),
            "raw_valid_through": end.strip(),
            "description_html": _sections(response),
            **fields_by_label(pairs),
            "raw_location": lines[-1:],  # the campus, then its town
        }


def _with_what_follows(link: Any) -> str:
    """A link's text and the text behind it: the number may stand outside of the link."""
    return one_text(link) + link.xpath("string(following-sibling::node()[1][self::text()])").get("")


def _sections(page: TextResponse) -> str:
    """The headings of the text with what stands under them; labels and values are no text."""
    parts: list[str] = []
    for heading in page.xpath("//h2[not(ancestor::nav or ancestor::header or ancestor::footer)]"):
        number = len(heading.xpath("preceding-sibling::h2")) + 1
        under = heading.xpath(
            "following-sibling::*[not(self::h2)][count(preceding-sibling::h2) = $number]",
            number=number,
        )
        if under and not under.xpath("self::h3"):
            parts += [heading.get(), *under.getall()]
    return "".join(parts)
