"""UC Recruit, the University of California's system for academic positions, one host a campus.

URL forms (data/platform_distribution.md; hosts from public lists):
    https://{host}/JPF{5 digits}            one recruitment
    https://{host}/apply, /apply/JPF...     the campus's listing, and the form of application
Hosts: recruit.ap.ucsb.edu, recruit.ucdavis.edu, recruit.apo.ucla.edu, aprecruit.berkeley.edu,
apol-recruit.ucsd.edu, aprecruit.ucsf.edu, recruit.ap.uci.edu, aprecruit.ucr.edu, recruit.ucsc.edu,
aprecruit.ucmerced.edu.

Traps:
- JPF numbers are the campus's own: JPF01941 of Santa Barbara is not that of Davis.
- Two kinds of deadline stand on a page: the next review date, and the final date.
"""

from __future__ import annotations

from typing import Any, ClassVar

from crawler import platform

_CAMPUS = r"https?://(?P<host>[\w.-]*recruit\.(?:apo?\.)?(?:uc\w+|berkeley)\.edu)"


class UcRecruitParams(platform.Params):
    host: str


class UcRecruit(platform.Platform):
    name = "uc_recruit"
    label = "UC Recruit"
    Params = UcRecruitParams
    unread = "no spider yet"
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

    @classmethod
    def tenant_of(cls, params: Any) -> str:
        return str(params.host).lower()

    @classmethod
    def key_from_url(cls, match: platform.Match) -> str:
        return str(match.posting_id).upper()

    @classmethod
    def canonical_url(cls, match: platform.Match) -> str:
        what = cls.key_from_url(match) if match.posting_id else "apply"
        return f"https://{match.groups['host'].lower()}/{what}"
