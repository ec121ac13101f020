"""Clinch ("PageUp Search & Apply"), the careers sites that replace PageUp's classic ones.

Endpoints (no vendor documentation; facts from ats/pageup.md section 6):
    GET https://{host}/sitemap.xml      every page, postings as /jobs/{slug}, with lastmod
    GET https://{host}/jobs/{slug}      one posting: `div.job-description`, and JSON-LD at times
Hosts are the employers' own, besides *.career-pages.com and *.careersite.pageuppeople.com.

Traps:
- There is no number: a posting is its host and slug, {title}-{city}-{region}-{country}[-{uuid}].
  Where the title ends is not marked. Country and region are names from ISO 3166; the city is cut
  off only when the entry knows it (`cities`), else it stays at the end of the title until the
  detail has been read.
- AWS WAF answers 202 and `x-amzn-waf-action: challenge` after about six details. Such a host is left
  alone for the run; a few details are read each night, and the others are listed without a text.
- robots.txt asks for Crawl-delay 5 and forbids /api/, /me/ and /v1/candidate_details.
- A six-digit number in a slug may be the posting's id on the classic site that was here before:
  where the entry names that instance, the two are one posting.

Not verified against a recorded answer (there is none): both pages. JSON-LD in a detail is reported by
one public crawler only, and what a closed posting answers (404 is assumed) by nobody.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, ClassVar
from unicodedata import normalize

import pycountry
from pydantic import Field
from scrapy import Request
from scrapy.http import TextResponse

from crawler import platform
from crawler.errors import UnexpectedAnswer
from crawler.patterns import Listing, Page, Row
from crawler.posting import Key
from crawler.schema_values import DEFAULT_VALIDITY
from crawler.sitemap import read_sitemap
from crawler.structured_data import stated_fields

_UUID = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_HOST = r"https?://(?P<host>[^/?\#]+)"
_SLUG = r"/jobs/(?P<posting_id>(?!search\b|saved\b)[a-z0-9](?:[a-z0-9%._-])*)/?(?:[?\#]|$)"
_OWN = r"https?://(?P<host>[\w.-]+\.(?:career-pages\.com|careersite\.pageuppeople\.com))"


class ClinchParams(platform.Params):
    host: str
    cities: tuple[str, ...] = ()  # as slugs have them: "madison", "salt-lake-city"
    # The instance of the classic PageUp site whose numbers the slugs still carry.
    previous_instance: str | None = Field(None, pattern=r"^\d+$")


class Clinch(Listing):
    name = "clinch"
    label = "Clinch"
    tenant_params = ("host",)
    front_end = True
    default_validity = DEFAULT_VALIDITY
    Params = ClinchParams
    url_rules = (
        _OWN + _SLUG,
        _OWN + r"/?(?:jobs(?:/search)?/?)?(?:[?\#]|$)",
        # Slugs end with the country in full; with a region and a city before it there are at
        # least four words. No other platform's URL in the corpora has this form (tests/real).
        # A number first is Teamtailor's.
        _HOST + r"/jobs/(?P<posting_id>(?!\d{6,}-)[a-z0-9]+(?:-[a-z0-9]+){2,}"
        rf"-(?:united-states|united-kingdom|australia|canada|new-zealand|ireland)(?:-{_UUID})?)"
        r"/?(?:[?\#]|$)",
    )
    vanity_rules = (_HOST + _SLUG, _HOST + r"/?(?:jobs(?:/search)?/?)?(?:[?\#]|$)")
    page_rules = (
        platform.PageRule(
            re.compile(r"(?:clinchtalent\.com|career-pages\.com|careersite\.pageuppeople\.com)"),
            "a link to Clinch",
        ),
    )
    examples: ClassVar = {
        "https://careers.fernwood.example/jobs/"
        "hpc-engineer-research-computing-port-ellery-oregon-united-states?utm_source=x": {
            "host": "careers.fernwood.example",
            "posting_id": "hpc-engineer-research-computing-port-ellery-oregon-united-states",
        },
        "https://fernwood.career-pages.com/jobs/data-steward-remote": {
            "host": "fernwood.career-pages.com",
            "posting_id": "data-steward-remote",
        },
        "https://fernwood.career-pages.com/jobs/search": {"host": "fernwood.career-pages.com"},
    }
    not_examples = (
        "https://careersearch.example.edu/jobs/research-software-engineer-9854",
        "https://www.example.org/jobs/backend-software-engineer",
        "https://example.teamtailor.com/jobs/7463459-hpc-engineer-united-states",
        "https://jobs.example.edu/jobs/united-states",
    )
    max_details = 5
    closed_statuses = (404, 410)

    @classmethod
    def canonical_url(cls, match: platform.Match) -> str:
        host = match.groups["host"].lower()
        return "/".join(filter(None, (f"https://{host}/jobs", match.posting_id or "search")))

    def listing(self) -> Iterable[Request]:
        yield Request(f"https://{self.params.host}/sitemap.xml")

    def read_listing(self, response: TextResponse) -> Page:
        sitemap = read_sitemap(response)
        if sitemap.is_index:
            return Page([], more=[Request(response.urljoin(url)) for url, _ in sitemap.entries])
        pattern = re.compile(_HOST + _SLUG, re.IGNORECASE)
        found = [(pattern.match(url), url, stamp) for url, stamp in sitemap.entries]
        rows = [self._row(match["posting_id"], url, stamp) for match, url, stamp in found if match]
        return Page(rows)

    def _row(self, slug: str, url: str, stamp: str) -> Row:
        title, place = read_slug(slug, self.params.cities)
        aliases = []
        if uuid := re.search(rf"-({_UUID})$", slug):
            aliases.append(Key(self.platform, self.tenant_of(self.params), uuid[1]))
        before, number = self.params.previous_instance, re.search(r"\b\d{6}\b", slug)
        if before and number:
            aliases.append(Key("pageup", before, number[0]))
        return Row(
            slug,
            {
                "title": title,
                "url": url,
                "raw_location": [place] if place else [],
            },
            tuple(aliases),
            stamp=stamp,
        )

    def detail_request(self, native_id: str, url: str) -> Request:
        return Request(url)

    def read_detail(self, response: TextResponse) -> dict[str, Any]:
        said = stated_fields(response)
        text = response.css("div.job-description").get()
        if not text and not said.get("description_html"):
            raise UnexpectedAnswer(f"{response.url}: neither div.job-description nor JSON-LD")
        heading = " ".join(response.css("h1").xpath("string()").get("").split())
        # The sitemap's URL is the posting's; the employer is that of the whole site.
        known = {name: value for name, value in said.items() if name not in ("url", "organization")}
        return {"title": heading, "description_html": text, **known}


def read_slug(slug: str, cities: Iterable[str] = ()) -> tuple[str, str]:
    """The title of a slug, and its place; a city that is not known stays in the title.

    `data-steward-ulm-germany` is "Data Steward Ulm", "Germany", and with the city `ulm` known
    "Data Steward", "Ulm, Germany".
    """
    words, place = re.sub(rf"-{_UUID}$", "", slug).split("-"), []
    named = {city: _title(city.split("-")) for city in cities}
    words, country = _cut(words, {key: name for key, (name, _) in _countries().items()})
    if country:
        words, region = _cut(words, _regions(_countries()[_key(country)][1]))
        words, city = _cut(words, named)
        place = [part for part in (city, region, country) if part]
    return _title(words), ", ".join(place)


def _cut(words: list[str], names: Mapping[str, str]) -> tuple[list[str], str]:
    """The words without the longest known name at their end, and that name; one word stays."""
    for start in range(1, len(words)):
        name = names.get("-".join(words[start:]))
        if name:
            return words[:start], name
    return words, ""


@cache
def _countries() -> dict[str, tuple[str, str]]:
    """Countries by their name as a slug: the name and the code (ISO 3166-1)."""
    found = [(getattr(c, "common_name", c.name), c.alpha_2) for c in pycountry.countries]
    return {_key(name): (name, code) for name, code in found}


@cache
def _regions(country: str) -> dict[str, str]:
    """Names of a country's states, provinces and nations, by their name as a slug (ISO 3166-2)."""
    found = pycountry.subdivisions.get(country_code=country) or ()
    return {_key(region.name): region.name for region in found}


def _key(name: str) -> str:
    plain = normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return "-".join(re.findall(r"[a-z0-9]+", plain))


def _title(words: Iterable[str]) -> str:
    return " ".join(word.capitalize() for word in words)
