"""UC Recruit, the University of California's system for academic positions, one host a campus.

URL forms (data/platform_distribution.md; hosts from public lists):
    https://{host}/JPF{5 digits}            one recruitment
    https://{host}/apply, /apply/JPF...     the campus's listing, and the form of application
Hosts: recruit.ap.ucsb.edu, recruit.ucdavis.edu, recruit.apo.ucla.edu, aprecruit.berkeley.edu,
apol-recruit.ucsd.edu, aprecruit.ucsf.edu, recruit.ap.uci.edu, aprecruit.ucr.edu, recruit.ucsc.edu,
aprecruit.ucmerced.edu.

Endpoints (HTML; docs/platforms/uc_recruit.md, from public code):
    GET https://{host}/apply       every open recruitment, in one table with a part for each unit
    GET https://{host}/JPF{n}      one: the text, and dates as "Open date: ..."

Traps:
- JPF numbers are the campus's own: JPF01941 of Santa Barbara is not that of Davis.
- Two kinds of deadline stand on a page: the next review date, which is none, and the final date.
- robots.txt forbids /survey/take/ alone (public code).

Inferred: the labels of a detail page, read wherever they stand in it; the words of an empty campus.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, ClassVar

from scrapy import Request
from scrapy.http import TextResponse

from crawler import platform
from crawler.answers import one_text, visible_text
from crawler.errors import UnexpectedAnswer
from crawler.patterns import Page, Row, WholeBoard
from spiders.labels import fields_by_label

OPEN = re.compile(r"\bOpen(?:s|ed)?:?\s+([A-Z][a-z]{2,8}\.? \d{1,2}, \d{4})")
NONE_OPEN = re.compile(
    r"\bno (?:open |current )*(?:recruitments|positions|openings)\b", re.IGNORECASE
)
LABEL = re.compile(
    r"(Position title|Salary range|Percent time|Position duration|Open date|Final date"
    r"|(?:Most recent|Next) review date|Job location)\s*(?::\s*(.*)|$)"
)
MOMENT = re.compile(r".*?\d ?[ap]m\b")
START = "Position overview"

_CAMPUS = r"https?://(?P<host>[\w.-]*recruit\.(?:apo?\.)?(?:uc\w+|berkeley)\.edu)"


class UcRecruit(WholeBoard):
    name = "uc_recruit"
    label = "UC Recruit"
    Params = platform.HostParams
    url_rules = (
        _CAMPUS + r"/(?:apply/)?(?P<posting_id>JPF\d{5})(?:/apply)?/?(?:[?\#]|$)",
        _CAMPUS + r"(?:/apply)?/?(?:[?\#]|$)",
    )
    examples: ClassVar = {
        "https://recruit.ap.ucsb.edu/JPF09901?utm_source=x": {
            "host": "recruit.ap.ucsb.edu",
            "posting_id": "JPF09901",
        },
        "https://aprecruit.berkeley.edu/apply/jpf09902": {
            "host": "aprecruit.berkeley.edu",
            "posting_id": "jpf09902",
        },
        "https://apol-recruit.ucsd.edu/apply": {"host": "apol-recruit.ucsd.edu"},
    }
    not_examples = (
        "https://recruit.ap.ucsb.edu/r/a/0123456789abcdef",
        "https://recruit.fernwood.edu/JPF09901",
        "https://www.recruit.ox.ac.uk/pls/hrisliverecruit/erq_jobspec_version_4.jobspec?p_id=114751",
    )

    closed_statuses = (404, 410)
    closed_words = (
        r"this recruitment (?:is|has) (?:been )?(?:closed|no longer (?:open|accepting|available))",
    )
    day_first = False
    time_zone = "America/Los_Angeles"

    @classmethod
    def key_of(cls, native_id: str, requisition_id: str | None) -> str:
        return native_id.upper()

    @classmethod
    def key_from_url(cls, match: platform.Match) -> str:
        return str(match.posting_id).upper()

    @classmethod
    def canonical_url(cls, match: platform.Match) -> str:
        what = cls.key_from_url(match) if match.posting_id else "apply"
        return f"https://{match.params.host}/{what}"

    # --- listing ------------------------------------------------------------------------------

    def listing(self) -> Iterable[Request]:
        yield Request(f"https://{self.params.host}/apply")

    def read_listing(self, response: TextResponse) -> Page:
        found = response.xpath("//tr[starts-with(@id, 'JPF')]")
        if not found and not NONE_OPEN.search(visible_text(response)):
            raise UnexpectedAnswer(f"{response.url}: no recruitment, and no words that say why")
        return Page([self._row(row, response.url) for row in found])

    def _row(self, row: Any, where: str) -> Row:
        number, title = row.attrib["id"].upper(), one_text(row.css(".name"))
        if not re.fullmatch(r"JPF\d{5}", number):
            raise UnexpectedAnswer(f"{where}: {number!r} is no number of a recruitment")
        if not title:
            raise UnexpectedAnswer(f"{where}: the row of {number} has no element `name`")
        shown = one_text(row)
        opened = OPEN.search(shown)
        fields = {
            "title": title,
            "url": f"https://{self.params.host}/{number}",
            "unit": row.xpath("string(ancestor::tbody[1]/@data-section)").get() or None,
            "requisition_id": number,
            "raw_date_posted": opened[1] if opened else None,
        }
        return Row(number, fields, stamp=shown)

    # --- detail -------------------------------------------------------------------------------

    def detail_request(self, native_id: str, url: str) -> Request:
        return Request(f"https://{self.params.host}/{native_id.upper()}")

    def read_detail(self, response: TextResponse) -> dict[str, Any]:
        if START.lower() not in visible_text(response).lower():
            raise UnexpectedAnswer(f"{response.url}: no heading {START!r}")
        main = response.css("main, [role=main], #main, #content, body")[:1]
        lines = [" ".join(text.split()) for text in main.xpath(".//text()").getall()]
        apply_url = main.xpath(".//a[contains(@href, '/apply')]/@href").get()
        said = fields_by_label(_facts([line for line in lines if line]))
        return {
            "title": one_text(main.css("h1")) if self.only else None,
            "apply_url": response.urljoin(apply_url) if apply_url else None,
            "description_html": main.get(),
            **said,
        }


def _facts(lines: list[str]) -> Iterable[tuple[str, str]]:
    """Labels with what follows them, in their own line or in the next."""
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        found = LABEL.match(line)
        if found:
            value = found[2] or following
            moment = MOMENT.match(value)  # what follows a time of day is an explanation
            yield found[1], moment[0] if moment else value
