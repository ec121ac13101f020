"""USAJOBS (www.usajobs.gov), the board of the United States' federal government.

URL forms (data/platform_distribution.md):
    https://www.usajobs.gov/job/{control number}                  today's
    https://www.usajobs.gov/GetJob/ViewDetails/{control number}   the older one; also PrintPreview
    https://www.usajobs.gov/Search/Results?k=...                  a search

Traps:
- The control number is the identity; the announcement number on the page (26-EX-12903718-MJB) is
  the agency's and not unique.
- The employer is the agency, never the host.

Endpoint, for a spider (documented by the site at https://developer.usajobs.gov/, needs a key):
    GET https://data.usajobs.gov/api/search?Keyword=...
"""

from __future__ import annotations

from typing import Any, ClassVar

from crawler import platform


class UsaJobs(platform.Platform):
    name = "usajobs"
    label = "USAJOBS"
    many_employers = True
    unread = "no spider yet"
    url_rules = (
        r"""https?://(?:www\.)?usajobs\.gov(?::443)?/(?:job|GetJob/\w+)/(?P<posting_id>\d+)
            (?:[/?\#;]|$)""",
        r"https?://(?:www\.)?usajobs\.gov(?:[/?\#]|$)",
    )
    examples: ClassVar = {
        "https://www.usajobs.gov/job/990000100": {"posting_id": "990000100"},
        "https://www.usajobs.gov:443/GetJob/ViewDetails/990000200?org=x": {
            "posting_id": "990000200"
        },
        "http://usajobs.gov/job/990000300/apply": {"posting_id": "990000300"},
        "https://www.usajobs.gov/Search/Results?k=scientific%20computing": {},
    }
    not_examples = (
        "https://data.usajobs.gov/api/search?Keyword=hpc",
        "https://www.usajobs.gov.example.org/job/990000100",
    )

    @classmethod
    def tenant_of(cls, params: Any) -> str:
        return "usajobs.gov"

    @classmethod
    def canonical_url(cls, match: platform.Match) -> str:
        if match.posting_id is None:
            return super().canonical_url(match)
        return f"https://www.usajobs.gov/job/{match.posting_id}"
