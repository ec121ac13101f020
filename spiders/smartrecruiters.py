"""SmartRecruiters (jobs.smartrecruiters.com).

URL forms (ats/smartrecruiters.md section 1):
    https://jobs.smartrecruiters.com/{company}/{id}[-{slug}]              the slug is decoration
    https://careers.smartrecruiters.com/{company}                         the board
    https://jobs.smartrecruiters.com/{oneclick-ui|external-referrals}/company/{company}/publication/{uuid}
    https://jobs.smartrecruiters.com/oneclick-ui/company/{company}/job/{uuid or 10 digits}
    https://api.smartrecruiters.com/v1/companies/{company}/postings[/{id}]
    https://[us.]smrtr.io/{code}                                          a short link

Traps:
- Ids have 15 or 16 digits, 8 or 9 in very old postings. The uuid of the oneclick and referral forms
  is the API's field `uuid`: a crawl has to store it as an alias. What the 10 digits of an older
  oneclick form are is unknown.
- A company's spelling varies (knight, Knight): compared without case. Slugs may begin with a hyphen.
- No public page has /postings/ in its path. `oga`, `dcr_ci`, `trid`, utm_* are tracking.
- Some employers show postings on pages of their own with the same id at the end of the path, a
  laboratory those of the series 3743990... (data/platform_distribution.md): vanity rule.

For a spider: GET .../postings?limit=100&offset=0, then one detail for each posting (sections 2, 3). An
unknown company answers like an empty board, so zero closes nothing (section 4). robots.txt of
api.smartrecruiters.com shuts everybody out though the API is documented (section 5).
"""

from __future__ import annotations

import re
from typing import Any, ClassVar

from crawler import platform

_UUID = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_COMPANY = r"(?P<company>(?!(?:oneclick-ui|external-referrals)\b)[^/?\#]+)"


class SmartRecruitersParams(platform.Params):
    company: str | None = None  # a short link does not say it


class SmartRecruiters(platform.Platform):
    name = "smartrecruiters"
    label = "SmartRecruiters"
    Params = SmartRecruitersParams
    unread = "no spider yet"
    url_rules = (
        rf"""https?://(?:jobs|careers)\.smartrecruiters\.com/{_COMPANY}
            (?:/(?P<posting_id>\d{{6,20}})(?:-[^/?\#]*)?)?/?(?:[?\#]|$)""",
        rf"""https?://jobs\.smartrecruiters\.com/
            (?P<form>(?:oneclick-ui|external-referrals)/company)/(?P<company>[^/?\#]+)/
            (?P<kind>publication|job)/(?P<posting_id>{_UUID}|\d+)/?(?:[?\#]|$)""",
        r"""https?://api\.smartrecruiters\.com/v1/companies/(?P<company>[^/?\#]+)
            (?:/postings(?:/(?P<posting_id>\d{6,20}))?)?/?(?:[?\#]|$)""",
        r"https?://(?:us\.)?smrtr\.io/\w+",
    )
    vanity_rules = (r"https?://[\w.-]+/(?:[^?\#]*/)?(?P<posting_id>3?74\d{13,14})/?(?:[?\#]|$)",)
    page_rules = (
        platform.PageRule(
            re.compile(
                r"//(?:(?:jobs|careers)\.smartrecruiters\.com|api\.smartrecruiters\.com/v1/companies)"
                r"/(?!oneclick-ui|external-referrals)(?P<company>[^/?#\"'<>\s\\]+)",
                re.IGNORECASE,
            ),
            "the page links to a SmartRecruiters board",
        ),
    )
    examples: ClassVar = {
        "https://jobs.smartrecruiters.com/FernLabs/743999835739833-lead-bioinformatician?trid=2d92": {
            "company": "FernLabs",
            "posting_id": "743999835739833",
        },
        "https://jobs.smartrecruiters.com/FernLabs/744000093741070--hpc-lead?oga=true": {
            "company": "FernLabs",
            "posting_id": "744000093741070",
        },
        "https://jobs.smartrecruiters.com/external-referrals/company/FernLabs/publication/"
        "0a1b2c3d-0001-4a5b-8c6d-0e1f2a3b4c5d?dcr_ci=FernLabs": {
            "company": "FernLabs",
            "posting_id": "0a1b2c3d-0001-4a5b-8c6d-0e1f2a3b4c5d",
        },
        "https://careers.smartrecruiters.com/FernLabs/": {"company": "FernLabs"},
        "https://api.smartrecruiters.com/v1/companies/fernlabs/postings?limit=100&offset=0": {
            "company": "fernlabs"
        },
        "https://us.smrtr.io/nF2r": {},
    }
    not_examples = (
        "https://www.smartrecruiters.com/jobs/",
        "https://jobs.smartrecruiters.com/",
        "https://jobs.smartrecruiters.com/FernLabs/postings/743999835739833",
        "https://www.fernlabs.example/careers/find-your-job/3743990000911246",
    )

    @classmethod
    def tenant_of(cls, params: Any) -> str:
        return (params.company or "").lower()

    @classmethod
    def key_from_url(cls, match: platform.Match) -> str:
        return (match.posting_id or "").lower()

    @classmethod
    def canonical_url(cls, match: platform.Match) -> str:
        said, key = match.groups, (match.posting_id or "").lower()
        company = said.get("company") or match.params.company
        if company is None:
            return super().canonical_url(match)
        if "form" in said:
            parts = [said["form"], company, said["kind"].lower(), key]
        else:
            parts = [company, key]
        return "/".join(["https://jobs.smartrecruiters.com", *filter(None, parts)])
