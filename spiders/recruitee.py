"""Recruitee ({tenant}.recruitee.com and employers' own hosts).

URL forms (ats/later-additions.md, "Recruitee"):
    https://{host}/o/{slug}[/c/new]        one posting; /c/new is its form
    https://{host}/                        the board; /api/offers/ its data

Traps:
- The slug is the identity in a URL; the data have a number too. A crawl has to store both.
- /o/{slug} could be anybody's: on employers' own hosts it counts where the catalogue names the host.

For a spider: GET /api/offers/ is the whole board with texts.
"""

from __future__ import annotations

import re
from typing import Any, ClassVar
from urllib.parse import quote, unquote

from crawler import platform

_VENDORS = r"https?://(?P<host>(?!(?:www|app|api|docs|support|careers)\.)[\w-]+\.recruitee\.com)"
_ANY = r"https?://(?P<host>[\w.-]+)"
_OFFER = r"/o/(?P<posting_id>[^/?\#]+)(?:/c/new)?/?(?:[?\#]|$)"
_BOARD = r"(?:/(?:api/offers/?)?)?(?:[?\#]|$)"


class RecruiteeParams(platform.Params):
    host: str


class Recruitee(platform.Platform):
    name = "recruitee"
    label = "Recruitee"
    Params = RecruiteeParams
    unread = "no spider yet"
    url_rules = (_VENDORS + _OFFER, _VENDORS + _BOARD)
    vanity_rules = (_ANY + _OFFER, _ANY + _BOARD)
    page_rules = (
        platform.PageRule(
            re.compile(
                r"//(?P<host>(?!(?:www|app|api|docs|support|careers)\.)[\w-]+\.recruitee\.com)\b",
                re.IGNORECASE,
            ),
            "a link to a Recruitee board",
        ),
    )
    examples: ClassVar = {
        "https://quantenhof.recruitee.com/o/ingenieure-hpc-confirmee?source=LinkedIn": {
            "host": "quantenhof.recruitee.com",
            "posting_id": "ingenieure-hpc-confirmee",
        },
        "https://quantenhof.recruitee.com/o/Tech-Lead-GPU/c/new": {
            "host": "quantenhof.recruitee.com",
            "posting_id": "Tech-Lead-GPU",
        },
        "https://quantenhof.recruitee.com/api/offers/": {"host": "quantenhof.recruitee.com"},
    }
    not_examples = (
        "https://recruitee.com/pricing",
        "https://www.recruitee.com/o/x",
        "https://jobs.quantenhof.example/o/tech-lead-gpu",
    )

    @classmethod
    def tenant_of(cls, params: Any) -> str:
        return str(params.host).lower()

    @classmethod
    def key_from_url(cls, match: platform.Match) -> str:
        return unquote(match.posting_id or "").lower()

    @classmethod
    def canonical_url(cls, match: platform.Match) -> str:
        start = f"https://{match.groups['host'].lower()}/"
        return f"{start}o/{quote(cls.key_from_url(match))}" if match.posting_id else start
