"""Oracle SelectMinds, "Taleo (Social) Sourcing" ({tenant}.referrals.selectminds.com).

URL forms (ats/selectminds.md, "URLs"):
    https://{host}[/{subsite}]/jobs/[{slug}-]{id}      one posting; {host} Oracle's or the employer's
    https://{host}/                                    the board

Traps:
- The number at the end is the identity; the slug follows the title, and may be missing.
- A subsite (/international/) shows the same postings. `et` and other parameters are tracking.
- Most boards are on employers' own hosts, where /jobs/{slug}-{number} could be anybody's: they count
  where the catalogue names the host. One board has moved from Oracle's host to its own with its
  series of numbers: an entry whose `host` is Oracle's and whose `hosts` hold the own one keeps both
  one tenant.
- The id is not the "Requisition #" of the page, which is the back end's.

For a spider: a handshake, then fragments of 10 rows without dates; details in plain HTML ("List",
"Detail"). What a closed posting answers is not recorded.
"""

from __future__ import annotations

from typing import Any, ClassVar

from crawler import platform

_JOB = r"(?P<path>(?:/(?!jobs/)[\w-]+)?/jobs/(?:[^/?\#]*-)?(?P<posting_id>\d+))/?(?:[?\#]|$)"
_BOARD = r"(?:/(?:(?!jobs/)[\w-]+/)?(?:jobs(?:/search)?/?)?)?(?:[?\#]|$)"
_ORACLES = r"https?://(?P<host>[\w-]+\.referrals\.selectminds\.com)"
_ANY = r"https?://(?P<host>[\w.-]+)"


class SelectMindsParams(platform.Params):
    host: str


class SelectMinds(platform.Platform):
    name = "selectminds"
    label = "Oracle SelectMinds"
    Params = SelectMindsParams
    unread = "no spider yet"
    url_rules = (_ORACLES + _JOB, _ORACLES + _BOARD)
    vanity_rules = (_ANY + _JOB, _ANY + _BOARD)
    examples: ClassVar = {
        "https://fernwood.referrals.selectminds.com/jobs/scientific-data-architect-4003?et=m8WR0": {
            "host": "fernwood.referrals.selectminds.com",
            "posting_id": "4003",
        },
        "https://fernwood.referrals.selectminds.com/international/jobs/4251": {
            "host": "fernwood.referrals.selectminds.com",
            "posting_id": "4251",
        },
        "https://fernwood.referrals.selectminds.com/": {
            "host": "fernwood.referrals.selectminds.com"
        },
    }
    not_examples = (
        "https://jobs.fernwood.example/jobs/scientific-data-architect-4003",
        "https://fernwood.referrals.selectminds.com/jobs/no-number",
        "https://www.selectminds.com/",
    )

    @classmethod
    def tenant_of(cls, params: Any) -> str:
        return str(params.host).lower()

    @classmethod
    def canonical_url(cls, match: platform.Match) -> str:
        host = match.groups["host"].lower()
        return f"https://{host}{match.groups.get('path', '')}"
