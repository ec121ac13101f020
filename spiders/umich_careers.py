"""careers.umich.edu, the University of Michigan's own site (Drupal): one site, no tenants.

URL forms (ats/us_universities.md section 5):
    https://careers.umich.edu/job_detail/{id}/{slug}      the slug is cosmetic, with - or _
    https://careers.umich.edu/job_detail/apply/{id}       the application (public code)

Traps:
- The id is the employer's Job Opening ID too, so that the posting in its PeopleSoft has the same.
- Posting dates and the closing date are labels on the page.
"""

from __future__ import annotations

from typing import Any, ClassVar

from crawler import platform

SITE = "https://careers.umich.edu"


class UmichCareers(platform.Platform):
    name = "umich_careers"
    label = "University of Michigan Careers"
    unread = "no spider yet"
    url_rules = (
        r"""https?://careers\.umich\.edu/job_detail/(?:apply/)?(?P<posting_id>\d+)
            (?:/(?P<slug>[^/?\#]*))?/?(?:[?\#]|$)""",
        r"https?://careers\.umich\.edu(?:[/?\#]|$)",
    )
    examples: ClassVar = {
        "https://careers.umich.edu/job_detail/990001/research_programmer_-_mobile?src=x": {
            "posting_id": "990001"
        },
        "http://careers.umich.edu/job_detail/990002/": {"posting_id": "990002"},
        "https://careers.umich.edu/job_detail/apply/990003": {"posting_id": "990003"},
        "https://careers.umich.edu/browse-jobs/positions/F": {},
    }
    not_examples = (
        "https://hr.umich.edu/working-u-m/careers",
        "https://careers.umich.edu.example.org/job_detail/990001",
    )

    @classmethod
    def tenant_of(cls, params: Any) -> str:
        return "careers.umich.edu"

    @classmethod
    def canonical_url(cls, match: platform.Match) -> str:
        if match.posting_id is None:
            return super().canonical_url(match)
        parts = (SITE, "job_detail", match.posting_id, match.groups.get("slug"))
        return "/".join(part for part in parts if part)
