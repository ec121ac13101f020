"""AcademicJobsOnline (academicjobsonline.org), a board of academic positions.

URL forms (ats/academic_boards.md, ats/us_universities.md section 5):
    https://academicjobsonline.org/ajo/jobs/{id}
    https://academicjobsonline.org/ajo/{subject}/{subject}, /ajo/jobs      listings

Traps:
- A board: the employer is on the page, never the host.
- Deadlines are written "(2026/10/15 11:59PM)" (inferred).
"""

from __future__ import annotations

from typing import Any, ClassVar

from crawler import platform

BOARD = "https://academicjobsonline.org/ajo/jobs"


class AcademicJobsOnline(platform.Platform):
    name = "academicjobsonline"
    label = "AcademicJobsOnline"
    many_employers = True
    unread = "no spider yet"
    url_rules = (
        r"https?://(?:www\.)?academicjobsonline\.org/ajo/jobs/(?P<posting_id>\d+)(?:[/?\#]|$)",
        r"https?://(?:www\.)?academicjobsonline\.org(?:[/?\#]|$)",
    )
    examples: ClassVar = {
        "https://academicjobsonline.org/ajo/jobs/99001": {"posting_id": "99001"},
        "http://www.academicjobsonline.org/ajo/jobs/99002/apply?x=1": {"posting_id": "99002"},
        "https://academicjobsonline.org/ajo/physics/Astrophysics": {},
    }
    not_examples = (
        "https://www.mathjobs.org/jobs/list/99001",
        "https://academicjobsonline.org.example.org/ajo/jobs/99001",
    )

    @classmethod
    def tenant_of(cls, params: Any) -> str:
        return "academicjobsonline.org"

    @classmethod
    def canonical_url(cls, match: platform.Match) -> str:
        return f"{BOARD}/{match.posting_id}" if match.posting_id else super().canonical_url(match)
