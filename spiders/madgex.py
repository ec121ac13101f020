"""Madgex, the software of many learned boards: Science Careers, Nature Careers, and others.

Boards of it known by name (ats/academic_boards.md, "Madgex"): jobs.sciencecareers.org,
www.nature.com/naturecareers, www.physicsworldjobs.com, jobs.chronicle.com, findajob.agu.org,
jobs.theguardian.com; www.timeshighereducation.com/unijobs (inferred: its ids `item-{id}` and its
parameter TrackID are Madgex's).

URL forms:
    https://{board}/job/{id}/{slug}/          the slug is cosmetic; /apply/{id}/{slug} its form
    https://{board}/listing/{id}/{slug}/      Times Higher Education
    https://{board}/job/{slug}-{id}           Nature Careers before Madgex; ids of another series
    GET https://{board}/jobs/?keywords=...    a search, 20 to a page; page n is /jobs/{n}/?keywords=

Traps:
- /job/{id}/employer-profile/ is no posting.
- /job/{id}/{slug}/ is the form of other software too: on other hosts it counts only where the
  catalogue names the host.
- LinkSource, TrackID and utm_* are tracking. The adverts are copies of employers' own.
- A page past the end redirects to page 1; a search without hits answers 404 with a normal page.
- Addresses in a page may begin with line breaks. "3 days ago" is not read: it changes every night.
- Only searches are read, so that absence proves nothing.
- nature.com and some others answer programs with 400, 403 or a check by hand: they are left alone.

Not verified against a recorded answer: the detail's page as a whole, that of an expired advert.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, ClassVar
from urllib.parse import parse_qs, quote_plus, urlsplit

from parsel import Selector
from pydantic import Field
from scrapy import Request
from scrapy.http import TextResponse

from crawler import platform
from crawler.answers import one_text
from crawler.errors import SiteGone, UnexpectedAnswer
from crawler.patterns import Listing, Page, Row
from crawler.structured_data import detail_fields

PAGE_SIZE = 20
ITEM = "li.lister__item"
# Of a page that holds no item, in the visible text or the classes of its frame.
FRAME = re.compile(r"\bmadgex\b|[\"' ](?:lister|mds)[_-]", re.IGNORECASE)

_BOARD = r"""https?://(?P<address>(?:www\.)?(?P<board>
    (?:jobs\.sciencecareers|findajob\.agu)\.org|jobs\.(?:chronicle|theguardian)\.com
    |physicsworldjobs\.com|nature\.com/naturecareers|timeshighereducation\.com/unijobs))"""
_POSTING = r"""/(?P<kind>job|apply|listing)/(?P<posting_id>\d+)
    (?:/(?P<slug>(?!employer-profile\b)[^/?\#]*))?/?(?:[?\#]|$)"""


class MadgexParams(platform.Params):
    board: str  # host, and the folder where the board is a part of a site
    keywords: tuple[str, ...] = Field(
        default=("research software", "research computing", "high performance computing"),
        min_length=1,
    )
    max_pages: int = Field(default=3, ge=1, le=40)  # of 20 adverts, for each phrase


class Madgex(Listing):
    name = "madgex"
    label = "Madgex"
    tenant_params = ("board",)
    many_employers = True
    Params = MadgexParams
    listing_is_authoritative = False
    closed_statuses = (404, 410)
    url_rules = (
        _BOARD + _POSTING,
        _BOARD + r"/job/(?P<title>[^/?\#]*?)-(?P<posting_id>\d{5,8})/?(?:[?\#]|$)",
        _BOARD + r"(?:[/?\#]|$)",
    )
    vanity_rules = (
        r"https?://(?P<address>(?P<board>[\w.-]+))" + _POSTING,
        r"https?://(?P<address>(?P<board>[\w.-]+))/(?:jobs/?)?(?:[?\#]|$)",
    )
    page_rules = (
        platform.PageRule(
            re.compile(r"\bmadgex\b|class=[\"'](?:[^\"']*\s)?lister__item\b", re.IGNORECASE),
            "the markup of a Madgex board",
        ),
    )
    examples: ClassVar = {
        "https://jobs.sciencecareers.org/job/900001/hpc-manager-/?LinkSource=PremiumListing": {
            "board": "jobs.sciencecareers.org",
            "posting_id": "900001",
        },
        "https://jobs.chronicle.com/apply/37900001/director?LinkSource=JobDetails": {
            "board": "jobs.chronicle.com",
            "posting_id": "37900001",
        },
        "https://www.nature.com/naturecareers/job/12900001/postdoc/": {
            "board": "nature.com/naturecareers",
            "posting_id": "12900001",
        },
        "https://www.nature.com/naturecareers/job/executive-director-fernwood-700001": {
            "board": "nature.com/naturecareers",
            "posting_id": "700001",
        },
        "https://www.timeshighereducation.com/unijobs/listing/300001/program-manager/?TrackID=8": {
            "board": "timeshighereducation.com/unijobs",
            "posting_id": "300001",
        },
        "https://jobs.sciencecareers.org/jobs/?keywords=hpc": {"board": "jobs.sciencecareers.org"},
        "https://jobs.sciencecareers.org/job/900001/employer-profile/": {
            "board": "jobs.sciencecareers.org"
        },
    }
    not_examples = (
        "https://www.nature.com/articles/s41586-026-00001-1",
        "https://jobs.fernwood.example/job/15250001/software-architect/",
        "https://jobs.sciencecareers.org.example.org/job/900001/",
    )

    @classmethod
    def canonical_url(cls, match: platform.Match) -> str:
        said = match.groups
        start = f"https://{said['address'].lower()}"
        if match.posting_id is None:
            return f"{start}/jobs/"
        if "title" in said:
            return f"{start}/job/{said['title']}-{match.posting_id}"
        kind = "listing" if said["kind"].lower() == "listing" else "job"
        parts = (start, kind, match.posting_id, said.get("slug"))
        return "/".join(part for part in parts if part) + "/"

    # --- the listing --------------------------------------------------------------------------

    def listing(self) -> Iterable[Request]:
        return [self._search(phrase, 1) for phrase in self.params.keywords]

    def _search(self, phrase: str, number: int) -> Request:
        page = f"{number}/" if number > 1 else ""
        www = "www." if "/" in self.params.board or self.params.board.count(".") == 1 else ""
        return Request(
            f"https://{www}{self.params.board}/jobs/{page}?keywords={quote_plus(phrase)}",
            meta={"handle_httpstatus_list": [404], "number": number},
        )

    def read_listing(self, response: TextResponse) -> Page:
        items, number = response.css(ITEM), response.meta.get("number", 1)
        if not items and not FRAME.search(response.text):
            if response.status == 404:
                raise SiteGone(f"HTTP 404, and no board at {response.url}")
            raise UnexpectedAnswer(f"{response.url}: neither an advert nor a Madgex board")
        if not items and response.status == 200:
            raise UnexpectedAnswer(f"{response.url}: no li.lister__item, without HTTP 404")
        if number > 1 and f"/{number}/" not in urlsplit(response.url).path:
            return Page([])  # past the end, led back to the first page
        more = []
        if len(items) >= PAGE_SIZE and number < self.params.max_pages:
            (phrase,) = parse_qs(urlsplit(response.url).query)["keywords"]
            more = [self._search(phrase, number + 1)]
        rows = [row for item in items if (row := self._row(item, response))]
        if items and not rows:
            raise UnexpectedAnswer(f"{response.url}: no li.lister__item has an id")
        return Page(rows, more=more)

    def _row(self, item: Selector, response: TextResponse) -> Row | None:
        if not item.attrib.get("id", "").startswith("item-"):
            self.report.skip_row("an item without an id: an advertisement")
            return None
        link = item.css("a.js-clickable-area-link, .lister__header a")
        url = response.urljoin(re.sub(r"\s+", "", link.attrib.get("href", "")))
        match = self.match_on_known_host(url, self.params, "an item of the list")
        if match is None or match.posting_id is None:
            raise UnexpectedAnswer(f"{response.url}: an item without the address of an advert")

        def said(what: str) -> str:
            return one_text(item.css(f".lister__meta-item--{what}"))

        recruiter = item.css(".lister__meta-item--recruiter img, .lister__logo img")
        fields = {
            "title": one_text(link),
            "url": match.canonical_url,
            "organization": said("recruiter") or recruiter.attrib.get("alt", ""),
            "raw_location": [said("location")] if said("location") else [],
            "raw_salary": said("salary") or None,
        }
        return Row(match.posting_id, fields)

    # --- the detail ---------------------------------------------------------------------------

    def detail_request(self, native_id: str, url: str) -> Request | None:
        return Request(url)

    def read_detail(self, response: TextResponse) -> dict[str, Any]:
        fields = detail_fields(response)
        fields.pop("url", None)  # the item's is canonical
        return fields
