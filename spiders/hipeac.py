"""HiPEAC (www.hipeac.net/jobs/), the board of the European network on computing systems.

URL forms (ats/academic_boards.md, "HiPEAC"; the rest from the site's own code, which is public:
github.com/hipeac/hipeac, hipeac/site/urls.py and views/recruitment/legacy.py):
    https://www.hipeac.net/jobs/{id}/{slug}/      the slug is cosmetic, /jobs/{id} leads there
    https://www.hipeac.net/j{id}                  the short form, leads there too
    https://www.hipeac.net/jobs/                  the listing, filled by a browser
    GET https://www.hipeac.net/jobs/feed/         the listing as RSS: every open posting, with text

Traps:
- A board: the employer is a field of the posting ("institution"), never the host. In the feed it
  stands behind the title: "Research Engineer @ Fernwood University".
- Deadline, place and terms are in the JobPosting of the posting's page; its description is cut, the
  feed's is whole.
- Past its deadline a posting leaves the feed, and its page answers 410 "has expired".
- The numbers are the site's own and grow over all kinds of posting; deadlines are dates.

Inferred: that the site of today still serves the feed and the JobPosting of its public code.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from parsel import Selector
from scrapy import Request
from scrapy.http import TextResponse

from crawler import platform
from crawler.errors import UnexpectedAnswer
from crawler.patterns import Page, Row, WholeBoard
from crawler.structured_data import detail_fields
from spiders.feeds import feed_items, optional, part

BOARD = "https://www.hipeac.net/jobs"


class Hipeac(WholeBoard):
    name = "hipeac"
    label = "HiPEAC"
    single_site = "hipeac.net"
    many_employers = True
    closed_statuses = (404, 410)
    time_zone = "Europe/Brussels"
    url_rules = (
        r"""https?://(?:www\.)?hipeac\.net/jobs/(?P<posting_id>\d+)(?:/(?P<slug>[^/?\#]*))?
            /?(?:[?\#]|$)""",
        r"https?://(?:www\.)?hipeac\.net/j(?P<posting_id>\d+)/?(?:[?\#]|$)",
        r"https?://(?:www\.)?hipeac\.net/jobs/?(?:feed/?)?(?:[?\#]|$)",
    )
    examples: ClassVar = {
        "https://www.hipeac.net/jobs/99001/research-director/?utm_source=x": {
            "posting_id": "99001"
        },
        "http://hipeac.net/jobs/99002": {"posting_id": "99002"},
        "https://www.hipeac.net/j99003": {"posting_id": "99003"},
        "https://www.hipeac.net/jobs/": {},
    }
    not_examples = (
        "https://www.hipeac.net/news/99001/a-story/",
        "https://www.hipeac.net.example.org/jobs/99001/",
    )

    @classmethod
    def canonical_url(cls, match: platform.Match) -> str:
        parts = (BOARD, match.posting_id, match.groups.get("slug"))
        return "/".join(part for part in parts if part) + "/"

    def listing(self) -> Iterable[Request]:
        return [Request(f"{BOARD}/feed/")]

    def read_listing(self, response: TextResponse) -> Page:
        return Page([self._row(item, response.url) for item in feed_items(response)])

    def _row(self, item: Selector, where: str) -> Row:
        match = self.match(part(item, "link", where))
        if match is None or match.posting_id is None:
            raise UnexpectedAnswer(f"{where}: an item whose link is no posting's")
        said = part(item, "title", where)
        title, _, organization = said.rpartition(" @ ")
        fields = {
            "title": title or said,
            "url": match.canonical_url,
            "organization": organization if title else "",
            "description_html": optional(item, "description") or None,
            "raw_date_posted": optional(item, "pubDate") or None,
        }
        return Row(match.posting_id, fields)

    def detail_request(self, native_id: str, url: str) -> Request | None:
        return Request(url)

    def read_detail(self, response: TextResponse) -> dict[str, Any]:
        fields = {**detail_fields(response), "url": None}
        fields["description_html"] = response.css("div.marked").get()
        if not self.only:  # else the feed's
            fields["description_html"] = fields["raw_date_posted"] = None
        return fields
