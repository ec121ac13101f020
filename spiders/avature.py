"""Avature ({tenant}.avature.net, or a host of the employer's own).

URL forms (ats/later-additions.md, "Avature"; ats/fingerprints.md):
    https://{host}[/{locale}]/{portal}/JobDetail/{slug}/{id}    the slug is cosmetic
    https://{host}[/{locale}]/{portal}/JobDetail?jobId={id}     also /JobDetail/?jobId=
    https://{host}[/{locale}]/{portal}/SearchJobs/?jobOffset=N  the listing
    https://{host}[/{locale}]/{portal}/ApplicationMethods?jobId={id}    its form of application
{portal} is the tenant's choice: careers, jobs, main, externaljobs; {locale} is en_US, ja_JP ...

Both pages are HTML of the tenant's own skin. Every page names itself, in
<meta name="avature.portal.page" content="SearchJobs"> (all recorded pages).

Traps:
- jobId is the identity where the path has none; all other parameters are noise.
- The same id may stand under sibling portals (internalcareers, referrals): one posting.
- The names of the pages are written exactly so. /Job/JobDetail?JobId=, with another capital, is
  Jobtrain's (samples/jsonld, spec_jobtrain), /search/searchjobs another system's.
- A tenant's own host and its avature.net name look like two tenants: a posting is stored under all
  hosts that its entry and its listing name.
- The size of a page is the tenant's (2 to 25); the offset's name (jobOffset, folderOffset) is read
  from the link to the next page. That link leads back to the start behind the end.
- Copies of a row's link stand in its buttons for sharing and applying.
- What stands below a title is the tenant's choice, with or without labels.
- A detail has `article__content__view__field` elements, or the schema.org properties of an older
  skin (public code); JSON-LD is absent or has title and date alone.
- No more than 2,000 records are given; the page behind them is an error with status 200. A stated
  total of 999 is none.
- Dates are in words on most skins, in figures on some, in the order of the tenant (`day_first`).
- Bursts are refused with 406: one request at a time for all of avature.net.

Inferred: the closed forms (a title "Job Posting Not Found" or "Error", in use by a public link
checker; a redirect to SearchJobs); details of skins without such fields, of which none is recorded.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, ClassVar
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.http import Response, TextResponse
from w3lib.url import url_query_parameter

from crawler import platform
from crawler.answers import one_text, text_of, texts_of, visible_text
from crawler.errors import UnexpectedAnswer
from crawler.patterns import Page, PagedListing, Row
from crawler.posting import Key
from crawler.structured_data import fields_of, job_postings, node_for
from spiders.labels import fields_by_label

OFFSETS = ("jobOffset", "folderOffset", "offset")
CAP = 2000  # the deepest offset that is answered
NO_TOTAL = 999
TOTAL = re.compile(r"\d+\s*[-–]\s*\d+\s+of\s+([\d,]+)")
NONE_FOUND = re.compile(r"\bno (?:jobs|results|positions|openings) (?:were )?found", re.IGNORECASE)
POSTED = re.compile(r"posted:?\s+(?:on\s+)?(\S*\d\S*)$", re.IGNORECASE)
NUMBER = re.compile(r"(?:ref|req|requisition|job) ?#\s*([\w-]+)$", re.IGNORECASE)
NOT_THERE = re.compile(r"\s*(?:Error\b|Job Posting Not Found)", re.IGNORECASE)
LINKS = "//a[contains(@href, '/JobDetail')][normalize-space()]"
TITLE = "ancestor::*[self::h1 or self::h2 or self::h3 or self::h4 or contains(@class, 'itle')]"
# The element of one row: the largest around its title link that holds no other posting's link.
AROUND = "ancestor::*[self::article or self::li or self::tr or contains(@class, 'jobItem')][1]"
# Of structured data, where a skin has it; the employer and the address are known better.
STATED = ("raw_location", "raw_country", "raw_workplace", "raw_employment_type",
          "raw_date_posted", "raw_valid_through", "raw_salary", "salary")  # fmt: skip
FIELD = "article__content__view__field"

_PORTAL = r"""https?://(?P<host>[\w.-]+)/(?:(?P<locale>[a-z]{2}_[a-z]{2})/)?
    (?P<portal>(?!(?:job|search|portal)/|_)[\w-]+)/"""


class AvatureParams(platform.HostParams):
    portal: str
    locale: str | None = None
    day_first: bool | None = None  # the order of the tenant's dates in figures


class Avature(PagedListing):
    name = "avature"
    label = "Avature"
    Params = AvatureParams
    tenant_params = ("host",)  # its portals share one series of ids
    url_rules = (
        _PORTAL + r"(?-i:JobDetail)/(?P<slug>[^/?\#]+)/(?P<posting_id>\d+)/?(?:[?\#]|$)",
        _PORTAL
        + r"""(?-i:JobDetail|ApplicationMethods)/?\?(?:[^\#]*&)?(?-i:jobId)=
            (?P<posting_id>\d+)(?:[&\#]|$)""",
        _PORTAL + r"(?-i:SearchJobs)(?:[/?\#]|$)",
        r"""https?://(?P<host>[\w-]+\.avature\.net)/(?:(?P<locale>[a-z]{2}_[a-z]{2})/)?
            (?P<portal>(?!portal\b|_)[\w-]+)(?:/(?-i:JobDetail)/(?P<posting_id>\d+))?
            /?(?:[?\#]|$)""",
    )
    vanity_rules = (
        _PORTAL + r"(?-i:JobDetail)/(?P<posting_id>\d+)/?(?:[?\#]|$)",
        r"""https?://(?P<host>[\w.-]+)/(?:(?P<locale>[a-z]{2}_[a-z]{2})/)?(?P<portal>[\w-]+)
            /?(?:[?\#]|$)""",
    )
    page_rules = (
        platform.PageRule(
            re.compile(r"avature\.portal\.(?:id|name|urlPath)|/portalpacks/", re.IGNORECASE),
            "the markup of an Avature portal",
        ),
    )
    examples: ClassVar = {
        "https://fernwood.avature.net/en_US/careers/JobDetail/HPC-Engineer/9001?source=x": {
            "host": "fernwood.avature.net",
            "locale": "en_US",
            "portal": "careers",
            "posting_id": "9001",
        },
        "https://jobs.fernwood.example/jobs/JobDetail/?jobId=9002": {
            "host": "jobs.fernwood.example",
            "portal": "jobs",
            "posting_id": "9002",
        },
        "https://jobs.fernwood.example/main/ApplicationMethods?jobId=9003": {
            "host": "jobs.fernwood.example",
            "portal": "main",
            "posting_id": "9003",
        },
        "https://fernwood.avature.net/careers/JobDetail/9004": {
            "host": "fernwood.avature.net",
            "portal": "careers",
            "posting_id": "9004",
        },
        "https://jobs.fernwood.example/careers/SearchJobs/?jobOffset=20": {
            "host": "jobs.fernwood.example",
            "portal": "careers",
        },
        "https://fernwood.avature.net/en_US/careers": {
            "host": "fernwood.avature.net",
            "locale": "en_US",
            "portal": "careers",
        },
    }
    not_examples = (
        "https://jobs.fernwood.example/Job/JobDetail?JobId=167",
        "https://www.jobtrain.co.uk/fernwood/Job/JobDetail?JobId=14496",
        "https://jobs.fernwood.example/search/searchjobs",
        "https://jobs.fernwood.example/careers/jobdetail/hpc-engineer/9001",
        "https://fernwood.avature.net/portal/4/images/logo.svg",
    )
    shared_back_ends = ("avature.net",)

    max_pages = 1001  # by two, the smallest page, to the cap

    @classmethod
    def canonical_url(cls, match: platform.Match) -> str:
        said = match.groups
        start = _board(match.params.host, said.get("locale"), said["portal"])
        if match.posting_id is None:
            return f"{start}/SearchJobs"
        if "slug" in said:
            return f"{start}/JobDetail/{said['slug']}/{match.posting_id}"
        return f"{start}/JobDetail?jobId={match.posting_id}"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.day_first = self.params.day_first  # type: ignore[misc]

    # --- listing ------------------------------------------------------------------------------

    def page_request(self, number: int, response: Response | None) -> Request | None:
        if response is None:
            said = self.params
            return Request(f"{_board(said.host, said.locale, said.portal)}/SearchJobs/?jobOffset=0")
        following = _next(text_of(response))
        if following and _offset(following) > CAP:
            self.report.cut_short = f"the platform gives no more than {CAP:,} records of a listing"
            return None
        return Request(following) if following else None

    def read_listing(self, response: TextResponse) -> Page:
        if not _page_name(response):
            raise UnexpectedAnswer(f"{response.url}: no meta element avature.portal.page")
        # Behind a host of the employer's own the pages still name the tenant's.
        tenants = set(re.findall(r"//([\w-]+\.avature\.net)", response.text.lower()))
        hosts = platform.hosts_of(self.source) | (tenants - {"www.avature.net"})
        links: dict[str, tuple[platform.Match, Any]] = {}
        for link in sorted(response.xpath(LINKS), key=_is_button):
            url = response.urljoin(link.attrib["href"])
            match = self.match_on_known_host(url, self.params, "its listing")
            here = urlsplit(url).hostname in {*hosts, urlsplit(response.url).hostname}
            if match and match.posting_id and here:
                links.setdefault(match.posting_id, (match, link))
        rows = [
            self._row(match, link, tuple(Key(self.platform, host, key) for host in sorted(hosts)))
            for key, (match, link) in links.items()
        ]
        found = TOTAL.search(" ".join(visible_text(response).split()))
        total = int(found[1].replace(",", "")) if found else None
        if not rows and not total and not NONE_FOUND.search(visible_text(response)):
            raise UnexpectedAnswer(f"{response.url}: no posting, and no words that say why")
        total = None if total == NO_TOTAL else total
        return Page(rows, total, goes_on=bool(_next(response)))

    def _row(self, match: platform.Match, link: Any, aliases: tuple[Key, ...]) -> Row:
        around = link.xpath(AROUND)
        said = [text.strip(" |.,") for text in texts_of(around.xpath(".//span[not(.//a)]"))]
        posted = [found[1] for text in said if (found := POSTED.match(text))]
        stable = [text for text in said if not re.search(r"\bago\b|today|yesterday", text, re.I)]
        labelled = fields_by_label(pair for text in said if (pair := _pair(text)))
        numbers = [found[1] for text in said if (found := NUMBER.match(text))]
        fields = {
            "title": one_text(link),
            "url": match.canonical_url,
            "raw_location": texts_of(around.css(".locationText")),
            "requisition_id": numbers[0] if numbers else None,
            "raw_date_posted": posted[0] if posted else None,
            **labelled,
        }
        return Row(str(match.posting_id), fields, aliases, stamp=" | ".join(stable))

    # --- detail -------------------------------------------------------------------------------

    def detail_request(self, native_id: str, url: str) -> Request:
        return Request(url)

    def read_detail(self, response: TextResponse) -> dict[str, Any]:
        title = response.css("meta[property='og:title']::attr(content)").get("").strip()
        if _page_name(response) != "JobDetail" or not title:
            raise UnexpectedAnswer(f"{response.url}: not a JobDetail page with an og:title")
        main = response.css("main, .mainContent, .mainContainer, body")[:1]
        fields = main.css(f".{FIELD}")
        values = fields.css(f".{FIELD}__value") or main
        texts = [one for one in values if len(one_text(one)) > 200] or list(values)
        node = node_for(job_postings(response.text, response.url), url=response.url)
        said = fields_of(node, response.url) if node else {}
        description = said.get("description_html") if not fields else None
        return {
            **{name: said[name] for name in STATED if name in said},
            "title": title,
            "apply_url": response.xpath("//a[contains(@href, 'ApplicationMethods?')]/@href").get(),
            "description_html": description or "\n".join(one.get() for one in texts),
            **fields_by_label(_facts(fields)),
        }

    def closed(self, response: Response) -> str | None:
        if response.status in (404, 410):
            return f"HTTP {response.status} for the posting"
        if response.status != 200 or not isinstance(response, TextResponse):
            return None
        name, title = _page_name(response), response.css("title::text").get("")
        if name and name != "JobDetail" and NOT_THERE.match(title):
            return f"the page says {title.strip()!r}"
        return f"redirected to {response.url}" if name == "SearchJobs" else None


def _board(host: str, locale: str | None, portal: str) -> str:
    return "/".join(folder for folder in (f"https://{host}", locale, portal) if folder)


def _is_button(link: Any) -> bool:
    """A row links to its posting from its title, and from buttons."""
    return not link.xpath(TITLE)


def _offset(url: str) -> int:
    said = next((value for name in OFFSETS if (value := url_query_parameter(url, name))), "0")
    return int(said) if said.isdigit() else 0


def _next(page: TextResponse) -> str | None:
    """The address of the next page; behind the end the link to it leads back to the start."""
    link = page.xpath("//a[contains(@class, 'paginationNextLink')]/@href").get()
    url = page.urljoin(link or "")
    return url if link and _offset(url) > _offset(page.url) else None


def _page_name(response: TextResponse) -> str | None:
    """What the page calls itself: SearchJobs, JobDetail, Login, ..."""
    return response.xpath("//meta[@name='avature.portal.page']/@content").get()


def _pair(text: str) -> tuple[str, str] | None:
    label, colon, value = text.partition(":")
    return (label, value.strip()) if colon else None


def _facts(fields: Any) -> Iterator[tuple[str, str]]:
    """Labels and values; a label may stand inside its value, in bold and with a colon."""
    for field in fields:
        label = one_text(field.css(f".{FIELD}__label"))
        value = one_text(field.css(f".{FIELD}__value"))
        inside = _pair(value)
        if label:
            yield label, value
        elif inside:
            yield inside
