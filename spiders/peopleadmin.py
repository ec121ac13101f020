"""PeopleAdmin of PowerSchool ({tenant}.peopleadmin.com, .ca, and employers' own hosts).

URL forms (ats/us_universities.md section 1):
    https://{host}/postings/{id}[/print_preview]           one posting
    https://{host}/applications/new?posting_id={id}        its form
    https://{host}/postings/search, /postings/all_jobs.atom, /postings/search.atom

Endpoints:
    GET https://{host}/postings/all_jobs.atom       every posting with its text, in one answer
    GET https://{host}/postings/search[?page=N]     30 a page, where the feed is off or empty
    GET https://{host}/postings/{id}                a table of labels and values

Traps:
- /postings/{number} could be anybody's: on employers' own hosts it counts where the catalogue names
  the host. /postings/{uuid} is Pinpoint's.
- The id is not the "Posting Number" of the page (SF02189), which is the requisition.
- /postings/search.atom is the tenant's default search, not everything.
- The feed has neither place nor closing date: those stand in the table of the posting's page, under
  labels of the tenant's own. The columns of the search page have no labels at all.
- Dates are MM/DD/YYYY. An empty closing date means "open until filled"; a date of first review in
  the text is no deadline.
- robots.txt of *.peopleadmin.com forbids everything; employers' own hosts differ. A script of
  Imperva stands in the pages: a challenge is possible.

Inferred: the words of a closed posting, and its redirect to the search; the heading "Search Postings
(N)" and the words of an empty search page (public code).
"""

from __future__ import annotations

import re
from typing import Any, ClassVar

from parsel import Selector
from scrapy import Request
from scrapy.http import Response, TextResponse

from crawler import platform
from crawler.answers import one_text, text_of, texts_of, visible_text
from crawler.errors import UnexpectedAnswer
from crawler.patterns import Output, Page, PagedListing, Row
from spiders.labels import fields_by_label

FEED_END = re.compile(r"</feed>\s*$|<feed\b[^>]*/>\s*$")
NEXT = "a[rel~=next]"
TOTAL = re.compile(r"\(([\d,]+)\)\s*$")
TITLE = re.compile(r"(?:position |posting |job |working )?title:?", re.IGNORECASE)
NONE_FOUND = re.compile(
    r"\b(?:no (?:matching )?(?:postings|positions|jobs|results)\b|0 (?:postings|results) found)",
    re.I,
)

_VENDORS = r"https?://(?P<host>(?!www\.)[\w-]+\.peopleadmin\.(?:com|ca))"
_ANY = r"https?://(?P<host>[\w.-]+)"
_POSTING = r"/postings/(?P<posting_id>\d+)(?:/[\w-]+)?/?(?:[?\#]|$)"
_FORM = r"/applications/new/?\?(?:[^\#]*&)?posting_id=(?P<posting_id>\d+)"
_BOARD = r"(?:/(?:postings(?:/(?:search(?:\.atom)?|all_jobs\.atom))?/?)?)?(?:[?\#]|$)"


class PeopleAdmin(PagedListing):
    name = "peopleadmin"
    label = "PeopleAdmin"
    Params = platform.HostParams
    url_rules = (_VENDORS + _POSTING, _VENDORS + _FORM, _VENDORS + _BOARD)
    vanity_rules = (_ANY + _POSTING, _ANY + _FORM, _ANY + _BOARD)
    page_rules = (
        platform.PageRule(
            re.compile(r"//(?P<host>(?!www\.)[\w-]+\.peopleadmin\.(?:com|ca))/postings\b", re.I),
            "a link to a PeopleAdmin board",
        ),
        platform.PageRule(
            re.compile(r"\bdata-posting-title=|\bjob-item-posting\b|\bpaTracker\b"),
            "the markup of a PeopleAdmin board",
        ),
    )
    examples: ClassVar = {
        "https://fernwood.peopleadmin.com/postings/312951?utm_source=x": {
            "host": "fernwood.peopleadmin.com",
            "posting_id": "312951",
        },
        "https://quantenhof.peopleadmin.ca/postings/9516/print_preview": {
            "host": "quantenhof.peopleadmin.ca",
            "posting_id": "9516",
        },
        "https://fernwood.peopleadmin.com/applications/new?posting_id=312952": {
            "host": "fernwood.peopleadmin.com",
            "posting_id": "312952",
        },
        "https://fernwood.peopleadmin.com/postings/search?query=hpc": {
            "host": "fernwood.peopleadmin.com"
        },
    }
    not_examples = (
        "https://jobs.fernwood.example/postings/39659",
        "https://www.peopleadmin.com/blog/",
        "https://fernwood.peopleadmin.com/postings/2024-9677",
    )

    closed_statuses = (404, 410)
    closed_words = (r"(?:posting|position|job)[^.]{0,40} is no longer (?:available|open|active)",)
    day_first = False

    _feed = False  # set when the listing is the feed

    @classmethod
    def canonical_url(cls, match: platform.Match) -> str:
        return _url(match.params.host, match.posting_id or "search")

    # --- listing ------------------------------------------------------------------------------

    def page_request(self, number: int, response: Response | None) -> Request | None:
        if response is None:
            feed = _url(self.params.host, "all_jobs.atom")
            return Request(feed, self._on_feed, meta={"handle_httpstatus_list": [404]})
        following = text_of(response).css(NEXT).attrib.get("href")
        return Request(response.urljoin(following)) if following else None

    def _on_feed(self, response: Response) -> Output:
        self._feed = response.status == 200 and bool(_entries(text_of(response)))
        if self._feed:
            yield from self._on_listing(response)
        else:  # switched off, or really empty: the search page says which
            yield self.listing_request(Request(_url(self.params.host, "search")))

    def read_listing(self, response: TextResponse) -> Page:
        if self._feed:
            rows = [self._entry(entry, response.url) for entry in _entries(response)]
            return Page(rows, goes_on=False)
        headings = texts_of(response.xpath("//h1 | //h2"))
        totals = [found[1] for text in headings if (found := TOTAL.search(text))]
        total = int(totals[0].replace(",", "")) if totals else None
        rows = [self._item(item, response.url) for item in response.css(".job-item-posting")]
        if not rows and total != 0 and not NONE_FOUND.search(visible_text(response)):
            raise UnexpectedAnswer(f"{response.url}: no posting, and no words that say why")
        return Page(rows, total, goes_on=bool(response.css(NEXT)))

    def _entry(self, entry: Any, where: str) -> Row:
        def said(name: str) -> str:
            return entry.xpath(f"string({name})").get("").strip()

        native_id = _id(f"{entry.xpath('link/@href').get('')} {said('id')}", where)
        if not said("title"):
            raise UnexpectedAnswer(f"{where}: the entry of posting {native_id} has no title")
        place = ", ".join(filter(None, map(said, ("city", "state", "country"))))
        fields = {
            "title": said("title"),
            "url": _url(self.params.host, native_id),
            "unit": said("author/name"),
            "raw_location": [place] if place else [],
            "raw_date_posted": said("published") or said("updated"),
            "description_html": said("content") or said("summary"),
        }
        return Row(native_id, fields, stamp=said("updated"))

    def _item(self, item: Any, where: str) -> Row:
        native_id = _id(item.css("a::attr(href)").get(""), where)
        title = item.attrib.get("data-posting-title") or one_text(item.css("h3 a"))
        fields = {"title": title, "url": _url(self.params.host, native_id)}
        return Row(native_id, fields, stamp=" | ".join(texts_of(item.css(".tbody-cell"))))

    # --- detail -------------------------------------------------------------------------------

    def detail_request(self, native_id: str, url: str) -> Request:
        return Request(_url(self.params.host, native_id))

    def read_detail(self, response: TextResponse) -> dict[str, Any]:
        labels = response.xpath("//th[following-sibling::td]")
        if not labels:
            raise UnexpectedAnswer(f"{response.url}: no table of labels and values")
        pairs = [(one_text(label), one_text(label.xpath("following-sibling::td[1]")))
                 for label in labels]  # fmt: skip
        said = fields_by_label(pairs)
        if self.only:  # no row was read; with one, its title is the surer
            titles = [value for label, value in pairs if TITLE.fullmatch(label)]
            said["title"] = next(filter(None, titles), one_text(response.css("h2, h1")))
        if not self._feed:
            tables = labels.xpath("ancestor::table[1]").getall()
            said["description_html"] = "\n".join(dict.fromkeys(tables))
        return said

    def closed(self, response: Response) -> str | None:
        if response.status == 200 and "/postings/search" in response.url:
            return f"redirected to {response.url}"
        return super().closed(response)


def _url(host: str, page: str) -> str:
    return f"https://{host}/postings/{page}"


def _id(text: str, where: str) -> str:
    found = re.search(r"/postings/(\d+)", text)
    if not found:
        raise UnexpectedAnswer(f"{where}: an entry without the address of a posting")
    return found[1]


def _entries(response: TextResponse) -> Any:
    """The feed's entries. Raises UnexpectedAnswer for anything else, or one that is cut off."""
    if not re.search(r"<feed\b", response.text[:1000]):
        raise UnexpectedAnswer(f"{response.url} is no Atom feed")
    if not FEED_END.search(response.text[-1000:]):
        raise UnexpectedAnswer(f"{response.url}: the feed ends in the middle")
    feed = Selector(response.text, type="xml")
    feed.remove_namespaces()
    return feed.xpath("//entry")
