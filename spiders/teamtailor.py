"""Teamtailor ({tenant}.teamtailor.com, {tenant}.na.teamtailor.com and employers' own hosts).

URL forms (ats/later-additions.md, "Teamtailor"; the region in the host: public crawlers):
    https://{host}[/{lang}]/jobs/{id}-{slug}      one posting
    https://{host}/jobs                           the board; /jobs.json and /jobs.rss its data

Traps:
- The number is the identity, the slug follows the title. /jobs/{number}-{slug} could be anybody's: on
  employers' own hosts it counts where the catalogue names the host.
- One board may answer on both kinds of hosts with the same numbers.

For a spider: GET /jobs.json, 100 rows and `next_url`, with texts and the JSON-LD.
"""

from __future__ import annotations

import re
from typing import Any, ClassVar

from crawler import platform

_NAME = r"(?!(?:www|app|api|docs|support|help)\.)[\w-]+(?:\.(?:na|au))?\.teamtailor\.com"
_VENDORS = rf"https?://(?P<host>{_NAME})"
_ANY = r"https?://(?P<host>[\w.-]+)"
_LANG = r"(?:/[a-z]{2}(?:-[a-z]{2})?)?"
_JOB = (
    rf"{_LANG}/jobs/(?P<posting_id>\d{{4,}})(?P<slug>-[^/?\#]*)?(?:/applications/new)?/?(?:[?\#]|$)"
)
_BOARD = rf"{_LANG}(?:/(?:jobs(?:\.json|\.rss)?)?/?)?(?:[?\#]|$)"


class TeamtailorParams(platform.Params):
    host: str


class Teamtailor(platform.Platform):
    name = "teamtailor"
    label = "Teamtailor"
    Params = TeamtailorParams
    unread = "no spider yet"
    url_rules = (_VENDORS + _JOB, _VENDORS + _BOARD)
    vanity_rules = (_ANY + _JOB, _ANY + _BOARD)
    page_rules = (
        platform.PageRule(
            re.compile(rf"//(?P<host>{_NAME})/(?:[a-z-]+/)?jobs\b", re.I),
            "a link to a Teamtailor board",
        ),
        platform.PageRule(
            re.compile(r"\bteamtailor-cdn\.com\b", re.I), "the scripts of a Teamtailor board"
        ),
    )
    examples: ClassVar = {
        "https://quantenhof-1721751826.teamtailor.com/jobs/7459617-ingenieur-hpc-rust?promotion=1": {
            "host": "quantenhof-1721751826.teamtailor.com",
            "posting_id": "7459617",
        },
        "https://fernwood.na.teamtailor.com/en-GB/jobs/686133-data-steward/applications/new": {
            "host": "fernwood.na.teamtailor.com",
            "posting_id": "686133",
        },
        "https://fernwood.teamtailor.com/jobs": {"host": "fernwood.teamtailor.com"},
    }
    not_examples = (
        "https://www.teamtailor.com/jobs/7459617-x",
        "https://api.na.teamtailor.com/v1/jobs",
        "https://careers.fernwood.example/jobs/7459617-hpc-engineer",
    )

    @classmethod
    def tenant_of(cls, params: Any) -> str:
        return str(params.host).lower()

    @classmethod
    def canonical_url(cls, match: platform.Match) -> str:
        said, board = match.groups, f"https://{match.groups['host'].lower()}/jobs"
        return f"{board}/{match.posting_id}{said.get('slug', '')}" if match.posting_id else board
