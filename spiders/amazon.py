"""amazon.jobs: one employer's own site, no tenants.

URL forms (ats/amazon.md):
    https://www.amazon.jobs/{language}/jobs/{id}/{slug}     the slug is cosmetic
    https://www.amazon.jobs/en/search?...                   a search

Traps:
- `id` is the field id_icims of a row, not its id (a UUID).
- /internal/ is forbidden by robots.txt; account.amazon.jobs/jobs/{id}/apply is the application, no
  posting.
- `no_int_redir` and other parameters identify nothing.

- More than 100 rows, and an offset beyond 10,000, answer 200 without jobs and with an `error`.
- `hits` ends at 10,000 while the site has twice as many: such a search is split by business category,
  whose values make up the whole ("no-business-category" is one), then by country.
- `locations` is a list of texts that are JSON. `posted_date` pads the day: "July  2, 2026".
- `company_name` is a legal entity ("ADCI - Karnataka"); `updated_time` moves every night.
- Nothing says that a posting is closed but its absence (inferred): /en/jobs/{id}.json answers 406.

Endpoint of the site's own search (ats/amazon.md; no vendor documentation):
    GET https://www.amazon.jobs/en/search.json?offset=0&result_limit=100&sort=recent&base_query=...
        &facets[]=business_category&facets[]=normalized_country_code
The rows hold the whole text. An entry may name searches, each of which is read to its end: the whole
site takes some 230 requests. robots.txt forbids /internal only.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, ClassVar
from urllib.parse import urlencode

from scrapy import Request
from scrapy.http import Response, TextResponse
from w3lib.url import url_query_parameter

from crawler import platform
from crawler.answers import given, json_of, need, objects
from crawler.errors import UnexpectedAnswer
from crawler.patterns import Output, Page, PagedListing, Row

SITE = "https://www.amazon.jobs"
PAGE_SIZE = 100
CAP = 10_000
FACETS = ("business_category", "normalized_country_code")
TEXTS = {
    "description": "",
    "basic_qualifications": "<h3>Basic qualifications</h3>",
    "preferred_qualifications": "<h3>Preferred qualifications</h3>",
}


class AmazonParams(platform.Params):
    searches: tuple[str, ...] = ()  # the site's own search words; none: the whole site


@dataclass
class Walk:
    """A search, or the part of it that has these values of facets."""

    search: str = ""
    chosen: dict[str, str] = field(default_factory=dict)
    seen: set[str] = field(default_factory=set)


class Amazon(PagedListing):
    name = "amazon"
    label = "amazon.jobs"
    Params = AmazonParams
    single_site = "amazon.jobs"
    url_rules = (
        r"""https?://(?:www\.)?amazon\.jobs/(?P<language>[a-z]{2}(?:-[a-z]{2})?)/jobs/
            (?P<posting_id>\d+)(?:/(?P<slug>[\w-]*)[^/?\#]*)?/?(?:[?\#]|$)""",
        r"https?://(?:www\.)?amazon\.jobs(?!/internal\b)(?:[/?\#]|$)",
    )
    examples: ClassVar = {
        "https://www.amazon.jobs/en/jobs/9900001/hpc-engineer?no_int_redir=1": {
            "posting_id": "9900001"
        },
        "http://amazon.jobs/en-gb/jobs/9900002/": {"posting_id": "9900002"},
        "https://www.amazon.jobs/en/search?base_query=quantum&loc_query=": {},
        "https://www.amazon.jobs": {},
    }
    not_examples = (
        "https://account.amazon.jobs/jobs/9900001/apply",
        "https://www.amazon.jobs/internal/jobs/9900001",
        "https://www.amazon.jobs.example.org/en/jobs/9900001",
    )

    @classmethod
    def canonical_url(cls, match: platform.Match) -> str:
        if match.posting_id is None:
            return super().canonical_url(match)
        said = match.groups
        parts = (SITE, said["language"].lower(), "jobs", match.posting_id, said.get("slug"))
        return "/".join(part for part in parts if part)

    # --- listing ------------------------------------------------------------------------------

    def listing(self) -> Iterable[Request]:
        for search in self.params.searches or ("",):
            yield self._page(Walk(search), 0)

    def page_request(self, number: int, response: Response | None) -> Request:
        if not isinstance(response, TextResponse):
            return self._page(Walk(), 0)
        return self._page(response.meta["walk"], self._end_of(response))

    def _page(self, walk: Walk, offset: int) -> Request:
        query = [("offset", str(offset)), ("result_limit", str(PAGE_SIZE)), ("sort", "recent")]
        query += [("base_query", walk.search)] if walk.search else []
        query += [(f"{facet}[]", value) for facet, value in walk.chosen.items()]
        query += [("facets[]", facet) for facet in FACETS]
        return Request(f"{SITE}/en/search.json?{urlencode(query)}", meta={"walk": walk})

    def _end_of(self, response: TextResponse) -> int:
        """The offset behind this page's rows."""
        offset = int(url_query_parameter(response.url, "offset") or 0)
        return offset + len(json_of(response)["jobs"])

    def read_listing(self, response: TextResponse) -> Page:
        answer, where = json_of(response), response.url
        if answer.get("error"):
            raise UnexpectedAnswer(f"{where}: {answer['error']}")
        jobs = objects(need(answer, "jobs", list, where), where)
        hits = need(answer, "hits", int, where)
        # 10,000 is a clamp, no count.
        return Page([self._row(job) for job in jobs], hits if hits < CAP else None)

    def _row(self, job: dict[str, Any]) -> Row:
        native_id = need(job, "id_icims", str, "a job")
        where = f"job {native_id}"
        places = [json.loads(place) for place in need(job, "locations", list, where)]
        names = [place.get("normalizedLocation") or place.get("location") for place in places]
        countries = {place.get("countryIso2a") for place in places}
        ways = dict.fromkeys(place["type"] for place in places if place.get("type"))
        texts = ((heading, given(job, key, str, where)) for key, heading in TEXTS.items())
        return Row(
            native_id,
            {
                "title": need(job, "title", str, where),
                "url": SITE + need(job, "job_path", str, where).partition("?")[0],
                "apply_url": given(job, "url_next_step", str, where),
                "unit": given(job, "business_category", str, where),
                "raw_location": list(dict.fromkeys(name for name in names if name)),
                "raw_country": countries.pop() if len(countries) == 1 else None,
                "raw_workplace": ", ".join(ways) or None,
                "raw_employment_type": given(job, "job_schedule_type", str, where),
                "raw_date_posted": need(job, "posted_date", (str, type(None)), where),
                "description_html": "\n".join(f"{h}<p>{text}</p>" for h, text in texts if text),
            },
        )

    def is_last(self, page: Page, number: int) -> bool:
        return False  # decided below, for each walk by itself

    def _after_page(self, response: Response, page: Page, fresh: int) -> Output:
        assert isinstance(response, TextResponse)
        walk: Walk = response.meta["walk"]
        total = CAP if page.total is None else page.total
        new = {row.native_id for row in page.rows} - walk.seen
        walk.seen |= new
        if page.total is None and not response.meta.get("page"):
            parts = self._split(walk, response)
            yield from (self.listing_request(self._page(part, 0)) for part in parts)
            if parts:
                return
            self.report.cut_short = "the 10,000 cap: a search is larger and no facet can split it"
        if new and self._end_of(response) < total:
            yield from super()._after_page(response, page, len(new))
        elif len(walk.seen) < total and not self.report.cut_short:
            said = f" of the search {walk.search!r}" if walk.search else ""
            self.report.cut_short = f"{len(walk.seen)} of {total} jobs{said} were listed"

    def _split(self, walk: Walk, response: TextResponse) -> list[Walk]:
        """Parts that together make up this walk, by the first facet that it does not choose yet."""
        facets = need(json_of(response), "facets", dict, response.url)
        for facet in FACETS:
            values = [v for each in facets.get(f"{facet}_facet") or [] for v in each]
            if facet not in walk.chosen and len(values) > 1:
                return [Walk(walk.search, {**walk.chosen, facet: value}) for value in values]
        return []
