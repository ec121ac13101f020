"""PeopleAdmin of PowerSchool ({tenant}.peopleadmin.com, .ca, and employers' own hosts).

URL forms (ats/us_universities.md section 1):
    https://{host}/postings/{id}[/print_preview]           one posting
    https://{host}/applications/new?posting_id={id}        its form
    https://{host}/postings/search, /postings/all_jobs.atom, /postings/search.atom

Traps:
- /postings/{number} could be anybody's: on employers' own hosts it counts where the catalogue names
  the host. /postings/{uuid} is Pinpoint's.
- The id is not the "Posting Number" of the page (SF02189), which is the requisition.

For a spider: the feed of all postings, complete in one answer; absence from it closes. But robots.txt
of *.peopleadmin.com forbids everything, and employers' own hosts differ.
"""

from __future__ import annotations

import re
from typing import Any, ClassVar

from crawler import platform

_VENDORS = r"https?://(?P<host>(?!www\.)[\w-]+\.peopleadmin\.(?:com|ca))"
_ANY = r"https?://(?P<host>[\w.-]+)"
_POSTING = r"/postings/(?P<posting_id>\d+)(?:/[\w-]+)?/?(?:[?\#]|$)"
_FORM = r"/applications/new/?\?(?:[^\#]*&)?posting_id=(?P<posting_id>\d+)"
_BOARD = r"(?:/(?:postings(?:/(?:search(?:\.atom)?|all_jobs\.atom))?/?)?)?(?:[?\#]|$)"


class PeopleAdminParams(platform.Params):
    host: str


class PeopleAdmin(platform.Platform):
    name = "peopleadmin"
    label = "PeopleAdmin"
    Params = PeopleAdminParams
    unread = "no spider yet"
    url_rules = (_VENDORS + _POSTING, _VENDORS + _FORM, _VENDORS + _BOARD)
    vanity_rules = (_ANY + _POSTING, _ANY + _FORM, _ANY + _BOARD)
    page_rules = (
        platform.PageRule(
            re.compile(r"//(?P<host>(?!www\.)[\w-]+\.peopleadmin\.(?:com|ca))/postings\b", re.I),
            "a link to a PeopleAdmin board",
        ),
        platform.PageRule(
            re.compile(r"\bdata-posting-title=|\bjob-item-posting\b|\bpaTracker\b"),
            "the markup of a PeopleAdmin board",
        ),
    )
    examples: ClassVar = {
        "https://fernwood.peopleadmin.com/postings/312951?utm_source=x": {
            "host": "fernwood.peopleadmin.com",
            "posting_id": "312951",
        },
        "https://quantenhof.peopleadmin.ca/postings/9516/print_preview": {
            "host": "quantenhof.peopleadmin.ca",
            "posting_id": "9516",
        },
        "https://fernwood.peopleadmin.com/applications/new?posting_id=312952": {
            "host": "fernwood.peopleadmin.com",
            "posting_id": "312952",
        },
        "https://fernwood.peopleadmin.com/postings/search?query=hpc": {
            "host": "fernwood.peopleadmin.com"
        },
    }
    not_examples = (
        "https://jobs.fernwood.example/postings/39659",
        "https://www.peopleadmin.com/blog/",
        "https://fernwood.peopleadmin.com/postings/2024-9677",
    )

    @classmethod
    def tenant_of(cls, params: Any) -> str:
        return str(params.host).lower()

    @classmethod
    def canonical_url(cls, match: platform.Match) -> str:
        start = f"https://{match.groups['host'].lower()}/postings"
        return f"{start}/{match.posting_id}" if match.posting_id else f"{start}/search"
