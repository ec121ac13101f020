"""Stonefish, the ASP.NET vacancy pages of British universities (docs/platforms/stonefish.md).

URL forms, their letter case varies (data/platform_distribution.md; public code):
    https://{host}/[{folder}/]Vacancy.aspx?ref={reference}      Leeds, Lincoln, Royal Holloway ...
    https://{host}/Vacancy.aspx?id={number}&forced=1            Nottingham
    https://{host}/[{portal}/]displayjob.aspx?jobid={number}    Manchester, before it left
    GET https://{host}/[{folder}/]vacancies.aspx?cat=-1         the listing: all vacancies, one page

Traps:
- The query is the identity (data/platform_distribution.md section 6); `forced` is not. The list
  writes vacancy.aspx, the block of the latest ones Vacancy.aspx: both are postings of the board.
- Every tenant has a layout of its own (a table, a list, blocks): sure are only the links. A page
  states no total; only words can say that there is no vacancy. A search page (search.aspx) answers
  a program with an empty list, for its results come by postback.
- The facts of a posting are cells, bold words or small headings with a colon or without one.
- A portal's name before displayjob.aspx is the audience: one series of numbers for all (inferred:
  10373 to 12516 without one, 10827 and 11427 with one).
- The form counts on hosts under .ac.uk; elsewhere only where the catalogue names the host.

Not verified against a recorded answer: the words of an empty board and of a closed posting.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, ClassVar

from parsel import Selector
from scrapy import Request
from scrapy.http import TextResponse

from crawler import platform
from crawler.answers import one_text, visible_text
from crawler.errors import UnexpectedAnswer
from crawler.patterns import Page, Row, WholeBoard
from spiders.labels import fields_by_label

NONE = re.compile(
    r"\b(?:no|not any) (?:current |live |suitable )?(?:vacanc|jobs?\b|posts?\b)", re.I
)
LINKS = "//a[contains(translate(@href, 'ASPX', 'aspx'), '.aspx?')]"
NO_TITLE = re.compile(r"(?:apply|view|more|read|see|details?)\b.{0,15}|", re.I)
ROW = (
    "ancestor::*[self::li or self::tr or contains(@class, 'row')"
    " or contains(@class, 'Item') and not(contains(@class, 'Title'))][1]"
)
BODY = ("//*[@id='maincontent']", "//*[@id='maincontentcenter']", "//main", "//*[@role='main']")

_PAGE = r"""/(?P<folder>(?:[\w-]+/)*)(?P<page>vacancy|displayjob)\.aspx\?(?:[^\#]*&)?
    (?P<key>ref|id|jobid)=(?P<posting_id>[^&\#]+)"""
_LIST = r"/(?P<folder>(?:[\w-]+/)*)(?P<page>vacancies|rss)\.aspx(?:[?\#]|$)"


class StonefishParams(platform.HostParams):
    folder: str = ""  # before the page's name, with its slash: "jobs/"


class Stonefish(WholeBoard):
    name = "stonefish"
    label = "Stonefish"
    Params = StonefishParams
    tenant_params = ("host",)
    day_first = True
    time_zone = "Europe/London"
    closed_statuses = (404, 410)
    closed_words = (
        r"(?:this|the) (?:vacancy|advert|job|post) (?:is|has) (?:now )?"
        r"(?:no longer available|closed|expired|been (?:closed|filled|withdrawn))",
    )
    url_rules = (
        r"https?://(?P<host>[\w.-]+\.ac\.uk)" + _PAGE,
        r"https?://(?P<host>[\w.-]+\.ac\.uk)" + _LIST,
    )
    vanity_rules = (r"https?://(?P<host>[\w.-]+)" + _PAGE, r"https?://(?P<host>[\w.-]+)" + _LIST)
    examples: ClassVar = {
        "https://jobs.fernwood.ac.uk/Vacancy.aspx?ref=CSUIT9001": {
            "host": "jobs.fernwood.ac.uk",
            "posting_id": "CSUIT9001",
        },
        "https://www.fernwood.ac.uk/jobs/vacancy.aspx?forced=1&id=9002": {
            "host": "www.fernwood.ac.uk",
            "folder": "jobs/",
            "posting_id": "9002",
        },
        "https://www.jobs.fernwood.ac.uk/fernwoodinternal/displayjob.aspx?jobid=9003": {
            "host": "www.jobs.fernwood.ac.uk",
            "folder": "fernwoodinternal/",
            "posting_id": "9003",
        },
        "https://jobs.fernwood.ac.uk/vacancies.aspx?cat=-1": {"host": "jobs.fernwood.ac.uk"},
    }
    not_examples = (
        "https://www.fernwood.ac.uk/about/jobs/about-job-details.aspx?vacancy_id=0329439GoF",
        "https://jobs.fernwood.example/Vacancy.aspx?ref=CSUIT9001",
        "https://jobs.fernwood.ac.uk/Vacancy.aspx",
    )

    @classmethod
    def key_from_url(cls, match: platform.Match) -> str:
        return str(match.posting_id).upper()

    @classmethod
    def canonical_url(cls, match: platform.Match) -> str:
        said = match.groups
        page = said["page"].lower()
        start = f"https://{said['host'].lower()}/{said.get('folder', '')}{page}.aspx"
        return f"{start}?{said['key'].lower()}={match.posting_id}" if match.posting_id else start

    # --- the listing --------------------------------------------------------------------------

    def listing(self) -> Iterable[Request]:
        said = self.params
        return [Request(f"https://{said.host}/{said.folder}vacancies.aspx?cat=-1")]

    def read_listing(self, response: TextResponse) -> Page:
        found: dict[str, tuple[str, list[Selector]]] = {}
        for link in response.xpath(LINKS):
            url = response.urljoin(link.attrib["href"].strip())
            match = self.match_on_known_host(url, self.params, "a link of the list")
            if match and match.key:
                found.setdefault(match.key.key, (match.canonical_url, []))[1].append(link)
        if not found and not NONE.search(visible_text(response)):
            raise UnexpectedAnswer(f"{response.url}: no vacancy, and no words that say so")
        return Page([self._row(key, *said) for key, said in found.items()])

    def _row(self, key: str, url: str, links: list[Selector]) -> Row:
        row = (links[0].xpath(ROW) or links[0].xpath(".."))[0]
        said = fields_by_label(_labelled(row))
        header = one_text(row.xpath("../preceding-sibling::*[contains(@class, 'Header')][1]"))
        texts = [text for text in map(one_text, links) if not NO_TITLE.fullmatch(text)]
        title = next(iter(texts), "")
        return Row(key, {"unit": header or None, **said, "title": title, "url": url})

    # --- the detail ---------------------------------------------------------------------------

    def detail_request(self, native_id: str, url: str) -> Request | None:
        return Request(url)

    def read_detail(self, response: TextResponse) -> dict[str, Any]:
        body = next((found for path in BODY if (found := response.xpath(path))), None)
        if body is None or not one_text(body):
            raise UnexpectedAnswer(f"{response.url}: no main content")
        said = fields_by_label(_labelled(response.selector))
        title = one_text(body.css("h1")) if self.only else ""
        return {**said, "title": title, "description_html": body.get()}


def _labelled(part: Selector) -> Iterator[tuple[str, str]]:
    """Labels and what stands beside or behind them, in the layouts that were met."""
    for row in part.xpath(".//tr[count(td) = 2]"):
        yield one_text(row.xpath("td[1]")), one_text(row.xpath("td[2]"))
    for label in part.xpath(".//*[self::b or self::strong or self::span][normalize-space()]"):
        text = one_text(label)
        behind = " ".join(" ".join(label.xpath("following-sibling::text()[1]").getall()).split())
        widget = "vacancyAdvertWidgetTitle" in label.attrib.get("class", "")
        if widget:
            behind = one_text(label.xpath("..")).removeprefix(text).strip()
        if widget or text.endswith(":") or behind.startswith(":"):
            yield text, behind.removeprefix(":").strip()
