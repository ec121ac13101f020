"""Radancy, TMP's TalentBrew: career sites on the employers' own hosts.

URL forms (ats/radancy.md section 1):
    https://{host}[/{lang}]/job/{city}/{slug}/{org}/{id}     "emploi" and other words for "job" too
    https://{host}[/{lang}]/search-jobs                      the board

Traps:
- {org} is the site's number and {id} the posting's, of 8 to 12 digits; city and slug are decoration
  and may be "-". Two numbers behind /job/{city}/{slug}/ are unmistakable: no other link of the
  community has that form. With another word than "job" the catalogue has to name the host.
- The same posting has the same two numbers under other languages and hosts of the employer: {org} is
  the tenant, and an entry should state it; `data-org-id` in the pages is that number.
- {id} is Radancy's; the requisition is in the page.

For a spider: GET .../search-jobs/results?...&SearchResultsModuleName=Search+Results (section 3),
details with JSON-LD. Sites of all employers share one edge (section 6). What a closed posting answers
is not certain (section 5).
"""

from __future__ import annotations

import re
from typing import Any, ClassVar

from crawler import platform

_HOST = r"https?://(?P<host>[\w.-]+)"
_LANG = r"(?:/[a-z]{2}(?:-[a-z]{2})?)?"
_NUMBERS = r"/[^/?\#]+/[^/?\#]+/(?P<org>\d{2,6})/(?P<posting_id>\d{7,12}))/?(?:[?\#]|$)"


class RadancyParams(platform.Params):
    host: str
    org: str | None = None  # number of the site; not in a board's address


class Radancy(platform.Platform):
    name = "radancy"
    label = "Radancy TalentBrew"
    Params = RadancyParams
    unread = "no spider yet"
    front_end = True
    url_rules = (rf"{_HOST}(?P<path>{_LANG}/job{_NUMBERS}",)
    vanity_rules = (
        rf"{_HOST}(?P<path>{_LANG}/[^/?\#]+{_NUMBERS}",
        rf"{_HOST}(?P<path>{_LANG}(?:/search-jobs(?:/[^?\#]*)?)?)/?(?:[?\#]|$)",
    )
    page_rules = (
        platform.PageRule(
            re.compile(r"\bdata-org-id=[\"'](?P<org>\d{2,6})[\"']", re.IGNORECASE),
            "the number of a TalentBrew career site",
        ),
        platform.PageRule(
            re.compile(
                r"\b(?:tbcdn\.talentbrew\.com|cdn\.radancy\.eu|radancy\.net|tmpwebeng\.com)\b"
                r"|\bdata-ajax-url=[\"'][^\"']*/search-jobs/results\b",
                re.IGNORECASE,
            ),
            "the scripts of a TalentBrew career site",
        ),
    )
    examples: ClassVar = {
        "https://jobs.fernwood.example/job/upton/scientific-software-developer/3437/40739839840": {
            "host": "jobs.fernwood.example",
            "org": "3437",
            "posting_id": "40739839840",
        },
        "https://careers.quantenhof.example/en/job/-/-/4832/39861436176/?source=LinkedIn": {
            "host": "careers.quantenhof.example",
            "org": "4832",
            "posting_id": "39861436176",
        },
    }
    not_examples = (
        "https://jobs.fernwood.example/emploi/paris/ingenieur-hpc/3437/40739839840",
        "https://jobs.fernwood.example/job/upton/40739839840",
        "https://jobs.fernwood.example/search-jobs",
        "https://jobs.fernwood.example/job/upton/developer/2026/08",
    )

    @classmethod
    def tenant_of(cls, params: Any) -> str:
        return str(params.org or params.host.lower())

    @classmethod
    def canonical_url(cls, match: platform.Match) -> str:
        return f"https://{match.groups['host'].lower()}{match.groups.get('path', '')}"
