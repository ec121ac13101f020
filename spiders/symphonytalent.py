"""Symphony Talent (SmashFly, "m-cloud"), career sites on employers' own hosts.

The name is inferred for both forms (data/platform_distribution.md, ats/others.md section 2):
    https://{host}/{slug with the employer's six-digit number}/job/{id}     employment.ucsd.edu
    https://{host}/job/{id}/{slug}/                       experiencedcareers.pwc.co.uk, 8 digits
    https://{host}/jobs?keyword=...                       the search

Traps:
- The id is the system's, the number in the slug (-122513) the employer's. A search for that number
  (/jobs?keyword=122513) was published as the link of one posting, and identifies none.
- /job/{id}/{slug}/ is the form of Madgex and others too: it counts where the catalogue names the
  host.

Endpoint behind "m-cloud" sites, for a spider (ats/others.md section 2; two public clients):
    GET https://jobsapi-internal.m-cloud.io/api/job?Organization={n}&Limit=500&offset=1
"""

from __future__ import annotations

import re
from typing import Any, ClassVar

from crawler import platform

_HOST = r"https?://(?P<host>[\w.-]+)/"


class SymphonyTalentParams(platform.Params):
    host: str


class SymphonyTalent(platform.Platform):
    name = "symphonytalent"
    label = "Symphony Talent"
    front_end = True
    Params = SymphonyTalentParams
    unread = "no spider yet"
    url_rules = (
        _HOST
        + r"""(?P<path>(?:\d{6}-[^/?\#]+|[^/?\#]+-\d{6})/job/(?P<posting_id>\d{7,9}))
            /?(?:[?\#]|$)""",
    )
    vanity_rules = (
        _HOST + r"(?P<path>[^/?\#]+/job/(?P<posting_id>\d{6,9}))/?(?:[?\#]|$)",
        _HOST + r"(?P<path>job/(?P<posting_id>\d{6,9})(?:/[^/?\#]+)?)/?(?:[?\#]|$)",
        _HOST + r"(?P<path>(?:jobs)?)/?(?:[?\#]|$)",
    )
    page_rules = (
        platform.PageRule(re.compile(r"\bcws_opts\b|\bm-cloud\.io\b"), "Symphony Talent's scripts"),
    )
    examples: ClassVar = {
        "https://employment.fernwood.example/hpc-systems-engineer-990001/job/99000001?src=x": {
            "host": "employment.fernwood.example",
            "posting_id": "99000001",
        },
        "https://employment.fernwood.example/990002-research-software-engineer/job/9900002": {
            "host": "employment.fernwood.example",
            "posting_id": "9900002",
        },
    }
    not_examples = (
        "https://employment.fernwood.example/jobs?keyword=990001",
        "https://careers.fernwood.example/job/15250001/software-architect/",
        "https://careers.fernwood.example/en-us/job/990001",
    )
    shared_back_ends = ("m-cloud.io",)

    @classmethod
    def tenant_of(cls, params: Any) -> str:
        return str(params.host).lower()

    @classmethod
    def canonical_url(cls, match: platform.Match) -> str:
        return f"https://{match.groups['host'].lower()}/{match.groups.get('path', '')}"
