"""AcademicJobsOnline (academicjobsonline.org), a board of academic positions.

URL forms (ats/academic_boards.md, ats/us_universities.md section 5;
docs/platforms/academicjobsonline.md for the feed and the page):
    https://academicjobsonline.org/ajo/jobs/{id}
    https://academicjobsonline.org/ajo/{university}/{department}/{id}       the same, in the feed
    https://academicjobsonline.org/ajo/{subject}/{subject}, /ajo/jobs      listings
    GET https://academicjobsonline.org/ajo?joblist-0-0-0-0----rss--        RSS 1.0 of all subjects

Traps:
- A board: the employer is on the page, never the host.
- The feed says all, in elements of its own (namespace ads). That it holds every open position is
  not known, so that absence proves nothing: what is missing is looked up.
- Deadline is the employer's, EndDate the day on which the board takes the position down. Both are
  written "Sun, 15 Nov 2026 23:59:59 EST", on the page "2026/11/15 23:59:59 (posted 2026/10/08,
  listed until 2027/04/08)".
- Texts are broken by hand into short lines, without markup.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, ClassVar

from parsel import Selector
from scrapy import Request
from scrapy.http import TextResponse

from crawler import platform
from crawler.answers import one_text
from crawler.errors import UnexpectedAnswer
from crawler.patterns import Page, Row, WholeBoard
from spiders.feeds import feed_items, optional, part

BOARD = "https://academicjobsonline.org/ajo/jobs"
FEED = "https://academicjobsonline.org/ajo?joblist-0-0-0-0----rss--"
DATES = re.compile(
    r"(?P<deadline>[^(]*)(?:\(posted (?P<posted>[\d/]+))?(?:.*until (?P<end>[\d/]+))?"
)


class AcademicJobsOnline(WholeBoard):
    name = "academicjobsonline"
    label = "AcademicJobsOnline"
    single_site = "academicjobsonline.org"
    many_employers = True
    listing_is_authoritative = False
    closed_statuses = (404, 410)
    time_zone = "America/New_York"
    url_rules = (
        r"https?://(?:www\.)?academicjobsonline\.org/ajo/jobs/(?P<posting_id>\d+)(?:[/?\#]|$)",
        r"https?://(?:www\.)?academicjobsonline\.org/ajo/[^/?\#]+/[^/?\#]+/(?P<posting_id>\d+)(?:[?\#]|$)",
        r"https?://(?:www\.)?academicjobsonline\.org(?:[/?\#]|$)",
    )
    examples: ClassVar = {
        "https://academicjobsonline.org/ajo/jobs/99001": {"posting_id": "99001"},
        "http://www.academicjobsonline.org/ajo/jobs/99002/apply?x=1": {"posting_id": "99002"},
        "https://academicjobsonline.org/ajo/Fernwood%20University/Physics/99003?rss": {
            "posting_id": "99003"
        },
        "https://academicjobsonline.org/ajo/physics/Astrophysics": {},
    }
    not_examples = (
        "https://www.mathjobs.org/jobs/list/99001",
        "https://academicjobsonline.org.example.org/ajo/jobs/99001",
    )

    @classmethod
    def canonical_url(cls, match: platform.Match) -> str:
        return f"{BOARD}/{match.posting_id}" if match.posting_id else super().canonical_url(match)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._told: set[str] = set()  # whose text the feed has

    def listing(self) -> Iterable[Request]:
        return [Request(FEED)]

    def read_listing(self, response: TextResponse) -> Page:
        return Page([self._row(item, response.url) for item in feed_items(response)])

    def _row(self, item: Selector, where: str) -> Row:
        native_id = part(item, "ID", where)
        place = ", ".join(filter(None, (optional(item, "City"), optional(item, "State"))))
        fields = {
            "title": part(item, "title", where),
            "url": f"{BOARD}/{native_id}",
            "organization": part(item, "Univ", where),
            "unit": optional(item, "Dept") or None,
            "description_text": optional(item, "description") or None,
            "raw_location": [place] if place else [],
            "raw_country": optional(item, "Country") or None,
            "raw_date_posted": optional(item, "PostDate") or None,
            "raw_valid_through": optional(item, "Deadline") or optional(item, "EndDate") or None,
        }
        if fields["description_text"]:
            self._told.add(native_id)
        return Row(native_id, fields)

    def detail_request(self, native_id: str, url: str) -> Request | None:
        # Mostly the feed says all; a page is asked for what it does not hold.
        return None if native_id in self._told else Request(f"{BOARD}/{native_id}")

    def read_detail(self, response: TextResponse) -> dict[str, Any]:
        said = {
            one_text(label).rstrip(": "): one_text(label.xpath("../following-sibling::div[1]"))
            for label in response.xpath("//div/b[substring(., string-length(.)) = ':']")
        }
        if "Position Title" not in said:
            raise UnexpectedAnswer(f"{response.url}: no label 'Position Title:'")
        organization, _, unit = one_text(response.css("h2")).partition(", ")
        dates = DATES.match(said.get("Appl Deadline", ""))
        found = dates.groupdict() if dates else {}
        place = said.get("Position Location", "").removesuffix("[map]").strip()
        return {
            "title": said["Position Title"],
            "organization": organization,
            "unit": unit,
            "description_html": response.xpath("//section").get(),
            "raw_location": [place] if place else [],
            "raw_employment_type": said.get("Position Type"),
            "raw_date_posted": found.get("posted"),
            "raw_valid_through": (found.get("deadline") or "").strip() or found.get("end"),
        }
