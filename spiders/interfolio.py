"""Interfolio (apply.interfolio.com), faculty searches of United States universities.

URL forms (ats/us_universities.md section 2; the board's number from public code):
    https://apply.interfolio.com/{id}                        a position
    https://apply.interfolio.com/{institution}/positions     an institution's board

Endpoint behind the board (docs/platforms/interfolio.md, from public code):
    GET https://logic.interfolio.com/byc-search/{institution}/public_job_boards?limit=100&page=N
Every position comes with its text: no detail is needed.

Traps:
- Both numbers look alike; `/positions` tells them apart. The institution cannot be read from a
  position's link, so that ids are one series for all.
- A position has two numbers: `legacy_position_id` is the one of its address, `id` another series
  (in which the number of an address is somebody else's position).
- The pages are shells of JavaScript. Mostly professorships.
"""

from __future__ import annotations

from typing import Any, ClassVar
from urllib.parse import urlencode

from scrapy import Request
from scrapy.http import Response, TextResponse

from crawler import platform
from crawler.answers import json_of, need
from crawler.patterns import Page, PagedListing, Row

SITE = "https://apply.interfolio.com"
API = "https://logic.interfolio.com/byc-search"
PAGE_SIZE = 100


class InterfolioParams(platform.Params):
    institution: str | None = None


class Interfolio(PagedListing):
    name = "interfolio"
    label = "Interfolio"
    single_site = "interfolio.com"
    needed = ("institution",)
    many_employers = True
    Params = InterfolioParams
    url_rules = (
        r"https?://apply\.interfolio\.com/(?P<posting_id>\d+)/?(?:[?\#]|$)",
        r"https?://apply\.interfolio\.com/(?P<institution>\d+)/positions/?(?:[?\#]|$)",
    )
    examples: ClassVar = {
        "http://apply.interfolio.com/990001": {"posting_id": "990001"},
        "https://apply.interfolio.com/990002/?utm_source=x#top": {"posting_id": "990002"},
        "https://apply.interfolio.com/90001/positions": {"institution": "90001"},
    }
    not_examples = (
        "https://www.interfolio.com/products/",
        "https://apply.interfolio.com.example.org/990001",
        "https://apply.interfolio.com/990001/apply",
    )

    day_first = False

    @classmethod
    def canonical_url(cls, match: platform.Match) -> str:
        return f"{SITE}/{match.posting_id or match.groups['institution'] + '/positions'}"

    def page_request(self, number: int, response: Response | None) -> Request:
        institution = self.params.institution
        asked = {"limit": PAGE_SIZE, "page": number + 1, "sort_by": "date", "sort_order": "desc"}
        return Request(
            f"{API}/{institution}/public_job_boards?{urlencode(asked)}",
            headers={"Accept": "application/json"},
            meta={"robots_also": [f"{SITE}/{institution}/positions"]},
        )

    def read_listing(self, response: TextResponse) -> Page:
        answer = json_of(response)
        total = need(answer, "total_count", int, response.url)
        positions = need(answer, "results", list, response.url)
        return Page([self._row(one, f"{response.url}: a position") for one in positions], total)

    def _row(self, one: Any, where: str) -> Row:
        one = need({"position": one}, "position", dict, where)
        native_id = str(need(one, "legacy_position_id", (int, str), where))
        texts = [one.get(name) for name in ("description", "qualifications", "instructions")]
        return Row(
            native_id,
            {
                "title": need(one, "name", str, where),
                "url": f"{SITE}/{native_id}",
                "organization": self.source.employer,  # one institution's board
                "unit": one.get("unit_name"),
                "raw_location": [one["location"]] if one.get("location") else [],
                "raw_date_posted": one.get("open_date_raw"),
                "raw_valid_through": one.get("deadline_raw") or one.get("close_date_raw"),
                "raw_salary": one.get("salary"),
                "description_html": "\n".join(text for text in texts if text),
            },
        )
