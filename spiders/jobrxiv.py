"""jobRxiv (jobrxiv.org), a free board of science positions (WordPress, WP Job Manager).

URL forms (data/platform_distribution.md; public code):
    https://jobrxiv.org/job/{slug}/
    https://jobrxiv.org/job/?search=..., /jobs/        listings

Traps:
- There is no number in the URL: the slug is the identity ({employer}-{number}-{title}, a number
  that is not always there).
- A board of copies: the employer is on the page, never the host.
"""

from __future__ import annotations

from typing import Any, ClassVar

from crawler import platform


class JobRxiv(platform.Platform):
    name = "jobrxiv"
    label = "jobRxiv"
    many_employers = True
    unread = "no spider yet"
    url_rules = (
        r"https?://(?:www\.)?jobrxiv\.org/job/(?P<posting_id>(?!page/)[^/?\#]+)/?(?:[?\#]|$)",
        r"https?://(?:www\.)?jobrxiv\.org(?:[/?\#]|$)",
    )
    examples: ClassVar = {
        "https://jobrxiv.org/job/fernwood-university-99001-research-software-engineer/?ref=x": {
            "posting_id": "fernwood-university-99001-research-software-engineer"
        },
        "https://jobrxiv.org/job/?search=bioinformatics": {},
        "https://jobrxiv.org/": {},
    }
    not_examples = (
        "https://www.biorxiv.org/job/research-software-engineer",
        "https://jobrxiv.org.example.org/job/research-software-engineer/",
    )

    @classmethod
    def tenant_of(cls, params: Any) -> str:
        return "jobrxiv.org"

    @classmethod
    def key_from_url(cls, match: platform.Match) -> str:
        return str(match.posting_id).lower()

    @classmethod
    def canonical_url(cls, match: platform.Match) -> str:
        if match.posting_id is None:
            return super().canonical_url(match)
        return f"https://jobrxiv.org/job/{cls.key_from_url(match)}/"
