"""Pinpoint ({tenant}.pinpointhq.com and employers' own hosts).

URL forms (ats/later-additions.md, "Pinpoint"):
    https://{host}[/{lang}]/postings/{uuid}      one posting
    https://{host}/                              the board; /postings.json its data

Traps:
- /postings/{uuid} counts on employers' own hosts where the catalogue names the host; /postings/{number}
  is PeopleAdmin's.

For a spider: GET /postings.json is the whole board with texts; it has deadlines and no posting date.
"""

from __future__ import annotations

import re
from typing import Any, ClassVar

from crawler import platform

_VENDORS = r"https?://(?P<host>(?!(?:www|app|api|developers|help)\.)[\w-]+\.pinpointhq\.com)"
_ANY = r"https?://(?P<host>[\w.-]+)"
_LANG = r"(?:/[a-z]{2}(?:-[a-z]{2})?)?"
_UUID = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_POSTING = rf"{_LANG}/postings/(?P<posting_id>{_UUID})(?:/[\w/-]*)?(?:[?\#]|$)"
_BOARD = rf"{_LANG}(?:/(?:jobs|postings(?:\.json)?)?/?)?(?:[?\#]|$)"


class PinpointParams(platform.Params):
    host: str


class Pinpoint(platform.Platform):
    name = "pinpoint"
    label = "Pinpoint"
    Params = PinpointParams
    unread = "no spider yet"
    url_rules = (_VENDORS + _POSTING, _VENDORS + _BOARD)
    vanity_rules = (_ANY + _POSTING, _ANY + _BOARD)
    page_rules = (
        platform.PageRule(
            re.compile(
                r"//(?P<host>(?!(?:www|app|api|developers|help)\.)[\w-]+\.pinpointhq\.com)\b",
                re.IGNORECASE,
            ),
            "a link to a Pinpoint board",
        ),
    )
    examples: ClassVar = {
        "https://fernwood.pinpointhq.com/en/postings/0a1b2c3d-0001-4a5b-8c6d-0e1f2a3b4c5d?x=1": {
            "host": "fernwood.pinpointhq.com",
            "posting_id": "0a1b2c3d-0001-4a5b-8c6d-0e1f2a3b4c5d",
        },
        "https://fernwood.pinpointhq.com/postings/0A1B2C3D-0002-4a5b-8c6d-0e1f2a3b4c5d": {
            "host": "fernwood.pinpointhq.com",
            "posting_id": "0A1B2C3D-0002-4a5b-8c6d-0e1f2a3b4c5d",
        },
        "https://fernwood.pinpointhq.com/postings.json": {"host": "fernwood.pinpointhq.com"},
    }
    not_examples = (
        "https://www.pinpointhq.com/pricing/",
        "https://careers.fernwood.example/postings/0a1b2c3d-0001-4a5b-8c6d-0e1f2a3b4c5d",
        "https://fernwood.pinpointhq.com/postings/9516",
    )

    @classmethod
    def tenant_of(cls, params: Any) -> str:
        return str(params.host).lower()

    @classmethod
    def key_from_url(cls, match: platform.Match) -> str:
        return (match.posting_id or "").lower()

    @classmethod
    def canonical_url(cls, match: platform.Match) -> str:
        start = f"https://{match.groups['host'].lower()}/"
        return f"{start}postings/{match.posting_id.lower()}" if match.posting_id else start
