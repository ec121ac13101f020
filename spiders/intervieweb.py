"""Intervieweb (In-recruiting, by Zucchetti), behind Cezanne HR's career pages.

URL forms (docs/platforms/intervieweb.md):
    https://{portal}.intervieweb.it/{company}/jobs/{slug}-{id}/{language}/    cezanneondemand/turing
    https://{company}.intervieweb.it/jobs/{slug}-{id}/{language}/
    https://{portal}.intervieweb.it/[{company}/]{language}/career             the listing

Endpoints of the site's own pages (docs/platforms/intervieweb.md; public code, 8 repositories):
    GET  https://{portal}.intervieweb.it/[{company}/]{language}/career     says where its list is
    POST {the address in its field `url-for-announces`}                    one page of the list
    GET  https://{portal}.intervieweb.it/[{company}/]jobs/...              one posting, with JSON-LD

Traps:
- The number at the end of the slug is the id; the rest of the slug and the language are cosmetic.
- One portal has many companies; a portal without companies is a company.
- The list's address has tokens of this visit and wants its cookie: the career page comes first, every
  night. Its own cards are not read, many portals show none before the POST (since July 2026).
- The answer is JSON with HTML in `data`. No total is stated. Past the end comes the last page again,
  or one without cards; some boards say "Page 1 of 3".
- An empty board says "Nessun annuncio disponibile"; its words in other languages are not known, and
  any others end the run as parse_error.
- app.php?module=iframeAnnunci&LAC={company} and annunci.php are feeds of the same that want a key.
- robots.txt forbids *access* and *recoveryForm* only.
- That a posting which is gone answers 404 is inferred.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, ClassVar
from urllib.parse import urlsplit

from parsel import Selector
from scrapy import FormRequest, Request
from scrapy.http import Response, TextResponse

from crawler import platform
from crawler.answers import json_of, need, one_text, text_of, texts_of
from crawler.errors import UnexpectedAnswer
from crawler.patterns import Output, Page, PagedListing, Row
from crawler.structured_data import detail_fields

SECTION = re.compile(r"[\"']section[\"']\s*:\s*[\"']([^\"']+)[\"']")
PAGES = re.compile(r"\bPage (\d+) of (\d+)\b", re.IGNORECASE)
NOTHING = "Nessun annuncio disponibile"
PLACE = (
    ".vacancy__location, .subtitle__informations[title=Sede], "
    ".subtitle__informations[title=Location]"
)
# What the career page's own script sends along, empty.
FILTERS = ("order", "country", "region", "function", "project", "text", "division", "company")

_PORTAL = r"https?://(?P<portal>[\w-]+)\.intervieweb\.it/(?:(?P<company>(?!jobs/)[\w-]{3,})/)?"


class InterviewebParams(platform.Params):
    portal: str
    company: str | None = None


class Intervieweb(PagedListing):
    name = "intervieweb"
    label = "Intervieweb"
    closed_statuses = (404,)
    Params = InterviewebParams
    url_rules = (
        _PORTAL + r"jobs/(?P<slug>[^/?\#]*-)?(?P<posting_id>\d+)(?:/(?P<language>[a-z]{2}))?"
        r"/?(?:[?\#]|$)",
        _PORTAL + r"(?P<language>[a-z]{2})/career/?(?:[?\#]|$)",
    )
    examples: ClassVar = {
        "https://cezanneondemand.intervieweb.it/fernwood/jobs/director-of-delivery-99001/en/?x=1": {
            "portal": "cezanneondemand",
            "company": "fernwood",
            "posting_id": "99001",
        },
        "https://quantenhof.intervieweb.it/jobs/hpc-engineer-99002/it/": {
            "portal": "quantenhof",
            "posting_id": "99002",
        },
        "https://cezanneondemand.intervieweb.it/fernwood/en/career": {
            "portal": "cezanneondemand",
            "company": "fernwood",
        },
    }
    not_examples = (
        "https://www.intervieweb.it/",
        "https://inrecruiting.intervieweb.it/app.php?module=iframeAnnunci&LAC=fernwood",
    )
    shared_back_ends = ("intervieweb.it",)

    @classmethod
    def tenant_of(cls, params: Any) -> str:
        return "/".join(filter(None, (params.portal, params.company))).lower()

    @classmethod
    def canonical_url(cls, match: platform.Match) -> str:
        said = match.groups
        start = f"https://{said['portal'].lower()}.intervieweb.it"
        language = said.get("language", "en").lower()
        if match.posting_id is None:
            page = f"{language}/career"
        else:
            page = f"jobs/{said.get('slug', '')}{match.posting_id}/{language}/"
        return "/".join(part for part in (start, said.get("company"), page) if part)

    # --- listing ------------------------------------------------------------------------------

    def listing(self) -> Iterable[Request]:
        match = type(self).match(self.source.url)
        said = match.groups if match else {}
        parts = (self.params.company, said.get("language", "en").lower(), "career")
        board = f"https://{self.params.portal.lower()}.intervieweb.it"
        url = "/".join([board, *filter(None, parts)])
        yield Request(url, callback=self._on_career_page)

    def _on_career_page(self, response: Response) -> Output:
        page = text_of(response)
        section, address = SECTION.search(page.text), page.css("#url-for-announces::attr(value)")
        if section is None or not address:
            missing = "field 'url-for-announces'" if section else "'section' in its script"
            raise UnexpectedAnswer(f"{page.url}: a career page without the {missing}")
        self._list_address = page.urljoin(address[0].get())
        if urlsplit(self._list_address).hostname != urlsplit(page.url).hostname:
            raise UnexpectedAnswer(f"{page.url}: its list is on another host: {self._list_address}")
        self._section = section[1]
        yield self.listing_request(self.page_request(0, None))

    def page_request(self, number: int, response: Response | None) -> Request:
        said = {"act1": "vacancyListCareer", "section": self._section, "page": str(number + 1)}
        return FormRequest(
            self._list_address,
            formdata={**dict.fromkeys(FILTERS, ""), **said},
            headers={"X-Requested-With": "XMLHttpRequest"},
            meta={"page": number},
        )

    def read_listing(self, response: TextResponse) -> Page:
        answer, where = json_of(response), response.url
        if not need(answer, "success", bool, where):
            raise UnexpectedAnswer(f"{where}: the key 'success' is false")
        cards = Selector(text=need(answer, "data", str, where) or " ", type="html")
        rows = [self._row(card, response) for card in cards.css(".vacancy__render")]
        words = one_text(cards)
        if not rows and not response.meta.get("page") and NOTHING not in words:
            raise UnexpectedAnswer(f"{where}: no card 'vacancy__render', but {words[:60]!r}")
        shown = PAGES.search(words)
        return Page(rows, goes_on=int(shown[1]) < int(shown[2]) if shown else None)

    def _row(self, card: Selector, response: TextResponse) -> Row:
        link = card.css(".vacancy__title a[href]")[:1]
        return self.linked_row(link, response, raw_location=texts_of(card.css(PLACE))[:1])

    # --- detail -------------------------------------------------------------------------------

    def detail_request(self, native_id: str, url: str) -> Request:
        return Request(url)

    def read_detail(self, response: TextResponse) -> dict[str, Any]:
        said = detail_fields(response)
        said.pop("requisition_id", None)
        return {**said, "url": None}
