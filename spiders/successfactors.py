"""SAP SuccessFactors: Recruiting Marketing sites on the employers' own hosts, and the classic portal.

URL forms (ats/successfactors.md A1, B):
    https://{host}/[{brand}/]job/{slug}/{7-12 digits}/           a career site ("RMK"); vanity
    https://{host}/[{brand}/]job/{slug}/{id}-{en_US}/            a newer one ("CSB")
    https://{host}/job-invite/{id}/                              a link to share; vanity
    https://career{N}.{successfactors|sapsf}.{com|eu|cn}/sfcareer/jobreqcareer?jobId={id}&company={c}
    https://career{N}.../career?company={c}&career_ns=job_listing&career_job_req_id={id}
    https://career{N}.../career?company={c}[&career_ns=job_listing_summary&resultType=XML]

Traps:
- The slug is ignored. The number of an RMK site is its own, not the requisition of the classic
  portal; the numbers of job-invite and of CSB sites are requisitions (inferred: of 4 to 6 digits, one
  series). An entry that states `company` makes both sites one tenant.
- /job/{slug}/{number}/ could be anybody's: it counts where the catalogue names the host.
- `company` is case-sensitive; N and the domain belong to it.
- /s/{six letters} of a career site is a short link; its redirect names the posting
  (ats/us_universities.md section 4).
- The trailing slash stays; the query (from, refid, locale, feedId, ...) does not identify.

Endpoints (no vendor documentation; facts from ats/successfactors.md, A3 and B):
    GET https://{host}/googlefeed.xml, /sitemal.xml (sic), /sitemap.xml     every posting as RSS
    GET https://{host}/search/?q=&sortColumn=referencedate&sortDirection=desc&startrow={n}
        10 to 100 rows; sites with tiles go on at /tile-search-results/ with the same query
    GET https://{host}/job/{slug}/{id}/                                     microdata
    GET https://career{N}.../career?company={c}&career_ns=job_listing_summary&resultType=XML

More traps:
- Any of the three feeds may be missing, retired (HTML with 200), a sitemap, or larger than the cap
  of a download (EY: 111 MB): the next is asked, in the end the search. A feed without an item
  proves no empty board; the search's own words do.
- The feed has no posting date, and puts the place behind each title. Its `g:expiration_date` is left
  out: it seems to be the day of the request and a month (inferred from two quoted feeds), and it
  contradicts the texts (public code), so it would close what is open.
- The search states its total in the page's language ("Results 1 - 25 of 262", "Showing 1 to 25 of 26
  Jobs") and in a script (jobRecordsFound). The size of a page is the customer's: the next one begins
  after the rows seen. Offsets drift while reading: a total not reached is partial.
- An empty search says so in #noresults, and may list "the 25 most recent jobs" below, which are none
  of its results (public code; not recorded). Tiles repeat for tablets and phones.
- Details have microdata, at times without the element that opens it; the text in several places.
- A unified site's list is at /services/recruiting/v1/jobs, which robots.txt was seen to forbid: such
  a site is read by its feed or not at all (A3, route 4).
- Closed is a sentence with 200, or a redirect to the search; absence from the feed is safe (A4).
- The classic list is no XML; a wrong company answers 200 with a short page; facets have the
  customer's labels; the order of day and month is the customer's, and shows where any date has a number above 12 (B).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, ClassVar
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.http import Response, TextResponse
from twisted.python.failure import Failure
from w3lib.url import url_query_cleaner

from crawler import platform
from crawler.answers import text_of
from crawler.errors import SiteGone, UnexpectedAnswer
from crawler.fetch.failures import fetch_failure
from crawler.patterns import Output, Page, PagedListing, Row
from crawler.schema_values import DEFAULT_VALIDITY
from spiders.sap_feeds import classic_jobs, day_first, is_rss, rss_jobs
from spiders.sap_pages import declared_total, detail_of, search_rows

FEEDS = ("googlefeed.xml", "sitemal.xml", "sitemap.xml")
QUERY = "?q=&sortColumn=referencedate&sortDirection=desc&startrow="

_ANY = r"https?://(?P<host>[\w.-]+)"
_BRAND = r"(?P<path>/(?:[^/?\#]+/)?job/[^/?\#]+/"
_LOCALE = r"-(?-i:[a-z]{2}_[A-Z]{2})"
_RMK = rf"{_BRAND}(?P<posting_id>\d{{3,12}}(?={_LOCALE})|\d{{7,12}})(?:{_LOCALE})?)/?(?:[?\#]|$)"
_CSB = rf"{_BRAND}(?P<posting_id>\d{{3,12}}){_LOCALE})/?(?:[?\#]|$)"
_CLASSIC = r"""https?://(?P<host>(?:career(?:-hcm)?|performancemanager)\d*
    \.(?:(?:successfactors|sapsf)\.(?:com|eu|cn)|ns2cloud\.com))"""
_COMPANY = r"(?=\?(?:[^\#]*&)?company=(?P<company>[\w-]+))"


class SuccessFactorsParams(platform.Params):
    host: str  # of the career site, or of the classic portal where there is none
    company: str | None = None  # SAP's name of the customer; letter case kept


class SuccessFactors(PagedListing):
    name = "successfactors"
    label = "SAP SuccessFactors"
    Params = SuccessFactorsParams
    closed_statuses = (404, 410)
    closed_words = (r"sorry, this (?:job posting has ended|position has been filled)",)
    default_validity = DEFAULT_VALIDITY
    url_rules = (
        rf"{_CLASSIC}/careers?{_COMPANY}\?(?:[^\#]*&)?career_job_req_id=(?P<posting_id>\d+)",
        rf"{_CLASSIC}/sfcareer/jobreqcareer{_COMPANY}\?(?:[^\#]*&)?jobId=(?P<posting_id>\d+)",
        rf"{_CLASSIC}/careers?{_COMPANY}",
        rf"https?://(?P<host>[\w-]+\.jobs2web\.com)(?:{_RMK}|/?(?:[?\#]|$))",
        _ANY + _CSB,
    )
    vanity_rules = (
        _ANY + _RMK,
        _ANY + r"(?P<path>/job-invite/(?P<posting_id>\d+))/?(?:[?\#]|$)",
        _ANY + r"(?P<path>/s/[a-z]{6})/?(?:[?\#]|$)",
        _ANY + r"(?:/(?:(?:search|viewalljobs|tile-search-results)/?)?)?(?:[?\#]|$)",
    )
    page_rules = (
        platform.PageRule(
            re.compile(
                r"//(?P<host>career(?:-hcm)?\d*\.(?:(?:successfactors|sapsf)\.(?:com|eu|cn)|ns2cloud\.com))"
                r"/careers?\?(?:[^\"'#]*?[&;?])?company=(?P<company>[\w-]+)"
            ),
            "a link to the classic portal of SuccessFactors",
        ),
        platform.PageRule(
            re.compile(
                r"rmkcdn\.successfactors\.com|/platform/js/j2w/|jobs2web|jobDisplayShell"
                r"|jobs\.hr\.cloud\.sap",
            ),
            "the scripts of a SuccessFactors career site",
        ),
    )
    examples: ClassVar = {
        "https://career4.successfactors.com/career?career_ns=job_listing&company=fernwoodP"
        "&navBarLevel=JOB_SEARCH&career_job_req_id=6886&_s.crb=x": {
            "host": "career4.successfactors.com",
            "company": "fernwoodP",
            "posting_id": "6886",
        },
        "https://career-hcm20.ns2cloud.com/sfcareer/jobreqcareer?jobId=6887&company=fernwoodP": {
            "host": "career-hcm20.ns2cloud.com",
            "company": "fernwoodP",
            "posting_id": "6887",
        },
        "https://career15.sapsf.cn/career?company=fernwoodP&career_ns=job_listing_summary": {
            "host": "career15.sapsf.cn",
            "company": "fernwoodP",
        },
        "https://careers.fernwood.example/default/job/HPC-Manager%2C-Storage/39229-en_US/?src=x": {
            "host": "careers.fernwood.example",
            "posting_id": "39229",
        },
        "https://fernwood.jobs2web.com/job/Port-Ellery-HPC-Lead-OR-97000/901088900/?from=email": {
            "host": "fernwood.jobs2web.com",
            "posting_id": "901088900",
        },
    }
    not_examples = (
        "https://jobs.fernwood.example/job/Port-Ellery-HPC-Lead-OR-97000/901088900/",
        "https://jobs.fernwood.example/job-invite/6886/",
        "https://www.successfactors.com/careers",
        "https://career4.successfactors.com/career?career_ns=home",
    )

    @classmethod
    def tenant_of(cls, params: Any) -> str:
        return str(params.company or params.host.lower())

    @classmethod
    def canonical_url(cls, match: platform.Match) -> str:
        said = match.groups
        host = said["host"].lower()
        if "company" not in said:
            return f"https://{host}{said.get('path', '')}/"
        if match.posting_id is None:
            return f"https://{host}/career?company={said['company']}"
        return (
            f"https://{host}/sfcareer/jobreqcareer"
            f"?jobId={match.posting_id}&company={said['company']}"
        )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._whole = False  # was all of it in one feed?

    # --- listing ------------------------------------------------------------------------------

    @property
    def _is_classic(self) -> bool:
        return bool(re.fullmatch(_CLASSIC, f"https://{self.params.host}", re.VERBOSE | re.I))

    def listing(self) -> Iterable[Request]:
        host, company = self.params.host, self.params.company
        if self._is_classic:
            feed = f"company={company}&career_ns=job_listing_summary&resultType=XML"
            yield Request(f"https://{host}/career?{feed}")
        else:
            yield self._feed(0)

    def _feed(self, number: int) -> Request:
        """The request for one of the feeds, or for the search after the last of them."""
        if number >= len(FEEDS):
            return self.page_request(0, None)
        return Request(
            f"https://{self.params.host}/{FEEDS[number]}",
            callback=self._on_feed,
            meta={"feed": number, "handle_httpstatus_list": [404, 410]},
        )

    def _on_feed(self, response: Response) -> Output:
        usable = response.status == 200 and isinstance(response, TextResponse)
        if usable and is_rss(text_of(response).text) and "<item" in text_of(response).text:
            yield from self._on_listing(response)
        else:
            yield self.listing_request(self._feed(response.meta["feed"] + 1))

    def _on_listing_failed(self, failure: Failure) -> Output:
        request: Request = failure.request  # type: ignore[attr-defined]
        if "feed" in request.meta and fetch_failure(failure).kind == "cut_short":
            yield self.listing_request(self._feed(len(FEEDS)))  # as large under its other names
        else:
            yield from super()._on_listing_failed(failure)

    def page_request(self, number: int, response: Response | None) -> Request:
        path, start = "search/", 0
        if isinstance(response, TextResponse):
            start = response.meta.get("startrow", 0) + len(search_rows(response))
            path = "tile-search-results/" if response.css(".job-tile") else path
        url = f"https://{self.params.host}/{path}{QUERY}{start}"
        return Request(url, meta={"startrow": start})

    def is_last(self, page: Page, number: int) -> bool:
        # Only the first page of tiles states the total.
        total = self.report.declared_total
        return self._whole or (total is not None and self.report.listed >= total)

    def read_listing(self, response: TextResponse) -> Page:
        if self._is_classic:
            if urlsplit(response.url).hostname != self.params.host.lower():
                raise SiteGone(f"the portal leads to {response.url} now")
            self._whole = True
            jobs = classic_jobs(response.text, response.url)
            self.day_first = day_first([said["raw_date_posted"] for _, said in jobs])  # type: ignore[misc]
            return Page([Row(n, {**said, "url": self._classic_url(n)}) for n, said in jobs])
        if is_rss(response.text):
            self._whole = True
            return Page([self._row(said, response) for said in rss_jobs(response)])
        total = declared_total(response)
        if response.css("#noresults") or total == 0:
            return Page([], total=None if response.meta.get("startrow") else 0)
        rows = [self._row(said, response) for said in search_rows(response)]
        if not rows and not self.report.declared_total:
            raise UnexpectedAnswer(
                f"{response.url}: no tr.data-row, no .job-tile and no #noresults (a unified site "
                "lists its postings by /services/recruiting/ alone)"
            )
        return Page(rows, total)

    def _classic_url(self, native_id: str) -> str:
        host, company = self.params.host.lower(), self.params.company
        return f"https://{host}/sfcareer/jobreqcareer?jobId={native_id}&company={company}"

    def _row(self, said: dict[str, Any], response: TextResponse) -> Row:
        url = url_query_cleaner(response.urljoin(said["url"]), [])
        number = re.search(rf"/job/[^/]+/(\d+)(?:{_LOCALE})?/?$", url)
        if number is None:
            raise UnexpectedAnswer(f"{response.url}: {url} has no posting's number")
        return Row(number[1], {**said, "url": url})

    # --- detail -------------------------------------------------------------------------------

    def detail_request(self, native_id: str, url: str) -> Request | None:
        if self._is_classic or (self._whole and native_id in self._seen):
            return None  # the feed said all
        return Request(url)

    def read_detail(self, response: TextResponse) -> dict[str, Any]:
        return detail_of(response)

    def closed(self, response: Response) -> str | None:
        path = urlsplit(response.url).path.rstrip("/")
        if response.status == 200 and path.endswith(("/search", "/viewalljobs")):
            return f"redirected to {path}/"
        return super().closed(response)
