"""iCIMS, the classic portals ({prefix}-{customer}.icims.com). The newer front ends are Jibe's.

URL forms (ats/icims.md B1, B2):
    https://{host}/jobs/{id}[/{slug}]/job        one posting; /login instead of /job is its form
    https://{host}/[jobs/search|jobs/intro]      the board
    https://social.icims.com/viewjob/{code}      a shared link that names neither host nor posting
                                                 (one listing of the community has it)

Traps:
- The slug is decoration, at times escaped twice (%252c); the canonical URL has none.
- The whole query is view state or tracking (in_iframe, mode, hub, iis, mobile, width, jan1offset).
- The prefix is a part of the tenant: one customer has several portals (careers-, faculty-, uscareers-)
  with numbers of their own.

For a spider: GET /jobs/search?ss=1&pr={n}&in_iframe=1, details with JSON-LD (B2, B3). Closed, and never
existed, is 410 (B4). All hosts are one back end (B5).
"""

from __future__ import annotations

import re
from typing import Any, ClassVar

from crawler import platform

_HOST = r"https?://(?P<host>[a-z0-9]+(?:-[a-z0-9]+)+\.icims\.com)"


class ICIMSParams(platform.Params):
    host: str | None = None  # a shared link does not say it


class ICIMS(platform.Platform):
    name = "icims"
    label = "iCIMS"
    Params = ICIMSParams
    unread = "no spider yet"
    url_rules = (
        rf"{_HOST}/jobs/(?P<posting_id>\d+)(?:/[^/?\#]*)?/(?:job|login)/?(?:[?\#]|$)",
        rf"{_HOST}(?:/(?:jobs(?:/(?:search|intro))?/?)?)?(?:[?\#]|$)",
        r"https?://social\.icims\.com/viewjob/\w+",
    )
    page_rules = (
        platform.PageRule(
            re.compile(r"//(?P<host>[a-z0-9]+(?:-[a-z0-9]+)+\.icims\.com)/(?:jobs|icims2)\b", re.I),
            "a link to an iCIMS portal",
        ),
        platform.PageRule(
            re.compile(r"icims_content_iframe|iCIMS_JobCardItem"), "the markup of an iCIMS portal"
        ),
    )
    examples: ClassVar = {
        "https://careers-fernwood.icims.com/jobs/14830/director-%252c-storage-%2528hpc%2529/job"
        "?hub=15&mode=job&iis=Indeed&mobile=false&width=1050&jan1offset=-300": {
            "host": "careers-fernwood.icims.com",
            "posting_id": "14830",
        },
        "https://uscareers-fernwood.icims.com/jobs/13834/job": {
            "host": "uscareers-fernwood.icims.com",
            "posting_id": "13834",
        },
        "https://careers-fernwood.icims.com/jobs/14831/login": {
            "host": "careers-fernwood.icims.com",
            "posting_id": "14831",
        },
        "https://careers-fernwood.icims.com/jobs/search?ss=1&searchKeyword=hpc": {
            "host": "careers-fernwood.icims.com"
        },
        "https://faculty-fernwood-north.icims.com": {"host": "faculty-fernwood-north.icims.com"},
        "https://social.icims.com/viewjob/pl17412800336940c26b": {},
    }
    not_examples = (
        "https://www.icims.com/company/careers/",
        "https://careers-fernwood.icims.com.example.org/jobs/14830/job",
        "https://careers-fernwood.icims.com/jobs/14830/director/share",
    )
    shared_back_ends = ("icims.com",)

    @classmethod
    def tenant_of(cls, params: Any) -> str:
        return (params.host or "").lower()

    @classmethod
    def canonical_url(cls, match: platform.Match) -> str:
        if "host" not in match.groups:
            return super().canonical_url(match)
        host = match.groups["host"].lower()
        job = f"/jobs/{match.posting_id}/job" if match.posting_id else "/jobs/search"
        return f"https://{host}{job}"
