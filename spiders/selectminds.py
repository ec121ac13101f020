"""Oracle SelectMinds, "Taleo (Social) Sourcing" ({tenant}.referrals.selectminds.com).

URL forms (ats/selectminds.md, "URLs"):
    https://{host}[/{subsite}]/jobs/[{slug}-]{id}      one posting; {host} Oracle's or the employer's
    https://{host}/                                    the board

Requests of the site's own pages ("List", "Detail"; no vendor documentation):
    GET  the entry's page: a session cookie, the hidden `tsstoken`, the site's `short_name`
    POST /ajax/jobs/search/create, keywords=           {"Result": {"JobSearch.id": N}}
    POST /ajax/content/job_results?JobSearch.id=N&page_index=P&site-name=S&include_site=true
         {"Status": "OK", "Result": "<html...>"}, ten rows; both with the token as a header
    GET  the posting's page

Traps:
- The number at the end is the identity; the slug follows the title, and may be missing.
- A subsite (/international/) shows the same postings. `et` and other parameters are tracking.
- Most boards are on employers' own hosts, where /jobs/{slug}-{number} could be anybody's: they count
  where the catalogue names the host. One board has moved from Oracle's host to its own with its
  series of numbers: an entry whose `host` is Oracle's and whose `hosts` hold the own one keeps both
  one tenant. The board is asked where the entry's page answers, wherever that redirects to.
- The id is not the "Requisition #" of the page, which is the back end's.
- Answers in JSON say text/plain. Without cookie and token they are 401 "NotLoggedIn" (a public
  crawler of jobs.lbl.gov, 2026).
- Rows have no dates, and name one place of several: "New York, -, United States and 4 additional
  locations"; "-" is an unknown state. Their text is cut off. "New" comes and goes.

- `job_external_id` of a detail is Taleo's requisition, where Taleo is behind (public crawlers).

Not verified: recent detail pages (read as seven public crawlers of 2017 to 2026 do: h1, .primary_location,
.additional_locations, .job_external_id, .job_post_date, .job_description), a link to Taleo in them, what
a closed posting answers (absence closes; HTTP 404 and 410 are inferred), robots.txt.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, ClassVar
from urllib.parse import urlencode, urljoin

from parsel import Selector
from scrapy import FormRequest, Request
from scrapy.http import Response, TextResponse

from crawler import platform
from crawler.answers import json_of, need, one_text, text_of, texts_of
from crawler.errors import UnexpectedAnswer
from crawler.patterns import Page, PagedListing, Row
from spiders.fronts import keys_behind
from spiders.labels import fields_by_label

_JOB = r"(?P<path>(?:/(?!jobs/)[\w-]+)?/jobs/(?:[^/?\#]*-)?(?P<posting_id>\d+))/?(?:[?\#]|$)"
_BOARD = r"(?:/(?:(?!jobs/)[\w-]+/)?(?:jobs(?:/search)?/?)?)?(?:[?\#]|$)"
_ORACLES = r"https?://(?P<host>[\w-]+\.referrals\.selectminds\.com)"
_ANY = r"https?://(?P<host>[\w.-]+)"
SHORT_NAME = re.compile(r"short_name\s*:\s*[\"']([\w.-]+)[\"']")
MORE_PLACES = re.compile(r"\s+and \d+ (?:additional|more|other) locations?$", re.IGNORECASE)


class SelectMinds(PagedListing):
    name = "selectminds"
    label = "Oracle SelectMinds"
    Params = platform.HostParams
    url_rules = (_ORACLES + _JOB, _ORACLES + _BOARD)
    vanity_rules = (_ANY + _JOB, _ANY + _BOARD)
    examples: ClassVar = {
        "https://fernwood.referrals.selectminds.com/jobs/scientific-data-architect-4003?et=m8WR0": {
            "host": "fernwood.referrals.selectminds.com",
            "posting_id": "4003",
        },
        "https://fernwood.referrals.selectminds.com/international/jobs/4251": {
            "host": "fernwood.referrals.selectminds.com",
            "posting_id": "4251",
        },
        "https://fernwood.referrals.selectminds.com/": {
            "host": "fernwood.referrals.selectminds.com"
        },
    }
    not_examples = (
        "https://jobs.fernwood.example/jobs/scientific-data-architect-4003",
        "https://fernwood.referrals.selectminds.com/jobs/no-number",
        "https://www.selectminds.com/",
    )
    closed_statuses = (404, 410)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._headers: dict[str, str] = {}
        self._search: dict[str, str] = {}  # which search of which site
        self._pages = 0  # of the search, as it declares

    @classmethod
    def canonical_url(cls, match: platform.Match) -> str:
        host = match.groups["host"].lower()
        return f"https://{host}{match.groups.get('path', '')}"

    # --- listing ------------------------------------------------------------------------------

    def listing(self) -> Iterable[Request]:
        jar = {"cookiejar": self.source.id}
        yield Request(self.source.url, meta=jar, callback=self._on_front)

    def _on_front(self, response: Response) -> Iterator[Request]:
        page = text_of(response)
        token = page.xpath("//input[@id='tsstoken' or @name='tsstoken']/@value").get()
        name = SHORT_NAME.search(page.text)
        if not (token and name):
            lost = "short_name" if token else "tsstoken"
            raise UnexpectedAnswer(f"{page.url}: no `{lost}`, so no front page of SelectMinds")
        self._search = {"site-name": name[1], "include_site": "true"}
        self._headers = {
            "tss-token": token,
            "X-Requested-With": "XMLHttpRequest",
            "Referer": page.url,
        }
        create = urljoin(page.url, "/ajax/jobs/search/create")
        yield self.listing_request(
            self._post(create, {"keywords": ""}).replace(callback=self._on_search)
        )

    def _post(self, url: str, form: dict[str, str]) -> Request:
        jar = {"cookiejar": self.source.id}
        return FormRequest(url, method="POST", formdata=form, headers=self._headers, meta=jar)

    def _on_search(self, response: Response) -> Iterator[Request]:
        number = need(self._result(text_of(response), dict), "JobSearch.id", int, response.url)
        self._search = {"JobSearch.id": str(number), **self._search}
        yield self.listing_request(self.page_request(0, response))

    def page_request(self, number: int, response: Response | None) -> Request:
        assert response is not None
        asked = {**self._search, "page_index": str(number + 1)}
        return self._post(
            urljoin(response.url, f"/ajax/content/job_results?{urlencode(asked)}"), {}
        )

    def _result(self, response: TextResponse, kind: type) -> Any:
        answer = json_of(response)
        if answer.get("Status", "OK") != "OK":
            raise UnexpectedAnswer(f"{response.url}: Status {answer['Status']}: {answer!s:.200}")
        return need(answer, "Result", kind, response.url)

    def read_listing(self, response: TextResponse) -> Page:
        page = Selector(text=self._result(response, str) or " ", type="html")
        rows = [self._row(row, response.url) for row in page.css(".job_list_row")]
        said = one_text(page.css(".total_results")) or one_text(page.css(".number_of_results"))
        digits = re.search(r"\d[\d,]*", said)
        if digits is None and (rows or not page.css("#job_no_results_list_hldr")):
            raise UnexpectedAnswer(f"{response.url}: no number under `total_results`")
        # "3.0"
        pages = re.match(r"\d+", one_text(page.css("#jPaginateNumPages")))
        self._pages = int(pages[0]) if pages else 0
        return Page(rows, int(digits[0].replace(",", "")) if digits else 0)

    def is_last(self, page: Page, number: int) -> bool:
        return super().is_last(page, number) or 0 < self._pages <= number + 1

    def _row(self, row: Selector, where: str) -> Row:
        link = row.css("a.job_link")
        href = urljoin(where, link.attrib.get("href", ""))
        match = self.match_on_known_host(href, self.params, "own listing")
        if match is None or match.posting_id is None:
            raise UnexpectedAnswer(f"{where}: a row without a `job_link` to a posting: {href}")
        place = one_text(row.css(".location"))
        return Row(
            match.posting_id,
            {
                "title": one_text(link),
                "url": match.canonical_url,
                "unit": one_text(row.css(".jlr_company")) or None,
                "raw_location": [MORE_PLACES.sub("", place)] if place else [],
            },
            stamp=place,  # from "and 2 additional locations" to 3: read it again
        )

    # --- detail -------------------------------------------------------------------------------

    def detail_request(self, native_id: str, url: str) -> Request:
        return Request(url, meta={"cookiejar": self.source.id})

    def read_detail(self, response: TextResponse) -> dict[str, Any]:
        frame = response.css("#job_details_content")
        page = frame if frame else response.selector
        title, text = one_text(page.css("h1")), page.css(".job_description")
        if not (title and text):
            lost = "job_description" if title else "h1"
            raise UnexpectedAnswer(f"{response.url}: no `{lost}`, so no posting of SelectMinds")
        found = texts_of(page.css(".primary_location, .additional_locations a"))
        # Before a place there may be the icon of a magnifying glass.
        places = [MORE_PLACES.sub("", re.sub(r"^\W+", "", place)) for place in found]
        said = fields_by_label(_labelled(page))
        for name, field in (
            ("requisition_id", "job_external_id"),
            ("raw_date_posted", "job_post_date"),
        ):
            said[name] = one_text(page.css(f".{field}")) or said.get(name)
        places += said.pop("raw_location", [])
        apply_url = page.css("a[href*='/careersection/']::attr(href)").get()
        return {
            "title": title,
            "raw_location": list(dict.fromkeys(place for place in places if place)),
            "description_html": "\n".join(text.getall()),
            "apply_url": apply_url,
            "aliases": tuple(keys_behind(apply_url)),
            **said,
        }


def _labelled(page: Any) -> Iterator[tuple[str, str]]:
    """The labels of a detail page with their values: pairs of a dl, or lines "Label: value"."""
    for term in page.xpath(".//dt[not(ancestor::*[contains(@class, 'job_description')])]"):
        yield one_text(term).rstrip(" :"), one_text(term.xpath("following-sibling::dd[1]"))
    for line in page.xpath(".//li[not(ancestor::*[contains(@class, 'job_description')])]"):
        label, colon, value = one_text(line).partition(":")
        if colon:
            yield label.strip(), value.strip()
