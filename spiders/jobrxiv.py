"""jobRxiv (jobrxiv.org), a free board of science positions (WordPress, WP Job Manager).

URL forms (data/platform_distribution.md; docs/platforms/jobrxiv.md):
    https://jobrxiv.org/job/{slug}/
    https://jobrxiv.org/job/?search=..., /jobs/        listings
    GET https://jobrxiv.org/wp-json/wp/v2/job-listings?per_page=100&page=1&_embed=wp:term
                                                       the listing as JSON, newest first, with texts

Traps:
- There is no number in the URL: the slug is the identity ({employer}-{number}-{title}, a number
  that is not always there).
- A board of copies: the employer is on the page, never the host.
- The board has some 3,000 postings. Total and number of pages are headers (X-WP-Total,
  X-WP-TotalPages); a page past the end is HTTP 400
  (https://developer.wordpress.org/rest-api/using-the-rest-api/pagination/).
- Regions and kinds are numbers of a taxonomy; `_embed=wp:term` brings their names along.
- A filled position stays in the list with `_filled`. Texts and titles are HTML.
- The announced feeds (/feed/) are empty.
"""

from __future__ import annotations

from html import unescape
from types import NoneType
from typing import Any, ClassVar

from scrapy import Request
from scrapy.http import Response, TextResponse

from crawler import platform
from crawler.answers import given, json_of, need, objects
from crawler.errors import UnexpectedAnswer
from crawler.patterns import Page, PagedListing, Row

API = "https://jobrxiv.org/wp-json/wp/v2/job-listings?per_page=100&page={}&_embed=wp:term"


class JobRxiv(PagedListing):
    name = "jobrxiv"
    label = "jobRxiv"
    single_site = "jobrxiv.org"
    many_employers = True
    total_slack = 0.01  # the board moves while its pages are read
    time_zone = "UTC"  # of date_gmt
    url_rules = (
        r"https?://(?:www\.)?jobrxiv\.org/job/(?P<posting_id>(?!page/)[^/?\#]+)/?(?:[?\#]|$)",
        r"https?://(?:www\.)?jobrxiv\.org(?:[/?\#]|$)",
    )
    examples: ClassVar = {
        "https://jobrxiv.org/job/fernwood-university-99001-research-software-engineer/?ref=x": {
            "posting_id": "fernwood-university-99001-research-software-engineer"
        },
        "https://jobrxiv.org/job/?search=bioinformatics": {},
        "https://jobrxiv.org/": {},
    }
    not_examples = (
        "https://www.biorxiv.org/job/research-software-engineer",
        "https://jobrxiv.org.example.org/job/research-software-engineer/",
    )

    @classmethod
    def key_from_url(cls, match: platform.Match) -> str:
        return str(match.posting_id).lower()

    @classmethod
    def canonical_url(cls, match: platform.Match) -> str:
        if match.posting_id is None:
            return super().canonical_url(match)
        return f"https://jobrxiv.org/job/{cls.key_from_url(match)}/"

    _pages = 1

    def page_request(self, number: int, response: Response | None) -> Request | None:
        return Request(API.format(number + 1))

    def is_last(self, page: Page, number: int) -> bool:
        return number + 1 >= self._pages  # filled positions are counted in the total too

    def read_listing(self, response: TextResponse) -> Page:
        items = objects(json_of(response, list), response.url)
        self._pages = _header(response, "X-WP-TotalPages")
        rows = [row for item in items if (row := self._row(item, response.url))]
        return Page(rows, _header(response, "X-WP-Total"))

    def _row(self, item: dict[str, Any], where: str) -> Row | None:
        meta = need(item, "meta", dict, where)
        if need(meta, "_filled", (int, str, NoneType), where) in (1, "1"):
            self.report.skip_row("a position that is filled")
            return None
        match = self.match(need(item, "link", str, where))
        if match is None or match.posting_id is None:
            raise UnexpectedAnswer(f"{where}: {item['link']!r} is no posting's address")
        title = need(need(item, "title", dict, where), "rendered", str, where)
        text = need(need(item, "content", dict, where), "rendered", str, where)
        terms = _terms(item, where)
        place = given(meta, "_job_location", str, where)
        apply = given(meta, "_application", str, where) or ""
        fields = {
            "title": unescape(title),
            "url": match.canonical_url,
            "organization": unescape(given(meta, "_company_name", str, where) or ""),
            "description_html": text or None,
            "apply_url": apply if apply.startswith("http") else None,
            "raw_location": [unescape(place)] if place else terms.get("job_listing_region", []),
            "raw_workplace": "remote" if meta.get("_remote_position") in (1, "1") else None,
            "raw_employment_type": ", ".join(terms.get("job_listing_type", [])) or None,
            "raw_date_posted": need(item, "date_gmt", (str, NoneType), where),
        }
        return Row(self.key_from_url(match), fields, stamp=item.get("modified_gmt") or "")


def _terms(item: dict[str, Any], where: str) -> dict[str, list[str]]:
    """The names of the embedded terms, by taxonomy."""
    names: dict[str, list[str]] = {}
    for group in (given(item, "_embedded", dict, where) or {}).get("wp:term", []):
        for term in objects(group, where):
            if name := need(term, "name", (str, NoneType), where):
                names.setdefault(need(term, "taxonomy", str, where), []).append(unescape(name))
    return names


def _header(response: TextResponse, name: str) -> int:
    """A number in a header. Raises UnexpectedAnswer."""
    said = (response.headers.get(name) or b"").decode("latin-1")
    if not said.isdigit():
        raise UnexpectedAnswer(f"{response.url}: the header {name} says {said!r}")
    return int(said)
