"""Oracle PeopleSoft Candidate Gateway, fluid and classic, on the employers' own servers.

URL form (ats/peoplesoft.md, "URLs"):
    https://{host[:port]}/{psc|psp}/{site}/{portal}/{node}/c/{component}?{query}
    component HRS_HRAM_FL.HRS_CG_SEARCH_FL.GBL (fluid), HRS_HRAM.HRS_APP_SCHJOB.GBL (classic),
    HRS_HRAM.HRS_CE.GBL (older); in the query SiteId, JobOpeningId and PostingSeq

Traps:
- psp is a portal around psc, the content alone. Both are one posting; psc is canonical.
- Published links lack `.GBL` or the `?`, double parameters, write `postingseq`, carry several hundred
  characters of Portal..., or the id as `#jobId=` behind a listing's URL.
- SiteId 03000 is 3000. On shared boards it says which institution posts (Georgia, North Dakota,
  California): one host is many employers, and still one series of JobOpeningIds.
- JobOpeningId is mostly a number, but also JR00012345 or LAB/2026/01. PostingSeq 2 is another
  posting of the same opening; 1 is the usual one.
- An employer may put a front of its own before it: /jobs/ext/{id} (vanity).

For a spider: stateful forms, one session and one request at a time ("Search flow"). A dead id answers
200 with the search page or with another posting ("Closed"). robots.txt is each employer's own.
"""

from __future__ import annotations

import re
from typing import Any, ClassVar
from urllib.parse import quote, unquote

from crawler import platform

_COMPONENT = r"""https?://(?P<host>[\w.-]+(?::\d+)?)/ps[cp]/(?P<site>[\w-]+)/(?P<portal>[\w-]+)
    /(?P<node>[\w-]+)/c/(?P<component>HRS_HRAM\w*\.HRS_(?:CG_SEARCH_FL|APP_SCHJOB|CE))(?:\.GBL)?
    (?=[?&\#]|Page=|$)
    (?:(?=[^\#]*?[?&]SiteId=(?P<site_id_said>0*(?P<site_id>\d+)))|)
    (?:(?=[^\#]*?[?&]FOCUS=(?P<focus>\w+))|)"""
_SEQ = r"(?:(?=[^\#]*?[?&]PostingSeq=0*(?P<seq>\d+))|)"
# The page that shows a posting, by the end of the component's name (ats/peoplesoft.md, "URLs").
_PAGES = {"FL": "HRS_APP_JBPST_FL", "JOB": "HRS_APP_JBPST", "CE": "HRS_CE_JOB_DTL"}


class PeopleSoftParams(platform.Params):
    host: str  # with its port
    site: str  # PeopleSoft's name of the server's site, the first part of the path
    portal: str
    node: str
    site_id: str | None = None  # SiteId without leading zeros: the institution on a shared board


class PeopleSoft(platform.Platform):
    name = "peoplesoft"
    label = "PeopleSoft Candidate Gateway"
    Params = PeopleSoftParams
    unread = "no spider yet"
    url_rules = (
        _COMPONENT + _SEQ + r"(?=[^\#]*?[?&]JobOpeningId=(?P<posting_id>[^&\#]+))",
        _COMPONENT + r"(?=[^\#]*\#(?:[^\#]*&)?jobId=(?P<posting_id>[^&\#]+))",
        _COMPONENT,
    )
    vanity_rules = (r"https?://[\w.-]+(?P<front>/jobs/ext/(?P<posting_id>\d+))/?(?:[?\#]|$)",)
    page_rules = (
        platform.PageRule(
            re.compile(
                r"//(?P<host>[\w.-]+(?::\d+)?)/ps[cp]/(?P<site>[\w-]+)/(?P<portal>[\w-]+)"
                r"/(?P<node>[\w-]+)/c/HRS_HRAM\w*\.HRS_",
                re.IGNORECASE,
            ),
            "a link to a PeopleSoft Candidate Gateway",
        ),
    )
    examples: ClassVar = {
        "https://ps.fernwood.example:8001/psp/recruit/EMPLOYEE/HRMS/c/"
        "HRS_HRAM_FL.HRS_CG_SEARCH_FL.GBL?Page=HRS_APP_JBPST_FL&Action=U&FOCUS=Applicant"
        "&SiteId=03000&JobOpeningId=234417&PostingSeq=1&PortalActualURL=https%3A%2F%2Fps": {
            "host": "ps.fernwood.example:8001",
            "site": "recruit",
            "portal": "EMPLOYEE",
            "node": "HRMS",
            "site_id": "3000",
            "posting_id": "234417",
        },
        "https://careers.fernwood.example/psp/prcsprd/EMPLOYEE/HRMS/c/"
        "HRS_HRAM.HRS_APP_SCHJOB.GBLPage=HRS_APP_JBPST&Action=U&SiteId=1&JobOpeningId=53625": {
            "host": "careers.fernwood.example",
            "site": "prcsprd",
            "portal": "EMPLOYEE",
            "node": "HRMS",
            "site_id": "1",
            "posting_id": "53625",
        },
        "https://careers.fernwood.example/psc/ps/JOBS/EXT/c/HRS_HRAM_FL.HRS_CG_SEARCH_FL"
        "?Page=HRS_APP_SCHJOB_FL&FOCUS=Applicant&SiteId=1": {
            "host": "careers.fernwood.example",
            "site": "ps",
            "portal": "JOBS",
            "node": "EXT",
            "site_id": "1",
        },
    }
    not_examples = (
        "https://ps.fernwood.example/psp/recruit/EMPLOYEE/HRMS/h/?tab=DEFAULT",
        "https://ps.fernwood.example/psc/recruit/EMPLOYEE/HRMS/c/ROLE_EMPLOYEE.HR_HOME.GBL",
        "https://hr.fernwood.example/jobs/ext/344862",
    )

    @classmethod
    def tenant_of(cls, params: Any) -> str:
        return f"{params.host}/{params.site}".lower()

    @classmethod
    def key_from_url(cls, match: platform.Match) -> str:
        opening, seq = unquote(match.posting_id or ""), match.groups.get("seq", "1")
        return opening if seq in ("0", "1") else f"{opening}-{seq}"

    @classmethod
    def canonical_url(cls, match: platform.Match) -> str:
        said, params = match.groups, match.params
        if "front" in said:
            return super().canonical_url(match)
        component = said["component"].upper()
        query = {
            "Page": "",
            "Action": "",
            "FOCUS": said.get("focus", "Applicant"),
            "SiteId": said.get("site_id_said", params.site_id),
        }
        if match.posting_id:
            query["Page"] = _PAGES[re.split(r"[._]|SCH", component)[-1]]
            query["Action"] = "U"
            query["JobOpeningId"] = quote(unquote(match.posting_id), safe="/")
            query["PostingSeq"] = said.get("seq", "1")
        return (
            f"https://{said['host'].lower()}/psc/{said['site']}/{said['portal']}/{said['node']}"
            f"/c/{component}.GBL?" + "&".join(f"{k}={v}" for k, v in query.items() if v)
        )
