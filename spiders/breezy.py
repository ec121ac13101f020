"""Breezy HR ({tenant}.breezy.hr).

URL forms (data/listings.csv, 4 links; no fact sheet):
    https://{tenant}.breezy.hr/p/{12 hex digits}[-{slug}][/apply]      one posting
    https://{tenant}.breezy.hr/                                        the board; /json its data

Traps:
- The slug is decoration: links without it exist in public, so the canonical URL has none.
- `source` is tracking.

For a spider, from public crawlers and not verified here: GET /json is the whole board without texts.
"""

from __future__ import annotations

import re
from typing import Any, ClassVar

from crawler import platform

_HOST = r"https?://(?P<tenant>(?!(?:www|app|api|help|developer|marketing)\.)[\w-]+)\.breezy\.hr"


class BreezyParams(platform.Params):
    tenant: str


class Breezy(platform.Platform):
    name = "breezy"
    label = "Breezy HR"
    Params = BreezyParams
    unread = "no spider yet"
    url_rules = (
        rf"{_HOST}/p/(?P<posting_id>[0-9a-f]{{12}})(?:-[^/?\#]*)?(?:/apply)?/?(?:[?\#]|$)",
        rf"{_HOST}(?:/(?:json)?)?(?:[?\#]|$)",
    )
    page_rules = (
        platform.PageRule(
            re.compile(r"//(?P<tenant>(?!(?:www|app|api|help)\.)[\w-]+)\.breezy\.hr\b", re.I),
            "a link to a Breezy board",
        ),
    )
    examples: ClassVar = {
        "https://fernwood.breezy.hr/p/428f95d75da4-software-engineer--dask?source=www.fern.example": {
            "tenant": "fernwood",
            "posting_id": "428f95d75da4",
        },
        "https://fernwood.breezy.hr/p/428F95D75DA5/apply": {
            "tenant": "fernwood",
            "posting_id": "428F95D75DA5",
        },
        "https://fernwood.breezy.hr/": {"tenant": "fernwood"},
    }
    not_examples = (
        "https://breezy.hr/pricing",
        "https://app.breezy.hr/signin",
        "https://fernwood.breezy.hr/p/software-engineer",
    )

    @classmethod
    def tenant_of(cls, params: Any) -> str:
        return str(params.tenant).lower()

    @classmethod
    def key_from_url(cls, match: platform.Match) -> str:
        return (match.posting_id or "").lower()

    @classmethod
    def canonical_url(cls, match: platform.Match) -> str:
        board = f"https://{match.params.tenant.lower()}.breezy.hr"
        return f"{board}/p/{match.posting_id.lower()}" if match.posting_id else f"{board}/"
