"""jobs.careers.microsoft.com: one employer's own site, until 2025.

Its postings moved to Eightfold (apply.careers.microsoft.com, ats/phenom.md section 8), where they have
other numbers (ats/eightfold.md section 5: `displayJobId` has nine digits, the numbers here seven).
It is recognised because no other single site was linked as often by the newsletter
(data/platform_distribution.md section 5), and old links have to be known again.

URL forms (data/platform_distribution.md section 6):
    https://jobs.careers.microsoft.com/{country or global}/{lang}/job/{id}[/{title}]
    https://jobs.careers.microsoft.com/{country or global}/{lang}/share/{id}/     the same posting
    https://jobs.careers.microsoft.com/global/en/apply?Job_id={id}                its form
    https://jobs.careers.microsoft.com/global/en/search?...                       a search

Traps: the title is decoration, may hold percent-encoded slashes and may be followed by utm_* with
spaces. careers.microsoft.com/us/en/job/{id}, before that, was a Phenom site.
"""

from __future__ import annotations

from typing import Any, ClassVar

from crawler import platform

_LOCALE = r"https?://jobs\.careers\.microsoft\.com/(?:[a-z]{2}|global)/[a-z]{2}(?:-[a-z]{2})?"


class MicrosoftCareers(platform.Platform):
    name = "microsoft_careers"
    label = "Microsoft Careers (until 2025)"
    unread = "the site is closed; its successor is apply.careers.microsoft.com (Eightfold)"
    url_rules = (
        _LOCALE + r"/(?:job|share)/(?P<posting_id>\d{5,9})(?:[/?\#]|$)",
        _LOCALE + r"/apply/?\?(?:[^\#]*&)?Job_id=(?P<posting_id>\d{5,9})(?:[&\#]|$)",
        r"https?://jobs\.careers\.microsoft\.com"
        r"(?:/(?:[a-z]{2}|global)/[a-z]{2}(?:-[a-z]{2})?(?:/search)?)?/?(?:[?\#]|$)",
    )
    examples: ClassVar = {
        "https://jobs.careers.microsoft.com/global/en/job/1700001/Principal-AI%2FHPC-Engineer": {
            "posting_id": "1700001"
        },
        "https://jobs.careers.microsoft.com/us/en-us/share/1700001/?utm_source=Job Share": {
            "posting_id": "1700001"
        },
        "https://jobs.careers.microsoft.com/global/en/apply?Job_id=1700002": {
            "posting_id": "1700002"
        },
        "https://jobs.careers.microsoft.com/global/en/search?q=hpc": {},
    }
    not_examples = (
        "https://apply.careers.microsoft.com/careers/job/1970393556867858?domain=microsoft.com",
        "https://careers.microsoft.com/us/en/job/1361537/Senior-Technical-Program-Manager",
        "https://jobs.careers.microsoft.com.example.org/global/en/job/1700001",
    )

    @classmethod
    def tenant_of(cls, params: Any) -> str:
        return "jobs.careers.microsoft.com"

    @classmethod
    def canonical_url(cls, match: platform.Match) -> str:
        start = "https://jobs.careers.microsoft.com/global/en"
        return f"{start}/job/{match.posting_id}" if match.posting_id else f"{start}/search"
