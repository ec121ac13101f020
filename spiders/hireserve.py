"""Hireserve ("wd_portal", Oracle PL/SQL), the software of jobs.unige.ch and others.

URL forms (ats/unige_hireserve.md):
    https://{host}/{www|wd/plsql}/wd_portal.show_job?p_web_site_id={site}&p_web_page_id={id}
    https://{host}/vacancy/{slug}-{id}.html                  redirects to show_job
    https://{host}/{...}/wd_portal.{search_start|search_results|list}?p_web_site_id={site}

Requests: GET the entry's page. Of `search_start` the menu's links to `search_results` with
p_show_results=Y are the listing, one for each category of posts; `list` and `search_results` are it
themselves. Then GET each posting's page.

Traps:
- The query is the identity: exactly p_web_site_id and p_web_page_id. A `ref` on the page (7051) is
  another number, the employer's.
- The vacancy form lacks the site and looks like anybody's: it counts where the catalogue names the
  host, whose entry says the site.
- wd_portal_cand.* (application), send_a_friend and view_blob are no pages of a posting.
- A line below a title may hold the subject of a chair: "in ...". Titles are the same without it.
- Day before month. No date of posting, no pay, no kind of contract; French and English mixed.
- The markup has closing tags that open nothing, a class name with a slash, values without a label,
  and ISO-8859-1 (the page's meta says it).
- Some sites show ten at a time, "1-10, 11-16" (`resultsNavTop`); the last number is their count.
- A removed posting is said to be a text page with status 200: absence closes, not that page.
- One request at a time and slowly: a passing 403 was seen.

Inferred: lists by links to /vacancy/ (one public adapter), the English words of an empty list, the
links of `resultsNavTop`, that a detail marks its facts as the list does (only `div.job_detail` is
known), and that HTTP 404 and 410 close.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, ClassVar

from scrapy import Request
from scrapy.http import Response, TextResponse

from crawler import platform
from crawler.answers import one_text, text_of, visible_text
from crawler.errors import UnexpectedAnswer
from crawler.patterns import Listing, Page, Row

_PORTAL = r"https?://(?P<host>[\w.-]+)/(?P<folder>(?:[\w-]+/)*)wd_portal\."
NO_JOBS = re.compile(
    r"aucune offre ne correspond|aucun poste|no (?:current )?(?:vacancies|jobs|results|positions)\b"
    r"|there are (?:currently )?no\b",
    re.IGNORECASE,
)
# The facts of a posting by their class; the first has a slash in its name.
FACTS = {
    "unit": "section_/_division",
    "raw_valid_through": "date_off",
    "requisition_id": "refno",
}

_SITE = r"(?=\?(?:[^\#]*&)?p_web_site_id=(?P<site>\d+))"


class HireserveParams(platform.Params):
    host: str
    site: str


class Hireserve(Listing):
    name = "hireserve"
    label = "Hireserve"
    Params = HireserveParams
    url_rules = (
        _PORTAL + rf"show_job{_SITE}\?(?:[^\#]*&)?p_web_page_id=(?P<posting_id>\d+)(?:[&\#]|$)",
        _PORTAL + rf"(?!show_job|send_a_friend|view_blob)(?P<page>\w+){_SITE}",
    )
    vanity_rules = (
        r"https?://(?P<host>[\w.-]+)/(?P<path>vacancy/[^/?\#]*?-(?P<posting_id>\d+)\.html)"
        r"(?:[?\#]|$)",
    )
    page_rules = (
        platform.PageRule(
            re.compile(
                r"//(?P<host>[\w.-]+)/(?:[\w-]+/)*wd_portal\.\w+\?(?:[^\"'#]*[&;])?"
                r"p_web_site_id=(?P<site>\d+)",
                re.IGNORECASE,
            ),
            "a link to a Hireserve portal",
        ),
    )
    examples: ClassVar = {
        "https://jobs.fernwood.example/www/wd_portal.show_job?p_web_site_id=1&p_web_page_id=90001": {
            "host": "jobs.fernwood.example",
            "site": "1",
            "posting_id": "90001",
        },
        "http://jobs.quantenhof.example/wd/plsql/wd_portal.show_job"
        "?p_web_page_id=90002&p_lang=DEFAULT&p_web_site_id=3885": {
            "host": "jobs.quantenhof.example",
            "site": "3885",
            "posting_id": "90002",
        },
        "https://jobs.fernwood.example/www/wd_portal.search_start?p_web_site_id=1": {
            "host": "jobs.fernwood.example",
            "site": "1",
        },
    }
    not_examples = (
        "https://jobs.fernwood.example/www/wd_portal.show_job?p_web_page_id=90001",
        "https://jobs.fernwood.example/www/wd_portal.send_a_friend?p_web_site_id=1&p_web_page_id=9",
        "https://jobs.fernwood.example/www/wd_portal_cand.form?p_web_site_id=1&p_web_page_id=9",
        "https://jobs.fernwood.example/vacancy/research-software-engineer-90001.html",
    )

    day_first = True
    languages = ("fr", "en")
    closed_statuses = (404, 410)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._asked: set[str] = set()  # pages of the listing
        self._total = 0  # of the categories so far

    # --- identity -----------------------------------------------------------------------------

    @classmethod
    def tenant_of(cls, params: Any) -> str:
        return f"{params.host.lower()}/{params.site}"

    @classmethod
    def canonical_url(cls, match: platform.Match) -> str:
        said = match.groups
        if "path" in said:
            return f"https://{said['host'].lower()}/{said['path']}"
        portal = f"https://{said['host'].lower()}/{said.get('folder', '')}wd_portal"
        if match.posting_id is None:
            return f"{portal}.{said['page']}?p_web_site_id={said['site']}"
        query = f"p_web_site_id={said['site']}&p_web_page_id={match.posting_id}"
        return f"{portal}.show_job?{query}"

    # --- listing ------------------------------------------------------------------------------

    def listing(self) -> Iterable[Request]:
        request = Request(self.source.url)
        yield request.replace(callback=self._on_menu) if "search_start" in request.url else request

    def _on_menu(self, response: Response) -> Iterator[Request]:
        menu = text_of(response)
        links = menu.css("a[href*='p_show_results=Y']::attr(href)").getall()
        if not links:
            raise UnexpectedAnswer(f"{menu.url}: no link with `p_show_results=Y` to the postings")
        for number, url in enumerate(dict.fromkeys(map(menu.urljoin, links))):
            # In the menu's order, and before any detail.
            yield self.listing_request(Request(url, priority=len(links) - number))

    def read_listing(self, response: TextResponse) -> Page:
        posts = response.css("div.jobpost") or self._vacancies(response)
        if not posts and not NO_JOBS.search(" ".join(visible_text(response).split())):
            raise UnexpectedAnswer(f"{response.url}: no `jobpost`, and no words that say why")
        if len(response.css("div.divider")) > len(posts):  # one follows each posting
            raise UnexpectedAnswer(f"{response.url}: fewer `jobpost` than lines between them")
        ranges = response.css(".resultsNavTop")
        numbers = re.findall(r"\d+-(\d+)", " ".join(ranges.xpath(".//text()").getall()))
        if response.url not in self._asked:  # the first page of a category
            self._total += max(map(int, numbers), default=0)
        links = [response.urljoin(url) for url in ranges.css("a[href]::attr(href)").getall()]
        new = [url for url in dict.fromkeys(links) if url not in self._asked | {response.url}]
        self._asked |= {response.url, *new}
        rows = [self._row(post, response) for post in posts]
        return Page(rows, self._total or None, more=[Request(url) for url in new])

    def _vacancies(self, response: TextResponse) -> list[Any]:
        """The links of a list without marked postings."""
        found = response.css("a[href*='/vacancy/'], a[href*='wd_portal.show_job']")
        return [link for link in found if one_text(link) and self._match(link, response)]

    def _match(self, link: Any, response: TextResponse) -> platform.Match | None:
        url = response.urljoin(link.attrib.get("href", ""))
        match = self.match_on_known_host(url, self.params, "own listing")
        return match if match and match.posting_id else None

    def _row(self, post: Any, response: TextResponse) -> Row:
        link = post if post.root.tag == "a" else post.css("h2 a[href]")
        match = self._match(link, response) if link else None
        if match is None or match.posting_id is None:
            raise UnexpectedAnswer(f"{response.url}: a `jobpost` without a link to show_job")
        lines = post.xpath(".//p[not(.//*[contains(@class, 'jobclass') or self::a or self::hr])]")
        text = "\n".join(lines.xpath("string()").getall())
        subject = next((" ".join(line.split()) for line in text.splitlines() if line.strip()), "")
        between = " " if subject[:1].islower() else " \u2013 "
        title = between.join(filter(None, (one_text(link), subject)))
        return Row(match.posting_id, {"title": title, "url": match.canonical_url, **_facts(post)})

    # --- detail -------------------------------------------------------------------------------

    def detail_request(self, native_id: str, url: str) -> Request:
        return Request(url)

    def read_detail(self, response: TextResponse) -> dict[str, Any]:
        text = response.css("div.job_detail")
        if not one_text(text):
            raise UnexpectedAnswer(f"{response.url}: nothing in `div.job_detail`")
        fields = {"description_html": text.get(), **_facts(text)}
        if self.only:  # the listing's title is the better one: it has the subject
            fields["title"] = one_text(text.css("h1, h2")) or one_text(response.css("title"))
        return fields


def _facts(part: Any) -> dict[str, str]:
    """The marked facts of a posting: what stands after a label's colon, or all of it."""
    said = {}
    for name, mark in FACTS.items():
        found = part.xpath(".//*[contains(concat(' ', @class, ' '), $mark)]", mark=f" {mark} ")
        words = one_text(found.css(".jobvalue")) or one_text(found).rpartition(":")[2].strip()
        if words:
            said[name] = words
    return said
