"""Phenom People career sites, on the employers' own hosts (*.phenompeople.com redirects to them).

URL forms (ats/phenom.md section 1):
    https://{host}[/{brand}]/{country}/{lang}/job/{id}[/{slug}]      country "us" or "global"
    https://{host}/{country}/{lang}[/search-results]                 the board

Traps:
- {id} is a requisition (R-0000014951) or Phenom's jobSeqNo; both open the page. The jobSeqNo is the
  employer's code, the requisition without its punctuation, EXTERNAL (mostly) and the locale, in
  capitals: the requisition cannot be cut out of it. A crawl has to store both.
- /{country}/{lang}/job/ is the form of other software too: it counts where the catalogue names the
  host. Only a jobSeqNo with EXTERNAL in it is unmistakable.
- The slug, the query and the fragment are decoration. Without country and language the path leads to
  the home page on many sites, so these stay in the canonical URL.

Endpoints of the site's own pages (no vendor documentation; sections 3 and 4):
    POST https://{host}/widgets   {"ddoKey": "refineSearch", "jobs": true, "from": 0, "size": 100, ...}
    GET  https://{host}/{country}/{lang}/search-results?from=0&size=100   the same rows, in a script
    GET  https://{host}/{country}/{lang}/job/{jobSeqNo}                   one posting, with JSON-LD

- Some sites answer 403 without the token that their pages hold (`csrfToken`, or the session cookie's
  payload); it is then read from the entry's page. Where there is none the rows of the pages are read.
- `size` may be ignored (10 rows): the next page begins behind the rows that came. Past the end comes
  an empty list. Without `jobs` only facets come.
- Titles may be HTML-escaped. Dates have an offset without colon. `type` is the employer's own word.
- The row has no description but a machine's summary of it, which tells when it changed.
- `applyUrl` names the back end: never the posting's URL (section 5).
- Closed is 404 or 410, a sentence, or a redirect to the home page (section 6). The last counts only
  for a posting that is not listed: a wrong locale in the path leads home too (section 1).
- The older flavour (ids like P8-..., `window.__PRELOAD_STATE__`, /api/get-jobs) that section 3 calls
  Classic is another vendor's software (docs/platforms/symphonytalent.md).
"""

from __future__ import annotations

import re
from base64 import urlsafe_b64decode
from collections.abc import Iterable
from html import unescape
from typing import Any, ClassVar

from scrapy import Request
from scrapy.http import JsonRequest, Response, TextResponse
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.python.failure import Failure

from crawler import platform
from crawler.answers import json_of, need, objects, text_of
from crawler.patterns import Output, Page, PagedListing, Row
from crawler.posting import Key
from crawler.schema_values import DEFAULT_VALIDITY
from crawler.structured_data import stated_fields
from spiders.fronts import assigned_object, keys_behind, led_away

PAGE_SIZE = 100
DDO = re.compile(r"\bphApp\.ddo\s*=\s*(?=\{)")
TOKEN = re.compile(r"\"csrfToken\"\s*:\s*\"([\w.-]{8,})\"")
SESSION = re.compile(r"PLAY_SESSION=\"?[\w-]*\.([\w-]+)\.")
LOCALE_OF_ID = re.compile(r"EXTERNAL([A-Z]{2})([A-Z]{2}|GLOBAL)$")
# Of the JSON-LD; the row says the rest as the site shows it.
STRUCTURED = ("description_html", "raw_valid_through", "raw_salary", "salary")

_VENDORS = r"https?://(?P<host>(?!(?:www|cdn|assets|api)\.)[\w-]+\.phenompeople\.com)"
_ANY = r"https?://(?P<host>[\w.-]+)"
_LOCALE = r"(?P<locale>(?:/[\w-]+)?/(?:[a-z]{2}|global)/[a-z]{2}(?:-[a-z]{2})?)"
_SLUG = r"(?:/[^?\#]*)?(?:[?\#]|$)"
_JOB = rf"{_LOCALE}/job/(?P<posting_id>[\w.-]+){_SLUG}"
_JOB_SEQ_NO = rf"{_LOCALE}/job/(?P<posting_id>(?-i:[A-Z0-9]{{5,}}EXTERNAL[A-Z]{{4,8}})){_SLUG}"
_BOARD = rf"(?:{_LOCALE}(?:/search-results)?)?/?(?:[?\#]|$)"


class Phenom(PagedListing):
    name = "phenom"
    label = "Phenom"
    Params = platform.HostParams
    default_validity = DEFAULT_VALIDITY
    closed_statuses = (404, 410)
    closed_words = (r"\bjob has been filled\b", r"\bjob is no longer available\b")
    front_end = True
    url_rules = (_VENDORS + _JOB, _VENDORS + _BOARD, _ANY + _JOB_SEQ_NO)
    vanity_rules = (_ANY + _JOB, _ANY + _BOARD)
    page_rules = (
        platform.PageRule(
            re.compile(r"\bphApp\.ddo\b|\bcdn\.phenompeople\.com\b|\bdata-ph-at-id=", re.I),
            "the scripts of a Phenom career site",
        ),
    )
    examples: ClassVar = {
        "https://careers.fernwood.example/global/en/job/FERNGLOBAL202201103435EXTERNALENGLOBAL/"
        "Principal-Research-Engineer?utm_source=x": {
            "host": "careers.fernwood.example",
            "posting_id": "FERNGLOBAL202201103435EXTERNALENGLOBAL",
        },
        "https://fernwood.phenompeople.com/us/en/job/R-0000014951/Director-HPC": {
            "host": "fernwood.phenompeople.com",
            "posting_id": "R-0000014951",
        },
        "https://fernwood.phenompeople.com/us/en/search-results?from=10": {
            "host": "fernwood.phenompeople.com"
        },
    }
    not_examples = (
        "https://careers.fernwood.example/us/en/job/1361537/Senior-Technical-Program-Manager",
        "https://careers.fernwood.example/us/en/job/externally-funded-postdoc",
        "https://cdn.phenompeople.com/CareerConnectResources/x.js",
        "https://careers.fernwood.example/job/FERNGLOBAL1EXTERNALENGLOBAL",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._received = 0  # rows, repeated ones included: the next offset
        self._front: str | None = None  # the entry's page, once it was asked
        self._refused: Failure | None = None  # why it was
        self._token: str | None = None
        match = self.match_on_known_host(self.source.url, self.params, "entry")
        self._locale = match.groups.get("locale", "") if match else ""

    @classmethod
    def canonical_url(cls, match: platform.Match) -> str:
        said = match.groups
        start = f"https://{said['host'].lower()}{said.get('locale', '').lower()}"
        return f"{start}/job/{match.posting_id}" if match.posting_id else start

    # --- listing ------------------------------------------------------------------------------

    def page_request(self, number: int, response: Response | None) -> Request:
        if self._front and not self._token:
            path = f"{self._front}?from={self._received}&size={PAGE_SIZE}"
            return Request(path)
        said = {"ddoKey": "refineSearch", "jobs": True, "from": self._received, "size": PAGE_SIZE}
        country, lang = self._locale.split("/")[-2:] if self._locale else ("", "")
        if country:
            said |= {"lang": f"{lang}_{country}", "country": country}
        headers = {"Accept": "application/json"}
        if self._token:
            headers["x-csrf-token"] = self._token
        return JsonRequest(f"https://{self.params.host}/widgets", data=said, headers=headers)

    def _on_listing(self, response: Response, **kwargs: Any) -> Output:
        # What a site says that wants the token, instead of 403.
        if not self._front and b'"failure"' in response.body[:200]:
            yield self._front_request()
        else:
            yield from super()._on_listing(response, **kwargs)

    def _on_listing_failed(self, failure: Failure) -> Output:
        error = failure.value
        if not self._front and isinstance(error, HttpError) and error.response.status == 403:
            self._refused = failure
            yield self._front_request()
        else:
            # Without a page read, what was refused first is what there is to say.
            first = None if self.report.pages else self._refused
            yield from super()._on_listing_failed(first or failure)

    def _front_request(self) -> Request:
        self._front = self.source.url
        return self.listing_request(Request(self._front, callback=self._on_front))

    def _on_front(self, response: Response) -> Output:
        """The entry's page: it holds the token, or rows."""
        self._front = response.url.partition("?")[0]
        self._token = _token(text_of(response))
        yield self.listing_request(self.page_request(0, None))

    def read_listing(self, response: TextResponse) -> Page:
        if DDO.search(response.text):
            said = need(assigned_object(response, DDO), "eagerLoadRefineSearch", dict, response.url)
        else:
            said = need(json_of(response), "refineSearch", dict, response.url)
        data = need(said, "data", dict, response.url)
        jobs = objects(need(data, "jobs", list, response.url), response.url)
        total = need(said if "totalHits" in said else data, "totalHits", int, response.url)
        self._received += len(jobs)
        return Page([self._row(job, response.url) for job in jobs], total)

    def _row(self, job: dict[str, Any], where: str) -> Row:
        native_id = need(job, "jobSeqNo", str, where)
        title = unescape(need(job, "title", str, f"{where}: posting {native_id}"))
        place = job.get("cityStateCountry") or job.get("location")
        others = (job.get("multi_location") or [])[1:]  # the first is the place itself
        remote = [job.get(key) for key in ("RemoteType", "remoteType", "workplace", "remote")]
        requisition, apply_url = job.get("reqId") or job.get("jobId"), job.get("applyUrl")
        ids = filter(None, (job.get("jobId"), requisition))
        own = [Key(self.platform, self.params.host, each) for each in ids]
        return Row(
            native_id,
            {
                "title": title,
                "url": f"https://{self.params.host}{self._path(job, native_id)}/job/{native_id}",
                "apply_url": apply_url,
                "requisition_id": requisition,
                "unit": job.get("department"),
                "raw_location": [*filter(None, [place]), *others],
                "raw_workplace": next((said for said in remote if isinstance(said, str)), None),
                "raw_employment_type": job.get("type") or job.get("employmentType"),
                "raw_date_posted": job.get("postedDate"),
            },
            aliases=(*own, *keys_behind(apply_url, requisition)),
            stamp=f"{job.get('postedDate')} {job.get('descriptionTeaser')}",
        )

    def _path(self, job: dict[str, Any], native_id: str) -> str:
        """Where a posting stands: `en_GLOBAL` is /global/en."""
        lang, _, country = (job.get("locale") or "").lower().partition("_")
        if country:
            return f"/{country}/{lang}"
        found = LOCALE_OF_ID.search(native_id)
        return self._locale or (f"/{found[2]}/{found[1]}".lower() if found else "/us/en")

    # --- detail -------------------------------------------------------------------------------

    def detail_request(self, native_id: str, url: str) -> Request:
        return Request(url)

    def read_detail(self, response: TextResponse) -> dict[str, Any]:
        stated = stated_fields(response, STRUCTURED)
        if stated:
            return stated
        said = need(assigned_object(response, DDO), "jobDetail", dict, response.url)
        data = need(said, "data", dict, response.url)
        job = need(data, "job", dict, response.url)
        return {"description_html": need(job, "description", str, response.url)}

    def closed(self, response: Response) -> str | None:
        return super().closed(response) or led_away(response, "/job/", self._seen)


def _token(response: TextResponse) -> str | None:
    """The token that the site wants with each request, from its page or its session's cookie."""
    cookies: Iterable[bytes] = response.headers.getlist("Set-Cookie")
    payloads = [m[1] for c in cookies if (m := SESSION.match(c.decode("latin-1")))]
    padded = [payload + "=" * (-len(payload) % 4) for payload in payloads]
    texts = [urlsafe_b64decode(payload).decode("latin-1") for payload in padded]
    return next((m[1] for text in [response.text, *texts] if (m := TOKEN.search(text))), None)
