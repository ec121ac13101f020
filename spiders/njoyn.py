"""Njoyn of CGI ({tenant}.njoyn.com).

URL forms (ats/njoyn.md, "URLs"):
    https://{host}/{cl}/xweb/xweb.asp?clid={n}&Page=JobDetails&Jobid={id}[&BRID={n}]&lang=1
    https://{host}/{cl}/xweb/xweb.asp?page=joblisting&clid={n}[&lang=1]
{cl} is cl4, CL3, CL, corp or CGI.

Traps:
- Names of path and parameters vary in case (Xweb, CLID, JobID).
- tbtoken is a session and chk a constant: links copied with them may be dead, and neither
  identifies. BRID is a branch of one posting.

For a spider: the listing only; a wall (Radware) stands before the details and, at some tenants, before
the listing, with status 200 ("Bot wall"). Absence and the closing date of the list close.
"""

from __future__ import annotations

import re
from typing import Any, ClassVar

from crawler import platform

_PAGE = r"""https?://(?P<host>[\w-]+\.njoyn\.com)/(?P<section>[\w-]+)/xweb/xweb\.asp
    (?:(?=\?(?:[^\#]*&)?clid=(?P<clid>\d+))|)(?:(?=\?(?:[^\#]*&)?lang=(?P<lang>\d+))|)"""


class NjoynParams(platform.Params):
    host: str
    section: str  # the first part of the path
    clid: str | None = None


class Njoyn(platform.Platform):
    name = "njoyn"
    label = "Njoyn"
    Params = NjoynParams
    unread = "no spider yet"
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
    def tenant_of(cls, params: Any) -> str:
        return str(params.host).lower()

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
