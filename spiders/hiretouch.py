"""HireTouch (ImageTrend), ColdFusion sites of American universities.

URL forms (data/platform_distribution.md, inferred there; public code for hiretouch.com):
    https://{tenant}.hiretouch.com/[{folders}/]job-details?jobID={id}
    https://{host}/[{folders}/]{...}job-board/job-details?jobID={id}&job={slug}    own hosts; also
                                                                            .../details?jobID=
    https://{tenant}.hiretouch.com/{folder}/default.cfm?start=1&per=100            the listing

Traps:
- The query is the identity: jobID; `job` is the slug.
- The first path after hiretouch.com is the tenant's choice, so that own hosts are known by
  "job-board" before the page; job-details?jobID= elsewhere is anybody's and counts where the
  catalogue names the host.
- The University of Illinois left it (illinois.csod.com).
"""

from __future__ import annotations

from typing import Any, ClassVar

from crawler import platform

_ID = r"(?:default\.cfm)?\?(?:[^\#]*&)?jobID=(?P<posting_id>\d+)(?:[&\#]|$)"


class HireTouchParams(platform.Params):
    host: str


class HireTouch(platform.Platform):
    name = "hiretouch"
    label = "HireTouch"
    Params = HireTouchParams
    unread = "no spider yet"
    url_rules = (
        r"https?://(?P<host>[\w-]+\.hiretouch\.com)/(?P<path>(?:[\w-]+/)*(?:job-)?details)/?" + _ID,
        r"https?://(?P<host>(?!\w+\.hiretouch\.com)[\w.-]+)/"
        r"(?P<path>(?:[\w-]+/)*[\w-]*\bjob-board/(?:job-)?details)/?" + _ID,
        r"https?://(?P<host>(?!www\.)[\w-]+\.hiretouch\.com)(?:[/?\#]|$)",
    )
    vanity_rules = (
        r"https?://(?P<host>[\w.-]+)/(?P<path>(?:[\w-]+/)*(?:job-)?details)/?" + _ID,
        r"https?://(?P<host>[\w.-]+)/(?:[\w-]*job-board)?/?(?:[?\#]|$)",
    )
    examples: ClassVar = {
        "https://fernwood.hiretouch.com/fw-jobs/job-details?jobID=9001&job=hpc-engineer": {
            "host": "fernwood.hiretouch.com",
            "posting_id": "9001",
        },
        "https://jobs.fernwood.example/academic-job-board/job-details?job=hpc&jobID=990002": {
            "host": "jobs.fernwood.example",
            "posting_id": "990002",
        },
        "https://jobs.fernwood.example/employment/job-board/details?jobID=990003": {
            "host": "jobs.fernwood.example",
            "posting_id": "990003",
        },
        "https://fernwood.hiretouch.com/browse-jobs/all-jobs?start=1&per=100": {
            "host": "fernwood.hiretouch.com"
        },
    }
    not_examples = (
        "https://www.hiretouch.com/",
        "https://www.fernwood.example/jobs/find/details/?jobId=9001",
        "https://www.fernwood.example/careers/job-details?jobId=9001",
    )
    shared_back_ends = ("hiretouch.com",)

    @classmethod
    def tenant_of(cls, params: Any) -> str:
        return str(params.host).lower()

    @classmethod
    def canonical_url(cls, match: platform.Match) -> str:
        if match.posting_id is None:
            return super().canonical_url(match)
        said = match.groups
        return f"https://{said['host'].lower()}/{said['path']}?jobID={match.posting_id}"
