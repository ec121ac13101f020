"""Oracle PeopleSoft Candidate Gateway, fluid and classic, on the employers' own servers.

URL form (ats/peoplesoft.md, "URLs"):
    https://{host[:port]}/{psc|psp}/{site}/{portal}/{node}/c/{component}?{query}
    component HRS_HRAM_FL.HRS_CG_SEARCH_FL.GBL (fluid), HRS_HRAM.HRS_APP_SCHJOB.GBL (classic),
    HRS_HRAM.HRS_CE.GBL (older); in the query SiteId, JobOpeningId and PostingSeq

Requests of the site's own pages ("Search flow", "Detail"; no vendor documentation):
    GET  {component}?Page=HRS_APP_SCHJOB_FL&Action=U&FOCUS=Applicant&SiteId=   the form `win0`
    POST {the form's action}, all its hidden fields, ICAJAX=0, ICAction=       what a click does:
         NAV_PB$0 from the splash to the list, HRS_AGNT_RSLT_I$hdown$0 fifty rows more
    GET  {component}?Page=HRS_APP_JBPST_FL&...&JobOpeningId=&PostingSeq=1      one posting

Traps:
- psp is a portal around psc, the content alone. Both are one posting; psc is canonical.
- Published links lack `.GBL` or the `?`, double parameters, write `postingseq`, carry several hundred
  characters of Portal..., or the id as `#jobId=` behind a listing's URL.
- SiteId 03000 is 3000. On shared boards it says which institution posts (Georgia, North Dakota,
  California): one host is many employers, and still one series of JobOpeningIds. The column of
  business units names the institution, and is the employer where it is shown.
- JobOpeningId is mostly a number, but also JR00012345 or LAB/2026/01. PostingSeq 2 is another
  posting of the same opening; 1 is the usual one, 2 is tried when 1 shows something else.
- An employer may put a front of its own before it: /jobs/ext/{id} (vanity).
- A session has a state that every answer counts up (ICStateNum), so one request follows the other
  in one cookie jar, and the details have another. A lost session is begun again once.
- Answers grow: each has all rows so far (fluid). Columns are the site's choice, but title and id;
  ids of elements end in the row's number. With ICAJAX=1 the same comes as XML around HTML.
- Some sites show a visitor the first 100 postings ("Search flow" 5) or the first 500 (a public
  crawler's tests) and no more, and may say so: the run is then partial.
- A dead id answers 200 with the search page, an empty detail or another posting ("Closed"). But a
  site may ignore such links altogether: a listed posting is closed by its detail only where this
  site has shown a detail before. A page without the form is a login, maintenance or a firewall.
- robots.txt is each employer's own.

Inferred: classic lists and details, from public crawlers only (element ids POSTINGTITLE, JOBNUMBER,
HRS_JO_WRK_..., HRS_JO_PDSC_VW_...); the words of an empty list; XML answers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, ClassVar
from urllib.parse import unquote

from scrapy import FormRequest, Request
from scrapy.http import Response, TextResponse

from crawler import platform
from crawler.answers import text_of
from crawler.errors import UnexpectedAnswer
from crawler.memory import Remembered
from crawler.patterns import Output, Page, PagedListing, Row
from crawler.report import FetchFailure
from spiders import peoplesoft_pages as pages

_COMPONENT = r"""https?://(?P<host>[\w.-]+(?::\d+)?)/ps[cp]/(?P<site>[\w-]+)/(?P<portal>[\w-]+)
    /(?P<node>[\w-]+)/c/(?P<component>HRS_HRAM\w*\.HRS_(?:CG_SEARCH_FL|APP_SCHJOB|CE))(?:\.GBL)?
    (?=[?&\#]|Page=|$)
    (?:(?=[^\#]*?[?&]SiteId=(?P<site_id_said>0*(?P<site_id>\d+)))|)
    (?:(?=[^\#]*?[?&]FOCUS=(?P<focus>\w+))|)"""
_SEQ = r"(?:(?=[^\#]*?[?&]PostingSeq=0*(?P<seq>\d+))|)"
FLUID = "HRS_HRAM_FL.HRS_CG_SEARCH_FL"
MORE, NEXT = "HRS_AGNT_RSLT_I$hdown$0", "HRS_APPL_WRK_HRS_LST_NEXT"


class PeopleSoftParams(platform.Params):
    host: str  # with its port
    site: str  # PeopleSoft's name of the server's site, the first part of the path
    portal: str
    node: str
    site_id: str | None = None  # SiteId without leading zeros: the institution on a shared board
    day_first: bool | None = None  # how this employer writes 05/09/2026; month first if unsaid


class PeopleSoft(PagedListing):
    name = "peoplesoft"
    label = "PeopleSoft Candidate Gateway"
    Params = PeopleSoftParams
    tenant_params = (
        "host",
        "site",
    )
    url_rules = (
        _COMPONENT + _SEQ + r"(?=[^\#]*?[?&]JobOpeningId=(?P<posting_id>[^&\#]+))",
        _COMPONENT + r"(?=[^\#]*\#(?:[^\#]*&)?jobId=(?P<posting_id>[^&\#]+))",
        _COMPONENT,
    )
    vanity_rules = (r"https?://[\w.-]+(?P<front>/jobs/ext/(?P<posting_id>\d+))/?(?:[?\#]|$)",)
    page_rules = (
        platform.PageRule(
            re.compile(
                r"//(?P<host>[\w.-]+(?::\d+)?)/ps[cp]/(?P<site>[\w-]+)/(?P<portal>[\w-]+)"
                r"/(?P<node>[\w-]+)/c/HRS_HRAM\w*\.HRS_",
                re.IGNORECASE,
            ),
            "a link to a PeopleSoft Candidate Gateway",
        ),
    )
    examples: ClassVar = {
        "https://ps.fernwood.example:8001/psp/recruit/EMPLOYEE/HRMS/c/"
        "HRS_HRAM_FL.HRS_CG_SEARCH_FL.GBL?Page=HRS_APP_JBPST_FL&Action=U&FOCUS=Applicant"
        "&SiteId=03000&JobOpeningId=234417&PostingSeq=1&PortalActualURL=https%3A%2F%2Fps": {
            "host": "ps.fernwood.example:8001",
            "site": "recruit",
            "portal": "EMPLOYEE",
            "node": "HRMS",
            "site_id": "3000",
            "posting_id": "234417",
        },
        "https://careers.fernwood.example/psp/prcsprd/EMPLOYEE/HRMS/c/"
        "HRS_HRAM.HRS_APP_SCHJOB.GBLPage=HRS_APP_JBPST&Action=U&SiteId=1&JobOpeningId=53625": {
            "host": "careers.fernwood.example",
            "site": "prcsprd",
            "portal": "EMPLOYEE",
            "node": "HRMS",
            "site_id": "1",
            "posting_id": "53625",
        },
        "https://careers.fernwood.example/psc/ps/JOBS/EXT/c/HRS_HRAM_FL.HRS_CG_SEARCH_FL"
        "?Page=HRS_APP_SCHJOB_FL&FOCUS=Applicant&SiteId=1": {
            "host": "careers.fernwood.example",
            "site": "ps",
            "portal": "JOBS",
            "node": "EXT",
            "site_id": "1",
        },
    }
    not_examples = (
        "https://ps.fernwood.example/psp/recruit/EMPLOYEE/HRMS/h/?tab=DEFAULT",
        "https://ps.fernwood.example/psc/recruit/EMPLOYEE/HRMS/c/ROLE_EMPLOYEE.HR_HOME.GBL",
        "https://hr.fernwood.example/jobs/ext/344862",
    )

    day_first = False
    # A session takes one request after the other ("Search flow").
    custom_settings = {"CONCURRENT_REQUESTS": 1}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.params.day_first is not None:
            self.day_first = self.params.day_first  # type: ignore[misc]
        entry = type(self).match(self.source.url)
        self._said = {"component": FLUID, **self.params.model_dump(exclude_none=True)}
        self._said |= entry.groups if entry else {}
        self._site_id = self._said.get("site_id_said", self.params.site_id)
        self._action = ""  # where the form is sent, and what with
        self._form: dict[str, str] = {}
        self._next = MORE
        self._shown = 0  # rows of the answer before
        self._cap: int | None = None
        self._tried: set[str] = set()
        self._read = False  # has a detail been read?

    # --- identity -----------------------------------------------------------------------------

    @classmethod
    def key_from_url(cls, match: platform.Match) -> str:
        opening, seq = unquote(match.posting_id or ""), match.groups.get("seq", "1")
        return opening if seq in ("0", "1") else f"{opening}-{seq}"

    @classmethod
    def canonical_url(cls, match: platform.Match) -> str:
        said = match.groups
        if "front" in said:
            return super().canonical_url(match)
        site_id = said.get("site_id_said", match.params.site_id)
        return pages.address(said, site_id, match.posting_id or "", said.get("seq", "1"))

    # --- listing ------------------------------------------------------------------------------

    def page_request(self, number: int, response: Response | None) -> Request:
        if number:
            return self._click(self._next)
        self._shown = 0
        return self._ask(pages.address(self._said, self._site_id, search=True))

    def _ask(self, url: str) -> Request:
        return Request(url, meta={"cookiejar": self.source.id})

    def _click(self, action: str) -> Request:
        form = {**self._form, "ICAJAX": "0", "ICAction": action}
        return FormRequest(self._action, formdata=form, meta={"cookiejar": self.source.id})

    def _on_listing(self, response: Response, **kwargs: Any) -> Output:
        answer = text_of(response)
        page = pages.page_of(answer)
        form = page.css("form[name=win0]")
        if form:
            self._action = answer.urljoin(form.attrib.get("action", ""))
            hidden = form.css("input[type=hidden][name]")
            self._form = {each.attrib["name"]: each.attrib.get("value", "") for each in hidden}
        elif pages.is_xml(answer):
            state = re.search(r"ICStateNum\.value\s*=\s*'?(\d+)", answer.text)
            self._form |= {"ICStateNum": state[1]} if state else {}
        else:
            yield self._way_in(answer)
            return
        button = pages.list_button(page)
        if button and pages.counts(page) == (None, None) and self._first_time("the splash"):
            yield self.listing_request(self._click(button))
            return
        yield from super()._on_listing(response, **kwargs)

    def _way_in(self, answer: TextResponse) -> Request:
        """The request that may lead from a page without the form to one with it."""
        frame = answer.css("[name=TargetContent]::attr(src), #ptifrmtgtframe::attr(src)").get()
        if frame and self._first_time("the portal's frame"):
            return self.listing_request(self._ask(answer.urljoin(frame)))
        if self.report.pages and self._first_time("a lost session"):
            return self.listing_request(self.page_request(0, None))
        if answer.css("input[type=password]") and self._first_time("a login"):
            home = "https://{host}/psp/{site}/{portal}/{node}/h/?tab=DEFAULT".format(**self._said)
            return self.listing_request(self._ask(home).replace(callback=self._on_home))
        raise UnexpectedAnswer(f"{answer.url}: no form `win0`: a login, maintenance, a firewall")

    def _on_home(self, response: Response) -> Iterator[Request]:
        yield self.listing_request(self.page_request(0, None))

    def _first_time(self, what: str) -> bool:
        known = what in self._tried
        self._tried.add(what)
        return not known

    def read_listing(self, response: TextResponse) -> Page:
        page = pages.page_of(response)
        cells = pages.grid(page)
        rows = [self._row(row, response.url) for row in cells.values()]
        total, cap = pages.counts(page)
        if not rows and total != 0 and not pages.NO_JOBS.search(pages.words(page)):
            said = f"{total} jobs declared" if total else "no words that say why"
            raise UnexpectedAnswer(f"{response.url}: no cell `SCH_JOB_TITLE$0`, and {said}")
        self._cap = cap
        if cap:
            self.report.cut_short = f"the site shows the first {cap:,} postings, of {total:,}"
        twice = len(rows) - len({row.native_id for row in rows})
        if twice:  # the last answer has them all
            self.report.skipped_rows["another posting of a job opening"] = twice
        self._next = NEXT if page.css(f"#{NEXT}") else MORE
        offered = self._next == NEXT or MORE in response.text
        # What is offered may be offered for ever: the end is where nothing more comes.
        return Page(rows, total, goes_on=None if offered else False)

    def _row(self, cells: dict[str, str], where: str) -> Row:
        opening, title = cells.get("id"), cells.get("title")
        if not (opening and title):
            lost = "SCH_JOB_TITLE" if opening else "HRS_JOB_OPENING_ID"
            raise UnexpectedAnswer(f"{where}: a row without `{lost}`: {cells}")
        fields = {
            "title": title,
            "url": pages.address(self._said, self._site_id, opening),
            "requisition_id": opening,
            "organization": cells.get("employer"),
            "unit": cells.get("unit"),
            "raw_location": [cells["place"]] if cells.get("place") else [],
            "raw_date_posted": cells.get("opened"),
            "raw_valid_through": cells.get("closes"),
        }
        return Row(opening, {name: value for name, value in fields.items() if value})

    def is_last(self, page: Page, number: int) -> bool:
        if page.total is None:
            return super().is_last(page, number)
        received = self.report.listed + sum(self.report.skipped_rows.values())
        return received >= min(page.total, self._cap or page.total)

    def _after_page(self, response: Response, page: Page, fresh: int) -> Output:
        # A session that was begun again brings known rows first.
        grown = max(len(page.rows) - self._shown, 0)
        self._shown = len(page.rows)
        yield from super()._after_page(response, page, fresh or grown)

    # --- detail -------------------------------------------------------------------------------

    def detail_request(self, native_id: str, url: str) -> Request:
        match, opening = type(self).match(url), unquote(native_id)
        own = match.canonical_url if match and match.posting_id else ""
        return self._detail(opening, own or pages.address(self._said, self._site_id, opening))

    def _detail(self, opening: str, url: str) -> Request:
        # In the listing's session it would move the state that the next page needs.
        jar = f"{self.source.id} details"
        return Request(url, meta={"cookiejar": jar, "opening": opening, "asked": url})

    def _second(self, response: Response) -> Request | None:
        """The request for PostingSeq 2, when 1 shows something else."""
        asked, first = response.meta["asked"], response.request
        if not (first and asked.endswith("PostingSeq=1") and self.closed(response)):
            return None
        return self._detail(response.meta["opening"], asked[:-1] + "2").replace(
            callback=first.callback,
            errback=first.errback,
            cb_kwargs=first.cb_kwargs,
            priority=first.priority,
            dont_filter=True,
        )

    def _on_detail(self, response: Response, row: Row, mark: str) -> Output:
        evidence, second = self.closed(response), self._second(response)
        if second:
            yield second
        elif evidence and not (self.only or self._shows_details()):
            self.report.detail_failures.append(FetchFailure("not_found", response.url, evidence))
            yield self._without_detail(row, mark)
        else:
            yield from super()._on_detail(response, row, mark)

    def _on_recheck(self, response: Response, known: Remembered) -> Output:
        second = self._second(response)
        if second:
            yield second
        elif self._shows_details():
            yield from super()._on_recheck(response, known)

    def _shows_details(self) -> bool:
        """Has a link to a posting ever led to that posting here?"""
        return self._read or any(p.detail_read_on for p in self.memory.postings.values())

    def closed(self, response: Response) -> str | None:
        if response.status != 200 or not isinstance(response, TextResponse):
            return None
        opening = response.meta["opening"]
        instead = pages.shown_instead_of(opening, pages.page_of(response))
        return f"the page shows {instead}, not job {opening}" if instead else None

    def read_detail(self, response: TextResponse) -> dict[str, Any]:
        said = pages.detail(pages.page_of(response), response.url)
        self._read = True
        if response.request:
            said["url"] = response.request.meta.get("asked")
        return said
