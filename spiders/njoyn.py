"""Njoyn of CGI ({tenant}.njoyn.com).

URL forms (ats/njoyn.md, "URLs"):
    https://{host}/{cl}/xweb/xweb.asp?clid={n}&Page=JobDetails&Jobid={id}[&BRID={n}]&lang=1
    https://{host}/{cl}/xweb/xweb.asp?page=joblisting&clid={n}[&lang=1]
{cl} is cl4, CL3, CL, corp or CGI.

Request: GET the second form, once a night: a table of up to 100 postings as HTML ("List").

Traps:
- Names of path and parameters vary in case (Xweb, CLID, JobID).
- tbtoken is a session and chk a constant: links copied with them may be dead, and neither
  identifies. BRID is a branch of one posting; one with several branches has several rows.
- A wall (Radware) stands before the details and, at some tenants, before the listing, with status
  200 ("Bot wall"): the details are never asked, and a wall is a blocked run, never an empty board.
  So is a few bytes of "Invalid request XWP..." (a public crawler, 2026).
- Columns are the tenant's: the header row names them. Where it does not, a row is read by what its
  cells look like: the title follows the id, two dates are opening and closing.
- The next page is a POST bound to a session, which is not asked: "Search Results (N)" then says that
  the run is partial.
- No text, and mostly no place. Nothing says closed: absence and the closing date do.
- robots.txt names some ten bots, no `*` ("Bot wall").

Inferred: the words of an empty list.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, ClassVar
from urllib.parse import urljoin

from scrapy import Request
from scrapy.http import TextResponse

from crawler import platform
from crawler.answers import one_text, visible_text
from crawler.errors import UnexpectedAnswer
from crawler.patterns import Page, Row, WholeBoard
from crawler.report import FetchFailure

_PAGE = r"""https?://(?P<host>[\w-]+\.njoyn\.com)/(?P<section>[\w-]+)/xweb/xweb\.asp
    (?:(?=\?(?:[^\#]*&)?clid=(?P<clid>\d+))|)(?:(?=\?(?:[^\#]*&)?lang=(?P<lang>\d+))|)"""

WALL = re.compile(r"Radware|solve this CAPTCHA|Invalid request XWP\d+", re.IGNORECASE)
LARGEST_WALL = 20_000  # characters; the pages of postings are larger, and may speak of captchas
FOUND = re.compile(r"Search Results\s*\(\s*([\d,]+)\s*\)", re.IGNORECASE)
NO_JOBS = re.compile(
    r"\b(?:no (?:current |matching )?(?:jobs?|positions?|(?:job )?opportunities|results)\b"
    r"|there are (?:currently )?no\b)",
    re.IGNORECASE,
)
PAGE_SIZE = 100
# Headings of columns, and what is below them.
COLUMNS = {
    "title": r"(?:job |position )?title|position|job name",
    "unit": r"(?:job )?category|department|division|faculty.*|unit",
    "raw_employment_type": r"(?:job |employment |position )?type|status",
    "raw_date_posted": r"open(?:s|ed|ing)?(?: date)?|(?:date )?posted|post(?:ing)?(?: date)?",
    "raw_valid_through": r"clos(?:es?|ing)(?: date)?|deadline|expir(?:y|es).*",
    "raw_location": r"(?:main )?location|city|campus",
    "raw_country": r"country",
}
DATE = re.compile(r"[A-Z][a-z]+\.? \d{1,2}, \d{4}|\d{4}-\d\d-\d\d|\d{1,2}[/-][\w]{2,3}[/-]\d{4}")
TERMS = re.compile(r"\b(?:full|part)[ -]?time\b|permanent|temporary|contract|casual", re.IGNORECASE)


class NjoynParams(platform.Params):
    host: str
    section: str  # the first part of the path
    clid: str | None = None


class Njoyn(WholeBoard):
    name = "njoyn"
    label = "Njoyn"
    Params = NjoynParams
    tenant_params = ("host",)
    url_rules = (
        _PAGE
        + r"""(?=\?(?:[^\#]*&)?page=jobdetails(?:[&\#]|$))
            (?:(?=\?(?:[^\#]*&)?brid=(?P<branch>\d+))|)
            \?(?:[^\#]*&)?jobid=(?P<posting_id>J[\w-]+)""",
        _PAGE + r"\?(?:[^\#]*&)?page=joblisting(?:[&\#]|$)",
    )
    page_rules = (
        platform.PageRule(
            re.compile(
                r"//(?P<host>[\w-]+\.njoyn\.com)/(?P<section>[\w-]+)/xweb/xweb\.asp\?"
                r"(?:[^\"'#]*?[&;?])?clid=(?P<clid>\d+)",
                re.IGNORECASE,
            ),
            "a link to a Njoyn board",
        ),
    )
    examples: ClassVar = {
        "https://fernwood.njoyn.com/cl4/xweb/Xweb.asp?tbtoken=ZVlZQB9dDVACFwR3QC&chk=ZVpaShM%3D"
        "&CLID=74827&page=jobdetails&JobID=J0622-0874&lang=1": {
            "host": "fernwood.njoyn.com",
            "section": "cl4",
            "clid": "74827",
            "posting_id": "J0622-0874",
        },
        "https://quantenhof.njoyn.com/CL3/xweb/xweb.asp?clid=56827&Page=JobDetails&Jobid=J0726-0469"
        "&BRID=453711&lang=1": {
            "host": "quantenhof.njoyn.com",
            "section": "CL3",
            "clid": "56827",
            "posting_id": "J0726-0469",
        },
        "https://quantenhof.njoyn.com/CL3/xweb/xweb.asp?page=joblisting&clid=56827": {
            "host": "quantenhof.njoyn.com",
            "section": "CL3",
            "clid": "56827",
        },
    }
    not_examples = (
        "https://www.njoyn.com/",
        "https://fernwood.njoyn.com/cl4/xweb/xweb.asp?page=login&clid=74827",
    )

    @classmethod
    def key_from_url(cls, match: platform.Match) -> str:
        return (match.posting_id or "").upper()

    @classmethod
    def canonical_url(cls, match: platform.Match) -> str:
        said, params = match.groups, match.params
        query = {
            "clid": params.clid,
            "Page": "JobDetails" if match.posting_id else "joblisting",
            "Jobid": (match.posting_id or "").upper(),
            "BRID": said.get("branch"),
            "lang": said.get("lang"),
        }
        start = f"https://{said['host'].lower()}/{said['section']}/xweb/xweb.asp"
        return f"{start}?" + "&".join(f"{key}={value}" for key, value in query.items() if value)

    # --- listing ------------------------------------------------------------------------------

    def listing(self) -> Iterable[Request]:
        said = type(self).match(self.source.url)
        lang = said.groups.get("lang", "1") if said else "1"
        start = f"https://{self.params.host.lower()}/{self.params.section}/xweb/xweb.asp"
        clid = f"&clid={self.params.clid}" if self.params.clid else ""
        yield Request(f"{start}?page=joblisting{clid}&lang={lang}")

    def read_listing(self, response: TextResponse) -> Page:
        words = " ".join(visible_text(response).split())
        found = FOUND.search(words)
        total = int(found[1].replace(",", "")) if found else None
        links = [link for link in response.css("a[href]") if self._posting(link, response)]
        if not links and len(response.text) <= LARGEST_WALL and (wall := WALL.search(words)):
            failure = FetchFailure("blocked", response.url, f"a page that says {wall[0]!r}")
            self.report.listing_failures.append(failure)
            return Page([])
        if not links and total != 0 and (total or not NO_JOBS.search(words)):
            raise UnexpectedAnswer(f"{response.url}: no link to JobDetails, no words that say why")
        rows: dict[str, Row] = {}
        read: set[Any] = set()
        for link in links:
            line = link.xpath("ancestor::tr[1]")
            if not line:
                raise UnexpectedAnswer(f"{response.url}: a link to JobDetails outside of a table")
            if line[0].root in read:  # a row has several links to its posting
                continue
            read.add(line[0].root)
            row = self._row(line[0], self._posting(link, response), response.url)
            if row.native_id in rows:
                self.report.skip_row("another branch of a posting")
                rows[row.native_id].fields["raw_location"] += row.fields["raw_location"]
            else:
                rows[row.native_id] = row
        if total is None and len(rows) >= PAGE_SIZE:
            self.report.cut_short = f"the first {PAGE_SIZE} rows, and no word of how many there are"
        return Page(list(rows.values()), total)

    def _posting(self, link: Any, response: TextResponse) -> platform.Match | None:
        url = urljoin(response.url, link.attrib["href"])
        match = self.match_on_known_host(url, self.params, "own listing")
        return match if match and match.posting_id else None

    def _row(self, line: Any, match: platform.Match | None, where: str) -> Row:
        assert match is not None
        native_id = self.key_from_url(match)
        cells = line.xpath("td|th")
        above = line.xpath("ancestor::table[1]//tr[count(td|th)=$n]", n=len(cells))[:1]
        named = [one_text(cell).rstrip(" :") for cell in above.xpath("td|th")]
        said = [one_text(cell) for cell in cells]
        fields = _by_heading(named, said)
        if "title" not in fields:
            fields = _by_content(native_id, said, line)
        if not fields.get("title"):
            raise UnexpectedAnswer(f"{where}: no title for {native_id} among {said}")
        place = fields.pop("raw_location", None)
        fields["raw_location"] = [place] if place else []
        return Row(native_id, {**fields, "url": match.canonical_url})


def _by_heading(headings: list[str], cells: list[str]) -> dict[str, Any]:
    """Fields of `Posting` by the header row; without a column of titles it is none."""
    fields: dict[str, Any] = {}
    for heading, cell in zip(headings, cells, strict=True) if headings else ():
        for name, pattern in COLUMNS.items():
            if cell and re.fullmatch(pattern, heading, re.IGNORECASE):
                fields.setdefault(name, cell)
                break
    return fields


def _by_content(native_id: str, cells: list[str], line: Any) -> dict[str, Any]:
    """Fields of `Posting` from a row without headings, by what its cells look like."""
    after_id = next((n + 1 for n, c in enumerate(cells) if c.upper() == native_id), len(cells))
    dates = [cell for cell in cells if DATE.fullmatch(cell)]
    country = one_text(line.css("td[name=CountryCell]"))
    fields = {
        "title": next(iter(cells[after_id:]), ""),
        "unit": next(iter(cells[after_id + 1 :]), ""),
        "raw_employment_type": next((c for c in cells[after_id + 1 :] if TERMS.search(c)), ""),
        "raw_date_posted": next(iter(dates), ""),
        "raw_valid_through": dates[1] if len(dates) > 1 else "",
        "raw_country": country,
        "raw_location": cells[cells.index(country) - 1] if country else "",
    }
    return {name: value for name, value in fields.items() if value}
