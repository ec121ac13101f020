r"""Taleo Enterprise career sections (Oracle): {tenant}.taleo.net or a host of the employer's own.

Not Taleo Business Edition (spiders/taleo_business.py), which shares nothing but the domain.

Endpoints of the site's own pages (no vendor documentation; facts from ats/taleo.md):
    GET  /careersection/{section}/jobsearch.ftl          which generation the section is of
    POST /careersection/rest/jobboard/searchjobs?lang=&portal=       faceted: rows as JSON
         {"multilineEnabled": true, "pageNo": 1}, headers Content-Type and tz
    POST /careersection/{section}/jobsearch.ajax         classic: rows as text (taleo_ftl.py)
    GET  /careersection/{section}/jobdetail.ftl?job=     one posting, filled by a script

Traps:
- The portal number is stated nowhere but in jobsearch.ftl, one for each section. With a wrong one,
  and for a classic section, the list answers 200 with `careerSectionUnAvailable: true`: an error,
  not an empty board. Without the header `tz` it answers 500.
- `column` is the tenant's own choice; only `linkedColumn` and `locationsColumns` are sure.
- `totalCount` is an upper bound: up to 31 % of it is never shown, and a node may answer with 25,
  100 or 164 rows a page. So every declared page is asked, and absence closes nothing.
- Classic: page 1 comes from the pager too (the page's own copy is sorted otherwise), 25 rows a page
  lose a tenth of them and 100 do not, a space in the form is %20 ("+" answers 500), and past the
  end the last page comes again.
- `job=` in a URL is the contest number or the internal jobId; both open the page.
- Closed is 200 with the form value `unavaibleRequisitionPage` [sic]. The script of every healthy
  page holds these words too. "Career Section Unavailable" speaks of the section, perhaps only of
  maintenance, never of a posting.
- Tenants leave: the address then redirects to a login page or to the employer's new site.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from math import ceil
from typing import Any, ClassVar
from urllib.parse import quote, unquote, urlencode, urlsplit

from scrapy import Request
from scrapy.http import JsonRequest, Response, TextResponse

from crawler import platform
from crawler.answers import json_of, need, text_of
from crawler.errors import SiteGone, UnexpectedAnswer
from crawler.patterns import Output, Page, PagedListing, Row
from crawler.posting import Key
from spiders import taleo_ftl as ftl

# The time zone of dates in the list; the site's own script sends the browser's.
REST_HEADERS = {
    "Accept": "application/json",
    "X-Requested-With": "XMLHttpRequest",
    "tz": "GMT+00:00",
    "tzname": "UTC",
}
PAGER = {
    "ftlinterfaceid": "requisitionListInterface",
    "ftlcompid": "rlPager",
    "jsfCmdId": "rlPager",
    "ftlcompclass": "PagerComponent",
    "ftlcallback": "ftlPager_processResponse",
    "ftlajaxid": "ftlx1",
    "dropListSize": "100",
    "listRequisition.size": "100",
}

_LIST_PAGE = re.compile(r"/careersection/(?:[^/]+/)?(jobsearch|joblist|moresearch)\.ftl", re.I)
_PORTAL = re.compile(r"\bportalNo\s*:\s*['\"](\d+)|\bqueryString\s*:\s*['\"][^'\"]*\bportal=(\d+)")
_SECTION = r"https?://(?P<host>[\w.-]+)(?::\d+)?/careersection/(?:(?P<section>[^/?\#]+)/)?"


class TaleoParams(platform.Params):
    host: str
    section: str | None = None
    lang: str = "en"  # of the postings; each language has its own total
    portal: str | None = None  # where jobsearch.ftl does not state it
    day_first: bool | None = None  # how this tenant writes 05/09/2026


class Taleo(PagedListing):
    name = "taleo"
    label = "Taleo Enterprise"
    Params = TaleoParams
    tenant_params = ("host",)
    url_rules = (
        _SECTION + r"(?:jobdetail|jobapply)\.ftl\?(?:[^\#]*&)?job=(?P<posting_id>[^&\#]+)",
        _SECTION + r"[\w-]+\.ftl(?:[?\#]|$)",
    )
    page_rules = (
        platform.PageRule(
            re.compile(
                r"https?://(?P<host>[\w.-]+)/careersection/(?P<section>[^/\"'?\#\s]+)/"
                r"(?:jobsearch|joblist|moresearch)\.ftl"
            ),
            "a link to a Taleo career section",
        ),
    )
    shared_back_ends = ("taleo.net",)
    examples: ClassVar = {
        "https://fernwood.taleo.net/careersection/ex/jobdetail.ftl?job=26000A1F&tz=GMT%2B00%3A00": {
            "host": "fernwood.taleo.net",
            "section": "ex",
            "posting_id": "26000A1F",
        },
        "https://qh.taleo.net/careersection/qh_staff+ext/jobapply.ftl?lang=en&job=71": {
            "host": "qh.taleo.net",
            "section": "qh_staff+ext",
            "posting_id": "71",
        },
        "https://fernwood.taleo.net/careersection/jobdetail.ftl?job=71&lang=en": {
            "host": "fernwood.taleo.net",
            "posting_id": "71",
        },
        "https://jobs.fernwood.example/careersection/2/jobsearch.ftl?lang=en": {
            "host": "jobs.fernwood.example",
            "section": "2",
        },
    }
    not_examples = (
        "https://fernwood.taleo.net/careersection/rest/jobboard/searchjobs?lang=en&portal=101430233",
        "https://phf.tbe.taleo.net/phf03/ats/careers/v2/viewRequisition?org=FERNWOOD&cws=37&rid=71",
        "https://www.oracle.com/taleo/jobdetail.ftl?job=71",
    )
    listing_is_authoritative = False
    total_slack = 0.35  # 127 of 184 is the widest gap on record (ats/taleo.md, "Paging and end")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.params.day_first is not None:
            self.day_first = self.params.day_first  # type: ignore[misc]
        self._section_url = ""  # where jobsearch.ftl answered
        self._portal = self.params.portal
        self._slots: list[str] = []  # of a classic list
        self._form: dict[str, str] = {}
        self._labels: list[str] = []  # of the columns of a faceted list
        self._classic = False
        self._declared_pages = 1

    # --- identity -----------------------------------------------------------------------------

    @classmethod
    def key_of(cls, native_id: str, requisition_id: str | None) -> str:
        return requisition_id or native_id

    @classmethod
    def key_from_url(cls, match: platform.Match) -> str:
        return unquote(match.posting_id or "")

    @classmethod
    def canonical_url(cls, match: platform.Match) -> str:
        if match.posting_id is None:
            return super().canonical_url(match)
        base = _base(match.groups["host"], match.groups.get("section"))
        return f"{base}/jobdetail.ftl?job={match.posting_id}"

    # --- which generation ---------------------------------------------------------------------

    def listing(self) -> Iterable[Request]:
        named = _LIST_PAGE.search(self.source.url)
        base = _base(self.params.host, self.params.section)
        yield self._request(
            f"{base}/{named[1] if named else 'jobsearch'}.ftl?lang={self.params.lang}",
            callback=self._on_section,
        )

    def _request(self, url: str, kind: type[Request] = Request, **rest: Any) -> Request:
        # Two sections of one host share a session cookie, so each source has a jar of its own.
        return kind(url, meta={"cookiejar": self.source.id}, **rest)

    def _on_section(self, response: Response) -> Output:
        page = text_of(response)
        gone = _gone(page)
        if gone:
            raise SiteGone(gone)
        stated = _PORTAL.search(page.text)
        self._portal = self._portal or (stated and (stated[1] or stated[2]))
        self._slots = ftl.slots(page.text, "listRequisition")
        self._classic = not self._portal
        if self._classic and not self._slots:
            raise UnexpectedAnswer(f"{page.url}: neither `portalNo` nor a list `listRequisition`")
        self._section_url = page.url.partition("?")[0]
        self._form = {
            name: page.xpath("//input[@name=$name]/@value", name=name).get("")
            for name in ("ftlpageid", "ftlhistory")
        }
        heads = page.css("table#jobs thead th").xpath("normalize-space()").getall()
        self._labels = [head for head in heads if head]
        yield self.listing_request(self.page_request(0, page))

    def page_request(self, number: int, response: Response | None) -> Request:
        referer = {"Referer": self._section_url}
        if not self._classic:
            query = urlencode({"lang": self.params.lang, "portal": self._portal})
            rest = _base(urlsplit(self._section_url).netloc, "rest/jobboard/searchjobs")
            body = {"multilineEnabled": True, "pageNo": number + 1}
            headers = REST_HEADERS | referer
            return self._request(f"{rest}?{query}", JsonRequest, data=body, headers=headers)
        form = PAGER | self._form
        form |= {"rlPager.currentPage": str(number + 1), "lang": self.params.lang}
        return self._request(
            self._section_url.removesuffix(".ftl") + ".ajax",
            method="POST",
            body=urlencode(form, quote_via=quote),
            headers={"Content-Type": "application/x-www-form-urlencoded"} | referer,
        )

    def is_last(self, page: Page, number: int) -> bool:
        read = not self._classic and number + 1 >= self._declared_pages
        return read or super().is_last(page, number)

    def _after_page(self, response: Response, page: Page, fresh: int) -> Output:
        # Nodes cut a faceted list into pages of their own size: one without news is not the end.
        yield from super()._after_page(response, page, fresh if self._classic else len(page.rows))

    # --- listing ------------------------------------------------------------------------------

    def read_listing(self, response: TextResponse) -> Page:
        return self._read_pager(response) if self._classic else self._read_faceted(response)

    def _read_faceted(self, response: TextResponse) -> Page:
        answer = json_of(response)
        if answer.get("careerSectionUnAvailable"):
            if not self._slots:
                raise UnexpectedAnswer(
                    f"{response.url}: careerSectionUnAvailable, {self._portal} is not this "
                    "section's portal number"
                )
            self._classic = True
            return Page([], more=[self.page_request(0, response)])
        paging = need(answer, "pagingData", dict, response.url)
        total = need(paging, "totalCount", int, response.url)
        size = need(paging, "pageSize", int, response.url) or 1
        self._declared_pages = max(self._declared_pages, ceil(total / size))
        items = need(answer, "requisitionList", list, response.url) if total else []
        return Page([self._row(item, response.url) for item in items], total)

    def _row(self, item: dict[str, Any], where: str) -> Row:
        cells = [str(cell or "") for cell in need(item, "column", list, where)]
        linked, located = need(item, "linkedColumn", int, where), item.get("locationsColumns") or []
        if not all(0 <= i < len(cells) for i in (linked, *located)):
            raise UnexpectedAnswer(f"{where}: no columns {linked}, {located} among {len(cells)}")
        labels = self._labels if len(self._labels) == len(cells) else [""] * len(cells)
        others = set(range(len(cells))) - {linked, *located}
        fields = {
            "title": ftl.line(cells[linked]),
            "raw_location": [p for i in located for p in ftl.cell_places(cells[i])],
            **ftl.dates([(labels[i], ftl.line(cells[i])) for i in sorted(others)]),
        }
        job_id, contest = (str(item.get(key) or "") for key in ("jobId", "contestNo"))
        return self._identified(job_id, contest, fields)

    def _read_pager(self, response: TextResponse) -> Page:
        values, total = ftl.pager_answer(response.text, response.url)
        return Page([self._record_row(record) for record in ftl.rows(values, self._slots)], total)

    def _record_row(self, record: Mapping[str, str]) -> Row:
        fields = ftl.fields(record)
        contest = fields.pop("requisition_id") or ""
        return self._identified(ftl.plain(record.get("no")), contest, fields)

    def _identified(self, job_id: str, contest: str, fields: dict[str, Any]) -> Row:
        """A row under its contest number, which also is what the site writes after `job=`."""
        if not (contest or job_id):
            raise UnexpectedAnswer("a row has neither contest number nor jobId")
        tenant = self.tenant_of(self.params)
        native_id = contest or job_id
        url = f"{_base(tenant, self.params.section)}/jobdetail.ftl?job={quote(native_id, safe='')}"
        # Both are counted up; a jobId that may be another posting's contest number is no alias.
        distinct = not contest.isdigit() or len(contest) >= len(job_id) + 2
        aliases = (Key(self.platform, tenant, job_id),) if job_id and distinct else ()
        return Row(native_id, {**fields, "url": url, "requisition_id": contest or None}, aliases)

    # --- detail -------------------------------------------------------------------------------

    def detail_request(self, native_id: str, url: str) -> Request:
        return self._request(f"{url}&lang={self.params.lang}")

    def read_detail(self, response: TextResponse) -> dict[str, Any]:
        names = ftl.slots(response.text, "descRequisition")
        history = response.xpath("//input[@name='initialHistory']/@value").get("")
        values = ftl.detail_values(response.text, history)
        if not any(values):
            raise UnexpectedAnswer(f"{response.url}: the list `descRequisition` has no values")
        if len(names) != len(values):
            return ftl.by_content(values)
        (record,) = ftl.rows(values, names)
        return {**ftl.fields(record), "description_html": ftl.texts(record)}

    def closed(self, response: Response) -> str | None:
        if not isinstance(response, TextResponse):
            return None
        form = response.css("form#ftlform")
        page = form.xpath(".//input[@name='ftlpageid']/@value").get("")
        action = form.attrib.get("action", "").partition("?")[0].rpartition("/")[2]
        if page == "unavaibleRequisitionPage" or action == "unavailablerequisition.ftl":
            return f"the page is Taleo's form {page or action}: no longer available"
        return None


def _gone(page: TextResponse) -> str | None:
    """Why there is no public section at this address (any more)."""
    if not _LIST_PAGE.search(page.url):
        return "the section redirects to another page, there is no public list"
    if "Career Section Unavailable" in map(str.strip, page.css("title::text").getall()):
        return 'the page says "Career Section Unavailable"'
    if "no longer active" in page.text and not _PORTAL.search(page.text):
        return 'the page says "no longer active"'
    return None


def _base(host: str, section: str | None) -> str:
    return "/".join(filter(None, (f"https://{host.lower()}/careersection", section)))
