"""amazon.jobs: one employer's own site, no tenants.

URL forms (ats/amazon.md):
    https://www.amazon.jobs/{language}/jobs/{id}/{slug}     the slug is cosmetic
    https://www.amazon.jobs/en/search?...                   a search

Traps:
- `id` is the field id_icims of a row, not its id (a UUID).
- /internal/ is forbidden by robots.txt; account.amazon.jobs/jobs/{id}/apply is the application, no
  posting.
- `no_int_redir` and other parameters identify nothing.

Endpoints, for a spider (ats/amazon.md):
    GET https://www.amazon.jobs/en/search.json?offset=0&result_limit=100&base_query=...
"""

from __future__ import annotations

from typing import Any, ClassVar

from crawler import platform

SITE = "https://www.amazon.jobs"


class Amazon(platform.Platform):
    name = "amazon"
    label = "amazon.jobs"
    unread = "no spider yet"
    url_rules = (
        r"""https?://(?:www\.)?amazon\.jobs/(?P<language>[a-z]{2}(?:-[a-z]{2})?)/jobs/
            (?P<posting_id>\d+)(?:/(?P<slug>[\w-]*)[^/?\#]*)?/?(?:[?\#]|$)""",
        r"https?://(?:www\.)?amazon\.jobs(?!/internal\b)(?:[/?\#]|$)",
    )
    examples: ClassVar = {
        "https://www.amazon.jobs/en/jobs/9900001/hpc-engineer?no_int_redir=1": {
            "posting_id": "9900001"
        },
        "http://amazon.jobs/en-gb/jobs/9900002/": {"posting_id": "9900002"},
        "https://www.amazon.jobs/en/search?base_query=quantum&loc_query=": {},
        "https://www.amazon.jobs": {},
    }
    not_examples = (
        "https://account.amazon.jobs/jobs/9900001/apply",
        "https://www.amazon.jobs/internal/jobs/9900001",
        "https://www.amazon.jobs.example.org/en/jobs/9900001",
    )

    @classmethod
    def tenant_of(cls, params: Any) -> str:
        return "amazon.jobs"

    @classmethod
    def canonical_url(cls, match: platform.Match) -> str:
        if match.posting_id is None:
            return super().canonical_url(match)
        said = match.groups
        parts = (SITE, said["language"].lower(), "jobs", match.posting_id, said.get("slug"))
        return "/".join(part for part in parts if part)
