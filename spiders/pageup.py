"""PageUp, the classic careers sites ("Cloud Careers"). Its newer product is spiders/clinch.py.

Endpoints (no vendor documentation; facts from ats/pageup.md):
    GET https://careers.pageuppeople.com/{instance}/{section}/{language}/jobs.json
        every posting with its text, in one answer; whether every tenant has it is unknown
    GET .../listing/?page=1&page-items=500      rows in HTML; the next page behind `a.more-link`
    GET .../job/{id}                            one posting in HTML; needed only without the feed
Employers' own hosts have the same paths without the instance, and mostly without the section.

Traps:
- Employers' hosts may sit behind AWS WAF (202 with a challenge after some seven pages). Once the
  instance is known, from the entry or from `PU.Jobs.source` in a page, only the vendor's host is
  asked.
- `section` is a closed list on hosts that nobody knows: with any two letters the rule would take
  Phenom's careers.microsoft.com/us/en/job/1361537/. On known hosts it may be any word (amherst).
- The slug is cosmetic. The id has six digits.
- Plain texts of the feed hold HTML entities. Dates are `/Date(ms)/`; the offset of the closing date
  is given in hours. `time[datetime]` in HTML is UTC too: 2026-09-30T03:55:00Z is September 29 in
  New York. The zone is the entry's, or named behind the time, in the words of Windows.
- Listings come as table, list or cards, and repeat each link (`#recent-jobs`, mobile layout, Apply).
- The number in `a.more-link .count` is what remains after this page, not the total (public notes of
  live checks, 2026-09: Compass Group 15 + 636 = 651, Rowan University 20 + 113 = 133).
- No rows without a sentence that says so is a failure, and so is a redirect to /jobs/, where the
  newer product lives: neither means that all postings closed.
- Closed is 404, 410, a redirect to ?jobnotfound=true, or 200 with an empty #job-content and "we
  can't provide additional information about this job" (the same notes). Other redirects say nothing.

Not verified against a recorded answer: jobs.json (its keys are one public crawler's description), the
detail page, the pager, cards, and the sentences of an empty listing; rows and list items are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from html import unescape
from typing import Any, ClassVar
from zoneinfo import ZoneInfo, available_timezones

from pydantic import Field, model_validator
from scrapy import Request
from scrapy.http import Response, TextResponse
from tzlocal.windows_tz import win_tz

from crawler import platform
from crawler.answers import json_of, need, one_text, text_of, texts_of, visible_text
from crawler.errors import UnexpectedAnswer
from crawler.patterns import Output, Page, PagedListing, Row
from crawler.posting import Key, Posting

FEED = "jobs.json"
FIRST_PAGE = "listing/?page=1&page-items=500"
VENDOR = "careers.pageuppeople.com"
SOURCE = re.compile(
    r"""PU\.Jobs\.source\s*=\s*\{(?=[^}]*\binstId["']?\s*:\s*["']?(?P<instance>\d+))
    (?:(?=[^}]*\bsourcePointer["']?\s*:\s*["'](?P<section>[\w-]+)))?
    (?:(?=[^}]*\blanguage["']?\s*:\s*["'](?P<language>[\w-]+)))?""",
    re.VERBOSE,
)
LINK = re.compile(r"://(?:careers|secure\.dc\d)\.pageuppeople\.com/(?:apply/)?(?P<instance>\d+)/")
NO_JOBS = re.compile(r"no (?:jobs (?:matched|(?:are )?available)|current opportunities)", re.I)
NOT_FOUND = re.compile(r"can.t provide additional information about this job", re.I)
WORKPLACE = re.compile(r"\b(?:remote|hybrid|on-?site|home ?working|work from home)\b", re.I)
ZONE = re.compile(r"(?:\b[ap]m )?([a-z.][a-z. ]*?) (?:standard|daylight|summer) time", re.I)
# Rows are known by their links; what recurs below the results is not the listing.
LINKS = """.//a[contains(concat(' ', normalize-space(@class), ' '), ' job-link ')]
    [contains(@href, '/job/')][not(ancestor::*[starts-with(@id, 'recent-jobs')])]"""
ROW = """ancestor::*[self::tr or self::li
    or contains(concat(' ', normalize-space(@class), ' '), ' card ')][1]"""
# Bold words inside a posting's text are no labels, headings there no titles.
OUTSIDE_TEXT = ".//*[{}][not(ancestor::*[@id='job-details'])]"

_LANGUAGE = r"(?P<language>[a-z]{2}(?:-[a-z]{1,4})?)"
_PAGE = rf"""{_LANGUAGE}(?:/job/(?P<posting_id>\d{{6}})(?:/[^?\#]*)?
    |(?:/(?:listing|filter|search|jobs\.json|rss))?/?)(?:[?\#]|$)"""
# PageUp's slugs are in lower case, Phenom's Are-In-Title-Case.
_JOB = r"job/(?P<posting_id>\d{6})(?:/(?-i:(?:[^A-Z/?\#%]|%[0-9A-Fa-f]{2})*))?/?(?:[?\#]|$)"
_HOST = r"https?://(?P<host>(?![\w.-]*pageuppeople\.com)[^/?\#]+)(?:/mob)?"


class PageUpParams(platform.Params):
    instance: str | None = Field(None, pattern=r"^\d+$")
    host: str | None = None  # the employer's own
    section: str | None = None  # unstated: "cw", the external site; none on the own host
    language: str | None = None  # "en" when unstated
    time_zone: str | None = None  # IANA name, for dates that name no zone

    @model_validator(mode="after")
    def _is_somewhere(self) -> PageUpParams:
        if not (self.instance or self.host):
            raise ValueError("`instance` (the number) or `host` (the employer's) is needed")
        if self.time_zone and self.time_zone not in available_timezones():
            raise ValueError(f"{self.time_zone!r} is not a time zone such as Australia/Perth")
        return self


class PageUp(PagedListing):
    name = "pageup"
    label = "PageUp"
    Params = PageUpParams
    url_rules = (
        r"https?://(?:www\.)?careers(?:manager)?\.pageuppeople\.com(?:/mob)?"
        rf"/(?P<instance>\d{{2,5}})/(?P<section>[a-z]\w*)/{_PAGE}",
        rf"{_HOST}(?:/(?P<instance>\d{{2,5}}))?/(?P<section>cw|caw|ci|nr|lb)/{_LANGUAGE}/"
        rf"(?:{_JOB}|(?:listing|filter|search)/?(?:[?\#]|$))",
        # No other platform's URL in the corpora of postings has this form (tests/real).
        rf"{_HOST}/(?P<language>en-us)/{_JOB}",
    )
    vanity_rules = (rf"{_HOST}(?:/(?P<section>[a-z][a-z0-9]+))?/{_PAGE}",)
    page_rules = (
        platform.PageRule(SOURCE, "the script PU.Jobs.source"),
        platform.PageRule(LINK, "a link to PageUp"),
    )
    examples: ClassVar = {
        "https://careers.pageuppeople.com/mob/513/caw/en/job/694504/senior-research-engineer": {
            "instance": "513",
            "section": "caw",
            "language": "en",
            "posting_id": "694504",
        },
        "https://jobs.fernwood.example/cw/en/job/507017?lApplicationSubSourceID=11198": {
            "host": "jobs.fernwood.example",
            "section": "cw",
            "language": "en",
            "posting_id": "507017",
        },
    }
    not_examples = (
        "https://careers.microsoft.com/us/en/job/1361537/Senior-Technical-Program-Manager",
        "https://jobs.example.com/en-us/job/4040567/senior-analyst",
        "https://secure.dc2.pageuppeople.com/apply/513/gateway/default.aspx?c=apply&lJobID=694504",
    )
    shared_back_ends = ("pageuppeople.com",)

    _feed = False  # set when the listing is the feed, which says all

    # --- identity -----------------------------------------------------------------------------

    @classmethod
    def match_on_known_host(cls, url: str, params: Any, evidence: str) -> platform.Match | None:
        # A host has many sections and languages: what is known of it is only whose it is.
        known = {"instance": params.instance} if params.instance else {"host": params.host}
        return super().match_on_known_host(url, PageUpParams(**known), evidence)

    @classmethod
    def tenant_of(cls, params: PageUpParams) -> str:
        return params.instance or (params.host or "").lower()

    @classmethod
    def canonical_url(cls, match: platform.Match) -> str:
        said = match.groups
        page = f"job/{match.posting_id}" if match.posting_id else "listing/"
        start = (said.get("host", VENDOR).lower(), said.get("instance"), said.get("section"))
        return "https://" + "/".join(filter(None, (*start, said["language"], page)))

    def posting(self, native_id: str, *, aliases: Iterable[Key] = (), **fields: Any) -> Posting:
        """Also under the employer's hosts: their URLs may be all that a newsletter knows."""
        hosts = sorted(platform.hosts_of(self.source))
        own = [host.lower() for host in hosts if not host.endswith("pageuppeople.com")]
        by_host = [Key(self.platform, host, native_id) for host in own]
        return super().posting(native_id, aliases=[*by_host, *aliases], **fields)

    def _address(self, page: str, host: str | None = None) -> str:
        """A page of this site, on the vendor's host as soon as the instance is known."""
        said, own = self.params, host or ("" if self.params.instance else self.params.host)
        vendor = f"{VENDOR}/{said.instance}/{said.section or 'cw'}"
        start = "/".join(filter(None, (own, said.section))) if own else vendor
        return f"https://{start}/{said.language or 'en'}/{page}"

    # --- listing ------------------------------------------------------------------------------

    def listing(self) -> Iterable[Request]:
        if self.params.instance:
            yield self._feed_request()
        else:
            yield Request(self._address(FIRST_PAGE), callback=self._on_front)

    def _feed_request(self) -> Request:
        return Request(self._address(FEED), self._on_feed, meta={"handle_httpstatus_list": [404]})

    def _on_front(self, response: Response) -> Output:
        """The first page of an employer's own host, which mostly names its instance."""
        found = SOURCE.search(text_of(response).text)
        if found is None:
            yield from self._on_listing(response)
            return
        said = {name: value for name, value in found.groupdict().items() if value}
        self.params = PageUpParams(**{**said, **self.params.model_dump(exclude_none=True)})
        yield self.listing_request(self._feed_request())

    def _on_feed(self, response: Response) -> Output:
        text = text_of(response).text.strip()
        # An empty feed may be one that is switched off: the listing must say it in words.
        self._feed = response.status == 200 and text.startswith("[") and text != "[]"
        if self._feed:
            yield from self._on_listing(response)
        else:
            yield self.listing_request(Request(self._address(FIRST_PAGE)))

    def page_request(self, number: int, response: Response | None) -> Request | None:
        assert response is not None
        more = text_of(response).css("a.more-link").attrib
        by_number = f"?page={more.get('data-page')}&page-items={more.get('data-page-items', 500)}"
        return Request(response.urljoin(more.get("href") or by_number)) if more else None

    def read_listing(self, response: TextResponse) -> Page:
        if self._feed:
            items = json_of(response, list)
            return Page([self._feed_row(item, response.url) for item in items], len(items))
        if re.match(r"https?://[^/]+/jobs(?:/|$)", response.url):
            raise UnexpectedAnswer(f"the site moved to {response.url}: its entry is for clinch now")
        links: dict[str, list[Any]] = {}
        for link in (response.css("#search-results-content") or response).xpath(LINKS):
            if found := re.search(r"/job/(\d+)", link.attrib["href"]):
                links.setdefault(found[1], []).append(link)
        # Behind the last page there may be an empty one; an empty first page must say why.
        if not links and not self.report.pages and not NO_JOBS.search(visible_text(response)):
            raise UnexpectedAnswer(f"{response.url}: no job links, and no words that say why")
        left = _number(response.css("a.more-link .count::text"))
        total = _number(response.css(".result-count::text")) or len({*self._seen, *links}) + left
        return Page([self._html_row(*pair) for pair in links.items()], total)

    def _feed_row(self, item: Any, where: str) -> Row:
        item = need({"posting": item}, "posting", dict, where)
        native_id = str(need(item, "Id", (int, str), where))
        said = {name: unescape(value) for name, value in item.items() if isinstance(value, str)}
        # "Region|City": the last part is the city.
        pairs = [unescape(pair).split("|") for pair in item.get("LocationList") or []]
        places = [", ".join(reversed(pair)) for pair in pairs] or [said.get("Locations", "")]
        zone = self._zone(said.get("ClosingDateTimeZone"), item.get("ClosingDateUtcOffset"))
        return self._row(
            native_id,
            title=unescape(need(item, "Title", str, f"{where}: posting {native_id}")),
            apply_url=said.get("ApplyUrl"),
            requisition_id=said.get("ExternalJobNo"),
            unit=said.get("Department") or said.get("Brand"),
            raw_location=[place for place in places if place],
            raw_employment_type=said.get("WorkType"),
            raw_salary=said.get("Salary"),
            raw_date_posted=_feed_date(item.get("OpeningDateUtc"), zone),
            raw_valid_through=_feed_date(item.get("ClosingDateUtc"), zone),
            description_html=item.get("Overview") or item.get("Summary"),
        )

    def _html_row(self, native_id: str, links: list[Any]) -> Row:
        row = links[0].xpath(ROW) or links[0].xpath("..")
        return self._row(
            native_id,
            title=max(map(one_text, links), key=len),  # "Apply" is one of them in some layouts
            unit=one_text(row.css(".department")),
            raw_location=texts_of(row.css(".location")),
            raw_employment_type=one_text(row.css(".work-type")) or None,
            raw_valid_through=self._time(row.css(".close-date time")),
        )

    def _row(self, native_id: str, **fields: Any) -> Row:
        fields["url"] = self._address(f"job/{native_id}", self.params.host)
        fields["raw_workplace"] = _workplace(fields["raw_employment_type"])
        return Row(native_id, fields)

    # --- detail -------------------------------------------------------------------------------

    def detail_request(self, native_id: str, url: str) -> Request | None:
        if self._feed and native_id in self._seen:
            return None  # the feed said all
        return Request(self._address(f"job/{native_id}") if self.params.instance else url)

    def read_detail(self, response: TextResponse) -> dict[str, Any]:
        content = response.css("#job-content")
        title = one_text(content.xpath(OUTSIDE_TEXT.format("self::h1 or self::h2 or self::h3")))
        if not title:
            raise UnexpectedAnswer(f"{response.url}: no #job-content with a heading")
        said: dict[str, str] = {}  # by label
        for label in content.xpath(OUTSIDE_TEXT.format("self::b or self::strong or self::dt")):
            value = label.xpath("string(following-sibling::node()[normalize-space()][1])").get("")
            said.setdefault(one_text(label).rstrip(": ").lower(), " ".join(value.split()))
        kind = one_text(content.css(".work-type")) or said.get("employment type")
        return {
            "title": title,
            "requisition_id": one_text(content.css(".job-externalJobNo")) or said.get("job no"),
            "unit": one_text(content.css(".department")) or said.get("department"),
            "raw_location": texts_of(content.css(".location")),
            "raw_workplace": _workplace(kind),
            "raw_employment_type": kind,
            "raw_salary": said.get("salary") or said.get("remuneration"),
            "raw_date_posted": self._time(content.css(".open-date time")),
            "raw_valid_through": self._time(content.css(".close-date time")),
            "description_html": (content.css("#job-details") or content).get(),
        }

    def closed(self, response: Response) -> str | None:
        if response.status in (404, 410):
            return f"HTTP {response.status} for the posting"
        if "jobnotfound=true" in response.url.lower():
            return "redirected to ?jobnotfound=true"
        page = isinstance(response, TextResponse) and not response.css("#job-details")
        found = NOT_FOUND.search(visible_text(response)) if page else None  # type: ignore[arg-type]
        return f"the page says that it {found[0]}" if found else None

    # --- dates --------------------------------------------------------------------------------

    def _zone(self, windows_name: str | None, hours: float | None = None) -> tzinfo | None:
        """The zone of the entry, else of the name, else of the offset."""
        # "Daylight" is the half of the year in which the page was drawn; a zone has one name.
        found = ZONE.search(windows_name or "")
        iana = self.params.time_zone or win_tz.get(f"{found[1]} Standard Time" if found else "")
        offset = None if hours is None else timezone(timedelta(hours=float(hours)))
        return ZoneInfo(iana) if iana else offset

    def _time(self, times: Any) -> str | None:
        """A `time` element as local ISO time where its zone is known, else as it is shown."""
        shown, utc = one_text(times), times.attrib.get("datetime")
        behind = times.xpath("string((following::text()[normalize-space()])[1])").get("")
        zone = self._zone(f"{shown} {' '.join(behind.split())}")
        if zone and utc:
            return datetime.fromisoformat(utc).astimezone(zone).isoformat()
        return shown or utc


def _feed_date(raw: str | None, zone: tzinfo | None) -> str | None:
    """`/Date(ms)/` as ISO time in the zone (UTC when unknown); anything else as it is."""
    found = re.fullmatch(r"/Date\((-?\d+)(?:[+-]\d{4})?\)/", raw or "")
    if not found:
        return raw
    return datetime.fromtimestamp(int(found[1]) / 1000, UTC).astimezone(zone or UTC).isoformat()


def _workplace(work_type: str | None) -> str | None:
    """The parts of a work type that say where one works: "Full time, Hybrid"."""
    return ", ".join(p.strip() for p in (work_type or "").split(",") if WORKPLACE.search(p)) or None


def _number(found: Any) -> int:
    return int((found.re_first(r"\d[\d,]*") or "0").replace(",", ""))
