"""PeopleFluent (once Peopleclick), careers.peopleclick.com.

URL forms (data/platform_distribution.md; public code):
    https://careers.peopleclick.com/careerscp/client_{client}/{site}[/{locale}]
        /jobDetails/jobDetail.html?jobPostId={id}&localeCode=en-us     today's
        /gateway.do?functionName=viewFromLink&jobPostId={id}           links that others publish
        /jobDetails.do?functionName=getJobDetail&jobPostId={id}        the older one
        /search.do, /results/searchResult.html                         the listing
Clients of the European data centre are on careers.peopleclick.eu.com.

Endpoints of the site's own pages (docs/platforms/peoplefluent.md; two public crawlers):
    GET  .../{site}/search/search.html               a session
    POST .../{site}/results/searchResult.html        a search in that session, here for everything
    GET  /careerscp/api/client_{client}/{site}/site/getJobs       what it found, with the full text

Traps:
- jobPostId is the identity, within the client; source, sourceType and localeCode are not. {site}
  (external, external_staff) is the audience.
- Without the two steps before it, getJobs answers 200 with `status: fail`.
- It brings the first 50 only; how the page asks for more is not known. A larger board is `partial`.
- Names of fields are the client's own in part: of a few the first that is given is read.
- The closed form of a posting's page is not known: absence closes, on boards of up to 50 postings.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, ClassVar

from scrapy import FormRequest, Request
from scrapy.http import Response, TextResponse

from crawler import platform
from crawler.answers import json_of, need, objects
from crawler.errors import UnexpectedAnswer
from crawler.patterns import Output, Page, Row, WholeBoard

WORKPLACE = re.compile(r"hybrid|remote|on-?site|work from home", re.IGNORECASE)

_SITE = r"""https?://(?P<host>careers\.peopleclick(?:\.eu)?\.com)/careerscp/
    client_(?P<client>\w+)/(?P<site>[\w-]+)"""


class PeopleFluentParams(platform.Params):
    host: str = "careers.peopleclick.com"
    client: str
    site: str = "external"


class PeopleFluent(WholeBoard):
    name = "peoplefluent"
    label = "PeopleFluent"
    Params = PeopleFluentParams
    tenant_params = (
        "host",
        "client",
    )
    shared_back_ends = ("peopleclick.com", "peopleclick.eu.com")
    day_first = False
    url_rules = (
        _SITE + r"/[^?\#]*\?(?:[^\#]*&)?jobPostId=(?P<posting_id>\d+)(?:[&\#]|$)",
        _SITE + r"(?:[/?\#]|$)",
    )
    examples: ClassVar = {
        "http://careers.peopleclick.com/careerscp/client_fernwood/external/en-us/gateway.do"
        "?functionName=viewFromLink&jobPostId=90001&localeCode=en-us": {
            "host": "careers.peopleclick.com",
            "client": "fernwood",
            "site": "external",
            "posting_id": "90001",
        },
        "https://careers.peopleclick.com/careerscp/client_fernwood/external_staff/jobDetails/"
        "jobDetail.html?jobPostId=90002&localeCode=en-us": {
            "host": "careers.peopleclick.com",
            "client": "fernwood",
            "site": "external_staff",
            "posting_id": "90002",
        },
        "https://careers.peopleclick.eu.com/careerscp/client_qh/external/results/searchResult.html": {
            "host": "careers.peopleclick.eu.com",
            "client": "qh",
            "site": "external",
        },
    }
    not_examples = (
        "https://www.peoplefluent.com/products/recruiting/",
        "https://careers.peopleclick.com/careerscp/",
    )

    @classmethod
    def canonical_url(cls, match: platform.Match) -> str:
        said = match.groups
        start = f"https://{said['host'].lower()}/careerscp/client_{said['client']}/{said['site']}"
        if match.posting_id is None:
            return f"{start}/search/search.html"
        return f"{start}/jobDetails/jobDetail.html?jobPostId={match.posting_id}&localeCode=en-us"

    def _board(self, between: str = "") -> str:
        said = self.params
        start = f"https://{said.host.lower()}/careerscp{between}"
        return f"{start}/client_{said.client}/{said.site}"

    # --- listing ------------------------------------------------------------------------------

    def listing(self) -> Iterable[Request]:
        yield Request(f"{self._board()}/search/search.html", self._on_session)

    def _on_session(self, response: Response) -> Output:
        url = f"{self._board()}/results/searchResult.html"
        search = FormRequest(url, self._on_search, formdata={"keyword": ""})
        yield self.listing_request(search)

    def _on_search(self, response: Response) -> Output:
        headers = {"Accept": "application/json", "X-Requested-With": "XMLHttpRequest"}
        yield self.listing_request(Request(f"{self._board('/api')}/site/getJobs", headers=headers))

    def read_listing(self, response: TextResponse) -> Page:
        answer = json_of(response)
        if answer.get("status") == "fail":
            raise UnexpectedAnswer(f"{response.url}: status 'fail': {answer.get('errorMsg')}")
        rows = objects(need(answer, "jobList", list, response.url), response.url)
        total = need(answer, "totalHits", int, response.url)
        if total > len(rows):
            self.report.cut_short = (
                f"the {len(rows)} cap: the site shows no more of its {total} postings at once"
            )
        return Page([self._row(row, response.url) for row in rows], total)

    def _row(self, item: dict[str, Any], where: str) -> Row:
        native_id = str(need(item, "jobPostId", (int, str), where))
        where = f"{where}: posting {native_id}"
        said = need(item, "attributes", dict, where)
        kind = _first(said, "JPM_DURATION", "FLD_JPM_CONTRACT_TYPE")
        place = _first(said, "JPM_LOCATION")
        pay = [said.get(f"FLD_JPM_HIRING_RANGE_{end}") for end in ("MIN", "MAX")]
        page = f"{self._board()}/jobDetails/jobDetail.html"
        return Row(
            native_id,
            {
                "title": _first(said, "FLD_JP_POSTING_TITLE", "JPM_TITLE"),
                "url": f"{page}?jobPostId={native_id}&localeCode=en-us",
                "unit": _first(said, "FLD_JP_DEPARTMENT") or None,
                "raw_location": [place] if place else [],
                "raw_workplace": kind if WORKPLACE.search(kind) else None,
                "raw_employment_type": kind or None,
                "raw_date_posted": _first(said, "JP_POSTEDON") or None,
                "raw_salary": " - ".join(figure for figure in pay if figure) or None,
                "description_html": _first(said, "JPM_DESCRIPTION") or None,
            },
        )


def _first(attributes: dict[str, Any], *names: str) -> str:
    """The first of these attributes that is a text with something in it."""
    texts = [value.strip() for name in names if isinstance(value := attributes.get(name), str)]
    return next(filter(None, texts), "")
