"""Teamtailor ({tenant}.teamtailor.com, {tenant}.na.teamtailor.com and employers' own hosts).

URL forms (ats/later-additions.md, "Teamtailor"; the region in the host: public crawlers):
    https://{host}[/{lang}]/jobs/{id}-{slug}      one posting
    https://{host}/jobs                           the board; /jobs.json and /jobs.rss its data

Endpoint (ats/later-additions.md, "Teamtailor"): a JSON Feed (https://jsonfeed.org/version/1.1)
    GET https://{host}/jobs.json
of 100 postings a page with their texts and their JSON-LD. `next_url` leads to the next page.

Traps:
- The number is the identity, the slug follows the title. /jobs/{number}-{slug} could be anybody's: on
  employers' own hosts it counts where the catalogue names the host.
- One board may answer on both kinds of hosts with the same numbers: the key of the host that a
  posting's address names is stored as an alias.
- `identifier` is that number, and no requisition id. `id` is a UUID that no address shows.
- `hiringOrganization` is the feed's own title on most boards: no other employer.
- `addressRegion` is a name of the tenant's choice ("Germany", "APAC"). `addressCountry` may be a text
  or an object, figures of pay are texts.
- Nothing but `next_url` says that a page is not the last: after a full one the next is asked all the
  same.
- The feed does not say how one works (remote, hybrid); /jobs.rss does, and has no `_jobposting`.
- There is no answer for one posting but its page: absence from the feed closes.
"""

from __future__ import annotations

import re
from typing import Any, ClassVar
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.http import Response, TextResponse

from crawler import platform
from crawler.answers import given, json_of, need, objects
from crawler.errors import UnexpectedAnswer
from crawler.patterns import Page, PagedListing, Row
from crawler.posting import Key
from crawler.structured_data import fields_of

PER_PAGE = 100

_NAME = r"(?!(?:www|app|api|docs|support|help)\.)[\w-]+(?:\.(?:na|au))?\.teamtailor\.com"
_VENDORS = rf"https?://(?P<host>{_NAME})"
_ANY = r"https?://(?P<host>[\w.-]+)"
_LANG = r"(?:/[a-z]{2}(?:-[a-z]{2})?)?"
_JOB = (
    rf"{_LANG}/jobs/(?P<posting_id>\d{{4,}})(?P<slug>-[^/?\#]*)?(?:/applications/new)?/?(?:[?\#]|$)"
)
_BOARD = rf"{_LANG}(?:/(?:jobs(?:\.json|\.rss)?)?/?)?(?:[?\#]|$)"


class Teamtailor(PagedListing):
    name = "teamtailor"
    label = "Teamtailor"
    Params = platform.HostParams
    url_rules = (_VENDORS + _JOB, _VENDORS + _BOARD)
    vanity_rules = (_ANY + _JOB, _ANY + _BOARD)
    page_rules = (
        platform.PageRule(
            re.compile(rf"//(?P<host>{_NAME})/(?:[a-z-]+/)?jobs\b", re.I),
            "a link to a Teamtailor board",
        ),
        platform.PageRule(
            re.compile(r"\bteamtailor-cdn\.com\b", re.I), "the scripts of a Teamtailor board"
        ),
    )
    examples: ClassVar = {
        "https://quantenhof-1721751826.teamtailor.com/jobs/7459617-ingenieur-hpc-rust?promotion=1": {
            "host": "quantenhof-1721751826.teamtailor.com",
            "posting_id": "7459617",
        },
        "https://fernwood.na.teamtailor.com/en-GB/jobs/686133-data-steward/applications/new": {
            "host": "fernwood.na.teamtailor.com",
            "posting_id": "686133",
        },
        "https://fernwood.teamtailor.com/jobs": {"host": "fernwood.teamtailor.com"},
    }
    not_examples = (
        "https://www.teamtailor.com/jobs/7459617-x",
        "https://api.na.teamtailor.com/v1/jobs",
        "https://careers.fernwood.example/jobs/7459617-hpc-engineer",
    )

    @classmethod
    def canonical_url(cls, match: platform.Match) -> str:
        said, board = match.groups, f"https://{match.groups['host'].lower()}/jobs"
        return f"{board}/{match.posting_id}{said.get('slug', '')}" if match.posting_id else board

    # --- listing ------------------------------------------------------------------------------

    def page_request(self, number: int, response: Response | None) -> Request:
        url = f"https://{self.params.host}/jobs.json"
        if number:
            assert isinstance(response, TextResponse)
            said = given(json_of(response), "next_url", str, response.url)
            url = said or f"{url}?page={number + 1}&per_page={PER_PAGE}"
        return Request(url, headers={"Accept": "application/json"})

    def read_listing(self, response: TextResponse) -> Page:
        feed, where = json_of(response), response.url
        need(feed, "version", str, where)
        title = need(feed, "title", str, where)
        items = objects(need(feed, "items", list, where), where)
        more = given(feed, "next_url", str, where) is not None
        others = [key for key, said in feed.items() if isinstance(said, str) and "page=" in said]
        if others and not more:
            raise UnexpectedAnswer(f"{where}: no 'next_url', but a page in {others[0]!r}")
        return Page(
            [self._row(item, title) for item in items], goes_on=more or len(items) >= PER_PAGE
        )

    def _row(self, item: dict[str, Any], feed_title: str) -> Row:
        url = need(item, "url", str, "an item")
        match = self.match_on_known_host(url, self.params, "own posting")
        if match is None or match.posting_id is None:
            raise UnexpectedAnswer(f"an item's 'url' is no posting: {url}")
        native_id, where = match.posting_id, f"job {match.posting_id}"
        node = need(item, "_jobposting", dict, where)
        said = fields_of(node, url)
        if said.get("organization") == " ".join(feed_title.split()):
            said.pop("organization")
        said.pop("requisition_id", None)
        return Row(
            native_id,
            {
                **said,
                "title": need(item, "title", str, where),
                "url": url,
                "raw_date_posted": need(item, "date_published", (str, type(None)), where),
                "description_html": given(item, "content_html", str, where),
            },
            (Key(self.platform, (urlsplit(url).hostname or "").lower(), native_id),),
        )
