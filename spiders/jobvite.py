"""Jobvite (jobs.jobvite.com).

URL forms (ats/jobvite.md sections 1 and 2):
    https://jobs.jobvite.com/[careers/]{company}/job/{id}[/apply]        one posting
    https://jobs.jobvite.com/[careers/]{company}[/jobs|/search|/jobs/viewall]
    https://app.jobvite.com/CompanyJobs/Job.aspx?c={company_id}&j={id}   an older form
    https://{employer's host}/...?p=job/{id}                             vanity (one listing of the
                                                                         community: inferred)

Traps:
- Ids are "o" and seven letters or digits, and their case counts.
- The older form names the company by another id (`c`), which only the board's page knows: the
  catalogue has to state it as `company_id` for the two to be one tenant.
- Drop nl, fr, __jvst, __jvsd and source; but fetching a branded board without `nl=1&fr=true` is
  redirected to the employer's own domain.

- A board that fits on one page has no pagination; else "1-50 of 236" states the total. The slash in
  /search/ counts: /search?p=1 answers the first page again (public code; the recorded links have it).
- Rows are list items or table rows, by the employer's template; "2 Locations" names none of them.
- An empty board says so in words; a page past the end has an empty list and a "Previous" link.
- The JSON-LD's identifier is the posting's id, no requisition; its industry is the department; its
  baseSalary is mostly empty texts; its employer is missing, a text or an object: the catalogue's counts.
- Some pages have no JSON-LD: then department and places stand in one line, the date nowhere.
- `companyEId` in the page's script is the `c` of the older form (its form there is inferred): stored
  as an alias of every posting.

Endpoints of the site's own pages (sections 2 to 4; no vendor documentation):
    GET https://jobs.jobvite.com/{company}/search/?p=0&nl=1&fr=true       50 rows as HTML
    GET https://jobs.jobvite.com/{company}/job/{id}?nl=1&fr=true          one posting
A closed posting redirects to .../jobs?error=404, an unknown company to another host of the vendor
with `invalid=1`. The JSON list is gone; the XML feed answers 429 from the second request.
"""

from __future__ import annotations

import re
from typing import Any, ClassVar
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.http import Response, TextResponse
from w3lib.url import url_query_parameter

from crawler import platform
from crawler.answers import one_text, visible_text
from crawler.errors import SiteGone, UnexpectedAnswer
from crawler.patterns import Output, Page, PagedListing, Row
from crawler.posting import Key
from crawler.schema_values import plain
from crawler.structured_data import fields_of, job_postings, node_for

# Without these a branded board redirects to the employer's own domain (ats/jobvite.md section 1).
FRAME = "nl=1&fr=true"
COUNT = re.compile(r"([\d,]+)\s*-\s*([\d,]+)\s+of\s+([\d,]+)")
NOTHING = re.compile(
    r"\bno (?:results|jobs|openings|open positions|positions|opportunities)\b", re.I
)
COMPANY_ID = re.compile(r"companyEId['\"]?\s*[:=]\s*['\"](\w+)")
# Of the JSON-LD; see the traps above for what is left out.
STRUCTURED = ("title", "description_html", "raw_location", "raw_country", "raw_workplace",
              "raw_employment_type", "raw_date_posted", "raw_valid_through", "raw_salary",
              "salary")  # fmt: skip


class JobviteParams(platform.Params):
    company: str | None = None
    company_id: str | None = None  # what the older form says; letter case kept


class Jobvite(PagedListing):
    name = "jobvite"
    label = "Jobvite"
    Params = JobviteParams
    needed = ("company",)
    url_rules = (
        r"""https?://(?:jobs|careers)\.jobvite\.com/(?:careers/)?
            (?P<company>(?!(?:careers|support|api)(?:[/?\#]|$))[^/?\#]+)
            (?:/job/(?P<posting_id>[0-9a-z]+)(?:/apply)?|/search|/jobs(?:/viewall|/alljobs)?)?
            /?(?:[?\#]|$)""",
        r"""https?://app\.jobvite\.com/CompanyJobs/(?:Job|Careers)\.aspx
            (?=\?(?:[^\#]*&)?c=(?P<company_id>\w+))(?=\?(?:[^\#]*&)?j=(?P<posting_id>\w+))""",
        r"""https?://app\.jobvite\.com/CompanyJobs/(?:Job|Careers|Xml)\.aspx
            \?(?:[^\#]*&)?c=(?P<company_id>\w+)""",
    )
    vanity_rules = (
        r"""https?://(?P<page>[\w.-]+(?:/[^?\#]*)?)\?(?:[^\#]*&)?p=job(?:/|%2F)
            (?P<posting_id>o[0-9a-z]{7})(?:[&\#]|$)""",
    )
    page_rules = (
        platform.PageRule(
            re.compile(
                r"//(?:jobs|careers)\.jobvite\.com/(?:careers/)?"
                r"(?P<company>(?!(?:careers|support|api)\b)[\w-]+)",
                re.IGNORECASE,
            ),
            "the page links to a Jobvite board",
        ),
    )
    examples: ClassVar = {
        "https://jobs.jobvite.com/fernwoodgenetics/job/oE4cjfwX?nl=1&nl=1&fr=true": {
            "company": "fernwoodgenetics",
            "posting_id": "oE4cjfwX",
        },
        "https://jobs.jobvite.com/careers/fernwood-research/job/o9bjlfwI/apply?__jvst=Job+Board": {
            "company": "fernwood-research",
            "posting_id": "o9bjlfwI",
        },
        "http://app.jobvite.com/CompanyJobs/Job.aspx?c=q6NaVfwI&j=ogO4zfwr": {
            "company_id": "q6NaVfwI",
            "posting_id": "ogO4zfwr",
        },
        "https://jobs.jobvite.com/fernwoodgenetics/search?p=0": {"company": "fernwoodgenetics"},
        "https://jobs.jobvite.com/careers/fernwood-research/jobs?error=404": {
            "company": "fernwood-research"
        },
        "https://app.jobvite.com/CompanyJobs/Xml.aspx?c=q6NaVfwI": {"company_id": "q6NaVfwI"},
    }
    not_examples = (
        "https://www.jobvite.com/support/job-seeker-support/?invalid=1",
        "https://search.jobvite.com/?invalid=1",
        "https://jobs.jobvite.com/careers/",
    )

    @classmethod
    def tenant_of(cls, params: Any) -> str:
        return (params.company or "").lower() or str(params.company_id or "")

    @classmethod
    def match_on_known_host(
        cls, url: str, params: platform.BaseParams, evidence: str
    ) -> platform.Match | None:
        # Its own hosts are everybody's: what a URL there does not name, no entry may add.
        match = super().match_on_known_host(url, params, evidence)
        said = {"company", "company_id", "page"}
        return match if match and match.groups.keys() & said else None

    @classmethod
    def canonical_url(cls, match: platform.Match) -> str:
        company, key = match.groups.get("company") or match.params.company, match.posting_id
        if company is None:
            page = "https://app.jobvite.com/CompanyJobs"
            board = f"?c={match.params.company_id}"
            return f"{page}/Job.aspx{board}&j={key}" if key else f"{page}/Careers.aspx{board}"
        return (
            f"https://jobs.jobvite.com/{company}/job/{key}"
            if key
            else (f"https://jobs.jobvite.com/{company}")
        )

    # --- listing ------------------------------------------------------------------------------

    def page_request(self, number: int, response: Response | None) -> Request:
        return Request(f"https://jobs.jobvite.com/{self.params.company}/search/?p={number}&{FRAME}")

    def _on_listing(self, response: Response, **kwargs: Any) -> Output:
        host = urlsplit(response.url).hostname
        if host != "jobs.jobvite.com":
            if url_query_parameter(response.url, "invalid"):
                raise SiteGone(f"Jobvite knows no company {self.params.company!r}")
            raise UnexpectedAnswer(f"the board redirects to {host}")
        yield from super()._on_listing(response, **kwargs)

    def read_listing(self, response: TextResponse) -> Page:
        where = response.url
        links = [
            (match, link)
            for link in response.css("a[href*='/job/']")
            if (match := type(self).match(response.urljoin(link.attrib["href"])))
            and match.posting_id
            and not match.url.partition("?")[0].endswith("/apply")
        ]
        shown = COUNT.search(one_text(response.css(".jv-pagination-text")))
        first, last, total = (
            (int(n.replace(",", "")) for n in shown.groups()) if shown else (1, 0, None)
        )
        if len(links) < last - first + 1:
            raise UnexpectedAnswer(f"{where}: {len(links)} rows, but it says {shown[0]}")  # type: ignore[index]
        is_first = url_query_parameter(where, "p") in (None, "0")
        if is_first and not links and total != 0 and not NOTHING.search(visible_text(response)):
            raise UnexpectedAnswer(f"{where}: neither a posting nor a word that there is none")
        company_id = COMPANY_ID.search(response.text)
        rows: dict[str, Row] = {}
        for match, link in links:
            row = self._row(match, link, company_id[1] if company_id else self.params.company_id)
            # A featured posting comes twice, once without its place.
            if row.native_id not in rows or row.fields["raw_location"]:
                rows[row.native_id] = row
        return Page(list(rows.values()), total, bool(response.css("a.jv-pagination-next")))

    def _row(self, match: platform.Match, link: Any, company_id: str | None) -> Row:
        native_id = match.posting_id or ""
        inside = "ancestor::*[self::li or self::tr][1]//*[contains(@class, 'jv-job-list-location')]"
        place = one_text(link.xpath(inside))
        is_named = place and not re.fullmatch(r"\d+ Locations?", place)
        aliases = (Key(self.platform, company_id, native_id),) if company_id else ()
        return Row(
            native_id,
            {
                "title": one_text(link),
                "url": match.canonical_url,
                "apply_url": f"{match.canonical_url}/apply",
                "raw_location": [place] if is_named else [],
            },
            aliases,
            stamp="" if is_named else place,
        )

    # --- detail -------------------------------------------------------------------------------

    def detail_request(self, native_id: str, url: str) -> Request:
        return Request(f"https://jobs.jobvite.com/{self.params.company}/job/{native_id}?{FRAME}")

    def read_detail(self, response: TextResponse) -> dict[str, Any]:
        node = node_for(job_postings(response.text, response.url), url=response.url) or {}
        given = fields_of(node, response.url)
        said = {name: given[name] for name in STRUCTURED if name in given}
        shown = response.css(".jv-job-detail-description")
        if not (said.get("description_html") or one_text(shown)):
            raise UnexpectedAnswer(f"{response.url}: neither JSON-LD nor a description")
        unit, *places = _facts(response)
        return {
            "title": one_text(response.css(".jv-header")),
            "raw_location": places,
            "description_html": "".join(shown[:1].xpath("node()").getall()),
            **said,
            "unit": plain(node.get("industry")) or unit,
        }

    def closed(self, response: Response) -> str | None:
        if response.status == 200 and url_query_parameter(response.url, "error") == "404":
            return "the posting's page redirects to the board with error=404"
        return super().closed(response)


def _facts(response: TextResponse) -> list[str]:
    """Department and places of the line below the title; at least one text, which may be empty."""
    line = response.css(".jv-job-detail-meta")[:1].xpath("text()").getall()
    texts = [text for part in line if (text := " ".join(part.split()))]
    return texts if len(texts) > 1 else [""]
