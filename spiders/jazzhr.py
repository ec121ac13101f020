"""JazzHR, formerly The Resumator ({tenant}.applytojob.com).

URL forms (ats/jazzhr.md sections 1 and 2):
    https://{tenant}.applytojob.com/apply/{code}[/{slug}]       one posting; the slug is decoration
    https://{tenant}.applytojob.com/apply/jobs/details/{code}   the same, under another theme
    https://{tenant}.theresumator.com/apply/...                 the same, before the renaming
    https://{tenant}.applytojob.com/apply[/jobs]                the board
    https://app.jazz.co/feeds/export/jobs/{tenant}              its feed

Traps:
- Codes are letters and digits whose case counts; "jobs" and "confirm" are none.
- The whole query is tracking. Pages and feed mix http and https.
- The career page (/apply) has the tenant's theme; what is linked from its prose is no opening. Where
  it has neither rows of the usual theme nor the words that there is none, the vendor's own table is
  asked, which has one template for all tenants and agrees with the page (/apply/jobs; public
  code, a survey of 1,000 boards of September 2026).
- A third of the details have no JSON-LD, job by job: then there is no date. The digits of the ids
  "job_20260605135030_..." are the day of creation, at times years before the posting (same survey).
- `validThrough` of the JSON-LD is the date and 90 days: no deadline (section 3).
- The page's employment type is finer than the JSON-LD's; the latter names no employer and often no
  country.

Endpoints of the site's own pages (sections 2 to 4; no vendor documentation):
    GET https://{tenant}.applytojob.com/apply          every opening, on one page
    GET https://{tenant}.applytojob.com/apply/jobs     the same as a table
    GET https://{tenant}.applytojob.com/apply/{code}[/{slug}]     one posting
A closed posting answers 410. A tenant that is gone redirects to another host of the vendor, or
answers 200 with the title "JazzHR - Inactive Career Page". 403 is a bot wall. The feed is cached for
a day and may be empty: not asked. robots.txt allows /apply (section 5).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, ClassVar

from scrapy import Request
from scrapy.http import TextResponse

from crawler import platform
from crawler.answers import one_text, texts_of
from crawler.errors import SiteGone, UnexpectedAnswer
from crawler.patterns import Page, Row, WholeBoard
from crawler.structured_data import stated_fields

# The usual theme's heading of an empty board (public code).
NOTHING = re.compile(r"there are no open positions", re.IGNORECASE)
# Of the JSON-LD; see the traps above for what is left out.
STRUCTURED = ("title", "description_html", "raw_location", "raw_country", "raw_workplace",
              "raw_employment_type", "raw_date_posted", "raw_valid_through", "raw_salary",
              "salary")  # fmt: skip
# Elements of a detail page in its themes, the newer first (ats/jazzhr.md section 3).
TITLE = ".job-header h1, .job-header h2, h1.job_title"
TEXT = "#job-description, #resumator-job-description, .job_description"
FACTS = {
    "raw_location": "[title=Location]",
    "unit": "[title=Department], #resumator-job-department",
    "raw_employment_type": "#resumator-job-employment, #resumator-job-type",
}

_HOST = r"https?://(?P<tenant>(?!(?:app|www)\.)[\w-]+)\.(?:applytojob|theresumator)\.com"


class JazzHRParams(platform.Params):
    tenant: str


class JazzHR(WholeBoard):
    name = "jazzhr"
    label = "JazzHR"
    Params = JazzHRParams
    gone_when_led_away = True
    tenant_params = ("tenant",)
    closed_statuses = (410,)
    default_validity = (90,)
    url_rules = (
        rf"""{_HOST}/apply/(?:jobs/details/)?(?P<posting_id>(?!(?:jobs|confirm)\b)[0-9a-z]{{6,}})
            (?:/(?P<slug>[^/?\#]*))?/?(?:[?\#]|$)""",
        rf"{_HOST}(?:/(?:apply(?:/jobs)?/?)?)?(?:[?\#]|$)",
        r"https?://app\.jazz\.co/feeds/export/jobs/(?P<tenant>[\w-]+)/?(?:[?\#]|$)",
    )
    page_rules = (
        platform.PageRule(
            re.compile(r"//(?P<tenant>(?!(?:app|www)\.)[\w-]+)\.applytojob\.com\b", re.IGNORECASE),
            "the page links to a JazzHR board",
        ),
    )
    examples: ClassVar = {
        "https://fernwood.applytojob.com/apply/jvLkznTUaV/Quantum-Software-Lead?source=Indeed": {
            "tenant": "fernwood",
            "posting_id": "jvLkznTUaV",
        },
        "https://fernwood.applytojob.com/apply/jobs/details/jvLkznTUaW?&": {
            "tenant": "fernwood",
            "posting_id": "jvLkznTUaW",
        },
        "http://quantenhof.theresumator.com/apply/uw2WjsGMur/Data-Steward.html": {
            "tenant": "quantenhof",
            "posting_id": "uw2WjsGMur",
        },
        "https://fernwood.applytojob.com/apply/jobs/": {"tenant": "fernwood"},
        "https://app.jazz.co/feeds/export/jobs/fernwood": {"tenant": "fernwood"},
    }
    not_examples = (
        "https://app.applytojob.com/notfound.html",
        "https://fernwood.applytojob.com/apply/confirm/",
        "https://www.jazzhr.com/careers/",
    )

    @classmethod
    def canonical_url(cls, match: platform.Match) -> str:
        board = f"https://{match.params.tenant.lower()}.applytojob.com/apply"
        return "/".join(filter(None, (board, match.posting_id, match.groups.get("slug"))))

    # --- listing ------------------------------------------------------------------------------

    def listing(self) -> Iterable[Request]:
        yield Request(f"https://{self.params.tenant.lower()}.applytojob.com/apply")

    def read_listing(self, response: TextResponse) -> Page:
        title = one_text(response.css("title"))
        if "Inactive Career Page" in title:
            raise SiteGone(f"the page says {title!r}")
        if table := response.css("#jobs_table"):
            rows = [self._table_row(row, response) for row in table.css("tr[id^=row_job]")]
            if not rows and table.css("a[href*='/apply/']"):
                raise UnexpectedAnswer(f"{response.url}: links of postings, but no 'row_job'")
            return Page(rows)
        items = [self._item(item, response) for item in response.css("li.list-group-item")]
        found = [row for row in items if row]
        if found or any(map(NOTHING.match, texts_of(response.css("h2")))):
            return Page(found)
        if response.url.rstrip("/").endswith("/apply/jobs"):
            raise UnexpectedAnswer(f"{response.url}: no element 'jobs_table'")
        return Page([], more=[Request(f"{response.url.rstrip('/')}/jobs")])

    def _item(self, item: Any, response: TextResponse) -> Row | None:
        """An opening in the usual theme."""
        link = item.css(".list-group-item-heading a[href]")
        if not link:
            self.report.skip_row("an item without a link")
            return None
        places, units = (
            item.xpath(f".//li[i[contains(@class, '{icon}')]]")
            for icon in ("fa-map-marker", "fa-sitemap")
        )
        return self._row(link[0], one_text(places), one_text(units), response)

    def _table_row(self, row: Any, response: TextResponse) -> Row:
        link = row.css("a.job_title_link[href]")
        if not link:
            raise UnexpectedAnswer(f"{response.url}: a row without 'job_title_link'")
        unit = row.css("span.resumator_department")
        return self._row(link[0], one_text(row.css("td")[-1:]), one_text(unit), response)

    def _row(self, link: Any, place: str, unit: str, response: TextResponse) -> Row:
        match = type(self).match(response.urljoin(link.attrib["href"]))
        if match is None or match.posting_id is None:
            raise UnexpectedAnswer(f"{response.url}: no code in the link {link.attrib['href']}")
        return Row(
            match.posting_id,
            {
                "title": one_text(link),
                "url": match.canonical_url,
                "unit": unit or None,
                "raw_location": [place] if place else [],
            },
        )

    # --- detail -------------------------------------------------------------------------------

    def detail_request(self, native_id: str, url: str) -> Request:
        return Request(url)

    def read_detail(self, response: TextResponse) -> dict[str, Any]:
        said = stated_fields(response, STRUCTURED)
        shown: dict[str, Any] = {name: one_text(response.css(css)) for name, css in FACTS.items()}
        place, kind = shown.pop("raw_location"), shown.pop("raw_employment_type")
        text = response.css(TEXT)[:1]
        if not (said.get("description_html") or one_text(text)):
            raise UnexpectedAnswer(f"{response.url}: neither JSON-LD nor a job description")
        return {
            "title": one_text(response.css(TITLE)),
            "raw_location": [place] if place else [],
            "description_html": "".join(text.xpath("node()").getall()).strip(),
            **shown,
            **said,
            "raw_employment_type": kind or said.get("raw_employment_type"),
        }
