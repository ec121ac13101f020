"""CareerBeacon (careerbeacon.com), a Canadian job board.

URL forms (ats/academic_boards.md, "CareerBeacon"; public code for /en/job/):
    https://jobs.careerbeacon.com/details/{slug}/{id}
    https://www.careerbeacon.com/en/job/{id}/{employer}/{slug}/{place}    also /en/job-12/..., /fr/
    https://www.careerbeacon.com/en/search?page=...                       a search

Traps:
- The id is the number, first or last of its path; everything else of the path is cosmetic. Both
  hosts number one series (inferred: 1721175 and 2234441 on one, 1879927 and 2235715 on the other).
- Programs other than browsers get 403: enter such postings by hand.
"""

from __future__ import annotations

from typing import ClassVar

from crawler import platform


class CareerBeacon(platform.Platform):
    name = "careerbeacon"
    label = "CareerBeacon"
    single_site = "careerbeacon.com"
    many_employers = True
    unread = "it answers programs with HTTP 403"
    url_rules = (
        r"""https?://(?P<host>\w+\.careerbeacon\.com)/(?P<path>(?:(?:en|fr)/)?
            (?:details|job)/[^/?\#]+/(?P<posting_id>\d{5,}))/?(?:[?\#]|$)""",
        r"""https?://(?P<host>(?:www\.)?careerbeacon\.com)/(?P<path>(?:en|fr)/job(?:-\d+)?/
            (?P<posting_id>\d{5,})(?:/[^?\#]*)?)(?:[?\#]|$)""",
        r"https?://(?:\w+\.)?careerbeacon\.com(?:[/?\#]|$)",
    )
    examples: ClassVar = {
        "https://jobs.careerbeacon.com/details/mobile--ubiquitous-computing-manager/9900001": {
            "posting_id": "9900001"
        },
        "https://www.careerbeacon.com/en/job/9900002/fernwood/data-steward/halifax-ns?utm_source=x": {
            "posting_id": "9900002"
        },
        "https://www.careerbeacon.com/en/job-12/9900003/fernwood/technician/moncton-nb": {
            "posting_id": "9900003"
        },
        "https://www.careerbeacon.com/en/search?q=hpc&page=2": {},
    }
    not_examples = (
        "https://careerbeacon.com.example.org/en/job/9900002/fernwood",
        "https://jobs.fernwood.example/details/research-manager/9900001",
    )

    @classmethod
    def canonical_url(cls, match: platform.Match) -> str:
        if match.posting_id is None:
            return super().canonical_url(match)
        return f"https://{match.groups['host'].lower()}/{match.groups['path'].rstrip('/')}"
