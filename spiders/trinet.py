"""TriNet Hire (app.trinethire.com), the recruiting module of an American payroll service.

URL forms (data/platform_distribution.md; public code):
    https://app.trinethire.com/companies/{number}-{company}/jobs/{id}[-{slug}]
    https://app.trinethire.com/companies/{number}-{company}/jobs            the listing

Traps:
- The numbers are the identity, of company and posting; the words after them are cosmetic and at
  times missing.
"""

from __future__ import annotations

from typing import ClassVar

from crawler import platform


class TriNetParams(platform.Params):
    company: str


class TriNet(platform.Platform):
    name = "trinet"
    label = "TriNet Hire"
    Params = TriNetParams
    unread = "no spider yet"
    url_rules = (
        r"""https?://app\.trinethire\.com/(?P<board>companies/(?P<company>\d+)(?:-[^/?\#]*)?)
            (?:/jobs(?:/(?P<job>(?P<posting_id>\d+)(?:-[^/?\#]*)?)(?:/[^?\#]*)?)?)?/?(?:[?\#]|$)""",
    )
    examples: ClassVar = {
        "https://app.trinethire.com/companies/99001-fernwood-labs/jobs/90001-hpc-engineer?x=1": {
            "company": "99001",
            "posting_id": "90001",
        },
        "https://app.trinethire.com/companies/99001/jobs/90002": {
            "company": "99001",
            "posting_id": "90002",
        },
        "https://app.trinethire.com/companies/99001-fernwood-labs/jobs": {"company": "99001"},
    }
    not_examples = (
        "https://www.trinet.com/companies/99001/jobs/90002",
        "https://app.trinethire.com/companies/fernwood-labs/jobs",
    )

    @classmethod
    def canonical_url(cls, match: platform.Match) -> str:
        start = f"https://app.trinethire.com/{match.groups['board']}/jobs"
        return f"{start}/{match.groups['job']}" if match.posting_id else start
