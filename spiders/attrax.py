"""Attrax, a career-site system on employers' own hosts, known by `-jid-` in its URLs.

data/platform_distribution.md calls the form "volcanic (jid-style)", by inference. Public code that
reads such sites (AbbVie, Tieto, Harvard) finds Attrax's markup behind them (docs/platforms/attrax.md).

URL forms:
    https://{host}/[{language}/]job/{title}-in-{place}-jid-{id}
    GET https://{host}/[{language}/]jobs?page=1               the listing, from 1, as HTML

Traps:
- Only the number after -jid- identifies, within the host: any text before it opens the page.
- The number is the system's; the employer's own stands on a tile as "External reference". What is
  called "Reference" is a key of the system.
- Some sites have a language in their paths, others none; the wrong form answers 404.
- A page's size is the site's. The total stands under several classes, as "369 Jobs" or
  "2 result(s)". Some sites show 250 postings at most, and then less than they declare.
- What a tile says is the tenant's choice of "options", each with a label. Expiry 01/01/0001 is none.
- It is a front end: the link to apply leads to the system behind (SmartRecruiters, Workday ...).
"""

from __future__ import annotations

import re
from typing import Any, ClassVar

from parsel import Selector
from scrapy import Request
from scrapy.http import Response, TextResponse

from crawler import platform
from crawler.answers import one_text, texts_of
from crawler.errors import UnexpectedAnswer
from crawler.patterns import Page, PagedListing, Row
from crawler.structured_data import fields_of, job_postings, node_for
from spiders.fronts import keys_behind, led_away
from spiders.labels import fields_by_label

TILE = "div.attrax-vacancy-tile"
ITEM = "attrax-vacancy-tile__"
TOTAL = "[class*='attrax-pagination__total-results']"
# Labels of this software's options, in the words of spiders/labels.py.
OPTIONS = {"employment": "Employment type", "type of contract": "Employment type",
           "schedule": "Employment type", "type of employment": "Employment type",
           "role type": "Workplace arrangement", "work location type": "Workplace arrangement",
           "expiry date": "Closing date", "external reference": "Reference number",
           "reference": ""}  # fmt: skip


class AttraxParams(platform.HostParams):
    language: str | None = None  # in paths: "en"


class Attrax(PagedListing):
    name = "attrax"
    label = "Attrax"
    Params = AttraxParams
    tenant_params = ("host",)
    front_end = True
    closed_statuses = (404, 410)
    url_rules = (
        r"""https?://(?P<host>[\w.-]+)/(?P<path>(?:(?P<language>[a-z]{2}(?:-[a-z]{2})?)/)?
            job/[^/?\#]*-jid-(?P<posting_id>\d+))/?(?:[?\#]|$)""",
    )
    vanity_rules = (
        r"""https?://(?P<host>[\w.-]+)/(?P<path>(?:(?P<language>[a-z]{2}(?:-[a-z]{2})?)/)?
            (?:jobs)?)/?(?:[?\#]|$)""",
    )
    page_rules = (
        platform.PageRule(re.compile(r"\battrax-vacancy-tile\b"), "the markup of an Attrax site"),
    )
    examples: ClassVar = {
        "https://careers.fernwood.example/job/hpc-engineer-in-port-ellery-or-jid-901?source=x": {
            "host": "careers.fernwood.example",
            "posting_id": "901",
        },
        "https://careers.fernwood.example/en/job/data-steward-in-london-jid-31001/": {
            "host": "careers.fernwood.example",
            "language": "en",
            "posting_id": "31001",
        },
    }
    not_examples = (
        "https://careers.fernwood.example/job/hpc-engineer-in-port-ellery-or-901",
        "https://careers.fernwood.example/jobs?gh_jid=4899302003",
    )

    @classmethod
    def canonical_url(cls, match: platform.Match) -> str:
        return f"https://{match.groups['host'].lower()}/{match.groups.get('path', '')}"

    # --- the listing --------------------------------------------------------------------------

    def page_request(self, number: int, response: Response | None) -> Request | None:
        folder = f"{self.params.language}/" if self.params.language else ""
        return Request(f"https://{self.params.host}/{folder}jobs?page={number + 1}")

    def read_listing(self, response: TextResponse) -> Page:
        said = " ".join(texts_of(response.css(TOTAL)))  # "1 - 12 of 1,369 result(s)"
        numbers = [int(re.sub(r"\D", "", number)) for number in re.findall(r"\d[\d,.]*", said)]
        if not numbers:
            raise UnexpectedAnswer(f"{response.url}: no number of results")
        rows = [self._row(tile, response) for tile in response.css(TILE)]
        return Page(rows, max(numbers))

    def _row(self, tile: Selector, response: TextResponse) -> Row:
        link = tile.css(f"a.{ITEM}title")
        free = one_text(tile.css(f".{ITEM}location-freetext .{ITEM}item-value"))
        fields = _options(tile) | ({"raw_location": [free]} if free else {})
        return self.linked_row(link, response, **fields)

    # --- the detail ---------------------------------------------------------------------------

    def detail_request(self, native_id: str, url: str) -> Request | None:
        return Request(url)

    def read_detail(self, response: TextResponse) -> dict[str, Any]:
        node = node_for(job_postings(response.text, response.url), url=response.url)
        said = fields_of(node, response.url) if node else {}
        text = response.css(".description-widget").get()
        if not (said.get("description_html") or text):
            raise UnexpectedAnswer(f"{response.url}: neither a JobPosting nor a description")
        apply = response.css("a.jobApplyBtn").attrib.get("href")
        said["apply_url"] = response.urljoin(apply) if apply else None
        said["aliases"] = keys_behind(apply, said.get("requisition_id"))
        if not self.only:
            said.pop("title", None)  # the tile's is what the listing shows
        said.setdefault("title", one_text(response.css("h1")) if self.only else "")
        said.pop("url", None)
        return {"description_html": text, **said}

    def closed(self, response: Response) -> str | None:
        # That a posting's address then leads to the listing is inferred.
        return super().closed(response) or led_away(response, "-jid-", self._seen)


def _options(tile: Selector) -> dict[str, Any]:
    """The labelled values of a tile."""
    pairs = []
    for item in tile.css(f".{ITEM}item"):
        label = one_text(item.css(f".{ITEM}item-label"))
        pairs += [
            (OPTIONS.get(label.lower(), label), value)
            for value in texts_of(item.css(f".{ITEM}item-value"))
            if value != "01/01/0001"
        ]
    return fields_by_label(pairs)
