"""Cornerstone OnDemand ({tenant}.csod.com).

URL forms (ats/cornerstone.md section 1):
    https://{tenant}.csod.com/ux/ats/careersite/{site}/home/requisition/{id}?c={corp}
    https://{tenant}.csod.com/ux/ats/careersite/{site}/job/{id}?c={corp}
    https://{tenant}.csod.com/ats/careersite/JobDetails.aspx?id={id}[&site={site}][&c={corp}]
    https://{tenant}.csod.com/ux/ats/careersite/{site}/home?c={corp}                  the board

Traps:
- The older form is the same posting under the same number (inferred).
- `c` is mostly the tenant's name, but not always: it stays where it is given and is never made up.
- One employer has several sites; a requisition is one posting on all of them.
- source, sq, referralToken, jobboard and lang are tracking.

For a spider: a token from the board's page, then POST .../rec-job-search/external/jobs (sections 3, 4).
Dates follow the page's culture (section 5). Absence closes (section 7).
"""

from __future__ import annotations

import re
from typing import Any, ClassVar

from crawler import platform

_HOST = r"""https?://(?P<tenant>(?!www\.)[\w-]+)\.csod\.com
    (?:(?=[^\#]*?[?&]c=(?P<corp>[\w-]+))|)"""
_SITE = r"(?:(?=\?(?:[^\#]*&)?site=(?P<site>\d+))|)"


class CornerstoneParams(platform.Params):
    tenant: str
    site: str | None = None  # number of the career site
    corp: str | None = None


class Cornerstone(platform.Platform):
    name = "cornerstone"
    label = "Cornerstone OnDemand"
    Params = CornerstoneParams
    unread = "no spider yet"
    url_rules = (
        rf"""{_HOST}/ux/ats/careersite/(?P<site>\d+)/(?:home/requisition|requisition|job)/
            (?P<posting_id>\d+)/?(?:[?\#]|$)""",
        rf"""{_HOST}/ats/careersite/JobDetails\.aspx{_SITE}\?(?:[^\#]*&)?id=(?P<posting_id>\d+)
            (?:[&\#]|$)""",
        rf"{_HOST}/ux/ats/careersite/(?P<site>\d+)(?:/home)?/?(?:[?\#]|$)",
        rf"{_HOST}/ats/careersite/search\.aspx{_SITE}(?:[?\#]|$)",
    )
    page_rules = (
        platform.PageRule(
            re.compile(
                r"//(?P<tenant>(?!www\.)[\w-]+)\.csod\.com/ux/ats/careersite/(?P<site>\d+)", re.I
            ),
            "a link to a Cornerstone career site",
        ),
    )
    examples: ClassVar = {
        "https://fernwood.csod.com/ux/ats/careersite/4/home/requisition/2120"
        "?c=fernwood&referralToken=MX8l": {
            "tenant": "fernwood",
            "site": "4",
            "corp": "fernwood",
            "posting_id": "2120",
        },
        "https://fernwood.csod.com/ux/ats/careersite/1/job/2121?sq=req2121": {
            "tenant": "fernwood",
            "site": "1",
            "posting_id": "2121",
        },
        "https://fernwood.csod.com/ats/careersite/jobdetails.aspx?c=fern&id=10893": {
            "tenant": "fernwood",
            "corp": "fern",
            "posting_id": "10893",
        },
        "https://fernwood.csod.com/ats/careersite/JobDetails.aspx?id=3875&site=1&source=Indeed": {
            "tenant": "fernwood",
            "site": "1",
            "posting_id": "3875",
        },
        "https://fernwood.csod.com/ux/ats/careersite/4/home?c=fernwood": {
            "tenant": "fernwood",
            "site": "4",
            "corp": "fernwood",
        },
    }
    not_examples = (
        "https://www.csod.com/ux/ats/careersite/4/home",
        "https://fernwood.csod.com/samldefault.aspx",
        "https://uk.api.csod.com/rec-job-search/external/jobs",
    )

    @classmethod
    def tenant_of(cls, params: Any) -> str:
        return str(params.tenant).lower()

    @classmethod
    def canonical_url(cls, match: platform.Match) -> str:
        said, params, number = match.groups, match.params, match.posting_id
        start = f"https://{params.tenant.lower()}.csod.com"
        site, corp = said.get("site") or params.site, said.get("corp") or params.corp
        query = f"c={corp}" if corp else ""
        if site:
            page = f"/home/requisition/{number}" if number else "/home"
            return f"{start}/ux/ats/careersite/{site}{page}?{query}".rstrip("?")
        if number:
            return f"{start}/ats/careersite/JobDetails.aspx?id={number}&{query}".rstrip("&")
        return f"{start}/ats/careersite/search.aspx?{query}".rstrip("?")
